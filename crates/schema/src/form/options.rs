//! The options of a question: its own, or those of the site's facts and words.

use super::kinds::OptionSource;
use super::question::{Choice, Question};
use crate::place::catalogue::Catalogue;
use crate::place::interests::Interests;
use crate::record::vocabulary::Vocabulary;

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

impl Question {
    /// The options in a language, in the order in which they are offered.
    pub fn offered(&self, catalogue: &Catalogue, language: &str) -> Vec<Offered> {
        let mut offered = match self.options_from {
            None => Vec::new(),
            Some(OptionSource::Facilities) => facilities(catalogue, language),
            Some(OptionSource::Agencies) => agencies(catalogue, language),
            Some(OptionSource::Jurisdictions) => jurisdictions(catalogue, language),
            Some(OptionSource::Interests) => interests(&catalogue.interests, language),
            Some(OptionSource::Languages) => vocabulary(&catalogue.languages, language),
            Some(OptionSource::LookingFor) => vocabulary(&catalogue.looking_for, language),
        };
        offered.extend(own(&self.options, language));
        offered
    }

    /// Whether a value is among the options.
    pub fn has_option(&self, catalogue: &Catalogue, value: &str) -> bool {
        let among = |vocabulary: &Vocabulary| vocabulary.iter().any(|(id, _)| id == value);
        let is_listed = match self.options_from {
            None => false,
            Some(OptionSource::Facilities) => catalogue.facilities.contains_key(value),
            Some(OptionSource::Agencies) => catalogue.agencies.contains_key(value),
            Some(OptionSource::Jurisdictions) => catalogue.jurisdiction(value).is_some(),
            Some(OptionSource::Interests) => catalogue.interests.ids().contains(&value),
            Some(OptionSource::Languages) => among(&catalogue.languages),
            Some(OptionSource::LookingFor) => among(&catalogue.looking_for),
        };
        is_listed || self.options.iter().any(|choice| choice.value == value)
    }

    /// An option's words in a language; the value itself where it is not among the options.
    pub fn option_words(&self, catalogue: &Catalogue, language: &str, value: &str) -> String {
        let offered = self.offered(catalogue, language).into_iter().find(|offered| offered.value == value);
        offered.map_or_else(|| value.to_owned(), |offered| offered.label)
    }
}

fn own(choices: &[Choice], language: &str) -> impl Iterator<Item = Offered> {
    choices.iter().map(|choice| Offered {
        value: choice.value.clone(),
        label: choice.label.get(language).to_owned(),
        hint: choice.hint.as_ref().map(|hint| hint.get(language).to_owned()),
        group: None,
    })
}

fn facilities(catalogue: &Catalogue, language: &str) -> Vec<Offered> {
    let mut offered: Vec<Offered> = catalogue
        .facilities
        .values()
        .filter_map(|facility| {
            let agency = catalogue.agencies.get(&facility.agency)?;
            let jurisdiction = catalogue.jurisdiction(&agency.jurisdiction)?.name.get(language);
            let others: Vec<&str> = facility.known_as().collect();
            let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
            let label = format!("{}{others}, {}", facility.name, facility.place);
            Some(Offered { value: facility.id.clone(), label, hint: None, group: Some(jurisdiction.to_owned()) })
        })
        .collect();
    offered.sort_by(|a, b| (&a.group, &a.label).cmp(&(&b.group, &b.label)));
    offered
}

/// Agencies in the order of their places, each named with its place where its name does not hold it.
fn agencies(catalogue: &Catalogue, language: &str) -> Vec<Offered> {
    let place = |id: &str| catalogue.jurisdictions.iter().position(|(known, _)| known == id);
    let mut offered: Vec<(Option<usize>, Offered)> = catalogue
        .agencies
        .values()
        .map(|agency| {
            let name = catalogue.jurisdiction(&agency.jurisdiction).map_or("", |known| known.name.get(language));
            let label = match agency.name.contains(name) {
                true => agency.name.clone(),
                false => format!("{}, {name}", agency.name),
            };
            (place(&agency.jurisdiction), plain(&agency.id, &label))
        })
        .collect();
    offered.sort_by(|a, b| (a.0, &a.1.label).cmp(&(b.0, &b.1.label)));
    offered.into_iter().map(|(_, offered)| offered).collect()
}

fn jurisdictions(catalogue: &Catalogue, language: &str) -> Vec<Offered> {
    let named = catalogue.jurisdictions.iter();
    named.map(|(id, known)| plain(id, known.name.get(language))).collect()
}

fn interests(interests: &Interests, language: &str) -> Vec<Offered> {
    let mut offered = Vec::new();
    for kind in interests.kinds() {
        let group = Some(kind.name.get(language).to_owned());
        let words = vocabulary(&kind.words, language).into_iter();
        offered.extend(words.map(|word| Offered { group: group.clone(), ..word }));
    }
    offered
}

/// An option of no group, without a hint.
fn plain(value: &str, label: &str) -> Offered {
    Offered { value: value.to_owned(), label: label.to_owned(), hint: None, group: None }
}

fn vocabulary(vocabulary: &Vocabulary, language: &str) -> Vec<Offered> {
    vocabulary.iter().map(|(id, words)| plain(id, words.get(language))).collect()
}
