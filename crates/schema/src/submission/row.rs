//! The index row of a submission.

use crate::ground::hash::{Hash, content_hash};
use crate::submission::kinds::{Flag, State, SubmissionKind, Urgency};
use crate::submission::reference::Reference;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where everything that belongs to a submission is stored. Reports have a prefix, and so a key and readers, of their own.
fn prefix(kind: SubmissionKind, id: &Reference) -> String {
    match kind {
        SubmissionKind::Report => format!("reports/{}/", id.key()),
        _ => format!("submissions/{}/{}/", kind.word(), id.key()),
    }
}

/// The index row of a submission: no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its reference.
    pub id: Reference,
    /// What it is about.
    pub kind: SubmissionKind,
    /// Where it stands.
    pub state: State,
    /// SHA-256 of the stored answers.
    pub payload_hash: Hash,
    /// The same of those in whose place they came, oldest first: their sender corrected them while they waited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Hash>,
    /// What [`Secret::hash`](crate::submission::secret::Secret::hash) gave: who holds the secret may ask, take back or add a photo.
    pub secret_hash: Hash,
    /// SHA-256 of the photo's stored bytes, once one was added.
    pub photo_hash: Option<Hash>,
    /// What an editor should look at twice.
    pub flags: Vec<Flag>,
    /// When it was claimed.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// When an editor decided; whatever is told or published afterwards leaves it. Rows of before have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
    /// The profile it became, or was found to be about.
    pub profile: Option<String>,
}

impl Row {
    /// Where everything that belongs to it is stored.
    pub fn prefix(&self) -> String {
        prefix(self.kind, &self.id)
    }

    /// The key of its answers.
    pub fn object_key(&self) -> String {
        self.key_of(self.payload_hash)
    }

    /// The key of answers of its own, whether they stand or were corrected.
    pub fn key_of(&self, answers: Hash) -> String {
        format!("{}{answers}.json", self.prefix())
    }

    /// The key of its photo.
    pub fn photo_key(&self) -> Option<String> {
        self.photo_hash.map(|hash| format!("{}photo-{hash}.jpg", self.prefix()))
    }

    /// The key of the note that tells editors at once, where somebody may be harmed: what it is called rings, not what it holds. Each
    /// version has one of its own, for a key rings only once.
    pub fn note_key(&self) -> Option<String> {
        let rings = self.is_urgent() && !self.flags.contains(&Flag::Quiet);
        rings.then(|| self.note_of(self.earlier.len()))
    }

    /// Wherever a note of it may lie: also of answers that were corrected, or of some that never came.
    pub fn note_keys(&self) -> impl Iterator<Item = String> {
        (0..=self.earlier.len() + 1).map(|version| self.note_of(version))
    }

    fn note_of(&self, version: usize) -> String {
        match version {
            0 => format!("urgent/{}.json", self.id.key()),
            version => format!("urgent/{}-{version}.json", self.id.key()),
        }
    }

    fn is_urgent(&self) -> bool {
        Urgency::of(&self.flags) == Urgency::Today
    }

    /// Whether its pair proves whose page it is: that stays as long as the page may stand, when all else is deleted.
    pub fn proves(&self) -> bool {
        let is_page = matches!(self.state, State::Promoted | State::Published | State::Cleared);
        self.kind == SubmissionKind::Registration && self.profile.is_some() && is_page
    }

    /// As it stands once nothing is left of it but its pair, its page and its times.
    #[must_use]
    pub fn bare(&self) -> Self {
        let nothing = content_hash(b"");
        Self { payload_hash: nothing, earlier: Vec::new(), photo_hash: None, flags: Vec::new(), ..self.clone() }
    }

    /// Whether nothing more is left of it.
    pub fn is_bare(&self) -> bool {
        *self == self.bare()
    }

    /// Whether it is stored whole and waits for an editor.
    pub fn waits(&self) -> bool {
        self.state.waits()
    }

    /// The state in which it waits for an editor, once it is stored whole.
    pub fn waiting(&self) -> State {
        if self.flags.iter().any(|flag| flag.holds()) { State::Held } else { State::Received }
    }

