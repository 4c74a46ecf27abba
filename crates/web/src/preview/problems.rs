//! What an editor sees in the page's place while a build fails: the very problems that the terminal prints. It is set without
//! the site's templates, strings and style, since they may be what is broken.

use schema::ground::text::counted;
use schema::yaml::finding::Finding;
use std::fmt::Write;

/// Its look.
pub(super) const STYLE: &str = include_str!("assets/problems.css");

/// The page.
pub(super) fn problems_page(findings: &[Finding]) -> String {
    let heading = format!("{} before the site can be built", counted(findings.len(), "problem"));
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{heading}</title><link rel=\"stylesheet\" href=\"/_preview/problems.css\">\
         <script src=\"/_preview/reload.js\" defer></script></head><body><main>\
         <h1>{heading}</h1><p>This page comes back by itself when they are mended.</p><ol>"
    );
    for finding in findings {
        let help = finding.help.as_ref().map(|help| format!("<p class=\"help\">{}</p>", escape(help)));
        // Writing to a string cannot fail.
        let _ = write!(
            page,
            "<li><code>{}</code><p><strong>{}</strong></p>{}</li>",
            escape(&finding.place()),
            escape(&finding.message),
            help.unwrap_or_default()
        );
    }
    page.push_str("</ol></main></body></html>");
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn what_a_file_says_is_shown_and_not_run() {
        let finding = Finding::whole(Path::new("a.yaml"), "x", "unknown key `<script>`".to_owned());
        let page = problems_page(&[finding]);
        assert!(
            page.contains("<h1>1 problem before") && page.contains("`&lt;script&gt;`") && !page.contains("`<script")
        );
    }
}
