//! The desk and the dispatchers: accepted, returned, refused, answered at once, or sent on.

use super::*;

impl<'a> City<'a> {
    pub(super) async fn desk(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Submitted {
            return Ok(());
        }
        let (desk, kind, class) = (self.requests[r].desk, self.requests[r].kind, self.requests[r].class);
        let clerk = self.clerk(desk);
        let situation = self.situation(r);
        if let Some(code) = situation.and_then(|s| s.refuse.as_deref()) {
            let input = Input {
                words: self.requests[r].answer.clone(),
                ground: Some(ground(code).to_owned()),
                ..Input::default()
            };
            return self.staff_step(r, clerk, Action::Refuse, &input).await;
        }
        let returned = if self.last_days(6) { 0.15 } else { 0.043 };
        if !self.requests[r].returned && situation.is_some() && self.chance(returned) {
            self.requests[r].returned = true;
            let asked = self.random.random_range(0..self.content.words.returns.len());
            self.requests[r].asked = asked;
            let gaps = self.content.words.returns[asked].clone();
            self.staff_step(r, clerk, Action::Return, &Input { words: gaps, ..Input::default() }).await?;
            let hours = self.thinking(3.0, 85.0);
            let at = self.leisure(hours);
            if self.chance(0.9) {
                self.plan(at, What::Complete(r));
            } else {
                self.plan(at + 3 * DAY_MS, What::Withdraw(r));
            }
            return Ok(());
        }
        let input = Input {
            class: Some(class),
            category: situation.and_then(|s| Category::by_code(&s.category)),
            ..Input::default()
        };
        self.staff_step(r, clerk, Action::Accept, &input).await?;
        let itself = match (desk, kind) {
            (Desk::Bureau, _) => 0.65,
            (Desk::Centre, _) => 0.6,
            (_, RequestKind::Suggestion) => 0.35,
            (_, RequestKind::Consultation) => 0.1,
            _ => 0.0,
        };
        if self.chance(itself) {
            let minutes = if desk == Desk::Operator { self.between(20.0, 400.0) } else { self.between(300.0, 2_400.0) };
            let at = self.office(minutes);
            self.plan(at, What::Answer(r));
        } else {
            self.wait_for_dispatch(r);
        }
        Ok(())
    }

    pub(super) fn wait_for_dispatch(&mut self, r: usize) {
        let minutes = self.lying(5.0, 170.0, 0.04, 0.6);
        let at = self.office(minutes);
        self.plan(at, What::Dispatch(r));
    }

    pub(super) async fn complete(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Returned {
            return Ok(());
        }
        let completes = &self.content.words.completes;
        let words = &completes[self.requests[r].asked % completes.len()];
        self.firm_step(r, Action::Complete, words).await?;
        self.wait_for_desk(r);
        Ok(())
    }

    pub(super) async fn answer(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Accepted {
            return Ok(());
        }
        let desk = self.requests[r].desk;
        let clerk = self.clerk(desk);
        let input = Input { words: self.answer_words(r), ..Input::default() };
        self.staff_step(r, clerk, Action::Answer, &input).await?;
        self.requests[r].answered = clerk.actor().map(|a| (a.organisation, a.window));
        self.requests[r].agent = Some(clerk.clone());
        self.answered(r, 0.94);
        Ok(())
    }

    pub(super) fn answer_words(&mut self, r: usize) -> String {
        let answer = self.requests[r].answer.clone();
        if self.requests[r].rounds == 0 {
            answer
        } else {
            format!("{}{}{answer}", self.words(&self.content.words.again), self.words(&self.content.words.added))
        }
    }

    /// The dispatcher sees that somebody asked the same lately, and lets both have one answer.
    async fn merged(&mut self, r: usize, row: &Case, detail: &facts::Detail) -> Result<bool, Fault> {
        let fits =
            self.last_days(MERGING_DAYS) && self.requests[r].rounds == 0 && self.requests[r].desk == Desk::Operator;
        if !fits || !self.chance(0.6) {
            return Ok(false);
        }
        let dispatcher = self.dispatcher(Desk::Operator);
        let found = merging::alike(self.ctx, dispatcher, row, detail).await?;
        let Some(best) = found.iter().find(|a| a.case.id < row.id && a.signs.words >= 55) else { return Ok(false) };
        merging::merge(self.ctx, dispatcher, &row.number, &best.case.number, "", None)
            .await
            .map_err(during("merge", &row.number))?;
        let at = self.ctx.now() + DAY_MS;
        self.plan(at, What::Together(r));
        Ok(true)
    }

