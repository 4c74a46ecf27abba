//! Rows 65 to 80, and what rows 28, 37 and 55 say of photos. A photo has a step of its own, after the registration: whatever
//! is wrong with it, the registration has arrived.

use crate::body::{file_part, part, text_part};
use crate::case::Says;
use crate::corpus::{Case, corpus};
use crate::filled::registration;
use crate::make::{exif_segment, fields, jpeg, segment, with_segments};
use crate::site::site;
use crate::table::{How, Row, row, visit};
use crate::visit::{Kept, Visit, photo_of};
use crate::wire::{Got, Sent};
use photo::{PhotoFault, read};
use schema::ground::hash::content_hash;
use std::sync::LazyLock;

static CORPUS: LazyLock<Vec<Case>> = LazyLock::new(corpus);

pub(crate) fn rows() -> Vec<Row> {
    let unseen = "pixels, profiles and tags of what is stored are looked at in crates/photo/tests/photo";
    let seen_too = |number: u32, name: &'static str, go: fn(&Visit<'_>)| {
        row(number, name, vec![How::Visit(go), How::Elsewhere(unseen)])
    };
    vec![
        visit(65, "no file chosen", none_chosen),
        visit(66, "an empty file with a name", |visit| all(visit, &["nothing"])),
        visit(67, "other files called .jpg", |visit| all(visit, &["text", "PDF", "SVG", "HTML", "GIF", "ZIP", "EXE"])),
        visit(68, "a JPEG called something else", misnamed),
        visit(69, "files that are two things", |visit| {
            all(visit, &["JPEG and ZIP", "JPEG and HTML", "JPEG and script in a comment", "PNG and PHP"]);
        }),
        visit(70, "damaged files", |visit| {
            let damaged =
                ["JPEG cut in half", "the start of a JPEG", "PNG with a wrong picture checksum", "PNG of no width"];
            all(visit, &damaged);
        }),
        seen_too(71, "a picture of 65,500 by 65,500", |visit| {
            all(visit, &["PNG of 65,500 by 65,500", "JPEG of 65,500 by 65,500"]);
        }),
        visit(72, "bombs in PNG", |visit| {
            all(visit, &["PNG with an iCCP bomb", "PNG with a zTXt bomb, dropped unread", "PNG of 100,000 chunks"]);
        }),
        visit(73, "JPEGs of very many parts", |visit| {
            let many =
                ["progressive JPEG of 1,000 passes", "JPEG of 65,536 restart marks", "JPEG of 60 segments of 64 KB"];
            all(visit, &many);
        }),
        seen_too(74, "rare makes", |visit| all(visit, &["APNG", "interlaced PNG", "CMYK JPEG", "gray JPEG"])),
        visit(75, "HEIC of a phone, and other kinds", |visit| all(visit, &["HEIC of a phone", "AVIF", "WebP"])),
        seen_too(76, "all that a camera writes", |visit| nothing_but_the_picture(visit, "MAKER NOTE")),
        seen_too(77, "turned by its tag", |visit| all(visit, &["JPEG lying on its side"])),
        seen_too(78, "wide colours", |visit| all(visit, &["JPEG in wide colours", "PNG in wide colours"])),
        visit(79, "two photos", two),
        visit(80, "the EICAR string in a comment", |visit| {
            nothing_but_the_picture(visit, "EICAR-STANDARD-ANTIVIRUS-TEST-FILE");
        }),
    ]
}

fn registered(visit: &Visit<'_>) -> Kept {
    visit.hand_in(&registration().also("note", visit.row.clone()))
}

fn says(visit: &Visit<'_>, got: &Got, status: u16, string: &'static str) {
    assert_eq!(got.status, status, "{}: {}", visit.row, got.main());
    let words = Says::Text(string).words(site());
    assert!(got.body.contains(&words), "{}: `{words}` is missing in {}", visit.row, got.main());
}

/// The photo that is stored for a registration.
fn stored(visit: &Visit<'_>, kept: &Kept) -> Option<Vec<u8>> {
    let row = visit.door.rows().into_iter().find(|row| row.id == kept.row.id).unwrap();
    let hash = row.photo_hash?;
    let bytes = visit.door.bytes(&row.photo_key()?).expect("a photo that is named is there");
    assert_eq!(content_hash(&bytes), hash);
    Some(bytes)
}

/// Files of the corpus by name, each with what becomes of it.
fn all(visit: &Visit<'_>, names: &[&str]) {
    let kept = registered(visit);
    for name in names {
        let case = CORPUS.iter().find(|case| case.name == *name).unwrap_or_else(|| panic!("no file {name}"));
        let before = stored(visit, &kept);
        let got = visit.ask(&visit.photo(&kept, &case.bytes));
        match case.wanted {
            Ok(_) => {
                says(visit, &got, 200, "status-photo-added");
                // What is stored is our own picture, to the byte: nothing of the file besides can be in it.
                assert_eq!(stored(visit, &kept), Some(read(&case.bytes).unwrap().bytes), "{}: {name}", visit.row);
            }
            Err(fault) => {
                says(visit, &got, if fault == PhotoFault::TooLarge { 413 } else { 422 }, words(fault));
                assert_eq!(stored(visit, &kept), before, "{}: {name}", visit.row);
            }
        }
    }
}

