//! Rows 126 to 128: a change starts from what the page says, and what is the same is none; a photo for a page that is up; a number
//! that opens somebody's papers.

use crate::case::{Case, Says, accepted, faulty};
use crate::double::Fault;
use crate::filled::{Filled, registration, update};
use crate::make::{fields, jpeg};
use crate::site::{escaped, site};
use crate::stage::Stage;
use crate::table::{How, Row, cases, here, row};
use crate::visit::{Visit, mine};
use crate::wire::{Got, get};
use photo::read;
use schema::submission::kinds::{Flag, State};
use templates::texts::FAULT_IMMIGRATION_NUMBER;

pub(crate) fn rows() -> Vec<Row> {
    vec![
        here(126, "a change that changes nothing", unchanged),
        row(127, "another photo for a page that is up", vec![How::Visit(another_photo), How::Visit(no_photo)]),
        cases(128, "an A-number in public words", a_numbers()),
    ]
}

const PERSON: &str = "marcus-k7m2q";
const PATH: &str = "people/marcus-k7m2q/index.html";
const WORDS: &str = "I fix radios <well> & read \"maps\".\\n\\nWrite about an ordinary day, or a long one.";

/// A page as the site has it, about which nothing counts but what it says as data.
pub(crate) fn page() -> String {
    let says = format!(
        r#"{{"values":{{"shown-name":["Marcus T."],"mail-name":["Torres, Marcus"],"number":["0123456"],"facility":["river-bend"],
        "housing":["B-214"],"pronouns":[],"languages":["en","es"],"interests":["astronomy","chess"],"looking-for":["friendship"],
        "introduction-language":["en"],"introduction":["{}"],"release-year":["2031"]}},
        "chosen":{{"release":"in-a-year","search-engines":"not-found"}}}}"#,
        WORDS.replace('<', "\\u003c").replace('"', "\\\"")
    );
    format!("<!doctype html><p>…</p><script type=\"application/json\" id=\"listed\">{says}</script><p>…</p>")
}

/// A change of that page, as somebody sends it who was shown what it says.
fn change(what: &str) -> Filled {
    let filled = update().with("about", PERSON).with("change", what).with("details", WORDS.replace("\\n", "\r\n"));
    let said = [
        ("shown_name", "Marcus T."),
        ("mail_name", "Torres, Marcus"),
        ("number", "0123456"),
        ("facility", "river-bend"),
        ("housing", "B-214"),
        ("languages", "es"),
        ("languages", "en"),
        ("interests", "astronomy"),
        ("interests", "chess"),
        ("looking_for", "friendship"),
        ("release", "year"),
        ("release_year", "2031"),
        ("search_change", "no"),
    ];
    said.iter().fold(filled, |filled, (name, value)| filled.also(name, value))
}

fn has(got: &Got, html: &str) {
    assert!(got.body.contains(html), "`{html}` is missing in {}", got.main());
}

/// Row 126.
fn unchanged(visit: &Visit<'_>, stage: &Stage) {
    stage.store.publish(PATH, Some(&page()));
    filled_in(visit);
    the_same(visit);
    down(visit);
    anything_else(visit);
    where_nothing_comes(visit, stage);
    corrected(visit, stage);
}

fn filled_in(visit: &Visit<'_>) {
    let form = visit.ask(&get(&format!("/send/update?about={PERSON}")));
    for html in [
        "name=\"about\" value=\"marcus-k7m2q\"",
        "name=\"number\" value=\"0123456\"",
        "name=\"mail_name\" value=\"Torres, Marcus\"",
        "name=\"housing\" value=\"B-214\"",
        "value=\"river-bend\" selected",
        "name=\"languages\" value=\"es\" checked",
        "name=\"interests\" value=\"chess\" checked",
        "name=\"release\" value=\"year\" checked",
        "name=\"release_year\" value=\"2031\"",
        "name=\"search_change\" value=\"no\" checked",
        "I fix radios &lt;well&gt; &amp; read &quot;maps&quot;.",
    ] {
        has(&form, html);
    }
    assert!(!form.body.contains("name=\"change\" value=\"words\" checked"), "nobody has chosen yet what should change");
}

