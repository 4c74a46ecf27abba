//! Reads a [`Tree`] into any type, and does not stop at the first mistake: what is unknown, doubled or of the wrong kind
//! is noted, an empty value is put in its place, and reading goes on. So one run shows everything.

use super::indent::{Shapes, name_lost_indents};
use super::quotes::curly_number;
use super::tree::{Kind, Node, Tree};
use crate::ground::key_path::KeyPath;
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::RefCell;
use std::collections::BTreeSet;

type Failure = serde::de::value::Error;

/// Reads a text thoroughly: the value as far as it can be read, and every mistake of form.
/// Rules: `not-yaml`, `too-deep`, `empty-file`, `alias`, `tag`, `second-document`, `unknown-key`, `duplicate-key`, `wrong-type`,
/// `wrong-indent`, `cut-by-comment`, `curly-quotes`, `reserved-character`, `open-quote`.
pub fn read<T: DeserializeOwned + Default>(text: &str) -> (T, Vec<Problem>) {
    let tree = match Tree::parse(text) {
        Ok(tree) => tree,
        Err(problem) => return (T::default(), vec![problem]),
    };
    let (notes, shapes) = (RefCell::new(tree.problems), Shapes::default());
    let value = T::deserialize(Reader { node: &tree.root, path: KeyPath::root(), notes: &notes, shapes: &shapes });
    let mut problems = name_lost_indents(&tree.root, notes.into_inner(), &shapes);
    let value = value.unwrap_or_else(|failure| {
        problems.push(Problem::new(At::Position(1, 1), "wrong-type", failure.to_string()));
        T::default()
    });
    (value, problems)
}

struct Reader<'a> {
    node: &'a Node,
    path: KeyPath,
    notes: &'a RefCell<Vec<Problem>>,
    shapes: &'a Shapes,
}

impl<'a> Reader<'a> {
    fn note(&self, problem: Problem) {
        self.notes.borrow_mut().push(problem);
    }

    fn refuse_alias(&self) {
        let problem = Problem::new(At::Value(self.path.clone()), "alias", "aliases (`*name`) are not allowed");
        self.note(problem.help("write the value out; a text that begins with `*` needs quotes"));
    }

    fn wrong(&self, wanted: &str) {
        if self.node.is_alias {
            return self.refuse_alias();
        }
        let name = if self.path.steps().is_empty() { "the file".to_owned() } else { format!("`{}`", self.path) };
        let message = format!("{name} must be {wanted}, and is {}", self.node.what());
        let help = match wanted {
            "a list" => "write each entry on a line of its own, after a hyphen",
            "one value" => "write one value after the colon, in quotes if it begins with a bracket or a brace",
            _ => "write `key: value` on lines of their own, further in than the key above",
        };
        self.note(Problem::new(At::Value(self.path.clone()), "wrong-type", message).help(help));
    }

    /// A `#` behind a value is where YAML stops reading: `Unit C #12` is `Unit C`.
    fn refuse_cut(&self, kept: &str) {
        let Some(lost) = &self.node.cut else { return };
        let at = At::Within(self.path.clone(), lost.clone());
        let message = format!("{} is not read: YAML takes what follows ` #` for a remark", quoted(lost));
        let whole = if kept.is_empty() { lost.clone() } else { format!("{kept} {lost}") };
        let help =
            format!("put the value in quotes, {}; give a remark a line of its own", quoted(&format!("\"{whole}\"")));
        self.note(Problem::new(at, "cut-by-comment", message).help(help));
    }

    /// Curly quotes are part of the value, and a number with them is none.
    fn refuse_curly(&self, text: &str) {
        let Some(number) = curly_number(text) else { return };
        let message = format!("{} stands in curly quotes, which become part of it", quoted(number));
        let help = format!("type straight ones, {}", quoted(&format!("\"{number}\"")));
        self.note(Problem::new(At::Value(self.path.clone()), "curly-quotes", message).help(help));
    }

