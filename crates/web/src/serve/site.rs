//! The built site as it is served to the public: with the headers of production, and 410 where somebody's page is over.

use crate::answer::{PAGE, TEXT, respond};
use crate::files::{for_robots, from_disk, piece};
use anyhow::Result;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use hyper::body::Body as _;
use jiff::Timestamp;
use schema::ground::hash::content_hash;
use site::ledger::Ledger;
use site::site_path::SitePath;
use site::standing::{LastMoments, last_moments};
use site::write::GONE;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Of a file whose name holds the hash of its bytes.
const KEPT: &str = "public, max-age=31536000, immutable";
/// Of any other: browsers ask each time.
const ASKED: &str = "public, max-age=0, must-revalidate";

/// A built folder, and what was read of it.
pub(crate) struct Site {
    out: PathBuf,
    /// Files whose bytes never change.
    kept: BTreeSet<SitePath>,
    /// Whose last day is over when; none where that cannot be read, and nobody's page is shown. By the last part of a page's address, or that of a photo.
    over: Option<LastMoments>,
}

impl Site {
    /// Reads what a build says of its folder.
    ///
    /// # Errors
    /// That it cannot be read whose days are over.
    pub(crate) fn of(out: &Path, ledger: &Ledger) -> Result<Self> {
        Ok(Self { over: Some(last_moments(out)?), ..Self::without_days(out, ledger) })
    }

    /// The same, where nobody can say whose days are over.
    pub(crate) fn without_days(out: &Path, ledger: &Ledger) -> Self {
        let kept = ledger.files.values().filter(|file| file.kind.is_immutable()).map(|file| file.path.clone());
        Self { out: out.to_owned(), kept: kept.collect(), over: None }
    }

    /// What stands at an address.
    pub(crate) async fn answer(
        &self,
        (method, path): (&Method, &str),
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let mut refused = respond(StatusCode::METHOD_NOT_ALLOWED, TEXT, Vec::new());
            refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refused;
        }
        if self.is_over(path, now) {
            return self.notice(StatusCode::GONE, "410.html");
        }
        if self.over.is_none() && ["/people/", "/photos/"].iter().any(|part| path.contains(part)) {
            return self.notice(StatusCode::SERVICE_UNAVAILABLE, "503.html");
        }
        let whole = for_robots(path, from_disk(&self.out, path, |_, bytes| bytes));
        let fresh = self.dated(path, whole, headers).await;
        let mut response = piece(fresh, headers.get(header::RANGE)).await;
        if method == Method::HEAD {
            // How long it would be is still said.
            if let Some(length) = response.body().size_hint().exact() {
                response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            }
            *response.body_mut() = Body::empty();
        }
        response
    }

    /// A page of the site that stands in for one.
    pub(crate) fn notice(&self, status: StatusCode, file: &str) -> Response {
        respond(status, PAGE, std::fs::read(self.out.join(file)).unwrap_or_default())
    }

    /// Whether somebody's last day is over, or whoever runs this host has written that they are gone.
    fn is_over(&self, path: &str, now: Timestamp) -> bool {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let Some(name) = path.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()) else {
            return false;
        };
        let is_told = || SitePath::new(name).is_ok_and(|name| self.out.join(GONE).join(name).exists());
        self.over.as_ref().and_then(|over| over.get(name)).is_some_and(|moment| *moment <= now) || is_told()
    }

    /// With how long it may be kept, and a name for its bytes, by which a browser asks whether it still has them.
    async fn dated(&self, path: &str, whole: Response, headers: &HeaderMap) -> Response {
        if whole.status() != StatusCode::OK {
            return whole;
        }
        let (mut parts, body) = whole.into_parts();
        let Ok(bytes) = to_bytes(body, usize::MAX).await else {
            return respond(StatusCode::INTERNAL_SERVER_ERROR, TEXT, Vec::new());
        };
        let is_kept = SitePath::at(path).is_ok_and(|path| self.kept.contains(&path));
        let lasts = HeaderValue::from_static(if is_kept { KEPT } else { ASKED });
        parts.headers.insert(header::CACHE_CONTROL, lasts);
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{:.16}\"", content_hash(&bytes))) {
            let is_there = headers.get(header::IF_NONE_MATCH).is_some_and(|asked| asked == tag);
            parts.headers.insert(header::ETAG, tag);
            if is_there {
                parts.status = StatusCode::NOT_MODIFIED;
                return Response::from_parts(parts, Body::empty());
            }
        }
        Response::from_parts(parts, Body::from(bytes))
    }
}
