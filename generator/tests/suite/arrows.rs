//! The house as ARCHITECTURE.md draws it: a crate uses only crates of lower floors, and no file leads back to itself through the
//! files that it uses. Both are read from the sources, so the page cannot say what the code does not keep.

#![expect(
    clippy::indexing_slicing,
    reason = "each key comes from the very map that it opens, and a test that is wrong about that fails"
)]

use super::site::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};

/// The crates of each floor, the lowest first: the block of ARCHITECTURE.md that begins with "```floors".
fn floors() -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let (_, block) = page.split_once("```floors\n").expect("ARCHITECTURE.md has a block of floors");
    let (block, _) = block.split_once("\n```").unwrap();
    let names = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    // The page draws the top floor at the top.
    block.lines().rev().map(names).collect()
}

/// Every package of the workspace with its folder.
fn packages() -> BTreeMap<String, PathBuf> {
    let root = repository();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.extend(["templates", "submit-fn", "generator"].map(|name| root.join(name)));
    folders.into_iter().map(|folder| (folder.file_name().unwrap().to_string_lossy().into_owned(), folder)).collect()
}

#[test]
fn a_crate_uses_only_crates_of_lower_floors() {
    let floors = floors();
    let floor_of = |name: &str| floors.iter().position(|floor| floor.iter().any(|other| other == name));
    let packages = packages();
    let drawn: BTreeSet<&String> = floors.iter().flatten().collect();
    assert_eq!(drawn, packages.keys().collect(), "ARCHITECTURE.md draws other crates than there are");
    for (name, folder) in &packages {
        let manifest: String = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let (_, dependencies) = manifest.split_once("[dependencies]").unwrap();
        // Tests may look up; what ships may not.
        let dependencies = dependencies.split("\n[").next().unwrap();
        for line in dependencies.lines() {
            let used = line.split(['.', ' ', '=']).next().unwrap();
            if let Some(below) = packages.contains_key(used).then(|| floor_of(used)).flatten() {
                let own = floor_of(name).unwrap();
                assert!(below < own, "{name} stands on floor {own} and uses {used} of floor {below}");
            }
        }
    }
}

/// The files of a crate, by the path of their module: `[]` for lib.rs, `["form", "check"]` for form/check.rs.
fn modules(source: &Path) -> BTreeMap<Vec<String>, PathBuf> {
    let mut modules = BTreeMap::new();
    for entry in walkdir::WalkDir::new(source) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let inner = path.strip_prefix(source).unwrap().with_extension("");
        let mut module: Vec<String> = inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            module.pop();
        }
        modules.insert(module, path);
    }
    modules
}

/// A method of a type: `self.method()` in one file leads to the file that gives the type the method. One type cut over files that call
/// each other would be a circle that no `use` shows.
type Method = (String, String);

/// What a file says of others: each path that it uses, from the top of its crate, and each that it only passes on; the methods that
/// it gives to types, and those that these call of themselves.
#[derive(Default)]
struct Said {
    used: BTreeSet<Vec<String>>,
    passed_on: BTreeSet<Vec<String>>,
    gives: BTreeSet<Method>,
    calls: BTreeSet<Method>,
}

/// Gathers the paths of a file; what only tests see does not count.
#[derive(Default)]
struct Reader {
    used: BTreeSet<Vec<String>>,
    passed_on: BTreeSet<Vec<String>>,
    gives: BTreeSet<Method>,
    calls: BTreeSet<Method>,
    /// The type whose methods are being read.
    of: String,
}

