//! The function never lags behind the site: what its pages and checks are made of is read from where publishing puts it, at most
//! once in a while. What it was packaged with stands in where that cannot be read, and what was good last where a newer one cannot
//! be opened.

use crate::drafts::DraftBucket;
use crate::pages::PublishedPages;
use crate::settings::Follow;
use lambda_http::Error;
use review::cloud::{Cloud, Fetched, Tag};
use std::sync::Arc;
use std::time::{Duration, Instant};
use submit_fn::{Handler, Measure, Tools};
use templates::Theme;
use templates::bundle::Bundle;
use tokio::sync::Mutex;

/// Where publishing puts it.
const KEY: &str = "function/bundle.json";

/// How long a look may take: families do not wait for news of words.
const PATIENCE: Duration = Duration::from_secs(1);

/// What answers.
pub(crate) type Answering = Arc<Handler<Cloud, Cloud, DraftBucket, PublishedPages>>;

/// Where everything lies.
#[derive(Clone)]
pub(crate) struct Places {
    pub(crate) cloud: Cloud,
    pub(crate) drafts: DraftBucket,
    pub(crate) pages: PublishedPages,
}

/// What answers now.
pub(crate) struct Current {
    places: Places,
    tools: Tools,
    follow: Option<Follow>,
    state: Mutex<State>,
}

struct State {
    handler: Answering,
    tag: Option<Tag>,
    looked: Instant,
}

impl Current {
    /// With what the function was packaged with, until [`Current::handler`] has looked for a newer one. Where people's pages stood on
    /// that day is no news of today.
    pub(crate) fn new((carried, theme): (Bundle, Theme), places: Places, tools: Tools, follow: Option<Follow>) -> Self {
        let handler = handler((Bundle { lives: None, ..carried }, theme), &places, &tools);
        let state = Mutex::new(State { handler, tag: None, looked: Instant::now() });
        Self { places, tools, follow, state }
    }

    /// Looks for a newer one, before the first request.
    pub(crate) async fn begin(&self) {
        if let Some(follow) = &self.follow {
            self.look(follow, &mut *self.state.lock().await).await;
        }
    }

    /// What answers this request.
    pub(crate) async fn handler(&self) -> Answering {
        let mut state = self.state.lock().await;
        if let Some(follow) = self.follow.as_ref().filter(|follow| state.looked.elapsed() >= follow.every) {
            self.look(follow, &mut state).await;
        }
        state.handler.clone()
    }

    async fn look(&self, follow: &Follow, state: &mut State) {
        state.looked = Instant::now();
        let asked = self.places.cloud.fetch(&follow.bucket, KEY, state.tag.as_ref());
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(Fetched::New(bytes, tag))) => {
                // Also where it cannot be opened: it is not fetched again until there is another.
                state.tag = Some(tag);
                match open(&bytes) {
                    Ok(newer) => state.handler = handler(newer, &self.places, &self.tools),
                    Err(why) => {
                        tracing::error!(%why, "what was published cannot be opened");
                        (self.tools.measure)(&Measure::Behind);
                    }
                }
            }
            Ok(Ok(Fetched::Same | Fetched::Absent)) => {}
            Ok(Err(why)) => tracing::warn!(%why, "what was published cannot be read"),
            Err(_) => tracing::warn!("what was published was not there in time"),
        }
    }
}

fn handler((bundle, theme): (Bundle, Theme), places: &Places, tools: &Tools) -> Answering {
    let Places { cloud, drafts, pages } = places.clone();
    Arc::new(Handler::new(bundle, theme, (cloud.clone(), cloud, drafts, pages), tools.clone()))
}

/// What the function is made of, from its bytes.
pub(crate) fn open(bytes: &[u8]) -> Result<(Bundle, Theme), Error> {
    let bundle: Bundle = serde_json::from_slice(bytes)?;
    let theme = Theme::open(&bundle.theme).map_err(|_| "its theme does not compile")?;
    Ok((bundle, theme))
}
