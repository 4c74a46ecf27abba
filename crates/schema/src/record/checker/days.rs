//! Days.

use super::Checker;
use crate::ground::days::latest_today;
use crate::ground::problem::quoted;
use crate::yaml::Text;
use jiff::civil::Date;

/// No fact of ours is older: an earlier year is a slip.
const EARLIEST: i16 = 1990;

impl Checker<'_> {
    /// A day that exists, as `YYYY-MM-DD`.
    pub fn date(&mut self, key: &str, value: Option<&Text>) -> Option<Date> {
        let written = self.required(key, value)?;
        let date = parse_date(written.as_str());
        if date.is_none() {
            let message = format!("`{key}` is not a day that exists: {}", quoted(written.as_str()));
            self.wrong(key, "not-a-date", message, Some("write it as YYYY-MM-DD, like 2026-05-14".into()));
        }
        let early = date.filter(|date| date.year() < EARLIEST);
        if let Some(early) = early {
            let message = format!("`{key}` (`{early}`) is before {EARLIEST}");
            self.wrong(key, "date-too-early", message, Some("look for a slip in the year".into()));
        }
        date.filter(|_| early.is_none())
    }

    /// An optional day.
    pub fn optional_date(&mut self, key: &str, value: Option<&Text>) -> Option<Date> {
        value.and_then(|text| self.date(key, Some(text)))
    }

    /// Two days that must follow each other.
    pub fn in_order(&mut self, earlier: (&str, Option<Date>), later: (&str, Option<Date>)) {
        if let (Some(first), Some(second)) = (earlier.1, later.1)
            && first > second
        {
            let message = format!("`{}` (`{second}`) is before `{}` (`{first}`)", later.0, earlier.0);
            let help = format!("one of the two days is a slip: `{}` comes first", earlier.0);
            self.wrong(later.0, "dates-out-of-order", message, Some(help));
        }
    }

    /// A day that cannot lie after today, wherever it was written.
    pub fn not_after(&mut self, key: &str, date: Option<Date>) {
        self.not_later(key, date, latest_today(self.today()));
    }

    /// A day that cannot lie after the site's own.
    pub fn not_after_today(&mut self, key: &str, date: Option<Date>) {
        self.not_later(key, date, self.today());
    }

    fn not_later(&mut self, key: &str, date: Option<Date>, latest: Date) {
        let today = self.today();
        if let Some(date) = date.filter(|date| *date > latest) {
            let help = "write the day on which it happened; look for a slip in the year";
            self.wrong(key, "date-in-the-future", format!("`{key}` (`{date}`) is after `{today}`"), Some(help.into()));
        }
    }
}

/// A day written `YYYY-MM-DD` and nothing else.
pub fn parse_date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    shaped.then(|| text.parse().ok()).flatten()
}
