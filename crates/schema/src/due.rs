//! What editors should look at, with the day by which: facts that grow old, routes that end or begin, profiles whose release,
//! consent or check is near or past, envelopes that cannot be written. Nothing here keeps a site from being built.

use crate::person::check::shut_gate;
use crate::person::envelope::{Address, Gap, WIDTH, address_of, too_wide};
use crate::person::kinds::Status;
use crate::person::profile::{Profile, Release};
use crate::person::visibility::{CHECK_DUE_DAYS, Departure, departure};
use crate::place::agency::Agency;
use crate::place::catalogue::Catalogue;
use crate::place::changed::{Change, Changed};
use crate::place::kinds::{ListingGate, QuotedFor};
use crate::place::route::Route;
use crate::place::source::Source;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Serialize;
use std::cmp::Ordering;

/// How many days ahead a change is told.
pub const AHEAD_DAYS: i32 = 45;

/// How many days an unconfirmed fact may wait for somebody to confirm it.
pub const CONFIRM_DAYS: i32 = 30;

/// How many days a cited page that changed may wait for somebody to read it.
pub const READ_DAYS: i32 = 7;

/// The kind of tasks about cited pages that changed.
pub const CHANGED: &str = "a cited page may say something else now";

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Task {
    /// The day by which.
    pub due: Date,
    /// The file it is about.
    pub file: String,
    /// What it is, in a few words for an editor.
    pub what: String,
    /// Its kind, where it is housekeeping: nobody waits for it, and there are many alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// Everything to look at as of a day, what is due first at the top.
pub fn queue(catalogue: &Catalogue, profiles: &[Profile], day: Date) -> Vec<Task> {
    let mut desk = Desk { day, tasks: Vec::new() };
    for agency in catalogue.agencies.values() {
        desk.agency(agency);
        desk.cited(&agency_file(agency), &agency.sources, &catalogue.changed);
    }
    for facility in catalogue.facilities.values() {
        let file = format!("content/facilities/{}.yaml", facility.id);
        if let Some(checked) = facility.checked {
            desk.confirmed(&file, "the address", checked);
        }
        desk.routes(&file, &facility.routes);
    }
    for service in catalogue.services.values() {
        let file = format!("content/services/{}.yaml", service.id);
        desk.fact(&file, "the service", service.checked, service.confirmed);
        desk.cited(&file, &service.sources, &catalogue.changed);
    }
    if let Some(crawlers) = &catalogue.crawlers {
        desk.confirmed(crate::site::crawlers::FILE, "the names", crawlers.checked);
    }
    for profile in profiles {
        match departure(profile, catalogue, day).filter(|left| left.forgotten_from() <= day) {
            Some(left) => desk.leaver(profile, left),
            None if profile.status == Status::Withdrawn => desk.withdrawn(profile),
            None => desk.profile(profile, catalogue),
        }
    }
    desk.tasks.sort();
    desk.tasks.dedup();
    desk.tasks
}

struct Desk {
    day: Date,
    tasks: Vec<Task>,
}

impl Desk {
    fn add(&mut self, due: Date, file: &str, what: impl Into<String>) {
        self.tasks.push(Task { due, file: file.to_owned(), what: what.into(), kind: None });
    }

    fn add_alike(&mut self, due: Date, file: &str, kind: String, what: String) {
        self.tasks.push(Task { due, file: file.to_owned(), what, kind: Some(kind) });
    }

    /// Whether a day is past or near.
    fn is_near(&self, due: Date) -> bool {
        due <= after(self.day, AHEAD_DAYS)
    }

    /// A fact that was checked on a day: confirmed it holds for a while, unconfirmed it waits for somebody.
    fn fact(&mut self, file: &str, what: &str, checked: Date, confirmed: bool) {
        if confirmed {
            return self.confirmed(file, what, checked);
        }
        let kind = format!("{what}: not confirmed at the source");
        self.add_alike(after(checked, CONFIRM_DAYS), file, kind.clone(), kind);
    }

    /// A fact that nobody doubts.
    fn confirmed(&mut self, file: &str, what: &str, checked: Date) {
        let due = after(checked, CHECK_DUE_DAYS);
        if due < self.day {
            let kind = format!("{what}: checked over {CHECK_DUE_DAYS} days ago");
            self.add_alike(due, file, kind, format!("{what}: checked on {checked}, over {CHECK_DUE_DAYS} days ago"));
        }
    }

    /// Somebody who was listed before their agency's rule was read that stands now.
    fn gate(&mut self, profile: &Profile, agency: &Agency, file: &str) {
        let asks = match shut_gate(profile, agency) {
            Some(ListingGate::Permission) => {
                "lists people only with its form, signed: see theirs, or take the page down"
            }
            Some(ListingGate::Rule) => {
                "has not confirmed that people may be listed: ask, note it as `rule_read`, or take the page down"
            }
            Some(ListingGate::Open | ListingGate::Shut) | None => return,
        };
        self.add(agency.listing.checked.unwrap_or(self.day), file, format!("{} {asks}", agency.name));
    }

    /// What was left open when the sources were read.
    fn doubt(&mut self, file: &str, look_again: Option<&str>, sources: &[Source]) {
        if look_again.is_some() {
            let looked = sources.iter().map(|source| source.read).min().unwrap_or(self.day);
            let what = "some of it is in doubt: `look_again` there says what".to_owned();
            self.add_alike(after(looked, CONFIRM_DAYS), file, what.clone(), what);
        }
    }

    fn agency(&mut self, agency: &Agency) {
        let file = agency_file(agency);
        if let Some(checked) = agency.listing.checked {
            self.fact(&file, "the listing rule", checked, agency.listing.confirmed);
        }
        for other in &agency.other_mail {
            self.fact(&file, &format!("{} mail", other.kind.word()), other.checked, other.confirmed);
        }
        self.doubt(&file, agency.look_again.as_deref(), &agency.sources);
        self.routes(&file, &agency.routes);
    }

    /// Pages that are cited in a file, and may say something else now.
    fn cited(&mut self, file: &str, sources: &[Source], changed: &Changed) {
        for change in &changed.changes {
            for source in sources {
                let facts = change.doubts(source);
                if !facts.is_empty() {
                    self.add_alike(
                        after(change.since, READ_DAYS),
                        file,
                        CHANGED.to_owned(),
                        may_have_changed(change, &facts),
                    );
                } else if change.is_left_quoted(source) {
                    let kind = "a quotation that its page no longer holds".to_owned();
                    let what = format!(
                        "{kind}: {} ({}): quote what it says now, or another page",
                        change.difference(),
                        change.url
                    );
                    self.add_alike(after(source.read, CONFIRM_DAYS), file, kind, what);
                }
            }
        }
    }

    fn routes(&mut self, file: &str, routes: &[Route]) {
        let day = self.day;
        for route in routes.iter().filter(|route| route.until.is_none_or(|until| day <= until)) {
            self.fact(file, "the route of letters", route.checked, route.confirmed);
            if let Some(from) = route.from.filter(|from| day < *from && self.is_near(*from)) {
                self.add(from, file, "another route of letters begins");
            }
            if let Some(until) = route.until.filter(|until| self.is_near(*until)) {
                self.add(until, file, "a route of letters ends");
            }
        }
        let ended = routes.iter().filter_map(|route| route.until).max().filter(|until| *until < day);
        if let Some(until) = ended.filter(|_| !routes.iter().any(|route| route.holds_on(day))) {
            self.add(until, file, "the last route of letters has ended");
        }
    }

    /// Somebody whose time is over is to be forgotten, whyever they left. It is offered, not done: they may still say yes again.
    fn leaver(&mut self, profile: &Profile, left: Departure) {
        let (day, why, id) = (left.day, left.why.words(), &profile.id);
        let what = format!("no page since {day} ({why}): `inside-out forget {id}` deletes what is still kept of them");
        self.add(left.forgotten_from(), &format!("profiles/{id}.yaml"), what);
    }

    fn withdrawn(&mut self, profile: &Profile) {
        if profile.withdrawn.is_none() {
            let what =
                "withdrawn, and nobody wrote when: add `withdrawn: YYYY-MM-DD`, from which thirty days are counted";
            self.add(self.day, &format!("profiles/{}.yaml", profile.id), what);
        }
    }

    fn profile(&mut self, profile: &Profile, catalogue: &Catalogue) {
        let file = format!("profiles/{}.yaml", profile.id);
        self.consent(&file, profile.consent.renew_by);
        if let Release::Year(year) = profile.release {
            self.release(&file, year);
        }
        if let Some((_, agency)) = catalogue.place(&profile.facility) {
            self.gate(profile, agency, &file);
        }
        self.comparison(&file, profile);
        self.envelope(&file, profile, catalogue);
    }

    fn consent(&mut self, file: &str, renew_by: Date) {
        if renew_by < self.day {
            self.add(renew_by, file, "consent has ended: the page is hidden");
        } else if self.is_near(renew_by) {
            self.add(renew_by, file, "consent ends: ask again");
        }
    }

    fn release(&mut self, file: &str, year: i16) {
        let what = match year.cmp(&self.day.year()) {
            Ordering::Less => "past the release year: the page is hidden",
            Ordering::Equal => "release year",
            Ordering::Greater => return,
        };
        self.add(date(year, 12, 31), file, what);
    }

    /// Whether somebody was compared with the agency's records, and not too long ago.
    fn comparison(&mut self, file: &str, profile: &Profile) {
        let Some(checked) = profile.compared_on() else {
            return match profile.checked {
                Some(_) => {
                    let what = "name, year of birth, number or facility changed since it was checked: compare it again";
                    self.add(self.day, file, what);
                }
                None => self.add(profile.listed, file, "not yet checked at the agency"),
            };
        };
        let due = after(checked, CHECK_DUE_DAYS);
        if due < self.day {
            self.add(due, file, format!("checked on {checked}, over {CHECK_DUE_DAYS} days ago"));
        } else if self.is_near(due) {
            self.add(due, file, format!("checked on {checked}, soon {CHECK_DUE_DAYS} days ago"));
        }
    }

    fn envelope(&mut self, file: &str, profile: &Profile, catalogue: &Catalogue) {
        let lines = match address_of(profile, catalogue, self.day) {
            Address::Missing(gaps) => {
                let words: Vec<String> = gaps.iter().map(Gap::words).collect();
                return self.add(self.day, file, format!("no address: {}", words.join("; ")));
            }
            Address::Lines(lines) => lines,
        };
        // A facility's own line is said once, at the facility.
        let facility = catalogue.facilities.get(&profile.facility);
        for line in too_wide(&lines) {
            let of_facility = facility.filter(|facility| facility.name == *line || facility.address.contains(line));
            let file = of_facility.map_or(file.to_owned(), |it| format!("content/facilities/{}.yaml", it.id));
            self.add(self.day, &file, format!("an envelope's line of more than {WIDTH} characters: {line}"));
        }
    }
}

/// What changed of a cited page, the facts that it is cited for, and what to do.
fn may_have_changed(change: &Change, facts: &[QuotedFor]) -> String {
    let facts: Vec<&str> = facts.iter().map(|fact| fact.word()).collect();
    let (facts, what, url, since) = (facts.join(", "), change.difference(), &change.url, change.since);
    format!(
        "{facts} may have changed since {since}: {what}; read {url} and put its words and the day into `sources`, or, where \
         all still holds, `inside-out watch --seen {url}`"
    )
}

fn agency_file(agency: &Agency) -> String {
    format!("content/agencies/{}.yaml", agency.id)
}

/// So many days after a day.
fn after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
