//! Compiled templates and strings: everything needed to turn a view into a page.

use crate::assets::{Asset, named_assets, paths};
use crate::menu::{MenuEntry, menus};
use crate::strings::{FluentFile, Strings, StringsProblem};
use crate::views::{AssetsView, Frame, LinkView};
use fluent_bundle::{FluentArgs, FluentValue};
use regex::Regex;
use schema::ground::nearest::nearest;
use schema::ground::problem::{At, Problem};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tera::{Context, Kwargs, State, Tera, Value};

/// The texts of a theme, as the generator reads them from `templates/` and `content/`, and as the function carries them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeSource {
    /// Templates: name and text.
    pub templates: Vec<(String, String)>,
    /// Fluent files by language.
    pub strings: BTreeMap<String, Vec<FluentFile>>,
    /// Style sheet, script, icon.
    pub assets: Vec<Asset>,
    /// What stands at the foot of every page, by language.
    pub menus: BTreeMap<String, Vec<MenuEntry>>,
}

impl ThemeSource {
    /// What pages of these templates alone need: the templates, all strings, and the assets' names without their bytes.
    pub fn only(&self, templates: &[&str]) -> Self {
        Self {
            templates: self.templates.iter().filter(|(name, _)| templates.contains(&name.as_str())).cloned().collect(),
            strings: self.strings.clone(),
            assets: self.assets.iter().map(|asset| Asset { text: String::new(), ..asset.clone() }).collect(),
            menus: self.menus.clone(),
        }
    }
}

/// Compiled templates and strings.
pub struct Theme {
    /// One engine per language: `t` knows which words to look up.
    engines: BTreeMap<String, Tera>,
    /// The strings.
    pub strings: Arc<Strings>,
    /// Paths that pages refer to.
    pub assets: AssetsView,
    /// What pages of each template name of these.
    assets_of: BTreeMap<String, Vec<String>>,
    /// The links at the foot of every page, by language.
    menus: BTreeMap<String, Vec<LinkView>>,
    failures: Mutex<Vec<RenderError>>,
}

/// A problem in a theme.
pub enum ThemeProblem {
    /// In a template, by name.
    Template(String, Box<Problem>),
    /// In a Fluent file.
    Strings(Box<StringsProblem>),
}

/// A view that could not be rendered.
#[derive(Clone, Debug)]
pub struct RenderError {
    /// The template.
    pub template: String,
    /// What the engine says.
    pub message: String,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "template {}: {}", self.template, self.message)
    }
}

impl std::error::Error for RenderError {}

impl Theme {
    /// Compiles a theme. Rules: `bad-template`, `missing-string`, `unknown-string`, and those of [`Strings::read`].
    ///
    /// # Errors
    /// Every problem found; with any, there is no theme.
    pub fn compile(source: &ThemeSource) -> Result<Self, Vec<ThemeProblem>> {
        Self::make(source, check_strings)
    }

    /// Compiles a theme that [`Theme::compile`] took before, without looking through its words once more.
    ///
    /// # Errors
    /// Every problem found; with any, there is no theme.
    pub fn open(source: &ThemeSource) -> Result<Self, Vec<ThemeProblem>> {
        Self::make(source, |_, _| Vec::new())
    }

    fn make(
        source: &ThemeSource,
        check: impl FnOnce(&ThemeSource, &Strings) -> Vec<ThemeProblem>,
    ) -> Result<Self, Vec<ThemeProblem>> {
        let (strings, problems) = Strings::read(&source.strings);
        let mut problems: Vec<ThemeProblem> =
            problems.into_iter().map(|problem| ThemeProblem::Strings(Box::new(problem))).collect();
        // A file of strings that stops being Fluent lacks what stands below, which says nothing new.
        if !problems.iter().any(is_not_fluent) {
            problems.extend(check(source, &strings));
        }
        let strings = Arc::new(strings);
        let mut engines = BTreeMap::new();
        for language in source.strings.keys() {
            match engine(source, &strings, language) {
                Ok(engine) => drop(engines.insert(language.clone(), engine)),
                Err(found) if engines.is_empty() => {
                    problems.push(found);
                    break;
                }
                Err(_) => {}
            }
        }
        if problems.is_empty() {
            let assets = paths(&source.assets);
            let assets_of = named_assets(&source.templates, &assets);
            let menus = menus(&source.menus, &strings);
            Ok(Self { engines, strings, assets, assets_of, menus, failures: Mutex::default() })
        } else {
            Err(problems)
        }
    }

