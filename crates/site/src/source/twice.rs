//! Two profiles with one id, or with one number at one agency.

use super::profile::ProfileRead;
use anyhow::Result;
use schema::ground::key_path::KeyPath;
use schema::ground::text::bare_number;
use schema::person::profile::ProfileId;
use schema::place::catalogue::Catalogue;
use schema::yaml::Tree;
use schema::yaml::finding::Finding;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Names profiles whose id is another file's, as that of a copy is: rule `id-taken-twice`. That says all there is to say of such
/// a file: its number and its photo are the other's, too.
pub(super) fn name_copies(profiles: &mut [ProfileRead]) {
    let mut claims: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for read in profiles.iter() {
        if let Some(id) = &read.id {
            claims.entry(id.clone()).or_default().push(read.file.clone());
        }
    }
    for read in profiles {
        let claimants = read.id.as_ref().and_then(|id| claims.get(id)).into_iter().flatten();
        let others: Vec<String> =
            claimants.filter(|file| **file != read.file).map(|file| file.display().to_string()).collect();
        let slip = read.findings.iter_mut().find(|finding| finding.rule == "id-is-not-file-name");
        let (Some(id), Some(slip), false) = (&read.id, slip, others.is_empty()) else { continue };
        let stem = disk::stem(&read.file);
        slip.rule = "id-taken-twice";
        slip.message = format!("the id `{id}` is that of {}", others.join(" and "));
        slip.help = Some(match ProfileId::parse(stem) {
            Some(own) => format!("write `{own}`, as the file is named; where it is only a copy, delete it"),
            None => "where it is only a copy, delete it; another person needs an id of their own".to_owned(),
        });
        read.findings.retain(|finding| finding.rule != "missing-photo");
        read.profile = None;
    }
}

/// Rule `number-taken-twice`.
pub(super) fn numbers_taken_twice(
    root: &Path,
    catalogue: &Catalogue,
    profiles: &[ProfileRead],
) -> Result<Vec<Finding>> {
    let mut numbers: BTreeMap<(&str, String), Vec<(&str, &ProfileRead)>> = BTreeMap::new();
    for read in profiles {
        if let Some(profile) = &read.profile
            && let Some((_, agency)) = catalogue.place(&profile.facility)
        {
            let number = bare_number(&profile.number);
            numbers.entry((&agency.id, number)).or_default().push((&profile.number, read));
        }
    }
    let mut found = Vec::new();
    for ((agency, _), claimants) in numbers.iter().filter(|(_, claimants)| claimants.len() > 1) {
        let number = claimants.first().map_or("", |(number, _)| number);
        let message = format!("the number `{number}` of `{agency}` is taken by {} profiles", claimants.len());
        let claimants: Vec<&ProfileRead> = claimants.iter().map(|(_, read)| *read).collect();
        found.extend(claims(root, &claimants, &message)?);
    }
    Ok(found)
}

fn claims(root: &Path, claimants: &[&ProfileRead], message: &str) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for read in claimants {
        let text = String::from_utf8_lossy(&disk::read(root, &read.file)?).into_owned();
        let (line, column) = Tree::parse(&text).map_or((1, 1), |tree| tree.value(&KeyPath::root().key("number")));
        let others =
            claimants.iter().filter(|other| other.file != read.file).map(|other| other.file.display().to_string());
        let help = format!("see {}", others.collect::<Vec<_>>().join(", "));
        let whole = Finding::whole(&read.file, "number-taken-twice", message);
        found.push(Finding { line, column, ..whole }.help(help));
    }
    Ok(found)
}
