//! Every rule of `check` has a case that breaks it, with the exact words that come out.

use crate::site::Root;
use snapbox::{assert_data_eq, str};

/// What `check` says, once for this root; a problem must end it with 1.
fn problems(root: &Root) -> String {
    let said = root.check();
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    said.out
}

#[test]
fn unknown_key_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "pronouns:", "pronuns:");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:7:1: the key `pronuns` is not known here [unknown-key]
  help: did you mean `pronouns`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn missing_key_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "mail_name: Marcus Thompson\n", "");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:1: the key `mail_name` is missing [missing-key]
  help: add `mail_name:` to the file, with its value
1 problem in 1 file.

"#]]
    );
}

#[test]
fn wrong_type_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "interests: [radio, jazz, chess]", "interests: {radio: jazz}");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:9:12: `interests` must be a list, and is a map of keys [wrong-type]
  help: write each entry on a line of its own, after a hyphen
1 problem in 1 file.

"#]]
    );
}

#[test]
fn duplicate_key_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", "status: listed\nfacility: river-bend");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:33:1: the key `facility` stands here twice [duplicate-key]
  help: keep one of them
1 problem in 1 file.

"#]]
    );
}

#[test]
fn empty_text_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "shown_name: Marcus T.", "shown_name:");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:2:11: `shown_name` is empty [empty]
  help: write it after `shown_name:`
1 problem in 1 file.

"#]]
    );
}

#[test]
fn over_long_text_is_counted_in_characters() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "shown_name: Marcus T.", &format!("shown_name: {}", "é".repeat(61)));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:2:13: `shown_name` has 61 characters, more than 60: `éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé…` [too-long]
  help: shorten it to 60 characters
1 problem in 1 file.

"#]]
    );
}

#[test]
fn control_characters_are_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "pronouns: he/him", "pronouns: he\u{0007}him");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:7:13: the unseen character `U+0007` is not allowed [unwanted-character]
  help: delete it, or type the words again
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn direction_overrides_are_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "pronouns: he/him", "pronouns: he\u{202e}him");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:7:13: the unseen character `U+202E` is not allowed [unwanted-character]
  help: delete it, or type the words again
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn stacked_accents_are_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "pronouns: he/him", &format!("pronouns: h{}", "\u{301}".repeat(9)));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:7:11: `pronouns` holds more than eight accents on one letter [stacked-marks]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn id_that_is_not_the_file_name_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "id: marcus-k7m2q", "id: marcus-k7m3q");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:5: the id `marcus-k7m3q` is not the file's name `marcus-k7m2q` [id-is-not-file-name]
  help: write `marcus-k7m2q`, or rename the file
1 problem in 1 file.

"#]]
    );
}

#[test]
fn id_without_its_shape_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "id: marcus-k7m2q", "id: Marcus");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:5: `Marcus` is not a profile's id [bad-id]
  help: first name in small letters, a hyphen, five of abcdefghjkmnpqrstuvwxyz23456789 with a digit among them
1 problem in 1 file.

"#]]
    );
}

#[test]
fn id_taken_twice_is_rejected() {
    let root = Root::copy();
    let text = root.read("profiles/marcus-k7m2q.yaml");
    root.write("profiles/marcus-k7m3q.yaml", text.replace("0123456", "0123459"));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:5: the id `marcus-k7m2q` is taken by 2 files [id-taken-twice]
  help: see profiles/marcus-k7m3q.yaml
profiles/marcus-k7m3q.yaml:1:5: the id `marcus-k7m2q` is not the file's name `marcus-k7m3q` [id-is-not-file-name]
  help: write `marcus-k7m3q`, or rename the file
profiles/marcus-k7m3q.yaml:1:5: the id `marcus-k7m2q` is taken by 2 files [id-taken-twice]
  help: see profiles/marcus-k7m2q.yaml
profiles/photos/marcus-k7m3q.jpg:1:1: the profile names a photo that is not there [missing-photo]
  help: add the photo, or take `photo:` out of the profile
4 problems in 3 files.

"#]]
    );
}

