//! A whole site root with made-up people, for trying, testing and measuring. The same seed gives the same bytes: every person
//! is drawn from the seed and their own number, so the work can be spread over all cores.

mod options;
mod people;
mod places;
mod random;
mod words;

pub use options::SampleOptions;

use crate::host::{Host, Progress};
use anyhow::{Result, bail};
use fs_err as fs;
use rayon::prelude::*;
use schema::ground::failure::Failure;
use schema::place::catalogue::Catalogue;
use std::path::Path;
use std::string::FromUtf8Error;

/// Writes a site root of made-up people, with the words and templates of `root`.
///
/// # Errors
/// That the folder holds something, that the root has problems, or that of reading and writing.
pub fn sample(root: &Path, options: SampleOptions<'_>, host: &impl Host) -> Result<()> {
    let SampleOptions { folder, day, count, .. } = options;
    if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        let failure = Failure::new(format!("{} is not empty", folder.display()));
        bail!(failure.help("name a folder that is empty, or not there yet"));
    }
    let site = crate::source::load(root, day)?;
    if let Some(finding) = site.findings.first() {
        let found = finding.headline();
        let what = format!("{} has problems, and a sample takes its words from there: {found}", root.display());
        bail!(Failure { what, help: finding.help.clone() });
    }
    for part in ["content", "templates/html", "templates/assets"] {
        for file in disk::tree(&root.join(part))? {
            if !stands_for_something_real(&file, &site.content.catalogue) {
                let bytes = fs::read(root.join(part).join(&file))?;
                let bytes = if file.ends_with("site.yaml") { as_sample(bytes) } else { bytes };
                disk::place(&folder.join(part).join(&file), &bytes)?;
            }
        }
    }
    let places = places::write(options, &site.content.catalogue)?;
    host.progress(Progress::Begins { count: count as usize, what: "people" });
    write_people(options, (&site.content.catalogue, &places), host)?;
    host.progress(Progress::Ends);
    Ok(())
}

/// Whether a file of content is about what is, or has made-up ones in its place: a sample sends nobody to a real service either.
fn stands_for_something_real(file: &Path, catalogue: &Catalogue) -> bool {
    let service = || catalogue.services.get(disk::stem(file));
    ["agencies", "facilities"].iter().any(|own| file.starts_with(own))
        || file.ends_with("jurisdictions.yaml")
        || file.starts_with("services") && service().is_none_or(|service| !service.invented)
}

/// A site's own file, which says that all is invented, whatever the site is that its words come from.
fn as_sample(bytes: Vec<u8>) -> Vec<u8> {
    String::from_utf8(bytes)
        .map_or_else(FromUtf8Error::into_bytes, |text| text.replace("sample: false", "sample: true").into())
}

fn write_people(
    SampleOptions { folder, count, seed, .. }: SampleOptions<'_>,
    (catalogue, places): (&Catalogue, &places::Places),
    host: &impl Host,
) -> Result<()> {
    fs::create_dir_all(folder.join("profiles"))?;
    (0..count).into_par_iter().try_for_each(|number| -> Result<()> {
        let person = people::person(number, seed, catalogue, places);
        fs::write(folder.join("profiles").join(format!("{}.yaml", person.id)), person.yaml)?;
        host.progress(Progress::Step);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_sample_says_that_it_is_one_whatever_site_its_words_come_from() {
        for written in ["name: A\nsample: false\nurl: b\n", "name: A\nsample: true\nurl: b\n"] {
            assert_eq!(super::as_sample(written.into()), b"name: A\nsample: true\nurl: b\n");
        }
    }
}
