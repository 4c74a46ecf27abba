//! What somebody does with what they sent.

use super::answered::AnsweredGroupView;
use serde::Serialize;

/// Reference and code of something that was sent; on pages that go on from there, in hidden fields.
#[derive(Clone, Debug, Serialize)]
pub struct PairView {
    /// `KM7P-T4RX`
    pub reference: String,
    /// `TX4R-K7MP-3DH6`
    pub code: String,
}

/// The form for a photo.
#[derive(Clone, Debug, Serialize)]
pub struct PhotoFormView {
    /// Where it goes.
    pub action: String,
    /// What is wrong with the one that was sent; empty where nothing is.
    pub error: String,
    /// Whether there is one already.
    pub has_one: bool,
    /// Whether it is to take the place of one on a page that is up.
    pub is_change: bool,
    /// How many bytes it may have.
    pub most: usize,
}

/// `mine.html`: asks for reference and code.
#[derive(Clone, Debug, Serialize)]
pub struct MineView {
    /// Where they go.
    pub action: String,
    /// As typed.
    pub pair: PairView,
    /// What is wrong; empty where nothing is.
    pub error: String,
}

/// `status.html`: where something stands that was sent.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    /// Which.
    pub pair: PairView,
    /// The word of [`Told`](crate::texts::Told).
    pub state: String,
    /// Day it was sent, in words.
    pub since: String,
    /// The day on which the page was taken down, in words, where it was and that is known.
    pub left: Option<String>,
    /// The page that it became, where it can be seen.
    pub profile_path: Option<String>,
    /// What has just been done: the word of a [`StatusNotice`](crate::texts::StatusNotice); empty where nothing was.
    pub notice: String,
    /// A photo can follow.
    pub photo: Option<PhotoFormView>,
    /// Answers that were to take its place and came too late, to be kept.
    pub unsent: Vec<AnsweredGroupView>,
    /// For how many days it opens as it was sent, to be corrected, where it does.
    pub opens: Option<String>,
    /// Where it is corrected, while it can be.
    pub correct_action: Option<String>,
    /// Where it is taken back, while it can be.
    pub take_back_action: Option<String>,
    /// A neutral page elsewhere, for a button that leaves at once.
    pub exit: Option<String>,
    /// For how many days it stays, once it is decided.
    pub kept: Option<String>,
}

/// `take-back.html`: asks once more.
#[derive(Clone, Debug, Serialize)]
pub struct TakeBackView {
    /// Which.
    pub pair: PairView,
    /// Whether a page is up, or on its way.
    pub is_page: bool,
    /// Where it is taken back.
    pub action: String,
    /// Where nothing is done.
    pub back_action: String,
    /// A neutral page elsewhere, for a button that leaves at once.
    pub exit: Option<String>,
}
