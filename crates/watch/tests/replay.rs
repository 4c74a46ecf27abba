//! Stored pages of invented agencies, replayed: what a watch finds, what it writes, and how politely it asks. No clock is asked but the
//! replay's own.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed, and says where")]

use jiff::civil::{Date, date};
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::place::changed::{Change, Changed, FILE};
use schema::place::kinds::{ChangeKind, QuotedFor};
use schema::place::service::Service;
use schema::place::source::Quote;
use schema::record::facts::Around;
use schema::record::fields::{Record, check_file};
use schema::yaml::{MAX_BYTES, read};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use watch::{Answer, Asked, NAME, Network, Options, Report, Unreached, watch};

const MAIL: &str = "https://doc.franklin.example/mail";
const LISTINGS: &str = "https://doc.franklin.example/rules/listings";
const PRICES: &str = "https://pigeonpost.example/prices";
const DAY: Date = date(2026, 11, 12);
const PAUSE: Duration = Duration::from_secs(5);

/// A network that answers from what was stored, and whose time passes only where somebody rests.
#[derive(Default)]
struct Replay {
    pages: BTreeMap<String, Result<Answer, String>>,
    /// What was asked for, when, and whether by a mark.
    asked: Vec<(String, Duration, bool)>,
    now: Duration,
}

impl Network for Replay {
    fn get(&mut self, asked: &Asked<'_>) -> Result<Answer, String> {
        self.asked.push((asked.url.to_string(), self.now, asked.etag.is_some()));
        let absent = Ok(Answer { status: 404, ..Answer::default() });
        let answer = self.pages.get(asked.url.as_str()).cloned().unwrap_or(absent)?;
        let is_known = asked.etag.is_some() && asked.etag == answer.etag.as_deref();
        Ok(if is_known { Answer { status: 304, ..Answer::default() } } else { answer })
    }

    fn now(&self) -> Duration {
        self.now
    }

    fn rest(&mut self, time: Duration) {
        self.now += time;
    }
}

/// A stored page.
fn stored(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name)).unwrap()
}

fn html(name: &str) -> Answer {
    Answer { status: 200, media: "text/html; charset=utf-8".to_owned(), body: stored(name), ..Answer::default() }
}

impl Replay {
    /// The pages as they were when they were quoted.
    fn as_quoted() -> Self {
        Self::default()
            .with(MAIL, html("mail-1.html"))
            .with(LISTINGS, html("listings.html"))
            .with(PRICES, html("prices-1.html"))
    }

    fn with(mut self, url: &str, answer: Answer) -> Self {
        self.pages.insert(url.to_owned(), Ok(answer));
        self
    }

    fn status(self, url: &str, status: u16) -> Self {
        self.with(url, Answer { status, ..Answer::default() })
    }

    fn times(&self, url: &str) -> usize {
        self.asked.iter().filter(|(asked, ..)| asked == url).count()
    }
}

/// A root of its own, and what stands in it.
struct Stage {
    root: tempfile::TempDir,
    catalogue: Catalogue,
}

fn record<R: Record>(name: &str, facts: &Catalogue) -> R {
    let text = String::from_utf8(stored(&format!("{name}.yaml"))).unwrap();
    let (file, structural) = read::<R::File>(&text);
    let stem = text.lines().next().unwrap().trim_start_matches("id: ");
    let (record, problems) = check_file::<R>(&file, stem, Around { facts, today: DAY }, structural);
    assert!(problems.is_empty(), "{problems:?}");
    record.unwrap()
}

impl Stage {
    fn new() -> Self {
        let mut catalogue = Catalogue::default();
        catalogue.services.insert("pigeonpost".to_owned(), record::<Service>("service", &catalogue));
        catalogue.agencies.insert("franklin-doc".to_owned(), record::<Agency>("agency", &catalogue));
        Self { root: tempfile::tempdir().unwrap(), catalogue }
    }

