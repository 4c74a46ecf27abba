//! The counters of limits.

use super::failed::failed;
use super::index::Index;
use super::item::{key, number};
use crate::limits::Limit;
use crate::store::StoreError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use jiff::Timestamp;

impl Index {
    pub(super) async fn admit(&self, name: &str, limit: Limit, now: Timestamp) -> Result<bool, StoreError> {
        let window = limit.window_at(now);
        let partition = format!("LIMIT#{name}");
        let earlier = key(&partition, &(window.running - 1).to_string());
        let got = self.client.get_item().table_name(&self.counters).set_key(Some(earlier)).send().await;
        let got = got.map_err(|error| failed("GetItem", error))?;
        let earlier = got.item().and_then(|item| item.get("n")?.as_n().ok()?.parse().ok()).unwrap_or(0);
        let room = limit.room(window, earlier);
        if room <= 0 {
            return Ok(false);
        }
        let update = self
            .client
            .update_item()
            .table_name(&self.counters)
            .set_key(Some(key(&partition, &window.running.to_string())))
            .update_expression("SET expires = :over ADD n :one")
            .condition_expression("attribute_not_exists(n) OR n < :room")
            .expression_attribute_values(":over", number(window.over))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":room", number(room));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(failed("UpdateItem", error)),
            },
        }
    }
}
