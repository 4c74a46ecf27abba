//! Reads `templates/html`, `templates/assets` and `content/LANGUAGE/*.ftl`, and compiles them.

use super::words::empty_file;
use anyhow::Result;
use schema::place::catalogue::Catalogue;
use schema::yaml::finding::{Finding, findings};
use schema::yaml::plain_text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use templates::assets::Asset;
use templates::menu::MenuEntry;
use templates::theme::ThemeProblem;
use templates::{Theme, ThemeSource};

/// Reads the theme. Its rules: those of [`Theme::compile`].
pub(super) fn load_theme(
    root: &Path,
    catalogue: &Catalogue,
    menus: BTreeMap<String, Vec<MenuEntry>>,
    found: &mut Vec<Finding>,
) -> Result<(ThemeSource, Option<Theme>)> {
    let mut source = ThemeSource { menus, ..ThemeSource::default() };
    for file in disk::list(root, "templates/html")? {
        source.templates.extend(text(root, &file, found)?.map(|text| (name(&file), text)));
    }
    for file in disk::list(root, "templates/assets")? {
        source.assets.extend(text(root, &file, found)?.map(|text| Asset::new(name(&file), text)));
    }
    for lang in &catalogue.site.languages {
        let strings = source.strings.entry(lang.clone()).or_default();
        for file in disk::list(root, &format!("content/{lang}"))? {
            if disk::ending(&file) == "ftl" {
                strings.extend(text(root, &file, found)?.map(|text| (name(&file), text)));
            }
        }
    }
    // Without one of its texts a theme lacks whatever stood in it, which says nothing new.
    let lacks_text = |finding: &Finding| {
        let is_text = ["html", "ftl"].contains(&disk::ending(&finding.file));
        is_text && finding.rule != "unwanted-character"
    };
    if found.iter().any(lacks_text) {
        return Ok((source, None));
    }
    let theme = match Theme::compile(&source) {
        Ok(theme) => Some(theme),
        Err(problems) => {
            problems.into_iter().for_each(|problem| found.extend(explain(problem)));
            None
        }
    };
    Ok((source, theme))
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The text of a file that holds one; an asset alone may be empty.
fn text(root: &Path, file: &Path, found: &mut Vec<Finding>) -> Result<Option<String>> {
    let bytes = disk::read(root, file)?;
    match plain_text(&bytes) {
        Ok(text) if text.trim().is_empty() && !file.starts_with("templates/assets") => {
            found.push(empty_file(file));
            Ok(None)
        }
        Ok(text) => {
            found.extend(unseen(file, text));
            Ok(Some(text.to_owned()))
        }
        Err(problem) => {
            found.extend(findings(file, &String::from_utf8_lossy(&bytes), vec![problem]));
            Ok(None)
        }
    }
}

/// Controls and marks that turn the direction of text, each at its place: rule `unwanted-character`.
fn unseen(file: &Path, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (row, line) in text.lines().enumerate() {
        if let Some((at, unwanted)) =
            line.chars().enumerate().find(|(_, character)| schema::ground::text::is_unwanted(*character))
        {
            let message = format!("a character that cannot be seen stands here: U+{:04X}", u32::from(unwanted));
            let finding = Finding::whole(file, "unwanted-character", message).help("delete it");
            found.push(Finding { line: row + 1, column: at + 1, ..finding });
        }
    }
    found
}

/// Problems of a theme, each at its file.
pub(crate) fn explain(problem: ThemeProblem) -> Vec<Finding> {
    match problem {
        ThemeProblem::Template(name, problem) => {
            findings(&PathBuf::from(format!("templates/html/{name}")), "", vec![*problem])
        }
        ThemeProblem::Strings(strings) => {
            let file = PathBuf::from(format!("content/{}/{}", strings.language, strings.file));
            findings(&file, "", vec![strings.problem])
        }
    }
}
