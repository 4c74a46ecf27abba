//! What a build promises.

use crate::site::{DAY, Root, tree};

#[test]
fn the_repositorys_own_site_has_no_problem() {
    let said = Root::copy().check();
    assert_eq!((said.status, said.out.starts_with("No problems: 30 profiles")), (0, true), "{}{}", said.out, said.err);
}

#[test]
fn the_same_input_gives_the_same_bytes_in_two_folders() {
    let (one, other) = (Root::copy(), Root::copy());
    assert_eq!(one.build().status, 0);
    assert_eq!(other.build().status, 0);
    assert_eq!(tree(&one.path().join("site")), tree(&other.path().join("site")));
}

#[test]
fn a_second_build_writes_nothing_and_a_fresh_one_gives_the_same() {
    let root = Root::copy();
    root.build();
    let before = tree(&root.path().join("site"));
    let again = root.build();
    assert!(again.out.contains("(0 written, 0 removed)"), "{}", again.out);
    let fresh = root.run(&["build", "--fresh", "--date", DAY]);
    assert!(fresh.out.contains("(0 written, 0 removed)"), "{}", fresh.out);
    assert_eq!(tree(&root.path().join("site")), before);
}

#[test]
fn nothing_is_written_while_a_problem_stands() {
    let root = Root::copy();
    root.build();
    let before = tree(&root.path().join("site"));
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", "status: lsted");
    let said = root.build();
    assert_eq!(said.status, 1);
    assert!(said.out.ends_with("Nothing was written.\n"), "{}", said.out);
    assert_eq!(tree(&root.path().join("site")), before);
}

#[test]
fn what_no_longer_belongs_is_removed() {
    let root = Root::copy();
    root.build();
    assert!(root.path().join("site/people/marcus-k7m2q/index.html").exists());
    let photos = std::fs::read_dir(root.path().join("site/photos")).unwrap().count();
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", "status: withdrawn");
    assert_eq!(root.build().status, 0);
    assert!(!root.path().join("site/people/marcus-k7m2q").exists());
    for (file, bytes) in tree(&root.path().join("site")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("marcus-k7m2q"), "{}", file.display());
    }
    assert_eq!(std::fs::read_dir(root.path().join("site/photos")).unwrap().count(), photos - 3);
}

#[test]
fn what_a_host_keeps_of_who_is_gone_outlasts_a_build() {
    let root = Root::copy();
    root.build();
    root.write("site/.gone/marcus-k7m2q", "").write("site/.other/x", "");
    assert_eq!(root.build().status, 0);
    assert!(root.path().join("site/.gone/marcus-k7m2q").exists());
    assert!(!root.path().join("site/.other/x").exists());
}

#[test]
fn people_past_release_or_consent_have_no_page() {
    let root = Root::copy();
    let said = root.build();
    assert!(said.out.contains("1 withdrawn, 1 past the release year, 1 consent not renewed"), "{}", said.out);
    let later = root.run(&["build", "--date", "2029-01-01"]);
    assert!(later.out.starts_with("0 people"), "{}", later.out);
}

#[test]
fn a_folder_that_no_build_made_is_left_alone() {
    let root = Root::copy();
    root.write("mine/letter.txt", "dear");
    let out = root.path().join("mine");
    let said = root.run(&["build", "--date", DAY, "--out", out.to_str().unwrap()]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("holds files that no build made"), "{}", said.err);
    assert_eq!(root.read("mine/letter.txt"), "dear");
}

#[test]
fn published_photos_carry_nothing_but_the_picture() {
    let root = Root::copy();
    root.build();
    let mut seen = 0;
    for (file, bytes) in tree(&root.path().join("site/photos")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(bytes.starts_with(&[0xFF, 0xD8]), "{}", file.display());
        for mark in ["Exif", "http://ns.adobe.com", "Photoshop", "ICC_PROFILE"] {
            assert!(!text.contains(mark), "{} carries {mark}", file.display());
        }
        seen += 1;
    }
    assert_eq!(seen, 9);
}

#[test]
fn a_page_with_its_style_fits_the_first_flight() {
    let root = Root::copy();
    root.build();
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(!page.contains("<style") && !page.contains("style=\""), "the policy allows no inline style");
    assert!(!page.contains("@example.org"));
    assert!(
        page.contains("<meta name=\"robots\" content=\"noindex")
            != root.read("profiles/marcus-k7m2q.yaml").contains("search_engines: true")
    );
}

