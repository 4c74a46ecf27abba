//! What stands for a person: their photo, or a calm stamp drawn from their id. The same id always gets the same stamp.

use serde::Serialize;

/// Photo or stamp.
#[derive(Clone, Debug, Serialize)]
pub struct Face {
    /// The photo, if there is one.
    pub photo: Option<PhotoView>,
    /// The stamp.
    pub stamp: Stamp,
}

/// A photo in its sizes.
#[derive(Clone, Debug, Serialize)]
pub struct PhotoView {
    /// Path of the 160-pixel one.
    pub small: String,
    /// Path of the 320-pixel one.
    pub medium: String,
    /// Path of the 640-pixel one.
    pub large: String,
    /// Width of the large one.
    pub width: u32,
    /// Height of the large one.
    pub height: u32,
    /// What it shows.
    pub description: String,
}

/// The numbers of a stamp: a sky, a sun, two hills and an initial, on a canvas of 50 by 60.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The initial.
    pub letter: String,
    /// One of twelve palettes, 0 to 11; the colours are the style sheet's.
    pub palette: u8,
    /// Centre of the sun.
    pub sun_x: u8,
    /// Centre of the sun.
    pub sun_y: u8,
    /// Height of the far hill.
    pub far: u8,
    /// Height of the near hill.
    pub near: u8,
    /// How the hills lean.
    pub lean: i8,
}

impl Stamp {
    /// The stamp of an id and a shown name.
    pub fn of(id: &str, name: &str) -> Self {
        let [palette, sun_x, sun_y, far, near, lean, ..] = schema::ground::hash::content_hash(id.as_bytes()).bytes();
        let letter = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('·').to_uppercase().collect();
        Self {
            letter,
            palette: palette % 12,
            sun_x: 12 + sun_x % 27,
            sun_y: 14 + sun_y % 11,
            far: 34 + far % 9,
            near: 42 + near % 7,
            lean: i8::try_from(lean % 17).unwrap_or(0) - 8,
        }
    }
}
