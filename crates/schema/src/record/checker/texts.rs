//! Texts, numbers and addresses.

use super::Checker;
use crate::ground::problem::quoted;
use crate::ground::text;
use crate::yaml::Text;
use std::ops::RangeInclusive;

impl Checker<'_> {
    /// A text on one line, within a length; tidied.
    pub fn line(&mut self, key: &str, value: Option<&Text>, length: RangeInclusive<usize>) -> Option<String> {
        let tidy = self.text(key, value, length)?;
        if tidy.contains(['\n', '\t']) {
            self.wrong(key, "not-one-line", format!("`{key}` must be one line"), None);
            return None;
        }
        Some(tidy)
    }

    /// An optional text on one line.
    pub fn optional_line(&mut self, key: &str, value: Option<&Text>, length: RangeInclusive<usize>) -> Option<String> {
        value.and_then(|text| self.line(key, Some(text), length))
    }

    /// A text of any number of lines, within a length in characters; tidied.
    pub fn text(&mut self, key: &str, value: Option<&Text>, length: RangeInclusive<usize>) -> Option<String> {
        let written = self.required(key, value)?;
        let tidy = text::tidy(written.as_str());
        if let Some(bad) = text::first_unwanted(&tidy) {
            let message = format!("`{key}` holds the unseen character `U+{:04X}`", bad as u32);
            self.wrong(key, "unwanted-character", message, Some("delete it, or type the words again".into()));
            return None;
        }
        if text::is_stacked(&tidy) {
            self.wrong(key, "stacked-marks", format!("`{key}` holds more than eight accents on one letter"), None);
            return None;
        }
        self.length(key, &tidy, &length).then_some(tidy)
    }

    fn length(&mut self, key: &str, tidy: &str, allowed: &RangeInclusive<usize>) -> bool {
        let count = text::length(tidy);
        let (rule, message, help) = match count {
            _ if tidy.is_empty() || tidy == "~" => {
                ("empty", format!("`{key}` is empty"), format!("write it after `{key}:`"))
            }
            _ if text::weight(tidy) < *allowed.start() => (
                "too-short",
                format!("`{key}` has {count} characters, fewer than {}: {}", allowed.start(), quoted(tidy)),
                format!("write {} to {} characters", allowed.start(), allowed.end()),
            ),
            long if long > *allowed.end() => (
                "too-long",
                format!("`{key}` has {long} characters, more than {}: {}", allowed.end(), quoted(tidy)),
                format!("shorten it to {} characters", allowed.end()),
            ),
            _ => return true,
        };
        self.wrong(key, rule, message, Some(help));
        false
    }

    /// A whole number within limits.
    pub fn number(&mut self, key: &str, value: Option<&Text>, allowed: RangeInclusive<u32>) -> Option<u32> {
        let written = self.required(key, value)?;
        let plain = written.as_str().chars().all(|c| c.is_ascii_digit());
        let number = written.as_str().parse().ok().filter(|number| plain && allowed.contains(number));
        if number.is_none() {
            let (low, high) = (allowed.start(), allowed.end());
            let message =
                format!("`{key}` must be a whole number from {low} to {high}, and is {}", quoted(written.as_str()));
            let help = format!("write it in digits alone, like {low}");
            self.wrong(key, "not-a-number", message, Some(help));
        }
        number
    }

    /// An `https://` address. Rules `not-an-address`, `example-address`.
    pub fn web_address(&mut self, key: &str, value: Option<&Text>) -> Option<String> {
        let address = self.line(key, value, 12..=400)?;
        let host = address.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let sound = host.contains('.') && !address.contains(char::is_whitespace) && !address.contains(['"', '<', '>']);
        if !sound {
            let message = format!("`{key}` is not a web address: {}", quoted(&address));
            self.wrong(key, "not-an-address", message, Some("write it whole, beginning with https://".into()));
        }
        if text::is_example_host(host) {
            self.only_in_a_sample("example-address", format!("{} leads nowhere", quoted(&address)), key);
        }
        sound.then_some(address)
    }
}
