//! Markdown to safe HTML, the only place where a text becomes HTML. Two independent barriers: events that could carry markup
//! of the writer's own are dropped while parsing, and what is left is cleaned against a short list of elements.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use schema::ground::text::slug;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static PERSONAL: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder.tags(["p", "em", "strong", "ul", "ol", "li", "br", "blockquote"].into_iter().collect());
    // A list that begins at 2 is what its writer meant.
    builder.tag_attributes([("ol", ["start"].into_iter().collect())].into_iter().collect());
    builder.generic_attributes(std::collections::HashSet::new());
    builder
});

/// An introduction: paragraphs, emphasis, lists; a line ends where its writer ended it, as in a poem. Everything else loses its
/// markup and keeps its words.
pub fn introduction(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::empty()).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Code(text) => Some(Event::Text(text)),
        Event::Rule => None,
        Event::SoftBreak => Some(Event::HardBreak),
        Event::Start(Tag::Image { .. } | Tag::Link { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
        | Event::End(TagEnd::Image | TagEnd::Link | TagEnd::CodeBlock | TagEnd::HtmlBlock) => None,
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Paragraph)),
        other => Some(other),
    });
    let mut unsafe_html = String::with_capacity(markdown.len() * 5 / 4);
    html::push_html(&mut unsafe_html, events);
    PERSONAL.clean(&unsafe_html).to_string().trim_end().to_owned()
}

/// The words of an introduction without any markup, as one line.
pub fn plain(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                words.push(' ');
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of an introduction, for a card: at most `most` characters, cut at a word.
pub fn teaser(markdown: &str, most: usize) -> String {
    let words = plain(markdown);
    let mut sentence = String::new();
    let mut ended = false;
    for character in words.chars() {
        if ended && character == ' ' {
            break;
        }
        ended =
            matches!(character, '.' | '!' | '?' | '…') || (ended && matches!(character, '”' | '"' | '’' | '»' | ')'));
        sentence.push(character);
    }
    if sentence.chars().count() <= most {
        return sentence;
    }
    let cut: String = sentence.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.', ' ', '–', '—']))
}

/// A page of the site, turned into HTML.
pub struct Page {
    /// The body.
    pub html: String,
    /// `##` headings: anchor and words.
    pub headings: Vec<(String, String)>,
    /// Every anchor on the page.
    pub anchors: BTreeSet<String>,
    /// Every link as written, with its position in bytes.
    pub links: Vec<(String, usize)>,
    /// Markup that a page cannot hold, as written, with its position in bytes.
    pub refused: Vec<(String, usize)>,
}

/// A page written by editors: headings from `##` with anchors, paragraphs, lists, emphasis, links.
/// `prefix` is put before links inside the site (`/es` for pages in Spanish).
pub fn page(markdown: &str, prefix: &str) -> Page {
    let mut page = Page {
        html: String::new(),
        headings: Vec::new(),
        anchors: BTreeSet::new(),
        links: Vec::new(),
        refused: Vec::new(),
    };
    let mut events = Vec::new();
    let mut heading: Option<(HeadingLevel, usize, String)> = None;
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_SMART_PUNCTUATION).into_offset_iter() {
        if let (Some((_, _, words)), Event::Text(text) | Event::Code(text)) = (&mut heading, &event) {
            words.push_str(text);
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. } | Tag::HtmlBlock) => {
                page.refused.push((markdown.get(range.clone()).unwrap_or(markdown).to_owned(), range.start));
            }
            Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Heading { level, .. }) => {
                if level == HeadingLevel::H1 {
                    page.refused.push((markdown.get(range.clone()).unwrap_or(markdown).to_owned(), range.start));
                }
                heading = Some((level, events.len(), String::new()));
                events.push(Event::Text(CowStr::Borrowed("")));
            }
            Event::End(TagEnd::Heading(level)) => {
                close_heading(&mut page, &mut events, heading.take());
                events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                page.links.push((dest_url.to_string(), range.start));
                let dest_url = if dest_url.starts_with('/') { format!("{prefix}{dest_url}").into() } else { dest_url };
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            other => events.push(other),
        }
    }
    html::push_html(&mut page.html, events.into_iter());
    page
}

/// Puts the heading's start, now that its words and so its anchor are known, where it belongs.
fn close_heading<'a>(page: &mut Page, events: &mut [Event<'a>], heading: Option<(HeadingLevel, usize, String)>) {
    let Some((level, at, words)) = heading else { return };
    let mut anchor = slug(&words);
    let mut turn = 2;
    while !page.anchors.insert(anchor.clone()) {
        anchor = format!("{}-{turn}", slug(&words));
        turn += 1;
    }
    if level == HeadingLevel::H2 {
        page.headings.push((anchor.clone(), words));
    }
    if let Some(place) = events.get_mut(at) {
        *place = Event::Start(Tag::Heading { level, id: Some(anchor.into()), classes: Vec::new(), attrs: Vec::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_introduction_keeps_paragraphs_emphasis_and_lists_only() {
        let html = introduction("Hi *you*.\n\n- a\n- b\n\n# Big\n\n[x](https://a.org) ![y](z) `c` <b>d</b>");
        assert_eq!(
            html,
            "<p>Hi <em>you</em>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>Big</p>\n<p>x y c &lt;b&gt;d&lt;/b&gt;</p>"
        );
    }

    #[test]
    fn lines_end_where_their_writer_ended_them() {
        let typed = "I like:\n• chess\n- gardens\nRoses are red,\nviolets are blue.\n\nThat is all.";
        let html = introduction(&schema::promotion::as_markdown(typed));
        assert_eq!(
            html,
            "<p>I like:<br>\n• chess<br>\n- gardens<br>\nRoses are red,<br>\nviolets are blue.</p>\n<p>That is all.</p>"
        );
    }

    #[test]
    fn headings_get_anchors_and_links_their_language() {
        let page = page("## Don’t wait\n\nSee [this](/about/#why).\n\n## Don’t wait\n", "/es");
        assert!(
            page.html.contains(r#"<h2 id="dont-wait">"#) && page.html.contains(r#"<h2 id="dont-wait-2">"#),
            "{}",
            page.html
        );
        assert!(page.html.contains(r#"href="/es/about/#why""#));
        assert_eq!(page.links[0].0, "/about/#why");
    }

    #[test]
    fn a_teaser_is_the_first_sentence() {
        assert_eq!(teaser("I fix radios. If it hums, I know.", 120), "I fix radios.");
        assert_eq!(teaser("“Hm?” she said.", 120), "“Hm?”");
        assert_eq!(teaser("one two three four", 9), "one two…");
    }

    proptest! {
        #[test]
        fn no_element_of_the_writers_own_comes_through(text in "[ -~\n]{0,200}") {
            let html = introduction(&text);
            for piece in html.split('<').skip(1) {
                let name: String = piece.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(["p", "em", "strong", "ul", "ol", "li", "br", "blockquote"].contains(&name.as_str()), "{html}");
                let inside: String = piece.trim_start_matches('/').chars().skip(name.len()).take_while(|c| *c != '>').collect();
                let start = inside.strip_prefix(" start=\"").and_then(|rest| rest.strip_suffix('"'));
                let harmless = inside.is_empty() || inside == "/" || start.is_some_and(|number| number.parse::<u64>().is_ok());
                prop_assert!(harmless, "an attribute came through: {html}");
            }
        }
    }
}
