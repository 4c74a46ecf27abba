//! Reads what a person's own page says. Where nothing comes in time, the form is as it is without.

use crate::draft::store::Drafts;
use crate::http::admitted::Admitted;
use crate::published::place::Published;
use crate::service::Handler;
use review::{Intake, Limiter};
use schema::form::Listed;
use schema::person::profile::ProfileId;
use schema::site::address;
use schema::submission::kinds::SubmissionKind;
use schema::submission::role::Role;
use templates::listed;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// What the page says that a change is about, in the language of the form.
    pub(crate) async fn listed(&self, admitted: &Admitted<'_>) -> Option<Listed> {
        let form = admitted.form;
        let about = form.question_for(Role::About).filter(|_| form.kind == SubmissionKind::Update)?;
        self.page_of(&admitted.lang, &ProfileId::named(admitted.answers.one(&about.name))?).await
    }

    /// What a person's page says.
    pub(crate) async fn page_of(&self, lang: &str, person: &ProfileId) -> Option<Listed> {
        let path = format!("{}{}index.html", self.pages.catalogue.site.prefix(lang), address::person(person));
        let page = self.soon(self.published.page(path.trim_start_matches('/'))).await;
        let page = page.unwrap_or_else(|_| {
            // What the service says of it may name whose page was asked for.
            tracing::info!("what is listed cannot be read");
            None
        });
        listed::read(&String::from_utf8(page?).ok()?)
    }

    /// A form as it begins: about somebody who has a page, with what that says.
    pub(crate) async fn begun<'a>(&self, admitted: Admitted<'a>) -> Admitted<'a> {
        match self.listed(&admitted).await {
            Some(listed) => Admitted { answers: listed.fill(admitted.form, admitted.answers), ..admitted },
            None => admitted,
        }
    }
}
