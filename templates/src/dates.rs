//! Days as people read them, in the page's language.

use crate::strings::Strings;
use crate::texts;
use jiff::civil::Date;

/// `14 May 2026`
pub fn day(strings: &Strings, language: &str, date: Date) -> String {
    let month = month_name(strings, language, date);
    strings.format(language, texts::DATE_DAY, [date.day().to_string(), month, date.year().to_string()])
}

/// `May 2026`
pub fn month(strings: &Strings, language: &str, date: Date) -> String {
    let month = month_name(strings, language, date);
    strings.format(language, texts::DATE_MONTH, [month, date.year().to_string()])
}

fn month_name(strings: &Strings, language: &str, date: Date) -> String {
    strings.text(language, texts::MONTH.of(date.month()))
}

/// `6,000`: a number as it is set in English and Spanish of the Americas.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