    /// What was merged gets its answer with the other one; what was parted from it goes on by itself.
    pub(super) async fn together(&mut self, r: usize) -> Result<(), Fault> {
        match self.state(self.requests[r].case).await? {
            State::Merged => {
                let at = self.ctx.now() + DAY_MS;
                self.plan(at, What::Together(r));
            }
            State::Answered => {
                let detail = facts::detail(self.ctx, self.requests[r].case).await?;
                let target = self.requests.iter().position(|other| Some(other.case) == detail.merged_into);
                if let Some(target) = target {
                    let answered = self.requests[target].answered;
                    self.requests[r].answered = answered;

                    self.answered(r, 0.9);
                }
            }
            State::Accepted => self.wait_for_dispatch(r),
            _ => {}
        }
        Ok(())
    }

    pub(super) async fn dispatch(&mut self, r: usize) -> Result<(), Fault> {
        let case = self.requests[r].case;
        if self.state(case).await? != State::Accepted {
            return Ok(());
        }
        let row: Option<Case> =
            ctx::one(self.ctx, &format!("SELECT {COLUMNS} FROM case_record c WHERE c.id = ?"), [Value::from(case)])
                .await?;
        let row = row.ok_or(Fault::NotFound)?;
        let detail = facts::detail(self.ctx, case).await?;
        if self.merged(r, &row, &detail).await? {
            return Ok(());
        }
        // What the dispatcher sees on the board is an hour or two old at most.
        let now = self.ctx.now();
        if self.board.as_ref().is_none_or(|(at, _)| now - at > 2 * 3_600_000 || local(*at).date() != local(now).date())
        {
            self.board = Some((now, suggest::board(self.ctx).await?));
            self.since_board.clear();
        }
        let suggestions = match &self.board {
            Some((_, board)) => board.suggest(&row, &detail, &self.requests[r].tried, 14),
            None => Vec::new(),
        };
        let judged = |key: Key| detail.about_org == Some(key.0);
        let (targets, mode) = self.targets(r, &suggestions, row.district.as_deref().unwrap_or_default(), &judged);
        if targets.is_empty() {
            return Err(Fault::internal(format!("demo: nobody for {}", self.requests[r].number)));
        }
        let dispatcher = self.dispatcher(self.requests[r].desk);
        let note = if self.chance(0.12) { self.words(&self.content.words.dispatch_notes) } else { "" };
        let number = self.requests[r].number.clone();
        requests::dispatch(self.ctx, dispatcher, &number, &targets, mode, note, None)
            .await
            .map_err(during("dispatch", &number))?;
        self.requests[r].choosing = mode == Mode::Choose;
        for target in &targets {
            *self.since_board.entry((target.organisation, target.window)).or_default() += 1;
        }
        for part in facts::assigned(self.ctx, case).await? {
            if part.is_open() && part.state() == PartState::Offered {
                self.wait_for_take(r, part);
            }
        }
        if mode == Mode::Choose {
            let hours = self.between(20.0, 50.0);
            let at = self.leisure(hours);
            self.plan(at, What::Choose(r, 0));
        }
        Ok(())
    }

