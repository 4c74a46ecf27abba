//! How words are compared: without accents, without case, without apostrophes, letters that cannot be taken apart as people type
//! them on a keyboard without them, cut where letters and digits end. Scripts that put no blanks between words are cut into
//! overlapping pairs, so that a word is found wherever it stands in a clause. The script of the page does the very same with
//! what a visitor types.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, ready to compare.
pub(super) fn words(text: &str) -> Vec<String> {
    // Taken away before letters are taken apart, which would turn a lone acute into a space.
    let spoken = text.chars().filter(|character| !is_apostrophe(*character));
    let plain: String = spoken.nfkd().filter(|one| !is_combining_mark(*one) && !is_apostrophe(*one)).collect();
    let mut typed = String::with_capacity(plain.len());
    for character in plain.to_lowercase().chars() {
        match plainly(character) {
            Some(letters) => typed.push_str(letters),
            None => typed.push(character),
        }
    }
    // Korean syllables were taken apart with the accents, and are put together again.
    let typed: String = typed.nfc().collect();
    typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).flat_map(pieces).collect()
}

/// Whatever a keyboard or a typesetter puts in O'Brien.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‛' | '´' | '`' | 'ʼ' | 'ʻ' | '′')
}

/// What people type for a small letter that is no letter with a mark.
fn plainly(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ł' | 'ƚ' => "l",
        'ø' | 'ɵ' => "o",
        'đ' | 'ð' | 'ɗ' => "d",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ƙ' => "k",
        'ɓ' | 'ƀ' => "b",
        'ƴ' => "y",
        'ə' | 'ǝ' => "e",
        'ʉ' => "u",
        'ƶ' => "z",
        'ǥ' => "g",
        'ς' => "σ",
        _ => return None,
    })
}

/// Whether a script is written without blanks between words, or, as Korean, with endings that grow on them: Thai, Lao, Burmese,
/// Khmer, kana, Han, Hangul.
fn is_dense(character: char) -> bool {
    matches!(
        character,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
    )
}

/// A word, cut where a dense script begins or ends; what is in one, as pairs. The last character stands alone, too: whoever types
/// one alone finds whatever begins with it.
fn pieces(word: &str) -> Vec<String> {
    if !word.chars().any(is_dense) {
        return vec![word.to_owned()];
    }
    let characters: Vec<char> = word.chars().collect();
    let runs = characters.chunk_by(|one, other| is_dense(*one) == is_dense(*other));
    let cut = |run: &[char]| match run.first().is_some_and(|first| is_dense(*first)) {
        true => pairs(run),
        false => vec![run.iter().collect()],
    };
    runs.flat_map(cut).collect()
}

fn pairs(run: &[char]) -> Vec<String> {
    (0..run.len()).map(|at| run.iter().skip(at).take(2).collect()).collect()
}

/// Whether a word that somebody typed finds a word of a text: whole, or, from three characters on and in a dense script, its
/// beginning.
#[cfg(test)]
pub(super) fn finds(typed: &str, word: &str) -> bool {
    let is_beginning = typed.chars().count() > 2 || typed.chars().all(is_dense);
    if is_beginning { word.starts_with(typed) } else { typed == word }
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

    #[test]
    fn letters_that_cannot_be_taken_apart_are_found_as_they_are_typed() {
        for (written, typed) in [
            ("Łukasz", "lukasz"),
            ("SØREN Bjørnø", "soren bjorno"),
            ("Straße STRASSE straẞe", "strasse strasse strasse"),
            ("Đặng Đỗ", "dang do"),
            ("Æsa Œuvre Þór Guðrún", "aesa oeuvre thor gudrun"),
            ("Işık İpek", "isik ipek"),
            ("Ħal Għarghur", "hal gharghur"),
            ("Ŋaro Ŧaŋa", "naro tana"),
            ("Əli Ɓala Ɗan Ƙano", "eli bala dan kano"),
        ] {
            assert_eq!(words(written), typed.split(' ').collect::<Vec<_>>(), "{written}");
        }
    }

    #[test]
    fn a_script_without_blanks_is_cut_into_pairs() {
        assert_eq!(words("我喜欢"), ["我喜", "喜欢", "欢"]);
        assert_eq!(words("李"), ["李"]);
        assert_eq!(words("BTS팬 42歳"), ["bts", "팬", "42", "歳"]);
        assert_eq!(words("클래식음악"), ["클래", "래식", "식음", "음악", "악"]);
        assert_eq!(words("ガラス"), words("カラス"), "a voiced kana is a kana with a mark");
    }
}
