//! What a file manager, an editor or a writer who was stopped leaves beside the files that are read never stops anybody.

use crate::site::{Root, tree};
use std::path::Path;

#[test]
fn what_others_leave_behind_is_passed_over() {
    let root = Root::copy();
    for folder in [
        "content",
        "content/agencies",
        "content/en",
        "content/en/pages",
        "content/facilities",
        "content/forms",
        "content/services",
        "content/vocabularies",
        "profiles",
        "profiles/photos",
        "templates/html",
        "templates/assets",
    ] {
        for left in
            [".DS_Store", "._marcus-k7m2q.jpg", ".marcus-k7m2q.yaml.swp", ".k2Jx9.partial", "x.yaml.6298.partial"]
        {
            root.write(&format!("{folder}/{left}"), "left behind");
        }
    }
    let said = root.check();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
}

/// The built site by its files, without what only says how it was made.
fn pages(root: &Root) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut pages = tree(&root.path().join("site"));
    pages.retain(|path, _| !path.to_string_lossy().starts_with('.'));
    pages
}

#[test]
fn a_root_that_came_with_the_line_ends_of_windows_is_the_same_site() {
    let (plain, windows) = (Root::copy(), Root::copy());
    for (path, bytes) in tree(windows.path()).into_iter().filter(|(path, _)| !path.ends_with(".jpg")) {
        if let Ok(text) = String::from_utf8(bytes) {
            windows.write(path.to_str().unwrap(), text.replace('\n', "\r\n"));
        }
    }
    assert!(windows.read("profiles/marcus-k7m2q.yaml").contains("\r\n"));
    for root in [&plain, &windows] {
        let said = root.build();
        assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    }
    assert!(pages(&plain) == pages(&windows), "some page is another");
}

#[test]
fn a_broken_profile_costs_nobody_their_photo() {
    let root = Root::copy();
    for broken in ["{", "id: marcus-k7m2q\n", "", "\u{feff}id: [", "photo: 7\n"] {
        root.write("profiles/marcus-k7m2q.yaml", broken);
        let said = root.check();
        let all = said.out + &said.err;
        assert_eq!(said.status, 1, "{all}");
        assert!(!all.contains("photos/marcus-k7m2q.jpg") && !all.contains("delete the file"), "{broken:?}: {all}");
    }
}

#[test]
fn a_file_that_goes_out_as_it_is_stands_at_its_name() {
    let root = Root::copy();
    let (flyer, deep) = ("content/static/flyer.pdf", "content/static/for/libraries/poster_2.JPG");
    let bytes = b"%PDF-1.7\r\n\x00\xff not touched\r\n";
    root.write(flyer, bytes).write(deep, b"\xff\xd8\xff").write("content/static/.DS_Store", "a note of a file manager");
    root.replace("content/en/pages/about.md", "\n---\n", "\n---\n\nPrint [our flyer](/flyer.pdf).\n");
    let said = root.build();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let built = pages(&root);
    assert_eq!(built[Path::new("flyer.pdf")], bytes);
    assert_eq!(built[Path::new("for/libraries/poster_2.JPG")], b"\xff\xd8\xff");
    assert!(root.read("site/about/index.html").contains("href=\"/flyer.pdf\""));
    let ledger =
        site::ledger::Ledger::read(&std::fs::read(root.path().join("site").join(site::write::MARKER)).unwrap())
            .unwrap();
    let flyer_in = &ledger.files[&site::site_path::SitePath::at("/flyer.pdf").unwrap()];
    assert_eq!(
        (flyer_in.kind, flyer_in.made_from.first().map(String::as_str)),
        (site::ledger::Kind::Static, Some(flyer))
    );

    std::fs::remove_file(root.path().join(flyer)).unwrap();
    let said = root.check();
    assert!(said.out.contains("there is no page `/flyer.pdf`"), "{}{}", said.out, said.err);
    root.replace("content/en/pages/about.md", "\n\nPrint [our flyer](/flyer.pdf).\n", "\n");
    assert_eq!(root.build().status, 0);
    assert!(!pages(&root).contains_key(Path::new("flyer.pdf")), "what is gone goes from the site");
}

#[test]
fn what_cannot_go_out_as_it_is_is_said() {
    let root = Root::copy();
    std::fs::create_dir_all(root.path().join("content/static")).unwrap();
    let large = std::fs::File::create(root.path().join("content/static/film.mp4")).unwrap();
    large.set_len(25_000_001).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", root.path().join("content/static/name.txt")).unwrap();
    root.write("content/static/flyer.pdf~", "old")
        .write("content/static/es/x.pdf", "x")
        .write("content/static/About/y.pdf", "y");
    let said = root.check();
    for words in [
        "film.mp4:1:1: the file has 25000001 bytes",
        "name.txt:1:1: a link is not followed",
        "flyer.pdf~:1:1: a program left this file",
        "About/y.pdf:1:1: the site has `/About` for itself",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert!(said.out.contains("4 problems in 4 files"), "{}", said.out);
    assert_eq!(root.build().status, 1);
}
