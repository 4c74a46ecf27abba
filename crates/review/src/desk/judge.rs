//! What stands against a promotion: what the check says of its file, and what the file alone does not show.

use crate::desk::DeskError;
use crate::desk::draft::{agency_of, text};
use crate::desk::promotion::{Promotion, SiteFacts, profile_path};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::text::bare_number;
use schema::person::check::check_profile;
use schema::person::envelope::{Address, Gap, address_of};
use schema::person::forgotten::Found;
use schema::person::profile::{Profile, ProfileFile};
use schema::person::visibility::{Visibility, visibility};
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::place::kinds::ListingGate;
use schema::promotion::{Draft, to_yaml};
use schema::submission::decision::Assurance;
use schema::submission::row::Row;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::read;
use std::path::Path;

/// A draft, judged as it will be read: from the text of the file.
pub(super) fn judged<'a>(
    row: &Row,
    draft: Draft,
    (assured, returns): (Vec<Assurance>, Option<&str>),
    facts: SiteFacts<'a>,
) -> Result<Promotion<'a>, DeskError> {
    let SiteFacts { catalogue, today, .. } = facts;
    let yaml = to_yaml(&draft.file).map_err(|error| Failure::new(format!("the profile cannot be written: {error}")))?;
    let file = profile_path(&draft.id);
    let (written, structural) = read::<ProfileFile>(&yaml);
    let (profile, problems) = check_profile(&written, draft.id.as_str(), catalogue, today, structural);
    let mut problems = findings(&file, &yaml, problems);
    let agency = agency_of(&written, catalogue);
    if let Some(agency) = agency {
        problems.extend(kept_shut(&file, agency));
        problems.extend(taken_twice(&draft, &file, agency, facts));
    }
    let number = text(written.number.as_ref());
    let forgotten = agency.and_then(|agency| facts.tombstones.find(agency.ids(), number));
    problems.extend(forgotten.as_ref().and_then(|found| left_before(&file, &written, found, returns)));
    let hidden = profile.as_ref().map(|profile| visibility(profile, catalogue, today));
    problems.extend(profile.as_ref().and_then(|profile| no_envelope(&file, profile, catalogue, today)));
    if let Some(Visibility::Hidden(why)) = hidden.filter(|_| problems.is_empty()) {
        let message = format!("the page would not be shown: {}", why.words());
        let finding = Finding::whole(&file, "never-shown", message);
        problems.push(finding.help("ask its sender, and hold it until they answer"));
    }
    Ok(Promotion {
        row: row.clone(),
        id: draft.id,
        file,
        yaml,
        photo: None,
        is_written: false,
        problems,
        private: draft.dropped,
        agency,
        assured,
        person: profile,
        forgotten: forgotten.map(|found| found.file),
        other_facility: None,
    })
}

/// The name or the unit cannot stand on an envelope, so nobody could write: rule `no-envelope`. What is missing of the agency's
/// facts is no fault of the profile.
fn no_envelope(file: &Path, profile: &Profile, catalogue: &Catalogue, today: Date) -> Option<Finding> {
    let Address::Missing(gaps) = address_of(profile, catalogue, today) else { return None };
    let gap = gaps.iter().find(|gap| matches!(gap, Gap::Name | Gap::LastName | Gap::Character(_)))?;
    let message = format!("the page would have no envelope: {}", gap.words());
    let help = "ask its sender how the facility writes the name, and hold it until they answer";
    Some(Finding::whole(file, "no-envelope", message).help(help))
}

/// Somebody with this number left, and was forgotten: rule `left-before`.
fn left_before(file: &Path, written: &ProfileFile, found: &Found, returns: Option<&str>) -> Option<Finding> {
    let name = text(written.mail_name.as_ref());
    if returns == Some(name) {
        return None;
    }
    let message = found.words();
    let help =
        format!("ask them by post whether they want to be listed again; if so, promote with --returns \"{name}\"");
    Some(Finding::whole(file, "left-before", message).help(help))
}

/// The agency forbids listings: rule `listing-banned`. What another rule of its asks for, the file itself must hold.
fn kept_shut(file: &Path, agency: &Agency) -> Option<Finding> {
    let is_shut = agency.listing.gate() == ListingGate::Shut;
    let shut = || Finding::whole(file, "listing-banned", format!("{} forbids pen-pal listings", agency.name));
    is_shut.then(|| shut().help("reject it: a listing could get them punished"))
}

/// What the file alone does not show: a profile of the same person. Rule `number-taken-twice`.
fn taken_twice(draft: &Draft, file: &Path, agency: &Agency, facts: SiteFacts<'_>) -> Option<Finding> {
    let number = bare_number(text(draft.file.number.as_ref()));
    let same = |profile: &&Profile| {
        let place = facts.catalogue.place(&profile.facility);
        profile.id != draft.id
            && bare_number(&profile.number) == number
            && place.is_some_and(|(_, other)| other.id == agency.id)
    };
    let other = facts.profiles.iter().find(same)?;
    let message = format!("{} has this number already", profile_path(&other.id).display());
    let finding = Finding::whole(file, "number-taken-twice", message);
    Some(finding.help("it is the same person: reject one of them"))
}
