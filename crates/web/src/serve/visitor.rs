//! Whose request it is: the address of the connection, or, where that is a proxy that the operator named, the one that this proxy says.
//! A proxy puts the address that it sees at the end of `x-forwarded-for`; what stands before that, anybody can have written.

use http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// The header in which a proxy says whom it speaks for.
pub(crate) const FORWARDED: &str = "x-forwarded-for";

/// The visitor's address; none where a trusted proxy does not say.
pub(crate) fn visitor(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    if !is_trusted(peer, trusted) {
        return Some(peer.to_canonical());
    }
    let last = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?;
    address(last.rsplit(',').next()?.trim()).map(|address| address.to_canonical())
}

/// Whether this is a proxy that the operator named.
pub(crate) fn is_trusted(peer: IpAddr, trusted: &[IpAddr]) -> bool {
    trusted.iter().any(|known| known.to_canonical() == peer.to_canonical())
}

/// Whether somebody on this very machine asks, and no proxy for somebody else.
pub(crate) fn is_this_machine(peer: IpAddr, headers: &HeaderMap) -> bool {
    peer.to_canonical().is_loopback() && !headers.contains_key(FORWARDED)
}

/// `198.51.100.7`, `2001:db8::7`, or either with a port as some proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    plain.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|whole| whole.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED, value.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|address| address.parse().unwrap()).collect();
        visitor(peer.parse().unwrap(), &headers, &trusted).map(|address| address.to_string())
    }

    #[test]
    fn only_a_named_proxy_is_believed_and_only_its_own_word() {
        let proxy = ["127.0.0.1", "2001:db8::1"];
        for (peer, forwarded, trusted, expected) in [
            ("198.51.100.7", vec!["1.2.3.4"], &proxy[..], Some("198.51.100.7")),
            ("127.0.0.1", vec!["1.2.3.4"], &[], Some("127.0.0.1")),
            ("127.0.0.1", vec!["1.2.3.4"], &proxy, Some("1.2.3.4")),
            ("::ffff:127.0.0.1", vec!["1.2.3.4"], &proxy, Some("1.2.3.4")),
            ("127.0.0.1", vec!["9.9.9.9, 1.2.3.4"], &proxy, Some("1.2.3.4")),
            ("127.0.0.1", vec!["9.9.9.9", "8.8.8.8,1.2.3.4"], &proxy, Some("1.2.3.4")),
            ("2001:db8::1", vec!["2001:db8::7"], &proxy, Some("2001:db8::7")),
            ("127.0.0.1", vec!["[2001:db8::7]:443"], &proxy, Some("2001:db8::7")),
            ("127.0.0.1", vec!["[2001:db8::7]"], &proxy, Some("2001:db8::7")),
            ("127.0.0.1", vec!["::ffff:1.2.3.4"], &proxy, Some("1.2.3.4")),
            ("127.0.0.1", vec!["1.2.3.4:5"], &proxy, Some("1.2.3.4")),
            ("127.0.0.1", vec![], &proxy, None),
            ("127.0.0.1", vec!["1.2.3.4, unknown"], &proxy, None),
            ("127.0.0.1", vec!["1.2.3.4,"], &proxy, None),
            ("127.0.0.1", vec!["é"], &proxy, None),
        ] {
            assert_eq!(told(peer, &forwarded, trusted).as_deref(), expected, "{peer} {forwarded:?} {trusted:?}");
        }
    }
}
