//! The log of decisions, and what a sweep saw of it.

use super::failed::failed;
use super::index::Index;
use super::item::{LOG, SEEN, digest_of, key, line_of, seen_of, string};
use crate::store::{LogLine, StoreError, beside};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::Put;
use schema::submission::decision::Decision;

impl Index {
    pub(super) async fn log(&self) -> Result<Vec<Decision>, StoreError> {
        self.all(LOG).await?.iter().map(line_of).collect()
    }

    pub(super) async fn lines(&self) -> Result<Vec<LogLine>, StoreError> {
        let stands = self.all(LOG).await?.iter().map(digest_of).collect::<Result<_, _>>()?;
        let seen = self.all(SEEN).await?.iter().map(seen_of).collect::<Result<_, _>>()?;
        Ok(beside(&stands, &seen))
    }

    pub(super) async fn witness(&self, line: &LogLine) -> Result<(), StoreError> {
        let Some(stands) = line.stands else { return Ok(()) };
        let mut item = key(SEEN, &line.key);
        item.insert("digest".to_owned(), string(&stands.to_string()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(failed("PutItem", error)),
            },
        }
    }

    /// The line that a decision writes, where none stands.
    pub(super) fn log_line(&self, decision: &Decision) -> Result<Put, StoreError> {
        let line = serde_json::to_string(decision).map_err(|error| failed("TransactWriteItems", error))?;
        // Within one round a row is turned, and a note is made of it, at the very same time: both lines stand.
        let (from, to) = (decision.from.word(), decision.to.word());
        let mut item = key(LOG, &format!("{}#{}#{from}#{to}", decision.at, decision.id.key()));
        item.insert("line".to_owned(), string(&line));
        item.insert("caller".to_owned(), string(&self.caller));
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("attribute_not_exists(pk)").build();
        put.map_err(|error| failed("TransactWriteItems", error))
    }
}
