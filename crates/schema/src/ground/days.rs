//! Days counted.

use jiff::civil::Date;

/// The latest day that anybody on earth may call today: where it is day `today` here, it may be the next one east of us.
pub fn latest_today(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().days(1))
}

/// Days from one day to a later one.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((jiff::Unit::Day, to)).map_or(0, |span| span.get_days())
}
