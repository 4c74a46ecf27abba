//! The one way from a private submission to a public profile. Every field of the profile is named here, so a new private
//! question can never reach the site by itself; what is not named is reported as dropped.

use crate::ground::hash::content_hash;
use crate::person::kinds::ConsentHow;
use crate::person::profile::{ConsentFile, ProfileFile, ProfileId, Release};
use crate::submission::content::{Answer, Submission};
use crate::submission::kinds::SubmissionKind;
use crate::submission::role::{OptionRole, Role};
use crate::yaml::Text;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// The answers that become part of the profile. All others are private.
const PUBLIC: &[Role] = &[
    Role::ShownName,
    Role::MailName,
    Role::Number,
    Role::Facility,
    Role::Housing,
    Role::BirthYear,
    Role::Pronouns,
    Role::Languages,
    Role::Interests,
    Role::LookingFor,
    Role::IntroductionLanguage,
    Role::Introduction,
    Role::Release,
    Role::ReleaseYear,
    Role::ConsentHow,
    Role::ConsentDate,
    Role::SearchEngines,
];

/// A profile as it would be written, and what stays behind.
pub struct Draft {
    /// The id, and so the file's name.
    pub id: ProfileId,
    /// The file.
    pub file: ProfileFile,
    /// Names of answered questions that are dropped as private.
    pub dropped: Vec<String>,
}

/// Makes the draft of a profile from a registration, listed on `today`.
/// The same registration always gives the same id, unless that is `taken` by another profile.
///
/// Returns nothing for a submission that is no registration.
pub fn draft(submission: &Submission, today: Date, taken: impl Fn(&ProfileId) -> bool) -> Option<Draft> {
    if submission.kind != SubmissionKind::Registration {
        return None;
    }
    let id = new_id(submission, taken)?;
    let is_public = |answer: &&Answer| answer.role.is_some_and(|role| PUBLIC.contains(&role));
    let answered = submission.answers.iter().filter(|answer| !answer.values.is_empty());
    let dropped = answered.filter(|answer| !is_public(answer)).map(|answer| answer.question.clone()).collect();
    Some(Draft { file: profile_file(submission, &id, today), id, dropped })
}

fn profile_file(submission: &Submission, id: &ProfileId, today: Date) -> ProfileFile {
    let one = |role| submission.one(role).map(clean);
    let all = |role| Some(submission.all(role).iter().map(|value| clean(value)).collect());
    ProfileFile {
        id: Some(id.as_str().into()),
        shown_name: one(Role::ShownName),
        mail_name: one(Role::MailName),
        number: one(Role::Number),
        facility: one(Role::Facility),
        housing: one(Role::Housing),
        birth_year: one(Role::BirthYear),
        pronouns: one(Role::Pronouns),
        languages: all(Role::Languages),
        interests: all(Role::Interests),
        looking_for: all(Role::LookingFor),
        introduction_language: one(Role::IntroductionLanguage),
        introduction: submission.one(Role::Introduction).map(|text| Text(as_markdown(clean(text).as_str()))),
        photo: None,
        release: release(submission),
        listed: Some(today.to_string().into()),
        checked: None,
        compared: None,
        permission_seen: None,
        rule_read: None,
        cleared_with: None,
        came_back: None,
        consent: Some(consent(submission)),
        search_engines: Some(submission.is_ticked(Role::SearchEngines).to_string().into()),
        withdrawn: None,
        status: Some("listed".into()),
    }
}

/// The text without unseen characters. The form has refused or removed them already; a file in the store could still hold some.
fn clean(text: &str) -> Text {
    Text(crate::ground::text::tidy(
        &text.chars().filter(|character| !crate::ground::text::is_unwanted(*character)).collect::<String>(),
    ))
}

fn release(submission: &Submission) -> Option<Text> {
    match submission.chosen(Role::Release)? {
        OptionRole::InAYear => submission.one(Role::ReleaseYear).map(clean),
        OptionRole::Life => Some(Release::LIFE.into()),
        OptionRole::Unknown => Some(Release::UNKNOWN.into()),
        _ => None,
    }
}

