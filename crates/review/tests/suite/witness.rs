//! A line of the log that a sweep has seen stands as it did, or it is told, by every sweep and whoever reads the log.

use crate::common::{secret, submission};
use crate::retention::Beneath;
use jiff::{SignedDuration, Timestamp};
use review::{LogFault, Store, accept, log_faults, sweep, witness};
use schema::submission::kinds::{Flag, State, SubmissionKind};

/// A row that says that it was decided, where no line does, is told of and kept: who may change a row may not delete by it.
pub(crate) async fn what_nobody_decided_is_kept<S: Store>(store: &S, beneath: &impl Beneath) {
    let now = Timestamp::now();
    for (number, state) in [(60, State::Removed), (61, State::Withdrawn), (62, State::Done), (63, State::Cleared)] {
        let report = submission(number, SubmissionKind::Report, "they threaten me", now);
        accept(store, &report, &secret(number), vec![Flag::Today]).await.unwrap();
        beneath.restate(&report.id, state).await;
        let swept = sweep(store, now + SignedDuration::from_hours(24 * 400)).await.unwrap();
        assert_eq!(swept.unexplained, [(report.id.clone(), state)]);
        let row = store.row(&report.id).await.unwrap().unwrap();
        assert!(store.has(&row.object_key()).await.unwrap(), "{state:?}");
        beneath.restate(&report.id, State::Received).await;
        assert!(sweep(store, now).await.unwrap().unexplained.is_empty());
    }
}

pub(crate) async fn a_line_that_was_changed_or_taken_away_is_told<S: Store>(store: &S, beneath: &impl Beneath) {
    assert_eq!(log_faults(store).await.unwrap(), [], "what no sweep has seen is no fault");
    assert_eq!(witness(store).await.unwrap(), []);
    let lines = store.lines().await.unwrap();
    assert!(lines.len() > 2 && lines.iter().all(|line| line.stands.is_some() && line.seen == line.stands), "{lines:?}");
    let (first, last) = (&lines.first().unwrap().key, &lines.last().unwrap().key);
    // What stands there now cannot even be read: it is told all the same.
    beneath.forge(first, Some("nothing that was decided")).await;
    beneath.forge(last, None).await;
    for _ in 0..2 {
        let told = [LogFault::Changed(first.clone()), LogFault::Gone(last.clone())];
        assert_eq!(witness(store).await.unwrap(), told, "a later sweep does not take the forged line for the true one");
        assert_eq!(log_faults(store).await.unwrap(), told);
    }
}