#[test]
fn number_taken_twice_is_rejected() {
    let root = Root::copy();
    let text = root.read("profiles/marcus-k7m2q.yaml");
    let (before, photo) = text.split_once("photo:").unwrap();
    let (_, after) = photo.split_once("release:").unwrap();
    let text = format!("{before}release:{after}");
    root.write("profiles/marcus-k7m3q.yaml", text.replace("id: marcus-k7m2q", "id: marcus-k7m3q"));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:4:9: the number `0123456` of `franklin-doc` is taken by 2 profiles [number-taken-twice]
  help: see profiles/marcus-k7m3q.yaml
profiles/marcus-k7m3q.yaml:4:9: the number `0123456` of `franklin-doc` is taken by 2 profiles [number-taken-twice]
  help: see profiles/marcus-k7m2q.yaml
2 problems in 2 files.

"#]]
    );
}

#[test]
fn unknown_facility_gets_the_nearest() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "facility: river-bend", "facility: river-bent");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:5:11: there is no facility `river-bent` [unknown-facility]
  help: did you mean `river-bend`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn unknown_agency_gets_the_nearest() {
    let root = Root::copy();
    root.replace("content/facilities/river-bend.yaml", "agency: franklin-doc", "agency: frankin-doc");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/facilities/river-bend.yaml:3:9: there is no agency `frankin-doc` [unknown-agency]
  help: did you mean `franklin-doc`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn unknown_service_gets_the_nearest() {
    let root = Root::copy();
    root.replace("content/facilities/river-bend.yaml", "services: [pigeonpost]", "services: [pigeonpots]");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/facilities/river-bend.yaml:8:12: there is no service `pigeonpots` [unknown-service]
  help: did you mean `pigeonpost`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn unknown_interest_gets_the_nearest() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "interests: [radio, jazz, chess]", "interests: [radio, jaz, chess]");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:9:20: there is no interest `jaz` [unknown-interest]
  help: did you mean `jazz`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn unknown_language_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "languages: [en]", "languages: [xx]");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:8:13: there is no language `xx` [unknown-language]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn unknown_status_gets_the_nearest() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "status: listed", "status: lsted");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:32:9: there is no status `lsted` [unknown-status]
  help: did you mean `listed`?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn impossible_date_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "listed: 2026-05-14", "listed: 2026-02-30");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:24:9: `listed` is not a day that exists: `2026-02-30` [not-a-date]
  help: write it as YYYY-MM-DD, like 2026-05-14
1 problem in 1 file.

"#]]
    );
}

#[test]
fn dates_out_of_order_are_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "renew_by: 2027-05-02", "renew_by: 2025-05-02");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:30:13: `renew_by` (`2025-05-02`) is before `given` (`2026-05-02`) [dates-out-of-order]
  help: one of the two days is a slip: `given` comes first
1 problem in 1 file.

"#]]
    );
}

#[test]
fn date_in_the_future_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "listed: 2026-05-14", "listed: 2027-05-14");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:24:9: `listed` (`2027-05-14`) is after `2026-11-23` [date-in-the-future]
  help: write the day on which it happened; look for a slip in the year
profiles/marcus-k7m2q.yaml:25:10: `checked` (`2026-10-01`) is before `listed` (`2027-05-14`) [dates-out-of-order]
  help: one of the two days is a slip: `listed` comes first
2 problems in 1 file.

"#]]
    );
}

#[test]
fn number_must_match_the_agencys_pattern() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "number: \"0123456\"", "number: \"012345A\"");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:4:9: `012345A` is not a DOC number of Franklin Department of Corrections [number-does-not-match]
  help: it looks like `0123456`
1 problem in 1 file.

"#]]
    );
}

#[test]
fn minors_are_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "birth_year: 1985", "birth_year: 2010");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:6:13: `birth_year` must be a whole number from 1906 to 2007, and is `2010` [not-a-number]
  help: write it in digits alone, like 1906
