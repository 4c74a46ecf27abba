//! How a string is asked for: alone, or as one of a family whose ids begin and end alike.

/// A string that code asks for, by the three parts of its id, and the names of what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<const N: usize = 0> {
    pub(super) id: [&'static str; 3],
    pub(crate) given: [&'static str; N],
}

impl<const N: usize> Text<N> {
    /// What it is called in the files.
    pub fn id(&self) -> String {
        self.id.concat()
    }
}

/// Strings that begin and end alike, one for each member of a set: `notice-gone-title`, `notice-method-title`.
pub struct Family<M, const N: usize = 0> {
    pub(super) prefix: &'static str,
    pub(super) ending: &'static str,
    pub(super) given: [&'static str; N],
    pub(super) members: fn() -> Vec<M>,
    pub(super) word: fn(M) -> &'static str,
}

/// Ids that are asked for, and what is given with each.
pub struct Asked {
    pub(crate) ids: Vec<String>,
    pub(crate) given: Vec<&'static str>,
}

/// What stands between the two ends of a family's ids.
pub(crate) struct Joined {
    pub(crate) ends: [&'static str; 2],
    pub(crate) words: Vec<&'static str>,
}

impl<M, const N: usize> Family<M, N> {
    /// A family: how its ids begin and end, what its strings are given, the set, and the word of a member in an id.
    pub const fn new(
        [prefix, ending]: [&'static str; 2],
        given: [&'static str; N],
        members: fn() -> Vec<M>,
        word: fn(M) -> &'static str,
    ) -> Self {
        Self { prefix, ending, given, members, word }
    }

    /// The string of a member.
    pub fn of(&self, member: M) -> Text<N> {
        Text { id: [self.prefix, self.word(member), self.ending], given: self.given }
    }

    /// The word of a member, for a template that joins the id.
    pub fn word(&self, member: M) -> &'static str {
        (self.word)(member)
    }

    /// All strings of the family, where code asks for them.
    pub fn asked(&self) -> Asked {
        let ids = (self.members)().into_iter().map(|member| self.of(member).id()).collect();
        Asked { ids, given: self.given.to_vec() }
    }

    pub(super) fn joined(&self) -> Joined {
        let words = (self.members)().into_iter().map(self.word).collect();
        Joined { ends: [self.prefix, self.ending], words }
    }
}

/// The members of a closed set of words.
pub(super) fn all<M: Copy>(words: &[(&str, M)]) -> Vec<M> {
    words.iter().map(|(_, member)| *member).collect()
}
