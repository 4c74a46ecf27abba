//! Walks the markers of a JPEG without decoding: what kind of frame, what it would cost, how it should be turned, which
//! colours it means; and copies tables, frame and scans, so that a decoder sees nothing else.

use crate::fault::PhotoFault;
use crate::fault::PhotoFault::{Broken, TooManyPixels};
use image::metadata::Orientation;

/// More passes than any encoder makes; each costs time however few bytes it has.
const MAX_SCANS: usize = 32;
/// More tables than any encoder writes, even one for every pass.
const MAX_TABLES: usize = 256;

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// What a survey finds.
#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) frame: Option<Frame>,
    pub(crate) orientation: Orientation,
    /// Adobe's note on what the channels mean.
    pub(crate) adobe: Option<u8>,
    /// The file without anything that is not needed to decode it.
    pub(crate) picture: Vec<u8>,
    scans: usize,
    tables: usize,
    has_exif: bool,
    /// Number, count and content of the pieces of the colour profile.
    profile: Vec<(u8, u8, Vec<u8>)>,
}

/// The frame header.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) width: u16,
    pub(crate) height: u16,
    progressive: bool,
    /// Sampling across and down of each component.
    pub(crate) components: Vec<(u64, u64)>,
}

pub(crate) fn survey(bytes: &[u8], memory: u64) -> Result<Survey, PhotoFault> {
    let mut survey = Survey {
        frame: None,
        orientation: Orientation::NoTransforms,
        adobe: None,
        picture: Vec::with_capacity(bytes.len()),
        scans: 0,
        tables: 0,
        has_exif: false,
        profile: Vec::new(),
    };
    survey.picture.extend([0xFF, SOI]);
    let mut rest = bytes.get(2..).ok_or(Broken)?;
    loop {
        let (marker, after) = next_marker(rest).ok_or(Broken)?;
        match marker {
            EOI => break,
            // Stray marks that stand alone.
            0x01 | 0xD0..=0xD7 => rest = after,
            _ => {
                let (segment, after) = split_segment(after).ok_or(Broken)?;
                rest = after;
                survey.take(marker, segment, memory)?;
                if marker == SOS {
                    let scan = scan_length(rest);
                    survey.picture.extend(rest.get(..scan).ok_or(Broken)?);
                    rest = rest.get(scan..).ok_or(Broken)?;
                }
            }
        }
    }
    if survey.scans == 0 {
        return Err(Broken);
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
fn split_segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

/// The length of the coded picture up to the next marker that does not belong to it.
fn scan_length(bytes: &[u8]) -> usize {
    let belongs = |pair: &[u8]| matches!(pair, [0xFF, 0x00 | 0xD0..=0xD7 | 0xFF]);
    bytes.windows(2).position(|pair| pair.first() == Some(&0xFF) && !belongs(pair)).unwrap_or(bytes.len())
}

impl Survey {
    fn take(&mut self, marker: u8, segment: &[u8], memory: u64) -> Result<(), PhotoFault> {
        match marker {
            0xC0..=0xC2 => self.take_frame(marker, segment, memory)?,
            SOS => self.take_scan(segment, memory)?,
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

    fn take_frame(&mut self, marker: u8, segment: &[u8], memory: u64) -> Result<(), PhotoFault> {
        let [8, height_high, height_low, width_high, width_low, count, components @ ..] = segment else {
            return Err(Broken);
        };
        let components: Vec<(u64, u64)> = components
            .chunks_exact(3)
            .filter_map(|component| component.get(1))
            .map(|sampling| (u64::from(sampling >> 4), u64::from(sampling & 15)))
            .collect();
        let sampling_fits = |(across, down): &(u64, u64)| (1..=4).contains(across) && (1..=4).contains(down);
        let frame = Frame {
            width: u16::from_be_bytes([*width_high, *width_low]),
            height: u16::from_be_bytes([*height_high, *height_low]),
            progressive: marker == 0xC2,
            components,
        };
        let known = matches!(frame.components.len(), 1 | 3 | 4) && frame.components.len() == usize::from(*count);
        if !known || !frame.components.iter().all(sampling_fits) || frame.width == 0 || frame.height == 0 {
            return Err(Broken);
        }
        if frame.pixel_bytes() > memory {
            return Err(TooManyPixels);
        }
        match self.frame.replace(frame) {
            None => Ok(()),
            Some(_) => Err(Broken),
        }
    }

    fn take_scan(&mut self, segment: &[u8], memory: u64) -> Result<(), PhotoFault> {
        let frame = self.frame.as_ref().ok_or(Broken)?;
        self.scans += 1;
        let most = if frame.progressive { MAX_SCANS } else { frame.components.len() };
        if self.scans > most {
            return Err(Broken);
        }
        let in_parts = segment.first().is_none_or(|count| usize::from(*count) != frame.components.len());
        let mut bytes = frame.pixel_bytes() + frame.row_bytes();
        if frame.progressive || in_parts {
            bytes += frame.coefficient_bytes();
        }
        if bytes > memory { Err(TooManyPixels) } else { Ok(()) }
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

impl Frame {
    fn pixel_bytes(&self) -> u64 {
        let channels = u64::try_from(self.components.len()).unwrap_or(u64::MAX);
        u64::from(self.width) * u64::from(self.height) * channels
    }

    /// The largest sampling across and down.
    fn most(&self) -> (u64, u64) {
        self.components.iter().fold((1, 1), |most, one| (most.0.max(one.0), most.1.max(one.1)))
    }

    /// One row of blocks with all components in full size, before and after they are brought to it.
    fn row_bytes(&self) -> u64 {
        let channels = u64::try_from(self.components.len()).unwrap_or(u64::MAX);
        u64::from(self.width) * 8 * self.most().1 * channels * 2 * 2
    }

    /// Two bytes for each value of each block, which a decoder holds when the parts of a block do not come together.
    fn coefficient_bytes(&self) -> u64 {
        let (across, down) = self.most();
        let units = u64::from(self.width).div_ceil(8 * across) * u64::from(self.height).div_ceil(8 * down);
        self.components.iter().map(|(across, down)| units * across * down * 128).sum()
    }
}
