//! `content/changed.yaml`: cited pages that no longer hold what is quoted from them, as `inside-out watch` saw it. A change counts until
//! somebody reads the page again: a source whose `read` is the day of the change or a later one is in no doubt.

use crate::place::kinds::{ChangeKind, QuotedFor};
use crate::place::source::Source;
use crate::record::fields::record;
use crate::record::left_out::Maybe;
use crate::record::rule::{Each, Line, PastDay, WebAddress, Word};
use crate::yaml::Text;
use jiff::civil::Date;
use similar::{ChangeTag, TextDiff};

/// Where the file stands in a site root.
pub const FILE: &str = "content/changed.yaml";

/// Most characters of a passage that stands there now.
pub const MOST_NOW: usize = 400;

/// What the file says of itself.
const HEAD: &str = "# Written by `inside-out watch`: cited pages that may say something else now. Read a page, put its words and the day\n\
                    # of reading into `sources` of whoever cites it, and this ends by itself.\n";

record! {
    /// The changes, checked.
    #[derive(Default)]
    pub struct Changed from ChangedFile {
        /// The changes, by address.
        changes: Vec<Change> = Each<Change>,
    }
}

record! {
    /// One change, checked.
    pub struct Change from ChangeFile {
        /// The address of the page, as `sources` name it.
        url: String = WebAddress,
        /// What happened to it.
        what: ChangeKind = Word<ChangeKind>,
        /// The day on which that was first seen.
        since: Date = PastDay,
        /// The quotation that is not there any more; needed where words changed.
        was: Option<String> = Maybe<Line<2, 300>>,
        /// What comes nearest to it there now.
        now: Option<String> = Maybe<Line<1, MOST_NOW>>,
    }
    across |checker, file| {
        if what == Some(ChangeKind::Words) {
            checker.required("was", file.was.as_ref());
        }
    }
}

impl Changed {
    /// The first day since which facts may have changed, by the sources that say them; none where somebody has read each since.
    pub fn since(&self, sources: &[Source], facts: &[QuotedFor]) -> Option<Date> {
        let doubts =
            |change: &&Change| sources.iter().flat_map(|source| change.doubts(source)).any(|it| facts.contains(&it));
        self.changes.iter().filter(doubts).map(|change| change.since).min()
    }

    /// The text of the file.
    ///
    /// # Errors
    /// The YAML writer's own, which plain text and lists do not cause.
    pub fn to_yaml(&self) -> Result<String, serde_yaml::Error> {
        let file = ChangedFile { changes: Some(self.changes.iter().map(Change::to_file).collect()) };
        Ok(format!("{HEAD}{}", serde_yaml::to_string(&file)?))
    }
}

impl Change {
    /// The facts that it puts in doubt, of those that a source is quoted for: none where it is of another page, or somebody has read
    /// that one since.
    pub fn doubts(&self, source: &Source) -> Vec<QuotedFor> {
        if source.read < self.since { self.touches(source) } else { Vec::new() }
    }

    /// Whether a source was read since, and still quotes what is not there.
    pub fn is_left_quoted(&self, source: &Source) -> bool {
        self.what != ChangeKind::Document && source.read >= self.since && !self.touches(source).is_empty()
    }

    /// The facts for which a source quotes what changed, each once.
    fn touches(&self, source: &Source) -> Vec<QuotedFor> {
        let is_it = |words: &str| self.was.as_deref().is_none_or(|was| was == words);
        let quotes = source.quotes.iter().filter(|quote| source.url == self.url && is_it(&quote.words));
        let mut facts: Vec<QuotedFor> = quotes.flat_map(|quote| quote.of.iter().copied()).collect();
        facts.sort();
        facts.dedup();
        facts
    }

