//! What a form owes the program: for each role the questions that may carry it and the forms that need it. This is the one
//! table; a form that lacks a role is a problem of `check`, not a gate that stays open unseen.

use super::kinds::Kind;
use crate::ground::key_path::KeyPath;
use crate::ground::problem::{At, Problem};
use crate::record::checker::Checker;
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::{OptionRole, Role};
use std::collections::BTreeSet;

/// Which options a question's role asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Options {
    /// None: its options are no business of the program.
    Free,
    /// These are among them.
    Among(&'static [OptionRole]),
    /// Every one of them is one of these.
    Only(&'static [OptionRole]),
}

impl Options {
    /// The roles that an option may have.
    fn roles(self) -> &'static [OptionRole] {
        match self {
            Options::Free => &[],
            Options::Among(roles) | Options::Only(roles) => roles,
        }
    }
}

/// What is asked of a question with a role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The kinds of question that may carry it.
    pub(super) kinds: &'static [Kind],
    /// The kinds of form that need it: without it a page could not be made, a gate would stay open, or nobody would be told.
    pub(super) needed_by: &'static [SubmissionKind],
    /// Which options it has.
    pub(super) options: Options,
}

const NOBODY: &[SubmissionKind] = &[];
const REGISTRATION: &[SubmissionKind] = &[SubmissionKind::Registration];
const UPDATE: &[SubmissionKind] = &[SubmissionKind::Update];
const BOTH: &[SubmissionKind] = &[SubmissionKind::Registration, SubmissionKind::Update];
const ONE_OF: &[Kind] = &[Kind::Choice, Kind::List];
const RELEASE: &[OptionRole] = &[OptionRole::InAYear, OptionRole::Life, OptionRole::Unknown];
const CONSENT: &[OptionRole] = &[OptionRole::ByLetter, OptionRole::ByCall, OptionRole::ByVisit, OptionRole::ByMessage];
const SEARCH: &[OptionRole] = &[OptionRole::MayBeFound, OptionRole::NotFound];
const CONTACT: &[OptionRole] = &[OptionRole::ByEmail, OptionRole::ByPost];

/// The rule of a role.
pub(super) fn rule(role: Role) -> Rule {
    use Options::{Among, Free, Only};
    let (kinds, needed_by, options): (&[Kind], _, _) = match role {
        Role::ShownName => (&[Kind::Line], REGISTRATION, Free),
        Role::MailName => (&[Kind::Line], REGISTRATION, Free),
        Role::Number => (&[Kind::Number], REGISTRATION, Free),
        Role::Facility => (&[Kind::List], REGISTRATION, Among(&[OptionRole::NotListed])),
        Role::OtherFacility => (&[Kind::Line], REGISTRATION, Free),
        Role::OtherAgency => (&[Kind::List], REGISTRATION, Free),
        Role::OtherJurisdiction => (&[Kind::List], REGISTRATION, Free),
        Role::Housing => (&[Kind::Line], NOBODY, Free),
        Role::BirthYear => (&[Kind::BirthYear], REGISTRATION, Free),
        Role::Pronouns => (&[Kind::Line], NOBODY, Free),
        Role::Languages => (&[Kind::Choices], REGISTRATION, Free),
        Role::Interests => (&[Kind::Choices], REGISTRATION, Free),
        Role::LookingFor => (&[Kind::Choices], REGISTRATION, Free),
        Role::IntroductionLanguage => (ONE_OF, REGISTRATION, Free),
        Role::Introduction => (&[Kind::Introduction], REGISTRATION, Free),
        Role::Release => (ONE_OF, REGISTRATION, Only(RELEASE)),
        Role::ReleaseYear => (&[Kind::FutureYear], REGISTRATION, Free),
        Role::ConsentHow => (ONE_OF, REGISTRATION, Only(CONSENT)),
        Role::ConsentDate => (&[Kind::PastDate], REGISTRATION, Free),
        Role::SearchEngines => (&[Kind::Tick, Kind::Choice], NOBODY, Only(SEARCH)),
        Role::PhotoChange => (ONE_OF, NOBODY, Among(&[OptionRole::AnotherPhoto])),
        Role::SubmitterName => (&[Kind::Line], BOTH, Free),
        Role::ContactBy => (ONE_OF, BOTH, Only(CONTACT)),
        Role::ContactEmail => (&[Kind::Email], BOTH, Free),
        Role::ContactPost => (&[Kind::Text], BOTH, Free),
        Role::About => (&[Kind::Line], UPDATE, Free),
        Role::Reference => (&[Kind::Reference], UPDATE, Free),
        Role::Code => (&[Kind::Code], UPDATE, Free),
        Role::Change => (&[Kind::Choices], UPDATE, Among(&[OptionRole::TakeDown])),
    };
    Rule { kinds, needed_by, options }
}

