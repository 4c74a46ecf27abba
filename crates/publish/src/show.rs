//! A plan in words, and as JSON.

use crate::look::Look;
use crate::plan::{Plan, Upload};
use crate::round::PublishOutcome;
use crate::session::Published;
use schema::ground::text::counted;
use serde_json::{Value, json};
use site::ledger::Class;

/// What S3 asked for 1,000 puts in us-east-1 in November 2026, in dollars.
const THOUSAND_PUTS: f64 = 0.005;

/// A plan in words, a line for each kind of work.
pub fn lines(plan: &Plan, look: &Look, tags: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let public = &look.public;
    if public.deploy.is_empty() {
        lines.push("Nothing is public yet.".to_owned());
    } else {
        let (files, people) = (public.files.len(), public.people().len());
        lines.push(format!("Public: {} of {people} people, published {}.", counted(files, "file"), public.made_at));
    }
    if !look.touched.paths.is_empty() {
        let count = look.touched.paths.len();
        let are = if count == 1 { "is" } else { "are" };
        lines.push(format!("A publish did not finish: {} {are} looked at again.", counted(count, "file")));
    }
    for removal in &plan.removals {
        lines.push(format!("  leaves   {} ({})", removal.person, counted(removal.paths.len(), "file")));
    }
    for class in Class::ALL {
        let uploads: Vec<&Upload> = plan.uploads.iter().filter(|upload| upload.class == class).collect();
        if !uploads.is_empty() {
            let new = uploads.iter().filter(|upload| upload.new).count();
            let (changed, size) = (uploads.len() - new, bytes(&uploads));
            lines.push(format!("  {:<24} {new} new, {changed} changed, {}", class.words(), grouped(size)));
        }
    }
    let others = [
        ("pages that are no longer", plan.deletes.len()),
        ("photos and search files that must not stay", plan.late.len()),
        ("old files that stay a week", plan.retires.len()),
        ("old files whose week is over", plan.prunes.len()),
        ("addresses that come back", plan.returns.len()),
    ];
    for (what, count) in others.iter().filter(|(_, count)| *count > 0) {
        lines.push(format!("  {what}: {count}"));
    }
    let purges = plan.purges(tags);
    if !purges.is_empty() {
        lines.push(format!("  copies to drop at the edge: {}", purges.join(" ")));
    }
    if !plan.uploads.is_empty() {
        let (count, cost) = (plan.uploads.len(), dollars(plan.uploads.len()));
        lines.push(format!("  {}, about ${cost:.3}", counted(count, "upload")));
    }
    lines
}

fn bytes(uploads: &[&Upload]) -> u64 {
    uploads.iter().map(|upload| upload.entry.size).sum()
}

fn dollars(puts: usize) -> f64 {
    u32::try_from(puts).map_or(f64::INFINITY, f64::from) * THOUSAND_PUTS / 1000.0
}

fn grouped(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

/// What came of a publish, for a program.
///
/// # Errors
/// Those of writing JSON, which a plan does not cause.
pub fn json(published: &Published, tags: bool) -> Result<Value, serde_json::Error> {
    let Published { deploy, outcome, plan, steps } = published;
    let mut value = serde_json::to_value(plan)?;
    if let Value::Object(fields) = &mut value {
        let size = bytes(&plan.uploads.iter().collect::<Vec<_>>());
        let steps: Vec<Value> = steps.iter().map(|(step, at)| json!({"step": step, "at": at})).collect();
        fields.insert("publish".to_owned(), json!(deploy));
        fields.insert("done".to_owned(), json!(matches!(outcome, PublishOutcome::Done(_))));
        if let PublishOutcome::Refused(why) = outcome {
            fields.insert("refused".to_owned(), json!(why.what));
            fields.insert("help".to_owned(), json!(why.help));
        }
        fields.insert("bytes".to_owned(), json!(size));
        fields.insert("purges".to_owned(), json!(plan.purges(tags)));
        fields.insert("steps".to_owned(), json!(steps));
    }
    Ok(value)
}
