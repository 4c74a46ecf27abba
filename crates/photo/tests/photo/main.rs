//! What becomes of the bytes that strangers send as photos: rows 65 to 80 of the table of bad inputs.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot make its files has failed, and says where"
)]

mod corpus;
mod flat;
mod make;
mod phones;

use flat::{Flat, Process};
use image::{Rgb, RgbImage};
use make::*;
use photo::{Limits, Photo, PhotoFault, read, upright};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Made once: some of the files are large.
static CORPUS: LazyLock<Vec<corpus::Case>> = LazyLock::new(corpus::corpus);

#[test]
fn every_file_becomes_what_the_table_promises() {
    for case in CORPUS.iter() {
        let became = read(&case.bytes).map(|photo| {
            assert_nothing_but_the_picture(&photo, case.name);
            (photo.width, photo.height)
        });
        assert_eq!(became, case.wanted, "{}", case.name);
    }
}

#[test]
fn a_picture_of_a_phone_is_taken_or_kindly_refused() {
    let pictures = phones::pictures();
    assert!(pictures.len() >= 40);
    for picture in pictures {
        let name = &picture.name;
        let became = read(&picture.bytes);
        assert_eq!(
            became.as_ref().map(|photo| (photo.width, photo.height)),
            picture.wanted.as_ref().map(|stored| stored.size),
            "{name}"
        );
        let (Ok(photo), Ok(stored)) = (became, picture.wanted) else { continue };
        assert_nothing_but_the_picture(&photo, name);
        if let Some(fields) = stored.fields {
            assert_fields(&stored_picture(&photo), fields, 8, name);
        }
    }
}

