//! A site is built by a library: one process may build several roots, at once if it likes, and each is as if it were alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed, and says where")]

use jiff::civil::{Date, date};
use schema::person::life::Life;
use schema::person::profile::ProfileId;
use schema::person::visibility::visibility;
use site::build::{BuildOptions, Outcome, build};
use site::host::Alone;
use site::ledger::{Kind, Ledger};
use site::sample::SampleOptions;
use site::site_path::SitePath;
use site::source::{load, load_content};
use site::write::{DUE, MARKER};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use templates::bundle::Bundle;

const DAY: Date = date(2026, 11, 30);

/// A sample of so many people in a folder of its own.
fn sample(folder: &Path, people: u32, seed: u64) -> PathBuf {
    let root = folder.join(format!("root-{seed}"));
    let options = SampleOptions { folder: &root, day: DAY, count: people, seed };
    site::sample::sample(fixture::laid().unwrap().path(), options, &Alone).unwrap();
    root
}

fn build_on(day: Date, root: &Path, out: &Path) {
    let options =
        BuildOptions { root: root.to_owned(), out: out.to_owned(), day, fresh: true, without: BTreeSet::new() };
    if let Outcome::Problems(problems) = build(&options, &Alone).unwrap() {
        panic!("{problems:?}");
    }
}

fn built_on(day: Date, root: &Path, out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    build_on(day, root, out);
    files_in(out)
}

fn files_in(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = disk::tree(out).unwrap().into_iter();
    files.map(|file| (file.clone(), std::fs::read(out.join(file)).unwrap())).collect()
}

fn built(root: &Path, out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    built_on(DAY, root, out)
}

/// What the function is given says on every day what a build of that day would, and names nobody.
#[test]
fn the_function_knows_on_every_day_which_pages_stand() {
    let folder = tempfile::tempdir().unwrap();
    let root = sample(folder.path(), 60, 3);
    let first = load(&root, DAY).unwrap().profiles.first().unwrap().id.clone();
    site::withdraw::withdraw(&root, &first, DAY).unwrap();
    build_on(DAY, &root, &folder.path().join("out"));
    let bundle: Bundle = serde_json::from_slice(&std::fs::read(root.join("var/bundle.json")).unwrap()).unwrap();
    let lives = bundle.lives.unwrap();
    let site = load(&root, DAY).unwrap();
    let mut seen = BTreeSet::new();
    for profile in &site.profiles {
        let life = lives.find(&profile.id).unwrap();
        for months in 0..80 {
            let day = DAY + jiff::Span::new().months(months);
            let stands = visibility(profile, &site.content.catalogue, day);
            assert_eq!(life.on(day), stands, "{} on {day}", profile.id);
            seen.insert(format!("{stands:?}"));
        }
    }
    assert!(seen.len() > 3, "{seen:?}");
    assert_eq!(lives.find(&first), Some(Life::TakenDown(Some(DAY))));
    assert_eq!(lives.find(&ProfileId::parse("nobody-k7m2q").unwrap()), None);
    let written = serde_json::to_string(&lives).unwrap();
    assert!(site.profiles.iter().all(|profile| !written.contains(profile.id.as_str())), "{written}");
}

#[test]
fn two_roots_are_built_at_once_as_each_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let roots = [sample(folder.path(), 60, 1), sample(folder.path(), 60, 2)];
    let alone: Vec<_> =
        roots.iter().enumerate().map(|(at, root)| built(root, &folder.path().join(format!("alone-{at}")))).collect();
    assert!(alone[0] != alone[1], "the roots differ");
    for round in 0..3 {
        let at_once: Vec<_> = std::thread::scope(|scope| {
            let out = |at: usize| folder.path().join(format!("at-once-{round}-{at}"));
            let builds: Vec<_> =
                roots.iter().enumerate().map(|(at, root)| scope.spawn(move || built(root, &out(at)))).collect();
            builds.into_iter().map(|build| build.join().unwrap()).collect()
        });
        assert!(at_once == alone, "round {round}");
    }
}

#[test]
fn builds_of_one_root_at_once_neither_fail_nor_mix_nor_leave_anything() {
    let folder = tempfile::tempdir().unwrap();
    let root = sample(folder.path(), 4, 3);
    let days = [DAY, date(2026, 11, 24), date(2026, 11, 25)];
    let alone = days.map(|day| built_on(day, &root, &folder.path().join(format!("alone-{day}"))));
    let out = folder.path().join("site");
    std::thread::scope(|scope| {
        let builds = days.map(|day| {
            scope.spawn({
                let (root, out) = (&root, &out);
                move || (0..6).for_each(|_| build_on(day, root, out))
            })
        });
        builds.into_iter().for_each(|build| build.join().unwrap());
    });
    assert!(alone.contains(&files_in(&out)), "what stands there is none of the three");
    let mut beside = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!beside.any(|name| name.to_string_lossy().contains(disk::PARTIAL)), "something was left");
}

