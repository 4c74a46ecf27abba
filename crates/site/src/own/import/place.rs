//! What agencies, facilities and services have in common for whoever brings them in.

use crate::facts;
use anyhow::Result;
use jiff::civil::Date;
use schema::ground::problem::Problem;
use schema::place::agency::Agency;
use schema::place::catalogue::Catalogue;
use schema::place::check::check_facility;
use schema::place::facility::Facility;
use schema::place::service::Service;
use schema::record::facts::Around;
use schema::record::fields::{Record, check_file};
use schema::yaml::{guard, read};
use serde_yaml::Value;
use std::path::Path;

/// Where something is brought in.
pub(super) struct Here<'a> {
    pub(super) root: &'a Path,
    /// What is known there, and what has been brought in so far.
    pub(super) catalogue: Catalogue,
    pub(super) today: Date,
}

/// A kind of place that has a file of its own.
pub(super) trait Place: Record {
    /// The folder below `content`.
    const FOLDER: &str;

    /// The one of an id that is known.
    fn known<'a>(catalogue: &'a Catalogue, id: &str) -> Option<&'a Self>;

    /// Makes one known.
    fn make_known(self, catalogue: &mut Catalogue, id: String);

    /// As its file would say it.
    fn value(&self) -> serde_yaml::Result<Value>;

    /// Holds a file against the rules of `check`.
    fn judge(file: &Self::File, id: &str, here: &Here<'_>, found: Vec<Problem>) -> (Option<Self>, Vec<Problem>) {
        check_file(file, id, Around { facts: &here.catalogue, today: here.today }, found)
    }

    /// What a text becomes by the rules of `check`, or what is wrong with it.
    fn of(text: &str, id: &str, here: &Here<'_>) -> Result<Self, String> {
        let (place, problems) = match guard(text.as_bytes()) {
            Err(problems) => (None, problems),
            Ok(text) => {
                let (file, found) = read::<Self::File>(text);
                Self::judge(&file, id, here, found)
            }
        };
        let said = |problem: &Problem| match &problem.help {
            Some(help) => format!("{} ({help})", problem.message),
            None => problem.message.clone(),
        };
        let why: Vec<String> = problems.iter().map(said).collect();
        place.filter(|_| why.is_empty()).ok_or_else(|| why.join("; "))
    }
}

impl Place for Agency {
    const FOLDER: &str = "agencies";

    fn known<'a>(catalogue: &'a Catalogue, id: &str) -> Option<&'a Self> {
        catalogue.agencies.get(id)
    }

    fn make_known(self, catalogue: &mut Catalogue, id: String) {
        catalogue.agencies.insert(id, self);
    }

    fn value(&self) -> serde_yaml::Result<Value> {
        facts::agency(self)
    }
}

impl Place for Facility {
    const FOLDER: &str = "facilities";

    fn known<'a>(catalogue: &'a Catalogue, id: &str) -> Option<&'a Self> {
        catalogue.facilities.get(id)
    }

    fn make_known(self, catalogue: &mut Catalogue, id: String) {
        catalogue.facilities.insert(id, self);
    }

    fn value(&self) -> serde_yaml::Result<Value> {
        facts::facility(self)
    }

    fn judge(file: &Self::File, id: &str, here: &Here<'_>, found: Vec<Problem>) -> (Option<Self>, Vec<Problem>) {
        check_facility(file, id, &here.catalogue, here.today, found)
    }
}

impl Place for Service {
    const FOLDER: &str = "services";

    fn known<'a>(catalogue: &'a Catalogue, id: &str) -> Option<&'a Self> {
        catalogue.services.get(id)
    }

    fn make_known(self, catalogue: &mut Catalogue, id: String) {
        catalogue.services.insert(id, self);
    }

    fn value(&self) -> serde_yaml::Result<Value> {
        facts::service(self)
    }
}
