//! What may stand in a short public answer, as a name or pronouns: something that can be seen, and nothing that no public words
//! may hold. The form and the profile ask alike.

use crate::ground::problem::{At, Problem, quoted};
use crate::ground::text::is_visible;
use crate::person::contact::{Contact, Kind, contacts};
use crate::record::checker::Checker;
use crate::record::rule::rule;
use crate::yaml::Text;

rule!(
    /// A text on one line that everybody reads. Rules: those of a line, `nothing-to-see`, `contact-details`, `money-request`,
    /// `immigration-number`.
    PublicLine [const LEAST: usize, const MOST: usize] [LEAST, MOST]: Text => String,
    format!("{LEAST} to {MOST} characters on one line, no contact details"),
    |checker, key, written| {
        let line = checker.line(key, written, LEAST..=MOST)?;
        accept(checker, key, flaw(&line)).then_some(line)
    }
);

rule!(
    /// Unit or bed. Rules: those of [`PublicLine`].
    Housing: Text => String,
    "1 to 40 characters on one line, no contact details".to_owned(),
    |checker, key, written| {
        let line = checker.line(key, written, 1..=40)?;
        accept(checker, key, flaw_of_housing(&line)).then_some(line)
    }
);

/// What keeps a short answer from being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No letter or digit that can be seen is in it.
    NothingToSee,
    /// A second way to write, or a request for money.
    Contact(Contact),
}

/// The first flaw of a line.
pub fn flaw(line: &str) -> Option<Flaw> {
    match is_visible(line) {
        false => Some(Flaw::NothingToSee),
        true => contacts(line).into_iter().next().map(Flaw::Contact),
    }
}

/// The first flaw of unit or bed, where a street may be the name of a wing.
pub fn flaw_of_housing(line: &str) -> Option<Flaw> {
    match is_visible(line) {
        false => Some(Flaw::NothingToSee),
        true => contacts(line).into_iter().find(|contact| contact.kind != Kind::Street).map(Flaw::Contact),
    }
}

/// Notes a flaw; whether there was none.
fn accept(checker: &mut Checker<'_>, key: &str, flaw: Option<Flaw>) -> bool {
    let Some(flaw) = flaw else { return true };
    match flaw {
        Flaw::NothingToSee => {
            let help = "write it in letters, of any script";
            checker.wrong(key, "nothing-to-see", format!("nothing in `{key}` can be seen"), Some(help.into()));
        }
        Flaw::Contact(Contact { text, kind }) => {
            let message = format!("`{key}` cannot hold {}: {}", kind.word(), quoted(&text));
            checker.note(Problem::new(At::Within(checker.path(key), text), kind.rule(), message).help(kind.help()));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_alone_and_a_second_way_to_write_is_not() {
        for name in [
            "Ray",
            "María-José O’Brien",
            "X Æ A-12",
            "王秀英",
            "محمد",
            "Money Mike",
            "J. R. 3rd",
            "they/them",
            "Tay-Tay 🌻",
        ] {
            assert_eq!(flaw(name), None, "{name}");
        }
        for name in
            ["Call 555-123-4567", "CashApp $rayoakes", "fb.com/rayoakes", "Ray Oakes 555-123-4567", "ray@mail.org"]
        {
            assert!(matches!(flaw(name), Some(Flaw::Contact(_))), "{name}");
        }
        for name in ["\u{3164}", "\u{2800}\u{2800}", "\u{115F}", "🌻", "...", "\u{301}"] {
            assert_eq!(flaw(name), Some(Flaw::NothingToSee), "{name:?}");
        }
    }

    #[test]
    fn a_wing_may_be_called_like_a_street() {
        assert_eq!(flaw_of_housing("12 East Court"), None);
        assert!(matches!(flaw("12 East Court"), Some(Flaw::Contact(_))));
        assert!(matches!(flaw_of_housing("text 555-123-4567"), Some(Flaw::Contact(_))));
    }
}
