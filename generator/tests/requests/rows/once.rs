//! Rows 88 to 94: whatever is pressed, however often and whenever, it is sent once.

use crate::case::{Says, given};
use crate::filled::{Filled, registration, report, update};
use crate::site::site;
use crate::stage::Stage;
use crate::table::{How, Row, here, row, visit};
use crate::visit::{Kept, Visit, mine};
use crate::wire::{Got, Sent};
use jiff::{SignedDuration, Timestamp};
use schema::submission::kinds::{Flag, State};
use submit_fn::Measure;

pub(crate) fn rows() -> Vec<Row> {
    vec![
        visit(88, "a double click", double_click),
        row(
            89,
            "back and once more",
            vec![
                How::Visit(back_and_again),
                How::Visit(after_taking_back),
                How::Here(after_a_decision),
                How::Here(an_old_page),
            ],
        ),
        visit(90, "the same token with other answers", changed_answers),
        row(91, "tokens that are none of ours", vec![How::Visit(forged), How::Here(too_old_or_too_young)]),
        visit(92, "forty-five of one network, of whom five are held", at_once_from_one_network),
        row(93, "many people of one address", vec![How::Visit(shared_address), How::Here(machine_pace)]),
        here(94, "clocks and calendars", clocks),
    ]
}

fn says(visit: &Visit<'_>, got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}: {}", visit.row, got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "{}: `{words}` is missing in {}", visit.row, got.main());
}

/// Sends several requests at the same time.
pub(crate) fn at_the_same_time(visit: &Visit<'_>, all: &[Sent]) -> Vec<Got> {
    let door = visit.door;
    std::thread::scope(|scope| {
        let asked: Vec<_> = all.iter().map(|sent| scope.spawn(move || door.ask(sent))).collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).collect()
    })
}

/// Row 88, with eight clicks.
fn double_click(visit: &Visit<'_>) {
    for filled in [report().telling("row 88"), update().telling("row 88"), registration().also("note", "row 88")] {
        let page = visit.check(&filled);
        visit.door.read_a_while();
        let before = visit.door.rows().len();
        let all = at_the_same_time(visit, &vec![visit.button(&page, &filled.checked()); 8]);
        let kept: Vec<Kept> =
            all.iter().map(|got| visit.kept(got).unwrap_or_else(|| panic!("{}", got.main()))).collect();
        assert!(kept.iter().all(|each| each.reference == kept[0].reference && each.code == kept[0].code));
        assert_eq!(visit.door.rows().len(), before + 1);
        visit.submission(&kept[0].row);
    }
}

/// Row 89: the result is loaded again; then the form is sent again from its beginning, which is another submission, and editors
/// are told that the words are the same.
fn back_and_again(visit: &Visit<'_>) {
    let filled = registration().with("number", "0089089");
    let sent = filled.checked().from("203.0.113.89:1");
    let page = visit.ask(&sent);
    visit.door.read_a_while();
    let kept = visit.send(&page, &sent).unwrap();
    let again = visit.kept(&visit.ask(&visit.button(&page, &sent))).unwrap();
    let page = visit.ask(&sent);
    visit.door.read_a_while();
    let from_the_start = visit.kept(&visit.ask(&visit.button(&page, &sent))).unwrap();
    assert_eq!((&again.reference, &again.code), (&kept.reference, &kept.code));
    assert_ne!(from_the_start.reference, kept.reference);
    let repeated = |kept: &Kept| kept.row.flags.contains(&Flag::Repeated);
    assert_eq!((repeated(&kept), repeated(&from_the_start)), (false, true));
    assert_eq!(visit.door.rows().iter().filter(|row| row.id == kept.row.id).count(), 1);
}

