//! A line that lost its indentation reads as a key of the map above, which does not know it. Told as that, it sounds like a
//! slip of the pen; here it is named as what it is, with the key that it belongs to.

use super::tree::{Kind, Node};
use crate::ground::key_path::{KeyPath, Step};
use crate::ground::problem::{At, Problem, quoted};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The keys that may stand at each path which was read, whether or not anything stood there.
#[derive(Default)]
pub(super) struct Shapes(RefCell<BTreeMap<KeyPath, &'static [&'static str]>>);

impl Shapes {
    pub(super) fn note(&self, path: &KeyPath, keys: &'static [&'static str]) {
        self.0.borrow_mut().insert(path.clone(), keys);
    }

    /// Whether a path holds a map with keys of the writer's choosing.
    fn is_open(&self, path: &KeyPath) -> bool {
        self.0.borrow().get(path).is_some_and(|keys| keys.is_empty())
    }

    /// Whether a key may stand somewhere inside a path.
    fn has_inside(&self, path: &KeyPath, key: &str) -> bool {
        self.0.borrow().iter().any(|(inner, keys)| inner.is_within(path) && keys.contains(&key))
    }
}

/// Turns unknown keys that belong to the key above them into one problem for each such key: rule `wrong-indent`.
pub(super) fn name_lost_indents(root: &Node, problems: Vec<Problem>, shapes: &Shapes) -> Vec<Problem> {
    let mut named: Vec<Problem> = Vec::new();
    for problem in problems {
        let owner = match &problem.at {
            At::Key(path, _) if problem.rule == "unknown-key" => {
                let is_slip = problem.instead_of.is_some();
                owner(root, path, shapes, is_slip).map(|owner| (path, owner))
            }
            _ => None,
        };
        match owner {
            Some((_, owner)) if named.iter().any(|earlier| earlier.instead_of.as_deref() == Some(&owner)) => {}
            Some((path, owner)) => named.push(lost(path, owner)),
            None => named.push(problem),
        }
    }
    // What lost its lines is empty or of the wrong kind for no other reason.
    let owners: Vec<KeyPath> = named
        .iter()
        .filter(|problem| is_lost(problem))
        .filter_map(|problem| problem.instead_of.as_deref().cloned())
        .collect();
    named.retain(|problem| is_lost(problem) || !problem.path().is_some_and(|path| owners.contains(path)));
    named
}

fn is_lost(problem: &Problem) -> bool {
    problem.rule == "wrong-indent"
}

fn lost(path: &KeyPath, owner: KeyPath) -> Problem {
    let key = last_key(path).unwrap_or_default();
    let message = format!("this line has lost its indentation: {} belongs to `{owner}`", quoted(key));
    Problem::new(At::Key(path.clone(), 0), "wrong-indent", message)
        .help(format!(
            "put two blanks more in front of it than in front of `{}:`",
            last_key(&owner).unwrap_or_default()
        ))
        .instead_of(owner)
}

fn last_key(path: &KeyPath) -> Option<&str> {
    path.steps().iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

/// The key above an unknown one, where it is that key's text, or could hold it.
fn owner(root: &Node, path: &KeyPath, shapes: &Shapes, is_slip: bool) -> Option<KeyPath> {
    let key = last_key(path)?;
    let Kind::Map(entries) = &root.find(&path.above())?.kind else { return None };
    let at = entries.iter().position(|(known, ..)| known == key)?;
    entries.get(..at)?.iter().rev().find_map(|(above, _, node)| {
        let above = path.beside(above);
        let is_empty = matches!(&node.kind, Kind::Scalar(text) if text.is_empty());
        let is_long = matches!(&node.kind, Kind::Scalar(text) if text.contains('\n'));
        let is_text = (is_long || is_empty) && key.contains(' ');
        let is_words = is_empty && !is_slip && shapes.is_open(&above);
        (is_text || is_words || shapes.has_inside(&above, key)).then_some(above)
    })
}
