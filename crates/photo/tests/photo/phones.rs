//! Pictures as phones, cameras and messengers make them, and what becomes of each.

use crate::flat::{Flat, Process};
use crate::make::*;
use Process::{Baseline, Progressive, Restarting};
use photo::PhotoFault::{self, *};

/// A picture and what becomes of it.
pub(crate) struct Picture {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) wanted: Result<Stored, PhotoFault>,
}

/// What is stored.
#[derive(Clone, Copy)]
pub(crate) struct Stored {
    pub(crate) size: (u32, u32),
    /// The colours above left and right, below left and right, where it is one of four fields.
    pub(crate) fields: Option<[[u8; 3]; 4]>,
}

/// Which field of the file comes to stand above left, above right, below left, below right, by orientation from 1.
pub(crate) const TURNED: [[usize; 4]; 8] =
    [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1], [0, 2, 1, 3], [2, 0, 3, 1], [3, 1, 2, 0], [1, 3, 0, 2]];

pub(crate) const INKS: [[u8; 3]; 4] = [[0, 255, 255], [255, 0, 255], [255, 255, 0], [127, 127, 127]];
pub(crate) const GRAYS: [[u8; 3]; 4] = [[40; 3], [90; 3], [160; 3], [220; 3]];

pub(crate) fn pictures() -> Vec<Picture> {
    [turned(), large(), unfinished(), cut(), around(), makes(), other_kinds(), tiny()].into_iter().flatten().collect()
}

fn upright(name: &str, bytes: Vec<u8>, size: (u32, u32)) -> Picture {
    Picture { name: name.to_owned(), bytes, wanted: Ok(Stored { size, fields: Some(FIELDS) }) }
}

/// One of the checked-in pictures, whose fields may have colours of their own.
fn coloured(name: &str, bytes: Vec<u8>, fields: [[u8; 3]; 4]) -> Picture {
    Picture { name: name.to_owned(), bytes, wanted: Ok(Stored { size: (64, 48), fields: Some(fields) }) }
}

fn plain(name: &str, bytes: Vec<u8>, size: (u32, u32)) -> Picture {
    Picture { name: name.to_owned(), bytes, wanted: Ok(Stored { size, fields: None }) }
}

fn refused(name: &str, bytes: Vec<u8>, fault: PhotoFault) -> Picture {
    Picture { name: name.to_owned(), bytes, wanted: Err(fault) }
}

fn flat(width: u16, height: u16, process: Process) -> Vec<u8> {
    Flat::new(width, height, process).bytes()
}

fn tagged(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    with_segments(jpeg, &[exif_segment(orientation)])
}

/// Twelve megapixels as most phones take them, held in each way; and the large ones lying on their side.
fn turned() -> Vec<Picture> {
    let picture = |name: String, jpeg: &[u8], orientation: u8| {
        let size = if orientation < 5 { (1600, 1200) } else { (1200, 1600) };
        let fields = TURNED[usize::from(orientation) - 1].map(|field| FIELDS[field]);
        Picture { name, bytes: tagged(jpeg, orientation), wanted: Ok(Stored { size, fields: Some(fields) }) }
    };
    let (usual, large, progressive) =
        (flat(4032, 3024, Baseline), flat(8000, 6000, Baseline), flat(4000, 3000, Progressive));
    let mut all: Vec<Picture> =
        (1..=8).map(|held| picture(format!("12 megapixels held as {held}"), &usual, held)).collect();
    all.push(picture("48 megapixels on its side".to_owned(), &large, 6));
    all.push(picture("progressive on its side".to_owned(), &progressive, 8));
    all
}

fn large() -> Vec<Picture> {
    let without_sampling = Flat { sampling: (1, 1), ..Flat::new(8000, 6000, Baseline) };
    let half_sampling = Flat { sampling: (2, 1), ..Flat::new(8000, 6000, Baseline) };
    let gray = Bare { width: 9120, height: 9216, components: 1 };
    vec![
        upright("24 megapixels", flat(5712, 4284, Baseline), (1600, 1200)),
        upright("48 megapixels", flat(8000, 6000, Baseline), (1600, 1200)),
        upright("48 megapixels, 4:4:4", without_sampling.bytes(), (1600, 1200)),
        upright("48 megapixels, 4:2:2", half_sampling.bytes(), (1600, 1200)),
        upright("48 megapixels with marks", flat(8000, 6000, Restarting), (1600, 1200)),
        upright("50 megapixels", flat(8160, 6120, Baseline), (1600, 1200)),
        upright("108 megapixels", flat(12_000, 9000, Baseline), (1600, 1200)),
        upright("200 megapixels", flat(16_320, 12_240, Baseline), (1600, 1200)),
        plain("gray, 84 megapixels", gray.baseline(), (1583, 1600)),
        upright("panorama", flat(16_382, 3628, Baseline), (1600, 354)),
        upright("12 megapixels, progressive", flat(4000, 3000, Progressive), (1600, 1200)),
        upright("16 megapixels, progressive", flat(4640, 3472, Progressive), (1600, 1197)),
        upright("24 megapixels, progressive", flat(5712, 4284, Progressive), (1428, 1071)),
        refused("48 megapixels, progressive", flat(8000, 6000, Progressive), TooManyPixels),
    ]
}

