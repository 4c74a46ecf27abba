//! Which column of a table says what.

use anyhow::{Result, bail};
use schema::ground::failure::Failure;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use std::collections::BTreeMap;

/// What a column can say, each with other words for it.
const KEYS: [(&str, &[&str]); 12] = [
    ("id", &[]),
    ("name", &[]),
    ("other_names", &["other names"]),
    ("code", &[]),
    ("city", &["place"]),
    ("state", &[]),
    ("zip", &[]),
    ("street", &["visiting_address"]),
    ("mail.street", &[]),
    ("mail.city", &[]),
    ("mail.state", &[]),
    ("mail.zip", &[]),
];

/// A mail address is used whole or not at all.
const MAIL: [&str; 4] = ["mail.street", "mail.city", "mail.state", "mail.zip"];

/// The place of each column that says something.
#[derive(Debug)]
pub(super) struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// Finds the columns: by what was said of them, and by their own names.
    ///
    /// # Errors
    /// That there is no such key or column, that one is called like another, or that one is missing.
    pub(super) fn find(heads: &[String], maps: &[(String, String)]) -> Result<Self> {
        let mut columns = BTreeMap::new();
        for (key, column) in maps {
            let (key, at) = (key_of(key)?, place_of(heads, column)?);
            if columns.insert(key, at).is_some() {
                bail!(Failure::new(format!("--map names {} twice", quoted(key))).help("leave one of them out"));
            }
        }
        for (key, words) in KEYS {
            let called = |at: &usize| heads.get(*at).is_some_and(|head| is_called(head, key, words));
            let mut places = (0..heads.len()).filter(called);
            match (columns.contains_key(key), places.next(), places.next()) {
                (false, Some(_), Some(_)) => bail!(ambiguous(key)),
                (false, Some(at), None) => drop(columns.insert(key, at)),
                _ => {}
            }
        }
        let columns = Self(columns);
        columns.refuse_what_is_missing(heads)?;
        Ok(columns)
    }

    fn refuse_what_is_missing(&self, heads: &[String]) -> Result<()> {
        for key in ["name", "city"] {
            if !self.has(key) {
                let failure = Failure::new(format!("line 1: no column is called {}", quoted(key)));
                bail!(failure.help(format!("say which it is, like --map {key}=COLUMN; {}", known(heads))));
            }
        }
        if let Some(missing) = MAIL.iter().find(|key| MAIL.iter().any(|key| self.has(key)) && !self.has(key)) {
            let failure = Failure::new(format!("part of a mail address is mapped, and {} is not", quoted(missing)));
            let help = "where letters go is mapped whole: mail.street, mail.city, mail.state and mail.zip; the last three may be the \
                        columns of the street as well";
            bail!(failure.help(help));
        }
        Ok(())
    }

    /// Whether a column says this.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// What a row says of a key; nothing where no column does.
    pub(super) fn cell(&self, cells: &[String], key: &str) -> String {
        let cell = self.0.get(key).and_then(|at| cells.get(*at)).map_or("", String::as_str);
        let lines = cell.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// Heads are compared without case and blanks.
fn folded(head: &str) -> String {
    head.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn is_called(head: &str, key: &str, words: &[&str]) -> bool {
    let head = folded(head);
    head == folded(key) || words.iter().any(|word| folded(word) == head)
}

fn key_of(typed: &str) -> Result<&'static str, Failure> {
    let found = KEYS.iter().find(|(key, words)| is_called(typed, key, words)).map(|(key, _)| *key);
    found.ok_or_else(|| {
        let keys = KEYS.map(|(key, _)| key);
        let near = nearest(typed, keys)
            .map_or_else(|| format!("known: {}", keys.join(", ")), |near| format!("did you mean {near}?"));
        Failure::new(format!("--map: nothing is called {}", quoted(typed))).help(near)
    })
}

fn place_of(heads: &[String], column: &str) -> Result<usize, Failure> {
    let mut places = (0..heads.len()).filter(|at| heads.get(*at).is_some_and(|head| folded(head) == folded(column)));
    match (places.next(), places.next()) {
        (Some(at), None) => Ok(at),
        (Some(_), Some(_)) => Err(ambiguous(column)),
        (None, _) => {
            let near = nearest(column, heads.iter().map(String::as_str));
            let near = near.map(|near| format!("did you mean {}? ", quoted(near))).unwrap_or_default();
            let failure = Failure::new(format!("line 1: no column is called {}", quoted(column)));
            Err(failure.help(format!("{near}{}", known(heads))))
        }
    }
}

fn ambiguous(column: &str) -> Failure {
    let failure = Failure::new(format!("line 1: two columns are called {}", quoted(column)));
    failure.help("give one of them another name in the first line of the file")
}

fn known(heads: &[String]) -> String {
    let names: Vec<String> = heads.iter().map(|head| quoted(head)).collect();
    format!("the first line of the file names: {}", names.join(", "))
}
