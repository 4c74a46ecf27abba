//! The work queue that `check` and `review list` show: what grows old, ends, begins, or cannot be addressed, with its day.

use crate::site::Root;

/// What `check --json` prints.
#[derive(serde::Deserialize)]
struct Report {
    problems: Vec<serde_json::Value>,
    queue: Vec<Task>,
}

#[derive(serde::Deserialize)]
struct Task {
    due: String,
    file: String,
    what: String,
}

/// The lines of the queue about a file, on a day.
fn about(root: &Root, file: &str, day: &str) -> Vec<String> {
    let said = root.succeeds(&["check", "--json", "--date", day]);
    let report: Report = serde_json::from_str(&said.out).unwrap();
    assert!(report.problems.is_empty());
    let tasks = report.queue.iter().filter(|task| task.file == file);
    tasks.map(|task| format!("{} {}", task.due, task.what)).collect()
}

#[test]
fn facts_over_180_days_old_are_queued_with_the_day_they_fell_due() {
    let (root, file) = (Root::copy(), "content/agencies/franklin-doc.yaml");
    assert!(about(&root, file, "2026-11-30").is_empty());
    assert_eq!(
        about(&root, file, "2027-04-01"),
        [
            "2027-03-30 the listing rule: checked on 2026-10-01, over 180 days ago",
            "2027-03-30 the route of letters: checked on 2026-10-01, over 180 days ago",
        ]
    );
}

#[test]
fn routes_that_begin_end_or_have_ended_are_queued() {
    let (root, file) = (Root::copy(), "content/agencies/franklin-doc.yaml");
    let lines = "arrives: original\n    lines: [\"{mail_name} {number}\", PO Box 1]\n    rules: []\n    \
                 source: https://doc.franklin.example/rules/mail\n    checked: 2026-10-01\n";
    root.replace(file, "from: 2019-01-01", "from: 2019-01-01\n    until: 2026-12-15");
    root.replace(file, "invented: true", &format!("  - from: 2026-12-16\n    {lines}invented: true"));
    assert_eq!(
        about(&root, file, "2026-11-30"),
        ["2026-12-15 a route of letters ends", "2026-12-16 another route of letters begins"]
    );
    let alone = Root::copy();
    alone.replace(file, "from: 2019-01-01", "from: 2019-01-01\n    until: 2026-11-01");
    assert_eq!(about(&alone, file, "2026-11-30"), ["2026-11-01 the last route of letters has ended"]);
    let someone = about(&alone, "profiles/marcus-k7m2q.yaml", "2026-11-30");
    assert_eq!(someone, ["2026-11-30 no address: the last way of post that is known ended on 2026-11-01"]);
}

/// A second route beside franklin's first, which says no last day.
fn with_a_second(root: &Root, from: &str, until: &str) {
    let file = "content/agencies/franklin-doc.yaml";
    let lines = "arrives: original\n    lines: [\"{mail_name} {number}\", PO Box 1]\n    rules: []\n    \
                 source: https://doc.franklin.example/rules/mail\n    checked: 2026-10-01\n";
    root.replace(file, "invented: true", &format!("  - from: {from}\n    until: {until}\n    {lines}invented: true"));
}

#[test]
fn a_route_that_was_replaced_never_comes_back() {
    let (root, file) = (Root::copy(), "content/agencies/franklin-doc.yaml");
    with_a_second(&root, "2026-10-10", "2026-11-01");
    assert_eq!(about(&root, file, "2026-11-30"), ["2026-11-01 the last route of letters has ended"]);
    let someone = about(&root, "profiles/marcus-k7m2q.yaml", "2026-11-30");
    assert_eq!(someone, ["2026-11-30 no address: the last way of post that is known ended on 2026-11-01"]);
    assert_eq!(root.build().status, 0);
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(page.contains("The way of post that we knew ended on 1 November 2026."), "{page}");
    assert!(page.contains("We do not know for certain how post travels here today."), "{page}");
    assert!(!page.contains("<address id=\"address\">"), "no address is shown");
}

#[test]
fn the_address_of_a_facility_is_looked_up_again_after_180_days() {
    let (root, file) = (Root::copy(), "content/facilities/river-bend.yaml");
    assert!(about(&root, file, "2027-03-30").is_empty());
    assert_eq!(about(&root, file, "2027-03-31"), ["2027-03-30 the address: checked on 2026-10-01, over 180 days ago"]);
}

#[test]
fn a_check_that_is_nearly_due_is_queued_before_it_is() {
    let (root, file) = (Root::copy(), "profiles/marcus-k7m2q.yaml");
    assert!(about(&root, file, "2027-02-10").is_empty());
    assert_eq!(about(&root, file, "2027-03-01"), ["2027-03-30 checked on 2026-10-01, soon 180 days ago"]);
}

