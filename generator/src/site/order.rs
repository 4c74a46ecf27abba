//! Who stands first. A list is a ring in an order drawn from ids and the list's name; each day it opens one person further on.
//! No secret is in it, so anybody can check it, and nobody is always first.

use jiff::civil::Date;
use schema::listing::days_between;
use schema::profile::Profile;
use schema::submission::content_hash;

/// The people of a list in the order of a day.
pub(crate) fn turned<'a>(list: &str, people: &[&'a Profile], day: Date) -> Vec<&'a Profile> {
    let mut ring: Vec<(String, &Profile)> =
        people.iter().map(|person| (content_hash(format!("{list}/{}", person.id).as_bytes()), *person)).collect();
    ring.sort_by(|a, b| a.0.cmp(&b.0));
    if !ring.is_empty() {
        let days = usize::try_from(days_between(jiff::civil::date(2026, 1, 1), day).rem_euclid(365_000)).unwrap_or(0);
        let by = days % ring.len();
        ring.rotate_left(by);
    }
    ring.into_iter().map(|(_, person)| person).collect()
}
