//! PNG: a survey of the chunks, then the decoding of nothing but the still picture.

use crate::colour;
use crate::decoded::Decoded;
use crate::fault::PhotoFault;
use crate::kind::PNG_SIGNATURE;
use crate::raster::{Ink, Raster};
use PhotoFault::{Broken, TooManyPixels};
use image::metadata::Orientation;
use png::{ColorType, Decoder, Limits, Transformations};
use std::io::Cursor;

/// More chunks than a 4 MB picture has in the smallest pieces that encoders write.
const MAX_CHUNKS: usize = 10_000;
/// The largest colour profile that is unpacked. Those of printers are the largest known, with 2.7 MB.
const MAX_PROFILE: usize = 4 * 1024 * 1024;

/// What a survey finds.
struct Survey {
    header: Header,
    orientation: Orientation,
    has_profile: bool,
    /// The file without anything that is not needed to decode it.
    picture: Vec<u8>,
}

/// The image header.
#[derive(Clone, Copy)]
struct Header {
    width: u32,
    height: u32,
    colour: u8,
}

pub(crate) fn decode(bytes: &[u8], memory: u64) -> Result<Decoded, PhotoFault> {
    let survey = survey(bytes, memory)?;
    let (raster, profile) = pixels(&survey)?;
    Ok(Decoded { raster, orientation: survey.orientation, profile })
}

fn survey(bytes: &[u8], memory: u64) -> Result<Survey, PhotoFault> {
    let (first, mut rest) = bytes.strip_prefix(PNG_SIGNATURE).and_then(split_chunk).ok_or(Broken)?;
    let header = Header::read(first)?;
    if header.pixel_bytes() > memory {
        return Err(TooManyPixels);
    }
    let mut picture = Vec::with_capacity(bytes.len());
    picture.extend(PNG_SIGNATURE);
    picture.extend(first.whole);
    let mut survey = Survey { header, orientation: Orientation::NoTransforms, has_profile: false, picture };
    for _ in 0..MAX_CHUNKS {
        let (chunk, after) = split_chunk(rest).ok_or(Broken)?;
        rest = after;
        match chunk.name {
            b"PLTE" | b"tRNS" | b"IDAT" | b"IEND" => survey.picture.extend(chunk.whole),
            b"iCCP" => {
                survey.has_profile = true;
                survey.picture.extend(chunk.whole);
            }
            b"eXIf" => {
                survey.orientation = Orientation::from_exif_chunk(chunk.content).unwrap_or(Orientation::NoTransforms);
            }
            // A capital says that the picture cannot be understood without the chunk.
            [b'A'..=b'Z', ..] => return Err(Broken),
            _ => {}
        }
        if chunk.name == b"IEND" {
            return Ok(survey);
        }
    }
    Err(Broken)
}

/// A chunk of the file.
#[derive(Clone, Copy)]
struct Chunk<'a> {
    name: &'a [u8; 4],
    content: &'a [u8],
    /// With length and checksum.
    whole: &'a [u8],
}

fn split_chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (length, _) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (whole, rest) = bytes.split_at_checked(length.checked_add(12)?)?;
    let (name, content) = whole.get(4..)?.split_first_chunk::<4>()?;
    Some((Chunk { name, content: content.get(..length)?, whole }, rest))
}

impl Header {
    fn read(chunk: Chunk<'_>) -> Result<Self, PhotoFault> {
        let (b"IHDR", 13) = (chunk.name, chunk.content.len()) else { return Err(Broken) };
        let (width, rest) = chunk.content.split_first_chunk::<4>().ok_or(Broken)?;
        let (height, rest) = rest.split_first_chunk::<4>().ok_or(Broken)?;
        let [_, colour, ..] = rest else { return Err(Broken) };
        let header = Self { width: u32::from_be_bytes(*width), height: u32::from_be_bytes(*height), colour: *colour };
        if header.width == 0 || header.height == 0 { Err(Broken) } else { Ok(header) }
    }

    /// Eight bits a channel, with room for the transparency that a later chunk may bring.
    fn pixel_bytes(self) -> u64 {
        let channels = if matches!(self.colour, 0 | 4) { 2 } else { 4 };
        u64::from(self.width).saturating_mul(u64::from(self.height)).saturating_mul(channels)
    }
}

fn pixels(survey: &Survey) -> Result<(Raster, Option<Vec<u8>>), PhotoFault> {
    let broken = |_| Broken;
    // The decoder counts profile and packed profile against this, and one row.
    let bytes = 2 * MAX_PROFILE + usize::try_from(survey.header.width).map_err(|_| Broken)?.saturating_mul(8);
    let mut decoder = Decoder::new_with_limits(Cursor::new(survey.picture.as_slice()), Limits { bytes });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    if survey.has_profile && profile.as_ref().is_none_or(|profile| profile.len() > MAX_PROFILE) {
        return Err(Broken);
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(Broken)?];
    reader.next_frame(&mut pixels).map_err(|_| Broken)?;
    let (ink, transparent) = match reader.output_color_type().0 {
        ColorType::Grayscale => (Ink::Gray, false),
        ColorType::GrayscaleAlpha => (Ink::Gray, true),
        ColorType::Rgb => (Ink::Rgb, false),
        ColorType::Rgba => (Ink::Rgb, true),
        ColorType::Indexed => return Err(Broken),
    };
    if transparent {
        colour::compose_on_white(&mut pixels, ink.channels() + 1).ok_or(Broken)?;
    }
    Ok((Raster { width: survey.header.width, height: survey.header.height, ink, pixels }, profile))
}