impl<'f> Visit<'f> for Reader {
    fn visit_item_impl(&mut self, item: &'f syn::ItemImpl) {
        let syn::Type::Path(of) = item.self_ty.as_ref() else { return visit::visit_item_impl(self, item) };
        self.of = of.path.segments.last().unwrap().ident.to_string();
        for item in item.items.iter().filter(|_| item.trait_.is_none()) {
            if let syn::ImplItem::Fn(method) = item {
                self.gives.insert((self.of.clone(), method.sig.ident.to_string()));
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'f syn::ExprMethodCall) {
        if matches!(call.receiver.as_ref(), syn::Expr::Path(receiver) if receiver.path.is_ident("self")) {
            self.calls.insert((self.of.clone(), call.method.to_string()));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_item(&mut self, item: &'f syn::Item) {
        let attributes = match item {
            syn::Item::Mod(item) => item.attrs.as_slice(),
            syn::Item::Use(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            _ => &[],
        };
        let is_test = |attribute: &syn::Attribute| {
            attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
        };
        if !attributes.iter().any(is_test) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'f syn::ItemUse) {
        let is_shared = !matches!(item.vis, syn::Visibility::Inherited);
        take_apart(&item.tree, &mut Vec::new(), if is_shared { &mut self.passed_on } else { &mut self.used });
    }

    fn visit_path(&mut self, path: &'f syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.used.insert(segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'f syn::Macro) {
        // What stands inside `format!` and its like are expressions too.
        let arguments = item.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        arguments.iter().flatten().for_each(|argument| self.visit_expr(argument));
    }
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn take_apart(tree: &syn::UseTree, before: &mut Vec<String>, paths: &mut BTreeSet<Vec<String>>) {
    let whole = |last: &syn::Ident, before: &[String]| {
        before.iter().cloned().chain((last != "self").then(|| last.to_string())).collect::<Vec<String>>()
    };
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            take_apart(&path.tree, before, paths);
            before.pop();
        }
        syn::UseTree::Name(name) => drop(paths.insert(whole(&name.ident, before))),
        syn::UseTree::Rename(renamed) => drop(paths.insert(whole(&renamed.ident, before))),
        syn::UseTree::Glob(_) => drop(paths.insert(before.clone())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| take_apart(tree, before, paths)),
    }
}

fn said(path: &Path, module: &[String], children: &BTreeSet<String>) -> Said {
    let mut reader = Reader::default();
    reader.visit_file(&syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap());
    let whole =
        |paths: BTreeSet<Vec<String>>| paths.into_iter().filter_map(|path| absolute(&path, module, children)).collect();
    let (used, passed_on) = (whole(reader.used), whole(reader.passed_on));
    Said { used, passed_on, gives: reader.gives, calls: reader.calls }
}

/// A path from the top of its crate; none for paths that lead elsewhere.
fn absolute(path: &[String], module: &[String], children: &BTreeSet<String>) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some(module.iter().chain(rest).cloned().collect()),
        "super" => {
            let up = 1 + rest.iter().take_while(|part| *part == "super").count();
            let above = module.get(..module.len().checked_sub(up)?)?;
            Some(above.iter().chain(&rest[up - 1..]).cloned().collect())
        }
        child if children.contains(child) => Some(module.iter().chain(path).cloned().collect()),
        _ => None,
    }
}

/// For each file of a crate, the files that it uses. A name that a folder's own file only passes on leads to the file behind it.
fn arrows(source: &Path) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let modules = modules(source);
    let children = |module: &Vec<String>| -> BTreeSet<String> {
        let inner = modules.keys().filter(|other| other.len() == module.len() + 1 && other.starts_with(module));
        inner.map(|other| other.last().unwrap().clone()).collect()
    };
    let said: BTreeMap<&Vec<String>, Said> =
        modules.iter().map(|(module, path)| (module, said(path, module, &children(module)))).collect();
    let file_of = |path: &[String]| -> Option<&Vec<String>> {
        (0..=path.len()).rev().find_map(|depth| modules.get_key_value(&path[..depth]).map(|(module, _)| module))
    };
    let behind = |path: &Vec<String>| -> Option<Vec<String>> {
        let mut path = path.clone();
        loop {
            let module = file_of(&path)?;
            let item = path.get(module.len());
            match said[module].passed_on.iter().find(|passed| item.is_some() && passed.last() == item) {
                Some(passed) if *passed != path => path.clone_from(passed),
                _ => return Some(module.clone()),
            }
        }
    };
    let mut arrows = BTreeMap::new();
    for (module, path) in &modules {
        let gives = |method: &Method| {
            said.iter().find(|(_, said)| said.gives.contains(method)).map(|(other, _)| (*other).clone())
        };
        let called = said[module].calls.iter().filter(|method| !said[module].gives.contains(*method)).filter_map(gives);
        let leads = said[module].used.iter().filter_map(behind).chain(called).filter(|other| other != module);
        arrows.insert(path.clone(), leads.map(|module| modules[&module].clone()).collect());
    }
    arrows
}

#[test]
fn no_file_leads_back_to_itself() {
    let mut circles = Vec::new();
    for (name, folder) in packages() {
        let arrows = arrows(&folder.join("src"));
        assert!(
            arrows.values().map(BTreeSet::len).sum::<usize>() > 0 || arrows.len() == 1,
            "{name} has no arrow at all"
        );
        for start in arrows.keys() {
            let (mut seen, mut todo) = (BTreeSet::new(), arrows[start].iter().collect::<Vec<_>>());
            while let Some(next) = todo.pop() {
                if seen.insert(next) {
                    todo.extend(&arrows[next]);
                }
            }
            if seen.contains(start) {
                let back: Vec<_> = arrows[start]
                    .iter()
                    .filter(|next| reaches(&arrows, next, start))
                    .map(|next| next.strip_prefix(repository()).unwrap().display().to_string())
                    .collect();
                circles.push(format!("{} -> {}", start.strip_prefix(repository()).unwrap().display(), back.join(", ")));
            }
        }
    }
    assert!(circles.is_empty(), "files that lead back to themselves:\n{}", circles.join("\n"));
}

fn reaches(arrows: &BTreeMap<PathBuf, BTreeSet<PathBuf>>, from: &PathBuf, to: &PathBuf) -> bool {
    let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
    while let Some(next) = todo.pop() {
        if next == to {
            return true;
        }
        if seen.insert(next) {
            todo.extend(&arrows[next]);
        }
    }
    false
}
