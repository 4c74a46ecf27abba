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
    let Some(day) = listing.checked else { return say("  read nowhere yet") };
    listing.heard.iter().try_for_each(|how| say(&format!("  heard from the agency {}, {day}", how.get(lang))))?;
    listing.source.iter().try_for_each(|source| say(&format!("  read on {day} at {source}, {confirmed}")))
}

/// What to look up at the agency, and whether anybody has. Only who did so may say that the page is checked, which `next` tells how.
pub(super) fn print_comparison(person: &Profile, catalogue: &Catalogue, next: &str) -> Result<()> {
    let Some((facility, agency)) = catalogue.place(&person.facility) else { return Ok(()) };
    match &agency.locator {
        Some(locator) => say(&format!("compare with the agency's own records, at {locator}:"))?,
        None => say(&format!(
            "compare with the agency's own records; ask {}, of whom no search page is known:",
            agency.name
        ))?,
    }
    let label = agency.number_label();
    say(&format!("  name      {}", person.mail_name))?;
    say(&format!("  number    {} {label}", person.number))?;
    say(&format!("  facility  {}", facility.name))?;
    say(&format!("  adult     born in {}", person.birth_year))?;
    match person.checked {
        Some(day) => say(&format!("checked on {day}")),
        None => say(&format!("not yet checked, and the page says so: {next}")),
    }
}
