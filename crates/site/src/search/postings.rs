//! Lists of people as numbers in few bytes: as printable text inside JSON, which servers compress, and as bytes in files that
//! are read piece by piece and so cannot be compressed.

/// Numbers below this take one character.
const LOW: usize = 60;
/// What a leading character stands for.
const HIGH: usize = 31;

/// A number as printable characters: leading digits to base 31, then one to base 60.
pub(super) fn push_number(text: &mut String, number: usize) {
    if number < LOW {
        push_digit(text, number);
        return;
    }
    let (mut rest, low) = ((number - LOW) / LOW, (number - LOW) % LOW);
    let mut digits = vec![rest % HIGH];
    while rest >= HIGH {
        rest /= HIGH;
        digits.push(rest % HIGH);
    }
    for digit in digits.into_iter().rev() {
        push_digit(text, LOW + digit);
    }
    push_digit(text, low);
}

/// Ninety-one characters of ASCII that JSON leaves alone.
fn push_digit(text: &mut String, digit: usize) {
    let code = 35 + digit + usize::from(digit >= 57);
    text.extend(u8::try_from(code).ok().map(char::from));
}

/// Rising numbers as gaps. Of more than half, those that are missing are named instead, after a `!`.
pub(super) fn printable(numbers: &[u32], of: usize) -> String {
    let mut text = String::new();
    if numbers.len() * 2 <= of {
        push_gaps(&mut text, numbers.iter().copied());
        return text;
    }
    text.push('!');
    let mut there = numbers.iter().copied().peekable();
    let missing = (0..u32::try_from(of).unwrap_or(u32::MAX)).filter(|number| there.next_if_eq(number).is_none());
    push_gaps(&mut text, missing);
    text
}

fn push_gaps(text: &mut String, numbers: impl Iterator<Item = u32>) {
    let mut next = 0;
    for number in numbers {
        push_number(text, (number - next) as usize);
        next = number + 1;
    }
}

/// Numbers, whatever their order.
pub(super) fn printable_numbers(numbers: impl Iterator<Item = usize>) -> String {
    let mut text = String::new();
    numbers.for_each(|number| push_number(&mut text, number));
    text
}

/// Rising numbers as bytes: a 0 and gaps in sevens of bits, or a 1 and a bit for each, whichever is shorter.
pub(super) fn bytes(numbers: &[u32], of: usize) -> Vec<u8> {
    let mut gaps = vec![0];
    let mut next = 0;
    for number in numbers {
        let mut gap = number - next;
        next = number + 1;
        while gap >= 128 {
            gaps.push(u8::try_from(gap % 128).unwrap_or(0) | 128);
            gap /= 128;
        }
        gaps.push(u8::try_from(gap).unwrap_or(0));
    }
    if gaps.len() <= 1 + of.div_ceil(8) {
        return gaps;
    }
    let mut bits = vec![1];
    bits.resize(1 + of.div_ceil(8), 0);
    for number in numbers {
        if let Some(byte) = bits.get_mut(1 + (*number / 8) as usize) {
            *byte |= 1 << (number % 8);
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_left_alone_by_json() {
        let text = printable_numbers([0, 56, 57, 59, 60, 119, 120, 1_919, 1_920, 100_000, 9_999_999].into_iter());
        assert_eq!(serde_json::to_string(&text).unwrap(), format!("\"{text}\""));
        assert!(text.is_ascii());
    }

    #[test]
    fn a_list_of_most_names_those_who_are_missing() {
        assert_eq!(printable(&[0, 1, 3, 4], 5), format!("!{}", printable(&[2], 5)));
        assert_eq!(printable(&[0, 1, 2], 3), "!");
    }

    #[test]
    fn bytes_are_the_shorter_of_two_forms() {
        assert_eq!(bytes(&[3, 200], 1_000), [0, 3, 196, 1]);
        assert_eq!(bytes(&[0, 1, 2, 3, 4, 5, 6, 7, 9], 16), [1, 255, 2]);
    }
}
