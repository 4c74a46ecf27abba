//! The words of names, places, interests and introductions, in order, each with the numbers of those who use it. A file begins
//! with its words; the script reads those, then only the piece of the words it looks for.

use super::fold;
use super::index::Index;
use super::postings::bytes;
use crate::source::Root;
use rayon::prelude::*;
use schema::person::profile::Profile;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use templates::markdown::plain;

/// A file is closed when it holds so many bytes, few enough to be read whole, or more where there would be too many files.
const FULL: usize = 6_000;
/// The most files.
const FILES: usize = 48;
/// Interests are found by their words in these languages, whatever language the page is in.
const LANGUAGES: [&str; 2] = ["en", "es"];

/// The words by which a person is found.
pub(super) fn words_of(site: &Root, person: &Profile) -> Vec<String> {
    let mut words = fold::words(&person.shown_name);
    // So short a word is looked for whole; a name is found by its beginning all the same.
    let beginnings = |word: &String| [1, 2].map(|letters| word.chars().take(letters).collect::<String>());
    words.extend(words.iter().flat_map(beginnings).collect::<Vec<String>>());
    if let Some((facility, agency)) = site.content.catalogue.place(&person.facility) {
        words.extend(fold::words(&facility.name));
        words.extend(facility.other_names.iter().flat_map(|name| fold::words(name)));
        words.extend(fold::words(&facility.place));
        let state = site.content.catalogue.jurisdiction(&agency.jurisdiction);
        words.extend(
            state.into_iter().flat_map(|state| LANGUAGES.map(|lang| fold::words(state.name.get(lang)))).flatten(),
        );
    }
    for interest in &person.interests {
        for lang in LANGUAGES {
            words.extend(fold::words(site.content.catalogue.interests.name(interest, lang)));
        }
    }
    words.extend(fold::words(&plain(&person.introduction)));
    words
}

/// Writes the files; tells first word, hash, bytes of the words, bytes in all of each.
pub(super) fn add(index: &mut Index, site: &Root, people: &[&Profile]) -> Vec<(String, String, usize, usize)> {
    let words = gather(site, people);
    let lists: Vec<(&String, Vec<u8>)> =
        words.par_iter().map(|(word, numbers)| (word, bytes(numbers, people.len()))).collect();
    let total: usize = lists.iter().map(|(_, list)| list.len()).sum();
    let full = FULL.max(total / FILES);
    let mut files = Vec::new();
    let mut part: Vec<&(&String, Vec<u8>)> = Vec::new();
    let mut size = 0;
    for list in &lists {
        // Forms of one word stay together: whoever looks for `garden` also wants `gardening`.
        let stem = |word: &str| word.chars().take(4).collect::<String>();
        let is_new = part.last().is_none_or(|(before, _)| stem(before) != stem(list.0));
        if size >= full && is_new {
            files.extend(add_part(index, &std::mem::take(&mut part)));
            size = 0;
        }
        part.push(list);
        size += list.1.len() + list.0.len() / 2 + 4;
    }
    files.extend(add_part(index, &part));
    files
}

/// Each word on a line: how many characters it shares with the one before, the rest of it, and the bytes of its list. Of no words
/// there is no file.
fn add_part(index: &mut Index, part: &[&(&String, Vec<u8>)]) -> Option<(String, String, usize, usize)> {
    let (first, _) = part.first()?;
    let mut head = String::new();
    let mut before = "";
    for (word, list) in part {
        let shared = word.chars().zip(before.chars()).take_while(|(one, other)| one == other).count().min(35);
        let rest: String = word.chars().skip(shared).collect();
        let digit = char::from_digit(u32::try_from(shared).unwrap_or(0), 36).unwrap_or('0');
        // Writing into a text cannot fail.
        let _ = writeln!(head, "{digit}{rest} {}", list.len());
        before = word;
    }
    let length = head.len();
    let mut bytes = head.into_bytes();
    part.iter().for_each(|(_, list)| bytes.extend(list));
    let size = bytes.len();
    Some(((*first).clone(), index.add(bytes, "bin"), length, size))
}

/// Every word with the numbers of those who use it.
fn gather(site: &Root, people: &[&Profile]) -> BTreeMap<String, Vec<u32>> {
    const TOGETHER: usize = 2_000;
    let parts: Vec<BTreeMap<String, Vec<u32>>> = people
        .par_chunks(TOGETHER)
        .enumerate()
        .map(|(part, people)| {
            let mut words: HashMap<String, Vec<u32>> = HashMap::new();
            for (at, person) in people.iter().enumerate() {
                let number = u32::try_from(part * TOGETHER + at).unwrap_or(u32::MAX);
                for word in words_of(site, person) {
                    let numbers = words.entry(word).or_default();
                    if numbers.last() != Some(&number) {
                        numbers.push(number);
                    }
                }
            }
            words.into_iter().collect()
        })
        .collect();
    let mut all: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for part in parts {
        for (word, numbers) in part {
            all.entry(word).or_default().extend(numbers);
        }
    }
    all
}
