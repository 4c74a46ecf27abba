//! What may stand in an introduction: paragraphs, emphasis and lists, in people's own words; nothing that could carry a script,
//! and nothing that no public words may hold.

use crate::ground::problem::{At, Problem, quoted};
use crate::ground::text::tidy;
use crate::person::contact::contacts;
use crate::record::rule::rule;
use crate::yaml::Text;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Length of an introduction in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 40..=2400;

rule!(
    /// An introduction. Rules: those of texts, `introduction-markup`, `contact-details`, `money-request`,
    /// `immigration-number`.
    Introduction: Text => String,
    format!("{} to {} characters of Markdown: paragraphs, emphasis, lists", LENGTH.start(), LENGTH.end()),
    |checker, key, written| {
        let text = checker.text(key, written, LENGTH)?;
        let found = findings(&text);
        let is_clean = found.is_empty();
        for found in found {
            let problem = Problem::new(At::Within(checker.path(key), found.text), found.rule, found.message);
            checker.note(problem.help(found.help));
        }
        is_clean.then_some(text)
    }
);

/// Something in an introduction that cannot be published.
struct Finding {
    /// The words in question, as typed.
    text: String,
    rule: &'static str,
    message: String,
    help: &'static str,
}

/// Everything in an introduction that cannot be published, in order of kind.
fn findings(introduction: &str) -> Vec<Finding> {
    let mut findings = markup(introduction);
    findings.extend(contacts(introduction).into_iter().map(|contact| {
        let message = format!("an introduction cannot hold {}: {}", contact.kind.word(), quoted(&contact.text));
        Finding { text: contact.text, rule: contact.kind.rule(), message, help: contact.kind.help() }
    }));
    findings
}

fn markup(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let (what, help) = match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => ("HTML", "write it in plain words"),
            Event::Start(Tag::Image { .. }) => ("a picture", "a photo goes to profiles/photos/"),
            Event::Start(Tag::Link { .. }) => ("a link", "leave the words, take the link out"),
            Event::Start(Tag::Heading { .. }) => ("a heading", "begin the line with a word"),
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => {
                ("program code", "take the backticks or the indentation out")
            }
            Event::Start(Tag::Table(_)) => ("a table", "write it as sentences"),
            Event::Rule => ("a rule across the page", "leave an empty line instead"),
            _ => continue,
        };
        let text = text.get(range).unwrap_or_default().lines().next().unwrap_or_default().trim_end().to_owned();
        let message = format!("an introduction cannot hold {what}: {}", quoted(&text));
        let same_line = |earlier: &Finding| earlier.message == message;
        if !findings.iter().any(same_line) {
            findings.push(Finding { text, rule: "introduction-markup", message, help });
        }
    }
    findings
}

/// An introduction as its writer would type it: paragraphs, lines and lists without the marks of Markdown. What was typed and became
/// Markdown comes back as the same text.
pub fn as_typed(markdown: &str) -> String {
    let mut typed = String::with_capacity(markdown.len());
    // The number of the next item, of each list that is open; none where it has dots.
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                typed.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => typed.push('\n'),
            Event::Start(Tag::List(first)) => {
                end_line(&mut typed);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                end_paragraph(&mut typed);
            }
            Event::Start(Tag::Item) => {
                end_line(&mut typed);
                typed.push_str(&mark(&mut lists));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => end_paragraph(&mut typed),
            _ => {}
        }
    }
    tidy(&typed)
}

/// What stands before the next item of the innermost list.
fn mark(lists: &mut [Option<u64>]) -> String {
    match lists.last_mut() {
        Some(Some(number)) => {
            *number = number.saturating_add(1);
            format!("{}. ", number.saturating_sub(1))
        }
        _ => "- ".to_owned(),
    }
}

fn end_line(typed: &mut String) {
    if !typed.is_empty() && !typed.ends_with('\n') {
        typed.push('\n');
    }
}

fn end_paragraph(typed: &mut String) {
    end_line(typed);
    if !typed.is_empty() && !typed.ends_with("\n\n") {
        typed.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promotion::as_markdown;

    #[test]
    fn emphasis_and_lists_are_left_alone_and_contacts_are_findings() {
        assert!(findings("*Radios*, mostly. I read 100 books.\n\n- chess\n- jazz").is_empty());
        let found: Vec<_> = findings("# Hi, call 555-123-4567").into_iter().map(|found| found.rule).collect();
        assert_eq!(found, ["introduction-markup", "contact-details"]);
    }

    #[test]
    fn what_was_typed_comes_back_as_it_was_and_markdown_without_its_marks() {
        for typed in [
            "One line.",
            "Roses are red,\nviolets are blue.\n\nA second part & more <3",
            "- chess\n- jazz\n\n1. first *thing*\n2) # second",
        ] {
            assert_eq!(as_typed(&as_markdown(typed)), typed);
        }
        for (markdown, typed) in [
            (
                "*Radios*, mostly.\nI **read**.\n\n- chess\n- jazz\n\nThe end.",
                "Radios, mostly.\nI read.\n\n- chess\n- jazz\n\nThe end.",
            ),
            ("Mine:\n\n3. one\n4. two", "Mine:\n\n3. one\n4. two"),
        ] {
            assert_eq!(as_typed(markdown), typed);
        }
    }

    #[test]
    fn only_paragraphs_emphasis_and_lists_pass() {
        for text in [
            "# Hi",
            "[a](b)",
            "![a](b)",
            "<b>x</b>",
            "<script>alert(1)</script>",
            "`x`",
            "    code",
            "---",
            "<https://a.org/>",
        ] {
            assert!(!markup(text).is_empty(), "{text}");
        }
    }
}
