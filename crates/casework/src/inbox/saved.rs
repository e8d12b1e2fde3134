//! Filters that somebody keeps under a name.

use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Fault, ctx};
use huiqi_web::components::{self};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Visit};

use super::ask::Ask;
use crate::t;

#[derive(Clone, FromQueryResult)]
pub(super) struct Saved {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) query: String,
}

pub(super) async fn saved(visit: &Visit, place: &str) -> Result<Vec<Saved>, Fault> {
    let Some(actor) = visit.viewer().actor() else { return Ok(Vec::new()) };
    ctx::all(
        visit.ctx(),
        "SELECT id, name, query FROM saved_filter WHERE person = ? AND place = ? ORDER BY id",
        [Value::from(actor.person), Value::from(place)],
    )
    .await
}

pub(super) fn saved_bar(visit: &Visit, ask: &Ask, saved: &[Saved]) -> Html {
    let m = t(visit.locale());
    let mut out = Html::empty();
    if saved.is_empty() && !ask.is_filtered() {
        return out;
    }
    out = out.and(&Html::raw("<div class=\"button-row small saved-filters\">"));
    for one in saved {
        out = out
            .and(&components::link(&format!("/inbox?{}", one.query), &one.name))
            .and(&Html::raw("<form method=\"post\" action=\"/inbox/filters/remove\">"))
            .and(&components::hidden("id", &one.id.to_string()))
            .and(&Html::raw("<button class=\"button is-plain is-small\" type=\"submit\">"))
            .say(&m.inbox_filter_remove(&one.name))
            .and(&Html::raw("</button></form>"));
    }
    if ask.is_filtered() {
        let query = ask.with("", "after", "");
        out = out
            .and(&Html::raw("<form method=\"post\" action=\"/inbox/filters\" class=\"button-row\">"))
            .and(&components::hidden("query", query.trim_start_matches('?')))
            .and(&Html::raw("<label class=\"sr\" for=\"filter-name\">"))
            .say(&m.inbox_filter_name())
            .and(&Html::raw("</label><input class=\"input is-small\" id=\"filter-name\" name=\"name\" maxlength=\"20\" required placeholder=\""))
            .say(&m.inbox_filter_name())
            .and(&Html::raw("\"><button class=\"button is-second is-small\" type=\"submit\">"))
            .say(&m.inbox_filter_save())
            .and(&Html::raw("</button></form>"));
    }
    out.and(&Html::raw("</div>"))
}

pub(super) async fn save_filter(visit: Visit, mut form: Form) -> Answer {
    let actor = visit.actor()?.clone();
    let name = form.required("name", 20, |l| t(l).inbox_filter_name());
    let query = form.value("query").to_owned();
    if !form.ok() {
        return visit.to("/inbox").warn(t(visit.locale()).inbox_filter_name_missing()).now();
    }
    let work = visit.ctx().write(visit.viewer()).await?;
    work.run(
        "INSERT INTO saved_filter (person, place, name, query) VALUES (?, 'inbox', ?, ?)",
        [Value::from(actor.person), Value::from(name), Value::from(query.clone())],
    )
    .await?;
    work.commit().await?;
    visit.to(format!("/inbox?{query}")).good(t(visit.locale()).inbox_filter_saved()).now()
}

pub(super) async fn remove_filter(visit: Visit, form: Form) -> Answer {
    let actor = visit.actor()?.clone();
    let id: i64 = form.value("id").parse().unwrap_or_default();
    let work = visit.ctx().write(visit.viewer()).await?;
    work.run("DELETE FROM saved_filter WHERE id = ? AND person = ?", [Value::from(id), Value::from(actor.person)])
        .await?;
    work.commit().await?;
    visit.to("/inbox").now()
}
