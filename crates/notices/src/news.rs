//! What a submitter is told, in their language: only the news, their reference, and what they can do next.

use crate::letter::{Message, Words};
use schema::submission::reference::Reference;

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// The person they registered has a page.
    Live { person: String, name: String },
    /// The change they asked for is on the page.
    Changed { person: String },
    /// The page they asked about is taken down.
    TakenDown { person: String },
    /// It was dealt with; the editor's own words, where there are some.
    Done { reason: Option<String> },
    /// It was declined; the editor's own words.
    Declined { reason: Option<String> },
}

impl News {
    /// One word for file names and the log.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            News::Live { .. } => "live",
            News::Changed { .. } => "changed",
            News::TakenDown { .. } => "down",
            News::Done { .. } => "done",
            News::Declined { .. } => "declined",
        }
    }
}

/// Writes a message.
pub(crate) fn compose(words: &Words<'_>, lang: &str, reference: &Reference, news: &News) -> Message {
    let text = |part: &str| words.text(lang, &format!("told-{}-{part}", news.word()));
    let page = |person: &str| words.url(lang, &format!("/people/{person}/"));
    let mut said = vec![words.text(lang, "told-hello")];
    match news {
        News::Live { person, name } => {
            said.push(words.format(lang, "told-live-text", &[("name", name.clone())]));
            said.extend([page(person), text("next"), text("reply")]);
        }
        News::Changed { person } | News::TakenDown { person } => {
            said.extend([text("text"), page(person), text("next")]);
        }
        News::Done { reason } | News::Declined { reason } => {
            said.push(text("text"));
            if let Some(reason) = reason.as_ref().filter(|reason| !reason.trim().is_empty()) {
                said.extend([text("reason"), reason.clone()]);
            }
            if matches!(news, News::Declined { .. }) {
                said.push(text("next"));
            }
        }
    }
    said.push(words.format(lang, "told-update", &[("url", words.url(lang, "/update/"))]));
    said.push(words.format(lang, "told-reference", &[("reference", reference.to_string())]));
    Message { subject: text("subject"), paragraphs: said, goodbye: words.text(lang, "told-goodbye") }
}
