//! Sites of one's own, outside the software's repository: a new root, files of the program's brought there to be changed, and what a
//! newer program changed brought in.
//!
//! Beside each file that came from the program, `.inside-out/base/` keeps it as it was then: from the three, what each side changed
//! since can be told apart. What has no such copy is its owner's alone, and is never touched.

mod bring;
pub mod import;
mod kept;
mod merge;
mod new;
mod options;
mod places;
mod upgrade;

pub use bring::{bring, can_be_brought};
pub use new::{create, refuse_what_is_there};
pub use options::{Fault, NewOptions, judge, languages};
pub use places::agencies;
pub use upgrade::{Change, Plan, Upgrade, apply, plan};
