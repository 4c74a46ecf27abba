//! Notices once, whatever fails: the store and the mail fail at each call.

use crate::carrier::{Carrier, Contact, Letter, Post};
use crate::letter::Words;
use crate::news::{News, compose};
use crate::notifier::{FAILED, Notifier, Public};
use crate::receipt::{self, Receipt};
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use review::{Acceptance, Claim, Folder, Intake, LogLine, Revision, accept, revise};
use review::{Store, StoreError, Transition};
use schema::form::Form;
use schema::ground::hash::Hash;
use schema::place::catalogue::Catalogue;
use schema::submission::content::Answer;
use schema::submission::content::Submission;
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use schema::submission::secret::Secret;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use templates::Theme;

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// The repository's own words.
fn words() -> (Theme, Catalogue, Vec<Form>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let content = site::source::load_content(root, jiff::civil::date(2026, 11, 23)).unwrap();
    (content.theme.unwrap(), content.catalogue, content.forms)
}

/// A public site that shows one person, and took another down.
struct Shown {
    person: String,
    gone: String,
}

impl Public for Shown {
    fn shows(&self, person: &str) -> bool {
        person == self.person
    }
    fn is_gone(&self, person: &str) -> bool {
        person == self.gone
    }
}

fn manifest(person: &str, gone: &str) -> Shown {
    Shown { person: person.to_owned(), gone: gone.to_owned() }
}

fn submission(kind: SubmissionKind, random: u8, answers: &[(&str, &str)]) -> (Submission, Secret) {
    // As version 1 stored them: reading marks what they are to the program.
    let answer = |(question, value): &(&str, &str)| Answer {
        question: (*question).into(),
        values: vec![(*value).into()],
        ..Answer::default()
    };
    let submission = Submission {
        version: 1,
        id: Reference::from_random([random; 16]),
        kind,
        form: "register".into(),
        language: "en".into(),
        written_at: now(),
        wording: None,
        answers: answers.iter().map(answer).collect(),
    };
    (submission, Secret::from_random([random; 16]))
}

/// A folder store in which one call goes wrong.
struct Shaky {
    inner: Folder,
    calls: AtomicUsize,
    dies: usize,
}

impl Shaky {
    fn call(&self) -> Result<(), StoreError> {
        let at = self.calls.fetch_add(1, Ordering::Relaxed);
        if at >= self.dies { Err(StoreError::Unavailable("down".into())) } else { Ok(()) }
    }
}

impl Intake for Shaky {
    async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        self.inner.claim(row).await
    }
    async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner.put(key, bytes).await
    }
    async fn settle(&self, id: &Reference, to: State) -> Result<Transition, StoreError> {
        self.inner.settle(id, to).await
    }
    async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        self.inner.row(id).await
    }
    async fn set_photo(&self, id: &Reference, from: Option<Hash>, to: Option<Hash>) -> Result<Transition, StoreError> {
        self.inner.set_photo(id, from, to).await
    }
    async fn revise(&self, from: &Row, to: &Row) -> Result<Transition, StoreError> {
        self.inner.revise(from, to).await
    }
    async fn decide(&self, decision: &Decision) -> Result<Transition, StoreError> {
        self.call()?;
        self.inner.decide(decision).await
    }
}

impl Store for Shaky {
    async fn get(&self, key: &str) -> Result<Vec<u8>, StoreError> {
        self.call()?;
        self.inner.get(key).await
    }
    async fn entries(&self) -> Result<Vec<Result<Row, StoreError>>, StoreError> {
        self.call()?;
        self.inner.entries().await
    }
    async fn has(&self, key: &str) -> Result<bool, StoreError> {
        self.inner.has(key).await
    }
    async fn erase(&self, row: &Row) -> Result<(), StoreError> {
        self.inner.erase(row).await
    }
    async fn strip(&self, id: &Reference) -> Result<Transition, StoreError> {
        self.inner.strip(id).await
    }
    async fn forget(&self, id: &Reference) -> Result<(), StoreError> {
        self.inner.forget(id).await
    }
    async fn log(&self) -> Result<Vec<Decision>, StoreError> {
        self.call()?;
        self.inner.log().await
    }
    async fn lines(&self) -> Result<Vec<LogLine>, StoreError> {
        self.inner.lines().await
    }
    async fn witness(&self, lines: &[LogLine]) -> Result<(), StoreError> {
        self.inner.witness(lines).await
    }
}

