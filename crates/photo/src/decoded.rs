//! A picture as a decoder gives it.

use crate::raster::Raster;
use image::metadata::Orientation;

/// What a decoder gives: the picture as it lies in the file, and what is needed to set it right.
pub(crate) struct Decoded {
    pub(crate) raster: Raster,
    pub(crate) orientation: Orientation,
    /// An ICC profile, not yet believed.
    pub(crate) profile: Option<Vec<u8>>,
}
