//! A site of one's own: made in a moment, clean at once, without a word of the sample; and kept up to date without losing an edit.

use crate::site::{DAY, Root, Said, repository, said, tree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the flags say of a site.
const FLAGS: [(&str, &str); 7] = [
    ("--name", "Letters Home"),
    ("--url", "https://letters-home.org"),
    ("--email", "hello@letters-home.org"),
    ("--post", "PO Box 12"),
    ("--post", "Austin, TX 78701"),
    ("--agencies", "texas-doc,federal-bop"),
    ("--time-zone", "America/Chicago"),
];

/// `new`, with nobody at the terminal.
fn new(folder: &Path, flags: &[(&str, &str)], more: &[&str]) -> Said {
    let words = flags.iter().flat_map(|(flag, value)| [*flag, *value]).chain(more.iter().copied());
    let mut command = Command::new(env!("CARGO_BIN_EXE_inside-out"));
    said(command.arg("new").arg(folder).args(words).stdin(Stdio::null()).output().unwrap())
}

/// A new site.
fn made() -> Root {
    let root = Root::empty();
    let said = new(root.path(), &FLAGS, &[]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    root
}

fn assert_clean(root: &Root) {
    let said = root.check();
    assert!((said.status, said.out.starts_with("No problems: ")) == (0, true), "{}{}", said.out, said.err);
}

/// Every file of a site but what it was built to, by its path.
fn files(root: &Root) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut files = tree(root.path());
    files.retain(|path, _| !path.starts_with("site") && !path.starts_with("var"));
    files
}

/// Words by which the sample would be known: its name, its people, and whatever in it says that it is made up.
fn words_of_the_sample() -> BTreeSet<String> {
    let value = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        line.map(|value| value.trim_matches('"').to_owned())
    };
    let yaml = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(repository().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        entries
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect()
    };
    let mut words = BTreeSet::from([".example", "Inside Out Connects", "Franklin", "River Bend"].map(str::to_owned));
    for text in yaml("profiles") {
        words.extend(["shown_name:", "mail_name:", "id:"].iter().filter_map(|key| value(&text, key)));
    }
    for text in yaml("content/facilities") {
        words.extend(["name:", "place:", "id:"].iter().filter_map(|key| value(&text, key)));
    }
    for text in ["content/agencies", "content/services"].into_iter().flat_map(yaml) {
        if text.lines().any(|line| line == "invented: true") {
            words.extend(["name:", "id:"].iter().filter_map(|key| value(&text, key)));
        }
    }
    let strings = std::fs::read_to_string(repository().join("content/en/site.ftl")).unwrap();
    words
        .extend(["sample-heading =", "sample-text =", "sample-banner ="].iter().filter_map(|key| value(&strings, key)));
    words
}

#[test]
fn a_new_site_is_clean_at_once_and_holds_no_word_of_the_sample() {
    let words = words_of_the_sample();
    assert!(words.len() > 80, "{words:?}");
    for agencies in ["texas-doc", "all"] {
        let root = Root::empty();
        let flags: Vec<_> =
            FLAGS.iter().map(|(flag, value)| (*flag, if *flag == "--agencies" { agencies } else { *value })).collect();
        let said = new(root.path(), &flags, &[]);
        assert_eq!(said.status, 0, "{}", said.err);
        assert!(said.out.contains("\n  3. inside-out check"), "{}", said.out);
        assert_clean(&root);
        let said = root.build();
        assert!(said.out.starts_with("0 people; "), "{}{}", said.out, said.err);
        let home = root.read("site/index.html");
        assert!(home.contains("<h2>Nobody is listed at the moment</h2>") && home.contains("Letters Home"), "{home}");
        assert!(root.read("site/people/index.html").contains("Nobody is listed here at the moment."));
        assert!(root.read("site/consent/index.html").contains("Letters Home is a website."));
        // What the function carries, in var/, has the words for any site, a sample among them, and shows those of this one.
        for (path, bytes) in tree(root.path()).into_iter().filter(|(path, _)| !path.starts_with("var")) {
            let text = String::from_utf8_lossy(&bytes);
            let found = words.iter().find(|word| text.contains(word.as_str()));
            assert_eq!(found, None, "{}", path.display());
        }
    }
}

