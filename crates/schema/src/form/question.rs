//! A group of questions in a form, and what each asks.

use super::date::DatePart;
use super::kinds::{Kind, OptionSource};
use super::roles::check_options;
use super::rules::QuestionName;
use crate::record::checker::Checker;
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault};
use crate::record::rule::{Each, Line, Lines, Number, Within, Word, Words, YesNo};
use crate::record::words::Translated;
use crate::submission::content::Answer;
use crate::submission::kinds::Urgency;
use crate::submission::role::{OptionRole, Role};

record! {
    /// A group of questions.
    pub struct Group from GroupFile {
        /// Its heading.
        title: Translated = Words<80>,
        /// A paragraph below it.
        lead: Option<Translated> = Maybe<Words<600>>,
        /// The questions.
        questions: Vec<Question> = Each<Question>,
    }
}

record! {
    /// A question.
    pub struct Question from QuestionFile {
        /// Its name in submissions.
        name: String = QuestionName,
        /// What it is to the program, if anything.
        role: Option<Role> = Maybe<Word<Role>>,
        /// What kind of answer it takes.
        kind: Kind = Word<Kind>,
        /// The words above the field.
        label: Translated = Words<300>,
        /// One short sentence of help.
        hint: Option<Translated> = Maybe<Words<300>>,
        /// What is said when there is no answer; needed where there must be one.
        ask: Option<Translated> = Maybe<Words<200>>,
        /// What is said when the answer will not do. May hold {example}, {label}, {found}.
        wrong: Option<Translated> = Maybe<Words<300>>,
        /// `true` where no answer is needed.
        optional: bool = OrDefault<YesNo>,
        /// The earlier answer without which this is not asked.
        only_if: Option<Condition> = Maybe<Within<Condition>>,
        /// Fewest characters; without it, 1.
        shortest: Option<u32> = Maybe<Number<1, 1000>>,
        /// Most characters; with `choices`, most answers. Without it, what is usual for its kind.
        longest: Option<u32> = Maybe<Number<1, 10_000>>,
        /// Where the options come from.
        options_from: Option<OptionSource> = Maybe<Word<OptionSource>>,
        /// The form's own options, behind those.
        options: Vec<Choice> = OrDefault<Each<Choice>>,
        /// The browser's autocomplete word, for answers about the person who fills the form.
        autocomplete: Option<String> = Maybe<Line<2, 30>>,
    }
    across |checker, file| {
        if optional != Some(true) {
            checker.required("ask", file.ask.as_ref());
        }
        if let (Some(role), Some(own)) = (role, own_roles(file)) {
            check_options(checker, role, &own);
        }
        check_has_options(checker, file, kind?)?;
    }
}

record! {
    /// An earlier answer on which a question depends.
    pub struct Condition from ConditionFile {
        /// The earlier question.
        question: String = Line<1, 40>,
        /// The answers, any of which has this one asked.
        is: Vec<String> = Lines<8>,
    }
}

record! {
    /// An option of a form's own.
    pub struct Choice from ChoiceFile {
        /// Its value in submissions.
        value: String = Line<1, 60>,
        /// What it is to the program, if anything.
        role: Option<OptionRole> = Maybe<Word<OptionRole>>,
        /// Its words.
        label: Translated = Words<300>,
        /// A sentence below them.
        hint: Option<Translated> = Maybe<Words<300>>,
        /// The options that deny it: nobody can mean both.
        not_with: Vec<String> = OrDefault<Lines<8>>,
        /// How soon an editor should read what is sent with this answer.
        urgency: Urgency = OrDefault<Word<Urgency>>,
    }
}

/// The values of a question's own options with their roles; none where one of them could not be read, which is told.
fn own_roles(file: &QuestionFile) -> Option<Vec<(&str, Option<OptionRole>)>> {
    let read = |choice: &'_ ChoiceFile| match &choice.role {
        None => Some(None),
        Some(role) => OptionRole::from_word(role.as_str()).map(Some),
    };
    file.options.iter().flatten().map(|choice| Some((choice.value.as_ref()?.as_str(), read(choice)?))).collect()
}

/// A question that is answered by picking has something to pick: rule `no-options`.
fn check_has_options(checker: &mut Checker<'_>, file: &QuestionFile, kind: Kind) -> Option<()> {
    if !kind.has_options() || file.options_from.is_some() || file.options.iter().flatten().next().is_some() {
        return Some(());
    }
    // Options under a misspelt key have been told as that.
    if !["options", "options_from"].iter().any(|key| checker.is_explained(&checker.path(key))) {
        let help = Some("give it `options`, or `options_from`".into());
        checker.wrong("kind", "no-options", "this kind of question needs options", help);
    }
    None
}

impl Question {
    /// Fewest characters of an answer.
    pub fn shortest(&self) -> usize {
        self.shortest.unwrap_or(1) as usize
    }

    /// Most characters of an answer; with [`Kind::Choices`], most answers.
    pub fn longest(&self) -> usize {
        self.longest.map_or_else(|| self.kind.longest(), |longest| longest as usize)
    }

    /// The names of its fields: a date has three.
    pub fn fields(&self) -> Vec<String> {
        match self.kind {
            Kind::PastDate => DatePart::ALL.iter().map(|(part, _)| format!("{}-{part}", self.name)).collect(),
            _ => vec![self.name.clone()],
        }
    }

    /// Two of these answers that deny each other. Whoever asks for their page to come down has asked for one thing.
    pub(super) fn apart<'a>(&'a self, values: &[String]) -> Option<[&'a str; 2]> {
        let chosen: Vec<&Choice> = self.options.iter().filter(|option| values.contains(&option.value)).collect();
        if chosen.iter().any(|option| option.role == Some(OptionRole::TakeDown)) {
            return None;
        }
        chosen.iter().find_map(|one| {
            let other = chosen.iter().find(|other| one.not_with.contains(&other.value))?;
            Some([one.value.as_str(), other.value.as_str()])
        })
    }

    /// The option with a role.
    pub fn option_for(&self, role: OptionRole) -> Option<&Choice> {
        self.options.iter().find(|option| option.role == Some(role))
    }

    /// An answer to it that will do, as it is stored: it says what it is to the program.
    pub fn answer(&self, values: Vec<String>) -> Answer {
        let options = self.options.iter().filter(|option| values.contains(&option.value));
        let chosen = options.filter_map(|option| option.role).collect();
        Answer { question: self.name.clone(), role: self.role, values, chosen }
    }
}