fn words(fault: PhotoFault) -> &'static str {
    match fault {
        PhotoFault::Empty => "photo-empty",
        PhotoFault::TooLarge => "photo-too-large",
        PhotoFault::NotAPhoto => "photo-not-a-photo",
        PhotoFault::Heic => "photo-heic",
        PhotoFault::WebP => "photo-webp",
        PhotoFault::Avif => "photo-avif",
        PhotoFault::TooManyPixels => "photo-too-many-pixels",
        PhotoFault::TooSmall => "photo-too-small",
        PhotoFault::Broken => "photo-broken",
    }
}

fn small() -> Vec<u8> {
    jpeg(&fields(64, 48), 90)
}

/// Row 28: a text in the photo's place is judged as what it is.
pub(crate) fn as_text(visit: &Visit<'_>) {
    let kept = registered(visit);
    let got = visit.ask(&photo_of(&kept, &[text_part("photo", b"a photo of Marcus")]));
    says(visit, &got, 422, "photo-not-a-photo");
    let got = visit.ask(&photo_of(&kept, &[text_part("photo", b"")]));
    says(visit, &got, 422, "photo-missing");
    assert_eq!(stored(visit, &kept), None);
}

/// Row 37: exactly 4 MB, and one byte more, as much as Lambda carries, and as much as any gateway does: that is told as what it is,
/// beside the form to choose another. All else has arrived before.
pub(crate) fn largest(visit: &Visit<'_>) {
    all(visit, &["4 MB exactly", "one byte more than 4 MB"]);
    let kept = registered(visit);
    let sizes: &[usize] = if visit.door.is_here() { &[4_400_000, 7_800_000, 10_000_000] } else { &[4_400_000] };
    for size in sizes {
        let got = visit.ask(&visit.photo(&kept, &vec![0xFF; *size]));
        says(visit, &got, 413, "photo-too-large");
        assert!(got.body.contains(&kept.reference) && got.body.contains("name=\"photo\""));
    }
}

/// Row 55: the name of a file goes nowhere.
pub(crate) fn file_names(visit: &Visit<'_>) {
    let kept = registered(visit);
    let long = "a".repeat(300);
    for name in ["../../x.jpg", "C:\\x.jpg", "con", "a.jpg.php", "a%00.jpg", "gpj.\u{202E}exe", long.as_str()] {
        let got = visit.ask(&photo_of(&kept, &[file_part("photo", name, "image/jpeg", &small())]));
        says(visit, &got, 200, "status-photo-added");
        assert!(name.len() < 5 || !got.body.contains(name), "{}: {name}", visit.row);
    }
    assert_eq!(stored(visit, &kept), Some(read(&small()).unwrap().bytes));
}

/// Row 65: without a photo a registration is whole; whoever presses the button of the photo's own step is asked for one.
fn none_chosen(visit: &Visit<'_>) {
    let kept = registered(visit);
    let got = visit.ask(&photo_of(&kept, &[file_part("photo", "", "application/octet-stream", b"")]));
    says(visit, &got, 422, "photo-missing");
    assert_eq!(stored(visit, &kept), None);
}

/// Row 68: the content decides.
fn misnamed(visit: &Visit<'_>) {
    let kept = registered(visit);
    for (name, kind) in [("marcus.png", "image/png"), ("marcus.txt", "text/plain"), ("marcus", "")] {
        let got = visit.ask(&photo_of(&kept, &[file_part("photo", name, kind, &small())]));
        says(visit, &got, 200, "status-photo-added");
    }
    let key = visit.door.rows().into_iter().find(|row| row.id == kept.row.id).unwrap().photo_key().unwrap();
    assert!(key.ends_with(".jpg"));
}

/// Rows 76 and 80: of what stands beside the picture nothing is kept.
fn nothing_but_the_picture(visit: &Visit<'_>, secret: &str) {
    let kept = registered(visit);
    let comment = segment(0xFE, secret.as_bytes());
    let file =
        with_segments(&small(), &[exif_segment(1), comment, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")]);
    let got = visit.ask(&visit.photo(&kept, &file));
    says(visit, &got, 200, "status-photo-added");
    let stored = stored(visit, &kept).unwrap();
    assert_eq!(stored, read(&small()).unwrap().bytes, "{}", visit.row);
    assert!(!stored.windows(secret.len()).any(|window| window == secret.as_bytes()));
}

/// Row 79: and whoever sends one without consent is asked for it.
fn two(visit: &Visit<'_>) {
    let kept = registered(visit);
    let photo = || file_part("photo", "a.jpg", "image/jpeg", &small());
    says(visit, &visit.ask(&photo_of(&kept, &[photo(), photo()])), 422, "photo-twice");
    let without: Sent = {
        let sent = visit.photo(&kept, &small());
        let (yes, no) =
            (part("Content-Disposition: form-data; name=\"consent_photo\"", b"yes"), text_part("consent_photo", b"on"));
        let text = sent.body.windows(yes.len()).position(|window| window == yes).unwrap();
        let body = [&sent.body[..text], &no, &sent.body[text + yes.len()..]].concat();
        Sent { body, ..sent }
    };
    says(visit, &visit.ask(&without), 422, "photo-consent");
    assert_eq!(stored(visit, &kept), None);
}
