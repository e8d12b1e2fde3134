//! Messages to phones that nobody sends, because no gateway is set: the desk that leads a matter passes them on.
//!
//! The list is masked. One text after another is shown with its phone, and each look is logged, because the link in it lets
//! its holder speak for the firm. Scope and leading desk decide who sees what: messages about a report of wrongdoing are for
//! the officers named for it.

use axum::extract::Path;
use huiqi_identity::gateway::{self, Line};
use huiqi_identity::people::mask_phone;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, Col, Field, Style, Table};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Route, Slice, Visit, dates};

use crate::record::Desk;
use crate::scope::{self, Scope};
use crate::t;

/// Whoever answers for a desk. Not those who answer requests themselves: with the link one can confirm and grade.
const PASSING: &[Role] =
    &[Role::OperatorManager, Role::CentreOfficer, Role::CentreApprover, Role::BureauOfficer, Role::BureauApprover];

/// Rows of the list; what is older waits behind what was passed on.
const ROWS: u64 = 50;

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("passing");
    slice.routes = vec![
        Route::get("/outbox", list).roles(PASSING).named(|l| t(l).passing_title()),
        Route::post("/outbox/{number}/text", show).roles(PASSING),
        Route::post("/outbox/{number}/passed-on", pass_on).roles(PASSING),
    ];
    slice
}

/// Matters led by the viewer's own desk, of those that the viewer may know of.
fn led(viewer: &Viewer) -> Scope {
    let desk = match viewer.role().map(Role::capacity) {
        Some(Capacity::Operator) => Desk::Operator,
        Some(Capacity::Centre) => Desk::Centre,
        Some(Capacity::Bureau) => Desk::Bureau,
        _ => return scope::visible(&Viewer::Public),
    };
    scope::visible(viewer).and("c.desk = ?", [desk.code().into()])
}

const WAITING: &str = "m.state = 'waiting' AND m.template <> 'code' AND m.secret IS NOT NULL";

async fn waiting(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<Line>, Fault> {
    let scope = led(viewer);
    let text = format!(
        "SELECT {} FROM phone_message m JOIN case_record c ON c.number = m.subject_number
         WHERE {WAITING} AND ({}) ORDER BY m.id LIMIT {ROWS}",
        gateway::LINE,
        scope.sql
    );
    ctx::all(ctx, &text, scope.values).await
}

/// Whether the message is about a matter that the viewer's desk leads.
async fn is_led(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<(), Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let scope = led(viewer);
    let text = format!(
        "SELECT COUNT(*) AS n FROM phone_message m JOIN case_record c ON c.number = m.subject_number
         WHERE m.number = ? AND ({})",
        scope.sql
    );
    let values = std::iter::once(number.into()).chain(scope.values);
    let row: Option<Row> = ctx::one(ctx, &text, values).await?;
    if row.is_some_and(|r| r.n > 0) { Ok(()) } else { Err(Fault::NotFound) }
}

const HERE: &str = "passing";

/// A text for a phone, marked as Chinese where it is.
fn in_its_language(text: &str) -> Html {
    let lang = if text.chars().any(huiqi_kernel::text::is_han) { "zh-CN" } else { "en" };
    Html::raw(format!("<span lang=\"{lang}\">")).say(text).and(&Html::raw("</span>"))
}

async fn list(visit: Visit) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let m = t(l);
    let lines = waiting(ctx, visit.viewer()).await?;
    let lede = if gateway::is_set(ctx) { m.passing_lede_set() } else { m.passing_lede() };
    let mut body = Html::raw("<div class=\"wrap\">").and(&huiqi_web::layout::flash_slot()).and(&components::page_head(
        &m.passing_title(),
        Html::text(&lede),
        Html::empty(),
    ));
    if lines.is_empty() {
        body = body.and(&components::empty(m.passing_none()));
    } else {
        let mut table = Table::new(&m.passing_title())
            .cards()
            .col(Col::text(&m.passing_text()).class("what"))
            .col(Col::nowrap(&m.passing_matter()))
            .col(Col::nowrap(&m.passing_phone()))
            .col(Col::nowrap(&m.passing_until()))
            .col(Col::nowrap(&m.passing_do()));
        for line in &lines {
            let button = Html(format!(
                "<form method=\"post\" action=\"/outbox/{}/text\"><button class=\"button is-second is-small\" type=\"submit\">{}<span class=\"sr\"> {}</span></button></form>",
                line.number,
                Html::text(&m.passing_show()),
                Html::text(&line.subject_number),
            ));
            table.push(
                "",
                [
                    in_its_language(&gateway::masked_text(line)),
                    components::link(&format!("/cases/{}", line.subject_number), &line.subject_number),
                    components::reference(&mask_phone(&line.phone)),
                    dates::moment(line.expires_at, ctx.today(), l),
                    button,
                ],
            );
        }
        body = body.and(&table.html());
    }
    visit.page(m.passing_title(), HERE).show(body.and(&Html::raw("</div>"))).await
}

async fn show(visit: Visit, Path(number): Path<String>, _: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    is_led(ctx, visit.viewer(), &number).await?;
    let work = ctx.write(visit.viewer()).await?;
    let shown = gateway::show_in(&work, &number).await?;
    work.commit().await?;
    page(&visit, &number, &shown.line, &shown.text, l).await
}

async fn page(visit: &Visit, number: &str, line: &Line, text: &str, l: Locale) -> Answer {
    let m = t(l);
    let body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back("/outbox", &m.passing_title(), l))
        .and(&Html::raw("<div class=\"form-main section\"><h1>"))
        .say(&m.passing_one(&line.subject_number))
        .and(&Html::raw("</h1>"))
        .and(&components::kv_stack(&[
            (m.passing_phone(), Html(format!("<a href=\"tel:{0}\">{0}</a> ", Html::text(&line.phone))).and(&components::copy_button(&line.phone, l))),
            (m.passing_matter(), components::link(&format!("/cases/{}", line.subject_number), &line.subject_number)),
        ]))
        // Without scripts the field is where the text is marked and copied by hand.
        .and(&Field::area("text", m.passing_text()).hint(m.passing_text_hint()).rows(3).value(text).attr("readonly", "").html(l))
        .and(&components::copy_button(text, l))
        .and(&Html(format!(
            "<form method=\"post\" action=\"/outbox/{number}/passed-on\"><div class=\"button-row form-go\">{}</div></form>",
            components::button(&m.passing_done(), Style::Solid)
        )))
        .and(&Html(format!("<p class=\"small quiet\">{}</p></div></div>", Html::text(&m.passing_logged()))));
    visit.page(m.passing_one(&line.subject_number), HERE).show(body).await
}

async fn pass_on(visit: Visit, Path(number): Path<String>, _: Form) -> Answer {
    is_led(visit.ctx(), visit.viewer(), &number).await?;
    let work = visit.ctx().write(visit.viewer()).await?;
    gateway::pass_on_in(&work, &number).await?;
    work.commit().await?;
    visit.to("/outbox").good(t(visit.locale()).passing_noted()).now()
}
