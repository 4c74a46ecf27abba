//! Sets every page of the function once, with nothing in it: a slip in a template or a string is found before a person finds it.

use crate::deadline::{Deadline, REQUEST};
use crate::draft::pages::CodeFault;
use crate::http::admitted::{Admitted, LookupRequest, Pair};
use crate::http::front::Client;
use crate::http::refusal::Refusal;
use crate::http::route::{LookupStep, Step};
use crate::lookup::act::photo_words;
use crate::lookup::opened::OpenedSubmission;
use crate::lookup::pages::{After, LookupFault};
use crate::lookup::stands::Stands;
use crate::pages::{Again, Pages, Sent};
use crate::service::Handler;
use jiff::civil::Date;
use photo::PhotoFault;
use schema::form::{Answers, DateFault, Fault, Form, PostFault, Stop, YearFault};
use schema::ground::hash::content_hash;
use schema::submission::content::{Submission, VERSION};
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;
use templates::texts::{self, FormNotice, StatusNotice, Told};
use templates::trial::Trial;

impl<S, L, D, P> Handler<S, L, D, P> {
    /// Sets every page in every language. Nothing is stored.
    pub fn try_pages(&self) -> Trial {
        let pages = &self.pages;
        for lang in &pages.catalogue.site.languages {
            pages.forms.iter().for_each(|form| set_form(pages, form, lang));
            set_refusals(pages, lang);
            set_lookup(pages, lang);
        }
        Trial::of(&pages.theme)
    }
}

fn set_form(pages: &Pages, form: &Form, lang: &str) {
    let admitted = Admitted {
        form,
        lang: lang.to_owned(),
        step: Step::Start,
        answers: Answers::default(),
        listed: None,
        token: String::new(),
        draft: String::new(),
        second: None,
        client: Client::default(),
        is_silent: false,
        deadline: Deadline::after(jiff::Timestamp::UNIX_EPOCH, REQUEST),
    };
    for fault in every_fault() {
        let faults: Vec<_> = form.questions().map(|question| (question.name.clone(), fault.clone())).collect();
        pages.form(&admitted, &faults);
    }
    let again = [Again::Changed, Again::Unsure, Again::TakenBack, Again::OfNothing, Again::Expired];
    let again = again.into_iter().chain([Again::Unavailable, Again::Limited]);
    for again in again.map(Some).chain([None]) {
        pages.check(&admitted, &[], "", again);
    }
    set_second(pages, &admitted);
    set_sent(pages, &admitted);
    pages.already_sent(&admitted, &Reference::from_random([0; 16]));
    if form.can_be_put_down() {
        set_put_down(pages, &admitted);
    }
    for agency in pages.catalogue.agencies.keys() {
        pages.stop(&admitted, &Stop { agency: agency.clone() });
    }
}

fn set_sent(pages: &Pages, admitted: &Admitted<'_>) {
    let (submission, code) = (empty(admitted), Secret::from_random([0; 16]));
    for (_, state) in State::ALL {
        let before = own(admitted.form.kind, *state).row;
        pages.sent(
            admitted,
            &Sent {
                submission: &submission,
                code: &code,
                answers: &[],
                before: state.is_decided().then_some(&before),
                second: None,
                takes_photo: true,
            },
        );
    }
}

fn set_second(pages: &Pages, admitted: &Admitted<'_>) {
    let own = own(admitted.form.kind, State::Received);
    let (pair, submission) =
        (Pair { reference: own.row.id.to_string(), code: own.secret.to_string() }, empty(admitted));
    let second = Admitted { second: Some(pair), ..admitted.clone() };
    pages.form(&second, &[]);
    pages.check(&second, &[], "", None);
    let sent = Sent {
        submission: &submission,
        code: &own.secret,
        answers: &[],
        before: None,
        second: Some(&own.row),
        takes_photo: true,
    };
    pages.sent(&second, &sent);
    let stands = Stands { told: Told::Promoted, left: None };
    pages.lookup_status(&admitted.lang, &own, stands, After::TooLate(admitted.form, &[]));
}