/// Row 89, once an editor has decided: the same page sent again is a new submission, announced and told as one, and says when the
/// first came and what became of it. As long as the new one waits, it is sent once.
fn after_a_decision(visit: &Visit<'_>, stage: &Stage) {
    let harmed = report().with("kind_of", "no_contact");
    let forms = [
        (harmed, State::Done, "an editor had dealt with it by DAY."),
        (update(), State::Published, "what you asked for was on the site by DAY."),
        (registration(), State::Rejected, "by DAY an editor had decided that we could not use it."),
        (registration(), State::Promoted, "an editor had said yes to it by DAY."),
    ];
    let today = site().bundle.catalogue.site.time_zone.day(stage.now());
    let day = templates::dates::day(&site().theme.strings, "en", today);
    for (filled, to, how) in forms {
        let filled = filled.telling(&format!("row 89 {to:?}")).without("website");
        let filled = if filled.path("") == registration().path("") { filled.without("details") } else { filled };
        let page = visit.check(&filled);
        visit.door.read_a_while();
        let button = visit.button(&page, &filled.checked());
        let first = visit.kept(&visit.ask(&button)).unwrap();
        stage.decide(&first.row.id, to);
        let got = visit.ask(&button);
        let second = visit.kept(&got).unwrap_or_else(|| panic!("{}", got.main()));
        assert_ne!((&second.reference, &second.code), (&first.reference, &first.code), "{to:?}");
        assert!(second.row.waits() && second.row.flags.contains(&Flag::Repeated), "{:?}", second.row);
        assert_eq!(second.row.note_key().is_some(), first.row.note_key().is_some(), "what rang before rings again");
        let told = format!("You sent this before, on {day}, and {}", how.replace("DAY", &day));
        assert!(got.body.contains(&told), "{told}: {}", got.main());
        let again = visit.kept(&visit.ask(&button)).unwrap();
        assert_eq!((&again.reference, &again.code), (&second.reference, &second.code), "a retry of what waits");
        stage.decide(&second.row.id, State::Rejected);
        let third = visit.kept(&visit.ask(&button)).unwrap();
        assert!(third.row.waits() && third.reference != second.reference, "{to:?}");
    }
}

/// Row 89, once its sender took it back: nothing goes out unasked, the page says why, and its button sends it anew.
fn after_taking_back(visit: &Visit<'_>) {
    let filled = report().telling("row 89 taken back");
    let page = visit.check(&filled);
    visit.door.read_a_while();
    let button = visit.button(&page, &filled.checked());
    let first = visit.kept(&visit.ask(&button)).unwrap();
    visit.ask(&mine("taken-back", &first.reference, &first.code));
    let before = visit.door.rows();
    let got = visit.ask(&button);
    says(visit, &got, 422, "notice-taken-back-before-text");
    assert!(
        !got.body.contains(&Says::Text("notice-changed-text").words(site())),
        "they are the ones that were checked"
    );
    assert_eq!(visit.door.rows(), before);
    let second = visit.send(&got, &filled.checked()).unwrap();
    assert_ne!(second.reference, first.reference);
    let again = visit.ask(&button);
    says(visit, &again, 409, "notice-already-sent-text");
    assert!(again.body.contains(&second.reference), "the first page leads to what its renewed one sent");
}

/// Row 89, a day later: what was sent from the page that took its place is found again, from the old one too, and is sent once.
fn an_old_page(visit: &Visit<'_>, stage: &Stage) {
    let filled = report().telling("row 89 old");
    let page = visit.check(&filled);
    let old = visit.button(&page, &filled.checked());
    stage.pass(SignedDuration::from_hours(25));
    let renewed = visit.ask(&old);
    says(visit, &renewed, 422, "notice-expired-text");
    visit.door.read_a_while();
    let twice = visit.ask(&old);
    visit.door.read_a_while();
    let kept = visit.send(&renewed, &filled.checked()).unwrap();
    for button in [old, visit.button(&twice, &filled.checked())] {
        let got = visit.ask(&button);
        says(visit, &got, 409, "notice-already-sent-text");
        assert!(got.body.contains(&kept.reference));
    }
}

