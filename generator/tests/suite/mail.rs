//! The pages about letters: what stands on a person's page, on an agency's, and that none of it is empty or mixed up.

use crate::site::{Root, tree};

fn built(change: impl Fn(&Root)) -> Root {
    let root = Root::copy();
    change(&root);
    let said = root.build();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    root
}

#[test]
fn every_person_has_a_whole_envelope_or_is_told_what_is_missing() {
    let root = built(|root| {
        // A facility whose only route has ended, and a name that the post cannot read.
        root.replace(
            "content/agencies/superior-bureau.yaml",
            "from: 2025-07-01",
            "from: 2025-07-01\n    until: 2026-11-01",
        );
        root.replace("profiles/marcus-k7m2q.yaml", "mail_name: Marcus Thompson", "mail_name: Marcus 李");
    });
    let (mut whole, mut missing) = (0, 0);
    for (file, bytes) in tree(&root.path().join("site/people")) {
        let page = String::from_utf8(bytes).unwrap();
        if !page.contains("class=\"wrap person\"") {
            continue;
        }
        let says = page.contains("class=\"note warn missing\"");
        assert_ne!(says, page.contains("<address id=\"address\">"), "{}", file.display());
        assert!(!says || page.contains("how to address a letter, then write."), "{}", file.display());
        (whole, missing) = (whole + usize::from(!says), missing + usize::from(says));
    }
    assert!(whole > 10 && missing > 2, "{whole} whole, {missing} missing");
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(page.contains("cannot be read by the post"), "{page}");
}

#[test]
fn a_person_s_page_says_how_mail_travels_beside_the_writing() {
    let root = built(|_| ());
    let page = root.read("site/people/marcus-k7m2q/index.html");
    let write = page.split("<section class=\"write\"").nth(1).unwrap();
    for promise in [
        "You must be 18 or over to write. Never send money",
        "href=\"/write/#to=marcus-k7m2q\"",
        "The letter itself arrives. Staff of the prison open and read it.",
        "At most 10 pages in one envelope.",
        "Mail rules checked on 1 October 2026.",
        "Profile checked on",
        "https://doc.franklin.example/find",
        "href=\"/mail/franklin-doc/\"",
        "<span class=\"copy-number\">0123456</span>",
        "<span class=\"copy-number\">Franklin</span>",
        "Up to 6,000 characters in one message.",
        "You write first.",
    ] {
        assert!(write.contains(promise), "{promise}\n{write}");
    }
    let adult = write.find("18 or over").unwrap();
    assert!(adult < write.find("class=\"envelope").unwrap(), "safety stands where the writing starts");
}

#[test]
fn a_name_is_turned_alike_on_the_envelope_the_sheet_and_the_copy_field() {
    let root = built(|root| {
        root.replace("profiles/marcus-k7m2q.yaml", "mail_name: Marcus Thompson", "mail_name: Thompson, Marcus, Jr.");
    });
    let page = root.read("site/people/marcus-k7m2q/index.html");
    assert!(page.contains("<span class=\"line\">Marcus Thompson, Jr. 0123456</span>"), "{page}");
    assert!(page.contains("data-head=\"Marcus Thompson, Jr., DOC number 0123456\""), "{page}");
    assert!(page.contains("<span class=\"copy-number\">Marcus Thompson, Jr.</span>"), "{page}");
}

