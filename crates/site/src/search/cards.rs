//! Shards of cards: what the card of a list shows, without any words of the site, so that every language reads the same files.

use crate::pages::teaser::first_words;
use crate::published_photos::Sizes;
use crate::source::Root;
use jiff::civil::Date;
use schema::person::profile::{Profile, ProfileId};
use serde::Serialize;
use std::collections::BTreeMap;
use templates::face::Stamp;

#[derive(Serialize)]
struct Shard<'a> {
    /// Town and jurisdiction, each once.
    places: Vec<(&'a str, &'a str)>,
    people: Vec<Card<'a>>,
}

/// Id, name, age, place, first words and their language, two interests, languages, stamp, and the photo with its height.
#[derive(Serialize)]
struct Card<'a>(
    &'a str,
    &'a str,
    i16,
    usize,
    String,
    &'a str,
    &'a [String],
    &'a [String],
    String,
    Option<(&'a str, u32)>,
);

/// The bytes of a shard.
pub(super) fn shard(
    site: &Root,
    people: &[&Profile],
    sizes: &BTreeMap<ProfileId, Sizes>,
    day: Date,
) -> serde_json::Result<Vec<u8>> {
    let mut places = Vec::new();
    let mut cards = Vec::new();
    for person in people {
        let place = site.content.catalogue.place(&person.facility);
        let place =
            place.map_or(("", ""), |(facility, agency)| (facility.place.as_str(), agency.jurisdiction.as_str()));
        let at = places.iter().position(|known| *known == place).unwrap_or_else(|| {
            places.push(place);
            places.len() - 1
        });
        let photo = sizes.get(&person.id).filter(|_| person.photo.is_some());
        cards.push(Card(
            person.id.as_str(),
            &person.shown_name,
            day.year() - person.birth_year,
            at,
            first_words(person),
            &person.introduction_language,
            person.interests.get(..2).unwrap_or(&person.interests),
            &person.languages,
            stamp(person),
            photo.map(|sizes| (sizes.small.as_str(), 160 * sizes.height / sizes.width.max(1))),
        ));
    }
    serde_json::to_vec(&Shard { places, people: cards })
}

/// The numbers of a stamp, a character for each.
fn stamp(person: &Profile) -> String {
    let stamp = Stamp::of(person.id.as_str(), &person.shown_name);
    let lean = u8::try_from(stamp.lean + 8).unwrap_or(8);
    let numbers = [stamp.palette, stamp.sun_x - 12, stamp.sun_y - 14, stamp.far - 34, stamp.near - 42, lean];
    numbers.iter().filter_map(|number| char::from_digit(u32::from(*number), 36)).collect()
}
