//! Open facts: what a site knows, as files; and another site that reads them says the same, byte for byte.

use super::{FLAGS, assert_clean, files, made, new};
use crate::site::{DAY, Root, Said, repository};
use serde_json::Value;

fn facts(root: &Root) -> Value {
    serde_json::from_str(&root.read("site/data/mail.json")).unwrap()
}

fn import(root: &Root, bytes: impl AsRef<[u8]>, more: &[&str]) -> Said {
    root.write("var/mail.json", bytes);
    let file = root.path().join("var/mail.json");
    root.run(&[&["import", "facts", file.to_str().unwrap(), "--date", DAY], more].concat())
}

/// A site with every agency that the program knows, and with facilities of its own.
fn rich() -> Root {
    let root = Root::empty();
    let flags: Vec<_> =
        FLAGS.iter().map(|(flag, value)| (*flag, if *flag == "--agencies" { "all" } else { *value })).collect();
    assert_eq!(new(root.path(), &flags, &[]).status, 0);
    let table = "name,city,street,zip,other_names\nJames V. Allred Unit,Iowa Park,2101 FM 369 N,76367,Allred\n\"Odd \"\"#1\"\" Unit: A, B\",Waco,,,\n";
    root.write("var/units.csv", table);
    let path = root.path().join("var/units.csv");
    let source = "https://www.agency.gov/units";
    let words = [
        "import",
        "facilities",
        path.to_str().unwrap(),
        "--agency",
        "texas-doc",
        "--source",
        source,
        "--yes",
        "--date",
        DAY,
    ];
    root.succeeds(&words);
    let own = "id: own\nname: Own Unit\nagency: federal-bop\nplace: Yes\naddress: [\"PO Box 012\", \"Yes, TX 01234\"]\nservices: []\nroutes:\n- arrives: original\n  \
               lines: [\"{mail_name} {number}\", \"{facility_address}\"]\n  rules: []\n  pages: 5\n  note: {en: \"Fold: it.\"}\n  source: https://www.bop.gov/mail\n  \
               checked: 2026-05-04\n  confirmed: false\n";
    root.write("content/facilities/own.yaml", own);
    assert_clean(&root);
    assert_eq!(root.build().status, 0);
    root
}

#[test]
fn every_place_is_in_the_files_with_source_day_and_license() {
    let root = Root::copy();
    assert!(root.read("content/agencies/alaska-doc.yaml").contains("\nlook_again:"));
    root.replace("content/site.yaml", "sample: true", "sample: true\nfacts_license: ODC-By-1.0");
    assert_eq!(root.build().status, 0, "{}", root.check().out);
    let facts = facts(&root);
    let head = ["format", "site", "day", "license", "sample"].map(|key| facts[key].to_string());
    assert_eq!(head, ["1", "\"Inside Out Connects\"", "\"2026-11-30\"", "\"ODC-By-1.0\"", "true"]);
    for kind in ["agencies", "facilities", "services"] {
        let ids = facts[kind].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned());
        let written = std::fs::read_dir(root.path().join("content").join(kind)).unwrap();
        let mut written: Vec<String> =
            written.map(|file| file.unwrap().file_name().to_str().unwrap().replace(".yaml", "")).collect();
        written.sort();
        assert_eq!(ids.collect::<Vec<_>>(), written, "{kind}");
        let table = root.read(&format!("site/data/{kind}.csv"));
        assert!(table.lines().next().unwrap().ends_with(",license"), "{table}");
        assert_eq!(table.matches(",ODC-By-1.0\n").count(), written.len(), "{kind}");
    }
    let texas = facts["agencies"].as_array().unwrap().iter().find(|agency| agency["id"] == "texas-doc").unwrap();
    let route = &texas["routes"][0];
    assert!(route["source"].is_string() && route["checked"].is_string() && route["confirmed"].is_boolean(), "{route}");
    let unlooked = facts["agencies"].as_array().unwrap().iter().find(|agency| agency["listing"]["checked"].is_null());
    assert!(
        unlooked.is_some_and(|agency| agency["listing"]["confirmed"].is_null()),
        "nobody looked, and yet: {unlooked:?}"
    );
    assert!(texas["sources"][0]["kind"].is_string(), "{texas}");
    let text = root.read("site/data/mail.json");
    assert!(!text.contains("look_again"), "what only editors read went out");
    for profile in std::fs::read_dir(repository().join("profiles")).unwrap() {
        let name = profile.unwrap().file_name().into_string().unwrap();
        let person = name.strip_suffix(".yaml");
        assert!(person.is_none_or(|person| !text.contains(person)), "{name}");
    }
    let page = root.read("site/mail/index.html");
    assert!(page.contains("The license is ODC-By-1.0;") && page.contains("href=\"/data/mail.json\""), "{page}");
}

