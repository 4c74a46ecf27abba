//! `new DIR`: a site of one's own. What cannot be guessed is asked for, or given with flags.

use crate::args::today;
use crate::terminal::{Verdict, advise, ask, can_ask, say};
use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schema::ground::failure::Failure;
use site::own::{NewOptions, agencies, create, judge, languages, refuse_what_is_there};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Make a site of your own.
#[derive(Args)]
pub(crate) struct NewArgs {
    /// An empty or absent folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the site is called
    #[arg(long)]
    name: Option<String>,
    /// Its address, https://…
    #[arg(long)]
    url: Option<String>,
    /// An e-mail address that its editors read
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// A line of its postal address; once for each line
    #[arg(long, value_name = "LINE")]
    post: Vec<String>,
    /// The languages of its pages, with commas; the first stands at /
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    languages: Vec<String>,
    /// The agencies whose people it will list, with commas, or all
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    agencies: Vec<String>,
    /// The time zone in which its days are counted, like America/Chicago
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Make it a git repository, too
    #[arg(long)]
    git: bool,
}

/// What is asked for: its word, and the question.
const QUESTIONS: [(&str, &str); 7] = [
    ("name", "What is the site called?"),
    ("url", "Its address (https://…)"),
    ("email", "An e-mail address that its editors read"),
    ("post", "Its postal address, a line at a time; an empty line ends it"),
    ("languages", "The languages of its pages, with commas"),
    ("agencies", "The agencies whose people it will list, with commas; ? names those that are known"),
    ("time-zone", "The time zone in which its days are counted, like America/Chicago"),
];

/// Answers by the word that asks for them; what is missing has none.
type Answers = BTreeMap<&'static str, Vec<String>>;

pub(crate) fn new(args: &NewArgs) -> Result<Verdict> {
    refuse_what_is_there(&args.folder)?;
    let day = today(&args.folder);
    let mut answers = given(args)?;
    match can_ask() {
        true => fill(&mut answers, day)?,
        false => refuse_what_is_missing(&answers)?,
    }
    let asked = asked(&answers);
    create(&args.folder, &asked, day)?;
    if args.git {
        make_repository(&args.folder)?;
    }
    tell(&args.folder, &asked)
}

/// What the flags say. Where the program speaks one language, that one is meant.
fn given(args: &NewArgs) -> Result<Answers> {
    let one = |flag: &Option<String>| flag.iter().cloned().collect::<Vec<_>>();
    let known = languages()?;
    let is_clear = args.languages.is_empty() && known.len() == 1;
    let only = || known.iter().map(|language| (*language).to_owned()).collect();
    Ok(Answers::from([
        ("name", one(&args.name)),
        ("url", one(&args.url)),
        ("email", one(&args.email)),
        ("post", args.post.clone()),
        ("languages", if is_clear { only() } else { args.languages.clone() }),
        ("agencies", args.agencies.clone()),
        ("time-zone", one(&args.time_zone)),
    ]))
}

fn asked(answers: &Answers) -> NewOptions {
    let all = |of: &str| answers.get(of).cloned().unwrap_or_default();
    let one = |of: &str| all(of).into_iter().next().unwrap_or_default();
    NewOptions {
        name: one("name"),
        url: one("url"),
        email: one("email"),
        post: all("post"),
        languages: all("languages"),
        agencies: all("agencies"),
        time_zone: one("time-zone"),
    }
}

fn is_missing(answers: &Answers, of: &str) -> bool {
    answers.get(of).is_none_or(|answers| answers.iter().all(|answer| answer.trim().is_empty()))
}

fn refuse_what_is_missing(answers: &Answers) -> Result<()> {
    let missing = QUESTIONS.iter().filter(|(of, _)| is_missing(answers, of)).map(|(of, _)| format!("--{of}"));
    let missing: Vec<String> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let failure = Failure::new(format!("a new site needs {}", missing.join(", ")));
    bail!(
        failure
            .help("give each as a flag, or run this on a terminal, which asks; `inside-out new --help` explains them")
    )
}

/// Asks for what is missing, and again for what will not do.
fn fill(answers: &mut Answers, day: Date) -> Result<()> {
    for (of, question) in QUESTIONS {
        while is_missing(answers, of) {
            answers.insert(of, answer_to(of, question)?);
            let fault = judge(&asked(answers), day)?.into_iter().find(|fault| fault.of == of);
            if let Some(fault) = fault.filter(|_| !is_missing(answers, of)) {
                advise(&fault.failure)?;
                answers.remove(of);
            }
        }
    }
    Ok(())
}

fn answer_to(of: &str, question: &str) -> Result<Vec<String>> {
    match of {
        "post" => lines(question),
        "languages" => Ok(list(&ask(question, None)?)),
        "agencies" => those_of(&ask(question, None)?),
        "time-zone" => Ok(vec![ask(question, Some(TimeZone::system().iana_name().unwrap_or("UTC")))?]),
        _ => Ok(vec![ask(question, None)?]),
    }
}

fn lines(question: &str) -> Result<Vec<String>> {
    let mut lines = vec![ask(question, None)?];
    while lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(ask("next line", None)?);
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines)
}

fn list(answer: &str) -> Vec<String> {
    answer.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn those_of(answer: &str) -> Result<Vec<String>> {
    if answer == "?" {
        say(&agencies()?.join("\n"))?;
        return Ok(Vec::new());
    }
    Ok(list(answer))
}

fn make_repository(folder: &Path) -> Result<()> {
    if folder.join(".git").exists() {
        return Ok(());
    }
    let made = Command::new("git").arg("-C").arg(folder).args(["init", "--quiet", "--initial-branch=main"]).status();
    if made.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    let failure =
        Failure::new(format!("the site stands in {}, and git could not make a repository of it", folder.display()));
    bail!(failure.help("run `git init` there"))
}

/// What was made, and the next three steps.
fn tell(folder: &Path, asked: &NewOptions) -> Result<Verdict> {
    let (name, folder) = (&asked.name, folder.display());
    let agencies = match asked.agencies.len() {
        _ if asked.agencies.iter().any(|id| id == "all") => "every agency that is known".to_owned(),
        1 => "1 agency".to_owned(),
        count => format!("{count} agencies"),
    };
    say(&format!(
        "{name} stands in {folder}: {agencies}, and nobody is listed yet. README.md there tells editors how to go on.\n\
         Next:\n  \
         1. cd {folder} && inside-out preview   the site as it is now, with working forms\n  \
         2. write content/facilities/ID.yaml for the first place; README.md shows one\n  \
         3. inside-out check                    what is wrong, and which facts to confirm first"
    ))?;
    Ok(Verdict::Clean)
}
