//! Reads `content/LANGUAGE/pages/*.md`: front matter and Markdown.

use super::layers::Layers;
use anyhow::Result;
use jiff::civil::Date;
use schema::ground::ids::is_word_id;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use schema::place::catalogue::Catalogue;
use schema::record::facts::Around;
use schema::record::fields::check_file;
use schema::site::front_matter::{FrontMatter, FrontMatterFile};
use schema::yaml::finding::{Finding, findings, findings_below};
use schema::yaml::{guard, read};
use std::path::{Path, PathBuf};
use templates::markdown::{Page, page};

/// A page of words.
pub struct ContentPage {
    /// Language id.
    pub lang: String,
    /// `about` stands at `/about/`.
    pub name: String,
    /// Where it is written.
    pub file: PathBuf,
    /// What stands above it.
    pub matter: FrontMatter,
    /// The text.
    pub page: Page,
    /// Links inside the site: target, line, column.
    pub links: Vec<(String, usize, usize)>,
}

/// Reads the pages of every language. Rules: `no-front-matter`, `page-markup`, `missing-page`, and those of texts.
pub(super) fn load_pages(
    root: &Layers<'_>,
    catalogue: &Catalogue,
    today: Date,
    found: &mut Vec<Finding>,
) -> Result<Vec<ContentPage>> {
    let mut pages: Vec<ContentPage> = Vec::new();
    for lang in &catalogue.site.languages {
        for file in root.list(&format!("content/{lang}/pages"))? {
            let bytes = root.read(&file)?;
            match guard(&bytes) {
                Err(problems) => found.extend(findings(&file, &String::from_utf8_lossy(&bytes), problems)),
                Ok(text) => pages.extend(load_page(&file, text, lang, (catalogue, today), found)),
            }
        }
    }
    found.extend(catalogue.site.without.iter().filter_map(|name| nothing_to_leave_out(root, catalogue, name)));
    let names: std::collections::BTreeSet<String> = pages.iter().map(|page| page.name.clone()).collect();
    for lang in &catalogue.site.languages {
        for name in &names {
            let file = PathBuf::from(format!("content/{lang}/pages/{name}.md"));
            if root.has(&file) {
                continue;
            }
            found.push(Finding::whole(&file, "missing-page", format!("the page `{name}` is missing in `{lang}`")));
        }
    }
    Ok(pages)
}

/// What `without` names and the program does not have: a slip in it would leave a page public that nobody wants there.
fn nothing_to_leave_out(root: &Layers<'_>, catalogue: &Catalogue, name: &str) -> Option<Finding> {
    let folder = format!("content/{}/pages", catalogue.site.first_language());
    let pages: Vec<&str> = root
        .base()
        .into_iter()
        .flat_map(|base| base.in_folder(&folder))
        .map(|path| disk::stem(Path::new(path)))
        .collect();
    if pages.contains(&name) {
        return None;
    }
    let message = format!("`without` names the page {}, which the program does not have", quoted(name));
    let help = match nearest(name, pages) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "take it out; a page of your own is a file in content/, to be deleted there".to_owned(),
    };
    Some(Finding::whole(Path::new("content/site.yaml"), "missing-page", message).help(help))
}

fn load_page(
    file: &Path,
    text: &str,
    lang: &str,
    (catalogue, today): (&Catalogue, Date),
    found: &mut Vec<Finding>,
) -> Option<ContentPage> {
    if text.trim().is_empty() {
        found.push(empty_file(file));
        return None;
    }
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        let help = "begin the file with `---`, `title: …`, `summary: …`, `---`";
        found.push(Finding::whole(file, "no-front-matter", "the page has no front matter").help(help));
        return None;
    };
    let (written, structural) = read::<FrontMatterFile>(front);
    let around = Around { facts: catalogue, today };
    let (matter, problems) = check_file::<FrontMatter>(&written, disk::stem(file), around, structural);
    found.extend(findings_below(file, front, 1, problems));
    let matter = matter.map(|matter| named(matter, &catalogue.site.name));
    let name = page_name(file, found)?;
    let above = front.matches('\n').count() + 3;
    let body = &body.replace(SITE, &as_markdown(&catalogue.site.name));
    let page = page(body, &catalogue.site.prefix(lang));
    found.extend(refusals(file, body, above, &page));
    let links = page.links.iter().map(|(target, byte)| {
        let (line, column) = position(body, *byte);
        (target.clone(), line + above, column)
    });
    let links = links.collect();
    Some(ContentPage { lang: lang.to_owned(), name, file: file.to_owned(), matter: matter?, links, page })
}

/// What stands on a page where it means the site's own name.
const SITE: &str = "{site}";

/// The words above a page, with the site's name in them.
fn named(matter: FrontMatter, site: &str) -> FrontMatter {
    let named = |text: String| text.replace(SITE, site);
    FrontMatter { title: named(matter.title), summary: named(matter.summary), menu: matter.menu.map(named), ..matter }
}

/// A name in which no character means anything to Markdown.
fn as_markdown(name: &str) -> String {
    name.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// The name of a page, from its file: rule `bad-id`.
fn page_name(file: &Path, found: &mut Vec<Finding>) -> Option<String> {
    let name = disk::stem(file);
    if is_word_id(name) && disk::ending(file) == "md" {
        return Some(name.to_owned());
    }
    let whole = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let finding = Finding::whole(file, "bad-id", format!("{} cannot be a page's name", quoted(&whole)));
    found.push(finding.help("use small letters, digits and hyphens, and .md"));
    None
}

/// Rule `empty-file`.
pub(super) fn empty_file(file: &Path) -> Finding {
    Finding::whole(file, "empty-file", "the file is empty").help("write what belongs in it, or delete it")
}

/// Markup that a page cannot hold.
fn refusals(file: &Path, body: &str, above: usize, page: &Page) -> Vec<Finding> {
    let refuse = |(markup, byte): &(String, usize)| {
        let (line, column) = position(body, *byte);
        let message = format!("a page cannot hold {}", quoted(markup.trim_end()));
        let finding = Finding { line: line + above, column, ..Finding::whole(file, "page-markup", message) };
        finding.help("headings begin at ##; no HTML, no pictures")
    };
    page.refused.iter().map(refuse).collect()
}

fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or(before).chars().count() + 1)
}
