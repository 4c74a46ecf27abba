//! Counts as CloudWatch reads them from a function's log.

use jiff::Timestamp;
use serde_json::{Value, json};

/// A line of the log that counts something, in CloudWatch's embedded metric format.
pub fn metric(name: &str, unit: &str, value: i64, at: Timestamp) -> Value {
    json!({
        "_aws": {
            "Timestamp": at.as_millisecond(),
            "CloudWatchMetrics": [{
                "Namespace": "InsideOut",
                "Dimensions": [[]],
                "Metrics": [{ "Name": name, "Unit": unit }],
            }],
        },
        name: value,
    })
}