1 problem in 1 file.

"#]]
    );
}

#[test]
fn bad_release_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "release: 2031", "release: soon");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:23:10: `release` must be a year, `life` or `unknown`, and is `soon` [bad-release]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn missing_photo_is_rejected() {
    let root = Root::copy();
    std::fs::remove_file(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/photos/marcus-k7m2q.jpg:1:1: the profile names a photo that is not there [missing-photo]
  help: add the photo, or take `photo:` out of the profile
1 problem in 1 file.

"#]]
    );
}

#[test]
fn photo_that_is_no_image_is_rejected() {
    let root = Root::copy();
    root.write("profiles/photos/marcus-k7m2q.jpg", "GIF89a");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/photos/marcus-k7m2q.jpg:1:1: this is not a JPEG [not-a-photo]
  help: save it as JPEG, not only under another name
1 problem in 1 file.

"#]]
    );
}

#[test]
fn photo_that_is_too_large_is_rejected() {
    let root = Root::copy();
    root.write("profiles/photos/marcus-k7m2q.jpg", vec![0xFF; 6 * 1024 * 1024 + 1]);
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/photos/marcus-k7m2q.jpg:1:1: the photo has 6291457 bytes, more than 6291456 [photo-too-large]
  help: save it smaller
1 problem in 1 file.

"#]]
    );
}

#[test]
fn photo_with_hidden_data_is_rejected() {
    let root = Root::copy();
    let mut photo = std::fs::read(root.path().join("profiles/photos/marcus-k7m2q.jpg")).unwrap();
    photo.splice(2..2, [&[0xFF, 0xE1, 0x00, 0x0A][..], b"Exif\0\0GP"].concat());
    root.write("profiles/photos/marcus-k7m2q.jpg", photo);
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/photos/marcus-k7m2q.jpg:1:1: the photo carries hidden data: Exif or XMP [photo-metadata]
  help: it may hold a place or a name: save it again without metadata
1 problem in 1 file.

"#]]
    );
}

#[test]
fn markup_in_an_introduction_is_rejected() {
    let root = Root::copy();
    root.replace(
        "profiles/marcus-k7m2q.yaml",
        "  If you write, tell me",
        "  # Hi\n\n  <b>Hi</b> [me](https://a.org) ![x](y.png)\n\n  If you write, tell me",
    );
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:19:3: an introduction cannot hold a heading: `# Hi` [introduction-markup]
  help: begin the line with a word
profiles/marcus-k7m2q.yaml:21:3: an introduction cannot hold HTML: `<b>` [introduction-markup]
  help: write it in plain words
profiles/marcus-k7m2q.yaml:21:8: an introduction cannot hold HTML: `</b>` [introduction-markup]
  help: write it in plain words
profiles/marcus-k7m2q.yaml:21:13: an introduction cannot hold a link: `[me](https://a.org)` [introduction-markup]
  help: leave the words, take the link out
profiles/marcus-k7m2q.yaml:21:18: an introduction cannot hold a web address or the name of an online account: `https://a.org)` [contact-details]
  help: take it out: the page shows one safe way to write
profiles/marcus-k7m2q.yaml:21:33: an introduction cannot hold a picture: `![x](y.png)` [introduction-markup]
  help: a photo goes to profiles/photos/
6 problems in 1 file.

"#]]
    );
}

#[test]
fn contact_details_in_an_introduction_are_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "  If you write, tell me", "  Call 555-123-4567 or joe@mail.org, 12 North Oak Street, or instagram: joeb99. Send me some money.\n\n  If you write, tell me");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:19:3: an introduction cannot hold a phone number: `Call 555-123-4567` [contact-details]
  help: take it out: the page shows one safe way to write
profiles/marcus-k7m2q.yaml:19:24: an introduction cannot hold an e-mail address: `joe@mail.org` [contact-details]
  help: take it out: the page shows one safe way to write
