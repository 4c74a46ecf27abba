//! What the agency of an answer says of listings, and how soon an answer should be read: both follow from what was chosen.

use super::answers::Answers;
use super::definition::Form;
use super::question::Question;
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::place::kinds::{ListingGate, ListingRule};
use crate::record::words::Translated;
use crate::submission::content::Answer;
use crate::submission::kinds::{SubmissionKind, Urgency};
use crate::submission::role::Role;

/// The agency that answers are about: that of the facility, or the one named for a facility that is not in the list.
pub fn agency_of<'a>(form: &Form, answers: &Answers, catalogue: &'a Catalogue) -> Option<&'a Agency> {
    let given = |role| Some(answers.one(&form.question_for(role)?.name));
    let by_facility = given(Role::Facility).and_then(|id| catalogue.place(id)).map(|(_, agency)| agency);
    by_facility.or_else(|| catalogue.agencies.get(given(Role::OtherAgency)?))
}

impl Form {
    /// Whether an answer alone, a facility or an agency, stops a registration: its agency forbids listings.
    pub fn is_stopped_by(&self, question: &Question, value: &str, catalogue: &Catalogue) -> bool {
        let agency = match question.role {
            Some(Role::Facility) => catalogue.place(value).map(|(_, agency)| agency),
            Some(Role::OtherAgency) => catalogue.agencies.get(value),
            _ => None,
        };
        let is_banned = agency.is_some_and(|agency| agency.listing.rule == ListingRule::Banned);
        is_banned && self.kind == SubmissionKind::Registration
    }
}

/// What the sender of a registration that may go on, or of a move, should read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingWarning<'a> {
    /// The agency's own conditions, or what is known beside its rule.
    Reason(&'a Translated),
    /// Nobody has confirmed that the agency lets people be listed: an editor looks first.
    Unconfirmed(&'a Agency),
    /// The agency of the facility that somebody moved to forbids listings: their page comes down.
    BannedThere(&'a Agency),
    /// If this agency runs the facility, there is no listing: its state or country alone was named.
    BannedIfRunBy(&'a Agency, &'a Translated),
    /// Nobody knows who runs the facility: an editor looks first.
    UnknownAgency,
}

/// Whether a facility is asked for and named: always in a registration, in an update where somebody moved.
fn names_facility(form: &Form, answers: &Answers) -> bool {
    match form.kind {
        SubmissionKind::Registration => true,
        // Whoever leaves is listed nowhere.
        SubmissionKind::Update if form.taken_down_by(answers).is_some() => false,
        // That of the page may stand in the form of somebody who did not move.
        SubmissionKind::Update => form
            .question_for(Role::Facility)
            .is_some_and(|question| form.is_asked(question, answers) && !answers.one(&question.name).is_empty()),
        SubmissionKind::Report => false,
    }
}

/// What the sender of a registration, or of a move, should read before it is sent; nothing where its agency allows listings.
pub fn listing_warnings<'a>(form: &Form, answers: &Answers, catalogue: &'a Catalogue) -> Vec<ListingWarning<'a>> {
    if !names_facility(form, answers) {
        return Vec::new();
    }
    match agency_of(form, answers, catalogue) {
        Some(agency) if agency.listing.rule == ListingRule::Banned => banned_there(agency),
        Some(agency) => warnings_of(agency),
        None => warnings_of_place(form, answers, catalogue),
    }
}

/// Of a registration there is none of these: it has stopped before.
fn banned_there(agency: &Agency) -> Vec<ListingWarning<'_>> {
    let reason = agency.listing.reason.as_ref().map(ListingWarning::Reason);
    reason.into_iter().chain([ListingWarning::BannedThere(agency)]).collect()
}

fn warnings_of(agency: &Agency) -> Vec<ListingWarning<'_>> {
    let reason = agency.listing.reason.as_ref().filter(|_| agency.listing.rule != ListingRule::Allowed);
    let unconfirmed = (agency.listing.gate() == ListingGate::Rule).then_some(ListingWarning::Unconfirmed(agency));
    reason.map(ListingWarning::Reason).into_iter().chain(unconfirmed).collect()
}

/// The bans of a state or country, any of which may be the facility's.
fn warnings_of_place<'a>(form: &Form, answers: &Answers, catalogue: &'a Catalogue) -> Vec<ListingWarning<'a>> {
    let place = form.question_for(Role::OtherJurisdiction).map_or("", |question| answers.one(&question.name));
    let bans = catalogue
        .agencies
        .values()
        .filter(|agency| agency.jurisdiction == place && agency.listing.gate() == ListingGate::Shut);
    let told = bans.filter_map(|agency| Some(ListingWarning::BannedIfRunBy(agency, agency.listing.reason.as_ref()?)));
    told.chain([ListingWarning::UnknownAgency]).collect()
}

/// Whether an editor must look at the agency's rule before anything is made of a registration, or of a move.
pub fn waits_for_rule(form: &Form, answers: &Answers, catalogue: &Catalogue) -> bool {
    let gate = agency_of(form, answers, catalogue).map(|agency| agency.listing.gate());
    names_facility(form, answers) && gate != Some(ListingGate::Open)
}

impl Form {
    /// How soon what was answered should be read: the most urgent of the options that were chosen.
    pub fn urgency(&self, answers: &[Answer]) -> Urgency {
        let chosen = answers.iter().filter_map(|answer| Some((self.question(&answer.question)?, &answer.values)));
        let urgencies = chosen.flat_map(|(question, values)| {
            question.options.iter().filter(|option| values.contains(&option.value)).map(|option| option.urgency)
        });
        urgencies.max().unwrap_or(Urgency::Usual)
    }
}