#[test]
fn another_site_that_reads_them_offers_the_same_byte_for_byte() {
    let (one, other) = (rich(), made());
    let bytes = one.read("site/data/mail.json");
    let before = files(&other);
    let plan = import(&other, &bytes, &[]);
    assert!(plan.out.contains("new:\n  content/"), "{}", plan.out);
    assert!(plan.out.ends_with("Nothing was written.\n"), "{}{}", plan.out, plan.err);
    assert!(files(&other) == before, "a plan wrote something");
    let done = import(&other, &bytes, &["--yes"]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    assert_clean(&other);
    assert_eq!(other.build().status, 0);
    assert!(other.read("site/data/mail.json") == bytes, "the facts came back otherwise");
    for table in ["agencies", "facilities", "services"].map(|kind| format!("site/data/{kind}.csv")) {
        assert!(other.read(&table) == one.read(&table), "{table}");
    }
    let before = files(&other);
    let again = import(&other, &bytes, &["--yes"]);
    assert!(again.out.ends_with("Nothing to write.\n") && again.status == 0, "{}{}", again.out, again.err);
    assert!(files(&other) == before, "the second time something changed");
}

#[test]
fn what_was_looked_up_later_stays_and_what_is_older_is_brought_up_to_date() {
    let root = rich();
    let bytes = root.read("site/data/mail.json");
    let (file, before) = ("content/facilities/own.yaml", root.read("content/facilities/own.yaml"));
    let newer = before.replace("PO Box 012", "PO Box 99").replace("2026-05-04", "2026-05-05");
    root.write(file, &newer);
    let done = import(&root, &bytes, &["--yes"]);
    assert!(
        done.out.contains(&format!(
            "1 kept as it is here:\n  {file}: looked up here on 2026-05-05; what comes differs in address"
        )),
        "{}",
        done.out
    );
    assert_eq!(root.read(file), newer);
    let older = before.replace("PO Box 012", "PO Box 99").replace("2026-05-04", "2026-05-03");
    root.write(file, format!("# ours\n{older}code: X1\n"));
    let done = import(&root, &bytes, &["--yes"]);
    assert!(done.out.contains(&format!("1 changed:\n  {file}: address, routes\n")), "{}", done.out);
    let text = root.read(file);
    assert!(
        text.starts_with("# ours\nid: own\n") && text.contains("- PO Box 012\n") && text.ends_with("code: X1\n"),
        "{text}"
    );
    assert_clean(&root);
}

#[test]
fn what_are_no_facts_is_one_clear_error_and_a_record_that_will_not_do_is_said() {
    let root = made();
    let before = files(&root);
    let sample = Root::copy();
    assert_eq!(sample.build().status, 0);
    let sample = sample.read("site/data/mail.json");
    for (bytes, expected) in [
        ("", "mail.json: the file is empty\n  help: the file is /data/mail.json of a site"),
        ("<!DOCTYPE html>", "mail.json: these are no facts of a site: expected value at line 1"),
        ("{}", "these are no facts of a site: missing field `format`"),
        ("{\"format\":2,\"places\":[]}", "written in format 2, and this program reads 1\n  help: a newer"),
        (sample.split("\"facilities\"").next().unwrap(), "these are no facts of a site: EOF"),
        (&sample, "the facts of Inside Out Connects are a sample's"),
    ] {
        let said = import(&root, bytes, &["--yes"]);
        assert_eq!(said.status, 2, "{expected}: {}{}", said.out, said.err);
        assert!(said.err.contains(expected), "{expected}: {}", said.err);
    }
    let place = |id: &str, more: &str| format!("{{\"id\":\"{id}\",\"name\":\"A Unit\",\"place\":\"Waco\"{more}}}");
    let records = [
        place("../../up", ",\"agency\":\"texas-doc\""),
        place("lost", ",\"agency\":\"atlantis-doc\""),
        place("good", ",\"agency\":\"texas-doc\""),
        place("good", ",\"agency\":\"texas-doc\""),
        place("odd", ",\"agency\":\"texas-doc\",\"warden\":\"x\""),
        "7".to_owned(),
    ];
    let odd = format!(
        "{{\"format\":1,\"site\":\"S\",\"url\":\"u\",\"day\":\"{DAY}\",\"license\":\"L\",\"sample\":false,\"agencies\":[],\"services\":[],\"facilities\":[{}]}}",
        records.join(",")
    );
    let said = import(&root, odd, &["--yes"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    for expected in [
        "1 new:\n  content/facilities/good.yaml\n5 rejected:\n",
        "\n  facilities ../../up: `../../up` is no id\n",
        "\n  facilities lost: there is no agency `atlantis-doc`",
        "\n  facilities good: a record before has the same id\n",
        "\n  facilities odd: ",
        "\n  facilities, record 6: `` is no id\n",
    ] {
        assert!(said.out.contains(expected), "{expected}\n{}", said.out);
    }
    let now = files(&root);
    assert_eq!(now.len(), before.len() + 1);
}
