//! Photos as they are published: turned upright, in three widths, as JPEG without anything but the picture, under names that
//! only their content gives. What was made once is kept in `var/cache/photos`.

use crate::files;
use crate::load::PhotoFile;
use anyhow::{Context, Result};
use fast_image_resize::Resizer;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader};
use schema::submission::content_hash;
use std::io::Cursor;
use std::path::Path;

/// The widths, in pixels; a smaller photo keeps its own.
const WIDTHS: [u32; 3] = [160, 320, 640];
const QUALITY: u8 = 82;

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
    /// Path and bytes of each.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// Makes a photo's published files, or takes them from the cache.
pub(crate) fn publish(root: &Path, cache: Option<&Path>, photo: &PhotoFile) -> Result<Sizes> {
    let mut decoded = None;
    let mut made = Vec::new();
    for width in WIDTHS {
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
                    files::write(kept, &bytes)?;
                }
                bytes
            }
        };
        let hash = content_hash(&bytes);
        made.push((format!("/photos/{}-{width}.jpg", hash.get(..16).unwrap_or_default()), bytes));
    }
    sizes(made)
}

fn sizes(made: Vec<(String, Vec<u8>)>) -> Result<Sizes> {
    let path = |at: usize| made.get(at).map(|(path, _)| path.clone()).unwrap_or_default();
    let large = made.last().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default();
    let (width, height) = ImageReader::with_format(Cursor::new(large), image::ImageFormat::Jpeg).into_dimensions()?;
    Ok(Sizes { small: path(0), medium: path(1), large: path(2), width, height, files: made })
}

fn decode(root: &Path, photo: &PhotoFile) -> Result<DynamicImage> {
    let bytes = files::read(root, &photo.file)?;
    let context = || photo.file.display().to_string();
    let mut decoder =
        ImageReader::with_format(Cursor::new(&bytes), image::ImageFormat::Jpeg).into_decoder().with_context(context)?;
    let orientation = decoder.orientation().with_context(context)?;
    let mut picture = DynamicImage::from_decoder(decoder).with_context(context)?;
    picture.apply_orientation(orientation);
    Ok(DynamicImage::ImageRgb8(picture.into_rgb8()))
}

fn shrink(picture: &DynamicImage, width: u32) -> Result<Vec<u8>> {
    let (from_width, from_height) = (picture.width(), picture.height());
    let width = width.min(from_width);
    let height = (u64::from(from_height) * u64::from(width) / u64::from(from_width.max(1))).max(1);
    let mut small = DynamicImage::new_rgb8(width, u32::try_from(height)?);
    Resizer::new().resize(picture, &mut small, None)?;
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&small)?;
    Ok(bytes)
}
