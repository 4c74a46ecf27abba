//! A file's own id.

use crate::ground::ids::is_word_id;
use crate::ground::problem::quoted;
use crate::record::checker::Checker;
use crate::yaml::Text;

/// Checks that a file's `id` is its name. Rules: `bad-id`, `id-is-not-file-name`.
pub(crate) fn check_id(checker: &mut Checker, written: Option<&Text>, stem: &str) -> String {
    let Some(id) = checker.required("id", written) else { return stem.to_owned() };
    if !is_word_id(stem) {
        let message = format!("the file name {} is not an id", quoted(stem));
        checker.wrong("id", "bad-id", message, Some("use small letters, digits and hyphens, at most 40".into()));
    } else if id.as_str() != stem {
        let message = format!("the id {} is not the file's name {}", quoted(id.as_str()), quoted(stem));
        checker.wrong("id", "id-is-not-file-name", message, Some(format!("write `{stem}`, or rename the file")));
    }
    stem.to_owned()
}
