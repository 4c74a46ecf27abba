//! A promotion that was planned and shown holds for what was shown, and for nothing that came since.

use crate::common::{secret, submission};
use jiff::Timestamp;
use review::desk::apply::apply;
use review::desk::decide::Editor;
use review::desk::plan::Promotion;
use review::{Acceptance, Folder, Intake, accept, revise};
use schema::person::profile::ProfileId;
use schema::submission::kinds::{State, SubmissionKind};
use schema::submission::row::Row;
use std::path::{Path, PathBuf};

fn promotion(row: Row) -> Promotion<'static> {
    Promotion {
        row,
        id: ProfileId::parse("somebody-k7m2q").unwrap(),
        file: PathBuf::from("profiles/somebody-k7m2q.yaml"),
        yaml: "as it was shown\n".to_owned(),
        photo: None,
        is_written: false,
        problems: Vec::new(),
        private: Vec::new(),
        agency: None,
        assured: Vec::new(),
        person: None,
        forgotten: None,
        other_facility: None,
    }
}

async fn stored(root: &Path) -> (Folder, Row) {
    let store = Folder::new(root.join("var"), Timestamp::now);
    let first = submission(50, SubmissionKind::Registration, "first", Timestamp::now());
    let Acceptance::Stored(row) = accept(&store, &first, &secret(50), Vec::new()).await.unwrap() else {
        panic!("not stored")
    };
    (store, row)
}

#[tokio::test]
async fn what_was_planned_of_the_first_version_is_not_written_once_the_second_came() {
    let root = tempfile::tempdir().unwrap();
    let (store, row) = stored(root.path()).await;
    let second = submission(50, SubmissionKind::Registration, "second", Timestamp::now());
    revise(&store, &row, &second, &[]).await.unwrap();
    let (editor, plan) = (Editor { name: "ann", now: Timestamp::now() }, promotion(row));
    let refused = apply(&store, root.path(), &plan, editor).await.unwrap_err();
    assert!(refused.to_string().contains("corrected it meanwhile"), "{refused}");
    assert!(!root.path().join("profiles").exists());
    let stands = store.row(&plan.row.id).await.unwrap().unwrap();
    assert_eq!((stands.state, stands.earlier.len()), (State::Received, 1));
    // Planned anew, it is carried out.
    let done = apply(&store, root.path(), &promotion(stands), editor).await.unwrap();
    assert_eq!(done.state, State::Promoted);
}
