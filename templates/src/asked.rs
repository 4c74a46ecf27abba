//! The strings that are there, held against those that are asked for, by templates and by code: neither may lack one of the
//! other's, and a string may name only what everyone who asks for it gives.

use crate::fluent::{StringsProblem, Written, position};
use crate::source::{ThemeProblem, ThemeSource};
use crate::strings::Strings;
use crate::text::{Asked, Joined};
use crate::texts::{by_code, by_templates};

use regex::Regex;
use schema::ground::nearest::nearest;
use schema::ground::problem::{At, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is known of a string that somebody asks for.
#[derive(Clone, Debug)]
struct Wanted {
    /// What everyone who asks gives with it.
    given: BTreeSet<String>,
    /// Where templates ask for it.
    places: Vec<(String, At)>,
}

type AllWanted = BTreeMap<String, Wanted>;
type Messages<'m> = BTreeMap<&'m str, &'m Written>;

/// A place in a template that asks for a string.
struct Call<'t> {
    /// The beginning of the id, or all of it.
    begins: &'t str,
    /// What is joined to it, and the end of the id.
    joined: Option<(&'t str, &'t str)>,
    given: BTreeSet<String>,
    byte: usize,
}

/// Rules `missing-string`, `unused-string`, `unknown-argument`, `unknown-prefix`.
pub(crate) fn check(source: &ThemeSource, strings: &Strings, more: Vec<Asked>) -> Vec<ThemeProblem> {
    let (mut problems, mut wanted, families) = (Vec::new(), AllWanted::new(), by_templates());
    for asked in by_code().into_iter().chain(more) {
        let given: BTreeSet<String> = asked.given.iter().map(|name| (*name).to_owned()).collect();
        asked.ids.into_iter().for_each(|id| want(&mut wanted, id, &given, None));
    }
    for (name, text) in &source.templates {
        for call in calls(text) {
            let at = position(text, call.byte);
            match ids(&call, text, &families) {
                Some(ids) => ids.into_iter().for_each(|id| want(&mut wanted, id, &call.given, Some((name, &at)))),
                None => problems.push(ThemeProblem::Template(name.clone(), Box::new(unknown_prefix(&call, at)))),
            }
        }
    }
    for language in strings.languages() {
        let first = source.strings.get(language).and_then(|files| files.first()).map(|(file, _)| file.as_str());
        check_language((language, first), strings, wanted.clone(), &mut problems);
    }
    problems
}

fn want(wanted: &mut AllWanted, id: String, given: &BTreeSet<String>, place: Option<(&String, &At)>) {
    let known = wanted.entry(id).or_insert_with(|| Wanted { given: given.clone(), places: Vec::new() });
    known.given.retain(|name| given.contains(name));
    known.places.extend(place.map(|(name, at)| (name.clone(), at.clone())));
}

fn check_language(
    (language, first): (&str, Option<&str>),
    strings: &Strings,
    mut wanted: AllWanted,
    problems: &mut Vec<ThemeProblem>,
) {
    let messages: Messages<'_> = strings.messages(language).collect();
    let in_file = |file: &str, problem| {
        let (language, file) = (language.to_owned(), file.to_owned());
        ThemeProblem::Strings(Box::new(StringsProblem { language, file, problem }))
    };
    follow(&mut wanted, &messages);
    let mut missing: BTreeSet<&str> =
        wanted.keys().map(String::as_str).filter(|id| !messages.contains_key(id)).collect();
    for (id, message) in messages.iter().filter(|(id, _)| !wanted.contains_key(**id)) {
        let problem = Problem::new(message.at.clone(), "unused-string", format!("nothing asks for the string `{id}`"));
        // One that is asked for under another name is not missing, but has a slip in it.
        let near = nearest(id, missing.iter().copied()).map(str::to_owned);
        let help = near.as_ref().map_or("delete it".to_owned(), |near| format!("did you mean `{near}`?"));
        missing.retain(|id| Some(*id) != near.as_deref());
        problems.push(in_file(&message.file, problem.help(help)));
    }
    // A term is given what stands where it is taken in.
    for (id, message) in messages.iter().filter(|(id, _)| !id.starts_with('-')) {
        let Some(Wanted { given, .. }) = wanted.get(*id) else { continue };
        for (name, at) in message.names.iter().filter(|(name, _)| !given.contains(name)) {
            let said = format!("the string `{id}` is not given `${name}`");
            let problem = Problem::new(at.clone(), "unknown-argument", said).help(given_instead(name, given));
            problems.push(in_file(&message.file, problem));
        }
    }
    for id in missing {
        let said = format!("the string `{id}` is missing in {language}");
        let places = wanted.get(id).map_or(&[][..], |wanted| &wanted.places);
        problems.push(match places.first() {
            Some((name, at)) => {
                let problem = Problem::new(at.clone(), "missing-string", said).help(add_line(id, name, places));
                ThemeProblem::Template(name.clone(), Box::new(problem))
            }
            None => {
                let (file, at) = beside(id, &messages).unwrap_or((first.unwrap_or("site.ftl"), At::Position(1, 1)));
                let help = format!("add a line `{id} = …` to this file");
                in_file(file, Problem::new(at, "missing-string", said).help(help))
            }
        });
    }
}

