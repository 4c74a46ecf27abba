//! What a promotion would write, as a value: file, fields, problems, what stays private.

use crate::desk::DeskError;
use crate::desk::decide::{decided, plain};
use crate::desk::read::{Dossier, photo};
use crate::store::Store;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::text::{bare_number, tidy};
use schema::person::check::check_profile;
use schema::person::envelope::{Address, Gap, address_of};
use schema::person::forgotten::{Found, Tombstones};
use schema::person::profile::{PhotoFile, Profile, ProfileFile, ProfileId, to_compare};
use schema::person::visibility::{Visibility, visibility};
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::place::kinds::ListingGate;
use schema::promotion::{Draft, draft, to_yaml};
use schema::submission::content::Submission;
use schema::submission::decision::Assurance;
use schema::submission::kinds::SubmissionKind;
use schema::submission::reference::Reference;
use schema::submission::role::{OptionRole, Role};
use schema::submission::row::Row;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::{Text, read};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What a promotion is held against.
#[derive(Clone, Copy)]
pub struct SiteFacts<'a> {
    /// Facts and words.
    pub catalogue: &'a Catalogue,
    /// Everybody who has a profile.
    pub profiles: &'a [Profile],
    /// Everybody who left and was forgotten.
    pub tombstones: &'a Tombstones,
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
    /// Where the editor read that the agency lets this person be listed.
    pub rule_read: Option<&'a str>,
    /// The day on which the editor saw the agency's form for this person, signed.
    pub permission_seen: Option<Date>,
    /// Whether the editor compared the answers with the agency's own records.
    pub comparison: Comparison,
    /// The name for the envelope of somebody who was forgotten and asks to be listed again; whoever does not type it has not looked.
    pub returns: Option<&'a str>,
}

/// Whether name, number, facility and adult age were compared with the agency's own records. Nothing but an editor's word makes it so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comparison {
    /// On the day of the promotion, and all four agreed.
    Made,
    /// Not yet, and the page says so.
    #[default]
    NotYet,
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
    /// Whether that very text stands there already: an earlier try of this promotion broke off before it was decided.
    pub is_written: bool,
    /// Why it must not be written, if it must not.
    pub problems: Vec<Finding>,
    /// Names of answered questions that stay private.
    pub private: Vec<String>,
    /// The agency that runs the facility, where that is known.
    pub agency: Option<&'a Agency>,
    /// What the editor gives their word on.
    pub assured: Vec<Assurance>,
    /// The person as the file has them, if it will do: what to compare with the agency's own records.
    pub person: Option<Profile>,
    /// The tombstone of somebody who left and returns, from the root: it goes once they are listed again.
    pub forgotten: Option<PathBuf>,
    /// The facility as they wrote it, where the form's list did not have it.
    pub other_facility: Option<String>,
}

/// The path of a profile's file.
fn profile_path(id: &ProfileId) -> PathBuf {
    PathBuf::from(format!("profiles/{id}.yaml"))
}

/// Plans the promotion of a registration. `written` reads the profile of an id, where there is one.
///
/// An id is drawn from the reference, so a promotion that broke off has written where this one would. Where its text stands
/// there, it is this registration's own; any other text is somebody else's, and their id is left to them.
///
/// # Errors
/// That it is decided, that it is no registration, that nobody has decided about its photo, or those of disk and store.
pub async fn plan_promotion<'a>(
    store: &impl Store,
    dossier: &Dossier,
    options: &PromotionOptions<'_>,
    facts: SiteFacts<'a>,
    written: impl Fn(&ProfileId) -> io::Result<Option<Vec<u8>>>,
) -> Result<Promotion<'a>, DeskError> {
    let (row, submission) = (&dossier.row, &dossier.submission);
    if !row.waits() {
        return Err(decided(row));
    }
    if submission.kind != SubmissionKind::Registration {
        let what = if row.kind.word() == "update" { "an update" } else { "a report" };
        let failure = Failure::new(format!("{} is {what}: only a registration becomes a profile", row.id));
        return Err(failure.help("edit the profile it is about, then `review done`, or hold or reject it").into());
    }
    let waiting = if options.photo == Some(PhotoChoice::LeftOut) { None } else { photo(store, row).await? };
    let entry = describe(&row.id, waiting.is_some(), options.photo)?;
    let photo = waiting.filter(|_| entry.is_some());
    let drafting = Drafting { submission, options, photo: entry.as_ref(), catalogue: facts.catalogue };
    let (draft, is_written) = drafting.first_free(facts.today, written)?;
    let is_other = submission.chosen(Role::Facility) == Some(OptionRole::NotListed);
    let other = submission.one(Role::OtherFacility).filter(|_| is_other);
    let promotion = judged(row, draft, (assured(options)?, options.returns), facts)?;
    Ok(Promotion { photo, other_facility: other.map(str::to_owned), is_written, ..promotion })
}

