//! What stands in for a page: that there is none, that one was taken down, that the forms did not answer.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use templates::frame::About;
use templates::texts::{NOTICE_TITLE, NoticeKind};
use templates::views::NoticeView;

struct Notice {
    kind: Kind,
    template: &'static str,
    says: NoticeKind,
}

pub(super) fn plan<'a>(_: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let not_found = Notice { kind: Kind::NotFound, template: "notice.html", says: NoticeKind::NotFound };
    // The edge answers with this one.
    let gone = Notice { kind: Kind::Gone, template: "gone.html", says: NoticeKind::Gone };
    // And with this one where the platform behind it answers in the function's place.
    let busy = Notice { kind: Kind::NotFound, template: "notice.html", says: NoticeKind::Busy };
    vec![
        Page::of_template(lang, "/404.html", not_found),
        Page::of_template(lang, "/410.html", gone),
        Page::of_template(lang, "/503.html", busy),
    ]
}

impl Body for Notice {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn template(&self) -> &'static str {
        self.template
    }

    fn is_for_search(&self) -> bool {
        false
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let view = NoticeView { kind: self.says.word().to_owned(), reference: None, links: Vec::new(), exit: None };
        let title = scene.theme.strings.text(page.lang, NOTICE_TITLE.of(self.says));
        // The page stands in for any address, so it has none of its own.
        let about = About { path: "", ..page.about(title, String::new()) };
        page.set(scene, about, &view)
    }
}
