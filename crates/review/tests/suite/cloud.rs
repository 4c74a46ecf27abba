//! The cloud store passes the suite of all stores, against S3 and DynamoDB as emulators speak them: `tests/cloud/run` starts
//! them and says where they are.

use crate::common::{decision, secret, submission};
use crate::retention::Beneath;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Config, Region};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use jiff::{SignedDuration, Timestamp};
use review::cloud::{Cloud, Roots, Settings};
use review::{Intake, Limit, Limiter, Store, StoreError, Transition, accept, sweep};
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use std::env;
use std::sync::Arc;

fn settings() -> Settings {
    let settings = Settings::from_variables(|name| env::var(name).ok()).expect("tests/cloud/run sets the variables");
    assert!(settings.endpoint.is_some(), "the suite runs against an emulator, never against Amazon");
    settings
}

fn cloud() -> Cloud {
    Cloud::new(&settings(), Roots::Amazon, Timestamp::now)
}

/// The bucket itself, which keeps versions, and the table.
struct Bucket {
    client: Client,
    name: String,
    table: aws_sdk_dynamodb::Client,
    table_name: String,
}

impl Bucket {
    fn new() -> Self {
        let settings = settings();
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(settings.region.clone()))
            .credentials_provider(settings.credentials.clone())
            .http_client(http.clone())
            .force_path_style(true);
        config.set_endpoint_url(settings.endpoint.clone());
        let mut of_table = aws_sdk_dynamodb::Config::builder()
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::v2026_01_12())
            .region(aws_sdk_dynamodb::config::Region::new(settings.region))
            .credentials_provider(settings.credentials)
            .http_client(http);
        of_table.set_endpoint_url(settings.endpoint);
        Self {
            client: Client::from_conf(config.build()),
            name: settings.bucket,
            table: aws_sdk_dynamodb::Client::from_conf(of_table.build()),
            table_name: settings.table,
        }
    }
}

impl Beneath for Bucket {
    async fn versions(&self, prefix: &str) -> usize {
        let listing = self.client.list_object_versions().bucket(&self.name).prefix(prefix).send().await.unwrap();
        listing.versions().len() + listing.delete_markers().len()
    }

    async fn meddle(&self, key: &str, bytes: &[u8]) {
        let before = self.versions(key).await;
        self.client.delete_object().bucket(&self.name).key(key).send().await.unwrap();
        self.client.put_object().bucket(&self.name).key(key).body(bytes.to_vec().into()).send().await.unwrap();
        assert_eq!(self.versions(key).await, before + 2, "a mark of deletion and one more version");
    }

    async fn restate(&self, id: &Reference, state: State) {
        let text = |text: &str| AttributeValue::S(text.into());
        let update =
            self.table.update_item().table_name(&self.table_name).key("pk", text("ROW")).key("sk", text(id.key()));
        let update = update.update_expression("SET #state = :to").expression_attribute_names("#state", "state");
        update.expression_attribute_values(":to", text(state.word())).send().await.map(drop).unwrap();
    }

    async fn forge(&self, key: &str, text: Option<&str>) {
        let (partition, sort) = (AttributeValue::S("LOG".into()), AttributeValue::S(key.into()));
        match text {
            Some(text) => {
                let put = self.table.put_item().table_name(&self.table_name).item("pk", partition).item("sk", sort);
                put.item("line", AttributeValue::S(text.into())).send().await.map(drop).unwrap();
            }
            None => {
                let delete = self.table.delete_item().table_name(&self.table_name).key("pk", partition);
                delete.key("sk", sort).send().await.map(drop).unwrap();
            }
        }
    }
}

impl Bucket {
    /// Dates a row back: as whoever may change a row could.
    async fn redate(&self, id: &Reference, moment: Timestamp) {
        let text = |text: &str| AttributeValue::S(text.into());
        let update =
            self.table.update_item().table_name(&self.table_name).key("pk", text("ROW")).key("sk", text(id.key()));
        let update = update.update_expression("SET created_at = :at, changed_at = :at");
        update.expression_attribute_values(":at", text(&moment.to_string())).send().await.map(drop).unwrap();
    }
}