#[test]
fn content_is_read_without_looking_at_people() {
    let folder = tempfile::tempdir().unwrap();
    let root = sample(folder.path(), 2, 4);
    for stray in ["profiles/old/x.yaml", "profiles/photos/old/x.jpg"] {
        disk::place(&root.join(stray), b"x").unwrap();
    }
    assert_eq!(load_content(&root, DAY).unwrap().findings, []);
    let found = load(&root, DAY).unwrap().findings.into_iter().map(|finding| finding.place());
    assert_eq!(found.collect::<Vec<_>>(), ["profiles/old:1:1", "profiles/photos/old:1:1"]);
}

/// What pages name between quotes, below two folders: the ledger must know it without looking.
fn named_in(page: &[u8]) -> BTreeSet<SitePath> {
    let text = String::from_utf8_lossy(page);
    let paths = text.split(['"', ' ', ',']);
    let named = paths.filter(|path| path.starts_with("/photos/") || path.starts_with("/assets/"));
    named.filter_map(|path| SitePath::at(path).ok()).collect()
}

#[test]
fn the_ledger_tells_every_file_and_what_it_refers_to() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    fixture::lay(&root).unwrap();
    let files = built(&root, &folder.path().join("site"));
    let ledger = Ledger::read(&files[Path::new(MARKER)]).unwrap();
    let there: BTreeSet<String> = files
        .keys()
        .map(|file| file.display().to_string())
        .filter(|file| ![MARKER, DUE].contains(&file.as_str()))
        .collect();
    assert_eq!(there, ledger.files.keys().map(SitePath::to_string).collect());
    let mut photos = 0;
    for (path, output) in &ledger.files {
        let bytes = &files[Path::new(path.as_str())];
        assert_eq!((output.size, output.hash), (bytes.len() as u64, schema::ground::hash::content_hash(bytes)));
        assert!(output.refers_to.iter().all(|other| ledger.files.contains_key(other)), "{path}: {output:?}");
        let named = named_in(bytes);
        if path.as_str().ends_with(".html") {
            assert!(named.is_subset(&output.refers_to), "{path} names {named:?} and the ledger says {output:?}");
        }
        let person = output.people.first().map(|id| id.as_str().to_owned());
        match output.kind {
            Kind::Person => assert!(path.as_str().contains(&person.unwrap()), "{path}"),
            Kind::Photo => {
                photos += 1;
                assert!(output.made_from.iter().all(|file| file.contains(person.as_deref().unwrap())), "{path}");
            }
            _ => assert_eq!(person, None, "{path}"),
        }
    }
    assert!(photos >= 3, "the sample has a photo");
}

#[test]
fn a_ban_counts_whatever_else_is_wrong_with_the_agency_the_facility_or_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let root = sample(folder.path(), 60, 5);
    let people = disk::list(&root, "profiles").unwrap();
    let text = |file: &Path| std::fs::read_to_string(root.join(file)).unwrap();
    let facility = |person: &Path| value(&text(person), "facility");
    let file = Path::new("content/facilities").join(format!("{}.yaml", facility(&people[0])));
    let agency = value(&text(&file), "agency");
    let banned = Path::new("content/agencies").join(format!("{agency}.yaml"));
    // The ban was told by telephone: there is no page that says it, so the agency's file cannot be read as one.
    let told = text(&banned).replacen("rule: allowed", "rule: banned", 1);
    let told: Vec<&str> = told.lines().filter(|line| !line.contains("/rules")).collect();
    std::fs::write(root.join(&banned), told.join("\n") + "\n").unwrap();
    let theirs = |person: &PathBuf| facility(person).starts_with(&format!("{agency}-"));
    let there: BTreeSet<String> =
        people.iter().filter(|person| theirs(person)).map(|file| disk::stem(file).to_owned()).collect();
    // Some of them have left for a reason of their own.
    let hidden = || -> BTreeSet<String> {
        let hidden = site::leaving::hidden(&root, DAY).unwrap();
        hidden.keys().map(ToString::to_string).filter(|person| there.contains(person)).collect()
    };
    assert!(there.len() > 1 && hidden() == there, "{there:?} {:?}", hidden());
    // Nor does a slip in the facility's file, or in somebody's own, keep anybody up.
    std::fs::write(root.join(&file), text(&file).replace("name: ", "nam: ")).unwrap();
    std::fs::write(root.join(&people[0]), text(&people[0]).replace("birth_year: ", "birth_yaer: ")).unwrap();
    assert_eq!(hidden(), there);
    // Nor does an unfinished merge, in any of the three, nor in all at once.
    for file in [&people[0], &file, &banned] {
        let (mine, theirs) = (text(file), text(file).replacen("rule: banned", "rule: allowed", 1));
        std::fs::write(root.join(file), format!("<<<<<<< mine\n{mine}=======\n{theirs}>>>>>>> theirs\n")).unwrap();
        assert_eq!(hidden(), there, "{}", file.display());
    }
    let person = ProfileId::parse(disk::stem(&people[0])).unwrap();
    assert_eq!(site::leaving::grounds(&root, &person), [people[0].clone(), file.clone(), banned.clone()]);
}

/// The value of a key that stands at the beginning of a line.
fn value(text: &str, key: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: ")));
    line.unwrap().trim_matches(['"', '\'']).to_owned()
}
