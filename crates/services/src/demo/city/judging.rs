//! The firm's word: confirmed, done again, rated, silent, called back, reopened.

use super::*;

impl<'a> City<'a> {
    /// What the firm does with an answer of this quality.
    pub(super) fn answered(&mut self, r: usize, quality: f64) {
        let report = self.requests[r].kind == RequestKind::Report;
        let bonus = 0.04 * f64::from(self.requests[r].rounds) - if self.last_days(14) { 0.07 } else { 0.0 };
        let satisfied = report || self.chance(quality + bonus);
        self.requests[r].satisfied = satisfied;
        let draw: f64 = self.random.random();
        if self.chance(0.1) {
            let minutes = self.between(10.0, 500.0);
            let at = self.office(minutes);
            self.plan(at, What::Say(r, "answered"));
        }
        let hours = self.thinking(0.6, 105.0);
        let soon = self.leisure(hours);
        let minutes = self.between(500.0, 1_900.0) * if self.last_days(8) { 1.6 } else { 1.0 };
        let call = self.office(minutes);
        if satisfied {
            if draw < 0.56 {
                self.plan(soon, What::Confirm(r));
            } else if draw < 0.70 && !report {
                self.plan(call, What::CallBack(r, 0));
            } else if !report && self.chance(0.03) {
                // Silent, and back again some weeks later.
                let hours = self.between(220.0, 600.0);
                let at = self.leisure(hours);
                self.plan(at, What::Reopen(r));
            }
        } else if draw < 0.36 && self.requests[r].rounds < 2 {
            self.plan(soon, What::Redo(r));
        } else if draw < 0.5 {
            self.plan(call, What::CallBack(r, 0));
        } else if draw < 0.84 {
            self.plan(soon, What::Confirm(r));
        }
    }

    pub(super) async fn confirm(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Answered {
            return Ok(());
        }
        self.firm_step(r, Action::Confirm, "").await?;
        let rates = if self.requests[r].satisfied { 0.52 } else { 0.85 };
        if self.chance(rates) {
            let now = self.ctx.now();
            let at = if self.chance(0.75) {
                now + self.random.random_range(8_000..170_000)
            } else {
                let hours = self.between(2.0, 70.0);
                self.leisure(hours)
            };
            self.plan(at, What::Rate(r));
        }
        if self.requests[r].kind != RequestKind::Report && self.chance(0.012) {
            let hours = self.between(60.0, 600.0);
            let at = self.leisure(hours);
            self.plan(at, What::Reopen(r));
        }
        Ok(())
    }

