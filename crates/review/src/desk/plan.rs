//! What a promotion would write, as a value: file, fields, problems, what stays private.

use crate::desk::DeskError;
use crate::desk::decide::decided;
use crate::desk::read::{Dossier, photo};
use crate::store::Store;
use jiff::civil::Date;
use schema::form::OTHER_FACILITY;
use schema::ground::failure::Failure;
use schema::person::profile::{Profile, ProfileId};
use schema::person::visibility::{Visibility, visibility};
use schema::person::written::{PhotoFile, ProfileFile, check_profile};
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::place::kinds::ListingRule;
use schema::promotion::{Draft, draft, to_yaml};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::{Text, read};
use std::path::PathBuf;

/// What a promotion is held against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Facts and words.
    pub catalogue: &'a Catalogue,
    /// Everybody who has a profile.
    pub profiles: &'a [Profile],
    /// The day on which they are listed.
    pub today: Date,
}

/// How a promotion is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct PromotionOptions<'a> {
    /// In place of the facility that was registered.
    pub facility: Option<&'a str>,
    /// What becomes of a photo that waits; without, an editor has not decided about it yet.
    pub photo: Option<PhotoChoice<'a>>,
}

/// What becomes of the photo that waits with a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoChoice<'a> {
    /// It is shown, and this says what it shows to those who cannot see it.
    Shown(&'a str),
    /// It is not shown.
    LeftOut,
}

/// What would be written.
pub struct Promotion<'a> {
    /// The row as it stood.
    pub row: Row,
    /// The person.
    pub id: ProfileId,
    /// The profile's file, from the root.
    pub file: PathBuf,
    /// Its text.
    pub yaml: String,
    /// The photo's bytes, where one is shown.
    pub photo: Option<Vec<u8>>,
    /// Why it must not be written, if it must not.
    pub problems: Vec<Finding>,
    /// Names of answered questions that stay private.
    pub private: Vec<String>,
    /// The agency, where it lists people under conditions.
    pub restricted: Option<&'a Agency>,
    /// The facility as they wrote it, where the form's list did not have it.
    pub other_facility: Option<String>,
}

/// The path of a profile's file.
fn profile_path(id: &ProfileId) -> PathBuf {
    PathBuf::from(format!("profiles/{id}.yaml"))
}

/// Plans the promotion of a registration. `taken` tells which ids a profile has.
///
/// # Errors
/// That it is decided, that it is no registration, that nobody has decided about its photo, or the store's own.
pub async fn plan_promotion<'a>(
    store: &impl Store,
    dossier: &Dossier,
    options: &PromotionOptions<'_>,
    ground: Ground<'a>,
    taken: impl Fn(&ProfileId) -> bool,
) -> Result<Promotion<'a>, DeskError> {
    let (row, submission) = (&dossier.row, &dossier.submission);
    if !row.waits() {
        return Err(decided(row));
    }
    let Some(mut draft) = draft(submission, ground.today, taken) else {
        let what = if row.kind.word() == "update" { "an update" } else { "a report" };
        let failure = Failure::new(format!("{} is {what}: only a registration becomes a profile", row.id));
        return Err(failure.help("edit the profile it is about, then `review done`, or hold or reject it").into());
    };
    if let Some(facility) = options.facility {
        draft.file.facility = Some(facility.into());
    }
    let waiting = if options.photo == Some(PhotoChoice::LeftOut) { None } else { photo(store, row).await? };
    draft.file.photo = describe(&row.id, waiting.is_some(), options.photo)?;
    let photo = waiting.filter(|_| draft.file.photo.is_some());
    let other = submission.one("other_facility").filter(|_| submission.one("facility") == Some(OTHER_FACILITY));
    Ok(Promotion { photo, other_facility: other.map(str::to_owned), ..judged(row, draft, ground)? })
}

/// The photo's entry in the profile. Whoever promotes decides about a photo that waits: it is neither lost nor shown unseen.
fn describe(id: &Reference, waits: bool, choice: Option<PhotoChoice<'_>>) -> Result<Option<PhotoFile>, DeskError> {
    match (waits, choice) {
        (true, Some(PhotoChoice::Shown(shows))) => Ok(Some(PhotoFile { description: Some(shows.into()), year: None })),
        (false, Some(PhotoChoice::Shown(_))) => {
            Err(Failure::new(format!("no photo came with {id}")).help("promote it without --photo-shows").into())
        }
        (true, None) => {
            let help = format!(
                "look at it with `review show {id} --photo FILE`; then promote with --photo-shows \"what it shows\", or with --without-photo"
            );
            Err(Failure::new(format!("a photo came with {id}")).help(help).into())
        }
        _ => Ok(None),
    }
}

/// A draft, judged as it will be read: from the text of the file.
fn judged<'a>(row: &Row, draft: Draft, ground: Ground<'a>) -> Result<Promotion<'a>, DeskError> {
    let Ground { catalogue, today, .. } = ground;
    let yaml = to_yaml(&draft.file).map_err(|error| Failure::new(format!("the profile cannot be written: {error}")))?;
    let file = profile_path(&draft.id);
    let (written, structural) = read::<ProfileFile>(&yaml);
    let (profile, problems) = check_profile(&written, draft.id.as_str(), catalogue, today, structural);
    let mut problems = findings(&file, &yaml, problems);
    let agency = agency_of(&written, catalogue);
    problems.extend(agency.into_iter().flat_map(|agency| in_the_way(&file, &written, agency, ground)));
    let hidden = profile.map(|profile| visibility(&profile, catalogue, today));
    if let Some(Visibility::Hidden(why)) = hidden.filter(|_| problems.is_empty()) {
        let message = format!("the page would not be shown: {}", why.words());
        let finding = Finding::whole(&file, "never-shown", message);
        problems.push(finding.help("ask its sender, and hold it until they answer"));
    }
    let restricted = agency.filter(|agency| agency.listing.rule == ListingRule::Restricted);
    Ok(Promotion {
        row: row.clone(),
        id: draft.id,
        file,
        yaml,
        photo: None,
        problems,
        private: draft.dropped,
        restricted,
        other_facility: None,
    })
}

fn text(written: Option<&Text>) -> &str {
    written.map(Text::as_str).unwrap_or_default()
}

fn agency_of<'a>(written: &ProfileFile, catalogue: &'a Catalogue) -> Option<&'a Agency> {
    catalogue.place(text(written.facility.as_ref())).map(|(_, agency)| agency)
}

/// What the file alone does not show: a ban on listings, or a profile of the same person.
fn in_the_way(file: &std::path::Path, written: &ProfileFile, agency: &Agency, ground: Ground<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if agency.listing.rule == ListingRule::Banned {
        let finding = Finding::whole(file, "listing-banned", format!("{} forbids pen-pal listings", agency.name));
        found.push(finding.help("reject it: a listing could get them punished"));
    }
    let same = |profile: &&Profile| {
        let place = ground.catalogue.place(&profile.facility);
        profile.number == text(written.number.as_ref()) && place.is_some_and(|(_, other)| other.id == agency.id)
    };
    if let Some(other) = ground.profiles.iter().find(same) {
        let message = format!("{} has this number already", profile_path(&other.id).display());
        let finding = Finding::whole(file, "number-taken-twice", message);
        found.push(finding.help("it is the same person: reject one of them"));
    }
    found
}
