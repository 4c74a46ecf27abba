//! How a half-filled form is sealed, and a copy of what was sent: under a key that is made of its code and a key of ours, so that
//! neither opens it alone.

use crate::draft::store::DraftKey;
use crate::token::Keys;
use base16ct::lower;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use jiff::civil::Date;
use schema::form::Answers;
use schema::ground::hash::Hash;
use schema::submission::secret::Secret;
use serde::{Deserialize, Serialize};

/// A half-filled form, or a copy of what was sent.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// The form's id.
    pub(crate) form: String,
    /// The last day on which it opens, although it may lie there still.
    pub(crate) until: Date,
    /// What was typed.
    pub(crate) answers: Answers,
    /// As what it was sent, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sent: Option<SentAs>,
}

/// What a copy is one of.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentAs {
    /// The hash of the stored answers: once others took their place, it is a copy of nothing that stands.
    pub(crate) answers: Hash,
    /// The version of the consent text that was shown, where the form shows one.
    pub(crate) wording: Option<Date>,
}

/// What lies under a code. No code of the one opens the other, were it the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// A half-filled form, under a code of its own.
    PutDown,
    /// A copy of what was sent, under the code that its sender keeps with the reference.
    Sent,
}

impl Kept {
    /// For what our keys make the name of the place, and for what the key that seals it.
    fn purposes(self) -> [&'static str; 2] {
        match self {
            Kept::PutDown => ["draft-name", "draft"],
            Kept::Sent => ["sent-name", "sent"],
        }
    }
}

/// Where a form lies and what opens it, under one key of ours.
pub(crate) struct Lock {
    pub(crate) key: DraftKey,
    cipher: ChaCha20Poly1305,
}

/// Says in which shape it is sealed; another shape opens none of these.
const SHAPE: &[u8] = b"half-filled form, version 1";
const NONCE: usize = 12;

impl Keys {
    /// The locks of a code, of our newest key first: what was put down before keys were changed lies under an older one.
    pub(crate) fn locks(&self, code: &Secret, kept: Kept) -> Vec<Lock> {
        let code = code.to_string();
        let [names, ciphers] = kept.purposes().map(|purpose| self.tags([purpose, code.as_str()]));
        let lock = |(name, cipher): ([u8; 32], [u8; 32])| Lock {
            key: DraftKey::new(&lower::encode_string(&name)),
            cipher: ChaCha20Poly1305::new(&cipher.into()),
        };
        names.into_iter().zip(ciphers).map(lock).collect()
    }
}

impl Lock {
    /// Seals a form: random bytes, then what only this lock opens. None where it cannot be written, which plain text always can.
    pub(crate) fn seal(&self, draft: &Draft, random: [u8; 16]) -> Option<Vec<u8>> {
        let nonce = random.first_chunk::<NONCE>()?;
        let plain = serde_json::to_vec(draft).ok()?;
        let sealed = self.cipher.encrypt(&Nonce::from(*nonce), Payload { msg: &plain, aad: SHAPE }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what this lock sealed, until the end of its last day.
    pub(crate) fn open(&self, bytes: &[u8], today: Date) -> Option<Draft> {
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let plain = self.cipher.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: SHAPE }).ok()?;
        serde_json::from_slice(&plain).ok().filter(|draft: &Draft| today <= draft.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn draft() -> Draft {
        let mut answers = Answers::default();
        answers.add("shown_name", "Ana of the garden");
        Draft { form: "register".into(), until: date(2026, 12, 11), answers, sent: None }
    }

    fn locks(key: u8, older: Vec<[u8; 32]>, code: u8) -> Vec<Lock> {
        Keys::new([key; 32], older).locks(&Secret::from_random([code; 16]), Kept::PutDown)
    }

    #[test]
    fn only_its_code_with_a_key_of_ours_opens_it_and_only_in_time() {
        let (own, before) = (&locks(1, Vec::new(), 3)[0], date(2026, 12, 11));
        let sealed = own.seal(&draft(), [9; 16]).unwrap();
        assert_eq!(own.open(&sealed, before), Some(draft()));
        assert_eq!(own.open(&sealed, date(2026, 12, 12)), None);
        for other in [&locks(2, Vec::new(), 3)[0], &locks(1, Vec::new(), 4)[0]] {
            assert!(other.key != own.key && other.open(&sealed, before).is_none());
        }
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert_eq!(own.open(&bent, before), None, "{at}");
        }
        assert!((0..sealed.len()).all(|end| own.open(&sealed[..end], before).is_none()));
    }

    #[test]
    fn what_lies_there_says_nothing() {
        let own = &locks(1, Vec::new(), 3)[0];
        let sealed = own.seal(&draft(), [9; 16]).unwrap();
        let code = Secret::from_random([3; 16]).to_string();
        let all = [own.key.as_str().as_bytes(), &sealed].concat();
        for word in ["garden", "shown_name", "register", code.as_str(), &code.replace('-', "")] {
            assert!(!all.windows(word.len()).any(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes())), "{word}");
        }
        assert_ne!(sealed, own.seal(&draft(), [8; 16]).unwrap(), "not even that it is the same again");
        let tag = own.key.as_str().strip_prefix("drafts/").unwrap();
        assert!(tag.len() == 64 && tag.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn no_code_of_what_was_put_down_opens_what_was_sent_nor_the_other_way_round() {
        let (keys, code, day) = (Keys::new([1; 32], Vec::new()), Secret::from_random([3; 16]), date(2026, 11, 27));
        let [put_down, sent] = [Kept::PutDown, Kept::Sent].map(|kept| keys.locks(&code, kept).remove(0));
        assert_ne!(put_down.key, sent.key);
        for (one, other) in [(&put_down, &sent), (&sent, &put_down)] {
            let sealed = one.seal(&draft(), [9; 16]).unwrap();
            assert!(one.open(&sealed, day).is_some() && other.open(&sealed, day).is_none());
        }
    }

    #[test]
    fn what_was_sealed_before_there_were_copies_opens() {
        let text = r#"{"form":"register","until":"2026-12-11","answers":{"values":{},"unreadable":[]}}"#;
        assert_eq!(serde_json::from_str::<Draft>(text).unwrap().sent, None);
    }

    #[test]
    fn what_was_put_down_before_keys_were_changed_opens_afterwards() {
        let sealed = locks(1, Vec::new(), 3)[0].seal(&draft(), [9; 16]).unwrap();
        let changed = locks(2, vec![[1; 32]], 3);
        assert_eq!(changed.len(), 2);
        assert_eq!(changed[1].key, locks(1, Vec::new(), 3)[0].key);
        assert_eq!(changed[1].open(&sealed, date(2026, 11, 27)), Some(draft()));
    }
}
