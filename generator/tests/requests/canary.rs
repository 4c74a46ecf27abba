//! Row 107: one word in every field, file name, tag and header. It may stand on the page that shows somebody their own answers
//! again, and nowhere else: on no other page, in no line of output, in no count.

use crate::body::{file_part, part, text_part};
use crate::door::Door;
use crate::double::Fault;
use crate::filled::{Filled, registration, report, update};
use crate::make::{fields, jpeg, segment, with_segments};
use crate::site::site;
use crate::stage::Stage;
use crate::visit::{Kept, Visit, mine, photo_of};
use crate::wire::{Got, Sent, get, post};
use schema::form::{Form, Kind};
use schema::submission::kinds::SubmissionKind;
use std::process::Command;
use submit_fn::Measure;

/// Set where the output of this process is looked at: the file into which it writes the code of what was put down.
const LOGGED: &str = "CANARY_IS_LOGGED";

/// The word; whoever starts a function and searches its log may choose another.
fn word() -> String {
    std::env::var("CANARY").unwrap_or_else(|_| "Zaunkoenig7391".to_owned())
}

/// All that can be sent through any door.
pub(crate) fn everywhere(visit: &Visit<'_>) {
    let word = word();
    for form in &site().bundle.forms {
        in_every_field(visit, form, &word);
    }
    let words = format!("row 107 {word}");
    let all = [
        report().telling(&words).also("about", &word).also("envelope_words", &word),
        update().telling(&words).with("about", &word).with("submitter_name", &word),
        registration().also("note", &words).with("shown_name", &word).with("mail_name", &word).also("housing", &word),
    ];
    for filled in all.map(|filled| filled.with("email", format!("{word}@example.org")).also(&word, &word)) {
        let kept = visit.hand_in(&filled);
        assert!(String::from_utf8(visit.submission(&kept.row).to_bytes().unwrap()).unwrap().contains(&word));
        for step in ["status", "take-back"] {
            lacks(visit, &visit.ask(&mine(step, &kept.reference, &kept.code)), &word);
        }
        // These are the sender's own answers, opened to be corrected. Nothing opens a report.
        let opened = visit.ask(&mine("correct", &kept.reference, &kept.code));
        assert_eq!(opened.body.contains(&word), kept.row.kind != SubmissionKind::Report, "{}", opened.main());
        in_a_photo(visit, &kept, &word);
        lacks(visit, &visit.ask(&mine("taken-back", &kept.reference, &kept.code)), &word);
    }
    refusals(&word).iter().for_each(|sent| lacks(visit, &visit.ask(sent), &word));
    let typed = visit.ask(&mine("status", &word, &word));
    assert_eq!(typed.status, 422);
}

fn lacks(visit: &Visit<'_>, got: &Got, word: &str) {
    assert!(!got.body.contains(word), "{}: {} {}", visit.row, got.status, got.main());
    assert!(got.headers.iter().all(|(_, value)| !value.contains(word)), "{}: {:?}", visit.row, got.headers);
}

/// As it comes, whatever a question asks for: most of it is refused.
fn in_every_field(visit: &Visit<'_>, form: &'static Form, word: &str) {
    let mut filled = Filled::empty(&form.address);
    for question in form.questions() {
        let parts: &[&str] = if question.kind == Kind::PastDate { &["-day", "-month", "-year"] } else { &[""] };
        for part in parts {
            filled = filled.also(&format!("{}{part}", question.name), word);
        }
    }
    filled = filled.also("website", word).also("token", word).also(word, word);
    for sent in [filled.checked(), filled.checked_in_parts()] {
        for (step, status) in [("check", 422), ("send", 422), ("change", 200)] {
            let got = visit.ask(&sent.clone().at(&filled.path(step)));
            assert_eq!(got.status, status, "{}: {} {}", visit.row, form.id, got.main());
        }
    }
}

/// In the file's name and type, in its tags and its comment, and behind it; in a picture that is taken and in one that is not.
fn in_a_photo(visit: &Visit<'_>, kept: &Kept, word: &str) {
    let exif = segment(0xE1, format!("Exif\0\0II*\0{word}").as_bytes());
    let sound = with_segments(&jpeg(&fields(96, 64), 80), &[exif, segment(0xFE, word.as_bytes())]);
    let sound = [&sound, word.as_bytes()].concat();
    for file in [sound.clone(), sound[..40].to_vec(), word.as_bytes().to_vec()] {
        let name = format!("{word}.jpg");
        let parts = [file_part("photo", &name, &format!("image/{word}"), &file), text_part(word, word.as_bytes())];
        lacks(visit, &visit.ask(&photo_of(kept, &parts)), word);
    }
    let row = visit.door.rows().into_iter().find(|row| row.id == kept.row.id).unwrap();
    let photo = row.photo_key().and_then(|key| visit.door.bytes(&key));
    assert!(!photo.is_some_and(|photo| photo.windows(word.len()).any(|window| window == word.as_bytes())));
}

