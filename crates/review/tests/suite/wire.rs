//! The cloud store against a server that answers as no emulator does: a conflict, or nothing at all.

use aws_credential_types::Credentials;
use jiff::Timestamp;
use review::Intake;
use review::cloud::{Cloud, Roots, Settings};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn cloud(listener: &TcpListener) -> Cloud {
    let settings = Settings {
        caller: "test".to_owned(),
        region: "us-east-1".to_owned(),
        credentials: Credentials::new("id", "secret", None, None, "test"),
        endpoint: Some(format!("http://{}", listener.local_addr().unwrap())),
        bucket: "review".to_owned(),
        table: "review".to_owned(),
        counters: "review".to_owned(),
        key: None,
        report_key: None,
    };
    Cloud::new(&settings, Roots::Machine, Timestamp::now)
}

/// Reads one request whole, and answers it with a status.
fn answer(stream: &TcpStream, status: &str) {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    (&mut &*stream).write_all(answer.as_bytes()).unwrap();
}

/// Puts something where a server gives these answers in turn: whether it stands, and how often it was put.
async fn put(answers: &'static [&'static str]) -> (bool, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let cloud = cloud(&listener);
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for status in answers {
            let (stream, _) = listener.accept().unwrap();
            // Counted first: whoever has the answer goes on at once.
            counted.fetch_add(1, Ordering::SeqCst);
            answer(&stream, status);
        }
    });
    let stands = cloud.put("submissions/update/A/B.json", b"{}").await.is_ok();
    (stands, asked.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_conflict_is_put_again_until_one_of_them_stands() {
    assert_eq!(put(&["409 Conflict", "200 OK"]).await, (true, 2));
    assert_eq!(put(&["409 Conflict", "412 Precondition Failed"]).await, (true, 2));
    assert_eq!(put(&["409 Conflict", "409 Conflict", "409 Conflict", "409 Conflict"]).await, (false, 4));
}

#[tokio::test]
async fn a_start_does_not_wait_for_a_store_that_never_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let cloud = cloud(&listener);
    let tried = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tried);
    std::thread::spawn(move || {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept() {
            held.push(stream);
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    cloud.warm().await;
    // Whoever waited out a try would have begun another.
    assert!(tried.load(Ordering::SeqCst) <= 2, "one connection to each of the two services");
}
