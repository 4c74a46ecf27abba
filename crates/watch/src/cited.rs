//! Which pages are cited, and what is quoted from each.

use jiff::civil::Date;
use schema::ground::failure::Failure;
use schema::ground::nearest::nearest;
use schema::ground::problem::quoted;
use schema::place::catalogue::Catalogue;
use schema::place::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// A cited page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cited {
    /// What is quoted from it, each once.
    pub(crate) quotes: BTreeSet<String>,
    /// The day on which the first of those who cite it read it last: a change since then has not been seen by all.
    pub(crate) read: Date,
}

/// Every cited page, by its address.
pub(crate) fn cited(catalogue: &Catalogue) -> BTreeMap<String, Cited> {
    let of_agencies = catalogue.agencies.values().flat_map(|agency| &agency.sources);
    let of_services = catalogue.services.values().flat_map(|service| &service.sources);
    gather(of_agencies.chain(of_services))
}

/// The addresses that some agencies cite, and the services that they name.
///
/// # Errors
/// That one of them is not known.
pub(crate) fn cited_by(catalogue: &Catalogue, agencies: &[String]) -> Result<BTreeSet<String>, Failure> {
    let mut addresses = BTreeSet::new();
    for id in agencies {
        let agency = catalogue.agencies.get(id).ok_or_else(|| unknown(catalogue, id))?;
        let services = agency.services.iter().flatten().filter_map(|id| catalogue.services.get(id));
        let sources = agency.sources.iter().chain(services.flat_map(|service| &service.sources));
        addresses.extend(sources.map(|source| source.url.clone()));
    }
    Ok(addresses)
}

fn unknown(catalogue: &Catalogue, id: &str) -> Failure {
    let failure = Failure::new(format!("there is no agency {} in content/agencies", quoted(id)));
    match nearest(id, catalogue.agencies.keys().map(String::as_str)) {
        Some(near) => failure.help(format!("did you mean {near}?")),
        None => failure.help("it is the name of its file, without .yaml"),
    }
}

fn gather<'a>(sources: impl Iterator<Item = &'a Source>) -> BTreeMap<String, Cited> {
    let mut cited: BTreeMap<String, Cited> = BTreeMap::new();
    for source in sources {
        let quotes = source.quotes.iter().map(|quote| quote.words.clone());
        let page = cited.entry(source.url.clone());
        let page = page.or_insert_with(|| Cited { quotes: BTreeSet::new(), read: source.read });
        page.quotes.extend(quotes);
        page.read = page.read.min(source.read);
    }
    cited
}
