//! Why a file is not taken, and what it may cost.

/// Why a file is not taken as a photo. Each kind has its own advice on the page; no kind holds anything of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// The file has no bytes.
    Empty,
    /// The file has more bytes than may be sent.
    TooLarge,
    /// The content is neither JPEG nor PNG, whatever its name says.
    NotAPhoto,
    /// A phone's HEIC or AVIF, which its owner can send as JPEG.
    Heic,
    /// The header promises more pixels than can be held.
    TooManyPixels,
    /// It begins as a JPEG or PNG but is cut off, damaged, made to exhaust the reader, or of a make that nobody reads.
    Broken,
}

impl std::fmt::Display for PhotoFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::NotAPhoto => "not-a-photo",
            Self::Heic => "heic",
            Self::TooManyPixels => "too-many-pixels",
            Self::Broken => "broken",
        })
    }
}

impl std::error::Error for PhotoFault {}

/// What a file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes that the decoder may hold, pixels and coefficients together, reckoned from the header.
    pub memory: u64,
}

impl Limits {
    /// For a stranger's file: 4 MB. The memory is enough for a 24-megapixel phone photo (or a progressive one of 14), and
    /// keeps any accepted file below 100 MB over the idle process; `examples/photo_cost.rs` measures it.
    pub const SUBMITTED: Self = Self { bytes: 4 * 1024 * 1024, memory: 84_000_000 };
}