#[test]
fn a_change_that_is_near_is_said_where_the_letter_is_written() {
    let change = |file: &str, routes: &str| {
        let root = built(|root| {
            let (before, after) = root
                .read(file)
                .split_once("invented: true\n")
                .map_or_else(|| (root.read(file), ""), |(before, _)| (before.to_owned(), "invented: true\n"));
            root.write(file, format!("{before}{routes}{after}"));
        });
        (root.read("site/people/marcus-k7m2q/index.html"), root.read("site/mail/franklin-doc/index.html"))
    };
    let own = "routes:\n  - until: 2027-01-10\n    arrives: original\n    lines: [\"{mail_name} {number}\", PO Box 1]\n    rules: []\n    \
               source: https://doc.franklin.example/rules/mail\n    checked: 2026-10-01\n";
    let (page, _) = change("content/facilities/river-bend.yaml", own);
    let words =
        "The way of post that we know here ends on 10 January 2027, and we do not know the next one. Ask Franklin";
    assert!(page.contains(&format!("<p class=\"note warn coming\">{words}")), "{page}");
    assert!(page.contains("Address checked on 1 October 2026."), "the route says the address, and its day");
    let next = "  - from: 2027-01-22\n    arrives: screen\n    lines: [\"{mail_name} {number}\", PO Box 1]\n    rules: []\n    \
                source: https://doc.franklin.example/rules/mail\n    checked: 2026-10-01\n";
    // The page of the agency tells the same, by the same rule.
    let (page, agency) = change("content/agencies/franklin-doc.yaml", next);
    for page in [page, agency] {
        assert!(page.contains("On 22 January 2027 the way that letters travel here changes"), "{page}");
    }
    let (page, agency) = change("content/agencies/franklin-doc.yaml", &next.replace("2027-01-22", "2027-01-30"));
    for page in [page, agency] {
        assert!(!page.contains("the way that letters travel here changes"), "61 days ahead is too early");
    }
    let ends = root_with_an_end();
    let words = "The way of post that we know here ends on 20 December 2026";
    for page in ["site/people/marcus-k7m2q/index.html", "site/mail/franklin-doc/index.html"] {
        assert!(ends.read(page).contains(words), "{page}");
    }
}

/// A root whose agency has a way of post that ends soon, and none that follows.
fn root_with_an_end() -> Root {
    built(|root| {
        let file = "content/agencies/franklin-doc.yaml";
        let agency = root.read(file);
        let (before, after) = agency.split_once("    arrives:").unwrap();
        root.write(file, format!("{before}    until: 2026-12-20\n    arrives:{after}"));
    })
}

#[test]
fn the_day_on_which_an_address_was_looked_up_is_said_where_it_is_known() {
    let page = built(|_| ()).read("site/people/marcus-k7m2q/index.html");
    let checked = page.split("<p class=\"checked\">").nth(1).unwrap();
    assert!(checked.starts_with("Address checked on 1 October 2026. Profile checked on"), "{checked}");
    let root = built(|root| {
        let source = "source: https://doc.franklin.example/places/river-bend\nchecked: 2026-10-01\n";
        root.replace("content/facilities/river-bend.yaml", source, "");
    });
    assert!(!root.read("site/people/marcus-k7m2q/index.html").contains("Address checked"));
}

#[test]
fn what_is_said_of_listings_has_its_source_and_day() {
    let root = built(|_| ());
    for agency in ["illinois-doc", "texas-doc"] {
        let page = root.read(&format!("site/mail/{agency}/index.html"));
        let listing = page.split("Being listed").nth(1).unwrap();
        for words in [
            "We do not know the rule for listing.",
            "Looked up on 27 November 2026.",
            "href=\"https://",
            "Confirm it with the agency.",
        ] {
            assert!(listing.contains(words), "{agency}: {words}\n{listing}");
        }
    }
}

#[test]
fn where_facts_were_read_stands_on_the_page_in_the_words_of_the_source() {
    let page = built(|_| ()).read("site/mail/texas-doc/index.html");
    let sources = page.split("Where we read this").nth(1).unwrap();
    for words in [
        "The agency’s own page.",
        "Read on 27 November 2026, in a stored copy",
        "PO Box 660400 Dallas, TX 75266-0400</blockquote>",
    ] {
        assert!(sources.contains(words), "{words}\n{sources}");
    }
}

