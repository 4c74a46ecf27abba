//! What a JPEG holds beside its picture: whoever publishes one as it is must know.

use crate::jpeg::survey::{SOI, SOS, split_scan, split_segment};
use crate::kind::{Kind, judge};

const EOI: u8 = 0xD9;

/// What a file is that is no whole JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Another kind of picture, by its name.
    OtherKind(&'static str),
    /// Nothing that is known.
    NoPicture,
    /// A JPEG without its end.
    CutOff,
}

/// What a whole JPEG holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// In pixels, before it is turned as it says.
    pub width: u16,
    /// In pixels, before it is turned as it says.
    pub height: u16,
    /// What is not the picture, each once in a row. JFIF, colour profile and Adobe's colour flag are of the picture.
    pub carried: Vec<Carried>,
    /// How many bytes stand behind its end.
    pub behind: usize,
}

/// Data in a JPEG that is no part of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Exif or XMP: camera, time, place, names.
    Exif,
    /// IPTC: captions, names.
    Iptc,
    /// A comment.
    Comment,
    /// An application's own, by its number.
    Application(u8),
}

impl Carried {
    fn of(marker: u8) -> Option<Self> {
        match marker {
            0xE1 => Some(Self::Exif),
            0xED => Some(Self::Iptc),
            0xFE => Some(Self::Comment),
            0xE3..=0xEC | 0xEF => Some(Self::Application(marker - 0xE0)),
            _ => None,
        }
    }
}

/// What a file holds, wherever in it that stands: between two scans too.
///
/// # Errors
/// What the file is instead of a whole JPEG.
pub fn contents(bytes: &[u8]) -> Result<Contents, Unfit> {
    if let Some(other) = other_kind(bytes) {
        return Err(other);
    }
    let mut contents = Contents::default();
    let end = walk(bytes, &mut contents);
    match end {
        Some(after) => Ok(Contents { behind: after.len(), ..contents }),
        None if contents.width > 0 => Err(Unfit::CutOff),
        None => Err(Unfit::NoPicture),
    }
}

fn other_kind(bytes: &[u8]) -> Option<Unfit> {
    match judge(bytes) {
        Kind::Jpeg => None,
        Kind::Png => Some(Unfit::OtherKind("PNG")),
        Kind::WebP => Some(Unfit::OtherKind("WebP")),
        Kind::Avif => Some(Unfit::OtherKind("AVIF")),
        Kind::Heic => Some(Unfit::OtherKind("HEIC")),
        Kind::Other if bytes.starts_with(b"GIF8") => Some(Unfit::OtherKind("GIF")),
        Kind::Other => Some(Unfit::NoPicture),
    }
}

/// Notes what is there, and returns what stands behind the picture's end; nothing where it has none.
fn walk<'b>(bytes: &'b [u8], contents: &mut Contents) -> Option<&'b [u8]> {
    let mut rest = bytes.get(2..)?;
    loop {
        let (0xFF, after) = rest.split_first()? else { return None };
        let (marker, after) = after.split_first()?;
        match *marker {
            // A fill byte: the mark itself comes behind it.
            0xFF => rest = rest.get(1..)?,
            EOI => return Some(after),
            SOI => return None,
            marker => {
                let (segment, after) = split_segment(after)?;
                note(contents, marker, segment);
                rest = if marker == SOS { split_scan(after).1 } else { after };
            }
        }
    }
}

fn note(contents: &mut Contents, marker: u8, segment: &[u8]) {
    if let (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, [_, high, low, wide_high, wide_low, ..]) =
        (marker, segment)
    {
        contents.height = u16::from_be_bytes([*high, *low]);
        contents.width = u16::from_be_bytes([*wide_high, *wide_low]);
    }
    contents.carried.extend(Carried::of(marker).filter(|carried| contents.carried.last() != Some(carried)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: &[u8] = b"\xFF\xC2\x00\x0B\x08\x00\x02\x00\x03\x01\x01\x11\x00";
    const SCAN: &[u8] = b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x12\xFF\x00\x34";

    fn jpeg(parts: &[&[u8]]) -> Vec<u8> {
        [&[&b"\xFF\xD8"[..]], parts].concat().concat()
    }

    #[test]
    fn what_is_carried_is_found_before_between_and_behind_the_scans() {
        let (comment, exif, end): (&[u8], &[u8], &[u8]) = (b"\xFF\xFE\x00\x04hi", b"\xFF\xE1\x00\x04hi", b"\xFF\xD9");
        let plain = contents(&jpeg(&[FRAME, SCAN, SCAN, end])).unwrap();
        assert_eq!(plain, Contents { width: 3, height: 2, ..Contents::default() });
        for at in 0..4 {
            let mut parts = vec![FRAME, SCAN, SCAN, end];
            parts.insert(at, comment);
            let found = contents(&jpeg(&parts)).unwrap();
            assert_eq!(found.carried, [Carried::Comment], "{at}");
        }
        let found =
            contents(&jpeg(&[exif, exif, b"\xFF\xEC\x00\x02", FRAME, b"\xFF", SCAN, end, b"and more"])).unwrap();
        assert_eq!((found.carried, found.behind), (vec![Carried::Exif, Carried::Application(12)], 8));
    }

    #[test]
    fn what_is_no_whole_jpeg_is_told_as_what_it_is() {
        for (bytes, what) in [
            (jpeg(&[FRAME, SCAN]), Unfit::CutOff),
            (jpeg(&[FRAME, &SCAN[..5]]), Unfit::CutOff),
            (jpeg(&[]), Unfit::NoPicture),
            (b"GIF89a".to_vec(), Unfit::OtherKind("GIF")),
            (b"\0\0\0\x1cftypqqqq\0\0\0\0mif1heic".to_vec(), Unfit::OtherKind("HEIC")),
            (b"Dear Marcus,".to_vec(), Unfit::NoPicture),
        ] {
            assert_eq!(contents(&bytes), Err(what), "{bytes:?}");
        }
    }
}
