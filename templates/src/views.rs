//! What each template is shown. One struct per template; a template that asks for more than its struct holds fails to render,
//! and a test renders them all. Fields that are HTML end in `_html` and come from [`crate::markdown`] only.

mod answered;
mod forms;
mod frame;
mod machines;
mod mine;
mod people;

pub use crate::letters::*;
pub use answered::*;
pub use forms::*;
pub use frame::*;
pub use machines::*;
pub use mine::*;
pub use people::*;
