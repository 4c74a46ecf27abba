//! One request of a row, and what must come of it.

use crate::filled::Filled;
use crate::site::Site;
use crate::wire::Sent;
use schema::submission::content::Submission;
use schema::submission::kinds::Flag;

/// What a case leaves in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing.
    Nothing,
    /// One row that waits, with its answers; the first page is the one on which they are checked.
    One,
    /// The same, held for a second look, though its sender sees no difference.
    Held,
}

/// Words that must stand on a page.
pub(crate) enum Says {
    /// A string of `content/en`.
    Text(&'static str),
    /// What a question of a form says when it is empty.
    Ask(&'static str, &'static str),
    /// What a question of a form says of a wrong answer.
    Wrong(&'static str, &'static str),
    /// A fault, with the question's label and a number.
    Fault(&'static str, &'static str, &'static str, usize),
    /// Bytes of the page.
    Html(String),
}

impl Says {
    pub(crate) fn words(&self, site: &Site) -> String {
        match self {
            Says::Text(id) => site.text(id),
            Says::Ask(form, question) => site.ask(form, question),
            Says::Wrong(form, question) => site.wrong(form, question),
            Says::Fault(form, question, fault, most) => site.fault(form, question, fault, *most),
            Says::Html(html) => html.clone(),
        }
    }
}

type Check = Box<dyn Fn(&Submission)>;

/// One request and what must come of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) sent: Sent,
    pub(crate) status: u16,
    pub(crate) effect: Effect,
    pub(crate) says: Vec<Says>,
    pub(crate) lacks: Vec<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) flag: Option<Flag>,
    pub(crate) stored: Vec<Check>,
    /// Why only the handler can be asked so.
    pub(crate) only_here: Option<&'static str>,
}

fn case(name: impl Into<String>, sent: Sent, status: u16, effect: Effect) -> Case {
    Case {
        name: name.into(),
        sent,
        status,
        effect,
        says: Vec::new(),
        lacks: Vec::new(),
        headers: Vec::new(),
        flag: None,
        stored: Vec::new(),
        only_here: None,
    }
}

/// Refused, with this status.
pub(crate) fn refused(name: impl Into<String>, sent: Sent, status: u16) -> Case {
    case(name, sent, status, Effect::Nothing)
}

/// Accepted and stored.
pub(crate) fn accepted(name: impl Into<String>, sent: Sent) -> Case {
    case(name, sent, 200, Effect::One)
}

/// Stored, and held.
pub(crate) fn held(name: impl Into<String>, sent: Sent, flag: Flag) -> Case {
    Case { flag: Some(flag), ..case(name, sent, 200, Effect::Held) }
}

/// Refused with the form shown again: a fault that can be mended.
pub(crate) fn faulty(name: impl Into<String>, filled: &Filled, says: Says) -> Case {
    refused(name, filled.checked(), 422).says(says).says(Says::Text("form-problem"))
}

impl Case {
    pub(crate) fn says(mut self, says: Says) -> Self {
        self.says.push(says);
        self
    }

    pub(crate) fn lacks(mut self, html: impl Into<String>) -> Self {
        self.lacks.push(html.into());
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn flagged(mut self, flag: Flag) -> Self {
        self.flag = Some(flag);
        self
    }

    /// What must be stored for a question.
    pub(crate) fn stores(self, question: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        self.keeps(move |submission| assert_eq!(given(submission, question), Some(value.as_str()), "{question}"))
    }

    /// What must hold of what is stored.
    pub(crate) fn keeps(mut self, check: impl Fn(&Submission) + 'static) -> Self {
        self.stored.push(Box::new(check));
        self
    }

    pub(crate) fn only_here(mut self, why: &'static str) -> Self {
        self.only_here = Some(why);
        self
    }
}

/// The first value that is stored for a question.
pub(crate) fn given<'a>(submission: &'a Submission, question: &str) -> Option<&'a str> {
    let answer = submission.answers.iter().find(|answer| answer.question == question)?;
    answer.values.first().map(String::as_str)
}
