//! What a photo must be before it is published: a JPEG of sensible size that carries nothing but the picture.

use anyhow::Result;
use schema::ground::hash::{Hash, content_hash};
use schema::yaml::finding::Finding;
use std::path::{Path, PathBuf};

/// The largest photo file that is read: 6 MB.
const MAX_BYTES: usize = 6 * 1024 * 1024;
/// The longest side, in pixels.
const MAX_SIDE: u32 = 8000;

/// A sound photo.
#[derive(Clone, Debug)]
pub struct PhotoFile {
    /// Relative to the root.
    pub file: PathBuf,
    /// SHA-256 of its bytes.
    pub hash: Hash,
}

/// Checks a photo. Rules: `missing-photo`, `photo-too-large`, `not-a-photo`, `photo-metadata`.
pub(super) fn check_photo(root: &Path, file: &Path) -> Result<Result<PhotoFile, Finding>> {
    if !root.join(file).exists() {
        let help = "add the photo, or take `photo:` out of the profile";
        return Ok(
            Err(Finding::whole(file, "missing-photo", "the profile names a photo that is not there").help(help)),
        );
    }
    let bytes = disk::read(root, file)?;
    Ok(judge(file, &bytes))
}

fn judge(file: &Path, bytes: &[u8]) -> Result<PhotoFile, Finding> {
    let refuse = |rule, message: String, help: &str| Err(Finding::whole(file, rule, message).help(help));
    if bytes.len() > MAX_BYTES {
        let message = format!("the photo has {} bytes, more than {MAX_BYTES}", bytes.len());
        return refuse("photo-too-large", message, "save it smaller");
    }
    let reader = image::ImageReader::with_format(std::io::Cursor::new(bytes), image::ImageFormat::Jpeg);
    let Ok((width, height)) = reader.into_dimensions() else {
        let (what, help) = match kind(bytes) {
            Some(kind) => (format!("this is a {kind} picture under a JPEG's name"), "open it, and save it as JPEG"),
            None => ("this is not a JPEG".to_owned(), "save it as JPEG, not only under another name"),
        };
        return refuse("not-a-photo", what, help);
    };
    if width.max(height) > MAX_SIDE {
        let message = format!("the photo is {width} by {height} pixels, longer than {MAX_SIDE}");
        return refuse("photo-too-large", message, "save it smaller");
    }
    let Some(end) = end_of_picture(bytes) else {
        let help = "copy it from the camera once more, or save it again";
        return refuse("not-a-photo", "the photo is cut off before its end".into(), help);
    };
    let mut carried = metadata(bytes);
    if end < bytes.len() {
        carried.push(format!("{} bytes behind the picture", bytes.len() - end));
    }
    if !carried.is_empty() {
        let message = format!("the photo carries hidden data: {}", carried.join(", "));
        return refuse("photo-metadata", message, "it may hold a place or a name: save it again without metadata");
    }
    Ok(PhotoFile { file: file.to_owned(), hash: content_hash(bytes) })
}

/// What a picture is that is no JPEG, from the bytes with which it begins.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let heic = [b"heic", b"heix", b"hevc", b"mif1"];
    if bytes.get(4..8) == Some(b"ftyp") && heic.iter().any(|brand| bytes.get(8..12) == Some(brand.as_slice())) {
        return Some("HEIC");
    }
    let begins: [(&[u8], &str); 3] = [(b"\x89PNG", "PNG"), (b"GIF8", "GIF"), (b"RIFF", "WebP")];
    begins.iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, kind)| *kind)
}

/// What is wrong with the name of a photo, or with its being there; `is_wanted` says whether the profile of this name has a photo,
/// where there is such a profile. Rules: `photo-without-profile`, `photo-ending`.
pub(super) fn stray_photo(file: &Path, is_wanted: Option<bool>) -> Option<Finding> {
    let (ending, stem) = (disk::ending(file), disk::stem(file));
    let refuse = |message: String, help: String| Some(Finding::whole(file, "photo-ending", message).help(help));
    match (is_wanted, ending) {
        (Some(true), "jpg") => None,
        (None, _) | (Some(false), "jpg") => {
            let help = match is_wanted {
                None => "name it like its profile, or delete the file",
                Some(_) => "add `photo:` with its description to the profile, or delete the file",
            };
            Some(Finding::whole(file, "photo-without-profile", "no profile names this photo").help(help))
        }
        (Some(_), other) if ["jpg", "jpeg"].contains(&other.to_lowercase().as_str()) => refuse(
            format!("the name of a photo ends in `.jpg`, and not in `.{other}`"),
            format!("rename it to `{stem}.jpg`"),
        ),
        (Some(_), other) => {
            let message = format!("a photo is a JPEG, and this one is named `.{other}`");
            refuse(message, format!("open it, save it as JPEG under the name `{stem}.jpg`, and delete this one"))
        }
    }
}

/// Where the picture's own bytes end: behind the last end-of-image mark that only the picture's data stand before.
fn end_of_picture(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let [0xFF, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
        at += 2 + (usize::from(high) << 8 | usize::from(low));
        if marker == 0xDA {
            // Data of a scan: up to the next mark that is neither a stuffed zero nor a restart.
            loop {
                at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
                match *bytes.get(at + 1)? {
                    0xD9 => return Some(at + 2),
                    0 | 0xD0..=0xD7 => at += 2,
                    0xFF => at += 1,
                    _ => break,
                }
            }
        }
    }
}

/// The segments of a JPEG that are not the picture itself, by name. JFIF, colour profile and Adobe's colour flag may stay.
fn metadata(bytes: &[u8]) -> Vec<String> {
    let mut carried = Vec::new();
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, marker, tail @ ..] = rest {
        let length = match tail {
            [high, low, ..] => usize::from(*high) << 8 | usize::from(*low),
            _ => break,
        };
        match marker {
            0xDA => break,
            0xE1 => carried.push("Exif or XMP".to_owned()),
            0xED => carried.push("IPTC".to_owned()),
            0xFE => carried.push("a comment".to_owned()),
            0xE0 | 0xE2 | 0xEE => {}
            0xE3..=0xEF => carried.push(format!("an application's data (APP{})", marker - 0xE0)),
            _ => {}
        }
        rest = tail.get(length..).unwrap_or_default();
    }
    carried.dedup();
    carried
}
