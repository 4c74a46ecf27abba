//! `profiles/forgotten/MARK.yaml`: what is kept of somebody who left and whose profile was deleted, so that nobody lists them again
//! by accident. It names nobody: numbers are few enough to be tried one by one, so the mark is made with a key, and the key is in
//! no repository. Editors share the files through theirs, one for each person, so that two who forget at once never meet in a
//! line; to whoever else gets hold of them, they say only how many left, and when.

use crate::ground::hash::{Hash, content_hash};
use crate::ground::problem::quoted;
use crate::ground::text::bare_number;
use crate::record::fields::record;
use crate::record::rule::{Day, rule};
use crate::yaml::Text;
use hmac::{Hmac, KeyInit, Mac};
use jiff::civil::Date;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the files stand in a site root.
pub const FOLDER: &str = "profiles/forgotten";

record! {
    /// What is kept of one person, beside the mark that is the file's name.
    pub struct Tombstone from TombstoneFile {
        /// What the key says of itself with which the mark was made: with another, nobody would be known again.
        key: Hash = Mark,
        /// The day on which they were forgotten.
        day: Date = Day,
    }
}

rule!(
    /// A hash: rule `not-a-mark`.
    Mark: Text => Hash,
    "64 small hexadecimal letters".to_owned(),
    |checker, key, written| {
        let written = checker.required(key, written)?.as_str();
        let mark = Hash::parse(written);
        if mark.is_none() {
            let help = Some("take the line as git has it: only `inside-out forget` writes here".to_owned());
            checker.wrong(key, "not-a-mark", format!("`{key}` is no mark: {}", quoted(written)), help);
        }
        mark
    }
);

/// With what marks are made: 32 random bytes that every editor has, and no repository.
#[derive(Clone, PartialEq, Eq)]
pub struct TombstoneKey(Hash);

impl TombstoneKey {
    /// A key of random bytes.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(content_hash(&random))
    }

    /// Reads a key as [`TombstoneKey::written`] gives it.
    pub fn parse(text: &str) -> Option<Self> {
        Hash::parse(text.trim()).map(Self)
    }

    /// The key as it is kept: 64 hexadecimal letters.
    pub fn written(&self) -> String {
        self.0.to_string()
    }

    /// What the key says of itself, from which nobody can tell it.
    pub fn says(&self) -> Hash {
        self.keyed("the key of the tombstones")
    }

    /// The mark of a person: their agency's id, and their number however it is spaced.
    pub fn mark(&self, agency: &str, number: &str) -> Hash {
        self.keyed(&format!("{agency}\n{}", bare_number(number)))
    }

    fn keyed(&self, text: &str) -> Hash {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0.bytes()).expect("a key of any length will do");
        let mac = mac.chain_update(text);
        Hash::from(<[u8; 32]>::from(mac.finalize().into_bytes()))
    }
}

/// Why nobody can tell who was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTheKey {
    /// People were forgotten, and there is no key.
    Missing,
    /// They were forgotten with another key.
    Another,
}

/// Who was forgotten, as whoever lists somebody asks: by agency and number.
#[derive(Default)]
pub struct Tombstones(Option<(TombstoneKey, BTreeMap<Hash, Date>)>);

impl Tombstones {
    /// Those of all files, by their marks, opened with the key. Where nobody was forgotten yet, none is needed.
    ///
    /// # Errors
    /// That it is not the key.
    pub fn open(files: &BTreeMap<Hash, Tombstone>, key: Option<TombstoneKey>) -> Result<Self, NotTheKey> {
        if files.is_empty() {
            return Ok(Self(None));
        }
        let key = key.ok_or(NotTheKey::Missing)?;
        if files.values().any(|tombstone| tombstone.key != key.says()) {
            return Err(NotTheKey::Another);
        }
        Ok(Self(Some((key, files.iter().map(|(mark, tombstone)| (*mark, tombstone.day)).collect()))))
    }

    /// The tombstone of somebody, if they were forgotten under one of their agency's [ids](crate::place::agency::Agency::ids).
    pub fn find<'a>(&self, agency: impl IntoIterator<Item = &'a str>, number: &str) -> Option<Found> {
        let (key, days) = self.0.as_ref()?;
        let mut marks = agency.into_iter().map(|id| key.mark(id, number));
        marks.find_map(|mark| days.get(&mark).map(|day| Found { file: file_of(mark), day: *day }))
    }
}

/// A tombstone that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its file, from the root.
    pub file: PathBuf,
    /// The day on which they were forgotten.
    pub day: Date,
}

impl Found {
    /// What it says of whoever has the number now.
    pub fn words(&self) -> String {
        format!("somebody with this number left, and was forgotten on {}", self.day)
    }
}

/// The file of a mark, from the root.
pub fn file_of(mark: Hash) -> PathBuf {
    Path::new(FOLDER).join(format!("{mark}.yaml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn key(byte: u8) -> TombstoneKey {
        TombstoneKey::from_random([byte; 32])
    }

    fn forgotten(byte: u8, agency: &str, number: &str) -> BTreeMap<Hash, Tombstone> {
        let tombstone = Tombstone { key: key(byte).says(), day: date(2026, 11, 27) };
        BTreeMap::from([(key(byte).mark(agency, number), tombstone)])
    }

    #[test]
    fn somebody_who_was_forgotten_is_known_again_by_agency_and_number_however_it_is_spaced() {
        let files = forgotten(1, "franklin-doc", "01a2345");
        let all = Tombstones::open(&files, TombstoneKey::parse(&format!("{}\n", key(1).written()))).unwrap();
        for number in ["01a2345", "01A-2345", " 01a 2345 "] {
            let found = all.find(["franklin-doc"], number).unwrap();
            assert_eq!(found.day, date(2026, 11, 27), "{number}");
            assert_eq!(found.file, file_of(*files.first_key_value().unwrap().0));
        }
        assert_eq!((all.find(["franklin-doc"], "1A2345"), all.find(["other-doc"], "01A2345")), (None, None));
        assert!(all.find(["other-doc", "franklin-doc"], "01A2345").is_some(), "under a name that the agency had");
    }

    #[test]
    fn without_the_very_key_nobody_says_that_nobody_was_forgotten() {
        let files = forgotten(1, "x", "1");
        assert_eq!(Tombstones::open(&files, None).err(), Some(NotTheKey::Missing));
        assert_eq!(Tombstones::open(&files, Some(key(2))).err(), Some(NotTheKey::Another));
        assert_eq!(Tombstones::open(&BTreeMap::new(), None).map(|all| all.find(["x"], "1")), Ok(None));
        assert_ne!(key(1).mark("x", "1"), key(2).mark("x", "1"));
        assert_ne!(key(1).says(), key(1).0, "the file would hold the key");
    }
}
