//! Rows 1 to 19: methods, addresses, types, encodings.

use crate::case::{Case, Says, accepted, faulty, refused};
use crate::filled::report;
use crate::site::site;
use crate::stage::Stage;
use crate::table::{How, Row, cases, row};
use crate::visit::Visit;
use crate::wire::{Got, Sent, get, post};

const FORM: &str = "application/x-www-form-urlencoded";
const CHECK: &str = "/send/tell-us/check";

pub(crate) fn rows() -> Vec<Row> {
    [addresses(), types(), encodings(), bodies()].into_iter().flatten().collect()
}

fn typed(kind: &str) -> Sent {
    report().checked().with("content-type", kind)
}

fn addresses() -> Vec<Row> {
    let start =
        |name: &str, method: &str| refused(name, get(CHECK).method(method), 303).header("location", "/send/tell-us");
    let methods = ["PUT", "PATCH", "DELETE", "TRACE", "BREW"];
    let wrong = methods.map(|method| {
        let case = refused(method, report().checked().method(method), 405).header("allow", "POST");
        case.says(Says::Text("notice-method-title"))
    });
    let preflight = report().checked().method("OPTIONS").with("origin", "https://elsewhere.example");
    let unknown = [
        "/send/nothing/check",
        "/send/tell-us/nothing",
        "//send/tell-us/check",
        "/send/tell-us/..;/check",
        "/send/%2e%2e/check",
        "/send/tell-us/check/more",
        "/fr/send/tell-us/check",
        "/send",
    ];
    let unknown =
        unknown.map(|path| refused(path, report().checked().at(path), 404).says(Says::Text("notice-not-found-title")));
    vec![
        // The beginning of a form is opened here too, for `?about=`: there, GET shows it.
        cases(1, "GET, HEAD on the address of a step", vec![start("GET", "GET"), start("HEAD", "HEAD")]),
        cases(2, "other methods", wrong.into()),
        cases(3, "OPTIONS from any origin", vec![refused("OPTIONS", preflight, 405).header("allow", "POST")]),
        cases(4, "unknown addresses", unknown.into()),
    ]
}

