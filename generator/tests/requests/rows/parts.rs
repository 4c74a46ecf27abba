//! Rows 20 to 34: bodies in parts, and fields that are too many, doubled or not asked for.

use crate::body::{file_part, joined, part, text_part};
use crate::case::{Case, Says, accepted, refused};
use crate::filled::{report, update};
use crate::table::{How, Row, cases, row};
use crate::wire::{Sent, post};

const FORM: &str = "application/x-www-form-urlencoded";
const CHECK: &str = "/send/tell-us/check";

pub(crate) fn rows() -> Vec<Row> {
    [bodies(), names(), doubled(), heaps()].into_iter().flatten().collect()
}

/// A report in parts of a row's own making, in the form's own order: `details` last.
fn in_parts(details: Vec<u8>) -> Sent {
    let body = joined("x", &[text_part("kind_of", b"other"), details]);
    post(CHECK, "multipart/form-data; boundary=x", body)
}

fn one(head: &str, value: &str) -> Sent {
    in_parts(part(head, value.as_bytes()))
}

fn unread(name: &str, sent: Sent) -> Case {
    refused(name, sent, 400).says(Says::Text("notice-bad-request-title"))
}

fn bodies() -> Vec<Row> {
    let whole = report().checked_in_parts();
    let cut = |keep: usize| Sent { body: whole.body[..whole.body.len() - keep].to_vec(), ..whole.clone() };
    let around = [b"This is a preamble.\r\n", &whole.body[..], b"This is an epilogue."].concat();
    let bare = String::from_utf8(whole.body.clone()).unwrap().replace("\r\n", "\n");
    let mixed = String::from_utf8(whole.body.clone()).unwrap().replacen("\r\n\r\n", "\n\n", 1);
    let body = |body: Vec<u8>| Sent { body, ..whole.clone() };
    vec![
        cases(20, "parts that are cut off", vec![unread("before the end", cut(10)), unread("in the value", cut(20))]),
        cases(21, "words before and after the parts", vec![accepted("around", body(around))]),
        cases(
            22,
            "line ends without CR",
            vec![unread("all", body(bare.into_bytes())), unread("some", body(mixed.into_bytes()))],
        ),
        cases(
            23,
            "the boundary within a value",
            vec![
                accepted("--x", in_parts(text_part("details", b"row 23 --x and\r\n-x-- --x--")))
                    .stores("details", "row 23 --x and\n-x-- --x--"),
            ],
        ),
        cases(
            24,
            "parts without a name",
            vec![
                unread("no disposition", one("Content-Type: text/plain", "x")),
                unread("no name", one("Content-Disposition: form-data", "x")),
            ],
        ),
    ]
}

fn names() -> Vec<Row> {
    vec![
        cases(
            25,
            "names in the extended form",
            vec![
                unread("name*", one("Content-Disposition: form-data; name*=utf-8''details", "x")),
                refused(
                    "filename*",
                    one("Content-Disposition: form-data; name=\"nothing\"; filename*=utf-8''a", "x"),
                    422,
                )
                .says(Says::Ask("report", "details")),
            ],
        ),
        cases(
            26,
            "names in other forms",
            vec![
                accepted("unquoted", one("Content-Disposition: form-data; name=details", "row 26"))
                    .stores("details", "row 26"),
                refused("escaped", one("Content-Disposition: form-data; name=\"det\\\"ails\"", "x"), 422)
                    .says(Says::Ask("report", "details")),
                refused("semicolon", one("Content-Disposition: form-data; name=\"details; x\"", "x"), 422)
                    .says(Says::Ask("report", "details")),
            ],
        ),
        cases(
            27,
            "a text that comes as a file",
            vec![
                refused("file", in_parts(file_part("details", "a.txt", "text/plain", b"row 27")), 422)
                    .says(Says::Fault("report", "details", "unwanted", 0)),
            ],
        ),
        // The photo has a step of its own, after the registration.
        row(28, "the photo as a text", vec![How::Visit(super::photos::as_text)]),
    ]
}

fn doubled() -> Vec<Row> {
    let strays = ["status", "id", "reference", "__proto__", "state"];
    let stray = strays.iter().fold(report().telling("row 31"), |filled, name| filled.also(name, "approved-by-row-31"));
    let not_stored = |submission: &schema::submission::content::Submission| {
        assert!(!String::from_utf8(submission.to_bytes().unwrap()).unwrap().contains("approved-by-row-31"));
    };
    vec![
        cases(
            29,
            "one field twice",
            vec![
                unread("differing", report().also("details", "other").checked()),
                unread("the same", report().also("details", "A letter came back last week.").checked()),
                unread("part of a date", report().also("seen_on-day", "1").also("seen_on-day", "2").checked()),
                unread("the token", report().also("token", "1").also("token", "2").checked()),
                unread("the trap", report().also("website", "").also("website", "x").checked()),
            ],
        ),
        cases(
            30,
            "consent twice with different values",
            vec![unread("twice", update().also("consent_asked", "no").checked())],
        ),
        cases(31, "fields that nobody asked for", vec![accepted("ignored", stray.checked()).keeps(not_stored)]),
    ]
}

fn heaps() -> Vec<Row> {
    let pairs_of = |count: usize| vec!["a=b"; count].join("&");
    let many = |count: usize| joined("x", &vec![text_part("a", b"b"); count]);
    let too_many = |name: &str, sent: Sent| refused(name, sent, 413).says(Says::Text("notice-too-large-title"));
    let headers: String = (0..33).map(|number| format!("X-{number}: y\r\n")).collect();
    let long = format!("Content-Disposition: form-data; name=\"details\"\r\nX: {}", "y".repeat(64 * 1024));
    let in_part = |head: &str| in_parts(part(head, b"row 33"));
    let nested = format!("{}--y--\r\n", "--y\r\nContent-Disposition: file; filename=\"a\"\r\n\r\nb\r\n");
    vec![
        cases(
            32,
            "too many fields",
            vec![
                too_many("1,000 parts", post(CHECK, "multipart/form-data; boundary=x", many(1000))),
                too_many("10,000 pairs", post(CHECK, FORM, pairs_of(10_000))),
            ],
        ),
        cases(
            33,
            "too many or too long headers of a part",
            vec![
                refused("33", in_part(&format!("{headers}Content-Disposition: form-data; name=\"details\"")), 400),
                refused("64 KB", in_part(&long), 400),
            ],
        ),
        cases(
            34,
            "parts within a part",
            vec![
                refused(
                    "mixed",
                    in_parts(part(
                        "Content-Disposition: form-data; name=\"details\"\r\nContent-Type: multipart/mixed; boundary=y",
                        nested.as_bytes(),
                    )),
                    400,
                )
                .says(Says::Text("notice-bad-request-title")),
            ],
        ),
    ]
}
