//! The closed sets of words that forms know.

use crate::record::spelt::spelt;

spelt!(
    /// What kind of answer a question takes.
    Kind as "kind of question" {
        /// One line.
        Line = "line",
        /// Several lines.
        Text = "text",
        /// An introduction: several lines, without contact details.
        Introduction = "introduction",
        /// An e-mail address.
        Email = "email",
        /// A person's number, in the form of the agency that runs the chosen facility.
        Number = "number",
        /// A year of birth: 18 or over.
        BirthYear = "birth_year",
        /// A year to come.
        FutureYear = "future_year",
        /// A day in the past: three fields.
        PastDate = "past_date",
        /// One of a few, as radio buttons.
        Choice = "choice",
        /// One of many, as a list to open.
        List = "list",
        /// Any of several.
        Choices = "choices",
        /// A box to tick.
        Tick = "tick",
        /// The reference of an earlier submission.
        Reference = "reference",
        /// The code that belongs to it. It is looked at and never stored.
        Code = "code",
    }
);

impl Kind {
    pub(super) fn longest(self) -> usize {
        match self {
            Kind::Text | Kind::Introduction => 2400,
            Kind::Email => 254,
            Kind::Choices => 100,
            _ => 128,
        }
    }

    /// Whether the answer is picked from options.
    pub fn has_options(self) -> bool {
        matches!(self, Kind::Choice | Kind::List | Kind::Choices)
    }
}

spelt!(
    /// Where options come from.
    OptionSource as "source of options" {
        /// All facilities.
        Facilities = "facilities",
        /// All agencies, by their place.
        Agencies = "agencies",
        /// All states and countries.
        Jurisdictions = "jurisdictions",
        /// The interests vocabulary.
        Interests = "interests",
        /// The languages vocabulary.
        Languages = "languages",
        /// The looking-for vocabulary.
        LookingFor = "looking_for",
    }
);
