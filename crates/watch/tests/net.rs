//! The real network, on this machine alone: a server on a free port that ends with the test.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed, and says where")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use url::Url;
use watch::net::Net;
use watch::{Answer, Asked, Network};

/// Answers one request after the other, as many as there are answers, and gives back what was asked.
fn serve(answers: Vec<&'static str>) -> (Url, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = Url::parse(&format!("http://{}/mail?x=1#part", listener.local_addr().unwrap())).unwrap();
    let server = std::thread::spawn(move || {
        let answer = |answer: &str| {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
            let asked: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            stream.write_all(answer.as_bytes()).unwrap();
            asked.join("\n")
        };
        answers.into_iter().map(answer).collect()
    });
    (url, server)
}

#[test]
fn a_page_is_asked_for_in_the_name_of_the_site_and_by_its_mark() {
    let (url, server) = serve(vec![
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"v1\"\r\nLast-Modified: Thu, 12 Nov 2026 08:00:00 GMT\r\nContent-Length: 5\r\n\
         Connection: close\r\n\r\nhello",
        "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    ]);
    let mut net = Net::new("https://letters.example", "hello@letters.example");
    let first = net.get(&Asked { url: &url, etag: None, modified: None }).unwrap();
    let modified = Some("Thu, 12 Nov 2026 08:00:00 GMT".to_owned());
    let (etag, media) = (Some("\"v1\"".to_owned()), "text/html".to_owned());
    assert_eq!(first, Answer { status: 200, location: None, media, etag, modified, body: b"hello".to_vec() });
    let again = Asked { url: &url, etag: first.etag.as_deref(), modified: first.modified.as_deref() };
    assert_eq!(net.get(&again).unwrap().status, 304);
    let led = net.get(&Asked { url: &url, etag: None, modified: None }).unwrap();
    assert_eq!((led.status, led.location.as_deref()), (302, Some("/other")), "no redirect is followed unasked");
    assert_eq!(net.get(&Asked { url: &url, etag: None, modified: None }).unwrap().status, 500);
    let asked = server.join().unwrap();
    assert!(asked[0].starts_with("GET /mail?x=1 HTTP/1.1"), "{}", asked[0]);
    let name =
        format!("inside-out-watch/{} (+https://letters.example; hello@letters.example)", env!("CARGO_PKG_VERSION"));
    assert!(asked[0].to_lowercase().contains(&format!("user-agent: {name}")), "{}", asked[0]);
    assert!(!asked[0].to_lowercase().contains("if-none-match"));
    let second = asked[1].to_lowercase();
    assert!(
        second.contains("if-none-match: \"v1\"") && second.contains("if-modified-since: thu, 12 nov 2026"),
        "{second}"
    );
}

#[test]
fn what_does_not_answer_is_an_error_in_words() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let mut net = Net::new("https://letters.example", "hello@letters.example");
    let why = net.get(&Asked { url: &url, etag: None, modified: None }).unwrap_err();
    assert!(!why.is_empty() && !why.contains("panicked"), "{why}");
}
