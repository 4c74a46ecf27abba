//! Whether a passage stands in a text, and if not, which passage comes nearest to it.

use crate::fold::Folded;
use schema::place::changed::MOST_NOW;
use std::collections::BTreeMap;

/// Of how many parts of a hundred of its words another passage must have, to be called near.
const NEAR: usize = 40;

/// Whether a quotation stands in a text: all of it, or, where it leaves something out, each of its parts in order.
pub(crate) fn holds(text: &Folded, quotation: &str) -> bool {
    let tokens: Vec<&str> = text.tokens().collect();
    let mut rest = tokens.as_slice();
    for part in parts(quotation) {
        let part = Folded::of(part);
        let words: Vec<&str> = part.tokens().collect();
        if words.is_empty() {
            continue;
        }
        let Some(at) = rest.windows(words.len()).position(|window| window == words) else { return false };
        rest = rest.get(at + words.len()..).unwrap_or_default();
    }
    true
}

/// What stands between marks of something left out.
fn parts(quotation: &str) -> impl Iterator<Item = &str> {
    quotation.split("...").flat_map(|part| part.split('…'))
}

/// The passage that comes nearest to a quotation, as it is shown; none where nothing is like it.
pub(crate) fn nearest(text: &Folded, quotation: &str) -> Option<String> {
    let (quoted, tokens) = (Folded::of(quotation), text.tokens().collect::<Vec<_>>());
    let wanted: Vec<&str> = quoted.tokens().collect();
    let (begin, end) = best_window(&tokens, &wanted)?;
    // Words that changed at either end belong to it, too: it begins as far before its first known word as the quotation does.
    let before = wanted.iter().position(|word| Some(word) == tokens.get(begin))?;
    let behind = wanted.iter().rev().position(|word| Some(word) == tokens.get(end))?;
    let (from, to) = (begin.saturating_sub(before), (end + behind).min(tokens.len() - 1));
    Some(text.shown(from, to).chars().take(MOST_NOW).collect()).filter(|shown: &String| !shown.is_empty())
}

/// The first and the last place between which the most words of a quotation stand, as near together as they do; nowhere where they are
/// too few.
fn best_window(tokens: &[&str], wanted: &[&str]) -> Option<(usize, usize)> {
    // Some words may have come in.
    let width = wanted.len() + wanted.len() / 3 + 1;
    let (mut bag, mut best) = (Bag::of(wanted), (0, 0));
    for (at, token) in tokens.iter().enumerate() {
        bag.put(token);
        if let Some(gone) = at.checked_sub(width).and_then(|gone| tokens.get(gone)) {
            bag.take(gone);
        }
        if bag.shared > best.0 {
            best = (bag.shared, at);
        }
    }
    let (shared, end) = best;
    if shared == 0 || shared * 100 < wanted.len() * NEAR {
        return None;
    }
    // From its end backwards, as far as it needs to reach.
    let mut bag = Bag::of(wanted);
    let begin = (0..=end).rev().find(|at| {
        tokens.get(*at).into_iter().for_each(|token| bag.put(token));
        bag.shared == shared
    })?;
    Some((begin, end))
}

/// How many words of a quotation are in a window, each as often as the quotation has it.
struct Bag<'w> {
    left: BTreeMap<&'w str, isize>,
    shared: usize,
}

impl<'w> Bag<'w> {
    fn of(wanted: &[&'w str]) -> Self {
        let mut left = BTreeMap::new();
        wanted.iter().for_each(|word| *left.entry(*word).or_default() += 1);
        Self { left, shared: 0 }
    }

    fn put(&mut self, token: &str) {
        if let Some(left) = self.left.get_mut(token) {
            self.shared += usize::from(*left > 0);
            *left -= 1;
        }
    }

    fn take(&mut self, token: &str) {
        if let Some(left) = self.left.get_mut(token) {
            *left += 1;
            self.shared -= usize::from(*left > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Home Contact. All mail is scanned. Address letters to: Name and Number, PO Box 99, Tampa, FL 33622. Each message \
                        costs $0.30 per page. Visits are on Sunday.";

    #[test]
    fn a_quotation_stands_whatever_its_marks_and_gaps() {
        let page = Folded::of(PAGE);
        for quotation in
            ["all mail is SCANNED", "letters to Name … FL 33622", "“All mail … scanned”", "Home ... Sunday."]
        {
            assert!(holds(&page, quotation), "{quotation}");
        }
        for quotation in ["all mail is copied", "FL 33622 … letters to", "PO Box 9", "costs $0.25 per page"] {
            assert!(!holds(&page, quotation), "{quotation}");
        }
    }

    #[test]
    fn the_nearest_passage_holds_what_changed_at_its_ends_too() {
        let page = Folded::of(PAGE);
        let near = |quotation| nearest(&page, quotation);
        assert_eq!(near("Each message costs $0.25 per page").as_deref(), Some("Each message costs $0.30 per page."));
        assert_eq!(
            near("Name and Number PO Box 12 Dallas TX 75266").as_deref(),
            Some("Name and Number, PO Box 99, Tampa, FL 33622.")
        );
        assert_eq!(near("books come from the publisher alone"), None);
        assert_eq!(nearest(&Folded::default(), "all mail"), None);
        assert_eq!(nearest(&page, "—"), None);
    }
}
