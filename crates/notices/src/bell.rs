//! Urgent submissions ring. The store puts a note without words for each that an editor should read today, and in each hour one that
//! says how many more there are; where no cloud sends its key on, each note becomes one mail here. What it is about stays in the store.

use crate::carrier::{Post, strict_address};
use anyhow::{Context, Result};
use schema::ground::text::counted;
use schema::submission::digest::told_of;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The folder of notes in a store.
const NOTES: &str = "urgent";
/// Of so many notes at once each gets a mail; more than that are named in one.
const MAILS: usize = 10;

/// Where notes lie, and where it is kept which of them have rung.
pub struct Bell {
    /// The store's folder.
    pub store: PathBuf,
    /// A folder of the bell's own.
    pub rung: PathBuf,
}

/// Whom it rings for.
pub struct Editors<'a> {
    /// Their address.
    pub email: &'a str,
    /// What the site is called.
    pub site: &'a str,
}

/// What came of a mail.
pub struct Rang {
    /// How many notes it names.
    pub notes: usize,
    /// How it went out, or why it did not and is tried again.
    pub went: Result<&'static str>,
}

/// A note, as its file is named, and when it was put there.
struct Note {
    name: String,
    put: String,
}

impl Bell {
    /// Whether a note waits that has not rung.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn has_news(&self) -> Result<bool> {
        Ok(!self.news()?.is_empty())
    }

    /// Sends a mail for each note that has not rung, and notes that it has. What does not go out is tried again in the next round.
    ///
    /// # Errors
    /// That the editors have no address, and those of the disk.
    pub fn ring(&self, editors: &Editors<'_>, post: &Post) -> Result<Vec<Rang>> {
        let to = strict_address(editors.email)
            .with_context(|| format!("{} is not an e-mail address: nobody hears of urgent ones", editors.email))?;
        let news = self.news()?;
        let size = if news.len() > MAILS { news.len() } else { 1 };
        let mut rang = Vec::new();
        for notes in news.chunks(size.max(1)) {
            let went = post.carry_plain((&name(notes), editors.site), &to, (&subject(notes), &text(notes)));
            if went.is_ok() {
                notes.iter().try_for_each(|note| disk::replace(&self.rung.join(&note.name), note.put.as_bytes()))?;
            }
            rang.push(Rang { notes: notes.len(), went });
        }
        Ok(rang)
    }

    /// Notes that have not rung since they were put; what was kept of notes that are gone goes too.
    fn news(&self) -> Result<Vec<Note>> {
        let mut news = Vec::new();
        for file in disk::list(&self.store, NOTES)? {
            let name = disk::stem(&file).to_owned();
            let Some(put) = put(&self.store.join(&file)) else { continue };
            if std::fs::read_to_string(self.rung.join(&name)).ok().as_ref() != Some(&put) {
                news.push(Note { name, put });
            }
        }
        for kept in disk::list(&self.rung, "")? {
            if !self.store.join(NOTES).join(&kept).with_extension("json").exists() {
                disk::remove(&self.rung.join(kept))?;
            }
        }
        Ok(news)
    }
}

/// When a note was put; none where it is gone again.
fn put(file: &Path) -> Option<String> {
    let moment = std::fs::metadata(file).ok()?.modified().ok()?;
    Some(moment.duration_since(UNIX_EPOCH).ok()?.as_nanos().to_string())
}

/// The same notes are the same mail: whoever gets it twice can tell.
fn name(notes: &[Note]) -> String {
    let put = notes.iter().map(|note| note.put.as_str()).max().unwrap_or_default();
    let first = notes.first().map_or("", |note| note.name.as_str());
    let plain: String = first.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    format!("urgent-{plain}-{put}")
}

fn subject(notes: &[Note]) -> String {
    match notes {
        [note] => match told_of(&note.name) {
            Some(reference) => format!("Urgent: {reference}"),
            None => "Urgent: more wait".to_owned(),
        },
        more => format!("Urgent: {}", counted(more.len(), "note")),
    }
}

