//! `content/site.yaml`: the site itself.

use crate::ground::ids::is_language_code;
use crate::ground::problem::{At, Problem, quoted};
use crate::ground::text::is_example_host;
use crate::ground::zone::Zone;
use crate::record::checker::Checker;
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault};
use crate::record::rule::{Line, Lines, Number, Within, YesNo, rule};
use crate::yaml::Text;

record! {
    /// The site, checked.
    #[derive(Default)]
    pub struct SiteSettings from SiteFile {
        /// What the site is called.
        name: String = Line<1, 60>,
        /// Its address, without a slash at the end.
        url: String = SiteAddress,
        /// `true` where people and places are invented, which every page then says.
        sample: bool = YesNo,
        /// Language ids; the first is the one at `/`.
        languages: Vec<String> = SiteLanguages,
        /// How many people stand on one browse page.
        people_per_page: u32 = Number<6, 200>,
        /// How to reach us.
        contact: Contact = Within<Contact>,
        /// Where the site's days are counted: a time zone's name, like `America/Chicago`; UTC where it is left out.
        #[serde(default)]
        time_zone: Zone = OrDefault<ZoneName>,
        /// `true` where the words, pages, forms, lists and looks that this folder does not hold are the program's own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        base: bool = OrDefault<YesNo>,
        /// Pages of the program's that this site does not have, by name: `jail` is the page at `/jail/`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        without: Vec<String> = OrDefault<Lines<40>>,
        /// The license of the facts that the site offers as files below `/data/`; `CC0-1.0` where it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facts_license: Option<String> = Maybe<Line<2, 60>>,
    }
    across |checker, _file| {
        if sample == Some(false) {
            note_examples(checker, url.as_deref(), contact.as_ref());
        }
    }
}

record! {
    /// How to reach us.
    #[derive(Default)]
    pub struct Contact from ContactFile {
        /// Lines of our postal address.
        post: Vec<String> = Lines<6>,
        /// Our e-mail address.
        email: String = Email,
    }
}

/// Notes addresses of our own that are a sample's: rule `example-address`.
fn note_examples(checker: &mut Checker<'_>, url: Option<&str>, contact: Option<&Contact>) {
    let is_example = |address: &&str| {
        let host = address.trim_start_matches("https://").split('/').next().unwrap_or_default();
        is_example_host(host.rsplit('@').next().unwrap_or_default())
    };
    let (place, email) = (checker.path("contact"), contact.map(|contact| contact.email.as_str()));
    let lines = contact.into_iter().flat_map(|contact| contact.post.iter().enumerate());
    let lines = lines.filter(|(_, line)| is_example_line(line));
    let post = lines.map(|(index, line)| (place.key("post").index(index), line.as_str()));
    let own = [(checker.path("url"), url), (place.key("email"), email)];
    let own = own.into_iter().filter_map(|(path, address)| Some((path, address.filter(is_example)?)));
    for (path, address) in own.chain(post).collect::<Vec<_>>() {
        let message = format!("{} is the sample's, and reaches nobody", quoted(address));
        let problem = Problem::new(At::Value(path), "example-address", message);
        checker.note(problem.help("write your own; a sample has `sample: true`"));
    }
}

/// Whether a postal line names a town or a state that is kept for examples.
fn is_example_line(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "Example" | "EX"))
}

impl SiteSettings {
    /// The language whose pages stand at `/`.
    pub fn first_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// Under which license others may use the site's facts: those of mail belong to nobody, so nothing is asked for where nothing is said.
    pub fn license_of_facts(&self) -> &str {
        self.facts_license.as_deref().unwrap_or("CC0-1.0")
    }

    /// What the paths of a language's pages begin with: nothing for the first, `/es` for others.
    pub fn prefix(&self, language: &str) -> String {
        if language == self.first_language() { String::new() } else { format!("/{language}") }
    }
}

rule!(
    /// The name of a time zone: rule `unknown-time-zone`.
    ZoneName: Text => Zone,
    "a time zone's name".to_owned(),
    |checker, key, written| {
        let name = checker.line(key, written, 1..=60)?;
        let zone = Zone::parse(&name);
        if zone.is_none() {
            let help = Some("write continent and city as in America/Chicago, or UTC".to_owned());
            checker.wrong(key, "unknown-time-zone", format!("there is no time zone {}", quoted(&name)), help);
        }
        zone
    }
);

rule!(
    /// The site's own address.
    SiteAddress: Text => String,
    "an `https://` address".to_owned(),
    |checker, key, written| checker.web_address(key, written).map(|url| url.trim_end_matches('/').to_owned())
);

rule!(
    /// An e-mail address: rule `bad-email`.
    Email: Text => String,
    "an e-mail address".to_owned(),
    |checker, key, written| {
        let email = checker.line(key, written, 5..=120)?;
        if !crate::ground::text::is_email(&email) {
            let help = Some("write it like hello@example.org".to_owned());
            checker.wrong(key, "bad-email", format!("{} is not an e-mail address", quoted(&email)), help);
            return None;
        }
        Some(email)
    }
);

rule!(
    /// The languages of the site: rules `wrong-count`, `unknown-language`.
    SiteLanguages: Vec<Text> => Vec<String>,
    "a list of language codes, like `en`".to_owned(),
    check_languages
);

fn check_languages(checker: &mut Checker<'_>, key: &str, written: Option<&Vec<Text>>) -> Option<Vec<String>> {
    let items = checker.required(key, written)?;
    if items.is_empty() {
        checker.wrong(key, "wrong-count", format!("`{key}` must name at least one language"), None);
    }
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !is_language_code(item.as_str())) {
        let at = At::Value(checker.path(key).index(index));
        let message = format!("there is no language {}", quoted(item.as_str()));
        checker.note(Problem::new(at, "unknown-language", message).help("use two or three letters, like en or es"));
    }
    Some(items.iter().map(|item| item.0.clone()).collect())
}
