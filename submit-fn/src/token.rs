//! The sealed token of the check page: it ties a reference and a time to one form's answers. Whoever holds it can send those
//! answers once, and no others.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use schema::form::Answers;
use schema::reference::Reference;
use sha2::Sha256;

/// Keys for sealing: the first seals, all open, so that keys can be changed while pages are open.
#[derive(Clone)]
pub struct Keys(Vec<[u8; 32]>);

/// A token that was opened.
pub(crate) struct Opened {
    pub(crate) reference: Reference,
    pub(crate) sealed_at: Timestamp,
}

/// Why a token does not open.
pub(crate) enum Refused {
    /// The answers are not those that were sealed, or the token is nobody's.
    Changed,
    /// It is more than a day old.
    Expired,
}

const LIFETIME_SECONDS: i64 = 24 * 60 * 60;

impl Keys {
    /// Keys, newest first.
    pub fn new(keys: Vec<[u8; 32]>) -> Self {
        Self(keys)
    }

    /// Seals a form's answers at a time, with random bytes that become the reference.
    pub(crate) fn seal(&self, form: &str, answers: &Answers, now: Timestamp, random: [u8; 16]) -> String {
        let head = format!("{}.{}", now.as_second(), hex(&random));
        let tag =
            self.0.first().map(|key| hex(&mac(key, form, &head, answers).finalize().into_bytes())).unwrap_or_default();
        format!("{head}.{tag}")
    }

    /// Opens a token for the very answers it was sealed with.
    pub(crate) fn open(&self, form: &str, answers: &Answers, token: &str, now: Timestamp) -> Result<Opened, Refused> {
        let (head, tag) = token.rsplit_once('.').ok_or(Refused::Changed)?;
        let tag = unhex(tag).ok_or(Refused::Changed)?;
        let genuine = self.0.iter().any(|key| mac(key, form, head, answers).verify_slice(&tag).is_ok());
        let (time, random) = head.split_once('.').filter(|_| genuine).ok_or(Refused::Changed)?;
        let sealed_at = time.parse().ok().and_then(|time| Timestamp::from_second(time).ok()).ok_or(Refused::Changed)?;
        let random: [u8; 16] = unhex(random).and_then(|bytes| bytes.try_into().ok()).ok_or(Refused::Changed)?;
        if now.as_second() - sealed_at.as_second() > LIFETIME_SECONDS {
            return Err(Refused::Expired);
        }
        Ok(Opened { reference: Reference::from_random(random), sealed_at })
    }
}

fn mac(key: &[u8; 32], form: &str, head: &str, answers: &Answers) -> Hmac<Sha256> {
    // HMAC fills a key shorter than the hash's block with zeros; done here, the length is right by its type.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    // Each part goes in with its length, so that no two different sets of parts give the same bytes.
    for part in [form, head].into_iter().chain(answers.iter().flat_map(|(name, value)| [name, value])) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
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
    fn a_token_opens_for_its_own_answers_only_and_for_a_day() {
        let (old, new) = (Keys::new(vec![[1; 32]]), Keys::new(vec![[2; 32], [1; 32]]));
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let token = old.seal("register", &answers("Ana"), now, [9; 16]);
        let opened = new.open("register", &answers("Ana"), &token, now).ok().unwrap();
        assert_eq!(opened.reference, Reference::from_random([9; 16]));
        assert!(matches!(old.open("register", &answers("Eva"), &token, now), Err(Refused::Changed)));
        assert!(matches!(old.open("report", &answers("Ana"), &token, now), Err(Refused::Changed)));
        assert!(matches!(
            Keys::new(vec![[3; 32]]).open("register", &answers("Ana"), &token, now),
            Err(Refused::Changed)
        ));
        let later = Timestamp::from_second(1_800_086_401).unwrap();
        assert!(matches!(old.open("register", &answers("Ana"), &token, later), Err(Refused::Expired)));
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
