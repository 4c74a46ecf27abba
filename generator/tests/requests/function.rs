//! The same table against a function that runs elsewhere: requests over HTTP as the edge sends them, effects read from the
//! store. `tests/function/run` starts function and store, and says where they are:
//!
//! `FUNCTION_URL` (http://HOST:PORT), `FUNCTION_HOST` (its name there, if another), `ORIGIN_SECRET`, `BUNDLE` (the very bundle
//! that the function carries), `CANARY` if the log is searched, `ROWS` (`2/3` for the second third; without it, every row), and
//! all that the cloud store needs.

use crate::far::Far;
use crate::line::ask;
use crate::wire::Sent;
use jiff::Timestamp;
use review::cloud::{Cloud, Roots, Settings};
use std::env;
use submit_fn::SECRET_HEADER;

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set: tests/function/run sets it"))
}

fn store() -> Cloud {
    let settings = Settings::from_variables(|name| env::var(name).ok()).unwrap();
    assert!(settings.endpoint.is_some(), "the table runs against an emulator, never against Amazon");
    Cloud::new(&settings, Roots::Amazon, Timestamp::now)
}

#[test]
#[ignore = "tests/function/run starts the function that it asks"]
fn the_function_answers_every_row_as_it_should() {
    let url = variable("FUNCTION_URL");
    let place = url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    let host = env::var("FUNCTION_HOST").unwrap_or_else(|_| place.clone());
    // The words of the pages are looked up in the bundle that the function carries.
    variable("BUNDLE");
    let secret = variable("ORIGIN_SECRET");
    let door = Far::new(store(), |sent: &Sent, address| {
        let edge = [(SECRET_HEADER, secret.clone()), ("cloudfront-viewer-address", address)];
        let edge: Vec<_> = edge.into_iter().filter(|_| !sent.is_direct).collect();
        ask((&place, &host), sent, &edge)
    });
    door.show();
}
