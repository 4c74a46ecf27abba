//! Time passes by itself: the stack runs this every hour, whether or not anybody builds or publishes. Whoever's last day is over is
//! answered with 410, erased and dropped at the edge; lists forget them with the next publish. It also says how long ago that was,
//! so that an alarm rings when nobody publishes any more.

mod settings;
mod turn;

use jiff::Timestamp;
use lambda_http::Error;
use lambda_http::lambda_runtime::{LambdaEvent, run, service_fn};
use serde_json::Value;
use settings::Settings;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let settings = Settings::from_environment()?;
    let answer = async |_: LambdaEvent<Value>| -> Result<Value, Error> {
        let settings = settings.clone();
        // A session waits for services on a runtime of its own.
        let turn = tokio::task::spawn_blocking(move || turn::turn(&settings, Timestamp::now));
        turn.await?.map_err(|error| format!("{error:#}").into())
    };
    run(service_fn(answer)).await
}