/// Remembers what it carried; the first so many times it does not take the mail.
#[derive(Default)]
struct Bag {
    carried: Mutex<Vec<String>>,
    refuses: AtomicUsize,
}

impl Carrier for Bag {
    fn carry(&self, letter: &Letter<'_>, _: &Contact) -> Result<&'static str> {
        if self.refuses.load(Ordering::Relaxed) > 0 {
            self.refuses.fetch_sub(1, Ordering::Relaxed);
            anyhow::bail!("the mail server is down");
        }
        self.carried.lock().unwrap().push(letter.name.clone());
        Ok("told")
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// A store with one submission, promoted to a person.
fn promoted(folder: &Path, kind: SubmissionKind, person: &str, answers: &[(&str, &str)]) -> Reference {
    let store = Folder::new(folder, now);
    let (submission, secret) = submission(kind, 7, answers);
    let decision = Decision {
        at: now(),
        editor: "ed".into(),
        id: submission.id.clone(),
        from: State::Received,
        to: State::Promoted,
        reason: None,
        profile: Some(person.into()),
        assured: Vec::new(),
        answers: None,
    };
    runtime().block_on(async {
        accept(&store, &submission, &secret, Vec::new()).await.unwrap();
        store.decide(&decision).await.unwrap();
    });
    submission.id
}

const ANSWERS: &[(&str, &str)] = &[
    ("shown_name", "Ana\r\nBcc: all@example.org"),
    ("contact_by", "email"),
    ("email", "maria@example.org"),
    ("submitter_name", "Maria\r\nBcc: all@example.org"),
];

#[test]
fn they_are_told_once_wherever_the_publisher_dies() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let public = manifest("ana-k7m2q", "");
    for dies in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let id = promoted(folder.path(), SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
        let bag = Bag::default();
        let mut at = now();
        for round in 0..4 {
            let dies = if round == 0 { dies } else { usize::MAX };
            let store = Shaky { inner: Folder::new(folder.path(), now), calls: AtomicUsize::new(0), dies };
            let teller = Notifier { store: &store, public: &public, words: &words, carrier: &bag, owner: "test" };
            let _ = runtime().block_on(teller.notify(at));
            at += SignedDuration::from_mins(20);
        }
        let carried = bag.carried.lock().unwrap().clone();
        let name = format!("{}-live", id.key());
        // Only a death between the mail and its note repeats the mail, under the same name.
        let expected = if dies == 4 { vec![name.clone(), name] } else { vec![name] };
        assert_eq!(carried, expected, "the store died at its call {dies}");
        let row = runtime().block_on(Folder::new(folder.path(), now).row(&id)).unwrap().unwrap();
        assert_eq!(row.state, State::Published);
    }
}

#[test]
fn a_mail_that_does_not_go_out_is_tried_again_and_undoes_nothing() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let public = manifest("ana-k7m2q", "");
    let folder = tempfile::tempdir().unwrap();
    promoted(folder.path(), SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
    let store = Folder::new(folder.path(), now);
    let bag = Bag { refuses: AtomicUsize::new(2), ..Bag::default() };
    let teller = Notifier { store: &store, public: &public, words: &words, carrier: &bag, owner: "test" };
    let round = |minutes| runtime().block_on(teller.notify(now() + SignedDuration::from_mins(minutes))).unwrap();
    assert_eq!(round(0).failed.len(), 1);
    assert_eq!(round(1).failed.len(), 1, "the failure is noted: nobody waits for the lease");
    assert_eq!(round(2).told.len(), 1);
    assert!(round(3).told.is_empty());
    let log = runtime().block_on(store.log()).unwrap();
    assert_eq!(log.iter().filter(|line| line.reason.as_deref() == Some(FAILED)).count(), 1, "it is noted once");
    assert_eq!(bag.carried.lock().unwrap().len(), 1);
}

#[test]
fn nobody_is_told_of_a_page_that_is_not_there() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let public = manifest("someone-k7m3q", "");
    let folder = tempfile::tempdir().unwrap();
    let id = promoted(folder.path(), SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
    let store = Folder::new(folder.path(), now);
    let bag = Bag::default();
    let teller = Notifier { store: &store, public: &public, words: &words, carrier: &bag, owner: "test" };
    runtime().block_on(teller.notify(now())).unwrap();
    assert!(bag.carried.lock().unwrap().is_empty());
    assert_eq!(runtime().block_on(store.row(&id)).unwrap().unwrap().state, State::Promoted);
}

#[test]
fn nobody_is_told_of_a_page_without_a_name() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let (folder, bag) = (tempfile::tempdir().unwrap(), Bag::default());
    promoted(folder.path(), SubmissionKind::Registration, "ana-k7m2q", &ANSWERS[1..]);
    let store = Folder::new(folder.path(), now);
    let public = manifest("ana-k7m2q", "");
    let teller = Notifier { store: &store, public: &public, words: &words, carrier: &bag, owner: "test" };
    assert_eq!(runtime().block_on(teller.notify(now())).unwrap().failed.len(), 1);
    assert!(bag.carried.lock().unwrap().is_empty());
}

#[test]
fn whoever_is_declined_is_told_why_unless_the_editor_says_not_to() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    for untold in [false, true] {
        let (folder, mail) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = Folder::new(folder.path(), now);
        let (registration, secret) = submission(SubmissionKind::Registration, 1, ANSWERS);
        runtime().block_on(accept(&store, &registration, &secret, Vec::new())).unwrap();
        let line = |from, to, reason: &str| Decision {
            at: now(),
            editor: "ed".into(),
            id: registration.id.clone(),
            from,
            to,
            reason: Some(reason.into()),
            profile: None,
            assured: Vec::new(),
            answers: None,
        };
        let why = "Their agency forbids pen-pal pages.";
        runtime().block_on(store.decide(&line(State::Received, State::Rejected, why))).unwrap();
        if untold {
            runtime().block_on(store.decide(&line(State::Rejected, State::Rejected, "not told"))).unwrap();
        }
        let post = Post::from_variables(mail.path().to_owned(), "hello@example.org", |_| None).unwrap();
        let public = manifest("ana-k7m2q", "");
        let teller = Notifier { store: &store, public: &public, words: &words, carrier: &post, owner: "test" };
        let told: Vec<usize> = (0..2).map(|_| runtime().block_on(teller.notify(now())).unwrap().told.len()).collect();
        assert_eq!(told, [usize::from(!untold), 0]);
        let email = std::fs::read_to_string(mail.path().join(format!("{}-declined.eml", registration.id.key())));
        assert_eq!(email.is_ok_and(|email| email.contains(why)), !untold);
    }
}

