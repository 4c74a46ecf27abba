//! What a sender should look at twice before they send: an address that looks like a slip, and answers that another answer has
//! made idle. None of it keeps anybody from sending.

use super::answers::Answers;
use super::definition::Form;
use super::kinds::Kind;
use super::listed::Listed;
use super::question::Question;

/// Something to look at twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// An e-mail address, and one that was perhaps meant.
    Address {
        /// As it was typed.
        typed: String,
        /// Of a domain that many have.
        meant: String,
    },
    /// A question by its name, whose answer is left out, because of what was chosen before it.
    LeftOut(String),
}

/// Everything to look at twice, in the form's order. What stands there only because the page says it is nobody's answer.
pub fn doubts(form: &Form, answers: &Answers, listed: Option<&Listed>) -> Vec<Doubt> {
    form.questions().filter_map(|question| doubt(form, answers, listed, question)).collect()
}

fn doubt(form: &Form, answers: &Answers, listed: Option<&Listed>, question: &Question) -> Option<Doubt> {
    if !form.is_asked(question, answers) {
        let given = answers.all(&question.name);
        let is_listed = || listed.and_then(|listed| listed.holds(question, &given)) == Some(true);
        return (!given.is_empty() && !is_listed()).then(|| Doubt::LeftOut(question.name.clone()));
    }
    let typed = answers.one(&question.name);
    let meant = (question.kind == Kind::Email).then(|| meant_address(typed)).flatten()?;
    Some(Doubt::Address { typed: typed.to_owned(), meant })
}

/// Domains under which many people in the United States have their mail.
const DOMAINS: [&str; 24] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "ymail.com",
    "rocketmail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "comcast.net",
    "verizon.net",
    "sbcglobal.net",
    "bellsouth.net",
    "charter.net",
    "earthlink.net",
    "protonmail.com",
    "proton.me",
    "yahoo.com.mx",
    "hotmail.es",
    "aol.com",
    "msn.com",
    "mail.com",
    "email.com",
    "gmx.com",
];

/// Endings that no domain has, and those that were meant.
const ENDINGS: [(&str, &str); 10] = [
    (".con", ".com"),
    (".cmo", ".com"),
    (".ocm", ".com"),
    (".vom", ".com"),
    (".xom", ".com"),
    (".comm", ".com"),
    (".ogr", ".org"),
    (".orgg", ".org"),
    (".nte", ".net"),
    (".ner", ".net"),
];

/// The address that was perhaps meant, where one differs from what was typed by a single slip.
fn meant_address(typed: &str) -> Option<String> {
    let (local, domain) = typed.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    if DOMAINS.contains(&domain.as_str()) {
        return None;
    }
    // Of so short a name, another is too near that is no slip.
    let near = |known: &&&str| known.len() > 8 && strsim::osa_distance(known, &domain) == 1;
    let known = DOMAINS.iter().find(near).map(|known| (*known).to_owned());
    let mended = || ENDINGS.iter().find_map(|(slip, right)| Some(format!("{}{right}", domain.strip_suffix(slip)?)));
    Some(format!("{local}@{}", known.or_else(mended)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_a_domain_are_asked_about_and_others_left_alone() {
        for (typed, meant) in [
            ("ana@gmial.com", "ana@gmail.com"),
            ("ana@gmail.con", "ana@gmail.com"),
            ("ana@gmail.co", "ana@gmail.com"),
            ("ana@GMAL.com", "ana@gmail.com"),
            ("ana@yaho.com", "ana@yahoo.com"),
            ("ana@hotmial.com", "ana@hotmail.com"),
            ("ana@outlok.com", "ana@outlook.com"),
            ("ana@icloud.cmo", "ana@icloud.com"),
            ("ana@church.ogr", "ana@church.org"),
            ("ana@aol.con", "ana@aol.com"),
        ] {
            assert_eq!(meant_address(typed).as_deref(), Some(meant), "{typed}");
        }
        for right in [
            "ana@gmail.com",
            "ana@ymail.com",
            "ana@email.com",
            "ana@aol.com",
            "ana@abl.com",
            "ana@mac.com",
            "ana@church.org",
            "ana",
            "",
        ] {
            assert_eq!(meant_address(right), None, "{right}");
        }
    }
}
