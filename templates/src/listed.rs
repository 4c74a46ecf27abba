//! What a person's page says, as data within the page: the function of the forms reads it there, so that a change starts from it.

use schema::form::Listed;

/// How the block begins in `person.html`.
const BEGINS: &str = r#"<script type="application/json" id="listed">"#;
const ENDS: &str = "</script>";

/// The data as it stands in the page. No sign of it can begin a tag, so that nothing ends it early.
pub fn block(listed: &Listed) -> String {
    // Plain words by plain words: there is nothing in it that could not be written.
    serde_json::to_string(listed).unwrap_or_default().replace('<', "\\u003c").replace('>', "\\u003e")
}

/// The data of a page; none where it has none, or one of another make.
pub fn read(page: &str) -> Option<Listed> {
    let (block, _) = page.split_once(BEGINS)?.1.split_once(ENDS)?;
    serde_json::from_str(block).ok()
}
