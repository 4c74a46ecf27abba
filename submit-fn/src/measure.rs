//! What is counted while requests are answered: kinds and numbers, never a value that somebody wrote.

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A submission is stored; whether it is held for a second look.
    Stored {
        /// The form's id.
        form: String,
        /// Whether a flag holds it.
        held: bool,
    },
    /// A network sent at a machine's pace, and was refused.
    Limited,
    /// More came from everybody together than people send: it is held.
    Flooded,
    /// The limiter did not answer; the request went through.
    LimiterDown,
    /// The store did not answer; nothing was lost, and nothing is stored.
    StoreDown,
    /// What was published for the forms cannot be opened: they go on with what they had, whatever the site says.
    Behind,
    /// A panic was caught.
    Panicked,
    /// A value was sent that the form does not offer, or a token that was never sealed.
    Tampered,
    /// A request was answered.
    Answered {
        /// The status.
        status: u16,
        /// How long it took, in milliseconds.
        milliseconds: i64,
    },
}

impl Measure {
    /// Its name, and how much of it there is.
    pub fn name_and_value(&self) -> (&'static str, i64) {
        match self {
            Measure::Stored { held: false, .. } => ("Stored", 1),
            Measure::Stored { held: true, .. } => ("Held", 1),
            Measure::Limited => ("Limited", 1),
            Measure::Flooded => ("Flooded", 1),
            Measure::LimiterDown => ("LimiterDown", 1),
            Measure::StoreDown => ("StoreDown", 1),
            Measure::Behind => ("Behind", 1),
            Measure::Panicked => ("Panicked", 1),
            Measure::Tampered => ("Tampered", 1),
            Measure::Answered { milliseconds, .. } => ("Milliseconds", *milliseconds),
        }
    }
}
