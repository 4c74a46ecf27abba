//! The shapes of ids.

/// Small letters, digits and inner hyphens, 1 to 40 characters.
pub fn is_word_id(id: &str) -> bool {
    (1..=40).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}

/// Whether a text has the shape of a language code of ours: two or three small letters.
pub fn is_language_code(code: &str) -> bool {
    (2..=3).contains(&crate::ground::text::length(code)) && code.chars().all(|c| c.is_ascii_lowercase())
}
