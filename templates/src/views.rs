//! What each template is shown. One struct per template; a template that asks for more than its struct holds fails to render,
//! and a test renders them all. Fields that are HTML end in `_html` and come from [`crate::markdown`] only.

use crate::face::Face;
use serde::Serialize;

/// What every page knows besides its own view.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The site.
    pub site: SiteView,
    /// The page.
    pub page: PageView,
    /// Paths of style sheet and scripts.
    pub assets: AssetsView,
}

/// The site, as each page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// What it is called.
    pub name: String,
    /// `https://…`, no slash at the end.
    pub url: String,
    /// Whether everything is invented, which a banner then says.
    pub sample: bool,
    /// Our postal address.
    pub post: Vec<String>,
    /// Our e-mail address.
    pub email: String,
}

/// One page's own facts.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// Language id.
    pub lang: String,
    /// Title, without the site's name.
    pub title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// `/people/marcus-k7m2q/`; empty for answers of the function, which have no address of their own.
    pub path: String,
    /// What the paths of this language begin with: empty, or `/es`.
    pub prefix: String,
    /// Whether search engines are asked to stay out.
    pub noindex: bool,
    /// Part of the menu that is current: `people`, `how`, `register`, or empty.
    pub section: String,
    /// The same page in the site's other languages.
    pub alternates: Vec<AlternateView>,
    /// Kind of page for shared-link cards: `website`, `article` or `profile`.
    pub kind: String,
}

/// The same page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// Language id.
    pub lang: String,
    /// The language's name in itself.
    pub name: String,
    /// Path of the page.
    pub path: String,
}

/// Paths of hashed files.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AssetsView {
    /// The style sheet.
    pub css: String,
    /// The script of pages with an address to copy or something to print.
    pub js: String,
    /// The icon.
    pub icon: String,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Words.
    pub label: String,
    /// Path or address.
    pub path: String,
    /// How many people stand behind it, where that is worth saying.
    pub count: Option<usize>,
}

/// Links under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct LinksView {
    /// Heading.
    pub heading: String,
    /// Links.
    pub links: Vec<LinkView>,
}

/// A person as a small letter.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Path of their page.
    pub path: String,
    /// Shown name.
    pub name: String,
    /// Age reached this year.
    pub age: i16,
    /// Facility's town and jurisdiction.
    pub place: String,
    /// First sentence in their own words.
    pub teaser: String,
    /// Language of the teaser.
    pub teaser_lang: String,
    /// Two interests, in words.
    pub likes: Vec<String>,
    /// Languages beside the page's own, in words.
    pub languages: Vec<String>,
    /// Whether letters may have to wait.
    pub paused: bool,
    /// Photo or stamp.
    pub face: Face,
}

/// `home.html`
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// People to show.
    pub people: Vec<CardView>,
    /// How many are listed in all.
    pub total: usize,
}

/// `browse.html`: people under one heading, a page of them.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseView {
    /// Heading.
    pub heading: String,
    /// How many in all, in words.
    pub lead: String,
    /// The way here.
    pub crumbs: Vec<LinkView>,
    /// People on this page.
    pub people: Vec<CardView>,
    /// Other pages of the list; absent where there is one page.
    pub pager: Option<PagerView>,
    /// The facility that the list is of.
    pub facility: Option<FacilityView>,
    /// Other ways to look, on the first page of the whole list.
    pub ways: Vec<LinksView>,
}

/// Pages of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// This page, from 1.
    pub current: usize,
    /// Number of pages.
    pub total: usize,
    /// Path of the page before.
    pub previous: Option<String>,
    /// Path of the page after.
    pub next: Option<String>,
    /// Numbered pages to link to; a gap has no path.
    pub pages: Vec<PagerLink>,
}

/// A numbered page, or a gap.
#[derive(Clone, Debug, Serialize)]
pub struct PagerLink {
    /// Number.
    pub number: usize,
    /// Path; absent for a gap.
    pub path: Option<String>,
}

/// A facility, above the list of its people.
#[derive(Clone, Debug, Serialize)]
pub struct FacilityView {
    /// Its name.
    pub name: String,
    /// Town and jurisdiction.
    pub place: String,
    /// Who runs it.
    pub agency: String,
    /// How letters travel there.
    pub mail: MailView,
}

/// `index.html`: groups of links to lists.
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    /// Heading.
    pub heading: String,
    /// One sentence.
    pub lead: String,
    /// Links in groups; a group may have an empty heading.
    pub groups: Vec<LinksView>,
}

