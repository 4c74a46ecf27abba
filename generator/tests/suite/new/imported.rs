//! A list of facilities is brought in: shown first, whole or not at all, and never over what an editor looked up later.

use super::{assert_clean, files, made};
use crate::site::{DAY, Root, Said, said};
use std::fmt::Write;
use std::process::{Command, Stdio};

/// A list as an agency's page might offer it: a street for each, and not where letters go.
const UNITS: &str = "Unit Name,CITY,County,Street,State,Zip,Known As\n\
    James V. Allred Unit,Iowa Park,Wichita,2101 FM 369 N,TX,76367,Allred;The Al\n\
    \"Hughes, Alfred D. Unit\",Gatesville,Coryell,\"Rt. 2, Box 4400\",TX,76597,\n\
    North Unit,Houston,Harris,1 Main St,TX,77002,\n\
    North Unit,Dallas,Dallas,North Unit,TX,75201,\n";

const LIST: &str = "https://www.agency.gov/units";

/// `import facilities` of a table that lies in the root, with nobody at the terminal.
fn import(root: &Root, more: &[&str]) -> Said {
    let words = ["import", "facilities", "--agency", "texas-doc", "--source", LIST, "--date", DAY];
    let mut command = Command::new(env!("CARGO_BIN_EXE_inside-out"));
    command.arg("--root").arg(root.path()).args(words).arg(root.path().join("var/units.csv"));
    said(command.args(more).stdin(Stdio::null()).output().unwrap())
}

/// The words that the columns of [`UNITS`] need.
const MAPS: [&str; 4] = ["--map", "name=Unit Name", "--map", "other_names=known as"];

fn with(table: &str) -> Root {
    let root = made();
    root.write("var/units.csv", table);
    root
}

fn imported(root: &Root, more: &[&str]) -> Said {
    import(root, &[&MAPS[..], &["--yes"], more].concat())
}

