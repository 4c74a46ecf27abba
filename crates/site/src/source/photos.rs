//! What a photo must be before it is published: a JPEG of sensible size that carries nothing but the picture.

use anyhow::Result;
use photo::{Carried, Contents, Unfit, contents};
use schema::ground::hash::{Hash, content_hash};
use schema::yaml::finding::Finding;
use std::path::{Path, PathBuf};

/// The largest photo file that is read: 6 MB.
const MAX_BYTES: usize = 6 * 1024 * 1024;
/// The longest side, in pixels.
const MAX_SIDE: u16 = 8000;

/// A sound photo.
#[derive(Clone, Debug)]
pub struct PhotoFile {
    /// Relative to the root.
    pub file: PathBuf,
    /// SHA-256 of its bytes.
    pub hash: Hash,
}

/// Checks a photo, and notes what is wrong with it. Rules: `missing-photo`, `photo-too-large`, `not-a-photo`, `photo-metadata`.
pub(super) fn check_photo(root: &Path, file: &Path, findings: &mut Vec<Finding>) -> Result<Option<PhotoFile>> {
    if !root.join(file).exists() {
        let help = "add the photo, or take `photo:` out of the profile";
        findings.push(Finding::whole(file, "missing-photo", "the profile names a photo that is not there").help(help));
        return Ok(None);
    }
    let bytes = disk::read(root, file)?;
    let judged = judge(file, &bytes);
    Ok(judged.map_err(|finding| findings.push(finding)).ok())
}

fn judge(file: &Path, bytes: &[u8]) -> Result<PhotoFile, Finding> {
    let refuse = |rule, message: String, help: &str| Err(Finding::whole(file, rule, message).help(help));
    if bytes.len() > MAX_BYTES {
        let message = format!("the photo has {} bytes, more than {MAX_BYTES}", bytes.len());
        return refuse("photo-too-large", message, "save it smaller");
    }
    let contents = match contents(bytes) {
        Ok(contents) => contents,
        Err(unfit) => {
            let (what, help) = unfit_words(unfit);
            return refuse("not-a-photo", what, help);
        }
    };
    let Contents { width, height, .. } = contents;
    if width.max(height) > MAX_SIDE {
        let message = format!("the photo is {width} by {height} pixels, longer than {MAX_SIDE}");
        return refuse("photo-too-large", message, "save it smaller");
    }
    let mut carried: Vec<String> = contents.carried.iter().copied().map(carried_words).collect();
    if contents.behind > 0 {
        carried.push(format!("{} bytes behind the picture", contents.behind));
    }
    if !carried.is_empty() {
        let message = format!("the photo carries hidden data: {}", carried.join(", "));
        return refuse("photo-metadata", message, "it may hold a place or a name: save it again without metadata");
    }
    Ok(PhotoFile { file: file.to_owned(), hash: content_hash(bytes) })
}

fn unfit_words(unfit: Unfit) -> (String, &'static str) {
    match unfit {
        Unfit::OtherKind(kind) => {
            (format!("this is a {kind} picture under a JPEG's name"), "open it, and save it as JPEG")
        }
        Unfit::NoPicture => ("this is not a JPEG".to_owned(), "save it as JPEG, not only under another name"),
        Unfit::CutOff => {
            let help = "copy it from the camera once more, or save it again";
            ("the photo is cut off before its end".to_owned(), help)
        }
    }
}

fn carried_words(carried: Carried) -> String {
    match carried {
        Carried::Exif => "Exif or XMP".to_owned(),
        Carried::Iptc => "IPTC".to_owned(),
        Carried::Comment => "a comment".to_owned(),
        Carried::Application(number) => format!("an application's data (APP{number})"),
    }
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