/// Row 90: what was sent first stands; before it is sent, the page is shown to be checked again.
fn changed_answers(visit: &Visit<'_>) {
    let filled = report().telling("row 90");
    let page = visit.check(&filled);
    visit.door.read_a_while();
    let button = visit.button(&page, &filled.checked());
    let body = String::from_utf8(button.body.clone()).unwrap().replace("row+90", "other+words");
    let changed = Sent { body: body.into_bytes(), ..button };
    says(visit, &visit.ask(&changed), 422, "notice-changed-text");
    let kept = visit.send(&page, &filled.checked()).unwrap();
    let got = visit.ask(&changed);
    says(visit, &got, 409, "notice-already-sent-title");
    assert!(got.body.contains(&kept.reference) && !got.body.contains("other words"));
    assert_eq!(given(&visit.submission(&kept.row), "details"), Some("row 90"));
}

/// Row 91.
fn forged(visit: &Visit<'_>) {
    let filled = report().telling("row 91");
    let page = visit.check(&filled);
    let token = page.hidden().into_iter().find(|(name, _)| name == "token").unwrap().1;
    let token = String::from_utf8(token).unwrap();
    let last = if token.ends_with('0') { "1" } else { "0" };
    let one_off = format!("{}{last}", &token[..token.len() - 1]);
    let (first, upper) = (format!("9{}", &token[1..]), token.to_uppercase());
    let before = visit.door.rows();
    let unsure = ["", "forged", "1.2.3.4", &first, &upper].map(|bad| (bad, "notice-unsure-text"));
    for (bad, text) in unsure.into_iter().chain([(one_off.as_str(), "notice-changed-text")]) {
        let button = visit.button(&page, &filled.checked());
        let body = String::from_utf8(button.body.clone()).unwrap();
        let at = body.find("token=").unwrap();
        let body = format!("{}token={bad}", &body[..at]);
        let got = visit.ask(&Sent { body: body.into_bytes(), ..button });
        says(visit, &got, 422, text);
        assert!(got.body.contains("row 91"), "the answers are kept");
    }
    // Another form's token.
    let other = visit.check(&update().telling("row 91"));
    let mut fields = other.hidden();
    fields.retain(|(name, _)| name != "token");
    fields.push(("token".into(), token.into_bytes()));
    let button = visit.button(&other, &update().checked());
    let got = visit.ask(&Sent { body: crate::body::pairs(&fields), ..button });
    says(visit, &got, 422, "notice-unsure-text");
    assert_eq!(visit.door.rows(), before, "{}", visit.row);
}

/// Row 91 with a clock. The page that comes back can be sent.
fn too_old_or_too_young(visit: &Visit<'_>, stage: &Stage) {
    let start = stage.now();
    let hours = [(25, "notice-expired-title"), (-1, "notice-expired-title")];
    for (after, title) in hours {
        let filled = report().telling(&format!("row 91 {after}"));
        let page = visit.check(&filled);
        stage.set_now(start + SignedDuration::from_hours(after));
        let got = visit.ask(&visit.button(&page, &filled.checked()));
        says(visit, &got, 422, title);
        stage.pass(SignedDuration::from_mins(1));
        visit.send(&got, &filled.checked()).unwrap();
        stage.set_now(start);
    }
    assert!(!stage.counted().contains(&Measure::Tampered), "an old page is no attack");
}

/// Row 92: forty-five different ones of one network, several at once.
fn at_once_from_one_network(visit: &Visit<'_>) {
    let address = "203.0.113.92:1";
    let pages: Vec<(Got, Sent)> = (0..45)
        .map(|number| {
            let sent = update().telling(&format!("row 92 {number}")).checked().from(address);
            (visit.ask(&sent), sent)
        })
        .collect();
    visit.door.read_a_while();
    let buttons: Vec<Sent> = pages.iter().map(|(page, sent)| visit.button(page, sent)).collect();
    // An emulator on a busy machine that is asked several at once is slower than the two seconds for which a count is waited.
    let at_once = if visit.door.is_here() { 5 } else { 1 };
    let got = buttons.chunks(at_once).flat_map(|some| at_the_same_time(visit, some));
    let all: Vec<Kept> = got.filter_map(|got| visit.kept(&got)).collect();
    assert_eq!((all.len(), all.iter().filter(|kept| kept.row.state == State::Held).count()), (45, 5));
}

