//! JPEG: a survey of the markers, then the decoding of nothing but the picture.

mod survey;

use crate::decoded::Decoded;
use crate::fault::PhotoFault;
use crate::raster::{Ink, Raster};
use survey::Survey;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Adobe's mark for red, green and blue (of three) or plain inks (of four), and for inks as luma and chroma.
const ADOBE_PLAIN: u8 = 0;
const ADOBE_YCCK: u8 = 2;

pub(crate) fn decode(bytes: &[u8], memory: u64) -> Result<Decoded, PhotoFault> {
    let survey = survey::survey(bytes, memory)?;
    let raster = pixels(&survey)?;
    Ok(Decoded { raster, orientation: survey.orientation, profile: survey.profile() })
}

fn pixels(survey: &Survey) -> Result<Raster, PhotoFault> {
    let broken = |_| PhotoFault::Broken;
    let frame = survey.frame.as_ref().ok_or(PhotoFault::Broken)?;
    // Strict: a picture of which a part is missing or garbled is not stored as if it were whole.
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(0xFFFF).set_max_height(0xFFFF);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(survey.picture.as_slice()), options);
    decoder.decode_headers().map_err(broken)?;
    // Asked for the very space it takes the values to be in, the decoder leaves them alone. It has not seen Adobe's mark,
    // so three are luma and chroma to it (unless named R, G, B), and four are inks.
    let held = decoder.input_colorspace().ok_or(PhotoFault::Broken)?;
    let (space, ink) = match (frame.components.len(), survey.adobe) {
        (1, _) => (ColorSpace::Luma, Ink::Gray),
        (3, Some(ADOBE_PLAIN)) => (held, Ink::Rgb),
        (3, _) => (ColorSpace::RGB, Ink::Rgb),
        (_, Some(ADOBE_YCCK)) => (ColorSpace::CMYK, Ink::Ycck),
        _ => (ColorSpace::CMYK, Ink::Cmyk),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let size = decoder.output_buffer_size().ok_or(PhotoFault::Broken)?;
    let mut pixels = vec![0; size];
    decoder.decode_into(&mut pixels).map_err(broken)?;
    Ok(Raster { width: u32::from(frame.width), height: u32::from(frame.height), ink, pixels })
}
