//! The questions of a form beside each other: each name and each role is one question's, and a condition asks for what came before.

use super::kinds::Kind;
use super::question::{GroupFile, QuestionFile};
use super::roles::{check_needed, check_role};
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::Role;
use crate::yaml::Text;

/// What the questions so far have taken.
#[derive(Default)]
struct Given<'a> {
    names: Vec<&'a str>,
    roles: Vec<Role>,
}

/// Rules `named-twice`, `unknown-question`, and those of roles.
pub(super) fn check_questions(checker: &mut Checker<'_>, groups: &[GroupFile], kind: Option<SubmissionKind>) {
    let mut given = Given::default();
    for (number, group) in groups.iter().enumerate() {
        for (index, question) in group.questions.iter().flatten().enumerate() {
            checker.within_item("groups", number, |checker| {
                checker.within_item("questions", index, |checker| check_question(checker, question, &mut given));
            });
        }
    }
    // Where a question or its role could not be read, nobody knows which one is missing.
    if let Some(kind) = kind.filter(|_| with_role(groups) == Some(given.roles.len())) {
        check_needed(checker, kind, &given.roles);
    }
}

/// How many questions of a form's file have a role; none is known where those of a group could not be found.
fn with_role(groups: &[GroupFile]) -> Option<usize> {
    let count = |questions: &Vec<QuestionFile>| questions.iter().filter(|question| question.role.is_some()).count();
    groups.iter().map(|group| group.questions.as_ref().map(count)).sum()
}

fn check_question<'a>(checker: &mut Checker<'_>, file: &'a QuestionFile, given: &mut Given<'a>) {
    if let Some(asked) = file.needed_if.as_ref().and_then(|condition| condition.question.as_ref()) {
        check_condition(checker, asked.as_str(), &given.names);
    }
    if let Some(role) = file.role.as_ref().and_then(|role| Role::from_word(role.as_str())) {
        let kind = file.kind.as_ref().map(Text::as_str).and_then(Kind::from_word);
        check_role(checker, role, kind, &mut given.roles);
    }
    if let Some(name) = file.name.as_ref().map(Text::as_str) {
        if given.names.contains(&name) {
            checker.wrong("name", "named-twice", format!("there are two questions {}", quoted(name)), None);
        }
        given.names.push(name);
    }
}

fn check_condition(checker: &mut Checker<'_>, asked: &str, names: &[&str]) {
    if !names.contains(&asked) {
        let at = At::Value(checker.path("needed_if").key("question"));
        let problem =
            Problem::new(at, "unknown-question", format!("no question {} comes before this one", quoted(asked)));
        let near = nearest(asked, names.iter().copied());
        checker.note(Problem { help: near.map(|near| format!("did you mean `{near}`?")), ..problem });
    }
}
