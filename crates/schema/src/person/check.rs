//! A profile checked against the facts: by itself, and by the agency that it names.

use crate::ground::problem::{Problem, quoted};
use crate::ground::text::tidy;
use crate::person::contact::immigration_number;
use crate::person::profile::{Profile, ProfileFile};
use crate::person::visibility::{Visibility, visibility};
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::place::kinds::ListingGate;
use crate::record::checker::Checker;
use crate::record::facts::Around;
use crate::record::fields::Record;
use jiff::civil::Date;

/// Checks a profile's file against the catalogue, as of `today`.
pub fn check_profile(
    file: &ProfileFile,
    stem: &str,
    catalogue: &Catalogue,
    today: Date,
    structural: Vec<Problem>,
) -> (Option<Profile>, Vec<Problem>) {
    let mut checker = Checker::new(structural, Around { facts: catalogue, today }, stem);
    let profile = Profile::check(&mut checker, file);
    check_number(&mut checker, catalogue, file);
    check_is_real(&mut checker, catalogue, file);
    if let Some(profile) = &profile {
        check_gate(&mut checker, catalogue, profile);
    }
    (profile, checker.finish())
}

/// A number is none that opens somebody's papers, and has the form that the agency gives: rules `immigration-number`,
/// `number-does-not-match`.
fn check_number(checker: &mut Checker<'_>, catalogue: &Catalogue, file: &ProfileFile) {
    if let Some(found) = file.number.as_ref().and_then(|number| immigration_number(number.as_str())) {
        let message = format!("`number` cannot hold {}: {}", found.kind.word(), quoted(&found.text));
        return checker.wrong("number", found.kind.rule(), message, Some(found.kind.help().to_owned()));
    }
    let Some((_, agency)) = file.facility.as_ref().and_then(|id| catalogue.place(id.as_str())) else { return };
    let number = file.number.as_ref().map(|number| tidy(number.as_str()));
    if let Some(number) = number.filter(|number| !number.is_empty() && !agency.may_have_number(number)) {
        let message = format!("{} is not a {} of {}", quoted(&number), agency.number_label(), agency.name);
        let example = agency.number.as_ref().and_then(|rule| rule.example.as_ref());
        let help = example.map(|example| format!("it looks like `{example}`"));
        checker.wrong("number", "number-does-not-match", message, help);
    }
}

/// Where the site is no sample, nobody lives in a place that is invented: rule `invented-facility`.
fn check_is_real(checker: &mut Checker<'_>, catalogue: &Catalogue, file: &ProfileFile) {
    let place = file.facility.as_ref().and_then(|id| catalogue.place(id.as_str()));
    if let Some((facility, agency)) = place.filter(|(_, agency)| agency.invented) {
        let message = format!("{} is a facility of {}, which is invented", quoted(&facility.id), agency.name);
        checker.only_in_a_sample("invented-facility", message, "facility");
    }
}

/// The gate of somebody's agency through which they have not come, if there is one. What another agency said or signed opens nothing.
pub(crate) fn shut_gate(profile: &Profile, agency: &Agency) -> Option<ListingGate> {
    let is_theirs = profile.cleared_with.as_ref().is_some_and(|with| agency.was_ever(with));
    let is_open = match agency.listing.gate() {
        ListingGate::Rule => is_theirs && profile.rule_read.is_some(),
        ListingGate::Permission => is_theirs && profile.permission_seen.is_some(),
        ListingGate::Open | ListingGate::Shut => true,
    };
    (!is_open).then(|| agency.listing.gate())
}

/// Whether somebody was listed in this very agency before its rule was read that stands now. That keeps nobody else from being
/// published; the queue asks for them, and whoever looks them up next must settle it. Where they are, whoever promoted or compared
/// them has noted: of anybody else nobody knows, and whoever was moved by hand was not there.
fn was_there_before(profile: &Profile, agency: &Agency) -> bool {
    let compared = profile.compared_on();
    let is_known = match &profile.cleared_with {
        Some(with) => agency.was_ever(with) && (compared.is_some() || profile.checked.is_none()),
        None => compared.is_some(),
    };
    let known = compared.unwrap_or(profile.listed);
    is_known && agency.listing.checked.is_some_and(|read| known < read)
}

/// Whoever has a page came through the gate of their agency: rules `rule-not-read`, `permission-not-seen`. Where the gate is shut,
/// they have none.
fn check_gate(checker: &mut Checker<'_>, catalogue: &Catalogue, profile: &Profile) {
    let is_shown = !matches!(visibility(profile, catalogue, checker.today()), Visibility::Hidden(_));
    let Some((_, agency)) = catalogue.place(&profile.facility).filter(|_| is_shown) else { return };
    let name = &agency.name;
    match shut_gate(profile, agency).filter(|_| !was_there_before(profile, agency)) {
        Some(ListingGate::Rule) => {
            let message = format!("nobody has confirmed that {name} lets people be listed");
            let help = "read the rule or ask the agency, then promote with --rule-read \"where you read it\", or write it as \
                        `rule_read` with the agency's id as `cleared_with`, and into the agency's file; until then, and if it is forbidden, they cannot be listed";
            checker.wrong("rule_read", "rule-not-read", message, Some(help.into()));
        }
        Some(ListingGate::Permission) => {
            let message = format!("{name} lets people be listed only with its form, signed");
            let help = "once you have seen the form, promote with --permission-seen YYYY-MM-DD, or write that day as \
                        `permission_seen` with the agency's id as `cleared_with`; until then they cannot be listed";
            checker.wrong("permission_seen", "permission-not-seen", message, Some(help.into()));
        }
        Some(ListingGate::Open | ListingGate::Shut) | None => {}
    }
}
