//! The spine: a request in, a page out, whatever happens.

use crate::deadline::{Deadline, REQUEST};
use crate::draft::store::Drafts;
use crate::http::admitted::{Admitted, Along, about, read_answers, read_asked};
use crate::http::front::admit_origin;
use crate::http::refusal::Refusal;
use crate::http::route::{Route, Step, Target, admit_method, route};
use crate::measure::Measure;
use crate::published::place::Published;
use crate::service::Handler;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{Method, Request, Response};
use review::{Intake, Limiter};
use std::panic::AssertUnwindSafe;

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// Answers one request. Every way through it ends in a page, a panic's too.
    pub async fn answer(&self, request: &Request<Bytes>) -> Response<String> {
        let began = self.now();
        let route = route(request.uri().path(), &self.pages.forms, &self.pages.catalogue);
        let name = route.as_ref().map_or_else(|| "nowhere".to_owned(), |route| route.target.name());
        let answered =
            AssertUnwindSafe(self.respond(request, route, Deadline::after(began, REQUEST))).catch_unwind().await;
        let mut response = answered.unwrap_or_else(|_| {
            (self.tools.measure)(&Measure::Panicked);
            self.pages.broken(request.uri().path())
        });
        if request.method() == Method::HEAD {
            response.body_mut().clear();
        }
        let (status, milliseconds) = (response.status().as_u16(), self.now().duration_since(began).as_millis());
        let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
        tracing::info!(route = name, status, bytes = request.body().len(), milliseconds, "answered");
        (self.tools.measure)(&Measure::Answered { status, milliseconds });
        response
    }

    /// The page for a request whose body could not be read at all.
    pub fn answer_unreadable(&self, path: &str) -> Response<String> {
        self.pages.refuse(path, &Refusal::BadRequest)
    }

    /// The page for a request whose body is larger than any of ours.
    pub fn answer_too_large(&self, path: &str) -> Response<String> {
        self.pages.refuse(path, &Refusal::TooLarge)
    }

    async fn respond(
        &self,
        request: &Request<Bytes>,
        route: Option<Route<'_>>,
        deadline: Deadline,
    ) -> Response<String> {
        let path = request.uri().path();
        match self.admit_and_carry_out(request, route, deadline).await {
            Ok(response) => response,
            Err(Refusal::ToStart(start)) => self.pages.see_other(&start),
            Err(refusal) => self.pages.refuse(path, &refusal),
        }
    }

    async fn admit_and_carry_out(
        &self,
        request: &Request<Bytes>,
        route: Option<Route<'_>>,
        deadline: Deadline,
    ) -> Result<Response<String>, Refusal> {
        let client = self.tools.front.client(request).ok_or(Refusal::Forbidden)?;
        let route = route.ok_or(Refusal::NotFound)?;
        admit_method(request, &route, &self.pages.catalogue)?;
        let is_post = request.method() == Method::POST;
        let is_silent = is_post && admit_origin(request, &self.tools.front, &self.pages.catalogue.site.url)?;
        match route.target {
            Target::Lookup(step) if !is_post => Ok(self.pages.lookup_start(&route.lang, step)),
            Target::Lookup(step) => {
                Ok(self.lookup(read_asked(request, route.lang, step, client, deadline).await?).await)
            }
            Target::Form(form, Step::Keep) if !is_post => Ok(self.pages.take_up((&route.lang, form), "", None)),
            Target::Form(form, step) => {
                let (answers, Along { token, draft, second }) =
                    if is_post { read_answers(request, form).await? } else { (about(request, form), Along::default()) };
                let (lang, [token, draft]) = (route.lang, [token, draft].map(Option::unwrap_or_default));
                let listed = None;
                let admitted =
                    Admitted { form, lang, step, answers, listed, token, draft, second, client, is_silent, deadline };
                Ok(self.carry_out(admitted).await)
            }
        }
    }
}