    fn inner(&self, node: &'a Node, path: KeyPath) -> Reader<'a> {
        Reader { node, path, notes: self.notes, shapes: self.shapes }
    }

    /// The entries of a map that can be read: known keys (where `known` is a closed set), each once.
    fn entries(
        &self,
        entries: &'a [(String, saphyr_parser::Marker, Node)],
        known: Option<&[&'static str]>,
    ) -> Vec<(&'a str, &'a Node)> {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::new();
        for (key, _, node) in entries {
            let path = self.path.key(key);
            if known.is_some_and(|known| !known.contains(&key.as_str())) {
                self.note(unknown(&path, key, known.unwrap_or_default()));
            } else if !seen.insert(key.as_str()) {
                let nth = entries.iter().filter(|(other, ..)| other == key).count() - 1;
                let problem = Problem::new(
                    At::Key(path, nth),
                    "duplicate-key",
                    format!("the key {} stands here twice", quoted(key)),
                );
                self.note(problem.help("keep one of them"));
            } else {
                kept.push((key.as_str(), node));
            }
        }
        kept
    }

    fn read_map<V: Visitor<'a>>(&self, known: Option<&[&'static str]>, visitor: V) -> Result<V::Value, Failure> {
        let Kind::Map(entries) = &self.node.kind else {
            self.wrong("a map of keys");
            return visitor.visit_map(MapDeserializer::<_, Failure>::new(std::iter::empty::<(&str, &str)>()));
        };
        let kept = self.entries(entries, known).into_iter();
        visitor.visit_map(MapReader { reader: self, entries: kept, value: None })
    }
}

fn unknown(path: &KeyPath, key: &str, known: &[&str]) -> Problem {
    let problem =
        Problem::new(At::Key(path.clone(), 0), "unknown-key", format!("the key {} is not known here", quoted(key)));
    match nearest(key, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")).instead_of(path.beside(near)),
        None => problem.help(format!("the keys here are: {}", known.join(", "))),
    }
}

impl<'a> Deserializer<'a> for Reader<'a> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Scalar(_) => self.deserialize_str(visitor),
            Kind::List(_) => self.deserialize_seq(visitor),
            Kind::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Scalar(text) => {
                if self.node.is_alias {
                    self.refuse_alias();
                }
                self.refuse_cut(text);
                self.refuse_curly(text);
                visitor.visit_str(text)
            }
            _ => {
                self.wrong("one value");
                visitor.visit_str("")
            }
        }
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Kind::List(items) = &self.node.kind else {
            self.wrong("a list");
            return visitor.visit_seq(SeqDeserializer::<_, Failure>::new(std::iter::empty::<&str>()));
        };
        visitor.visit_seq(ListReader { reader: &self, items, next: 0 })
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.shapes.note(&self.path, &[]);
        self.read_map(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.shapes.note(&self.path, fields);
        self.read_map(Some(fields), visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct
        tuple tuple_struct enum identifier ignored_any
    }
}

struct ListReader<'r, 'a> {
    reader: &'r Reader<'a>,
    items: &'a [Node],
    next: usize,
}

impl<'a> SeqAccess<'a> for ListReader<'_, 'a> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        let Some(node) = self.items.get(self.next) else { return Ok(None) };
        let path = self.reader.path.index(self.next);
        self.next += 1;
        seed.deserialize(self.reader.inner(node, path)).map(Some)
    }
}

struct MapReader<'r, 'a, I> {
    reader: &'r Reader<'a>,
    entries: I,
    value: Option<(&'a str, &'a Node)>,
}

impl<'a, I: Iterator<Item = (&'a str, &'a Node)>> MapAccess<'a> for MapReader<'_, 'a, I> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some((key, node)) = self.entries.next() else { return Ok(None) };
        self.value = Some((key, node));
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let (key, node) = self.value.take().ok_or_else(|| Failure::custom("a value was asked for before its key"))?;
        seed.deserialize(self.reader.inner(node, self.reader.path.key(key)))
    }
}
