//! What a person's page says, as a form would hold it: a change starts from that, and what is the same is no change. It holds
//! nothing that the page does not show.

use super::answers::Answers;
use super::definition::Form;
use super::question::{Condition, Question};
use crate::ground::text::{bare_number, tidy};
use crate::person::envelope::{Address, address_of};
use crate::person::introduction::as_typed;
use crate::person::mail_name::{first_last, last_first};
use crate::person::profile::{Profile, Release};
use crate::place::catalogue::Catalogue;
use crate::place::line::{Line, Slot};
use crate::submission::content::TICKED;
use crate::submission::role::{OptionRole, Role};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The public answers of a page, by the role of the question that asks for each, whatever its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    values: BTreeMap<Role, Vec<String>>,
    /// What is chosen where it is the options that have roles.
    chosen: BTreeMap<Role, OptionRole>,
}

/// A question that is asked, with an answer that will do; none where it has a fault.
pub(super) type Judged<'q, 'v> = (&'q Question, Option<&'v [String]>);

impl Listed {
    /// What the page of a profile says on a day.
    pub fn of(profile: &Profile, catalogue: &Catalogue, day: Date) -> Self {
        // All of it by name, so that whoever adds a key decides whether a change starts from it.
        let Profile {
            shown_name,
            mail_name: _,
            number,
            facility,
            housing,
            pronouns,
            languages,
            interests,
            looking_for,
            introduction_language,
            introduction,
            release,
            search_engines,
            // What no question of a change asks for, or asks anew.
            id: _,
            birth_year: _,
            photo: _,
            listed: _,
            checked: _,
            compared: _,
            permission_seen: _,
            rule_read: _,
            cleared_with: _,
            came_back: _,
            consent: _,
            withdrawn: _,
            status: _,
        } = profile;
        let route = catalogue.route(facility, day);
        let slots: Vec<Slot> = route.iter().flat_map(|route| &route.lines).flat_map(Line::slots).collect();
        // Where there is no envelope, or no line of it has a place for unit or bed, nobody sees that.
        let shows_housing =
            slots.contains(&Slot::Housing) && matches!(address_of(profile, catalogue, day), Address::Lines(_));
        let one = |value: &str| vec![value.to_owned()];
        let mut values = BTreeMap::from([
            (Role::ShownName, one(shown_name)),
            (Role::MailName, vec![mail_name(profile, &slots)]),
            (Role::Number, one(number)),
            (Role::Facility, one(facility)),
            (Role::Pronouns, pronouns.iter().cloned().collect()),
            (Role::Housing, housing.iter().filter(|_| shows_housing).cloned().collect()),
            (Role::Languages, languages.clone()),
            (Role::Interests, interests.clone()),
            (Role::LookingFor, looking_for.clone()),
            (Role::IntroductionLanguage, one(introduction_language)),
            (Role::Introduction, vec![as_typed(introduction)]),
        ]);
        if let Release::Year(year) = release {
            values.insert(Role::ReleaseYear, vec![year.to_string()]);
        }
        Self { values, chosen: chosen(*release, *search_engines) }
    }

    /// Answers with what the page says in each question that has none yet.
    #[must_use]
    pub fn fill(&self, form: &Form, mut answers: Answers) -> Answers {
        for question in form.questions() {
            if answers.count(&question.name) > 0 {
                continue;
            }
            self.said(question).into_iter().flatten().for_each(|value| answers.add(&question.name, &value));
        }
        answers
    }

    /// Whether an answer is what the page says; none where the page says nothing of what is asked.
    pub fn holds(&self, question: &Question, given: &[&str]) -> Option<bool> {
        let said = self.said(question)?;
        let first = |values: &[&str]| tidy(values.first().copied().unwrap_or_default());
        let (typed, known) = (first(given), said.first().cloned().unwrap_or_default());
        Some(match question.role? {
            Role::Languages | Role::Interests | Role::LookingFor => {
                let set = given.iter().copied().collect::<BTreeSet<_>>();
                set == said.iter().map(String::as_str).collect()
            }
            Role::Number => bare_number(&typed) == bare_number(&known),
            // In whatever order its parts stand, the envelope is the same.
            Role::MailName => typed == known || first_last(&typed).is_some_and(|name| first_last(&known) == Some(name)),
            _ => typed == known,
        })
    }

    /// The questions of which the page says already what was answered, the first of each that are asked together: where one of them
    /// is answered anew, the others stay as they are. What a further question is asked about is judged there.
    pub(super) fn unchanged<'a>(&self, asked: &[Judged<'a, '_>]) -> Vec<&'a str> {
        let mut unchanged = Vec::new();
        let mut seen: Vec<&Condition> = Vec::new();
        for (question, _) in asked {
            let Some(condition) = question.only_if.as_ref().filter(|condition| !seen.contains(condition)) else {
                continue;
            };
            seen.push(condition);
            let mut together = asked.iter().filter(|(other, _)| other.only_if.as_ref() == Some(condition));
            if together.all(|(other, values)| self.is_settled(other, *values, asked)) {
                unchanged.push(question.name.as_str());
            }
        }
        unchanged
    }

    fn is_settled(&self, question: &Question, values: Option<&[String]>, asked: &[Judged<'_, '_>]) -> bool {
        let hangs = |(other, _): &Judged<'_, '_>| {
            other.only_if.as_ref().is_some_and(|condition| condition.question == question.name)
        };
        let Some(values) = values.filter(|_| !asked.iter().any(hangs)) else { return false };
        let given: Vec<&str> = values.iter().map(String::as_str).collect();
        self.holds(question, &given) == Some(true)
    }

    /// What the page says to a question, in the values of its own options.
    fn said(&self, question: &Question) -> Option<Vec<String>> {
        let role = question.role?;
        match (self.chosen.get(&role), question.kind.has_options()) {
            (Some(chosen), true) => Some(vec![question.option_for(*chosen)?.value.clone()]),
            (Some(OptionRole::MayBeFound), false) => Some(vec![TICKED.to_owned()]),
            (Some(_), false) => Some(Vec::new()),
            (None, _) => self.values.get(&role).cloned(),
        }
    }
}

/// What is chosen by options that have roles.
fn chosen(release: Release, search_engines: bool) -> BTreeMap<Role, OptionRole> {
    let release = match release {
        Release::Year(_) => OptionRole::InAYear,
        Release::Life => OptionRole::Life,
        Release::Unknown => OptionRole::Unknown,
    };
    let found = if search_engines { OptionRole::MayBeFound } else { OptionRole::NotFound };
    BTreeMap::from([(Role::Release, release), (Role::SearchEngines, found)])
}

/// The name as the envelope has it, or, where nobody can tell that, as it was written.
fn mail_name(profile: &Profile, slots: &[Slot]) -> String {
    let turned = if slots.contains(&Slot::LastFirst) { last_first(&profile.mail_name) } else { None };
    turned.or_else(|| first_last(&profile.mail_name)).unwrap_or_else(|| profile.mail_name.clone())
}
