//! Serves the built site on loopback: pages with the production headers, forms by the very handler of the function.

use super::problems::{STYLE, problems_page};
use super::stage::Stage;
use crate::answer::{PAGE, TEXT, respond};
use crate::files::{for_robots, from_disk, piece};
use crate::function::{Answering, is_function};
use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::{StatusCode, header};
use schema::ground::failure::Failure;
use site::media::content_type;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Reloads the page after a build.
const RELOAD: &str = include_str!("assets/reload.js");

/// Takes a port on loopback.
pub(super) async fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await.with_context(|| {
        Failure::new(format!("port {port} is not free")).help("choose another with --port, or 0 for any")
    })
}

/// Serves until the end comes.
pub(super) async fn serve(listener: TcpListener, stage: Stage, ended: impl Future<Output = ()>) -> Result<()> {
    let app = Router::new().fallback(answer).with_state(stage);
    tokio::select! {
        result = axum::serve(listener, app) => result.context("serving"),
        () = ended => Ok(()),
    }
}

async fn answer(State(stage): State<Stage>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if !is_this_machine(&request) {
        // A page elsewhere whose name leads here would otherwise read what the preview shows.
        return respond(StatusCode::FORBIDDEN, TEXT, b"This preview is at 127.0.0.1.".to_vec());
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
        return respond(StatusCode::INTERNAL_SERVER_ERROR, PAGE, body.into_bytes());
    }
    match &built.handler {
        Some(handler) if is_function(&path) => by_function(handler, request).await,
        _ => {
            piece(for_robots(&path, from_disk(&stage.out, &path, with_reload)), request.headers().get(header::RANGE))
                .await
        }
    }
}

fn is_this_machine(request: &Request) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

async fn wait(mut stage: Stage, query: &str) -> Response {
    let since: Option<u64> = query.strip_prefix("since=").and_then(|since| since.parse().ok());
    let newer = stage.built.wait_for(|built| since != Some(built.version));
    let version = match tokio::time::timeout(Duration::from_secs(25), newer).await {
        Ok(Ok(built)) => built.version,
        _ => since.unwrap_or_default(),
    };
    respond(StatusCode::OK, TEXT, version.to_string().into_bytes())
}

async fn by_function(handler: &Answering, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // As much as comes: the function says what is too large, on a page of its own.
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => handler.answer(&Request::from_parts(parts, bytes)).await.map(Body::from),
        Err(_) => respond(StatusCode::BAD_REQUEST, TEXT, Vec::new()),
    }
}

/// Adds the script that reloads the page, to pages only.
fn with_reload(file: &Path, bytes: Vec<u8>) -> Vec<u8> {
    if disk::ending(file) != "html" {
        return bytes;
    }
    let page = String::from_utf8_lossy(&bytes).into_owned();
    page.replacen("</body>", "<script src=\"/_preview/reload.js\" defer></script></body>", 1).into_bytes()
}
