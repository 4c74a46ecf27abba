//! What a server has to tell whoever runs it. Nothing here names a visitor, nor what somebody looked at or wrote.

use jiff::SignedDuration;
use std::fmt::Display;

/// What happened.
pub enum Event<'a> {
    /// The words, facts and forms of a build are answered with from now on.
    TakenUp,
    /// They cannot be, and what was good last goes on.
    NotTakenUp(&'a dyn Display),
    /// A request was answered, other than by the function, which tells of its own.
    Answered {
        /// What was asked for.
        what: Served,
        /// The status.
        status: u16,
        /// How long it took.
        took: SignedDuration,
    },
    /// Requests come with the word of a proxy that nobody named, which is not believed: all its visitors count as one.
    UnknownProxy,
    /// A trusted proxy did not say whose request it passed on.
    NamelessProxy,
    /// No more connections can be taken for the moment.
    NotAccepted(&'a std::io::Error),
    /// Requests that were under way when the end came were not done in time.
    Unfinished(usize),
}

/// What a request asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// A form that never came whole.
    Form,
    /// A file of the site.
    Site,
    /// Whether this server is well.
    Health,
}

impl Served {
    /// One word for the log.
    pub fn word(self) -> &'static str {
        match self {
            Served::Form => "form",
            Served::Site => "site",
            Served::Health => "health",
        }
    }
}

/// Event what happens, from any thread.
pub type OnEvent = fn(&Event<'_>);
