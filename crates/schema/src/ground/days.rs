//! Days counted.

use jiff::civil::Date;

/// Days from one day to a later one.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((jiff::Unit::Day, to)).map_or(0, |span| span.get_days())
}
