//! Requests over a connection, as whatever stands in front sends them on.

use crate::wire::{Got, Sent};
use std::io::{Read, Write};
use std::net::TcpStream;

/// Sends a request to a place, by a name, with headers that only the front can have written.
pub(crate) fn ask((place, host): (&str, &str), sent: &Sent, front: &[(&str, String)]) -> Got {
    let mut stream = TcpStream::connect(place).unwrap();
    stream.write_all(&[head(host, sent, front), sent.body.clone()].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    read(&answer)
}

fn head(host: &str, sent: &Sent, front: &[(&str, String)]) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n", sent.method, sent.path);
    if !sent.body.is_empty() || sent.method == "POST" {
        head.push_str(&format!("content-length: {}\r\n", sent.body.len()));
    }
    let mut head = head.into_bytes();
    for (name, value) in front {
        head.extend(format!("{name}: {value}\r\n").into_bytes());
    }
    for (name, value) in &sent.headers {
        head.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

/// An answer as it came over the wire.
fn read(answer: &[u8]) -> Got {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(header).collect();
    let mut got = Got { status, headers, body: String::new() };
    let is_in_pieces = got.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    let body = &answer[end + 4..];
    got.body = String::from_utf8(if is_in_pieces { pieces(body) } else { body.to_vec() }).unwrap();
    got
}

fn pieces(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
}
