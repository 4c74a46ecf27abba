//! Years as people type them, and what is wrong with one.

use crate::record::spelt::spelt;

spelt!(
    /// What is wrong with a typed year.
    YearFault {
        /// It has not four digits.
        NotFourDigits = "not-four-digits",
        /// A day or a month stands beside it.
        WholeDate = "whole-date",
        /// Somebody born in it is under 18.
        UnderAge = "under-age",
        /// Somebody born in it may turn 18 only later this year.
        ComingOfAge = "coming-of-age",
        /// Nobody alive was born in it.
        LongAgo = "long-ago",
        /// Nobody is born yet who will be born in it.
        NotYet = "not-yet",
        /// It is over.
        Over = "over",
        /// It is more than a lifetime ahead.
        FarAhead = "far-ahead",
    }
);

/// Without the marks that end a date or a sentence.
pub(super) fn bare_year(typed: &str) -> &str {
    typed.trim_matches([' ', '.', ',', '’', '\''])
}

/// From the year alone, whoever turns 18 this year may still be 17.
pub(super) fn of_birth(typed: &str, this_year: i16) -> Result<i16, YearFault> {
    let year = four_digits(typed)?;
    match this_year - year {
        ..0 => Err(YearFault::NotYet),
        0..18 => Err(YearFault::UnderAge),
        18 => Err(YearFault::ComingOfAge),
        19..=120 => Ok(year),
        _ => Err(YearFault::LongAgo),
    }
}

/// This year, or one to come.
pub(super) fn to_come(typed: &str, this_year: i16) -> Result<i16, YearFault> {
    let year = four_digits(typed)?;
    match year - this_year {
        ..0 => Err(YearFault::Over),
        0..=80 => Ok(year),
        _ => Err(YearFault::FarAhead),
    }
}

fn four_digits(typed: &str) -> Result<i16, YearFault> {
    if typed.len() == 4 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return typed.parse().map_err(|_| YearFault::NotFourDigits);
    }
    let parts = typed.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).count();
    let holds_digits = typed.chars().any(char::is_numeric);
    Err(if parts > 1 && holds_digits { YearFault::WholeDate } else { YearFault::NotFourDigits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_of_a_year_has_a_word_of_its_own() {
        for (typed, fault) in [
            ("80", YearFault::NotFourDigits),
            ("19800", YearFault::NotFourDigits),
            ("nineteen eighty", YearFault::NotFourDigits),
            ("1.5.1980", YearFault::WholeDate),
            ("May 1980", YearFault::WholeDate),
            ("2010", YearFault::UnderAge),
            ("2008", YearFault::ComingOfAge),
            ("1880", YearFault::LongAgo),
            ("2062", YearFault::NotYet),
        ] {
            assert_eq!(of_birth(bare_year(typed), 2026), Err(fault), "{typed}");
        }
        for typed in ["1980", "1980.", " 1980 ,"] {
            assert_eq!(of_birth(bare_year(typed), 2026), Ok(1980), "{typed}");
        }
        for (typed, read) in [
            ("2026", Ok(2026)),
            ("2031.", Ok(2031)),
            ("2025", Err(YearFault::Over)),
            ("2931", Err(YearFault::FarAhead)),
        ] {
            assert_eq!(to_come(bare_year(typed), 2026), read, "{typed}");
        }
    }
}
