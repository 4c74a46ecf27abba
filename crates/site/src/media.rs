//! What a file is sent as, by its ending: by the preview, and by the public site.

use std::path::Path;

/// The media type of a file.
pub fn content_type(file: &Path) -> &'static str {
    match disk::ending(file) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "jpg" => "image/jpeg",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
