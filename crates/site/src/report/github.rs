//! Workflow commands of GitHub: each is a line that shows a problem beside the changed line of a pull request.

use schema::yaml::finding::Finding;
use std::path::{Path, PathBuf};

/// The command for a problem.
pub(super) fn command(root: &Path, finding: &Finding) -> String {
    let Finding { file, line, column, rule, message, help } = finding;
    let file = property(&in_repository(root, file).display().to_string());
    let said = [Some(message.as_str()), help.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n");
    format!("::error file={file},line={line},col={column},title={}::{}", property(rule), data(&said))
}

/// A file as a repository names it: the root may be a folder of one. One that is named from the top of a machine says nothing of
/// the repository, and is taken for its top.
pub(super) fn in_repository(root: &Path, file: &Path) -> PathBuf {
    if root.is_absolute() { file.to_owned() } else { root.join(file).components().skip_while(is_here).collect() }
}

fn is_here(part: &std::path::Component<'_>) -> bool {
    matches!(part, std::path::Component::CurDir)
}

/// Text, in which a line end would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value, which ends at a comma or a colon too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says_never_ends_the_command() {
        let file = Path::new("content/a,b:c\n::set-output.yaml");
        let finding = Finding::whole(file, "bad-email", "100 % of\r\n`x`, so: no").help("write\nit");
        assert_eq!(
            command(Path::new("."), &finding),
            "::error file=content/a%2Cb%3Ac%0A%3A%3Aset-output.yaml,line=1,col=1,title=bad-email::100 %25 of%0D%0A`x`, so: no%0Awrite%0Ait"
        );
    }

    #[test]
    fn a_root_within_a_repository_is_part_of_the_file_s_name() {
        let named = |root: &str| in_repository(Path::new(root), Path::new("profiles/x.yaml")).display().to_string();
        assert_eq!(
            ["", ".", "./sites/one", "/srv/one"].map(named),
            ["profiles/x.yaml", "profiles/x.yaml", "sites/one/profiles/x.yaml", "profiles/x.yaml"]
        );
    }
}
