//! `content/services/ID.yaml`: e-messaging services.

use crate::ground::problem::quoted;
use crate::place::kinds::{FirstContact, LostCharacters, QuotedFor};
use crate::place::source::{Source, note_unsaid, note_unsaid_limit};
use crate::record::facts::{InSet, Set};
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault, UnlessFalse};
use crate::record::rule::{Each, Line, Number, OwnId, PastDay, Prose, Several, WebAddress, Word, Words, YesNo};
use crate::record::words::Translated;
use jiff::civil::Date;

record! {
    /// A messaging service, checked.
    pub struct Service from ServiceFile {
        /// The file's name.
        id: String = OwnId,
        /// Its own name.
        name: String = Line<2, 60>,
        /// Who must act first.
        first_contact: FirstContact = Word<FirstContact>,
        /// What a writer needs, where somebody has found out; read after "You need".
        needs: Option<Translated> = Maybe<Words<200>>,
        /// Most characters in one message.
        character_limit: Option<u32> = Maybe<Number<100, 100_000>>,
        /// Which characters do not arrive, as its source says; left out where nobody has found out.
        #[serde(default)]
        loses: Vec<LostCharacters> = OrDefault<Several<LostCharacters>>,
        /// What it costs: a sentence of its own.
        cost: Option<Translated> = Maybe<Words<200>>,
        /// Where writers sign up.
        sign_up: String = WebAddress,
        /// Where this is said.
        source: String = WebAddress,
        /// When somebody last looked.
        checked: Date = PastDay,
        /// `false` where it was not read at the service's own page.
        confirmed: bool = UnlessFalse,
        /// What editors should look at again, and why; no page shows it.
        #[serde(default)]
        look_again: Option<String> = Maybe<Prose<1500>>,
        /// Where all this was read, in the sources' own words.
        #[serde(default)]
        sources: Vec<Source> = OrDefault<Each<Source>>,
        /// `true` where the service is made up, for a sample.
        invented: bool = OrDefault<YesNo>,
    }
    across |checker, file| {
        if invented == Some(true) {
            checker.only_in_a_sample("invented-service", format!("{} is invented", quoted(checker.stem())), "invented");
        } else if file.invented.as_ref().is_none_or(|written| written.as_str() == "false") {
            note_unsaid(checker, file.sources.as_deref().unwrap_or_default(), &facts(file), &[]);
            note_unsaid_limit(checker, file.sources.as_deref().unwrap_or_default(), file.character_limit.as_ref());
        }
    }
}

/// The facts that somebody must have said, and whether they stand in a file. Where people sign up speaks for itself; that nobody
/// knows who acts first needs no witness.
fn facts(file: &ServiceFile) -> [(QuotedFor, bool); 5] {
    let unknown = FirstContact::Unknown.word();
    [
        (QuotedFor::FirstContact, file.first_contact.as_ref().is_some_and(|word| word.as_str() != unknown)),
        (QuotedFor::Needs, file.needs.is_some()),
        (QuotedFor::CharacterLimit, file.character_limit.is_some()),
        (QuotedFor::Loses, file.loses.as_ref().is_some_and(|lost| !lost.is_empty())),
        (QuotedFor::Cost, file.cost.is_some()),
    ]
}

impl InSet for Service {
    const SET: Set = Set::Services;
}