#[test]
fn whoever_gave_an_email_has_one_receipt_while_it_waits_and_is_told_the_decision_all_the_same() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let public = manifest("ana-k7m2q", "");
    let by_post: &[(&str, &str)] = &[("contact_by", "post"), ("postal", "1 Example Street")];
    let cases = [
        (SubmissionKind::Registration, ANSWERS, vec![], 1),
        (SubmissionKind::Update, ANSWERS, vec![], 1),
        (SubmissionKind::Registration, ANSWERS, vec![Flag::ListingRule], 1),
        // Held by a program: the address may be a stranger's.
        (SubmissionKind::Registration, ANSWERS, vec![Flag::Crowd], 0),
        (SubmissionKind::Registration, by_post, vec![], 0),
        (SubmissionKind::Report, ANSWERS, vec![], 0),
    ];
    for (kind, answers, flags, receipts) in cases {
        let (folder, mail) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = Folder::new(folder.path(), now);
        let (submission, secret) = submission(kind, 3, answers);
        runtime().block_on(accept(&store, &submission, &secret, flags)).unwrap();
        let post = Post::from_variables(mail.path().to_owned(), "hello@example.org", |_| None).unwrap();
        let teller = Notifier { store: &store, public: &public, words: &words, carrier: &post, owner: "test" };
        let round = || runtime().block_on(teller.notify(now())).unwrap();
        let told: Vec<usize> = (0..2).map(|_| round().told.len()).collect();
        assert_eq!(told, [receipts, 0], "{kind:?} {answers:?}");
        let waits = runtime().block_on(store.row(&submission.id)).unwrap().unwrap();
        assert!(waits.waits(), "a receipt decides nothing");
        let file = mail.path().join(format!("{}-received.eml", submission.id.key()));
        let Ok(email) = std::fs::read_to_string(file) else { continue };
        assert!(email.contains(&submission.id.to_string()) && email.contains("/send/mine"), "{email}");
        assert!(!email.contains(&secret.to_string()), "a mail is read by others: {email}");
        let reject = Decision {
            at: now(),
            editor: "ed".into(),
            id: submission.id.clone(),
            from: waits.state,
            to: State::Rejected,
            reason: Some("Their agency forbids it.".into()),
            profile: None,
            assured: Vec::new(),
            answers: None,
        };
        runtime().block_on(store.decide(&reject)).unwrap();
        assert_eq!([round().told.len(), round().told.len()], [1, 0], "{kind:?}");
    }
}