fn consent(submission: &Submission) -> ConsentFile {
    let given: Option<Date> = submission.one(Role::ConsentDate).and_then(|date| date.parse().ok());
    let year: Span = 1.year();
    let renew_by = given.and_then(|given| given.checked_add(year).ok());
    ConsentFile {
        given: given.map(|date| date.to_string().into()),
        how: how(submission).map(|how| how.word().into()),
        wording: submission.wording.map(|date| date.to_string().into()),
        renew_by: renew_by.map(|date| date.to_string().into()),
    }
}

fn how(submission: &Submission) -> Option<ConsentHow> {
    match submission.chosen(Role::ConsentHow)? {
        OptionRole::ByLetter => Some(ConsentHow::Letter),
        OptionRole::ByCall => Some(ConsentHow::Call),
        OptionRole::ByVisit => Some(ConsentHow::Visit),
        OptionRole::ByMessage => Some(ConsentHow::Message),
        _ => None,
    }
}

/// First name and five characters drawn from the reference; the next five if those are taken.
fn new_id(submission: &Submission, taken: impl Fn(&ProfileId) -> bool) -> Option<ProfileId> {
    let name = submission.one(Role::ShownName).unwrap_or_default();
    let first = plain_name(name.split_whitespace().next().unwrap_or_default());
    let first = if first.is_empty() { "friend".to_owned() } else { first };
    (0..1000u32).find_map(|turn| {
        let digest = content_hash(format!("{}/{turn}", submission.id.key()).as_bytes());
        let code: String = digest.bytes().into_iter().take(5).filter_map(character).collect();
        ProfileId::parse(&format!("{first}-{code}")).filter(|id| !taken(id))
    })
}

fn character(byte: u8) -> Option<char> {
    ProfileId::ALPHABET.get(usize::from(byte) % ProfileId::ALPHABET.len()).map(|byte| char::from(*byte))
}

/// A name as small Latin letters, for an address: accents dropped, everything else left out.
fn plain_name(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfd().flat_map(char::to_lowercase).filter(char::is_ascii_alphanumeric).take(30).collect()
}

/// Plain text as Markdown that shows the very same text: every character that Markdown could take for markup is escaped.
pub fn as_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            markdown.push('\n');
        }
        escape_line(line.trim(), &mut markdown);
    }
    markdown
}

fn escape_line(line: &str, markdown: &mut String) {
    // A number with a dot or bracket would begin a list.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in line.char_indices() {
        let list = digits > 0 && at == digits && matches!(character, '.' | ')');
        let first = at == 0 && matches!(character, '#' | '+' | '-' | '=' | '>' | '~' | '|' | ':');
        if list || first || matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '!' | '&') {
            markdown.push('\\');
        }
        markdown.push(character);
    }
}