/// Refused before any answer is looked at.
fn refusals(word: &str) -> Vec<Sent> {
    let filled = report().telling(word);
    let sent = || filled.checked();
    let broken = part(&format!("Content-Disposition: form-data; {word}=\"{word}\""), word.as_bytes());
    vec![
        sent().at(&format!("/send/{word}/check")),
        sent().at(&format!("/{word}/send/tell-us/check")),
        get(&format!("/send/tell-us/check?{word}={word}")),
        get(&format!("/send/tell-us?about={word}")),
        get("/send/tell-us").with("user-agent", word).with("cookie", word).with("x-forwarded-for", word),
        sent().method(word),
        sent().with("sec-fetch-site", "cross-site").with("origin", format!("https://{word}.example")),
        sent().with("content-type", word),
        sent().with("content-type", format!("multipart/form-data; boundary={word}")),
        filled.clone().also("details", word).checked(),
        post("/send/tell-us/check", "multipart/form-data; boundary=x", crate::body::joined("x", &[broken])),
        report().telling(&word.repeat(30_000)).checked(),
        sent().direct().with("x-origin-secret", word),
    ]
}

/// Put down half-filled: neither where it lies nor what lies there says it, and only whoever has the code reads it. Returns the code.
fn put_down(visit: &Visit<'_>, stage: &Stage) -> String {
    let word = word();
    let filled = registration().with("shown_name", &word).also("note", &word);
    let got = visit.ask(&filled.checked().at(&filled.path("keep")));
    let code = got.between("id=\"code\">", "<").unwrap();
    lacks(visit, &got, &word);
    for (name, sealed) in stage.store.drafts() {
        assert!(!name.contains(&word) && !sealed.windows(word.len()).any(|bytes| bytes == word.as_bytes()));
    }
    let taken = |typed: &str| {
        let body = crate::body::pairs(&[("draft".to_owned(), typed.into())]);
        visit.ask(&post("/send/register/take-up", "application/x-www-form-urlencoded", body))
    };
    assert!(taken(&code).body.contains(&word), "these are the sender's own answers");
    assert_eq!(taken(&word).status, 422);
    for call in ["put_draft", "get_draft", "delete_draft"] {
        stage.store.plan(move |_, name| (name == call).then_some(Fault::Panic));
        for step in ["keep", "take-up", "delete"] {
            visit.ask(&filled.clone().also("draft", &code).checked().at(&filled.path(step)));
        }
        stage.store.mend();
    }
    code
}

/// The store fails or breaks down, with the answers in its mouth; the limiter is down.
pub(crate) fn when_it_breaks(visit: &Visit<'_>, stage: &Stage) {
    let word = word();
    // The first call only asks whether it is stored already: without an answer it goes on.
    for (at, fault) in (1..4).flat_map(|at| [Fault::Before, Fault::After, Fault::Panic].map(|fault| (at, fault))) {
        let filled = report().telling(&format!("row 107 {at} {fault:?} {word}"));
        let page = visit.check(&filled);
        stage.read_a_while();
        stage.store.plan(move |call, _| (call == at).then_some(fault));
        let got = visit.ask(&visit.button(&page, &filled.checked()));
        stage.store.mend();
        match fault {
            Fault::Panic => {
                assert_eq!(got.status, 500);
                lacks(visit, &got, &word);
            }
            // These are the sender's own answers, kept for them.
            _ => assert!(got.status == 500 && got.body.contains(&word)),
        }
    }
    for fault in [Fault::Before, Fault::Panic] {
        stage.store.plan(move |_, _| Some(fault));
        let typed = visit.ask(&mine("status", &word, &word));
        assert_eq!(typed.status, 500);
        stage.store.mend();
    }
    stage.gate.goes_down();
    visit.hand_in(&report().telling(&format!("row 107, the limiter is down: {word}")));
    stage.gate.mend();
    let counted = stage.counted();
    assert!(counted.contains(&Measure::Panicked) && counted.contains(&Measure::LimiterDown));
    assert!(!format!("{counted:?}").contains(&word));
}

/// As the function starts its log, at its most talkative; the names of counts go where the function writes them.
fn talk() {
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

#[test]
fn the_word_stands_on_its_senders_own_pages_only() {
    if std::env::var_os(LOGGED).is_some() {
        talk();
    }
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "row 107".to_owned() };
    everywhere(&visit);
    let code = put_down(&visit, &stage);
    when_it_breaks(&visit, &stage);
    if let Some(file) = std::env::var_os(LOGGED) {
        std::fs::write(file, code).unwrap();
    }
}

#[test]
fn the_word_is_in_no_line_of_output() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let name = "canary::the_word_stands_on_its_senders_own_pages_only";
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(LOGGED, file.path())
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    let said = [child.stdout, child.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(child.status.success(), "{said:?}");
    let lines = said.concat();
    for expected in
        ["\"answered\"", "\"stored\"", "\"not stored\"", "\"panic\"", "the limiter did not answer", "\"photo\""]
    {
        assert!(lines.contains(expected), "{expected} was not logged: {lines}");
    }
    let code = std::fs::read_to_string(file.path()).unwrap();
    assert_eq!(code.len(), 14);
    let hidden = [word(), code.replace('-', ""), code];
    let found: Vec<&str> = lines.lines().filter(|line| hidden.iter().any(|word| line.contains(word))).collect();
    assert!(found.is_empty(), "{found:#?}");
}