    /// A run on a day; what it writes stands in the root from then on.
    fn watch(&mut self, network: &mut Replay, day: Date) -> Report {
        let report = self.look(network, (day, &[], false));
        let text = std::fs::read_to_string(self.root.path().join(FILE)).unwrap_or_default();
        let around = Around { facts: &self.catalogue.clone(), today: day };
        let (file, structural) =
            if text.is_empty() { <_>::default() } else { read::<<Changed as Record>::File>(&text) };
        let (changed, problems) = check_file::<Changed>(&file, "changed", around, structural);
        assert!(text.is_empty() || problems.is_empty(), "{text}\n{problems:?}");
        self.catalogue.changed = changed.unwrap_or_default();
        report
    }

    fn look(&self, network: &mut Replay, (day, agencies, is_dry): (Date, &[String], bool)) -> Report {
        let (root, catalogue) = (self.root.path(), &self.catalogue);
        watch(&Options { root, catalogue, agencies, day, pause: PAUSE, is_dry }, network, |_| {}).unwrap()
    }

    fn changes(&self) -> &[Change] {
        &self.catalogue.changed.changes
    }

    /// An editor reads a page of the agency.
    fn read(&mut self, url: &str, day: Date) {
        let sources = self.catalogue.agencies.values_mut().flat_map(|agency| &mut agency.sources);
        sources.filter(|source| source.url == url).for_each(|source| source.read = day);
    }
}

fn unreached(report: &Report) -> Vec<(&str, &str)> {
    report.not_reached.iter().map(|Unreached { url, why }| (url.as_str(), why.as_str())).collect()
}

#[test]
fn three_changes_are_found_each_with_what_stands_there_now() {
    let (mut stage, mut before) = (Stage::new(), Replay::as_quoted());
    let first = stage.watch(&mut before, date(2026, 11, 5));
    assert_eq!((first.compared, first.unchanged, first.is_written), (3, 3, false), "{first:?}");
    let after =
        Replay::default().with(MAIL, html("mail-2.html")).with(PRICES, html("prices-2.html")).status(LISTINGS, 410);
    let mut after = after;
    let second = stage.watch(&mut after, DAY);
    assert_eq!((second.compared, second.unchanged, second.changed.len()), (3, 0, 4), "{second:?}");
    let told: Vec<(ChangeKind, String)> =
        stage.changes().iter().map(|change| (change.what, change.difference())).collect();
    assert_eq!(
        told,
        [
            (
                ChangeKind::Words,
                "Address each letter to the person’s full name and DOC number, [-1200 Mill Road, Millford,-] {+PO Box 99, Saltport,+} FK [-79000-] \
                 {+79155.+}"
                    .to_owned()
            ),
            (ChangeKind::Words, told[1].1.clone()),
            (ChangeKind::Gone, "the page is gone".to_owned()),
            (ChangeKind::Words, "Each message costs one stamp, and a stamp costs [-$0.25.-] {+$0.35.+}".to_owned()),
        ]
    );
    assert!(told[1].1.contains("{+SwiftScan opens+}") || told[1].1.contains("SwiftScan"), "{}", told[1].1);
    assert!(stage.changes().iter().all(|change| change.since == DAY));
    let text = std::fs::read(stage.root.path().join(FILE)).unwrap();
    let third = stage.watch(&mut after, date(2026, 11, 19));
    assert!(!third.is_written, "{third:?}");
    assert_eq!(std::fs::read(stage.root.path().join(FILE)).unwrap(), text, "the second time changes nothing");
}

#[test]
fn another_look_is_no_change() {
    let mut stage = Stage::new();
    let mut network = Replay::as_quoted().with(MAIL, html("mail-1-new-look.html"));
    let report = stage.watch(&mut network, DAY);
    assert_eq!((report.compared, report.unchanged), (3, 3), "{report:?}");
    assert!(!stage.root.path().join(FILE).exists());
}

