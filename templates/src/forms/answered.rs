//! Answers in words, as they are checked and printed.

use crate::context::PageContext;
use crate::dates::day;
use crate::texts;
use crate::views::{AnsweredGroupView, AnsweredView};
use schema::form::{Answers, Form, Group, Kind, Question};
use schema::submission::content::Answer;

/// Answers in words, group by group, those too that were left empty; nothing of what was not asked.
pub fn answered_groups(context: &PageContext<'_>, form: &Form, answers: &[Answer]) -> Vec<AnsweredGroupView> {
    let given = given(answers);
    form.groups.iter().map(|group| answered_group(context, (form, group), (answers, &given))).collect()
}

/// Answers as they would be typed.
fn given(answers: &[Answer]) -> Answers {
    let mut given = Answers::default();
    for answer in answers {
        answer.values.iter().for_each(|value| given.add(&answer.question, value));
    }
    given
}

fn answered_group(
    context: &PageContext<'_>,
    (form, group): (&Form, &Group),
    (answers, given): (&[Answer], &Answers),
) -> AnsweredGroupView {
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
        rows: group.questions.iter().filter(|question| form.is_asked(question, given)).map(row).collect(),
    }
}

/// The lines of a text as they were typed, with one empty line between paragraphs.
fn lines_of(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn value_words(context: &PageContext<'_>, question: &Question, value: &str) -> Vec<String> {
    match question.kind {
        Kind::Choice | Kind::List | Kind::Choices => {
            vec![question.option_words(context.catalogue, context.lang, value)]
        }
        Kind::Tick => vec![context.text(texts::CHECK_YES)],
        Kind::PastDate => match value.parse() {
            Ok(date) => vec![day(context.strings, context.lang, date)],
            Err(_) => vec![value.to_owned()],
        },
        Kind::Text | Kind::Introduction => lines_of(value),
        _ => vec![value.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn a_poem_and_its_paragraphs_stand_as_they_were_typed() {
        let typed = "\n- one  \n- two\r\n\n \n\n  and then\nnothing\n\n";
        assert_eq!(lines_of(typed), ["- one", "- two", "", "  and then", "nothing"]);
        assert!(lines_of(" \n ").is_empty());
    }
}
