//! What a file is, by its first bytes.

/// As far as photos are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    WebP,
    Avif,
    /// Any other still picture of the ISO base media format.
    Heic,
    Other,
}

pub(crate) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const AVIF_BRANDS: &[[u8; 4]] = &[*b"avif", *b"avis"];
const HEIC_BRANDS: &[[u8; 4]] =
    &[*b"heic", *b"heix", *b"heim", *b"heis", *b"hevc", *b"hevx", *b"hevm", *b"hevs", *b"mif1", *b"msf1"];

pub(crate) fn judge(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"\xFF\xD8") {
        Kind::Jpeg
    } else if bytes.starts_with(PNG_SIGNATURE) {
        Kind::Png
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Kind::WebP
    } else if has_brand(bytes, AVIF_BRANDS) {
        Kind::Avif
    } else if has_brand(bytes, HEIC_BRANDS) {
        Kind::Heic
    } else {
        Kind::Other
    }
}

/// Whether the file opens with a brand box that has one of `wanted` as its main or one of its further brands.
fn has_brand(bytes: &[u8], wanted: &[[u8; 4]]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return false };
    let Some(brands) = rest.strip_prefix(b"ftyp") else { return false };
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX).saturating_sub(8);
    let brands = brands.get(..length.min(256)).unwrap_or(brands);
    brands.as_chunks().0.iter().any(|brand| wanted.contains(brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_judged_by_its_first_bytes() {
        assert_eq!(judge(b"\xFF\xD8"), Kind::Jpeg);
        assert_eq!(judge(b"\x89PNG\r\n\x1a\n"), Kind::Png);
        assert_eq!(judge(b"\x89PNG\n\x1a\n"), Kind::Other);
        assert_eq!(judge(b"\0\0\0\x18ftypheic\0\0\0\0"), Kind::Heic);
        assert_eq!(judge(b"\0\0\0\x1cftypisom\0\0\0\0mp41"), Kind::Other);
        assert_eq!(judge(b"\0\0\0\x1cftypqqqq\0\0\0\0mif1heic"), Kind::Heic);
        assert_eq!(judge(b"\0\0\0\x10ftypisom\0\0\0\0heic"), Kind::Other);
        assert_eq!(judge(b"\0\0\0"), Kind::Other);
        assert_eq!(judge(b"\xFF\xFF\xFF\xFFftypavif"), Kind::Avif);
        assert_eq!(judge(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif"), Kind::Avif);
        assert_eq!(judge(b"RIFF\x24\0\0\0WEBPVP8 "), Kind::WebP);
        assert_eq!(judge(b"RIFF\x24\0\0\0WAVEfmt "), Kind::Other);
    }
}
