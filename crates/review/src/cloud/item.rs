//! What a row and its parts look like in the table.

use crate::store::StoreError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use schema::ground::hash::{Hash, content_hash};
use schema::submission::decision::Decision;
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::reference::Reference;
use schema::submission::row::Row;
use std::collections::HashMap;

/// A thing in the table, with its keys.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The partition of rows.
pub(super) const ROW: &str = "ROW";
/// The partition of the log.
pub(super) const LOG: &str = "LOG";
/// The partition of what a sweep saw of the log.
pub(super) const SEEN: &str = "SEEN";

pub(super) fn key(partition: &str, sort: &str) -> Item {
    HashMap::from([("pk".to_owned(), string(partition)), ("sk".to_owned(), string(sort))])
}

pub(super) fn string(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(super) fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(super) fn flags(flags: &[Flag]) -> AttributeValue {
    AttributeValue::L(flags.iter().map(|flag| string(flag.word())).collect())
}

pub(super) fn hashes(hashes: &[Hash]) -> AttributeValue {
    AttributeValue::L(hashes.iter().map(|hash| string(&hash.to_string())).collect())
}

pub(super) fn item_of(row: &Row) -> Item {
    let mut item = key(ROW, row.id.key());
    let texts = [
        ("kind", Some(row.kind.word().to_owned())),
        ("state", Some(row.state.word().to_owned())),
        ("payload_hash", Some(row.payload_hash.to_string())),
        ("secret_hash", Some(row.secret_hash.to_string())),
        ("photo_hash", row.photo_hash.map(|hash| hash.to_string())),
        ("created_at", Some(row.created_at.to_string())),
        ("changed_at", Some(row.changed_at.to_string())),
        ("decided_at", row.decided_at.map(|moment| moment.to_string())),
        ("profile", row.profile.clone()),
    ];
    item.extend(texts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), AttributeValue::S(value?)))));
    item.insert("flags".to_owned(), flags(&row.flags));
    if !row.earlier.is_empty() {
        item.insert("earlier".to_owned(), hashes(&row.earlier));
    }
    item
}

pub(super) fn row_of(item: &Item) -> Result<Row, StoreError> {
    let id = text(item, "sk")?;
    let wrong = |name: &str| damaged(id, &format!("its {name} is not one"));
    let word = |name: &'static str| text(item, name);
    let time = |name: &'static str| word(name)?.parse::<Timestamp>().map_err(|_| wrong(name));
    let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
    let hash = |name: &str, text: &str| Hash::parse(text).ok_or_else(|| wrong(name));
    // Without them nobody knows whether it is held.
    let flags = item.get("flags").and_then(|value| value.as_l().ok()).ok_or_else(|| damaged(id, "it has no flags"))?;
    let flag =
        |value: &AttributeValue| value.as_s().ok().and_then(|word| Flag::from_word(word)).ok_or_else(|| wrong("flag"));
    // What was never corrected has none.
    let earlier = item.get("earlier").and_then(|value| value.as_l().ok()).into_iter().flatten();
    let corrected = |value: &AttributeValue| hash("earlier", value.as_s().map_or("", String::as_str));
    Ok(Row {
        id: Reference::parse(id).ok_or_else(|| wrong("id"))?,
        kind: SubmissionKind::from_word(word("kind")?).ok_or_else(|| wrong("kind"))?,
        state: State::from_word(word("state")?).ok_or_else(|| wrong("state"))?,
        payload_hash: hash("payload_hash", word("payload_hash")?)?,
        earlier: earlier.map(corrected).collect::<Result<_, _>>()?,
        secret_hash: hash("secret_hash", word("secret_hash")?)?,
        photo_hash: optional("photo_hash").map(|text| hash("photo_hash", &text)).transpose()?,
        flags: flags.iter().map(flag).collect::<Result<_, _>>()?,
        created_at: time("created_at")?,
        changed_at: time("changed_at")?,
        decided_at: optional("decided_at").map(|text| text.parse().map_err(|_| wrong("decided_at"))).transpose()?,
        profile: optional("profile"),
    })
}

