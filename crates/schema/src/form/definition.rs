//! A form as checked: what it asks, in which words.

use super::options::OptionSource;
use crate::record::spelt::spelt;
use crate::record::words::Translated;
use crate::submission::content::Answer;
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::Role;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A form, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its id.
    pub id: String,
    /// Its address: `/register/` on the site, `/send/register` at the function.
    pub address: String,
    /// A neutral page elsewhere, for a button that leaves this one at once.
    pub exit: Option<String>,
    /// What a submission of it is.
    pub kind: SubmissionKind,
    /// Heading.
    pub title: Translated,
    /// One sentence below it.
    pub summary: Translated,
    /// Paragraphs before the first question.
    pub before: Vec<Translated>,
    /// Questions in groups.
    pub groups: Vec<Group>,
    /// The button that sends.
    pub send: Translated,
    /// The heading once it is sent.
    pub sent_title: Translated,
    /// Paragraphs once it is sent.
    pub sent: Vec<Translated>,
    /// Version of the consent text that the form shows.
    pub wording: Option<Date>,
}

/// A group of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Heading.
    pub title: Translated,
    /// A paragraph below it.
    pub lead: Option<Translated>,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in submissions.
    pub name: String,
    /// What it is to the program, if anything.
    pub role: Option<Role>,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The words above the field.
    pub label: Translated,
    /// One short sentence of help.
    pub hint: Option<Translated>,
    /// What is said when there is no answer.
    pub ask: Option<Translated>,
    /// What is said when the answer will not do.
    pub wrong: Option<Translated>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// When it may not stay empty after all.
    pub needed_if: Option<Condition>,
    /// Fewest characters.
    pub shortest: usize,
    /// Most characters; with [`Kind::Choices`], most answers.
    pub longest: usize,
    /// Where the options come from, for kinds that have some.
    pub options: OptionSource,
    /// Browser's autocomplete word.
    pub autocomplete: Option<String>,
}

/// An earlier answer on which a question depends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The earlier question.
    pub question: String,
    /// The answer that makes this one needed.
    pub is: String,
}

spelt!(
    /// What kind of answer a question takes.
    Kind {
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
    /// Whether the answer is picked from options.
    pub fn has_options(self) -> bool {
        matches!(self, Kind::Choice | Kind::List | Kind::Choices)
    }
}

impl Form {
    /// All questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.groups.iter().flat_map(|group| &group.questions)
    }

    /// What is stored of accepted answers: everything but codes.
    pub fn stored(&self, mut accepted: Vec<Answer>) -> Vec<Answer> {
        let is_code = |name: &str| self.question(name).is_some_and(|question| question.kind == Kind::Code);
        accepted.retain(|answer| !is_code(&answer.question));
        accepted
    }

    /// A question by name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions().find(|question| question.name == name)
    }
}
