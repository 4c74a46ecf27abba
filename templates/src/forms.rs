//! A form's definition as views: the empty page of the static site, the same page with answers and faults, and the page on
//! which answers are checked. One way for all three, so that they cannot differ.

mod answered;
mod fault;

pub use answered::answered_groups;

use crate::context::PageContext;
use crate::dates::grouped;
use crate::texts;
use crate::views::{FormView, GroupView, LinkView, OptionGroupView, OptionView, PartView, PutDownView, QuestionView};
use fault::fault_words;
use schema::form::{Answers, Condition, DatePart, Fault, Form, Group, Kind, Question, TRAP};
use schema::place::catalogue::Catalogue;
use schema::site::address;
use schema::submission::retention::PUT_DOWN_DAYS;
use schema::submission::role::Role;

/// The address of a form's step at the function: `/send/register/check`, `/es/send/register/send`.
pub fn action(catalogue: &Catalogue, lang: &str, form: &Form, step: &str) -> String {
    format!("{}{}/{step}", catalogue.site.prefix(lang), address::send(&form.address))
}

/// From so many groups on, they are shown one after the other.
const STEPS_FROM: usize = 3;

/// So many conditions of a form the style sheet knows; what hangs on another is shown always, with its condition in words.
const MOST_CONDITIONS: usize = 16;

/// A form with what was given so far.
struct Filled<'a> {
    form: &'a Form,
    answers: &'a Answers,
    faults: &'a [(String, Fault)],
    /// On which some questions depend, each once.
    conditions: Vec<&'a Condition>,
}

/// The form's page, with the answers so far and what is wrong with them.
pub fn form_view(context: &PageContext<'_>, form: &Form, answers: &Answers, faults: &[(String, Fault)]) -> FormView {
    let lang = context.lang;
    let filled = Filled { form, answers, faults, conditions: conditions(form) };
    let groups: Vec<GroupView> = form.groups.iter().map(|group| group_view(context, group, &filled)).collect();
    let errors: Vec<LinkView> = groups.iter().flat_map(|group| &group.questions).filter_map(error_link).collect();
    FormView {
        action: action(context.catalogue, lang, form, "check"),
        title: form.title.get(lang).to_owned(),
        summary: form.summary.get(lang).to_owned(),
        before: form.before.iter().map(|paragraph| paragraph.get(lang).to_owned()).collect(),
        in_steps: groups.len() >= STEPS_FROM,
        again: !errors.is_empty() || answers.iter().any(|(name, value)| is_given(form, name, value)),
        errors,
        groups,
        notice: String::new(),
        second: String::new(),
        draft: match form.exit {
            None => action(context.catalogue, lang, form, "check"),
            Some(_) => String::new(),
        },
        put_down: form.can_be_put_down().then(|| PutDownView {
            action: action(context.catalogue, lang, form, "keep"),
            delete_action: action(context.catalogue, lang, form, "delete"),
            code: String::new(),
            days: PUT_DOWN_DAYS.to_string(),
        }),
        trap: answers.one(TRAP).to_owned(),
        exit: form.exit.clone(),
    }
}

/// Whether something was typed: whose page it is about comes with a link.
fn is_given(form: &Form, name: &str, value: &str) -> bool {
    !value.is_empty() && form.question(name).is_none_or(|question| question.role != Some(Role::About))
}

