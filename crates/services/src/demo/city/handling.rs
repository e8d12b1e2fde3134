//! Those who handle: taken, declined, the firm called, material asked for, the result.

use super::*;

#[derive(FromQueryResult)]
struct DueRow {
    due_on: Option<String>,
}

impl<'a> City<'a> {
    pub(super) async fn take(&mut self, r: usize, number: &str) -> Result<(), Fault> {
        let Some(part) = self.part(r, number).await? else { return Ok(()) };
        if part.state() != PartState::Offered {
            return Ok(());
        }
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        let players = self.players;
        let Some(handler) = players.handler(key) else { return Ok(()) };
        let agent = draw::one(&mut self.random, &handler.agents).clone();
        let declines = if handler.department {
            0.0
        } else if handler.overloaded {
            0.08
        } else {
            0.045
        };
        if self.chance(declines) {
            let situation = self.situation(r);
            let texts: Vec<&Text> = self.content.messages.decline.iter().collect();
            let words = fitting(&mut self.random, &texts, situation);
            self.part_step(r, &agent, number, Part::Decline, words).await?;
            return self.gone(r, &part).await;
        }
        let step = if handler.department { Part::Receive } else { Part::Take };
        self.part_step(r, &agent, number, step, "").await?;
        self.moves.insert(number.to_owned(), agent.clone());
        self.requests[r].agent = Some(agent);
        if !self.requests[r].choosing {
            self.start_work(r, number.to_owned(), handler);
        }
        Ok(())
    }

    /// Minutes of work between first contact and answer.
    pub(super) fn effort(&mut self, r: usize, handler: &Handler) -> f64 {
        let (low, high) = match self.requests[r].class {
            Class::Consultation => (30.0, 800.0),
            Class::Ordinary => (420.0, 2_500.0),
            Class::Complex => (1_500.0, 7_400.0),
        };
        // Everybody is busy towards the end: that is what one finds in hand.
        let busy = if self.last_days(22) && self.requests[r].class != Class::Consultation { 2.1 } else { 1.0 };
        self.between(low, high) * busy / handler.speed
    }

    pub(super) fn start_work(&mut self, r: usize, part: String, handler: &Handler) {
        if self.requests[r].class == Class::Consultation && self.chance(0.5) {
            let minutes = self.effort(r, handler);
            let at = self.office(minutes);
            self.plan(at, What::Report(r, part, 0));
        } else {
            let mut minutes = self.between(12.0, 300.0) / handler.speed;
            if self.chance(0.06) {
                minutes += self.between(200.0, 700.0);
            }
            let at = self.office(minutes);
            self.plan(at, What::Contact(r, part, 0));
        }
    }

    pub(super) async fn contact(&mut self, r: usize, number: String, tries: u32) -> Result<(), Fault> {
        let Some(part) = self.part(r, &number).await? else { return Ok(()) };
        if !matches!(part.state(), PartState::Taken | PartState::Unreachable) {
            return Ok(());
        }
        let Some(agent) = self.moves.get(&number).cloned() else { return Ok(()) };
        let situation = self.situation(r);
        let missed = if tries == 0 { 0.09 } else { 0.35 };
        if tries < 4 && self.chance(missed) {
            if part.state() == PartState::Taken {
                let texts: Vec<&Text> = self.content.messages.contact.iter().filter(|t| !t.reached).collect();
                let words = fitting(&mut self.random, &texts, situation);
                self.part_step(r, &agent, &number, Part::Unreachable, words).await?;
            } else if tries >= 2 && self.chance(0.4) {
                let words = &self.content.words.give_ups[0];
                self.part_step(r, &agent, &number, Part::GiveUp, words).await?;
                return self.gone(r, &part).await;
            }
            let minutes = self.between(120.0, 600.0);
            let at = self.office(minutes);
            self.plan(at, What::Contact(r, number, tries + 1));
            return Ok(());
        }
        let note = situation.and_then(|s| s.note.as_deref()).filter(|_| self.requests[r].rounds == 0 && part.lead);
        let words = match note {
            Some(note) => note,
            None => {
                let texts: Vec<&Text> = self.content.messages.contact.iter().filter(|t| t.reached).collect();
                fitting(&mut self.random, &texts, situation)
            }
        };
        self.part_step(r, &agent, &number, Part::Contact, words).await?;
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        let players = self.players;
        let Some(handler) = players.handler(key) else { return Ok(()) };
        let minutes = self.effort(r, handler);
        let due = self.office(minutes);
        let lacking = if self.last_days(8) { 0.2 } else { 0.06 };
        if self.requests[r].class != Class::Consultation && self.chance(lacking) {
            let minutes = self.between(20.0, 500.0);
            let at = self.office(minutes);
            self.plan(at, What::AskFirm(r, number.clone()));
        }
        for (stage, share) in [("taken", 0.2), ("working", 0.28)] {
            if self.chance(share) {
                let minutes = self.between(10.0, 700.0);
                let at = self.office(minutes);
                if at < due {
                    self.plan(at, What::Say(r, stage));
                }
            }
        }
        // Whoever sees that the time will not do asks for more before it is over.
        let last: Option<NaiveDate> = part.case.due();
        if part.lead || !self.requests[r].extended {
            let row: Option<DueRow> =
                ctx::one(self.ctx, "SELECT due_on FROM case_record WHERE id = ?", [Value::from(self.requests[r].case)])
                    .await?;
            let last = row.and_then(|d| d.due_on).and_then(|d| d.parse::<NaiveDate>().ok()).or(last);
            if let Some(last) = last
                && local(due).date() > last
                && !handler.overloaded
                && self.chance(0.85)
            {
                let at = moment(last.and_hms_opt(9, 20, 0).unwrap_or_default()) - DAY_MS
                    + self.random.random_range(0..400) * 60_000;
                if at > self.ctx.now() && pace::in_office(&self.calendar, at) {
                    self.plan(at, What::Extend(r));
                }
            }
        }
        self.plan(due, What::Report(r, number, 0));
        Ok(())
    }