    /// What changed, in words: word by word where it is known what stands there now.
    pub fn difference(&self) -> String {
        match (self.what, &self.was, &self.now) {
            (ChangeKind::Gone, ..) => "the page is gone".to_owned(),
            (ChangeKind::Document, ..) => "the document is another one".to_owned(),
            (ChangeKind::Words, Some(was), Some(now)) => by_word(was, now),
            (ChangeKind::Words, was, _) => {
                format!("[-{}-], and nothing like it is there", was.as_deref().unwrap_or_default())
            }
        }
    }

    fn to_file(&self) -> ChangeFile {
        let text = |text: &String| Text(text.clone());
        ChangeFile {
            url: Some(text(&self.url)),
            what: Some(Text(self.what.word().to_owned())),
            since: Some(Text(self.since.to_string())),
            was: self.was.as_ref().map(text),
            now: self.now.as_ref().map(text),
        }
    }
}

/// The difference of two passages, as git shows words: `[-old-] {+new+}`.
fn by_word(was: &str, now: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), now.split_whitespace().collect());
    let mut runs: Vec<(ChangeTag, Vec<&str>)> = Vec::new();
    let difference = TextDiff::from_slices(&old, &new);
    for change in difference.iter_all_changes() {
        match runs.last_mut().filter(|(tag, _)| *tag == change.tag()) {
            Some((_, words)) => words.push(change.value()),
            None => runs.push((change.tag(), vec![change.value()])),
        }
    }
    let shown = |(tag, words): &(ChangeTag, Vec<&str>)| match tag {
        ChangeTag::Equal => words.join(" "),
        ChangeTag::Delete => format!("[-{}-]", words.join(" ")),
        ChangeTag::Insert => format!("{{+{}+}}", words.join(" ")),
    };
    runs.iter().map(shown).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::kinds::SourceKind;
    use crate::place::source::Quote;
    use jiff::civil::date;

    fn source(read: Date) -> Source {
        let quote = |of: &[QuotedFor], words: &str| Quote { of: of.to_vec(), words: words.to_owned() };
        Source {
            url: "https://doc.franklin.example/mail".to_owned(),
            kind: SourceKind::Agency,
            read,
            stored: false,
            dated: None,
            quotes: vec![
                quote(&[QuotedFor::Routes, QuotedFor::Number], "Send letters to PO Box 1"),
                quote(&[QuotedFor::Listing], "Listings are allowed"),
            ],
        }
    }

    fn change(what: ChangeKind, was: Option<&str>) -> Change {
        let (was, now) = (was.map(str::to_owned), Some("Send letters to PO Box 2".to_owned()));
        Change { url: source(date(2026, 1, 1)).url, what, since: date(2026, 11, 12), was, now }
    }

    #[test]
    fn a_change_doubts_what_it_touches_until_somebody_reads_the_page() {
        let words = change(ChangeKind::Words, Some("Send letters to PO Box 1"));
        let (before, on) = (source(date(2026, 11, 11)), source(date(2026, 11, 12)));
        assert_eq!(words.doubts(&before), [QuotedFor::Number, QuotedFor::Routes]);
        assert!(words.doubts(&on).is_empty() && words.is_left_quoted(&on) && !words.is_left_quoted(&before));
        assert_eq!(change(ChangeKind::Gone, None).doubts(&before).len(), 3, "of a page that is gone, all is in doubt");
        let all = Changed { changes: vec![words] };
        let since = |fact| all.since(std::slice::from_ref(&before), &[fact]);
        assert_eq!(since(QuotedFor::Routes), Some(date(2026, 11, 12)));
        assert_eq!(since(QuotedFor::Listing), None, "another passage still stands");
    }

    #[test]
    fn a_difference_is_told_word_by_word() {
        let words = change(ChangeKind::Words, Some("Send letters to PO Box 1"));
        assert_eq!(words.difference(), "Send letters to PO Box [-1-] {+2+}");
        let alone = Change { now: None, ..words };
        assert_eq!(alone.difference(), "[-Send letters to PO Box 1-], and nothing like it is there");
        assert_eq!(change(ChangeKind::Gone, None).difference(), "the page is gone");
    }
}
