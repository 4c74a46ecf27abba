//! A form as checked: what it asks, in which words.

use super::options::OptionSource;
use crate::record::words::Translated;
use crate::submission::content::Answer;
use crate::submission::kinds::SubmissionKind;
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

/// What kind of answer a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// An introduction: several lines, without contact details.
    Introduction,
    /// An e-mail address.
    Email,
    /// A person's number, in the form of the agency that runs the chosen facility.
    Number,
    /// A year of birth: 18 or over.
    BirthYear,
    /// A year to come.
    FutureYear,
    /// A day in the past: three fields.
    PastDate,
    /// One of a few, as radio buttons.
    Choice,
    /// One of many, as a list to open.
    List,
    /// Any of several.
    Choices,
    /// A box to tick.
    Tick,
    /// The reference of an earlier submission.
    Reference,
    /// The code that belongs to it. It is looked at and never stored.
    Code,
}

impl Kind {
    pub(super) const ALL: &[(&'static str, Kind)] = &[
        ("line", Kind::Line),
        ("text", Kind::Text),
        ("introduction", Kind::Introduction),
        ("email", Kind::Email),
        ("number", Kind::Number),
        ("birth_year", Kind::BirthYear),
        ("future_year", Kind::FutureYear),
        ("past_date", Kind::PastDate),
        ("choice", Kind::Choice),
        ("list", Kind::List),
        ("choices", Kind::Choices),
        ("tick", Kind::Tick),
        ("reference", Kind::Reference),
        ("code", Kind::Code),
    ];

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
