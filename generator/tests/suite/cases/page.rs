//! A page of `tests/check/`: why a rule is there, and cases of it. A case is what breaks the rule, what `check` says, and what
//! mends it; a block of slips is many small cases.

use std::ops::Range;
use std::path::Path;

/// One step from the sound site to a broken one, or back.
pub(super) enum Step {
    /// Lines of a file as they should not be, and as they should.
    Piece { file: String, wrong: String, right: String },
    /// A whole file, its bytes as the page writes them.
    File { file: String, text: String },
    /// A whole file that is no text.
    Bytes { file: String, recipe: String },
    /// `copy A B`, `rename A B`, `link A B`, `delete A`
    Move(Vec<String>),
}

/// One break and its mending.
#[derive(Default)]
pub(super) struct Case {
    pub(super) line: usize,
    pub(super) breaking: Vec<Step>,
    pub(super) says: String,
    /// Whether other rules are broken too, of which other pages tell.
    pub(super) is_part: bool,
    /// Where the words stand in the page.
    pub(super) place: Range<usize>,
    pub(super) mending: Vec<Step>,
    /// Right and wrong words of a file, each pair a case of its own.
    pub(super) slips: Vec<(String, String, String)>,
}

/// A page, read.
pub(super) struct Page {
    pub(super) rule: String,
    pub(super) text: String,
    /// Its first paragraph.
    pub(super) why: String,
    pub(super) cases: Vec<Case>,
}

struct Block<'a> {
    info: Vec<&'a str>,
    line: usize,
    body: &'a str,
    place: Range<usize>,
}

/// Reads a page.
///
/// # Errors
/// What keeps it from being one.
pub(super) fn read(path: &Path) -> Result<Page, String> {
    let text = std::fs::read_to_string(path).unwrap();
    let rule = path.file_stem().unwrap().to_string_lossy().into_owned();
    if !text.starts_with(&format!("# {rule}\n\n")) {
        return Err(format!("the page does not begin with `# {rule}` and an empty line"));
    }
    let why = text.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ").trim().to_owned();
    let cases = cases(&blocks(&text)?)?;
    if cases.is_empty() || why.starts_with("```") {
        return Err("a page says why, and has a case".to_owned());
    }
    Ok(Page { rule, why, cases, text })
}

fn blocks(text: &str) -> Result<Vec<Block<'_>>, String> {
    let mut blocks = Vec::new();
    let mut open: Option<(Vec<&str>, usize, usize)> = None;
    let mut at = 0;
    for (row, line) in text.split_inclusive('\n').enumerate() {
        let next = at + line.len();
        match (&open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.split_whitespace().collect(), row + 1, next)),
            (Some((info, row, begin)), Some("\n")) => {
                let place = *begin..at;
                blocks.push(Block { info: info.clone(), line: *row, body: text.get(place.clone()).unwrap(), place });
                open = None;
            }
            _ => {}
        }
        at = next;
    }
    open.map_or(Ok(blocks), |(_, row, _)| Err(format!("the block of line {row} does not end")))
}

fn cases(blocks: &[Block<'_>]) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut case = Case::default();
    let mut has_said = false;
    for block in blocks {
        let begins = matches!(block.info.get(1), Some(&"wrong")) || block.info.first() == Some(&"slips");
        let is_mended = !case.mending.is_empty() || !case.slips.is_empty();
        if has_said && begins && is_mended {
            cases.push(std::mem::take(&mut case));
            has_said = false;
        }
        if case.line == 0 {
            case.line = block.line;
        }
        if block.info.first() == Some(&"says") {
            (case.says, case.place, has_said) = (block.body.to_owned(), block.place.clone(), true);
            case.is_part = block.info == ["says", "part"];
        } else {
            take(&mut case, block, has_said)?;
        }
    }
    if case.line > 0 {
        cases.push(case);
    }
    match cases.iter().find(|case| case.place.is_empty() && case.place.start == 0) {
        Some(case) => Err(format!("the case of line {} has no block `says`", case.line)),
        None => Ok(cases),
    }
}

/// Takes a block into a case: before its words it breaks, behind them it mends.
fn take(case: &mut Case, block: &Block<'_>, has_said: bool) -> Result<(), String> {
    let (body, line) = (block.body, block.line);
    let steps = if has_said { &mut case.mending } else { &mut case.breaking };
    match (block.info.as_slice(), has_said) {
        ([_, "wrong", "file", file], false) | ([_, "right", "file", file], true) => {
            steps.push(Step::File { file: (*file).to_owned(), text: unescape(body) });
        }
        (["bytes", "wrong", file], false) | (["bytes", "right", file], true) => {
            steps.push(Step::Bytes { file: (*file).to_owned(), recipe: body.to_owned() });
        }
        (["steps", "wrong"], false) | (["steps", "right"], true) => {
            let moves = body.lines().map(|line| Step::Move(line.split(' ').map(str::to_owned).collect()));
            steps.extend(moves);
        }
        ([_, "wrong", file], false) => {
            steps.push(Step::Piece { file: (*file).to_owned(), wrong: unescape(body), right: String::new() });
        }
        ([_, "right", file], true) => {
            let open = case.breaking.iter_mut().find_map(|step| match step {
                Step::Piece { file: of, right, wrong } if of == file && right.is_empty() => Some((wrong, right)),
                _ => None,
            });
            let Some((wrong, right)) = open else { return Err(format!("line {line} mends nothing")) };
            *right = unescape(body);
            case.mending.push(Step::Piece { file: (*file).to_owned(), wrong: wrong.clone(), right: right.clone() });
        }
        (["slips", file], false) => {
            for slip in body.lines() {
                let (right, wrong) = slip
                    .split_once(" ⇒ ")
                    .or(slip.strip_suffix(" ⇒").map(|right| (right, "")))
                    .ok_or(format!("line {line}: a slip is `right ⇒ wrong`"))?;
                let words = |text: &str| unescape(&text.replace('↵', "\n"));
                case.slips.push(((*file).to_owned(), words(right), words(wrong)));
            }
        }
        (info, _) => return Err(format!("line {line}: nobody knows a block `{}` here", info.join(" "))),
    }
    Ok(())
}

/// `⟨U+0301×9⟩` as nine such marks: what cannot be seen has a name on the page.
fn unescape(text: &str) -> String {
    let name = regex::Regex::new(r"⟨U\+([0-9A-F]{4,6})(?:×(\d+))?⟩").unwrap();
    let character = |found: &regex::Captures<'_>| {
        let code = u32::from_str_radix(&found[1], 16).unwrap();
        let count = found.get(2).map_or(1, |count| count.as_str().parse().unwrap());
        char::from_u32(code).unwrap().to_string().repeat(count)
    };
    name.replace_all(text, character).into_owned()
}