#[test]
fn what_a_new_site_says_of_the_next_steps_works() {
    let root = made();
    let readme = root.read("README.md");
    let example = readme.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let day = example.lines().find_map(|line| line.strip_prefix("checked: ")).unwrap();
    root.write("content/facilities/north-fork.yaml", example.replace(day, DAY));
    assert_clean(&root);
    let checked = root.run(&["check", "--date", DAY, "--format", "github"]);
    assert_eq!(checked.status, 0, "{}{}", checked.out, checked.err);
    // Each command that the page names is one that there is.
    for line in readme.lines().filter_map(|line| line.strip_prefix("inside-out ")) {
        let command = line.split(' ').next().unwrap();
        assert_eq!(root.run(&[command, "--help"]).status, 0, "{line}");
    }
}

#[test]
fn the_first_person_has_a_page_with_what_the_agency_asks_for() {
    let root = made();
    let readme = root.read("README.md");
    let example = readme.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let day = example.lines().find_map(|line| line.strip_prefix("checked: ")).unwrap();
    root.write("content/facilities/north-fork.yaml", example.replace(day, DAY));
    let profile = std::fs::read_to_string(repository().join("profiles/marcus-k7m2q.yaml")).unwrap();
    let own = profile.lines().filter(|line| !line.starts_with("compared: ") && !line.starts_with("checked: "));
    let own: String = own.take_while(|line| !line.starts_with("photo:")).flat_map(|line| [line, "\n"]).collect();
    let rest = profile.split_once("\nrelease: ").map(|(_, rest)| format!("release: {rest}")).unwrap();
    let rest: String = rest
        .lines()
        .filter(|line| !line.starts_with("compared: ") && !line.starts_with("checked: "))
        .flat_map(|line| [line, "\n"])
        .collect();
    let text = format!("{own}{rest}rule_read: https://www.agency.gov/rules\ncleared_with: texas-doc\n")
        .replace("facility: river-bend", "facility: north-fork")
        .replace("\"0123456\"", "\"01234567\"");
    root.write("profiles/marcus-k7m2q.yaml", text);
    assert_clean(&root);
    assert!(root.build().out.starts_with("1 person; "));
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(page.contains("Marcus Thompson 01234567") && page.contains("PO Box 660400"), "{page}");
    assert!(!root.read("site/index.html").contains("Nobody is listed"));
}

#[test]
fn the_workflow_takes_nothing_that_can_be_moved_to_other_code() {
    let root = made();
    let text = root.read(".github/workflows/site.yml");
    let workflow: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let jobs = workflow["jobs"].as_mapping().unwrap();
    let steps: Vec<&serde_yaml::Value> = jobs.values().flat_map(|job| job["steps"].as_sequence().unwrap()).collect();
    let used: Vec<&str> = steps.iter().filter_map(|step| step["uses"].as_str()).collect();
    let is_pinned = |name: &&str| name.split_once('@').is_some_and(|(_, commit)| commit.len() == 40);
    assert!(used.len() > 4 && used.iter().all(is_pinned), "{used:?}");
    for line in text.lines().filter_map(|line| line.split("run: inside-out ").nth(1)) {
        let words: Vec<&str> = line.split(' ').chain(["--help"]).collect();
        assert_eq!(root.run(&words).status, 0, "{line}");
    }
}

