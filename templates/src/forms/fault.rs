//! What is said of what is wrong with an answer.

use crate::context::PageContext;
use crate::texts::{self, Text};
use schema::form::{Fault, Question};
use schema::record::words::Translated;

/// What is said of a fault: the form's own words where it has some, the site's for the rest.
pub(super) fn fault_words(context: &PageContext<'_>, question: &Question, fault: &Fault) -> String {
    let label = question.label.get(context.lang).to_owned();
    let own = |words: &Option<Translated>, text: Text<1>| {
        let general = || context.strings.format(context.lang, text, [label.clone()]);
        words.as_ref().map_or_else(general, |words| words.get(context.lang).to_owned())
    };
    let say =
        |text: Text<2>, number: usize| context.strings.format(context.lang, text, [label.clone(), number.to_string()]);
    match fault {
        Fault::Missing => own(&question.ask, texts::FAULT_MISSING),
        Fault::TooShort(least) => say(texts::FAULT_TOO_SHORT, *least),
        Fault::TooLong(most) => say(texts::FAULT_TOO_LONG, *most),
        Fault::TooMany(most) => say(texts::FAULT_TOO_MANY, *most),
        Fault::Unwanted => own(&None, texts::FAULT_UNWANTED),
        Fault::NotOneLine => own(&None, texts::FAULT_NOT_ONE_LINE),
        Fault::Twice => own(&None, texts::FAULT_TWICE),
        Fault::Date(date) => own(&None, texts::FAULT_DATE.of(*date)),
        Fault::Year(year) => own(&None, texts::FAULT_YEAR.of(*year)),
        Fault::Post(post) => own(&None, texts::FAULT_POST.of(*post)),
        Fault::NothingToSee => own(&None, texts::FAULT_NOTHING_TO_SEE),
        Fault::Unchanged => own(&None, texts::FAULT_UNCHANGED),
        Fault::Apart(values) => {
            let words = |value: &String| question.option_words(context.catalogue, context.lang, value);
            context.strings.format(context.lang, texts::FAULT_APART, values.each_ref().map(words))
        }
        Fault::Contact(found) => context.strings.format(context.lang, texts::FAULT_CONTACT, [label, found.clone()]),
        Fault::ImmigrationNumber(found) => {
            context.strings.format(context.lang, texts::FAULT_IMMIGRATION_NUMBER, [label, found.clone()])
        }
        Fault::Wrong { example, label: called, found } => own(&question.wrong, texts::FAULT_WRONG)
            .replace("{example}", example.as_deref().unwrap_or_default())
            .replace("{label}", called.as_deref().unwrap_or(&label))
            .replace("{found}", found.as_deref().unwrap_or_default()),
    }
}
