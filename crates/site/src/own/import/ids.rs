//! Ids of places: made of a name, short enough, each once.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// The most characters of an id, as `check` has it.
const MOST: usize = 40;
/// The most of them that a town takes, where two places have one name.
const MOST_OF_TOWN: usize = 16;

/// The plain words of a text: small letters and digits, without accents.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let plain: String =
        text.nfkd().filter(|c| !matches!(c, '\'' | '’') && (c.is_ascii() || c.is_whitespace())).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect()
}

/// A name as it is compared with others: without case, accents and marks; as it stands where nothing is left of it then.
pub(super) fn folded(name: &str) -> String {
    match plain_words(name) {
        words if words.is_empty() => name.to_lowercase(),
        words => words.join(" "),
    }
}

/// An id for a place that none other has; none where its name has no letter of which one could be made.
pub(super) fn id_of(name: &str, town: &str, taken: &BTreeSet<String>) -> Option<String> {
    let (name, town) = (plain_words(name), plain_words(town));
    let short = shortened(&name, MOST)?;
    if !taken.contains(&short) {
        return Some(short);
    }
    let town = shortened(&town, MOST_OF_TOWN).unwrap_or_default();
    let numbers = (2..).map(|number| number.to_string());
    let ends = [town].into_iter().filter(|town| !town.is_empty()).chain(numbers);
    let mut ids = ends.filter_map(|end| Some(format!("{}-{end}", shortened(&name, MOST - 1 - end.len())?)));
    ids.find(|id| !taken.contains(id))
}

/// As many whole words as fit, with hyphens between them; of a first word that is too long, its beginning.
fn shortened(words: &[String], most: usize) -> Option<String> {
    let mut short: String = words.first()?.chars().take(most).collect();
    for word in words.iter().skip(1) {
        if short.len() + 1 + word.len() > most {
            break;
        }
        short = format!("{short}-{word}");
    }
    Some(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use schema::ground::ids::is_word_id;

    #[test]
    fn ids_are_short_plain_and_each_once() {
        let mut taken = BTreeSet::new();
        let mut id = |name: &str, town: &str| {
            let id = id_of(name, town, &taken).unwrap();
            assert!(is_word_id(&id), "{id}");
            assert!(taken.insert(id.clone()), "{id}");
            id
        };
        assert_eq!(id("James V. Allred Unit", "Iowa Park"), "james-v-allred-unit");
        assert_eq!(id("O’Neal Cañon  (Men's)", "x"), "oneal-canon-mens");
        let long = "Central California Women's Facility and Reception Center";
        assert_eq!(id(long, "Chowchilla"), "central-california-womens-facility-and");
        assert_eq!(id(long, "Chowchilla"), "central-california-womens-chowchilla");
        assert_eq!(id(long, "Chowchilla"), "central-california-womens-facility-and-2");
        assert_eq!(id(long, "Chowchilla"), "central-california-womens-facility-and-3");
        assert_eq!(id(&"x".repeat(70), "y").len(), 40);
        assert_eq!(id(&"x".repeat(70), "y").len(), 40);
        assert_eq!(id_of("監獄", "x", &BTreeSet::new()), None);
    }
}
