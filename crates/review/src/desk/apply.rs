//! Carries out a promotion that was planned and shown: photo, profile, decision.

use crate::desk::DeskError;
use crate::desk::decide::{Editor, carry_out, corrected, plain};
use crate::desk::plan::Promotion;
use crate::desk::read::row;
use crate::store::Store;
use schema::ground::failure::Failure;
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::row::Row;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Writes the files of a promotion below a root, and decides.
///
/// # Errors
/// That another photo or other answers came meanwhile, that somebody else was faster, or those of disk and store. Files that were written for
/// a decision which somebody else made go again; where nobody can tell what was decided, they stay.
pub async fn apply(
    store: &impl Store,
    root: &Path,
    promotion: &Promotion<'_>,
    editor: Editor<'_>,
) -> Result<Row, DeskError> {
    let id = &promotion.row.id;
    let stands = row(store, &id.to_string()).await?;
    if stands.photo_hash != promotion.row.photo_hash {
        let help = format!("look at it with `review show {id} --photo FILE`, then promote again");
        return Err(Failure::new(format!("{id} has another photo by now")).help(help).into());
    }
    if stands.payload_hash != promotion.row.payload_hash {
        return Err(corrected(&stands));
    }
    let decision = Decision {
        at: editor.now,
        editor: plain("the editor's name", editor.name)?,
        id: id.clone(),
        from: stands.state,
        to: State::Promoted,
        reason: None,
        profile: Some(promotion.id.as_str().to_owned()),
        assured: promotion.assured.clone(),
        answers: Some(promotion.row.payload_hash),
    };
    let written = write(root, promotion)?;
    let row = match carry_out(store, &decision).await {
        Ok(row) => row,
        Err(error) => after_all(store, &decision, &written, error).await?,
    };
    // They are listed again because they ask for it: as long as the tombstone stood, `check` would say that they left.
    promotion.forgotten.iter().try_for_each(|file| disk::remove(&root.join(file)))?;
    Ok(row)
}

/// Looks what stands after a decision that ended in an error: the error may have come after it was stored.
async fn after_all(
    store: &impl Store,
    decision: &Decision,
    written: &[PathBuf],
    error: DeskError,
) -> Result<Row, DeskError> {
    let id = &decision.id;
    let Ok(row) = row(store, &id.to_string()).await else {
        let help = format!("the files were written and stay; look with `review show {id}` whether it is promoted");
        return Err(Failure::new(format!("nobody can tell whether {id} was promoted: {error}")).help(help).into());
    };
    if row.state == State::Promoted && row.profile == decision.profile {
        return Ok(row);
    }
    // Somebody else decided meanwhile: their outcome stands, so the files that were just made go again.
    written.iter().for_each(|file| drop(std::fs::remove_file(file)));
    Err(error)
}

/// Writes photo and profile, only where none are: another editor's file is never touched, and one with the very same bytes is what
/// an earlier try of this promotion wrote. The profile comes last, so that it never names a photo that is not there. Returns
/// which files are this promotion's.
fn write(root: &Path, promotion: &Promotion<'_>) -> Result<Vec<PathBuf>, DeskError> {
    let photo = PathBuf::from(format!("profiles/photos/{}.jpg", promotion.id));
    let files = [(photo, promotion.photo.as_deref()), (promotion.file.clone(), Some(promotion.yaml.as_bytes()))];
    let (mut own, mut written) = (Vec::new(), Vec::new());
    for (file, bytes) in files.iter().filter_map(|(file, bytes)| Some((file, (*bytes)?))) {
        let path = root.join(file);
        match disk::create(&path, bytes) {
            Ok(()) => written.push(path.clone()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && fs_err::read(&path)? == bytes => {}
            Err(error) => {
                written.iter().for_each(|file: &PathBuf| drop(std::fs::remove_file(file)));
                return Err(refused(file, error));
            }
        }
        own.push(path);
    }
    Ok(own)
}

fn refused(file: &Path, error: std::io::Error) -> DeskError {
    match error.kind() {
        ErrorKind::AlreadyExists => {
            let what = format!("{} is there already: somebody else is promoting it", file.display());
            Failure::new(what).into()
        }
        _ => error.into(),
    }
}
