//! Rows 110 to 117: many against one, and what never answers.

use crate::case::Says;
use crate::double::Fault;
use crate::filled::{Filled, registration, report, update};
use crate::site::site;
use crate::stage::{Stage, at_once};
use crate::table::{How, Row, here, row, visit};
use crate::visit::{Kept, Visit, mine};
use crate::wire::Got;
use jiff::SignedDuration;
use review::Intake;
use schema::submission::decision::Decision;
use schema::submission::digest::more_came;
use schema::submission::kinds::{Flag, State};
use submit_fn::Measure;

pub(crate) fn rows() -> Vec<Row> {
    let flood = "limits.rs, beside this table: a flood, its bystander, and whoever holds a right pair";
    let conflict = "the cloud store against a server that answers so: crates/review/tests/suite/wire.rs";
    let platform = "what the platform answers itself never reaches the function; infra/README.md says what people see";
    vec![
        row(110, "a flood from many networks", vec![How::Elsewhere(flood)]),
        visit(111, "the same words of another sender", same_words),
        here(112, "a store or a limiter that hangs", hangs),
        row(113, "two puts of the same at once", vec![How::Elsewhere(conflict)]),
        row(114, "the platform's own 413, 429, 503", vec![How::Platform(platform)]),
        row(115, "what is urgent, of every kind", vec![How::Visit(urgent_of_any_form), How::Here(asked_down)]),
        here(116, "more urgent ones than anybody reads mails", bell),
        row(
            117,
            "strangers who ring the bell all day, and a right pair",
            vec![How::Visit(right_pair), How::Here(page_bell)],
        ),
    ]
}

fn says(visit: &Visit<'_>, got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}: {}", visit.row, got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "{}: `{words}` is missing in {}", visit.row, got.main());
}

/// Sent from an address; the page that came with the token, and what is kept.
fn sent_from(visit: &Visit<'_>, filled: &Filled, address: &str) -> (Got, Kept) {
    let sent = filled.checked().from(address);
    let page = visit.ask(&sent);
    visit.door.read_a_while();
    let kept = visit.send(&page, &sent).unwrap_or_else(|got| panic!("{}: {} {}", visit.row, got.status, got.main()));
    (page, kept)
}

/// Row 111: two people behind one address write the very same. Neither page tells anything of the other's.
fn same_words(visit: &Visit<'_>) {
    for filled in [
        report().telling("row 111, please hide his page."),
        update().telling("row 111"),
        registration().with("number", "0111111"),
    ] {
        let (first, one) = sent_from(visit, &filled, "203.0.113.111:1");
        let (second, other) = sent_from(visit, &filled, "203.0.113.111:2");
        assert_ne!((&one.reference, &one.code), (&other.reference, &other.code));
        // Reference and code are made of the second part of the token.
        let drawn = |page: &Got| {
            let token = page.hidden().into_iter().find(|(name, _)| name == "token").unwrap().1;
            String::from_utf8(token).unwrap().split('.').nth(1).unwrap().to_owned()
        };
        assert_ne!(drawn(&first), drawn(&second));
        assert!(other.row.flags.contains(&Flag::Repeated) && !one.row.flags.contains(&Flag::Repeated));
    }
}

/// How long the last answer took on the stage's clock, in milliseconds.
fn took(stage: &Stage) -> i64 {
    let answered = |measure: &Measure| match measure {
        Measure::Answered { milliseconds, .. } => Some(*milliseconds),
        _ => None,
    };
    stage.counted().iter().filter_map(answered).next_back().unwrap()
}

/// Row 112: whichever call is never answered, our own page comes after twelve seconds, with the answers, and the button works.
fn hangs(visit: &Visit<'_>, stage: &Stage) {
    for call in ["row", "claim", "put", "settle"] {
        let filled = report().telling(&format!("row 112 {call}"));
        let page = visit.check(&filled);
        visit.door.read_a_while();
        let button = visit.button(&page, &filled.checked());
        stage.store.plan(move |_, name| (name == call).then_some(Fault::Hang));
        let got = visit.ask(&button);
        stage.store.mend();
        says(visit, &got, 500, "notice-unavailable-text");
        assert!(got.body.contains(&format!("row 112 {call}")), "the answers are kept");
        assert_eq!(took(stage), 12_000);
        assert!(visit.kept(&visit.ask(&visit.button(&got, &filled.checked()))).is_some());
    }
    let own = visit.hand_in(&report().telling("row 112 mine"));
    for step in ["status", "taken-back"] {
        stage.store.plan(|_, _| Some(Fault::Hang));
        says(visit, &visit.ask(&mine(step, &own.reference, &own.code)), 500, "mine-unavailable");
        assert_eq!(took(stage), 12_000);
        stage.store.mend();
    }
    // The limiter has two seconds each time it is asked, and keeps nobody out.
    stage.gate.hangs();
    assert_eq!(visit.hand_in(&report().telling("row 112 limiter")).row.state, State::Received);
    assert_eq!(took(stage), 4_000);
    stage.gate.mend();
}

fn is_announced(visit: &Visit<'_>, kept: &schema::submission::row::Row) -> bool {
    visit.door.bytes(&format!("urgent/{}.json", kept.id.key())).is_some()
}

