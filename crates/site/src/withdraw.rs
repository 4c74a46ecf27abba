//! A profile that says `status: withdrawn`: no build shows its person from then on. Whatever way the file was written, it is read
//! again afterwards, and what it says is what counts.

use crate::rewrite::{is_key, rewrite, value_of};
use crate::source::profile_path;
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::person::profile::ProfileFile;
use schema::person::profile::ProfileId;
use schema::yaml::{Text, read};
use std::path::Path;

/// How a profile says it.
pub(crate) const WITHDRAWN: &str = "withdrawn";

/// What became of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// It is withdrawn now.
    Written,
    /// It was withdrawn before.
    Stood,
    /// There is no such profile here.
    Absent,
}

/// Writes `status: withdrawn` into a person's profile.
///
/// # Errors
/// If the profile does not say so afterwards.
pub fn withdraw(root: &Path, person: &ProfileId, today: Date) -> Result<Withdrawal> {
    let path = profile_path(person);
    let file = root.join(&path);
    if !file.exists() {
        return Ok(Withdrawal::Absent);
    }
    let by_hand = || {
        let help = format!("write `status: withdrawn` and `withdrawn: {today}` into it, and run `inside-out check`");
        Failure::new(format!("{} does not say that {person} is withdrawn", path.display())).help(help)
    };
    let text = String::from_utf8(disk::read(root, &path)?).with_context(by_hand)?;
    if is_withdrawn(&text) {
        return Ok(Withdrawal::Stood);
    }
    let Some(new) = rewritten(&text, today) else { bail!(by_hand()) };
    disk::replace(&file, new.as_bytes())?;
    let written = String::from_utf8(disk::read(root, &path)?).with_context(by_hand)?;
    if !is_withdrawn(&written) {
        bail!(by_hand());
    }
    Ok(Withdrawal::Written)
}

/// What is changed: two keys.
fn rewritten(text: &str, today: Date) -> Option<String> {
    let (day, status) = (today.to_string(), WITHDRAWN.to_owned());
    let whole = |file: &mut ProfileFile| {
        file.withdrawn = Some(Text(day.clone()));
        file.status = Some(Text(status.clone()));
    };
    rewrite(text, &[("withdrawn", &day), ("status", &status)], whole, is_withdrawn)
}

/// Whether any line of a profile says it, however broken the rest may be: in an unfinished merge, one side is enough.
pub(crate) fn says_withdrawn(text: &str) -> bool {
    text.lines().any(|line| is_key(line, "status") && value_of(line) == Some(WITHDRAWN))
}

fn is_withdrawn(text: &str) -> bool {
    let (file, problems) = read::<ProfileFile>(text);
    problems.is_empty() && file.status.is_some_and(|status| status.as_str() == WITHDRAWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> (Result<Withdrawal>, String) {
        let root = tempfile::tempdir().unwrap();
        let id = ProfileId::parse("ray-d8w3k").unwrap();
        let file = root.path().join(profile_path(&id));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        let came = withdraw(root.path(), &id, jiff::civil::date(2026, 11, 25));
        (came, std::fs::read_to_string(file).unwrap())
    }

    #[test]
    fn however_the_status_is_written_it_is_withdrawn_afterwards() {
        for written in [
            "id: ray-d8w3k\n# kept\nstatus: listed\n",
            "id: ray-d8w3k\n# kept\nstatus : listed\n",
            "id: ray-d8w3k\n# kept\n\"status\": listed\n",
            "id: ray-d8w3k\n# kept\n'status'  : 'listed' # for now\nwithdrawn : 2020-01-01\n",
            "id: ray-d8w3k\r\n# kept\r\nstatus: paused\r\n",
            "# kept\nid: ray-d8w3k\n",
        ] {
            let (came, text) = after(written);
            assert_eq!(came.unwrap(), Withdrawal::Written, "{written}");
            assert!(is_withdrawn(&text) && text.contains("# kept"), "{text}");
        }
        for written in
            ["{id: ray-d8w3k, status: listed}\n", "id: ray-d8w3k\nstatus:\n  listed\n", "? status\n: listed\n"]
        {
            let (came, text) = after(written);
            assert_eq!(came.unwrap(), Withdrawal::Written, "{written}");
            assert!(is_withdrawn(&text), "{text}");
        }
        let stood = "id: ray-d8w3k\nstatus : withdrawn\n";
        let (came, text) = after(stood);
        assert_eq!((came.unwrap(), text.as_str()), (Withdrawal::Stood, stood));
    }

    #[test]
    fn a_profile_that_cannot_be_read_is_an_error_and_stays_as_it_was() {
        let broken = "id: [ray\nstatus: listed\n";
        let (came, text) = after(broken);
        assert!(came.unwrap_err().to_string().contains("does not say that ray-d8w3k is withdrawn"));
        assert_eq!(text, broken);
    }
}
