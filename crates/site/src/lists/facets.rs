//! The ways to look for somebody, each described once: what it is called, where its lists stand, which of its values a person
//! has, and the words for a value. Lists, indexes, the search index and the measure of fairness all go by this.

use jiff::civil::Date;
use schema::person::profile::Profile;
use schema::place::catalogue::Catalogue;
use templates::Strings;
use templates::texts::{self, Asked, Family};

/// A way to look for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Facet {
    /// The state or country.
    Jurisdiction,
    /// The facility.
    Facility,
    /// What they like.
    Interest,
    /// What letters may be written in.
    Language,
    /// The kind of tie they hope for.
    Tie,
    /// A messaging service that works where they are.
    Service,
    /// A span of ages.
    Age,
}

/// The heading of a list.
pub(crate) const BROWSE_HEADING: Family<Facet, 1> = Facet::family(["browse-", "-heading"], ["name"], Facet::key);
/// What a facet is called beside the others.
pub(crate) const FIND: Family<Facet> = Facet::family(["find-", ""], [], Facet::key);
/// The heading of an index.
pub(crate) const INDEX_HEADING: Family<Facet> = Facet::family(["index-", "-heading"], [], Facet::plural);
/// What an index holds.
pub(crate) const INDEX_LEAD: Family<Facet> = Facet::family(["index-", "-lead"], [], Facet::plural);
/// The link to an index.
pub(crate) const INDEX_ALL: Family<Facet> = Facet::family(["index-", "-all"], [], Facet::plural);

/// The strings of all facets.
pub(crate) fn asked() -> Vec<Asked> {
    [FIND, INDEX_HEADING, INDEX_LEAD, INDEX_ALL]
        .map(|family| family.asked())
        .into_iter()
        .chain([BROWSE_HEADING.asked()])
        .collect()
}

/// The first age of each span; the last has no end.
const AGES: [i16; 6] = [18, 25, 35, 45, 55, 65];

impl Facet {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Facet; 7] = [
        Facet::Jurisdiction,
        Facet::Facility,
        Facet::Interest,
        Facet::Language,
        Facet::Tie,
        Facet::Service,
        Facet::Age,
    ];

    const fn family<const N: usize>(
        ends: [&'static str; 2],
        given: [&'static str; N],
        word: fn(Facet) -> &'static str,
    ) -> Family<Facet, N> {
        Family::new(ends, given, || Facet::ALL.to_vec(), word)
    }

    /// Its name in addresses of a search, `?interest=chess`, and in the ids of strings.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Facet::Jurisdiction => "jurisdiction",
            Facet::Facility => "facility",
            Facet::Interest => "interest",
            Facet::Language => "language",
            Facet::Tie => "tie",
            Facet::Service => "service",
            Facet::Age => "age",
        }
    }

    /// The name of its index in the ids of strings.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Facet::Jurisdiction => "jurisdictions",
            Facet::Facility => "facilities",
            Facet::Interest => "interests",
            Facet::Language => "languages",
            Facet::Tie => "ties",
            Facet::Service => "services",
            Facet::Age => "ages",
        }
    }

    /// Where its index stands; its lists stand below.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Facet::Jurisdiction => "/places/",
            Facet::Facility => "/facilities/",
            Facet::Interest => "/interests/",
            Facet::Language => "/languages/",
            Facet::Tie => "/ties/",
            Facet::Service => "/services/",
            Facet::Age => "/ages/",
        }
    }

    /// The values that a person has on a day.
    pub(crate) fn values(self, profile: &Profile, catalogue: &Catalogue, day: Date) -> Vec<String> {
        let place = catalogue.place(&profile.facility);
        match self {
            Facet::Jurisdiction => place.map(|(_, agency)| agency.jurisdiction.clone()).into_iter().collect(),
            Facet::Facility => vec![profile.facility.clone()],
            Facet::Interest => profile.interests.clone(),
            Facet::Language => profile.languages.clone(),
            Facet::Tie => profile.looking_for.clone(),
            Facet::Service => catalogue.services(&profile.facility).unwrap_or_default().to_vec(),
            Facet::Age => vec![age_span(day.year() - profile.birth_year)],
        }
    }

    /// The words for a value.
    pub(crate) fn name(self, value: &str, catalogue: &Catalogue, strings: &Strings, lang: &str) -> String {
        match self {
            Facet::Jurisdiction => catalogue.jurisdiction(value).map_or(value, |known| known.name.get(lang)).to_owned(),
            Facet::Facility => catalogue.facilities.get(value).map_or(value, |facility| &facility.name).to_owned(),
            Facet::Interest => catalogue.interests.name(value, lang).to_owned(),
            Facet::Language => catalogue.languages.name(value, lang).to_owned(),
            Facet::Tie => catalogue.looking_for.name(value, lang).to_owned(),
            Facet::Service => catalogue.services.get(value).map_or(value, |service| &service.name).to_owned(),
            Facet::Age => age_words(value, strings, lang),
        }
    }
}

/// `25-34`, `65-up`
fn age_span(age: i16) -> String {
    let at = AGES.iter().rposition(|from| *from <= age).unwrap_or(0);
    match (AGES.get(at), AGES.get(at + 1)) {
        (Some(from), Some(next)) => format!("{from}-{}", next - 1),
        (from, _) => format!("{}-up", from.unwrap_or(&18)),
    }
}

fn age_words(span: &str, strings: &Strings, lang: &str) -> String {
    match span.split_once('-') {
        Some((from, "up")) => strings.format(lang, texts::AGE_FROM, [from.to_owned()]),
        Some((from, to)) => strings.format(lang, texts::AGE_SPAN, [from.to_owned(), to.to_owned()]),
        None => span.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::age_span;

    #[test]
    fn every_age_has_one_span() {
        for (age, span) in [(18, "18-24"), (24, "18-24"), (25, "25-34"), (64, "55-64"), (65, "65-up"), (99, "65-up")] {
            assert_eq!(age_span(age), span);
        }
    }
}