/// `person.html`
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    /// Profile id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// The first word of it, for sentences.
    pub first_name: String,
    /// Photo or stamp.
    pub face: Face,
    /// Age reached this year.
    pub age: i16,
    /// In their own words, or nothing.
    pub pronouns: Option<String>,
    /// Town and jurisdiction.
    pub place: String,
    /// Languages in words.
    pub languages: Vec<String>,
    /// Language of the introduction.
    pub introduction_lang: String,
    /// The introduction: safe HTML.
    pub introduction_html: String,
    /// Interests with the path of their list.
    pub likes: Vec<LinkView>,
    /// Kinds of tie, in words.
    pub hopes: Vec<String>,
    /// When they expect to be released, in words.
    pub release: String,
    /// Month first listed, in words.
    pub listed: String,
    /// Day last checked, in words.
    pub checked: String,
    /// Whether that is longer ago than it should be.
    pub check_is_due: bool,
    /// Whether letters may have to wait.
    pub paused: bool,
    /// The envelope's lines; empty where a fact is missing, and then the page says whom to ask.
    pub envelope: Vec<String>,
    /// Their number.
    pub number: String,
    /// What the agency calls it.
    pub number_label: String,
    /// Their facility, with the path of its page.
    pub facility: LinkView,
    /// How letters travel.
    pub mail: MailView,
    /// Where to say that they have moved, or a letter came back.
    pub report_path: String,
    /// Where their family may change or take down the page.
    pub update_path: String,
}

/// How letters travel to a facility on the day of the build.
#[derive(Clone, Debug, Serialize)]
pub struct MailView {
    /// Who runs the facility.
    pub agency: String,
    /// `delivered`, `photocopied`, `scanned`, or empty where no route is known.
    pub handling: String,
    /// Rules, one sentence each, limits included.
    pub rules: Vec<String>,
    /// One more sentence of the agency's.
    pub note: Option<String>,
    /// E-messaging services there.
    pub services: Vec<ServiceView>,
    /// The agency's public search page.
    pub locator: Option<String>,
    /// Where the rules are said.
    pub source: Option<String>,
    /// When somebody last looked, in words.
    pub checked: Option<String>,
}

/// An e-messaging service.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceView {
    /// Its name.
    pub name: String,
    /// `writer` or `person`.
    pub first_contact: String,
    /// What a writer needs.
    pub needs: String,
    /// Most characters in a message, as shown (`6,000`).
    pub limit: Option<String>,
    /// What it costs.
    pub cost: Option<String>,
    /// Where to sign up.
    pub sign_up: String,
}

/// `content.html`: a page of words.
#[derive(Clone, Debug, Serialize)]
pub struct ContentView {
    /// Heading.
    pub title: String,
    /// One sentence below it.
    pub summary: String,
    /// The text: safe HTML.
    pub body_html: String,
    /// Its `##` headings, for pages long enough to want a list of them.
    pub contents: Vec<LinkView>,
    /// Whether the two calls to action follow.
    pub shows_actions: bool,
    /// Whether our addresses follow.
    pub shows_contact: bool,
}

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
    /// Most characters, for a text area's hint.
    pub longest: usize,
    /// Browser's autocomplete word; empty turns it off.
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
}

/// Options under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct OptionGroupView {
    /// Heading.
    pub label: String,
    /// Options.
    pub options: Vec<OptionView>,
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
    /// Answers in groups.
    pub groups: Vec<AnsweredGroupView>,
    /// Every field that goes along: name and value.
    pub hidden: Vec<HiddenView>,
    /// Words on the button.
    pub button: String,
    /// Why the answers are shown once more: the notice `changed`, `expired` or `unavailable`; empty the first time.
    pub again: String,
}

/// Answers under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweredGroupView {
    /// Heading.
    pub title: String,
    /// Answers.
    pub rows: Vec<AnsweredView>,
}

/// One answered question.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweredView {
    /// Name of the question.
    pub name: String,
    /// Its words.
    pub label: String,
    /// Its answers in words, a paragraph each; empty where it was left empty.
    pub values: Vec<String>,
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
    /// `K7MP-Q4TX`
    pub reference: String,
    /// What happens next.
    pub paragraphs: Vec<String>,
    /// When it was written, in words.
    pub when: String,
}

/// `stop.html`: the agency forbids listings.
#[derive(Clone, Debug, Serialize)]
pub struct StopView {
    /// The agency.
    pub agency: String,
    /// Why, for a relative.
    pub reason: String,
    /// Where the agency says so.
    pub source: Option<String>,
    /// When somebody last looked, in words.
    pub checked: Option<String>,
}

/// `notice.html`: a page that says something went another way. Its words are the strings `notice-KIND-title` and
/// `notice-KIND-text`.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// `not-found`, `not-saved`, `too-large`, …
    pub kind: String,
    /// Where to go on.
    pub links: Vec<LinkView>,
}

/// `problems.html`: what stands in the way of a build, for an editor at the preview.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemsView {
    /// Problems.
    pub problems: Vec<ProblemView>,
}

/// One problem.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemView {
    /// `file:line:column`
    pub place: String,
    /// One sentence.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// `feed.xml`: people newly listed, as Atom.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// Newest change, RFC 3339.
    pub updated: String,
    /// Path of the feed.
    pub path: String,
    /// People, newest first.
    pub entries: Vec<FeedEntryView>,
}

/// A person in the feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntryView {
    /// Path of their page.
    pub path: String,
    /// Shown name and place.
    pub title: String,
    /// First sentence in their own words.
    pub summary: String,
    /// Day listed, RFC 3339.
    pub updated: String,
}

/// `sitemap.xml` and `robots.txt`.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// Paths of pages that search engines may show.
    pub paths: Vec<String>,
}