/// Row 93: a pastor registers a whole Bible class from one address. Nobody sees a difference; from the forty-first on, an
/// editor looks twice.
fn shared_address(visit: &Visit<'_>) {
    let ready = |number: usize| {
        let named = registration().with("number", format!("09300{number:02}"));
        let sent = named.checked().from("203.0.113.93:1");
        let page = visit.ask(&sent);
        visit.button(&page, &sent)
    };
    let buttons: Vec<Sent> = (0..42).map(ready).collect();
    visit.door.read_a_while();
    let kept: Vec<Kept> = buttons.iter().map(|button| visit.kept(&visit.ask(button)).unwrap()).collect();
    for (number, kept) in kept.iter().enumerate() {
        let is_crowd = kept.row.flags.contains(&Flag::Crowd);
        assert_eq!((kept.row.state == State::Held, is_crowd), (number >= 40, number >= 40), "{number}");
    }
}

/// Row 93 at a machine's pace: nothing is lost, the page says where to write, another form stays open, and whoever may be harmed
/// is heard.
fn machine_pace(visit: &Visit<'_>, stage: &Stage) {
    let address = "203.0.113.94:1";
    let send = |filled: &Filled| {
        let sent = filled.checked().from(address);
        let page = visit.ask(&sent);
        visit.door.read_a_while();
        visit.ask(&visit.button(&page, &sent))
    };
    let hour = stage.now();
    for number in 0..200 {
        stage.set_now(hour);
        assert_eq!(send(&report().telling(&format!("row 93 {number}"))).status, 200);
    }
    stage.set_now(hour);
    let before = visit.door.rows();
    let got = send(&report().telling("row 93, one more"));
    says(visit, &got, 429, "notice-limited-title");
    says(visit, &got, 429, "notice-limited-text");
    assert!(got.body.contains("row 93, one more"), "the answers are kept");
    for line in &site().bundle.catalogue.site.contact.post {
        assert!(got.body.contains(line.as_str()), "`{line}` of the postal address is missing");
    }
    assert_eq!(got.header("retry-after"), Some("3600"));
    assert_eq!(visit.door.rows(), before);
    assert!(visit.kept(&send(&update().telling("row 93"))).is_some(), "another form stays open");
    let harmed = report().with("kind_of", "no_contact").telling("row 93, of the same house");
    let kept = visit.kept(&send(&harmed)).unwrap();
    assert!([Flag::Today, Flag::Crowd].iter().all(|flag| kept.row.flags.contains(flag)), "{:?}", kept.row.flags);
}

/// Row 94: the clock of the function that shows the page, and of the one that takes it, differ; days are odd.
fn clocks(visit: &Visit<'_>, stage: &Stage) {
    let start = stage.now();
    for skew in [-14, 14] {
        let filled = report().telling(&format!("row 94 {skew}"));
        let page = visit.check(&filled);
        stage.set_now(start + SignedDuration::from_mins(skew));
        let kept = visit.send(&page, &filled.checked()).unwrap();
        assert_eq!(visit.submission(&kept.row).written_at, start, "the moment at which the answers were shown");
        stage.set_now(start);
    }
    // Two nights on which clocks are put on and back in New York; a leap day; the end of a year, whose 60th second is the 59th.
    for moment in ["2027-03-14T06:59:59Z", "2026-11-01T05:30:00Z", "2028-02-29T23:59:59Z", "2026-12-31T23:59:60Z"] {
        let moment: Timestamp = moment.parse().unwrap();
        stage.set_now(moment);
        let filled = report().telling(&format!("row 94 {moment}"));
        let page = visit.check(&filled);
        stage.pass(SignedDuration::from_secs(30));
        let kept = visit.send(&page, &filled.checked()).unwrap();
        let stored = visit.submission(&kept.row);
        assert_eq!((stored.written_at, kept.row.state), (moment, State::Received));
        let text = String::from_utf8(stored.to_bytes().unwrap()).unwrap();
        assert!(text.contains(&format!("\"{moment}\"")) && moment.to_string().ends_with('Z'));
    }
    stage.set_now(start);
}
