//! Keys of a file set anew, line by line: whatever else an editor wrote there stays as it is.

/// A key at the left edge, with its lines as they will stand.
pub struct Block<'a> {
    /// The key.
    pub key: &'a str,
    /// The key with its value, whole lines.
    pub lines: &'a str,
}

/// The text with some keys set: each in its own place, and one that is not there behind the last before it in `order`. None where a
/// remark stands among the lines that would go: it may not hold for what comes.
pub fn set_keys(text: &str, blocks: &[Block<'_>], order: &[&str]) -> Option<String> {
    let is_of_windows = text.contains("\r\n");
    let mut parts = parts(&text.replace("\r\n", "\n"));
    for block in blocks {
        let lines = if block.lines.ends_with('\n') { block.lines.to_owned() } else { format!("{}\n", block.lines) };
        match parts.iter_mut().find(|part| part.key == block.key) {
            Some(part) if part.lines.contains('#') => return None,
            Some(part) => part.lines = lines,
            None => {
                let at = place_of(&parts, block.key, order);
                parts.insert(at, Part { key: block.key.to_owned(), lines });
            }
        }
    }
    let text: String = parts.into_iter().map(|part| part.lines).collect();
    Some(if is_of_windows { text.replace('\n', "\r\n") } else { text })
}

/// Some lines of a file: those of a key, or others between keys.
struct Part {
    key: String,
    lines: String,
}

/// Remarks and empty lines belong to no key, where the next thing is one.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.split_inclusive('\n') {
        let whole = if line.ends_with('\n') { line.to_owned() } else { format!("{line}\n") };
        match (key_of(line), parts.last_mut()) {
            (None, Some(part)) if !is_apart(line) && !part.key.is_empty() => part.lines.push_str(&whole),
            (key, _) => parts.push(Part { key: key.unwrap_or_default().to_owned(), lines: whole }),
        }
    }
    parts
}

fn is_apart(line: &str) -> bool {
    line.starts_with('#') || line.trim().is_empty()
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!key.is_empty() && key.chars().all(is_plain)).then_some(key)
}

fn place_of(parts: &[Part], key: &str, order: &[&str]) -> usize {
    let before = order.iter().take_while(|known| **known != key);
    let places = before.filter_map(|known| parts.iter().position(|part| part.key == **known));
    places.last().map_or(parts.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: [&str; 4] = ["id", "name", "place", "checked"];

    fn set(text: &str, blocks: &[(&str, &str)]) -> Option<String> {
        let blocks: Vec<Block<'_>> = blocks.iter().map(|(key, lines)| Block { key, lines }).collect();
        set_keys(text, &blocks, &ORDER)
    }

    #[test]
    fn only_the_lines_of_a_key_change() {
        let text = "# ours\nid: a\n\n# told by telephone\nplace:\n  - x\n  - y\nother: 1 # stays\n";
        let set_both = set(text, &[("place", "place: z\n"), ("name", "name: N")]).unwrap();
        assert_eq!(set_both, "# ours\nid: a\nname: N\n\n# told by telephone\nplace: z\nother: 1 # stays\n");
        assert_eq!(set(&text.replace('\n', "\r\n"), &[("place", "place: z\n")]).unwrap().matches("\r\n").count(), 6);
        assert_eq!(set("id: a", &[("checked", "checked: b\n")]).unwrap(), "id: a\nchecked: b\n");
    }

    #[test]
    fn a_remark_on_what_would_go_is_never_lost() {
        assert_eq!(set("id: a # so said the warden\n", &[("id", "id: b\n")]), None);
        assert_eq!(set("place:\n  # box\n  - x\n", &[("place", "place: z\n")]), None);
    }
}
