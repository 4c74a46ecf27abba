//! What the function carries, made of the repository's own content by the command itself; and its words, as pages show them.

use schema::form::{DateFault, PostFault, YearFault};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;
use templates::Theme;
use templates::bundle::Bundle;
use templates::texts;

/// The secret of the edge, where the table runs in this process.
pub(crate) const SECRET: &str = "secret of the edge in tests";

static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| match std::env::var_os("BUNDLE") {
    Some(path) => std::fs::read(path).unwrap(),
    None => build(str::to_owned),
});

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let bundle = bundle();
    let theme = Theme::open(&bundle.theme).ok().unwrap();
    Site { bundle, theme }
});

/// The words and forms of the site.
pub(crate) struct Site {
    pub(crate) bundle: Bundle,
    pub(crate) theme: Theme,
}

/// Read once.
pub(crate) fn site() -> &'static Site {
    &SITE
}

/// A bundle of its own.
pub(crate) fn bundle() -> Bundle {
    serde_json::from_slice(&BYTES).unwrap()
}

/// What the function carries of a site whose forms are as `written` makes them.
pub(crate) fn build(written: fn(&str) -> String) -> Vec<u8> {
    std::fs::read(built(written).path().join("var/bundle.json")).unwrap()
}

/// Builds the site in a folder of its own, its forms as `written` makes them, without people: the function knows none.
pub(crate) fn built(written: fn(&str) -> String) -> TempDir {
    let root = fixture::laid().unwrap();
    std::fs::remove_dir_all(root.path().join("profiles")).unwrap();
    std::fs::create_dir(root.path().join("profiles")).unwrap();
    for form in std::fs::read_dir(root.path().join("content/forms")).unwrap().map(|entry| entry.unwrap().path()) {
        std::fs::write(&form, written(&std::fs::read_to_string(&form).unwrap())).unwrap();
    }
    let built = Command::new(env!("CARGO_BIN_EXE_inside-out"))
        .args(["--root", root.path().to_str().unwrap(), "build", "--date", "2026-11-30"])
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&[built.stdout, built.stderr].concat()));
    root
}

impl Site {
    /// A string of `content/en`, as it stands in HTML.
    pub(crate) fn text(&self, id: &str) -> String {
        escaped(&self.theme.strings.lookup("en", id, None).unwrap())
    }

    /// What a question says if it is left empty.
    pub(crate) fn ask(&self, form: &str, question: &str) -> String {
        escaped(self.question(form, question).ask.as_ref().unwrap().get("en"))
    }

    /// What a question says of a wrong answer, up to the first word that depends on the answer.
    pub(crate) fn wrong(&self, form: &str, question: &str) -> String {
        let words = self.question(form, question).wrong.as_ref().unwrap().get("en");
        escaped(words.split('{').next().unwrap())
    }

    /// A fault that names the question.
    pub(crate) fn fault(&self, form: &str, question: &str, fault: &str, most: usize) -> String {
        let label = self.question(form, question).label.get("en").to_owned();
        let strings = &self.theme.strings;
        if fault == "too-long" {
            return escaped(&strings.format("en", texts::FAULT_TOO_LONG, [label, most.to_string()]));
        }
        let dates = DateFault::ALL.iter().map(|(_, fault)| texts::FAULT_DATE.of(*fault));
        let years = YearFault::ALL.iter().map(|(_, fault)| texts::FAULT_YEAR.of(*fault));
        let posts = PostFault::ALL.iter().map(|(_, fault)| texts::FAULT_POST.of(*fault));
        let plain = [texts::FAULT_UNWANTED, texts::FAULT_NOT_ONE_LINE, texts::FAULT_TWICE, texts::FAULT_WRONG];
        let plain = plain.into_iter().chain([texts::FAULT_NOTHING_TO_SEE, texts::FAULT_UNCHANGED]);
        let text =
            dates.chain(years).chain(posts).chain(plain).find(|text| text.id() == format!("fault-{fault}")).unwrap();
        escaped(&strings.format("en", text, [label]))
    }

    fn question(&self, form: &str, question: &str) -> &schema::form::Question {
        self.bundle.forms.iter().find(|known| known.id == form).unwrap().question(question).unwrap()
    }

    /// Where the site is.
    pub(crate) fn url(&self) -> &str {
        &self.bundle.catalogue.site.url
    }
}

/// Text as the pages write it.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
