//! Days as people type them in three fields, and what is wrong with one: what is missing first, then what cannot be.

use crate::ground::days::latest_today;
use crate::record::spelt::spelt;
use jiff::civil::Date;

spelt!(
    /// One of the three fields of a day.
    DatePart {
        /// Its number in the month.
        Day = "day",
        /// The month, as a number or by its name.
        Month = "month",
        /// The year, with four digits.
        Year = "year",
    }
);

spelt!(
    /// What is wrong with a typed day.
    DateFault {
        /// The day's field is empty.
        NoDay = "no-day",
        /// The month's field is empty.
        NoMonth = "no-month",
        /// The year's field is empty.
        NoYear = "no-year",
        /// The month is neither a number from 1 to 12 nor a month's name.
        NotAMonth = "not-a-month",
        /// The year has not four digits.
        ShortYear = "short-year",
        /// There is no such day.
        NotReal = "not-real",
        /// It has yet to come.
        Future = "future",
        /// It is more than twenty years ago.
        LongAgo = "long-ago",
        /// It is more than a year ago, and a yes holds for one.
        Lapsed = "lapsed",
    }
);

impl DateFault {
    /// The field to mend.
    pub fn part(self) -> DatePart {
        match self {
            Self::NoDay | Self::NotReal => DatePart::Day,
            Self::NoMonth | Self::NotAMonth => DatePart::Month,
            Self::NoYear | Self::ShortYear | Self::Future | Self::LongAgo | Self::Lapsed => DatePart::Year,
        }
    }
}

const MONTHS: [[&str; 2]; 12] = [
    ["jan", "ene"],
    ["feb", "feb"],
    ["mar", "mar"],
    ["apr", "abr"],
    ["may", "may"],
    ["jun", "jun"],
    ["jul", "jul"],
    ["aug", "ago"],
    ["sep", "set"],
    ["oct", "oct"],
    ["nov", "nov"],
    ["dec", "dic"],
];

/// Furthest back, in years.
const LONG_AGO: i16 = 20;

/// A day up to `today`: numbers with or without zeros, months also by name in English or Spanish.
pub(super) fn read_past(day: &str, month: &str, year: &str, today: Date) -> Result<Date, DateFault> {
    for (typed, fault) in [(day, DateFault::NoDay), (month, DateFault::NoMonth), (year, DateFault::NoYear)] {
        if typed.is_empty() {
            return Err(fault);
        }
    }
    let month = read_month(bare(month)).ok_or(DateFault::NotAMonth)?;
    let year = bare(year);
    let year: i16 = (year.len() == 4)
        .then(|| number(year))
        .flatten()
        .and_then(|year| year.try_into().ok())
        .ok_or(DateFault::ShortYear)?;
    let day = number(without_ordinal(bare(day))).and_then(|day| i8::try_from(day).ok()).ok_or(DateFault::NotReal)?;
    match Date::new(year, month, day) {
        Err(_) => Err(DateFault::NotReal),
        Ok(date) if date > latest_today(today) => Err(DateFault::Future),
        Ok(date) if today.year() - date.year() > LONG_AGO => Err(DateFault::LongAgo),
        Ok(date) => Ok(date),
    }
}

/// Without the marks that end a date.
fn bare(typed: &str) -> &str {
    typed.trim_matches([' ', '.', ','])
}

/// What follows the number of a day that is counted: 1st, 2nd, 1º, 1ro.
const ORDINALS: [&str; 8] = ["st", "nd", "rd", "th", "º", "ª", "ro", "er"];

fn without_ordinal(day: &str) -> &str {
    let digits = day.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = day.get(digits.len()..).unwrap_or_default().trim().to_lowercase();
    if ORDINALS.contains(&ending.as_str()) { digits } else { day }
}

fn read_month(typed: &str) -> Option<i8> {
    if let Some(month) = number(typed) {
        return i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    }
    let folded: String = typed.to_lowercase().chars().take(3).collect();
    let found = MONTHS.iter().position(|names| names.contains(&folded.as_str()))?;
    i8::try_from(found + 1).ok()
}

/// Digits of our own alphabet only, and not too many.
fn number(typed: &str) -> Option<u16> {
    typed.bytes().all(|byte| byte.is_ascii_digit()).then(|| typed.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_as_people_type_them() {
        let today = date(2026, 11, 25);
        for (day, month, year, wanted) in [
            ("1", "January", "2026", date(2026, 1, 1)),
            ("09", "ago", "2026", date(2026, 8, 9)),
            ("25", "11", "2026", today),
            // East of us it is tomorrow already.
            ("26", "11", "2026", date(2026, 11, 26)),
            ("29", "feb", "2024", date(2024, 2, 29)),
            ("1st", "setiembre", "2026", date(2026, 9, 1)),
            ("3RD", "5.", "2026.", date(2026, 5, 3)),
            ("1º", "Sept.", "2026", date(2026, 9, 1)),
            ("1ro.", "agosto", "2026", date(2026, 8, 1)),
        ] {
            assert_eq!(read_past(day, month, year, today), Ok(wanted), "{day} {month} {year}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_day_is_said_of_the_field_to_mend() {
        let today = date(2026, 11, 25);
        for (day, month, year, fault) in [
            ("", "2", "2025", DateFault::NoDay),
            ("3", "", "", DateFault::NoMonth),
            ("3", "oct", "", DateFault::NoYear),
            ("31", "2", "2026", DateFault::NotReal),
            ("29", "2", "2023", DateFault::NotReal),
            ("0", "1", "2026", DateFault::NotReal),
            ("-1", "1", "2026", DateFault::NotReal),
            ("٣", "1", "2026", DateFault::NotReal),
            ("3x", "1", "2026", DateFault::NotReal),
            ("1", "13", "2026", DateFault::NotAMonth),
            ("1", "é", "2026", DateFault::NotAMonth),
            ("1", "1", "26", DateFault::ShortYear),
            ("1", "1", "20266", DateFault::ShortYear),
            ("27", "11", "2026", DateFault::Future),
            ("1", "1", "1850", DateFault::LongAgo),
        ] {
            assert_eq!(read_past(day, month, year, today), Err(fault), "{day} {month} {year}");
        }
    }
}
