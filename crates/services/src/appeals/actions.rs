//! Filing an appeal, and its steps.

use chrono::NaiveDate;
use huiqi_casework::inbox::{visible, visible_in};
use huiqi_casework::record::{self, Case, Desk, New, Said};
use huiqi_casework::{attachments, desks, ladder};
use huiqi_kernel::clock::working_days_after;
use huiqi_kernel::flow::{Doer, Refusal};
use huiqi_kernel::people::{Actor, FIRM, Viewer};
use huiqi_kernel::rule::{Count, Limit};
use huiqi_store::clock::local;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use huiqi_web::dates::date_words;
use huiqi_web::forms::Upload;
use serde_json::json;

use super::Ground;
use super::flow::{Action, AppealFacts, FILERS, FLOW, State};
use crate::ratings::actions::{Rating, of_request};
use crate::requests::actions::{By, tell_firm};
use crate::t;

/// Most characters of a text.
pub const MAX_WORDS: usize = 1000;

/// The kind of notices about appeals.
const NOTICE: &str = "rating-appeal";

/// Whether this person acts for the house that was rated.
pub fn is_rated(rating: &Rating, actor: &Actor) -> bool {
    match actor.window {
        Some(window) => rating.service_window == Some(window),
        None => rating.organisation == Some(actor.organisation) && rating.service_window.is_none(),
    }
}

/// Whether the grade is so low that it may be appealed against at all.
pub fn is_low(ctx: &Ctx, request: &Case, rating: &Rating) -> bool {
    rating.grade <= i64::from(request.rules(ctx).count(Count::ImprovementGrade))
}

/// The last day on which an appeal against this grade may be filed.
pub fn last_day(ctx: &Ctx, request: &Case, rating: &Rating) -> NaiveDate {
    let days = request.rules(ctx).working_days(Limit::RatingAppealFiling).unwrap_or(5);
    working_days_after(&ctx.calendar(), local(rating.at).date(), days)
}

/// Why nobody may appeal against this grade now; nothing where the rated house may.
pub fn blocked(ctx: &Ctx, request: &Case, rating: &Rating) -> Option<Refusal> {
    if !is_low(ctx, request, rating) {
        return Some(Refusal::because(|l| t(l).appeal_only_low()));
    }
    let last = last_day(ctx, request, rating);
    let today = ctx.today();
    if today > last {
        return Some(Refusal::because(|l| t(l).appeal_too_late(date_words(last, today, l))));
    }
    if rating.appeal_state.as_deref().is_some_and(|state| state != State::Withdrawn.code()) {
        return Some(Refusal::because(|l| t(l).appeal_once()));
    }
    None
}

/// What an appeal is filed with.
#[derive(Clone, Debug, Default)]
pub struct Filing {
    /// Why the grade should not count.
    pub ground: Option<Ground>,
    /// The same in words.
    pub words: String,
    /// Evidence.
    pub files: Vec<Upload>,
}

