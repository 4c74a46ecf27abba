//! Bodies, byte by byte.

/// URL-encoded pairs.
pub(crate) fn pairs(fields: &[(String, Vec<u8>)]) -> Vec<u8> {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", percent(name.as_bytes()), percent(value))).collect();
    pairs.join("&").into_bytes()
}

/// Bytes as browsers write them into a body.
pub(crate) fn percent(bytes: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"-._*".contains(byte) => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    bytes.iter().map(one).collect()
}

/// A body in parts.
pub(crate) fn parts(boundary: &str, fields: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = fields.iter().map(|(name, value)| text_part(name, value)).collect();
    joined(boundary, &parts)
}

/// A part with a text.
pub(crate) fn text_part(name: &str, value: &[u8]) -> Vec<u8> {
    part(&format!("Content-Disposition: form-data; name=\"{name}\""), value)
}

/// A part with a file.
pub(crate) fn file_part(name: &str, file: &str, kind: &str, value: &[u8]) -> Vec<u8> {
    let head = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {kind}");
    part(&head, value)
}

/// A part with any headers.
pub(crate) fn part(head: &str, value: &[u8]) -> Vec<u8> {
    [head.as_bytes(), b"\r\n\r\n", value, b"\r\n"].concat()
}

/// Parts between boundaries.
pub(crate) fn joined(boundary: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend(format!("--{boundary}\r\n").as_bytes());
        body.extend(part);
    }
    body.extend(format!("--{boundary}--\r\n").as_bytes());
    body
}
