//! The commands of a server of one's own: `serve` answers and rings, `tell` says what
//! became of what came, and both send mails; `left` names who has left.

mod ended;
mod left;
mod log;
mod pushed;
mod serve;
mod tell;

pub(crate) use ended::asked_to_end;
pub(crate) use left::{LeftArgs, left};
pub(crate) use serve::{ServeArgs, serve};
pub(crate) use tell::{TellArgs, tell};