#[test]
fn a_page_of_an_older_alphabet_is_read_in_it() {
    let mut stage = Stage::new();
    let text = String::from_utf8(stored("mail-1.html")).unwrap().replace("<meta charset=\"utf-8\">", "");
    let latin: Vec<u8> =
        text.chars().map(|c| if c == '’' { 0x92 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    assert!(std::str::from_utf8(&latin).is_err());
    let media = "text/html; charset=iso-8859-1".to_owned();
    let mut network = Replay::as_quoted().with(MAIL, Answer { media, body: latin, ..html("mail-1.html") });
    let report = stage.watch(&mut network, DAY);
    assert_eq!(report.unchanged, 3, "{report:?}");
}

#[test]
fn what_cannot_be_looked_at_is_told_and_never_a_change() {
    let empty = Answer { body: b"<div id=app></div><script src=app.js></script>".to_vec(), ..html("wall.html") };
    for (answer, why) in [
        (html("wall.html"), "it shows a wall to programs"),
        (empty, "it shows almost no words to a program"),
        (Answer { status: 500, ..Answer::default() }, "it answered with 500"),
        (Answer { status: 403, ..Answer::default() }, "it answered with 403"),
        (Answer { status: 304, ..Answer::default() }, "it answered with 304"),
        (Answer { status: 302, ..Answer::default() }, "it leads on to nowhere"),
        (
            Answer { status: 302, location: Some("file:///etc/passwd".to_owned()), ..Answer::default() },
            "it leads on to nowhere",
        ),
        (
            Answer { status: 301, location: Some("/mail".to_owned()), ..Answer::default() },
            "it leads on more than 5 times",
        ),
    ] {
        let mut stage = Stage::new();
        let report = stage.watch(&mut Replay::as_quoted().with(MAIL, answer), DAY);
        assert_eq!((unreached(&report), report.compared), (vec![(MAIL, why)], 2));
        assert!(stage.changes().is_empty());
    }
    let (mut stage, mut network) = (Stage::new(), Replay::as_quoted());
    network.pages.insert(PRICES.to_owned(), Err("timeout: global".to_owned()));
    assert_eq!(unreached(&stage.watch(&mut network, DAY)), [(PRICES, "timeout: global")]);
}

#[test]
fn what_stood_stands_while_nobody_can_look() {
    let mut stage = Stage::new();
    stage.watch(&mut Replay::as_quoted().with(PRICES, html("prices-2.html")), DAY);
    assert_eq!(stage.changes().len(), 1);
    let report = stage.watch(&mut Replay::as_quoted().status(PRICES, 500), date(2026, 11, 19));
    assert!(!report.is_written && stage.changes().len() == 1, "{report:?}");
}

#[test]
fn robots_txt_is_asked_once_for_each_host_and_obeyed() {
    let robots = |text: &str| Answer {
        status: 200,
        media: "text/plain".to_owned(),
        body: text.as_bytes().to_vec(),
        ..Answer::default()
    };
    let (place, mut stage) = ("https://doc.franklin.example/robots.txt", Stage::new());
    let mut network = Replay::as_quoted().with(place, robots(&format!("User-agent: {NAME}\nDisallow: /mail\n")));
    let report = stage.watch(&mut network, DAY);
    assert_eq!(unreached(&report), [(MAIL, "its robots.txt asks programs to stay out")]);
    assert_eq!((network.times(MAIL), network.times(LISTINGS), network.times(place)), (0, 1, 1));
    let mut network = Replay::as_quoted().status(place, 500);
    let report = Stage::new().watch(&mut network, DAY);
    assert_eq!((report.not_reached.len(), network.times(MAIL)), (2, 0), "nobody knows what is allowed: {report:?}");
}

#[test]
fn a_redirect_is_followed_where_its_own_site_allows() {
    let other = "https://www.franklin.example/inmates/mail";
    let leads = |to: &str| Answer { status: 301, location: Some(to.to_owned()), ..Answer::default() };
    let network =
        || Replay::as_quoted().with(MAIL, leads("/post")).with("https://doc.franklin.example/post", leads(other));
    let mut followed = network().with(other, html("mail-1.html"));
    assert_eq!(Stage::new().watch(&mut followed, DAY).unchanged, 3);
    let text = b"User-agent: *\nDisallow: /inmates/\n".to_vec();
    let robots = Answer { status: 200, body: text, ..Answer::default() };
    let mut shut = network().with(other, html("mail-1.html")).with("https://www.franklin.example/robots.txt", robots);
    let report = Stage::new().watch(&mut shut, DAY);
    assert_eq!((unreached(&report), shut.times(other)), (vec![(MAIL, "its robots.txt asks programs to stay out")], 0));
}

#[test]
fn a_host_has_its_pause_and_is_left_alone_where_it_asks_for_that() {
    let mut network = Replay::as_quoted();
    Stage::new().watch(&mut network, DAY);
    let of = |host: &str| {
        network.asked.iter().filter(|(url, ..)| url.contains(host)).map(|(_, at, _)| *at).collect::<Vec<_>>()
    };
    let times = of("doc.franklin.example");
    assert_eq!(times.len(), 3, "robots.txt and two pages, each once");
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= PAUSE), "{times:?}");
    assert!(network.now < PAUSE * 3, "the pause of one host is filled by another: {:?}", network.asked);
    let slow = Answer { status: 200, body: b"User-agent: *\nCrawl-delay: 30".to_vec(), ..Answer::default() };
    let mut network = Replay::as_quoted().with("https://doc.franklin.example/robots.txt", slow);
    Stage::new().watch(&mut network, DAY);
    assert!(network.now >= Duration::from_secs(60), "{:?}", network.asked);
    let mut network = Replay::as_quoted().status(MAIL, 429);
    let report = Stage::new().watch(&mut network, DAY);
    assert_eq!((report.not_reached.len(), network.times(LISTINGS)), (2, 0), "{report:?}");
}

