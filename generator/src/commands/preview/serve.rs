//! Serves the built site on loopback: pages with the production headers, forms by the very handler of the function.

use super::problems::{STYLE, problems_page};
use super::stage::{Answering, Stage};
use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use schema::ground::failure::Failure;
use site::media::content_type;
use site::site_path::SitePath;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use templates::headers::{ROBOTS, SECURITY_HEADERS};
use tokio::net::TcpListener;

/// Reloads the page after a build.
const RELOAD: &str = include_str!("assets/reload.js");

/// Takes a port on loopback.
pub(super) async fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await.with_context(|| {
        Failure::new(format!("port {port} is not free")).help("choose another with --port, or 0 for any")
    })
}

/// Serves until Ctrl-C.
pub(super) async fn serve(listener: TcpListener, stage: Stage) -> Result<()> {
    let app = Router::new().fallback(answer).with_state(stage);
    let ended = async {
        // If Ctrl-C cannot be heard, the process still ends by it.
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        result = axum::serve(listener, app) => result.context("serving"),
        () = ended => Ok(()),
    }
}

async fn answer(State(stage): State<Stage>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if !is_this_machine(&request) {
        // A page elsewhere whose name leads here would otherwise read what the preview shows.
        return respond(StatusCode::FORBIDDEN, "text/plain; charset=utf-8", b"This preview is at 127.0.0.1.".to_vec());
    }
    let built = Arc::clone(&stage.built.borrow());
    if path == "/_preview/wait" {
        return wait(stage, request.uri().query().unwrap_or_default()).await;
    }
    match path.as_str() {
        "/_preview/reload.js" => return respond(StatusCode::OK, content_type(Path::new(&path)), RELOAD.into()),
        "/_preview/problems.css" => return respond(StatusCode::OK, content_type(Path::new(&path)), STYLE.into()),
        _ => {}
    }
    if !built.findings.is_empty() {
        let body = problems_page(&built.findings);
        return respond(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", body.into_bytes());
    }
    match &built.handler {
        Some(handler) if is_function(&path) => by_function(handler, request).await,
        _ => piece(for_robots(&path, from_disk(&stage.out, &path)), request.headers().get(header::RANGE)).await,
    }
}

fn is_this_machine(request: &Request) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

fn is_function(path: &str) -> bool {
    path.starts_with("/send/") || path.split('/').nth(2) == Some("send")
}

async fn wait(mut stage: Stage, query: &str) -> Response {
    let since: Option<u64> = query.strip_prefix("since=").and_then(|since| since.parse().ok());
    let newer = stage.built.wait_for(|built| since != Some(built.version));
    let version = match tokio::time::timeout(Duration::from_secs(25), newer).await {
        Ok(Ok(built)) => built.version,
        _ => since.unwrap_or_default(),
    };
    respond(StatusCode::OK, "text/plain; charset=utf-8", version.to_string().into_bytes())
}

async fn by_function(handler: &Answering, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // As much as comes: the function says what is too large, on a page of its own.
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => handler.answer(&Request::from_parts(parts, bytes)).await.map(Body::from),
        Err(_) => respond(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", Vec::new()),
    }
}

fn from_disk(out: &Path, path: &str) -> Response {
    let Ok(file) = SitePath::at(path).map(|file| out.join(file)) else { return not_found(out) };
    if file.is_dir() {
        // As the edge does: the address of a folder ends with a slash.
        let mut response = respond(StatusCode::MOVED_PERMANENTLY, "text/plain; charset=utf-8", Vec::new());
        if let Ok(place) = HeaderValue::from_str(&format!("{path}/")) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        return response;
    }
    match std::fs::read(&file) {
        Ok(bytes) => respond(StatusCode::OK, content_type(&file), with_reload(&file, bytes)),
        Err(_) => not_found(out),
    }
}

/// Says to search engines what the edge says to them.
fn for_robots(path: &str, mut response: Response) -> Response {
    if let Some((_, told)) = ROBOTS.iter().find(|(folder, _)| path.starts_with(folder)) {
        response.headers_mut().insert("x-robots-tag", HeaderValue::from_static(told));
    }
    response
}

/// Only the bytes that were asked for, as the edge does for `Range: bytes=FROM-TO`.
async fn piece(whole: Response, range: Option<&HeaderValue>) -> Response {
    let asked = range.and_then(|range| range.to_str().ok()?.strip_prefix("bytes=")?.split_once('-'));
    let Some((Ok(from), Ok(to))) = asked.map(|(from, to)| (from.parse::<usize>(), to.parse::<usize>())) else {
        return whole;
    };
    let (mut parts, body) = whole.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return respond(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", Vec::new());
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

fn not_found(out: &Path) -> Response {
    let body = std::fs::read(out.join("404.html")).unwrap_or_default();
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", body)
}

/// Adds the script that reloads the page, to pages only.
fn with_reload(file: &Path, bytes: Vec<u8>) -> Vec<u8> {
    if disk::ending(file) != "html" {
        return bytes;
    }
    let page = String::from_utf8_lossy(&bytes).into_owned();
    page.replacen("</body>", "<script src=\"/_preview/reload.js\" defer></script></body>", 1).into_bytes()
}

fn respond(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response {
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