#[test]
fn each_answer_that_is_missing_or_will_not_do_is_one_clear_error() {
    for (missing, _) in FLAGS {
        let root = Root::empty();
        let flags: Vec<_> = FLAGS.into_iter().filter(|(flag, _)| *flag != missing).collect();
        let said = new(root.path(), &flags, &[]);
        assert_eq!(said.status, 2, "{}", said.out);
        assert!(
            said.err.starts_with(&format!("error: a new site needs {missing}\n  help: give each as a flag")),
            "{}",
            said.err
        );
        assert!(files(&root).is_empty(), "{missing}");
    }
    for (flag, value, expected) in [
        ("--url", "letters-home.org", "error: --url: `url` is not a web address: `letters-home.org`\n  help: "),
        ("--url", "https://letters.example", "error: --url: `https://letters.example` is the sample's"),
        ("--email", "hello", "error: --email: `hello` is not an e-mail address\n  help: "),
        ("--name", "a\u{202e}b", "error: --name: "),
        ("--time-zone", "Texas", "error: --time-zone: there is no time zone `Texas`"),
        (
            "--agencies",
            "texas-dco",
            "error: --agencies: no agency `texas-dco` is known\n  help: did you mean texas-doc?",
        ),
        ("--agencies", "texas", "error: --agencies: no agency `texas` is known\n  help: did you mean texas-doc?"),
        ("--agencies", "franklin-doc", "error: --agencies: no agency `franklin-doc` is known"),
    ] {
        let root = Root::empty();
        let flags: Vec<_> = FLAGS.iter().map(|(of, given)| (*of, if *of == flag { value } else { *given })).collect();
        let said = new(root.path(), &flags, &[]);
        assert_eq!((said.status, said.err.starts_with(expected)), (2, true), "{}", said.err);
        assert!(files(&root).is_empty(), "{flag} {value}");
    }
    let root = Root::empty();
    let said = new(root.path(), &FLAGS, &["--languages", "en,es"]);
    assert!(
        said.err.starts_with("error: --languages: the program has no words in `es`\n  help: it has: en."),
        "{}",
        said.err
    );
}

