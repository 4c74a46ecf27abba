//! JPEG: a survey of the markers, then the decoding of nothing but the picture.

pub(crate) mod contents;
mod frame;
mod scale;
mod survey;

use crate::decoded::Decoded;
use crate::fault::PhotoFault;
use crate::raster::{Ink, Raster};
use frame::Frame;
use jpeg_decoder::ColorTransform;
use scale::Scale;
use survey::{Survey, Way};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Adobe's mark for red, green and blue (of three) or plain inks (of four), and for inks as luma and chroma.
const ADOBE_PLAIN: u8 = 0;
const ADOBE_YCCK: u8 = 2;

/// The names of components that are red, green and blue without Adobe's saying so.
const RED_GREEN_BLUE: [u8; 3] = *b"RGB";

pub(crate) fn decode(bytes: &[u8], memory: u64) -> Result<Decoded, PhotoFault> {
    let survey = survey::survey(bytes)?;
    let frame = survey.frame.as_ref().ok_or(PhotoFault::Broken)?;
    let raster = match survey.way(memory)? {
        Way::Whole => whole(&survey, frame)?,
        Way::Scaled(scale) => scaled(&survey, frame, scale).ok_or(PhotoFault::Broken)?,
    };
    Ok(Decoded { raster, orientation: survey.orientation, profile: survey.profile() })
}

/// What the channels of the raster are, luma and chroma being made red, green and blue.
fn ink(survey: &Survey, frame: &Frame) -> Ink {
    match (frame.components.len(), survey.adobe) {
        (1, _) => Ink::Gray,
        (3, _) => Ink::Rgb,
        (_, Some(ADOBE_YCCK)) => Ink::Ycck,
        _ => Ink::Cmyk,
    }
}

fn whole(survey: &Survey, frame: &Frame) -> Result<Raster, PhotoFault> {
    let broken = |_| PhotoFault::Broken;
    // Strict: a picture of which a part is missing or garbled is not stored as if it were whole.
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(0xFFFF).set_max_height(0xFFFF);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(survey.picture.as_slice()), options);
    decoder.decode_headers().map_err(broken)?;
    // Asked for the very space it takes the values to be in, the decoder leaves them alone. It has not seen Adobe's mark,
    // so three are luma and chroma to it (unless named R, G, B), and four are inks.
    let held = decoder.input_colorspace().ok_or(PhotoFault::Broken)?;
    let ink = ink(survey, frame);
    let space = match (ink, survey.adobe) {
        (Ink::Gray, _) => ColorSpace::Luma,
        (Ink::Rgb, Some(ADOBE_PLAIN)) => held,
        (Ink::Rgb, _) => ColorSpace::RGB,
        (Ink::Cmyk | Ink::Ycck, _) => ColorSpace::CMYK,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let size = decoder.output_buffer_size().ok_or(PhotoFault::Broken)?;
    let mut pixels = vec![0; size];
    decoder.decode_into(&mut pixels).map_err(broken)?;
    Ok(Raster { width: u32::from(frame.width), height: u32::from(frame.height), ink, pixels })
}

/// Decodes in a part of the full size, which needs the memory of that part only.
fn scaled(survey: &Survey, frame: &Frame, scale: Scale) -> Option<Raster> {
    let mut decoder = jpeg_decoder::Decoder::new(survey.picture.as_slice());
    let ink = ink(survey, frame);
    let names = frame.components.iter().map(|component| component.name);
    let is_light = survey.adobe == Some(ADOBE_PLAIN) || names.eq(RED_GREEN_BLUE);
    // Without any transform the decoder leaves each row in one piece for every channel.
    decoder.set_color_transform(match ink {
        Ink::Gray => ColorTransform::Grayscale,
        Ink::Rgb if is_light => ColorTransform::RGB,
        Ink::Rgb => ColorTransform::YCbCr,
        Ink::Cmyk | Ink::Ycck => ColorTransform::CMYK,
    });
    // Asked for a width or a height, the decoder takes the smallest size in which one of them is reached.
    let (width, height) = (scale.of(frame.width), scale.of(frame.height));
    let asked = if width > height { (width, u16::MAX) } else { (u16::MAX, height) };
    let (width, height) = decoder.scale(asked.0, asked.1).ok()?;
    let mut pixels = decoder.decode().ok()?;
    // Which turns all four over: here they are as the file holds them, as from the other decoder.
    if matches!(ink, Ink::Cmyk | Ink::Ycck) {
        pixels.iter_mut().for_each(|value| *value = 255 - *value);
    }
    let size = usize::from(width) * usize::from(height) * ink.channels();
    (pixels.len() == size).then_some(Raster { width: width.into(), height: height.into(), ink, pixels })
}
