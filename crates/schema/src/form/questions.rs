//! The questions of a form beside each other: each name and each role is one question's, and a condition asks for what came before.

use super::kinds::Kind;
use super::question::{ConditionFile, GroupFile, QuestionFile};
use super::roles::{check_needed, check_role};
use crate::ground::key_path::KeyPath;
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::Role;
use crate::yaml::Text;

/// What the questions so far have taken.
#[derive(Default)]
struct Given<'a> {
    questions: Vec<(&'a str, &'a QuestionFile)>,
    roles: Vec<Role>,
}

/// Rules `named-twice`, `unknown-question`, `unknown-answer`, and those of roles.
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
    if let Some(condition) = file.only_if.as_ref() {
        checker.within("only_if", |checker| check_condition(checker, condition, &given.questions));
    }
    for (index, option) in file.options.iter().flatten().enumerate() {
        let denied = option.not_with.as_deref().unwrap_or_default();
        let key = checker.path("options").index(index).key("not_with");
        check_values(checker, (key, "this question"), denied, file);
    }
    if let Some(role) = file.role.as_ref().and_then(|role| Role::from_word(role.as_str())) {
        let kind = file.kind.as_ref().map(Text::as_str).and_then(Kind::from_word);
        check_role(checker, role, kind, &mut given.roles);
    }
    if let Some(name) = file.name.as_ref().map(Text::as_str) {
        if given.questions.iter().any(|(known, _)| *known == name) {
            checker.wrong("name", "named-twice", format!("there are two questions {}", quoted(name)), None);
        }
        given.questions.push((name, file));
    }
}

fn check_condition(checker: &mut Checker<'_>, file: &ConditionFile, before: &[(&str, &QuestionFile)]) {
    let Some(asked) = file.question.as_ref().map(Text::as_str) else { return };
    match before.iter().find(|(name, _)| *name == asked) {
        Some((_, question)) => {
            let values = file.is.as_deref().unwrap_or_default();
            check_values(checker, (checker.path("is"), &format!("the question `{asked}`")), values, question);
        }
        None => {
            let said = format!("no question {} comes before this one", quoted(asked));
            let near = nearest(asked, before.iter().map(|(name, _)| *name));
            checker.wrong("question", "unknown-question", said, near.map(|near| format!("did you mean `{near}`?")));
        }
    }
}

/// What is waited for, or denied, can be answered: rule `unknown-answer`, where the question has options of its own. Those of the
/// site's own lists are known to nobody here.
fn check_values(checker: &mut Checker<'_>, (path, asked): (KeyPath, &str), values: &[Text], question: &QuestionFile) {
    let options = question.options.iter().flatten().filter_map(|option| option.value.as_ref());
    let own: Vec<&str> = options.map(Text::as_str).collect();
    if own.is_empty() {
        return;
    }
    for (index, value) in values.iter().enumerate().filter(|(_, value)| !own.contains(&value.as_str())) {
        let said = format!("{asked} has no option {}", quoted(value.as_str()));
        let near = nearest(value.as_str(), own.iter().copied());
        let problem = Problem::new(At::Value(path.index(index)), "unknown-answer", said);
        checker.note(Problem { help: near.map(|near| format!("did you mean `{near}`?")), ..problem });
    }
}
