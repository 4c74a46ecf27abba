//! How long submissions are kept: the times that the privacy page promises.

use crate::submission::kinds::{State, SubmissionKind};
use crate::submission::row::Row;
use jiff::{SignedDuration, Timestamp};

/// How long a draft stays: as long as the page that was shown to be checked can be sent.
pub const DRAFT: SignedDuration = SignedDuration::from_hours(24);

/// For how many days a half-filled form stays that somebody put down, to go on with it later; and a sealed copy of what was sent, to be
/// corrected.
pub const PUT_DOWN_DAYS: i64 = 14;

/// How long letters, mails and papers about a submission or a removal stay on the machine that made them.
pub const PAPERS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// For how many days what was sent stays after it is decided; of a report, after whatever was done last.
pub const fn days_kept(kind: SubmissionKind) -> i64 {
    match kind {
        SubmissionKind::Report => 90,
        SubmissionKind::Registration | SubmissionKind::Update => 30,
    }
}

/// The moment from which a submission must be gone; none while it waits for an editor, nor where nothing is left of it but a pair that
/// proves whose page it is: that goes when its person is forgotten.
///
/// Drafts, which were never stored whole, stay a day. Registrations and updates stay 30 days after the decision, whatever was told
/// or published since, or was not. Reports stay 90 days after the last step, decided or not. What its submitter took back goes with
/// the next sweep, which leaves it a quarter of an hour for a photo that may be on its way.
pub fn gone_from(row: &Row) -> Option<Timestamp> {
    let kept = SignedDuration::from_hours(24 * days_kept(row.kind));
    match (row.state, row.kind) {
        (State::Pending, _) => Some(row.created_at + DRAFT),
        (State::Withdrawn | State::Removed, _) => Some(row.changed_at),
        (_, SubmissionKind::Report) => Some(row.changed_at + kept),
        (State::Received | State::Held | State::Cleared, _) => None,
        // Rows of before do not say when it was decided: their last change is no earlier.
        _ => Some(row.decided_at.unwrap_or(row.changed_at) + kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::hash::content_hash;
    use crate::submission::reference::Reference;

    #[test]
    fn each_state_is_kept_as_promised() {
        let day = |days: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(days * 24);
        let row = |kind, state| Row {
            id: Reference::from_random([1; 16]),
            kind,
            state,
            payload_hash: content_hash(b""),
            earlier: Vec::new(),
            secret_hash: content_hash(b""),
            photo_hash: None,
            flags: Vec::new(),
            created_at: day(0),
            changed_at: day(10),
            decided_at: None,
            profile: None,
        };
        let kept = |kind, state| gone_from(&row(kind, state));
        assert_eq!(kept(SubmissionKind::Registration, State::Pending), Some(day(1)));
        assert_eq!(kept(SubmissionKind::Report, State::Pending), Some(day(1)));
        for state in [State::Received, State::Held] {
            assert_eq!(kept(SubmissionKind::Registration, state), None);
            assert_eq!(kept(SubmissionKind::Update, state), None);
        }
        assert_eq!(kept(SubmissionKind::Registration, State::Cleared), None);
        for state in [State::Promoted, State::Published, State::Done, State::Rejected] {
            for kind in [SubmissionKind::Registration, SubmissionKind::Update] {
                assert_eq!(kept(kind, state), Some(day(40)));
                let told_since = Row { decided_at: Some(day(3)), ..row(kind, state) };
                assert_eq!(gone_from(&told_since), Some(day(33)));
            }
        }
        for state in [State::Received, State::Held, State::Published, State::Rejected] {
            assert_eq!(kept(SubmissionKind::Report, state), Some(day(100)));
        }
        assert_eq!(kept(SubmissionKind::Registration, State::Withdrawn), Some(day(10)));
    }
}
