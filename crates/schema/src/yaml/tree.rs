//! A small YAML tree with positions, built only for files that have something to be explained.
//! Anchors, aliases, tags, second documents and deep nesting are refused here: profiles have no need of them, attackers do.

use super::columns::misplaced;
use super::quotes::unquoted;
use crate::ground::key_path::{KeyPath, Step};
use crate::ground::problem::{At, Problem};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

const MAX_DEPTH: usize = 16;
const MAX_NODES: usize = 20_000;

/// A file's values with their positions.
pub struct Tree {
    pub(super) root: Node,
    /// Aliases, anchors, tags and further documents, noted while the rest was read on.
    pub(super) problems: Vec<Problem>,
}

pub(super) struct Node {
    pub(super) kind: Kind,
    /// What follows the value on its line and is lost, from the `#` on.
    pub(super) cut: Option<String>,
    /// Whether an alias stands here in place of a value.
    pub(super) is_alias: bool,
    start: Marker,
    end: Marker,
}

pub(super) enum Kind {
    Scalar(String),
    List(Vec<Node>),
    /// Key, its position, value.
    Map(Vec<(String, Marker, Node)>),
}

impl Tree {
    /// Parses a text.
    ///
    /// # Errors
    /// The one problem that makes the file unreadable: not YAML, nested too deeply, too many values.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut builder = Builder {
            text,
            lines: text.lines().collect(),
            events: Parser::new_from_str(text).keep_tags(true),
            nodes: 0,
            problems: Vec::new(),
        };
        let root = builder.document()?;
        Ok(Self { root, problems: builder.problems })
    }

    /// Line and column, from 1, of the value at a path, or of the nearest value above it that exists.
    pub fn value(&self, path: &KeyPath) -> (usize, usize) {
        position(self.nearest(path).start)
    }

    /// Line and column of the key at a path, its `nth` occurrence.
    pub fn key(&self, path: &KeyPath, nth: usize) -> (usize, usize) {
        let Some((Step::Key(last), above)) = path.steps().split_last() else { return self.value(path) };
        let parent = above.iter().try_fold(&self.root, |node, step| node.step(step));
        match parent.map(|node| &node.kind) {
            Some(Kind::Map(entries)) => entries
                .iter()
                .filter(|(key, ..)| key == last)
                .nth(nth)
                .map_or_else(|| self.value(path), |found| position(found.1)),
            _ => self.value(path),
        }
    }

    /// Line and column of `words` within the value at a path; of the value where they do not stand so in the file.
    pub fn within(&self, text: &str, path: &KeyPath, words: &str) -> (usize, usize) {
        let node = self.nearest(path);
        let (first, last) = (node.start.line(), node.end.line().max(node.start.line()));
        let needle = words.lines().next().unwrap_or_default();
        let lines = text.lines().enumerate().skip(first.saturating_sub(1)).take(last + 1 - first);
        for (row, line) in lines {
            let from = if row + 1 == first { node.start.col() } else { 0 };
            let tail: String = line.chars().skip(from).collect();
            if let Some((before, _)) = tail.split_once(needle).filter(|_| !needle.is_empty()) {
                return (row + 1, from + before.chars().count() + 1);
            }
        }
        position(node.start)
    }

    /// The value at a path, or the nearest value above it that exists.
    fn nearest(&self, path: &KeyPath) -> &Node {
        let mut node = &self.root;
        for step in path.steps() {
            let Some(inner) = node.step(step) else { break };
            node = inner;
        }
        node
    }
}

impl Node {
    /// The value at a path from here.
    pub(super) fn find(&self, path: &KeyPath) -> Option<&Node> {
        path.steps().iter().try_fold(self, Node::step)
    }

    fn step(&self, step: &Step) -> Option<&Node> {
        match (&self.kind, step) {
            (Kind::Map(entries), Step::Key(key)) => {
                entries.iter().find(|(known, ..)| known == key).map(|(.., node)| node)
            }
            (Kind::List(items), Step::Index(index)) => items.get(*index),
            _ => None,
        }
    }

    /// What the value is, in words for a message.
    pub(super) fn what(&self) -> &'static str {
        match self.kind {
            Kind::Scalar(_) => "one value",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map of keys",
        }
    }
}

fn position(marker: Marker) -> (usize, usize) {
    (marker.line().max(1), marker.col() + 1)
}

