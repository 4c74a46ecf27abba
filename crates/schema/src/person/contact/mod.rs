//! What no public words may hold: anything by which money, a phone, a home address or an account could reach the page. The page
//! shows one safe way to write.

mod detector;
mod patterns;
mod plain;
#[cfg(test)]
mod tests;

pub use detector::{Contact, Kind};
use patterns::DETECTORS;

/// The immigration number in a text that holds nothing else to look for.
pub fn immigration_number(text: &str) -> Option<Contact> {
    contacts(text).into_iter().find(|contact| contact.kind == Kind::Immigration)
}

/// The first of each kind in a text, in order of kind.
pub fn contacts(text: &str) -> Vec<Contact> {
    let plain = plain::plain(text);
    let mut contacts: Vec<Contact> = DETECTORS.iter().filter_map(|detector| detector.first(text, &plain)).collect();
    contacts.dedup_by_key(|contact| contact.kind);
    contacts
}
