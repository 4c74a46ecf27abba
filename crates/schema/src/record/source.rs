//! What makes a fact a fact: where it is said, when somebody last looked, and whether that was the agency's own page.

use crate::record::checker::Checker;
use crate::yaml::Text;
use jiff::civil::Date;

/// The pair that makes a fact a fact: where it is said, and when somebody last looked.
pub(crate) fn check_source(
    checker: &mut Checker,
    source: Option<&Text>,
    checked: Option<&Text>,
    today: Date,
) -> (Option<String>, Option<Date>) {
    let source = checker.web_address("source", source);
    let checked = checker.date("checked", checked);
    checker.not_after("checked", checked, today);
    (source, checked)
}

/// Whether a fact was read at the agency's own page: so, unless the file says that it was not.
pub(crate) fn check_confirmed(checker: &mut Checker, written: Option<&Text>) -> bool {
    written.is_none_or(|text| checker.yes_or_no("confirmed", Some(text)) == Some(true))
}
