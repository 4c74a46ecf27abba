//! The profile that a registration would become, under the first id that nobody has.

use crate::desk::DeskError;
use crate::desk::promotion::{Comparison, PromotionOptions};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::text::tidy;
use schema::person::profile::{PhotoFile, ProfileFile, ProfileId, to_compare};
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::promotion::{Draft, draft, to_yaml};
use schema::submission::content::Submission;
use schema::yaml::{Text, read};
use std::collections::BTreeSet;
use std::io;

/// What a draft is made from, whichever id it gets.
pub(super) struct Drafting<'a> {
    pub(super) submission: &'a Submission,
    pub(super) options: &'a PromotionOptions<'a>,
    pub(super) photo: Option<&'a PhotoFile>,
    pub(super) catalogue: &'a Catalogue,
}

/// What the editor compared: name, year of birth, number and facility, as the file has them.
fn as_compared(file: &ProfileFile) -> Option<String> {
    let [name, born, number, facility] =
        [&file.mail_name, &file.birth_year, &file.number, &file.facility].map(|text| text.as_ref().map(Text::as_str));
    Some(to_compare(name?, born?, number?, facility?))
}

impl Drafting<'_> {
    /// The draft under the first id that nobody else has, and whether its text stands there already.
    pub(super) fn first_free(
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

pub(super) fn text(written: Option<&Text>) -> &str {
    written.map(Text::as_str).unwrap_or_default()
}

pub(super) fn agency_of<'a>(written: &ProfileFile, catalogue: &'a Catalogue) -> Option<&'a Agency> {
    catalogue.place(text(written.facility.as_ref())).map(|(_, agency)| agency)
}
