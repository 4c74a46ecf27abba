//! Fluent files as they are written: what each message says, what it is given, what it takes in.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::ResolverError;
use fluent_bundle::{FluentError, FluentResource};
use fluent_syntax::ast::{self, Expression, InlineExpression, Pattern, PatternElement};
use schema::ground::problem::{At, Problem};
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use unic_langid::LanguageIdentifier;

/// A Fluent file: its name and its text.
pub type FluentFile = (String, String);

/// The messages of one language.
pub(super) struct Language {
    pub(super) bundle: FluentBundle<FluentResource>,
    pub(super) messages: BTreeMap<String, Written>,
    /// Messages without arguments, formatted once: most of what a page shows.
    pub(super) plain: BTreeMap<String, String>,
}

/// A message as it stands in its file.
pub(crate) struct Written {
    pub(crate) file: String,
    pub(crate) at: At,
    /// The arguments that it names, each with its place.
    pub(crate) names: Vec<(String, At)>,
    /// The messages and terms that it takes in, each with its place.
    pub(crate) takes: Vec<(String, At)>,
    functions: Vec<(String, At)>,
}

/// A problem in one Fluent file of one language.
pub struct StringsProblem {
    /// Language id.
    pub language: String,
    /// Name of the file.
    pub file: String,
    /// What and where.
    pub problem: Problem,
}

/// Reads the files of a language, and notes what is wrong in them.
pub(super) fn read_language(language: &str, files: &[FluentFile], problems: &mut Vec<StringsProblem>) -> Language {
    let identifier: Result<LanguageIdentifier, _> = language.parse();
    if let (Err(error), Some((file, _))) = (&identifier, files.first()) {
        // By the wrong language's rules, every number would be set wrong.
        let message = format!("`{language}` is the code of no language: {error}");
        let problem =
            Problem::new(At::Position(1, 1), "unknown-language", message).help("see `languages` in site.yaml");
        problems.push(StringsProblem { language: language.to_owned(), file: file.clone(), problem });
    }
    let mut bundle = FluentBundle::new_concurrent(identifier.into_iter().collect());
    // The marks that isolate directions are for interfaces of mixed scripts; in HTML and feeds they would be stray characters.
    bundle.set_use_isolating(false);
    let mut messages = BTreeMap::new();
    for (file, text) in files {
        let mut note =
            |problem| problems.push(StringsProblem { language: language.to_owned(), file: file.clone(), problem });
        let resource = match FluentResource::try_new(text.clone()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                errors.iter().for_each(|error| note(bad_string(text, error)));
                resource
            }
        };
        for (id, written) in written(file, &resource) {
            let at = written.at.clone();
            match messages.entry(id) {
                Entry::Vacant(place) => drop(place.insert(written)),
                Entry::Occupied(first) => {
                    let message = format!("the string `{}` is defined a second time", first.key());
                    note(Problem::new(at, "string-defined-twice", message));
                }
            }
        }
        // An error here is a message defined twice, which has just been noted.
        let _ = bundle.add_resource(resource);
    }
    let (plain, endless) = plain_messages(&bundle, messages.keys());
    for (id, written) in &messages {
        let unknown = written.takes.iter().filter(|(taken, _)| !messages.contains_key(taken)).chain(&written.functions);
        let unknown =
            unknown.map(|(what, at)| (at, format!("the string `{id}` takes in `{what}`, which is not there")));
        let endless = endless.contains(id).then(|| (&written.at, format!("the string `{id}` takes in itself")));
        for (at, message) in unknown.chain(endless) {
            let problem = Problem::new(at.clone(), "bad-string", message).help("write out what it should say");
            problems.push(StringsProblem { language: language.to_owned(), file: written.file.clone(), problem });
        }
    }
    Language { bundle, messages, plain }
}

/// Every text of a file: messages, attributes and terms.
fn written(file: &str, resource: &FluentResource) -> Vec<(String, Written)> {
    let mut found = Vec::new();
    let mut add = |id: String, name: &str, pattern: &Pattern<&str>| {
        let at = place(resource.source(), name);
        let (file, functions) = (file.to_owned(), Vec::new());
        let mut written = Written { file, at, names: Vec::new(), takes: Vec::new(), functions };
        written.read(pattern, resource.source());
        found.push((id, written));
    };
    for entry in resource.entries() {
        let (id, name, value, attributes) = match entry {
            ast::Entry::Message(of) => (of.id.name.to_owned(), of.id.name, of.value.as_ref(), &of.attributes),
            ast::Entry::Term(of) => (format!("-{}", of.id.name), of.id.name, Some(&of.value), &of.attributes),
            _ => continue,
        };
        value.into_iter().for_each(|value| add(id.clone(), name, value));
        attributes.iter().for_each(|of| add(format!("{id}.{}", of.id.name), of.id.name, &of.value));
    }
    found
}

impl Written {
    fn read(&mut self, pattern: &Pattern<&str>, source: &str) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.read_expression(expression, source);
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<&str>, source: &str) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline, source),
            Expression::Select { selector, variants } => {
                self.read_inline(selector, source);
                variants.iter().for_each(|variant| self.read(&variant.value, source));
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>, source: &str) {
        let id = |mark: &str, id: &str, attribute: &Option<ast::Identifier<&str>>| {
            attribute.as_ref().map_or(format!("{mark}{id}"), |attribute| format!("{mark}{id}.{}", attribute.name))
        };
        let arguments = match inline {
            InlineExpression::VariableReference { id } => {
                self.names.push((id.name.to_owned(), place(source, id.name)));
                None
            }
            InlineExpression::MessageReference { id: of, attribute } => {
                self.takes.push((id("", of.name, attribute), place(source, of.name)));
                None
            }
            InlineExpression::TermReference { id: of, attribute, arguments } => {
                self.takes.push((id("-", of.name, attribute), place(source, of.name)));
                arguments.as_ref()
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.functions.push((id.name.to_owned(), place(source, id.name)));
                Some(arguments)
            }
            InlineExpression::Placeable { expression } => return self.read_expression(expression, source),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => None,
        };
        let named = arguments.into_iter().flat_map(|all| all.named.iter().map(|named| &named.value));
        let positional = arguments.into_iter().flat_map(|all| &all.positional);
        named.chain(positional).for_each(|value| self.read_inline(value, source));
    }
}

/// Messages without arguments, formatted; and those that take in themselves.
fn plain_messages<'a>(
    bundle: &FluentBundle<FluentResource>,
    ids: impl Iterator<Item = &'a String>,
) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut plain, mut endless) = (BTreeMap::new(), BTreeSet::new());
    for id in ids {
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { continue };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
        if errors.is_empty() {
            plain.insert(id.clone(), text);
        } else if errors.contains(&FluentError::ResolverError(ResolverError::Cyclic)) {
            endless.insert(id.clone());
        }
    }
    (plain, endless)
}

fn bad_string(text: &str, error: &fluent_syntax::parser::ParserError) -> Problem {
    Problem::new(position(text, error.pos.start), "bad-string", format!("this is not Fluent: {}", error.kind))
        .help("a string is `name = words`; further lines are indented; arguments are { $name }")
}

/// The place of a part of a text, which is a slice of it.
fn place(text: &str, part: &str) -> At {
    position(text, part.as_ptr().addr() - text.as_ptr().addr())
}

/// The place of a byte of a text.
pub(crate) fn position(text: &str, byte: usize) -> At {
    let before = text.get(..byte).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    At::Position(before.matches('\n').count() + 1, column)
}
