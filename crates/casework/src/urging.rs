//! Urging by hand: whoever watches over a matter asks those whose turn it is to move on, and the timeline keeps it.

use chrono::NaiveDate;
use huiqi_kernel::clock::working_days_after;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Role, Viewer};
use huiqi_kernel::rule::{Limit, Span, art};
use huiqi_store::clock::local;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use huiqi_web::dates;
use serde_json::json;

use crate::record::{self, Case, Turn};
use crate::{inbox, ladder, t, timeline};

/// Who may urge others by hand.
pub const URGERS: &[Role] = &[
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
];
/// The step that keeps it in the timeline.
pub const ACTION: &str = "urge-by-hand";
/// Most characters of the words that go with it.
pub const MAX_WORDS: usize = 200;

/// The last time somebody urged by hand.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Last {
    /// UTC milliseconds.
    pub at: i64,
    /// Who did.
    pub person: Option<String>,
    /// The same in English.
    pub person_en: Option<String>,
}

const LAST: &str = "SELECT s.at, p.name AS person, p.name_en AS person_en FROM case_step s
     LEFT JOIN person p ON p.id = s.person WHERE s.case_id = ? AND s.action = 'urge-by-hand' ORDER BY s.seq DESC LIMIT 1";

/// The last urging by hand of a case.
///
/// # Errors
/// When the database fails.
pub async fn last(ctx: &Ctx, case: i64) -> Result<Option<Last>, Fault> {
    ctx::one(ctx, LAST, [Value::from(case)]).await
}

/// The first day on which a case may be urged again.
fn next_day(ctx: &Ctx, case: &Case, last: &Last) -> NaiveDate {
    let on = local(last.at).date();
    match case.rules(ctx).span(Limit::UrgeByHand) {
        Span::WorkingDays(days) => working_days_after(&ctx.calendar(), on, days),
        Span::CalendarDays(days) => on + chrono::Days::new(u64::from(days)),
        Span::Hours(hours) => on + chrono::Days::new(u64::from(hours.div_ceil(24))),
    }
}

/// Why a case cannot be urged now; nothing where it can.
pub fn blocked(ctx: &Ctx, case: &Case, last: Option<&Last>) -> Option<Refusal> {
    if case.closed_at.is_some() || matches!(case.turn(), Turn::Firm | Turn::Nobody) {
        return Some(Refusal::because(|l| t(l).urging_nobody()));
    }
    let last = last?;
    let next = next_day(ctx, case, last);
    let today = ctx.today();
    (today < next).then(|| {
        Refusal::because(|l| {
            let who = timeline::in_words(last.person.as_deref().unwrap_or_default(), last.person_en.as_deref(), l);
            t(l).urging_too_soon(
                who,
                dates::date_words(local(last.at).date(), today, l),
                dates::date_words(next, today, l),
            )
        })
    })
}

/// Urges whoever's turn it is in a case this viewer may see; an assignment is urged on the request above it, where the
/// timeline keeps it.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see the case or has no business urging; [`Fault::Refused`] when it was
/// urged too lately, or nobody is waited for.
pub async fn urge(ctx: &Ctx, viewer: &Viewer, number: &str, words: &str) -> Result<(), Fault> {
    if !viewer.is(URGERS) {
        return Err(Fault::NotFound);
    }
    if words.chars().count() > MAX_WORDS {
        return Err(Fault::invalid("words", |l| t(l).urging_too_long(MAX_WORDS as i64)));
    }
    let work = ctx.write(viewer).await?;
    let mut case = inbox::visible_in(&work, viewer, number).await?;
    if case.flow == "assignment"
        && let Some(parent) = case.parent
    {
        case = record::by_id_in(&work, parent).await?;
    }
    let last: Option<Last> = work.one(LAST, [Value::from(case.id)]).await?;
    if let Some(refusal) = blocked(ctx, &case, last.as_ref()) {
        return Err(Fault::Refused(refusal));
    }
    let people: Vec<i64> = ladder::waited_for_in(&work, &case).await?.into_iter().collect();
    if people.is_empty() {
        return Err(Fault::Refused(Refusal::because(|l| t(l).urging_nobody())));
    }
    let whom = whom_in(&work, &case).await?;
    let detail = json!({ "whom": whom.zh, "whom_en": whom.en, "people": people.len() });
    record::note_in(&work, &case, ACTION, art(5), Some(words), false, &detail).await?;
    let text = |l| t(l).ladder_by_hand(viewer.actor().map_or("", |a| a.place(l)), &case.number, &case.title);
    ladder::tell_in(&work, &case, &people, "urge", text).await?;
    work.audit("case.urge", "case", &case.number, json!({ "people": people.len() })).await?;
    work.commit().await
}

/// Whoever was urged, by the name of the house or the desk.
async fn whom_in(work: &Work, case: &Case) -> Result<Bilingual, Fault> {
    #[derive(FromQueryResult)]
    struct Name {
        name: String,
        name_en: Option<String>,
    }
    let desk = match case.turn() {
        turn @ (Turn::Dispatch | Turn::Check | Turn::Desk) => {
            Some(Bilingual::say(|l| ladder::seat(turn, case.desk(), l)))
        }
        _ => None,
    };
    if let Some(desk) = desk {
        return Ok(desk);
    }
    let names: Vec<Name> = work
        .all(
            "SELECT DISTINCT COALESCE(w.name, o.name) AS name,
                CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS name_en
             FROM case_record c JOIN organisation o ON o.id = c.handler_org
             LEFT JOIN service_window w ON w.id = c.handler_window
             WHERE c.closed_at IS NULL AND c.turn = 'handler' AND (c.id = ? OR (c.parent = ? AND c.flow = 'assignment'))
             ORDER BY 1, 2",
            [Value::from(case.id), Value::from(case.id)],
        )
        .await?;
    Ok(Bilingual::say(|l: Locale| {
        names
            .iter()
            .map(|n| timeline::in_words(&n.name, n.name_en.as_deref(), l).to_owned())
            .collect::<Vec<_>>()
            .join(&t(l).ladder_join())
    }))
}
