//! What lists, feeds, maps and shared links promise.

use crate::site::{Root, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

/// A sample of so many people, built.
/// The day after which nothing in a sample changes for a day but the order of lists.
const SAMPLED: &str = "2026-11-23";

fn sample(people: &str) -> Root {
    let (from, root) = (Root::copy(), Root::empty());
    let said = from.run(&["sample", people, root.path().join("many").to_str().unwrap()]);
    assert_eq!(said.status, 0, "{}", said.err);
    build(&root, SAMPLED);
    root
}

fn build(root: &Root, day: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inside-out"));
    let output = command.arg("--root").arg(root.path().join("many")).args(["build", "--date", day]).output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn site(root: &Root) -> BTreeMap<PathBuf, String> {
    let files = tree(&root.path().join("many/site"));
    files.into_iter().map(|(file, bytes)| (file, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

#[test]
fn the_next_day_and_one_more_person_change_few_files() {
    let root = sample("3000");
    let before = tree(&root.path().join("many/site"));
    build(&root, "2026-11-24");
    let next = tree(&root.path().join("many/site"));
    let changed = |one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>| {
        let files: BTreeSet<&PathBuf> = one.keys().chain(other.keys()).collect();
        let differs = |file: &&&PathBuf| one.get(**file) != other.get(**file);
        files.iter().filter(differs).map(|file| file.display().to_string()).collect::<Vec<_>>()
    };
    let by_day = changed(&before, &next);
    let lists = before.keys().filter(|file| file.to_string_lossy().contains("/index.html")).count();
    println!("another day: {} of {} files", by_day.len(), before.len());
    assert!(by_day.len() * 10 < before.len(), "{} of {} files (of {lists})", by_day.len(), before.len());
    assert!(
        !by_day.iter().any(|file| file.starts_with("people/")
            && !file.contains("page/")
            && file.len() > "people/index.html".len()),
        "{by_day:?}"
    );
    // One person pauses: their page, one to a few pages of each of their lists, the counts, the index.
    let file = std::fs::read_dir(root.path().join("many/profiles")).unwrap().map(|entry| entry.unwrap().path());
    let listed = file.filter(|file| std::fs::read_to_string(file).unwrap().contains("status: listed")).min().unwrap();
    let text = std::fs::read_to_string(&listed).unwrap();
    std::fs::write(&listed, text.replace("status: listed", "status: paused")).unwrap();
    build(&root, "2026-11-24");
    let by_person = changed(&next, &tree(&root.path().join("many/site")));
    let rings = by_person.iter().filter(|file| file.contains("/page/")).count();
    println!("one person pauses: {} files, {rings} of them pages of rings", by_person.len());
    assert!(rings < 120, "{rings} pages of rings changed");
}

#[test]
fn no_list_is_empty_and_every_link_of_the_site_leads_somewhere() {
    let root = sample("300");
    let site = site(&root);
    let paths: BTreeSet<String> =
        site.keys().map(|file| format!("/{}", file.display()).replace("index.html", "")).collect();
    for (file, html) in site.iter().filter(|(file, _)| file.extension().is_some_and(|kind| kind == "html")) {
        let page = file.display().to_string();
        if [
            "people/index",
            "places/",
            "facilities/",
            "interests/",
            "languages/",
            "ties/",
            "services/",
            "ages/",
            "new/",
            "waiting/",
        ]
        .iter()
        .any(|list| page.starts_with(list))
        {
            assert!(html.contains("class=\"card\"") || html.contains("class=\"links\""), "{page} is empty");
        }
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let path = link.split(['#', '?']).next().unwrap();
            let inside = path.starts_with('/') && !path.starts_with("/send/");
            assert!(!inside || paths.contains(path), "{page}: {link}");
        }
    }
    for facet in ["places", "facilities", "interests", "languages", "ties", "services", "ages"] {
        assert!(paths.contains(&format!("/{facet}/")), "{facet}");
        assert!(
            paths.iter().any(|path| path.starts_with(&format!("/{facet}/")) && path.len() > facet.len() + 2),
            "{facet}"
        );
    }
    assert!(paths.contains("/waiting/") && paths.contains("/new/"));
}

#[test]
fn feeds_and_maps_name_only_people_who_agreed_to_be_found() {
    let root = sample("300");
    let site = site(&root);
    let agreed = |id: &str| {
        let profile = std::fs::read_to_string(root.path().join(format!("many/profiles/{id}.yaml"))).unwrap();
        profile.lines().any(|line| line.starts_with("search_engines:") && line.contains("true"))
    };
    let feeds: Vec<_> = site.iter().filter(|(file, _)| file.ends_with("feed.xml")).collect();
    assert!(feeds.len() > 3, "there are feeds of jurisdictions");
    let named = feeds
        .iter()
        .chain(site.iter().filter(|(file, _)| file.ends_with("sitemap.xml")).collect::<Vec<_>>().iter())
        .flat_map(|(_, text)| text.split("/people/").skip(1).map(|rest| rest.split(['/', '"', '<']).next().unwrap()))
        .filter(|id| !id.is_empty() && *id != "page")
        .collect::<BTreeSet<_>>();
    assert!(named.len() > 50);
    assert!(named.iter().all(|id| agreed(id)), "{named:?}");
    let map = &site[&PathBuf::from("sitemap.xml")];
    for path in map.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()) {
        let path = path.split(".example").nth(1).unwrap();
        let file = format!("{path}index.html");
        assert!(!site[&PathBuf::from(file.trim_start_matches('/'))].contains("noindex"), "{path} is in the map");
    }
}

#[test]
fn a_shared_link_tells_no_name_of_someone_who_did_not_agree() {
    let root = Root::copy();
    root.build();
    let head = |html: String| html.split("</head>").next().unwrap().to_owned();
    let page = head(root.read("site/people/abdi-n7vx7/index.html"));
    let shared: Vec<&str> =
        page.lines().filter(|line| line.contains("og:") || line.contains("name=\"description\"")).collect();
    assert!(page.contains("noindex") && shared.len() >= 4, "{page}");
    for private in ["Abdi", "Warsame", "0318846", "Copper"] {
        assert!(!shared.iter().any(|line| line.contains(private) && !line.contains("og:url")), "{private}: {shared:?}");
    }
    for (file, bytes) in tree(&root.path().join("site")) {
        let html = head(String::from_utf8_lossy(&bytes).into_owned());
        assert!(!html.contains("Warsame") && !html.contains("Thompson"), "{}", file.display());
    }
}

#[test]
fn robots_asks_each_crawler_of_the_list_to_stay_out_and_search_engines_in() {
    let root = Root::copy();
    root.build();
    let robots = root.read("site/robots.txt");
    assert!(robots.contains("User-agent: *\nAllow: /\n"), "{robots}");
    for name in ["GPTBot", "CCBot", "ClaudeBot", "Google-Extended"] {
        assert!(robots.contains(&format!("User-agent: {name}\n")), "{name}");
    }
    assert!(robots.contains("looked up on 2026-11-23") && robots.contains("\nDisallow: /\n"));
    assert!(!robots.contains("Content-Signal"), "the audit of robots.txt takes it for a mistake");
    root.replace("content/crawlers.yaml", "GPTBot:", "GPT Bot:").replace(
        "content/crawlers.yaml",
        "2026-11-23",
        "2027-11-23",
    );
    let said = root.check();
    assert_eq!(said.status, 1);
    for line in
        ["content/crawlers.yaml:1:10: `checked` (`2027-11-23`) is after", "`GPT Bot` cannot be a crawler's name"]
    {
        assert!(said.out.contains(line), "{}", said.out);
    }
}

#[test]
fn what_people_are_seen_is_told_to_editors_and_never_published() {
    let root = Root::copy();
    root.build();
    let exposure = root.read("var/exposure.json");
    for part in ["\"gini\":", "\"least\":", "\"/people/\"", "marcus-k7m2q"] {
        assert!(exposure.contains(part), "{exposure}");
    }
    assert!(!tree(&root.path().join("site")).keys().any(|file| file.to_string_lossy().contains("exposure")));
}

#[test]
fn a_feed_forgets_only_people_who_could_have_stood_in_it() {
    let root = sample("600");
    let value = |text: &str, key: &str| {
        let found = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: ")));
        found.unwrap_or_default().trim_matches('\'').to_owned()
    };
    let folder = root.path().join("many/profiles");
    let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut agreed: Vec<(String, PathBuf)> = files
        .filter(|file| file.extension().is_some_and(|kind| kind == "yaml"))
        .map(|file| (std::fs::read_to_string(&file).unwrap(), file))
        .filter(|(text, _)| value(text, "search_engines") == "true" && value(text, "status") == "listed")
        .map(|(text, file)| (value(&text, "listed"), file))
        .collect();
    agreed.sort();
    assert!(agreed.len() > 100, "more agreed than a feed holds");
    let feeds_of = |file: &PathBuf| {
        let before = std::fs::read_to_string(file).unwrap();
        let gone = before.replace("status: listed", "status: withdrawn\nwithdrawn: 2026-11-20");
        std::fs::write(file, gone).unwrap();
        build(&root, SAMPLED);
        let entry = format!("/people/{}/\" when=\"2026-11-20T", value(&before, "id"));
        let site = site(&root);
        let feeds = site.iter().filter(|(_, text)| text.contains("<at:deleted-entry") && text.contains(&entry));
        let feeds: Vec<String> = feeds.map(|(file, _)| file.display().to_string()).collect();
        let facility = std::fs::read_to_string(
            root.path().join(format!("many/content/facilities/{}.yaml", value(&before, "facility"))),
        );
        let agency = value(&facility.unwrap(), "agency");
        let agency = std::fs::read_to_string(root.path().join(format!("many/content/agencies/{agency}.yaml"))).unwrap();
        (feeds, format!("places/{}/feed.xml", value(&agency, "jurisdiction")))
    };
    let (feeds, own) = feeds_of(&agreed.last().unwrap().1);
    assert_eq!(feeds, ["feed.xml".to_owned(), own], "somebody new stood in the feed of everybody and of their state");
    let (feeds, own) = feeds_of(&agreed[0].1);
    assert!(feeds.iter().all(|feed| *feed == own), "somebody listed long ago was in no other feed: {feeds:?}");
}