#[test]
fn a_page_that_is_as_it_was_is_not_sent_again() {
    let mut stage = Stage::new();
    let etag = Some("\"v1\"".to_owned());
    let mut network = Replay::as_quoted().with(MAIL, Answer { etag: etag.clone(), ..html("mail-1.html") });
    stage.watch(&mut network, DAY);
    let second = stage.watch(&mut network, date(2026, 11, 19));
    assert_eq!(second.unchanged, 3);
    let marks: Vec<bool> =
        network.asked.iter().filter(|(url, ..)| url == MAIL).map(|(_, _, by_mark)| *by_mark).collect();
    assert_eq!(marks, [false, true]);
    // Of a page that has to answer for another quotation, all is asked for.
    stage
        .catalogue
        .agencies
        .values_mut()
        .for_each(|agency| agency.sources[0].quotes[0].words = "Call us from Monday".to_owned());
    assert_eq!(stage.watch(&mut network, date(2026, 11, 26)).unchanged, 3);
    assert!(!network.asked.iter().rev().find(|(url, ..)| url == MAIL).unwrap().2);
    std::fs::write(stage.root.path().join("var/watch.json"), "{").unwrap();
    assert_eq!(stage.watch(&mut network, date(2026, 12, 3)).unchanged, 3, "what cannot be read is made again");
}

#[test]
fn a_change_ends_where_the_words_are_back() {
    let mut stage = Stage::new();
    stage.watch(&mut Replay::as_quoted().with(PRICES, html("prices-2.html")), DAY);
    assert_eq!(stage.changes().len(), 1);
    let report = stage.watch(&mut Replay::as_quoted(), date(2026, 11, 19));
    assert_eq!((report.ended, stage.root.path().join(FILE).exists()), (vec![PRICES.to_owned()], false));
}

#[test]
fn a_change_keeps_its_day_until_somebody_reads_and_gets_another_where_the_page_changes_again() {
    let mut stage = Stage::new();
    let page = |text: &str| {
        let body = String::from_utf8(stored("mail-2.html")).unwrap().replace("PO Box 99", text).into_bytes();
        Replay::as_quoted().with(MAIL, Answer { body, ..html("mail-2.html") })
    };
    stage.watch(&mut page("PO Box 99"), DAY);
    let since = |stage: &Stage| stage.changes().iter().map(|change| change.since).collect::<Vec<_>>();
    stage.watch(&mut page("PO Box 7"), date(2026, 11, 19));
    assert_eq!(since(&stage), [DAY, DAY], "nobody has read it: it may have changed since then");
    assert!(stage.changes()[0].now.as_ref().unwrap().contains("PO Box 7"), "{:?}", stage.changes());
    stage.read(MAIL, date(2026, 11, 20));
    let doubts = |stage: &Stage| {
        let sources = &stage.catalogue.agencies["franklin-doc"].sources;
        stage.changes().iter().any(|change| sources.iter().any(|source| !change.doubts(source).is_empty()))
    };
    assert!(!doubts(&stage));
    let report = stage.watch(&mut page("PO Box 7"), date(2026, 11, 26));
    assert!(!report.is_written && !doubts(&stage), "what was read does not come back: {report:?}");
    stage.watch(&mut page("PO Box 8"), date(2026, 12, 3));
    assert_eq!(since(&stage), [date(2026, 12, 3), DAY]);
    assert!(doubts(&stage));
}