/// What a string takes in is asked for by it, with all that it is given itself.
fn follow(wanted: &mut AllWanted, messages: &Messages<'_>) {
    let mut todo: Vec<String> = wanted.keys().cloned().collect();
    while let Some(id) = todo.pop() {
        let (Some(message), Some(by)) = (messages.get(id.as_str()), wanted.get(&id).cloned()) else { continue };
        for (taken, _) in &message.takes {
            let before = wanted.get(taken).map(|known| known.given.len());
            want(wanted, taken.clone(), &by.given, None);
            if before != wanted.get(taken).map(|known| known.given.len()) {
                todo.push(taken.clone());
            }
        }
    }
}

/// The place of the last string that begins alike: below it belongs what the program alone asks for.
fn beside<'m>(id: &str, messages: &Messages<'m>) -> Option<(&'m str, At)> {
    let alike = messages.iter().filter(|(other, _)| other.split('-').next() == id.split('-').next());
    let last = alike.map(|(_, message)| *message).max_by_key(|message| (&message.file, &message.at))?;
    Some((&last.file, last.at.clone()))
}

fn add_line(id: &str, name: &str, places: &[(String, At)]) -> String {
    let mut others: Vec<&str> = places.iter().map(|(other, _)| other.as_str()).filter(|other| *other != name).collect();
    others.dedup();
    let also =
        if others.is_empty() { String::new() } else { format!("; it is asked for in {} too", others.join(", ")) };
    format!("add a line `{id} = …` to a file of that language{also}")
}

fn given_instead(name: &str, given: &BTreeSet<String>) -> String {
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match (nearest(name, given.iter().copied()), given.as_slice()) {
        (Some(near), _) => format!("did you mean `{{ ${near} }}`?"),
        (None, []) => "it is given nothing: say it without".to_owned(),
        (None, given) => format!("it is given `${}`", given.join("`, `$")),
    }
}

fn unknown_prefix(call: &Call<'_>, at: At) -> Problem {
    let ending = call.joined.map(|(_, ending)| ending).filter(|ending| !ending.is_empty());
    let ending = ending.map_or(String::new(), |ending| format!(" and end with `{ending}`"));
    let message = match call.begins {
        "" => "nobody can know which string is asked for here".to_owned(),
        begins => format!("no family of strings is declared whose ids begin with `{begins}`{ending}"),
    };
    Problem::new(at, "unknown-prefix", message)
        .help("ask for strings by their whole ids, or declare the family in texts.rs")
}

static CALL: LazyLock<Regex> = LazyLock::new(|| {
    let plain = r#"[^()"']|"[^"]*"|'[^']*'"#;
    pattern(&format!(r"\bt\(\s*k\s*=\s*((?:{plain}|\((?:{plain})*\))*)\)"))
});
static KEY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^["']([^"']*)["'](?:\s*~\s*([\w.]+)(?:\s*~\s*["']([^"']*)["'])?)?\s*(?:,|$)"#));
static GIVEN: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?:,|^)\s*(\w+)\s*="#));
static LISTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bfor\s+(\w+)\s+in\s+\[([^\]]*)\]"#));
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["']([^"']*)["']"#));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that every check runs")
}

