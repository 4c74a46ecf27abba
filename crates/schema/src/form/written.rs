//! `content/forms/ID.yaml`: a form as written, and how it is checked.

use super::definition::{Condition, Form, Group, Kind, Question};
use super::options::{Choice, OptionSource};
use super::roles::{check_needed, check_options, check_role};
use crate::ground::nearest::nearest;
use crate::ground::problem::{At, Problem, quoted};
use crate::record::checker::Checker;
use crate::record::words::Translated;
use crate::submission::kinds::{SubmissionKind, Urgency};
use crate::submission::role::{OptionRole, Role};
use crate::yaml::{Entries, Text, as_written};

as_written! {
    /// A form as written.
    pub struct FormFile {
        /// The file's name.
        id: Text,
        /// The form's address, where that is not the id.
        address: Text,
        /// A neutral page elsewhere, for a button that leaves this one at once.
        exit: Text,
        /// What a submission of it is.
        kind: Text,
        /// The page's heading.
        title: Entries<Text>,
        /// One sentence below it.
        summary: Entries<Text>,
        /// Paragraphs before the first question: time, what to have ready, who reads it, how long it is kept.
        before: Vec<Entries<Text>>,
        /// Questions in groups.
        groups: Vec<GroupFile>,
        /// The button that sends.
        send: Entries<Text>,
        /// The heading once it is sent.
        sent_title: Entries<Text>,
        /// Paragraphs once it is sent: what happens next, and when.
        sent: Vec<Entries<Text>>,
        /// Version of the consent text that the form shows: a day.
        wording: Text,
    }
}

as_written! {
    /// A group of questions as written.
    pub struct GroupFile {
        /// Its heading.
        title: Entries<Text>,
        /// A paragraph below it.
        lead: Entries<Text>,
        /// The questions.
        questions: Vec<QuestionFile>,
    }
}

as_written! {
    /// A question as written.
    pub struct QuestionFile {
        /// Its name in submissions.
        name: Text,
        /// What it is to the program; see the roles in the field reference.
        role: Text,
        /// What kind of answer it takes.
        kind: Text,
        /// The words above the field.
        label: Entries<Text>,
        /// One short sentence of help.
        hint: Entries<Text>,
        /// What is said when there is no answer.
        ask: Entries<Text>,
        /// What is said when the answer will not do. May hold {example}, {label}, {found}.
        wrong: Entries<Text>,
        /// `true` where no answer is needed.
        optional: Text,
        /// When an optional question needs an answer after all.
        needed_if: ConditionFile,
        /// Fewest characters.
        shortest: Text,
        /// Most characters; with `choices`, most answers.
        longest: Text,
        /// Where the options come from.
        options_from: Text,
        /// The form's own options.
        options: Vec<ChoiceFile>,
        /// Browser's autocomplete word, for answers about the person who fills the form.
        autocomplete: Text,
    }
}

as_written! {
    /// A condition as written.
    pub struct ConditionFile {
        /// An earlier question.
        question: Text,
        /// The answer that makes this one needed.
        is: Text,
    }
}

as_written! {
    /// An option as written.
    pub struct ChoiceFile {
        /// Its value in submissions.
        value: Text,
        /// What it is to the program.
        role: Text,
        /// Its words.
        label: Entries<Text>,
        /// A sentence below them.
        hint: Entries<Text>,
        /// How soon an editor should read what is sent with this answer.
        urgency: Text,
    }
}

/// What the questions so far have taken: each name and each role is one question's.
#[derive(Default)]
struct Given {
    names: Vec<String>,
    roles: Vec<Role>,
}

/// Checks a form's file, for a site of these languages.
pub fn check_form(
    file: &FormFile,
    stem: &str,
    languages: &[String],
    structural: Vec<Problem>,
) -> (Option<Form>, Vec<Problem>) {
    let mut checker = Checker::new(structural);
    let id = crate::record::id::check_id(&mut checker, file.id.as_ref(), stem);
    let address = check_address(&mut checker, file.address.as_ref(), &id);
    let exit = file.exit.as_ref().and_then(|exit| checker.web_address("exit", Some(exit)));
    let kind = checker.one_of("kind", file.kind.as_ref(), "kind of form", SubmissionKind::ALL);
    let title = checker.words("title", file.title.as_ref(), languages, 80);
    let summary = checker.words("summary", file.summary.as_ref(), languages, 300);
    let before = paragraphs(&mut checker, "before", file.before.as_ref(), languages);
    let mut given = Given::default();
    let groups = check_groups(&mut checker, file.groups.as_ref(), languages, &mut given);
    let send = checker.words("send", file.send.as_ref(), languages, 60);
    let sent_title = checker.words("sent_title", file.sent_title.as_ref(), languages, 80);
    let sent = paragraphs(&mut checker, "sent", file.sent.as_ref(), languages);
    let wording = checker.optional_date("wording", file.wording.as_ref());
    // Where a question or its role could not be read, nobody knows which one is missing.
    if let Some(kind) = kind.filter(|_| with_role(file) == Some(given.roles.len())) {
        check_needed(&mut checker, kind, &given.roles);
    }
    let form = (|| {
        let (title, summary, send) = (title?, summary?, send?);
        let (kind, sent_title) = (kind?, sent_title?);
        Some(Form { id, address, exit, kind, title, summary, before, groups, send, sent_title, sent, wording })
    })();
    (form, checker.finish())
}

