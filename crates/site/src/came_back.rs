//! That a letter to somebody came back is noted in their profile, so that their page tells whoever writes next. First a plan, then
//! its carrying out.

use crate::rewrite::rewrite;
use crate::source::profile_path;
use anyhow::{Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::{ProfileFile, ProfileId};
use schema::yaml::{Text, read};
use std::path::{Path, PathBuf};

/// A profile with one more day in it.
#[derive(Debug)]
pub struct Noting {
    /// Its file, from the root.
    pub file: PathBuf,
    /// Its new text; none where the day stands there already.
    text: Option<String>,
}

/// What would be written of a letter that came back, as of a day.
///
/// # Errors
/// That nobody here has this id, that their profile cannot be read, or those of the disk.
pub fn plan(root: &Path, person: &ProfileId, today: Date) -> Result<Noting> {
    let file = profile_path(person);
    if !root.join(&file).exists() {
        bail!(
            Failure::new(format!("there is no {}", file.display()))
                .help("the id is the last part of their page's address")
        );
    }
    let text = String::from_utf8_lossy(&disk::read(root, &file)?).into_owned();
    let Some(mut days) = days(&text) else { bail!(unreadable(&file, today)) };
    let day = today.to_string();
    if days.contains(&day) {
        return Ok(Noting { file, text: None });
    }
    days.push(day);
    days.sort();
    let list = format!("[{}]", days.join(", "));
    let whole = |file: &mut ProfileFile| file.came_back = Some(days.iter().cloned().map(Text).collect());
    match rewrite(&text, &[("came_back", &list)], whole, |new| self::days(new).as_ref() == Some(&days)) {
        Some(text) => Ok(Noting { file, text: Some(text) }),
        None => bail!(unreadable(&file, today)),
    }
}

/// The days that a profile's text holds; none where it cannot be read.
fn days(text: &str) -> Option<Vec<String>> {
    let (file, problems) = read::<ProfileFile>(text);
    let days = file.came_back.unwrap_or_default().into_iter().map(|day| day.0);
    problems.is_empty().then(|| days.collect())
}

fn unreadable(file: &Path, today: Date) -> Failure {
    let help = format!("write `came_back: [{today}]` into it, and run `inside-out check`");
    Failure::new(format!("{} does not say that a letter came back", file.display())).help(help)
}

/// Writes it. Done twice on one day it is done once.
///
/// # Errors
/// Those of the disk.
pub fn apply(root: &Path, noting: &Noting) -> Result<()> {
    match &noting.text {
        Some(text) => Ok(disk::replace(&root.join(&noting.file), text.as_bytes())?),
        None => Ok(()),
    }
}
