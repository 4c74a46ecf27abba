//! What stands in front of the handler, and what it may be believed: whose address a request comes from, and from which page.

use bytes::Bytes;
use http::Request;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use subtle::{Choice, ConstantTimeEq};

/// Says where a request comes from. In production CloudFront stands in front and proves it with a secret header; only beside
/// that is its word about the visitor's address believed.
#[derive(Clone)]
pub enum Front {
    /// The preview on this machine.
    Loopback,
    /// CloudFront, with the secrets it may send, so that they can be changed without a gap.
    CloudFront {
        /// Any of these.
        secrets: Vec<String>,
    },
}

/// The header with the secret.
pub const SECRET_HEADER: &str = "x-origin-secret";

/// CloudFront's header with the visitor's address and port.
const ADDRESS_HEADER: &str = "cloudfront-viewer-address";

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    /// Network of the visitor: an IPv4 address, or the first 64 bits of an IPv6 one, which one household shares.
    pub(crate) network: String,
}

impl Front {
    /// The visitor's network; nothing where the request did not come the way it must.
    pub(crate) fn client(&self, request: &Request<Bytes>) -> Option<Client> {
        match self {
            Front::Loopback => Some(Client { network: "loopback".to_owned() }),
            Front::CloudFront { secrets } => {
                let sent = header(request, SECRET_HEADER)?;
                // Neither where they differ nor which of them it is can be told from the time that this takes.
                let known = secrets.iter().filter(|secret| !secret.is_empty());
                let known =
                    known.fold(Choice::from(0), |known, secret| known | secret.as_bytes().ct_eq(sent.as_bytes()));
                let address = header(request, ADDRESS_HEADER).filter(|_| known.into())?;
                Some(Client { network: network(parse(address)?) })
            }
        }
    }

    /// What `Origin` must be: the site's own address, or, on this machine, the address that was asked.
    pub(crate) fn is_own_origin(&self, request: &Request<Bytes>, origin: &str, site: &str) -> bool {
        match self {
            Front::Loopback => {
                let authority = origin.split_once("://").map(|(_, authority)| authority);
                authority.is_some() && authority == header(request, "host")
            }
            Front::CloudFront { .. } => origin == site,
        }
    }
}

/// A header's text.
pub(crate) fn header<'r>(request: &'r Request<Bytes>, name: &str) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// `198.51.100.7:46532`, `[2001:db8::7]:46532`, or as CloudFront writes it, `2001:db8::7:46532`.
fn parse(address: &str) -> Option<IpAddr> {
    if let Ok(whole) = address.parse::<SocketAddr>() {
        return Some(whole.ip());
    }
    let (ip, port) = address.rsplit_once(':')?;
    port.parse::<u16>().ok()?;
    ip.parse().ok()
}

fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request<Bytes> {
        let builder = headers.iter().fold(Request::builder(), |builder, (name, value)| builder.header(*name, *value));
        builder.body(Bytes::new()).unwrap()
    }

    fn network_of(address: &str) -> Option<String> {
        let front = Front::CloudFront { secrets: vec!["new".into(), "old".into()] };
        front.client(&request(&[(SECRET_HEADER, "old"), (ADDRESS_HEADER, address)])).map(|client| client.network)
    }

    #[test]
    fn an_address_is_a_network() {
        assert_eq!(network_of("198.51.100.7:46532").as_deref(), Some("198.51.100.7"));
        for same in ["2001:db8:1:2::7:46532", "[2001:db8:1:2:ffff::1]:1", "2001:db8:1:2:3:4:5:6:443"] {
            assert_eq!(network_of(same).as_deref(), Some("2001:db8:1:2::"), "{same}");
        }
        assert_eq!(network_of("[::ffff:198.51.100.7]:1").as_deref(), Some("198.51.100.7"));
        for none in ["", "198.51.100.7", "nowhere:1", "1.2.3.4:99999", "2001:db8::7:x"] {
            assert_eq!(network_of(none), None, "{none}");
        }
    }

    #[test]
    fn without_the_secret_nobody_is_believed() {
        let front = Front::CloudFront { secrets: vec!["new".into(), String::new()] };
        let address = (ADDRESS_HEADER, "198.51.100.7:1");
        for headers in [vec![address], vec![address, (SECRET_HEADER, "")], vec![address, (SECRET_HEADER, "nev")]] {
            assert_eq!(front.client(&request(&headers)), None);
        }
        let forged = [("x-forwarded-for", "1.2.3.4"), (SECRET_HEADER, "new"), address];
        assert_eq!(front.client(&request(&forged)).unwrap().network, "198.51.100.7");
    }
}