/// How many questions of a form's file have a role; none is known where those of a group could not be found.
fn with_role(file: &FormFile) -> Option<usize> {
    let count = |questions: &Vec<QuestionFile>| questions.iter().filter(|question| question.role.is_some()).count();
    file.groups.iter().flatten().map(|group| group.questions.as_ref().map(count)).sum()
}

/// A form's address is an id like any other; rule `bad-id`.
fn check_address(checker: &mut Checker, written: Option<&Text>, id: &str) -> String {
    let Some(address) = written else { return id.to_owned() };
    if !crate::ground::ids::is_word_id(address.as_str()) {
        let message = format!("{} is not an address", quoted(address.as_str()));
        checker.wrong("address", "bad-id", message, Some("use small letters, digits and hyphens, at most 40".into()));
    }
    address.as_str().to_owned()
}

fn paragraphs(
    checker: &mut Checker,
    key: &str,
    written: Option<&Vec<Entries<Text>>>,
    languages: &[String],
) -> Vec<Translated> {
    let items = checker.required(key, written).cloned().unwrap_or_default();
    let mut paragraphs = Vec::new();
    for (index, entries) in items.iter().enumerate() {
        paragraphs
            .extend(checker.within_item(key, index, |checker| Translated::check(checker, entries, languages, 800)));
    }
    paragraphs
}

fn check_groups(
    checker: &mut Checker,
    written: Option<&Vec<GroupFile>>,
    languages: &[String],
    given: &mut Given,
) -> Vec<Group> {
    let items = checker.required("groups", written).cloned().unwrap_or_default();
    let mut groups = Vec::new();
    for (index, file) in items.iter().enumerate() {
        let group = checker.within_item("groups", index, |checker| {
            let title = checker.words("title", file.title.as_ref(), languages, 80);
            let lead = checker.optional_words("lead", file.lead.as_ref(), languages, 600);
            let items = checker.required("questions", file.questions.as_ref()).cloned().unwrap_or_default();
            let mut questions = Vec::new();
            for (index, file) in items.iter().enumerate() {
                let question =
                    checker.within_item("questions", index, |checker| check_question(checker, file, languages, given));
                questions.extend(question);
            }
            Some(Group { title: title?, lead, questions })
        });
        groups.extend(group);
    }
    groups
}

fn check_question(
    checker: &mut Checker,
    file: &QuestionFile,
    languages: &[String],
    given: &mut Given,
) -> Option<Question> {
    let name = checker.line("name", file.name.as_ref(), 1..=40);
    let kind = checker.one_of("kind", file.kind.as_ref(), "kind of question", Kind::ALL);
    let role = file.role.as_ref().and_then(|role| checker.one_of("role", Some(role), "role", Role::ALL));
    if let Some(role) = role {
        check_role(checker, role, kind, &mut given.roles);
    }
    let label = checker.words("label", file.label.as_ref(), languages, 300);
    let hint = checker.optional_words("hint", file.hint.as_ref(), languages, 300);
    let optional = file.optional.as_ref().is_some_and(|text| checker.yes_or_no("optional", Some(text)) == Some(true));
    let needed_if = check_condition(checker, file.needed_if.as_ref(), &given.names);
    if (!optional || needed_if.is_some()) && file.ask.is_none() {
        checker.required::<Entries<Text>>("ask", None);
    }
    let ask = checker.optional_words("ask", file.ask.as_ref(), languages, 200);
    let wrong = checker.optional_words("wrong", file.wrong.as_ref(), languages, 300);
    let shortest = file.shortest.as_ref().and_then(|text| checker.number("shortest", Some(text), 1..=1000));
    let longest = file.longest.as_ref().and_then(|text| checker.number("longest", Some(text), 1..=10_000));
    let options = check_source(checker, file, kind, languages);
    if let Some(source) = &options {
        check_options(checker, role, source);
    }
    let autocomplete = checker.optional_line("autocomplete", file.autocomplete.as_ref(), 2..=30);
    note_name(checker, name.as_deref(), &mut given.names);
    Some(Question {
        name: name?,
        role,
        kind: kind?,
        label: label?,
        hint,
        ask,
        wrong,
        optional,
        needed_if,
        shortest: shortest.unwrap_or(1) as usize,
        longest: longest.map_or_else(|| default_length(kind), |number| number as usize),
        options: options?,
        autocomplete,
    })
}

