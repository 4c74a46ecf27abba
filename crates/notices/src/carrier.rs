//! How a message travels: by e-mail over SMTP, as an e-mail in a file, or as a letter in a file for somebody to print and post.

use crate::letter::{Message, Wording};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::{Address, SmtpTransport, Transport};
use schema::ground::failure::Failure;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How a submitter wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    Email(Address),
    Post(Vec<String>),
}

/// How long a mail server may take to answer. One that does not is left alone until the next publish.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a mail is handed over that the server asks to see again, and how long each pause is.
const TRIES: [Duration; 3] = [Duration::ZERO, Duration::from_secs(2), Duration::from_secs(8)];

/// Takes messages away.
pub trait Carrier {
    /// Carries one message. The same `name` is the same message: whoever gets it twice can tell.
    fn carry(&self, letter: &Letter<'_>, to: &Contact) -> Result<&'static str>;
}

/// One message on its way.
pub struct Letter<'a> {
    /// `KM7PT4RX-live`
    pub(crate) name: String,
    pub(crate) lang: &'a str,
    pub(crate) day: Date,
    pub(crate) message: &'a Message,
    pub(crate) words: &'a Wording<'a>,
}

/// SMTP where a server is set, files everywhere else.
pub struct Post {
    from: Address,
    folder: PathBuf,
    smtp: Option<SmtpTransport>,
    /// Whether the server has not answered, so that nobody else's mail waits for it in this round.
    silent: AtomicBool,
}

impl Post {
    /// Reads `MAIL_SMTP_URL` (`smtps://user:password@host`) and `MAIL_FROM`; without them, files in `var/mail`. Mail goes out under
    /// TLS, unless `MAIL_SMTP_PLAIN` is `yes`.
    ///
    /// # Errors
    /// What is wrong with them; never the password.
    pub fn from_variables(
        folder: PathBuf,
        site_email: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        let given = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let from = given("MAIL_FROM").unwrap_or_else(|| site_email.to_owned());
        let Some(from) = strict_address(&from) else { bail!("MAIL_FROM is not an e-mail address: {from}") };
        let smtp =
            given("MAIL_SMTP_URL").map(|url| transport(&url, given("MAIL_SMTP_PLAIN").as_deref())).transpose()?;
        Ok(Self { from, folder, smtp, silent: AtomicBool::new(false) })
    }

    /// Whether mails leave this machine; otherwise somebody has to look into the folder.
    pub fn leaves(&self) -> bool {
        self.smtp.is_some()
    }

    fn email(&self, letter: &Letter<'_>, to: &Address) -> Result<lettre::Message> {
        let site = &letter.words.catalogue.site.name;
        self.plain((&letter.name, site), to, (&letter.message.subject, &letter.message.plain(site)))
    }

    /// A mail in plain words. The same name is the same mail.
    fn plain(
        &self,
        (name, site): (&str, &str),
        to: &Address,
        (subject, text): (&str, &str),
    ) -> Result<lettre::Message> {
        let body = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text.to_owned());
        let mut email = lettre::Message::builder()
            .from(Mailbox::new(Some(site.to_owned()), self.from.clone()))
            .to(Mailbox::new(None, to.clone()))
            .subject(subject)
            .message_id(Some(format!("<{name}@{}>", self.from.domain())))
            .singlepart(body)?;
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        email.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        Ok(email)
    }

    /// Carries a mail in plain words to whoever runs the site.
    pub(crate) fn carry_plain(
        &self,
        (name, site): (&str, &str),
        to: &Address,
        words: (&str, &str),
    ) -> Result<&'static str> {
        self.carry_email(name, &self.plain((name, site), to, words)?)
    }

    /// Over SMTP where a server is set, else into a file.
    fn carry_email(&self, name: &str, email: &lettre::Message) -> Result<&'static str> {
        if let Some(smtp) = &self.smtp {
            return self.send(smtp, email).map(|()| "told by e-mail");
        }
        disk::replace(&self.folder.join(format!("{name}.eml")), &email.formatted())?;
        Ok("told by an e-mail in var/mail")
    }

    fn send(&self, smtp: &SmtpTransport, email: &lettre::Message) -> Result<()> {
        if self.silent.load(Ordering::Relaxed) {
            bail!("the mail server has not answered, and is left alone until the next publish");
        }
        let mut last = None;
        for pause in TRIES {
            std::thread::sleep(pause);
            match smtp.send(email) {
                Ok(_) => return Ok(()),
                // A server that says no for good is not asked again.
                Err(error) if error.is_permanent() => return Err(error).context("the mail server refused"),
                Err(error) if error.is_transient() => last = Some(error),
                // A mistake in this one mail says nothing about the server.
                Err(error) if error.is_client() => return Err(error).context("the mail cannot be sent"),
                Err(error) => {
                    self.silent.store(true, Ordering::Relaxed);
                    return Err(error).context("the mail server does not answer");
                }
            }
        }
        match last {
            Some(error) => Err(error).context("the mail server did not take it"),
            None => Ok(()),
        }
    }
}

