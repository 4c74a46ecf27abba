//! What goes once no page refers to it any more: replaced photos, old assets, and everything that names somebody who has left.

use crate::bucket::{Bucket, SITE, ServiceError, Version, key_of};
use crate::edge::{Edge, edge_key, gone_key};
use crate::headers::addresses;
use crate::manifest::Manifest;
use crate::plan::Plan;
use crate::publisher::{Publisher, manifest_key};
use crate::take_down::GONE;
use site::ledger::Kind;
use std::collections::BTreeSet;

impl<B: Bucket, E: Edge> Publisher<'_, B, E> {
    /// Old assets stay as older versions, for a rollback; a photo that somebody replaced long ago does not.
    pub(crate) async fn prune(&self, plan: &Plan) -> Result<(), ServiceError> {
        self.each(&plan.prunes, |away| async move {
            if away.is_photo() { self.erase(&away.path).await } else { self.bucket.delete(&key_of(&away.path)).await }
        })
        .await
    }

    /// What visitors must not be sent any more, now that no page at the edge refers to it.
    pub(crate) async fn erase_late(&self, plan: &Plan, deploy: &str) -> Result<(), ServiceError> {
        if plan.late.is_empty() {
            return Ok(());
        }
        let photos = plan.late.iter().filter(|away| away.is_photo());
        let marks: Vec<(String, String)> =
            photos.map(|away| (gone_key(edge_key(&away.path)), GONE.to_owned())).collect();
        if !marks.is_empty() {
            self.edge.mark(&marks, &[]).await?;
        }
        self.each(&plan.late, |away| async move {
            let path = away.path.as_str();
            // Their photo of before: a rollback may want it, and nobody else is sent it.
            if plan.replaced.contains_key(path) {
                self.bucket.delete(&key_of(path)).await
            } else {
                self.erase(path).await
            }
        })
        .await?;
        let items: Vec<String> = plan.late.iter().flat_map(|away| addresses(&away.path)).collect();
        self.purge(&items, &format!("{deploy}-late")).await
    }

    /// Deletes the older versions of every page, list and search file: any of them may name somebody who has left. Of assets and
    /// photos that are still known, older versions stay.
    pub(crate) async fn clean(&self, manifest: &Manifest) -> Result<(), ServiceError> {
        let keeps = |kind: Kind| matches!(kind, Kind::Asset | Kind::Photo);
        let files = manifest.files.iter().filter(|(_, entry)| keeps(entry.subject.kind)).map(|(path, _)| path.as_str());
        let retired = manifest.retired.iter().filter(|(_, retired)| keeps(retired.kind)).map(|(path, _)| path.as_str());
        let kept: BTreeSet<String> =
            files.chain(retired).chain(manifest.replaced.keys().map(String::as_str)).map(key_of).collect();
        let versions = self.bucket.versions(SITE).await?.into_iter().filter(|version| !kept.contains(&version.key));
        let notes = self.bucket.versions(&manifest_key()).await?;
        let mut doomed: Vec<Version> = versions.chain(notes).filter(|version| !version.current).collect();
        // A mark of deletion goes last: without it, what lies below would be public again.
        doomed.sort_by_key(|version| version.marker);
        self.bucket.erase(&doomed).await
    }
}
