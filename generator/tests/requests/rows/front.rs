//! Rows 81 to 87: which page a form comes from, and what is believed of where it comes from.

use crate::case::{Says, accepted, refused};
use crate::door::Door;
use crate::filled::{Filled, report};
use crate::site::site;
use crate::stage::Stage;
use crate::table::{Row, cases, here, visit};
use crate::visit::Visit;
use crate::wire::Sent;
use schema::submission::kinds::Flag;
use submit_fn::SECRET_HEADER;

const ORIGIN: &str = "origin";
const FETCH: &str = "sec-fetch-site";

pub(crate) fn rows() -> Vec<Row> {
    let sent = |words: &str| report().telling(words).checked();
    let own = site().url();
    let foreign = |name: &str, sent: Sent| {
        let link = Says::Html("<a href=\"/tell-us/\">".to_owned());
        refused(name, sent, 403).says(Says::Text("notice-forbidden-title")).says(link)
    };
    let silent = |words: &str| sent(words).without(FETCH);
    let fetched = |site: &str| accepted(site, sent(&format!("row 82 {site}")).with(FETCH, site));
    vec![
        cases(
            81,
            "sent by a page of another site",
            vec![foreign("cross-site", sent("row 81").with(FETCH, "cross-site"))],
        ),
        cases(82, "sent by our own page", ["same-origin", "same-site", "none"].map(fetched).into()),
        cases(
            83,
            "only the origin is known",
            vec![
                foreign("foreign", silent("row 83").with(ORIGIN, "https://elsewhere.example")),
                foreign("ours and more", silent("row 83").with(ORIGIN, format!("{own}.elsewhere.example"))),
                foreign("by its referer", silent("row 83").with("referer", "https://elsewhere.example/a")),
                accepted("null", silent("row 83 null").with(ORIGIN, "null")).flagged(Flag::NoOrigin),
                accepted("ours", silent("row 83 ours").with(ORIGIN, own)),
            ],
        ),
        cases(84, "nothing is known", vec![accepted("silent", silent("row 84")).flagged(Flag::NoOrigin)]),
        cases(
            85,
            "not through the edge",
            vec![
                foreign("no secret", sent("row 85").direct()),
                foreign(
                    "a wrong one",
                    sent("row 85")
                        .direct()
                        .with(SECRET_HEADER, "guess")
                        .with("cloudfront-viewer-address", "10.9.9.9:1"),
                ),
            ],
        ),
        here(86, "headers that claim another address", claimed_addresses),
        visit(87, "another host", other_hosts),
    ]
}

/// Row 86: forty of one network, however it calls itself.
fn claimed_addresses(visit: &Visit<'_>, stage: &Stage) {
    let forged = ["x-forwarded-for", "cf-connecting-ip", "forwarded", "x-real-ip", "true-client-ip"];
    for addresses in [vec!["203.0.113.86:1"], vec!["2001:db8:86::1:1", "[2001:db8:86:0:ffff::2]:2", "2001:db8:86::3:3"]]
    {
        let mut in_crowds = Vec::new();
        for number in 0..42_usize {
            let address = addresses[number % addresses.len()];
            let filled = report().telling(&format!("row 86 {address} {number}"));
            let with = |sent: Sent| {
                let claim = format!("198.51.100.{number}");
                sent.from(address).with(forged[number % forged.len()], claim)
            };
            let page = visit.ask(&with(filled.checked()));
            let kept = visit.kept(&visit.ask(&with(visit.button(&page, &filled.checked())))).unwrap();
            in_crowds.push(kept.row.flags.contains(&Flag::Crowd));
        }
        assert_eq!(in_crowds, [vec![false; 40], vec![true; 2]].concat(), "{addresses:?}");
        stage.begin();
    }
}

/// Row 87: pages lead where they always lead.
fn other_hosts(visit: &Visit<'_>) {
    let filled: Filled = report().telling("row 87");
    let plain = without_token(&visit.check(&filled).body);
    let hosts: [(&str, &str); 3] =
        [("x-forwarded-host", "elsewhere.example"), ("x-forwarded-proto", "gopher"), ("x-original-url", "/elsewhere")];
    for (name, value) in hosts {
        let got = visit.ask(&filled.checked().with(name, value));
        assert_eq!(without_token(&got.body), plain, "{name}");
    }
    if visit.door.is_here() {
        // In front of a function the edge sets it.
        let got = visit.ask(&filled.checked().with("host", "elsewhere.example"));
        assert_eq!(without_token(&got.body), plain);
        let got = visit.ask(&filled.checked().at("https://elsewhere.example/send/tell-us/check"));
        assert_eq!(without_token(&got.body), plain);
    }
}

/// A page without the token, which holds the time and the visitor's network.
fn without_token(html: &str) -> String {
    let Some((before, rest)) = html.split_once("name=\"token\" value=\"") else { return html.to_owned() };
    format!("{before}{}", rest.split_once('"').unwrap().1)
}
