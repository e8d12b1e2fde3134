//! What those above do about silence and about grades: urging, supervision orders, appeals. All of it follows from what
//! the tables say that morning, without chance, so that the rest of the city stays as it is.

use huiqi_casework::urging;
use huiqi_identity::people;
use huiqi_store::sea_orm::{self, FromQueryResult};

use super::*;
use crate::appeals::{self, Ground};
use crate::orders::actions::{self as orders, Issue};
use crate::orders::flow::{Action as Answered, State as OrderState};
use crate::orders::{pages::usual_reason, queries};

/// Orders of the city. Each goes another way: in time, late, unanswered, late and waiting for the check.
const ORDERS: usize = 8;
/// An order that nobody answers is issued at the latest so many working days before the end, so that its day is over by then.
const LEFT_DAYS: u32 = 8;
/// Appeals of the city: the first upheld, the second dismissed, the third open at the end.
const APPEALS: usize = 3;

#[derive(FromQueryResult)]
struct Seat {
    id: i64,
}

#[derive(FromQueryResult)]
struct Waiting {
    number: String,
}

#[derive(FromQueryResult)]
struct Low {
    number: String,
    service_window: i64,
}

#[derive(FromQueryResult)]
struct OrderRow {
    state: String,
    handler_org: i64,
    handler_window: Option<i64>,
    due_on: Option<String>,
}