/// What is the same is told of at its question, and nothing of it is lost.
fn the_same(visit: &Visit<'_>) {
    let same = [
        ("words", "details"),
        ("likes", "interests"),
        ("called", "shown_name"),
        ("facility", "facility"),
        ("number", "number"),
        ("mail_name", "mail_name"),
        ("housing", "housing"),
        ("release", "release_year"),
        ("search", "search_change"),
    ];
    let cases: Vec<Case> = same
        .into_iter()
        .map(|(what, question)| faulty(what, &change(what), Says::Fault("update", question, "unchanged", 0)))
        .chain([
            faulty("written otherwise", &change("mail_name").with("mail_name", "Marcus Torres"), told("mail_name")),
            faulty("with blanks", &change("number").with("number", " 0123456 "), told("number")),
        ])
        .collect();
    visit.cases(&cases);
}

fn down(visit: &Visit<'_>) {
    visit.cases(&[
        // Whoever asks for the page to come down waits for no mend.
        accepted("down, and words as they are", change("words").also("change", "take_down").checked()).keeps(
            |stored| {
                let asked = stored.answers.iter().find(|answer| answer.question == "change");
                assert!(asked.is_some_and(|asked| asked.values == ["words", "take_down"]), "{asked:?}");
            },
        ),
        // Nor for one that was left empty.
        accepted("down, and no words", change("words").with("details", "").also("change", "take_down").checked()),
        accepted(
            "down, and a move to nowhere",
            change("facility").with("facility", "other").also("change", "take_down").checked(),
        ),
        accepted(
            "down, and a number that will not do",
            change("number").with("number", "no number").also("change", "take_down").checked(),
        ),
        accepted(
            "enough, and more, and down",
            change("pause").also("change", "resume").also("change", "take_down").checked(),
        ),
    ]);
}

fn anything_else(visit: &Visit<'_>) {
    visit.cases(&[
        // Of answers that are asked together, one is enough; what nobody chose is neither sent nor told of as left out.
        accepted("one of several", change("likes").also("interests", "poetry").checked())
            .stores("interests", "astronomy")
            .keeps(|stored| {
                assert!(stored.answers.iter().all(|answer| answer.question != "number" || answer.values.is_empty()));
            })
            .lacks("class=\"note warn\""),
        accepted("without pronouns, with some", change("called").with("pronouns", "he/him").checked())
            .stores("pronouns", "he/him"),
        accepted("other words", change("words").telling("Other words").checked()).lacks("class=\"note warn\""),
        accepted("life", change("release").with("release", "life").checked()).stores("release", "life"),
        accepted("another year", change("release").with("release_year", "2032").checked())
            .stores("release_year", "2032"),
        faulty(
            "enough, and more",
            &change("resume").also("change", "pause"),
            Says::Html("You chose “They have enough letters for now” and “They would like letters again”.".into()),
        ),
        accepted("something that no page says", change("pause").checked()).lacks("class=\"note warn\""),
        // The address of the page names them as well as its end; another name, nobody.
        faulty(
            "by its address",
            &change("number").with("about", "https://x.example/people/marcus-k7m2q/"),
            told("number"),
        ),
        accepted("by a name", change("number").with("about", "Marcus T.").checked()),
    ]);
    let kept = visit.hand_in(&change("number").with("number", "0123457"));
    assert_eq!(
        kept.row.state,
        State::Received,
        "a facility that stands there already is no move: {:?}",
        kept.row.flags
    );
}

fn told(question: &'static str) -> Says {
    Says::Fault("update", question, "unchanged", 0)
}

/// Where the page cannot be read, the form opens all the same, and nobody is judged by it.
fn where_nothing_comes(visit: &Visit<'_>, stage: &Stage) {
    for fault in [Fault::Before, Fault::Hang] {
        stage.store.plan(move |_, name| (name == "page").then_some(fault));
        let form = visit.ask(&get(&format!("/send/update?about={PERSON}")));
        assert_eq!(form.status, 200);
        has(&form, "name=\"about\" value=\"marcus-k7m2q\"");
        assert!(!form.body.contains("0123456"));
        assert_eq!(visit.ask(&change("number").checked()).status, 200);
        stage.store.mend();
    }
    for odd in [
        "<p>no data</p>",
        "<script type=\"application/json\" id=\"listed\">{\"values\":{\"shoe-size\":[\"9\"]},\"chosen\":{}}</script>",
    ] {
        stage.store.publish(PATH, Some(odd));
        assert_eq!(visit.ask(&get(&format!("/send/update?about={PERSON}"))).status, 200);
        assert_eq!(visit.ask(&change("number").checked()).status, 200);
    }
    stage.store.publish(PATH, None);
    assert_eq!(visit.ask(&change("number").checked()).status, 200);
}

