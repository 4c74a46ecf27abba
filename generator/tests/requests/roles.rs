//! What the program does hangs on roles, not on names: a site whose every question and option has another name is the same.

use crate::case::given;
use crate::door::Door;
use crate::filled::{Filled, registration, update};
use crate::site::build;
use crate::stage::{Stage, at_once};
use crate::visit::{Visit, mine};
use review::Intake;
use schema::promotion::{draft, to_yaml};
use schema::submission::content::Submission;
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::role::{OptionRole, Role};

fn renamed(question: &str) -> String {
    format!("q_{question}")
}

/// A value of a form's own options; those of the site's lists keep theirs.
fn revalued(question: &str, value: &str) -> String {
    let owns = [
        "release",
        "consent_how",
        "contact_by",
        "change",
        "who",
        "kind_of",
        "speaks_for",
        "envelope_said",
        "photo_change",
        "search_change",
    ];
    let is_own = owns.contains(&question) || (question, value) == ("facility", "other");
    if is_own { format!("v_{value}") } else { value.to_owned() }
}

/// A form with other names in all its questions, options and conditions.
fn rewritten(text: &str) -> String {
    let mut question = String::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
        let line = if let Some(name) = rest.strip_prefix("- name: ") {
            name.clone_into(&mut question);
            format!("{indent}- name: {}", renamed(name))
        } else if let Some(value) = rest.strip_prefix("- value: ") {
            format!("{indent}- value: {}", revalued(&question, value))
        } else if let Some((value, rest)) = rest.strip_prefix("- {value: \"").and_then(|rest| rest.split_once('"')) {
            let (before, denied) = rest.split_once("not_with: [").unwrap_or((rest, ""));
            let denied =
                denied.split_once(']').map(|(one, end)| format!("not_with: [{}]{end}", revalued(&question, one)));
            format!("{indent}- {{value: \"{}\"{before}{}", revalued(&question, value), denied.unwrap_or_default())
        } else if let Some(condition) = rest.strip_prefix("only_if: {question: ") {
            let (asked, is) = condition.trim_end_matches("]}").split_once(", is: [").unwrap();
            let is: Vec<String> = is.split(", ").map(|is| revalued(asked, is)).collect();
            format!("{indent}only_if: {{question: {}, is: [{}]}}", renamed(asked), is.join(", "))
        } else {
            line.to_owned()
        };
        lines.push(line);
    }
    lines.join("\n") + "\n"
}

fn stage() -> Stage {
    Stage::of(serde_json::from_slice(&build(rewritten)).unwrap())
}

fn other(filled: Filled) -> Filled {
    filled.renamed(renamed, revalued)
}

fn stored(visit: &Visit<'_>, filled: &Filled) -> Submission {
    let kept = visit.hand_in(filled);
    visit.submission(&kept.row)
}

/// The profile that would be written, but for the id, which follows from the reference.
fn profile(submission: &Submission) -> String {
    let draft = draft(submission, jiff::civil::date(2026, 11, 30), |_| false).unwrap();
    let yaml = to_yaml(&draft.file).unwrap();
    yaml.lines().filter(|line| !line.starts_with("id: ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_site_whose_questions_have_other_names_is_the_same() {
    let (usual, stage) = (Stage::new(), stage());
    let before = Visit { door: &usual, row: "usual names".into() };
    let visit = Visit { door: &stage, row: "other names".into() };

    // Who runs the facility is asked of the same answers, in the list or not.
    let banned = usual_agency_that_bans();
    for filled in [
        registration().with("facility", banned.0),
        registration().with("facility", "other").with("other_facility", "A prison").with("other_agency", banned.1),
    ] {
        let (usual, other) = (before.ask(&filled.checked()), visit.ask(&other(filled).checked()));
        assert_eq!((usual.status, other.status), (200, 200));
        assert!(usual.body.contains("<h1") && usual.body == other.body, "the ban is told, and nothing asked further");
    }

    // The profile, and where its sender is told.
    for filled in [
        registration(),
        registration().with("release", "year").with("release_year", "2031").with("consent_how", "visit"),
        registration().with("release", "life").with("contact_by", "post").with("postal", "1 Example Street"),
    ] {
        let (usual, other) = (stored(&before, &filled), stored(&visit, &other(filled)));
        assert_eq!(profile(&usual), profile(&other));
        for role in [Role::ContactEmail, Role::ContactPost, Role::SubmitterName] {
            assert_eq!(usual.one(role), other.one(role));
        }
        assert_eq!(usual.chosen(Role::ContactBy), other.chosen(Role::ContactBy));
        assert!(given(&other, "q_shown_name").is_some() && given(&other, "shown_name").is_none());
    }

    // An update that asks for a take-down is read today.
    let kept = visit.hand_in(&other(update().with("change", "take_down")));
    assert!(kept.row.flags.contains(&Flag::Today));
    assert_eq!(visit.submission(&kept.row).chosen(Role::Change), Some(OptionRole::TakeDown));
}

#[test]
fn a_page_is_asked_down_in_the_words_of_the_form() {
    let stage = stage();
    let visit = Visit { door: &stage, row: "other names".into() };
    let kept = visit.hand_in(&other(registration()));
    let decision = Decision {
        at: stage.now(),
        editor: "ed".into(),
        id: kept.row.id.clone(),
        from: State::Received,
        to: State::Promoted,
        reason: None,
        profile: Some("marcus-k7m2q".into()),
        assured: Vec::new(),
        answers: None,
    };
    at_once(stage.store.folder.decide(&decision)).unwrap();
    assert_eq!(visit.ask(&mine("taken-back", &kept.reference, &kept.code)).status, 200);
    let row = stage.rows().into_iter().find(|row| row.kind == SubmissionKind::Update).unwrap();
    let asked = visit.submission(&row);
    assert_eq!(given(&asked, "q_change"), Some("v_take_down"));
    assert_eq!(given(&asked, "q_about"), Some("marcus-k7m2q"));
    assert_eq!(asked.one(Role::Reference), Some(kept.reference.as_str()));
}

/// A facility, and the agency that runs it and forbids listings.
fn usual_agency_that_bans() -> (&'static str, &'static str) {
    let catalogue = &crate::site::site().bundle.catalogue;
    let banned = |agency: &str| catalogue.agencies[agency].listing.rule == schema::place::kinds::ListingRule::Banned;
    let facility = catalogue.facilities.values().find(|facility| banned(&facility.agency)).unwrap();
    (&facility.id, &facility.agency)
}
