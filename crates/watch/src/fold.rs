//! Text as it is compared: words without case, marks and ways of typing, each with the word that it stands in as it is shown.

use schema::ground::text::is_unwanted;
use unicode_normalization::UnicodeNormalization;

/// A text, as it is shown and as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// Words as they are shown.
    shown: Vec<String>,
    /// What is compared of each, with the place of the word.
    tokens: Vec<(String, usize)>,
}

impl Folded {
    /// A text, folded.
    pub(crate) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        for word in text.split_whitespace() {
            let clean: String = word.chars().filter(|c| !is_unwanted(*c)).collect();
            let tokens = tokens(&clean).into_iter().map(|token| (token, folded.shown.len()));
            folded.tokens.extend(tokens);
            folded.shown.push(clean);
        }
        folded
    }

    /// How many words there are to compare.
    pub(crate) fn count(&self) -> usize {
        self.tokens.len()
    }

    /// The words to compare.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &str> + Clone {
        self.tokens.iter().map(|(token, _)| token.as_str())
    }

    /// The text from one of the compared words to another, as it is shown.
    pub(crate) fn shown(&self, from: usize, to: usize) -> String {
        let place = |at: usize| self.tokens.get(at).map(|(_, place)| *place);
        let (Some(first), Some(last)) = (place(from), place(to)) else { return String::new() };
        self.shown.get(first..=last).unwrap_or_default().join(" ")
    }
}

/// Runs of letters and digits, and signs of money and parts: a price is another one in another currency.
fn tokens(word: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    for character in word.nfkc().flat_map(char::to_lowercase) {
        match character {
            '$' | '€' | '£' | '¢' | '%' => tokens.extend([character.to_string(), String::new()]),
            letter if letter.is_alphanumeric() => tokens.last_mut().into_iter().for_each(|token| token.push(letter)),
            _ => tokens.push(String::new()),
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Folded::of(text).tokens().map(str::to_owned).collect()
    }

    #[test]
    fn case_quotes_dashes_and_blanks_make_no_difference() {
        let plain = words("the inmate's \"full\" name - PO Box 1, 75266-0400");
        assert_eq!(words("The  INMATE’s “full”\u{a0}na\u{ad}me — PO Box\n1, 75266–0400"), plain);
        assert_ne!(words("PO Box 2"), words("PO Box 1"));
        assert_ne!(words("$0.25"), words("€0.25"));
    }

    #[test]
    fn a_passage_is_shown_as_it_stands() {
        let text = Folded::of("A message costs “$0.30”, per page. No more.");
        assert_eq!(text.shown(1, 7), "message costs “$0.30”, per page.");
    }
}