#[tokio::test]
#[ignore = "tests/cloud/run starts the emulators that it asks"]
async fn the_cloud_is_a_store() {
    let (cloud, bucket) = (cloud(), Bucket::new());
    cloud.warm().await;
    what_is_dated_back_is_kept(&cloud, &bucket).await;
    crate::common::every_store(&cloud, &bucket).await;
}

/// Editors delete nothing: not by a line of a row either, which the sweep, who deletes, would believe.
async fn what_is_dated_back_is_kept(cloud: &Cloud, bucket: &Bucket) {
    let now = Timestamp::now();
    let long_ago = now - SignedDuration::from_hours(24 * 100);
    let report = submission(70, SubmissionKind::Report, "they threaten me", now);
    accept(cloud, &report, &secret(70), vec![Flag::Today]).await.unwrap();
    bucket.redate(&report.id, long_ago).await;
    let swept = sweep(cloud, now).await.unwrap();
    assert!(swept.unexplained.contains(&(report.id.clone(), State::Received)), "{swept:?}");
    assert!(!swept.removed.contains(&report.id), "{swept:?}");
    bucket.restate(&report.id, State::Pending).await;
    let swept = sweep(cloud, now).await.unwrap();
    assert!(swept.settled.contains(&report.id), "{swept:?}");
    let row = cloud.row(&report.id).await.unwrap().unwrap();
    assert!(row.waits() && cloud.has(&row.object_key()).await.unwrap());
    // Nothing of it is left for what comes next.
    let turned = cloud.decide(&decision(&report.id, row.state, State::Withdrawn, now)).await.unwrap();
    assert!(matches!(turned, Transition::Done(_)), "{turned:?}");
    // So far a sweep came that was ended before it erased anything: the next one goes on.
    let turned = cloud.decide(&decision(&report.id, State::Withdrawn, State::Removed, now)).await.unwrap();
    assert!(matches!(turned, Transition::Done(_)), "{turned:?}");
    let swept = sweep(cloud, now + SignedDuration::from_mins(16)).await.unwrap();
    assert!(swept.unexplained.is_empty() && swept.failed.is_empty(), "{swept:?}");
    assert!(!cloud.has(&row.object_key()).await.unwrap());
    cloud.forget(&report.id).await.unwrap();
}

/// Asks until there is an answer: with forty at once and every fourth call refused, some are refused at every try, and none of
/// those was carried out.
async fn told(cloud: &Cloud, key: &str, limit: Limit, now: Timestamp) -> bool {
    loop {
        match cloud.admit(key, limit, now).await {
            Ok(admitted) => return admitted,
            Err(StoreError::Unavailable(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test]
#[ignore = "tests/cloud/run starts the emulators that it asks"]
async fn of_forty_at_once_ten_are_admitted() {
    let cloud = Arc::new(cloud());
    let limit = Limit { most: 10, window: SignedDuration::from_hours(1) };
    let now = Timestamp::now();
    let all: Vec<_> = (0..40)
        .map(|_| {
            let cloud = Arc::clone(&cloud);
            tokio::spawn(async move { told(&cloud, "forty", limit, now).await })
        })
        .collect();
    let mut admitted = 0;
    for each in all {
        admitted += usize::from(each.await.unwrap());
    }
    assert_eq!(admitted, 10);
    // Whose turn it was stands where no trail looks.
    let bucket = Bucket::new();
    for (table, is_there) in [(settings().counters, true), (settings().table, false)] {
        let asked = bucket.table.query().table_name(table).key_condition_expression("pk = :pk");
        let found = asked.expression_attribute_values(":pk", AttributeValue::S("LIMIT#forty".into())).send().await;
        assert_eq!(found.unwrap().count() > 0, is_there);
    }
    let later = now + SignedDuration::from_hours(2);
    assert!(told(&cloud, "forty", limit, later).await, "the window has slid past");
}
