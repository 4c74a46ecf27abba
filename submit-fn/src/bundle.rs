//! What the function carries: the site's own templates, words, forms and facts, written by the generator at each build.

use schema::catalogue::Catalogue;
use schema::form::Form;
use serde::{Deserialize, Serialize};
use templates::ThemeSource;

/// Everything that the function's pages and checks are made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bundle {
    /// Templates, strings, assets.
    pub theme: ThemeSource,
    /// Facts and words.
    pub catalogue: Catalogue,
    /// The forms.
    pub forms: Vec<Form>,
}
