//! What the function carries: the site's own templates, words, forms and facts, written by the generator at each build.

use crate::theme::ThemeSource;
use schema::form::Form;
use schema::person::life::Lives;
use schema::place::catalogue::Catalogue;
use serde::{Deserialize, Serialize};

/// The templates of the function's pages, and those that they stand on.
const TEMPLATES: &[&str] = &[
    "check.html",
    "components.html",
    "fields.html",
    "form.html",
    "layout.html",
    "mine.html",
    "notice.html",
    "put-down.html",
    "sent.html",
    "status.html",
    "stop.html",
    "take-back.html",
    "take-up.html",
];

/// Everything that the function's pages and checks are made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// Templates, strings, assets.
    pub theme: ThemeSource,
    /// Facts and words.
    pub catalogue: Catalogue,
    /// The forms.
    pub forms: Vec<Form>,
    /// Where people's pages stand; none is known of a bundle that was written before they were in it.
    #[serde(default)]
    pub lives: Option<Lives>,
}

impl Bundle {
    /// Of the site's own theme, what the function needs of it.
    pub fn new(theme: &ThemeSource, catalogue: Catalogue, forms: Vec<Form>, lives: Lives) -> Self {
        Self { theme: theme.only(TEMPLATES), catalogue, forms, lives: Some(lives) }
    }
}
