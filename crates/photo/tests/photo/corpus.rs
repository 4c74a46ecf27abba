//! Every kind of file that a stranger may send as a photo, and what becomes of it: the size of the stored photo, or the fault.

use crate::make::*;
use photo::PhotoFault::{self, *};

/// A file and what becomes of it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) wanted: Result<(u32, u32), PhotoFault>,
}

type Wanted = Result<(u32, u32), PhotoFault>;

/// All cases, in the order of the table of bad inputs.
pub(crate) fn corpus() -> Vec<Case> {
    let made = [not_photos(), polyglots(), damaged(), bombs(), many_parts(), makes(), largest()];
    made.into_iter().flatten().map(|(name, bytes, wanted)| Case { name, bytes, wanted }).collect()
}

fn small() -> Vec<u8> {
    jpeg(&fields(64, 48), 90)
}

const SMALL: Wanted = Ok((64, 48));

fn not_photos() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let mut exact = small();
    exact.resize(4 * 1024 * 1024, 0);
    let mut over = exact.clone();
    over.push(0);
    vec![
        ("nothing", Vec::new(), Err(Empty)),
        ("4 MB exactly", exact, SMALL),
        ("one byte more than 4 MB", over, Err(TooLarge)),
        ("text", b"dear friend".to_vec(), Err(NotAPhoto)),
        ("PDF", b"%PDF-1.7\n".to_vec(), Err(NotAPhoto)),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Err(NotAPhoto)),
        ("HTML", b"<!doctype html><script>".to_vec(), Err(NotAPhoto)),
        ("GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), Err(NotAPhoto)),
        ("ZIP", b"PK\x03\x04".to_vec(), Err(NotAPhoto)),
        ("EXE", b"MZ\x90\0".to_vec(), Err(NotAPhoto)),
        ("WebP", b"RIFF\x24\0\0\0WEBPVP8 ".to_vec(), Err(WebP)),
        ("film", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42".to_vec(), Err(NotAPhoto)),
        ("HEIC of a phone", b"\0\0\0\x28ftypheic\0\0\0\0mif1MiHBMiHEMiPrmiafheic".to_vec(), Err(Heic)),
        ("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf".to_vec(), Err(Avif)),
    ]
}

fn polyglots() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let tail = |bytes: &[u8], tail: &[u8]| [bytes, tail].concat();
    vec![
        ("JPEG and ZIP", tail(&small(), b"PK\x03\x04secret.txt"), SMALL),
        ("JPEG and HTML", tail(&small(), b"<script>alert(1)</script>"), SMALL),
        ("JPEG and script in a comment", with_segments(&small(), &[segment(0xFE, b"*/=alert(1)/*")]), SMALL),
        ("PNG and PHP", tail(&png(&fields(64, 48)), b"<?php system($_GET[0]);"), SMALL),
        ("JPEG and a second JPEG", tail(&small(), &small()), SMALL),
    ]
}

fn damaged() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let jpeg = small();
    let png = png(&fields(64, 48));
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let but = |bytes: &[u8], at: usize, value: u8| {
        let mut bytes = bytes.to_vec();
        bytes[at] = value;
        bytes
    };
    // The coded picture cut in the middle, but closed with an end.
    let closed = [&half(&noise_jpeg()), &b"\xFF\xD9"[..]].concat();
    let name_of_data = png.windows(4).position(|name| name == b"IDAT").unwrap();
    vec![
        ("JPEG cut in half", half(&jpeg), Err(Broken)),
        ("JPEG cut in half but closed: shown as far as it goes", closed, Ok((128, 128))),
        ("progressive JPEG cut in half", half(PROGRESSIVE), Err(Broken)),
        ("JPEG without its end", jpeg[..jpeg.len() - 2].to_vec(), SMALL),
        ("the start of a JPEG", b"\xFF\xD8".to_vec(), Err(Broken)),
        ("JPEG without a picture", b"\xFF\xD8\xFF\xD9".to_vec(), Err(Broken)),
        ("PNG cut in half", half(&png), Err(Broken)),
        ("the signature of a PNG", png[..8].to_vec(), Err(Broken)),
        ("PNG with a wrong header checksum", but(&png, 30, png[30] ^ 1), Err(Broken)),
        ("PNG with a wrong picture checksum", but(&png, png.len() - 14, png[png.len() - 14] ^ 1), Err(Broken)),
        ("PNG with a changed picture", but(&png, name_of_data + 12, png[name_of_data + 12] ^ 0xFF), Err(Broken)),
        ("PNG of no width", raw_png((0, 9), [8, 2, 0, 0, 0], &[], &stored(&[0])), Err(Broken)),
        ("PNG of an unknown make", raw_png((1, 1), [9, 5, 0, 0, 0], &[], &stored(&[0, 0])), Err(Broken)),
        ("PNG with too few rows", raw_png((4, 4), [8, 0, 0, 0, 0], &[], &stored(&[0; 5])), Err(Broken)),
        ("PNG that needs an unknown chunk", with_chunks(&png, &[chunk(b"CgBI", &[0; 4])]), Err(Broken)),
    ]
}

pub(crate) fn noise_jpeg() -> Vec<u8> {
    jpeg(&noise(128, 128), 80)
}

