//! What stands in front of the handler, and what it may be believed: whose address a request comes from, and from which page.

use crate::http::refusal::Refusal;
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
    /// A server of one's own, which says beside each request whose it is: [`Visitor`]. No header can.
    Server,
}

/// Whose request it is, as a server of one's own knows from the connection, or from a proxy that it trusts: an extension of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor(pub IpAddr);

/// The header with the secret.
pub const SECRET_HEADER: &str = "x-origin-secret";

/// CloudFront's header with the visitor's address and port.
const ADDRESS_HEADER: &str = "cloudfront-viewer-address";

/// How many people share a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A household, a library, a family centre: an IPv4 address, or the first 64 bits of an IPv6 one.
    Household,
    /// What a provider gives to one customer: 56 bits.
    Customer,
    /// What a provider gives to a firm, and a tunnel to anybody who asks: 48 bits.
    Firm,
}

/// A network that a visitor is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    /// An IPv4 address, or an IPv6 prefix with its length.
    pub(crate) name: String,
    pub(crate) reach: Reach,
}

/// Where a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// The networks of the visitor, the narrowest first.
    pub(crate) networks: Vec<Network>,
}

impl Front {
    /// The visitor's networks; nothing where the request did not come the way it must.
    pub(crate) fn client(&self, request: &Request<Bytes>) -> Option<Client> {
        match self {
            Front::Loopback => Some(Client::of(IpAddr::V6(Ipv6Addr::LOCALHOST))),
            Front::Server => request.extensions().get().map(|Visitor(address)| Client::of(*address)),
            Front::CloudFront { secrets } => {
                let sent = header(request, SECRET_HEADER)?;
                // Neither where they differ nor which of them it is can be told from the time that this takes.
                let known = secrets.iter().filter(|secret| !secret.is_empty());
                let known =
                    known.fold(Choice::from(0), |known, secret| known | secret.as_bytes().ct_eq(sent.as_bytes()));
                let address = header(request, ADDRESS_HEADER).filter(|_| known.into())?;
                Some(Client::of(parse(address)?))
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
            Front::CloudFront { .. } | Front::Server => origin == site,
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

impl Client {
    fn of(address: IpAddr) -> Self {
        let networks = match address.to_canonical() {
            IpAddr::V4(address) => vec![Network { name: address.to_string(), reach: Reach::Household }],
            IpAddr::V6(address) => Vec::from([
                prefix(address, 64, Reach::Household),
                prefix(address, 56, Reach::Customer),
                prefix(address, 48, Reach::Firm),
            ]),
        };
        Self { networks }
    }
}

fn prefix(address: Ipv6Addr, bits: u32, reach: Reach) -> Network {
    let first = Ipv6Addr::from(u128::from(address) >> (128 - bits) << (128 - bits));
    Network { name: format!("{first}/{bits}"), reach }
}

/// A page of another site cannot send our forms. Browsers say where a form comes from; whoever says nothing is let through, and
/// that is noted: whether it was so.
pub(crate) fn admit_origin(request: &Request<Bytes>, front: &Front, site: &str) -> Result<bool, Refusal> {
    match (header(request, "sec-fetch-site"), header(request, "origin"), header(request, "referer")) {
        (Some("cross-site"), ..) => Err(Refusal::Forbidden),
        (Some(_), ..) => Ok(false),
        (None, Some("null"), _) | (None, None, None) => Ok(true),
        (None, Some(origin), _) => {
            front.is_own_origin(request, origin, site).then_some(false).ok_or(Refusal::Forbidden)
        }
        (None, None, Some(referer)) => {
            let origin: String = referer.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
            front.is_own_origin(request, &origin, site).then_some(false).ok_or(Refusal::Forbidden)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request<Bytes> {
        let builder = headers.iter().fold(Request::builder(), |builder, (name, value)| builder.header(*name, *value));
        builder.body(Bytes::new()).unwrap()
    }

    fn names(client: Client) -> Vec<String> {
        client.networks.into_iter().map(|network| network.name).collect()
    }

    fn networks_of(address: &str) -> Option<Vec<String>> {
        let front = Front::CloudFront { secrets: vec!["new".into(), "old".into()] };
        front.client(&request(&[(SECRET_HEADER, "old"), (ADDRESS_HEADER, address)])).map(names)
    }

    #[test]
    fn an_address_is_in_its_networks() {
        let own = vec!["198.51.100.7".to_owned()];
        assert_eq!(networks_of("198.51.100.7:46532"), Some(own.clone()));
        let networks = ["2001:db8:1:2::/64", "2001:db8:1::/56", "2001:db8:1::/48"].map(str::to_owned).to_vec();
        for same in ["2001:db8:1:2::7:46532", "[2001:db8:1:2:ffff::1]:1", "2001:db8:1:2:3:4:5:6:443"] {
            assert_eq!(networks_of(same), Some(networks.clone()), "{same}");
        }
        assert_eq!(networks_of("[::ffff:198.51.100.7]:1"), Some(own));
        for none in ["", "198.51.100.7", "nowhere:1", "1.2.3.4:99999", "2001:db8::7:x"] {
            assert_eq!(networks_of(none), None, "{none}");
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
        assert_eq!(names(front.client(&request(&forged)).unwrap()), ["198.51.100.7"]);
    }

    #[test]
    fn a_server_of_one_s_own_believes_no_header() {
        let mut asked = request(&[("x-forwarded-for", "1.2.3.4"), (ADDRESS_HEADER, "1.2.3.4:5")]);
        assert_eq!(Front::Server.client(&asked), None);
        asked.extensions_mut().insert(Visitor("198.51.100.7".parse().unwrap()));
        assert_eq!(names(Front::Server.client(&asked).unwrap()), ["198.51.100.7"]);
        let own = |origin| Front::Server.is_own_origin(&asked, origin, "https://www.example.org");
        assert!(own("https://www.example.org") && !own("http://www.example.org") && !own("http://127.0.0.1:8080"));
    }
}