#[test]
fn whoever_corrects_their_email_has_a_receipt_there_too_and_nobody_has_two() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let public = manifest("ana-k7m2q", "");
    let folder = tempfile::tempdir().unwrap();
    let store = Folder::new(folder.path(), now);
    let bag = Bag::default();
    let teller = Notifier { store: &store, public: &public, words: &words, carrier: &bag, owner: "test" };
    let round = || runtime().block_on(teller.notify(now())).unwrap().told.len();
    let answers = |email: &'static str, name: &'static str| {
        submission(SubmissionKind::Registration, 3, &[("shown_name", name), ("contact_by", "email"), ("email", email)])
    };
    let (first, secret) = answers("maria@exmaple.org", "Ana");
    let sent = runtime().block_on(accept(&store, &first, &secret, Vec::new())).unwrap();
    let Acceptance::Stored(mut row) = sent else { panic!("{sent:?}") };
    assert_eq!([round(), round()], [1, 0]);
    for (corrected, receipts) in [
        // Another word, the address as it was; then the address; then another word again.
        (answers("maria@exmaple.org", "Anna"), [0, 0]),
        (answers("maria@example.org", "Anna"), [1, 0]),
        (answers("maria@example.org", "Anna M."), [0, 0]),
    ] {
        let Ok(Revision::Stored(revised)) = runtime().block_on(revise(&store, &row, &corrected.0, &[])) else {
            panic!()
        };
        row = revised;
        assert_eq!([round(), round()], receipts, "{row:?}");
    }
    let id = row.id.key().to_owned();
    assert_eq!(*bag.carried.lock().unwrap(), [format!("{id}-received"), format!("{id}-received-3")]);
}

#[test]
fn an_email_has_no_header_of_its_submitters_making() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let (folder, mail) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let id = promoted(folder.path(), SubmissionKind::Registration, "ana-k7m2q", ANSWERS);
    let store = Folder::new(folder.path(), now);
    let post = Post::from_variables(mail.path().to_owned(), "hello@example.org", |_| None).unwrap();
    let public = manifest("ana-k7m2q", "");
    let teller = Notifier { store: &store, public: &public, words: &words, carrier: &post, owner: "test" };
    let told = runtime().block_on(teller.notify(now())).unwrap();
    assert_eq!(told.told, [(id.clone(), "told by an e-mail in var/mail")]);
    let email = std::fs::read_to_string(mail.path().join(format!("{}-live.eml", id.key()))).unwrap();
    let (headers, body) = email.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = headers.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    for name in ["From", "To", "Subject", "Message-ID", "Auto-Submitted"] {
        assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{name}: {headers}");
    }
    assert!(!headers.contains("Bcc") && !headers.contains("Ana") && !headers.contains("Maria"), "{headers}");
    assert!(headers.contains("To: maria@example.org"), "{headers}");
    assert!(body.contains("/people/ana-k7m2q/") && body.contains(&id.to_string()), "{body}");
}

