//! Photos as they are published: turned upright, in three widths, as JPEG without anything but the picture, under names that
//! only their content gives. What was made once is kept in `var/cache/photos`.

use crate::source::PhotoFile;
use anyhow::{Context, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, RgbImage};
use photo::{Limits, narrow, upright};
use schema::ground::hash::content_hash;
use std::io::Cursor;
use std::path::Path;

/// The widths, in pixels; a smaller photo keeps its own.
const WIDTHS: [u32; 3] = [160, 320, 640];
const QUALITY: u8 = 82;
/// What `load` lets through: 6 MB and 8,000 pixels a side, with nine bytes for each pixel of a progressive JPEG.
const LIMITS: Limits = Limits { bytes: 6 * 1024 * 1024, memory: 600_000_000 };

/// A photo's published files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub(crate) small: String,
    pub(crate) medium: String,
    pub(crate) large: String,
    /// Of the large one.
    pub(crate) width: u32,
    /// Of the large one.
    pub(crate) height: u32,
}

impl Sizes {
    /// The paths of all widths.
    pub(crate) fn paths(&self) -> [&str; 3] {
        [&self.small, &self.medium, &self.large]
    }
}

/// Path and bytes of each published file of a photo, smallest first.
type Files = [(String, Vec<u8>); 3];

/// Makes a photo's published files, or takes them from the cache: their paths, and path and bytes of each.
pub(crate) fn publish(root: &Path, cache: Option<&Path>, photo: &PhotoFile) -> Result<(Sizes, Files)> {
    let mut decoded = None;
    let mut file = |width: u32| -> Result<(String, Vec<u8>)> {
        let kept = cache.map(|cache| cache.join(format!("{}-{width}.jpg", photo.hash)));
        let bytes = match kept.as_ref().filter(|kept| kept.exists()) {
            Some(kept) => fs_err::read(kept)?,
            None => {
                let picture = match &decoded {
                    Some(picture) => picture,
                    None => decoded.insert(decode(root, photo)?),
                };
                let bytes = shrink(picture, width).with_context(|| photo.file.display().to_string())?;
                if let Some(kept) = &kept {
                    disk::place(kept, &bytes)?;
                }
                bytes
            }
        };
        Ok((format!("/photos/{:.16}-{width}.jpg", content_hash(&bytes)), bytes))
    };
    let [small, medium, large] = WIDTHS;
    let made = [file(small)?, file(medium)?, file(large)?];
    Ok((sizes(&made)?, made))
}

fn sizes([(small, _), (medium, _), (large, bytes)]: &Files) -> Result<Sizes> {
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), image::ImageFormat::Jpeg).into_dimensions()?;
    Ok(Sizes { small: small.clone(), medium: medium.clone(), large: large.clone(), width, height })
}

fn decode(root: &Path, photo: &PhotoFile) -> Result<RgbImage> {
    let bytes = disk::read(root, &photo.file)?;
    upright(&bytes, LIMITS).with_context(|| photo.file.display().to_string())
}

fn shrink(picture: &RgbImage, width: u32) -> Result<Vec<u8>> {
    let small = narrow(picture, width).context("the picture has no pixels")?;
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&small)?;
    Ok(bytes)
}
