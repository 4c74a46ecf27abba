//! Forms: the questions, the page of answers, what follows.

use super::answered::AnsweredGroupView;
use super::frame::LinkView;
use super::mine::{PairView, PhotoFormView};
use crate::face::Stamp;
use serde::Serialize;

/// `form.html`
#[derive(Clone, Debug, Serialize)]
pub struct FormView {
    /// Where its answers go.
    pub action: String,
    /// Heading.
    pub title: String,
    /// One sentence below it.
    pub summary: String,
    /// Paragraphs before the first question.
    pub before: Vec<String>,
    /// What is wrong, each with the anchor of its field.
    pub errors: Vec<LinkView>,
    /// Questions in groups.
    pub groups: Vec<GroupView>,
    /// Whether one group is shown after the other.
    pub in_steps: bool,
    /// Whether it was filled before: it is shown to mend or to change something.
    pub again: bool,
    /// What was just done with it: the word of [`FormNotice`](crate::texts::FormNotice); empty where nothing was.
    pub notice: String,
    /// Reference and code of what was sent and is corrected by it, as they go along; empty where it is the first.
    pub second: String,
    /// The name under which the browser keeps what is typed; empty where it keeps nothing.
    pub draft: String,
    /// How it is put down half-filled, where it can be.
    pub put_down: Option<PutDownView>,
    /// What stands in the field that people do not see.
    pub trap: String,
    /// A neutral page elsewhere, for a button that leaves at once.
    pub exit: Option<String>,
}

/// How a form is put down half-filled.
#[derive(Clone, Debug, Serialize)]
pub struct PutDownView {
    /// Where it is put down; opened, where a code is typed.
    pub action: String,
    /// Where what is kept is deleted.
    pub delete_action: String,
    /// The code of what was taken up; empty where nothing was.
    pub code: String,
    /// For how many days it is kept.
    pub days: String,
}

/// `put-down.html`: a half-filled form is kept.
#[derive(Clone, Debug, Serialize)]
pub struct CodeView {
    /// `TX4R-K7MP-3DH6`
    pub code: String,
    /// The last day on which it can be taken up, in words.
    pub until: String,
    /// Where the code is typed, as it is typed from paper.
    pub path: String,
    /// Where it is taken up.
    pub take_up_action: String,
    /// Where it is deleted.
    pub delete_action: String,
}

/// `take-up.html`: asks for the code of a half-filled form.
#[derive(Clone, Debug, Serialize)]
pub struct TakeUpView {
    /// Where it goes.
    pub action: String,
    /// As typed.
    pub code: String,
    /// What is wrong; empty where nothing is.
    pub error: String,
    /// The empty form.
    pub form_path: String,
}

/// Questions under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Heading.
    pub title: String,
    /// A paragraph below it.
    pub lead: Option<String>,
    /// Questions.
    pub questions: Vec<QuestionView>,
    /// Whether something in it is wrong.
    pub bad: bool,
    /// Whether one of its options stops the form.
    pub may_stop: bool,
}

/// A question with its answer so far.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// Name of the field.
    pub name: String,
    /// How it is asked: `line`, `text`, `email`, `digits` (a short numeric line), `date`, `choice` (radio buttons), `list`
    /// (a select), `choices` (check boxes), `tick` (one check box).
    pub widget: String,
    /// Words above it; beside it for a tick.
    pub label: String,
    /// Help, one short sentence.
    pub hint: Option<String>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// The numbers of the conditions under all of which it is asked, 1 to 16, among those of its form; none where it always is.
    pub when: Vec<usize>,
    /// That condition in words, for browsers that do not hide what is not asked.
    pub only_if: Option<String>,
    /// What is wrong with the answer.
    pub error: Option<String>,
    /// The answer of one-value widgets; `yes` for a ticked tick.
    pub value: String,
    /// Options of `choice`, `choices`, and of a `list` without groups.
    pub options: Vec<OptionView>,
    /// Options of a `list` with groups.
    pub option_groups: Vec<OptionGroupView>,
    /// Fields of a date: day, month, year.
    pub parts: Vec<PartView>,
    /// Ids for `aria-describedby`: hint and error; empty where there is neither.
    pub described_by: String,
    /// Most characters, for a text area's size.
    pub longest: usize,
    /// The same as it is said below an introduction: `2,400`.
    pub limit: Option<String>,
    /// Browser's autocomplete word; empty leaves it to the browser, which otherwise forgets what was typed.
    pub autocomplete: String,
}

/// An option.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// Id of its field.
    pub id: String,
    /// Its value.
    pub value: String,
    /// Its words.
    pub label: String,
    /// A sentence below them.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Numbers of the conditions that it meets, as `1 3`.
    pub meets: String,
    /// Whether nothing can come of the form with it: its agency forbids listings.
    pub stops: bool,
}