#[test]
fn release_consent_and_check_of_a_person_are_queued_near_and_past() {
    let (root, file) = (Root::copy(), "profiles/marcus-k7m2q.yaml");
    assert!(about(&root, file, "2026-11-30").is_empty());
    assert_eq!(
        about(&root, file, "2027-04-25"),
        ["2027-03-30 checked on 2026-10-01, over 180 days ago", "2027-05-02 consent ends: ask again"]
    );
    root.replace(file, "checked: 2026-10-01\n", "");
    assert_eq!(about(&root, file, "2026-11-30"), ["2026-05-14 not yet checked at the agency"]);
    root.replace(file, "listed: 2026-05-14\n", "listed: 2026-05-14\nchecked: 2026-10-01\n");
    root.replace(file, "number: \"0123456\"", "number: \"0123457\"");
    let moved = about(&root, file, "2026-11-30");
    assert_eq!(
        moved,
        ["2026-11-30 name, year of birth, number or facility changed since it was checked: compare it again"]
    );
    let past = about(&root, file, "2027-05-20");
    assert!(past.contains(&"2027-05-02 consent has ended: the page is hidden".to_owned()), "{past:?}");
    root.replace(file, "release: 2031", "release: 2026");
    let past = about(&root, file, "2027-01-05");
    assert!(past.contains(&"2026-12-31 past the release year: the page is hidden".to_owned()), "{past:?}");
    let withdrawn = "withdrawn: 2026-11-01\nstatus: withdrawn";
    for (why, status, day) in
        [("past the release year", "status: listed", "2027-01-31"), ("withdrawn", withdrawn, "2032-01-01")]
    {
        root.replace(file, "status: listed", status);
        let left = about(&root, file, day);
        let [only] = left.as_slice() else { panic!("who is to be forgotten is asked for nothing else: {left:?}") };
        let what = format!("({why}): `inside-out forget marcus-k7m2q` deletes what is still kept of them");
        assert!(only.ends_with(&what), "{only}");
    }
    root.replace(file, "withdrawn: 2026-11-01\n", "");
    let undated = about(&root, file, "2032-01-01");
    assert!(undated.len() == 1 && undated[0].contains("nobody wrote when"), "nobody can tell: {undated:?}");
}

#[test]
fn what_nobody_confirmed_waits_for_somebody() {
    let root = Root::copy();
    let told = about(&root, "content/agencies/texas-doc.yaml", "2026-11-30");
    for words in [
        "2026-12-27 legal mail: not confirmed at the source",
        "2026-12-27 the route of letters: not confirmed at the source",
        "2026-12-27 some of it is in doubt: `look_again` there says what",
    ] {
        assert!(told.contains(&words.to_owned()), "{words}: {told:?}");
    }
}

#[test]
fn the_queue_is_shown_below_and_never_fails_a_check() {
    let root = Root::copy();
    let said = root.check();
    assert_eq!(said.status, 0, "{}", said.out);
    assert!(said.out.starts_with("No problems"), "{}", said.out);
    let folded = said.out.split("\nTo look up again, when there is time (").nth(1).unwrap();
    let route = folded.lines().find(|line| line.contains("the route of letters: not confirmed at the source")).unwrap();
    let count: usize = route.split_whitespace().next().unwrap().parse().unwrap();
    assert!(count > 40 && folded.lines().count() < 12, "many, in a line for each kind: {folded}");
    assert!(folded.contains("`inside-out check --json` names each"), "{folded}");
    let listed = root.run(&["review", "list"]);
    assert_eq!(listed.status, 0, "{}", listed.err);
    assert!(listed.out.starts_with("Nothing waits.\n"), "{}", listed.out);
    root.replace("profiles/marcus-k7m2q.yaml", "checked: 2026-10-01\n", "");
    let listed = root.run(&["review", "list"]).out;
    let (first, last) =
        (listed.find("not yet checked at the agency").unwrap(), listed.find("To look up again").unwrap());
    assert!(first < last, "what somebody waits for comes first: {listed}");
}

#[test]
fn names_of_crawlers_looked_up_half_a_year_ago_are_looked_up_again() {
    let (root, file) = (Root::copy(), "content/crawlers.yaml");
    assert!(about(&root, file, "2027-05-20").is_empty());
    let told = about(&root, file, "2027-06-01");
    assert!(told.iter().any(|line| line.contains("checked on 2026-11-23, over 180 days ago")), "{told:?}");
}