    /// Whoever calls back: somebody not judged.
    pub(super) fn caller(&mut self, r: usize) -> Option<&'a Viewer> {
        let players = self.players;
        let answered = self.requests[r].answered?.0;
        let bureau = players.bureau.first().and_then(Viewer::actor).map(|a| a.organisation);
        if Some(answered) == bureau {
            return None;
        }
        Some(match self.requests[r].desk {
            Desk::Bureau => self.someone(&players.bureau),
            Desk::Centre if answered == players.centre => self.someone(&players.bureau),
            Desk::Centre => self.someone(&players.centre_officers),
            Desk::Operator if answered == players.operator => self.someone(&players.hall),
            Desk::Operator => self.someone(&players.hotline),
        })
    }

    pub(super) async fn call_back(&mut self, r: usize, tries: u32) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Answered || self.queued(r).await? {
            return Ok(());
        }
        let Some(caller) = self.caller(r) else { return Ok(()) };
        let number = self.requests[r].number.clone();
        let content = self.content;
        let said = |result: &str| -> Vec<&'a Text> {
            content.messages.callback.iter().filter(|t| t.result == result).collect()
        };
        let (missed, solved, partly, open) = (said("unreached"), said("solved"), said("partly"), said("not-solved"));
        if tries < 3 && self.chance(0.27) {
            let third: Vec<&Text> = missed.into_iter().filter(|t| t.text.contains("第三次") == (tries == 2)).collect();
            let words = fitting(&mut self.random, &third, None);
            let said = Said { heard: Heard::Missed, grade: None, words: words.to_owned(), version: None };
            calls::record(self.ctx, caller, &number, &said).await.map_err(during("call-missed", &number))?;
            let minutes = self.between(150.0, 600.0);
            let at = self.office(minutes);
            self.plan(at, What::CallBack(r, tries + 1));
            return Ok(());
        }
        let satisfied = self.requests[r].satisfied;
        if !satisfied && self.requests[r].rounds < 2 && self.chance(0.5) {
            let words = fitting(&mut self.random, &open, None).to_owned();
            self.staff_step(r, caller, Action::RedoByCall, &Input { words, ..Input::default() }).await?;
            return self.again(r).await;
        }
        let words = fitting(&mut self.random, if satisfied { &solved } else { &partly }, None).to_owned();
        let grade = if self.requests[r].rated || !self.chance(0.6) { None } else { Some(self.grade(r)) };
        self.staff_step(r, caller, Action::ConfirmByCall, &Input { words, grade, ..Input::default() }).await?;
        if grade.is_some() {
            self.requests[r].rated = true;
        }
        self.watch(r).await
    }

    /// Whether chance, a low grade or a request to do it again has put it into the queue: then it is called from there.
    async fn queued(&self, r: usize) -> Result<bool, Fault> {
        let open = queries::of_case(self.ctx, self.requests[r].case).await?;
        Ok(open.iter().any(|call| call.ended_at.is_none() && call.why() != Why::Confirm))
    }

    /// A working day's calls from the queue, each by somebody of the desk that it was given to.
    pub(super) async fn call_round(&mut self) -> Result<(), Fault> {
        let players = self.players;
        // Towards the end the callers are behind, as everybody is.
        let few = self.last_days(9);
        let most = |usual: i64| if few { 1 } else { usual };
        for (people, most) in [(&players.hotline, most(12)), (&players.hall, most(4)), (&players.bureau, 2)] {
            if few && self.chance(0.5) {
                continue;
            }
            let Some(caller) = people.first() else { continue };
            let rows = queries::rows(self.ctx, caller, queries::Part::Open, 0, 0, most).await?;
            for row in rows.into_iter().take(most as usize) {
                let today = local(self.ctx.now()).date();
                let lately = row.last_at.is_some_and(|at| local(at).date() == today);
                if lately && self.chance(0.6) {
                    continue;
                }
                self.call_from_queue(caller, &row).await?;
            }
        }
        Ok(())
    }

    async fn call_from_queue(&mut self, caller: &Viewer, row: &queries::Row) -> Result<(), Fault> {
        let Some(r) = self.requests.iter().position(|one| one.number == row.case.number) else { return Ok(()) };
        let state = self.state(self.requests[r].case).await?;
        let texts = &self.content.messages.callback;
        let of = |result: &str| -> Vec<&'a Text> { texts.iter().filter(|t| t.result == result).collect() };
        let (missed, solved, open) = (of("unreached"), of("solved"), of("not-solved"));
        let satisfied = self.requests[r].satisfied || state == State::Closed && row.why == Why::Spot.code();
        let (heard, words) = if self.chance(0.3) {
            let third: Vec<&Text> =
                missed.into_iter().filter(|t| t.text.contains("第三次") == (row.missed == 2)).collect();
            (Heard::Missed, fitting(&mut self.random, &third, None))
        } else if satisfied || self.chance(0.35) {
            (Heard::Solved, fitting(&mut self.random, &solved, None))
        } else if state == State::Answered {
            (Heard::Again, fitting(&mut self.random, &open, None))
        } else {
            (Heard::NotSolved, fitting(&mut self.random, &open, None))
        };
        // Done again twice is enough for a city that has other things to show.
        let heard = if heard == Heard::Again && self.requests[r].rounds >= 2 { Heard::Missed } else { heard };
        let said = Said { heard, grade: None, words: words.to_owned(), version: None };
        let number = self.requests[r].number.clone();
        let led = calls::record(self.ctx, caller, &number, &said).await.map_err(during("call", &number))?;
        if led == Led::Again { self.again(r).await } else { Ok(()) }
    }

    pub(super) fn grade(&mut self, r: usize) -> i64 {
        let draw: f64 = self.random.random();
        match (self.requests[r].satisfied, draw) {
            (true, d) if d < 0.78 => 5,
            (true, d) if d < 0.95 => 4,
            (true, _) => 3,
            (false, d) if d < 0.3 => 3,
            (false, d) if d < 0.72 => 2,
            (false, _) => 1,
        }
    }

    pub(super) async fn rate(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        if self.requests[r].rated || !matches!(state, State::Closed | State::Lapsed) {
            return Ok(());
        }
        let grade = self.grade(r);
        let situation = self.situation(r);
        let messages = &self.content.messages.rating;
        let (texts, speaks): (Vec<&Text>, f64) = match grade {
            4.. => (messages.high.iter().collect(), 0.4),
            3 => (messages.middle.iter().collect(), 0.6),
            _ => (messages.low.iter().collect(), 0.9),
        };
        let words = if self.chance(speaks) { Some(fitting(&mut self.random, &texts, situation)) } else { None };
        let request = &self.requests[r];
        let by = request.member.as_ref().map_or(By::Bearer, By::Viewer);
        rate(self.ctx, by, &request.number, grade, words).await.map_err(during("rate", &request.number))?;
        self.requests[r].rated = true;
        self.watch(r).await
    }

    pub(super) async fn redo(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Answered {
            return Ok(());
        }
        let situation = self.situation(r);
        let texts: Vec<&Text> = self.content.messages.redo.iter().collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        self.firm_step(r, Action::Redo, &words).await?;
        self.again(r).await
    }

    pub(super) async fn reopen(&mut self, r: usize) -> Result<(), Fault> {
        #[derive(FromQueryResult)]
        struct Row {
            state: String,
            closed_at: Option<i64>,
        }
        let row: Option<Row> = ctx::one(
            self.ctx,
            "SELECT state, closed_at FROM case_record WHERE id = ?",
            [Value::from(self.requests[r].case)],
        )
        .await?;
        let Some(row) = row else { return Ok(()) };
        let recent = row.closed_at.is_some_and(|at| self.ctx.now() - at < 28 * DAY_MS);
        if !recent || ![State::Closed.code(), State::Lapsed.code()].contains(&row.state.as_str()) {
            return Ok(());
        }
        let words = self.words(&self.content.words.reopens);
        self.firm_step(r, Action::Reopen, words).await?;
        self.again(r).await
    }

    /// It goes back to the dispatcher, and an improvement has been opened.
    pub(super) async fn again(&mut self, r: usize) -> Result<(), Fault> {
        self.requests[r].rounds += 1;
        self.requests[r].rated = false;
        self.requests[r].tried.clear();
        self.wait_for_dispatch(r);
        self.watch(r).await
    }
}
