//! The rules of keys that may be left out.

use crate::record::checker::Checker;
use crate::record::fields::Field;
use crate::record::rule::{Rule, YesNo};
use crate::yaml::Text;
use std::marker::PhantomData;

/// Declares rules for what may be left out: what becomes of another rule's value, that left out and that of no use among them.
macro_rules! or_left_out {
    ($(#[$doc:meta])* $name:ident<R $(: $bound:ident)?> => $checked:ty, $becomes:expr) => {
        $(#[$doc])*
        pub struct $name<R>(PhantomData<R>);

        impl<R: Rule$(<Checked: $bound>)?> Rule for $name<R> {
            type Written = R::Written;
            type Checked = $checked;
            const IS_NEEDED: bool = false;
            fn check(checker: &mut Checker<'_>, key: &str, written: Option<&R::Written>) -> Option<$checked> {
                let becomes: fn(Option<Option<R::Checked>>) -> Option<$checked> = $becomes;
                becomes(written.map(|written| R::check(checker, key, Some(written))))
            }
            fn asks() -> String {
                R::asks()
            }
            fn fields() -> &'static [Field] {
                R::fields()
            }
        }
    };
}

or_left_out!(
    /// What may be left out. A value that cannot be used is told, and taken as left out.
    Maybe<R> => Option<R::Checked>,
    |value| Some(value.flatten())
);

or_left_out!(
    /// What may be left out, and spoils the whole where it cannot be used: a day that could not be read is not the same as a day
    /// that nobody knows.
    MaybeExact<R> => Option<R::Checked>,
    |value| value.map_or(Some(None), |value| value.map(Some))
);

or_left_out!(
    /// What may be left out and is then no, nothing or an empty list.
    OrDefault<R: Default> => R::Checked,
    |value| Some(value.flatten().unwrap_or_default())
);

/// Whether a fact was read at the agency's own page: so, unless the file says that it was not.
pub enum UnlessFalse {}

impl Rule for UnlessFalse {
    type Written = Text;
    type Checked = bool;
    const IS_NEEDED: bool = false;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Text>) -> Option<bool> {
        Some(written.is_none_or(|written| checker.yes_or_no(key, Some(written)) == Some(true)))
    }
    fn asks() -> String {
        YesNo::asks()
    }
}