fn every_fault() -> Vec<Fault> {
    let mut faults = vec![
        Fault::Missing,
        Fault::Unwanted,
        Fault::NotOneLine,
        Fault::Twice,
        Fault::TooMany(1),
        Fault::TooLong(1),
        Fault::TooShort(1),
        Fault::NothingToSee,
        Fault::Unchanged,
        Fault::Apart([String::new(), String::new()]),
        Fault::Contact(String::new()),
        Fault::ImmigrationNumber(String::new()),
    ];
    faults.extend(PostFault::ALL.iter().map(|(_, fault)| Fault::Post(*fault)));
    faults.extend(YearFault::ALL.iter().map(|(_, fault)| Fault::Year(*fault)));
    faults.extend(DateFault::ALL.iter().map(|(_, fault)| Fault::Date(*fault)));
    faults
}

fn set_put_down(pages: &Pages, admitted: &Admitted<'_>) {
    pages.put_down(admitted, &Secret::from_random([0; 16]), Date::ZERO);
    for fault in [CodeFault::Unknown, CodeFault::Limited, CodeFault::Unavailable].map(Some).into_iter().chain([None]) {
        pages.take_up((&admitted.lang, admitted.form), "", fault);
    }
    for (_, notice) in FormNotice::ALL {
        pages.form_again(admitted, *notice);
    }
}

fn set_refusals(pages: &Pages, lang: &str) {
    let path = format!("/{lang}/");
    let refusals = [
        Refusal::NotFound,
        Refusal::Method("POST"),
        Refusal::Forbidden,
        Refusal::WrongType,
        Refusal::TooLarge,
        Refusal::BadRequest,
    ];
    for refusal in refusals {
        pages.refuse(&path, &refusal);
    }
    pages.broken(&path);
}

fn set_lookup(pages: &Pages, lang: &str) {
    let text = String::new;
    let (step, photos) = (LookupStep::Status, Vec::new());
    let (lang_owned, client) = (lang.to_owned(), Client::default());
    let asked = LookupRequest {
        lang: lang_owned,
        step,
        reference: text(),
        code: text(),
        photos,
        photo_is_agreed: false,
        client,
        deadline: Deadline::after(jiff::Timestamp::UNIX_EPOCH, REQUEST),
    };
    pages.lookup_start(lang, step);
    for fault in [LookupFault::Unknown, LookupFault::Limited, LookupFault::Unavailable] {
        pages.lookup_fault(&asked, fault);
    }
    for (_, kind) in SubmissionKind::ALL {
        for (_, state) in State::ALL {
            pages.lookup_taken_back(lang, &own(*kind, *state));
        }
        for (_, told) in Told::ALL {
            let (own, stands) = (own(*kind, State::Published), Stands { told: *told, left: Some(Date::ZERO) });
            pages.lookup_status(lang, &own, stands, After::Nothing);
            pages.lookup_take_back(lang, &own, stands);
        }
    }
    let own = own(SubmissionKind::Registration, State::Received);
    let waits = Stands { told: Told::Received, left: None };
    for (_, notice) in StatusNotice::ALL {
        pages.lookup_status(lang, &own, waits, After::Done(*notice));
    }
    let faults = [
        PhotoFault::Empty,
        PhotoFault::TooLarge,
        PhotoFault::NotAPhoto,
        PhotoFault::Heic,
        PhotoFault::WebP,
        PhotoFault::Avif,
        PhotoFault::TooManyPixels,
        PhotoFault::TooSmall,
        PhotoFault::Broken,
    ];
    for wrong in
        faults.map(photo_words).into_iter().chain([texts::PHOTO_MISSING, texts::PHOTO_TWICE, texts::PHOTO_CONSENT])
    {
        pages.lookup_status(lang, &own, waits, After::Wrong(wrong));
    }
}

fn own(kind: SubmissionKind, state: State) -> OpenedSubmission {
    let row = Row {
        id: Reference::from_random([0; 16]),
        kind,
        state,
        payload_hash: content_hash(b""),
        earlier: Vec::new(),
        secret_hash: content_hash(b""),
        photo_hash: None,
        flags: Vec::new(),
        created_at: jiff::Timestamp::UNIX_EPOCH,
        changed_at: jiff::Timestamp::UNIX_EPOCH,
        decided_at: None,
        profile: Some("somebody-k7m2q".to_owned()),
    };
    OpenedSubmission { row, secret: Secret::from_random([0; 16]) }
}

fn empty(admitted: &Admitted<'_>) -> Submission {
    Submission {
        version: VERSION,
        id: Reference::from_random([0; 16]),
        kind: admitted.form.kind,
        form: admitted.form.id.clone(),
        language: admitted.lang.clone(),
        written_at: jiff::Timestamp::UNIX_EPOCH,
        wording: None,
        answers: Vec::new(),
    }
}
