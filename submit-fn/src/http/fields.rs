//! Reads a form's body into fields, URL-encoded or in parts, within limits. It knows neither forms nor questions.

use crate::http::refusal::Refusal;
use bytes::Bytes;
use futures_util::stream::once;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Request};
use memchr::memmem;
use multer::{Constraints, Multipart, SizeLimit};
use std::convert::Infallible;

/// Most fields in one body.
const MAX_FIELDS: usize = 500;

/// Longest headers of one part, in bytes: a browser writes some 200, and the name of a file.
const MAX_HEAD: usize = 4096;

/// One field as it came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: String,
    /// Whether it came as a file, with whatever name.
    pub(crate) is_file: bool,
    /// Whether that name has letters: a browser sends an empty one where no file was chosen.
    pub(crate) is_named: bool,
    /// Its bytes, decoded once.
    pub(crate) bytes: Bytes,
}

/// How a body is written.
enum Encoding {
    Pairs,
    Parts(String),
}

/// Reads all fields of a body of at most `most` bytes.
pub(crate) async fn read_fields(request: &Request<Bytes>, most: usize) -> Result<Vec<Field>, Refusal> {
    let encoding = encoding(request.headers())?;
    let body = request.body();
    if body.len() > most {
        return Err(Refusal::TooLarge);
    }
    match encoding {
        Encoding::Pairs => read_pairs(body),
        Encoding::Parts(boundary) => read_parts(body.clone(), boundary, most).await,
    }
}

/// Rules: one content type, of the two that forms have, in UTF-8, not compressed.
fn encoding(headers: &HeaderMap) -> Result<Encoding, Refusal> {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(kind), None) = (types.next(), types.next()) else { return Err(Refusal::WrongType) };
    let kind = kind.to_str().map_err(|_| Refusal::WrongType)?;
    let mut parts = kind.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    if charset.is_some_and(|charset| charset != "utf-8") || headers.contains_key(CONTENT_ENCODING) {
        return Err(Refusal::WrongType);
    }
    match media.as_str() {
        "application/x-www-form-urlencoded" => Ok(Encoding::Pairs),
        "multipart/form-data" => match multer::parse_boundary(kind) {
            Ok(boundary) if is_boundary(&boundary) => Ok(Encoding::Parts(boundary)),
            _ => Err(Refusal::BadRequest),
        },
        _ => Err(Refusal::WrongType),
    }
}

/// RFC 2046, 5.1.1: 1 to 70 characters of a small set.
fn is_boundary(boundary: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    (1..=70).contains(&boundary.len()) && boundary.bytes().all(plain) && !boundary.ends_with(' ')
}

fn read_pairs(body: &[u8]) -> Result<Vec<Field>, Refusal> {
    let mut fields = Vec::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        if fields.len() == MAX_FIELDS {
            return Err(Refusal::TooLarge);
        }
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(at);
        let name = String::from_utf8_lossy(&decode(name)).into_owned();
        fields.push(Field {
            name,
            is_file: false,
            is_named: false,
            bytes: decode(value.get(1..).unwrap_or_default()).into(),
        });
    }
    Ok(fields)
}

fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_encoding::percent_decode(&spaced).collect()
}

/// Whether the headers of all parts are lines with whole line ends, and no longer than a browser's: where a head is open to
/// two readings, nobody is asked to guess.
fn has_sound_heads(body: &[u8], boundary: &str) -> bool {
    let delimiter = format!("\r\n--{boundary}");
    let first = body.strip_prefix(delimiter.trim_start().as_bytes());
    let others = memmem::find_iter(body, &delimiter).filter_map(|at| body.get(at + delimiter.len()..));
    first.into_iter().chain(others).take_while(|rest| !rest.starts_with(b"--")).all(|rest| {
        let head = memmem::find(rest, b"\r\n\r\n").and_then(|end| rest.get(..end));
        head.is_some_and(|head| head.len() <= MAX_HEAD && memmem::find_iter(head, b"\n").all(|at| ends_line(head, at)))
    })
}

fn ends_line(head: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| head.get(before)) == Some(&b'\r')
}

async fn read_parts(body: Bytes, boundary: String, most: usize) -> Result<Vec<Field>, Refusal> {
    if !has_sound_heads(&body, &boundary) {
        return Err(Refusal::BadRequest);
    }
    let limit = SizeLimit::new().whole_stream(most as u64);
    let stream = once(async move { Ok::<_, Infallible>(body) });
    let mut parts = Multipart::with_constraints(stream, boundary, Constraints::new().size_limit(limit));
    let mut fields = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(refusal)? {
        if fields.len() == MAX_FIELDS {
            return Err(Refusal::TooLarge);
        }
        let nested = part.content_type().is_some_and(|kind| kind.type_() == "multipart");
        let Some(name) = part.name().filter(|_| !nested).map(str::to_owned) else { return Err(Refusal::BadRequest) };
        let is_file = part.file_name().is_some();
        let is_named = part.file_name().is_some_and(|file| !file.is_empty());
        fields.push(Field { name, is_file, is_named, bytes: part.bytes().await.map_err(refusal)? });
    }
    Ok(fields)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn refusal(error: multer::Error) -> Refusal {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Refusal::TooLarge,
        _ => Refusal::BadRequest,
    }
}