#[test]
fn how_a_letter_travels_is_told_where_its_address_is_not_known() {
    let root = built(|_| ());
    let page = root.read("site/mail/delaware-doc/index.html");
    assert!(
        page.contains("We do not know how letters are addressed here.") && !page.contains("<address id=\"address\">")
    );
    assert!(page.contains("A copy on paper arrives, not the letter itself."), "{page}");
}

#[test]
fn what_an_agency_counts_as_a_page_is_told_as_it_counts() {
    let root = built(|_| ());
    for (agency, words) in [
        ("virginia-doc", "Send at most 2 sheets: the envelope is copied too, and counts as a page."),
        ("new-hampshire-doc", "At most 10 sheets in one envelope; both sides may be used."),
    ] {
        assert!(root.read(&format!("site/mail/{agency}/index.html")).contains(words), "{agency}");
    }
}

#[test]
fn agencies_of_which_something_is_known_have_a_page_and_no_page_is_empty() {
    let root = built(|_| ());
    let list = root.read("site/mail/index.html");
    for (agency, words) in [
        ("tennessee-doc", "TDOC ID# 000000"),
        ("pennsylvania-doc", "First Last/000000"),
        ("florida-doc", "Last, First, DC#000000"),
        ("montana-doc", "The press wrote in 2009"),
        ("arizona-doc", "struck it down in 2003"),
        ("franklin-doc", "Franklin Department of Corrections"),
    ] {
        assert!(list.contains(&format!("href=\"/mail/{agency}/\"")), "{agency}");
        let page = root.read(&format!("site/mail/{agency}/index.html"));
        assert!(page.contains(words), "{agency}: {page}");
    }
    assert!(
        list.contains("CorrLinks") && !list.contains("BlueBox"),
        "services made up for a sample are not shown as real"
    );
    let florida = root.read("site/mail/florida-doc/index.html");
    assert!(florida.contains("Listing is not allowed.") && florida.contains("Ask the agency before you send."));
    let index = root.read("site/places/index.html");
    assert!(!index.contains("Tennessee"), "no list without people");
}

#[test]
fn legal_mail_and_books_are_never_on_a_letter_s_envelope() {
    let root = built(|_| ());
    for agency in ["virginia-doc", "pennsylvania-doc"] {
        let page = root.read(&format!("site/mail/{agency}/index.html"));
        let envelope = page.split("<address id=\"address\">").nth(1).unwrap().split("</address>").next().unwrap();
        assert!(!envelope.contains("State Farm") && !envelope.contains("Bellefonte"), "{envelope}");
        assert!(page.contains("None of this is an address for a letter."), "{agency}");
    }
}

#[test]
fn an_e_message_service_that_nobody_has_looked_for_is_not_none() {
    let (facility, agency) = ("content/facilities/river-bend.yaml", "content/agencies/franklin-doc.yaml");
    let marcus = |services: &str, of_agency: &str| {
        let root = built(|root| {
            root.replace(facility, "services: [pigeonpost]\n", services);
            root.replace(agency, "invented: true\n", &format!("{of_agency}invented: true\n"));
        });
        root.read("site/people/marcus-k7m2q/index.html")
    };
    let (none, unknown) =
        ("There is no e-message service here.", "We do not know whether an e-message service works here.");
    let (tap, sign_up) = ("<h4>TapLetter</h4>", "copies");
    for (services, of_agency, says, lacks) in [
        ("", "", unknown, [none, tap, sign_up]),
        ("services: []\n", "", none, [unknown, tap, sign_up]),
        ("", "services: [tapletter]\n", tap, [unknown, none, "PigeonPost"]),
        ("services: []\n", "services: [tapletter]\n", none, [unknown, tap, sign_up]),
    ] {
        let page = marcus(services, of_agency);
        assert!(page.contains(says), "{services:?} {of_agency:?}");
        lacks.iter().for_each(|words| assert!(!page.contains(words), "{services:?} {of_agency:?}: {words}"));
    }
}
