//! `content/vocabularies/jurisdictions.yaml`: states and countries that run facilities.

use crate::ground::problem::Problem;
use crate::record::checker::Checker;
use crate::record::facts::{Around, InSet, Set};
use crate::record::fields::{Record, record};
use crate::record::left_out::OrDefault;
use crate::record::rule::{Line, Words, YesNo};
use crate::record::vocabulary::check_word_id;
use crate::record::words::Translated;
use crate::yaml::Entries;

record! {
    /// A state or country that runs facilities.
    pub struct Jurisdiction from JurisdictionFile {
        /// Its name.
        name: Translated = Words<60>,
        /// Its two letters in an address.
        postal: String = Line<2, 2>,
        /// `true` where it is made up, for a sample: sites of one's own do not get it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        invented: bool = OrDefault<YesNo>,
    }
}

impl InSet for Jurisdiction {
    const SET: Set = Set::Jurisdictions;
}

/// Checks `content/vocabularies/jurisdictions.yaml`: ids with what they stand for, in order.
pub fn check_jurisdictions(
    file: &Entries<JurisdictionFile>,
    around: Around<'_>,
    structural: Vec<Problem>,
) -> (Vec<(String, Jurisdiction)>, Vec<Problem>) {
    let mut checker = Checker::new(structural, around, "");
    let mut jurisdictions = Vec::new();
    for (id, written) in file.iter() {
        check_word_id(&mut checker, id);
        let jurisdiction = checker.within(id, |checker| Jurisdiction::check(checker, written));
        jurisdictions.extend(jurisdiction.map(|jurisdiction| (id.to_owned(), jurisdiction)));
    }
    (jurisdictions, checker.finish())
}
