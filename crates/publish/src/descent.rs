//! Whether a built folder may follow what is public: nobody's newer work is undone by an older folder, by accident.

use crate::manifest::Manifest;
use crate::origin::Origin;
use schema::ground::failure::Failure;
use site::made::Made;

/// What a folder's root knows of its own past.
pub struct Lineage<'a> {
    /// The commit that holds everything the folder was made of, where there is one.
    pub commit: Option<String>,
    /// Whether that commit is, or comes after, another.
    pub holds: &'a dyn Fn(&str) -> bool,
    /// The last whole publish that this root made or met.
    pub seen: Option<String>,
    /// A publish that an editor means to undo.
    pub over: Option<String>,
}

impl Lineage<'_> {
    /// Where a folder comes from, once it is published.
    pub(crate) fn origin(&self, made: Made, deploy: &str, by: &str) -> Origin {
        Origin { deploy: deploy.to_owned(), by: by.to_owned(), made, commit: self.commit.clone() }
    }

    /// Why a folder must not follow what is public, if it must not.
    pub(crate) fn refuse(&self, made: Made, public: &Manifest) -> Option<Failure> {
        let before = public.origin.as_ref()?;
        if before.made.sources == made.sources || self.over.as_ref() == Some(&before.deploy) {
            return None;
        }
        // Git knows which came first, whatever this machine remembers of its own publishes.
        let follows = match (&before.commit, &self.commit) {
            (Some(theirs), Some(_)) => (self.holds)(theirs),
            _ => self.seen.as_ref() == Some(&before.deploy),
        };
        (!follows).then(|| undoes(before))
    }
}

fn undoes(before: &Origin) -> Failure {
    let Origin { deploy, by, made, commit } = before;
    let held = match commit {
        Some(commit) => format!("commit {commit:.12}, which this root does not hold"),
        None => "changes that no commit holds, or on another machine".to_owned(),
    };
    let what = format!(
        "what is public was published by {by} for {} from {held}: publishing this folder would undo it",
        made.day
    );
    let help =
        format!("pull their work, build, and publish that. If theirs is meant to go: publish with --over {deploy}");
    Failure::new(what).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use schema::ground::hash::content_hash;

    fn made(sources: &[u8]) -> Made {
        Made { day: date(2026, 11, 23), sources: content_hash(sources) }
    }

    fn public(commit: Option<&str>) -> Manifest {
        let commit = commit.map(str::to_owned);
        let origin = Origin { deploy: "d1".into(), by: "Bea".into(), made: made(b"hers"), commit };
        Manifest { origin: Some(origin), ..Manifest::empty() }
    }

    fn lineage<'a>(commit: Option<&str>, holds: &'a dyn Fn(&str) -> bool) -> Lineage<'a> {
        Lineage { commit: commit.map(str::to_owned), holds, seen: None, over: None }
    }

    #[test]
    fn git_decides_where_both_were_committed() {
        let of = |holds: bool| lineage(Some("c2"), if holds { &|_| true } else { &|_| false });
        assert!(of(true).refuse(made(b"mine"), &public(Some("c1"))).is_none());
        let why = of(false).refuse(made(b"mine"), &public(Some("c1"))).unwrap();
        assert!(why.what.contains("Bea") && why.what.contains("c1") && why.help.unwrap().contains("--over d1"));
        // Whoever goes back to an older commit on the machine that published last would undo it all the same.
        let seen = Lineage { seen: Some("d1".into()), ..of(false) };
        assert!(seen.refuse(made(b"mine"), &public(Some("c1"))).is_some());
    }

    #[test]
    fn without_commits_the_last_publish_seen_decides() {
        let never = |_: &str| panic!("nothing is asked of git");
        let of = |seen: Option<&str>| Lineage { seen: seen.map(str::to_owned), ..lineage(None, &never) };
        for before in [None, Some("c1")] {
            assert!(of(Some("d1")).refuse(made(b"mine"), &public(before)).is_none());
            assert!(of(Some("d0")).refuse(made(b"mine"), &public(before)).is_some());
            assert!(of(None).refuse(made(b"mine"), &public(before)).is_some());
        }
    }

    #[test]
    fn the_same_sources_a_first_publish_and_an_editors_word_follow_anything() {
        let never = |_: &str| panic!("nothing is asked of git");
        let none = lineage(None, &never);
        assert!(none.refuse(made(b"hers"), &public(Some("c1"))).is_none());
        assert!(none.refuse(made(b"mine"), &Manifest::empty()).is_none());
        let of = |over: &str| Lineage { over: Some(over.into()), ..lineage(None, &never) };
        assert!(of("d1").refuse(made(b"mine"), &public(Some("c1"))).is_none());
        assert!(of("d0").refuse(made(b"mine"), &public(Some("c1"))).is_some(), "another one came between");
    }
}