/// The request with its grade, for whoever acts for the house that was rated.
///
/// # Errors
/// [`Fault::NotFound`] for everybody else, and where there is no grade.
pub async fn rated(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<(Case, Rating), Fault> {
    let request = visible(ctx, viewer, number).await?;
    let actor = viewer.actor().filter(|a| a.is(FILERS)).ok_or(Fault::NotFound)?;
    let mut own: Vec<Rating> =
        of_request(ctx, request.id).await?.into_iter().filter(|rating| is_rated(rating, actor)).collect();
    // The newest that may be appealed against; where none may, the newest says why.
    let open = own.iter().position(|rating| blocked(ctx, &request, rating).is_none()).unwrap_or_default();
    if own.is_empty() { Err(Fault::NotFound) } else { Ok((request, own.swap_remove(open))) }
}

/// Files an appeal against the grade of a request.
///
/// # Errors
/// [`Fault::NotFound`] for whoever was not rated; [`Fault::Refused`] with the reason when it is too late, or was tried
/// before; [`Fault::Invalid`] when ground or words are missing.
pub async fn file(ctx: &Ctx, viewer: &Viewer, number: &str, filing: &Filing) -> Result<Case, Fault> {
    let (request, graded) = rated(ctx, viewer, number).await?;
    if let Some(refusal) = blocked(ctx, &request, &graded) {
        return Err(Fault::Refused(refusal));
    }
    let ground = filing.ground.ok_or_else(|| Fault::invalid("ground", |l| t(l).appeal_ground_missing()))?;
    let words = checked(&filing.words)?;
    let files = attachments::prepare(&filing.files).await?;
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let org = graded.organisation.ok_or(Fault::NotFound)?;
    let work = ctx.write(viewer).await?;
    // The operator judges no grade, and nobody below whoever leads the request itself.
    let least = Desk::Centre.or_above(request.desk());
    let desk = desks::judging_in(&work, org, least).await?.ok_or(Fault::NotFound)?;
    let mut case = record::open_in(
        &work,
        &FLOW,
        &New {
            desk: Some(desk),
            handler_org: Some(org),
            handler_window: graded.service_window,
            ..New::below("SS", &request)
        },
    )
    .await?;
    work.run(
        "INSERT INTO rating_appeal (case_id, request, rating, grade, ground, words) VALUES (?, ?, ?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(request.id),
            Value::from(graded.id),
            Value::from(graded.grade),
            Value::from(ground.code()),
            Value::from(words),
        ],
    )
    .await?;
    let facts = AppealFacts { case: case.clone(), asked: false, spoken: false };
    let detail = json!({ "ground": ground.code(), "grade": graded.grade, "request": request.number });
    let said = Said::words(words).inside().with(detail);
    record::take_in(&work, &FLOW, &mut case, Action::File, Doer::Person(actor), &facts, said).await?;
    ladder::tell_turn_in(&work, &case, NOTICE, |l| t(l).appeal_notice_filed(&case.number, &case.title)).await?;
    attachments::attach_in(&work, &case, None, &files, false).await?;
    work.commit().await?;
    Ok(case)
}

fn checked(words: &str) -> Result<&str, Fault> {
    let words = words.trim();
    if words.chars().count() > MAX_WORDS {
        return Err(Fault::invalid("words", |l| t(l).appeal_too_long(MAX_WORDS as i64)));
    }
    if words.is_empty() {
        return Err(Fault::invalid("words", |l| t(l).appeal_words_missing()));
    }
    Ok(words)
}

async fn facts_in(work: &Work, case: &Case) -> Result<AppealFacts, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        asked_at: Option<i64>,
        rater_at: Option<i64>,
    }
    let row: Option<Row> =
        work.one("SELECT asked_at, rater_at FROM rating_appeal WHERE case_id = ?", [Value::from(case.id)]).await?;
    let row = row.ok_or(Fault::NotFound)?;
    Ok(AppealFacts { case: case.clone(), asked: row.asked_at.is_some(), spoken: row.rater_at.is_some() })
}