    /// As it stands once other answers took the place of its own, which were judged so. What an editor held stays held.
    #[must_use]
    pub fn revised(&self, answers: Hash, judged: &[Flag]) -> Self {
        let is_held_by_editor = self.state == State::Held && self.waiting() != State::Held;
        // What becomes urgent only now is announced anew, or not, whatever was said of an earlier one.
        let rings_anew = Urgency::of(judged) == Urgency::Today && !self.is_urgent();
        let goes = |flag: &Flag| flag.is_of_answers() || rings_anew && *flag == Flag::Quiet;
        let mut flags = judged.to_vec();
        flags.extend(self.flags.iter().copied().filter(|flag| !goes(flag) && !judged.contains(flag)));
        let earlier = self.earlier.iter().copied().chain([self.payload_hash]).collect();
        let revised = Self { payload_hash: answers, earlier, flags, ..self.clone() };
        let state = if is_held_by_editor { State::Held } else { revised.waiting() };
        Self { state, ..revised }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::hash::content_hash;

    fn row(state: State, flags: &[Flag]) -> Row {
        Row {
            id: Reference::from_random([1; 16]),
            kind: SubmissionKind::Registration,
            state,
            payload_hash: content_hash(b"first"),
            earlier: Vec::new(),
            secret_hash: content_hash(b"secret"),
            photo_hash: Some(content_hash(b"photo")),
            flags: flags.to_vec(),
            created_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            decided_at: None,
            profile: None,
        }
    }

    #[test]
    fn other_answers_are_judged_by_themselves_and_nothing_else_of_the_row_changes() {
        let before = row(State::Held, &[Flag::Hurried, Flag::Repeated, Flag::Soon]);
        let once = before.revised(content_hash(b"second"), &[Flag::MixedScripts]);
        assert_eq!(
            (once.state, once.flags.as_slice()),
            (State::Received, [Flag::MixedScripts, Flag::Repeated].as_slice())
        );
        assert_eq!(once.earlier, [before.payload_hash]);
        let twice = once.revised(content_hash(b"third"), &[Flag::ListingRule]);
        assert_eq!(
            (twice.state, twice.earlier.as_slice()),
            (State::Held, [before.payload_hash, once.payload_hash].as_slice())
        );
        let same = Row { state: before.state, payload_hash: before.payload_hash, flags: before.flags.clone(), ..twice };
        assert_eq!(Row { earlier: Vec::new(), ..same }, before);
    }

    #[test]
    fn what_an_editor_held_stays_held_and_what_came_in_a_crowd_too() {
        let state = |row: Row| row.revised(content_hash(b"second"), &[]).state;
        assert_eq!(state(row(State::Held, &[])), State::Held);
        assert_eq!(state(row(State::Held, &[Flag::Crowd])), State::Held);
        assert_eq!(state(row(State::Held, &[Flag::Links])), State::Received);
    }

    #[test]
    fn what_becomes_urgent_rings_and_what_was_announced_rings_no_second_time() {
        let note = |flags: &[Flag], judged: &[Flag]| {
            row(State::Received, flags).revised(content_hash(b"second"), judged).note_key()
        };
        assert!(note(&[], &[Flag::Today]).is_some());
        assert!(note(&[Flag::Today, Flag::Quiet], &[Flag::Today]).is_none());
        assert!(note(&[Flag::Quiet], &[Flag::Today]).is_some());
        assert!(note(&[], &[Flag::Today, Flag::Quiet]).is_none());
    }

    #[test]
    fn a_row_of_before_there_were_second_versions_is_read_and_written_as_it_was() {
        let before = row(State::Received, &[]);
        let text = serde_json::to_string(&before).unwrap();
        assert!(!text.contains("earlier"));
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), before);
        let after = before.revised(content_hash(b"second"), &[]);
        assert_eq!(serde_json::from_str::<Row>(&serde_json::to_string(&after).unwrap()).unwrap(), after);
    }
}