fn bombs() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let png = png(&fields(64, 48));
    let zeros = packed_zeros(3 << 20);
    let profile = chunk(b"iCCP", &[&b"bomb\0\0"[..], &zeros].concat());
    let text = chunk(b"zTXt", &[&b"bomb\0\0"[..], &zeros].concat());
    let bare = |width, height, components| Bare { width, height, components };
    vec![
        ("PNG of 65,500 by 65,500", raw_png((65_500, 65_500), [1, 0, 0, 0, 0], &[], &zeros), Err(TooManyPixels)),
        ("PNG as wide as can be", raw_png((0x7FFF_FFFF, 1), [8, 0, 0, 0, 0], &[], &zeros), Err(TooManyPixels)),
        ("JPEG of 65,500 by 65,500", bare(65_500, 65_500, 1).head_only(), Err(TooManyPixels)),
        ("progressive JPEG of 20 megapixels", bare(5000, 4000, 3).progressive(0), Err(TooManyPixels)),
        ("PNG with an iCCP bomb", with_chunks(&png, &[profile]), Err(Broken)),
        ("PNG with a zTXt bomb, dropped unread", with_chunks(&png, &[text]), SMALL),
        ("PNG of one pixel with a picture bomb", raw_png((1, 1), [8, 0, 0, 0, 0], &[], &zeros), Err(TooSmall)),
        ("PNG of 100,000 chunks", with_chunks(&png, &vec![chunk(b"tEXt", b"a\0b"); 100_000]), Err(Broken)),
    ]
}

fn many_parts() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let bare = |width, height, components| Bare { width, height, components };
    let app = segment(0xE5, &[7; 65_533]);
    vec![
        ("progressive JPEG of 1,000 passes", with_passes(PROGRESSIVE, 1000), Err(Broken)),
        ("large progressive JPEG of 1,000 passes", bare(4000, 4000, 1).progressive(1000), Err(Broken)),
        ("JPEG of 65,536 restart marks", bare(2048, 2048, 1).restarting(), Ok((1600, 1600))),
        ("JPEG of 60 segments of 64 KB", with_segments(&small(), &vec![app; 60]), SMALL),
        ("JPEG of 100,000 empty segments", with_segments(&small(), &vec![segment(0xE5, b""); 100_000]), SMALL),
        ("JPEG of 10,000 tables", with_segments(&small(), &vec![segment(0xDD, &[0, 0]); 10_000]), Err(Broken)),
    ]
}

fn makes() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let four = fields(64, 48);
    vec![
        ("APNG", moving_png(&[four.clone(), noise(64, 48)]), SMALL),
        ("interlaced PNG", interlaced_png(&four), SMALL),
        ("progressive JPEG", PROGRESSIVE.to_vec(), SMALL),
        ("subsampled JPEG", include_bytes!("files/subsampled.jpg").to_vec(), SMALL),
        ("gray JPEG", include_bytes!("files/gray.jpg").to_vec(), SMALL),
        ("CMYK JPEG", include_bytes!("files/cmyk.jpg").to_vec(), SMALL),
        ("YCCK JPEG", include_bytes!("files/ycck.jpg").to_vec(), SMALL),
        ("JPEG of red, green and blue", include_bytes!("files/adobe-rgb.jpg").to_vec(), SMALL),
        ("JPEG in wide colours", with_segments(&small(), &[profile_segment(&wide_profile())]), SMALL),
        ("JPEG with a senseless profile", with_segments(&small(), &[profile_segment(&[1; 300])]), SMALL),
        ("PNG in wide colours", with_chunks(&png(&four), &[profile_chunk(&wide_profile())]), SMALL),
        ("JPEG lying on its side", with_segments(&small(), &[exif_segment(6)]), Ok((48, 64))),
    ]
}

/// The costliest files that are taken, and their neighbours that are not.
fn largest() -> Vec<(&'static str, Vec<u8>, Wanted)> {
    let bare = |width, height, components| Bare { width, height, components };
    let zeros = packed_zeros(4_000_000);
    vec![
        ("JPEG of 12 megapixels, noisy", jpeg(&noise(4032, 3024), 76), Ok((1600, 1200))),
        ("JPEG of 24 megapixels", bare(5712, 4284, 3).baseline(), Ok((1600, 1200))),
        ("JPEG of 27 megapixels", bare(5250, 5250, 3).baseline(), Ok((1600, 1600))),
        ("gray JPEG of 83 megapixels", bare(9120, 9120, 1).baseline(), Ok((1600, 1600))),
        ("gray JPEG of 27 megapixels in 32 passes", bare(5250, 5250, 1).progressive(31), Ok((1600, 1600))),
        ("progressive JPEG of 9 megapixels in 32 passes", bare(3000, 3000, 3).progressive(31), Ok((1600, 1600))),
        ("JPEG of 10 megapixels, four channels", bare(3200, 3200, 4).baseline(), Ok((1600, 1600))),
        ("JPEG of 65,535 by 200", bare(65_535, 200, 3).baseline(), Err(TooSmall)),
        ("PNG of 20 megapixels, transparent", raw_png((4580, 4580), [8, 6, 0, 0, 0], &[], &zeros), Ok((1600, 1600))),
        ("PNG of 20 megapixels, 16 bits", raw_png((4580, 4580), [16, 6, 0, 0, 0], &[], &zeros), Ok((1600, 1600))),
        ("PNG of 20 megapixels, interlaced", raw_png((4580, 4580), [8, 6, 0, 0, 1], &[], &zeros), Ok((1600, 1600))),
        ("gray PNG of 41 megapixels", raw_png((6480, 6480), [8, 0, 0, 0, 0], &[], &zeros), Ok((1600, 1600))),
        ("PNG of 22 megapixels", raw_png((4700, 4700), [8, 6, 0, 0, 0], &[], &zeros), Err(TooManyPixels)),
    ]
}
