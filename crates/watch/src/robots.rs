//! robots.txt as RFC 9309 has it: the group that names us, or else that of everybody; of the rules that fit a path, the longest.

use std::time::Duration;

/// The longest pause that a site may ask for.
const MOST_DELAY: f64 = 60.0;

/// What a site asks of us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    /// Whether it is allowed, and the pattern of paths.
    rules: Vec<(bool, String)>,
    /// The pause between two requests.
    pub(crate) delay: Option<Duration>,
}

/// A group: whom it names, and what it says.
#[derive(Default)]
struct Group {
    agents: Vec<String>,
    rules: Rules,
    /// Whether a rule has come: a name behind it begins another group.
    is_closed: bool,
}

impl Rules {
    /// What a file says to a program of a name.
    pub(crate) fn parse(text: &str, name: &str) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            if let Some((key, value)) = line.split_once(':') {
                take(&mut groups, &key.trim().to_ascii_lowercase(), value.trim());
            }
        }
        let named = |name: &str| groups.iter().any(|group| group.agents.iter().any(|agent| agent == name));
        let name = if named(name) { name } else { "*" };
        let ours = groups.iter().filter(|group| group.agents.iter().any(|agent| agent == name));
        ours.fold(Self::default(), |mut all, group| {
            all.rules.extend(group.rules.rules.iter().cloned());
            all.delay = all.delay.max(group.rules.delay);
            all
        })
    }

    /// Whether a path, with its question, may be asked for.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        // Of two that are as long, the one that allows.
        fitting.max_by_key(|(allows, pattern)| (pattern.len(), *allows)).is_none_or(|(allows, _)| *allows)
    }
}

fn take(groups: &mut Vec<Group>, key: &str, value: &str) {
    if key == "user-agent" {
        if groups.last().is_none_or(|group| group.is_closed) {
            groups.push(Group::default());
        }
        let name = value.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
        groups.last_mut().into_iter().for_each(|group| group.agents.push(name.clone()));
        return;
    }
    let Some(group) = groups.last_mut() else { return };
    match key {
        "allow" | "disallow" => {
            group.is_closed = true;
            if !value.is_empty() {
                group.rules.rules.push((key == "allow", value.to_owned()));
            }
        }
        "crawl-delay" => {
            group.is_closed = true;
            let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=f64::MAX).contains(seconds));
            group.rules.delay = seconds.map(|seconds| Duration::from_secs_f64(seconds.min(MOST_DELAY)));
        }
        _ => {}
    }
}

/// Whether a path begins as a pattern says: `*` is anything, `$` at its end the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return !is_whole || rest.is_empty() };
    for piece in middle {
        let Some((_, behind)) = rest.split_once(piece) else { return false };
        rest = behind;
    }
    if is_whole { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_counts_and_of_two_the_one_that_allows() {
        let text = "User-agent: *\nDisallow: /mail/\nAllow: /mail/rules\nDisallow: /*.pdf$\nDisallow: /find?*id=\nAllow: /same\nDisallow: /same\n";
        let rules = Rules::parse(text, "inside-out-watch");
        for (path, allowed) in [
            ("/", true),
            ("/mail/", false),
            ("/mail/rules/2026", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
            ("/find?name=a&id=2", false),
            ("/find?name=a", true),
            ("/same", true),
        ] {
            assert_eq!(rules.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn a_group_that_names_us_counts_alone() {
        let text = "# all\nUser-agent: Other\nUser-agent: Inside-Out-Watch/1\nDisallow: /private # ours\nCrawl-delay: 12\n\n\
                    User-agent: *\nDisallow: /\n\nUser-agent: inside-out-watch\nDisallow: /more\n";
        let rules = Rules::parse(text, "inside-out-watch");
        assert!(rules.allows("/mail") && !rules.allows("/private/x") && !rules.allows("/more"));
        assert_eq!(rules.delay, Some(Duration::from_secs(12)));
        assert!(!Rules::parse(text, "somebody").allows("/mail"));
    }

    #[test]
    fn what_is_empty_or_nonsense_allows_all() {
        for text in [
            "",
            "User-agent: *\nDisallow:\n",
            "<html>not here</html>",
            "Disallow: /\n",
            "User-agent: *\nCrawl-delay: -3\n",
        ] {
            let rules = Rules::parse(text, "inside-out-watch");
            assert!(rules.allows("/x") && rules.delay.is_none(), "{text}");
        }
        assert_eq!(Rules::parse("User-agent: *\nCrawl-delay: 1e300", "x").delay, Some(Duration::from_secs(60)));
    }
}