#[test]
fn whoever_chose_post_gets_a_letter_to_print() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let (folder, mail) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let answers = [("contact_by", "post"), ("submitter_name", "Ana <b>"), ("postal", "1 Example Street\nExample City")];
    let id = promoted(folder.path(), SubmissionKind::Update, "ray-d8w3k", &answers);
    let store = Folder::new(folder.path(), now);
    let post = Post::from_variables(mail.path().to_owned(), "hello@example.org", |_| None).unwrap();
    let public = manifest("someone-k7m3q", "ray-d8w3k");
    let teller = Notifier { store: &store, public: &public, words: &words, carrier: &post, owner: "test" };
    runtime().block_on(teller.notify(now())).unwrap();
    let letter = std::fs::read_to_string(mail.path().join(format!("{}-down.html", id.key()))).unwrap();
    assert!(letter.contains("Ana &lt;b&gt;<br>1 Example Street<br>Example City"), "{letter}");
    assert!(letter.contains("The page is taken down") && letter.contains("/people/ray-d8w3k/"), "{letter}");
    let day = templates::dates::day(&theme.strings, "en", jiff::civil::date(2027, 2, 14));
    assert!(letter.contains(&format!("On {day}, or the day after, we delete")), "{day}: {letter}");
    assert!(theme.failures().is_empty() && theme.strings.mistakes().is_empty(), "{:?}", theme.strings.mistakes());
}

#[test]
fn a_receipt_says_until_when_the_profile_is_kept_and_no_more_than_was_done() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let root = tempfile::tempdir().unwrap();
    let said = |kept_until| {
        let receipt = Receipt {
            person: "ana-k7m2q",
            addresses: vec!["/people/ana-k7m2q/".into()],
            reference: None,
            marked: Some(now()),
            erased: Some(now()),
            purged: None,
            forgotten: None,
            kept_until,
        };
        let papers = receipt::write(root.path(), &words, "en", &receipt, jiff::civil::date(2027, 1, 15)).unwrap();
        std::fs::read_to_string(root.path().join(papers.receipt.with_extension("txt"))).unwrap()
    };
    let day = jiff::civil::date(2027, 2, 14);
    let kept = said(Some(day));
    let day = templates::dates::day(&theme.strings, "en", day);
    assert!(
        kept.contains(&format!("From {day} on they delete it")) && kept.contains("a mark without a name"),
        "{kept}"
    );
    assert!(kept.contains("where our site is kept for visitors"), "{kept}");
    assert!(!said(None).contains("they delete it"), "where no profile is kept, nothing is said of one");
}

#[test]
fn a_message_names_the_form_by_the_address_that_the_form_has() {
    let (theme, catalogue, mut forms) = words();
    forms.iter_mut().for_each(|form| form.address = format!("{}-here", form.address));
    let said = |forms: &[Form]| {
        let words = Words { theme: &theme, catalogue: &catalogue, forms };
        let news = News::Changed { person: "ana-k7m2q".into() };
        compose(&words, "en", (&Reference::from_random([1; 16]), jiff::civil::date(2026, 12, 27)), &news).plain("site")
    };
    assert!(
        said(&forms).contains("/update-here/") && !said(&[]).contains("To change or take down"),
        "{}",
        said(&forms)
    );
}

#[test]
fn every_message_is_set_in_every_language() {
    let (theme, catalogue, forms) = words();
    let words = Words { theme: &theme, catalogue: &catalogue, forms: &forms };
    let person = || "ana-k7m2q".to_owned();
    for lang in &catalogue.site.languages {
        for news in [
            News::Received { arrived: jiff::civil::date(2026, 11, 27) },
            News::Live { person: person(), name: "Ana".into() },
            News::Changed { person: person() },
            News::TakenDown { person: person() },
            News::Done { reason: Some("We moved the page.".into()) },
            News::Declined { reason: Some("The agency does not allow it.".into()) },
        ] {
            let message =
                compose(&words, lang, (&Reference::from_random([1; 16]), jiff::civil::date(2026, 12, 27)), &news);
            assert!(!message.plain("site").contains("{ $"), "{message:?}");
        }
    }
    assert!(theme.strings.mistakes().is_empty(), "{:?}", theme.strings.mistakes());
}
