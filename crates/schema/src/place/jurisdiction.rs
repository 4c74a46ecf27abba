//! `content/vocabularies/jurisdictions.yaml`: states and countries that run facilities.

use crate::ground::problem::Problem;
use crate::record::checker::Checker;
use crate::record::vocabulary::check_word_id;
use crate::record::words::Translated;
use crate::yaml::{Entries, Text, as_written};
use serde::{Deserialize, Serialize};

as_written! {
    /// A jurisdiction as written.
    pub struct JurisdictionFile {
        /// Its name per language.
        name: Entries<Text>,
        /// Its two letters in an address.
        postal: Text,
    }
}

/// A state or country that runs facilities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Translated,
    /// Its two letters in an address.
    pub postal: String,
}

/// Checks `content/vocabularies/jurisdictions.yaml`.
pub fn check_jurisdictions(
    file: &Entries<JurisdictionFile>,
    languages: &[String],
    structural: Vec<Problem>,
) -> (Vec<Jurisdiction>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let mut jurisdictions = Vec::new();
    for (id, written) in file.iter() {
        check_word_id(&mut checker, id);
        let (name, postal) = checker.within(id, |checker| {
            let name = checker.words("name", written.name.as_ref(), languages, 60);
            (name, checker.line("postal", written.postal.as_ref(), 2..=2))
        });
        if let (Some(name), Some(postal)) = (name, postal) {
            jurisdictions.push(Jurisdiction { id: id.to_owned(), name, postal });
        }
    }
    (jurisdictions, checker.finish())
}
