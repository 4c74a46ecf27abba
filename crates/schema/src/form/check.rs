//! Judges answers by the form's own definition. It says what is wrong in kinds of fault, not in words: the words belong to
//! the form and to the page's language.

use super::agency_rule::agency_of;
use super::answers::Answers;
use super::date::{DateFault, DatePart, read_past};
use super::definition::Form;
use super::kinds::Kind;
use super::number::as_the_agency_writes;
use super::question::Question;
use crate::ground::text;
use crate::person::introduction::contact_details;
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingRule;
use crate::submission::content::{Answer, TICKED};
use crate::submission::reference::Reference;
use crate::submission::secret::Secret;
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

/// Checks all answers of a form, as of `today`.
pub fn check_answers(form: &Form, answers: &Answers, catalogue: &Catalogue, today: Date) -> Outcome {
    let agency = agency_of(form, answers, catalogue);
    if let Some(agency) = agency.filter(|agency| agency.listing.rule == ListingRule::Banned)
        && form.kind == crate::submission::kinds::SubmissionKind::Registration
    {
        return Outcome::Stopped(Stop { agency: agency.id.clone() });
    }
    let judge = Judge { answers, catalogue, agency, today };
    let mut accepted = Vec::new();
    let mut faults = Vec::new();
    for question in form.questions() {
        // What was typed before the answer it waited for was changed is no part of what is sent.
        let judged = if form.is_asked(question, answers) { judge.question(question) } else { Ok(Vec::new()) };
        match judged {
            Ok(values) => accepted.push(question.answer(values)),
            Err(fault) => faults.push((question.name.clone(), fault)),
        }
    }
    if faults.is_empty() { Outcome::Accepted(accepted) } else { Outcome::Faulty(faults) }
}

struct Judge<'a> {
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
        let mut value = plain(question.kind, value)?;
        if question.kind == Kind::Number {
            value = as_the_agency_writes(self.agency, &value);
        }
        self.judge(question, &value)?;
        match question.kind {
            // As it was given out, however it was typed.
            Kind::Reference => {
                Ok(Reference::parse(&value).map(|reference| reference.to_string()).into_iter().collect())
            }
            _ => Ok(vec![value]),
        }
    }

    fn judge(&self, question: &Question, value: &str) -> Result<(), Fault> {
        if !question.kind.has_options() && question.kind != Kind::Tick {
            length(question, value)?;
        }
        match question.kind {
            Kind::Introduction => {
                let found: Vec<String> = contact_details(value).into_iter().map(|found| found.text).collect();
                if found.is_empty() { Ok(()) } else { Err(wrong(None, None, Some(found.join(" · ")))) }
            }
            Kind::Email => text::is_email(value).then_some(()).ok_or_else(|| wrong(None, None, None)),
            Kind::Number => self.number(value),
            // From the year alone, whoever turns 18 this year may still be 17.
            Kind::BirthYear => self.year(value, -120..=-19),
            Kind::FutureYear => self.year(value, 0..=80),
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

    fn year(&self, value: &str, allowed: std::ops::RangeInclusive<i16>) -> Result<(), Fault> {
        let year: Option<i16> =
            (value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit())).then(|| value.parse().ok()).flatten();
        let fits = year.is_some_and(|year| allowed.contains(&(year - self.today.year())));
        fits.then_some(()).ok_or_else(|| wrong(None, None, None))
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
        read_past(day, month, year, self.today).map(|date| vec![date.to_string()]).map_err(Fault::Date)
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
        count if count < question.shortest() => Err(Fault::TooShort(question.shortest())),
        _ => Ok(()),
    }
}
