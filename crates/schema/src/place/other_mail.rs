//! Post that goes another way than letters: legal mail, books. It is kept apart from the routes by its type, so that no page
//! can print it as the address of a letter.

use crate::place::kinds::OtherMailKind;
use crate::record::checker::Checker;
use crate::record::source::{check_confirmed, check_source};
use crate::record::words::Translated;
use crate::yaml::{Entries, Text, as_written};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

as_written! {
    /// Another way of post, as written.
    pub struct OtherMailFile {
        /// What travels this way.
        kind: Text,
        /// Where it goes, in words.
        note: Entries<Text>,
        /// Where this is said.
        source: Text,
        /// When somebody last looked.
        checked: Text,
        /// `false` where it was not read at the agency's own page.
        confirmed: Text,
    }
}

/// Another way of post, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherMail {
    /// What travels this way.
    pub kind: OtherMailKind,
    /// Where it goes, in words.
    pub note: Translated,
    /// Where this is said.
    pub source: String,
    /// When somebody last looked.
    pub checked: Date,
    /// Whether it was read at the agency's own page.
    pub confirmed: bool,
}

/// Checks the list at the key `other_mail`.
pub(crate) fn check_other_mail(
    checker: &mut Checker,
    written: Option<&Vec<OtherMailFile>>,
    languages: &[String],
    today: Date,
) -> Vec<OtherMail> {
    let mut ways = Vec::new();
    for (index, file) in written.into_iter().flatten().enumerate() {
        ways.extend(checker.within_item("other_mail", index, |checker| {
            let kind = checker.one_of("kind", file.kind.as_ref(), "kind of mail", OtherMailKind::ALL);
            let note = checker.words("note", file.note.as_ref(), languages, 300);
            let (source, checked) = check_source(checker, file.source.as_ref(), file.checked.as_ref(), today);
            let confirmed = check_confirmed(checker, file.confirmed.as_ref());
            Some(OtherMail { kind: kind?, note: note?, source: source?, checked: checked?, confirmed })
        }));
    }
    ways
}
