//! What the program brings to every site: words, pages of words, forms, lists, templates, style sheet and scripts, and what is
//! known of agencies and messaging services that exist.
//!
//! It is this repository's own content as it stands when the program is built, without what only its sample has. A site of one's own
//! needs none of these files in its folder, and may have any of them there, changed.

/// The files: the path in a root, with slashes on every system, and the bytes, with plain line ends; in order of path.
pub static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[cfg(test)]
mod tests {
    use super::FILES;

    fn text(path: &str) -> &'static str {
        let (_, bytes) = FILES.iter().find(|(known, _)| *known == path).unwrap_or_else(|| panic!("{path} is missing"));
        std::str::from_utf8(bytes).expect("what people type is text")
    }

    #[test]
    fn the_files_are_in_order_each_once_and_the_same_on_every_system() {
        assert!(FILES.is_sorted_by(|(one, _), (other, _)| one < other));
        for (path, bytes) in FILES {
            assert!(!path.contains('\\') && !path.starts_with('/') && !bytes.is_empty(), "{path}");
            assert!(!bytes.contains(&b'\r'), "{path} has line ends of Windows");
        }
    }

    #[test]
    fn what_only_a_sample_has_is_not_among_them() {
        for (path, bytes) in FILES {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.lines().any(|line| line == "invented: true"), "{path} is invented");
            assert!(!text.contains(".example"), "{path} names an address that leads nowhere");
            assert!(!text.lines().any(|line| line.starts_with("shows: ") && line.contains("sample")), "{path}");
        }
        let states = text("content/vocabularies/jurisdictions.yaml");
        assert!(states.contains("\ntexas: ") && !states.contains("franklin"), "{states}");
        assert!(text("content/en/pages/about.md").contains("\nshows: [actions]\n"));
        for own in ["content/README.md", "content/promises.yaml", "content/site.yaml"] {
            assert!(!FILES.iter().any(|(path, _)| *path == own || path.starts_with("content/facilities/")), "{own}");
        }
    }
}
