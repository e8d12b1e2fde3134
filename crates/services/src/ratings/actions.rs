//! Giving a grade.

use chrono::NaiveDate;
use huiqi_casework::inbox::visible_in;
use huiqi_casework::record::{Case, by_number_in};
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::people::FIRM;
use huiqi_kernel::rule::{Count, Limit};
use huiqi_store::clock::local;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde_json::json;

use super::Via;
use crate::calls;
use crate::improvements;
use crate::requests::actions::By;
use crate::requests::facts::detail_in;
use crate::requests::flow::State;
use crate::t;

/// A grade as it stands in the table.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Rating {
    /// Row id.
    pub id: i64,
    /// Whether the answer that was graded is the one that stands now: 1 or 0.
    pub current: i64,
    /// 1–5.
    pub grade: i64,
    /// What was said with it.
    pub words: Option<String>,
    /// UTC milliseconds.
    pub at: i64,
    /// How it reached us.
    pub via: String,
    /// The organisation rated.
    pub organisation: Option<i64>,
    /// The window rated.
    pub service_window: Option<i64>,
    /// When it was left out of the figures, UTC milliseconds.
    pub excluded_at: Option<i64>,
    /// Number of the last appeal against it.
    pub appeal: Option<String>,
    /// State of that appeal.
    pub appeal_state: Option<String>,
    /// What the rater was asked in it.
    pub asked: Option<String>,
    /// What the rater answered.
    pub rater_words: Option<String>,
    /// The reasons of the decision.
    pub decision: Option<String>,
}

/// The grade of the answer that stands now.
pub fn current(ratings: &[Rating]) -> Option<&Rating> {
    ratings.iter().find(|rating| rating.current == 1)
}

/// The grades of a request, newest first: at most one for each answer.
///
/// # Errors
/// When the database fails.
pub async fn of_request(ctx: &Ctx, case: i64) -> Result<Vec<Rating>, Fault> {
    ctx::all(
        ctx,
        "SELECT g.id, CAST(CASE WHEN g.answered_at = COALESCE(r.answered_at, 0) THEN 1 ELSE 0 END AS BIGINT) AS current, g.grade, g.words, g.at, g.via, g.organisation, g.service_window, g.excluded_at, c.number AS appeal,
            c.state AS appeal_state, a.asked, a.rater_words, a.decision
         FROM rating g JOIN request r ON r.case_id = g.case_id
         LEFT JOIN rating_appeal a ON a.case_id = (SELECT MAX(x.case_id) FROM rating_appeal x WHERE x.rating = g.id)
         LEFT JOIN case_record c ON c.id = a.case_id WHERE g.case_id = ? ORDER BY g.id DESC",
        [Value::from(case)],
    )
    .await
}

/// The firm grades how its request was handled.
///
/// # Errors
/// [`Fault::Refused`] when it has graded this answer already, the time is over or there is nothing to grade.
pub async fn rate(ctx: &Ctx, by: By<'_>, number: &str, grade: i64, words: Option<&str>) -> Result<(), Fault> {
    let viewer = match by {
        By::Viewer(viewer) => viewer.clone(),
        By::Bearer => huiqi_kernel::people::Viewer::Public,
    };
    let work = ctx.write(&viewer).await?;
    let case = match by {
        By::Viewer(viewer) => {
            // Only the firm served grades.
            if !viewer.is(FIRM) {
                return Err(Fault::NotFound);
            }
            visible_in(&work, viewer, number).await?
        }
        By::Bearer => by_number_in(&work, number).await?,
    };
    let via = if matches!(by, By::Bearer) { Via::Code } else { Via::Account };
    rate_in(&work, &case, grade, words, via).await?;
    work.commit().await
}

