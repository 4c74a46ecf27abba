//! Makes picture files, sound and hostile, byte by byte where no encoder would.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Rgb, RgbImage};

/// The fields of the checked-in pictures: above left and right, below left and right.
pub(crate) const FIELDS: [[u8; 3]; 4] = [[200, 30, 30], [30, 160, 40], [40, 50, 190], [230, 230, 220]];
pub(crate) const PROGRESSIVE: &[u8] = include_bytes!("files/progressive.jpg");

/// A picture of four fields.
pub(crate) fn fields(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb(FIELDS[usize::from(x * 2 >= width) + 2 * usize::from(y * 2 >= height)]))
}

/// A picture as noisy as a photo of grass: hard to compress.
pub(crate) fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [a, b, c, _] = state.to_le_bytes();
        Rgb([(x / 16) as u8 ^ (a >> 3), (y / 16) as u8 ^ (b >> 3), c >> 3])
    })
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// A segment of a JPEG with its marker and length.
pub(crate) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

/// Puts segments behind the first mark of a JPEG.
pub(crate) fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// Exif with an orientation, a place and a maker's note.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x7C, 0x92, 7, 0, 18, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"GPS 52.5200,13.405\0MAKER NOTE");
    tiff
}

pub(crate) fn exif_segment(orientation: u8) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat())
}

/// A colour profile in one segment.
pub(crate) fn profile_segment(profile: &[u8]) -> Vec<u8> {
    segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", profile].concat())
}

pub(crate) fn profile_chunk(profile: &[u8]) -> Vec<u8> {
    chunk(b"iCCP", &[b"profile\0\0", &stored(profile)[..]].concat())
}

/// Display P3, the colours of phones.
pub(crate) fn wide_profile() -> Vec<u8> {
    moxcms::ColorProfile::new_display_p3().encode().unwrap()
}

pub(crate) fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.as_raw()).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A PNG of any make: header fields, further chunks, packed picture.
pub(crate) fn raw_png(size: (u32, u32), make: [u8; 5], chunks: &[Vec<u8>], packed: &[u8]) -> Vec<u8> {
    let header = [&size.0.to_be_bytes()[..], &size.1.to_be_bytes(), &make].concat();
    let mut bytes = [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &header)[..]].concat();
    bytes.extend(chunks.concat());
    bytes.extend(chunk(b"IDAT", packed));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

pub(crate) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let sum = checksum(name.iter().chain(content)).to_be_bytes();
    [&length[..], name, content, &sum].concat()
}

/// Puts chunks behind the header of a PNG.
pub(crate) fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

fn checksum<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|byte| (0..8).fold(byte, |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }))
        .collect();
    !bytes.fold(u32::MAX, |sum, byte| table[usize::from(sum as u8 ^ byte)] ^ sum >> 8)
}

/// Packs bytes without making them smaller.
pub(crate) fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x78, 0x01];
    let mut pieces = bytes.chunks(0xFFFF).peekable();
    while let Some(piece) = pieces.next() {
        let length = u16::try_from(piece.len()).unwrap();
        packed.push(u8::from(pieces.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(piece);
    }
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    packed.extend((high << 16 | low).to_be_bytes());
    packed
}

/// Packed zeros, some 158 times as many as there are bytes: repetitions of 258 in 13 bits each, without an end.
pub(crate) fn packed_zeros(length: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, fixed codes, one zero byte, then repetitions of it.
    [1, 1, 0].into_iter().for_each(|bit| bits.push(bit));
    (0..8).for_each(|at| bits.push(u8::from(matches!(at, 2 | 3))));
    while bits.bytes.len() < length {
        // Length code 285 is the fixed code 11000101, distance code 0 is 00000.
        [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0].into_iter().for_each(|bit| bits.push(bit));
    }
    [&[0x78, 0x01], &bits.bytes[..]].concat()
}

/// Bits from the lowest of each byte.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    filled: usize,
}

impl Bits {
    fn push(&mut self, bit: u8) {
        if self.filled.is_multiple_of(8) {
            self.bytes.push(0);
        }
        *self.bytes.last_mut().unwrap() |= bit << (self.filled % 8);
        self.filled += 1;
    }
}

/// An interlaced PNG.
pub(crate) fn interlaced_png(picture: &RgbImage) -> Vec<u8> {
    let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    let mut rows = Vec::new();
    for (left, top, across, down) in passes {
        for y in (top..picture.height()).step_by(down) {
            if left < picture.width() {
                rows.push(0);
                rows.extend((left..picture.width()).step_by(across).flat_map(|x| picture.get_pixel(x, y).0));
            }
        }
    }
    raw_png(picture.dimensions(), [8, 2, 0, 0, 1], &[], &stored(&rows))
}

