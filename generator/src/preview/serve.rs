//! Serves the built site on loopback: pages with the production headers, forms by the very handler of the function.

use super::{Built, Stage};
use crate::finding::Finding;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use templates::headers::SECURITY_HEADERS;
use tokio::net::TcpListener;

/// Larger bodies are cut off before they reach the handler, as the platform does.
const MAX_BODY: usize = 6 * 1024 * 1024;

/// Reloads the page after a build. It asks once and waits for the answer, so an idle preview is quiet.
const RELOAD: &str = "const wait = since => fetch('/_preview/wait?since=' + since).then(r => r.text())
  .then(now => now !== since && since !== '' ? location.reload() : wait(now)).catch(() => setTimeout(() => wait(since), 1000));
wait('');
";

/// Takes a port on loopback.
pub(super) async fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| format!("port {port} is not free\n  help: choose another with --port, or 0 for any"))
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
    let built = Arc::clone(&stage.built.borrow());
    if path == "/_preview/wait" {
        return wait(stage, request.uri().query().unwrap_or_default()).await;
    }
    if path == "/_preview/reload.js" {
        return respond(StatusCode::OK, "text/javascript; charset=utf-8", RELOAD.as_bytes().to_vec());
    }
    if !built.findings.is_empty() {
        let body = problems_page(&built.findings);
        return respond(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", body.into_bytes());
    }
    match &built.handler {
        Some(handler) if is_function(&path) => by_function(handler, request).await,
        _ => from_disk(&stage.out, &path, &built),
    }
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

async fn by_function(handler: &submit_fn::Handler<review::Folder>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match to_bytes(body, MAX_BODY).await {
        Ok(bytes) => handler.answer(&Request::from_parts(parts, bytes)).await.map(Body::from),
        Err(_) => respond(StatusCode::PAYLOAD_TOO_LARGE, "text/plain; charset=utf-8", Vec::new()),
    }
}

fn from_disk(out: &Path, path: &str, built: &Built) -> Response {
    let Some(file) = file_of(out, path) else { return not_found(out) };
    if file.is_dir() {
        // As the edge does: the address of a folder ends with a slash.
        let mut response = respond(StatusCode::MOVED_PERMANENTLY, "text/plain; charset=utf-8", Vec::new());
        if let Ok(place) = HeaderValue::from_str(&format!("{path}/")) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        return response;
    }
    match std::fs::read(&file) {
        Ok(bytes) => respond(StatusCode::OK, content_type(&file), with_reload(&file, bytes, built)),
        Err(_) => not_found(out),
    }
}

fn not_found(out: &Path) -> Response {
    let body = std::fs::read(out.join("404.html")).unwrap_or_default();
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", body)
}

/// The file of an address, never outside the site.
fn file_of(out: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.strip_prefix('/')?);
    let plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.')));
    let file = out.join(relative);
    (plain && !path.contains('%')).then(|| if path.ends_with('/') { file.join("index.html") } else { file })
}

fn content_type(file: &Path) -> &'static str {
    match crate::files::ending(file) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "jpg" => "image/jpeg",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Adds the script that reloads the page, to pages only.
fn with_reload(file: &Path, bytes: Vec<u8>, built: &Built) -> Vec<u8> {
    let _ = built;
    if crate::files::ending(file) != "html" {
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

/// Set without templates: they may be what is broken.
fn problems_page(findings: &[Finding]) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Problems</title><script src=\"/_preview/reload.js\" defer></script></head><body><main>",
    );
    // Writing to a string cannot fail.
    let _ =
        write!(page, "<h1>{} before the site can be built</h1><ol>", crate::run::counted(findings.len(), "problem"));
    for finding in findings {
        let help = finding.help.as_ref().map(|help| format!("<br>{}", escape(help))).unwrap_or_default();
        let _ = write!(
            page,
            "<li><p><code>{}</code><br><strong>{}</strong>{help}</p></li>",
            escape(&finding.place()),
            escape(&finding.message)
        );
    }
    page.push_str("</ol></main></body></html>");
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
