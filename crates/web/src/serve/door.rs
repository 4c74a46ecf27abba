//! What one request is answered with: by the function, from the built site, or not at all.

use crate::answer::{PAGE, TEXT, respond};
use crate::function::is_function;
use crate::serve::body::{Came, read};
use crate::serve::current::Current;
use crate::serve::event::{Event, OnEvent, Served};
use crate::serve::visitor::{FORWARDED, is_this_machine, is_trusted, visitor};
use axum::body::Body;
use axum::response::Response;
use http::{Request, StatusCode};
use hyper::body::Incoming;
use jiff::Timestamp;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use submit_fn::{Visitor, largest_body};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The address that says whether this server is well, to this machine alone.
const HEALTH: &str = "/_health";
/// A body that is larger than this waits for its turn: so many are read and looked at at once, for a photo takes room to be decoded.
const LARGE: usize = 1024 * 1024;
const LARGE_AT_ONCE: usize = 4;
/// How long such a turn is waited for.
const TURN: Duration = Duration::from_secs(15);

/// What stands behind every connection.
pub(crate) struct Door {
    pub(crate) current: Arc<Current>,
    /// Whether the site's own files are served too.
    pub(crate) is_with_site: bool,
    /// Proxies whose word about a visitor's address is believed.
    pub(crate) trusted: Vec<IpAddr>,
    pub(crate) clock: fn() -> Timestamp,
    pub(crate) told: OnEvent,
    /// Turns of large bodies.
    large: Semaphore,
    /// Whether it was told that a proxy speaks which nobody named.
    is_warned: AtomicBool,
}

impl Door {
    pub(crate) fn new(
        current: Arc<Current>,
        (trusted, is_with_site): (Vec<IpAddr>, bool),
        clock: fn() -> Timestamp,
        told: OnEvent,
    ) -> Self {
        let (large, is_warned) = (Semaphore::new(LARGE_AT_ONCE), AtomicBool::new(false));
        Self { current, is_with_site, trusted, clock, told, large, is_warned }
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, peer: IpAddr, request: Request<Incoming>) -> Response {
        let began = (self.clock)();
        self.warn_of_proxy(peer, &request);
        let path = request.uri().path();
        let (what, response) = if path == HEALTH && is_this_machine(peer, request.headers()) {
            (Served::Health, respond(StatusCode::OK, TEXT, b"ok\n".to_vec()))
        } else if self.is_with_site && !is_function(path) {
            (Served::Site, self.current.site().answer((request.method(), path), request.headers(), began).await)
        } else {
            // Where the forms are alone, they also say that something else is not here.
            match self.by_function(peer, request).await {
                // The function tells of its own answers.
                Ok(response) => return response,
                Err(response) => (Served::Form, response),
            }
        };
        let took = (self.clock)().duration_since(began);
        (self.told)(&Event::Answered { what, status: response.status().as_u16(), took });
        response
    }

    /// The function's answer; another where what was sent never reached it.
    async fn by_function(&self, peer: IpAddr, request: Request<Incoming>) -> Result<Response, Response> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path().to_owned();
        match visitor(peer, &parts.headers, &self.trusted) {
            Some(address) => drop(parts.extensions.insert(Visitor(address))),
            None => (self.told)(&Event::NamelessProxy),
        }
        let most = largest_body(&path);
        let turn = if most > LARGE { Some(timeout(TURN, self.large.acquire()).await) } else { None };
        if turn.as_ref().is_some_and(Result::is_err) {
            return Err(self.current.site().notice(StatusCode::SERVICE_UNAVAILABLE, "503.html"));
        }
        let handler = self.current.handler();
        let page = match read(body, most).await {
            Came::Whole(bytes) => handler.answer(&Request::from_parts(parts, bytes)).await,
            Came::TooLarge => return Err(handler.answer_too_large(&path).map(Body::from)),
            Came::Broken => return Err(handler.answer_unreadable(&path).map(Body::from)),
            Came::TooSlow => return Err(respond(StatusCode::REQUEST_TIMEOUT, PAGE, Vec::new())),
        };
        Ok(page.map(Body::from))
    }

    /// Says once that everybody counts as one visitor, where it looks so.
    fn warn_of_proxy(&self, peer: IpAddr, request: &Request<Incoming>) {
        let is_unknown = request.headers().contains_key(FORWARDED) && !is_trusted(peer, &self.trusted);
        if is_unknown && !self.is_warned.swap(true, Ordering::Relaxed) {
            (self.told)(&Event::UnknownProxy);
        }
    }
}
