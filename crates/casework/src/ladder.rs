//! The ladder on silence: remind, urge, warn, supervise. One pass looks at every running limit.

use chrono::NaiveDate;
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people;
use huiqi_kernel::clock::working_days_between;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_kernel::rule::{Limit, Span};
use huiqi_store::job::Job;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde_json::json;

use crate::record::{COLUMNS, Case, Desk, Turn};
use crate::t;

/// Looks at every running limit once a minute.
pub const JOB: Job =
    Job { name: "casework.ladder", every_ms: 60_000, run: |ctx| Box::pin(async move { run(&ctx).await }) };

/// How far the ladder should have gone for a case today.
fn rung(ctx: &Ctx, case: &Case, due: NaiveDate, today: NaiveDate) -> i64 {
    let rules = case.rules(ctx);
    let days = |limit: Limit| match rules.span(limit) {
        Span::WorkingDays(n) | Span::CalendarDays(n) | Span::Hours(n) => i64::from(n),
    };
    let left = working_days_between(&ctx.calendar(), today, due);
    if left < 0 && -left >= days(Limit::EscalateAfter) {
        4
    } else if left < 0 && -left >= days(Limit::WarnAfter) {
        3
    } else if left < 0 || (left == 0 && days(Limit::UrgeAfter) == 0) {
        2
    } else if left <= days(Limit::RemindBefore) {
        1
    } else {
        0
    }
}

/// Raises every case to its rung and tells the people concerned; returns how many rose.
///
/// # Errors
/// When the database fails. Cases risen before the failure stay risen; a second run goes on from there.
pub async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let today = ctx.today();
    // No rung is reached earlier than this many calendar days before the due day.
    let horizon = today + chrono::Days::new(14);
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c
         WHERE c.closed_at IS NULL AND c.due_on IS NOT NULL AND c.due_on <= ? AND c.ladder < 4 AND c.turn <> 'firm'
         ORDER BY c.due_on, c.id"
    );
    let mut risen = 0;
    for case in ctx::all::<Case>(ctx, &text, [Value::from(horizon.to_string())]).await? {
        let Some(due) = case.due() else { continue };
        let rung = rung(ctx, &case, due, today);
        if rung <= case.ladder {
            continue;
        }
        let work = ctx.write(&Viewer::System).await?;
        let changed = work
            .run(
                "UPDATE case_record SET ladder = ? WHERE id = ? AND version = ? AND ladder < ?",
                [Value::from(rung), Value::from(case.id), Value::from(case.version), Value::from(rung)],
            )
            .await?;
        if changed == 0 {
            continue;
        }
        tell(&work, &case, due, rung).await?;
        work.audit("case.ladder", "case", &case.number, json!({ "rung": rung, "due": case.due_on })).await?;
        work.commit().await?;
        risen += 1;
    }
    Ok(risen)
}

/// Everybody whose turn it is in a case.
///
/// # Errors
/// When the database fails.
pub async fn on_turn_in(work: &Work, case: &Case) -> Result<Vec<i64>, Fault> {
    let people = match case.turn() {
        Turn::Handler => match (case.handler_person, case.handler_window, case.handler_org) {
            (Some(person), _, _) => vec![person],
            (None, window @ Some(_), Some(org)) => {
                people::members_in(work, org, window, &[Role::WindowAgent, Role::WindowManager]).await?
            }
            (None, None, Some(org)) => {
                people::members_in(
                    work,
                    org,
                    None,
                    &[Role::ProviderAgent, Role::ProviderManager, Role::DepartmentOfficer],
                )
                .await?
            }
            _ => Vec::new(),
        },
        Turn::Firm => match case.firm {
            Some(firm) => firm_in(work, case, firm).await?,
            None => Vec::new(),
        },
        Turn::Desk => at_desk_in(work, case, desk_roles(case.desk(), Role::OperatorAgent)).await?,
        Turn::Dispatch | Turn::Check => {
            at_desk_in(work, case, desk_roles(case.desk(), Role::OperatorDispatcher)).await?
        }
        Turn::Below | Turn::Nobody => Vec::new(),
    };
    Ok(people)
}

/// Who at a firm is told about its case: the members whose tie has been checked and whoever asked; of a report (举报) only
/// whoever reported, colleagues not.
///
/// # Errors
/// When the database fails.
pub async fn firm_in(work: &Work, case: &Case, firm: i64) -> Result<Vec<i64>, Fault> {
    let mut people = people::firm_members_in(work, firm, case.opened_by).await?;
    if case.is_report() {
        people.retain(|person| case.opened_by == Some(*person));
    }
    Ok(people)
}

