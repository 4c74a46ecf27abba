//! The addresses of the site that several of its parts name, each made here alone. What a language's addresses begin with, and
//! the site's own name, come before them.

use crate::form::Form;
use std::fmt::Display;

/// Where everybody is listed.
pub const PEOPLE: &str = "/people/";

/// What the addresses of the function begin with.
pub const SEND: &str = "/send/";

/// The page of a person, by their id.
pub fn person(id: impl Display) -> String {
    format!("{PEOPLE}{id}/")
}

/// The page of an empty form.
pub fn form(form: &Form) -> String {
    format!("/{}/", form.address)
}

/// Where the function shows what became of something that was sent.
pub const MINE: &str = "mine";

/// Where the function shows a form, or what else of its own has an address.
pub fn send(address: &str) -> String {
    format!("{SEND}{address}")
}