/// A memory too small for the whole picture, and large enough for a part of it.
#[test]
fn a_picture_too_large_for_the_memory_is_decoded_smaller() {
    for process in [Process::Baseline, Process::Restarting, Process::Progressive] {
        let file = Flat::new(1800, 1200, process).bytes();
        let part = |memory| upright(&file, Limits { memory, ..Limits::SUBMITTED }).map(|part| part.dimensions());
        let kept = if process == Process::Progressive { 1800 * 1200 * 3 + 200_000 } else { 0 };
        assert_eq!(part(20_000_000), Ok((1800, 1200)));
        assert_eq!(part(3_500_000 + kept), Ok((900, 600)), "half");
        assert_eq!(part(1_000_000 + kept), Err(PhotoFault::TooManyPixels), "a quarter is too small to be shown");
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let file = with_segments(&jpeg(&noise(1800, 900), 80), &[exif_segment(5), profile_segment(&wide_profile())]);
    assert_eq!(read(&file).unwrap(), read(&file).unwrap());
}

#[test]
fn what_is_stored_holds_nothing_but_the_picture() {
    for file in [jpeg_full_of_secrets(), png_full_of_secrets()] {
        let photo = read(&file).unwrap();
        assert_nothing_but_the_picture(&photo, "a file full of secrets");
        for secret in SECRETS {
            assert!(contains(&file, secret), "the test's own file lacks {secret}");
            assert!(!contains(&photo.bytes, secret), "{secret} is stored");
        }
    }
}

#[test]
fn what_hangs_behind_the_picture_is_gone() {
    for tail in ["PK\x03\x04secret.txt", "<script>alert(1)</script>", "<?php system($_GET[0]);"] {
        for file in [jpeg(&fields(64, 48), 90), png(&fields(64, 48))] {
            let photo = read(&[&file, tail.as_bytes()].concat()).unwrap();
            assert_eq!(photo, read(&file).unwrap());
            assert!(!contains(&photo.bytes, tail));
        }
    }
}

#[test]
fn a_photo_is_turned_upright_as_its_exif_says() {
    for (orientation, wanted) in (1..).zip(phones::TURNED) {
        let size = if orientation < 5 { (64, 48) } else { (48, 64) };
        let of_jpeg = with_segments(&jpeg(&fields(64, 48), 95), &[exif_segment(orientation)]);
        let of_png = with_chunks(&png(&fields(64, 48)), &[chunk(b"eXIf", &exif(orientation))]);
        for file in [of_jpeg, of_png] {
            let photo = read(&file).unwrap();
            assert_eq!((photo.width, photo.height), size, "orientation {orientation}");
            assert_fields(&stored_picture(&photo), wanted.map(|field: usize| FIELDS[field]), 6, "turned");
        }
    }
}

#[test]
fn every_make_of_file_keeps_its_colours() {
    let pinned = |name: &str| {
        let case = CORPUS.iter().find(|case| case.name == name).unwrap();
        stored_picture(&read(&case.bytes).unwrap())
    };
    for name in ["APNG", "interlaced PNG", "progressive JPEG", "subsampled JPEG", "JPEG of red, green and blue"] {
        assert_fields(&pinned(name), FIELDS, 8, name);
    }
    assert_fields(&pinned("gray JPEG"), phones::GRAYS, 4, "gray");
    assert_fields(&pinned("CMYK JPEG"), phones::INKS, 8, "CMYK");
    assert_fields(&pinned("YCCK JPEG"), phones::INKS, 8, "YCCK");
}

#[test]
fn sixteen_bits_palettes_and_transparency_become_eight_bits_on_white() {
    let cases = [
        ("16 bits", [16, 2, 0, 0, 0], vec![], vec![0, 200, 9, 100, 9, 50, 9], [200, 100, 50]),
        ("palette", [8, 3, 0, 0, 0], vec![chunk(b"PLTE", &[1, 2, 3, 90, 60, 30])], vec![0, 1], [90, 60, 30]),
        (
            "palette with a clear colour",
            [8, 3, 0, 0, 0],
            vec![chunk(b"PLTE", &[9, 9, 9]), chunk(b"tRNS", &[0])],
            vec![0, 0],
            [255; 3],
        ),
        ("half clear", [8, 6, 0, 0, 0], vec![], vec![0, 0, 100, 200, 128], [127, 177, 227]),
        ("gray and half clear", [8, 4, 0, 0, 0], vec![], vec![0, 55, 128], [155; 3]),
        ("one bit", [1, 0, 0, 0, 0], vec![], vec![0, 0x80], [255; 3]),
    ];
    for (name, make, chunks, row, wanted) in cases {
        let made = upright(&raw_png((1, 1), make, &chunks, &stored(&row)), Limits::SUBMITTED).unwrap();
        assert_near(*made.get_pixel(0, 0), wanted, 1, name);
    }
}

#[test]
fn wide_colours_become_srgb() {
    // Worked out by hand from the definitions of Display P3 and sRGB.
    for (from, wanted) in [([200, 100, 100], [215, 93, 97]), ([100, 180, 90], [65, 182, 77]), ([255; 3], [255; 3])] {
        let flat = RgbImage::from_pixel(64, 48, Rgb(from));
        let of_jpeg = with_segments(&jpeg(&flat, 95), &[profile_segment(&wide_profile())]);
        let of_png = with_chunks(&png(&flat), &[profile_chunk(&wide_profile())]);
        for file in [of_jpeg, of_png] {
            assert_near(*stored_picture(&read(&file).unwrap()).get_pixel(30, 20), wanted, 4, "stored");
            assert_near(*upright(&file, Limits::SUBMITTED).unwrap().get_pixel(30, 20), wanted, 4, "upright");
        }
    }
}

#[test]
fn a_profile_that_comes_in_pieces_is_put_together() {
    let flat = jpeg(&RgbImage::from_pixel(64, 48, Rgb([100, 180, 90])), 95);
    let profile = wide_profile();
    let (one, two) = profile.split_at(100);
    let piece = |number, piece: &[u8]| segment(0xE2, &[b"ICC_PROFILE\0", &[number, 2][..], piece].concat());
    let whole = with_segments(&flat, &[piece(2, two), piece(1, one)]);
    assert_near(*stored_picture(&read(&whole).unwrap()).get_pixel(9, 9), [65, 182, 77], 4, "whole");
    let part = with_segments(&flat, &[piece(1, one)]);
    assert_near(*stored_picture(&read(&part).unwrap()).get_pixel(9, 9), [100, 180, 90], 4, "a part is no profile");
}

#[test]
fn a_large_photo_is_made_smaller_and_stays_itself() {
    for (size, wanted) in [((4100, 3000), (1600, 1171)), ((900, 1700), (847, 1600)), ((1600, 1600), (1600, 1600))] {
        let photo = read(&jpeg(&fields(size.0, size.1), 90)).unwrap();
        assert_eq!((photo.width, photo.height), wanted);
        assert_fields(&stored_picture(&photo), FIELDS, 6, "smaller");
    }
}

#[test]
fn the_limits_are_the_callers() {
    let file = jpeg(&fields(64, 48), 90);
    let limits = Limits { bytes: file.len(), memory: 100_000 };
    assert_eq!(upright(&file, limits).unwrap().dimensions(), (64, 48));
    assert_eq!(upright(&file, Limits { bytes: file.len() - 1, ..limits }), Err(PhotoFault::TooLarge));
    assert_eq!(upright(&file, Limits { memory: 64 * 48 * 3, ..limits }), Err(PhotoFault::TooManyPixels));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_file_changed_at_random_is_a_photo_or_a_fault(
        file in 0..SEEDS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8),
    ) {
        let mut bytes = SEEDS[file].clone();
        for (at, value, change) in changes {
            let at = at.index(bytes.len());
            match change {
                0 => bytes[at] = value,
                1 => bytes[at] ^= 1 << (value % 8),
                2 => bytes.truncate(at.max(2)),
                _ => bytes.insert(at, value),
            }
        }
        let limits = Limits { memory: 2_000_000, ..Limits::SUBMITTED };
        if let Ok(part) = upright(&bytes, limits) {
            prop_assert!(part.width() * part.height() <= 2_000_000);
        }
        match read(&bytes) {
            Ok(photo) => assert_nothing_but_the_picture(&photo, "changed at random"),
            Err(fault) => prop_assert!(fault != PhotoFault::Empty && fault != PhotoFault::TooLarge),
        }
    }
}

