//! What may be wrong with an answer, in kinds and not in words: the words belong to the form and to the page's language.

use super::date::DateFault;
use super::post::PostFault;
use super::year::YearFault;

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is none.
    Missing,
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// More choices than this.
    TooMany(usize),
    /// Unseen control characters, or accents stacked on one letter.
    Unwanted,
    /// Line breaks in a one-line answer.
    NotOneLine,
    /// Several values where one is asked for.
    Twice,
    /// Not a day that can be taken.
    Date(DateFault),
    /// Not a year that can be taken.
    Year(YearFault),
    /// Nothing that the post could deliver to.
    Post(PostFault),
    /// Nothing in it can be seen.
    NothingToSee,
    /// The page says just this now.
    Unchanged,
    /// Two options that deny each other, by their values.
    Apart([String; 2]),
    /// A second way to write, or a request for money, where everybody reads it: the words in question.
    Contact(String),
    /// A number that opens somebody's papers, where everybody reads it.
    ImmigrationNumber(String),
    /// Not of the form asked for; an example where there is one.
    Wrong {
        /// What a right answer looks like.
        example: Option<String>,
        /// What the agency calls it.
        label: Option<String>,
        /// The words in question.
        found: Option<String>,
    },
}