fn types() -> Vec<Row> {
    let wrong = |name: &str, sent: Sent| refused(name, sent, 415).says(Says::Text("notice-wrong-type-title"));
    let json = post(CHECK, "application/json", r#"{"kind_of":"other","details":"x"}"#);
    let quoted = post(CHECK, "MULTIPART/Form-Data; BOUNDARY=\"x\"", report().checked_in_parts().body);
    let said = "application/x-www-form-urlencoded;charset=UTF-8";
    let twice = report().checked().also("content-type", "text/plain");
    let joined_by_edge = "the edge joins headers of one name before the function sees them";
    vec![
        cases(5, "no content type", vec![wrong("none", report().checked().without("content-type"))]),
        cases(6, "JSON", vec![wrong("JSON", json)]),
        cases(7, "text/plain", vec![wrong("plain", typed("text/plain"))]),
        cases(8, "URL-encoded", vec![accepted("pairs", report().telling("row 8").checked())]),
        cases(9, "a type in capitals with a quoted boundary", vec![accepted("capitals", quoted)]),
        row(
            10,
            "boundaries that are none",
            vec![How::Cases(boundaries()), How::Platform("a line break within a header never passes the edge")],
        ),
        cases(
            11,
            "two content types, or another one in parts",
            vec![
                wrong("two", twice).only_here(joined_by_edge),
                wrong("two in one", typed("application/x-www-form-urlencoded, text/plain")),
                wrong("mixed", report().checked_in_parts().with("content-type", "multipart/mixed; boundary=x")),
            ],
        ),
        cases(
            12,
            "other alphabets than UTF-8",
            vec![
                wrong("utf-16", typed("application/x-www-form-urlencoded; charset=utf-16")),
                wrong("shift_jis", typed("application/x-www-form-urlencoded; charset=\"Shift_JIS\"")),
                // A field of that name is one that the form does not ask for.
                accepted("_charset_", report().telling("row 12").also("_charset_", "shift_jis").checked()),
                accepted("UTF-8 said", report().telling("row 12 b").checked().with("content-type", said)),
            ],
        ),
    ]
}

fn boundaries() -> Vec<Case> {
    let unread = |name: &str, kind: &str| {
        refused(name, report().checked_in_parts().with("content-type", kind), 400)
            .says(Says::Text("notice-bad-request-title"))
    };
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    vec![
        unread("without a boundary", "multipart/form-data"),
        unread("with an empty one", "multipart/form-data; boundary="),
        unread("with 71 characters", &long),
        unread("with a line break written out", "multipart/form-data; boundary=\"x%0d%0a\""),
    ]
}

fn encodings() -> Vec<Row> {
    let spoilt = |name: &str, bytes: &[u8]| {
        let filled = report().with("details", [b"a ", bytes, b" b"].concat());
        faulty(name, &filled, Says::Fault("report", "details", "unwanted", 0))
    };
    let raw = |name: &str, value: &str, stored: &str| {
        let body = format!("kind_of=other&details={value}");
        accepted(name, post(CHECK, FORM, body)).stores("details", stored)
    };
    let nul = post(CHECK, FORM, "kind_of=came_back&envelope_said=other&details=a%00b&envelope_words=a%00b");
    vec![
        cases(
            13,
            "bytes that are no UTF-8",
            vec![
                spoilt("ff fe", b"\xFF\xFE"),
                spoilt("overlong", b"\xC0\xAF"),
                spoilt("lone surrogate", b"\xED\xA0\x80"),
            ],
        ),
        cases(
            14,
            "a byte order mark before a value",
            vec![accepted("mark", report().with("details", "\u{FEFF}row 14").checked()).stores("details", "row 14")],
        ),
        cases(
            15,
            "percent signs that mean nothing, or twice",
            vec![
                raw("broken", "%zz row 15", "%zz row 15"),
                raw("twice", "%2541 row 15", "%41 row 15"),
                raw("at the end", "row 15 %4", "row 15 %4"),
            ],
        ),
        cases(
            16,
            "signs in names, and NUL",
            vec![
                raw("a plus is a space", "row+16", "row 16"),
                refused("NUL in a line", nul, 422).says(Says::Fault("report", "envelope_words", "unwanted", 0)),
                // A name with a NUL is not the name of a question, which so stays empty.
                empty("NUL in names", post(CHECK, FORM, "kind_of%00=other&det+ails=x")),
            ],
        ),
    ]
}

fn empty(name: &str, sent: Sent) -> Case {
    refused(name, sent, 422).says(Says::Ask("report", "kind_of")).says(Says::Ask("report", "details"))
}

fn bodies() -> Vec<Row> {
    let compressed = |kind: &str| {
        refused(kind, report().checked().with("content-encoding", kind), 415)
            .says(Says::Text("notice-wrong-type-title"))
    };
    let read = "base64 itself is read in submit-fn/src/bootstrap, which hands on only what it could read";
    vec![
        cases(17, "compressed bodies", ["gzip", "br"].map(compressed).into()),
        row(18, "an event with broken base64", vec![How::Here(unreadable), How::Elsewhere(read)]),
        cases(
            19,
            "no answers at all",
            vec![
                empty("no body", post(CHECK, FORM, "")),
                empty("signs only", post(CHECK, FORM, "&&=&")),
                empty("the last boundary only", post(CHECK, "multipart/form-data; boundary=x", "--x--\r\n")),
            ],
        ),
    ]
}

/// Row 18: what could not even be read is answered with a page of its own.
fn unreadable(visit: &Visit<'_>, stage: &Stage) {
    let got = Got::of(stage.handler.answer_unreadable(CHECK));
    visit.is_a_page(&get(CHECK), &got);
    assert_eq!(got.status, 400);
    assert!(got.body.contains(&site().text("notice-bad-request-title")));
}