/// Small sound files of all makes.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let profile = wide_profile();
    vec![
        PROGRESSIVE.to_vec(),
        include_bytes!("files/subsampled.jpg").to_vec(),
        include_bytes!("files/gray.jpg").to_vec(),
        include_bytes!("files/cmyk.jpg").to_vec(),
        include_bytes!("files/ycck.jpg").to_vec(),
        with_segments(&jpeg(&noise(40, 30), 70), &[exif_segment(6), profile_segment(&profile)]),
        Flat::new(1640, 150, Process::Baseline).bytes(),
        Flat::new(1640, 150, Process::Restarting).bytes(),
        Flat::new(1640, 150, Process::Progressive).bytes(),
        jpeg(&noise(1640, 150), 60),
        Bare { width: 64, height: 64, components: 3 }.progressive(6),
        Bare { width: 64, height: 64, components: 1 }.restarting(),
        with_chunks(&png(&noise(40, 30)), &[profile_chunk(&profile), chunk(b"eXIf", &exif(8))]),
        interlaced_png(&noise(20, 20)),
        moving_png(&[noise(20, 20), fields(20, 20)]),
    ]
});

const SECRETS: [&str; 6] =
    ["GPS 52.5200,13.405", "MAKER NOTE", "x:xmpmeta", "IPTC byline", "EICAR-STANDARD", "cprtWide"];

fn jpeg_full_of_secrets() -> Vec<u8> {
    let segments = [
        exif_segment(3),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
        segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0IPTC byline"),
        profile_segment(&[&wide_profile()[..], b"cprtWide"].concat()),
        segment(0xFE, b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
    ];
    with_segments(&jpeg(&fields(64, 48), 90), &segments)
}

fn png_full_of_secrets() -> Vec<u8> {
    let chunks = [
        chunk(b"eXIf", &exif(3)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>"),
        chunk(b"tEXt", b"Raw profile type iptc\0IPTC byline"),
        profile_chunk(&[&wide_profile()[..], b"cprtWide"].concat()),
        chunk(b"tEXt", b"Comment\0EICAR-STANDARD-ANTIVIRUS-TEST-FILE"),
    ];
    with_chunks(&png(&fields(64, 48)), &chunks)
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Walks the segments: a bare JFIF head, tables, one baseline frame, one scan, the end, and nothing after it.
fn assert_nothing_but_the_picture(photo: &Photo, name: &str) {
    let bytes = &photo.bytes;
    let mut rest = bytes.strip_prefix(b"\xFF\xD8").unwrap();
    let mut markers = Vec::new();
    while let [0xFF, marker, high, low, ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match marker {
            0xE0 => assert!(rest[4..].starts_with(b"JFIF\0") && length == 16, "{name}: more than a bare head"),
            0xDB | 0xC0 | 0xC4 | 0xDA => {}
            other => panic!("{name}: segment {other:02X} is stored"),
        }
        markers.push(*marker);
        rest = &rest[2 + length..];
        if *marker == 0xDA {
            break;
        }
    }
    for (marker, count) in [(0xE0, 1), (0xC0, 1), (0xDA, 1)] {
        assert_eq!(markers.iter().filter(|one| **one == marker).count(), count, "{name}: segment {marker:02X}");
    }
    let end = rest.windows(2).position(|pair| pair[0] == 0xFF && pair[1] != 0).unwrap();
    assert_eq!(&rest[end..], b"\xFF\xD9", "{name}: something hangs behind the picture");
    assert!(photo.width.max(photo.height) <= 1600, "{name}");
}

fn stored_picture(photo: &Photo) -> RgbImage {
    let picture = image::load_from_memory_with_format(&photo.bytes, image::ImageFormat::Jpeg).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (photo.width, photo.height));
    picture
}

/// Compares the middles of the four fields.
fn assert_fields(picture: &RgbImage, wanted: [[u8; 3]; 4], tolerance: u8, name: &str) {
    let (width, height) = picture.dimensions();
    for (at, wanted) in wanted.into_iter().enumerate() {
        let (x, y) = (at as u32 % 2, at as u32 / 2);
        let pixel = *picture.get_pixel(width / 4 + x * width / 2, height / 4 + y * height / 2);
        assert_near(pixel, wanted, tolerance, &format!("{name}, field {at}"));
    }
}

fn assert_near(pixel: Rgb<u8>, wanted: [u8; 3], tolerance: u8, name: &str) {
    let near = pixel.0.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) <= tolerance);
    assert!(near, "{name}: {:?} is not {wanted:?}", pixel.0);
}
