//! `content/services/ID.yaml`: e-messaging services.

use crate::ground::problem::Problem;
use crate::place::kinds::{FirstContact, LostCharacters};
use crate::record::checker::Checker;
use crate::record::source::{check_confirmed, check_source};
use crate::record::words::Translated;
use crate::yaml::{Entries, Text, as_written};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

as_written! {
    /// The file as written.
    pub struct ServiceFile {
        /// The file's name.
        id: Text,
        /// Its own name.
        name: Text,
        /// Who must act first.
        first_contact: Text,
        /// What a writer needs.
        needs: Entries<Text>,
        /// Most characters in one message.
        character_limit: Text,
        /// Which characters it loses.
        loses: Vec<Text>,
        /// What it costs.
        cost: Entries<Text>,
        /// Where writers sign up.
        sign_up: Text,
        /// Where this is said.
        source: Text,
        /// When somebody last looked.
        checked: Text,
        /// `false` where it was not read at the service's own page.
        confirmed: Text,
        /// `true` where the service is made up.
        invented: Text,
    }
}

/// A messaging service, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The file's name.
    pub id: String,
    /// Its own name.
    pub name: String,
    /// Who must act first.
    pub first_contact: FirstContact,
    /// What a writer needs, where somebody has found out.
    pub needs: Option<Translated>,
    /// Most characters in one message.
    pub character_limit: Option<u32>,
    /// Which characters it loses, as its source says; empty where nobody has found out.
    #[serde(default)]
    pub loses: Vec<LostCharacters>,
    /// What it costs.
    pub cost: Option<Translated>,
    /// Where writers sign up.
    pub sign_up: String,
    /// Where this is said.
    pub source: String,
    /// When somebody last looked.
    pub checked: Date,
    /// Whether it was read at the service's own page.
    pub confirmed: bool,
    /// Whether it is made up, for a sample.
    pub invented: bool,
}

/// Checks a service's file.
pub fn check_service(
    file: &ServiceFile,
    stem: &str,
    languages: &[String],
    today: Date,
    structural: Vec<Problem>,
) -> (Option<Service>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let id = crate::record::id::check_id(&mut checker, file.id.as_ref(), stem);
    let name = checker.line("name", file.name.as_ref(), 2..=60);
    let first_contact =
        checker.one_of("first_contact", file.first_contact.as_ref(), "first contact", FirstContact::ALL);
    let needs = checker.optional_words("needs", file.needs.as_ref(), languages, 200);
    let limit = file.character_limit.as_ref();
    let character_limit = limit.and_then(|text| checker.number("character_limit", Some(text), 100..=100_000));
    let loses = check_loses(&mut checker, file.loses.as_ref());
    let cost = checker.optional_words("cost", file.cost.as_ref(), languages, 200);
    let sign_up = checker.web_address("sign_up", file.sign_up.as_ref());
    let (source, checked) = check_source(&mut checker, file.source.as_ref(), file.checked.as_ref(), today);
    let confirmed = check_confirmed(&mut checker, file.confirmed.as_ref());
    let invented = file.invented.as_ref().is_some_and(|text| checker.yes_or_no("invented", Some(text)) == Some(true));
    let service = (|| {
        Some(Service {
            id,
            name: name?,
            first_contact: first_contact?,
            needs,
            character_limit,
            loses,
            cost,
            sign_up: sign_up?,
            source: source?,
            checked: checked?,
            confirmed,
            invented,
        })
    })();
    (service, checker.finish())
}

fn check_loses(checker: &mut Checker, written: Option<&Vec<Text>>) -> Vec<LostCharacters> {
    let known: Vec<String> = LostCharacters::ALL.iter().map(|(word, _)| (*word).to_owned()).collect();
    let named = match written {
        None => Vec::new(),
        listed => checker.known_list("loses", listed, "kind of character", &known.as_slice(), 1..=known.len()),
    };
    named.iter().filter_map(|word| LostCharacters::from_word(word)).collect()
}
