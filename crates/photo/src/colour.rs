//! From whatever colours a file holds to sRGB.

use crate::raster::{Ink, Raster};
use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Converts by the profile where it fits the picture and makes sense; otherwise the values are taken for sRGB, as browsers do.
pub(crate) fn to_srgb(raster: Raster, profile: Option<&[u8]>) -> Option<RgbImage> {
    let Raster { width, height, ink, mut pixels } = raster;
    if ink == Ink::Ycck {
        pixels.as_chunks_mut().0.iter_mut().for_each(ycck_to_cmyk);
    }
    let converted = profile.and_then(|profile| convert(ink, &mut pixels, profile));
    let rgb = match (converted, ink) {
        (Some(converted), _) => converted,
        (None, Ink::Rgb) => pixels,
        (None, Ink::Gray) => pixels.iter().flat_map(|value| [*value; 3]).collect(),
        (None, Ink::Cmyk | Ink::Ycck) => pixels.as_chunks().0.iter().flat_map(|pixel| ink_to_light(*pixel)).collect(),
    };
    RgbImage::from_raw(width, height, rgb)
}

/// `None`, with the pixels as they were, if the profile is not one for this picture.
fn convert(ink: Ink, pixels: &mut [u8], profile: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let (layout, space) = match ink {
        Ink::Gray => (Layout::Gray, DataColorSpace::Gray),
        Ink::Rgb => (Layout::Rgb, DataColorSpace::Rgb),
        Ink::Cmyk | Ink::Ycck => (Layout::Rgba, DataColorSpace::Cmyk),
    };
    if profile.color_space != space {
        return None;
    }
    let to = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &to, Layout::Rgb, TransformOptions::default()).ok()?;
    let mut rgb = vec![0; pixels.len() / ink.channels() * 3];
    let flip = |pixels: &mut [u8]| pixels.iter_mut().for_each(|value| *value = 255 - *value);
    // Profiles count ink, files its absence.
    if space == DataColorSpace::Cmyk {
        flip(pixels);
    }
    let done = transform.transform(pixels, &mut rgb);
    if space == DataColorSpace::Cmyk {
        flip(pixels);
    }
    done.ok().map(|()| rgb)
}

/// Without a profile each ink takes away its part of the light.
fn ink_to_light([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| {
        let light = (u32::from(ink) * u32::from(black) + 127) / 255;
        u8::try_from(light).unwrap_or(u8::MAX)
    })
}

/// Turns luma and chroma into cyan, magenta and yellow, in the fixed-point arithmetic of JFIF.
fn ycck_to_cmyk(pixel: &mut [u8; 4]) {
    let [luma, blue, red, _] = pixel.map(i32::from);
    let (luma, blue, red) = ((luma << 16) + (1 << 15), blue - 128, red - 128);
    let rgb = [luma + 91_881 * red, luma - 22_554 * blue - 46_802 * red, luma + 116_130 * blue];
    for (value, light) in pixel.iter_mut().zip(rgb) {
        *value = 255 - u8::try_from((light >> 16).clamp(0, 255)).unwrap_or(u8::MAX);
    }
}

/// Lays a picture with transparency on white and leaves the transparency out, in place: the last of each pixel's channels.
pub(crate) fn compose_on_white(pixels: &mut Vec<u8>, channels: usize) -> Option<()> {
    let count = pixels.len() / channels;
    let kept = channels - 1;
    let mut pixel = [0; 4];
    for at in 0..count {
        let pixel = pixel.get_mut(..channels)?;
        pixel.copy_from_slice(pixels.get(at * channels..(at + 1) * channels)?);
        let (alpha, values) = pixel.split_last_mut()?;
        let alpha = u32::from(*alpha);
        for value in values.iter_mut() {
            let composed = (u32::from(*value) * alpha + 255 * (255 - alpha) + 127) / 255;
            *value = u8::try_from(composed).ok()?;
        }
        pixels.get_mut(at * kept..(at + 1) * kept)?.copy_from_slice(values);
    }
    pixels.truncate(count * kept);
    Some(())
}
