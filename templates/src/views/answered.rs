//! What somebody answered, in words.

use serde::Serialize;

/// Answers under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweredGroupView {
    /// Heading.
    pub title: String,
    /// Answers.
    pub rows: Vec<AnsweredView>,
}

/// One answered question.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweredView {
    /// Name of the question.
    pub name: String,
    /// Its words.
    pub label: String,
    /// Its answers in words, a paragraph each; empty where it was left empty.
    pub values: Vec<String>,
}
