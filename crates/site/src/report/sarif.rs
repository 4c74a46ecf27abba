//! Problems as a SARIF 2.1.0 log, which code scanning reads.

use super::github::in_repository;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schema::yaml::finding::Finding;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What stands in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The log of one run. Each rule that was broken is described by the help for its first problem.
pub fn log(root: &Path, findings: &[Finding]) -> Value {
    let mut rules: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for finding in findings {
        let help = rules.entry(finding.rule).or_default();
        *help = help.or(finding.help.as_deref());
    }
    let index = |rule: &str| rules.keys().position(|other| *other == rule);
    let results: Vec<Value> =
        findings.iter().map(|finding| result(root, finding, index(finding.rule).unwrap_or_default())).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "inside-out",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(rule, help)| described(rule, *help)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn described(rule: &str, help: Option<&str>) -> Value {
    let mut described = json!({
        "id": rule,
        "shortDescription": { "text": rule.replace('-', " ") },
        "defaultConfiguration": { "level": "error" },
    });
    if let (Value::Object(fields), Some(help)) = (&mut described, help) {
        fields.insert("help".to_owned(), json!({ "text": help }));
    }
    described
}

fn result(root: &Path, finding: &Finding, index: usize) -> Value {
    let said = [Some(finding.message.as_str()), finding.help.as_deref()];
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": "error",
        "message": { "text": said.into_iter().flatten().collect::<Vec<_>>().join("\n") },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": address(&in_repository(root, &finding.file)), "uriBaseId": "%SRCROOT%" },
            "region": { "startLine": finding.line, "startColumn": finding.column },
        } }],
    })
}

/// A file as a relative address.
fn address(file: &Path) -> String {
    let part = |part: &std::ffi::OsStr| utf8_percent_encode(&part.to_string_lossy(), PLAIN).to_string();
    file.iter().map(part).collect::<Vec<_>>().join("/")
}