/// A line of the log. Behind the name that an editor gave stands with whose credentials it was written, where that was noted: a
/// name is only typed.
pub(super) fn line_of(item: &Item) -> Result<Decision, StoreError> {
    let line = text(item, "line")?;
    let mut decision: Decision = serde_json::from_str(line).map_err(|error| damaged(line, &error.to_string()))?;
    if let Ok(caller) = text(item, "caller") {
        decision.editor = format!("{} ({caller})", decision.editor);
    }
    Ok(decision)
}

/// The key of a line, and the digest of all that stands there, whatever it is.
pub(super) fn digest_of(item: &Item) -> Result<(String, Hash), StoreError> {
    let of = |name: &str| item.get(name).map_or("none", |value| value.as_s().map_or("no text", String::as_str));
    let digest = content_hash(format!("{}\n{}", of("line"), of("caller")).as_bytes());
    Ok((text(item, "sk")?.to_owned(), digest))
}

/// The same, as a sweep saw it.
pub(super) fn seen_of(item: &Item) -> Result<(String, Hash), StoreError> {
    let key = text(item, "sk")?;
    let digest = Hash::parse(text(item, "digest")?).ok_or_else(|| damaged(key, "its digest is not one"))?;
    Ok((key.to_owned(), digest))
}

pub(super) fn text<'a>(item: &'a Item, name: &str) -> Result<&'a str, StoreError> {
    let id = item.get("sk").and_then(|value| value.as_s().ok()).map_or("an item", String::as_str);
    let value = item.get(name).and_then(|value| value.as_s().ok());
    value.map(String::as_str).ok_or_else(|| damaged(id, &format!("it has no {name}")))
}

pub(super) fn damaged(key: &str, why: &str) -> StoreError {
    StoreError::Damaged { key: key.to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_with_whose_credentials_it_was_written_and_older_ones_say_none() {
        let decision = Decision {
            at: Timestamp::UNIX_EPOCH,
            editor: "ann".into(),
            id: Reference::from_random([7; 16]),
            from: State::Received,
            to: State::Held,
            reason: None,
            profile: None,
            assured: Vec::new(),
            answers: None,
        };
        let line = string(&serde_json::to_string(&decision).unwrap());
        let older = Item::from([("line".to_owned(), line)]);
        assert_eq!(line_of(&older).unwrap(), decision);
        let caller = ("caller".to_owned(), string("arn:aws:sts::1:assumed-role/editors/ann"));
        let newer = older.into_iter().chain([caller]).collect();
        assert_eq!(line_of(&newer).unwrap().editor, "ann (arn:aws:sts::1:assumed-role/editors/ann)");
    }

    #[test]
    fn a_row_comes_back_as_it_was_put_or_is_damaged() {
        let row = Row {
            id: Reference::from_random([7; 16]),
            kind: SubmissionKind::Registration,
            state: State::Held,
            payload_hash: content_hash(b"answers"),
            earlier: Vec::new(),
            secret_hash: content_hash(b"secret"),
            photo_hash: Some(content_hash(b"photo")),
            flags: vec![Flag::Proven],
            created_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            decided_at: Some(Timestamp::UNIX_EPOCH),
            profile: None,
        };
        assert_eq!(row_of(&item_of(&row)).unwrap(), row);
        let corrected = row.revised(content_hash(b"second"), &[Flag::Soon]);
        assert_eq!(row_of(&item_of(&corrected)).unwrap(), corrected);
        let odd =
            item_of(&corrected).into_iter().chain([("earlier".to_owned(), AttributeValue::L(vec![string("ab12")]))]);
        assert!(row_of(&odd.collect()).unwrap_err().to_string().contains("earlier"));
        let mut bare = item_of(&row);
        bare.remove("flags");
        assert!(row_of(&bare).unwrap_err().to_string().contains("it has no flags"));
        for name in ["payload_hash", "secret_hash", "photo_hash"] {
            let cut = Item::from([(name.to_owned(), string("ab12"))]);
            let item = item_of(&row).into_iter().chain(cut).collect();
            assert!(row_of(&item).unwrap_err().to_string().contains(name));
        }
    }
}