profiles/marcus-k7m2q.yaml:19:28: an introduction cannot hold a web address or the name of an online account: `mail.org` [contact-details]
  help: take it out: the page shows one safe way to write
profiles/marcus-k7m2q.yaml:19:38: an introduction cannot hold a street address: `12 North Oak Street` [contact-details]
  help: take it out: the page shows one safe way to write
profiles/marcus-k7m2q.yaml:19:81: an introduction cannot hold a request for money: `Send me some money` [money-request]
  help: take it out: the page shows one safe way to write
5 problems in 1 file.

"#]]
    );
}

#[test]
fn two_pages_at_one_address_are_rejected() {
    let root = Root::copy();
    root.write("content/en/pages/register.md", "---\ntitle: Register\nsummary: Twice.\n---\n\nHi.\n");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/en/pages/register.md:1:1: two pages want the address `/register/`: content/en/pages/register.md and content/forms/register.yaml [two-pages-one-address]
  help: rename one of the files
content/forms/register.yaml:1:1: two pages want the address `/register/`: content/en/pages/register.md and content/forms/register.yaml [two-pages-one-address]
  help: rename one of the files
2 problems in 2 files.

"#]]
    );
}

#[test]
fn dead_links_and_anchors_are_rejected() {
    let root = Root::copy();
    root.replace("content/en/pages/about.md", "\n## ", "\nSee [this](/abuot/) and [that](/about/#nowhere).\n\n## ");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/en/pages/about.md:9:5: there is no page `/abuot/` [dead-link]
  help: did you mean `/about/`?
content/en/pages/about.md:9:25: the page `/about/` has no heading `#nowhere` [dead-anchor]
2 problems in 1 file.

"#]]
    );
}

