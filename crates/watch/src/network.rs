//! What stands between a watch and the world: one request, and the time.

use std::time::Duration;
use url::Url;

/// One request. No redirect is followed behind it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The address.
    pub url: &'a Url,
    /// The mark of the version that is known: the page may say that it is still that one.
    pub etag: Option<&'a str>,
    /// The same by its day.
    pub modified: Option<&'a str>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where it leads on.
    pub location: Option<String>,
    /// What the body is: `text/html; charset=utf-8`.
    pub media: String,
    /// The mark of this version.
    pub etag: Option<String>,
    /// Its day, as it was written.
    pub modified: Option<String>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// The world, or a replay of it.
pub trait Network {
    /// Gets one address.
    ///
    /// # Errors
    /// Why nothing came, in words that go on from "not reached:".
    fn get(&mut self, asked: &Asked<'_>) -> Result<Answer, String>;

    /// The time since some moment.
    fn now(&self) -> Duration;

    /// Lets time pass.
    fn rest(&mut self, time: Duration);
}
