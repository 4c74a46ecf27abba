//! The rules that a key's value can have, one type each: what is written, what it becomes, and what the field reference says.

use crate::record::checker::Checker;
use crate::record::facts::InSet;
use crate::record::fields::{Field, Record};
use crate::record::spelt::Spelt;
use crate::record::words::Translated;
use crate::yaml::{Entries, Text};
use jiff::civil::Date;
use std::marker::PhantomData;

/// How the value of a key is checked. Rules are never values: they stand behind the keys of a record.
pub trait Rule {
    /// As the file has it.
    type Written;
    /// As the program has it.
    type Checked;
    /// Whether the key must be there.
    const IS_NEEDED: bool = true;

    /// Notes what is wrong, and gives the value if it can be used.
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Self::Written>) -> Option<Self::Checked>;

    /// What may be written, in words: "one line of 2 to 60 characters".
    fn asks() -> String;

    /// The keys inside, where the value is a group of keys or a list of such.
    fn fields() -> &'static [Field] {
        &[]
    }
}

/// Declares a rule that one function carries out.
macro_rules! rule {
    ($(#[$doc:meta])* $name:ident $([$($generic:tt)*] [$($given:tt)*])?: $written:ty => $checked:ty, $asks:expr, $check:expr) => {
        $(#[$doc])*
        pub enum $name$(<$($generic)*>)? {}

        impl$(<$($generic)*>)? $crate::record::rule::Rule for $name$(<$($given)*>)? {
            type Written = $written;
            type Checked = $checked;
            fn check(
                checker: &mut $crate::record::checker::Checker<'_>,
                key: &str,
                written: Option<&$written>,
            ) -> Option<$checked> {
                let check: fn(&mut $crate::record::checker::Checker<'_>, &str, Option<&$written>) -> Option<$checked> = $check;
                check(checker, key, written)
            }
            fn asks() -> String {
                $asks
            }
        }
    };
}

pub(crate) use rule;

rule!(
    /// A text on one line.
    Line [const LEAST: usize, const MOST: usize] [LEAST, MOST]: Text => String,
    format!("{LEAST} to {MOST} characters on one line"),
    |checker, key, written| checker.line(key, written, LEAST..=MOST)
);

rule!(
    /// A text of any number of lines.
    Prose [const MOST: usize] [MOST]: Text => String,
    format!("up to {MOST} characters"),
    |checker, key, written| checker.text(key, written, 1..=MOST)
);

rule!(
    /// Words in each of the site's languages.
    Words [const MOST: usize] [MOST]: Entries<Text> => Translated,
    format!("words per language, up to {MOST} characters"),
    |checker, key, written| checker.words(key, written, MOST)
);

rule!(
    /// A day.
    Day: Text => Date,
    "a day".to_owned(),
    |checker, key, written| checker.date(key, written)
);

rule!(
    /// A day that is not to come.
    PastDay: Text => Date,
    "a day, not after today".to_owned(),
    |checker, key, written| {
        let day = checker.date(key, written);
        checker.not_after(key, day);
        day
    }
);

rule!(
    /// A day on which one of us did something, where the site's day counts: not even tomorrow, which is today further east.
    OwnDay: Text => Date,
    "a day, today or before".to_owned(),
    |checker, key, written| {
        let day = checker.date(key, written);
        checker.not_after_today(key, day);
        day
    }
);

rule!(
    /// Such days, each once, the earliest first.
    OwnDays: Vec<Text> => Vec<Date>,
    "a list of days, the earliest first, none to come".to_owned(),
    crate::record::days::own_days
);

rule!(
    /// A whole number.
    Number [const LEAST: u32, const MOST: u32] [LEAST, MOST]: Text => u32,
    format!("a whole number from {LEAST} to {MOST}"),
    |checker, key, written| checker.number(key, written, LEAST..=MOST)
);

rule!(
    /// `true` or `false`.
    YesNo: Text => bool,
    "`true` or `false`".to_owned(),
    |checker, key, written| checker.yes_or_no(key, written)
);

rule!(
    /// An address on the web.
    WebAddress: Text => String,
    "an `https://` address".to_owned(),
    |checker, key, written| checker.web_address(key, written)
);

rule!(
    /// Single lines, as on an envelope.
    Lines [const MOST: usize] [MOST]: Vec<Text> => Vec<String>,
    format!("a list of 1 to {MOST} lines"),
    |checker, key, written| crate::record::lines::lines(checker, key, written, MOST)
);

rule!(
    /// A file's own id: its name.
    OwnId: Text => String,
    "the file's name".to_owned(),
    crate::record::id::check_id
);

/// One of a closed set of words.
pub struct Word<T>(PhantomData<T>);

impl<T: Spelt> Rule for Word<T> {
    type Written = Text;
    type Checked = T;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Text>) -> Option<T> {
        checker.one_of(key, written)
    }
    fn asks() -> String {
        alternatives::<T>()
    }
}

/// Several of a closed set of words, each once.
pub struct Several<T>(PhantomData<T>);

impl<T: Spelt> Rule for Several<T> {
    type Written = Vec<Text>;
    type Checked = Vec<T>;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<Text>>) -> Option<Vec<T>> {
        Some(checker.several(key, written))
    }
    fn asks() -> String {
        format!("a list of {}", alternatives::<T>())
    }
}

fn alternatives<T: Spelt>() -> String {
    T::all().iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// An id of another file, or of a vocabulary.
pub struct IdOf<S>(PhantomData<S>);

impl<S: InSet> Rule for IdOf<S> {
    type Written = Text;
    type Checked = String;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Text>) -> Option<String> {
        checker.known(key, written, S::SET)
    }
    fn asks() -> String {
        format!("the id of a known {}", S::SET.words().0)
    }
}

/// Ids of other files, or of a vocabulary, each once.
pub struct IdsOf<S, const LEAST: usize, const MOST: usize>(PhantomData<S>);

impl<S: InSet, const LEAST: usize, const MOST: usize> Rule for IdsOf<S, LEAST, MOST> {
    type Written = Vec<Text>;
    type Checked = Vec<String>;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<Text>>) -> Option<Vec<String>> {
        Some(checker.known_list(key, written, S::SET, LEAST..=MOST))
    }
    fn asks() -> String {
        format!("a list of {LEAST} to {MOST} ids, each of a known {}", S::SET.words().0)
    }
}

/// A group of keys.
pub struct Within<R>(PhantomData<R>);

impl<R: Record> Rule for Within<R> {
    type Written = R::File;
    type Checked = R;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&R::File>) -> Option<R> {
        let file = checker.required(key, written)?;
        checker.within(key, |checker| R::check(checker, file))
    }
    fn asks() -> String {
        "keys of its own".to_owned()
    }
    fn fields() -> &'static [Field] {
        R::FIELDS
    }
}

/// A list of groups of keys. What cannot be used of it is left out, once it has been told.
pub struct Each<R>(PhantomData<R>);

impl<R: Record> Rule for Each<R> {
    type Written = Vec<R::File>;
    type Checked = Vec<R>;
    fn check(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<R::File>>) -> Option<Vec<R>> {
        let items = checker.required(key, written)?.iter().enumerate();
        let checked =
            items.filter_map(|(index, file)| checker.within_item(key, index, |checker| R::check(checker, file)));
        Some(checked.collect())
    }
    fn asks() -> String {
        "a list, each with keys of its own".to_owned()
    }
    fn fields() -> &'static [Field] {
        R::FIELDS
    }
}