fn at(marker: Marker) -> At {
    let (line, column) = position(marker);
    At::Position(line, column)
}

struct Builder<'t> {
    text: &'t str,
    lines: Vec<&'t str>,
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
    nodes: usize,
    problems: Vec<Problem>,
}

impl<'t> Builder<'t> {
    fn document(&mut self) -> Result<Node, Problem> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                other if root.is_none() => root = Some(self.node(other, span, 0)?),
                other => {
                    let problem =
                        Problem::new(at(span.start), "second-document", "the file holds a second document after `---`");
                    self.problems.push(problem.help("keep one document in a file"));
                    self.node(other, span, 0)?;
                }
            }
        }
        root.ok_or_else(|| {
            let problem = Problem::new(At::Position(1, 1), "empty-file", "the file is empty");
            problem.help("write what belongs in it, or delete it")
        })
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Problem> {
        match self.events.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => {
                let marker = *error.marker();
                let named = unquoted(&self.lines, position(marker), error.info());
                if let Some(problem) = named.or_else(|| misplaced(self.text, marker.line(), error.info())) {
                    return Err(problem);
                }
                let message = format!("this is not YAML: {}", error.info());
                let help = "look at the indentation, the colons and the quotes of this line and the one above";
                Err(Problem::new(at(marker), "not-yaml", message).help(help))
            }
            None => Ok((Event::StreamEnd, Span::empty(Marker::new(0, 1, 0)))),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Problem> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let message = format!("values are nested deeper than {MAX_DEPTH} levels, or are more than {MAX_NODES}");
            return Err(Problem::new(at(span.start), "too-deep", message));
        }
        self.refuse(&event, span);
        match event {
            Event::Scalar(value, style, ..) => Ok(self.scalar(&value, style, span)),
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            _ => Ok(Node {
                kind: Kind::Scalar(String::new()),
                cut: None,
                is_alias: true,
                start: span.start,
                end: span.end,
            }),
        }
    }

    fn refuse(&mut self, event: &Event<'t>, span: Span) {
        let (anchor, tag) = match event {
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        if anchor > 0 {
            let problem = Problem::new(at(span.start), "alias", "anchors (`&name`) are not allowed");
            self.problems.push(problem.help("remove it; a text that begins with `&` needs quotes"));
        }
        if tag {
            let problem = Problem::new(at(span.start), "tag", "tags (`!name`) are not allowed");
            self.problems.push(problem.help("remove it; a text that begins with `!` needs quotes"));
        }
    }

    /// An absent value (`key:`) is a plain empty scalar: as with serde_yaml, it reads as empty text and is refused later.
    fn scalar(&self, value: &str, style: ScalarStyle, span: Span) -> Node {
        let cut = if style == ScalarStyle::Plain { self.lost_behind(span.end) } else { None };
        Node { kind: Kind::Scalar(value.to_owned()), cut, is_alias: false, start: span.start, end: span.end }
    }

    /// What stands on the line behind a plain value, from its `#` on.
    fn lost_behind(&self, end: Marker) -> Option<String> {
        let line = self.lines.get(end.line().checked_sub(1)?)?;
        let rest: String = line.chars().skip(end.col()).collect();
        let remark = rest.trim_start_matches([':', ' ', '\t']);
        (remark.starts_with('#') && remark.len() < rest.len()).then(|| remark.trim_end().to_owned())
    }

    fn list(&mut self, span: Span, depth: usize) -> Result<Node, Problem> {
        let mut items = Vec::new();
        loop {
            let (event, inner) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                return Ok(Node {
                    kind: Kind::List(items),
                    cut: None,
                    is_alias: false,
                    start: span.start,
                    end: inner.end,
                });
            }
            items.push(self.node(event, inner, depth + 1)?);
        }
    }

    fn map(&mut self, span: Span, depth: usize) -> Result<Node, Problem> {
        let mut entries = Vec::new();
        loop {
            let (event, inner) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok(Node {
                    kind: Kind::Map(entries),
                    cut: None,
                    is_alias: false,
                    start: span.start,
                    end: inner.end,
                });
            }
            let key = match self.node(event, inner, depth + 1)?.kind {
                Kind::Scalar(key) => key,
                _ => String::from("?"),
            };
            let (event, value_span) = self.next()?;
            let value = self.node(event, value_span, depth + 1)?;
            entries.push((key, inner.start, value));
        }
    }
}
