//! One reminder to confirm, some working days before silence ends a request.

use huiqi_casework::record::{COLUMNS, Case, by_id_in};
use huiqi_kernel::clock::working_days_before;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::Limit;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, ctx};

use super::{Event, tell_in};
use crate::requests::flow::State;

/// Reminds those whose word is still missing; returns how many.
///
/// # Errors
/// When the database fails.
pub(super) async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let today = ctx.today();
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c JOIN request r ON r.case_id = c.id
         WHERE c.flow = 'request' AND c.state = ? AND c.due_on >= ? AND c.due_on <= ? AND r.reach = 'text'
           AND r.phone >= '1' AND r.phone < '2' AND LENGTH(r.phone) = 11 AND COALESCE(c.kind, '') <> 'report'
           AND NOT EXISTS (SELECT 1 FROM request_link l WHERE l.case_id = c.id AND l.event = ?)
         ORDER BY c.id"
    );
    let waiting: Vec<Case> = ctx::all(
        ctx,
        &text,
        [
            Value::from(State::Answered.code()),
            Value::from(today.to_string()),
            Value::from((today + chrono::Days::new(60)).to_string()),
            Value::from(Event::Reminder.code()),
        ],
    )
    .await?;
    let calendar = ctx.calendar();
    let mut reminded = 0;
    for case in waiting {
        let before = case.rules(ctx).working_days(Limit::ConfirmReminder).unwrap_or_default();
        if case.due().is_none_or(|due| today < working_days_before(&calendar, due, before)) {
            continue;
        }
        let work = ctx.write(&Viewer::System).await?;
        let case = by_id_in(&work, case.id).await?;
        // The answer of this very day was told a moment ago.
        if case.state != State::Answered.code() || huiqi_store::clock::local(case.moved_at).date() == today {
            continue;
        }
        tell_in(&work, &case, Event::Reminder).await?;
        work.commit().await?;
        reminded += 1;
    }
    Ok(reminded)
}
