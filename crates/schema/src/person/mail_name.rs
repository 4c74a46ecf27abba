//! The name on an envelope, in the order that an agency wants. Whoever wrote it may have put the last name first, with a comma,
//! and a Jr. anywhere; where that can be read in two ways the answer is none, and the page asks instead.
//!
//! One form is printed: `First Last, Jr.` where the first name comes first and the parts had to be turned, the name as it was
//! written where they had not, and `Last Jr., First` where the last name comes first.

/// What may follow a last name and belongs to it, without dots and in small letters.
const SUFFIXES: [&str; 13] = ["jr", "jnr", "sr", "snr", "ii", "iii", "iv", "v", "vi", "vii", "viii", "esq", "esquire"];

/// What follows a name with a comma and is no part of it that an envelope needs.
const TITLES: [&str; 10] = ["md", "phd", "dds", "jd", "rn", "lpn", "cpa", "mr", "mrs", "ms"];

/// With a full stop, behind a first name, it is no fifth of that name.
const INITIAL: &str = "V.";

fn bare(word: &str) -> String {
    word.replace('.', "").to_lowercase()
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&bare(word).as_str())
}

/// Words that cannot be a part of a name that is turned: a title, or anything without a letter.
fn is_stray(word: &str) -> bool {
    TITLES.contains(&bare(word).as_str())
        || !word.chars().any(char::is_alphabetic)
        || word.chars().any(char::is_numeric)
}

/// A name in its parts.
struct Parts {
    /// First names and initials; empty where there is only one name.
    given: String,
    /// The last name; absent where nobody can tell where it begins.
    last: Option<String>,
    /// `Jr.` and its like.
    suffix: Option<String>,
    /// The name as it is written where the first name comes first already.
    natural: Option<String>,
}

/// `Thompson, Marcus Lee, Jr.` as `Marcus Lee Thompson, Jr.`; a name whose first name comes first stays as it is.
pub fn first_last(name: &str) -> Option<String> {
    let Parts { given, last, suffix, natural } = parts(name)?;
    natural.or_else(|| Some(with_suffix(&format!("{given} {}", last?), ", ", suffix.as_deref())))
}

/// `Marcus Thompson Jr` as `Thompson Jr, Marcus`. Of three names or more nobody can tell where the last name begins, unless
/// the name is written with a comma.
pub fn last_first(name: &str) -> Option<String> {
    let Parts { given, last, suffix, .. } = parts(name)?;
    let last = with_suffix(&last?, " ", suffix.as_deref());
    Some(if given.is_empty() { last } else { format!("{last}, {given}") })
}

fn with_suffix(name: &str, between: &str, suffix: Option<&str>) -> String {
    suffix.map_or_else(|| name.to_owned(), |suffix| format!("{name}{between}{suffix}"))
}

fn parts(name: &str) -> Option<Parts> {
    let words: Vec<Vec<&str>> =
        name.trim_end_matches([',', ' ']).split(',').map(|part| part.split_whitespace().collect()).collect();
    match words.as_slice() {
        [whole] => natural(whole, &[]),
        [whole, tail] if all_suffixes(tail) => natural(whole, tail),
        [last, given] => turned(last, given, &[]),
        [last, given, tail] if all_suffixes(tail) => turned(last, given, tail),
        _ => None,
    }
}

fn all_suffixes(words: &[&str]) -> bool {
    !words.is_empty() && words.iter().all(|word| is_suffix(word))
}

/// A name whose first name comes first, with what stood behind its comma.
fn natural(whole: &[&str], tail: &[&str]) -> Option<Parts> {
    let behind = (!tail.is_empty()).then(|| tail.join(" "));
    let written = with_suffix(&whole.join(" "), ", ", behind.as_deref());
    let (names, own) = match whole {
        [names @ .., last] if names.len() > 1 && is_suffix(last) => (names, Some(*last)),
        _ => (whole, None),
    };
    let (given, last) = match names {
        [only] if tail.is_empty() => (String::new(), Some((*only).to_owned())),
        [first, last] => ((*first).to_owned(), Some((*last).to_owned())),
        [] | [_] => return None,
        _ => (String::new(), None),
    };
    if own.is_some() && behind.is_some() {
        return None;
    }
    Some(Parts { given, last, suffix: own.map(str::to_owned).or(behind), natural: Some(written) })
}