/// What one may try without knowing whether it is possible: a refusal is an answer too.
fn tried<T>(result: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match result {
        Ok(done) => Ok(Some(done)),
        Err(Fault::Refused(Refusal { hidden: false, .. })) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// One order about several late matters of one house; some of them are left, so that another can be issued.
///
/// # Errors
/// When the order is refused, or the database fails.
pub(in super::super) async fn together(ctx: &Ctx, officer: &Viewer, title: &str, reason: &str) -> Result<(), Fault> {
    let due = queries::due(ctx, officer).await?;
    let mut houses: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in &due {
        let Some(target) = row.target.as_deref() else { continue };
        match houses.iter_mut().find(|(known, _)| *known == target) {
            Some((_, numbers)) => numbers.push(&row.number),
            None => houses.push((target, vec![&row.number])),
        }
    }
    let Some((target, numbers)) = houses.into_iter().rev().max_by_key(|(_, numbers)| numbers.len()) else {
        return Ok(());
    };
    if numbers.len() < 2 {
        return Ok(());
    }
    let matters = if numbers.len() > 3 { numbers.len() - 2 } else { 2 };
    let input = Issue {
        to: target.to_owned(),
        matters: numbers.into_iter().take(matters).map(str::to_owned).collect(),
        title: title.to_owned(),
        reason: reason.to_owned(),
        ..Issue::default()
    };
    orders::issue(ctx, officer, &input).await?;
    Ok(())
}

/// Membership of whoever answers for a window, provider, department or desk.
///
/// # Errors
/// When the database fails.
pub(in super::super) async fn head_of(ctx: &Ctx, org: i64, window: Option<i64>) -> Result<Option<i64>, Fault> {
    let seat: Option<Seat> = ctx::one(
        ctx,
        "SELECT id FROM membership WHERE organisation = ? AND COALESCE(service_window, 0) = ? AND until IS NULL
           AND role IN ('window-manager', 'provider-manager', 'department-officer', 'operator-manager')
         ORDER BY id LIMIT 1",
        [Value::from(org), Value::from(window.unwrap_or_default())],
    )
    .await?;
    Ok(seat.map(|s| s.id))
}

impl<'a> City<'a> {
    /// Whoever answers for a window, provider, department or desk.
    async fn head(&self, org: i64, window: Option<i64>) -> Result<Option<Viewer>, Fault> {
        let Some(seat) = head_of(self.ctx, org, window).await? else { return Ok(None) };
        Ok(people::actor(self.ctx, seat).await?.map(Viewer::Signed))
    }

    /// A working morning, after the ladder has told everybody.
    pub(super) async fn morning(&mut self) -> Result<(), Fault> {
        if self.end - self.ctx.now() >= LADDER_DAYS * DAY_MS {
            return Ok(());
        }
        ladder::run(self.ctx).await?;
        self.urge_one().await?;
        if self.orders < ORDERS {
            self.order_one().await?;
        }
        if self.appealed < APPEALS {
            self.appeal_one().await?;
        }
        Ok(())
    }

    /// A dispatcher urges in the matter that is late the longest and was not urged lately.
    async fn urge_one(&mut self) -> Result<(), Fault> {
        let waiting: Vec<Waiting> = ctx::all(
            self.ctx,
            "SELECT c.number FROM case_record c WHERE c.flow = 'request' AND c.desk = 'operator' AND c.closed_at IS NULL
               AND c.turn = 'below' AND c.ladder >= 2 ORDER BY c.due_on, c.id LIMIT 3",
            [],
        )
        .await?;
        let words = &self.content.words.urgings;
        for (i, one) in waiting.iter().enumerate() {
            let viewer = &self.players.dispatchers[i % self.players.dispatchers.len()];
            tried(urging::urge(self.ctx, viewer, &one.number, &words[i % words.len()]).await)?;
        }
        Ok(())
    }

    /// The centre orders an answer in the first matter that is due for it, of the house that got fewest orders.
    async fn order_one(&mut self) -> Result<(), Fault> {
        let Some(officer) = self.players.centre_officers.first() else { return Ok(()) };
        let due = queries::due(self.ctx, officer).await?;
        let orders = |target: &str| self.ordered.get(target).copied().unwrap_or_default();
        let found = due.iter().filter_map(|row| Some((row, row.target.as_deref()?))).min_by_key(|(_, t)| orders(t));
        let Some((row, target)) = found else { return Ok(()) };
        let day = row.due_on.as_deref().and_then(|d| d.parse().ok());
        let input = Issue {
            about: Some(row.number.clone()),
            to: target.to_owned(),
            reason: usual_reason(&row.title, day, self.ctx.today()),
            ..Issue::default()
        };
        let Some(case) = tried(orders::issue(self.ctx, officer, &input).await)? else { return Ok(()) };
        let n = self.orders;
        self.orders += 1;
        *self.ordered.entry(target.to_owned()).or_default() += 1;
        if self.is_left(n) {
            self.left += 1;
            return Ok(());
        }
        let days = if n.is_multiple_of(4) { 1 } else { 6 };
        let at = self.ctx.now() + days * DAY_MS + 3 * 3_600_000;
        self.plan(at, What::Order(case.number, n));
        Ok(())
    }

    /// Whether nobody answers an order that is issued now: every fourth, and the next one where the end comes near and none
    /// has been left. Of four the first is answered in time, the second late and accepted, the fourth late and not yet
    /// checked.
    fn is_left(&self, n: usize) -> bool {
        let near = working_days_before(&self.calendar, local(self.end).date(), LEFT_DAYS);
        n % 4 == 2 || self.left == 0 && self.ctx.today() >= near
    }

    /// The next step of an order: the answer, then the check.
    pub(super) async fn order(&mut self, number: String, n: usize) -> Result<(), Fault> {
        let row: Option<OrderRow> = ctx::one(
            self.ctx,
            "SELECT state, handler_org, handler_window, due_on FROM case_record WHERE number = ?",
            [Value::from(number.clone())],
        )
        .await?;
        let Some(row) = row else { return Ok(()) };
        let words = &self.content.words;
        match OrderState::from_code(&row.state) {
            Some(OrderState::Issued) => {
                let due: Option<NaiveDate> = row.due_on.as_deref().and_then(|d| d.parse().ok());
                if !n.is_multiple_of(4) && due.is_some_and(|due| due >= self.ctx.today()) {
                    // Holidays moved the day: the answer is to be late.
                    self.plan(self.ctx.now() + 2 * DAY_MS, What::Order(number, n));
                    return Ok(());
                }
                let Some(viewer) = self.head(row.handler_org, row.handler_window).await? else { return Ok(()) };
                let input = orders::Input {
                    words: words.order_replies[n % words.order_replies.len()].clone(),
                    day: Some(self.ctx.today() + Days::new(2)),
                    ..orders::Input::default()
                };
                orders::take(self.ctx, &viewer, &number, Answered::Reply, &input)
                    .await
                    .map_err(during("reply", &number))?;
                if n % 4 != 3 {
                    self.plan(self.ctx.now() + 20 * 3_600_000, What::Order(number, n));
                }
            }
            Some(OrderState::Replied) => {
                let Some(officer) = self.players.centre_officers.first() else { return Ok(()) };
                let input = orders::Input {
                    words: words.order_accepts[n % words.order_accepts.len()].clone(),
                    ..orders::Input::default()
                };
                orders::take(self.ctx, officer, &number, Answered::Accept, &input)
                    .await
                    .map_err(during("accept", &number))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A window appeals against a grade of these days.
    async fn appeal_one(&mut self) -> Result<(), Fault> {
        let n = self.appealed;
        // The last one is to be open at the end.
        if n + 1 == APPEALS && !self.last_days(4) {
            return Ok(());
        }
        let low: Option<Low> = ctx::one(
            self.ctx,
            "SELECT c.number, g.service_window FROM rating g JOIN case_record c ON c.id = g.case_id
             WHERE g.grade <= 2 AND g.at >= ? AND g.service_window IS NOT NULL AND COALESCE(c.kind, '') <> 'report'
               AND NOT EXISTS (SELECT 1 FROM rating_appeal a WHERE a.request = c.id) ORDER BY g.at, g.id LIMIT 1",
            [Value::from(self.ctx.now() - 4 * DAY_MS)],
        )
        .await?;
        let Some(low) = low else { return Ok(()) };
        let seat: Option<Seat> = ctx::one(
            self.ctx,
            "SELECT id FROM membership WHERE service_window = ? AND until IS NULL AND role = 'window-manager'
             ORDER BY id LIMIT 1",
            [Value::from(low.service_window)],
        )
        .await?;
        let Some(seat) = seat else { return Ok(()) };
        let Some(manager) = people::actor(self.ctx, seat.id).await?.map(Viewer::Signed) else { return Ok(()) };
        let words = &self.content.words;
        let grounds = [Ground::WrongMatter, Ground::Malicious, Ground::Outside];
        let filing = appeals::actions::Filing {
            ground: Some(grounds[n % grounds.len()]),
            words: words.appeals[n % words.appeals.len()].clone(),
            ..appeals::actions::Filing::default()
        };
        let filed = tried(appeals::actions::file(self.ctx, &manager, &low.number, &filing).await)?;
        if let Some(case) = filed {
            self.appealed += 1;
            self.plan(self.ctx.now() + 2 * DAY_MS + 4 * 3_600_000, What::Appeal(case.number, n));
        }
        Ok(())
    }

    /// The centre decides about an appeal; the last one stays open.
    pub(super) async fn decide(&mut self, number: String, n: usize) -> Result<(), Fault> {
        let Some(officer) = self.players.centre_officers.first() else { return Ok(()) };
        let action = match n {
            0 => appeals::flow::Action::Uphold,
            1 => appeals::flow::Action::Dismiss,
            _ => return Ok(()),
        };
        let words = &self.content.words;
        let reasons = &words.appeal_reasons[n % words.appeal_reasons.len()];
        appeals::actions::take(self.ctx, officer, &number, action, reasons, None)
            .await
            .map_err(during("appeal", &number))?;
        Ok(())
    }
}
