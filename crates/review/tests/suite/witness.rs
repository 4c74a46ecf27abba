//! A line of the log that a sweep has seen stands as it did, or it is told, by every sweep and whoever reads the log.

use crate::retention::Beneath;
use review::{LogFault, Store, log_faults, witness};

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
