//! The sizes in which a JPEG can be decoded at once: each block of 8 by 8 pixels becomes one of 8, 4, 2 or 1.

/// A part of the full size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    Full,
    Half,
    Quarter,
    Eighth,
}

impl Scale {
    /// Largest first.
    pub(crate) const ALL: [Self; 4] = [Self::Full, Self::Half, Self::Quarter, Self::Eighth];

    /// Of a decoded block, in pixels.
    pub(crate) fn block_side(self) -> u32 {
        match self {
            Self::Full => 8,
            Self::Half => 4,
            Self::Quarter => 2,
            Self::Eighth => 1,
        }
    }

    /// A length in this size, in pixels.
    pub(crate) fn of(self, length: u16) -> u16 {
        u16::try_from((u32::from(length) * self.block_side()).div_ceil(8)).unwrap_or(length)
    }
}
