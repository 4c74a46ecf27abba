//! Judges answers by the form's own definition. It says what is wrong in kinds of fault, not in words: the words belong to
//! the form and to the page's language.

use super::answers::Answers;
use super::definition::{Form, Kind, Question};
use crate::agency::Agency;
use crate::catalogue::Catalogue;
use crate::introduction::contact_details;
use crate::kinds::ListingRule;
use crate::submission::Answer;
use crate::text;
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
    let agency = catalogue.place(answers.one("facility")).map(|(_, agency)| agency);
    if let Some(agency) = agency.filter(|agency| agency.listing.rule == ListingRule::Banned)
        && form.kind == crate::kinds::SubmissionKind::Registration
    {
        return Outcome::Stopped(Stop { agency: agency.id.clone() });
    }
    let judge = Judge { answers, catalogue, agency, today };
    let mut accepted = Vec::new();
    let mut faults = Vec::new();
    for question in form.questions() {
        match judge.question(question) {
            Ok(values) => accepted.push(Answer { question: question.name.clone(), values }),
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
        match question.kind {
            Kind::Choices => self.choices(question),
            Kind::PastDate => self.past_date(question),
            _ => self.single(question),
        }
    }

    fn is_needed(&self, question: &Question) -> bool {
        let condition = question.needed_if.as_ref();
        !question.optional
            || condition.is_some_and(|condition| self.answers.all(&condition.question).contains(&condition.is.as_str()))
    }

    fn single(&self, question: &Question) -> Result<Vec<String>, Fault> {
        if self.answers.count(&question.name) > 1 {
            return Err(Fault::Twice);
        }
        let value = self.answers.one(&question.name);
        if value.is_empty() {
            return if self.is_needed(question) { Err(Fault::Missing) } else { Ok(Vec::new()) };
        }
        let value = plain(question.kind, value)?;
        self.judge(question, &value)?;
        Ok(vec![value])
    }

    fn judge(&self, question: &Question, value: &str) -> Result<(), Fault> {
        if !question.kind.has_options() && question.kind != Kind::Tick {
            length(question, value)?;
        }
        match question.kind {
            Kind::Introduction => {
                let found = contact_details(value).into_iter().next();
                found.map_or(Ok(()), |found| Err(wrong(None, None, Some(found.text))))
            }
            Kind::Email => is_email(value).then_some(()).ok_or_else(|| wrong(None, None, None)),
            Kind::Number => self.number(value),
            Kind::BirthYear => self.year(value, -120..=-18),
            Kind::FutureYear => self.year(value, 0..=80),
            Kind::Choice | Kind::List => self.option(question, value),
            Kind::Tick => (value == "yes").then_some(()).ok_or_else(|| wrong(None, None, None)),
            Kind::Line | Kind::Text | Kind::Choices | Kind::PastDate => Ok(()),
        }
    }

    fn option(&self, question: &Question, value: &str) -> Result<(), Fault> {
        question.options.has(self.catalogue, value).then_some(()).ok_or_else(|| wrong(None, None, None))
    }

    fn number(&self, value: &str) -> Result<(), Fault> {
        match self.agency {
            Some(agency) if !agency.number.matches(value) => {
                Err(wrong(Some(agency.number.example.clone()), Some(agency.number.label.clone()), None))
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
            0 if self.is_needed(question) => Err(Fault::Missing),
            count if count > question.longest => Err(Fault::TooMany(question.longest)),
            _ => Ok(values),
        }
    }

    fn past_date(&self, question: &Question) -> Result<Vec<String>, Fault> {
        let [day, month, year] =
            ["day", "month", "year"].map(|part| self.answers.one(&format!("{}-{part}", question.name)));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return if self.is_needed(question) { Err(Fault::Missing) } else { Ok(Vec::new()) };
        }
        let date =
            read_date(day, month, year).filter(|date| *date <= self.today && self.today.year() - date.year() <= 20);
        date.map(|date| vec![date.to_string()]).ok_or_else(|| wrong(None, None, None))
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
        count if count > question.longest => Err(Fault::TooLong(question.longest)),
        count if count < question.shortest => Err(Fault::TooShort(question.shortest)),
        _ => Ok(()),
    }
}

/// An address that mail can go to: one `@`, a local part of common characters, a domain with a dot, 254 characters at most.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let local_ok = (1..=64).contains(&local.len())
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_{|}~.".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label_ok = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last_ok = domain.rsplit('.').next().is_some_and(|last| last.chars().any(char::is_alphabetic));
    local_ok && value.len() <= 254 && domain.contains('.') && domain.split('.').all(label_ok) && last_ok
}

const MONTHS: [[&str; 2]; 12] = [
    ["jan", "ene"],
    ["feb", "feb"],
    ["mar", "mar"],
    ["apr", "abr"],
    ["may", "may"],
    ["jun", "jun"],
    ["jul", "jul"],
    ["aug", "ago"],
    ["sep", "sep"],
    ["oct", "oct"],
    ["nov", "nov"],
    ["dec", "dic"],
];

/// A date as people type it: numbers with or without zeros, months also by name in English or Spanish.
fn read_date(day: &str, month: &str, year: &str) -> Option<Date> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let day: i8 = digits(day).then(|| day.parse().ok()).flatten()?;
    let month: i8 = if digits(month) {
        month.parse().ok()?
    } else {
        let folded: String = month.to_lowercase().chars().take(3).collect();
        let found = MONTHS.iter().position(|names| names.contains(&folded.as_str()))?;
        i8::try_from(found + 1).ok()?
    };
    let year: i16 = (year.len() == 4 && digits(year)).then(|| year.parse().ok()).flatten()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_can_reach() {
        for good in [
            "a@b.org",
            "ana.maria+x@mail.example.org",
            "josé@correo.mx",
            &format!("{}@{}.org", "a".repeat(60), "b".repeat(60)),
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "a@localhost",
            "a@[127.0.0.1]",
            "a@b.org, c@d.org",
            "Ann <a@b.org>",
            "a@@b.org",
            "@b.org",
            "a@b..org",
            "a b@c.org",
            "a@1.2.3.4",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        assert_eq!(read_date("1", "January", "2026"), Some(jiff::civil::date(2026, 1, 1)));
        assert_eq!(read_date("09", "ago", "2026"), Some(jiff::civil::date(2026, 8, 9)));
        for (day, month, year) in [
            ("31", "2", "2026"),
            ("1", "13", "2026"),
            ("0", "1", "2026"),
            ("1", "1", "26"),
            ("٣", "1", "2026"),
            ("1", "é", "2026"),
        ] {
            assert_eq!(read_date(day, month, year), None, "{day} {month} {year}");
        }
    }
}
