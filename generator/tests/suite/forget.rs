//! What becomes of somebody who left: nothing on this machine holds their words any more, and nobody lists them again by accident.

use crate::promotion::{block_on, registered, store};
use crate::site::{Root, tree};
use review::{Intake, Store};
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use std::path::Path;
use std::time::{Duration, SystemTime};

const PERSON: &str = "marcus-k7m2q";

/// A root in which Marcus left so many days ago; his page was built before.
fn left(days: i64) -> Root {
    let root = Root::copy();
    root.succeeds(&["build"]);
    let day = jiff::ZonedDateTime::now().date() - jiff::Span::new().days(days);
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", &format!("withdrawn: {day}\nstatus: withdrawn"));
    root.write(&format!("var/removals/{PERSON}/receipt.html"), "for Marcus");
    root
}

/// Every file of a root that holds some words, those of content and templates aside.
fn holding(root: &Root, words: &[&str]) -> Vec<String> {
    let held = |bytes: &[u8]| words.iter().any(|word| String::from_utf8_lossy(bytes).contains(word));
    let parts = ["profiles", "var"].into_iter().filter(|part| root.path().join(part).exists());
    let files = parts.flat_map(|part| tree(&root.path().join(part)).into_iter().map(move |file| (part, file)));
    let holding = files.filter(|(_, (file, bytes))| held(bytes) || held(file.as_os_str().as_encoded_bytes()));
    holding.map(|(part, (file, _))| Path::new(part).join(file).display().to_string()).collect()
}

#[test]
fn whoever_is_forgotten_is_in_no_file_and_their_number_in_none() {
    let root = left(31);
    let photo = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    let copies = format!("var/cache/photos/{}", schema::ground::hash::content_hash(&photo));
    assert_eq!(holding(&root, &[&copies.replace("var/", "")]).len(), 3, "a build keeps copies of the photo");
    let said = root.run(&["forget", PERSON]);
    assert!(said.status == 2 && said.err.contains("--yes"), "{}{}", said.out, said.err);
    let said = root.run(&["forget", PERSON, "--dry-run"]);
    assert!(said.status == 0 && root.path().join("profiles/marcus-k7m2q.yaml").exists(), "{}", said.err);
    root.succeeds(&["forget", PERSON, "--yes"]);
    // Lists of what was built hold addresses until the next build.
    root.succeeds(&["build"]);
    let none: [&str; 0] = [];
    assert_eq!(holding(&root, &["marcus", "Marcus", &copies.replace("var/", "")]), none);
    let tombstones = tree(&root.path().join("profiles/forgotten"));
    assert_eq!(tombstones.len(), 1, "a mark without a name stays");
    let number = |(file, bytes): (&std::path::PathBuf, &Vec<u8>)| {
        format!("{file:?}{}", String::from_utf8_lossy(bytes)).contains("0123456")
    };
    assert!(!tombstones.iter().any(number), "the mark is the number");
    root.succeeds(&["check"]);
    let again = root.run(&["forget", PERSON, "--yes"]);
    assert!(again.status == 2 && again.err.contains("nothing is kept"), "{}", again.err);
}

#[test]
fn a_page_that_was_taken_down_by_mistake_can_come_back_for_thirty_days() {
    let root = left(3);
    let said = root.run(&["forget", PERSON, "--yes"]);
    assert!(said.status == 2 && said.err.contains("is kept until"), "{}", said.err);
    assert!(root.path().join("profiles/marcus-k7m2q.yaml").exists());
    assert!(!root.run(&["check", "--json"]).out.contains("inside-out forget marcus"));
    let said = root.run(&["forget", PERSON, "--yes", "--early"]);
    assert!(said.status == 0 && !root.path().join("profiles/marcus-k7m2q.yaml").exists(), "{}", said.err);
    let said = Root::copy().run(&["forget", PERSON, "--yes", "--early"]);
    assert!(said.status == 2 && said.err.contains("has not left"), "{}", said.err);
}

type Leave = fn(&Root, jiff::civil::Date);