#[test]
fn a_document_is_compared_as_a_whole_from_the_second_time_on() {
    let mut stage = Stage::new();
    let pdf = |bytes: &[u8]| Answer { media: "application/pdf".to_owned(), body: bytes.to_vec(), ..html("wall.html") };
    let with = |bytes: &[u8]| Replay::as_quoted().with(MAIL, pdf(bytes));
    let first = stage.watch(&mut with(b"%PDF 1"), DAY);
    assert_eq!((first.compared, first.not_comparable), (2, vec![MAIL.to_owned()]));
    assert_eq!(stage.watch(&mut with(b"%PDF 1"), date(2026, 11, 19)).unchanged, 3);
    let other = stage.watch(&mut with(b"%PDF 2"), date(2026, 11, 26));
    assert_eq!((other.changed.len(), other.changed[0].what), (1, ChangeKind::Document));
    assert!(!stage.watch(&mut with(b"%PDF 2"), date(2026, 12, 3)).is_written);
    stage.read(MAIL, date(2026, 12, 4));
    let read = stage.watch(&mut with(b"%PDF 2"), date(2026, 12, 10));
    assert_eq!((read.unchanged, read.ended, stage.changes().len()), (3, vec![MAIL.to_owned()], 0));
}

#[test]
fn a_run_for_one_agency_leaves_the_others_and_a_dry_one_writes_nothing() {
    let stage = Stage::new();
    let mut network = Replay::as_quoted().with(PRICES, html("prices-2.html"));
    let dry = stage.look(&mut network, (DAY, &[], true));
    assert!(dry.is_written && dry.changed.len() == 1);
    assert_eq!(std::fs::read_dir(stage.root.path()).unwrap().count(), 0);
    let mut catalogue = stage.catalogue.clone();
    catalogue.agencies.values_mut().for_each(|agency| agency.services = None);
    let (alone, mut network) = (Stage { catalogue, ..Stage::new() }, Replay::as_quoted());
    let report = alone.look(&mut network, (DAY, &["franklin-doc".to_owned()], false));
    assert_eq!((report.compared, network.times(PRICES)), (2, 0));
    let options = |agencies| Options {
        root: alone.root.path(),
        catalogue: &alone.catalogue,
        agencies,
        day: DAY,
        pause: PAUSE,
        is_dry: true,
    };
    let error = watch(&options(&["franklin".to_owned()]), &mut network, |_| {}).unwrap_err();
    assert_eq!(error.to_string(), "there is no agency `franklin` in content/agencies");
}

#[test]
fn more_than_the_file_can_hold_is_counted_and_waits() {
    let mut stage = Stage::new();
    let quote =
        |number: usize| Quote { of: vec![QuotedFor::Routes], words: format!("rule {number}: {}", "x".repeat(200)) };
    stage.catalogue.agencies.values_mut().for_each(|agency| agency.sources[0].quotes = (0..400).map(quote).collect());
    let report = stage.watch(&mut Replay::as_quoted(), DAY);
    let size = std::fs::metadata(stage.root.path().join(FILE)).unwrap().len();
    assert_eq!((report.changed.len(), stage.changes().len() + report.without_room), (400, 400));
    assert!(report.without_room > 0 && usize::try_from(size).unwrap() <= MAX_BYTES, "{size}");
    let again = stage.watch(&mut Replay::as_quoted(), date(2026, 11, 19));
    assert!(!again.is_written && again.without_room == report.without_room, "{again:?}");
}
