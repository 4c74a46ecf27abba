//! What stands in for a server of one's own in a command that was built without it: the way to get it.

use super::cloud::Absent;
use crate::terminal::Verdict;
use anyhow::Result;
use std::path::Path;

pub(crate) type ServeArgs = Absent;
pub(crate) type TellArgs = Absent;
pub(crate) type LeftArgs = Absent;
pub(crate) type WatchArgs = Absent;

const WHAT: &str =
    "this inside-out was built without a server of one's own and its mails, so that previewing builds quickly";

pub(crate) fn serve(_: &Path, args: &ServeArgs) -> Result<Verdict> {
    args.tell(WHAT, "server", "serve")
}

pub(crate) fn tell(_: &Path, args: &TellArgs) -> Result<Verdict> {
    args.tell(WHAT, "server", "tell")
}

pub(crate) fn left(_: &Path, args: &LeftArgs) -> Result<Verdict> {
    args.tell(WHAT, "server", "left")
}

pub(crate) fn watch(_: &Path, args: &WatchArgs) -> Result<Verdict> {
    args.tell(WHAT, "server", "watch")
}
