//! Improvements: heard, fixed or planned or explained, checked by somebody outside.

use super::*;

impl<'a> City<'a> {
    /// Follows the improvement that a grade or a request to do it again has opened.
    pub(super) async fn watch(&mut self, r: usize) -> Result<(), Fault> {
        let open: Option<OpenImprovement> = ctx::one(
            self.ctx,
            "SELECT c.id, c.number, c.handler_org, c.handler_window FROM case_record c JOIN improvement i ON i.case_id = c.id
             WHERE i.request = ? AND c.closed_at IS NULL ORDER BY c.id LIMIT 1",
            [Value::from(self.requests[r].case)],
        )
        .await?;
        let Some(open) = open else { return Ok(()) };
        if self.improvements.iter().any(|i| i.case == open.id) {
            return Ok(());
        }
        let known = self.situation(r).and_then(|s| s.improve.as_ref()).and_then(|i| Cause::from_code(&i.cause));
        const USUAL: [(Cause, f64); 9] = [
            (Cause::Slow, 30.0),
            (Cause::Unresolved, 22.0),
            (Cause::Unclear, 14.0),
            (Cause::Mismatch, 11.0),
            (Cause::Contact, 8.0),
            (Cause::Outdated, 6.0),
            (Cause::Fee, 4.0),
            (Cause::Repeat, 3.0),
            (Cause::Attitude, 2.0),
        ];
        let drawn = USUAL[draw::place(&mut self.random, USUAL.iter().map(|c| c.1)).unwrap_or_default()].0;
        self.improvements.push(Improvement {
            number: open.number,
            case: open.id,
            request: r,
            key: (open.handler_org.unwrap_or_default(), open.handler_window),
            cause: known.unwrap_or(drawn),
            rejected: false,
        });
        let mut minutes = self.between(150.0, 1_900.0);
        if self.last_days(16) {
            minutes *= 1.5;
        }
        let at = self.office(minutes);
        self.plan(at, What::Mend(self.improvements.len() - 1));
        Ok(())
    }

    /// Whoever has to improve.
    pub(super) fn improver(&mut self, i: usize) -> Option<Viewer> {
        let players = self.players;
        let key = self.improvements[i].key;
        if let Some(handler) = players.handler(key) {
            let agent = self.requests[self.improvements[i].request].agent.clone();
            let same = agent.filter(|a| a.actor().is_some_and(|a| (a.organisation, a.window) == key));
            return Some(same.unwrap_or_else(|| draw::one(&mut self.random, &handler.agents).clone()));
        }
        if key.0 == players.operator {
            return Some(self.someone(&players.managers).clone());
        }
        if key.0 == players.centre {
            return Some(self.someone(&players.centre_officers).clone());
        }
        None
    }

    /// Whoever checks: somebody of the desk that leads it, never of the house that improved.
    pub(super) fn checker(&mut self, desk: Desk) -> Viewer {
        let players = self.players;
        match desk {
            Desk::Bureau => self.someone(&players.bureau).clone(),
            Desk::Operator if !self.chance(0.15) => self.someone(&players.dispatchers).clone(),
            Desk::Operator | Desk::Centre => self.someone(&players.centre_officers).clone(),
        }
    }

    pub(super) async fn mend(&mut self, i: usize) -> Result<(), Fault> {
        let row: Option<MendRow> = ctx::one(
            self.ctx,
            "SELECT state, desk FROM case_record WHERE id = ?",
            [Value::from(self.improvements[i].case)],
        )
        .await?;
        let Some(row) = row else { return Ok(()) };
        let Some(state) = MendState::from_code(&row.state) else { return Ok(()) };
        let desk = Desk::from_code(&row.desk).unwrap_or(Desk::Operator);
        let words = &self.content.words;
        let mut input = improvements::Input::default();
        let (viewer, action, minutes) = match state {
            MendState::Opened => {
                let Some(viewer) = self.improver(i) else { return Ok(()) };
                let texts: Vec<&Text> = self
                    .content
                    .messages
                    .callback
                    .iter()
                    .filter(|t| t.result == "not-solved" || t.result == "partly")
                    .collect();
                input.words = fitting(&mut self.random, &texts, None).to_owned();
                input.cause = Some(self.improvements[i].cause);
                (viewer, Mend::Hear, self.between(200.0, 2_000.0))
            }
            MendState::Heard => {
                let Some(viewer) = self.improver(i) else { return Ok(()) };
                let draw: f64 = self.random.random();
                if self.improvements[i].rejected {
                    input.words = self.words(&words.fixed_again).to_owned();
                    (viewer, Mend::Fix, self.between(150.0, 1_700.0))
                } else if draw < 0.13 {
                    input.words = self.words(&words.plans).to_owned();
                    let days = self.random.random_range(8..40);
                    input.plan_on = Some(self.ctx.today() + Days::new(days));
                    (viewer, Mend::Plan, days as f64 * 0.68 * pace::DAY_MINUTES)
                } else if draw < 0.3 {
                    input.words = self.words(&words.explains).to_owned();
                    (viewer, Mend::Explain, self.between(150.0, 1_900.0))
                } else {
                    input.words = self.fix_words(i);
                    (viewer, Mend::Fix, self.between(150.0, 1_900.0))
                }
            }
            MendState::Planned => {
                let Some(viewer) = self.improver(i) else { return Ok(()) };
                input.words = self.words(&words.planned).to_owned();
                (viewer, Mend::Fix, self.between(150.0, 1_700.0))
            }
            MendState::Fixed | MendState::Explained => {
                let viewer = self.checker(desk);
                if !self.improvements[i].rejected && self.chance(0.1) {
                    self.improvements[i].rejected = true;
                    input.words = self.words(&words.rejects).to_owned();
                    (viewer, Mend::Reject, self.between(150.0, 1_500.0))
                } else {
                    input.words = self.words(&words.checks).to_owned();
                    (viewer, Mend::Check, 0.0)
                }
            }
            MendState::Found | MendState::Closed => return Ok(()),
        };
        let number = self.improvements[i].number.clone();
        improvements::take(self.ctx, &viewer, &number, action, &input).await.map_err(during(action.code(), &number))?;
        if action != Mend::Check {
            let late = if self.chance(if self.last_days(16) { 0.4 } else { 0.1 }) {
                self.between(800.0, 2_500.0)
            } else {
                0.0
            };
            let at = self.office(minutes + late);
            self.plan(at, What::Mend(i));
        }
        Ok(())
    }

    pub(super) fn fix_words(&mut self, i: usize) -> String {
        let improvement = &self.improvements[i];
        let own = self.situation(improvement.request).and_then(|s| s.improve.as_ref());
        if let Some(own) = own {
            return own.fix.clone();
        }
        let cause = improvement.cause.code();
        let texts: Vec<&Text> = self.content.messages.improvement.iter().filter(|t| t.cause == cause).collect();
        if texts.is_empty() {
            return self.words(&self.content.words.planned).to_owned();
        }
        fitting(&mut self.random, &texts, None).to_owned()
    }
}
