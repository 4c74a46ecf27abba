//! Walks the markers of a JPEG without decoding: what kind of frame, what it would cost, how it should be turned, which
//! colours it means; and copies tables, frame and scans, so that a decoder sees nothing else.

use crate::fault::PhotoFault;
use crate::fault::PhotoFault::{Broken, TooManyPixels};
use crate::jpeg::frame::{Blocks, Component, Frame};
use crate::jpeg::scale::Scale;
use image::metadata::Orientation;

/// More passes than any encoder makes; each costs time however few bytes it has.
const MAX_SCANS: usize = 32;
/// More tables than any encoder writes, even one for every pass.
const MAX_TABLES: usize = 256;
/// The largest cameras of phones have 200 megapixels. However few bytes they have in a file, more would only cost time.
const MAX_PIXELS: u64 = 208_000_000;
/// A picture is decoded in no smaller size than this, in pixels of its longer side: half of what is stored of a large one.
const LEAST_SIDE: u16 = 800;
/// Bits that are no code. A decoder that has not all it needs from the scan before them stops there, where it would read on in
/// zeros from any mark, and give a picture of which a part is missing for a whole one.
const NO_CODE: [[u8; 2]; 16] = [[0xFF, 0]; 16];

pub(super) const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
pub(super) const SOS: u8 = 0xDA;

/// What a survey finds.
#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) frame: Option<Frame>,
    pub(crate) orientation: Orientation,
    /// Adobe's note on what the channels mean.
    pub(crate) adobe: Option<u8>,
    /// The file without anything that is not needed to decode it.
    pub(crate) picture: Vec<u8>,
    ending: Ending,
    blocks: Blocks,
    /// The values of each component that have come in full, one bit for each of 64.
    come: Vec<u64>,
    scans: usize,
    tables: usize,
    has_exif: bool,
    /// Number, count and content of the pieces of the colour profile.
    profile: Vec<(u8, u8, Vec<u8>)>,
}

/// Whether the file says where the picture ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Marked,
    /// As phones leave it that ran out of something. Browsers show such a picture.
    Missing,
}

/// How a picture is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Whole,
    Scaled(Scale),
}

pub(crate) fn survey(bytes: &[u8]) -> Result<Survey, PhotoFault> {
    let mut survey = Survey {
        frame: None,
        orientation: Orientation::NoTransforms,
        adobe: None,
        picture: Vec::with_capacity(bytes.len()),
        ending: Ending::Missing,
        blocks: Blocks::Together,
        come: Vec::new(),
        scans: 0,
        tables: 0,
        has_exif: false,
        profile: Vec::new(),
    };
    survey.picture.extend([0xFF, SOI]);
    let mut rest = bytes.get(2..).ok_or(Broken)?;
    while let Some((marker, after)) = next_marker(rest) {
        match marker {
            EOI => {
                survey.ending = Ending::Marked;
                break;
            }
            // Stray marks that stand alone.
            0x01 | 0xD0..=0xD7 => rest = after,
            _ => {
                let (segment, after) = split_segment(after).ok_or(Broken)?;
                rest = after;
                survey.take(marker, segment)?;
                if marker == SOS {
                    let (scan, after) = split_scan(rest);
                    survey.picture.extend(scan);
                    rest = after;
                }
            }
        }
    }
    if survey.scans == 0 {
        return Err(Broken);
    }
    if survey.ending == Ending::Missing {
        survey.picture.extend(NO_CODE.as_flattened());
    }
    survey.picture.extend([0xFF, EOI]);
    Ok(survey)
}

/// The next marker, after fill bytes or whatever stands between segments, and what follows it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let start = bytes.iter().position(|byte| *byte == 0xFF)?;
    let rest = bytes.get(start..)?;
    let marker = rest.iter().position(|byte| *byte != 0xFF)?;
    Some((*rest.get(marker)?, rest.get(marker + 1..)?))
}

/// A segment's content without its length, and what follows it.
pub(super) fn split_segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

/// The coded picture up to the next marker that does not belong to it, and what follows. Half a mark at the end of the file is
/// left out.
pub(super) fn split_scan(bytes: &[u8]) -> (&[u8], &[u8]) {
    let belongs = |pair: &[u8]| matches!(pair, [0xFF, 0x00 | 0xD0..=0xD7 | 0xFF]);
    let end = bytes.windows(2).position(|pair| pair.first() == Some(&0xFF) && !belongs(pair));
    let (scan, after) = bytes.split_at(end.unwrap_or(bytes.len()));
    (if end.is_none() { scan.strip_suffix(&[0xFF]).unwrap_or(scan) } else { scan }, after)
}

fn component([name, sampling, _]: [u8; 3]) -> Component {
    Component { name, across: u64::from(sampling >> 4), down: u64::from(sampling & 15) }
}

fn sampling_fits(component: &Component) -> bool {
    (1..=4).contains(&component.across) && (1..=4).contains(&component.down)
}

impl Survey {
    fn take(&mut self, marker: u8, segment: &[u8]) -> Result<(), PhotoFault> {
        match marker {
            0xC0..=0xC2 => self.take_frame(marker, segment)?,
            SOS => self.take_scan(segment)?,
            // Huffman tables, quantisation tables, restart interval.
            0xC4 | 0xDB | 0xDD => {
                self.tables += 1;
                if self.tables > MAX_TABLES {
                    return Err(Broken);
                }
            }
            0xE1 => return self.take_exif(segment),
            0xE2 => return self.take_profile(segment),
            0xEE => return self.take_adobe(segment),
            // Lossless, hierarchical and arithmetic frames and what belongs to them; a picture inside the picture.
            0xC3..=0xCF | 0xDC | 0xDE | 0xDF | SOI => return Err(Broken),
            _ => return Ok(()),
        }
        self.keep(marker, segment)
    }