#[test]
fn a_list_is_shown_first_then_written_and_the_second_time_nothing_changes() {
    let root = with(UNITS);
    let before = files(&root);
    let plan = import(&root, &MAPS);
    assert_eq!(plan.status, 0, "{}{}", plan.out, plan.err);
    assert!(plan.out.starts_with("4 new:\n  content/facilities/james-v-allred-unit.yaml\n"), "{}", plan.out);
    assert!(
        plan.out.ends_with("This is only the plan: add --yes to write it.\nNothing was written.\n"),
        "{}",
        plan.out
    );
    assert!(files(&root) == before, "a plan wrote something");

    let done = imported(&root, &[]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    assert_eq!(
        root.read("content/facilities/james-v-allred-unit.yaml"),
        format!(
            "id: james-v-allred-unit\nname: James V. Allred Unit\nother_names:\n- Allred\n- The Al\nagency: texas-doc\nplace: Iowa Park\n\
             visiting_address:\n- 2101 FM 369 N\n- Iowa Park, TX 76367\nsource: {LIST}\nchecked: {DAY}\n"
        )
    );
    // Two of one name are told apart by their towns, and a name that stands in place of a street is none.
    assert!(root.read("content/facilities/north-unit.yaml").contains("Houston, TX 77002"));
    assert!(!root.read("content/facilities/north-unit-dallas.yaml").contains("visiting_address"));
    assert!(!root.path().join("var/units.rejected.csv").exists());
    assert_clean(&root);

    let before = files(&root);
    let again = imported(&root, &[]);
    assert!(again.out.starts_with("4 unchanged:\n") && again.out.ends_with("Nothing to write.\n"), "{}", again.out);
    assert!(files(&root) == before, "the second time something changed");
}

#[test]
fn what_cannot_be_taken_goes_to_a_table_of_its_own_that_can_be_mended_and_imported() {
    let rows = "Unit Name,City,Id\nGood Unit,Austin,\n,Austin,\nNo Town,,\nGood Unit,AUSTIN,\nBad,Austin,Bad Id\nOne,Waco,same\nTwo,Waco,same\n\
                監獄,Waco,\nSplit, Unit,Waco,\n,,\n";
    let long = format!("{}\n", ["x".repeat(90).as_str(), "Waco", ""].join(","));
    let root = with(&format!("{rows}{long}"));
    let done = import(&root, &["--map", "name=UnitName", "--yes"]);
    assert_eq!(done.status, 1, "{}{}", done.out, done.err);
    assert!(done.out.contains("2 new:") && done.out.contains("9 rejected:"), "{}", done.out);
    let table = root.read("var/units.rejected.csv");
    for expected in [
        "Unit Name,City,Id,,line,why\n",
        "\n,Austin,,,3,the name is missing\n",
        "\nNo Town,,,,4,the city is missing\n",
        "\nGood Unit,AUSTIN,,,5,\"line 2 has the same name and city",
        "\nBad,Austin,Bad Id,,6,\"`Bad Id` is no id",
        "\nTwo,Waco,same,,8,\"line 7 is the same facility, same",
        "監獄,Waco,,,9,\"no id can be made of the name",
        "\nSplit,Unit,Waco,,10,\"the row has 4 cells",
        ",,,,11,the row is empty\n",
        ",Waco,,,12,\"`name` ",
    ] {
        assert!(table.contains(expected), "{expected}\n{table}");
    }
    assert_clean(&root);
    // One row is mended; the columns that were added do not stand in the way, nor twice in what comes of it.
    root.write("var/units.csv", table.replace("No Town,,", "No Town,Paris,"));
    let done = import(&root, &["--map", "name=Unit Name", "--yes", "--all"]);
    assert!(done.out.contains("1 new:\n  content/facilities/no-town.yaml\n"), "{}{}", done.out, done.err);
    assert!(root.read("var/units.rejected.csv").starts_with("Unit Name,City,Id,,line,why\n"));
}

#[test]
fn each_mistake_in_a_table_or_a_flag_is_one_clear_error() {
    let root = with(UNITS);
    let before = files(&root);
    let named: &[&str] = &["--map", "name=Unit Name"];
    for (table, more, expected) in [
        ("", named, "the file is empty\n  help: "),
        ("Unit Name,City\n", named, "no place\n  help: "),
        (
            UNITS,
            &[],
            "line 1: no column is called `name`\n  help: say which it is, like --map name=COLUMN; the first line",
        ),
        (
            UNITS,
            &["--map", "name=Unit Nam"],
            "line 1: no column is called `Unit Nam`\n  help: did you mean `Unit Name`?",
        ),
        (UNITS, &["--map", "nam=Unit Name"], "--map: nothing is called `nam`\n  help: did you mean name?"),
        (UNITS, &["--map", "name"], "write KEY=COLUMN"),
        (UNITS, &["--map", "name=City", "--map", "name=City"], "--map names `name` twice"),
        (UNITS, &["--map", "name=City", "--map", "mail.street=Street"], "`mail.city` is not\n  help: where letters go"),
        ("Name,City,city\nA,B,C\n", &[], "line 1: two columns are called `city`"),
        ("Name,City\nA,\"B\nC,D\n", &[], "line 2: a quotation mark opens here and never closes\n  help: close it"),
        (UNITS, &["--map", "name=City", "--checked", "2027-01-01"], "`checked` (`2027-01-01`) is after"),
        (UNITS, &["--checked", "1.1.2026"], "YYYY-MM-DD"),
    ] {
        root.write("var/units.csv", table);
        let said = import(&root, more);
        assert_eq!(said.status, 2, "{more:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(expected), "{more:?}: {}", said.err);
    }
    assert!(files(&root) == before, "a mistake wrote something");
}

#[test]
fn a_mistake_outside_of_the_table_is_one_clear_error() {
    let root = with("");
    root.write("var/units.csv", b"Name,City\nA,B\nCa\xf1on,D\n");
    let said = import(&root, &[]);
    assert!(said.err.contains("units.csv: line 3: a letter is not UTF-8\n  help: save it again"), "{}", said.err);
    root.write("var/units.csv", UNITS);
    let before = files(&root);
    let path = root.path().join("var/units.csv");
    let file = path.to_str().unwrap();
    for (words, expected) in [
        (
            vec![file, "--agency", "texas", "--source", LIST],
            "--agency: this site has no agency `texas`\n  help: did you mean texas-doc?",
        ),
        (vec![file, "--agency", "texas-doc", "--source", "www.agency.gov"], "is not a web address"),
        (vec![file, "--agency", "texas-doc"], "--source <URL>"),
        (
            vec![file, "--agency", "texas-doc", "--source", LIST, "--rejected", file],
            "--rejected names the table itself",
        ),
        (vec!["no.csv", "--agency", "texas-doc", "--source", LIST], "no.csv"),
    ] {
        let said = root.run(&[&["import", "facilities"], &words[..]].concat());
        assert_eq!(said.status, 2, "{words:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(expected), "{words:?}: {}", said.err);
    }
    assert!(files(&root) == before, "a mistake wrote something");
    root.write("content/facilities/mine.yaml", "id: mine\nname: [\n");
    let said = import(&root, &MAPS);
    assert!(said.err.contains("content/facilities/mine.yaml cannot be read\n  help: mend it first"), "{}", said.err);
    let said = Root::empty().run(&["import", "facilities", file, "--agency", "x", "--source", LIST]);
    assert!(said.status == 2 && said.err.contains("is not a site root"), "{}", said.err);
}

#[test]
fn what_spreadsheets_write_is_taken_as_it_is_meant() {
    let root = with(&format!("\u{FEFF}{}", UNITS.replace(";The Al", "").replace(',', ";").replace('\n', "\r\n")));
    // The commas inside quotation marks became semicolons, too: that is what they are for.
    let done = imported(&root, &[]);
    assert!(done.out.starts_with("4 new:\n"), "{}{}", done.out, done.err);
    assert!(root.read("content/facilities/hughes-alfred-d-unit.yaml").contains("Gatesville, TX 76597"));
}

/// A facility of an editor's own.
fn own(checked: &str) -> String {
    format!(
        "# We drove there.\nid: allred\nname: James V. Allred Unit\nagency: texas-doc\n\nplace: Iowa Prk\nservices: [] # so said the warden\n\
         source: https://www.agency.gov/allred\nchecked: {checked}\n"
    )
}

#[test]
fn what_was_looked_up_later_stays_and_an_older_file_keeps_what_the_list_does_not_bring() {
    for (checked, expected) in [
        (
            "2026-11-30",
            "1 kept as it is here:\n  content/facilities/allred.yaml: looked up here on 2026-11-30; what comes differs in ",
        ),
        (
            "2026-11-29",
            "1 changed:\n  content/facilities/allred.yaml: other_names, place, visiting_address, source, checked\n",
        ),
    ] {
        let root = with(UNITS);
        root.write("content/facilities/allred.yaml", own(checked));
        let done = imported(&root, &[]);
        assert!(done.out.contains(expected), "{}{}", done.out, done.err);
        let text = root.read("content/facilities/allred.yaml");
        match done.out.contains("1 kept") {
            true => assert_eq!(text, own(checked)),
            false => assert_eq!(
                text,
                "# We drove there.\nid: allred\nname: James V. Allred Unit\nother_names:\n- Allred\n- The Al\nagency: texas-doc\n\nplace: Iowa Park\n\
                 visiting_address:\n- 2101 FM 369 N\n- Iowa Park, TX 76367\nservices: [] # so said the warden\nsource: https://www.agency.gov/units\n\
                 checked: 2026-11-30\n"
            ),
        }
        assert_clean(&root);
    }
}

#[test]
fn a_remark_beside_what_would_change_keeps_the_file() {
    let root = with(UNITS);
    let text = own("2026-01-01").replace("Iowa Prk", "Iowa Prk # as on the sign");
    root.write("content/facilities/allred.yaml", &text);
    let done = imported(&root, &[]);
    assert!(done.out.contains("a remark stands beside what would change: other_names, place"), "{}", done.out);
    assert_eq!(root.read("content/facilities/allred.yaml"), text);
}

#[test]
fn a_place_is_known_by_its_other_names_and_an_address_keeps_its_source() {
    let root = with("Name,City\nAllred,Iowa Park\nthe ALLRED unit,Iowa Park\n");
    let known = own("2026-01-01").replace("agency:", "other_names: [Allred, The Allred Unit]\nagency:");
    let known =
        known.replace("services:", "address:\n- PO Box 1\n- Iowa Park, TX 76367\nservices:").replace("Prk", "Park");
    root.write("content/facilities/allred.yaml", &known);
    let done = import(&root, &["--yes"]);
    assert!(
        done.out
            .starts_with("1 unchanged:\n  content/facilities/allred.yaml\n1 rejected:\n  line 3: line 2 is the same"),
        "{}",
        done.out
    );
    assert_eq!(root.read("content/facilities/allred.yaml"), known, "the list never said where letters go");
}

#[test]
fn only_a_mail_address_that_is_named_as_one_becomes_an_address() {
    let table = "Name,City,State,Zip,Street,Box\nMail Unit,Waco,TX,76701,1 Road,PO Box 7\nStreet Unit,Waco,TX,76701,2 Road,\nHalf Unit,Waco,,76701,3 Road,PO Box 8\n";
    let maps = ["mail.street=Box", "mail.city=City", "mail.state=State", "mail.zip=Zip"];
    let maps: Vec<&str> = maps.iter().flat_map(|map| ["--map", map]).chain(["--yes"]).collect();
    let root = with(table);
    let done = import(&root, &maps);
    assert!(done.out.contains("line 4: the mail address has no mail.state: a letter needs it whole"), "{}", done.out);
    assert!(
        root.read("content/facilities/mail-unit.yaml")
            .contains("\naddress:\n- PO Box 7\n- Waco, TX 76701\nvisiting_address:\n- 1 Road\n")
    );
    let street = root.read("content/facilities/street-unit.yaml");
    assert!(street.contains("\nvisiting_address:\n- 2 Road\n") && !street.contains("\naddress:"), "{street}");
    assert_clean(&root);
}

#[test]
fn a_street_feeds_no_envelope_and_other_names_stand_in_the_form() {
    let root = Root::copy();
    root.replace(
        "content/facilities/river-bend.yaml",
        "\naddress:",
        "\nother_names: [The Farm, River Bend]\nvisiting_address:",
    );
    assert_eq!(root.build().status, 0, "{}", root.check().out);
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(page.contains("The envelope needs the facility’s own mail address, and we do not know it."), "{page}");
    let street = root.read("content/facilities/river-bend.yaml");
    let street =
        street.split("visiting_address:\n").nth(1).unwrap().lines().next().unwrap().trim_start_matches([' ', '-']);
    assert!(!page.contains(street), "{street}");
    assert!(root.read("site/register/index.html").contains(">River Bend Correctional Facility (The Farm), "));
}

#[test]
fn a_list_of_thousands_is_taken_row_by_row() {
    let mut table = "Name,City\n".to_owned();
    (0..3_000).for_each(|at| writeln!(table, "The Very Long Name of the Unit that is Number,Town {at}").unwrap());
    let root = with(&table);
    let done = import(&root, &["--yes"]);
    assert!(
        done.out.starts_with("3000 new:\n") && done.out.contains("\n  and 2995 more (--all shows them)\n"),
        "{}",
        done.out
    );
    assert_eq!(std::fs::read_dir(root.path().join("content/facilities")).unwrap().count(), 3_001, "with its README.md");
    let again = import(&root, &["--yes"]);
    assert!(again.out.starts_with("3000 unchanged:\n"), "{}", again.out);
}