/// Takes a step of an appeal on its own page.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] when words are missing or too long.
pub async fn take(
    ctx: &Ctx,
    viewer: &Viewer,
    number: &str,
    action: Action,
    words: &str,
    seen: Option<i64>,
) -> Result<Case, Fault> {
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    if matches!(action, Action::File | Action::Speak) {
        return Err(Fault::NotFound);
    }
    let work = ctx.write(viewer).await?;
    let mut case = visible_in(&work, viewer, number).await?;
    if case.flow != FLOW.code {
        return Err(Fault::NotFound);
    }
    let words = words.trim();
    if words.chars().count() > MAX_WORDS {
        return Err(Fault::invalid("words", |l| t(l).appeal_too_long(MAX_WORDS as i64)));
    }
    let facts = facts_in(&work, &case).await?;
    let said = Said { words: Some(words), public: false, seen, ..Said::nothing() };
    record::take_in(&work, &FLOW, &mut case, action, Doer::Person(actor), &facts, said).await?;
    let request = record::by_id_in(&work, case.parent.ok_or(Fault::NotFound)?).await?;
    let id = Value::from(case.id);
    match action {
        Action::Hear => {
            work.run(
                "UPDATE rating_appeal SET asked = ?, asked_at = ? WHERE case_id = ?",
                [Value::from(words), Value::from(work.now()), id],
            )
            .await?;
            tell_firm(&work, &request, |l, c| t(l).appeal_notice_heard(&c.number)).await?;
        }
        Action::Uphold | Action::Dismiss => {
            work.run(
                "UPDATE rating_appeal SET decision = ?, decided_at = ?, decided_by = ? WHERE case_id = ?",
                [Value::from(words), Value::from(work.now()), Value::from(actor.organisation), id],
            )
            .await?;
            let upheld = action == Action::Uphold;
            if upheld {
                work.run(
                    "UPDATE rating SET excluded_at = ?
                     WHERE id = (SELECT a.rating FROM rating_appeal a WHERE a.case_id = ?) AND excluded_at IS NULL",
                    [Value::from(work.now()), Value::from(case.id)],
                )
                .await?;
                work.audit("rating.exclude", "case", &request.number, json!({ "appeal": case.number })).await?;
            }
            tell_firm(&work, &request, |l, c| {
                let m = t(l);
                if upheld { m.appeal_notice_firm_upheld(&c.number) } else { m.appeal_notice_firm_dismissed(&c.number) }
            })
            .await?;
            // It is nobody's turn any more; the rated house hears how it ended.
            let rated = Case { turn: "handler".to_owned(), ..case.clone() };
            let people = ladder::on_turn_in(&work, &rated).await?;
            ladder::tell_in(&work, &case, &people, NOTICE, |l| {
                let m = t(l);
                if upheld {
                    m.appeal_notice_upheld(&case.number, &case.title)
                } else {
                    m.appeal_notice_dismissed(&case.number, &case.title)
                }
            })
            .await?;
        }
        Action::File | Action::Speak | Action::Withdraw => {}
    }
    work.commit().await?;
    Ok(case)
}

/// The rater says something about the grade, because he was asked and wants to.
///
/// # Errors
/// [`Fault::NotFound`] when nobody asked; [`Fault::Invalid`] when nothing is said.
pub async fn speak(ctx: &Ctx, by: By<'_>, request: &str, words: &str) -> Result<(), Fault> {
    let words = checked(words)?;
    let viewer = match by {
        By::Viewer(viewer) if viewer.is(FIRM) => viewer.clone(),
        By::Viewer(_) => return Err(Fault::NotFound),
        By::Bearer => Viewer::Public,
    };
    let work = ctx.write(&viewer).await?;
    let request = match by {
        By::Viewer(viewer) => visible_in(&work, viewer, request).await?,
        By::Bearer => record::by_number_in(&work, request).await?,
    };
    let text = format!(
        "SELECT {} FROM case_record c WHERE c.parent = ? AND c.flow = 'rating-appeal' AND c.closed_at IS NULL
         ORDER BY c.id DESC LIMIT 1",
        record::COLUMNS
    );
    let case: Option<Case> = work.one(&text, [Value::from(request.id)]).await?;
    let mut case = case.ok_or(Fault::NotFound)?;
    let mut facts = facts_in(&work, &case).await?;
    // The appeal itself names no reporter; the tie is to the firm of the request.
    facts.case.firm = request.firm;
    let doer = match &viewer {
        Viewer::Signed(actor) => Doer::Person(actor),
        _ => Doer::Bearer,
    };
    record::take_in(&work, &FLOW, &mut case, Action::Speak, doer, &facts, Said::words(words).inside()).await?;
    work.run(
        "UPDATE rating_appeal SET rater_words = ?, rater_at = ? WHERE case_id = ?",
        [Value::from(words), Value::from(work.now()), Value::from(case.id)],
    )
    .await?;
    ladder::tell_turn_in(&work, &case, NOTICE, |l| t(l).appeal_notice_spoken(&case.number, &case.title)).await?;
    work.commit().await
}
