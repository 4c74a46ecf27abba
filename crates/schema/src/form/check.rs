//! Judges answers by the form's own definition. It says what is wrong in kinds of fault, not in words: the words belong to
//! the form and to the page's language.

use super::agency_rule::agency_of;
use super::answers::Answers;
use super::date::{DateFault, DatePart, read_past};
use super::definition::Form;
use super::kinds::Kind;
use super::listed::Listed;
use super::number::as_the_agency_writes;
use super::post::{self, PostFault};
use super::question::Question;
use super::year::{YearFault, bare_year, of_birth, to_come};
use crate::ground::text;
use crate::person::contact::{self, Contact, contacts, immigration_number};
use crate::person::public_line::{Flaw, flaw, flaw_of_housing};
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingRule;
use crate::submission::content::{Answer, TICKED};
use crate::submission::reference::Reference;
use crate::submission::role::{OptionRole, Role};
use crate::submission::secret::Secret;
use jiff::ToSpan;
use jiff::civil::Date;

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is none.
    Missing,
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// More choices than this.
    TooMany(usize),
    /// Unseen control characters, or accents stacked on one letter.
    Unwanted,
    /// Line breaks in a one-line answer.
    NotOneLine,
    /// Several values where one is asked for.
    Twice,
    /// Not a day that can be taken.
    Date(DateFault),
    /// Not a year that can be taken.
    Year(YearFault),
    /// Nothing that the post could deliver to.
    Post(PostFault),
    /// Nothing in it can be seen.
    NothingToSee,
    /// The page says just this now.
    Unchanged,
    /// A second way to write, or a request for money, where everybody reads it: the words in question.
    Contact(String),
    /// A number that opens somebody's papers, where everybody reads it.
    ImmigrationNumber(String),
    /// Not of the form asked for; an example where there is one.
    Wrong {
        /// What a right answer looks like.
        example: Option<String>,
        /// What the agency calls it.
        label: Option<String>,
        /// The words in question.
        found: Option<String>,
    },
}

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
        && form.kind == crate::submission::kinds::SubmissionKind::Registration
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
    // Where the page is to come down, it waits for nobody who left another change as the page has it.
    if let Some(listed) = listed.filter(|_| !asks_down(form, answers)) {
        refuse_unchanged(&mut judged, listed, |question| form.is_asked(question, answers));
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

fn asks_down(form: &Form, answers: &Answers) -> bool {
    let change = form.question_for(Role::Change);
    let down = change.and_then(|change| Some((change, change.option_for(OptionRole::TakeDown)?)));
    down.is_some_and(|(change, down)| answers.all(&change.name).contains(&down.value.as_str()))
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

struct Judge<'a> {
    form: &'a Form,
    answers: &'a Answers,
    catalogue: &'a Catalogue,
    agency: Option<&'a Agency>,
    today: Date,
}

impl Judge<'_> {
    fn question(&self, question: &Question) -> Result<Vec<String>, Fault> {
        let parts = ["", "-day", "-month", "-year"].map(|part| format!("{}{part}", question.name));
        if parts.iter().any(|name| self.answers.is_unreadable(name)) {
            return Err(Fault::Unwanted);
        }
        match question.kind {
            Kind::Choices => self.choices(question),
            Kind::PastDate => self.past_date(question),
            _ => self.single(question),
        }
    }

    fn single(&self, question: &Question) -> Result<Vec<String>, Fault> {
        if self.answers.count(&question.name) > 1 {
            return Err(Fault::Twice);
        }
        let value = self.answers.one(&question.name);
        // A lone `~` is YAML's word for nothing.
        if value.is_empty() || value == "~" {
            return if question.optional { Ok(Vec::new()) } else { Err(Fault::Missing) };
        }
        let typed = plain(question.kind, value)?;
        // As it was typed: an agency whose numbers are digits alone would have it without its letter.
        if question.kind == Kind::Number
            && let Some(number) = immigration_number(&typed)
        {
            return Err(Fault::ImmigrationNumber(number.text));
        }
        let value = self.meant(question.kind, typed);
        self.judge(question, &value)?;
        match question.kind {
            // As it was given out, however it was typed.
            Kind::Reference => {
                Ok(Reference::parse(&value).map(|reference| reference.to_string()).into_iter().collect())
            }
            _ => Ok(vec![value]),
        }
    }

    /// Without what people put around a number or a year.
    fn meant(&self, kind: Kind, typed: String) -> String {
        match kind {
            Kind::Number => as_the_agency_writes(self.agency, &typed),
            Kind::BirthYear | Kind::FutureYear => bare_year(&typed).to_owned(),
            _ => typed,
        }
    }

    fn judge(&self, question: &Question, value: &str) -> Result<(), Fault> {
        if !question.kind.has_options() && question.kind != Kind::Tick {
            length(question, value)?;
        }
        if let Some(role) = question.role {
            self.public(role, value)?;
        }
        match question.kind {
            Kind::Introduction => {
                let found = contacts(value);
                if let Some(number) = found.iter().find(|contact| contact.kind == contact::Kind::Immigration) {
                    return Err(Fault::ImmigrationNumber(number.text.clone()));
                }
                let found: Vec<String> = found.into_iter().map(|found| found.text).collect();
                if found.is_empty() { Ok(()) } else { Err(wrong(None, None, Some(found.join(" · ")))) }
            }
            Kind::Email => text::is_email(value).then_some(()).ok_or_else(|| wrong(None, None, None)),
            Kind::Number => self.number(value),
            Kind::BirthYear => of_birth(value, self.today.year()).map(|_| ()).map_err(Fault::Year),
            Kind::FutureYear => to_come(value, self.today.year()).map(|_| ()).map_err(Fault::Year),
            Kind::Choice | Kind::List => self.option(question, value),
            Kind::Tick => (value == TICKED).then_some(()).ok_or_else(|| wrong(None, None, None)),
            Kind::Reference => Reference::parse(value).map(|_| ()).ok_or_else(|| wrong(None, None, None)),
            Kind::Code => Secret::parse(value).map(|_| ()).ok_or_else(|| wrong(None, None, None)),
            Kind::Line | Kind::Text | Kind::Choices | Kind::PastDate => Ok(()),
        }
    }

    fn option(&self, question: &Question, value: &str) -> Result<(), Fault> {
        question.has_option(self.catalogue, value).then_some(()).ok_or_else(|| wrong(None, None, None))
    }

    fn number(&self, value: &str) -> Result<(), Fault> {
        match self.agency {
            Some(agency) if !agency.may_have_number(value) => {
                let example = agency.number.as_ref().and_then(|rule| rule.example.clone());
                Err(wrong(example, Some(agency.number_label().to_owned()), None))
            }
            _ => Ok(()),
        }
    }

    /// What stands on the page is judged as the profile will be, and what stands on the envelope as the post will.
    fn public(&self, role: Role, value: &str) -> Result<(), Fault> {
        let flaw = match role {
            Role::ShownName | Role::MailName | Role::Pronouns => flaw(value),
            Role::Housing => flaw_of_housing(value),
            _ => None,
        };
        match flaw {
            Some(Flaw::NothingToSee) => return Err(Fault::NothingToSee),
            Some(Flaw::Contact(Contact { text, kind: contact::Kind::Immigration })) => {
                return Err(Fault::ImmigrationNumber(text));
            }
            Some(Flaw::Contact(contact)) => return Err(Fault::Contact(contact.text)),
            None => {}
        }
        let facility = self.form.question_for(Role::Facility).map_or("", |asked| self.answers.one(&asked.name));
        let lines = self.catalogue.route(facility, self.today).map_or(&[][..], |route| &route.lines);
        let fault = post::fault(role, value, lines);
        fault.map_or(Ok(()), |fault| Err(Fault::Post(fault)))
    }

    fn choices(&self, question: &Question) -> Result<Vec<String>, Fault> {
        let mut values: Vec<String> = Vec::new();
        for value in self.answers.all(&question.name) {
            self.option(question, value)?;
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        match values.len() {
            0 if !question.optional => Err(Fault::Missing),
            count if count > question.longest() => Err(Fault::TooMany(question.longest())),
            _ => Ok(values),
        }
    }

    fn past_date(&self, question: &Question) -> Result<Vec<String>, Fault> {
        let typed = |part: DatePart| self.answers.one(&format!("{}-{}", question.name, part.word()));
        let [day, month, year] = [DatePart::Day, DatePart::Month, DatePart::Year].map(typed);
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return if question.optional { Ok(Vec::new()) } else { Err(Fault::Missing) };
        }
        let date = read_past(day, month, year, self.today).map_err(Fault::Date)?;
        let is_lapsed = date.checked_add(1.year()).is_ok_and(|renew_by| renew_by < self.today);
        match question.role {
            Some(Role::ConsentDate) if is_lapsed => Err(Fault::Date(DateFault::Lapsed)),
            _ => Ok(vec![date.to_string()]),
        }
    }
}

