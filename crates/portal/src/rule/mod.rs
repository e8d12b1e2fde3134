//! The rule, article by article: our summary, the values it sets, the steps and pages that carry it out; and each
//! procedure as the table it is.
//!
//! Nothing about coverage is written by hand on a page: steps come from the flow tables, pages from the URL lists, and
//! what is missing follows from both (see [`coverage`]).

pub mod coverage;
mod pages;

use axum::extract::Path;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::{Answer, Route, Slice, Visit};

use crate::t;

/// What this slice brings.
pub fn slice() -> Slice {
    Slice {
        routes: vec![
            Route::get("/rule", articles).public().under(art(1)).named(|l| t(l).rule_title()),
            Route::get("/rule/{flow}", procedure).public().under(art(5)),
        ],
        ..Slice::new("rule")
    }
}

async fn articles(visit: Visit) -> Answer {
    let page = pages::articles(&visit)?;
    visit.page(t(visit.locale()).rule_title(), "rule").template(page).await
}

async fn procedure(visit: Visit, Path(code): Path<String>) -> Answer {
    let flow = visit.flow(&code).ok_or(Fault::NotFound)?;
    let page = pages::procedure(flow, &visit);
    visit.page(flow.name(visit.locale()), "rule").template(page).await
}
