//! Reads `templates/html`, `templates/assets` and `content/LANGUAGE/*.ftl`, and compiles them.

use super::layers::Layers;
use super::words::empty_file;
use crate::lists::facets;
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
    root: &Layers<'_>,
    catalogue: &Catalogue,
    menus: BTreeMap<String, Vec<MenuEntry>>,
    found: &mut Vec<Finding>,
) -> Result<(ThemeSource, Option<Theme>)> {
    let mut source = ThemeSource { menus, ..ThemeSource::default() };
    for file in root.list("templates/html")? {
        source.templates.extend(text(root, &file, found)?.map(|text| (name(&file), text)));
    }
    for file in root.list("templates/assets")? {
        source.assets.extend(text(root, &file, found)?.map(|text| Asset::new(name(&file), text)));
    }
    for lang in &catalogue.site.languages {
        let strings = source.strings.entry(lang.clone()).or_default();
        for file in root.list(&format!("content/{lang}"))? {
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
    let theme = compile(root, &source, found);
    Ok((source, theme))
}

/// Compiles the theme. That a template of the root no longer asks for a string of the base is nothing to be mended there.
fn compile(root: &Layers<'_>, source: &ThemeSource, found: &mut Vec<Finding>) -> Option<Theme> {
    let problems = match Theme::compile(source, facets::asked()) {
        Ok(theme) => return Some(theme),
        Err(problems) => problems.into_iter().flat_map(explain),
    };
    let is_nothing = |finding: &Finding| finding.rule == "unused-string" && root.is_of_base(&finding.file);
    let problems: Vec<Finding> = problems.filter(|finding| !is_nothing(finding)).collect();
    let theme = if problems.is_empty() { Theme::open(source).ok() } else { None };
    found.extend(problems);
    theme
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

/// The text of a file that holds one; an asset alone may be empty.
fn text(root: &Layers<'_>, file: &Path, found: &mut Vec<Finding>) -> Result<Option<String>> {
    let bytes = root.read(file)?;
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
        ThemeProblem::Asset(name) => {
            vec![Finding::whole(&Path::new("templates/assets").join(name), "missing-file", "the file is missing")]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    fn source() -> ThemeSource {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        super::super::load_content(root, "2026-11-26".parse().unwrap()).unwrap().theme_source
    }

    /// What `check` says with one file of strings changed, in its first words.
    fn said(source: &ThemeSource, at: usize, text: String) -> String {
        let mut changed = source.clone();
        changed.strings.get_mut("en").unwrap()[at].1 = text;
        let problems = Theme::compile(&changed, facets::asked()).err().unwrap_or_default();
        let said =
            problems.into_iter().flat_map(explain).map(|finding| format!("{}: {}\n", finding.rule, finding.message));
        said.collect()
    }

    #[test]
    fn no_string_can_be_deleted_and_no_argument_misspelt_unseen() {
        let source = source();
        assert!(Theme::compile(&source, facets::asked()).is_ok());
        // A message with its further lines.
        let message = Regex::new(r"(?m)^([a-z][a-z0-9-]*) =.*\n(?:[ \t}].*\n)*").unwrap();
        let argument = Regex::new(r"\$[a-z]+").unwrap();
        let (mut messages, mut arguments) = (0, 0);
        for (at, (file, text)) in source.strings["en"].iter().enumerate() {
            for found in message.captures_iter(text) {
                let mut without = text.clone();
                without.replace_range(found.get(0).unwrap().range(), "");
                let said = said(&source, at, without);
                assert!(said.starts_with(&format!("missing-string: the string `{}` is", &found[1])), "{file}: {said}");
                assert_eq!(said.lines().count(), 1, "{file}: {said}");
                messages += 1;
            }
            for found in argument.find_iter(text) {
                let mut misspelt = text.clone();
                misspelt.insert(found.end(), 'x');
                let said = said(&source, at, misspelt);
                assert!(said.contains(&format!("is not given `{}x`", found.as_str())), "{file}: {said}");
                arguments += 1;
            }
        }
        assert!(messages > 500 && arguments > 100, "{messages} messages, {arguments} arguments");
    }
}
