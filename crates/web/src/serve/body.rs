//! Reads what somebody sends, within limits of size and time: whoever sends slowly, or without an end, holds nothing up for long.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// How long the next piece may take.
const PIECE: Duration = Duration::from_secs(20);
/// How long all of it may take: a photo of 4 MB at the pace of an old phone on a slow line.
const WHOLE: Duration = Duration::from_secs(180);
/// So much is read, and thrown away, that whoever sent too much reads the answer instead of a broken connection.
const READ: usize = 32 * 1024 * 1024;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// All of it.
    Whole(Bytes),
    /// More than that.
    TooLarge,
    /// Too slowly.
    TooSlow,
    /// Not whole: the connection broke, or was no HTTP.
    Broken,
}

/// Reads a body of at most so many bytes.
pub(crate) async fn read(mut body: Incoming, most: usize) -> Came {
    let ends = Instant::now() + WHOLE;
    let mut bytes = Vec::new();
    let mut count: usize = 0;
    loop {
        let data = match timeout_at(ends, timeout(PIECE, body.frame())).await {
            Err(_) | Ok(Err(_)) => return Came::TooSlow,
            Ok(Ok(Some(Err(_)))) => return Came::Broken,
            Ok(Ok(None)) if count > most => return Came::TooLarge,
            Ok(Ok(None)) => return Came::Whole(bytes.into()),
            Ok(Ok(Some(Ok(frame)))) => frame.into_data().unwrap_or_default(),
        };
        count = count.saturating_add(data.len());
        if count > READ {
            return Came::TooLarge;
        }
        if count <= most {
            bytes.extend_from_slice(&data);
        }
    }
}