/// A name whose last name comes first, before a comma.
fn turned(last: &[&str], given: &[&str], tail: &[&str]) -> Option<Parts> {
    let (last, of_last) = without_suffix(last)?;
    let (given, of_given) = if given.last() == Some(&INITIAL) { (given, None) } else { without_suffix(given)? };
    // A `V` behind a first name may be its initial.
    if of_given.is_some_and(|suffix| bare(suffix) == "v") {
        return None;
    }
    let behind = (!tail.is_empty()).then(|| tail.join(" "));
    let mut suffixes = [of_last.map(str::to_owned), of_given.map(str::to_owned), behind].into_iter().flatten();
    let suffix = suffixes.next();
    if suffixes.next().is_some()
        || last.iter().chain(given).any(|word| is_stray(word) || (is_suffix(word) && *word != INITIAL))
    {
        return None;
    }
    Some(Parts { given: given.join(" "), last: Some(last.join(" ")), suffix, natural: None })
}

/// The words of a part and the suffix at their end; none where no word is left.
fn without_suffix<'a, 'b>(words: &'b [&'a str]) -> Option<(&'b [&'a str], Option<&'a str>)> {
    match words {
        [] => None,
        [names @ .., last] if is_suffix(last) => (!names.is_empty()).then_some((names, Some(*last))),
        _ => Some((words, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, with the first name first and with the last name first; a dash where it is not known.
    const NAMES: &[(&str, &str, &str)] = &[
        ("Marcus Thompson", "Marcus Thompson", "Thompson, Marcus"),
        ("Marcus Thompson Jr.", "Marcus Thompson Jr.", "Thompson Jr., Marcus"),
        ("Marcus Thompson, Jr.", "Marcus Thompson, Jr.", "Thompson Jr., Marcus"),
        ("Marcus Thompson, III", "Marcus Thompson, III", "Thompson III, Marcus"),
        ("Marcus Thompson, V", "Marcus Thompson, V", "Thompson V, Marcus"),
        ("Marcus Thompson V", "Marcus Thompson V", "Thompson V, Marcus"),
        ("Marcus Thompson, ESQ", "Marcus Thompson, ESQ", "Thompson ESQ, Marcus"),
        ("Thompson, Marcus, Jr.", "Marcus Thompson, Jr.", "Thompson Jr., Marcus"),
        ("Thompson, Marcus Jr", "Marcus Thompson, Jr", "Thompson Jr, Marcus"),
        ("Thompson Jr, Marcus Lee", "Marcus Lee Thompson, Jr", "Thompson Jr, Marcus Lee"),
        ("Thompson SR., Marcus", "Marcus Thompson, SR.", "Thompson SR., Marcus"),
        ("Thompson, Marcus, V", "Marcus Thompson, V", "Thompson V, Marcus"),
        ("Thompson,Marcus", "Marcus Thompson", "Thompson, Marcus"),
        ("Thompson,  Marcus ,", "Marcus Thompson", "Thompson, Marcus"),
        ("Marcus  Thompson,", "Marcus Thompson", "Thompson, Marcus"),
        ("de la Cruz, María José", "María José de la Cruz", "de la Cruz, María José"),
        ("María de la Cruz", "María de la Cruz", "-"),
        ("Marcus Lee Thompson, IV", "Marcus Lee Thompson, IV", "-"),
        ("Prince", "Prince", "Prince"),
        ("Marcus V", "Marcus V", "V, Marcus"),
        ("Thompson, Marcus V", "-", "-"),
        ("Thompson, Marcus V.", "Marcus V. Thompson", "Thompson, Marcus V."),
        ("Thompson, V.", "-", "-"),
        ("V., Marcus", "-", "-"),
        ("Thompson, Jr.", "-", "-"),
        ("Thompson Jr, Marcus III", "-", "-"),
        ("Thompson Jr., Marcus, Sr.", "-", "-"),
        ("Marcus Thompson Jr, II", "-", "-"),
        ("Marcus Thompson, MD", "-", "-"),
        ("Marcus Thompson, 2nd", "-", "-"),
        ("Thompson, Marcus, Lee", "-", "-"),
        ("Thompson, Marcus, Jr, Esq", "-", "-"),
        ("Thompson,, Marcus", "-", "-"),
        (", Marcus", "-", "-"),
        ("Jr., Marcus", "-", "-"),
        (",", "-", "-"),
        ("", "-", "-"),
    ];

    #[test]
    fn a_name_is_turned_or_asked_for_and_never_guessed() {
        for (name, first, last) in NAMES {
            assert_eq!(first_last(name).as_deref().unwrap_or("-"), *first, "{name}, first name first");
            assert_eq!(last_first(name).as_deref().unwrap_or("-"), *last, "{name}, last name first");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_of_a_name_is_lost(name in "[A-Za-zé'., ]{0,40}|(Thompson|Jr\\.|V|, |Marcus| ){0,8}") {
            for turned in [first_last(&name), last_first(&name)].into_iter().flatten() {
                let words = |text: &str| {
                    let mut words: Vec<String> = text.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
                    words.sort();
                    words
                };
                proptest::prop_assert_eq!(words(&turned), words(&name));
            }
        }
    }
}
