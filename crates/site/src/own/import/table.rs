//! A table as spreadsheets write it: the first line names the columns.

use anyhow::{Result, bail};
use csv::{ReaderBuilder, Trim, Writer};
use schema::ground::failure::Failure;

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// What the columns are called.
    pub(super) heads: Vec<String>,
    /// The rows, in order.
    pub(super) rows: Vec<Row>,
}

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    /// The line on which it begins.
    pub(super) line: u64,
    /// Its cells, as many as it has.
    pub(super) cells: Vec<String>,
}

const AS_UTF8: &str = "save it again: in Excel as `CSV UTF-8`, elsewhere with the encoding UTF-8";

/// Reads a table, with commas, semicolons or tabs between its cells.
///
/// # Errors
/// What keeps it from being read at all, with the line, and how to mend it.
pub(super) fn read(bytes: &[u8]) -> Result<Table> {
    // Lines are counted as an editor shows them, whichever machine wrote them.
    let text = text_of(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.as_str();
    if text.trim().is_empty() {
        bail!(Failure::new("the file is empty").help("its first line names the columns, each further line is a place"));
    }
    if let Some(line) = open_quote(text) {
        let what = format!("line {line}: a quotation mark opens here and never closes");
        bail!(Failure::new(what).help("close it behind the cell, or delete it; a mark inside a cell is written twice"));
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text.lines().next().unwrap_or_default()))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    if rows.is_empty() {
        let help = "its first line names the columns, each further line is a place";
        bail!(Failure::new("the file has one line, which names the columns, and no place").help(help));
    }
    Ok(Table { heads, rows })
}

fn text_of(bytes: &[u8]) -> Result<&str> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        bail!(Failure::new("the file is saved as UTF-16").help(AS_UTF8));
    }
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    if bytes.contains(&0) {
        let help = "in a spreadsheet, save or export it as CSV";
        bail!(Failure::new("the file is no CSV: it holds bytes that no text has").help(help));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(format!("line {line}: a letter is not UTF-8")).help(AS_UTF8).into()
    })
}

/// What stands between the cells: whatever the line of heads has most of.
fn delimiter(heads: &str) -> u8 {
    let count = |delimiter: &u8| heads.bytes().filter(|byte| byte == delimiter).count();
    // Of several that are as frequent, the last counts: a comma, where there is none of any.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The line of a quotation mark that opens a cell and is never closed.
fn open_quote(text: &str) -> Option<usize> {
    let (mut line, mut opened, mut begins) = (1, None, true);
    for character in text.chars() {
        match character {
            '"' if opened.is_some() => opened = None,
            // Two in a row stand for one inside a cell: the second opens it again.
            '"' if begins => opened = Some(line),
            _ => {}
        }
        line += usize::from(character == '\n');
        begins = matches!(character, ',' | ';' | '\t' | '\n' | '\r' | '"') || begins && character == ' ';
    }
    opened
}

/// Columns that a table of rejected rows has at its end.
const ADDED: [&str; 2] = ["line", "why"];

/// The rows that were not taken, as they came, with line and reason: mended, that table can be imported itself.
pub(super) fn rejected(table: &Table, rows: &[(&Row, String)]) -> Result<Vec<u8>> {
    // A table that was rejected before has those columns already.
    let is_own = |at: &usize| !table.heads.get(*at).is_some_and(|head| ADDED.contains(&head.as_str()));
    let widest = rows.iter().map(|(row, _)| row.cells.len()).max().unwrap_or_default().max(table.heads.len());
    let own: Vec<usize> = (0..widest).filter(is_own).collect();
    let cells = |cells: &[String]| own.iter().map(|at| cells.get(*at).cloned().unwrap_or_default()).collect::<Vec<_>>();
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(cells(&table.heads).into_iter().chain(ADDED.map(str::to_owned)))?;
    for (row, why) in rows {
        writer.write_record(cells(&row.cells).into_iter().chain([row.line.to_string(), why.clone()]))?;
    }
    Ok(writer.into_inner()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes()).unwrap().rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let expected = [["North, Unit", "a \"b\"", "x"]];
        for text in [
            "name,city,zip\n\"North, Unit\",\"a \"\"b\"\"\",x\n",
            "\u{FEFF}name;city;zip\r\n\"North, Unit\";\"a \"\"b\"\"\";x\r\n",
            "name\tcity\tzip\n\"North, Unit\"\t\"a \"\"b\"\"\"\t x\n\n",
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
        assert_eq!(cells("name,city\nThe 5\" Unit,\"\"\n"), [["The 5\" Unit", ""]]);
        let lines: Vec<u64> =
            read(b"a,b\r\n1,\"x\r\ny\"\r\n2,z\r\n").unwrap().rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_line() {
        for (bytes, expected) in [
            (&b""[..], "the file is empty"),
            (b"\n \n", "the file is empty"),
            (b"name,city\n", "no place"),
            (b"name,city\nA,\"B\nC,D\n", "line 2: a quotation mark opens here"),
            (b"name,city\nA,B\n\"C,D\n\"E\",\"F\n", "line 4"),
            (b"name,city\nA,B\nCa\xf1on,D\n", "line 3: a letter is not UTF-8"),
            (b"\xff\xfen\0a\0", "UTF-16"),
            (b"PK\x03\x04\0\0", "no CSV"),
        ] {
            let error = read(bytes).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(error.downcast_ref::<Failure>().is_some_and(|failure| failure.help.is_some()), "{error}");
        }
    }
}
