//! One page got politely: with a pause between two requests to a host, only where its robots.txt allows, a few redirects far.

use crate::memory::Known;
use crate::network::{Answer, Asked, Network};
use crate::robots::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use url::Url;

/// The name by which robots.txt may speak of us.
pub const NAME: &str = "inside-out-watch";

/// How many redirects are followed.
const MOST_HOPS: usize = 5;

/// How much of a robots.txt is read.
const MOST_ROBOTS: usize = 500 * 1024;

/// What a visit brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Visit {
    /// The page.
    Came(Answer),
    /// The page says that it is as it was.
    Same,
    /// The page says that it is not there any more.
    Gone,
    /// Nothing that could be compared, and why.
    Unreached(String),
}

/// Goes from page to page.
pub(crate) struct Visitor<'n, N> {
    network: &'n mut N,
    pause: Duration,
    /// When each host was last asked.
    asked: BTreeMap<String, Duration>,
    /// What each site allows, or why nobody knows.
    rules: BTreeMap<String, Result<Rules, String>>,
    /// Hosts that asked for quiet.
    quiet: BTreeSet<String>,
}

/// What one request brought.
enum Step {
    Ended(Visit),
    Leads(Url),
}

impl<'n, N: Network> Visitor<'n, N> {
    pub(crate) fn new(network: &'n mut N, pause: Duration) -> Self {
        let (asked, rules, quiet) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { network, pause, asked, rules, quiet }
    }

    /// Gets a page, or learns that it is as it was when it was known.
    pub(crate) fn visit(&mut self, address: &str, known: Option<&Known>) -> Visit {
        let Ok(mut url) = Url::parse(address) else { return Visit::Unreached("its address cannot be read".to_owned()) };
        for _ in 0..=MOST_HOPS {
            match self.step(&url, known) {
                Ok(Step::Leads(next)) => url = next,
                Ok(Step::Ended(visit)) => return visit,
                Err(why) => return Visit::Unreached(why),
            }
        }
        Visit::Unreached(format!("it leads on more than {MOST_HOPS} times"))
    }

    fn step(&mut self, url: &Url, known: Option<&Known>) -> Result<Step, String> {
        let rules = self.rules_of(url)?;
        if !rules.allows(&path(url)) {
            return Err("its robots.txt asks programs to stay out".to_owned());
        }
        let (etag, modified) = (known.and_then(|it| it.etag.as_deref()), known.and_then(|it| it.modified.as_deref()));
        let answer = self.ask(&Asked { url, etag, modified }, rules.delay)?;
        Ok(match answer.status {
            200..=299 => Step::Ended(Visit::Came(answer)),
            304 if etag.is_some() || modified.is_some() => Step::Ended(Visit::Same),
            301 | 302 | 303 | 307 | 308 => Step::Leads(leads_to(url, &answer)?),
            404 | 410 => Step::Ended(Visit::Gone),
            status => return Err(format!("it answered with {status}")),
        })
    }

    /// One request, when its host has had its pause.
    fn ask(&mut self, asked: &Asked<'_>, delay: Option<Duration>) -> Result<Answer, String> {
        let host = asked.url.host_str().unwrap_or_default().to_owned();
        if self.quiet.contains(&host) {
            return Err("its host asked for quiet a moment ago".to_owned());
        }
        let pause = self.pause.max(delay.unwrap_or_default());
        if let Some(due) = self.asked.get(&host).map(|last| *last + pause) {
            let now = self.network.now();
            if now < due {
                self.network.rest(due - now);
            }
        }
        let answer = self.network.get(asked);
        self.asked.insert(host.clone(), self.network.now());
        if answer.as_ref().is_ok_and(|answer| matches!(answer.status, 429 | 503)) {
            self.quiet.insert(host);
        }
        answer
    }

    /// What a site allows, asked once.
    fn rules_of(&mut self, url: &Url) -> Result<Rules, String> {
        let site = url.origin().ascii_serialization();
        if let Some(rules) = self.rules.get(&site) {
            return rules.clone();
        }
        let rules = self.fetch_rules(url);
        self.rules.insert(site, rules.clone());
        rules
    }

    /// A site without the file allows all; one that cannot say what it allows, nothing.
    fn fetch_rules(&mut self, url: &Url) -> Result<Rules, String> {
        let mut at = url.join("/robots.txt").map_err(|_| "its address has no host".to_owned())?;
        for _ in 0..=MOST_HOPS {
            let answer = self.ask(&Asked { url: &at, etag: None, modified: None }, None);
            let answer = answer.map_err(|why| format!("its robots.txt could not be read: {why}"))?;
            match answer.status {
                200..=299 => {
                    let text = answer.body.get(..MOST_ROBOTS).unwrap_or(&answer.body);
                    return Ok(Rules::parse(&String::from_utf8_lossy(text), NAME));
                }
                301 | 302 | 303 | 307 | 308 => at = leads_to(&at, &answer)?,
                429 => return Err("its host asks for quiet".to_owned()),
                400..=499 => return Ok(Rules::default()),
                status => return Err(format!("its robots.txt could not be read: it answered with {status}")),
            }
        }
        Ok(Rules::default())
    }
}

/// What a request for an address asks a server for.
fn path(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

fn leads_to(url: &Url, answer: &Answer) -> Result<Url, String> {
    let next = answer.location.as_deref().and_then(|location| url.join(location).ok());
    next.filter(|next| matches!(next.scheme(), "https" | "http") && next.has_host())
        .ok_or_else(|| "it leads on to nowhere".to_owned())
}
