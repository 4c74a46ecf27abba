//! Rows 35 to 40: as much as may be, and more.

use crate::case::{Says, accepted, faulty, refused};
use crate::filled::{registration, report};
use crate::table::{How, Row, cases, row};
use crate::wire::post;

pub(crate) fn rows() -> Vec<Row> {
    let long = |count: usize| report().with("details", "é".repeat(count));
    let short = |count: usize| registration().with("shown_name", "ñ".repeat(count));
    let large = report().with("details", "a".repeat(4 << 20)).checked();
    let too_large = refused("4 MB", large, 413).says(Says::Text("notice-too-large-title"));
    let over = |name: &str, size: usize| {
        let sent = post("/send/mine/photo", "multipart/form-data; boundary=x", vec![b'x'; size]);
        refused(name, sent, 413).says(Says::Text("notice-too-large-title"))
    };
    vec![
        cases(
            35,
            "as long as may be, in characters",
            vec![
                accepted("one less", long(3999).checked()),
                accepted("exactly", long(4000).checked()).stores("details", "é".repeat(4000)),
                faulty("one more", &long(4001), Says::Fault("report", "details", "too-long", 4000))
                    .says(Says::Html("é".repeat(4001))),
                accepted("exactly 60", short(60).checked()),
                faulty("one more than 60", &short(61), Says::Fault("register", "shown_name", "too-long", 60)),
            ],
        ),
        row(
            36,
            "4 MB of text in one field",
            vec![
                How::Cases(vec![too_large]),
                How::Platform("how long the answer takes is measured where the function runs"),
            ],
        ),
        row(37, "a photo as large as may be", vec![How::Visit(super::photos::largest)]),
        row(
            38,
            "more than Lambda takes",
            vec![
                How::Cases(vec![over("13 MB", 13 << 20).only_here("Lambda's own limit comes first: 6 MB with base64")]),
                How::Platform("above 6 MB the gateway answers; the page of help says what to do"),
            ],
        ),
        row(
            39,
            "a wrong length, or pieces",
            vec![How::Platform("the edge decides: the function sees a whole body or nothing")],
        ),
        row(
            40,
            "headers near 10,240 bytes",
            vec![How::Platform("the gateway answers 431 before the function is called")],
        ),
    ]
}
