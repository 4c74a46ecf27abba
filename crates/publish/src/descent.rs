//! Whether a built folder may follow what is public: nobody's newer work is undone by an older folder, by accident.

use crate::manifest::Manifest;
use crate::origin::{Origin, Uncommitted};
use schema::ground::failure::Failure;
use schema::person::profile::ProfileId;
use schema::person::visibility::HiddenWhy;
use site::made::Made;
use std::path::PathBuf;

/// What git knows of a root. Without a repository there is no commit, and nothing else is asked.
pub trait Past {
    /// The commit on which the root stands.
    fn commit(&self) -> Option<String>;

    /// What of the root no commit holds.
    fn uncommitted(&self) -> Uncommitted;

    /// Whether the root's commit is, or comes after, another.
    fn holds(&self, commit: &str) -> bool;

    /// Whether a commit holds what somebody else published without one.
    fn has(&self, path: &str, bytes: Option<&str>) -> bool;

    /// The files of the root that decide whether somebody's agency forbids listings.
    fn grounds(&self, person: &ProfileId) -> Vec<PathBuf>;

    /// Whether any of these files says something else than when the root's work and a commit parted.
    fn is_news(&self, commit: &str, files: &[PathBuf]) -> bool;
}

/// What a folder's root knows of its own past.
pub struct Lineage<'a> {
    /// What git knows.
    pub past: &'a dyn Past,
    /// The last whole publish that this root made or met.
    pub seen: Option<String>,
    /// A publish that an editor means to undo.
    pub over: Option<String>,
}

impl Lineage<'_> {
    /// Where a folder comes from, once it is published.
    pub(crate) fn origin(&self, made: Made, deploy: &str, by: &str) -> Origin {
        let (commit, uncommitted) = (self.past.commit(), self.past.uncommitted());
        Origin { deploy: deploy.to_owned(), by: by.to_owned(), made, commit, uncommitted }
    }

    /// Why a folder must not follow what is public, if it must not.
    pub(crate) fn refuse(&self, made: Made, public: &Manifest) -> Option<Failure> {
        let before = public.origin.as_ref()?;
        let follows = before.made.sources == made.sources || self.follows(before);
        (!follows).then(|| undoes(before, made))
    }

    /// Whether what the root says of somebody counts, who has a page.
    pub(crate) fn may_say(&self, public: &Manifest, person: &ProfileId, why: HiddenWhy) -> bool {
        let Some(before) = public.origin.as_ref().filter(|before| !self.follows(before)) else { return true };
        // A day that is over may be over only in the older folder; until when people are there is known without it.
        let files = match why {
            HiddenWhy::PastRelease | HiddenWhy::ConsentEnded => return false,
            HiddenWhy::Withdrawn => vec![site::source::profile_path(person)],
            HiddenWhy::ListingBanned => self.past.grounds(person),
        };
        before.commit.as_ref().is_none_or(|commit| self.past.is_news(commit, &files))
    }

    /// Whether the root holds what is public. Git knows which came first, whatever this machine remembers of its own publishes.
    fn follows(&self, before: &Origin) -> bool {
        let has_met = self.seen.as_ref() == Some(&before.deploy);
        let holds = match (&before.commit, self.past.commit()) {
            (Some(theirs), Some(_)) => self.past.holds(theirs) && (has_met || self.holds_all(&before.uncommitted)),
            _ => has_met,
        };
        holds || self.over.as_ref() == Some(&before.deploy)
    }

    fn holds_all(&self, uncommitted: &Uncommitted) -> bool {
        uncommitted.iter().all(|(path, bytes)| self.past.has(path, bytes.as_deref()))
    }
}

fn undoes(before: &Origin, made: Made) -> Failure {
    let Origin { deploy, by, commit, uncommitted, .. } = before;
    let held = match (commit, uncommitted.keys().next()) {
        (Some(_), Some(first)) => format!("changes that no commit held then ({first}{})", more(uncommitted.len())),
        (Some(commit), None) => format!("commit {commit:.12}, which this root does not hold"),
        (None, _) => "changes that no commit holds, or on another machine".to_owned(),
    };
    let day = made.day;
    let what =
        format!("what is public was published by {by} for {day} from {held}: publishing this folder would undo it");
    let help =
        format!("pull their work, build, and publish that. If theirs is meant to go: publish with --over {deploy}");
    Failure::new(what).help(help)
}

