//! The rows: each of their changes is one conditional write.

use super::failed::failed;
use super::index::Index;
use super::item::{ROW, damaged, flags, hashes, item_of, key, row_of, string};
use crate::store::{Claim, StoreError, Transition, oldest_first};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update};
use jiff::Timestamp;
use schema::ground::hash::{Hash, content_hash};
use schema::submission::decision::Decision;
use schema::submission::kinds::State;
use schema::submission::reference::Reference;
use schema::submission::row::Row;

/// How often a decision is tried again that met another transaction on the same row.
const DECISION_TRIES: usize = 4;

impl Index {
    pub(super) async fn claim(&self, row: &Row) -> Result<Claim, StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item_of(row)))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match put.send().await {
            Ok(_) => Ok(Claim::New),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(taken)) => match taken.item() {
                    Some(item) => Ok(Claim::Taken(Box::new(row_of(item)?))),
                    None => Err(damaged(row.id.key(), "the service kept the row that stands to itself")),
                },
                _ => Err(failed("PutItem", error)),
            },
        }
    }

    pub(super) async fn row(&self, id: &Reference) -> Result<Option<Row>, StoreError> {
        let get =
            self.client.get_item().table_name(&self.table).set_key(Some(key(ROW, id.key()))).consistent_read(true);
        let got = get.send().await.map_err(|error| failed("GetItem", error))?;
        got.item.as_ref().map(row_of).transpose()
    }

    pub(super) async fn entries(&self) -> Result<Vec<Result<Row, StoreError>>, StoreError> {
        Ok(oldest_first(self.all(ROW).await?.iter().map(row_of).collect()))
    }

    pub(super) async fn settle(&self, id: &Reference, to: State, now: Timestamp) -> Result<Transition, StoreError> {
        let update = self
            .update(now)
            .update_expression("SET #state = :to, changed_at = :now")
            .condition_expression("#state = :pending")
            .expression_attribute_values(":to", string(to.word()))
            .expression_attribute_values(":pending", string(State::Pending.word()));
        self.turn(id, update).await
    }

    pub(super) async fn set_photo(
        &self,
        id: &Reference,
        from: Option<Hash>,
        to: Option<Hash>,
        now: Timestamp,
    ) -> Result<Transition, StoreError> {
        let named = if from.is_some() { "photo_hash = :from" } else { "attribute_not_exists(photo_hash)" };
        let change = if to.is_some() {
            "SET changed_at = :now, photo_hash = :to"
        } else {
            "SET changed_at = :now REMOVE photo_hash"
        };
        let mut update = self
            .update(now)
            .update_expression(change)
            .condition_expression(format!("#state IN (:received, :held) AND {named}"))
            .expression_attribute_values(":received", string(State::Received.word()))
            .expression_attribute_values(":held", string(State::Held.word()));
        for (name, value) in [(":from", from), (":to", to)] {
            if let Some(value) = value {
                update = update.expression_attribute_values(name, string(&value.to_string()));
            }
        }
        self.turn(id, update).await
    }

    /// One write, of answers, flags and state together: the row never shows the one without the others. A photo that comes at the
    /// same moment is not touched.
    pub(super) async fn revise(&self, from: &Row, to: &Row, now: Timestamp) -> Result<Transition, StoreError> {
        let update = self
            .update(now)
            .update_expression(
                "SET #state = :to, changed_at = :now, payload_hash = :answers, earlier = :earlier, flags = :flags",
            )
            .condition_expression("#state = :from AND payload_hash = :before")
            .expression_attribute_values(":from", string(from.state.word()))
            .expression_attribute_values(":before", string(&from.payload_hash.to_string()))
            .expression_attribute_values(":to", string(to.state.word()))
            .expression_attribute_values(":answers", string(&to.payload_hash.to_string()))
            .expression_attribute_values(":earlier", hashes(&to.earlier))
            .expression_attribute_values(":flags", flags(&to.flags));
        self.turn(&from.id, update).await
    }

    /// One write: what is left is as of [`Row::bare`].
    pub(super) async fn strip(&self, id: &Reference, now: Timestamp) -> Result<Transition, StoreError> {
        let update = self
            .update(now)
            .update_expression(
                "SET payload_hash = :nothing, flags = :none, changed_at = :now REMOVE photo_hash, earlier",
            )
            .condition_expression("#state = :cleared")
            .expression_attribute_values(":cleared", string(State::Cleared.word()))
            .expression_attribute_values(":nothing", string(&content_hash(b"").to_string()))
            .expression_attribute_values(":none", flags(&[]));
        self.turn(id, update).await
    }

    /// A change of a row, which notes its time as `:now`, and looks at its `#state`.
    fn update(&self, now: Timestamp) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":now", string(&now.to_string()))
    }

    async fn turn(&self, id: &Reference, update: UpdateItemFluentBuilder) -> Result<Transition, StoreError> {
        let update = update
            .table_name(&self.table)
            .set_key(Some(key(ROW, id.key())))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match update.send().await {
            Ok(updated) => match updated.attributes() {
                Some(item) => row_of(item).map(Transition::Done),
                None => Err(damaged(id.key(), "the service kept the row that was changed to itself")),
            },
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(stands)) => match stands.item() {
                    Some(item) => row_of(item).map(Transition::Kept),
                    None => Ok(Transition::Unknown),
                },
                _ => Err(failed("UpdateItem", error)),
            },
        }
    }

    /// The row's change and the log's line in one transaction.
    pub(super) async fn decide(&self, decision: &Decision, now: Timestamp) -> Result<Transition, StoreError> {
        for _ in 0..DECISION_TRIES {
            let items = self.decision_items(decision, now)?;
            let write = self.client.transact_write_items().set_transact_items(Some(items));
            let error = match write.send().await {
                Ok(_) => None,
                Err(error) if was_cancelled(&error) => Some(error),
                Err(error) => return Err(failed("TransactWriteItems", error)),
            };
            let Some(row) = self.row(&decision.id).await? else { return Ok(Transition::Unknown) };
            match error {
                None => return Ok(Transition::Done(row)),
                Some(_) if !decision.holds_for(&row) => return Ok(Transition::Kept(row)),
                // Another transaction was under way on this row and changed nothing that matters here: once more.
                Some(_) => {}
            }
        }
        Err(StoreError::Unavailable("TransactWriteItems: others were deciding at the same time".to_owned()))
    }

    fn decision_items(&self, decision: &Decision, now: Timestamp) -> Result<Vec<TransactWriteItem>, StoreError> {
        let mut change = "SET #state = :to, changed_at = :now".to_owned();
        let mut condition = "#state = :from".to_owned();
        let mut update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(ROW, decision.id.key())))
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":from", string(decision.from.word()))
            .expression_attribute_values(":to", string(decision.to.word()))
            .expression_attribute_values(":now", string(&now.to_string()));
        if decision.decides() {
            change.push_str(", decided_at = :now");
        }
        if let Some(profile) = &decision.profile {
            change.push_str(", profile = :profile");
            update = update.expression_attribute_values(":profile", string(profile));
        }
        if let Some(answers) = decision.answers {
            condition.push_str(" AND payload_hash = :answers");
            update = update.expression_attribute_values(":answers", string(&answers.to_string()));
        }
        let update = update.update_expression(change).condition_expression(condition).build();
        let update = update.map_err(|error| failed("TransactWriteItems", error))?;
        Ok(vec![
            TransactWriteItem::builder().update(update).build(),
            TransactWriteItem::builder().put(self.log_line(decision)?).build(),
        ])
    }

    pub(super) async fn forget(&self, id: &Reference) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(key(ROW, id.key())));
        delete.send().await.map(|_| ()).map_err(|error| failed("DeleteItem", error))
    }
}

fn was_cancelled<R>(error: &SdkError<TransactWriteItemsError, R>) -> bool {
    let cancelled = error.as_service_error();
    cancelled.is_some_and(TransactWriteItemsError::is_transaction_canceled_exception)
}
