//! How words are compared: without accents, without case, without apostrophes, cut where letters and digits end. The script of
//! the page does the very same with what a visitor types.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, ready to compare.
pub(super) fn words(text: &str) -> Vec<String> {
    // Taken away before letters are taken apart, which would turn a lone acute into a space.
    let spoken = text.chars().filter(|character| !is_apostrophe(*character));
    let plain: String = spoken.nfkd().filter(|one| !is_combining_mark(*one) && !is_apostrophe(*one)).collect();
    let plain = plain.to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whatever a keyboard or a typesetter puts in O'Brien.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‛' | '´' | '`' | 'ʼ' | 'ʻ' | '′')
}

/// Whether a word that somebody typed finds a word of a text: whole, or, from three characters on, its beginning.
#[cfg(test)]
pub(super) fn finds(typed: &str, word: &str) -> bool {
    if typed.chars().count() < 3 { typed == word } else { word.starts_with(typed) }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn accents_case_and_apostrophes_do_not_count() {
        assert_eq!(words("Cuénteme de su JARDÍN, Muñoz!"), ["cuenteme", "de", "su", "jardin", "munoz"]);
        assert_eq!(words("Don’t don't, hip-hop 42"), ["dont", "dont", "hip", "hop", "42"]);
        for name in ["O'Brien", "O’Brien", "O‘Brien", "O´Brien", "O`Brien", "Oʼbrien", "O＇Brien", "OBRIEN"] {
            assert_eq!(words(name), ["obrien"], "{name}");
        }
        assert_eq!(words("“José” … ¿? — !"), ["jose"]);
        assert_eq!(words("ﬁsh ＡＢＣ"), ["fish", "abc"]);
    }
}
