//! Compiled templates and strings: everything needed to turn a view into a page.

use crate::asked::check;
use crate::assets::{named_assets, paths};
use crate::menu::{Menu, menus};
pub use crate::source::{ThemeProblem, ThemeSource};
use crate::strings::Strings;
use crate::texts::Asked;
use crate::views::{AssetsView, Frame};
use fluent_bundle::{FluentArgs, FluentValue};
use schema::ground::nearest::nearest;
use schema::ground::problem::{At, Problem};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tera::{Context, Kwargs, State, Tera, Value};

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
    menus: BTreeMap<String, Menu>,
    failures: Mutex<Vec<RenderError>>,
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
    /// Compiles a theme. `asked` is what crates above ask for by families of their own. Rules: `bad-template`, `missing-string`,
    /// `unused-string`, `unknown-argument`, `unknown-prefix`, and those of [`Strings::read`].
    ///
    /// # Errors
    /// Every problem found; with any, there is no theme.
    pub fn compile(source: &ThemeSource, asked: Vec<Asked>) -> Result<Self, Vec<ThemeProblem>> {
        Self::make(source, |source, strings| check(source, strings, asked))
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
        let assets = match paths(&source.assets) {
            Ok(assets) if problems.is_empty() => assets,
            Ok(_) => return Err(problems),
            Err(missing) => {
                problems.extend(missing.into_iter().map(ThemeProblem::Asset));
                return Err(problems);
            }
        };
        let assets_of = named_assets(&source.templates, &assets)
            .map_err(|error| vec![template_problem(source, "layout.html", &error.to_string())])?;
        let menus = menus(&source.menus, &strings);
        Ok(Self { engines, strings, assets, assets_of, menus, failures: Mutex::default() })
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
        let menu = self.menus.get(&frame.page.lang);
        context.insert("foot", &menu.map(|menu| &menu.links));
        context.insert("foot_groups", &menu.map(|menu| &menu.groups));
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
    let first = report.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or(report);
    let message = first.trim_start_matches("error:").trim().to_owned();
    let place = source.templates.iter().find_map(|(name, _)| {
        let (_, after) = report.split_once(&format!("{name}:"))?;
        let mut numbers = after.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<usize>().ok());
        Some((name.clone(), numbers.next().unwrap_or(1), numbers.next().unwrap_or(1)))
    });
    let (name, line, column) = place.unwrap_or_else(|| (otherwise.to_owned(), 1, 1));
    let mut problem = Problem::new(At::Position(line, column), "bad-template", message);
    if let Some((undefined, known)) = problem.message.split_once(" Available variables: ") {
        let near = undefined.split('`').nth(1).and_then(|word| nearest(word, known.split(", ")));
        problem.help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the page gives {known}"),
        });
        problem.message = undefined.trim_end_matches('.').to_owned();
    }
    ThemeProblem::Template(name, Box::new(problem))
}
