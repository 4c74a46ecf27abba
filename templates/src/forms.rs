//! A form's definition as views: the empty page of the static site, the same page with answers and faults, and the page on
//! which answers are checked. One way for all three, so that they cannot differ.

use crate::context::PageContext;
use crate::texts::{self, Text};
use crate::views::{
    AnsweredGroupView, AnsweredView, FormView, GroupView, LinkView, OptionGroupView, OptionView, PartView, QuestionView,
};
use schema::form::{Answers, DatePart, Fault, Form, Group, Kind, Question, TRAP};
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::content::Answer;

/// The address of a form's step at the function: `/send/register/check`, `/es/send/register/send`.
pub fn action(catalogue: &Catalogue, lang: &str, form: &Form, step: &str) -> String {
    format!("{}{}/{step}", catalogue.site.prefix(lang), address::send(&form.address))
}

/// The form's page, with the answers so far and what is wrong with them.
pub fn form_view(context: &PageContext<'_>, form: &Form, answers: &Answers, faults: &[(String, Fault)]) -> FormView {
    let lang = context.lang;
    let groups: Vec<GroupView> = form
        .groups
        .iter()
        .map(|group| GroupView {
            title: group.title.get(lang).to_owned(),
            lead: group.lead.as_ref().map(|lead| lead.get(lang).to_owned()),
            questions: group
                .questions
                .iter()
                .map(|question| question_view(context, question, answers, faults))
                .collect(),
        })
        .collect();
    let errors = groups.iter().flat_map(|group| &group.questions).filter_map(error_link).collect();
    FormView {
        action: action(context.catalogue, lang, form, "check"),
        title: form.title.get(lang).to_owned(),
        summary: form.summary.get(lang).to_owned(),
        before: form.before.iter().map(|paragraph| paragraph.get(lang).to_owned()).collect(),
        errors,
        groups,
        trap: answers.one(TRAP).to_owned(),
        exit: form.exit.clone(),
    }
}

fn error_link(question: &QuestionView) -> Option<LinkView> {
    let label = question.error.clone()?;
    let first_option = question.options.first().map(|option| option.id.clone());
    let first_part = question.parts.iter().find(|part| part.bad).map(|part| part.name.clone());
    let target = match question.widget.as_str() {
        "choice" | "choices" => first_option,
        "date" => first_part,
        _ => None,
    };
    Some(LinkView { label, path: format!("#{}", target.unwrap_or_else(|| question.name.clone())), count: None })
}

fn question_view(
    context: &PageContext<'_>,
    question: &Question,
    answers: &Answers,
    faults: &[(String, Fault)],
) -> QuestionView {
    let fault = faults.iter().find(|(name, _)| *name == question.name).map(|(_, fault)| fault);
    let error = fault.map(|fault| fault_words(context, question, fault));
    let hint = question.hint.as_ref().map(|hint| hint.get(context.lang).to_owned());
    let described = [hint.as_ref().map(|_| "hint"), error.as_ref().map(|_| "error")];
    let described_by =
        described.into_iter().flatten().map(|part| format!("{}-{part}", question.name)).collect::<Vec<_>>().join(" ");
    let (options, option_groups) = option_views(context, question, answers);
    QuestionView {
        name: question.name.clone(),
        widget: widget(question.kind).to_owned(),
        label: question.label.get(context.lang).to_owned(),
        hint,
        optional: question.optional,
        error,
        value: answers.one(&question.name).to_owned(),
        options,
        option_groups,
        parts: part_views(question, answers, fault),
        described_by,
        longest: question.longest(),
        autocomplete: question.autocomplete.clone().unwrap_or_default(),
    }
}

fn widget(kind: Kind) -> &'static str {
    match kind {
        Kind::Line | Kind::Number | Kind::Reference | Kind::Code => "line",
        Kind::Text | Kind::Introduction => "text",
        Kind::Email => "email",
        Kind::BirthYear | Kind::FutureYear => "digits",
        Kind::PastDate => "date",
        Kind::Choice => "choice",
        Kind::List => "list",
        Kind::Choices => "choices",
        Kind::Tick => "tick",
    }
}

fn option_views(
    context: &PageContext<'_>,
    question: &Question,
    answers: &Answers,
) -> (Vec<OptionView>, Vec<OptionGroupView>) {
    let chosen = answers.all(&question.name);
    let mut plain = Vec::new();
    let mut groups: Vec<OptionGroupView> = Vec::new();
    for offered in question.offered(context.catalogue, context.lang) {
        let view = OptionView {
            id: format!("{}-{}", question.name, offered.value),
            chosen: chosen.contains(&offered.value.as_str()),
            value: offered.value,
            label: offered.label,
            hint: offered.hint,
        };
        match (offered.group, groups.last_mut()) {
            (None, _) => plain.push(view),
            (Some(label), Some(group)) if group.label == label => group.options.push(view),
            (Some(label), _) => groups.push(OptionGroupView { label, options: vec![view] }),
        }
    }
    (plain, groups)
}

