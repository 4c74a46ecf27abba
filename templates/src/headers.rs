//! The headers that every page is sent with, said once: preview, function and cloud send the same.

/// What a browser may do with our pages: show our own style, script and pictures, send our own forms, nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// What search engines are told about files that have no head of a page in which it could stand: where they lie, and the value of
/// `x-robots-tag`.
pub const ROBOTS: &[(&str, &str)] = &[("/photos/", "noindex, noimageindex"), ("/search/", "noindex")];

/// Name and value of each, in the order in which they are sent.
pub const SECURITY_HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"),
];
