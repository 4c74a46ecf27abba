//! What of a form's answers is carried on to another day, or to another person's form.

use super::answers::Answers;
use super::definition::Form;
use super::kinds::Kind;
use super::question::Question;
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::Role;

/// What is asked about the sender, whomever they register.
const OF_SENDER: [Role; 4] = [Role::SubmitterName, Role::ContactBy, Role::ContactEmail, Role::ContactPost];

impl Form {
    /// Whether it is long enough to be put down half-filled.
    pub fn can_be_put_down(&self) -> bool {
        self.kind == SubmissionKind::Registration
    }

    /// What is kept of it on the way: all but ticks, each of which is given on the day on which the form is sent.
    pub fn put_down(&self, answers: &Answers) -> Answers {
        self.some(answers, |question| question.kind != Kind::Tick)
    }

    /// All that was answered, to be mended: without what people do not see.
    pub fn given(&self, answers: &Answers) -> Answers {
        self.some(answers, |_| true)
    }

    /// What somebody said of themselves, who registers the next person: nothing of the first one, and no ticks.
    pub fn of_sender(&self, answers: &Answers) -> Answers {
        self.some(answers, |question| question.role.is_some_and(|role| OF_SENDER.contains(&role)))
    }

    fn some(&self, answers: &Answers, wanted: impl Fn(&Question) -> bool) -> Answers {
        let mut some = Answers::default();
        for question in self.questions().filter(|question| wanted(question)) {
            for name in question.fields() {
                answers.all(&name).into_iter().for_each(|value| some.add(&name, value));
            }
        }
        some
    }
}