/// A PNG that moves: the given pictures one after the other.
pub(crate) fn moving_png(pictures: &[RgbImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pictures[0].width(), pictures[0].height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(u32::try_from(pictures.len()).unwrap(), 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    pictures.iter().for_each(|picture| writer.write_image_data(picture.as_raw()).unwrap());
    writer.finish().unwrap();
    bytes
}

/// A JPEG whose every block is one code of one bit: as many pixels and passes as wanted in few bytes. `components` are not
/// sampled down.
pub(crate) struct Bare {
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) components: u8,
}

impl Bare {
    fn blocks(&self) -> usize {
        usize::from(self.width).div_ceil(8) * usize::from(self.height).div_ceil(8)
    }

    /// Start, tables and frame; `code` is the only one of the tables for all but the first value of a block.
    fn head(&self, frame: u8, code: u8) -> Vec<u8> {
        let one_code = |class: u8, code: u8| [&[class, 1][..], &[0; 15], &[code]].concat();
        let mut bytes = vec![0xFF, 0xD8];
        bytes.extend(segment(0xDB, &[&[0][..], &[1; 64]].concat()));
        bytes.extend(segment(0xC4, &one_code(0x00, 0)));
        bytes.extend(segment(0xC4, &one_code(0x10, code)));
        let [[a, b], [c, d]] = [self.height, self.width].map(u16::to_be_bytes);
        let mut content = vec![8, a, b, c, d, self.components];
        (1..=self.components).for_each(|id| content.extend([id, 0x11, 0]));
        bytes.extend(segment(frame, &content));
        bytes
    }

    fn scan(components: std::ops::RangeInclusive<u8>, spectrum: [u8; 3]) -> Vec<u8> {
        let mut content = vec![u8::try_from(components.clone().count()).unwrap()];
        components.for_each(|id| content.extend([id, 0]));
        content.extend(spectrum);
        segment(0xDA, &content)
    }

    /// A header that promises the pixels, and nothing else.
    pub(crate) fn head_only(&self) -> Vec<u8> {
        [self.head(0xC0, 0), vec![0xFF, 0xD9]].concat()
    }

    /// One pass, two bits a block.
    pub(crate) fn baseline(&self) -> Vec<u8> {
        let data = vec![0; (self.blocks() * 2 * usize::from(self.components)).div_ceil(8)];
        [self.head(0xC0, 0), Self::scan(1..=self.components, [0, 63, 0]), data, vec![0xFF, 0xD9]].concat()
    }

    /// One pass with a restart mark after every block; for one component.
    pub(crate) fn restarting(&self) -> Vec<u8> {
        let mut bytes = [self.head(0xC0, 0), segment(0xDD, &[0, 1]), Self::scan(1..=1, [0, 63, 0])].concat();
        for at in 0..self.blocks() {
            bytes.extend([0x3F, 0xFF, 0xD0 + (at % 8) as u8]);
        }
        let last = bytes.len() - 1;
        bytes[last] = 0xD9;
        bytes
    }

    /// The first values of all blocks, then that many passes over all other values of each component in turn, which say in
    /// runs of 16,384 blocks that there is nothing.
    pub(crate) fn progressive(&self, passes: usize) -> Vec<u8> {
        let mut bytes = self.head(0xC2, 0xE0);
        bytes.extend(Self::scan(1..=self.components, [0, 0, 0]));
        bytes.extend(vec![0; (self.blocks() * usize::from(self.components)).div_ceil(8)]);
        let nothing = vec![0; (self.blocks().div_ceil(16_384) * 15).div_ceil(8)];
        for pass in 0..passes {
            let component = 1 + (pass % usize::from(self.components)) as u8;
            let approximation = if pass < usize::from(self.components) { 0x01 } else { 0x10 };
            bytes.extend(Self::scan(component..=component, [1, 63, approximation]));
            bytes.extend(&nothing);
        }
        bytes.extend([0xFF, 0xD9]);
        bytes
    }
}

/// Repeats the last pass of a progressive JPEG.
pub(crate) fn with_passes(jpeg: &[u8], passes: usize) -> Vec<u8> {
    let last = jpeg.windows(2).rposition(|pair| pair == [0xFF, 0xDA]).unwrap();
    let end = jpeg.len() - 2;
    let mut bytes = jpeg[..end].to_vec();
    (0..passes).for_each(|_| bytes.extend(&jpeg[last..end]));
    bytes.extend(&jpeg[end..]);
    bytes
}
