//! How personal post travels to people of an agency: the envelope's lines in the agency's own order, handling, rules, source.
//! A route without source and date of checking is refused.

use crate::checker::Checker;
use crate::kinds::Handling;
use crate::problem::{At, Problem, nearest, quoted};
use crate::words::Words;
use crate::yaml::{Entries, Text, as_written};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

as_written! {
    /// A route as written.
    pub struct RouteFile {
        /// First day.
        from: Text,
        /// Last day.
        until: Text,
        /// What becomes of a letter.
        handling: Text,
        /// The envelope's lines.
        lines: Vec<Text>,
        /// Mail-rule ids.
        rules: Vec<Text>,
        /// Most pages in one letter.
        pages: Text,
        /// Most photos in one letter.
        photos: Text,
        /// One more sentence that writers must know.
        note: Entries<Text>,
        /// Where this is said.
        source: Text,
        /// When somebody last looked.
        checked: Text,
    }
}

/// A route, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// First day it holds.
    pub from: Date,
    /// Last day it holds, if it has ended or will.
    pub until: Option<Date>,
    /// What becomes of a letter.
    pub handling: Handling,
    /// The envelope's lines, with placeholders.
    pub lines: Vec<Line>,
    /// Mail-rule ids.
    pub rules: Vec<String>,
    /// Most pages in one letter.
    pub pages: Option<u32>,
    /// Most photos in one letter.
    pub photos: Option<u32>,
    /// One more sentence that writers must know.
    pub note: Option<Words>,
    /// Where this is said.
    pub source: String,
    /// When somebody last looked.
    pub checked: Date,
}

impl Route {
    /// Whether the route holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

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

/// Checks a list of routes at the key `routes`.
pub(crate) fn check_routes(
    checker: &mut Checker,
    written: &[RouteFile],
    rules: &[String],
    languages: &[String],
    today: Date,
) -> Vec<Route> {
    let mut routes = Vec::new();
    for (index, file) in written.iter().enumerate() {
        let route = checker.within_item("routes", index, |checker| check_route(checker, file, rules, languages, today));
        routes.extend(route);
    }
    for (index, pair) in routes.windows(2).enumerate() {
        let [earlier, later] = pair else { continue };
        if later.from <= earlier.until.unwrap_or(earlier.from) {
            let at = At::Value(checker.path("routes").index(index + 1).key("from"));
            let message = format!("this route begins on `{}`, before the one above has ended", later.from);
            checker.note(
                Problem::new(at, "dates-out-of-order", message).help("give the one above an `until`, newest last"),
            );
        }
    }
    routes
}

fn check_route(
    checker: &mut Checker,
    file: &RouteFile,
    rules: &[String],
    languages: &[String],
    today: Date,
) -> Option<Route> {
    let from = checker.date("from", file.from.as_ref());
    let until = checker.optional_date("until", file.until.as_ref());
    checker.in_order(("from", from), ("until", until));
    let handling = checker.one_of("handling", file.handling.as_ref(), "handling", Handling::ALL);
    let lines = check_lines(checker, file.lines.as_ref());
    let rules = checker.known_list("rules", file.rules.as_ref(), "mail rule", &rules, 0..=20);
    let pages = file.pages.as_ref().and_then(|text| checker.number("pages", Some(text), 1..=100));
    let photos = file.photos.as_ref().and_then(|text| checker.number("photos", Some(text), 0..=100));
    let note = checker.optional_words("note", file.note.as_ref(), languages, 300);
    let (source, checked) = check_source(checker, file.source.as_ref(), file.checked.as_ref(), today);
    Some(Route {
        from: from?,
        until,
        handling: handling?,
        lines: lines?,
        rules,
        pages,
        photos,
        note,
        source: source?,
        checked: checked?,
    })
}

/// The pair that makes a fact a fact: where it is said, and when somebody last looked.
pub(crate) fn check_source(
    checker: &mut Checker,
    source: Option<&Text>,
    checked: Option<&Text>,
    today: Date,
) -> (Option<String>, Option<Date>) {
    let source = checker.web_address("source", source);
    let checked = checker.date("checked", checked);
    checker.not_after("checked", checked, today);
    (source, checked)
}

fn check_lines(checker: &mut Checker, written: Option<&Vec<Text>>) -> Option<Vec<Line>> {
    let texts = crate::site::lines(checker, "lines", written, 8)?;
    let mut lines = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match parse_line(text) {
            Ok(line) => lines.push(line),
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
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            let message = format!("a placeholder has no end in {}", quoted(text));
            return Err(BadLine { offending: "{".into(), message, help: "close it with }".into() });
        };
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(Piece::Slot(slot(name)?));
        rest = tail;
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
