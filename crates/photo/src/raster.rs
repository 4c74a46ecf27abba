//! A picture as rows of bytes, and how it is made smaller.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8;
use fast_image_resize::{ResizeOptions, Resizer};

/// What the bytes of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Gray,
    Rgb,
    /// Cyan, magenta, yellow, black as JPEG files hold them: 255 is no ink.
    Cmyk,
    /// The same, with the first three as luma and chroma.
    Ycck,
}

impl Ink {
    pub(crate) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb => 3,
            Self::Cmyk | Self::Ycck => 4,
        }
    }
}

/// Eight bits a channel, rows from the top, without gaps.
#[derive(Debug)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) ink: Ink,
    pub(crate) pixels: Vec<u8>,
}

impl Raster {
    /// Makes the longest side `longest` pixels, or leaves a smaller picture as it is. `None` if the bytes do not fit the size.
    pub(crate) fn shrink(mut self, longest: u32) -> Option<Self> {
        // Whole pixels are averaged in place first: the filter that follows keeps a copy as tall as what it is given.
        let whole = self.width.max(self.height) / (longest + longest / 4);
        if whole > 1 {
            self.average(whole)?;
        }
        let side = self.width.max(self.height);
        if side <= longest {
            return Some(self);
        }
        let measure = |length: u32| {
            let scaled = (u64::from(length) * u64::from(longest) + u64::from(side) / 2) / u64::from(side);
            u32::try_from(scaled.max(1)).ok()
        };
        let (width, height) = (measure(self.width)?, measure(self.height)?);
        let pixels = scaled(self.ink, (self.width, self.height), &self.pixels, (width, height))?;
        Some(Self { width, height, ink: self.ink, pixels })
    }

    /// Makes each square of `side` by `side` pixels one pixel, in place; what is left over at the right and below is cut off.
    /// A picture narrower than the square keeps its narrow side.
    fn average(&mut self, side: u32) -> Option<()> {
        let channels = self.ink.channels();
        let (across, down) = (side.min(self.width), side.min(self.height));
        let (width, height) = (self.width / across, self.height / down);
        let [from_row, row] = [self.width, width].map(|width| usize::try_from(width).unwrap_or(usize::MAX) * channels);
        let across = usize::try_from(across).ok()?;
        let squared = u32::try_from(across).ok()? * down;
        let mut sums = vec![0_u32; row];
        for to in 0..usize::try_from(height).ok()? {
            sums.fill(0);
            for line in 0..usize::try_from(down).ok()? {
                let start = (to * usize::try_from(down).ok()? + line) * from_row;
                let line = self.pixels.get(start..start + from_row)?;
                for (sums, square) in sums.chunks_exact_mut(channels).zip(line.chunks_exact(across * channels)) {
                    for pixel in square.chunks_exact(channels) {
                        sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(*value));
                    }
                }
            }
            let made = self.pixels.get_mut(to * row..(to + 1) * row)?;
            for (value, sum) in made.iter_mut().zip(&sums) {
                *value = u8::try_from((sum + squared / 2) / squared).ok()?;
            }
        }
        self.pixels.truncate(row * usize::try_from(height).ok()?);
        self.pixels.shrink_to_fit();
        (self.width, self.height) = (width, height);
        Some(())
    }
}

/// The bytes of a picture in another size. `None` if they do not fit the size.
///
/// One channel after another, so that the filter is built for one kind of pixel only: for all that the library knows, it takes
/// a minute to build and a megabyte of the function.
pub(crate) fn scaled(ink: Ink, from: (u32, u32), pixels: &[u8], to: (u32, u32)) -> Option<Vec<u8>> {
    let channels = ink.channels();
    let size = usize::try_from(to.0).ok()? * usize::try_from(to.1).ok()?;
    let (mut made, mut small) = (vec![0; size * channels], vec![0; size]);
    let mut resizer = Resizer::new();
    for channel in 0..channels {
        let plane: Vec<u8> = pixels.iter().skip(channel).step_by(channels).copied().collect();
        let source = TypedImageRef::<U8>::from_buffer(from.0, from.1, &plane).ok()?;
        let mut target = TypedImage::<U8>::from_buffer(to.0, to.1, &mut small).ok()?;
        resizer.resize_typed(&source, &mut target, &ResizeOptions::new().use_alpha(false)).ok()?;
        made.iter_mut().skip(channel).step_by(channels).zip(&small).for_each(|(place, value)| *place = *value);
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(width: u32, height: u32, pixels: &[u8]) -> Raster {
        Raster { width, height, ink: Ink::Gray, pixels: pixels.to_vec() }
    }

    #[test]
    fn whole_pixels_are_averaged_and_leftovers_cut() {
        let mut raster = gray(5, 3, &[0, 4, 100, 100, 9, 8, 12, 100, 101, 9, 9, 9, 9, 9, 9]);
        raster.average(2).unwrap();
        assert_eq!((raster.width, raster.height, raster.pixels.as_slice()), (2, 1, [6, 100].as_slice()));
    }

    #[test]
    fn the_longest_side_is_cut_to_measure_and_the_other_keeps_the_ratio() {
        for (width, height, wanted) in [
            (400, 300, (100, 75)),
            (3, 1000, (1, 100)),
            (1000, 1, (100, 1)),
            (100, 9, (100, 9)),
            (101, 101, (100, 100)),
        ] {
            let made = gray(width, height, &vec![7; (width * height) as usize]).shrink(100).unwrap();
            assert_eq!((made.width, made.height), wanted);
            assert!(made.pixels.iter().all(|value| *value == 7));
            assert_eq!(made.pixels.len(), (wanted.0 * wanted.1) as usize);
        }
    }

    #[test]
    fn too_few_bytes_are_no_picture() {
        assert!(gray(400, 400, &[0; 1000]).shrink(100).is_none());
    }
}
