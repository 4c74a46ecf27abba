//! Text as the post can read it on an envelope.

/// The first character of a line that the post cannot read.
pub(crate) fn unreadable(line: &str) -> Option<char> {
    plain_line(line).err()
}

/// A line as the post can read it: typists' quotes, dashes and spaces made plain, Latin letters with any accents kept.
pub(crate) fn plain_line(line: &str) -> Result<String, char> {
    line.chars()
        .map(|character| match character {
            '\u{2018}' | '\u{2019}' | '\u{02BB}' | '\u{02BC}' => Ok('\''),
            '\u{201C}' | '\u{201D}' => Ok('"'),
            '\u{2010}'..='\u{2014}' => Ok('-'),
            '\u{00A0}' | '\u{202F}' => Ok(' '),
            ' '..='~' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => Ok(character),
            other => Err(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_typists_make_is_plain_and_other_scripts_are_named() {
        assert_eq!(plain_line("O’Brien–Nguyễn\u{a0}#7").as_deref(), Ok("O'Brien-Nguyễn #7"));
        assert_eq!(plain_line("Kaʻahumanu Oʼahu").as_deref(), Ok("Ka'ahumanu O'ahu"));
        assert_eq!(plain_line("漢字"), Err('漢'));
        assert_eq!(plain_line("Ana 🌻"), Err('🌻'));
    }
}