#[test]
fn string_missing_in_a_language_is_rejected() {
    let root = Root::copy();
    root.replace("content/en/site.ftl", "menu-people = Find someone\n", "");
    assert_data_eq!(
        problems(&root),
        str![[r#"
templates/html/gone.html:13:67: the string `menu-people` is missing in en [missing-string]
templates/html/layout.html:30:109: the string `menu-people` is missing in en [missing-string]
templates/html/notice.html:9:61: the string `menu-people` is missing in en [missing-string]
3 problems in 3 files.

"#]]
    );
}

#[test]
fn words_missing_in_a_language_are_rejected() {
    let root = Root::copy();
    root.replace("content/services/pigeonpost.yaml", "needs: {en:", "needs: {fr:");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/services/pigeonpost.yaml:4:8: the words are missing in `en` [missing-language]
  help: add `en:` beside the others
1 problem in 1 file.

"#]]
    );
}

#[test]
fn template_error_is_placed() {
    let root = Root::copy();
    root.replace("templates/html/index.html", "{% endblock %}", "{% endblok %}");
    assert_data_eq!(
        problems(&root),
        str![[r#"
templates/html/index.html:7:10: Unknown tag [bad-template]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn alias_bomb_is_rejected() {
    let root = Root::copy();
    root.write("profiles/marcus-k7m2q.yaml", "id: &a marcus-k7m2q\nshown_name: *a\ninterests: [*a, *a]\n");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:1: the key `birth_year` is missing [missing-key]
  help: add `birth_year:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `checked` is missing [missing-key]
  help: add `checked:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `consent` is missing [missing-key]
  help: add `consent:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `facility` is missing [missing-key]
  help: add `facility:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `introduction_language` is missing [missing-key]
  help: add `introduction_language:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `introduction` is missing [missing-key]
  help: add `introduction:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `languages` is missing [missing-key]
  help: add `languages:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `listed` is missing [missing-key]
  help: add `listed:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `looking_for` is missing [missing-key]
  help: add `looking_for:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `mail_name` is missing [missing-key]
  help: add `mail_name:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `number` is missing [missing-key]
  help: add `number:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `release` is missing [missing-key]
  help: add `release:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `search_engines` is missing [missing-key]
  help: add `search_engines:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:1: the key `status` is missing [missing-key]
  help: add `status:` to the file, with its value
profiles/marcus-k7m2q.yaml:1:5: anchors (`&name`) are not allowed [alias]
  help: remove it; a text that begins with `&` needs quotes
profiles/marcus-k7m2q.yaml:2:13: aliases (`*name`) are not allowed [alias]
  help: write the value out; a text that begins with `*` needs quotes
profiles/marcus-k7m2q.yaml:2:13: `shown_name` is empty [empty]
  help: write it after `shown_name:`
profiles/marcus-k7m2q.yaml:3:13: aliases (`*name`) are not allowed [alias]
  help: write the value out; a text that begins with `*` needs quotes
profiles/marcus-k7m2q.yaml:3:13: there is no interest `` [unknown-interest]
profiles/marcus-k7m2q.yaml:3:17: aliases (`*name`) are not allowed [alias]
  help: write the value out; a text that begins with `*` needs quotes
profiles/marcus-k7m2q.yaml:3:17: there is no interest `` [unknown-interest]
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
22 problems in 2 files.

"#]]
    );
}

#[test]
fn deep_nesting_is_rejected() {
    let root = Root::copy();
    root.write("profiles/marcus-k7m2q.yaml", format!("id: {}x{}\n", "[".repeat(50), "]".repeat(50)));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:21: values are nested deeper than 16 levels, or are more than 20000 [too-deep]
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn file_over_64_kb_is_rejected() {
    let root = Root::copy();
    root.write("profiles/marcus-k7m2q.yaml", "# x\n".repeat(20_000));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:1: the file has 80000 bytes, more than the 65536 that are read [too-large]
  help: shorten it, or split it
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn invalid_utf_8_is_rejected() {
    let root = Root::copy();
    root.write("profiles/marcus-k7m2q.yaml", b"id: marcus-k7m2q\nshown_name: \xff\xfe\n");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:2:13: the byte `0xFF` is not UTF-8 [invalid-utf-8]
  help: save the file as UTF-8
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn byte_order_mark_is_rejected() {
    let root = Root::copy();
    let text = root.read("profiles/marcus-k7m2q.yaml");
    root.write("profiles/marcus-k7m2q.yaml", format!("\u{feff}{text}"));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:1: the file begins with a byte order mark [byte-order-mark]
  help: save the file as UTF-8 without BOM
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn what_is_not_yaml_is_placed() {
    let root = Root::copy();
    root.write("profiles/marcus-k7m2q.yaml", "id: marcus-k7m2q\nshown_name: \"open\nnumber: 1\n");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:2:13: this is not YAML: invalid indentation in quoted scalar [not-yaml]
  help: look at the indentation, the colons and the quotes of this line and the one above
profiles/photos/marcus-k7m2q.jpg:1:1: no profile names this photo [photo-without-profile]
  help: add `photo:` with its description to the profile, or delete the file
2 problems in 2 files.

"#]]
    );
}

#[test]
fn stray_file_is_named() {
    let root = Root::copy();
    root.write("profiles/someone.yml", "id: x\n");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/someone.yml:1:1: this file is not read [stray-file]
  help: profiles end in .yaml; photos go to profiles/photos/
1 problem in 1 file.

"#]]
    );
}

#[test]
fn route_without_source_is_rejected() {
    let root = Root::copy();
    root.replace(
        "content/agencies/franklin-doc.yaml",
        "    source: https://doc.franklin.example/rules/mail\n    checked: 2026-10-01\n",
        "",
    );
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/agencies/franklin-doc.yaml:14:5: the key `checked` is missing [missing-key]
  help: add `checked:` to `routes[0]`, with its value
content/agencies/franklin-doc.yaml:14:5: the key `source` is missing [missing-key]
  help: add `source:` to `routes[0]`, with its value
2 problems in 1 file.

"#]]
    );
}

#[test]
fn unknown_placeholder_gets_the_nearest() {
    let root = Root::copy();
    root.replace("content/agencies/franklin-doc.yaml", "{mail_name}", "{mailname}");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/agencies/franklin-doc.yaml:17:10: there is no placeholder `{mailname}` [unknown-placeholder]
  help: did you mean {mail_name}?
1 problem in 1 file.

"#]]
    );
}

#[test]
fn bad_pattern_is_explained() {
    let root = Root::copy();
    root.replace("content/agencies/franklin-doc.yaml", "[0-9]{7}", "[0-9{7}");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/agencies/franklin-doc.yaml:6:12: `[0-9{7}` is not a regular expression [bad-pattern]
  help: unclosed character class
1 problem in 1 file.

"#]]
    );
}

#[test]
fn form_that_lacks_a_question_is_rejected() {
    let root = Root::copy();
    root.replace("content/forms/register.yaml", "name: birth_year", "name: born");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/forms/register.yaml:11:3: the form lacks the question `birth_year`, which the program needs [missing-question]
1 problem in 1 file.

"#]]
    );
}

#[test]
fn bad_string_is_placed() {
    let root = Root::copy();
    root.replace("content/en/site.ftl", "menu-how = How", "menu-how How");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/en/site.ftl:7:10: this is not Fluent: Expected a token starting with "=" [bad-string]
  help: a string is `name = words`; further lines are indented; arguments are { $name }
templates/html/layout.html:31:112: the string `menu-how` is missing in en [missing-string]
2 problems in 2 files.

"#]]
    );
}

#[test]
fn a_broken_facility_is_said_once_not_at_every_person_there() {
    let root = Root::copy();
    root.replace("content/facilities/river-bend.yaml", "agency:", "agancy:");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/facilities/river-bend.yaml:1:1: the key `agency` is missing [missing-key]
  help: add `agency:` to the file, with its value
content/facilities/river-bend.yaml:3:1: the key `agancy` is not known here [unknown-key]
  help: did you mean `agency`?
2 problems in 1 file.

"#]]
    );
}

#[test]
fn an_unreadable_vocabulary_is_said_once() {
    let root = Root::copy();
    root.write("content/vocabularies/interests.yaml", "- reading\n- chess\n");
    assert_data_eq!(
        problems(&root),
        str![[r#"
content/vocabularies/interests.yaml:1:1: the file must be a map of keys, and is a list [wrong-type]
  help: write `key: value` on lines of their own, further in than the key above
1 problem in 1 file.

"#]]
    );
}

#[test]
fn consent_of_more_than_a_year_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "renew_by: 2027-05-02", "renew_by: 2099-05-02");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:30:13: `renew_by` (`2099-05-02`) is more than a year after consent was last confirmed (`2026-10-01`) [consent-too-long]
  help: a yes holds for a year, then we ask again
1 problem in 1 file.

"#]]
    );
}

#[test]
fn missing_consent_is_said_once() {
    let root = Root::copy();
    let text = root.read("profiles/marcus-k7m2q.yaml");
    let (head, tail) = text.split_once("consent:\n").unwrap();
    let rest = tail.split_once("search_engines").unwrap().1;
    root.write("profiles/marcus-k7m2q.yaml", format!("{head}search_engines{rest}"));
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:1:1: the key `consent` is missing [missing-key]
  help: add `consent:` to the file, with its value
1 problem in 1 file.

"#]]
    );
}

#[test]
fn a_date_of_long_ago_is_rejected() {
    let root = Root::copy();
    root.replace("profiles/marcus-k7m2q.yaml", "listed: 2026-05-14", "listed: 1066-01-01");
    assert_data_eq!(
        problems(&root),
        str![[r#"
profiles/marcus-k7m2q.yaml:24:9: `listed` (`1066-01-01`) is before 1990 [date-too-early]
  help: look for a slip in the year
1 problem in 1 file.

"#]]
    );
}
