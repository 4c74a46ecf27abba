//! The forms, empty.

use crate::ledger::Kind;
use crate::pages::page::{Body, Page};
use crate::pages::scene::Scene;
use anyhow::Result;
use schema::form::{Answers, Form};
use schema::site::address;
use schema::submission::kinds::SubmissionKind;
use templates::forms::form_view;
use templates::frame::About;

struct EmptyForm<'a>(&'a Form);

pub(super) fn plan<'a>(scene: &'a Scene<'a>, lang: &'a str) -> Vec<Page<'a>> {
    let page = |form: &'a Form| {
        let source = format!("content/forms/{}.yaml", form.id);
        Page::of_file(lang, address::form(form), source, EmptyForm(form))
    };
    scene.content.forms.iter().map(page).collect()
}

impl Body for EmptyForm<'_> {
    fn kind(&self) -> Kind {
        Kind::Form
    }

    fn template(&self) -> &'static str {
        "form.html"
    }

    fn render(&self, scene: &Scene<'_>, page: &Page<'_>) -> Result<String> {
        let EmptyForm(form) = self;
        let view = form_view(&scene.context(page.lang), form, &Answers::default(), &[]);
        let section = if form.kind == SubmissionKind::Registration { "register" } else { "" };
        let about = page.about(view.title.clone(), view.summary.clone());
        page.set(scene, About { section, ..about }, &view)
    }
}
