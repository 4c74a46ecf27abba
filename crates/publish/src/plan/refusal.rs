//! Why a plan must not be carried out: it brings somebody back unasked, or would empty the site.

use super::Plan;
use super::leaves::Away;
use schema::ground::failure::Failure;
use site::ledger::Kind;
use std::collections::BTreeMap;

/// People who left and are listed again, in words: by the id that they have now, and the one under which they left.
pub fn who_left(people: &BTreeMap<String, String>) -> String {
    let left = |(now, then): (&String, &String)| match now == then {
        true => now.clone(),
        false => format!("{now}, who is {then},"),
    };
    people.iter().map(left).collect::<Vec<_>>().join(", ")
}

/// The same as `--return` takes them.
pub fn named(people: &BTreeMap<String, String>) -> String {
    people.keys().map(String::as_str).collect::<Vec<_>>().join(",")
}

impl Plan {
    /// How many pages and files visitors lose for no known reason. Lists and search files follow from who is listed: where somebody
    /// leaves, now or since the last whole publish, and everybody who does has a reason, so have they.
    pub(crate) fn losses(&self) -> usize {
        let lost = self.removals.iter().filter(|removal| removal.why.is_none());
        let people: usize = lost.map(|removal| removal.paths.len()).sum();
        let follows = people == 0 && self.erase_versions;
        let is_loss = |away: &&Away| !(follows && matches!(away.kind, Kind::List | Kind::Index));
        let pages = self.deletes.iter().filter(is_loss).count();
        people + pages + self.late.iter().filter(|away| away.is_photo()).count()
    }

    /// Why this plan must not be carried out, if it must not.
    pub(crate) fn refuse(&self, allowed: Option<usize>) -> Option<Failure> {
        self.brings_back().or_else(|| self.empties(allowed))
    }

    fn brings_back(&self) -> Option<Failure> {
        if self.unwanted.is_empty() {
            return None;
        }
        let (all, named) = (who_left(&self.unwanted), named(&self.unwanted));
        let help = format!(
            "withdraw them in profiles/, and build again. If they want to come back: a consent or a day of listing newer than \
             their leaving says so, or publish with --return {named}"
        );
        Some(Failure::new(format!("{all} left, and the built site shows them again")).help(help))
    }

    fn empties(&self, allowed: Option<usize>) -> Option<Failure> {
        let losses = self.losses();
        let most = allowed.unwrap_or_else(|| 50.max(self.before / 50));
        // A tenth of the site, or the first page of a language.
        let is_home = |away: &Away| away.kind == Kind::Home;
        let shrunken = losses > 10 && losses * 10 > self.before || self.deletes.iter().any(is_home);
        if losses > most || allowed.is_none() && shrunken {
            let (before, after) = (self.before, self.after);
            let what = format!(
                "the site would go from {before} to {after} files, and {losses} would be deleted for no reason that is known"
            );
            return Some(Failure::new(what).help(format!("if that is meant, publish with --allow-deletes {losses}")));
        }
        None
    }
}
