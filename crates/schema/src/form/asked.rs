//! Which questions of a form are asked, after the answers so far.

use super::answers::Answers;
use super::definition::Form;
use super::question::Question;
use crate::submission::role::{OptionRole, Role};

impl Form {
    /// Whether a question is asked, after the answers so far: each that it waits for must have been asked itself.
    pub fn is_asked(&self, question: &Question, answers: &Answers) -> bool {
        question.only_if.as_ref().is_none_or(|condition| {
            let given = answers.all(&condition.question);
            let is_met = condition.is.iter().any(|value| given.contains(&value.as_str()));
            is_met && self.question(&condition.question).is_some_and(|earlier| self.is_asked(earlier, answers))
        })
    }

    /// The question in which somebody chose that the page comes down.
    pub(super) fn taken_down_by(&self, answers: &Answers) -> Option<&Question> {
        let change = self.question_for(Role::Change)?;
        let down = change.option_for(OptionRole::TakeDown)?;
        answers.all(&change.name).contains(&down.value.as_str()).then_some(change)
    }

    /// Whether a question waits for an answer to another one, at whatever remove.
    pub(super) fn hangs_on(&self, question: &Question, earlier: &Question) -> bool {
        question.only_if.as_ref().is_some_and(|condition| {
            let asked = || self.question(&condition.question);
            condition.question == earlier.name || asked().is_some_and(|asked| self.hangs_on(asked, earlier))
        })
    }
}