    fn keep(&mut self, marker: u8, segment: &[u8]) -> Result<(), PhotoFault> {
        let length = u16::try_from(segment.len() + 2).map_err(|_| Broken)?;
        self.picture.extend([0xFF, marker]);
        self.picture.extend(length.to_be_bytes());
        self.picture.extend(segment);
        Ok(())
    }

    fn take_frame(&mut self, marker: u8, segment: &[u8]) -> Result<(), PhotoFault> {
        let [8, height_high, height_low, width_high, width_low, count, components @ ..] = segment else {
            return Err(Broken);
        };
        let frame = Frame {
            width: u16::from_be_bytes([*width_high, *width_low]),
            height: u16::from_be_bytes([*height_high, *height_low]),
            progressive: marker == 0xC2,
            components: components.as_chunks().0.iter().copied().map(component).collect(),
        };
        let known = matches!(frame.components.len(), 1 | 3 | 4) && frame.components.len() == usize::from(*count);
        if !known || !frame.components.iter().all(sampling_fits) || frame.pixels() == 0 {
            return Err(Broken);
        }
        if frame.pixels() > MAX_PIXELS {
            return Err(TooManyPixels);
        }
        self.come = vec![0; frame.components.len()];
        match self.frame.replace(frame) {
            None => Ok(()),
            Some(_) => Err(Broken),
        }
    }

    fn take_scan(&mut self, segment: &[u8]) -> Result<(), PhotoFault> {
        let frame = self.frame.as_ref().ok_or(Broken)?;
        self.scans += 1;
        let most = if frame.progressive { MAX_SCANS } else { frame.components.len() };
        let (count, rest) = segment.split_first().ok_or(Broken)?;
        let (names, [first, last, precision]) = rest.split_last_chunk::<3>().ok_or(Broken)?;
        if self.scans > most || names.len() != 2 * usize::from(*count) {
            return Err(Broken);
        }
        if frame.progressive || usize::from(*count) != frame.components.len() {
            self.blocks = Blocks::Scattered;
        }
        let values = match (frame.progressive, precision & 15) {
            (false, _) => u64::MAX,
            (true, 0) => (*first..=*last).filter(|at| *at < 64).fold(0, |values, at| values | 1 << at),
            (true, _) => 0,
        };
        for (component, come) in frame.components.iter().zip(&mut self.come) {
            if names.chunks(2).any(|pair| pair.first() == Some(&component.name)) {
                *come |= values;
            }
        }
        Ok(())
    }

    /// How the picture is decoded within a memory, in bytes: whole where that fits, otherwise as large as fits.
    ///
    /// The decoder of scaled pictures is the one that tells where a scan breaks off. It is given no picture of which values never
    /// came in full: it would hold them twice.
    pub(crate) fn way(&self, memory: u64) -> Result<Way, PhotoFault> {
        let frame = self.frame.as_ref().ok_or(Broken)?;
        let is_whole = self.come.iter().all(|values| *values == u64::MAX);
        match self.ending {
            Ending::Marked if frame.whole_bytes(self.blocks) <= memory => return Ok(Way::Whole),
            Ending::Missing if !is_whole => return Err(Broken),
            _ => {}
        }
        let is_large = |scale: Scale| scale == Scale::Full || scale.of(frame.width.max(frame.height)) >= LEAST_SIDE;
        let fits = |scale: &Scale| is_large(*scale) && frame.scaled_bytes(*scale) <= memory;
        Scale::ALL.into_iter().find(fits).filter(|_| is_whole).map(Way::Scaled).ok_or(TooManyPixels)
    }

    fn take_exif(&mut self, segment: &[u8]) -> Result<(), PhotoFault> {
        if let Some(exif) = segment.strip_prefix(b"Exif\0\0")
            && !self.has_exif
        {
            self.has_exif = true;
            self.orientation = Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms);
        }
        Ok(())
    }

    fn take_profile(&mut self, segment: &[u8]) -> Result<(), PhotoFault> {
        if let Some([number, count, piece @ ..]) = segment.strip_prefix(b"ICC_PROFILE\0")
            && self.profile.len() < usize::from(u8::MAX)
        {
            self.profile.push((*number, *count, piece.to_vec()));
        }
        Ok(())
    }

    fn take_adobe(&mut self, segment: &[u8]) -> Result<(), PhotoFault> {
        // Version and two flags, two bytes each, stand before the mark.
        if let Some(adobe) = segment.strip_prefix(b"Adobe") {
            self.adobe = adobe.get(6).copied();
        }
        Ok(())
    }

    /// The colour profile, if all its pieces are there, each once.
    pub(crate) fn profile(mut self) -> Option<Vec<u8>> {
        self.profile.sort_by_key(|(number, ..)| *number);
        let count = self.profile.len();
        let whole =
            self.profile.iter().zip(1..).all(|((number, of, _), at)| *number == at && usize::from(*of) == count);
        (whole && count > 0).then(|| self.profile.into_iter().flat_map(|(.., piece)| piece).collect())
    }
}
