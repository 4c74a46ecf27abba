//! Why something could not be done at all, for a person at a terminal or at a desk: what, and what they can do about it.

use std::error::Error;
use std::fmt;

/// An error in two parts. Whoever shows it puts the help on a line of its own.
#[derive(Clone, Debug, Default)]
pub struct Failure {
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl Failure {
    /// A failure without help.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }

    /// The same with help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)
    }
}

impl Error for Failure {}
