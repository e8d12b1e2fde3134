//! URLs of merging, then their handlers in this order.

use axum::extract::{Path, RawQuery};
use huiqi_casework::inbox;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::{Answer, Form, Route, Visit};

use super::{actions, pages};
use crate::requests::flow::{Action, DESK};
use crate::requests::pages::show_with_error;
use crate::t;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/requests/merge", batch).roles(DESK).under(art(5)).named(|l| t(l).merge_batch_title()),
        Route::post("/requests/merge", merge_batch).roles(DESK).under(art(5)),
        Route::post("/requests/{number}/merge", merge).roles(DESK).under(art(5)),
    ]
}

/// Most requests merged together.
const MOST: usize = 30;

async fn batch(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let picked: Vec<String> = form.all("n").take(MOST).map(str::to_owned).collect();
    pages::batch(&visit, &picked).await
}

async fn merge_batch(visit: Visit, form: Form) -> Answer {
    let m = t(visit.locale());
    let into = form.value("into").to_owned();
    let target = inbox::visible(visit.ctx(), visit.viewer(), &into).await?;
    let (mut merged, mut left) = (0_i64, 0_i64);
    for number in form.all("n").take(MOST).filter(|n| *n != into) {
        let seen = form.value(&format!("version-{number}")).parse().ok();
        match actions::merge(visit.ctx(), visit.viewer(), number, &into, form.value("words"), seen).await {
            Ok(_) => merged += 1,
            Err(Fault::Stale | Fault::Refused(_) | Fault::NotFound | Fault::Invalid { .. }) => left += 1,
            Err(fault) => return Err(fault.into()),
        }
    }
    let go = visit.to(format!("/requests/{}", target.number));
    match (merged, left) {
        (0, 0) => visit.to("/inbox").warn(m.merge_batch_none()).now(),
        (_, 0) => go.good(m.merge_batch_done(merged)).now(),
        _ => go.warn(m.merge_batch_some(merged, left)).now(),
    }
}

async fn merge(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let seen = Some(form.version()).filter(|v| *v >= 0);
    match actions::merge(visit.ctx(), visit.viewer(), &number, form.value("into"), form.value("words"), seen).await {
        Ok(target) => {
            let m = t(visit.locale());
            visit.to(format!("/requests/{}", target.number)).good(m.merge_done(&number, &target.number)).now()
        }
        Err(Fault::Invalid { field, message }) => {
            show_with_error(&visit, &number, (Action::Merge.code(), field, message), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
