//! A file's keys, each said once: key, type, rule, limits, and its line in the field reference.

use crate::ground::problem::Problem;
use crate::record::checker::Checker;
use crate::record::facts::Around;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A key as the field reference tells of it.
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it is for.
    pub means: &'static str,
    /// What may be written.
    pub asks: fn() -> String,
    /// Whether it must be there.
    pub is_needed: bool,
    /// The keys inside it.
    pub fields: fn() -> &'static [Field],
}

/// What becomes of a file, or of a group of keys in one. Made by `record!`.
pub trait Record: Sized {
    /// As written: every key may be missing.
    type File: Clone + Default + PartialEq + Serialize + DeserializeOwned;
    /// Its keys, in the order in which they are written.
    const FIELDS: &'static [Field];

    /// Notes what is wrong, and gives the record if it can be used.
    fn check(checker: &mut Checker<'_>, file: &Self::File) -> Option<Self>;
}

/// The lines of the field reference for keys, those inside others after them: key, whether it is needed, meaning, what may be
/// written.
pub fn reference(fields: &[Field], above: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for field in fields {
        let key = format!("{above}{}", field.key);
        let needed = if field.is_needed { "yes" } else { "no" };
        lines.push(format!("| `{key}` | {needed} | {} | {} |", field.means.trim(), (field.asks)()));
        lines.extend(reference((field.fields)(), &format!("{key}.")));
    }
    lines
}

/// Checks a file, named `stem` without its ending, to whose mistakes of form others are added.
pub fn check_file<R: Record>(
    file: &R::File,
    stem: &str,
    around: Around<'_>,
    structural: Vec<Problem>,
) -> (Option<R>, Vec<Problem>) {
    let mut checker = Checker::new(structural, around, stem);
    let record = R::check(&mut checker, file);
    (record, checker.finish())
}

/// Declares a record: its keys as they are written, what each becomes, by which rule. `across`, where it is given, judges keys
/// beside each other, each an option by its own name: it is asked before anything is given up.
macro_rules! record {
    (
        $(#[$outer:meta])*
        pub struct $name:ident from $file:ident {
            $($(#[doc = $means:literal])+ $(#[serde($($serde:tt)*)])? $key:ident: $checked:ty = $rule:ty,)*
        }
        $(across |$across:ident, $written:ident| $judge:block)?
    ) => {
        $crate::yaml::as_written! {
            #[doc = concat!("[`", stringify!($name), "`] as written.")]
            pub struct $file {
                $($(#[doc = $means])+ $key: <$rule as $crate::record::rule::Rule>::Written,)*
            }
        }

        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $means])+ $(#[serde($($serde)*)])? pub $key: $checked,)*
        }

        impl $crate::record::fields::Record for $name {
            type File = $file;
            const FIELDS: &'static [$crate::record::fields::Field] = &[
                $($crate::record::fields::Field {
                    key: stringify!($key),
                    means: concat!($($means),+),
                    asks: <$rule as $crate::record::rule::Rule>::asks,
                    is_needed: <$rule as $crate::record::rule::Rule>::IS_NEEDED,
                    fields: <$rule as $crate::record::rule::Rule>::fields,
                },)*
            ];

            fn check(checker: &mut $crate::record::checker::Checker<'_>, file: &$file) -> Option<Self> {
                $(let $key = <$rule as $crate::record::rule::Rule>::check(checker, stringify!($key), file.$key.as_ref());)*
                $({
                    let ($across, $written) = (&mut *checker, file);
                    $judge
                })?
                Some(Self { $($key: $key?,)* })
            }
        }
    };
}

pub(crate) use record;
