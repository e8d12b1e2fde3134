//! Who at the bureau handles reports of breaches (举报): named persons only, so that nobody else learns who reported.
//! Until somebody is named, every officer of the bureau may see them.

use huiqi_identity::notices::{self, Notice};
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::Html;
use huiqi_web::components::{self, Field, Style};
use serde_json::json;

use super::pages::{Page, crumbs, section};
use crate::t;

/// Whoever names them: the bureau's approvers.
pub(super) const NAMERS: &[Role] = &[Role::BureauApprover];

#[derive(FromQueryResult)]
struct Officer {
    id: i64,
    number: String,
    name: String,
    named: i64,
}

/// Everybody of the bureau who can be named, by name.
async fn officers(ctx: &Ctx) -> Result<Vec<Officer>, Fault> {
    ctx::all(
        ctx,
        "SELECT DISTINCT p.id, p.number, p.name, p.pinyin, CAST(CASE WHEN n.person IS NULL THEN 0 ELSE 1 END AS BIGINT) AS named
         FROM person p JOIN membership m ON m.person = p.id LEFT JOIN report_officer n ON n.person = p.id
         WHERE m.until IS NULL AND p.state = 'active' AND m.role IN (?, ?) ORDER BY p.pinyin, p.number",
        [Value::from(Role::BureauOfficer.code()), Value::from(Role::BureauApprover.code())],
    )
    .await
}

/// The page.
pub(super) async fn page(ctx: &Ctx, l: Locale) -> Result<Page, Fault> {
    let m = t(l);
    let officers = officers(ctx).await?;
    let named: Vec<&str> = officers.iter().filter(|o| o.named == 1).map(|o| o.number.as_str()).collect();
    let lead = if named.is_empty() { m.setting_report_none() } else { m.setting_report_named(named.len() as i64) };
    let field = Field::checks("officer", m.setting_report_who())
        .options(officers.iter().map(|o| (o.number.as_str(), o.name.as_str())))
        .values(&named)
        .html(l);
    let body = Html::raw("<p>")
        .say(&lead)
        .and(&Html::raw("</p><form method=\"post\" action=\"/settings/report-officers\" class=\"form-main\">"))
        .and(&field)
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.setting_report_save(), Style::Solid))
        .and(&Html::raw("</div></form>"));
    Ok(Page {
        crumbs: crumbs(&m.setting_report_title(), l),
        head: components::page_head(&m.setting_report_title(), Html::empty(), Html::empty()),
        parts: vec![section("officers", &m.setting_report_who(), Html::empty(), &body)],
        ..Page::default()
    })
}

/// Names exactly these persons; returns how many are named now.
///
/// # Errors
/// [`Fault::NotFound`] for whoever does not name them; when the database fails.
pub async fn name_report_officers(ctx: &Ctx, viewer: &Viewer, persons: &[&str]) -> Result<i64, Fault> {
    if !viewer.is(NAMERS) {
        return Err(Fault::NotFound);
    }
    let officers = officers(ctx).await?;
    let chosen: Vec<&Officer> = officers.iter().filter(|o| persons.contains(&o.number.as_str())).collect();
    let work = ctx.write(viewer).await?;
    work.run("DELETE FROM report_officer", []).await?;
    for officer in &chosen {
        work.run(
            "INSERT INTO report_officer (person, at, by_person) VALUES (?, ?, ?)",
            [Value::from(officer.id), Value::from(work.now()), Value::from(work.person())],
        )
        .await?;
    }
    let fresh: Vec<i64> = chosen.iter().filter(|o| o.named == 0).map(|o| o.id).collect();
    if !fresh.is_empty() {
        let notice = Notice {
            kind: "setting.report-officer",
            number: String::new(),
            text: Bilingual::say(|l| t(l).setting_report_notice()),
            href: "/inbox".to_owned(),
        };
        notices::send_in(&work, &fresh, &notice).await?;
    }
    let numbers: Vec<&str> = chosen.iter().map(|o| o.number.as_str()).collect();
    work.audit("setting.report-officers", "setting", "report-officers", json!({ "persons": numbers })).await?;
    work.commit().await?;
    Ok(chosen.len() as i64)
}
