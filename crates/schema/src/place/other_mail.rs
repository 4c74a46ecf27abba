//! Post that goes another way than letters: legal mail, books. It is kept apart from the routes by its type, so that no page
//! can print it as the address of a letter.

use crate::place::kinds::OtherMailKind;
use crate::record::fields::record;
use crate::record::left_out::UnlessFalse;
use crate::record::rule::{PastDay, WebAddress, Word, Words};
use crate::record::words::Translated;
use jiff::civil::Date;

record! {
    /// Another way of post, checked.
    pub struct OtherMail from OtherMailFile {
        /// What travels this way.
        kind: OtherMailKind = Word<OtherMailKind>,
        /// Where it goes, in words.
        note: Translated = Words<300>,
        /// Where this is said.
        source: String = WebAddress,
        /// When somebody last looked.
        checked: Date = PastDay,
        /// `false` where it was not read at the agency's own page.
        confirmed: bool = UnlessFalse,
    }
}
