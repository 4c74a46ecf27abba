//! Forms: each question defined once in `content/forms/`, and everything that follows from it: the page, the checks, the
//! error summary, the check-answers page, what an editor reads, what becomes of it in a profile.

mod agency_rule;
mod answers;
mod asked;
mod carried;
mod check;
mod date;
mod definition;
mod doubt;
mod fault;
mod judge;
mod kinds;
mod listed;
mod number;
mod options;
mod post;
mod question;
mod questions;
mod roles;
mod rules;
mod year;

pub use agency_rule::{ListingWarning, agency_of, listing_warnings, waits_for_rule};
pub use answers::{Answers, TRAP};
pub use check::{Outcome, Stop, check_answers};
pub use date::{DateFault, DatePart};
pub use definition::Form;
pub use doubt::{Doubt, doubts};
pub use fault::Fault;
pub use kinds::{Kind, OptionSource};
pub use listed::Listed;
pub use post::PostFault;
pub use question::{Choice, Condition, Group, Question};
pub use year::YearFault;
