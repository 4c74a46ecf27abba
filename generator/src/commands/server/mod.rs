//! The commands of a server of one's own: `serve` answers and rings, `tell` says what
//! became of what came, and both send mails; `left` names who has left; `watch` looks at pages that
//! are cited, over the same TLS.

mod ended;
mod left;
mod log;
mod pushed;
mod serve;
mod tell;
mod watch;

pub(crate) use ended::asked_to_end;
pub(crate) use left::{LeftArgs, left};
pub(crate) use serve::{ServeArgs, serve};
pub(crate) use tell::{TellArgs, tell};
pub(crate) use watch::{WatchArgs, watch};
