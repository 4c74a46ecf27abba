//! The sealed token of the check page: it ties a reference and a time to one form's answers. Whoever holds it can send those
//! answers once, and no others.

use crate::seed::Seed;
use base16ct::{lower, mixed};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use schema::form::Answers;
use sha2::Sha256;

/// Keys for sealing: the newest seals, all open, so that keys can be changed while pages are open.
#[derive(Clone)]
pub struct Keys {
    newest: [u8; 32],
    older: Vec<[u8; 32]>,
}

/// A token that was opened.
pub(crate) struct Opened {
    pub(crate) seed: Seed,
    pub(crate) sealed_at: Timestamp,
}

/// Why a token does not open.
pub(crate) enum Refused {
    /// It is ours, and the answers are not those that it was sealed with.
    Changed {
        /// What reference and code of the answers that it was sealed with are made of.
        seed: Seed,
    },
    /// It is nobody's.
    Forged,
    /// It is about a day old, or from a day to come.
    Expired {
        /// What reference and code of its answers are made of.
        seed: Seed,
    },
}

/// A day, less what a request may take: what was never stored whole is deleted a day after it was sealed, and nothing may
/// arrive after that.
const LIFETIME: SignedDuration = SignedDuration::from_mins(24 * 60 - 15);
/// How far the clocks of two machines may stand apart.
const LEEWAY: SignedDuration = SignedDuration::from_mins(15);

impl Keys {
    /// A key, and those before it, newest first.
    pub fn new(newest: [u8; 32], older: Vec<[u8; 32]>) -> Self {
        Self { newest, older }
    }

    /// Reads keys as they stand in the environment: 64 hexadecimal digits each, parted by commas, newest first.
    pub fn parse(text: &str) -> Option<Self> {
        let key = |text: &str| mixed::decode_vec(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        let mut keys = text.split(',').map(key);
        Some(Self::new(keys.next()??, keys.collect::<Option<_>>()?))
    }

    /// Seals a form's answers at a time, with what becomes their reference: `TIME.RANDOM.HEAD-TAG.TAG`. The first tag
    /// says that the token is ours, the second ties it to the answers.
    pub(crate) fn seal(&self, form: &str, answers: &Answers, now: Timestamp, seed: Seed) -> String {
        let head = format!("{}.{}", now.as_millisecond(), lower::encode_string(seed.bytes()));
        let ours = lower::encode_string(&mac(&self.newest, [form, head.as_str()]).finalize().into_bytes());
        let tied = lower::encode_string(&mac(&self.newest, with(form, &head, answers)).finalize().into_bytes());
        format!("{head}.{ours}.{tied}")
    }

    /// Opens a token for the very answers it was sealed with.
    pub(crate) fn open(&self, form: &str, answers: &Answers, token: &str, now: Timestamp) -> Result<Opened, Refused> {
        let (head, ours, tied) = parts(token).ok_or(Refused::Forged)?;
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        let key = keys.find(|key| mac(key, [form, head]).verify_slice(&ours).is_ok()).ok_or(Refused::Forged)?;
        let (time, random) = head.split_once('.').ok_or(Refused::Forged)?;
        let sealed_at =
            time.parse().ok().and_then(|time| Timestamp::from_millisecond(time).ok()).ok_or(Refused::Forged)?;
        let random: [u8; 16] =
            lower::decode_vec(random).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(Refused::Forged)?;
        let age = now.duration_since(sealed_at);
        let seed = Seed::new(random);
        if age > LIFETIME || age < -LEEWAY {
            return Err(Refused::Expired { seed });
        }
        if mac(key, with(form, head, answers)).verify_slice(&tied).is_err() {
            return Err(Refused::Changed { seed });
        }
        Ok(Opened { seed, sealed_at })
    }

    /// What each of our keys makes of some words, the newest first.
    pub(crate) fn tags(&self, parts: [&str; 2]) -> Vec<[u8; 32]> {
        let keys = std::iter::once(&self.newest).chain(&self.older);
        keys.map(|key| mac(key, parts).finalize().into_bytes().into()).collect()
    }

    /// What stands for answers in the limiter's table: the same for the same words, which nobody can tell from it.
    pub(crate) fn veil_words(&self, form: &str, answers: &Answers) -> String {
        self.veil_parts(["words"].into_iter().chain(with(form, "", answers)))
    }

    /// What stands for a visitor's network in the limiter's table: nobody without the key can tell which it is.
    pub(crate) fn veil(&self, network: &str) -> String {
        self.veil_parts(["network", network])
    }

    fn veil_parts<'a>(&self, parts: impl IntoIterator<Item = &'a str>) -> String {
        let oldest = self.older.last().unwrap_or(&self.newest);
        let tag = lower::encode_string(&mac(oldest, parts).finalize().into_bytes());
        tag.chars().take(16).collect()
    }
}

