//! Forms: each question defined once in `content/forms/`, and everything that follows from it: the page, the checks, the
//! error summary, the check-answers page, what an editor reads, what becomes of it in a profile.

mod answers;
mod check;
mod definition;
mod options;

pub use answers::Answers;
pub use check::{Fault, Outcome, Stop, check_answers};
pub use definition::{Condition, Form, FormFile, FormWords, Group, Kind, Question, check_form};
pub use options::{Choice, OTHER_FACILITY, OptionSource};