/// What the editor gives their word on.
fn assured(options: &PromotionOptions<'_>) -> Result<Vec<Assurance>, DeskError> {
    let read = options.rule_read.map(|source| plain("where the rule was read", source)).transpose()?;
    let seen = options.permission_seen.map(Assurance::PermissionSeen);
    let compared = (options.comparison == Comparison::Made).then_some(Assurance::Compared);
    Ok(read.map(Assurance::RuleRead).into_iter().chain(seen).chain(compared).collect())
}

/// What a draft is made from, whichever id it gets.
struct Drafting<'a> {
    submission: &'a Submission,
    options: &'a PromotionOptions<'a>,
    photo: Option<&'a PhotoFile>,
    catalogue: &'a Catalogue,
}

/// What the editor compared: name, year of birth, number and facility, as the file has them.
fn as_compared(file: &ProfileFile) -> Option<String> {
    let [name, born, number, facility] =
        [&file.mail_name, &file.birth_year, &file.number, &file.facility].map(|text| text.as_ref().map(Text::as_str));
    Some(to_compare(name?, born?, number?, facility?))
}

impl Drafting<'_> {
    /// The draft under the first id that nobody else has, and whether its text stands there already.
    fn first_free(
        &self,
        today: Date,
        written: impl Fn(&ProfileId) -> io::Result<Option<Vec<u8>>>,
    ) -> Result<(Draft, bool), DeskError> {
        let mut others = BTreeSet::new();
        loop {
            let Some(draft) = self.draft(today, &others) else {
                return Err(Failure::new("every id that this registration could have is taken").into());
            };
            match written(&draft.id)? {
                None => return Ok((draft, false)),
                Some(there) => match self.own(&there, today, &others) {
                    Some(own) => return Ok((own, true)),
                    None => others.insert(draft.id),
                },
            };
        }
    }

    fn draft(&self, day: Date, others: &BTreeSet<ProfileId>) -> Option<Draft> {
        let mut draft = draft(self.submission, day, |id| others.contains(id))?;
        if let Some(facility) = self.options.facility {
            draft.file.facility = Some(facility.into());
        }
        if self.options.comparison == Comparison::Made {
            draft.file.checked = Some(day.to_string().into());
            draft.file.compared = as_compared(&draft.file).map(Text);
        }
        draft.file.permission_seen = self.options.permission_seen.map(|day| day.to_string().into());
        draft.file.rule_read = self.options.rule_read.map(|source| Text(tidy(source)));
        let agency = agency_of(&draft.file, self.catalogue);
        draft.file.cleared_with = agency.map(|agency| agency.id.as_str().into());
        draft.file.photo = self.photo.cloned();
        Some(draft)
    }

    /// The draft whose text these bytes are, as of the day on which they were written.
    fn own(&self, there: &[u8], today: Date, others: &BTreeSet<ProfileId>) -> Option<Draft> {
        let text = std::str::from_utf8(there).ok()?;
        let day = read::<ProfileFile>(text).0.listed?.as_str().parse().ok().filter(|day| *day <= today)?;
        self.draft(day, others).filter(|draft| to_yaml(&draft.file).is_ok_and(|yaml| yaml == text))
    }
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
fn judged<'a>(
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

fn text(written: Option<&Text>) -> &str {
    written.map(Text::as_str).unwrap_or_default()
}

fn agency_of<'a>(written: &ProfileFile, catalogue: &'a Catalogue) -> Option<&'a Agency> {
    catalogue.place(text(written.facility.as_ref())).map(|(_, agency)| agency)
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