fn part_views(question: &Question, answers: &Answers, fault: Option<&Fault>) -> Vec<PartView> {
    if question.kind != Kind::PastDate {
        return Vec::new();
    }
    let bad = fault.map(|fault| match fault {
        Fault::Date(date) => date.part(),
        _ => DatePart::Day,
    });
    let view = |(word, part): &(&str, DatePart)| {
        let name = format!("{}-{word}", question.name);
        PartView { part: (*word).to_owned(), value: answers.one(&name).to_owned(), name, bad: bad == Some(*part) }
    };
    DatePart::ALL.iter().map(view).collect()
}

/// What is said of a fault: the form's own words where it has some, the site's for the rest.
fn fault_words(context: &PageContext<'_>, question: &Question, fault: &Fault) -> String {
    let label = question.label.get(context.lang).to_owned();
    let own = |words: &Option<schema::record::words::Translated>, text: Text<1>| {
        let general = || context.strings.format(context.lang, text, [label.clone()]);
        words.as_ref().map_or_else(general, |words| words.get(context.lang).to_owned())
    };
    let say =
        |text: Text<2>, number: usize| context.strings.format(context.lang, text, [label.clone(), number.to_string()]);
    match fault {
        Fault::Missing => own(&question.ask, texts::FAULT_MISSING),
        Fault::TooShort(least) => say(texts::FAULT_TOO_SHORT, *least),
        Fault::TooLong(most) => say(texts::FAULT_TOO_LONG, *most),
        Fault::TooMany(most) => say(texts::FAULT_TOO_MANY, *most),
        Fault::Unwanted => own(&None, texts::FAULT_UNWANTED),
        Fault::NotOneLine => own(&None, texts::FAULT_NOT_ONE_LINE),
        Fault::Twice => own(&None, texts::FAULT_TWICE),
        Fault::Date(date) => own(&None, texts::FAULT_DATE.of(*date)),
        Fault::Year(year) => own(&None, texts::FAULT_YEAR.of(*year)),
        Fault::Post(post) => own(&None, texts::FAULT_POST.of(*post)),
        Fault::NothingToSee => own(&None, texts::FAULT_NOTHING_TO_SEE),
        Fault::Contact(found) => context.strings.format(context.lang, texts::FAULT_CONTACT, [label, found.clone()]),
        Fault::Wrong { example, label: called, found } => own(&question.wrong, texts::FAULT_WRONG)
            .replace("{example}", example.as_deref().unwrap_or_default())
            .replace("{label}", called.as_deref().unwrap_or(&label))
            .replace("{found}", found.as_deref().unwrap_or_default()),
    }
}

/// Answers in words, group by group, skipped questions too.
pub fn answered_groups(context: &PageContext<'_>, form: &Form, answers: &[Answer]) -> Vec<AnsweredGroupView> {
    form.groups.iter().map(|group| answered_group(context, group, answers)).collect()
}

fn answered_group(context: &PageContext<'_>, group: &Group, answers: &[Answer]) -> AnsweredGroupView {
    let row = |question: &Question| {
        let values =
            answers.iter().find(|answer| answer.question == question.name).map_or(&[][..], |answer| &answer.values);
        AnsweredView {
            name: question.name.clone(),
            label: question.label.get(context.lang).to_owned(),
            values: if values.is_empty() && question.kind == Kind::Tick {
                vec![context.text(texts::CHECK_NO)]
            } else {
                values.iter().flat_map(|value| value_words(context, question, value)).collect()
            },
        }
    };
    AnsweredGroupView {
        title: group.title.get(context.lang).to_owned(),
        rows: group.questions.iter().map(row).collect(),
    }
}

fn value_words(context: &PageContext<'_>, question: &Question, value: &str) -> Vec<String> {
    match question.kind {
        Kind::Choice | Kind::List | Kind::Choices => {
            vec![question.option_words(context.catalogue, context.lang, value)]
        }
        Kind::Tick => vec![context.text(texts::CHECK_YES)],
        Kind::PastDate => match value.parse() {
            Ok(date) => vec![crate::dates::day(context.strings, context.lang, date)],
            Err(_) => vec![value.to_owned()],
        },
        Kind::Text | Kind::Introduction => value.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        _ => vec![value.to_owned()],
    }
}