/// Row 115: the bell rings by urgency, whatever the form; and not for what can wait.
fn urgent_of_any_form(visit: &Visit<'_>) {
    let all = [
        (report().with("kind_of", "no_contact").telling("row 115 report"), true),
        (update().with("change", "take_down").telling("row 115 update"), true),
        (report().telling("row 115 other"), false),
        (update().telling("row 115 words"), false),
    ];
    for (filled, rings) in all {
        assert_eq!(is_announced(visit, &visit.hand_in(&filled).row), rings, "{filled:?}");
    }
}

/// Row 115, asked by reference and code: once, however often it is pressed.
fn asked_down(visit: &Visit<'_>, stage: &Stage) {
    let own = visit.hand_in(&registration().also("note", "row 115 page"));
    let decision = Decision {
        at: stage.now(),
        editor: "ed".into(),
        id: own.row.id.clone(),
        from: own.row.state,
        to: State::Published,
        reason: None,
        profile: Some("row-c2222".to_owned()),
        assured: Vec::new(),
        answers: None,
    };
    at_once(stage.store.folder.decide(&decision)).unwrap();
    for _ in 0..2 {
        says(visit, &visit.ask(&mine("taken-back", &own.reference, &own.code)), 200, "notice-coming-down-title");
    }
    let asked: Vec<_> = visit.door.rows().into_iter().filter(|row| row.flags.contains(&Flag::Today)).collect();
    assert!(is_announced(visit, asked.last().unwrap()));
}

/// Row 116: ten mails an hour, and in each hour one that says that more came. What is held silences nobody else.
fn bell(visit: &Visit<'_>, stage: &Stage) {
    let start = stage.now();
    let send = |words: &str, trap: &str| {
        let filled = report().with("kind_of", "concern").telling(words).with("website", trap);
        let kept = visit.hand_in(&filled);
        stage.set_now(start);
        (is_announced(visit, &kept.row), kept.row.flags.contains(&Flag::Quiet))
    };
    let spam = (0..12).filter(|number| send(&format!("row 116 spam {number}"), "https://example.org").0).count();
    let told: Vec<_> = (0..12).map(|number| send(&format!("row 116 {number}"), "")).collect();
    assert_eq!(spam, 10);
    assert_eq!(told, [vec![(true, false); 10], vec![(false, true); 2]].concat());
    let digest = |moment| visit.door.bytes(&more_came(moment)).is_some();
    let next = start + SignedDuration::from_hours(1);
    assert!(digest(start) && !digest(next));
    // In the next hour the bell rings anew; what is then too much is told of once more.
    stage.set_now(next);
    (0..12).for_each(|number| {
        visit.hand_in(&report().with("kind_of", "concern").telling(&format!("row 116 next {number}")));
        stage.set_now(next);
    });
    assert!(digest(next));
}

/// Ten urgent ones of strangers, and one more, which no mail announces.
fn strangers(visit: &Visit<'_>, words: &str) {
    let rings = |number: usize| {
        let filled = report().with("kind_of", "concern").telling(&format!("{words} stranger {number}"));
        is_announced(visit, &visit.hand_in(&filled).row)
    };
    assert!((0..11).filter(|number| rings(*number)).count() <= 10);
}

/// A take-down by the form for changes, with a pair.
fn take_down(own: &Kept, words: &str) -> Filled {
    let asked = update().with("change", "take_down").telling(words);
    asked.also("reference", &own.reference).also("code", &own.code)
}

/// Row 117: strangers have used up their bell; whoever holds a right pair is announced all the same.
fn right_pair(visit: &Visit<'_>) {
    let own = visit.hand_in(&registration().also("note", "row 117"));
    strangers(visit, "row 117");
    let asked = visit.hand_in(&take_down(&own, "row 117"));
    assert!(asked.row.flags.contains(&Flag::Proven) && is_announced(visit, &asked.row), "{:?}", asked.row.flags);
    let stranger = visit.hand_in(&update().with("change", "take_down").telling("row 117 without"));
    assert!(!is_announced(visit, &stranger.row), "{:?}", stranger.row.flags);
}

/// Row 117 of a page: its bell is its own, so that not even they silence it who hold pairs of registrations that wait.
fn page_bell(visit: &Visit<'_>, stage: &Stage) {
    let hour = stage.now();
    let own = visit.hand_in(&registration().also("note", "row 117 page"));
    stage.promote(&own.row.id, "row-d2222");
    stage.set_now(hour);
    let waits = visit.hand_in(&registration().also("note", "row 117 waits"));
    strangers(visit, "row 117 page");
    for number in 0..11 {
        stage.set_now(hour);
        let asked = visit.hand_in(&take_down(&waits, &format!("row 117 waits {number}")));
        assert_eq!(is_announced(visit, &asked.row), number < 10);
    }
    stage.set_now(hour);
    assert!(is_announced(visit, &visit.hand_in(&take_down(&own, "row 117 page")).row));
    let before = visit.door.rows();
    visit.ask(&mine("taken-back", &own.reference, &own.code));
    let asked = visit.door.rows().into_iter().find(|row| !before.contains(row)).unwrap();
    assert!(is_announced(visit, &asked), "by reference and code too: {:?}", asked.flags);
}
