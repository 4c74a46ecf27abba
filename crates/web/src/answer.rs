//! An answer with the headers that every page is sent with.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use templates::headers::SECURITY_HEADERS;

/// What is only text.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";
/// A page.
pub(crate) const PAGE: &str = "text/html; charset=utf-8";

/// An answer that nobody keeps.
pub(crate) fn respond(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in SECURITY_HEADERS {
        headers.insert(*name, HeaderValue::from_static(value));
    }
    response
}