/// The words of a text, without the marks between them.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn what_a_page_says_as_data_stands_on_it_for_everybody_and_nothing_ends_it_early() {
    let root = Root::copy();
    root.replace(
        "profiles/marcus-k7m2q.yaml",
        "If you write,",
        "I \\<3 \\</script\\> and \\<!-- \\<script. If you write,",
    );
    assert_eq!(root.build().status, 0);
    let (mut people, mut with_unit) = (0, 0);
    for (file, bytes) in tree(&root.path().join("site/people")) {
        let page = String::from_utf8(bytes).unwrap();
        let Some(listed) = templates::listed::read(&page) else { continue };
        people += 1;
        let block = templates::listed::block(&listed);
        let shown = page.replace(&block, "");
        let said: serde_json::Value = serde_json::from_str(&block).unwrap();
        for (role, values) in said["values"].as_object().unwrap() {
            for value in values.as_array().unwrap().iter().map(|value| value.as_str().unwrap()) {
                // These are ids; the page has their words.
                if ["facility", "interests", "looking-for", "languages"].contains(&role.as_str()) {
                    continue;
                }
                with_unit += usize::from(role == "housing");
                for word in words(value) {
                    assert!(shown.contains(word), "{}: {role}: `{word}` stands nowhere on the page", file.display());
                }
            }
        }
    }
    assert_eq!((people, with_unit > 0), (27, true));
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert_eq!(page.matches("<script").count(), page.matches("</script>").count());
    assert!(format!("{:?}", templates::listed::read(&page)).contains("I <3 </script> and <!-- <script. If you write,"));
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_whole() {
    let root = Root::empty();
    let from = Root::copy();
    let target = root.path().join("many");
    assert_eq!(from.run(&["sample", "3000", target.to_str().unwrap()]).status, 0);
    let command = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_inside-out"));
        command.arg("--root").arg(&target).args(words).stdout(std::process::Stdio::null());
        command
    };
    assert!(command(&["build", "--date", DAY]).status().unwrap().success());
    let before = tree(&target.join("site"));
    // Another day turns every list, so that a whole build has much to write; it is killed before it can put anything in place.
    let mut killed = 0;
    for wait in [5, 40, 120] {
        let mut child = command(&["build", "--date", "2026-12-01"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let now = tree(&target.join("site"));
        assert!(now.values().all(|bytes| !bytes.is_empty()), "a file was left cut off");
        assert!(before.keys().all(|file| now.contains_key(file)), "a file is gone");
    }
    assert!(killed > 0, "no build was killed in time");
    assert!(command(&["build", "--date", "2026-12-01"]).status().unwrap().success());
    let healed = tree(&target.join("site"));
    std::fs::remove_dir_all(target.join("site")).unwrap();
    assert!(command(&["build", "--date", "2026-12-01"]).status().unwrap().success());
    assert!(healed == tree(&target.join("site")), "the next build did not converge");
}

#[test]
fn a_ban_hides_everybody_there_at_once() {
    let root = Root::copy();
    root.build();
    assert!(root.path().join("site/people/marcus-k7m2q/index.html").exists());
    root.replace(
        "content/agencies/franklin-doc.yaml",
        "rule: allowed",
        "rule: banned\n  reason: {en: \"Franklin forbids it.\", es: \"Franklin lo prohíbe.\"}",
    );
    let said = root.build();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(!root.path().join("site/people/marcus-k7m2q").exists());
    assert!(!root.path().join("site/facilities/river-bend").exists());
}

#[test]
fn a_ban_that_the_agency_told_by_telephone_is_one_and_its_page_says_how_we_know() {
    let root = Root::copy();
    let agency = "content/agencies/franklin-doc.yaml";
    let banned = "rule: banned\n  reason: {en: Franklin forbids it., es: Franklin lo prohíbe.}";
    root.replace(agency, "rule: allowed\n  source: https://doc.franklin.example/rules/mail\n", &format!("{banned}\n"));
    let said = root.run(&["check"]);
    assert!(said.status == 1 && said.out.contains("the key `source` is missing"), "{}", said.out);
    root.replace(agency, banned, &format!("{banned}\n  heard: {{en: by telephone, es: por teléfono}}"));
    let said = root.build();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(!root.path().join("site/people/marcus-k7m2q").exists());
    let page = root.read("site/mail/franklin-doc/index.html");
    assert!(page.contains("The agency told one of our editors by telephone."), "{page}");
}

#[test]
fn two_people_with_the_very_same_photo_share_its_files_and_one_may_leave() {
    let root = Root::copy();
    let picture = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    let others = std::fs::read_dir(root.path().join("profiles")).unwrap().map(|entry| entry.unwrap().path());
    let other = others.filter_map(|file| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    let other = other.filter(|id| id.starts_with("earl-")).max().unwrap();
    let profile = format!("profiles/{other}.yaml");
    root.write(&format!("profiles/photos/{other}.jpg"), picture);
    root.write(&profile, format!("{}photo:\n  description: Earl smiles\n", root.read(&profile)));
    let said = root.build();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let page = |id: &str| root.read(&format!("site/people/{id}/index.html"));
    let photo = |page: String| page.split("/photos/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(photo(page(&other)), photo(page("marcus-k7m2q")));
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", "status: withdrawn");
    assert_eq!(root.build().status, 0);
    let name = photo(page(&other));
    assert!(root.path().join("site/photos").join(name.split(' ').next().unwrap()).exists(), "{name}");
}

#[test]
fn a_check_of_long_ago_is_said_on_the_page() {
    let root = Root::copy();
    for (day, is_said) in [("2027-03-30", false), ("2027-03-31", true)] {
        root.succeeds(&["build", "--date", day]);
        let page = root.read("site/people/marcus-k7m2q/index.html");
        assert_eq!(page.contains("It is a while since we last checked this page (1 October 2026)."), is_said, "{day}");
    }
}

#[test]
fn whoever_pauses_keeps_the_page_and_leaves_the_lists() {
    let root = Root::copy();
    let own = "people/marcus-k7m2q/index.html";
    let lists = |root: &Root| -> Vec<String> {
        let files =
            tree(&root.path().join("site")).into_iter().map(|(path, bytes)| (path.display().to_string(), bytes));
        let pages = files.filter(|(path, _)| path.ends_with(".html") && path != own);
        let link = "href=\"/people/marcus-k7m2q/\"";
        pages.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(link)).map(|(path, _)| path).collect()
    };
    root.build();
    assert!(lists(&root).len() > 3, "{:?}", lists(&root));
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", "status: paused");
    assert_eq!(root.build().status, 0);
    assert_eq!(lists(&root), Vec::<String>::new());
    assert!(root.read(&format!("site/{own}")).contains("Marcus has many letters to answer right now."));
}

#[test]
fn no_page_asks_for_a_password_or_anything_of_another_site() {
    let root = Root::copy();
    root.build();
    let elsewhere = regex::Regex::new(
        r#"(?x) <(?:iframe|video|audio|embed|object)\b | type="password"
        | <(?:script|img|source|input)\b[^>]*\bsrc(?:set)?="(?:https?:)?// | <form\b[^>]*\baction="(?:https?:)?//
        | <link\b[^>]*\brel="(?:stylesheet|icon|preload|preconnect)"[^>]*\bhref="(?:https?:)?//"#,
    )
    .unwrap();
    let pages = tree(&root.path().join("site"))
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|end| end == "html"));
    for (path, bytes) in pages {
        let page = String::from_utf8(bytes).unwrap();
        let found = elsewhere.find(&page).map(|found| found.as_str());
        assert_eq!(found, None, "{}", path.display());
    }
}

#[test]
fn nothing_moves_by_itself() {
    let moves = regex::Regex::new(
        r"(?x) animation\b | @keyframes | autoplay | <marquee | <blink | <video | \.animate\( | setInterval
        | requestAnimationFrame | scroll-behavior:\s*smooth | http-equiv=.refresh",
    )
    .unwrap();
    let templates = crate::site::repository().join("templates");
    for (path, bytes) in ["assets", "html"].into_iter().flat_map(|folder| tree(&templates.join(folder))) {
        let source = String::from_utf8(bytes).unwrap();
        assert_eq!(moves.find(&source).map(|found| found.as_str()), None, "{}", path.display());
    }
}