/// The places of a template that ask for strings.
fn calls(text: &str) -> Vec<Call<'_>> {
    let call = |found: regex::Captures<'_>| {
        let inside = found.get(1)?;
        let (key, byte) = (KEY.captures(inside.as_str()), inside.start());
        let rest = key.as_ref().and_then(|key| inside.as_str().get(key.get(0)?.end()..)).unwrap_or("");
        let part = |at| key.as_ref().and_then(|key| key.get(at)).map(|part| part.range());
        let slice = |range: std::ops::Range<usize>| text.get(byte + range.start..byte + range.end);
        let (begins, joined) = (part(1).and_then(slice), part(2).and_then(slice));
        Some(Call {
            // What is no text in quotes begins no id.
            begins: begins.unwrap_or(""),
            joined: joined.map(|member| (member, part(3).and_then(slice).unwrap_or(""))),
            given: GIVEN.captures_iter(rest).map(|found| found[1].to_owned()).collect(),
            byte: byte + usize::from(begins.is_some()),
        })
    };
    CALL.captures_iter(text).filter_map(call).collect()
}

/// The ids that a place of a template asks for; none where they cannot be known.
fn ids(call: &Call<'_>, text: &str, families: &[Joined]) -> Option<Vec<String>> {
    let Some((member, ending)) = call.joined else {
        return (!call.begins.is_empty()).then(|| vec![call.begins.to_owned()]);
    };
    // A list that the template itself writes is a family of its own.
    let before = text.get(..call.byte).unwrap_or(text);
    let listed = LISTED.captures_iter(before).filter(|found| &found[1] == member).last();
    let words: Vec<String> = match listed {
        Some(found) => WORD.captures_iter(&found[2]).map(|word| word[1].to_owned()).collect(),
        None => {
            let alike = families.iter().filter(|family| family.ends == [call.begins, ending]);
            alike.flat_map(|family| &family.words).map(|word| (*word).to_owned()).collect()
        }
    };
    let ids = words.iter().map(|word| format!("{}{word}{ending}", call.begins)).collect();
    (!words.is_empty()).then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules that `text` breaks under the eyes of a template, but for all that is missing.
    fn broken(language: &str, template: &str, text: &str) -> Vec<&'static str> {
        let files = vec![("words.ftl".to_owned(), text.to_owned())];
        let templates = vec![("page.html".to_owned(), template.to_owned())];
        let strings = BTreeMap::from([(language.to_owned(), files)]);
        let source = ThemeSource { templates, strings, ..ThemeSource::default() };
        let (strings, read) = Strings::read(&source.strings);
        let rule = |problem: ThemeProblem| match problem {
            ThemeProblem::Template(_, problem) => problem.rule,
            ThemeProblem::Strings(problem) => problem.problem.rule,
            ThemeProblem::Asset(name) => name,
        };
        let checked = check(&source, &strings, Vec::new()).into_iter().map(rule);
        read.into_iter()
            .map(|problem| problem.problem.rule)
            .chain(checked.filter(|rule| *rule != "missing-string"))
            .collect()
    }

    #[test]
    fn a_string_is_held_against_everyone_who_asks_for_it() {
        let once = r#"{{ t(k="greet", name=name | default(value="(x)")) }}"#;
        for (template, text, rules) in [
            (once, "greet = Hello { $name }\n", &[][..]),
            (once, "greet = Hello\n", &[]),
            (once, "greet = { words }\nwords = Hello { $name }, { -site }\n-site = Us\n", &[]),
            (once, "greet = Hello\nwords = Hello\n-site = Us\n", &["unused-string", "unused-string"]),
            (once, "greet = Hello\n    .title = Hello\n", &["unused-string"]),
            (once, "greet = { words }\nwords = { $place }\n", &["unknown-argument"]),
            (once, "greet = { $name ->\n    [one] { $place }\n   *[other] { NUMBER($n) }\n}\n", &["bad-string"]),
            (r#"{{ t(k="greet", name=name) }}{{ t(k="greet") }}"#, "greet = Hello { $name }\n", &["unknown-argument"]),
            (r#"{{ t(k="greet-" ~ what.word) }}"#, "", &["unknown-prefix"]),
            (r#"{{ t(k=what) }}"#, "", &["unknown-prefix"]),
            (
                "{% for n in [\"1\", \"2\"] %}{{ t(\n  k=\"step-\" ~ n ~ \"-text\") }}{% endfor %}",
                "step-1-text = One\nstep-2-text = Two\nstep-3-text = Three\n",
                &["unused-string"],
            ),
        ] {
            let found: Vec<_> = broken("en", template, text);
            let found: Vec<_> = if found.contains(&"bad-string") { vec!["bad-string"] } else { found };
            assert_eq!(found, rules, "{template}\n{text}");
        }
        assert_eq!(broken("no language", once, "greet = Hello\n"), ["unknown-language"]);
    }
}
