//! The lines of an envelope as an agency orders them: words and placeholders, one form for everybody it holds.

use crate::ground::key_path::KeyPath;
use crate::ground::nearest::nearest;
use crate::ground::post_text::unreadable;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::record::rule::rule;
use crate::yaml::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One line of an envelope: words and placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line(pub Vec<Piece>);

/// A piece of an envelope's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Words that stand as they are.
    Words(String),
    /// Something of the person or the facility.
    Slot(Slot),
}

/// What an envelope's line may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// The name the facility wants.
    MailName,
    /// The same as `Last, First`.
    LastFirst,
    /// The number.
    Number,
    /// What the agency calls the number.
    NumberLabel,
    /// The facility's name.
    Facility,
    /// The agency's own code of the facility.
    FacilityCode,
    /// Unit or bed.
    Housing,
    /// The facility's post lines; alone on its line.
    FacilityAddress,
}

impl Slot {
    const ALL: [(&'static str, Slot); 8] = [
        ("mail_name", Slot::MailName),
        ("last_first", Slot::LastFirst),
        ("number", Slot::Number),
        ("number_label", Slot::NumberLabel),
        ("facility", Slot::Facility),
        ("facility_code", Slot::FacilityCode),
        ("housing", Slot::Housing),
        ("facility_address", Slot::FacilityAddress),
    ];
}

rule!(
    /// The lines of an envelope. Rules: `unknown-placeholder`, `unreadable-by-post`, `incomplete-lines`.
    EnvelopeLines: Vec<Text> => Vec<Line>,
    format!("a list of 1 to {MOST_LINES} lines, in the agency's own order"),
    check_lines
);

const MOST_LINES: usize = 8;

fn check_lines(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<Text>>) -> Option<Vec<Line>> {
    let texts = crate::record::lines::lines(checker, key, written, MOST_LINES)?;
    let mut lines = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match parse_line(text) {
            Ok(line) => {
                let path = checker.path(key).index(index);
                line.words().for_each(|words| note_unreadable(checker, &path, words));
                lines.push(line);
            }
            Err(problem) => {
                let at = At::Within(checker.path(key).index(index), problem.offending.clone());
                let noted = Problem::new(at, "unknown-placeholder", problem.message);
                checker.note(noted.help(problem.help));
            }
        }
    }
    let slots: Vec<Slot> = lines.iter().flat_map(Line::slots).collect();
    let named = slots.iter().any(|slot| matches!(slot, Slot::MailName | Slot::LastFirst));
    if lines.len() == texts.len() && !(named && slots.contains(&Slot::Number)) {
        let help = "write {mail_name} or {last_first}, and {number}, where the agency wants them";
        checker.wrong(key, "incomplete-lines", "an envelope needs the person's name and number", Some(help.into()));
    }
    (lines.len() == texts.len()).then_some(lines)
}

/// Notes lines of routes that ask for a label which nobody has said: rule `no-number-label`.
pub(crate) fn note_no_label(checker: &mut Checker<'_>, route: usize, lines: &[Text]) {
    let asks = |line: &Text| parse_line(line.as_str()).is_ok_and(|line| line.slots().contains(&Slot::NumberLabel));
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| asks(line)) {
        let path = checker.path("routes").index(route).key("lines").index(index);
        let at = At::Within(path, "{number_label}".into());
        let problem = Problem::new(at, "no-number-label", "the agency has no `number` whose label could stand here");
        checker.note(problem.help("give the agency a `number` with its `label`, or take {number_label} out"));
    }
}

/// Notes the first character of words on an envelope that the post cannot read.
pub(crate) fn note_unreadable(checker: &mut Checker<'_>, path: &KeyPath, words: &str) {
    if let Some(found) = unreadable(words) {
        let message =
            format!("the post cannot read {} (`U+{:04X}`) on an envelope", quoted(&found.to_string()), found as u32);
        let problem = Problem::new(At::Within(path.clone(), found.into()), "unreadable-by-post", message);
        checker.note(problem.help("write it in Latin letters, digits and plain marks; accents may stay"));
    }
}

impl fmt::Display for Line {
    /// As it stands in a file.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Words(words) => out.write_str(words),
            Piece::Slot(slot) => {
                let name = Slot::ALL.iter().find(|(_, known)| known == slot).map_or("", |(name, _)| name);
                write!(out, "{{{name}}}")
            }
        })
    }
}

impl Line {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.as_str()),
            Piece::Slot(_) => None,
        })
    }

    /// The placeholders of the line, in order.
    pub fn slots(&self) -> Vec<Slot> {
        self.0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Slot(slot) => Some(*slot),
                Piece::Words(_) => None,
            })
            .collect()
    }
}

struct BadLine {
    offending: String,
    message: String,
    help: String,
}

fn parse_line(text: &str) -> Result<Line, BadLine> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let stray = || BadLine {
        offending: "}".into(),
        message: format!("a placeholder has no beginning in {}", quoted(text)),
        help: "write { before its name, or take the } out".into(),
    };
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            let message = format!("a placeholder has no end in {}", quoted(text));
            return Err(BadLine { offending: "{".into(), message, help: "close it with }".into() });
        };
        if before.contains('}') {
            return Err(stray());
        }
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(Piece::Slot(slot(name)?));
        rest = tail;
    }
    if rest.contains('}') {
        return Err(stray());
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    let line = Line(pieces);
    if line.0.len() > 1 && line.slots().contains(&Slot::FacilityAddress) {
        let message = format!("{} must stand alone on its line", quoted("{facility_address}"));
        return Err(BadLine {
            offending: "{facility_address}".into(),
            message,
            help: "give it a line of its own".into(),
        });
    }
    Ok(line)
}

fn slot(name: &str) -> Result<Slot, BadLine> {
    let found = Slot::ALL.iter().find(|(known, _)| *known == name).map(|(_, slot)| *slot);
    found.ok_or_else(|| {
        let names = Slot::ALL.map(|(known, _)| known);
        let help = match nearest(name, names) {
            Some(near) => format!("did you mean {{{near}}}?"),
            None => format!("known: {}", names.join(", ")),
        };
        BadLine {
            offending: format!("{{{name}}}"),
            message: format!("there is no placeholder {}", quoted(&format!("{{{name}}}"))),
            help,
        }
    })
}