    /// Sets a view into its template, in the language of its frame.
    ///
    /// # Errors
    /// What the engine says, which is a mistake of ours: views and templates are held together by tests.
    pub fn render<V: Serialize>(&self, template: &str, frame: &Frame, view: &V) -> Result<String, RenderError> {
        self.set(template, frame, view).inspect_err(|failure| {
            self.failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure.clone());
        })
    }

    /// The paths of the assets that pages of a template name, its parents' and parts' among them.
    pub fn assets_of(&self, template: &str) -> impl Iterator<Item = &str> {
        self.assets_of.get(template).into_iter().flatten().map(String::as_str)
    }

    /// What could not be set since the theme was compiled.
    pub fn failures(&self) -> Vec<RenderError> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set<V: Serialize>(&self, template: &str, frame: &Frame, view: &V) -> Result<String, RenderError> {
        let failed = |message: String| RenderError { template: template.to_owned(), message };
        let engine =
            self.engines.get(&frame.page.lang).ok_or_else(|| failed(format!("no language `{}`", frame.page.lang)))?;
        let mut context = Context::from_serialize(view).map_err(|error| failed(error.to_string()))?;
        context.insert("site", &frame.site);
        context.insert("page", &frame.page);
        context.insert("assets", &frame.assets);
        context.insert("foot", &self.menus.get(&frame.page.lang));
        engine.render(template, &context).map_err(|error| failed(error.to_string()))
    }
}

fn is_not_fluent(problem: &ThemeProblem) -> bool {
    matches!(problem, ThemeProblem::Strings(strings) if strings.problem.rule == "bad-string")
}

fn engine(source: &ThemeSource, strings: &Arc<Strings>, language: &str) -> Result<Tera, ThemeProblem> {
    let mut engine = Tera::new();
    let (words, lang) = (Arc::clone(strings), language.to_owned());
    engine.register_function("t", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        translate(&words, &lang, &kwargs)
    });
    let templates = source.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    engine.add_raw_templates(templates).map_err(|error| template_problem(source, "layout.html", &error.to_string()))?;
    Ok(engine)
}

fn translate(strings: &Strings, language: &str, kwargs: &Kwargs) -> tera::TeraResult<String> {
    let id = kwargs.must_get::<&str>("k")?;
    let mut args = FluentArgs::new();
    for (name, value) in kwargs.iter() {
        let name = name.to_string();
        if name != "k" {
            args.set(name, fluent_value(value));
        }
    }
    let args = args.iter().next().is_some().then_some(&args);
    strings
        .lookup(language, id, args)
        .ok_or_else(|| tera::Error::message(format!("there is no string `{id}` in `{language}`")))
}

fn fluent_value(value: &Value) -> FluentValue<'static> {
    match value.as_i64() {
        Some(number) => FluentValue::from(number),
        None => FluentValue::from(value.to_string()),
    }
}

impl RenderError {
    /// The same as a problem of the template, with its place: rule `bad-template`.
    pub fn explain(&self, source: &ThemeSource) -> ThemeProblem {
        template_problem(source, &self.template, &self.message)
    }
}

