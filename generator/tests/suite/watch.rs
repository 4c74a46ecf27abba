//! Cited pages that changed, from the page itself to the site's own: noted, queued with what changed, said where the fact is shown, and
//! silent again once somebody has read them. The pages are stored ones, replayed.

use crate::site::{DAY, Root, repository};
use jiff::civil::Date;
use std::time::Duration;
use watch::{Answer, Asked, Network, Options};

const AGENCY: &str = "content/agencies/franklin-doc.yaml";
const SERVICE: &str = "content/services/pigeonpost.yaml";
const CHANGED: &str = "content/changed.yaml";
const MAIL: &str = "https://doc.franklin.example/mail";
const SAYS: &str = "This may have changed since 30 November 2026. We are looking it up.";

/// A network of stored pages.
struct Replay(Vec<(&'static str, &'static str)>);

impl Network for Replay {
    fn get(&mut self, asked: &Asked<'_>) -> Result<Answer, String> {
        let page = self.0.iter().find(|(url, _)| *url == asked.url.as_str());
        let Some((_, name)) = page else { return Ok(Answer { status: 404, ..Answer::default() }) };
        let (media, body) = ("text/html; charset=utf-8".to_owned(), std::fs::read(stored(name)).unwrap());
        Ok(Answer { status: 200, media, body, ..Answer::default() })
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn rest(&mut self, _: Duration) {}
}

fn stored(name: &str) -> std::path::PathBuf {
    repository().join("crates/watch/tests/pages").join(name)
}

/// A root whose agency and service cite pages.
fn citing() -> Root {
    let root = Root::copy();
    for (file, name) in [(AGENCY, "agency.yaml"), (SERVICE, "service.yaml")] {
        let cites = std::fs::read_to_string(stored(name)).unwrap();
        let (_, sources) = cites.split_once("sources:\n").unwrap();
        root.replace(file, "invented: true\n", &format!("sources:\n  # by hand\n{sources}"));
    }
    root
}

/// The pages as they were quoted, but that of the listing rule, which is gone.
fn changed() -> Replay {
    Replay(vec![(MAIL, "mail-2.html"), ("https://pigeonpost.example/prices", "prices-2.html")])
}

fn watched(root: &Root, network: &mut Replay, day: &str) -> watch::Report {
    let day: Date = day.parse().unwrap();
    let content = site::source::load_content(root.path(), day).unwrap();
    assert!(content.findings.is_empty(), "{:?}", content.findings);
    let (root, catalogue, pause) = (root.path(), &content.catalogue, Duration::from_secs(5));
    // The others of this repository exist, and are left alone.
    let agencies = &["franklin-doc".to_owned()];
    let options = Options { root, catalogue, agencies, day, pause, is_dry: false };
    let services = watch::watch(&options, network, |_| {}).unwrap();
    assert!(services.not_reached.is_empty(), "{services:?}");
    services
}

/// A root in which three pages have changed, as of 30 November 2026.
fn with_changes() -> Root {
    let root = citing();
    root.replace(AGENCY, "sources:\n", "services: [pigeonpost]\nsources:\n");
    let report = watched(&root, &mut changed(), "2026-11-30");
    assert_eq!((report.compared, report.changed.len(), report.is_written), (3, 4, true), "{report:?}");
    root
}

fn built(root: &Root) {
    let said = root.build();
    assert_eq!(said.status, 0, "{}", said.out);
}

#[test]
fn a_change_is_queued_and_said_until_somebody_reads_the_page() {
    let root = with_changes();
    let before = root.read(CHANGED);
    assert!(!watched(&root, &mut changed(), "2026-12-07").is_written);
    assert_eq!(root.read(CHANGED), before, "the second time changes nothing");

    let said = root.check();
    assert_eq!(said.status, 0, "{}", said.out);
    assert!(said.out.contains("\nCited pages that may say something else now (4):\n"), "{}", said.out);
    let line = "  by 2026-12-07  content/agencies/franklin-doc.yaml: routes may have changed since 2026-11-30: Address each letter to the \
                person’s full name and DOC number, [-1200 Mill Road, Millford,-] {+PO Box 99, Saltport,+} FK [-79000-] {+79155.+}; read \
                https://doc.franklin.example/mail and put its words and the day into `sources`, or, where all still holds, \
                `inside-out watch --seen https://doc.franklin.example/mail`";
    assert!(said.out.contains(line), "{}", said.out);
    for words in ["listing may have changed since 2026-11-30: the page is gone", "a stamp costs [-$0.25.-] {+$0.35.+}"]
    {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }

    built(&root);
    let (person, agency) =
        (root.read("site/people/marcus-k7m2q/index.html"), root.read("site/mail/franklin-doc/index.html"));
    assert!(person.contains(&format!("<p class=\"note warn coming\">{SAYS}")), "{person}");
    assert!(person.contains(&format!("<strong>{SAYS}</strong>")), "the service's price: {person}");
    assert_eq!(agency.matches(SAYS).count(), 2, "how mail travels, and the rule for listings: {agency}");
    assert!(root.read("site/facilities/river-bend/index.html").contains(SAYS));
    assert_eq!(
        root.read("site/mail/index.html").matches(SAYS).count(),
        1,
        "the agency; real services stand there alone"
    );
    assert!(!root.read("site/mail/texas-doc/index.html").contains(SAYS));

    // The editor reads the page, and puts its words in.
    let now = "PO Box 99, Saltport, FK 79155";
    root.replace(AGENCY, "1200 Mill Road, Millford, FK 79000", now);
    root.replace(
        AGENCY,
        "Staff of the mail room open each letter … and hand it over within two days.",
        "SwiftScan opens each letter",
    );
    root.replace(AGENCY, "    read: 2026-10-01", "    read: 2026-11-30");
    built(&root);
    assert!(!root.read("site/people/marcus-k7m2q/index.html").contains("note warn coming"));
    assert_eq!(
        root.read("site/mail/franklin-doc/index.html").matches(SAYS).count(),
        1,
        "the rule for listings is still in doubt"
    );
    let report = watched(&root, &mut changed(), "2026-12-14");
    assert_eq!(report.ended, [MAIL], "{report:?}");
    assert!(!root.read(CHANGED).contains(MAIL));
}

#[test]
fn that_a_page_was_read_is_one_line_and_is_told_where_a_quotation_is_left() {
    let root = with_changes();
    let before = root.read(AGENCY);
    let said = root.succeeds(&["watch", "--seen", MAIL, "--date", "2026-11-30"]);
    assert!(said.out.contains("content/agencies/franklin-doc.yaml: read on 2026-11-30"), "{}", said.out);
    assert!(said.out.contains("Not on the page any more: \"Address each letter"), "{}", said.out);
    assert_eq!(root.read(AGENCY), before.replacen("    read: 2026-10-01", "    read: 2026-11-30", 1));
    built(&root);
    assert!(!root.read("site/people/marcus-k7m2q/index.html").contains("note warn coming"));
    let queue = root.check().out;
    assert!(queue.contains("2  a quotation that its page no longer holds"), "{queue}");
    assert!(queue.contains("Cited pages that may say something else now (2):"), "{queue}");
    assert!(!watched(&root, &mut changed(), "2026-12-14").is_written, "what was read does not come back by itself");
}

#[test]
fn what_is_wrong_is_one_clear_error_and_asks_nobody() {
    let root = citing();
    let said =
        root.succeeds(&["watch", "--from", "editor@letters.org", "--agency", "jefferson-corrections", "--date", DAY]);
    assert!(said.out.starts_with("0 pages compared: 0 unchanged, 0 changed.\n"), "{}", said.out);
    let json = root.succeeds(&[
        "watch",
        "--json",
        "--from",
        "editor@letters.org",
        "--agency",
        "jefferson-corrections",
        "--date",
        DAY,
    ]);
    assert!(json.out.contains("\"not_reached\": []"), "{}", json.out);
    for (words, expected) in [
        (vec!["watch"], "this site is a sample, and nobody reads mail"),
        (vec!["watch", "--from", "me"], "`me` is not an e-mail address"),
        (vec!["watch", "--from", "a@letters.org", "--agency", "franklin"], "there is no agency `franklin`"),
        (vec!["watch", "--pause", "0"], "0 is not in 1..=600"),
        (
            vec!["watch", "--seen", "https://doc.franklin.example/x"],
            "no agency or service cites https://doc.franklin.example/x",
        ),
        (vec!["watch", "--seen", MAIL, "--dry-run"], "cannot be used with"),
    ] {
        let said = root.run(&[words.as_slice(), &["--date", DAY]].concat());
        assert_eq!(said.status, 2, "{words:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(expected), "{words:?}: {}", said.err);
    }
    root.replace(AGENCY, "sources:\n  # by hand\n  - url:", "sources:\n  # by hand\n  - address:");
    let said = root.run(&["watch", "--from", "a@letters.org", "--date", DAY]);
    assert!(
        said.status == 2
            && said.err.contains("what is cited cannot be read whole: content/agencies/franklin-doc.yaml:"),
        "{}",
        said.err
    );
}

#[test]
fn slips_in_the_file_of_changes_are_told() {
    let root = citing();
    root.write(
        CHANGED,
        format!("changes:\n  - url: {MAIL}\n    what: words\n    since: 2026-12-24\n  - url: {MAIL}\n    what: away\n"),
    );
    let said = root.run(&["check", "--date", DAY]).out;
    for words in ["`since` (`2026-12-24`) is after", "the key `was` is missing", "`away`", "the key `since` is missing"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    root.write(CHANGED, "changes: []\n");
    assert_eq!(root.check().status, 0);
}
