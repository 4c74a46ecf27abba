//! The real network: one request at a time, with an end to time and size.

use crate::network::{Answer, Asked, Network};
use crate::visit::NAME;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::HeaderMap;

/// The longest that one request may take.
const MOST_TIME: Duration = Duration::from_secs(60);

/// The longest that a connection may take.
const MOST_TO_CONNECT: Duration = Duration::from_secs(20);

/// The most bytes of one page.
const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// The network, asked in the name of a site.
pub struct Net {
    agent: Agent,
    began: Instant,
}

impl Net {
    /// Asks in the name of a site, by its address and by the e-mail address under which somebody answers for it.
    pub fn new(site: &str, email: &str) -> Self {
        let name = format!("{NAME}/{} (+{site}; {email})", env!("CARGO_PKG_VERSION"));
        let config = Agent::config_builder()
            .user_agent(name)
            .accept("text/html, text/plain, */*;q=0.5")
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(MOST_TIME))
            .timeout_connect(Some(MOST_TO_CONNECT))
            .build();
        Self { agent: Agent::new_with_config(config), began: Instant::now() }
    }
}

impl Network for Net {
    fn get(&mut self, asked: &Asked<'_>) -> Result<Answer, String> {
        let mut url = asked.url.clone();
        url.set_fragment(None);
        let marks = [("if-none-match", asked.etag), ("if-modified-since", asked.modified)];
        let marks = marks.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let request = marks.fold(self.agent.get(url.as_str()), |request, (name, value)| request.header(name, value));
        let mut came = request.call().map_err(|error| error.to_string())?;
        let body = came.body_mut().with_config().limit(MOST_BYTES).read_to_vec().map_err(|error| error.to_string())?;
        let header = |name| header(came.headers(), name);
        Ok(Answer {
            status: came.status().as_u16(),
            location: header("location"),
            media: header("content-type").unwrap_or_default(),
            etag: header("etag"),
            modified: header("last-modified"),
            body,
        })
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn rest(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// A header that is text.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
