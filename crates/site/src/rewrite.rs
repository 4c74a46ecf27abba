//! Keys of a profile are written anew: as lines, so that comments and order stay, or where they are set in a way that lines do not
//! show, the whole file. It is read again either way, and what it says is what counts.

use schema::person::profile::ProfileFile;
use schema::promotion::to_yaml;
use schema::yaml::read;

/// A profile's text with other values at some keys; none where it does not hold them afterwards.
pub(crate) fn rewrite(
    text: &str,
    keys: &[(&str, &str)],
    change: impl FnOnce(&mut ProfileFile),
    holds: impl Fn(&str) -> bool,
) -> Option<String> {
    let lines = line_by_line(text, keys);
    if holds(&lines) {
        return Some(lines);
    }
    let (mut file, problems) = read::<ProfileFile>(text);
    if !problems.is_empty() {
        return None;
    }
    change(&mut file);
    to_yaml(&file).ok().filter(|new| holds(new))
}

fn line_by_line(text: &str, keys: &[(&str, &str)]) -> String {
    let others = text.lines().filter(|line| !keys.iter().any(|(key, _)| is_key(line, key)));
    let new = keys.iter().map(|(key, value)| format!("{key}: {value}"));
    others.map(str::to_owned).chain(new).map(|line| line + "\n").collect()
}

/// Whether a line sets a key of the profile itself: `status:`, `status :`, `"status":`.
pub(crate) fn is_key(line: &str, key: &str) -> bool {
    let bare = |name: &str| name.trim_end().trim_matches(['"', '\'']) == key;
    line.split_once(':').is_some_and(|(name, _)| !name.starts_with([' ', '\t']) && bare(name))
}

/// What a line sets its key to, without quotes and remarks.
pub(crate) fn value_of(line: &str) -> Option<&str> {
    Some(line.split_once(':')?.1.split('#').next()?.trim().trim_matches(['"', '\'']))
}
