//! What messages say, in every language.

use super::Own;
use crate::letter::Wording;
use crate::news::{News, compose};
use schema::form::Form;
use schema::submission::reference::Reference;

#[test]
fn a_message_names_the_form_by_the_address_that_the_form_has() {
    let mut own = Own::read();
    own.forms.iter_mut().for_each(|form| form.address = format!("{}-here", form.address));
    let said = |forms: &[Form]| {
        let words = Wording { forms, ..own.words() };
        let news = News::Changed { person: "ana-k7m2q".into() };
        compose(&words, "en", (&Reference::from_random([1; 16]), jiff::civil::date(2026, 12, 27)), &news).plain("site")
    };
    assert!(
        said(&own.forms).contains("/update-here/") && !said(&[]).contains("To change or take down"),
        "{}",
        said(&own.forms)
    );
}

#[test]
fn every_message_is_set_in_every_language() {
    let own = Own::read();
    let person = || "ana-k7m2q".to_owned();
    for lang in &own.catalogue.site.languages {
        for news in [
            News::Received { arrived: jiff::civil::date(2026, 11, 27) },
            News::Live { person: person(), name: "Ana".into() },
            News::Changed { person: person() },
            News::TakenDown { person: person() },
            News::Done { reason: Some("We moved the page.".into()) },
            News::Declined { reason: Some("The agency does not allow it.".into()) },
        ] {
            let message =
                compose(&own.words(), lang, (&Reference::from_random([1; 16]), jiff::civil::date(2026, 12, 27)), &news);
            assert!(!message.plain("site").contains("{ $"), "{message:?}");
        }
    }
    assert!(own.theme.strings.mistakes().is_empty(), "{:?}", own.theme.strings.mistakes());
}
