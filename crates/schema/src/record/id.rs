//! A file's own id.

use crate::ground::ids::is_word_id;
use crate::ground::problem::quoted;
use crate::record::checker::Checker;
use crate::yaml::Text;

/// Checks that a file's `id` is its name, which it then is in any case. Rules: `bad-id`, `id-is-not-file-name`.
pub(crate) fn check_id(checker: &mut Checker<'_>, key: &str, written: Option<&Text>) -> Option<String> {
    let stem = checker.stem();
    let Some(id) = checker.required(key, written) else { return Some(stem.to_owned()) };
    if !is_word_id(stem) {
        let message = format!("the file name {} is not an id", quoted(stem));
        checker.wrong("id", "bad-id", message, Some("use small letters, digits and hyphens, at most 40".into()));
    } else if id.as_str() != stem {
        let message = format!("the id {} is not the file's name {}", quoted(id.as_str()), quoted(stem));
        checker.wrong("id", "id-is-not-file-name", message, Some(format!("write `{stem}`, or rename the file")));
    }
    Some(stem.to_owned())
}