/// What makes somebody leave on a day without a word of theirs, and why they are hidden then.
const REASONS: [(&str, Leave); 3] = [
    ("consent not renewed", |root, day| {
        let (last, given) = (day.yesterday().unwrap(), day - jiff::Span::new().years(1));
        root.replace(PROFILE, "given: 2026-05-02", &format!("given: {given}"))
            .replace(PROFILE, "renew_by: 2027-05-02", &format!("renew_by: {last}"))
            .replace(PROFILE, "listed: 2026-05-14", &format!("listed: {given}"));
    }),
    ("past the release year", |root, day| {
        let year = (day.year() - 1).to_string();
        root.replace(PROFILE, "release: 2031", &format!("release: {year}"));
    }),
    ("the agency forbids listings", |root, day| {
        let rule = "rule: allowed\n  source: https://doc.franklin.example/rules/mail\n  checked: 2026-10-01";
        root.replace(
            "content/agencies/franklin-doc.yaml",
            rule,
            &rule.replace("allowed", "banned").replace("2026-10-01", &day.to_string()),
        );
    }),
];

const PROFILE: &str = "profiles/marcus-k7m2q.yaml";

#[test]
fn whyever_somebody_left_the_queue_offers_to_forget_them_on_the_day_and_not_before() {
    let offer = format!("inside-out forget {PERSON}");
    for status in [29, 30].map(|days| (days, left(days).run(&["check", "--json"]))) {
        assert_eq!(status.1.out.contains(&offer), status.0 == 30, "{}", status.1.out);
    }
    // A release year ends with the year, so that all of them leave on this day.
    let left_on = jiff::civil::date(2027, 1, 1);
    for (why, leave) in REASONS {
        let root = Root::copy();
        leave(&root, left_on);
        for (days, is_offered) in [(29, false), (30, true)] {
            let day = (left_on + jiff::Span::new().days(days)).to_string();
            let queue = root.run(&["check", "--json", "--date", &day]).out;
            let what = format!("no page since {left_on} ({why}): `{offer}`");
            assert_eq!(queue.contains(&what), is_offered, "{why}, {day}: {queue}");
        }
    }
}

#[test]
fn whoever_moved_to_an_agency_that_was_long_known_to_forbid_listings_has_thirty_days_too() {
    let root = Root::copy();
    // The ban was read long before; their facility was changed when they were looked up last.
    REASONS[2].1(&root, jiff::civil::date(2026, 5, 20));
    for (day, is_offered) in [("2026-10-30", false), ("2026-10-31", true)] {
        let queue = root.run(&["check", "--json", "--date", day]).out;
        assert_eq!(queue.contains(&format!("inside-out forget {PERSON}")), is_offered, "{day}: {queue}");
    }
}

#[test]
fn whoever_lapsed_was_released_or_is_banned_is_forgotten_like_whoever_left() {
    let today = jiff::ZonedDateTime::now().date();
    let new_year = jiff::civil::date(today.year(), 1, 1);
    for (why, leave) in REASONS {
        let root = Root::copy();
        leave(&root, if why.contains("release") { new_year } else { today - jiff::Span::new().days(31) });
        let said = root.run(&["forget", PERSON, "--yes"]);
        let is_time = (today - new_year).get_days() >= 30 || !why.contains("release");
        assert_eq!(said.status == 0, is_time, "{why}: {}{}", said.out, said.err);
        let said = root.run(&["forget", PERSON, "--yes", "--early"]);
        assert_eq!(said.status == 0, !is_time, "{why}: {}{}", said.out, said.err);
        assert!(!root.path().join(PROFILE).exists(), "{why}");
    }
}