fn desk_roles(desk: Desk, operator: Role) -> &'static [Role] {
    match (desk, operator) {
        (Desk::Operator, Role::OperatorAgent) => &[Role::OperatorAgent],
        (Desk::Operator, _) => &[Role::OperatorDispatcher],
        (Desk::Centre, _) => &[Role::CentreAgent, Role::CentreOfficer],
        (Desk::Bureau, _) => &[Role::BureauOfficer],
    }
}

/// Holders of these roles, and of a report (举报) only those named for reports, where somebody is.
async fn at_desk_in(work: &Work, case: &Case, roles: &[Role]) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Named {
        person: i64,
    }
    let mut people = people::role_holders_in(work, roles).await?;
    if case.is_report() {
        let named: Vec<Named> = work.all("SELECT person FROM report_officer ORDER BY person", []).await?;
        if !named.is_empty() {
            people.retain(|p| named.iter().any(|n| n.person == *p));
        }
    }
    Ok(people)
}

/// The organisation's manager, from the third rung on; the level above, from the fourth.
async fn above_in(work: &Work, case: &Case, rung: i64) -> Result<Vec<i64>, Fault> {
    let mut people = Vec::new();
    if rung >= 3 {
        people.extend(match (case.turn(), case.handler_org) {
            (Turn::Handler, Some(org)) => {
                people::members_in(work, org, case.handler_window, &[Role::WindowManager, Role::ProviderManager])
                    .await?
            }
            // What is led above the operator is never told to the operator.
            _ => {
                let roles: &[Role] = match case.desk() {
                    Desk::Operator => &[Role::OperatorManager],
                    Desk::Centre => &[Role::CentreApprover],
                    Desk::Bureau => &[Role::BureauApprover],
                };
                at_desk_in(work, case, roles).await?
            }
        });
    }
    if rung >= 4 {
        let roles: &[Role] = match case.desk() {
            Desk::Operator => &[Role::CentreOfficer],
            Desk::Centre => &[Role::BureauOfficer],
            Desk::Bureau => &[Role::BureauApprover],
        };
        people.extend(at_desk_in(work, case, roles).await?);
    }
    Ok(people)
}

async fn tell(work: &Work, case: &Case, due: NaiveDate, rung: i64) -> Result<(), Fault> {
    let mut people = on_turn_in(work, case).await?;
    people.extend(above_in(work, case, rung).await?);
    people.sort_unstable();
    people.dedup();
    let today = work.today();
    let text = Bilingual::say(|l| {
        let day = huiqi_web::dates::date_words(due, today, l);
        let m = t(l);
        match rung {
            1 => m.ladder_remind(&case.number, &case.title, &day),
            2 => m.ladder_urge(&case.number, &case.title, &day),
            3 => m.ladder_warn(&case.number, &case.title, &day),
            _ => m.ladder_supervise(&case.number, &case.title, &day),
        }
    });
    tell_in(work, case, &people, "ladder", text, format!("/cases/{}", case.number)).await
}

/// Tells people something about a case. What is told about a report (举报) says neither number nor matter, because mails
/// pass through other hands, and it stands in no list of mails.
///
/// # Errors
/// When the database fails.
pub async fn tell_in(
    work: &Work,
    case: &Case,
    people: &[i64],
    kind: &'static str,
    text: Bilingual,
    href: String,
) -> Result<(), Fault> {
    if people.is_empty() {
        return Ok(());
    }
    let (kind, text) =
        if case.is_report() { (notices::CONFIDENTIAL, Bilingual::say(|l| t(l).ladder_confidential())) } else { (kind, text) };
    notices::send_in(work, people, &Notice { kind, number: case.number.clone(), text, href }).await
}

/// Tells the firm in plain words that the day of its request has moved, and why.
///
/// # Errors
/// When the database fails.
pub(crate) async fn moved_in(
    work: &Work,
    case: &Case,
    after: NaiveDate,
    stoppage: Option<&huiqi_kernel::calendar::Stoppage>,
) -> Result<(), Fault> {
    let (Some(firm), Some(before), "request") = (case.firm, case.due(), case.flow.as_str()) else { return Ok(()) };
    let people = firm_in(work, case, firm).await?;
    let today = work.today();
    let text = Bilingual::say(|l| {
        let day = |d| huiqi_web::dates::date_words(d, today, l);
        let m = t(l);
        match stoppage {
            Some(s) => m.ladder_moved_stoppage(&case.number, &case.title, &s.reason, &s.document, day(before), day(after)),
            None => m.ladder_moved(&case.number, &case.title, day(before), day(after)),
        }
    });
    tell_in(work, case, &people, "moved", text, format!("/cases/{}", case.number)).await
}
