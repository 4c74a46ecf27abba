//! Looks up where problems stand.

use crate::ground::problem::{At, Problem};
use crate::yaml::tree::Tree;

/// Line and column, from 1, of each problem of one file, in the order given.
pub fn place(text: &str, problems: &[Problem]) -> Vec<(usize, usize)> {
    let tree = Tree::parse(text).ok();
    problems
        .iter()
        .map(|problem| match (&problem.at, &tree) {
            (At::Position(line, column), _) => (*line, *column),
            (_, None) => (1, 1),
            (At::Value(path), Some(tree)) => tree.value(path),
            (At::Key(path, nth), Some(tree)) => tree.key(path, *nth),
            (At::Within(path, words), Some(tree)) => tree.within(text, path, words),
        })
        .collect()
}
