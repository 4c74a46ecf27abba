//! How much may come in an hour. A network is refused only at a machine's pace; above a person's pace, and whatever everybody
//! together sends, it is taken and held for an editor. Each form has counters of its own, and where the limiter does not
//! answer, families still get through.
//!
//! The numbers: at a family day, forty people of one Wi-Fi register in an hour; two hundred are one every 18 seconds for an hour,
//! which nobody fills in. Wider networks have three and seven times that room. Three hundred of one form in an hour is ten times
//! what a site of 2,000 people gets on its busiest day. Nobody guesses a code of 50 bits in sixty tries an hour.

use crate::http::front::{Client, Network, Reach};
use crate::http::route::MINE;
use crate::token::Keys;
use jiff::{SignedDuration, Timestamp};
use review::{Limit, Limiter, StoreError};
use schema::form::Answers;
use schema::submission::kinds::Flag;
use schema::submission::reference::Reference;
use schema::submission::row::Row;

/// What one sender has room for in an hour.
struct Room {
    /// At a person's pace: nothing is said of it.
    free: u32,
    /// Above it: held for an editor. Beyond both, refused.
    held: u32,
}

const SENDING: Room = Room { free: 40, held: 160 };
/// Trying photos is one person's work of an evening; wrong pairs have nothing that could be held.
const ASKING: Room = Room { free: 60, held: 0 };
/// Of one form from everybody together, before all further ones are held.
const USUAL: u32 = 300;
/// Of urgent ones of one bell that are announced each by a mail.
const MAILS: u32 = 10;

/// Whose turn it is.
#[derive(Clone, Copy)]
pub(crate) enum Sender<'a> {
    /// Anybody in these networks.
    Stranger(&'a Client),
    /// Whoever holds the reference and code of this: it takes no turn of a network, and no flood keeps it out.
    Holder(&'a Reference),
}

/// Which bell rings for an urgent one. None is used up by what rings another.
#[derive(Clone, Copy)]
pub(crate) enum Bell<'a> {
    /// That of a page, for whoever holds the pair of its registration: an editor has said yes to it, so that no stranger has one.
    Page(&'a Reference),
    /// That of whoever holds the pair of a registration which waits: nothing of it is public.
    Pair,
    /// That of what a flag holds: spam silences nobody else.
    Held,
    /// That of strangers.
    Received,
}

impl<'a> Bell<'a> {
    /// The bell of whoever holds the pair of a registration.
    pub(crate) fn of(registration: &'a Row) -> Self {
        if registration.profile.is_some() { Self::Page(&registration.id) } else { Self::Pair }
    }
}

/// What the counters say of one more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is taken, with these marks.
    Taken(Vec<Flag>),
    /// Its network sends at a machine's pace.
    Refused,
}

/// The counters, at a moment.
pub(crate) struct Throttle<'a, L> {
    pub(crate) limiter: &'a L,
    pub(crate) keys: &'a Keys,
    pub(crate) now: Timestamp,
}

