//! `left`: on a server of one's own, the names of whoever has left, for the host to answer with 410. It asks the profiles themselves:
//! leaving waits for no build, and for nothing else that may be broken.

use super::pushed::{Pushed, as_pushed};
use crate::args::today;
use crate::terminal::{Verdict, hint, say};
use anyhow::{Context, Result};
use clap::Args;
use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::hash::Hash;
use schema::person::profile::ProfileId;
use site::leaving::{Hidden, hidden, names, withdrawn};
use site::ledger::Ledger;
use site::standing::{Census, Standing};
use site::write::MARKER;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct LeftArgs {
    /// The built site, which visitors see
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    /// Also whoever left by what others pushed, as git last fetched it, though it was not pulled
    #[arg(long)]
    others: bool,
}

/// Whoever has left, as far as could be told; and what could not be, in words.
#[derive(Default)]
struct Left {
    people: BTreeSet<ProfileId>,
    /// Who they are, whatever their ids.
    who: BTreeSet<Hash>,
    untold: Vec<String>,
}

/// Prints the last part of the address of each page and photo whose person has left.
pub(crate) fn left(root: &Path, args: &LeftArgs) -> Result<Verdict> {
    let out = args.site.clone().unwrap_or_else(|| root.join("site"));
    let mut left = Left::default();
    left.by_profiles(root, today(root));
    if args.others {
        left.by_others(root, today(root));
    }
    let names = match built(&out) {
        Ok(None) => BTreeSet::new(),
        Ok(Some(ledger)) => {
            left.under_other_ids(root, &ledger);
            names(&ledger, &left.people)
        }
        // Their pages are known all the same; not their photos.
        Err(error) => {
            left.untold.push(format!("{error:#}"));
            left.people.iter().map(ToString::to_string).collect()
        }
    };
    for name in names {
        say(&name)?;
    }
    for what in &left.untold {
        hint(&Failure::new(what.as_str()).help("whoever left by what could be read is named all the same"))?;
    }
    Ok(if left.untold.is_empty() { Verdict::Clean } else { Verdict::Problems })
}

/// What was built; nothing where nothing was.
fn built(out: &Path) -> Result<Option<Ledger>> {
    match fs_err::read(out.join(MARKER)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        bytes => {
            let ledger = Ledger::read(&bytes?);
            ledger.map(Some).with_context(|| format!("what was built in {} cannot be read", out.display()))
        }
    }
}

impl Left {
    fn take(&mut self, hidden: BTreeMap<ProfileId, Hidden>) {
        self.who.extend(hidden.values().filter_map(|hidden| hidden.who));
        self.people.extend(hidden.into_keys());
    }

    /// By what stands here. Where facts cannot be read, whoever says of themselves that they withdrew.
    fn by_profiles(&mut self, root: &Path, day: Date) {
        match hidden(root, day) {
            Ok(hidden) => self.take(hidden),
            Err(error) => {
                self.untold.push(format!("what this root says cannot be read: {error:#}"));
                self.people.extend(withdrawn(root));
            }
        }
    }

    /// By what others pushed. Of an older root only what it says anew counts: what is here may be newer.
    fn by_others(&mut self, root: &Path, day: Date) {
        let anew = |Pushed { theirs, before }: &Pushed| -> Result<_> {
            let (mut theirs, before) = (hidden(&theirs.root, day)?, hidden(&before.root, day)?);
            theirs.retain(|person, now| before.get(person).is_none_or(|then| then.why != now.why));
            Ok(theirs)
        };
        match as_pushed(root).and_then(|sides| sides.iter().map(anew).collect::<Result<Vec<_>>>()) {
            Ok(sides) => sides.into_iter().for_each(|hidden| self.take(hidden)),
            Err(error) => self.untold.push(format!("what others pushed cannot be read: {error:#}")),
        }
    }

    /// Whoever was given another id since the site was built has their page under the old one.
    fn under_other_ids(&mut self, root: &Path, ledger: &Ledger) {
        let Ok(census) = Census::of(root, ledger.made) else { return };
        let is_theirs = |standing: &Standing| match standing {
            Standing::Shown(shown) => shown.who.is_some_and(|who| self.who.contains(&who)),
            Standing::Hidden(_) => false,
        };
        let others: Vec<ProfileId> =
            census.people.iter().filter(|(_, standing)| is_theirs(standing)).map(|(id, _)| id.clone()).collect();
        self.people.extend(others);
    }
}