/// How many there are beside the first.
fn more(count: usize) -> String {
    if count > 1 { format!(" and {} more", count - 1) } else { String::new() }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use schema::ground::hash::content_hash;

    /// What git says in a test; without a commit it must not be asked.
    #[derive(Clone, Default)]
    pub(crate) struct Told {
        pub(crate) commit: Option<&'static str>,
        pub(crate) holds: bool,
        pub(crate) has: bool,
        pub(crate) news: bool,
    }

    impl Told {
        fn answer(&self, answer: bool) -> bool {
            assert!(self.commit.is_some(), "nothing is asked of git");
            answer
        }
    }

    impl Past for Told {
        fn commit(&self) -> Option<String> {
            self.commit.map(str::to_owned)
        }
        fn uncommitted(&self) -> Uncommitted {
            Uncommitted::new()
        }
        fn holds(&self, _: &str) -> bool {
            self.answer(self.holds)
        }
        fn has(&self, _: &str, _: Option<&str>) -> bool {
            self.answer(self.has)
        }
        fn grounds(&self, person: &ProfileId) -> Vec<PathBuf> {
            vec![format!("content/agencies/of-{person}.yaml").into()]
        }
        fn is_news(&self, _: &str, files: &[PathBuf]) -> bool {
            assert!(files.iter().all(|file| file.extension().is_some()), "of no whole folder: {files:?}");
            self.news
        }
    }

    const NO_GIT: Told = Told { commit: None, holds: false, has: false, news: true };

    fn made(sources: &[u8]) -> Made {
        Made { day: date(2026, 11, 23), sources: content_hash(sources) }
    }

    fn public(commit: Option<&str>, uncommitted: &[&str]) -> Manifest {
        let uncommitted = uncommitted.iter().map(|path| ((*path).to_owned(), None)).collect();
        let commit = commit.map(str::to_owned);
        let origin = Origin { deploy: "d1".into(), by: "Bea".into(), made: made(b"hers"), commit, uncommitted };
        Manifest { origin: Some(origin), ..Manifest::empty() }
    }

    fn lineage<'a>(past: &'a Told, seen: Option<&str>) -> Lineage<'a> {
        Lineage { past, seen: seen.map(str::to_owned), over: None }
    }

    #[test]
    fn git_decides_where_both_were_committed() {
        let [newer, older] = [true, false].map(|holds| Told { commit: Some("c2"), holds, ..Told::default() });
        assert!(lineage(&newer, None).refuse(made(b"mine"), &public(Some("c1"), &[])).is_none());
        let why = lineage(&older, None).refuse(made(b"mine"), &public(Some("c1"), &[])).unwrap();
        assert!(why.what.contains("Bea") && why.what.contains("c1") && why.help.unwrap().contains("--over d1"));
        // Whoever goes back to an older commit on the machine that published last would undo it all the same.
        assert!(lineage(&older, Some("d1")).refuse(made(b"mine"), &public(Some("c1"), &[])).is_some());
    }

    #[test]
    fn what_was_published_without_a_commit_is_followed_once_a_commit_holds_it() {
        let hers = public(Some("c1"), &["profiles/a.yaml", "profiles/b.yaml"]);
        let [has, lacks] = [true, false].map(|has| Told { commit: Some("c2"), holds: true, has, ..Told::default() });
        assert!(lineage(&has, None).refuse(made(b"mine"), &hers).is_none());
        let why = lineage(&lacks, None).refuse(made(b"mine"), &hers).unwrap();
        assert!(why.what.contains("no commit held then (profiles/a.yaml and 1 more)"), "{}", why.what);
        // She herself goes on.
        assert!(lineage(&lacks, Some("d1")).refuse(made(b"mine"), &hers).is_none());
    }

    #[test]
    fn without_commits_the_last_publish_seen_decides() {
        let of = |seen: Option<&str>| lineage(&NO_GIT, seen).refuse(made(b"mine"), &public(None, &[])).is_none();
        assert_eq!([of(Some("d1")), of(Some("d0")), of(None)], [true, false, false]);
        let of = |seen: Option<&str>| lineage(&NO_GIT, seen).refuse(made(b"mine"), &public(Some("c1"), &[])).is_none();
        assert_eq!([of(Some("d1")), of(Some("d0")), of(None)], [true, false, false]);
    }

    #[test]
    fn the_same_sources_a_first_publish_and_an_editors_word_follow_anything() {
        let none = lineage(&NO_GIT, None);
        assert!(none.refuse(made(b"hers"), &public(Some("c1"), &[])).is_none());
        assert!(none.refuse(made(b"mine"), &Manifest::empty()).is_none());
        let of = |over: &str| Lineage { over: Some(over.into()), ..lineage(&NO_GIT, None) };
        assert!(of("d1").refuse(made(b"mine"), &public(Some("c1"), &[])).is_none());
        assert!(of("d0").refuse(made(b"mine"), &public(Some("c1"), &[])).is_some(), "another one came between");
    }

    #[test]
    fn of_an_older_root_only_what_it_says_anew_counts() {
        let person = ProfileId::parse("ana-k7m2q").unwrap();
        let says = |lineage: &Lineage<'_>, why| lineage.may_say(&public(Some("c1"), &[]), &person, why);
        let told = |holds, news| Told { commit: Some("c2"), holds, news, ..Told::default() };
        for (_, why) in HiddenWhy::ALL {
            let is_said = matches!(why, HiddenWhy::Withdrawn | HiddenWhy::ListingBanned);
            assert!(says(&lineage(&told(true, false), None), *why), "a root that holds what is public");
            assert_eq!(says(&lineage(&told(false, true), None), *why), is_said, "{why:?}");
            assert!(!says(&lineage(&told(false, false), None), *why), "old news: {why:?}");
            assert_eq!(says(&lineage(&NO_GIT, None), *why), is_said, "nobody knows which came first: {why:?}");
        }
    }
}
