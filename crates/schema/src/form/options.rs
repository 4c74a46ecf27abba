//! The options of a question: its own, or those of the site's facts and words.

use crate::place::catalogue::Catalogue;
use crate::record::words::Translated;
use crate::submission::kinds::Urgency;
use crate::submission::role::OptionRole;
use serde::{Deserialize, Serialize};

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its value in submissions.
    pub value: String,
    /// What it is to the program, if anything.
    pub role: Option<OptionRole>,
    /// Its words.
    pub label: Translated,
    /// A sentence below them.
    pub hint: Option<Translated>,
    /// How soon an editor should read what is sent with this answer.
    pub urgency: Urgency,
}

/// Where options come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OptionSource {
    /// The question has none.
    None,
    /// The form's own.
    Own(Vec<Choice>),
    /// All facilities, then the form's own (for those not in the list).
    Facilities(Vec<Choice>),
    /// All agencies, by their place.
    Agencies,
    /// The interests vocabulary.
    Interests,
    /// The languages vocabulary.
    Languages,
    /// The looking-for vocabulary.
    LookingFor,
}

/// One option as it is offered in a language, with the group under which a long list shows it.
pub struct Offered {
    /// Its value in submissions.
    pub value: String,
    /// Its words.
    pub label: String,
    /// A sentence below them.
    pub hint: Option<String>,
    /// Heading of its part of the list.
    pub group: Option<String>,
}

impl OptionSource {
    /// The form's own options.
    pub fn own(&self) -> &[Choice] {
        match self {
            OptionSource::Own(choices) | OptionSource::Facilities(choices) => choices,
            _ => &[],
        }
    }

    /// The options in a language, in the order in which they are offered.
    pub fn offered(&self, catalogue: &Catalogue, language: &str) -> Vec<Offered> {
        match self {
            OptionSource::None => Vec::new(),
            OptionSource::Own(choices) => offered(choices, language),
            OptionSource::Facilities(choices) => {
                facilities(catalogue, language).into_iter().chain(offered(choices, language)).collect()
            }
            OptionSource::Agencies => agencies(catalogue, language),
            OptionSource::Interests => vocabulary(&catalogue.interests, language),
            OptionSource::Languages => vocabulary(&catalogue.languages, language),
            OptionSource::LookingFor => vocabulary(&catalogue.looking_for, language),
        }
    }

    /// Whether a value is among the options.
    pub fn has(&self, catalogue: &Catalogue, value: &str) -> bool {
        let is_own = self.own().iter().any(|choice| choice.value == value);
        match self {
            OptionSource::None | OptionSource::Own(_) => is_own,
            OptionSource::Facilities(_) => catalogue.facilities.contains_key(value) || is_own,
            OptionSource::Agencies => catalogue.agencies.contains_key(value),
            OptionSource::Interests => catalogue.interests.iter().any(|(id, _)| id == value),
            OptionSource::Languages => catalogue.languages.iter().any(|(id, _)| id == value),
            OptionSource::LookingFor => catalogue.looking_for.iter().any(|(id, _)| id == value),
        }
    }

    /// A value's words in a language; the value itself where it is not among the options.
    pub fn words(&self, catalogue: &Catalogue, language: &str, value: &str) -> String {
        let offered = self.offered(catalogue, language).into_iter().find(|offered| offered.value == value);
        offered.map_or_else(|| value.to_owned(), |offered| offered.label)
    }
}

fn offered(choices: &[Choice], language: &str) -> Vec<Offered> {
    choices
        .iter()
        .map(|choice| Offered {
            value: choice.value.clone(),
            label: choice.label.get(language).to_owned(),
            hint: choice.hint.as_ref().map(|hint| hint.get(language).to_owned()),
            group: None,
        })
        .collect()
}

fn facilities(catalogue: &Catalogue, language: &str) -> Vec<Offered> {
    let mut offered: Vec<Offered> = catalogue
        .facilities
        .values()
        .filter_map(|facility| {
            let agency = catalogue.agencies.get(&facility.agency)?;
            let jurisdiction = catalogue.jurisdiction(&agency.jurisdiction)?.name.get(language);
            let label = format!("{}, {}", facility.name, facility.place);
            Some(Offered { value: facility.id.clone(), label, hint: None, group: Some(jurisdiction.to_owned()) })
        })
        .collect();
    offered.sort_by(|a, b| (&a.group, &a.label).cmp(&(&b.group, &b.label)));
    offered
}

/// Agencies in the order of their places, each named with its place where its name does not hold it.
fn agencies(catalogue: &Catalogue, language: &str) -> Vec<Offered> {
    let place = |id: &str| catalogue.jurisdictions.iter().position(|known| known.id == id);
    let mut offered: Vec<(Option<usize>, Offered)> = catalogue
        .agencies
        .values()
        .map(|agency| {
            let name = catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(language));
            let label = match agency.name.contains(name) {
                true => agency.name.clone(),
                false => format!("{}, {name}", agency.name),
            };
            (place(&agency.jurisdiction), Offered { value: agency.id.clone(), label, hint: None, group: None })
        })
        .collect();
    offered.sort_by(|a, b| (a.0, &a.1.label).cmp(&(b.0, &b.1.label)));
    offered.into_iter().map(|(_, offered)| offered).collect()
}

fn vocabulary(vocabulary: &crate::record::vocabulary::Vocabulary, language: &str) -> Vec<Offered> {
    vocabulary
        .iter()
        .map(|(id, words)| Offered {
            value: id.to_owned(),
            label: words.get(language).to_owned(),
            hint: None,
            group: None,
        })
        .collect()
}
