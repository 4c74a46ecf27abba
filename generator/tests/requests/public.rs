//! What everybody will read, and what goes on the envelope, is judged before it is sent, as the profile and the post would; slips
//! that cannot be known for slips are asked about on the page on which answers are checked.

use crate::case::{Case, Says, accepted, faulty};
use crate::filled::{Filled, registration, update};
use crate::stage::Stage;
use crate::visit::Visit;

fn all(row: &str, cases: &[Case]) {
    let stage = Stage::new();
    Visit { door: &stage, row: row.into() }.cases(cases);
}

fn says(question: &'static str, typed: &str, fault: &'static str) -> Case {
    faulty(typed, &registration().with(question, typed), Says::Fault("register", question, fault, 0))
}

#[test]
fn no_public_answer_holds_a_second_way_to_write() {
    let take_out = |question: &'static str, typed: &str, found: &str| {
        let words = format!("this would be on a public page. Take it out: {found}");
        faulty(format!("{question} {typed}"), &registration().with(question, typed), Says::Html(words))
    };
    all(
        "public answers",
        &[
            take_out("shown_name", "Call 555-123-4567", "Call 555-123-4567"),
            take_out("shown_name", "CashApp $rayoakes", "CashApp"),
            take_out("pronouns", "fb.com/rayoakes", "fb.com/rayoakes"),
            take_out("housing", "text 555\u{2011}123\u{2011}4567", "text 555\u{2011}123\u{2011}4567"),
            take_out("mail_name", "Ray Oakes 555-123-4567", "555-123-4567"),
            says("shown_name", "\u{3164}", "nothing-to-see"),
            says("mail_name", "\u{2800}\u{2800}", "nothing-to-see"),
        ],
    );
}

#[test]
fn a_name_that_the_post_cannot_read_is_asked_for_again() {
    all(
        "names on the envelope",
        &[
            says("mail_name", "王秀英", "post-letters"),
            says("mail_name", "Thompson, Marcus V", "post-order"),
            says("mail_name", "Marcus Thompson, MD", "post-order"),
            accepted("a pasted joiner", registration().with("mail_name", "Mar\u{200D}cus Torres\u{200C}").checked())
                .stores("mail_name", "Marcus Torres"),
            accepted("an initial", registration().with("mail_name", "Thompson, Marcus V.").checked()),
        ],
    );
}

#[test]
fn each_slip_of_a_year_and_a_consent_of_long_ago_are_said_at_once() {
    let long_ago = registration().with("consent_date-year", "2024");
    all(
        "years",
        &[
            says("birth_year", "80", "year-not-four-digits"),
            says("birth_year", "2010", "year-under-age"),
            says("birth_year", "2008", "year-coming-of-age"),
            says("birth_year", "1.5.1980", "year-whole-date"),
            accepted("1980.", registration().with("birth_year", "1980.").checked()).stores("birth_year", "1980"),
            faulty("consent", &long_ago, Says::Fault("register", "consent_date", "date-lapsed", 0)),
        ],
    );
}

#[test]
fn what_another_answer_has_made_idle_is_said_and_left_out() {
    let idle = |filled: Filled| accepted("idle", filled.checked()).says(Says::Html("this answer is left out".into()));
    let is_none = |question: &'static str| {
        move |submission: &schema::submission::content::Submission| {
            assert_eq!(crate::case::given(submission, question), None, "{question}");
        }
    };
    let other = registration().with("other_facility", "Another place").with("other_agency", "missouri-doc");
    all(
        "idle answers",
        &[
            idle(registration().with("release", "life").with("release_year", "2030")).keeps(is_none("release_year")),
            idle(registration().with("release", "unknown").with("release_year", "soon")).keeps(is_none("release_year")),
            idle(other).keeps(is_none("other_facility")).keeps(is_none("other_agency")),
            accepted("none", registration().checked()).lacks("this answer is left out"),
        ],
    );
}

#[test]
fn an_address_that_looks_like_a_slip_is_asked_about_and_taken() {
    let asked = |typed: &'static str, meant: &str| {
        accepted(typed, update().with("email", typed).checked())
            .says(Says::Html(meant.to_owned()))
            .stores("email", typed)
    };
    all(
        "addresses",
        &[
            asked("ana@gmial.com", "Perhaps you meant ana@gmail.com"),
            asked("ana@gmail.con", "Perhaps you meant ana@gmail.com"),
            accepted("right", update().with("email", "ana@gmail.com").checked()).lacks("Perhaps you meant"),
        ],
    );
}

#[test]
fn a_fair_paragraph_of_chinese_is_long_enough() {
    let words = "我喜欢音乐和读书，下午常听收音机，也想认识新朋友。";
    all(
        "Chinese",
        &[
            accepted("a paragraph", registration().with("introduction", words).checked()),
            faulty(
                "a word",
                &registration().with("introduction", "我喜欢音乐"),
                Says::Html("must be 40 characters or more".into()),
            ),
        ],
    );
}
