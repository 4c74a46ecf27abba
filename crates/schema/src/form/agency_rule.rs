//! What the agency of an answer says of listings, and how soon an answer should be read: both follow from what was chosen.

use super::answers::Answers;
use super::definition::Form;
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingRule;
use crate::submission::content::Answer;
use crate::submission::kinds::{SubmissionKind, Urgency};
use crate::submission::role::Role;

/// The agency that answers are about: that of the facility, or the one named for a facility that is not in the list.
pub fn agency_of<'a>(form: &Form, answers: &Answers, catalogue: &'a Catalogue) -> Option<&'a Agency> {
    let given = |role| Some(answers.one(&form.question_for(role)?.name));
    let by_facility = given(Role::Facility).and_then(|id| catalogue.place(id)).map(|(_, agency)| agency);
    by_facility.or_else(|| catalogue.agencies.get(given(Role::OtherAgency)?))
}

/// The agency of a registration that may go on, and whose rule for listings its sender should read first.
pub fn listing_warning<'a>(form: &Form, answers: &Answers, catalogue: &'a Catalogue) -> Option<&'a Agency> {
    let agency = agency_of(form, answers, catalogue).filter(|_| form.kind == SubmissionKind::Registration)?;
    let warns = agency.listing.reason.is_some() && agency.listing.rule != ListingRule::Allowed;
    warns.then_some(agency)
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
