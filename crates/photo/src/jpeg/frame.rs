//! What a frame header promises, and what decoding it would hold in memory.

use crate::jpeg::scale::Scale;

/// The frame header.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) progressive: bool,
    pub(crate) components: Vec<Component>,
}

/// A component of the frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Component {
    pub(crate) name: u8,
    /// Samples across and down in each unit of the picture.
    pub(crate) across: u64,
    pub(crate) down: u64,
}

impl Frame {
    pub(crate) fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    fn channels(&self) -> u64 {
        u64::try_from(self.components.len()).unwrap_or(u64::MAX)
    }

    /// The largest sampling across and down.
    fn most(&self) -> (u64, u64) {
        self.components.iter().fold((1, 1), |most, one| (most.0.max(one.across), most.1.max(one.down)))
    }

    /// One row of blocks with all components in full size, before and after they are brought to it.
    fn row_bytes(&self) -> u64 {
        u64::from(self.width) * 8 * self.most().1 * self.channels() * 2 * 2
    }

    /// Blocks of all components.
    fn blocks(&self) -> u64 {
        let (across, down) = self.most();
        let units = u64::from(self.width).div_ceil(8 * across) * u64::from(self.height).div_ceil(8 * down);
        self.components.iter().map(|component| units * component.across * component.down).sum()
    }

    /// Two bytes for each value of each block, which a decoder holds when the parts of a block do not come together.
    fn coefficient_bytes(&self) -> u64 {
        self.blocks() * 128
    }

    /// What the decoder of whole pictures holds.
    pub(crate) fn whole_bytes(&self, blocks: Blocks) -> u64 {
        let kept = if blocks == Blocks::Scattered { self.coefficient_bytes() } else { 0 };
        self.pixels() * self.channels() + self.row_bytes() + kept
    }

    /// What the decoder of scaled pictures holds: the components, and beside them the picture that is put together from them.
    pub(crate) fn scaled_bytes(&self, scale: Scale) -> u64 {
        let kept = if self.progressive { self.coefficient_bytes() } else { 0 };
        let side = u64::from(scale.block_side());
        let (width, height) = (u64::from(scale.of(self.width)), u64::from(scale.of(self.height)));
        let together = if self.components.len() > 1 { width * height * self.channels() } else { 0 };
        kept + self.row_bytes() + self.blocks() * side * side + together
    }
}

/// How the values of a block lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blocks {
    /// All values of all components of a place together.
    Together,
    /// In several scans.
    Scattered,
}
