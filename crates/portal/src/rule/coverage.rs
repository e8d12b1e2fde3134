//! Which article is carried out by what, read from the tables of the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::Method;
use huiqi_kernel::flow::{AnyFlow, StepView};
use huiqi_kernel::rule::ARTICLES;
use huiqi_web::app::RouteInfo;
use serde::Deserialize;

/// The steps of one procedure that are taken under an article.
pub struct FlowSteps<'a> {
    /// The procedure.
    pub flow: &'a dyn AnyFlow,
    /// Its steps under the article, in the order of the table.
    pub steps: Vec<StepView>,
}

impl FlowSteps<'_> {
    /// The first step of each action, in the order of the table: what a reader wants to know.
    pub fn actions(&self) -> Vec<&StepView> {
        let mut out: Vec<&StepView> = Vec::new();
        for step in &self.steps {
            if !out.iter().any(|known| known.action.0 == step.action.0) {
                out.push(step);
            }
        }
        out
    }
}

/// How far a capability is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Nothing of it yet.
    NotYet,
    /// Something of it.
    Partly,
    /// All of it.
    Done,
}

/// What carries out one article.
pub struct ArticleCoverage<'a> {
    /// Number of the article.
    pub number: u8,
    /// Procedures with steps under it, by code.
    pub flows: Vec<FlowSteps<'a>>,
    /// Named pages under it, by address.
    pub pages: Vec<&'a RouteInfo>,
    /// How far each of its capabilities is there, in their order.
    pub capabilities: Vec<Extent>,
}

#[derive(Deserialize)]
struct File {
    article: Vec<Evidence>,
}

#[derive(Deserialize)]
struct Evidence {
    number: u8,
    capability: Vec<Vec<String>>,
}

static EVIDENCE: LazyLock<BTreeMap<u8, Vec<Vec<String>>>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/coverage.toml"))
        .expect("shipped at build time, read by the tests of this module");
    file.article.into_iter().map(|e| (e.number, e.capability)).collect()
});

/// What carries out each article, 1 to 28.
pub fn coverage<'a>(flows: &'a [Box<dyn AnyFlow>], routes: &'a [RouteInfo]) -> Vec<ArticleCoverage<'a>> {
    let mut sorted: Vec<&dyn AnyFlow> = flows.iter().map(|f| &**f).collect();
    sorted.sort_by_key(|f| f.code());
    let mut pages: Vec<&RouteInfo> =
        routes.iter().filter(|r| r.method == Method::GET && r.title.is_some() && r.article.is_some()).collect();
    pages.sort_by_key(|r| r.path);
    let all_steps: Vec<(&dyn AnyFlow, Vec<StepView>)> = sorted.iter().map(|f| (*f, f.steps())).collect();
    (1..=ARTICLES)
        .map(|number| ArticleCoverage {
            number,
            flows: all_steps
                .iter()
                .map(|(flow, steps)| FlowSteps {
                    flow: *flow,
                    steps: steps.iter().filter(|s| s.article.number == number).cloned().collect(),
                })
                .filter(|f| !f.steps.is_empty())
                .collect(),
            pages: pages.iter().copied().filter(|r| r.article.is_some_and(|a| a.number == number)).collect(),
            capabilities: EVIDENCE
                .get(&number)
                .map(|all| all.iter().map(|needed| extent(needed, flows, routes)).collect())
                .unwrap_or_default(),
        })
        .collect()
}

fn extent(needed: &[String], flows: &[Box<dyn AnyFlow>], routes: &[RouteInfo]) -> Extent {
    let there = needed
        .iter()
        .filter(|one| match one.split_once(':') {
            Some(("page", path)) => routes.iter().any(|r| r.method == Method::GET && r.path == path),
            Some(("flow", code)) => flows.iter().any(|f| f.code() == code),
            _ => false,
        })
        .count();
    match there {
        0 => Extent::NotYet,
        n if n == needed.len() => Extent::Done,
        _ => Extent::Partly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use huiqi_kernel::locale::Locale;
    use huiqi_kernel::rule::{RuleSet, art};
    use huiqi_web::Access;

    fn page(path: &'static str) -> RouteInfo {
        RouteInfo {
            slice: "x",
            method: Method::GET,
            path,
            access: Access::Public,
            article: Some(art(2)),
            title: Some(|_: Locale| String::from("x")),
        }
    }

    #[test]
    fn every_capability_of_the_rule_says_what_would_show_it() {
        for article in RuleSet::shipped().articles() {
            let evidence = EVIDENCE.get(&article.number).map_or(0, Vec::len);
            assert_eq!(evidence, article.capability.len(), "article {}", article.number);
        }
        let all: Vec<&String> = EVIDENCE.values().flatten().flatten().collect();
        assert!(all.iter().all(|e| e.starts_with("page:/") || e.starts_with("flow:")), "{all:?}");
        assert!(EVIDENCE.values().flatten().all(|needed| !needed.is_empty()));
    }

    #[test]
    fn what_is_mounted_decides() {
        let none = coverage(&[], &[]);
        assert_eq!(none.len(), 28);
        assert!(none.iter().flat_map(|a| &a.capabilities).all(|e| *e == Extent::NotYet));
        let routes = [page("/services"), page("/rule")];
        let some = coverage(&[], &routes);
        assert_eq!(some[0].capabilities, [Extent::Done]);
        assert_eq!(some[1].capabilities, [Extent::Partly, Extent::NotYet]);
        assert_eq!(some[1].pages.len(), 2);
    }
}