fn default_length(kind: Option<Kind>) -> usize {
    match kind {
        Some(Kind::Text | Kind::Introduction) => 2400,
        Some(Kind::Email) => 254,
        Some(Kind::Choices) => 100,
        _ => 128,
    }
}

fn note_name(checker: &mut Checker, name: Option<&str>, names: &mut Vec<String>) {
    let Some(name) = name else { return };
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !plain {
        let message = format!("{} is not a question's name", quoted(name));
        checker.wrong("name", "bad-id", message, Some("use small letters, digits and underscores".into()));
    } else if names.iter().any(|known| known == name) {
        let message = format!("there are two questions {}", quoted(name));
        checker.wrong("name", "named-twice", message, None);
    }
    names.push(name.to_owned());
}

fn check_condition(checker: &mut Checker, file: Option<&ConditionFile>, names: &[String]) -> Option<Condition> {
    let file = file?;
    checker.within("needed_if", |checker| {
        let question = checker.line("question", file.question.as_ref(), 1..=40)?;
        let is = checker.line("is", file.is.as_ref(), 1..=60)?;
        if !names.contains(&question) {
            let at = At::Value(checker.path("question"));
            let mut problem = Problem::new(
                at,
                "unknown-question",
                format!("no question {} comes before this one", quoted(&question)),
            );
            problem.help =
                nearest(&question, names.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
            checker.note(problem);
            return None;
        }
        Some(Condition { question, is })
    })
}

/// An option as written, checked.
fn check_choice(checker: &mut Checker, file: &ChoiceFile, languages: &[String]) -> Option<Choice> {
    let value = checker.line("value", file.value.as_ref(), 1..=60);
    let role = file.role.as_ref().and_then(|role| checker.one_of("role", Some(role), "role", OptionRole::ALL));
    let label = checker.words("label", file.label.as_ref(), languages, 300);
    let hint = checker.optional_words("hint", file.hint.as_ref(), languages, 300);
    let urgency = file.urgency.as_ref().and_then(|text| checker.one_of("urgency", Some(text), "urgency", Urgency::ALL));
    Some(Choice { value: value?, role, label: label?, hint, urgency: urgency.unwrap_or(Urgency::Usual) })
}

/// Where the options of a question come from: rule `no-options`.
fn check_source(
    checker: &mut Checker,
    file: &QuestionFile,
    kind: Option<Kind>,
    languages: &[String],
) -> Option<OptionSource> {
    let items = file.options.clone().unwrap_or_default();
    let mut own = Vec::new();
    for (index, file) in items.iter().enumerate() {
        own.extend(checker.within_item("options", index, |checker| check_choice(checker, file, languages)));
    }
    let source = file.options_from.as_ref();
    let is_misnamed = ["options", "options_from"].iter().any(|key| checker.is_explained(&checker.path(key)));
    if source.is_none() && own.is_empty() && kind.is_some_and(Kind::has_options) {
        // Options that are there and cannot be used have been told as that.
        if items.is_empty() && !is_misnamed {
            let help = Some("give it `options`, or `options_from`".into());
            checker.wrong("kind", "no-options", "this kind of question needs options", help);
        }
        return None;
    }
    let Some(source) = source else {
        return Some(if own.is_empty() { OptionSource::None } else { OptionSource::Own(own) });
    };
    let words = ["facilities", "agencies", "interests", "languages", "looking_for"].map(|word| (word, word));
    match checker.one_of("options_from", Some(source), "source of options", &words)? {
        "facilities" => Some(OptionSource::Facilities(own)),
        "agencies" => Some(OptionSource::Agencies),
        "interests" => Some(OptionSource::Interests),
        "languages" => Some(OptionSource::Languages),
        _ => Some(OptionSource::LookingFor),
    }
}