/// Whether there is something to grade, and still time for it.
///
/// # Errors
/// [`Fault::Refused`] with the reason.
pub fn may_rate(ctx: &Ctx, case: &Case, today: NaiveDate) -> Result<(), Fault> {
    let state: State = case.state()?;
    if !matches!(state, State::Answered | State::Closed | State::Lapsed) {
        return Err(Fault::Refused(Refusal::because(|l| t(l).rating_too_early())));
    }
    if let Some(closed) = case.closed_at {
        let days = case.rules(ctx).calendar_days(Limit::RatingWindow).unwrap_or(30);
        if today > local(closed).date() + chrono::Days::new(u64::from(days)) {
            return Err(Fault::Refused(Refusal::because(|l| t(l).rating_too_late())));
        }
    }
    Ok(())
}

/// Adds words to a grade that was given without any.
///
/// # Errors
/// [`Fault::Invalid`] when nothing was said; [`Fault::Refused`] when there is no grade, or words stand there already.
pub(crate) async fn say_in(work: &Work, case: &Case, words: &str) -> Result<(), Fault> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Fault::invalid("words", |l| t(l).rating_words_missing()));
    }
    #[derive(FromQueryResult)]
    struct Given {
        id: i64,
        grade: i64,
    }
    let given: Option<Given> = work
        .one(
            "SELECT g.id, g.grade FROM rating g JOIN request r ON r.case_id = g.case_id
             WHERE g.case_id = ? AND g.answered_at = COALESCE(r.answered_at, 0)",
            [Value::from(case.id)],
        )
        .await?;
    let Some(rating) = given else {
        return Err(Fault::Refused(Refusal::because(|l| t(l).rating_choose())));
    };
    let added = work
        .run("UPDATE rating SET words = ? WHERE id = ? AND words IS NULL", [Value::from(words), Value::from(rating.id)])
        .await?;
    if added == 0 {
        return Err(Fault::Refused(Refusal::because(|l| t(l).rating_twice())));
    }
    work.audit("rating.words", "case", &case.number, json!({ "grade": rating.grade })).await?;
    // What was said with a low grade belongs to the improvement that the grade opened.
    if rating.grade <= i64::from(case.rules(work.ctx()).count(Count::ImprovementGrade)) {
        let detail = detail_in(work, case.id).await?;
        improvements::actions::open_for_in(work, case, &detail, improvements::Origin::Rating, words).await?;
    }
    Ok(())
}

pub(crate) async fn rate_in(work: &Work, case: &Case, grade: i64, words: Option<&str>, via: Via) -> Result<(), Fault> {
    if !(1..=5).contains(&grade) {
        return Err(Fault::invalid("grade", |l| t(l).rating_choose()));
    }
    may_rate(work.ctx(), case, work.today())?;
    let rules = case.rules(work.ctx());
    let detail = detail_in(work, case.id).await?;
    let words = words.map(str::trim).filter(|w| !w.is_empty());
    let added = work
        .run(
            "INSERT INTO rating (case_id, answered_at, grade, words, at, via, person, organisation, service_window)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id, answered_at) DO NOTHING",
            [
                Value::from(case.id),
                Value::from(detail.answered_at.unwrap_or_default()),
                Value::from(grade),
                Value::from(words),
                Value::from(work.now()),
                Value::from(via.code()),
                Value::from(work.person()),
                Value::from(detail.answered_org),
                Value::from(detail.answered_window),
            ],
        )
        .await?;
    if added == 0 {
        return Err(Fault::Refused(Refusal::because(|l| t(l).rating_twice())));
    }
    work.audit("rating.give", "case", &case.number, json!({ "grade": grade, "via": via.code() })).await?;
    if grade <= i64::from(rules.count(Count::ImprovementGrade)) {
        improvements::actions::open_for_in(
            work,
            case,
            &detail,
            improvements::Origin::Rating,
            words.unwrap_or_default(),
        )
        .await?;
        // What was said on the phone was said to somebody; every other low grade is called about.
        if via != Via::Call {
            calls::actions::enter_in(work, case, detail.answered_org, calls::Why::LowGrade).await?;
        }
    }
    Ok(())
}
