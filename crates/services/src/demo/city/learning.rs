//! Reply templates, and what becomes of closed questions in the knowledge base.

use super::asking::plainly;
use super::*;
use crate::knowledge::actions::{self as knowledge, Input as Written, StepInput};
use crate::knowledge::flow::Action as Learn;
use crate::knowledge::queries;
use crate::replies::actions as replies;

/// How long after it was written an entry is checked, milliseconds.
const HOUR_MS: i64 = 3_600_000;

#[derive(FromQueryResult)]
struct Closed {
    number: String,
    title: String,
    answer: String,
}

impl City<'_> {
    /// The desk keeps its templates from the first day on.
    pub(super) async fn keep_templates(&self) -> Result<(), Fault> {
        let Some(keeper) = self.players.managers.first() else { return Ok(()) };
        for one in &self.content.learning.template {
            let input = replies::Input {
                category: Category::by_code(&one.category),
                title: one.title.clone(),
                words: one.text.clone(),
                active: true,
            };
            replies::add(self.ctx, keeper, &input).await.map_err(during("template", &one.title))?;
        }
        Ok(())
    }

    /// Plans when somebody makes an entry: through the year, the last ones still unchecked. No chance is drawn, so that the
    /// rest of the city is the same with and without them.
    pub(super) fn plan_learning(&mut self, arrivals: &[i64]) {
        self.lessons = (arrivals.len() / 50).clamp(10, 40);
        for n in 0..self.lessons {
            let at = arrivals.get(arrivals.len() * (n + 1) / (self.lessons + 2)).copied().unwrap_or(self.end);
            self.plan(at + 60_000, What::Learn(n));
        }
        for (n, back) in [(0, 40), (1, 20), (2, 4)] {
            let at = arrivals.len().checked_sub(back).and_then(|i| arrivals.get(i)).copied().unwrap_or(self.end);
            self.plan(at + 60_000, What::Learn(self.lessons + n));
        }
    }

    /// The hotline makes an entry of a question it has answered lately.
    pub(super) async fn learn(&mut self, n: usize) -> Result<(), Fault> {
        self.renew().await?;
        let category = format!("0{}", n % 8 + 1);
        let found: Vec<Closed> = ctx::all(
            self.ctx,
            "SELECT c.number, c.title, r.answer FROM case_record c JOIN request r ON r.case_id = c.id
             WHERE c.flow = 'request' AND c.state = 'closed' AND c.desk = 'operator' AND r.answer IS NOT NULL
               AND c.kind IN ('consultation', 'need') AND c.category = ?
               AND NOT EXISTS (SELECT 1 FROM knowledge k WHERE k.source = c.id)
             ORDER BY CASE WHEN c.kind = 'consultation' THEN 0 ELSE 1 END, c.id DESC LIMIT 30",
            [Value::from(category.clone())],
        )
        .await?;
        // The same question twice helps nobody.
        let Some(closed) = found
            .into_iter()
            .find(|one| ![one.answer.as_str(), plainly(&one.title)].iter().any(|t| self.learnt.contains(*t)))
        else {
            return Ok(());
        };
        self.learnt.extend([closed.answer.clone(), plainly(&closed.title).to_owned()]);
        let players = self.players;
        let Some(writer) = players.hotline.get(n % players.hotline.len().max(1)) else { return Ok(()) };
        let number =
            knowledge::learn(self.ctx, writer, &closed.number).await.map_err(during("learn", &closed.number))?;
        // The last one stays a draft, the two before wait for the second person.
        if n == self.lessons + 2 {
            return Ok(());
        }
        let draft = queries::entry(self.ctx, writer, &number).await?;
        let bases = self.content.learning.basis.get(&category);
        let basis = bases.map_or("", |all| all[n % all.len()].as_str()).to_owned();
        // Some hold for two months only, so that they end within the year.
        let days = if n % 4 == 1 { 60 } else { 380 + 20 * (n as u64 % 5) };
        let input = Written {
            version: None,
            question: plainly(&closed.title).to_owned(),
            answer: draft.answer,
            basis,
            category: Category::by_code(&category),
            valid_until: Some(self.ctx.today() + Days::new(days)),
            owner: None,
            public: true,
        };
        knowledge::edit(self.ctx, writer, &number, &input, true).await.map_err(during("propose", &number))?;
        if n < self.lessons {
            self.plan(self.ctx.now() + HOUR_MS, What::Learnt(number, n));
        }
        Ok(())
    }

    /// A second person checks it; now and then it goes back first.
    pub(super) async fn learnt(&mut self, number: &str, n: usize) -> Result<(), Fault> {
        let players = self.players;
        let Some(dispatcher) = players.dispatchers.get(n % players.dispatchers.len().max(1)) else { return Ok(()) };
        let words = &self.content.learning.sent_back;
        if n % 9 == 4 {
            let input = StepInput { words: words[n % words.len()].clone(), ..StepInput::default() };
            knowledge::take(self.ctx, dispatcher, number, Learn::SendBack, &input)
                .await
                .map_err(during("send-back", number))?;
            return Ok(());
        }
        knowledge::take(
            self.ctx,
            dispatcher,
            number,
            Learn::Approve,
            &StepInput { public: true, ..StepInput::default() },
        )
        .await
        .map_err(during("approve", number))?;
        Ok(())
    }

    /// Those whose answer is over renew it after some weeks, and it is checked again; lately nobody has come to it.
    async fn renew(&mut self) -> Result<(), Fault> {
        if self.last_days(45) {
            return Ok(());
        }
        let before = self.ctx.now() - 14 * DAY_MS;
        let text = format!(
            "SELECT {COLUMNS} FROM case_record c WHERE c.flow = 'knowledge' AND c.state = ? AND c.moved_at < ? ORDER BY c.id"
        );
        let over: Vec<Case> = ctx::all(self.ctx, &text, [Value::from("expired"), Value::from(before)]).await?;
        let players = self.players;
        for case in over {
            let owner = players.hotline.iter().find(|v| v.actor().map(|a| a.person) == case.handler_person);
            let (Some(owner), Some(dispatcher)) = (owner, players.dispatchers.first()) else { continue };
            let input =
                StepInput { until: Some(self.ctx.today() + Days::new(365)), public: true, ..StepInput::default() };
            knowledge::take(self.ctx, owner, &case.number, Learn::Renew, &input)
                .await
                .map_err(during("renew", &case.number))?;
            knowledge::take(
                self.ctx,
                dispatcher,
                &case.number,
                Learn::Approve,
                &StepInput { public: true, ..StepInput::default() },
            )
            .await
            .map_err(during("approve", &case.number))?;
        }
        Ok(())
    }
}
