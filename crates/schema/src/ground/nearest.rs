//! The known word that a mistyped one may have meant.

/// The known word nearest to a mistyped one, if any is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(3) / 3))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_a_slip_and_leaves_strangers_alone() {
        let known = ["gardening", "baking", "jazz"];
        assert_eq!(nearest("gardning", known), Some("gardening"));
        assert_eq!(nearest("Jaz", known), Some("jazz"));
        assert_eq!(nearest("quantum", known), None);
        assert_eq!(nearest("", known), None);
    }
}
