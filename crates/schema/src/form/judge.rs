//! Judges the answers to each question: by its kind, by what it is to the program, and as page and post will take them.

use super::answers::Answers;
use super::date::{DateFault, DatePart, read_past};
use super::definition::Form;
use super::fault::Fault;
use super::kinds::Kind;
use super::number::as_the_agency_writes;
use super::post;
use super::question::Question;
use super::year::{bare_year, of_birth, to_come};
use crate::ground::text;
use crate::person::contact::{self, Contact, contacts, immigration_number};
use crate::person::public_line::{Flaw, flaw, flaw_of_housing};
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::submission::content::TICKED;
use crate::submission::reference::Reference;
use crate::submission::role::Role;
use crate::submission::secret::Secret;
use jiff::ToSpan;
use jiff::civil::Date;

/// Judges the answers to one form, each at its question.
pub(super) struct Judge<'a> {
    pub(super) form: &'a Form,
    pub(super) answers: &'a Answers,
    pub(super) catalogue: &'a Catalogue,
    pub(super) agency: Option<&'a Agency>,
    pub(super) today: Date,
}

impl Judge<'_> {
    /// What is to be stored of a question's answers, or what is wrong with them.
    pub(super) fn question(&self, question: &Question) -> Result<Vec<String>, Fault> {
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
        if let Some(apart) = question.apart(&values) {
            return Err(Fault::Apart(apart.map(str::to_owned)));
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
