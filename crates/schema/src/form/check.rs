//! Judges all answers by the form's own definition, each at its question and then beside each other.

use super::agency_rule::agency_of;
use super::answers::Answers;
use super::definition::Form;
use super::fault::Fault;
use super::judge::Judge;
use super::listed::Listed;
use super::question::Question;
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingRule;
use crate::submission::content::Answer;
use crate::submission::kinds::SubmissionKind;
use jiff::civil::Date;

/// Why a registration cannot go on at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The agency that forbids listings.
    pub agency: String,
}

/// What came of checking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every question in order, with what is to be stored.
    Accepted(Vec<Answer>),
    /// Faults by question name, in the form's order.
    Faulty(Vec<(String, Fault)>),
    /// The agency forbids listings: nothing is asked further.
    Stopped(Stop),
}

/// Checks all answers of a form, as of `today`; where it is known what the page says that they are about, what is the same is none of
/// a change.
pub fn check_answers(
    form: &Form,
    answers: &Answers,
    (catalogue, listed): (&Catalogue, Option<&Listed>),
    today: Date,
) -> Outcome {
    let agency = agency_of(form, answers, catalogue);
    if let Some(agency) = agency.filter(|agency| agency.listing.rule == ListingRule::Banned)
        && form.kind == SubmissionKind::Registration
    {
        return Outcome::Stopped(Stop { agency: agency.id.clone() });
    }
    let judge = Judge { form, answers, catalogue, agency, today };
    let mut judged: Vec<(&Question, Result<Vec<String>, Fault>)> = form
        .questions()
        // What was typed before the answer it waited for was changed is no part of what is sent.
        .map(|question| match form.is_asked(question, answers) {
            true => (question, judge.question(question)),
            false => (question, Ok(Vec::new())),
        })
        .collect();
    // Where the page is to come down, it waits for no other change: not for one that was left empty or as the page has it, nor for what
    // would have come onto the page, or onto the envelope, and will not do there.
    match form.taken_down_by(answers) {
        Some(change) => forgive(&mut judged, |question| form.hangs_on(question, change)),
        None => {
            let listed = listed.into_iter();
            listed
                .for_each(|listed| refuse_unchanged(&mut judged, listed, |question| form.is_asked(question, answers)));
        }
    }
    let faults: Vec<(String, Fault)> = judged
        .iter()
        .filter_map(|(question, judged)| Some((question.name.clone(), judged.as_ref().err()?.clone())))
        .collect();
    if !faults.is_empty() {
        return Outcome::Faulty(faults);
    }
    Outcome::Accepted(
        judged.into_iter().map(|(question, values)| question.answer(values.unwrap_or_default())).collect(),
    )
}

/// What somebody writes to us in their own words is not lost in silence.
fn forgive(judged: &mut [(&Question, Result<Vec<String>, Fault>)], is_forgiven: impl Fn(&Question) -> bool) {
    for (question, judged) in judged.iter_mut() {
        let is_moot = matches!(judged, Err(fault) if *fault == Fault::Missing || question.role.is_some());
        if is_moot && is_forgiven(question) {
            *judged = Ok(Vec::new());
        }
    }
}

/// What will do and is what the page says now is no change. What has another fault is told of that alone.
fn refuse_unchanged(
    judged: &mut [(&Question, Result<Vec<String>, Fault>)],
    listed: &Listed,
    is_asked: impl Fn(&Question) -> bool,
) {
    let asked = judged.iter().filter(|(question, _)| is_asked(question));
    let asked: Vec<(&Question, Option<&[String]>)> =
        asked.map(|(question, judged)| (*question, judged.as_deref().ok())).collect();
    let unchanged = listed.unchanged(&asked);
    for (_, judged) in judged.iter_mut().filter(|(question, _)| unchanged.contains(&question.name.as_str())) {
        *judged = Err(Fault::Unchanged);
    }
}