/// The way to a mail server. Its address holds a password, and is never repeated.
fn transport(url: &str, plain: Option<&str>) -> Result<SmtpTransport> {
    let wants_tls = |query: &str| query.split('&').any(|part| part == "tls=required");
    let is_under_tls = url.starts_with("smtps://") || url.split_once('?').is_some_and(|(_, query)| wants_tls(query));
    if !is_under_tls && plain != Some("yes") {
        let failure =
            Failure::new("MAIL_SMTP_URL would send mails, and the password, for everybody on the way to read");
        let help = "write smtps://…, or smtp://…?tls=required where the server wants STARTTLS; MAIL_SMTP_PLAIN=yes is for a server on this very machine";
        bail!(failure.help(help));
    }
    let builder = SmtpTransport::from_url(url).ok();
    let builder = builder.context("MAIL_SMTP_URL is not an address like smtps://user:password@host")?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

impl Carrier for Post {
    fn carry(&self, letter: &Letter<'_>, to: &Contact) -> Result<&'static str> {
        match to {
            Contact::Email(to) => self.carry_email(&letter.name, &self.email(letter, to)?),
            Contact::Post(lines) => {
                let page = letter.words.letter(letter.lang, lines, letter.day, letter.message)?;
                let place = self.folder.join(format!("{}.html", letter.name));
                disk::replace(&place, page.as_bytes())?;
                Ok("told by a letter to print in var/mail")
            }
        }
    }
}

/// An address that can stand in a header, by the very rule of the forms. Anything else is nobody's.
pub(crate) fn strict_address(text: &str) -> Option<Address> {
    let plain = schema::ground::text::mail_address(text)?;
    let (user, domain) = plain.split_once('@')?;
    Address::new(user, domain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_plain_address_reaches_a_header() {
        assert!(strict_address("maria.o'neil+1@example.org").is_some());
        let abroad = strict_address("maria@bücher.example").map(|address| address.to_string());
        assert_eq!(abroad.as_deref(), Some("maria@xn--bcher-kva.example"));
        for bad in [
            "",
            "@",
            "a@b",
            "a b@example.org",
            "a@example.org\r\nBcc: x@example.org",
            "a@example.org,b@example.org",
            "\"a b\"@example.org",
            "a@@example.org",
            "<a@example.org>",
            "ä@example.org",
            "a@exa\u{2028}mple.org",
            "a@[127.0.0.1]",
        ] {
            assert!(strict_address(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_server_that_does_not_answer_is_asked_once_a_round() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", silent.local_addr().unwrap());
        let variable = |name: &str| match name {
            "MAIL_SMTP_URL" => Some(url.clone()),
            "MAIL_SMTP_PLAIN" => Some("yes".to_owned()),
            _ => None,
        };
        let mut post = Post::from_variables(PathBuf::new(), "hello@example.org", variable).unwrap();
        let builder = SmtpTransport::from_url(&url).unwrap();
        post.smtp = Some(builder.timeout(Some(Duration::from_millis(20))).build());
        let email = lettre::Message::builder()
            .from("a@example.org".parse().unwrap())
            .to("b@example.org".parse().unwrap())
            .body("x".to_owned())
            .unwrap();
        let smtp = post.smtp.clone().unwrap();
        let said = |result: Result<()>| format!("{:#}", result.unwrap_err());
        assert!(said(post.send(&smtp, &email)).contains("does not answer"));
        assert!(said(post.send(&smtp, &email)).contains("left alone"));
        silent.set_nonblocking(true).unwrap();
        assert!(silent.accept().is_ok());
        assert!(silent.accept().is_err(), "it was asked twice");
    }

    #[test]
    fn a_server_is_not_spoken_to_in_the_clear_unless_that_is_asked_for() {
        let ready = |url: &str, plain: &str| {
            let variable = |name: &str| match name {
                "MAIL_SMTP_URL" => Some(url.to_owned()),
                "MAIL_SMTP_PLAIN" => Some(plain.to_owned()),
                _ => None,
            };
            Post::from_variables(PathBuf::new(), "hello@example.org", variable).map(|post| post.smtp.is_some())
        };
        for url in ["smtp://ann:secret@mail.example", "smtp://ann:secret@mail.example?tls=opportunistic"] {
            let said = format!("{:#}", ready(url, "").unwrap_err());
            assert!(said.contains("MAIL_SMTP_URL") && !said.contains("secret"), "{said}");
            assert!(ready(url, "yes").unwrap());
        }
        for url in ["smtps://ann:secret@mail.example", "smtp://ann:secret@mail.example:587?tls=required"] {
            assert!(ready(url, "").unwrap(), "{url}");
        }
    }

    #[test]
    fn a_sender_that_is_no_address_is_found_before_anything_is_sent() {
        let variable = |name: &str| (name == "MAIL_FROM").then(|| "hello at example".to_owned());
        let error = Post::from_variables(PathBuf::new(), "hello@example.org", variable).err().unwrap();
        assert!(error.to_string().contains("MAIL_FROM"), "{error}");
    }

    proptest! {
        #[test]
        fn no_typing_makes_a_second_header(typed in "\\PC{0,40}|[ -~\\r\\n]{0,40}") {
            if let Some(address) = strict_address(&typed) {
                prop_assert!(!address.to_string().contains(['\r', '\n', ' ', ',', ';', '<', '>', '"', ':']));
            }
        }
    }
}
