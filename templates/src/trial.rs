//! What came of setting pages only to see whether they can be set.

use crate::strings::Mistake;
use crate::theme::{RenderError, Theme};

/// What could not be set as it should.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// Templates.
    pub failures: Vec<RenderError>,
    /// Strings.
    pub mistakes: Vec<Mistake>,
}

impl Trial {
    /// Everything that has gone wrong since a theme was compiled.
    pub fn of(theme: &Theme) -> Self {
        Self { failures: theme.failures(), mistakes: theme.strings.mistakes() }
    }
}
