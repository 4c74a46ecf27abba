//! `content/forms/ID.yaml`: a form as checked: what it asks, in which words.

use super::kinds::Kind;
use super::question::{Group, Question};
use super::questions::check_questions;
use super::rules::{FormAddress, Paragraphs};
use crate::record::fields::record;
use crate::record::left_out::Maybe;
use crate::record::rule::{Day, Each, OwnId, WebAddress, Word, Words};
use crate::record::words::Translated;
use crate::submission::content::Answer;
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::Role;
use jiff::civil::Date;

record! {
    /// A form, checked.
    pub struct Form from FormFile {
        /// The file's name.
        id: String = OwnId,
        /// Its address, where that is not the id: `/register/` on the site, `/send/register` at the function.
        address: String = FormAddress,
        /// A neutral page elsewhere, for a button that leaves this one at once.
        exit: Option<String> = Maybe<WebAddress>,
        /// What a submission of it is.
        kind: SubmissionKind = Word<SubmissionKind>,
        /// The page's heading.
        title: Translated = Words<80>,
        /// One sentence below it.
        summary: Translated = Words<300>,
        /// Paragraphs before the first question: time, what to have ready, who reads it, how long it is kept.
        before: Vec<Translated> = Paragraphs,
        /// Questions in groups.
        groups: Vec<Group> = Each<Group>,
        /// The button that sends.
        send: Translated = Words<60>,
        /// The heading once it is sent.
        sent_title: Translated = Words<80>,
        /// Paragraphs once it is sent: what happens next, and when.
        sent: Vec<Translated> = Paragraphs,
        /// Version of the consent text that the form shows: a day.
        wording: Option<Date> = Maybe<Day>,
    }
    across |checker, file| {
        check_questions(checker, file.groups.as_deref().unwrap_or_default(), kind);
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

    /// The question with a role.
    pub fn question_for(&self, role: Role) -> Option<&Question> {
        self.questions().find(|question| question.role == Some(role))
    }

    /// A question by name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions().find(|question| question.name == name)
    }
}
