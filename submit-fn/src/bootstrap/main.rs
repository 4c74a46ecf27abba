//! The function as Lambda runs it: HTTP API events in, pages out, on S3 and DynamoDB. Everything is built once, and both
//! connections are opened, before the first request.

mod event;
mod observe;
mod settings;

use event::{request_of, response_of};
use jiff::Timestamp;
use lambda_http::Error;
use lambda_http::aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use lambda_http::lambda_runtime::{LambdaEvent, run, service_fn};
use review::cloud::{Cloud, Roots};
use settings::Settings;
use std::convert::Infallible;
use std::path::Path;
use submit_fn::{Front, Handler, Tools};
use templates::Theme;
use templates::bundle::Bundle;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let settings = Settings::from_environment()?;
    observe::start(settings.level);
    // Pages are made ready while the connections are opened: a start takes as long as the slower of the two.
    let opening = std::thread::spawn(move || open(&settings.bundle));
    let cloud = Cloud::new(&settings.store, Roots::Amazon, Timestamp::now);
    cloud.warm().await;
    let (bundle, theme) = opening.join().map_err(|_| "the bundle could not be opened")??;
    let tools = Tools {
        keys: settings.keys,
        front: Front::CloudFront { secrets: settings.secrets },
        clock: Timestamp::now,
        random,
        sleep: |time| Box::pin(tokio::time::sleep(time)),
        measure: observe::measure,
    };
    let handler = Handler::new(bundle, theme, cloud.clone(), cloud, tools);
    let answer = async |event: LambdaEvent<ApiGatewayV2httpRequest>| -> Result<ApiGatewayV2httpResponse, Infallible> {
        Ok(match request_of(event.payload) {
            Ok(request) => response_of(handler.answer(&request).await),
            Err(path) => response_of(handler.answer_unreadable(&path)),
        })
    };
    run(service_fn(answer)).await
}

fn open(file: &Path) -> Result<(Bundle, Theme), Error> {
    let bundle: Bundle = serde_json::from_slice(&std::fs::read(file)?)?;
    let theme = Theme::open(&bundle.theme).map_err(|_| "the theme in the bundle does not compile")?;
    Ok((bundle, theme))
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("Linux gives random bytes once it has started");
    bytes
}
