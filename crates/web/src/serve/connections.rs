//! Connections: so many at once, each for so long, and none ended in the midst of an answer.

use crate::serve::door::Door;
use crate::serve::event::Event;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// How many are answered at once. Whoever comes beyond waits at the machine's own door.
const MOST: usize = 256;
/// How long the beginning of a request may take, with all its headers; also how long nothing may come.
const HEAD: Duration = Duration::from_secs(15);
/// Longest beginning of a request, in bytes, and how many headers it may have.
const HEAD_BYTES: usize = 32 * 1024;
const HEADERS: usize = 64;
/// How long a connection may be used.
const LIFE: Duration = Duration::from_secs(300);
/// How long whatever is under way may take once a connection has lived so long, or the server ends.
const GRACE: Duration = Duration::from_secs(25);
/// How long is waited where the machine has no room for another connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until the end comes; then finishes what is under way.
pub(crate) async fn serve(listener: TcpListener, door: Arc<Door>, ended: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(MOST));
    let (end, ends) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut ended = pin!(ended);
    loop {
        let next = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            () = &mut ended => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (door, ends) = (Arc::clone(&door), ends.clone());
                open.spawn(async move {
                    connection(stream, peer.ip(), door, ends).await;
                    drop(slot);
                });
            }
            Err(error) => {
                (door.told)(&Event::NotAccepted(&error));
                sleep(PAUSE).await;
            }
        }
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    // Where every connection has ended already, nobody listens.
    let _ = end.send(true);
    if timeout(GRACE, async { while open.join_next().await.is_some() {} }).await.is_err() {
        (door.told)(&Event::Unfinished(open.len()));
    }
}

async fn connection(stream: TcpStream, peer: IpAddr, door: Arc<Door>, mut ends: watch::Receiver<bool>) {
    let service = service_fn(|request| {
        let door = Arc::clone(&door);
        async move { Ok::<_, std::convert::Infallible>(door.answer(peer, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES).max_headers(HEADERS);
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // However it ended: whoever was there has left.
        _ = serving.as_mut() => return,
        _ = ends.wait_for(|ended| *ended) => {}
        () = sleep(LIFE) => {}
    }
    serving.as_mut().graceful_shutdown();
    let _ = timeout(GRACE, serving).await;
}
