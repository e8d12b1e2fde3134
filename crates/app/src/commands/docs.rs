//! `huiqi docs --out DIR`: what the tables of the program say, as files that can be compared.
//!
//! Sorted and without dates, so that two runs of one program write the same bytes.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use axum::http::Method;
use huiqi_kernel::flow::{AnyFlow, StepView, mermaid};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_kernel::rule::RuleSet;
use huiqi_portal::rule::coverage::{Extent, coverage};
use huiqi_web::app::RouteInfo;
use huiqi_web::{Access, Slice};

use crate::{Problem, wiring};

pub(super) fn run(out: &Path) -> Result<ExitCode, Problem> {
    let (flows, routes) = tables(wiring::slices());
    let files = files(&flows, &routes);
    for (name, text) in &files {
        let path = out.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        made.map_err(|error| Problem::setup(format!("{}: {error}", path.display())))?;
    }
    crate::say(format!("{} files written to {}", files.len(), out.display()));
    Ok(ExitCode::SUCCESS)
}

/// The flow tables and URL lists of all slices, sorted.
fn tables(slices: Vec<Slice>) -> (Vec<Box<dyn AnyFlow>>, Vec<RouteInfo>) {
    let mut flows: Vec<Box<dyn AnyFlow>> = Vec::new();
    let mut routes = Vec::new();
    for slice in slices {
        flows.extend(slice.flows);
        routes.extend(slice.routes.into_iter().map(|route| RouteInfo {
            slice: slice.name,
            method: route.method,
            path: route.path,
            access: route.access,
            article: route.article,
            title: route.title,
        }));
    }
    flows.sort_by_key(|flow| flow.code());
    routes.sort_by(|a, b| (a.path, a.method.as_str()).cmp(&(b.path, b.method.as_str())));
    (flows, routes)
}

/// Name and content of every file.
fn files(flows: &[Box<dyn AnyFlow>], routes: &[RouteInfo]) -> Vec<(String, String)> {
    let mut files = vec![
        ("README.md".to_owned(), readme(flows)),
        ("access.md".to_owned(), access(routes)),
        ("rule.md".to_owned(), rule(flows, routes)),
    ];
    files.extend(flows.iter().map(|flow| (format!("flows/{}.md", flow.code()), flow_file(&**flow))));
    files
}

fn readme(flows: &[Box<dyn AnyFlow>]) -> String {
    let mut out = String::from(
        "# Written by the program\n\n\
         `cargo xtask docs` writes these files from the tables that decide; do not edit them.\n\n\
         - [access.md](access.md): every address and who may open it\n\
         - [rule.md](rule.md): every article and what carries it out\n",
    );
    for flow in flows {
        let _ = writeln!(out, "- [flows/{0}.md](flows/{0}.md): {1}", flow.code(), flow.name(Locale::En));
    }
    out
}

fn flow_file(flow: &dyn AnyFlow) -> String {
    let mut out = format!("# {} · {}\n", flow.name(Locale::En), flow.name(Locale::Zh));
    for locale in Locale::ALL {
        let _ = write!(out, "\n```mermaid\n{}```\n", mermaid(flow, locale));
    }
    out.push_str("\n| from | action | to | who | relation | limit | article |\n|---|---|---|---|---|---|---|\n");
    for step in flow.steps() {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            step.from.0,
            step.action.0,
            step.to.0,
            who(&step),
            step.tie.map_or("", |tie| tie.code()),
            step.limit.map_or("", |limit| limit.code()),
            step.article
        );
    }
    out
}

fn who(step: &StepView) -> String {
    let mut who: Vec<&str> = step.by.iter().map(|role| role.code()).collect();
    if step.bearer {
        who.push("bearer");
    }
    if step.system {
        who.push("system");
    }
    who.join(", ")
}

fn access(routes: &[RouteInfo]) -> String {
    let mut out = String::from(
        "# Who may open what\n\n`x` may open it, `·` may not. What stands on the page is decided by the queries below it.\n\n",
    );
    let names: Vec<&str> = std::iter::once("nobody").chain(Role::ALL.iter().map(|role| role.code())).collect();
    let _ = writeln!(out, "| method | address | {} |", names.join(" | "));
    let _ = writeln!(out, "|---|---|{}", ":-:|".repeat(names.len()));
    for route in routes {
        let marks: Vec<&str> = std::iter::once(None)
            .chain(Role::ALL.iter().map(Some))
            .map(|role| if admits(route.access, role.copied()) { "x" } else { "·" })
            .collect();
        let _ = writeln!(out, "| {} | `{}` | {} |", route.method, route.path, marks.join(" | "));
    }
    out
}

/// As [`Access::admits`], by role alone.
fn admits(access: Access, role: Option<Role>) -> bool {
    match (access, role) {
        (Access::Public, _) => true,
        (_, None) => false,
        (Access::Signed, Some(_)) => true,
        (Access::Staff, Some(role)) => role.is_staff(),
        (Access::Roles(roles), Some(role)) => roles.contains(&role),
    }
}

fn rule(flows: &[Box<dyn AnyFlow>], routes: &[RouteInfo]) -> String {
    let set = RuleSet::shipped();
    let mut out = String::from("# What carries out the rule\n");
    for covered in coverage(flows, routes) {
        let Some(article) = set.article(covered.number) else { continue };
        let _ = write!(
            out,
            "\n## {} {} · {}\n\n",
            article.label(Locale::En),
            article.title.get(Locale::En),
            article.title.get(Locale::Zh)
        );
        for (words, extent) in article.capability.iter().zip(&covered.capabilities) {
            let state = match extent {
                Extent::Done => "done",
                Extent::Partly => "partly",
                Extent::NotYet => "not yet",
            };
            let _ = writeln!(out, "- **{state}** {}", words.get(Locale::En));
        }
        for steps in &covered.flows {
            let actions: Vec<&str> = steps.actions().iter().map(|step| step.action.0).collect();
            let _ = writeln!(out, "- steps of [{0}](flows/{0}.md): {1}", steps.flow.code(), actions.join(", "));
        }
        for page in &covered.pages {
            let title = page.title.map_or_else(String::new, |title| title(Locale::En));
            let _ = writeln!(out, "- page `{} {}` {title}", Method::GET, page.path);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_write_the_same() {
        let once = || {
            let (flows, routes) = tables(wiring::slices());
            files(&flows, &routes)
        };
        let files = once();
        assert_eq!(files, once());
        assert!(files.iter().any(|(name, text)| name == "access.md" && text.contains("| GET | `/` | x | x |")));
        assert!(files.iter().any(|(name, text)| name == "rule.md" && text.matches("\n## ").count() == 28));
    }

    #[test]
    fn what_is_kept_is_what_the_program_writes() {
        let (flows, routes) = tables(wiring::slices());
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated");
        for (name, text) in files(&flows, &routes) {
            let found = std::fs::read_to_string(kept.join(&name)).unwrap_or_default();
            assert!(found == text, "docs/generated/{name} is out of date: run `cargo xtask docs`");
        }
    }

    #[test]
    fn no_two_slices_share_an_address() {
        let (_, routes) = tables(wiring::slices());
        for pair in routes.windows(2) {
            assert!(
                (pair[0].path, &pair[0].method) != (pair[1].path, &pair[1].method),
                "{} {} is mounted by {} and {}",
                pair[0].method,
                pair[0].path,
                pair[0].slice,
                pair[1].slice
            );
        }
    }
}