/// Without the mark at the end, as a phone leaves it that ran out of something.
fn unfinished() -> Vec<Picture> {
    let without = |jpeg: Vec<u8>, bytes: usize| jpeg[..jpeg.len() - bytes].to_vec();
    let padded = [without(flat(4032, 3024, Baseline), 2), vec![0; 4096]].concat();
    let noisy = without(jpeg(&noise(1200, 900), 80), 2);
    vec![
        upright("12 megapixels without an end", without(flat(4032, 3024, Baseline), 2), (1600, 1200)),
        upright("12 megapixels with half an end", without(flat(4032, 3024, Baseline), 1), (1600, 1200)),
        upright("12 megapixels with zeros for an end", padded, (1600, 1200)),
        upright("48 megapixels without an end", without(flat(8000, 6000, Baseline), 2), (1600, 1200)),
        upright("progressive without an end", without(flat(4000, 3000, Progressive), 2), (1600, 1200)),
        upright("marks and no end", without(flat(4032, 3024, Restarting), 2), (1600, 1200)),
        plain("noisy without an end", noisy, (1200, 900)),
        coloured("CMYK without an end", without(include_bytes!("files/cmyk.jpg").to_vec(), 2), INKS),
        coloured("YCCK without an end", without(include_bytes!("files/ycck.jpg").to_vec(), 2), INKS),
        coloured("gray without an end", without(include_bytes!("files/gray.jpg").to_vec(), 2), GRAYS),
        coloured("light without an end", without(include_bytes!("files/adobe-rgb.jpg").to_vec(), 2), FIELDS),
        coloured("ten scans and no end", without(PROGRESSIVE.to_vec(), 2), FIELDS),
    ]
}

/// A part is missing: nothing is made of the rest.
fn cut() -> Vec<Picture> {
    let part = |jpeg: Vec<u8>| jpeg[..jpeg.len() / 4 * 3].to_vec();
    let without_last_scan = {
        let whole = flat(4000, 3000, Progressive);
        let last = whole.windows(2).rposition(|pair| pair == [0xFF, 0xDA]).unwrap();
        whole[..last].to_vec()
    };
    vec![
        refused("12 megapixels, three quarters", part(flat(4032, 3024, Baseline)), Broken),
        refused("48 megapixels, three quarters", part(flat(8000, 6000, Baseline)), Broken),
        refused("marks, three quarters", part(flat(4032, 3024, Restarting)), Broken),
        refused("noisy, three quarters", part(jpeg(&noise(1200, 900), 80)), Broken),
        refused("progressive, three quarters", part(flat(4000, 3000, Progressive)), Broken),
        refused("progressive without its last scan", without_last_scan, Broken),
    ]
}

/// What phones write before and behind the picture.
fn around() -> Vec<Picture> {
    let picture = flat(4032, 3024, Baseline);
    let several = with_segments(&picture, &[segment(0xE2, b"MPF\0II*\0\x08\0\0\0"), exif_segment(1)]);
    let film = [&picture[..], b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"].concat();
    let wide = with_segments(&flat(8000, 6000, Baseline), &[profile_segment(&wide_profile())]);
    vec![
        upright("several pictures in one (MPO)", [&several[..], &jpeg(&noise(640, 480), 70)].concat(), (1600, 1200)),
        upright("a picture that moves", film, (1600, 1200)),
        plain("48 megapixels in wide colours", wide, (1600, 1200)),
    ]
}

fn makes() -> Vec<Picture> {
    let screen = fields(1170, 2532);
    let zeros = packed_zeros(200_000);
    vec![
        upright("progressive with ten scans", PROGRESSIVE.to_vec(), (64, 48)),
        coloured("CMYK", include_bytes!("files/cmyk.jpg").to_vec(), INKS),
        coloured("YCCK", include_bytes!("files/ycck.jpg").to_vec(), INKS),
        coloured("gray", include_bytes!("files/gray.jpg").to_vec(), GRAYS),
        upright("red, green and blue", include_bytes!("files/adobe-rgb.jpg").to_vec(), (64, 48)),
        upright("PNG of a screen", png(&screen), (739, 1600)),
        upright("interlaced PNG", interlaced_png(&fields(1170, 800)), (1170, 800)),
        plain("PNG of 16 bits", raw_png((1170, 1000), [16, 6, 0, 0, 0], &[], &zeros), (1170, 1000)),
        plain("PNG with transparency", raw_png((1170, 1000), [8, 6, 0, 0, 0], &[], &zeros), (1170, 1000)),
    ]
}

fn other_kinds() -> Vec<Picture> {
    vec![
        refused("HEIC", b"\0\0\0\x28ftypheic\0\0\0\0mif1MiHBMiHEMiPrmiafheic".to_vec(), Heic),
        refused("HEIC of another brand", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heix".to_vec(), Heic),
        refused("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf".to_vec(), Avif),
        refused("WebP", b"RIFF\x24\0\0\0WEBPVP8X".to_vec(), WebP),
        refused("GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), NotAPhoto),
    ]
}

/// In which nobody can be seen.
fn tiny() -> Vec<Picture> {
    vec![
        refused("1 by 1", jpeg(&fields(1, 1), 90), TooSmall),
        refused("10 by 10", png(&fields(10, 10)), TooSmall),
        refused("8 by 1600", jpeg(&fields(8, 1600), 90), TooSmall),
        refused("16,000 by 200, which would be stored as a line", flat(16_000, 200, Baseline), TooSmall),
        upright("48 by 48", jpeg(&fields(48, 48), 95), (48, 48)),
    ]
}
