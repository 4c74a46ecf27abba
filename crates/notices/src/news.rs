//! What a submitter is told, in their language: only the news, their reference, and what they can do next.

use crate::letter::{Message, Wording};
use jiff::civil::Date;
use schema::site::address;
use schema::submission::kinds::SubmissionKind;
use schema::submission::reference::Reference;
use templates::context::PageContext;
use templates::texts;

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// What they sent has arrived and waits: a receipt that they can keep.
    Received { arrived: Date },
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
            News::Received { .. } => "received",
            News::Live { .. } => "live",
            News::Changed { .. } => "changed",
            News::TakenDown { .. } => "down",
            News::Done { .. } => "done",
            News::Declined { .. } => "declined",
        }
    }
}

/// Writes a message about a submission that is deleted on a day.
pub(crate) fn compose(
    words: &Wording<'_>,
    lang: &str,
    (reference, deleted): (&Reference, Date),
    news: &News,
) -> Message {
    let context = words.context(lang, deleted);
    let text = |text| context.text(text);
    let page = |person: &str| context.url(&address::person(person));
    let mut said = vec![text(texts::TOLD_HELLO)];
    let reasoned = |reason: &Option<String>, leads| {
        let own = reason.clone().filter(|reason| !reason.trim().is_empty());
        own.map(|own| [text(leads), own]).into_iter().flatten()
    };
    let subject = match news {
        News::Received { arrived } => {
            let day = context.day_words(*arrived);
            said.push(context.format(texts::TOLD_RECEIVED_TEXT, [day]));
            texts::TOLD_RECEIVED_SUBJECT
        }
        News::Live { person, name } => {
            said.push(context.format(texts::TOLD_LIVE_TEXT, [name.clone()]));
            said.extend([page(person), text(texts::TOLD_LIVE_NEXT), text(texts::TOLD_LIVE_REPLY)]);
            texts::TOLD_LIVE_SUBJECT
        }
        News::Changed { person } => {
            said.extend([text(texts::TOLD_CHANGED_TEXT), page(person), text(texts::TOLD_CHANGED_NEXT)]);
            texts::TOLD_CHANGED_SUBJECT
        }
        News::TakenDown { person } => {
            said.extend([text(texts::TOLD_DOWN_TEXT), page(person), text(texts::TOLD_DOWN_NEXT)]);
            texts::TOLD_DOWN_SUBJECT
        }
        News::Done { reason } => {
            said.push(text(texts::TOLD_DONE_TEXT));
            said.extend(reasoned(reason, texts::TOLD_DONE_REASON));
            texts::TOLD_DONE_SUBJECT
        }
        News::Declined { reason } => {
            said.push(text(texts::TOLD_DECLINED_TEXT));
            said.extend(reasoned(reason, texts::TOLD_DECLINED_REASON));
            said.push(text(texts::TOLD_DECLINED_NEXT));
            texts::TOLD_DECLINED_SUBJECT
        }
    };
    if let News::Received { .. } = news {
        said.extend(how_to_ask(&context, reference));
        return Message { subject: text(subject), paragraphs: said, goodbye: text(texts::TOLD_GOODBYE) };
    }
    let update = words.forms.iter().find(|form| form.kind == SubmissionKind::Update);
    let update = update.map(|form| context.url(&address::form(form)));
    said.extend(update.map(|url| context.format(texts::TOLD_UPDATE, [url])));
    let day = context.day_words(deleted);
    said.push(context.format(texts::TOLD_REFERENCE, [reference.to_string(), day]));
    Message { subject: text(subject), paragraphs: said, goodbye: text(texts::TOLD_GOODBYE) }
}

/// Reference, and where it opens what was sent. The code is stored so that nobody can read it, and mails are read by others: it
/// stands on the page after sending alone.
fn how_to_ask(context: &PageContext<'_>, reference: &Reference) -> [String; 4] {
    [
        context.format(texts::TOLD_RECEIVED_REFERENCE, [reference.to_string()]),
        context.text(texts::TOLD_RECEIVED_CODE),
        context.url(&address::send(address::MINE)),
        context.text(texts::TOLD_RECEIVED_NOT_YOU),
    ]
}
