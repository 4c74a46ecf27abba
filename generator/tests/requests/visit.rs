//! Somebody at a door: sends what a row says, follows the pages as a browser would, and looks at what is stored.

use crate::body::{file_part, joined, pairs, text_part};
use crate::case::{Case, Effect, Says};
use crate::door::Door;
use crate::filled::Filled;
use crate::site::site;
use crate::wire::{Got, Sent, post};
use schema::submission::content::Submission;
use schema::submission::kinds::State;
use schema::submission::row::Row;
use templates::headers::SECURITY_HEADERS;

/// Somebody at a door.
pub(crate) struct Visit<'d> {
    pub(crate) door: &'d dyn Door,
    /// Stands before every message.
    pub(crate) row: String,
}

/// What a sender keeps, and the row that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) reference: String,
    pub(crate) code: String,
    pub(crate) row: Row,
}

impl Visit<'_> {
    /// Sends something; whatever the answer is, it is a page with all that our pages have.
    pub(crate) fn ask(&self, sent: &Sent) -> Got {
        let got = self.door.ask(sent);
        self.is_a_page(sent, &got);
        got
    }

    /// Whatever it says, it is a page with all that ours have, and nothing is echoed as it came.
    pub(crate) fn is_a_page(&self, sent: &Sent, got: &Got) {
        let at = format!("{}: {} {}: {}", self.row, sent.method, sent.path, got.status);
        assert_eq!(got.header("content-type"), Some("text/html; charset=utf-8"), "{at}");
        assert_eq!(got.header("cache-control"), Some("no-store"), "{at}");
        for (name, value) in SECURITY_HEADERS {
            assert_eq!(got.header(name), Some(*value), "{at} {name}");
        }
        assert_eq!(got.header("access-control-allow-origin"), None, "{at}");
        match (sent.method.as_str(), got.status) {
            ("HEAD", _) | (_, 303) => assert_eq!(got.body, "", "{at}"),
            _ => assert!(got.body.starts_with("<!doctype html>"), "{at}: {}", got.body),
        }
        assert!(!got.body.contains("<script>"), "{at}: something was echoed as it came");
    }

    /// All cases of a row: first every case's request, then, once a person could have read the pages, what they lead to.
    pub(crate) fn cases(&self, cases: &[Case]) {
        let before = self.ids();
        let asked = cases.iter().filter(|case| self.door.is_here() || case.only_here.is_none());
        let pages: Vec<(&Case, Got)> = asked.map(|case| (case, self.first(case))).collect();
        assert_eq!(self.ids(), before, "{}: something was stored before it was sent", self.row);
        if pages.iter().any(|(case, _)| case.effect != Effect::Nothing) {
            self.door.read_a_while();
        }
        for (case, page) in pages {
            match case.effect {
                Effect::Nothing => self.again_at_the_end(case, &page),
                Effect::One | Effect::Held => self.stored(case, &page),
            }
        }
    }

    fn ids(&self) -> Vec<String> {
        self.door.rows().iter().map(|row| format!("{} {}", row.id, row.state.word())).collect()
    }

    fn first(&self, case: &Case) -> Got {
        let got = self.ask(&case.sent);
        self.matches(case, &got);
        got
    }

    fn matches(&self, case: &Case, got: &Got) {
        let at = format!("{} ({})", self.row, case.name);
        assert_eq!(got.status, case.status, "{at}: {}", got.main());
        for (name, value) in &case.headers {
            assert_eq!(got.header(name), Some(value.as_str()), "{at} {name}");
        }
        for words in case.says.iter().map(|says| says.words(site())) {
            assert!(got.body.contains(&words), "{at}: `{words}` is missing in {}", got.main());
        }
        for html in &case.lacks {
            assert!(!got.body.contains(html), "{at}: `{html}` stands in {}", got.body);
        }
    }

    /// What is refused when it is to be checked is refused as well when it is sent at once.
    fn again_at_the_end(&self, case: &Case, first: &Got) {
        let Some(path) = case.sent.path.strip_suffix("/check") else { return };
        let got = self.ask(&case.sent.clone().at(&format!("{path}/send")));
        let expected = if first.status == 200 { 422 } else { first.status };
        if case.sent.method == "POST" {
            assert_eq!(got.status, expected, "{} ({}), sent at once: {}", self.row, case.name, got.main());
        }
    }

    fn stored(&self, case: &Case, page: &Got) {
        let at = format!("{} ({})", self.row, case.name);
        let kept = self.send(page, &case.sent).unwrap_or_else(|got| panic!("{at}: {} {}", got.status, got.main()));
        let state = if case.effect == Effect::Held { State::Held } else { State::Received };
        assert_eq!(kept.row.state, state, "{at}: {:?}", kept.row.flags);
        assert!(case.flag.is_none_or(|flag| kept.row.flags.contains(&flag)), "{at}: {:?}", kept.row.flags);
        let submission = self.submission(&kept.row);
        case.stored.iter().for_each(|check| check(&submission));
    }

    /// What is stored for a row.
    pub(crate) fn submission(&self, row: &Row) -> Submission {
        let bytes = self.door.bytes(&row.object_key()).expect("a row that waits has its answers");
        let submission: Submission = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(submission.to_bytes().unwrap(), bytes, "{}", self.row);
        submission
    }

    /// The button at the end of a page that shows the answers.
    pub(crate) fn button(&self, page: &Got, like: &Sent) -> Sent {
        let action = page.action().unwrap_or_else(|| panic!("{}: no form on {}", self.row, page.main()));
        let mut sent = post(&action, "application/x-www-form-urlencoded", pairs(&page.hidden()));
        let unsaid = |name: &str| like.headers.iter().all(|(known, _)| known != name);
        if unsaid("sec-fetch-site") {
            sent = sent.without("sec-fetch-site");
        }
        for (name, value) in like.headers.iter().filter(|(name, _)| name == "origin") {
            sent = sent.with(name, value);
        }
        Sent { address: like.address.clone(), ..sent }
    }

    /// Sends what a page shows: exactly one more row, or the page that came instead.
    pub(crate) fn send(&self, page: &Got, like: &Sent) -> Result<Kept, Box<Got>> {
        let before = self.door.rows();
        let got = self.ask(&self.button(page, like));
        let Some(kept) = self.kept(&got) else { return Err(Box::new(got)) };
        let new: Vec<Row> = self.door.rows().into_iter().filter(|row| !before.contains(row)).collect();
        assert_eq!(new, std::slice::from_ref(&kept.row), "{}: exactly one row", self.row);
        Ok(kept)
    }

    /// Reference and code of a page that says that something arrived, and the row that it promises.
    pub(crate) fn kept(&self, got: &Got) -> Option<Kept> {
        let code = got.between("id=\"code\">", "<").filter(|_| got.status == 200)?;
        let reference = got.between("id=\"reference\">", "<")?;
        let row = self.door.rows().into_iter().find(|row| row.id.to_string() == reference);
        let row = row.unwrap_or_else(|| panic!("{}: {reference} was given out and is not stored", self.row));
        assert_ne!(row.state, State::Pending, "{}: {reference} was given out and is not stored whole", self.row);
        Some(Kept { reference, code, row })
    }

    /// Fills, checks, reads and sends a form.
    pub(crate) fn hand_in(&self, filled: &Filled) -> Kept {
        let page = self.check(filled);
        self.door.read_a_while();
        self.send(&page, &filled.checked()).unwrap_or_else(|got| panic!("{}: {} {}", self.row, got.status, got.main()))
    }

    /// The page on which the answers are checked.
    pub(crate) fn check(&self, filled: &Filled) -> Got {
        let page = self.ask(&filled.checked());
        assert_eq!(page.status, 200, "{}: {}", self.row, page.main());
        assert!(page.body.contains(&Says::Text("check-not-sent").words(site())), "{}: {}", self.row, page.main());
        page
    }

    /// A photo with what belongs to it.
    pub(crate) fn photo(&self, kept: &Kept, photo: &[u8]) -> Sent {
        photo_of(kept, &[file_part("photo", "marcus.jpg", "image/jpeg", photo)])
    }
}

/// The photo step with any parts beside reference, code and consent.
pub(crate) fn photo_of(kept: &Kept, parts: &[Vec<u8>]) -> Sent {
    let mut all = vec![
        text_part("reference", kept.reference.as_bytes()),
        text_part("code", kept.code.as_bytes()),
        text_part("consent_photo", b"yes"),
    ];
    all.extend(parts.iter().cloned());
    post("/send/mine/photo", "multipart/form-data; boundary=photo-edge", joined("photo-edge", &all))
}

/// Something asked with reference and code.
pub(crate) fn mine(step: &str, reference: &str, code: &str) -> Sent {
    let fields = [("reference", reference), ("code", code)];
    let fields: Vec<(String, Vec<u8>)> = fields.map(|(name, value)| (name.into(), value.into())).into();
    post(&format!("/send/mine/{step}"), "application/x-www-form-urlencoded", pairs(&fields))
}
