//! The files of the built site, each at its address, as the edge serves them.

use crate::answer::{PAGE, TEXT, respond};
use axum::body::to_bytes;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use site::media::content_type;
use site::site_path::SitePath;
use std::path::Path;
use templates::headers::ROBOTS;

/// What stands at an address; `dress` may change the bytes of a file before they are sent.
pub(crate) fn from_disk(out: &Path, path: &str, dress: fn(&Path, Vec<u8>) -> Vec<u8>) -> Response {
    let Ok(file) = SitePath::at(path).map(|file| out.join(file)) else { return not_found(out) };
    if file.is_dir() {
        // As the edge does: the address of a folder ends with a slash.
        let mut response = respond(StatusCode::MOVED_PERMANENTLY, TEXT, Vec::new());
        if let Ok(place) = HeaderValue::from_str(&format!("{path}/")) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        return response;
    }
    match std::fs::read(&file) {
        Ok(bytes) => respond(StatusCode::OK, content_type(&file), dress(&file, bytes)),
        Err(_) => not_found(out),
    }
}

fn not_found(out: &Path) -> Response {
    let body = std::fs::read(out.join("404.html")).unwrap_or_default();
    respond(StatusCode::NOT_FOUND, PAGE, body)
}

/// Says to search engines what the edge says to them.
pub(crate) fn for_robots(path: &str, mut response: Response) -> Response {
    if let Some((_, told)) = ROBOTS.iter().find(|(folder, _)| path.starts_with(folder)) {
        response.headers_mut().insert("x-robots-tag", HeaderValue::from_static(told));
    }
    response
}

/// Only the bytes that were asked for, as the edge does for `Range: bytes=FROM-TO`.
pub(crate) async fn piece(whole: Response, range: Option<&HeaderValue>) -> Response {
    let asked = range.and_then(|range| range.to_str().ok()?.strip_prefix("bytes=")?.split_once('-'));
    let Some((Ok(from), Ok(to))) = asked.map(|(from, to)| (from.parse::<usize>(), to.parse::<usize>())) else {
        return whole;
    };
    let (mut parts, body) = whole.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return respond(StatusCode::INTERNAL_SERVER_ERROR, TEXT, Vec::new());
    };
    let last = to.min(bytes.len().saturating_sub(1));
    let place = HeaderValue::from_str(&format!("bytes {from}-{last}/{}", bytes.len()));
    match (bytes.get(from..=last).map(<[u8]>::to_vec), place) {
        (Some(asked), Ok(place)) if parts.status == StatusCode::OK => {
            parts.status = StatusCode::PARTIAL_CONTENT;
            parts.headers.insert(header::CONTENT_RANGE, place);
            Response::from_parts(parts, asked.into())
        }
        _ => Response::from_parts(parts, bytes.into()),
    }
}