/// Tera's report names the template and the place in it; both are looked up, the rest of the sentence is kept.
fn template_problem(source: &ThemeSource, otherwise: &str, report: &str) -> ThemeProblem {
    let first = report.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let message = first.trim_start_matches("error:").trim().to_owned();
    let place = source.templates.iter().find_map(|(name, _)| {
        let (_, after) = report.split_once(&format!("{name}:"))?;
        let mut numbers = after.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<usize>().ok());
        Some((name.clone(), numbers.next().unwrap_or(1), numbers.next().unwrap_or(1)))
    });
    let (name, line, column) = place.unwrap_or_else(|| (otherwise.to_owned(), 1, 1));
    let mut problem = Problem::new(At::Position(line, column), "bad-template", message);
    if let Some((undefined, known)) = problem.message.split_once(" Available variables: ") {
        let word = undefined.split('`').nth(1).unwrap_or_default();
        problem.help = Some(match nearest(word, known.split(", ")) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the page gives {known}"),
        });
        problem.message = undefined.trim_end_matches('.').to_owned();
    }
    ThemeProblem::Template(name, Box::new(problem))
}

/// Each string that a template asks for stands in each language, and each language has the same strings.
fn check_strings(source: &ThemeSource, strings: &Strings) -> Vec<ThemeProblem> {
    let mut problems = Vec::new();
    let languages: Vec<&str> = strings.languages().collect();
    let mut places: BTreeMap<&str, Vec<(&String, At)>> = BTreeMap::new();
    for (name, text) in &source.templates {
        asked(text).into_iter().for_each(|(id, at)| places.entry(id).or_default().push((name, at)));
    }
    for (id, places) in places {
        let missing: Vec<&str> = languages.iter().filter(|language| !strings.has(language, id)).copied().collect();
        if let (false, Some((name, at))) = (missing.is_empty(), places.first()) {
            let message = format!("the string `{id}` is missing in {}", missing.join(", "));
            let mut others: Vec<&str> =
                places.iter().map(|(other, _)| other.as_str()).filter(|other| other != name).collect();
            others.dedup();
            let also = if others.is_empty() {
                String::new()
            } else {
                format!("; it is asked for in {} too", others.join(", "))
            };
            let problem = Problem::new(at.clone(), "missing-string", message);
            let help = format!("add a line `{id} = …` to a file of that language{also}");
            problems.push(ThemeProblem::Template((*name).clone(), Box::new(problem.help(help))));
        }
    }
    let all: BTreeSet<&str> = languages.iter().flat_map(|language| strings.ids(language)).collect();
    for language in &languages {
        let other = languages.iter().find(|other| *other != language);
        for id in all.iter().filter(|id| !strings.has(language, id)) {
            let message = format!("the string `{id}` is missing in `{language}`");
            let mut problem = Problem::new(At::Position(1, 1), "missing-string", message);
            problem.help = other.map(|other| format!("it stands in `{other}`"));
            let file = source.strings.get(*language).and_then(|files| files.first()).map(|(file, _)| file.clone());
            let file = file.unwrap_or_else(|| "site.ftl".into());
            problems.push(ThemeProblem::Strings(Box::new(StringsProblem {
                language: (*language).to_owned(),
                file,
                problem,
            })));
        }
    }
    problems
}

static ASKED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\bt\(\s*k\s*=\s*(?:"([^"]*)"|'([^']*)')"#).expect("the pattern is fixed"));

/// The string ids that a template asks for by name, with their places.
fn asked(text: &str) -> Vec<(&str, At)> {
    let mut found = Vec::new();
    for (row, line) in text.lines().enumerate() {
        for captured in ASKED.captures_iter(line) {
            let Some(id) = captured.get(1).or(captured.get(2)) else { continue };
            // Followed by `~`, it is only the beginning of an id.
            if !line.get(id.end() + 1..).unwrap_or_default().trim_start().starts_with('~') {
                let column = line.get(..id.start()).unwrap_or_default().chars().count() + 1;
                found.push((id.as_str(), At::Position(row + 1, column)));
            }
        }
    }
    found
}
