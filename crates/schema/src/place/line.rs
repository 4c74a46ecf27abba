//! The lines of an envelope as an agency orders them: words and placeholders, one form for everybody it holds.

use crate::ground::key_path::KeyPath;
use crate::ground::nearest::nearest;
use crate::ground::post_text::unreadable;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::yaml::Text;
use serde::{Deserialize, Serialize};

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
    /// Unit or bed.
    Housing,
    /// The facility's post lines; alone on its line.
    FacilityAddress,
}

impl Slot {
    const ALL: [(&'static str, Slot); 7] = [
        ("mail_name", Slot::MailName),
        ("last_first", Slot::LastFirst),
        ("number", Slot::Number),
        ("number_label", Slot::NumberLabel),
        ("facility", Slot::Facility),
        ("housing", Slot::Housing),
        ("facility_address", Slot::FacilityAddress),
    ];
}

/// Reads the lines at the key `lines`. Rules: `unknown-placeholder`, `unreadable-by-post`, `no-number-label`, `incomplete-lines`.
pub(crate) fn check_lines(checker: &mut Checker, written: Option<&Vec<Text>>, labelled: bool) -> Option<Vec<Line>> {
    let texts = crate::record::lines::lines(checker, "lines", written, 8)?;
    let mut lines = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match parse_line(text) {
            Ok(line) => {
                check_line(checker, index, &line, labelled);
                lines.push(line);
            }
            Err(problem) => {
                let at = At::Within(checker.path("lines").index(index), problem.offending.clone());
                let noted = Problem::new(at, "unknown-placeholder", problem.message);
                checker.note(noted.help(problem.help));
            }
        }
    }
    let slots: Vec<Slot> = lines.iter().flat_map(Line::slots).collect();
    let named = slots.iter().any(|slot| matches!(slot, Slot::MailName | Slot::LastFirst));
    if lines.len() == texts.len() && !(named && slots.contains(&Slot::Number)) {
        let help = "write {mail_name} or {last_first}, and {number}, where the agency wants them";
        checker.wrong("lines", "incomplete-lines", "an envelope needs the person's name and number", Some(help.into()));
    }
    (lines.len() == texts.len()).then_some(lines)
}

/// What one line may not hold: characters that the post cannot read, and a label that nobody has said.
fn check_line(checker: &mut Checker, index: usize, line: &Line, labelled: bool) {
    let path = checker.path("lines").index(index);
    for piece in &line.0 {
        match piece {
            Piece::Words(words) => note_unreadable(checker, &path, words),
            Piece::Slot(Slot::NumberLabel) if !labelled => {
                let at = At::Within(path.clone(), "{number_label}".into());
                let problem =
                    Problem::new(at, "no-number-label", "the agency has no `number` whose label could stand here");
                checker.note(problem.help("give the agency a `number` with its `label`, or take {number_label} out"));
            }
            Piece::Slot(_) => {}
        }
    }
}

/// Notes the first character of words on an envelope that the post cannot read.
pub(crate) fn note_unreadable(checker: &mut Checker, path: &KeyPath, words: &str) {
    if let Some(found) = unreadable(words) {
        let message =
            format!("the post cannot read {} (`U+{:04X}`) on an envelope", quoted(&found.to_string()), found as u32);
        let problem = Problem::new(At::Within(path.clone(), found.into()), "unreadable-by-post", message);
        checker.note(problem.help("write it in Latin letters, digits and plain marks; accents may stay"));
    }
}

impl Line {
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
