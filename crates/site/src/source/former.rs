//! Names that agencies had before. Whoever was forgotten under one is known by it, and what was seen for somebody at that agency
//! still counts: so it can be no other's.

use anyhow::Result;
use schema::ground::key_path::KeyPath;
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::yaml::Tree;
use schema::yaml::finding::Finding;
use std::path::{Path, PathBuf};

/// Names of before that are an agency's own now, or another's of before: rule `former-id-taken`.
pub(super) fn former_ids_taken(root: &Path, catalogue: &Catalogue) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for agency in catalogue.agencies.values() {
        for (place, former) in agency.formerly.iter().enumerate() {
            if let Some(taken) = taken(catalogue, agency, former) {
                found.push(finding(root, agency, place, taken)?);
            }
        }
    }
    Ok(found)
}

/// What is wrong with a name of before, and how it is mended.
fn taken(catalogue: &Catalogue, agency: &Agency, former: &str) -> Option<(String, String)> {
    if catalogue.agencies.contains_key(former) {
        let message = format!("`{former}` is the name of {} now", file_of(former).display());
        return Some((
            message,
            "an agency's earlier names are those that no file has any more: delete it here".to_owned(),
        ));
    }
    let other =
        catalogue.agencies.values().find(|other| other.id != agency.id && other.ids().any(|id| id == former))?;
    let message = format!("`{former}` is said of {} too", file_of(&other.id).display());
    Some((message, "only one of them was called so: delete it in the other".to_owned()))
}

fn finding(root: &Path, agency: &Agency, place: usize, (message, help): (String, String)) -> Result<Finding> {
    let file = file_of(&agency.id);
    let text = String::from_utf8_lossy(&disk::read(root, &file)?).into_owned();
    let at = KeyPath::root().key("formerly").index(place);
    let (line, column) = Tree::parse(&text).map_or((1, 1), |tree| tree.value(&at));
    Ok(Finding { line, column, ..Finding::whole(&file, "former-id-taken", message) }.help(help))
}

fn file_of(agency: &str) -> PathBuf {
    Path::new("content/agencies").join(format!("{agency}.yaml"))
}