fn text(notes: &[Note]) -> String {
    let lines: Vec<String> = notes.iter().map(line).collect();
    format!(
        "Somebody may be harmed: please read it today.\n\n{}\n\n`inside-out review list` names all that wait, the most urgent first.",
        lines.join("\n")
    )
}

fn line(note: &Note) -> String {
    match told_of(&note.name) {
        Some(reference) => format!("{reference}: `inside-out review show {reference}`"),
        None => format!("urgent/{}.json: mails announced not all of them", note.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place(tempfile::TempDir);

    impl Place {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn put(&self, names: &[&str]) {
            for name in names {
                disk::replace(&self.0.path().join(format!("review/urgent/{name}.json")), b"{}\n").unwrap();
            }
        }

        fn bell(&self) -> Bell {
            Bell { store: self.0.path().join("review"), rung: self.0.path().join("rung") }
        }

        /// How many notes each mail named.
        fn ring(&self) -> Vec<usize> {
            let post = Post::from_variables(self.0.path().join("mail"), "hello@example.org", |_| None).unwrap();
            let editors = Editors { email: "editors@example.org", site: "Pen Friends" };
            let rang = self.bell().ring(&editors, &post).unwrap();
            rang.into_iter().map(|rang| rang.went.map(|_| rang.notes).unwrap()).collect()
        }

        fn mails(&self) -> Vec<String> {
            let files = disk::list(self.0.path(), "mail").unwrap();
            files.iter().map(|file| std::fs::read_to_string(self.0.path().join(file)).unwrap()).collect()
        }
    }

    #[test]
    fn each_note_rings_once_and_names_a_reference_alone() {
        let place = Place::new();
        assert!(!place.bell().has_news().unwrap());
        place.put(&["KM7PT4RX", "KM7PT4RX-2", "more-came-2026-11-27T13"]);
        assert_eq!(place.ring(), [1, 1, 1]);
        assert_eq!(place.ring(), [0; 0]);
        let mails = place.mails();
        let all = mails.concat();
        assert_eq!(mails.len(), 3, "{all}");
        assert_eq!(mails.iter().filter(|mail| mail.contains("Urgent: KM7P-T4RX")).count(), 2, "{all}");
        for words in
            ["To: editors@example.org", "Urgent: KM7P-T4RX", "review show KM7P-T4RX", "more-came-2026-11-27T13"]
        {
            assert!(all.contains(words), "{words}: {all}");
        }
    }

    #[test]
    fn a_note_that_is_put_anew_rings_anew_and_one_that_is_gone_leaves_nothing() {
        let place = Place::new();
        place.put(&["KM7PT4RX"]);
        place.ring();
        let note = place.0.path().join("review/urgent/KM7PT4RX.json");
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
        std::fs::File::options().write(true).open(&note).unwrap().set_modified(later).unwrap();
        assert_eq!(place.ring(), [1]);
        std::fs::remove_file(note).unwrap();
        assert_eq!(place.ring(), [0; 0]);
        assert!(disk::list(&place.0.path().join("rung"), "").unwrap().is_empty());
    }

    #[test]
    fn many_at_once_are_one_mail() {
        let place = Place::new();
        let names: Vec<String> = (0..12).map(|hour| format!("more-came-2026-11-27T{hour:02}")).collect();
        place.put(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(place.ring(), [12]);
        assert_eq!(place.ring(), [0; 0]);
    }

    #[test]
    fn what_does_not_go_out_is_tried_again() {
        let place = Place::new();
        place.put(&["KM7PT4RX"]);
        // A file stands where mails should go.
        disk::replace(&place.0.path().join("mail"), b"x").unwrap();
        let post = Post::from_variables(place.0.path().join("mail"), "hello@example.org", |_| None).unwrap();
        let editors = Editors { email: "editors@example.org", site: "Pen Friends" };
        assert!(place.bell().ring(&editors, &post).unwrap().iter().all(|rang| rang.went.is_err()));
        std::fs::remove_file(place.0.path().join("mail")).unwrap();
        assert_eq!(place.ring(), [1]);
    }
}