fn conditions(form: &Form) -> Vec<&Condition> {
    let mut conditions: Vec<&Condition> = Vec::new();
    for condition in form.questions().filter_map(|question| question.only_if.as_ref()) {
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    conditions.truncate(MOST_CONDITIONS);
    conditions
}

fn group_view(context: &PageContext<'_>, group: &Group, filled: &Filled<'_>) -> GroupView {
    let questions: Vec<_> = group.questions.iter().map(|question| question_view(context, question, filled)).collect();
    GroupView {
        title: group.title.get(context.lang).to_owned(),
        lead: group.lead.as_ref().map(|lead| lead.get(context.lang).to_owned()),
        bad: questions.iter().any(|question| question.error.is_some()),
        may_stop: questions.iter().any(|question| {
            let grouped = question.option_groups.iter().flat_map(|group| &group.options);
            grouped.chain(&question.options).any(|option| option.stops)
        }),
        questions,
    }
}

fn error_link(question: &QuestionView) -> Option<LinkView> {
    let label = question.error.clone()?;
    let first_group = question.option_groups.first().map(|group| group.id.clone());
    let first_option = first_group.or_else(|| question.options.first().map(|option| option.id.clone()));
    let first_part = question.parts.iter().find(|part| part.bad).map(|part| part.name.clone());
    let target = match question.widget.as_str() {
        "choice" | "choices" => first_option,
        "date" => first_part,
        _ => None,
    };
    Some(LinkView { label, path: format!("#{}", target.unwrap_or_else(|| question.name.clone())), count: None })
}

fn question_view(context: &PageContext<'_>, question: &Question, filled: &Filled<'_>) -> QuestionView {
    let answers = filled.answers;
    let fault = filled.faults.iter().find(|(name, _)| *name == question.name).map(|(_, fault)| fault);
    let error = fault.map(|fault| fault_words(context, question, fault));
    let hint = question.hint.as_ref().map(|hint| hint.get(context.lang).to_owned());
    let longest = u32::try_from(question.longest()).unwrap_or(u32::MAX);
    let limit = (question.kind == Kind::Introduction).then(|| grouped(longest));
    let described = [hint.as_ref().map(|_| "hint"), limit.as_ref().map(|_| "limit"), error.as_ref().map(|_| "error")];
    let described_by =
        described.into_iter().flatten().map(|part| format!("{}-{part}", question.name)).collect::<Vec<_>>().join(" ");
    let (options, option_groups) = option_views(context, question, filled);
    QuestionView {
        name: question.name.clone(),
        widget: widget(question.kind).to_owned(),
        label: question.label.get(context.lang).to_owned(),
        hint,
        optional: question.optional,
        when: filled.numbers(question),
        only_if: question.only_if.as_ref().and_then(|condition| only_if(context, filled.form, condition)),
        error,
        value: answers.one(&question.name).to_owned(),
        options,
        option_groups,
        parts: part_views(question, answers, fault),
        described_by,
        longest: question.longest(),
        limit,
        autocomplete: question.autocomplete.clone().unwrap_or_default(),
    }
}

impl Filled<'_> {
    /// The number of a condition, from 1.
    fn number(&self, condition: &Condition) -> Option<usize> {
        self.conditions.iter().position(|known| *known == condition).map(|at| at + 1)
    }

    /// The numbers of all conditions of a question: its own, and those of each question on whose answer it hangs.
    fn numbers(&self, question: &Question) -> Vec<usize> {
        let mut numbers = Vec::new();
        let mut waits = question.only_if.as_ref();
        while let Some(condition) = waits {
            numbers.extend(self.number(condition));
            waits = self.form.question(&condition.question).and_then(|earlier| earlier.only_if.as_ref());
        }
        numbers
    }

    /// The numbers of those that an option meets.
    fn met_by(&self, question: &Question, value: &str) -> String {
        let meets = |condition: &&Condition| {
            condition.question == question.name && condition.is.iter().any(|wanted| wanted == value)
        };
        let met = self.conditions.iter().enumerate().filter(|(_, condition)| meets(condition));
        met.map(|(at, _)| (at + 1).to_string()).collect::<Vec<_>>().join(" ")
    }
}

fn only_if(context: &PageContext<'_>, form: &Form, condition: &Condition) -> Option<String> {
    let question = form.question(&condition.question)?;
    let words = condition.is.iter().map(|value| question.option_words(context.catalogue, context.lang, value));
    let quoted: Vec<String> = words.map(|words| format!("“{words}”")).collect();
    Some(context.format(texts::FORM_ONLY_IF, [quoted.join(", ")]))
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
    filled: &Filled<'_>,
) -> (Vec<OptionView>, Vec<OptionGroupView>) {
    let chosen = filled.answers.all(&question.name);
    let mut plain = Vec::new();
    let mut groups: Vec<OptionGroupView> = Vec::new();
    for offered in question.offered(context.catalogue, context.lang) {
        let view = OptionView {
            id: format!("{}-{}", question.name, offered.value),
            chosen: chosen.contains(&offered.value.as_str()),
            meets: filled.met_by(question, &offered.value),
            stops: filled.form.is_stopped_by(question, &offered.value, context.catalogue),
            value: offered.value,
            label: offered.label,
            hint: offered.hint,
        };
        match (offered.group, groups.last_mut()) {
            (None, _) => plain.push(view),
            (Some(label), Some(group)) if group.label == label => group.take(view),
            (Some(label), _) => {
                let mut group = OptionGroupView::new(format!("{}-kind-{}", question.name, groups.len() + 1), label);
                group.take(view);
                groups.push(group);
            }
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
