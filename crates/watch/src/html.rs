//! HTML as the words that a reader sees: no scripts, no styles, and a gap wherever a block begins or ends.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::{Cell, RefCell};

/// How far into a page its alphabet may be named.
const HEAD: usize = 4096;

/// Elements within a line: what stands on both sides of one belongs together.
const INLINE: [&str; 27] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];

/// The bytes of a page as text, in the alphabet that the answer names, or the page, or else UTF-8 where it is that.
pub(crate) fn decoded(bytes: &[u8], media: &str) -> String {
    let named = || charset(media.as_bytes()).or_else(|| charset(bytes.get(..HEAD).unwrap_or(bytes)));
    let guessed = || if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(named).unwrap_or_else(guessed);
    encoding.decode(bytes).0.into_owned()
}

/// The alphabet that is named behind `charset=`.
fn charset(text: &[u8]) -> Option<&'static Encoding> {
    let lower = String::from_utf8_lossy(text).to_ascii_lowercase();
    let (_, behind) = lower.split_once("charset=")?;
    let name = behind.trim_start_matches(['"', '\'', ' ']);
    Encoding::for_label(name.split(['"', '\'', ' ', ';', '>', '/']).next()?.as_bytes())
}

/// The words of a page.
pub(crate) fn words(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // It stops only at scripts that are to be run, and none is.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.text.into_inner()
}

#[derive(Default)]
struct Sink {
    text: RefCell<String>,
    /// Whether a script or a style is being passed over.
    is_hidden: Cell<bool>,
}

impl Sink {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if !INLINE.contains(&name) {
            self.text.borrow_mut().push('\n');
        }
        let is_start = tag.kind == TagKind::StartTag;
        self.is_hidden.set(is_start && matches!(name, "script" | "style"));
        match name {
            "script" if is_start => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" if is_start => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" if is_start => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => return self.tag(&tag),
            Token::CharacterTokens(words) if !self.is_hidden.get() => self.text.borrow_mut().push_str(&words),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> String {
        words(html).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_a_reader_sees_is_left() {
        let page = "<!doctype html><title>Mail &amp; more</title><style>p { color: red }</style><nav><ul><li>Home<li>Visit</ul></nav>\
                    <p>Send <b>let</b>ters to<br>PO&nbsp;Box 1<script>if (1 < 2) document.write('<p>no</p>')</script></p><!-- old -->";
        assert_eq!(seen(page), "Mail & more Home Visit Send letters to PO Box 1");
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        assert_eq!(seen("<p>One <b>two</p> &nosuch; <div"), "One two &nosuch;");
        assert_eq!(seen("</script>x<script>y"), "x");
    }

    #[test]
    fn the_alphabet_is_the_one_that_is_named() {
        let latin = b"<meta charset=iso-8859-1><p>Jos\xe9";
        assert!(decoded(latin, "text/html").ends_with("José"));
        assert!(decoded(b"Jos\xe9", "text/html; charset=ISO-8859-1").ends_with("José"));
        assert!(decoded(b"Jos\xe9", "text/html").ends_with("José"), "what is no UTF-8 is Latin");
        assert!(decoded("José".as_bytes(), "text/html").ends_with("José"));
    }
}
