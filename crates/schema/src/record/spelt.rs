//! Closed sets of words that files and programs share, each spelt once.

/// A closed set of words that a file may hold.
pub trait Spelt: Copy + 'static {
    /// What one of them is, in messages: there is no `what` like this.
    const WHAT: &str;
    /// The rule that a word breaks which is none of them.
    const RULE: &'static str;
    /// Every word with its meaning.
    fn all() -> &'static [(&'static str, Self)];
}

/// Declares an enum whose variants are spelt in files, in storage and in the ids of strings as given; one that files hold says
/// what its words are.
#[macro_export]
macro_rules! spelt {
    ($(#[$outer:meta])* $name:ident as $what:literal { $($words:tt)* }) => {
        $crate::spelt!($(#[$outer])* $name as $what or "unknown-word" { $($words)* });
    };
    ($(#[$outer:meta])* $name:ident as $what:literal or $rule:literal { $($words:tt)* }) => {
        $crate::spelt!($(#[$outer])* $name { $($words)* });

        impl $crate::record::spelt::Spelt for $name {
            const WHAT: &str = $what;
            const RULE: &'static str = $rule;
            fn all() -> &'static [(&'static str, Self)] {
                Self::ALL
            }
        }
    };
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every word with its meaning.
            pub const ALL: &[(&'static str, $name)] = &[$(($word, $name::$variant),)*];

            /// The word as it is spelt.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The meaning of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
            }
        }
    };
}

pub(crate) use spelt;
