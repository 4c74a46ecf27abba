//! What an agency says of listings, told before anything is sent, and held until an editor has looked.

use crate::case::{Case, Says, accepted, faulty, held};
use crate::filled::{Filled, registration, update};
use crate::stage::Stage;
use crate::visit::Visit;
use schema::place::kinds::ListingGate;
use schema::submission::kinds::{Flag, State};

/// A registration for a facility that is not in the list.
fn elsewhere(agency: &str) -> Filled {
    registration().with("facility", "other").with("other_facility", "A prison, Somewhere").with("other_agency", agency)
}

fn waits(name: &str, filled: &Filled, says: &str) -> Case {
    held(name, filled.checked(), Flag::ListingRule).says(Says::Html(says.to_owned()))
}

#[test]
fn a_registration_waits_where_its_agency_s_rule_is_not_plain() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "the agency's rule".into() };
    let texas = "We do not know for certain whether Texas Department of Criminal Justice allows listings.";
    visit.cases(&[
        waits("unknown", &elsewhere("texas-doc").with("number", "01234567"), texas),
        waits(
            "under conditions",
            &registration().with("facility", "saltgrass").with("number", "00481516"),
            "case manager",
        ),
        accepted("allowed", registration().checked()).lacks("class=\"note warn\""),
    ]);
    let row = |state| stage_rows(&stage).into_iter().filter(|row| *row == state).count();
    assert_eq!((row(State::Held), row(State::Received)), (2, 1));
}

fn stage_rows(stage: &Stage) -> Vec<State> {
    crate::door::Door::rows(stage).into_iter().map(|row| row.state).collect()
}

#[test]
fn for_a_facility_that_is_not_in_the_list_the_agency_or_its_state_is_asked_and_a_ban_is_told() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "not in the list".into() };
    let unknown = elsewhere("unknown");
    visit.cases(&[
        faulty("no agency", &elsewhere("").without("other_agency"), Says::Ask("register", "other_agency")),
        faulty("no state", &unknown, Says::Ask("register", "other_state")),
        faulty("no such state", &unknown.clone().with("other_state", "texass"), Says::Wrong("register", "other_state")),
        waits(
            "a state that bans",
            &unknown.clone().with("other_state", "missouri"),
            "If Missouri Department of Corrections runs the facility: Since June 2007 Missouri",
        ),
        waits("another", &unknown.with("other_state", "ohio"), "until an editor knows who runs the facility")
            .stores("other_state", "ohio"),
    ]);
    let got = visit.ask(&elsewhere("missouri-doc").checked());
    assert!(got.main().contains("Missouri Department of Corrections does not allow"), "{}", got.main());
}

#[test]
fn a_stopped_registration_is_not_kept() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "stopped".into() };
    let filled = elsewhere("missouri-doc");
    for sent in [filled.checked(), filled.checked().at(&filled.path("send"))] {
        let got = visit.ask(&sent);
        assert!(got.main().contains("does not allow pen-pal listings"), "{}", got.main());
    }
    assert_eq!(stage_rows(&stage), Vec::<State>::new());
}

#[test]
fn the_ban_page_says_where_the_rule_was_read_and_whether_anybody_confirmed_it() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "the ban page".into() };
    let unconfirmed = visit.ask(&elsewhere("missouri-doc").checked());
    let confirmed = visit.ask(&registration().with("facility", usual_ban()).checked());
    let has = |got: &crate::wire::Got, words: &str| got.main().contains(words);
    for (got, is_confirmed) in [(unconfirmed, false), (confirmed, true)] {
        assert!(has(&got, "does not allow pen-pal listings"), "{}", got.main());
        assert_eq!(has(&got, "See the agency’s own page</a>"), is_confirmed, "{}", got.main());
        assert_eq!(
            has(&got, "Where we read it</a> <strong>Nobody has confirmed it with"),
            !is_confirmed,
            "{}",
            got.main()
        );
    }
}

/// A facility whose agency forbids listings, as somebody read at the agency itself.
fn usual_ban() -> &'static str {
    let catalogue = &crate::site::site().bundle.catalogue;
    let bans = |id: &String| {
        let listing = &catalogue.agencies[id].listing;
        listing.gate() == ListingGate::Shut && listing.confirmed
    };
    &catalogue.facilities.values().find(|facility| bans(&facility.agency)).unwrap().id
}

/// Somebody moved.
fn moved(facility: &str) -> Filled {
    update().with("change", "facility").without("details").without("introduction_language").with("facility", facility)
}

#[test]
fn a_move_is_asked_about_as_a_registration_is_and_never_lost_to_a_ban() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "a move".into() };
    let elsewhere = moved("other").with("other_facility", "A prison, Somewhere");
    let missouri = elsewhere.clone().with("other_agency", "missouri-doc");
    visit.cases(&[
        faulty("no facility", &moved("").without("facility"), Says::Ask("update", "facility")),
        faulty("no such facility", &moved("river-bent"), Says::Wrong("update", "facility")),
        faulty("no agency", &elsewhere, Says::Ask("update", "other_agency")),
        faulty("no state", &elsewhere.clone().with("other_agency", "unknown"), Says::Ask("update", "other_state")),
        // The page of somebody who is not allowed to have one comes down only if we hear of it.
        waits("a ban", &missouri, "Missouri Department of Corrections does not allow listings. If they live there"),
        waits("a ban in the list", &moved(usual_ban()), "their page has to come down"),
        waits("conditions", &moved("saltgrass"), "case manager"),
        accepted("allowed", moved("river-bend").checked()).lacks("class=\"note warn\""),
        accepted("no move", update().checked()).lacks("class=\"note warn\""),
    ]);
}

#[test]
fn each_change_asks_for_what_it_needs_and_checks_it_as_a_registration_does() {
    let stage = Stage::new();
    let visit = Visit { door: &stage, row: "changes".into() };
    let of = |change: &str| update().with("change", change).without("details");
    let questions = [
        ("words", "details"),
        ("likes", "interests"),
        ("called", "shown_name"),
        ("facility", "facility"),
        ("number", "number"),
        ("mail_name", "mail_name"),
        ("housing", "housing"),
        ("release", "release"),
        ("photo", "photo_change"),
        ("search", "search_change"),
        ("other", "other_change"),
    ];
    let empty = questions.map(|(change, question)| faulty(change, &of(change), Says::Ask("update", question)));
    visit.cases(&empty);
    let numbered = |number: &str| moved("river-bend").also("change", "number").with("number", number);
    visit.cases(&[
        faulty("a number of another agency", &numbered("XX-1"), Says::Wrong("update", "number")),
        accepted("as people write it", numbered("No. 0123457").checked()).stores("number", "0123457"),
        faulty(
            "a year that is over",
            &of("release").with("release", "year").with("release_year", "2025"),
            Says::Html("that year is over".into()),
        ),
        accepted("a year", of("release").with("release", "year").with("release_year", "2031").checked())
            .stores("release_year", "2031"),
        accepted("a name", of("mail_name").with("mail_name", "Marcus V. Torres").checked())
            .stores("mail_name", "Marcus V. Torres"),
        accepted("a unit", of("housing").with("housing", "B-214").checked()).stores("housing", "B-214"),
        accepted("something else", of("other").with("other_change", "She is coming home.").checked())
            .stores("other_change", "She is coming home."),
        accepted("nothing to ask", of("pause").checked()),
    ]);
}