    /// Whom the dispatcher picks from the board, sometimes past it.
    pub(super) fn targets(
        &mut self,
        r: usize,
        suggestions: &[suggest::Suggestion],
        district: &str,
        judged: &dyn Fn(Key) -> bool,
    ) -> (Vec<Target>, Mode) {
        let players = self.players;
        let by_hand = |key: Key| Target { organisation: key.0, window: key.1, lead: true, why: String::new() };
        let suggested = |key: Key| {
            suggestions
                .iter()
                .find(|s| (s.target.organisation, s.target.window) == key)
                .map_or_else(|| by_hand(key), |s| Target { lead: true, ..s.target.clone() })
        };
        let Some(situation) = self.situation(r) else {
            // Reports go to the office of the district.
            let offices: Vec<&Handler> = players.handlers.iter().filter(|h| h.department).collect();
            let office = offices.iter().find(|h| h.district == district).copied();
            let office = office.unwrap_or_else(|| *draw::one(&mut self.random, &offices));
            return (vec![by_hand(office.key)], Mode::Lead);
        };
        let kind = self.requests[r].kind;
        let again =
            self.requests[r].answered.filter(|key| players.handler(*key).is_some_and(|h| !h.dead) && !judged(*key));
        if self.requests[r].rounds > 0
            && let Some(key) = again
            && self.chance(0.55)
        {
            return (vec![suggested(key)], Mode::Lead);
        }
        // Matters of other offices.
        let late_payment = situation.title.contains("逾期") && kind == RequestKind::Complaint;
        let theirs = if self.last_days(9) { 0.25 } else { 0.05 };
        if late_payment || (matches!(situation.category.as_str(), "01" | "07") && self.chance(theirs)) {
            let office = players
                .handlers
                .iter()
                .filter(|h| h.department && (h.district == district || h.district.is_empty()))
                .max_by_key(|h| h.district == district);
            if let Some(office) = office
                && !self.requests[r].tried.contains(&office.key)
            {
                return (vec![by_hand(office.key)], Mode::Lead);
            }
        }
        let tried = self.requests[r].tried.clone();
        let free = |h: &Handler| !tried.contains(&h.key) && !judged(h.key);
        // The window of the trade that never answers still looks like the right one.
        let dead = players.handlers.iter().find(|h| h.dead && h.trades.contains(&situation.trade));
        if let Some(dead) = dead
            && free(dead)
            && dead.categories.contains(&situation.category)
            && self.chance(0.4)
        {
            return (vec![suggested(dead.key)], Mode::Lead);
        }
        let full = players.handlers.iter().find(|h| h.overloaded && h.district == district);
        if let Some(full) = full
            && free(full)
            && self.chance(0.72)
        {
            return (vec![suggested(full.key)], Mode::Lead);
        }
        let ranked: Vec<(&suggest::Suggestion, f64)> = suggestions
            .iter()
            .enumerate()
            .filter_map(|(rank, s)| {
                let key = (s.target.organisation, s.target.window);
                let handler = players.handler(key).filter(|h| free(h) && !h.dead)?;
                let mut weight = 10.0 * 0.62_f64.powi(rank as i32) + 0.4;
                if handler.trades.contains(&situation.trade) {
                    weight *= 4.0;
                } else if !handler.trades.is_empty() {
                    weight *= 0.35;
                }
                if !s.is_window {
                    weight *= if kind == RequestKind::Need { 1.1 } else { 0.25 };
                } else if handler.comprehensive {
                    weight *= 2.2;
                }
                if handler.overloaded {
                    weight *= 2.0;
                }
                weight *= handler.load.max(0.3);
                weight /= 1.0 + f64::from(self.since_board.get(&key).copied().unwrap_or_default());
                Some((s, weight))
            })
            .collect();
        let Some(first) = draw::place(&mut self.random, ranked.iter().map(|r| r.1)) else {
            // A territory without a window: the hub looks for somebody itself.
            let any = players
                .handlers
                .iter()
                .find(|h| free(h) && !h.dead && !h.department && h.categories.contains(&situation.category))
                .or_else(|| players.handlers.iter().find(|h| free(h) && !h.dead && !h.department));
            return (any.map(|h| by_hand(h.key)).into_iter().collect(), Mode::Lead);
        };
        let mut targets = vec![Target { lead: true, ..ranked[first].0.target.clone() }];
        let mut mode = Mode::Lead;
        if kind == RequestKind::Need && self.requests[r].rounds == 0 {
            let others: Vec<Target> = ranked
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != first)
                .map(|(_, (s, _))| Target { lead: false, ..s.target.clone() })
                .collect();
            if self.chance(0.05) {
                let offering: Vec<Target> = others.iter().filter(|t| t.window.is_none()).take(2).cloned().collect();
                if !offering.is_empty() {
                    targets[0].lead = false;
                    targets.extend(offering);
                    mode = Mode::Choose;
                }
            } else if self.chance(0.07) {
                targets.extend(others.into_iter().take(1));
            }
        }
        (targets, mode)
    }

    pub(super) fn wait_for_take(&mut self, r: usize, part: Assigned) {
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        let players = self.players;
        let Some(handler) = players.handler(key) else { return };
        if handler.dead {
            if self.chance(0.85) {
                let days = self.between(2.5, 6.0);
                let at = self.office(days * pace::DAY_MINUTES);
                self.plan(at, What::Recall(r, part.case.number));
            }
            return;
        }
        let mut minutes = self.between(8.0, 250.0) / handler.speed;
        if handler.overloaded {
            minutes *= 2.0;
        }
        if self.chance(0.06) {
            minutes += self.between(200.0, 800.0);
        }
        let at = self.office(minutes);
        self.plan(at, What::Take(r, part.case.number));
    }

    pub(super) async fn recall(&mut self, r: usize, number: &str) -> Result<(), Fault> {
        let Some(part) = self.part(r, number).await? else { return Ok(()) };
        if part.state() != PartState::Offered {
            return Ok(());
        }
        let dispatcher = self.dispatcher(self.requests[r].desk);
        let words = self.words(&self.content.words.recalls);
        self.part_step(r, dispatcher, number, Part::Recall, words).await?;
        self.gone(r, &part).await
    }

    /// A handler ended without a result: when all have, it is sent on anew.
    pub(super) async fn gone(&mut self, r: usize, part: &Assigned) -> Result<(), Fault> {
        self.requests[r].tried.push((part.case.handler_org.unwrap_or_default(), part.case.handler_window));
        if self.state(self.requests[r].case).await? == State::Accepted {
            // Whoever gave up has no say in it any more.
            self.requests[r].agent = None;
            self.wait_for_dispatch(r);
        }
        Ok(())
    }
}
