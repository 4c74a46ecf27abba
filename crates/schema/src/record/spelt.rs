//! Closed sets of words that files and programs share, each spelt once.

/// Declares an enum whose variants are spelt in files and in storage as given.
macro_rules! spelt {
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