/// Whoever registered somebody corrects the page that is up by the same form.
fn corrected(visit: &Visit<'_>, stage: &Stage) {
    let kept = visit.hand_in(&registration().also("note", "row 126"));
    stage.store.publish(PATH, Some(&page()));
    let waits = visit.ask(&mine("correct", &kept.reference, &kept.code));
    assert!(waits.body.contains("name=\"second\""), "there is no page yet: what waits is opened as it was sent");
    stage.promote(&kept.row.id, PERSON);
    stage.decide(&kept.row.id, State::Published);
    let form = visit.ask(&mine("correct", &kept.reference, &kept.code));
    for html in
        ["name=\"number\" value=\"0123456\"", &format!("value=\"{}\"", kept.reference), "value=\"river-bend\" selected"]
    {
        has(&form, html);
    }
    stage.store.publish(PATH, None);
}

/// Row 127: it waits with the change, as a registration's does with the registration.
fn another_photo(visit: &Visit<'_>) {
    let filled =
        update().with("change", "photo").without("details").with("photo_change", "another").with("about", "row 127");
    let page = visit.check(&filled);
    visit.door.read_a_while();
    let got = visit.ask(&visit.button(&page, &filled.checked()));
    let kept = visit.kept(&got).unwrap();
    assert!(kept.row.flags.contains(&Flag::PhotoToCome) && kept.row.state == State::Received, "{:?}", kept.row.flags);
    for words in ["photo-title-change", "photo-lead-change"] {
        has(&got, &Says::Text(words).words(site()));
    }
    has(&visit.ask(&mine("status", &kept.reference, &kept.code)), "name=\"photo\"");
    let bytes = jpeg(&fields(64, 48), 90);
    let got = visit.ask(&visit.photo(&kept, &bytes));
    assert_eq!(got.status, 200, "{}", got.main());
    has(&got, &Says::Text("status-photo-added").words(site()));
    let row = visit.door.rows().into_iter().find(|row| row.id == kept.row.id).unwrap();
    assert_eq!(visit.door.bytes(&row.photo_key().unwrap()), Some(read(&bytes).unwrap().bytes));
}

/// Row 127: a change that speaks of no other photo takes none.
fn no_photo(visit: &Visit<'_>) {
    let remove = update().with("change", "photo").without("details").with("photo_change", "remove");
    for filled in [update().telling("row 127"), remove.with("about", "row 127, away with it")] {
        let kept = visit.hand_in(&filled);
        assert!(!kept.row.flags.contains(&Flag::PhotoToCome));
        let status = visit.ask(&mine("status", &kept.reference, &kept.code));
        assert!(!status.body.contains("name=\"photo\""), "{}", status.main());
        let got = visit.ask(&visit.photo(&kept, &jpeg(&fields(64, 48), 90)));
        has(&got, &Says::Text("status-photo-too-late").words(site()));
    }
}

/// Row 128: it is told of kindly in each public answer, however it is written, and left alone where only editors read.
fn a_numbers() -> Vec<Case> {
    let introduction = "I like long walks and I would like to hear from somebody. Mine is A 123 456 789, they told me.";
    let refused = [
        ("register", registration().with("number", "A123456789"), "number"),
        ("register", registration().with("number", "A-12 345 678"), "number"),
        ("register", registration().with("shown_name", "Ray A123-456-789"), "shown_name"),
        ("register", registration().with("mail_name", "Ray Oakes A#12345678"), "mail_name"),
        ("register", registration().with("housing", "A012345678"), "housing"),
        ("register", registration().with("pronouns", "a123456789"), "pronouns"),
        ("register", registration().with("introduction", introduction), "introduction"),
        ("update", update().with("details", introduction), "details"),
        ("update", update().with("change", "number").with("number", "A123456789"), "number"),
    ];
    let told = |form: &str, question: &str| {
        let asked = site().bundle.forms.iter().find(|known| known.id == form).unwrap().question(question).unwrap();
        let words =
            site().theme.strings.format("en", FAULT_IMMIGRATION_NUMBER, [asked.label.get("en").to_owned(), "%".into()]);
        Says::Html(escaped(words.split('%').nth(1).unwrap()))
    };
    let refused = refused.map(|(form, filled, question)| faulty(question, &filled, told(form, question)));
    let private = registration().also("note", "They asked me for his A123456789, and I did not give it.");
    refused.into_iter().chain([accepted("to editors alone", private.checked())]).collect()
}
