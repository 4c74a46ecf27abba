//! From the bytes a stranger sent to a clean photo: survey -> decode -> shrink -> sRGB -> upright -> encode.
//!
//! A file is judged by its content alone. A survey reads its outer structure first, reckons from the header what decoding
//! would hold in memory, and copies only what makes up the picture; the decoders never see a comment, a place, a thumbnail
//! or what hangs behind the picture. What is stored is our own encoding. Words for the faults live with the pages.

mod colour;
mod decoded;
mod fault;
mod jpeg;
mod kind;
mod png;
mod raster;

use decoded::Decoded;
pub use fault::{Limits, PhotoFault};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, RgbImage};
pub use jpeg::contents::{Carried, Contents, Unfit, contents};
use kind::Kind;
use raster::{Ink, Raster, scaled};

/// The longest side of a stored photo, in pixels.
const LONGEST_SIDE: u32 = 1600;
/// Below this a stored photo shows nobody: a card is 60 pixels wide.
const SHORTEST_SIDE: u32 = 48;
const QUALITY: u8 = 85;

/// A photo as it is stored: a baseline JPEG, upright, sRGB, with nothing in it but the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The JPEG.
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Makes a stranger's file a clean photo.
pub fn read(bytes: &[u8]) -> Result<Photo, PhotoFault> {
    let decoded = decode(bytes, Limits::SUBMITTED)?;
    let small = decoded.raster.shrink(LONGEST_SIDE).ok_or(PhotoFault::Broken)?;
    if small.width.min(small.height) < SHORTEST_SIDE {
        return Err(PhotoFault::TooSmall);
    }
    let picture = set_right(small, decoded.profile.as_deref(), decoded.orientation)?;
    let (width, height) = picture.dimensions();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .map_err(|_| PhotoFault::Broken)?;
    Ok(Photo { bytes, width, height })
}

/// The picture, upright and sRGB: in its full size, or, if it is a JPEG larger than the memory allows, in a half, a quarter or an
/// eighth of it.
pub fn upright(bytes: &[u8], limits: Limits) -> Result<RgbImage, PhotoFault> {
    let decoded = decode(bytes, limits)?;
    set_right(decoded.raster, decoded.profile.as_deref(), decoded.orientation)
}

/// The picture `width` pixels wide, its ratio kept; a narrower one keeps its own width. `None` for a picture without pixels.
pub fn narrow(picture: &RgbImage, width: u32) -> Option<RgbImage> {
    let (from_width, from_height) = picture.dimensions();
    let width = width.min(from_width);
    let height = (u64::from(from_height) * u64::from(width)).checked_div(u64::from(from_width))?.max(1);
    let height = u32::try_from(height).ok()?;
    RgbImage::from_raw(width, height, scaled(Ink::Rgb, (from_width, from_height), picture.as_raw(), (width, height))?)
}

fn decode(bytes: &[u8], limits: Limits) -> Result<Decoded, PhotoFault> {
    if bytes.is_empty() {
        return Err(PhotoFault::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(PhotoFault::TooLarge);
    }
    match kind::judge(bytes) {
        Kind::Jpeg => jpeg::decode(bytes, limits.memory),
        Kind::Png => png::decode(bytes, limits.memory),
        Kind::WebP => Err(PhotoFault::WebP),
        Kind::Avif => Err(PhotoFault::Avif),
        Kind::Heic => Err(PhotoFault::Heic),
        Kind::Other => Err(PhotoFault::NotAPhoto),
    }
}

fn set_right(raster: Raster, profile: Option<&[u8]>, orientation: Orientation) -> Result<RgbImage, PhotoFault> {
    let picture = colour::to_srgb(raster, profile).ok_or(PhotoFault::Broken)?;
    let mut picture = DynamicImage::ImageRgb8(picture);
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}
