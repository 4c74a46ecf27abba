//! What an editor reads of an agency before a decision: its rule for listings, and what to compare with its records.

use crate::terminal::say;
use anyhow::Result;
use schema::person::profile::Profile;
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;

/// What the agency says of listings, and how well anybody knows that.
pub(super) fn print_rule(agency: &Agency, lang: &str) -> Result<()> {
    let listing = &agency.listing;
    say(&format!("listing rule of {}: {}", agency.name, listing.rule.word()))?;
    listing.reason.iter().try_for_each(|reason| say(&format!("  {}", reason.get(lang))))?;
    let confirmed = if listing.confirmed { "at the agency" } else { "not confirmed at the agency" };
    match (&listing.source, listing.checked) {
        (Some(source), Some(day)) => say(&format!("  read on {day} at {source}, {confirmed}")),
        _ => say("  read nowhere yet"),
    }
}

/// What to look up at the agency. Only who did so may say that the page is checked.
pub(super) fn print_comparison(person: &Profile, agency: &Agency, catalogue: &Catalogue) -> Result<()> {
    match &agency.locator {
        Some(locator) => say(&format!("compare with the agency's own records, at {locator}:"))?,
        None => say(&format!(
            "compare with the agency's own records; ask {}, of whom no search page is known:",
            agency.name
        ))?,
    }
    let facility = catalogue.facilities.get(&person.facility).map_or("", |facility| &facility.name);
    let label = agency.number_label();
    say(&format!("  name      {}", person.mail_name))?;
    say(&format!("  number    {} {label}", person.number))?;
    say(&format!("  facility  {facility}"))?;
    say(&format!("  adult     born in {}", person.birth_year))?;
    match person.checked {
        Some(_) => Ok(()),
        None => say("not yet checked: the page says so; promote with --checked once all four agree"),
    }
}
