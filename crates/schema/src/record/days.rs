//! Lists of days.

use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::{Checker, parse_date};
use crate::yaml::Text;
use jiff::civil::Date;

/// Days on which one of us did something, the earliest first, each once, none to come: rules `not-a-date`, `date-in-the-future`,
/// `dates-out-of-order`.
pub(crate) fn own_days(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<Text>>) -> Option<Vec<Date>> {
    let items = checker.required(key, written)?;
    let mut days: Vec<Date> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match judge(item.as_str(), days.last().copied(), checker.today()) {
            Ok(day) => days.push(day),
            Err((rule, message, help)) => {
                let at = At::Value(checker.path(key).index(index));
                checker.note(Problem::new(at, rule, format!("a day of `{key}` {message}")).help(help));
            }
        }
    }
    (days.len() == items.len()).then_some(days)
}

/// A day, or the rule that it breaks, in what way, and what to do.
fn judge(written: &str, before: Option<Date>, today: Date) -> Result<Date, (&'static str, String, &'static str)> {
    match (parse_date(written), before) {
        (None, _) => {
            let message = format!("is not a day that exists: {}", quoted(written));
            Err(("not-a-date", message, "write it as YYYY-MM-DD, like 2026-05-14"))
        }
        (Some(day), _) if day > today => {
            let message = format!("(`{day}`) is after `{today}`");
            Err(("date-in-the-future", message, "write the day on which it happened; look for a slip in the year"))
        }
        (Some(day), Some(before)) if day <= before => {
            let message = format!("(`{day}`) is not after the one before it (`{before}`)");
            Err(("dates-out-of-order", message, "write each day once, the earliest first"))
        }
        (Some(day), _) => Ok(day),
    }
}
