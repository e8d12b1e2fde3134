//! Addresses of notices.

use axum::extract::Path;
use huiqi_kernel::people::Role;
use huiqi_web::components::Pager;
use huiqi_web::slice::Route;
use huiqi_web::visit::local_path;
use huiqi_web::{Answer, Failure, Visit};

use super::{actions, mailer, pages, queries};
use crate::gateway;
use crate::paging::{self, PAGE};
use crate::t;

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/notices", list).named(|l| t(l).notice_list_title()),
        Route::get("/notices/{number}", open),
        Route::post("/notices/read", read_all),
        Route::get("/admin/outbox", outbox).roles(&[Role::SystemAdmin]).named(|l| t(l).notice_outbox_title()),
    ]
}

/// Links of a list that goes from new to old by number: onwards, and back to the newest.
fn pager<T>(rows: &mut Vec<T>, base: &str, before: Option<&str>, number: impl Fn(&T) -> &str) -> Pager {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let joint = if base.contains('?') { '&' } else { '?' };
    Pager {
        prev: before.map(|_| base.to_owned()),
        next: rows.last().filter(|_| more).map(|row| format!("{base}{joint}before={}", number(row))),
        shown: rows.len() as u64,
        total: (before.is_none() && !more).then_some(rows.len() as u64),
    }
}

async fn list(visit: Visit) -> Answer {
    let actor = visit.actor()?;
    let query = paging::query_of(visit.path());
    let before = query.iter().find(|(k, v)| k == "before" && !v.is_empty()).map(|(_, v)| v.as_str());
    let only_unread = query.iter().any(|(k, v)| k == "unread" && v == "yes");
    let mut lines = queries::list(visit.ctx(), actor.person, only_unread, before).await?;
    let base = paging::address("/notices", &[("unread", if only_unread { "yes" } else { "" })]);
    let pager = pager(&mut lines, &base, before, |line| &line.number);
    let l = visit.locale();
    let unread = visit.session().map_or(0, |s| s.unread);
    let body = pages::list(&lines, &pager, only_unread, unread, visit.ctx().today(), l);
    visit.page(t(l).notice_list_title(), "notices").template(body).await
}

/// Opens what a notice is about and marks it as read. A GET, so that it is a plain link; marking is harmless when a
/// browser fetches it ahead.
async fn open(visit: Visit, Path(number): Path<String>) -> Answer {
    let actor = visit.actor()?;
    let Some(href) = queries::target(visit.ctx(), actor.person, &number).await? else {
        return Err(Failure::not_found());
    };
    actions::mark_read(visit.ctx(), visit.viewer(), Some(&number)).await?;
    visit.to(local_path(&href)).now()
}

async fn read_all(visit: Visit) -> Answer {
    let count = actions::mark_read(visit.ctx(), visit.viewer(), None).await?;
    visit.to("/notices").good(t(visit.locale()).notice_read_done(i64::try_from(count).unwrap_or(i64::MAX))).now()
}

async fn outbox(visit: Visit) -> Answer {
    let query = paging::query_of(visit.path());
    let before = query.iter().find(|(k, v)| k == "before" && !v.is_empty()).map(|(_, v)| v.as_str());
    if query.iter().any(|(k, v)| k == "to" && v == "phone") {
        return phones(&visit, before).await;
    }
    let mut mails = queries::outbox(visit.ctx(), before).await?;
    let pager = pager(&mut mails, "/admin/outbox", before, |mail| &mail.number);
    let ctx = visit.ctx();
    let l = visit.locale();
    let body = pages::outbox(&mails, &pager, mailer::configured(), ctx.is_demo(), ctx.today(), l);
    visit.page(t(l).notice_outbox_title(), "outbox").template(body).await
}

/// Messages to phones that wait or failed.
async fn phones(visit: &Visit, before: Option<&str>) -> Answer {
    let ctx = visit.ctx();
    let mut lines = gateway::outbox(ctx, before).await?;
    let pager = pager(&mut lines, "/admin/outbox?to=phone", before, |(line, _)| &line.number);
    let l = visit.locale();
    let body = pages::phones(&lines, &pager, gateway::is_set(ctx), ctx.is_demo(), ctx.today(), l);
    visit.page(t(l).notice_outbox_title(), "outbox").template(body).await
}