#[test]
fn whoever_was_forgotten_is_kept_off_the_site_however_they_come_back() {
    let root = left(31);
    let restored = root.read(PROFILE);
    root.succeeds(&["forget", PERSON, "--yes"]);
    // A file from a backup, and one that somebody writes anew, whose number is spaced otherwise.
    let anew = restored.replace(PERSON, "marco-w3r5t").replace("\"0123456\"", "\"0123 456\"");
    let anew = anew.split("photo:").next().unwrap().to_owned() + "release" + anew.split("\nrelease").nth(1).unwrap();
    let anew = anew.replace("status: withdrawn", "status: listed");
    for (file, text) in [(PROFILE, &restored), ("profiles/marco-w3r5t.yaml", &anew)] {
        root.write(file, text);
        for words in ["check", "build"] {
            let said = root.run(&[words]);
            assert!(said.status == 1 && said.out.contains("[left-before]"), "{file}: {}{}", said.out, said.err);
        }
        // Without the key nobody can tell, and that is said.
        std::fs::rename(root.path().join("var/tombstones.key"), root.path().join("kept")).unwrap();
        let said = root.run(&["check"]);
        assert!(said.err.contains("hint: people were forgotten, and the key"), "{file}: {}{}", said.out, said.err);
        assert!(!said.out.contains("left-before"), "{}", said.out);
        std::fs::rename(root.path().join("kept"), root.path().join("var/tombstones.key")).unwrap();
        std::fs::remove_file(root.path().join(file)).unwrap();
    }
    root.succeeds(&["check"]);
    // Nor does another name of their agency's file let them in, where that says which it had.
    root.write(PROFILE, &restored);
    for file in ["copper-hill-camp", "linden-grove", "river-bend"] {
        let file = format!("content/facilities/{file}.yaml");
        root.write(&file, root.read(&file).replace("franklin-doc", "franklin-corrections"));
    }
    let [old, new] = ["franklin-doc", "franklin-corrections"].map(|id| format!("content/agencies/{id}.yaml"));
    let agency = root.read(&old);
    std::fs::remove_file(root.path().join(&old)).unwrap();
    let is_known = || root.run(&["check"]).out.contains("[left-before]");
    root.write(&new, &agency);
    assert!(!is_known(), "nobody has said what it was called before");
    root.write(&new, format!("formerly: [franklin-doc]\n{agency}"));
    assert!(is_known());
}

