//! Notes that tell editors of urgent submissions which no note of their own announces. What they are called rings, not what they hold,
//! and the same note rings once: each hour has its own.

use super::reference::Reference;
use jiff::Timestamp;

/// What a note holds: nothing.
pub const NOTE: &[u8] = b"{}\n";

/// Of which submission a note tells, by its name without folder and ending; none where it tells of several. A later version's has a
/// number behind the reference.
pub fn told_of(name: &str) -> Option<Reference> {
    name.split('-').next().and_then(Reference::parse)
}

/// The key of the note of an hour in which more urgent ones came than are announced each by a mail.
pub fn more_came(moment: Timestamp) -> String {
    format!("urgent/more-came-{}.json", hour(moment))
}

/// The key of the note of an hour in which so many urgent ones still waited, and a mail announced not all of them.
pub fn still_wait(count: usize, moment: Timestamp) -> String {
    format!("urgent/{count}-still-wait-{}.json", hour(moment))
}

fn hour(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H").to_string()
}
