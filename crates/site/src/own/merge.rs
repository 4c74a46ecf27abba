//! Three versions of a text: as it came, as it is here, as it comes now.

use similar::{TextDiff, TextMerge};

/// What becomes of a text that both sides may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// It holds what both changed.
    Whole(String),
    /// Both changed the same lines, which stand in it between marks; and how many times.
    Conflicts(String, usize),
}

/// Brings what is new into what is here. Line ends are those of what is here.
pub(super) fn merge(before: &str, here: &str, now: &str) -> Merged {
    let plain = here.replace("\r\n", "\n");
    let (text, conflicts) = merge_plain(before, &plain, now);
    let text = if is_of_windows(here) { text.replace('\n', "\r\n") } else { text };
    if conflicts == 0 { Merged::Whole(text) } else { Merged::Conflicts(text, conflicts) }
}

/// Whether a text is what [`merge`] left where it found conflicts: whoever was stopped right after that need not do it again.
pub(super) fn is_left_by_merge(before: &str, here: &str, now: &str) -> bool {
    let plain = here.replace("\r\n", "\n");
    has_marks(&plain) && merge_plain(before, &own_side(&plain), now).0 == plain
}

fn merge_plain(before: &str, here: &str, now: &str) -> (String, usize) {
    let mut merge = TextMerge::from_lines(before, here, now);
    merge.labels("as it came", "this site", "the program now");
    (merge.to_string(), merge.conflict_count())
}

/// What changed from one text to another, as programs like git show it.
pub(super) fn changes(path: &str, before: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(before, now);
    diff.unified_diff().context_radius(2).header(path, path).to_string()
}

/// Whether marks of a merge stand in a text.
pub(super) fn has_marks(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
}

/// A text with marks as it stood here before.
fn own_side(text: &str) -> String {
    let (mut in_conflict, mut is_theirs) = (false, false);
    let mut own = String::new();
    for line in text.split_inclusive('\n') {
        match line.get(..7) {
            Some("<<<<<<<") => in_conflict = true,
            Some("=======") if in_conflict => is_theirs = true,
            Some(">>>>>>>") if in_conflict => (in_conflict, is_theirs) = (false, false),
            _ if is_theirs => {}
            _ => own.push_str(line),
        }
    }
    own
}

fn is_of_windows(text: &str) -> bool {
    text.contains("\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "one\ntwo\nthree\nfour\nfive\n";

    #[test]
    fn what_each_side_changed_elsewhere_is_kept() {
        let here = "one\ntwo\nthree\nfour\nfive, ours\n";
        let now = "one, theirs\ntwo\nthree\nfour\nfive\n";
        let both = "one, theirs\ntwo\nthree\nfour\nfive, ours\n";
        assert_eq!(merge(BEFORE, here, now), Merged::Whole(both.to_owned()));
        let windows = here.replace('\n', "\r\n");
        assert_eq!(merge(BEFORE, &windows, now), Merged::Whole(both.replace('\n', "\r\n")));
        assert_eq!(merge(BEFORE, both, now), Merged::Whole(both.to_owned()), "done twice, it is the same");
    }

    #[test]
    fn what_both_changed_stands_between_marks_and_is_known_again() {
        for ends in ["\n", "\r\n"] {
            let here = "one\ntwo, ours\nthree\nfour\nfive\n".replace('\n', ends);
            let now = "one\ntwo, theirs\nthree\nfour\nfive\n";
            let Merged::Conflicts(text, 1) = merge(BEFORE, &here, now) else { panic!("no conflict") };
            let marks = "one\n<<<<<<< this site\ntwo, ours\n=======\ntwo, theirs\n>>>>>>> the program now\nthree\n";
            assert!(text.starts_with(&marks.replace('\n', ends)), "{text}");
            assert!(is_left_by_merge(BEFORE, &text, now));
            assert!(!is_left_by_merge(BEFORE, &here, now));
            let settled = text.replace("two, ours", "two, ours and more");
            assert!(is_left_by_merge(BEFORE, &settled, now), "an edit inside the marks is still a merge that waits");
        }
    }
}
