//! What a site changes of the program's files wins, and its slips are told at their place.

use super::{assert_clean, files, made};
use crate::site::{Root, tree};
use std::path::PathBuf;

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
        root.succeeds(&["override", file]);
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
        root.succeeds(&["override", file]);
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