    pub(super) async fn ask_firm(&mut self, r: usize, number: String) -> Result<(), Fault> {
        let Some(part) = self.part(r, &number).await? else { return Ok(()) };
        if part.state() != PartState::Working || self.state(self.requests[r].case).await? != State::InProgress {
            return Ok(());
        }
        let Some(agent) = self.moves.get(&number).cloned() else { return Ok(()) };
        let asked = self.random.random_range(0..self.content.words.materials.len());
        self.requests[r].asked = asked;
        let words = self.content.words.materials[asked].clone();
        self.staff_step(r, &agent, Action::AskFirm, &Input { words, ..Input::default() }).await?;
        let hours = self.thinking(12.0, 150.0);
        let at = self.leisure(hours);
        self.plan(at, What::Supply(r, number));
        Ok(())
    }

    pub(super) async fn supply(&mut self, r: usize, number: &str) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Waiting {
            return Ok(());
        }
        let agent = self.moves.get(number).cloned().filter(|_| pace::in_office(&self.calendar, self.ctx.now()));
        match agent {
            Some(agent) if self.part(r, number).await?.is_some() && self.chance(0.2) => {
                let words = self.words(&self.content.words.resumed).to_owned();
                self.staff_step(r, &agent, Action::Resume, &Input { words, ..Input::default() }).await
            }
            _ => {
                let supplies = &self.content.words.supplies;
                let words = &supplies[self.requests[r].asked % supplies.len()];
                self.firm_step(r, Action::Supply, words).await
            }
        }
    }

    pub(super) async fn report(&mut self, r: usize, number: String, times: u32) -> Result<(), Fault> {
        let Some(part) = self.part(r, &number).await? else { return Ok(()) };
        let ready = match part.state() {
            PartState::Working => true,
            PartState::Taken => self.requests[r].class == Class::Consultation,
            _ => false,
        };
        let Some(agent) = self.moves.get(&number).cloned() else { return Ok(()) };
        if !ready {
            return Ok(());
        }
        let case = self.requests[r].case;
        let others =
            facts::assigned(self.ctx, case).await?.iter().filter(|a| a.is_open() && a.case.number != number).count();
        let waiting = self.state(case).await? == State::Waiting;
        if waiting || (part.lead && others > 0 && times < 4) {
            let minutes = self.between(150.0, 500.0);
            let at = self.office(minutes);
            self.plan(at, What::Report(r, number, times + 1));
            return Ok(());
        }
        let alone = part.lead || others == 0;
        if self.chance(0.013) {
            let words = draw::one(&mut self.random, &self.content.words.give_ups[1..]);
            self.part_step(r, &agent, &number, Part::GiveUp, words).await?;
            return self.gone(r, &part).await;
        }
        if !alone {
            let words = self.words(&self.content.words.opinions);
            return self.part_step(r, &agent, &number, Part::Report, words).await;
        }
        let words = self.answer_words(r);
        self.part_step(r, &agent, &number, Part::Report, &words).await?;
        if self.state(case).await? != State::Answered {
            // The one that leads has still to write the answer.
            return Ok(());
        }
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        self.requests[r].answered = Some(key);
        self.requests[r].agent = Some(agent);
        let quality = self.players.handler(key).map_or(0.9, |h| h.quality);
        self.answered(r, quality);
        Ok(())
    }

    pub(super) async fn choose(&mut self, r: usize, times: u32) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::InProgress || !self.requests[r].choosing {
            if times < 4 && self.requests[r].choosing {
                let at = self.leisure(20.0);
                self.plan(at, What::Choose(r, times + 1));
            }
            return Ok(());
        }
        let taken: Vec<Assigned> = facts::assigned(self.ctx, self.requests[r].case)
            .await?
            .into_iter()
            .filter(|a| a.is_open() && a.taken_at.is_some())
            .collect();
        if taken.is_empty() {
            return Ok(());
        }
        let chosen = draw::one(&mut self.random, &taken);
        let request = &self.requests[r];
        let by = request.member.as_ref().map_or(By::Bearer, By::Viewer);
        requests::choose(self.ctx, by, &request.number, &chosen.case.number)
            .await
            .map_err(during("choose", &request.number))?;
        self.requests[r].choosing = false;
        self.requests[r].agent = self.moves.get(&chosen.case.number).cloned();
        let key = (chosen.case.handler_org.unwrap_or_default(), chosen.case.handler_window);
        let players = self.players;
        if let Some(handler) = players.handler(key) {
            self.start_work(r, chosen.case.number.clone(), handler);
        }
        Ok(())
    }

    pub(super) async fn extend(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        if self.requests[r].extended || !matches!(state, State::Dispatched | State::InProgress) {
            return Ok(());
        }
        self.requests[r].extended = true;
        let dispatcher = self.dispatcher(self.requests[r].desk);
        let situation = self.situation(r);
        let texts: Vec<&Text> = self.content.messages.extension.iter().collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        let days = self.random.random_range(3..10);
        self.staff_step(r, dispatcher, Action::Extend, &Input { words, days: Some(days), ..Input::default() }).await
    }

    pub(super) async fn say(&mut self, r: usize, stage: &'static str) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        let fits = match stage {
            "answered" => state == State::Answered,
            _ => matches!(state, State::InProgress | State::Waiting),
        };
        let Some(agent) = self.requests[r].agent.clone().filter(|_| fits) else { return Ok(()) };
        let from_firm = self.chance(0.42);
        let number = self.requests[r].number.clone();
        if !from_firm && self.chance(0.18) {
            let words = self.words(&self.content.words.inside);
            return requests::say(self.ctx, By::Viewer(&agent), &number, words, true, &[])
                .await
                .map_err(during("say", &number));
        }
        let from = if from_firm { "firm" } else { "handler" };
        let situation = self.situation(r);
        let texts: Vec<&Text> =
            self.content.messages.thread.iter().filter(|t| t.stage == stage && t.from == from).collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        let by = if from_firm {
            self.requests[r].member.as_ref().map_or(By::Bearer, By::Viewer)
        } else {
            By::Viewer(&agent)
        };
        requests::say(self.ctx, by, &number, &words, false, &[]).await.map_err(during("say", &number))?;
        if self.chance(0.45) {
            let minutes = self.between(10.0, 400.0);
            let at = self.office(minutes);
            self.plan(at, What::Say(r, stage));
        }
        Ok(())
    }

    pub(super) async fn urge(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        if !matches!(state, State::Submitted | State::Accepted | State::Dispatched | State::InProgress) {
            return Ok(());
        }
        let words = self.words(&self.content.words.urges);
        self.firm_step(r, Action::Urge, words).await
    }

    pub(super) async fn withdraw(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        let before =
            [State::Submitted, State::Returned, State::Accepted, State::Dispatched, State::InProgress, State::Waiting];
        if !before.contains(&state) || self.requests[r].rounds > 0 {
            return Ok(());
        }
        let situation = self.situation(r);
        let texts: Vec<&Text> = self.content.messages.withdrawal.iter().collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        self.firm_step(r, Action::Withdraw, &words).await
    }
}
