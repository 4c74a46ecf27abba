//! A small site for tests: files, photos, and whose they are.

use crate::headers::Headers;
use crate::manifest::{Entry, Files};
use crate::subject::Subject;
use schema::ground::hash::content_hash;
use schema::person::profile::ProfileId;
use site::ledger::Kind;
use site::site_path::SitePath;
use site::standing::{Standing, Standings};
use std::collections::{BTreeMap, BTreeSet};

/// Whose each photo is: of several, where it is the very picture of each.
pub(crate) type Photos = BTreeMap<String, BTreeSet<String>>;

/// A small site: its files and their bytes.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) bytes: BTreeMap<String, Vec<u8>>,
    pub(crate) photos: Photos,
    pub(crate) people: BTreeSet<String>,
    /// Where those stand of whom the build knows more than that they are here, or are not.
    pub(crate) standings: Standings,
}

/// People by number, each with the turn of their photo; the turn of the style; the turn of the words.
pub(crate) fn site(people: &[(u8, u8)], style: u8, words: u8) -> Site {
    let mut bytes: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut photos = BTreeMap::new();
    let css = format!("assets/site-{:012x}.css", 0xaaaa_0000 + u64::from(style));
    let mut list = format!("<link href=\"/{css}\">");
    for (number, turn) in people {
        let photo = format!("photos/{:016x}-160.jpg", 0xbbbb_0000 + u64::from(*number) * 256 + u64::from(*turn));
        let page = format!("<link href=\"/{css}\"><img src=\"/{photo}\"> {} words {words}", id(*number));
        bytes.insert(format!("people/{}/index.html", id(*number)), page.into_bytes());
        list.push_str(&format!("<a href=\"/people/{}/\"><img src=\"/{photo}\"></a>", id(*number)));
        bytes.insert(photo.clone(), format!("photo {number} {turn}").into_bytes());
        photos.insert(photo, BTreeSet::from([id(*number)]));
    }
    let search = format!("search/en-{:.12}.json", content_hash(list.as_bytes()));
    bytes.insert(search.clone(), list.clone().into_bytes());
    bytes.insert("people/index.html".into(), format!("{list}<script src=\"/{search}\">").into_bytes());
    if people.len() > 2 {
        bytes.insert("people/page/2/index.html".into(), list.into_bytes());
    }
    bytes.insert(css.clone(), format!("style {style}").into_bytes());
    bytes.insert("index.html".into(), format!("<link href=\"/{css}\"> words {words}").into_bytes());
    bytes.insert("410.html".into(), format!("<link href=\"/{css}\"> taken down").into_bytes());
    let people = people.iter().map(|(number, _)| id(*number)).collect();
    Site { bytes, photos, people, standings: Standings::new() }
}

/// The id of a person of a number.
pub(crate) fn id(number: u8) -> String {
    let digit = |number: u8| char::from(b'2' + number % 8);
    format!("ana-k7{}{}q", digit(number / 8), digit(number))
}

impl Site {
    /// The same, of which the build says where somebody stands.
    pub(crate) fn with(mut self, person: &str, standing: Standing) -> Self {
        self.standings.insert(ProfileId::parse(person).unwrap(), standing);
        self
    }

    /// The same, with the photo of one person as that of another too.
    pub(crate) fn sharing(mut self, one: u8, other: u8) -> Self {
        let (photo, own) = (self.photo_of(&id(one)), self.photo_of(&id(other)));
        self.bytes.remove(&own);
        self.photos.remove(&own);
        self.photos.get_mut(&photo).unwrap().insert(id(other));
        for bytes in self.bytes.values_mut() {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replace(&own, &photo).into_bytes();
        }
        self
    }

    /// The path of somebody's photo.
    pub(crate) fn photo_of(&self, person: &str) -> String {
        self.photos.iter().find(|(_, owners)| owners.contains(person)).unwrap().0.clone()
    }

    pub(crate) fn files(&self) -> Files {
        crate::small::files(&self.bytes, &self.photos)
    }
}

/// What a file of the small sites of these tests is, by its path.
pub(crate) fn kind_of(path: &str) -> Kind {
    match path.split_once('/').map_or("", |(folder, _)| folder) {
        "assets" => Kind::Asset,
        "photos" => Kind::Photo,
        "search" => Kind::Search,
        "people" if person_of(path).is_some() => Kind::Person,
        "people" => Kind::List,
        _ if path == "410.html" => Kind::Gone,
        _ if path == "index.html" => Kind::Home,
        _ => Kind::Words,
    }
}

/// The person whose page a path is.
pub(crate) fn person_of(path: &str) -> Option<&str> {
    path.split('/').find(|segment| ProfileId::parse(segment).is_some())
}

/// Whose a path is: that of a page, of a photo, or of neither.
pub(crate) fn whose<'a>(path: &'a str, photos: &'a Photos) -> Vec<&'a str> {
    person_of(path).into_iter().chain(photos.get(path).into_iter().flatten().map(String::as_str)).collect()
}

/// The files of a small site, photos with whose they are.
pub(crate) fn files(bytes: &BTreeMap<String, Vec<u8>>, photos: &Photos) -> Files {
    let entry = |(path, bytes): (&String, &Vec<u8>)| {
        let site_path = SitePath::new(path).unwrap();
        let people = whose(path, photos).into_iter().filter_map(ProfileId::parse).collect();
        let subject = Subject { kind: kind_of(path), people };
        let headers = Headers::of(&site_path, &subject).hash();
        let (hash, size) = (content_hash(bytes), bytes.len() as u64);
        (site_path, Entry { subject, hash, headers, size, version: None })
    };
    bytes.iter().map(entry).collect()
}