#[test]
fn somebody_who_was_forgotten_is_listed_again_only_by_name() {
    let root = left(40);
    let submission = registered(&root, "0123456", Vec::new());
    root.succeeds(&["forget", PERSON, "--yes"]);
    let promote = |more: &[&str]| {
        let id = submission.id.to_string();
        root.run(&[&["review", "promote", &id, "--yes"], more].concat())
    };
    for more in [&[][..], &["--returns", "Somebody Else"]] {
        let said = promote(more);
        assert!(said.status == 1 && said.out.contains("[left-before]"), "{more:?}: {}{}", said.out, said.err);
    }
    // Another machine has the tombstones, and not the key: nobody there may say that nobody left.
    std::fs::rename(root.path().join("var/tombstones.key"), root.path().join("kept")).unwrap();
    let said = promote(&[]);
    assert!(said.status == 2 && said.err.contains("the key that knows them again"), "{}", said.err);
    std::fs::rename(root.path().join("kept"), root.path().join("var/tombstones.key")).unwrap();
    let said = promote(&["--returns", "Quentin Example"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("they left before, and return: profiles/forgotten/"), "{}", said.out);
    assert!(!root.path().join("profiles/forgotten").exists(), "they are here again, and nobody left");
    root.succeeds(&["check"]);
}

#[test]
fn what_was_sent_of_them_goes_with_the_next_sweep_and_letters_with_it() {
    let root = left(31);
    let id = registered(&root, "0777061", Vec::new()).id;
    for (from, to, profile) in
        [(State::Received, State::Promoted, Some(PERSON.to_owned())), (State::Promoted, State::Published, None)]
    {
        let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(1);
        let decision = Decision {
            at,
            editor: "ann".into(),
            id: id.clone(),
            from,
            to,
            reason: None,
            profile,
            assured: Vec::new(),
            answers: None,
        };
        block_on(store(&root).decide(&decision)).unwrap();
    }
    root.write(&format!("var/mail/{}-live.html", id.key()), "14 Elm Row");
    let said = root.run(&["forget", PERSON, "--yes"]);
    assert!(said.status == 0 && said.out.contains(&id.to_string()), "{}{}", said.out, said.err);
    assert!(holding(&root, &["Elm Row"]).is_empty());
    assert_eq!(block_on(store(&root).row(&id)).unwrap().unwrap().state, State::Withdrawn);
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    assert_eq!(block_on(review::sweep(&store(&root), later)).unwrap().removed, [id]);
    assert!(block_on(store(&root).entries()).unwrap().len() == 1 && holding(&root, &["Maria Example"]).is_empty());
}

#[test]
fn letters_papers_and_copies_go_after_thirty_days_whatever_the_store_says() {
    let root = Root::copy();
    let day = Duration::from_secs(24 * 3600);
    let files = [
        "var/mail/AB2CD3EF-live.html",
        "var/mail/AB2CD3EF-live.eml",
        "var/removals/x/receipt.txt",
        "var/cache/photos/x.jpg",
    ];
    for (days, kept) in [(29, true), (31, false)] {
        for file in files {
            root.write(file, "14 Elm Row");
            let written = std::fs::File::options().append(true).open(root.path().join(file)).unwrap();
            written.set_modified(SystemTime::now() - day * days).unwrap();
        }
        let said = root.succeeds(&["review", "sweep"]);
        assert!(files.iter().all(|file| root.path().join(file).exists() == kept), "after {days} days: {}", said.out);
        assert_eq!(said.out.contains("var/mail/AB2CD3EF-live.eml is deleted"), !kept, "{}", said.out);
    }
}

/// A repository in which Marcus was, and a clone of it.
fn repository_of(root: &Root) {
    root.write("site/profiles/marcus-k7m2q.yaml", root.read("profiles/marcus-k7m2q.yaml"));
    root.write("site/profiles/earl-3v79x.yaml", root.read("profiles/earl-3v79x.yaml"));
    let steps = "git init --quiet --bare --initial-branch main host.git
        cd site && git init --quiet --initial-branch main && git add --all && git commit --quiet --message first
        git tag then && git branch other && git rm --quiet profiles/marcus-k7m2q.yaml
        git commit --quiet --message 'Forget marcus-k7m2q' && git push --quiet ../host.git --all && git push --quiet ../host.git --tags";
    assert_eq!(shell(root, "", steps), (true, String::new()));
}

/// Runs steps in a folder of a root; whether the last went well, and what they printed.
fn shell(root: &Root, folder: &str, steps: &str) -> (bool, String) {
    let mut command = std::process::Command::new("sh");
    for who in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        command.env(format!("{who}_NAME"), "Ann").env(format!("{who}_EMAIL"), "ann@example.org");
    }
    let output = command.arg("-c").arg(steps).current_dir(root.path().join(folder)).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_steps_of_the_guide_take_one_person_out_of_the_history_and_nobody_else() {
    let guide = std::fs::read_to_string(crate::site::repository().join("infra/README.md")).unwrap();
    let (_, section) = guide.split_once("## Taking one person out of the history\n").unwrap();
    let steps = section.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let root = Root::copy();
    repository_of(&root);
    let objects = "git rev-list --all --objects";
    assert!(shell(&root, "host.git", objects).1.contains("marcus-k7m2q"));
    let host = format!("REPOSITORY={}/host.git", root.path().display());
    let steps = steps.replace("REPOSITORY=git@example.org:site.git", &host);
    let (went, said) = shell(&root, "", &steps);
    assert!(went, "{said}");
    let (_, left) = shell(
        &root,
        "host.git",
        &format!("git gc --quiet --prune=now; {objects}; git log --all --format=%B; git for-each-ref"),
    );
    assert!(!left.contains("marcus"), "{left}");
    for kept in ["profiles/earl-3v79x.yaml", "first", "Forget somebody", "refs/tags/then", "refs/heads/other"] {
        assert!(left.contains(kept), "{kept}: {left}");
    }
}
