//! The function as Lambda runs it: HTTP API events in, pages out, on S3 and DynamoDB. Everything is built once, and both
//! connections are opened, before the first request.

mod current;
mod drafts;
mod event;
mod observe;
mod pages;
mod settings;

use current::{Current, Places, open};
use drafts::DraftBucket;
use event::{request_of, response_of};
use jiff::Timestamp;
use lambda_http::Error;
use lambda_http::aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use lambda_http::lambda_runtime::{LambdaEvent, run, service_fn};
use pages::PublishedPages;
use review::cloud::{Cloud, Roots};
use settings::Settings;
use std::convert::Infallible;
use submit_fn::{Front, Tools};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let settings = Settings::from_environment()?;
    observe::start(settings.level);
    // Pages are made ready while the connections are opened: a start takes as long as the slower of the two.
    let opening = std::thread::spawn(move || open(&std::fs::read(&settings.bundle)?));
    let cloud = Cloud::new(&settings.store, Roots::Amazon, Timestamp::now);
    let drafts = DraftBucket::new(&settings.store, settings.drafts);
    let bucket = settings.follow.as_ref().map(|follow| follow.bucket.clone());
    let pages = PublishedPages { cloud: cloud.clone(), bucket };
    cloud.warm().await;
    let carried = opening.join().map_err(|_| "the bundle could not be opened")??;
    let tools = Tools {
        keys: settings.keys,
        front: Front::CloudFront { secrets: settings.secrets },
        clock: Timestamp::now,
        random,
        sleep: |time| Box::pin(tokio::time::sleep(time)),
        measure: observe::measure,
    };
    let current = Current::new(carried, Places { cloud, drafts, pages }, tools, settings.follow);
    current.begin().await;
    let answer = async |event: LambdaEvent<ApiGatewayV2httpRequest>| -> Result<ApiGatewayV2httpResponse, Infallible> {
        let handler = current.handler().await;
        Ok(match request_of(event.payload) {
            Ok(request) => response_of(handler.answer(&request).await),
            Err(path) => response_of(handler.answer_unreadable(&path)),
        })
    };
    run(service_fn(answer)).await
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("Linux gives random bytes once it has started");
    bytes
}
