//! URLs of papers, then their handlers in this order.

use axum::extract::{Path, Query};
use huiqi_kernel::rule::art;
use huiqi_web::layout::Room;
use huiqi_web::{Answer, Form, Route, Visit};
use serde::Deserialize;

use super::{pages, queries};
use crate::t;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/cases/{number}/papers/{paper}", show).under(art(5)).named(|l| t(l).paper_page_name()),
        Route::get("/cases/{number}/papers/{paper}/docx", file),
        Route::get("/papers/check", check).public().under(art(5)).named(|l| t(l).paper_check_title()),
    ]
}

async fn show(visit: Visit, Path((number, paper)): Path<(String, String)>, Query(ask): Query<pages::Ask>) -> Answer {
    let (case, paper) = queries::visible(visit.ctx(), visit.viewer(), &number, &paper).await?;
    pages::show(&visit, &case, &paper, "", &ask).await
}

async fn file(visit: Visit, Path((number, paper)): Path<(String, String)>, Query(ask): Query<pages::Ask>) -> Answer {
    let (case, paper) = queries::visible(visit.ctx(), visit.viewer(), &number, &paper).await?;
    pages::file(&visit, &case, &paper, &ask)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CheckQuery {
    n: Option<String>,
    c: Option<String>,
}

/// Tries by one client in an hour.
const TRIES: i64 = 60;

async fn check(visit: Visit, Query(query): Query<CheckQuery>) -> Answer {
    let asked = query.n.is_some() || query.c.is_some();
    let mut form = Form::with([("n", query.n.unwrap_or_default()), ("c", query.c.unwrap_or_default())]);
    let mut found = None;
    if asked {
        let number = form.required("n", 60, |l| t(l).paper_check_number());
        let code = form.required("c", 20, |l| t(l).paper_check_which());
        if form.ok() {
            visit.ctx().limit(&format!("paper:{}", visit.client()), TRIES, 3_600_000).await?;
            found = Some(queries::checked(visit.ctx(), &number, &code).await?);
        }
    }
    let body = pages::check(&visit, &form, found.as_deref());
    visit.page(t(visit.locale()).paper_check_title(), "").room(Room::Portal).refused(!form.ok()).show(body).await
}