/// The bytes of a profile's file.
///
/// # Errors
/// The YAML writer's own, which plain text and lists do not cause.
pub fn to_yaml(file: &ProfileFile) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::content::VERSION;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser};

    fn shown(markdown: &str) -> String {
        Parser::new(markdown)
            .map(|event| match event {
                Event::Text(text) => text.to_string(),
                Event::SoftBreak | Event::HardBreak => "\n".to_owned(),
                Event::Start(tag) => match tag {
                    pulldown_cmark::Tag::Paragraph => String::new(),
                    other => panic!("markup came through: {other:?}"),
                },
                Event::End(_) => "\n\n".to_owned(),
                other => panic!("markup came through: {other:?}"),
            })
            .collect::<String>()
            .trim()
            .to_owned()
    }

    /// Text as a reader sees it: white space of any length is one break or one blank.
    fn seen(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// Pieces that mean something to YAML, Markdown, HTML, templates or terminals, parted by U+241F.
    const HOSTILE: &str = "# ␟- ␟+ ␟1. ␟12) ␟> ␟* * *␟---␟===␟```␟    ␟\t␟<script>alert(1)</script>␟<b>␟&lt;␟&amp;␟{{ 7*7 }}␟\
        {% include 'x' %}␟${jndi:x}␟!!python/object␟&a␟*a␟|␟>-␟: ␟@x␟%YAML␟yes␟~␟0123␟1e3␟[a](b)␟![a](b)␟_x_␟**x**␟\\␟\\*␟\"␟'␟\n␟\
        \n\n␟ñ␟漢␟👩‍👩‍👧␟null␟| a | b |␟<!-- x -->␟https://a.org␟x␟ ␟\u{1b}[2J␟\u{202e}";

    fn hostile() -> impl Strategy<Value = String> {
        let pieces: Vec<&str> = HOSTILE.split('␟').collect();
        prop::collection::vec(prop::sample::select(pieces), 1..20).prop_map(|pieces| pieces.concat())
    }

    /// A number alone in curly quotes is told wherever it stands, and arrives as it is.
    fn is_of_its_own(problem: &crate::ground::problem::Problem) -> bool {
        problem.rule == "curly-quotes"
    }

    proptest! {
        #[test]
        fn hostile_text_is_shown_as_it_was_typed(text in hostile()) {
            let text = clean(&text).0;
            prop_assert_eq!(seen(&shown(&as_markdown(&text))), seen(&text));
        }

        #[test]
        fn any_text_is_shown_as_it_was_typed(text in "[ -~\n]{0,80}") {
            prop_assert_eq!(seen(&shown(&as_markdown(&text))), seen(&text));
        }

        #[test]
        fn any_answer_arrives_in_the_profile_as_the_same_text(name in hostile(), words in "\\PC{0,60}", any in any::<String>()) {
            let submission = registration(&[
                (Role::ShownName, &name), (Role::Introduction, &words), (Role::Interests, &any), (Role::Number, "00123456"),
            ]);
            let draft = draft(&submission, jiff::civil::date(2026, 11, 23), |_| false).unwrap();
            let yaml = to_yaml(&draft.file).unwrap();
            let (quickly, problems) = crate::yaml::read_quickly::<ProfileFile>(&yaml);
            prop_assert!(problems.iter().all(is_of_its_own), "{:?}\n{}", problems, yaml);
            let (carefully, problems) = crate::yaml::read::<ProfileFile>(&yaml);
            prop_assert!(problems.iter().all(is_of_its_own), "{:?}\n{}", problems, yaml);
            prop_assert_eq!(&quickly, &draft.file);
            prop_assert_eq!(&carefully, &draft.file);
            prop_assert_eq!(carefully.shown_name.unwrap(), clean(&name));
            prop_assert_eq!(carefully.interests.unwrap(), vec![clean(&any)]);
            prop_assert_eq!(carefully.number.unwrap(), Text::from("00123456"));
            prop_assert_eq!(seen(&shown(carefully.introduction.unwrap().as_str())), seen(clean(&words).as_str()));
        }
    }

    fn registration(answers: &[(Role, &str)]) -> Submission {
        let answer = |(role, value): &(Role, &str)| Answer {
            question: format!("asks-{}", role.word()),
            role: Some(*role),
            values: vec![(*value).into()],
            chosen: Vec::new(),
        };
        Submission {
            version: VERSION,
            id: crate::submission::reference::Reference::from_random([7; 16]),
            kind: SubmissionKind::Registration,
            form: "register".into(),
            language: "en".into(),
            written_at: jiff::Timestamp::UNIX_EPOCH,
            wording: None,
            answers: answers.iter().map(answer).collect(),
        }
    }

    #[test]
    fn private_answers_are_dropped_and_named() {
        let submission = registration(&[
            (Role::ShownName, "José R."),
            (Role::ContactEmail, "a@b.org"),
            (Role::SubmitterName, "Ana"),
        ]);
        let draft = draft(&submission, jiff::civil::date(2026, 11, 23), |_| false).unwrap();
        assert!(draft.id.as_str().starts_with("jose-"));
        assert_eq!(draft.dropped, ["asks-contact-email", "asks-submitter-name"]);
        assert!(!to_yaml(&draft.file).unwrap().contains("Ana"));
    }

    #[test]
    fn a_taken_id_gives_way_to_the_next() {
        let submission = registration(&[(Role::ShownName, "漢字")]);
        let today = jiff::civil::date(2026, 11, 23);
        let first = draft(&submission, today, |_| false).unwrap().id;
        let second = draft(&submission, today, |id| *id == first).unwrap().id;
        assert!(first.as_str().starts_with("friend-") && first != second);
    }
}
