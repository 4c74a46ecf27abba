//! What a row of a table says of a place.

use super::columns::Columns;
use super::ids::folded;

/// A place as a row has it.
pub(super) struct Wanted {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) other_names: Vec<String>,
    pub(super) code: String,
    pub(super) town: String,
    /// Where letters go; empty where the row does not say.
    pub(super) address: Vec<String>,
    /// Where it stands.
    pub(super) visiting_address: Vec<String>,
}

impl Wanted {
    /// Reads a row, or says why it cannot be used.
    pub(super) fn of(columns: &Columns, cells: &[String], width: usize) -> Result<Self, String> {
        if cells.iter().all(String::is_empty) {
            return Err("the row is empty".to_owned());
        }
        if cells.len() != width {
            let hint = "a comma inside a cell needs quotation marks round the cell";
            return Err(format!("the row has {} cells, and the first line has {width}: {hint}", cells.len()));
        }
        let cell = |key: &str| columns.cell(cells, key);
        let line = |key: &str| cell(key).replace('\n', " ");
        if line("name").is_empty() {
            return Err("the name is missing".to_owned());
        }
        if line("city").is_empty() {
            return Err("the city is missing".to_owned());
        }
        Ok(Self {
            id: line("id"),
            name: line("name"),
            other_names: pieces(&cell("other_names")),
            code: line("code"),
            town: line("city"),
            address: mail_address(&cell)?,
            visiting_address: visiting_address(&cell),
        })
    }
}

/// Several things in one cell.
fn pieces(cell: &str) -> Vec<String> {
    let pieces = cell.split([';', '|', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.fold(Vec::new(), |mut all, piece| {
        if !all.iter().any(|known: &String| folded(known) == folded(piece)) {
            all.push(piece.to_owned());
        }
        all
    })
}

/// `Iowa Park, TX 76367`, of what there is.
fn last_line(city: &str, state: &str, zip: &str) -> String {
    let behind = [state, zip].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    [city, &behind].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Some lists repeat the name in place of a street.
fn visiting_address(cell: &impl Fn(&str) -> String) -> Vec<String> {
    let name = folded(&cell("name"));
    let mut lines: Vec<String> = pieces(&cell("street")).into_iter().filter(|line| folded(line) != name).collect();
    if !lines.is_empty() {
        lines.push(last_line(&cell("city"), &cell("state"), &cell("zip")));
    }
    lines
}

fn mail_address(cell: &impl Fn(&str) -> String) -> Result<Vec<String>, String> {
    let mut lines = pieces(&cell("mail.street"));
    if lines.is_empty() {
        return Ok(lines);
    }
    if let Some(missing) = ["mail.city", "mail.state", "mail.zip"].into_iter().find(|key| cell(key).is_empty()) {
        return Err(format!("the mail address has no {missing}: a letter needs it whole"));
    }
    lines.push(last_line(&cell("mail.city"), &cell("mail.state"), &cell("mail.zip")));
    Ok(lines)
}
