//! What a sample is asked for.

use jiff::civil::Date;
use std::path::Path;

/// What a sample is to be.
#[derive(Clone, Copy)]
pub struct SampleOptions<'a> {
    /// Where it goes: a folder that is empty, or not there yet.
    pub folder: &'a Path,
    /// The day on which the words and templates are read that it takes over.
    pub day: Date,
    /// How many people.
    pub count: u32,
    /// The same seed gives the same bytes.
    pub seed: u64,
}
