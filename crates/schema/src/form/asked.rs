//! Which questions of a form are asked, after the answers so far.

use super::answers::Answers;
use super::definition::Form;
use super::question::Question;

impl Form {
    /// Whether a question is asked, after the answers so far: each that it waits for must have been asked itself.
    pub fn is_asked(&self, question: &Question, answers: &Answers) -> bool {
        question.only_if.as_ref().is_none_or(|condition| {
            let given = answers.all(&condition.question);
            let is_met = condition.is.iter().any(|value| given.contains(&value.as_str()));
            is_met && self.question(&condition.question).is_some_and(|earlier| self.is_asked(earlier, answers))
        })
    }
}
