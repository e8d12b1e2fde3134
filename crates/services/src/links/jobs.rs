//! One reminder to confirm, some working days before silence ends a request: to the firm's accounts, and to the phone that
//! was left, where its owner wants to be told.

use huiqi_casework::record::{COLUMNS, Case, by_id_in};
use huiqi_kernel::clock::working_days_before;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::Limit;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::dates::date_words;

use super::{Event, tell_in};
use crate::requests::actions::tell_firm;
use crate::requests::flow::State;
use crate::t;

/// Reminds those whose word is still missing; returns how many.
///
/// # Errors
/// When the database fails.
pub(crate) async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let today = ctx.today();
    // An answer is reminded of once; the answer after a 重办 is another one.
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c JOIN request r ON r.case_id = c.id
         WHERE c.flow = 'request' AND c.state = ? AND c.due_on >= ? AND c.due_on <= ?
           AND COALESCE(c.kind, '') <> 'report' AND COALESCE(r.reminded_at, 0) < r.answered_at
         ORDER BY c.id"
    );
    let waiting: Vec<Case> = ctx::all(
        ctx,
        &text,
        [
            Value::from(State::Answered.code()),
            Value::from(today.to_string()),
            Value::from((today + chrono::Days::new(60)).to_string()),
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
        work.run(
            "UPDATE request SET reminded_at = ? WHERE case_id = ?",
            [Value::from(work.now()), Value::from(case.id)],
        )
        .await?;
        tell_firm(&work, &case, |l, c| {
            let day = c.due().map_or_else(String::new, |d| date_words(d, today, l));
            t(l).request_notice_reminder(&c.number, &c.title, day)
        })
        .await?;
        tell_in(&work, &case, Event::Reminder).await?;
        work.commit().await?;
        reminded += 1;
    }
    Ok(reminded)
}
