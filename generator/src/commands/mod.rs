//! The command line: the commands, a file each with its arguments, and what it does with them.

pub(crate) mod bring;
pub(crate) mod build;
pub(crate) mod check;
#[cfg_attr(not(feature = "cloud"), path = "without_cloud.rs")]
pub(crate) mod cloud;
pub(crate) mod forget;
pub(crate) mod import;
pub(crate) mod new;
pub(crate) mod preview;
pub(crate) mod ready;
pub(crate) mod review;
pub(crate) mod sample;
#[cfg_attr(not(feature = "server"), path = "without_server.rs")]
pub(crate) mod server;
pub(crate) mod upgrade;

use crate::terminal::Verdict;
use anyhow::Result;
use bring::OverrideArgs;
use build::BuildArgs;
use check::CheckArgs;
use clap::{Parser, Subcommand};
use cloud::{PublishArgs, RemoveArgs};
use forget::ForgetArgs;
use import::ImportArgs;
use new::NewArgs;
use preview::PreviewArgs;
use review::ReviewArgs;
use sample::SampleArgs;
use server::{LeftArgs, ServeArgs, TellArgs, WatchArgs};
use std::path::PathBuf;
use upgrade::UpgradeArgs;

/// Builds and runs Inside Out Connects: profiles of people in prison who would like a letter.
#[derive(Parser)]
#[command(name = "inside-out", version, about, after_help = "Exit status: 0 clean, 1 problems found, 2 could not run.")]
pub(crate) struct Cli {
    /// The site's folder: content, profiles, templates
    #[arg(long, default_value = ".", global = true, value_name = "FOLDER")]
    pub(crate) root: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show every problem in content, profiles and templates; without any, what should be looked at and by when
    Check(CheckArgs),
    /// Build the site; refuses to write anything while a problem stands
    Build(BuildArgs),
    /// Build and serve on this machine, with working forms; rebuilds on change
    Preview(PreviewArgs),
    /// Answer the forms on a server of one's own, without a cloud, and serve the built site where that is asked for
    Serve(ServeArgs),
    /// After a build on a server of one's own, tell whoever waits for news: their page is live, changed or down
    Tell(TellArgs),
    /// On a server of one's own, name the pages and photos of whoever has left, by the profiles as they stand: the host answers with 410
    Left(LeftArgs),
    /// Read submissions and decide about them
    Review(ReviewArgs),
    /// Put the built site on the public one: what leaves goes first, and nothing is broken on the way
    Publish(PublishArgs),
    /// Take a person's page down at once: 410 at the edge, files and copies deleted, a receipt for whoever asked
    Remove(RemoveArgs),
    /// Delete what is still kept of somebody who left: profile, photo, copies, papers, letters; a mark without a name stays
    Forget(ForgetArgs),
    /// Write a whole site root with N made-up people: for trying, testing and measuring
    Sample(SampleArgs),
    /// Look whether the pages that agencies and services cite still say what is quoted from them, and note those that do not
    Watch(WatchArgs),
    /// Make a site of your own in a folder: real agencies and services, no sample, and what the program brings
    New(NewArgs),
    /// Bring a file of the program's into your site, to change it there
    Override(OverrideArgs),
    /// Bring in a list of facilities, or the open facts of another site: shows the plan, then asks
    Import(ImportArgs),
    /// Show what this program changed in the files that your site has from an older one; --write brings it in
    Upgrade(UpgradeArgs),
}

/// Runs a command.
pub(crate) fn run(cli: &Cli) -> Result<Verdict> {
    let root = cli.root.as_path();
    match &cli.command {
        Command::Check(args) => check::check(root, args),
        Command::Build(args) => build::build(root, args),
        Command::Preview(args) => preview::preview(root, args),
        Command::Serve(args) => server::serve(root, args),
        Command::Tell(args) => server::tell(root, args),
        Command::Left(args) => server::left(root, args),
        Command::Review(args) => review::review(root, args),
        Command::Publish(args) => cloud::publish(root, args),
        Command::Remove(args) => cloud::remove(root, args),
        Command::Forget(args) => forget::forget(root, args),
        Command::Sample(args) => sample::sample(root, args),
        Command::Watch(args) => server::watch(root, args),
        Command::New(args) => new::new(args),
        Command::Override(args) => bring::bring_here(root, args),
        Command::Import(args) => import::import(root, args),
        Command::Upgrade(args) => upgrade::upgrade(root, args),
    }
}
