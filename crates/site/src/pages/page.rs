//! A page of the site: where it stands, who asks for it, what stands on it.

use crate::ledger::Kind;
use crate::pages::scene::Scene;
use anyhow::Result;
use schema::person::profile::Profile;
use serde::Serialize;
use std::path::PathBuf;
use templates::frame::{About, frame};

/// A planned page.
pub(crate) struct Page<'a> {
    /// Language id.
    pub(crate) lang: &'a str,
    /// Path without the language's prefix: `/people/marcus-k7m2q/`.
    pub(crate) path: String,
    /// The file that asks for it.
    pub(crate) source: PathBuf,
    /// What stands there.
    pub(crate) body: Box<dyn Body + 'a>,
}

/// What stands on a page.
pub(crate) trait Body: Send + Sync {
    /// What it is.
    fn kind(&self) -> Kind;

    /// Its template.
    fn template(&self) -> &'static str;

    /// The bytes of the page.
    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String>;

    /// The person whose page it is.
    fn person(&self) -> Option<&Profile> {
        None
    }

    /// The people who are shown on it.
    fn shows(&self) -> Vec<&Profile> {
        self.person().into_iter().collect()
    }

    /// Whether search engines may show it: only where everybody on it agreed to that, on whatever day it is read.
    fn is_for_search(&self) -> bool {
        true
    }
}

impl<'a> Page<'a> {
    /// A page that only its template asks for.
    pub(crate) fn of_template(lang: &'a str, path: impl Into<String>, body: impl Body + 'a) -> Self {
        let source = PathBuf::from(format!("templates/html/{}", body.template()));
        Self { lang, path: path.into(), source, body: Box::new(body) }
    }

    /// A page that a file of the root asks for.
    pub(crate) fn of_file(
        lang: &'a str,
        path: impl Into<String>,
        source: impl Into<PathBuf>,
        body: impl Body + 'a,
    ) -> Self {
        Self { lang, path: path.into(), source: source.into(), body: Box::new(body) }
    }

    /// What the page says of itself, with nothing out of the ordinary.
    pub(crate) fn about(&self, title: String, description: String) -> About<'_> {
        About { lang: self.lang, title, description, path: &self.path, noindex: false, section: "", kind: "website" }
    }

    /// Sets a view into the page's template.
    pub(crate) fn set<V: Serialize>(&self, scene: &Scene<'_>, about: About<'_>, view: &V) -> Result<String> {
        let about = About { noindex: about.noindex || !self.body.is_for_search(), ..about };
        let frame = frame(&scene.content.catalogue, &scene.theme.assets, about);
        Ok(scene.theme.render(self.body.template(), &frame, view)?)
    }
}