/// Options under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct OptionGroupView {
    /// The id of its heading.
    pub id: String,
    /// Heading.
    pub label: String,
    /// Options.
    pub options: Vec<OptionView>,
    /// How many of them are chosen.
    pub chosen: usize,
}

impl OptionGroupView {
    /// The heading alone.
    pub(crate) fn new(id: String, label: String) -> Self {
        Self { id, label, options: Vec::new(), chosen: 0 }
    }

    /// Takes an option in.
    pub(crate) fn take(&mut self, option: OptionView) {
        self.chosen += usize::from(option.chosen);
        self.options.push(option);
    }
}

/// One field of a date.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// `day`, `month` or `year`.
    pub part: String,
    /// Name of the field, also its id.
    pub name: String,
    /// What was typed.
    pub value: String,
    /// Whether this is the field to mend.
    pub bad: bool,
}

/// `check.html`: everything that was answered, before it is sent.
#[derive(Clone, Debug, Serialize)]
pub struct CheckView {
    /// Where it is sent.
    pub action: String,
    /// Where answers are changed.
    pub change_action: String,
    /// The form's title.
    pub form_title: String,
    /// The reference of what was sent, in whose place this is to come; empty where it is the first.
    pub second: String,
    /// Answers in groups.
    pub groups: Vec<AnsweredGroupView>,
    /// Every field that goes along: name and value.
    pub hidden: Vec<HiddenView>,
    /// Words on the button.
    pub button: String,
    /// How the page will look, for a registration.
    pub preview: Option<PreviewView>,
    /// What its sender should read of the agency's rule for listings first, a paragraph each.
    pub warnings: Vec<String>,
    /// Why the answers are shown once more: the word of a [`NoticeKind`](crate::texts::NoticeKind); empty the first time.
    pub again: String,
    /// A neutral page elsewhere, for a button that leaves at once.
    pub exit: Option<String>,
}

/// A person's card and page, as they will look.
#[derive(Clone, Debug, Serialize)]
pub struct PreviewView {
    /// Shown name.
    pub name: String,
    /// Age reached this year, pronouns, town and state: those that are known.
    pub meta: Vec<String>,
    /// First sentence.
    pub teaser: String,
    /// Introduction as HTML.
    pub introduction_html: String,
    /// Language of the introduction.
    pub introduction_lang: String,
    /// Interests in words: the first two stand on the card.
    pub likes: Vec<String>,
    /// What they hope for, in words.
    pub hopes: Vec<String>,
    /// A stamp of the kind that stands where there is no photo.
    pub stamp: Stamp,
}

/// A field that is not shown.
#[derive(Clone, Debug, Serialize)]
pub struct HiddenView {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}

/// `sent.html`
#[derive(Clone, Debug, Serialize)]
pub struct SentView {
    /// Heading.
    pub title: String,
    /// Reference and code.
    pub pair: PairView,
    /// What happens next.
    pub paragraphs: Vec<String>,
    /// When it was written, in words.
    pub when: String,
    /// That it takes the place of what was sent before; or that the same words were, and what was decided of them. Else empty.
    pub before: String,
    /// What was sent, to keep; empty where that would better not lie about.
    pub groups: Vec<AnsweredGroupView>,
    /// A photo can follow.
    pub photo: Option<PhotoFormView>,
    /// The name under which the browser kept what was typed, to be forgotten now; empty where it kept nothing.
    pub draft: String,
    /// How the next person is registered by the same sender.
    pub another: Option<AnotherView>,
    /// Where to ask about it.
    pub mine_path: String,
    /// The same as it is typed from paper.
    pub mine_address: String,
    /// A neutral page elsewhere, for a button that leaves at once.
    pub exit: Option<String>,
}

/// The button that leads on to the next person.
#[derive(Clone, Debug, Serialize)]
pub struct AnotherView {
    /// Where it goes.
    pub action: String,
    /// What the sender said of themselves.
    pub hidden: Vec<HiddenView>,
}

/// `stop.html`: the agency forbids listings.
#[derive(Clone, Debug, Serialize)]
pub struct StopView {
    /// The agency.
    pub agency: String,
    /// Why, for a relative.
    pub reason: String,
    /// Where this is said.
    pub source: Option<String>,
    /// How the agency told an editor, where it did.
    pub heard: Option<String>,
    /// When somebody last looked, in words.
    pub checked: Option<String>,
    /// Whether it was not read at the agency's own page.
    pub unconfirmed: bool,
}

/// `notice.html`: a page that says something went another way. Its words are the strings `notice-KIND-title` and
/// `notice-KIND-text`.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// `not-found`, `not-saved`, `too-large`, …
    pub kind: String,
    /// What it is about, where something was sent.
    pub reference: Option<String>,
    /// Where to go on.
    pub links: Vec<LinkView>,
    /// A neutral page elsewhere, for a button that leaves at once.
    pub exit: Option<String>,
}