fn wrong(example: Option<String>, label: Option<String>, found: Option<String>) -> Fault {
    Fault::Wrong { example, label, found }
}

/// A value without unseen characters: refused on one line, taken out of longer text.
fn plain(kind: Kind, value: &str) -> Result<String, Fault> {
    if text::is_stacked(value) {
        return Err(Fault::Unwanted);
    }
    if matches!(kind, Kind::Text | Kind::Introduction) {
        return Ok(value.chars().filter(|character| !text::is_unwanted(*character)).collect());
    }
    match () {
        () if value.contains(['\n', '\u{2028}', '\u{2029}']) => Err(Fault::NotOneLine),
        () if text::first_unwanted(value).is_some() || value.contains('\t') => Err(Fault::Unwanted),
        () => Ok(value.to_owned()),
    }
}

fn length(question: &Question, value: &str) -> Result<(), Fault> {
    match text::length(value) {
        count if count > question.longest() => Err(Fault::TooLong(question.longest())),
        _ if text::weight(value) < question.shortest() => Err(Fault::TooShort(question.shortest())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts, each with its length; a form's script counts the same ones in the browser's tests.
    const LENGTHS: &str = include_str!("lengths.json");

    #[test]
    fn what_nobody_sees_is_not_counted() {
        let lengths: Vec<(String, usize)> = serde_json::from_str(LENGTHS).unwrap();
        for (typed, count) in lengths {
            let plain = plain(Kind::Introduction, &text::tidy(&typed)).unwrap();
            assert_eq!(text::length(&plain), count, "{typed:?}");
        }
    }
}
