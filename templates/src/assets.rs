//! Style sheet, script and icon under names that hold their content's hash, so that they may be kept for ever by browsers.

use crate::views::AssetsView;
use regex::Regex;
use schema::ground::hash::content_hash;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A file of the theme that browsers fetch.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Asset {
    /// `site.css`
    pub name: String,
    /// `/assets/site-0123456789ab.css`
    pub path: String,
    /// Its bytes; empty where only pages are made that refer to it.
    pub text: String,
}

impl Asset {
    /// An asset with its path. Scripts go out without the comments that stand on lines of their own.
    pub fn new(name: String, text: String) -> Self {
        let text = if name.ends_with(".js") { uncommented(&text) } else { text };
        let hash = content_hash(text.as_bytes());
        let path = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("/assets/{stem}-{hash:.12}.{ending}"),
            None => format!("/assets/{name}-{hash:.12}"),
        };
        Self { name, path, text }
    }
}

/// A script without lines of comment: a visitor's phone need not fetch what only its authors read.
fn uncommented(script: &str) -> String {
    let mut inside = false;
    let is_code = |line: &&str| {
        // What stands behind the end of a comment stays, and its line with it.
        let opens = line.trim_start().starts_with("/*") && line.find("*/").is_none_or(|end| end + 2 == line.len());
        let is_comment = inside || opens;
        inside = is_comment && !line.ends_with("*/");
        !(is_comment || line.trim_start().starts_with("//"))
    };
    script.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

/// The paths that pages refer to.
///
/// # Errors
/// The names of assets that are not there.
pub(crate) fn paths(assets: &[Asset]) -> Result<AssetsView, Vec<&'static str>> {
    let mut missing = Vec::new();
    let mut path = |name| match assets.iter().find(|asset| asset.name == name) {
        Some(asset) => asset.path.clone(),
        None => {
            missing.push(name);
            String::new()
        }
    };
    let view = AssetsView {
        css: path("site.css"),
        js: path("site.js"),
        print_css: path("print.css"),
        write_css: path("write.css"),
        write_js: path("write.js"),
        early: path("early.js"),
        find: path("find.js"),
        form: path("form.js"),
        kept: path("kept.js"),
        photo: path("photo.js"),
        icon: path("icon.svg"),
    };
    if missing.is_empty() { Ok(view) } else { Err(missing) }
}

/// For each template the assets that its pages name, by their places in templates: `assets.css`, also in the templates that it
/// extends or takes in.
///
/// # Errors
/// That the paths are no map, which no type can rule out.
pub(crate) fn named_assets(
    templates: &[(String, String)],
    assets: &AssetsView,
) -> serde_json::Result<BTreeMap<String, Vec<String>>> {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bassets\.([a-z_]+)"));
    static OTHER: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\{%-?\s*(?:extends|include|import)\s+"([^"]+)""#));
    let text = |name: &str| templates.iter().find(|(other, _)| other == name).map_or("", |(_, text)| text.as_str());
    let fields = serde_json::to_value(assets)?;
    let of = |name: &String| {
        let (mut seen, mut todo, mut named) = (BTreeSet::new(), vec![name.clone()], BTreeSet::new());
        while let Some(next) = todo.pop().filter(|next| seen.insert(next.clone())) {
            let text = text(&next);
            let paths = PLACE.captures_iter(text).filter_map(|found| fields.get(&found[1])?.as_str());
            named.extend(paths.map(str::to_owned));
            todo.extend(OTHER.captures_iter(text).map(|found| found[1].to_owned()));
        }
        named.into_iter().collect()
    };
    Ok(templates.iter().map(|(name, _)| (name.clone(), of(name))).collect())
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that every build runs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_goes_out_without_its_lines_of_comment() {
        let script = "// Why.\n/** What. */\nlet a = 1; // kept\n  /** One\n      two. */\n  a /* kept */ + \"//\";\n/* kept */ a;\n";
        let asset = Asset::new("a.js".to_owned(), script.to_owned());
        assert_eq!(asset.text, "let a = 1; // kept\n  a /* kept */ + \"//\";\n/* kept */ a;\n");
        assert_eq!(Asset::new("a.css".to_owned(), script.to_owned()).text, script);
    }
}