/// Rule `missing-role`: every role that a form of a kind needs is at one of its questions.
pub(super) fn check_needed(checker: &mut Checker<'_>, kind: SubmissionKind, given: &[Role]) {
    let is_needed = |role: &Role| rule(*role).needed_by.contains(&kind) && !given.contains(role);
    for role in Role::ALL.iter().map(|(_, role)| *role).filter(is_needed) {
        let message = format!("no question has the role `{}`, which the program needs", role.word());
        let help =
            format!("write `role: {}` at the question that asks for it: {}", role.word(), kinds(rule(role).kinds));
        checker.wrong("groups", "missing-role", message, Some(help));
    }
}

/// Rules `named-twice`, `wrong-role`: a role is given once, to a question of a kind that can have it.
pub(super) fn check_role(checker: &mut Checker<'_>, role: Role, kind: Option<Kind>, given: &mut Vec<Role>) {
    if given.contains(&role) {
        let message = format!("there are two questions with the role `{}`", role.word());
        return checker.wrong("role", "named-twice", message, Some("keep it at one of them".into()));
    }
    given.push(role);
    if let Some(kind) = kind.filter(|kind| !rule(role).kinds.contains(kind)) {
        let message = format!("a question of kind `{}` cannot have the role `{}`", kind.word(), role.word());
        checker.wrong("role", "wrong-role", message, Some(format!("it belongs to {}", kinds(rule(role).kinds))));
    }
}

/// Rules `missing-role`, `named-twice`, `wrong-role`: of the options of a question, those have roles that the program reads.
pub(super) fn check_options(checker: &mut Checker<'_>, role: Option<Role>, own: &[(&str, Option<OptionRole>)]) {
    let options = role.map_or(Options::Free, |role| rule(role).options);
    let given = |role: &OptionRole| own.iter().any(|(_, given)| *given == Some(*role));
    let lacking: Vec<OptionRole> = options.roles().iter().copied().filter(|role| !given(role)).collect();
    let mut seen = BTreeSet::new();
    for (index, (value, given)) in own.iter().enumerate() {
        let here = checker.path("options").index(index);
        let problem = match *given {
            None => no_role(options, value, &lacking).map(|problem| problem.at(here)),
            Some(role) if !options.roles().contains(&role) => Some(misplaced(role, options).at(here.key("role"))),
            Some(role) if !seen.insert(role) => {
                let message = format!("there are two options with the role `{}`", role.word());
                Some(Slip { rule: "named-twice", message, help: "keep it at one of them".into() }.at(here.key("role")))
            }
            Some(_) => None,
        };
        problem.into_iter().for_each(|problem| checker.note(problem));
    }
    if let Options::Among(_) = options {
        for role in lacking {
            let message = format!("no option has the role `{}`, which the program needs", role.word());
            let help = format!("write `role: {}` at the option that means it", role.word());
            checker.wrong("options", "missing-role", message, Some(help));
        }
    }
}

/// What is wrong with an option.
struct Slip {
    rule: &'static str,
    message: String,
    help: String,
}

impl Slip {
    fn at(self, place: KeyPath) -> Problem {
        Problem::new(At::Value(place), self.rule, self.message).help(self.help)
    }
}

fn no_role(options: Options, value: &str, lacking: &[OptionRole]) -> Option<Slip> {
    let Options::Only(all) = options else { return None };
    let message = format!("the option `{value}` has no role, and the program needs one");
    let left = if lacking.is_empty() { all } else { lacking };
    Some(Slip { rule: "missing-role", message, help: format!("add `role: {}`", words(left, "` or `role: ")) })
}

fn misplaced(role: OptionRole, options: Options) -> Slip {
    let message = format!("no option of this question can have the role `{}`", role.word());
    let help = match options.roles() {
        [] => "take it out, or give the question the role that it belongs to".to_owned(),
        roles => format!("known here: {}", words(roles, ", ")),
    };
    Slip { rule: "wrong-role", message, help }
}

fn words(roles: &[OptionRole], between: &str) -> String {
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(between)
}

/// Kinds of question in words: "a question of kind `choice` or `list`".
fn kinds(kinds: &[Kind]) -> String {
    let words: Vec<String> = kinds.iter().map(|kind| format!("`{}`", kind.word())).collect();
    format!("a question of kind {}", words.join(" or "))
}