#[test]
fn a_folder_that_holds_something_is_left_alone_and_a_cloned_one_is_taken() {
    let root = Root::empty();
    root.write("letter.txt", "dear");
    let said = new(root.path(), &FLAGS, &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("is not empty: letter.txt is in it\n  help: name a folder"), "{}", said.err);
    assert_eq!(files(&root).len(), 1);

    let cloned = Root::empty();
    cloned.write(".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(new(cloned.path(), &FLAGS, &["--git"]).status, 0);
    assert_eq!(cloned.read(".git/HEAD"), "ref: refs/heads/main\n");
    assert_clean(&cloned);

    let place = Root::empty();
    let folder = place.path().join("deep/mine/");
    assert_eq!(new(&folder, &FLAGS, &["--git"]).status, 0);
    assert!(folder.join(".git/HEAD").exists() && folder.join("content/site.yaml").exists());
    let beside: Vec<PathBuf> =
        std::fs::read_dir(place.path().join("deep")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(beside, [place.path().join("deep/mine")], "something was left beside it");
}

#[test]
fn a_file_is_brought_once_and_what_stands_here_wins() {
    let root = made();
    let listed = root.run(&["override"]);
    assert!(
        listed.out.contains("content/en/site.ftl\n") && !listed.out.contains("content/agencies/"),
        "{}",
        listed.out
    );
    for (file, from, to) in [
        ("content/en/home.ftl", "A letter goes where you cannot.", "Paper walks through walls."),
        ("templates/html/index.html", "<h1>", "<h1 class=\"own\">"),
    ] {
        let said = root.run(&["override", file]);
        assert_eq!(said.status, 0, "{}", said.err);
        root.replace(file, from, to);
        // Its copy is of the program that brought it, and stays so under a newer one.
        let copy = format!(".inside-out/base/{file}");
        root.write(&copy, "as an older program had it\n");
        let again = root.run(&["override", file]);
        assert_eq!(root.read(&copy), "as an older program had it\n");
        assert_eq!((again.status, again.err.contains("is in this site already")), (2, true), "{}", again.err);
        assert!(root.read(file).contains(to), "the second time took an edit away");
    }
    assert_clean(&root);
    assert_eq!(root.build().status, 0);
    assert!(root.read("site/index.html").contains("<h1>Paper walks through walls.</h1>"));
    assert!(root.read("site/facilities/index.html").contains("<h1 class=\"own\">"));
    let said = root.run(&["override", "en/hom.ftl"]);
    assert!(said.err.starts_with("error: the program has no file `en/hom.ftl`\n  help: "), "{}", said.err);
    let said = root.run(&["override", "../site.ftl"]);
    assert_eq!((said.status, said.err.contains("did you mean content/en/site.ftl?")), (2, true), "{}", said.err);
    let own = Root::copy().run(&["override", "content/en/site.ftl"]);
    assert!(own.err.contains("this site holds all of its files itself"), "{}", own.err);
}

#[test]
fn a_template_of_ones_own_need_not_use_every_word_and_a_slip_in_it_is_told_at_its_place() {
    let root = made();
    root.write(
        "templates/html/index.html",
        "{% extends \"layout.html\" %}\n{% block main %}<h1>{{ heading }}</h1>{% endblock %}\n",
    );
    assert_clean(&root);
    root.write(
        "templates/html/index.html",
        "{% extends \"layout.html\" %}\n{% block main %}{{ heding }}{% endblock %}\n",
    );
    let said = root.check();
    assert!(said.out.starts_with("templates/html/index.html:2:"), "{}", said.out);
    // A problem in a file of the program's is named as such.
    root.write(
        "templates/html/index.html",
        "{% extends \"layout.html\" %}\n{% block main %}<h1>{{ heading }}</h1>{% endblock %}\n",
    );
    root.run(&["override", "content/en/site.ftl"]);
    let strings = root.read("content/en/site.ftl");
    let menu = strings.lines().find(|line| line.starts_with("skip") || line.starts_with("nav")).unwrap();
    root.write("content/en/site.ftl", strings.replace(&format!("{menu}\n"), ""));
    let said = root.check();
    assert_eq!(said.status, 1);
    assert!(said.out.contains("this file is the program's own: `inside-out upgrade` brings"), "{}", said.out);
}

#[test]
fn a_page_of_the_programs_can_be_left_out_and_what_led_to_it_is_told() {
    let root = made();
    let settings = root.read("content/site.yaml");
    root.write("content/site.yaml", format!("{settings}without: [accessibility]\n"));
    let said = root.check();
    assert_eq!(said.status, 1, "{}", said.out);
    assert!(said.out.contains("[dead-link]\n  help: this file is the program's own: "), "{}", said.out);
    assert!(said.out.starts_with("content/en/pages/contact.md:"), "{}", said.out);
    root.run(&["override", "content/en/pages/contact.md"]);
    root.replace("content/en/pages/contact.md", "(/accessibility/#tell-us-what-does-not-work)", "(/contact/)");
    assert_clean(&root);
    assert_eq!(root.build().status, 0);
    assert!(!root.path().join("site/accessibility").exists());
    assert!(!root.read("site/index.html").contains("/accessibility/"));
    root.write("content/site.yaml", format!("{settings}without: [acessibility]\n"));
    let said = root.check();
    assert!(said.out.starts_with("content/site.yaml:1:1: `without` names the page `acessibility`"), "{}", said.out);
    assert!(said.out.contains("help: did you mean `accessibility`?"), "{}", said.out);
}

#[test]
fn files_that_a_windows_machine_saved_are_the_same_site() {
    let root = made();
    for file in
        ["content/en/home.ftl", "content/en/pages/about.md", "content/forms/report.yaml", "templates/assets/site.css"]
    {
        assert_eq!(root.run(&["override", file]).status, 0);
    }
    assert_eq!(root.build().status, 0);
    let plain = tree(&root.path().join("site"));
    for (path, bytes) in files(&root) {
        root.write(path.to_str().unwrap(), String::from_utf8(bytes).unwrap().replace('\n', "\r\n"));
    }
    assert_clean(&root);
    assert_eq!(root.build().status, 0);
    let mut saved = tree(&root.path().join("site"));
    let is_page = |path: &PathBuf| {
        path.extension().is_some_and(|end| ["html", "css", "js", "xml"].iter().any(|known| end == *known))
    };
    saved.retain(|path, _| is_page(path));
    assert!(saved.len() > 30);
    for (path, bytes) in saved {
        assert!(plain.get(&path) == Some(&bytes), "{}", path.display());
    }
    let said = root.run(&["upgrade"]);
    assert!(said.out.starts_with("Nothing to bring in"), "{}{}", said.out, said.err);
}

#[test]
fn another_program_makes_a_built_site_out_of_date() {
    let (own, whole) = (made(), Root::copy());
    let sources = |root: &Root| site::made::sources(root.path()).unwrap();
    let (before, of_whole) = (sources(&own), sources(&whole));
    // This process brings a base of its own, as another program would; the command brought the real one.
    site::source::Base::bring(&[("content/en/site.ftl", b"a = b\n")]);
    assert!(sources(&own) != before, "the base does not count");
    assert_eq!(sources(&whole), of_whole, "a root that holds all of its files counts them alone");
}

/// Makes a file of a site, and its copy, what an older program would have brought: words that stand in the program's were others then.
fn as_of_old(root: &Root, file: &str, now: &str, then: &str) {
    for path in [format!(".inside-out/base/{file}"), file.to_owned()] {
        root.replace(&path, now, then);
    }
}

const TEXAS: &str = "content/agencies/texas-doc.yaml";
const NOW: &str = "name: Texas Department of Criminal Justice";
const THEN: &str = "name: Texas Prison Board";

#[test]
fn where_nothing_changed_an_upgrade_says_so_and_writes_nothing() {
    let root = made();
    root.run(&["override", "content/en/home.ftl"]);
    let before = files(&root);
    for words in [&["upgrade"][..], &["upgrade", "--write"]] {
        let said = root.run(words);
        assert_eq!((said.status, said.out.starts_with("Nothing to bring in: ")), (0, true), "{}{}", said.out, said.err);
    }
    assert!(files(&root) == before);
    let said = Root::copy().run(&["upgrade"]);
    assert_eq!((said.status, said.err.contains("holds all of its files itself")), (2, true), "{}", said.err);
}

#[test]
fn what_nobody_changed_here_becomes_the_programs_once_it_is_to_be_written() {
    let root = made();
    let fresh = files(&root);
    as_of_old(&root, TEXAS, NOW, THEN);
    let old = files(&root);
    let said = root.run(&["upgrade"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(
        said.out.starts_with(&format!("{TEXAS}: will be brought up to date; nobody changed it here\n")),
        "{}",
        said.out
    );
    assert!(said.out.contains(&format!("\n-{THEN}\n+{NOW}\n")), "{}", said.out);
    assert!(files(&root) == old, "it wrote without being asked to");
    assert_eq!(root.run(&["upgrade", "--write"]).status, 0);
    assert!(files(&root) == fresh);
}

#[test]
fn what_was_changed_here_stays_whatever_the_line_ends() {
    for ends in ["\n", "\r\n"] {
        let root = made();
        as_of_old(&root, TEXAS, NOW, THEN);
        let edited = root.read(TEXAS).replace("label: TDCJ number", "label: Number of the TDCJ").replace('\n', ends);
        root.write(TEXAS, &edited);
        let said = root.run(&["upgrade", "--write"]);
        assert_eq!(said.status, 0, "{}{}", said.out, said.err);
        assert!(said.out.contains("brought up to date; what you changed stays"), "{}", said.out);
        assert_eq!(root.read(TEXAS), edited.replace(THEN, NOW));
        assert_clean(&root);
        assert!(root.run(&["upgrade"]).out.starts_with("Nothing to bring in"), "it is not done once and for all");
    }
}

#[test]
fn where_both_changed_the_same_line_both_stand_there_and_check_says_where() {
    let root = made();
    as_of_old(&root, TEXAS, NOW, THEN);
    root.replace(TEXAS, THEN, "name: Texas, as we call it");
    let said = root.run(&["upgrade", "--write"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("1 place changed on both sides, to choose from"), "{}", said.out);
    let both = format!("<<<<<<< this site\nname: Texas, as we call it\n=======\n{NOW}\n>>>>>>> the program now\n");
    assert!(root.read(TEXAS).contains(&both), "{}", root.read(TEXAS));
    let said = root.check();
    assert!(said.out.starts_with(&format!("{TEXAS}:2:1: ")) && said.out.contains("[unfinished-merge]"), "{}", said.out);
    root.replace(TEXAS, &both, "name: Texas, as we call it\n");
    assert_clean(&root);
    assert!(root.run(&["upgrade"]).out.starts_with("Nothing to bring in"));
}

#[test]
fn what_waits_for_a_choice_what_is_deleted_and_what_has_no_copy_is_left_alone() {
    let root = made();
    as_of_old(&root, TEXAS, NOW, THEN);
    root.replace(TEXAS, "locator:", "<<<<<<< ours\n=======\n>>>>>>> theirs\nlocator:");
    std::fs::remove_file(root.path().join("content/agencies/federal-bop.yaml")).unwrap();
    root.write("content/en/home.ftl", "own = words\n");
    let before = root.read(TEXAS);
    let said = root.run(&["upgrade", "--write"]);
    assert_eq!(said.status, 1, "{}", said.err);
    for expected in [
        format!("{TEXAS}: marks of an earlier merge stand in it"),
        "content/agencies/federal-bop.yaml: is not here any more; its copy goes, too".to_owned(),
        "content/en/home.ftl: has no copy in .inside-out/base/".to_owned(),
    ] {
        assert!(said.out.contains(&expected), "{}", said.out);
    }
    assert_eq!((root.read(TEXAS), root.read("content/en/home.ftl").as_str()), (before, "own = words\n"));
    assert!(!root.path().join(".inside-out/base/content/agencies/federal-bop.yaml").exists());
    assert!(!root.path().join("content/agencies/federal-bop.yaml").exists(), "it came back");
}

#[test]
fn new_agencies_are_named_and_come_when_they_are_asked_for() {
    let root = made();
    root.replace(".inside-out/agencies.txt", "idaho-doc\n", "");
    let said = root.run(&["upgrade"]);
    assert!(
        said.out
            .contains("New in the program: idaho-doc. To have them: inside-out upgrade --agencies idaho-doc --write"),
        "{}",
        said.out
    );
    let place = root.path().join("content/agencies/idaho-doc.yaml");
    assert_eq!(root.run(&["upgrade", "--agencies", "idaho-doc"]).status, 0);
    assert!(!place.exists(), "it wrote without being asked to");
    assert_eq!(root.run(&["upgrade", "--agencies", "idaho-doc", "--write"]).status, 0);
    assert!(place.exists() && root.path().join("content/services/jpay.yaml").exists());
    assert!(root.path().join(".inside-out/base/content/agencies/idaho-doc.yaml").exists());
    assert_clean(&root);
    assert!(!root.run(&["upgrade"]).out.contains("New in the program"));
    let said = root.run(&["upgrade", "--agencies", "idaho"]);
    assert_eq!((said.status, said.err.contains("no agency `idaho` is known")), (2, true), "{}", said.err);
}

#[test]
fn an_upgrade_that_is_stopped_between_any_two_files_ends_as_one_that_was_not() {
    let old = || {
        let root = made();
        root.run(&["override", "content/en/home.ftl"]);
        as_of_old(&root, TEXAS, NOW, THEN);
        as_of_old(
            &root,
            "content/agencies/federal-bop.yaml",
            "name: Federal Bureau of Prisons",
            "name: Bureau of Prisons",
        );
        as_of_old(&root, "content/en/home.ftl", "How writing works", "How you write");
        root.replace("content/agencies/federal-bop.yaml", "name: Bureau of Prisons", "name: The Bureau");
        root.replace(TEXAS, "label: TDCJ number", "label: Number of the TDCJ");
        root
    };
    let (before, whole) = (files(&old()), old());
    assert_eq!(whole.run(&["upgrade", "--write"]).status, 1);
    let after = files(&whole);
    // In the order in which they are written: each file, then its copy.
    let changed: Vec<&PathBuf> =
        after.keys().filter(|path| !path.starts_with(".inside-out") && before[*path] != after[*path]).collect();
    let writes: Vec<PathBuf> =
        changed.iter().flat_map(|path| [(*path).clone(), Path::new(".inside-out/base").join(path)]).collect();
    assert_eq!(writes.len(), 6, "{writes:?}");
    for stopped in 0..=writes.len() {
        let root = old();
        for path in &writes[..stopped] {
            root.write(path.to_str().unwrap(), &after[path]);
        }
        let said = root.run(&["upgrade", "--write"]);
        assert_ne!(said.status, 2, "{}", said.err);
        assert!(files(&root) == after, "stopped after {stopped} of {writes:?}\n{}", said.out);
    }
}