impl<L: Limiter> Throttle<'_, L> {
    /// Counts one more submission of a form.
    pub(crate) async fn send(&self, form: &str, sender: Sender<'_>) -> Result<Turn, StoreError> {
        let client = match sender {
            Sender::Holder(reference) => return self.one(&format!("{form}#{}", reference.key()), SENDING).await,
            Sender::Stranger(client) => client,
        };
        let mut marks = match self.all(form, client, SENDING).await? {
            Turn::Taken(marks) => marks,
            Turn::Refused => return Ok(Turn::Refused),
        };
        if !self.count(&format!("{form}#all"), USUAL).await? {
            marks.push(Flag::Flood);
        }
        Ok(Turn::Taken(marks))
    }

    /// Counts one more photo of a holder, or one more wrong pair of a stranger.
    pub(crate) async fn ask(&self, sender: Sender<'_>) -> Result<Turn, StoreError> {
        match sender {
            Sender::Holder(reference) => self.one(&format!("{MINE}#{}", reference.key()), ASKING).await,
            Sender::Stranger(client) => self.all(MINE, client, ASKING).await,
        }
    }

    /// Whether these words come from this household for the first time today.
    pub(crate) async fn is_new(&self, form: &str, client: &Client, answers: &Answers) -> Result<bool, StoreError> {
        let Some(household) = client.networks.first() else { return Ok(true) };
        let key = format!("{}#{}", self.key("words", household), self.keys.veil_words(form, answers));
        self.limiter.admit(&key, Limit { most: 1, window: SignedDuration::from_hours(24) }, self.now).await
    }

    /// Whether one more urgent one is announced by a mail of its own.
    pub(crate) async fn ring(&self, bell: Bell<'_>) -> Result<bool, StoreError> {
        let key = match bell {
            Bell::Page(registration) => &format!("bell#page#{}", registration.key()),
            Bell::Pair => "bell#pair",
            Bell::Held => "bell#held",
            Bell::Received => "bell#received",
        };
        self.count(key, MAILS).await
    }

    /// Counts in every network, the narrowest first: what that one refuses takes no room of its neighbours.
    async fn all(&self, what: &str, client: &Client, room: Room) -> Result<Turn, StoreError> {
        let mut marks = Vec::new();
        for network in &client.networks {
            match self.one(&self.key(what, network), room.within(network.reach)).await? {
                Turn::Refused => return Ok(Turn::Refused),
                Turn::Taken(found) => marks.extend(found),
            }
        }
        marks.dedup();
        Ok(Turn::Taken(marks))
    }

    async fn one(&self, key: &str, room: Room) -> Result<Turn, StoreError> {
        if self.count(key, room.free).await? {
            return Ok(Turn::Taken(Vec::new()));
        }
        let is_held = room.held > 0 && self.count(&format!("{key}#held"), room.held).await?;
        Ok(if is_held { Turn::Taken(vec![Flag::Crowd]) } else { Turn::Refused })
    }

    async fn count(&self, key: &str, most: u32) -> Result<bool, StoreError> {
        self.limiter.admit(key, Limit { most, window: SignedDuration::from_hours(1) }, self.now).await
    }

    /// The table holds no address, only what a key of ours makes of it.
    fn key(&self, what: &str, network: &Network) -> String {
        format!("{what}#{}", self.keys.veil(&network.name))
    }
}

impl Room {
    fn within(&self, reach: Reach) -> Self {
        let times = match reach {
            Reach::Household => 1,
            Reach::Customer => 3,
            Reach::Firm => 7,
        };
        Self { free: times * self.free, held: times * self.held }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::front::Front;
    use review::Counters;

    fn client(address: &str) -> Client {
        let request = http::Request::builder()
            .header(crate::http::front::SECRET_HEADER, "word")
            .header("cloudfront-viewer-address", address);
        let request = request.body(bytes::Bytes::new()).unwrap();
        Front::CloudFront { secrets: vec!["word".into()] }.client(&request).unwrap()
    }

    /// How many of those that these addresses send are taken without a mark, taken with one, and refused.
    async fn sent(addresses: impl Iterator<Item = String>) -> (usize, usize, usize) {
        let (counters, keys) = (Counters::default(), Keys::new([1; 32], Vec::new()));
        let throttle = Throttle { limiter: &counters, keys: &keys, now: Timestamp::UNIX_EPOCH };
        let mut counts = (0, 0, 0);
        for address in addresses {
            match throttle.send("report", Sender::Stranger(&client(&address))).await.unwrap() {
                Turn::Taken(marks) if marks.contains(&Flag::Crowd) => counts.1 += 1,
                Turn::Taken(_) => counts.0 += 1,
                Turn::Refused => counts.2 += 1,
            }
        }
        counts
    }

    #[tokio::test]
    async fn a_network_is_held_at_a_crowd_s_pace_and_refused_at_a_machine_s() {
        assert_eq!(sent((0..201).map(|_| "198.51.100.7:1".to_owned())).await, (40, 160, 1));
        let household = (0..201).map(|last| format!("[2001:db8:1:2::{last:x}]:1"));
        assert_eq!(sent(household).await, (40, 160, 1));
    }

    #[tokio::test]
    async fn whoever_has_many_networks_is_one_sender_all_the_same() {
        let customer = (0..601).map(|network| format!("[2001:db8:1:2{:02x}::1]:1", network % 256));
        assert_eq!(sent(customer).await, (120, 480, 1));
        let firm = (0..1401).map(|network| format!("[2001:db8:1:{:x}::1]:1", network * 256 % 0x10000));
        assert_eq!(sent(firm).await, (280, 1120, 1));
    }

    #[tokio::test]
    async fn nobody_is_refused_for_what_others_send() {
        let counts = sent((0..5_000).map(|each| format!("10.{}.{}.1:1", each / 250, each % 250))).await;
        assert_eq!(counts, (5_000, 0, 0));
    }
}
