//! An agency's file with each field mistyped once: every slip is placed, named, and mended by its help. So are services and rules.

use crate::site::Root;
use snapbox::{assert_data_eq, str};

const FILE: &str = "content/agencies/jefferson-corrections.yaml";

/// What `check` says of a file once these words are replaced in it.
fn said(file: &str, from: &str, to: &str) -> String {
    let root = Root::copy();
    root.replace(file, from, to);
    let said = root.check();
    assert_eq!(said.status, 1, "{from} -> {to}: {}{}", said.out, said.err);
    let mut ours = false;
    let kept = said.out.lines().filter(|line| {
        ours = if line.starts_with("  help:") { ours } else { line.starts_with(file) };
        ours
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// One slip after another, each with what is said of it.
fn every(file: &str, slips: &[(&str, &str)]) -> String {
    slips.iter().map(|(from, to)| said(file, from, to)).collect()
}

/// Each key of an agency, mistyped.
const KEYS: &[(&str, &str)] = &[
    ("id: jefferson", "ld: jefferson"),
    ("name: Jefferson Corrections", "nme: Jefferson Corrections"),
    ("jurisdiction:", "juristiction:"),
    ("invented: true", "inventd: true"),
    ("number:\n", "numbr:\n"),
    ("  label:", "  lable:"),
    ("  pattern:", "  patern:"),
    ("  example:", "  exampel:"),
    ("locator:", "locater:"),
    ("listing:\n", "listings:\n"),
    ("  rule: restricted", "  rul: restricted"),
    ("  reason:", "  reasons:"),
];

/// Each key of a route, mistyped.
const ROUTE_KEYS: &[(&str, &str)] = &[
    ("routes:", "route:"),
    ("    until:", "    untill:"),
    ("    handling: photocopied", "    handeling: photocopied"),
    ("    lines:\n      - \"{facility}\"", "    line:\n      - \"{facility}\""),
    ("    pages: 8", "    page: 8"),
    ("    photos: 3", "    photo: 3"),
    ("    note:", "    notes:"),
    (
        "    source: https://corrections.jefferson.example/rules/mail\n",
        "    sources: https://corrections.jefferson.example/rules/mail\n",
    ),
];

#[test]
fn each_key_of_an_agency_mistyped_gets_its_place_and_help() {
    assert_data_eq!(
        every(FILE, KEYS),
        str![[r#"
content/agencies/jefferson-corrections.yaml:1:1: the key `id` is missing [missing-key]
  help: add `id:` to the file, with its value
content/agencies/jefferson-corrections.yaml:1:1: the key `ld` is not known here [unknown-key]
  help: did you mean `id`?
content/agencies/jefferson-corrections.yaml:1:1: the key `name` is missing [missing-key]
  help: add `name:` to the file, with its value
content/agencies/jefferson-corrections.yaml:2:1: the key `nme` is not known here [unknown-key]
  help: did you mean `name`?
content/agencies/jefferson-corrections.yaml:1:1: the key `jurisdiction` is missing [missing-key]
  help: add `jurisdiction:` to the file, with its value
content/agencies/jefferson-corrections.yaml:3:1: the key `juristiction` is not known here [unknown-key]
  help: did you mean `jurisdiction`?
content/agencies/jefferson-corrections.yaml:60:1: the key `inventd` is not known here [unknown-key]
  help: did you mean `invented`?
content/agencies/jefferson-corrections.yaml:1:1: the key `number` is missing [missing-key]
  help: add `number:` to the file, with its value
content/agencies/jefferson-corrections.yaml:4:1: the key `numbr` is not known here [unknown-key]
  help: did you mean `number`?
content/agencies/jefferson-corrections.yaml:5:3: the key `label` is missing [missing-key]
  help: add `label:` to `number`, with its value
content/agencies/jefferson-corrections.yaml:5:3: the key `lable` is not known here [unknown-key]
  help: did you mean `label`?
content/agencies/jefferson-corrections.yaml:6:3: the key `patern` is not known here [unknown-key]
  help: did you mean `pattern`?
content/agencies/jefferson-corrections.yaml:5:3: the key `example` is missing [missing-key]
  help: add `example:` to `number`, with its value
content/agencies/jefferson-corrections.yaml:7:3: the key `exampel` is not known here [unknown-key]
  help: did you mean `example`?
content/agencies/jefferson-corrections.yaml:8:1: the key `locater` is not known here [unknown-key]
  help: did you mean `locator`?
content/agencies/jefferson-corrections.yaml:1:1: the key `listing` is missing [missing-key]
  help: add `listing:` to the file, with its value
content/agencies/jefferson-corrections.yaml:1:1: the key `rule` is missing [missing-key]
  help: add `rule:` to `listing`, with its value
content/agencies/jefferson-corrections.yaml:9:1: the key `listings` is not known here [unknown-key]
  help: did you mean `listing`?
content/agencies/jefferson-corrections.yaml:10:3: the key `rule` is missing [missing-key]
  help: add `rule:` to `listing`, with its value
content/agencies/jefferson-corrections.yaml:10:3: the key `rul` is not known here [unknown-key]
  help: did you mean `rule`?
content/agencies/jefferson-corrections.yaml:10:3: the key `reason` is missing [missing-key]
  help: add `reason:` to `listing`, with its value
content/agencies/jefferson-corrections.yaml:11:3: the key `reasons` is not known here [unknown-key]
  help: did you mean `reason`?

"#]]
    );
}

#[test]
fn each_key_of_a_route_mistyped_gets_its_place_and_help() {
    assert_data_eq!(
        every(FILE, ROUTE_KEYS),
        str![[r#"
content/agencies/jefferson-corrections.yaml:16:1: the key `route` is not known here [unknown-key]
  help: did you mean `routes`?
content/agencies/jefferson-corrections.yaml:18:5: the key `untill` is not known here [unknown-key]
  help: did you mean `until`?
content/agencies/jefferson-corrections.yaml:30:5: the key `handling` is missing [missing-key]
  help: add `handling:` to `routes[1]`, with its value
content/agencies/jefferson-corrections.yaml:31:5: the key `handeling` is not known here [unknown-key]
  help: did you mean `handling`?
content/agencies/jefferson-corrections.yaml:30:5: the key `lines` is missing [missing-key]
  help: add `lines:` to `routes[1]`, with its value
content/agencies/jefferson-corrections.yaml:32:5: the key `line` is not known here [unknown-key]
  help: did you mean `lines`?
content/agencies/jefferson-corrections.yaml:53:5: the key `page` is not known here [unknown-key]
  help: did you mean `pages`?
content/agencies/jefferson-corrections.yaml:54:5: the key `photo` is not known here [unknown-key]
  help: did you mean `photos`?
content/agencies/jefferson-corrections.yaml:55:5: the key `notes` is not known here [unknown-key]
  help: did you mean `note`?
content/agencies/jefferson-corrections.yaml:30:5: the key `source` is missing [missing-key]
  help: add `source:` to `routes[1]`, with its value
content/agencies/jefferson-corrections.yaml:58:5: the key `sources` is not known here [unknown-key]
  help: did you mean `source`?

"#]]
    );
}

/// Each value of an agency, mistyped.
const VALUES: &[(&str, &str)] = &[
    ("jurisdiction: jefferson", "jurisdiction: jeferson"),
    ("invented: true", "invented: yes"),
    ("pattern: \"[0-9]{8}\"", "pattern: \"[0-9{8}\""),
    ("example: \"00481516\"", "example: \"0048151\""),
    ("locator: https://", "locator: http://"),
    ("rule: restricted", "rule: restriced"),
    ("from: 2026-02-01", "from: 2026-02-30"),
    ("from: 2026-02-01", "from: 2026-01-15"),
    ("until: 2026-01-31", "until: 2017-01-31"),
    ("handling: photocopied", "handling: photocopid"),
    ("{number_label} {number}\"\n      - \"{facility}\"", "{number_lable} {number}\"\n      - \"{facility}\""),
    ("      - \"{mail_name}\"\n      - \"{number_label}", "      - \"{number_label}"),
    ("      - exact-name", "      - exact-nam"),
    ("pages: 8", "pages: eight"),
    ("photos: 3", "photos: 300"),
    ("    checked: 2026-10-20", "    checked: 2027-10-20"),
    ("    checked: 2026-10-20", "    checked: 2026-10-20\n    confirmed: no"),
    ("    pages: 8", "    letter_languages: [en, sp]\n    pages: 8"),
    ("    pages: 8", "    ounces: 0\n    pages: 8"),
    ("    pages: 8", "    originals_kept: 1000\n    pages: 8"),
];

#[test]
fn each_value_of_an_agency_mistyped_gets_its_place_and_help() {
    assert_data_eq!(
        every(FILE, VALUES),
        str![[r#"
content/agencies/jefferson-corrections.yaml:3:15: there is no jurisdiction `jeferson` [unknown-jurisdiction]
  help: did you mean `jefferson`?
content/agencies/jefferson-corrections.yaml:60:11: there is no answer `yes` [unknown-word]
  help: known: true, false
content/agencies/jefferson-corrections.yaml:6:12: `[0-9{8}` is not a regular expression [bad-pattern]
  help: unclosed character class
content/agencies/jefferson-corrections.yaml:7:12: the example `0048151` does not match the pattern `[0-9]{8}` [example-does-not-match]
  help: write a number that the agency could have given, or mend the pattern
content/agencies/jefferson-corrections.yaml:8:10: `locator` is not a web address: `http://corrections.jefferson.example/locate` [not-an-address]
  help: write it whole, beginning with https://
content/agencies/jefferson-corrections.yaml:10:9: there is no listing rule `restriced` [unknown-word]
  help: did you mean `restricted`?
content/agencies/jefferson-corrections.yaml:30:11: `from` is not a day that exists: `2026-02-30` [not-a-date]
  help: write it as YYYY-MM-DD, like 2026-05-14
content/agencies/jefferson-corrections.yaml:30:11: this route begins on `2026-01-15`, before the one above has ended [dates-out-of-order]
  help: give the one above an `until`, newest last
content/agencies/jefferson-corrections.yaml:18:12: `until` (`2017-01-31`) is before `from` (`2018-03-01`) [dates-out-of-order]
  help: one of the two days is a slip: `from` comes first
content/agencies/jefferson-corrections.yaml:31:15: there is no handling `photocopid` [unknown-word]
  help: did you mean `photocopied`?
content/agencies/jefferson-corrections.yaml:22:10: there is no placeholder `{number_lable}` [unknown-placeholder]
  help: did you mean {number_label}?
content/agencies/jefferson-corrections.yaml:21:7: an envelope needs the person's name and number [incomplete-lines]
  help: write {mail_name} or {last_first}, and {number}, where the agency wants them
content/agencies/jefferson-corrections.yaml:39:9: there is no mail rule `exact-nam` [unknown-mail-rule]
  help: did you mean `exact-name`?
content/agencies/jefferson-corrections.yaml:53:12: `pages` must be a whole number from 1 to 100, and is `eight` [not-a-number]
  help: write it in digits alone, like 1
content/agencies/jefferson-corrections.yaml:54:13: `photos` must be a whole number from 0 to 100, and is `300` [not-a-number]
  help: write it in digits alone, like 0
content/agencies/jefferson-corrections.yaml:59:14: `checked` (`2027-10-20`) is after `2026-11-23` [date-in-the-future]
  help: write the day on which it happened; look for a slip in the year
content/agencies/jefferson-corrections.yaml:60:16: there is no answer `no` [unknown-word]
  help: known: true, false
content/agencies/jefferson-corrections.yaml:53:28: there is no language `sp` [unknown-language]
  help: did you mean `so`?
content/agencies/jefferson-corrections.yaml:53:13: `ounces` must be a whole number from 1 to 70, and is `0` [not-a-number]
  help: write it in digits alone, like 1
content/agencies/jefferson-corrections.yaml:53:21: `originals_kept` must be a whole number from 0 to 365, and is `1000` [not-a-number]
  help: write it in digits alone, like 0

"#]]
    );
}

#[test]
fn each_part_of_other_mail_mistyped_gets_its_place_and_help() {
    let file = "content/agencies/tennessee-doc.yaml";
    let slips = [
        ("other_mail:", "othermail:"),
        ("kind: legal", "kind: leagl"),
        ("  - kind: legal\n    note:\n      en:", "  - kind: legal\n    note:\n      eng:"),
        ("  - kind: legal\n", "  -\n"),
        ("    confirmed: false\nother_mail", "    confirmed: false\n    confirmd: true\nother_mail"),
    ];
    assert_data_eq!(
        every(file, &slips),
        str![[r#"
content/agencies/tennessee-doc.yaml:24:1: the key `othermail` is not known here [unknown-key]
  help: did you mean `other_mail`?
content/agencies/tennessee-doc.yaml:25:11: there is no kind of mail `leagl` [unknown-word]
  help: did you mean `legal`?
content/agencies/tennessee-doc.yaml:27:7: the words are missing in `en` [missing-language]
  help: add `en:` beside the others
content/agencies/tennessee-doc.yaml:26:5: the key `kind` is missing [missing-key]
  help: add `kind:` to `other_mail[0]`, with its value
content/agencies/tennessee-doc.yaml:24:5: the key `confirmd` is not known here [unknown-key]
  help: did you mean `confirmed`?

"#]]
    );
}

#[test]
fn what_the_post_cannot_read_is_refused_where_it_stands() {
    let slips = [
        ("      - \"{facility}\"\n      - \"{mail_name}\"", "      - \"{facility} 監獄\"\n      - \"{mail_name}\""),
        ("      - \"{facility}\"\n      - \"{mail_name}\"", "      - \"facility}\"\n      - \"{mail_name}\""),
        ("      - \"{facility}\"\n      - \"{mail_name}\"", "      - \"{facility}}\"\n      - \"{mail_name}\""),
    ];
    assert_data_eq!(
        every(FILE, &slips),
        str![[r#"
content/agencies/jefferson-corrections.yaml:33:21: the post cannot read `監` (`U+76E3`) on an envelope [unreadable-by-post]
  help: write it in Latin letters, digits and plain marks; accents may stay
content/agencies/jefferson-corrections.yaml:33:18: a placeholder has no beginning in `facility}` [unknown-placeholder]
  help: write { before its name, or take the } out
content/agencies/jefferson-corrections.yaml:33:19: a placeholder has no beginning in `{facility}}` [unknown-placeholder]
  help: write { before its name, or take the } out

"#]]
    );
    let slips = [
        ("name: River Bend", "name: River ★ Bend"),
        ("  - 1200 Mill Road", "  - 1200 Mill Road №2"),
        ("  - 1200 Mill Road", "  - \"\""),
        ("source: https://doc.franklin.example/places/river-bend\n", ""),
        ("checked: 2026-10-01\n", ""),
        ("checked: 2026-10-01", "checked: 2027-10-01"),
    ];
    assert_data_eq!(
        every("content/facilities/river-bend.yaml", &slips),
        str![[r#"
content/facilities/river-bend.yaml:2:13: the post cannot read `★` (`U+2605`) on an envelope [unreadable-by-post]
  help: write it in Latin letters, digits and plain marks; accents may stay
content/facilities/river-bend.yaml:6:20: the post cannot read `№` (`U+2116`) on an envelope [unreadable-by-post]
  help: write it in Latin letters, digits and plain marks; accents may stay
content/facilities/river-bend.yaml:6:5: a line of `address` must have 1 to 80 characters on one line: `` [bad-line]
  help: write it, or take the line out
content/facilities/river-bend.yaml:1:1: the key `source` is missing [missing-key]
  help: add `source:` to the file, with its value
content/facilities/river-bend.yaml:1:1: the key `checked` is missing [missing-key]
  help: add `checked:` to the file, with its value
content/facilities/river-bend.yaml:10:10: `checked` (`2027-10-01`) is after `2026-11-23` [date-in-the-future]
  help: write the day on which it happened; look for a slip in the year

"#]]
    );
}

#[test]
fn a_label_that_the_agency_does_not_give_is_refused() {
    let root = Root::copy();
    root.replace("content/facilities/river-bend.yaml", "agency: franklin-doc", "agency: alabama-doc");
    let file = "content/facilities/river-bend.yaml";
    let route = "routes:\n  - handling: delivered\n    lines:\n      - \"{mail_name}\"\n      - \"{number_label} {number}\"\n    \
                 rules: []\n    source: https://doc.franklin.example/rules/mail\n    checked: 2026-10-01\n";
    root.write(file, root.read(file) + route);
    let said = root.check();
    let ours: Vec<&str> = said.out.lines().skip_while(|line| !line.contains("no-number-label")).take(2).collect();
    assert_data_eq!(
        ours.join("\n"),
        str![[r#"
content/facilities/river-bend.yaml:15:10: the agency has no `number` whose label could stand here [no-number-label]
  help: give the agency a `number` with its `label`, or take {number_label} out
"#]]
    );
}

#[test]
fn what_a_service_loses_is_one_of_a_few_words() {
    let slips = [
        ("loses: [marks, scripts, emoji]", "loses: [marks, scrips]"),
        ("loses: [marks, scripts, emoji]", "loses: marks"),
    ];
    assert_data_eq!(
        every("content/services/pigeonpost.yaml", &slips),
        str![[r#"
content/services/pigeonpost.yaml:6:16: there is no kind of character `scrips` [unknown-word]
  help: did you mean `scripts`?
content/services/pigeonpost.yaml:6:8: `loses` must be a list, and is one value [wrong-type]
  help: write each entry on a line of its own, after a hyphen

"#]]
    );
}

#[test]
fn a_reason_needs_its_source_like_any_fact() {
    let slips = [(
        "  source: https://www.nbcmiami.com/news/local/prisoners-penned-in-by-pal-ban/1842682/\n  checked: 2026-11-23\n",
        "",
    )];
    assert_data_eq!(
        every("content/agencies/montana-doc.yaml", &slips),
        str![[r#"
content/agencies/montana-doc.yaml:5:3: the key `checked` is missing [missing-key]
  help: add `checked:` to `listing`, with its value
content/agencies/montana-doc.yaml:5:3: the key `source` is missing [missing-key]
  help: add `source:` to `listing`, with its value

"#]]
    );
}

#[test]
fn a_fact_without_source_and_date_is_refused() {
    let slips = [
        (
            "    source: https://corrections.jefferson.example/rules/mail\n    checked: 2026-10-20\n",
            "    checked: 2026-10-20\n",
        ),
        (
            "    source: https://corrections.jefferson.example/rules/mail\n    checked: 2026-10-20\n",
            "    source: https://corrections.jefferson.example/rules/mail\n",
        ),
        ("  source: https://corrections.jefferson.example/rules/outside-listings\n  checked: 2026-10-20\n", ""),
    ];
    assert_data_eq!(
        every(FILE, &slips),
        str![[r#"
content/agencies/jefferson-corrections.yaml:30:5: the key `source` is missing [missing-key]
  help: add `source:` to `routes[1]`, with its value
content/agencies/jefferson-corrections.yaml:30:5: the key `checked` is missing [missing-key]
  help: add `checked:` to `routes[1]`, with its value
content/agencies/jefferson-corrections.yaml:10:3: the key `checked` is missing [missing-key]
  help: add `checked:` to `listing`, with its value
content/agencies/jefferson-corrections.yaml:10:3: the key `source` is missing [missing-key]
  help: add `source:` to `listing`, with its value

"#]]
    );
    let slips = [("source: https://www.prisonpolicy.org/reports/emessaging.html\nchecked: 2026-11-23\n", "")];
    assert_data_eq!(
        every("content/services/jpay.yaml", &slips),
        str![[r#"
content/services/jpay.yaml:1:1: the key `checked` is missing [missing-key]
  help: add `checked:` to the file, with its value
content/services/jpay.yaml:1:1: the key `source` is missing [missing-key]
  help: add `source:` to the file, with its value

"#]]
    );
}

#[test]
fn an_agency_with_a_route_needs_its_number_and_one_without_does_not() {
    let slip = [("number:\n  label: \"TDOC ID#\"\n", "")];
    assert_data_eq!(
        every("content/agencies/tennessee-doc.yaml", &slip),
        str![[r#"
content/agencies/tennessee-doc.yaml:1:1: the key `number` is missing [missing-key]
  help: add `number:` to the file, with its value

"#]]
    );
    assert_eq!(Root::copy().check().status, 0, "the agencies known by name only have none");
}

#[test]
fn a_topic_or_rule_mistyped_gets_its_place_and_help() {
    let slips =
        [("envelope:\n", "envelop:\n"), ("  exact-name: ", "  Exact Name: "), ("  no-staples: ", "  no-stickers: ")];
    assert_data_eq!(
        every("content/vocabularies/mail-rules.yaml", &slips),
        str![[r#"
content/vocabularies/mail-rules.yaml:1:1: there is no topic of rules `envelop` [unknown-topic]
  help: did you mean `envelope`?
content/vocabularies/mail-rules.yaml:5:3: `Exact Name` is not an id [bad-id]
  help: use small letters, digits and hyphens, at most 40
content/vocabularies/mail-rules.yaml:33:3: the key `no-stickers` stands here twice [duplicate-key]
  help: keep one of them

"#]]
    );
}
