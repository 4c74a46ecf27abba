//! What a promotion would write, as a value: file, fields, problems, what stays private.

use crate::desk::DeskError;
use crate::desk::decide::{decided, plain};
use crate::desk::draft::Drafting;
use crate::desk::judge::judged;
pub use crate::desk::promotion::{Comparison, PhotoChoice, Promotion, PromotionOptions, SiteFacts};
use crate::desk::read::{Dossier, photo};
use crate::store::Store;
use schema::ground::failure::Failure;
use schema::person::profile::{PhotoFile, ProfileId};
use schema::submission::decision::Assurance;
use schema::submission::kinds::SubmissionKind;
use schema::submission::reference::Reference;
use schema::submission::role::{OptionRole, Role};
use std::io;

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
