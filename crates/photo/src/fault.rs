//! Why a file is not taken, and what it may cost.

/// Why a file is not taken as a photo. Each kind has its own advice on the page; no kind holds anything of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// The file has no bytes.
    Empty,
    /// The file has more bytes than may be sent.
    TooLarge,
    /// The content is no picture that we know, whatever its name says.
    NotAPhoto,
    /// A phone's HEIC, which its owner can send as JPEG.
    Heic,
    /// A picture saved from a website or a messenger.
    WebP,
    /// The same, of another kind.
    Avif,
    /// The header promises more pixels than can be held.
    TooManyPixels,
    /// A dot or a strip, in which nobody can be seen.
    TooSmall,
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
            Self::WebP => "webp",
            Self::Avif => "avif",
            Self::TooManyPixels => "too-many-pixels",
            Self::TooSmall => "too-small",
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
    /// For a stranger's file: 4 MB. The memory is enough for a 24-megapixel phone photo in its full size, for one of 200 in a
    /// quarter of it, and for a progressive one of 24; it keeps any file below 100 MB over the idle process, as
    /// `tests/memory.rs` measures.
    pub const SUBMITTED: Self = Self { bytes: 4 * 1024 * 1024, memory: 84_000_000 };
}
