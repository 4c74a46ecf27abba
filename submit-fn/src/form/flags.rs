//! What an editor should look at twice. Nothing here ever drops a submission.

use crate::http::admitted::Admitted;
use jiff::{SignedDuration, Timestamp};
use schema::form::{Kind, Question, TRAP};
use schema::submission::kinds::Flag;

/// Nobody reads a page of answers in less.
const MOMENT: SignedDuration = SignedDuration::from_secs(2);

/// More links than anybody needs to say what happened.
const MANY_LINKS: usize = 8;

/// The flags of answers that are about to be stored.
pub(crate) fn flags(admitted: &Admitted<'_>, sealed_at: Timestamp, now: Timestamp) -> Vec<Flag> {
    let (answers, is_line) = (&admitted.answers, |question: &&Question| question.kind == Kind::Line);
    let lines = admitted.form.questions().filter(is_line);
    let mixed = lines.flat_map(|question| answers.all(&question.name)).any(mixes_scripts);
    let found = [
        (Flag::Honeypot, !answers.one(TRAP).is_empty()),
        (Flag::Hurried, now.duration_since(sealed_at) < MOMENT),
        (Flag::Links, answers.iter().map(|(_, value)| links(value)).sum::<usize>() > MANY_LINKS),
        (Flag::MixedScripts, mixed),
        (Flag::NoOrigin, admitted.is_silent),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).collect()
}

fn links(text: &str) -> usize {
    let folded = text.to_lowercase();
    ["http://", "https://", "www."].iter().map(|mark| folded.matches(mark).count()).sum()
}

/// Whether one word holds letters of two alphabets whose letters look alike.
fn mixes_scripts(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let has = |is: fn(u32) -> bool| word.chars().any(|letter| letter.is_alphabetic() && is(u32::from(letter)));
        let latin = has(|code| code < 0x250 || (0x1E00..0x1F00).contains(&code));
        let greek = has(|code| (0x370..0x400).contains(&code) || (0x1F00..0x2000).contains(&code));
        let cyrillic = has(|code| (0x400..0x530).contains(&code));
        usize::from(latin) + usize::from(greek) + usize::from(cyrillic) > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_seen_and_names_of_one_script_left_alone() {
        assert!(mixes_scripts("\u{430}dmin"));
        assert!(mixes_scripts("Ma\u{3B1}rcus T."));
        for name in ["O’Brien-Ng\u{303}uyễn", "X Æ A-12", "Александр", "Γιώργος Parker", "محمد", "漢字"]
        {
            assert!(!mixes_scripts(name), "{name}");
        }
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        assert_eq!(links("HTTPS://a.org http://b.org www.c.org"), 3);
    }
}
