//! The texts that a theme is made of, and what can be wrong with them.

use crate::assets::Asset;
use crate::fluent::{FluentFile, StringsProblem};
use crate::menu::MenuEntry;
use schema::ground::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// A problem in a theme.
pub enum ThemeProblem {
    /// In a template, by name.
    Template(String, Box<Problem>),
    /// In a Fluent file.
    Strings(Box<StringsProblem>),
    /// An asset that pages refer to is missing, by name.
    Asset(&'static str),
}
