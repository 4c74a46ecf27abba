//! A whole site root with made-up people, for trying, testing and measuring. The same seed gives the same bytes: every person
//! is drawn from the seed and their own number, so the work can be spread over all cores.

mod people;
mod places;
mod random;
mod words;

use crate::files;
use crate::progress::Progress;
use anyhow::{Result, bail};
use fs_err as fs;
use rayon::prelude::*;
use schema::catalogue::Catalogue;
use std::path::Path;

/// Writes a site root of so many people into an empty or absent folder, with the words and templates of `root`.
pub(crate) fn sample(root: &Path, folder: &Path, count: u32, seed: u64) -> Result<()> {
    if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        bail!("{} is not empty\n  help: name a folder that is empty, or not there yet", folder.display());
    }
    let site = crate::load::load(root, people::TODAY)?;
    if let Some(finding) = site.findings.first() {
        bail!("{} has problems, and a sample takes its words from there: {finding}", root.display());
    }
    for part in ["content", "templates/html", "templates/assets"] {
        for file in files::tree(&root.join(part))? {
            if !["agencies", "facilities"].iter().any(|own| file.starts_with(own))
                && !file.ends_with("jurisdictions.yaml")
            {
                let bytes = fs::read(root.join(part).join(&file))?;
                files::write(&folder.join(part).join(&file), &bytes)?;
            }
        }
    }
    let places = places::write(folder, count, seed, &site.catalogue)?;
    write_people(folder, count, seed, &site.catalogue, &places)
}

fn write_people(folder: &Path, count: u32, seed: u64, catalogue: &Catalogue, places: &places::Places) -> Result<()> {
    fs::create_dir_all(folder.join("profiles"))?;
    let progress = Progress::over(count as usize, "people");
    (0..count).into_par_iter().try_for_each(|number| -> Result<()> {
        let person = people::person(number, seed, catalogue, places);
        fs::write(folder.join("profiles").join(format!("{}.yaml", person.id)), person.yaml)?;
        progress.step();
        Ok(())
    })
}