fn parts(token: &str) -> Option<(&str, Vec<u8>, Vec<u8>)> {
    let (rest, tied) = token.rsplit_once('.')?;
    let (head, ours) = rest.rsplit_once('.')?;
    Some((head, lower::decode_vec(ours).ok()?, lower::decode_vec(tied).ok()?))
}

fn with<'a>(form: &'a str, head: &'a str, answers: &'a Answers) -> impl Iterator<Item = &'a str> {
    [form, head].into_iter().chain(answers.iter().flat_map(|(name, value)| [name, value]))
}

fn mac<'a>(key: &[u8; 32], parts: impl IntoIterator<Item = &'a str>) -> Hmac<Sha256> {
    // HMAC fills a key shorter than the hash's block with zeros; done here, the length is right by its type.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    // Each part goes in with its length, so that no two different sets of parts give the same bytes.
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(value: &str) -> Answers {
        let mut answers = Answers::default();
        answers.add("name", value);
        answers
    }

    #[test]
    fn keys_are_read_whole_or_not_at_all() {
        let (one, other) = ("01".repeat(32), "02".repeat(32));
        let keys = Keys::parse(&format!("{one}, {other}")).unwrap();
        assert_eq!((keys.newest, keys.older), ([1; 32], vec![[2; 32]]));
        for bad in ["", ",", "01", &format!("{one},"), &format!("{one},x"), &"zz".repeat(32), &"+1".repeat(32)] {
            assert!(Keys::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_network_is_veiled_the_same_while_keys_change() {
        let (before, after) = (Keys::new([1; 32], Vec::new()), Keys::new([2; 32], vec![[1; 32]]));
        assert_eq!(before.veil("198.51.100.7"), after.veil("198.51.100.7"));
        assert_ne!(before.veil("198.51.100.7"), before.veil("198.51.100.8"));
    }

    #[test]
    fn a_token_opens_for_its_own_answers_only_and_for_a_day() {
        let (old, new) = (Keys::new([1; 32], Vec::new()), Keys::new([2; 32], vec![[1; 32]]));
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let token = old.seal("register", &answers("Ana"), now, Seed::new([9; 16]));
        let opened = new.open("register", &answers("Ana"), &token, now).ok().unwrap();
        assert!(opened.seed == Seed::new([9; 16]));
        let changed = old.open("register", &answers("Eva"), &token, now);
        assert!(matches!(changed, Err(Refused::Changed { seed }) if seed == Seed::new([9; 16])));
        assert!(matches!(old.open("report", &answers("Ana"), &token, now), Err(Refused::Forged)));
        let other = Keys::new([3; 32], Vec::new());
        assert!(matches!(other.open("register", &answers("Ana"), &token, now), Err(Refused::Forged)));
        let early = Timestamp::from_second(1_799_990_000).unwrap();
        assert!(matches!(old.open("register", &answers("Ana"), &token, early), Err(Refused::Expired { .. })));
        let later = Timestamp::from_second(1_800_086_401).unwrap();
        assert!(matches!(old.open("register", &answers("Ana"), &token, later), Err(Refused::Expired { .. })));
        for broken in [
            "",
            "...",
            "é.é.é",
            "1.2",
            token.trim_start_matches(char::is_numeric),
            &format!("{token}0"),
            &token.replace('.', ""),
        ] {
            assert!(old.open("register", &answers("Ana"), broken, now).is_err(), "{broken}");
        }
    }
}
