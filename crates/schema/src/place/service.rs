//! `content/services/ID.yaml`: e-messaging services.

use crate::ground::problem::quoted;
use crate::place::kinds::{FirstContact, LostCharacters};
use crate::record::facts::{InSet, Set};
use crate::record::fields::record;
use crate::record::rule::{
    Line, Maybe, Number, OrDefault, OwnId, PastDay, Several, UnlessFalse, WebAddress, Word, Words, YesNo,
};
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
        /// `true` where the service is made up, for a sample.
        invented: bool = OrDefault<YesNo>,
    }
    across |checker, _file| {
        if invented == Some(true) {
            checker.only_in_a_sample("invented-service", format!("{} is invented", quoted(checker.stem())), "invented");
        }
    }
}

impl InSet for Service {
    const SET: Set = Set::Services;
}
