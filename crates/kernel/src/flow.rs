//! A procedure is one table.
//!
//! A [`Flow`] lists every step of a procedure: from which state, by which action, to which state, who may take it,
//! what relation to the record that person must have, what must hold, which limit starts or stops, under which
//! article. [`Flow::decide`] and [`Flow::offers`] are the only places that say who may do what; handlers, buttons,
//! diagrams, the access matrix and the tests all ask them.

use std::fmt::Write as _;

use crate::Coded;
use crate::locale::{Bilingual, Locale};
use crate::people::{Actor, Label, Role};
use crate::rule::{ArticleRef, Limit};

codes! {
    /// The relation between an actor and a record that a step asks for.
    pub enum Tie {
        /// Acts for the firm that the record belongs to.
        OwnFirm = "own-firm",
        /// Acts for the window, provider or department the record was given to.
        Handler = "handler",
        /// Belongs to an organisation other than the one the record judges.
        NotJudged = "not-judged",
        /// Did not take the step that this one checks.
        NotSamePerson = "not-same-person",
        /// Belongs to the desk that leads the record: nobody handles a complaint about himself.
        LeadingDesk = "leading-desk",
    }
}

/// Why a step cannot be taken, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, said to the person who wanted to act.
    pub reason: Bilingual,
    /// The reason itself would tell what the person may not see: show nothing at all.
    pub hidden: bool,
}

impl Refusal {
    /// A reason that may be shown.
    pub fn because(text: impl Fn(Locale) -> String) -> Self {
        Refusal { reason: Bilingual::say(text), hidden: false }
    }

    /// A refusal whose reason must stay unsaid.
    pub fn hidden() -> Self {
        Refusal { reason: Bilingual { zh: String::new(), en: String::new() }, hidden: true }
    }
}

/// Who takes a step.
#[derive(Clone, Copy, Debug)]
pub enum Doer<'a> {
    /// A signed-in person.
    Person(&'a Actor),
    /// Whoever holds number, query code and phone digits (or a one-purpose link) of a record: the firm without account.
    Bearer,
    /// The program: deadlines, silence, consequences of another case.
    System,
}

/// What a record tells a flow about itself. Implemented by each procedure's facts.
pub trait Facts {
    /// Whether this actor has that relation to the record.
    fn tied(&self, actor: &Actor, tie: Tie) -> bool;
}

/// What a step does to the running limit.
pub enum Timing<F: 'static> {
    /// The running limit goes on.
    Keep,
    /// No limit runs any more.
    Stop,
    /// No limit runs any more; the one that ran was neither kept nor missed.
    Drop,
    /// A limit of the rule set starts on this day.
    Start(Limit),
    /// A limit that depends on the record starts on this day.
    StartBy(fn(&F) -> Limit),
    /// The limit is suspended: somebody else's turn; the working days left are kept.
    Pause,
    /// The suspended limit goes on with the days that were left.
    Resume,
    /// The limit of the case above holds here too.
    Follow,
}

impl<F> Clone for Timing<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for Timing<F> {}

/// Whether the person who takes a step has to say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Nothing to say.
    None,
    /// May add a remark.
    Optional,
    /// Must give the text: an answer, a reason, a ground.
    Required,
}

/// A condition on the record.
pub type Guard<F> = fn(&F) -> Result<(), Refusal>;

/// One step of a procedure.
pub struct Step<S: 'static, A: 'static, F: 'static> {
    /// State it starts from.
    pub from: S,
    /// What is done.
    pub action: A,
    /// State it leads to.
    pub to: S,
    /// Roles that may take it.
    pub by: &'static [Role],
    /// Whether the holder of number and query code may take it.
    pub bearer: bool,
    /// Whether the program takes it.
    pub system: bool,
    /// Relation the person must have to the record.
    pub tie: Option<Tie>,
    /// Condition on the record.
    pub when: Option<Guard<F>>,
    /// What it does to the limit.
    pub timing: Timing<F>,
    /// Whether words are needed.
    pub words: Words,
    /// The provision it is taken under.
    pub article: ArticleRef,
}

impl<S: Copy, A: Copy, F> Clone for Step<S, A, F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S: Copy, A: Copy, F> Copy for Step<S, A, F> {}

/// Starts a line of a flow table. Without further words nobody may take the step.
pub const fn step<S, A, F>(from: S, action: A, to: S) -> Step<S, A, F> {
    Step {
        from,
        action,
        to,
        by: &[],
        bearer: false,
        system: false,
        tie: None,
        when: None,
        timing: Timing::Keep,
        words: Words::None,
        article: ArticleRef { number: 0, item: None },
    }
}

impl<S: Copy, A: Copy, F> Step<S, A, F> {
    /// Roles that may take the step.
    pub const fn by(mut self, roles: &'static [Role]) -> Self {
        self.by = roles;
        self
    }
    /// The holder of number and query code may take the step too.
    pub const fn by_bearer(mut self) -> Self {
        self.bearer = true;
        self
    }
    /// The program takes the step.
    pub const fn by_system(mut self) -> Self {
        self.system = true;
        self
    }
    /// Relation the person must have to the record.
    pub const fn tie(mut self, tie: Tie) -> Self {
        self.tie = Some(tie);
        self
    }
    /// Condition on the record.
    pub const fn when(mut self, guard: Guard<F>) -> Self {
        self.when = Some(guard);
        self
    }
    /// Starts a limit.
    pub const fn due(mut self, limit: Limit) -> Self {
        self.timing = Timing::Start(limit);
        self
    }
    /// Starts the limit that the record calls for.
    pub const fn due_by(mut self, limit: fn(&F) -> Limit) -> Self {
        self.timing = Timing::StartBy(limit);
        self
    }
    /// Suspends the limit.
    pub const fn pauses(mut self) -> Self {
        self.timing = Timing::Pause;
        self
    }
    /// Lets the suspended limit go on.
    pub const fn resumes(mut self) -> Self {
        self.timing = Timing::Resume;
        self
    }
    /// The limit of the case above holds here too.
    pub const fn follows(mut self) -> Self {
        self.timing = Timing::Follow;
        self
    }
    /// Ends the limit.
    pub const fn stops(mut self) -> Self {
        self.timing = Timing::Stop;
        self
    }
    /// Ends the limit without a judgement: it was neither kept nor missed.
    pub const fn drops(mut self) -> Self {
        self.timing = Timing::Drop;
        self
    }
    /// The person must say something.
    pub const fn words(mut self) -> Self {
        self.words = Words::Required;
        self
    }
    /// The person may say something.
    pub const fn remark(mut self) -> Self {
        self.words = Words::Optional;
        self
    }
    /// The provision the step is taken under.
    pub const fn under(mut self, article: ArticleRef) -> Self {
        self.article = article;
        self
    }
}

/// A whole procedure.
pub struct Flow<S: 'static, A: 'static, F: 'static> {
    /// Stable code, also in `case.flow`.
    pub code: &'static str,
    /// State of a new record.
    pub start: S,
    /// States in which nothing is open any more.
    pub ends: &'static [S],
    /// All steps.
    pub steps: &'static [Step<S, A, F>],
}

/// A step shown to a person: allowed, or blocked with its reason.
pub struct Offer<S: 'static, A: 'static, F: 'static> {
    /// The step.
    pub step: &'static Step<S, A, F>,
    /// Why it cannot be taken now.
    pub blocked: Option<Refusal>,
}

impl<S: Coded, A: Coded, F: Facts> Flow<S, A, F> {
    /// Whether a record in this state has nothing open.
    pub fn is_end(&self, state: S) -> bool {
        self.ends.contains(&state)
    }

    /// Whether the doer may take the step as far as role and relation go.
    fn entitled(step: &Step<S, A, F>, doer: Doer<'_>, facts: &F) -> bool {
        match doer {
            Doer::Person(actor) => actor.is(step.by) && step.tie.is_none_or(|tie| facts.tied(actor, tie)),
            Doer::Bearer => step.bearer,
            Doer::System => step.system,
        }
    }

    /// The step that this doer takes by this action from this state, or why there is none.
    ///
    /// # Errors
    /// A [`Refusal`]: hidden when the doer has no business with the step at all, spoken when a condition is missing.
    pub fn decide(
        &'static self,
        state: S,
        action: A,
        doer: Doer<'_>,
        facts: &F,
    ) -> Result<&'static Step<S, A, F>, Refusal> {
        let mut refused = None;
        for step in self.steps.iter().filter(|s| s.from == state && s.action == action) {
            if !Self::entitled(step, doer, facts) {
                continue;
            }
            match step.when.map_or(Ok(()), |guard| guard(facts)) {
                Ok(()) => return Ok(step),
                Err(refusal) => refused = Some(refusal),
            }
        }
        Err(refused.unwrap_or_else(Refusal::hidden))
    }

    /// Everything this doer may do now, and what is blocked with its reason; hidden refusals are left out.
    pub fn offers(&'static self, state: S, doer: Doer<'_>, facts: &F) -> Vec<Offer<S, A, F>> {
        let mut offers: Vec<Offer<S, A, F>> = Vec::new();
        for step in self.steps.iter().filter(|s| s.from == state) {
            if !Self::entitled(step, doer, facts) {
                continue;
            }
            let blocked = step.when.and_then(|guard| guard(facts).err());
            if blocked.as_ref().is_some_and(|r| r.hidden) {
                continue;
            }
            match offers.iter_mut().find(|o| o.step.action == step.action) {
                Some(known) if known.blocked.is_some() => *known = Offer { step, blocked },
                Some(_) => {}
                None => offers.push(Offer { step, blocked }),
            }
        }
        offers
    }

    /// What is wrong with the table itself; empty when it is sound. Run by a test for each flow.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut reached = vec![self.start];
        let mut grew = true;
        while grew {
            grew = false;
            for step in self.steps {
                if reached.contains(&step.from) && !reached.contains(&step.to) {
                    reached.push(step.to);
                    grew = true;
                }
            }
        }
        let mut ending: Vec<S> = self.ends.to_vec();
        grew = true;
        while grew {
            grew = false;
            for step in self.steps {
                if ending.contains(&step.to) && !ending.contains(&step.from) {
                    ending.push(step.from);
                    grew = true;
                }
            }
        }
        for state in S::all() {
            if !reached.contains(state) {
                faults.push(format!("{}: state {} is never reached", self.code, state.code()));
            }
            if !ending.contains(state) {
                faults.push(format!("{}: state {} cannot end", self.code, state.code()));
            }
        }
        for (i, step) in self.steps.iter().enumerate() {
            let name = format!("{}: {} --{}-> {}", self.code, step.from.code(), step.action.code(), step.to.code());
            if step.article.number == 0 {
                faults.push(format!("{name} names no article"));
            }
            if step.by.is_empty() && !step.bearer && !step.system {
                faults.push(format!("{name} can be taken by nobody"));
            }
            for other in &self.steps[..i] {
                if other.from == step.from && other.action == step.action && other.to != step.to && other.when.is_none()
                {
                    for role in step.by {
                        if other.by.contains(role) && other.tie == step.tie {
                            faults.push(format!("{name} can never be taken by {}: an earlier step wins", role.code()));
                        }
                    }
                }
            }
        }
        faults
    }
}

/// One line of a flow without its types, for diagrams, `/rule`, the access matrix and the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView {
    /// Code and name of the state it starts from.
    pub from: (&'static str, Bilingual),
    /// Code and name of the action.
    pub action: (&'static str, Bilingual),
    /// Code and name of the state it leads to.
    pub to: (&'static str, Bilingual),
    /// Roles that may take it.
    pub by: &'static [Role],
    /// The holder of number and code may take it.
    pub bearer: bool,
    /// The program takes it.
    pub system: bool,
    /// Relation asked for.
    pub tie: Option<Tie>,
    /// Whether a condition on the record exists.
    pub guarded: bool,
    /// Limit that starts, where it does not depend on the record.
    pub limit: Option<Limit>,
    /// The provision.
    pub article: ArticleRef,
}

/// Object-safe view of any [`Flow`]: what the registry of all procedures holds.
pub trait AnyFlow: Send + Sync {
    /// Stable code.
    fn code(&self) -> &'static str;
    /// Name of the procedure.
    fn name(&self, locale: Locale) -> String;
    /// Name of the state with this code, or the code itself where data is older than the program.
    fn state_label(&self, code: &str, locale: Locale) -> String;
    /// Name of the action with this code.
    fn action_label(&self, code: &str, locale: Locale) -> String;
    /// Name of the kind with this code, where records of the procedure have kinds; empty otherwise.
    fn kind_label(&self, code: &str, locale: Locale) -> String;
    /// Codes of the kinds its records have; none where they have none.
    fn kinds(&self) -> Vec<&'static str>;
    /// Whether a record in the state with this code has nothing open.
    fn is_end(&self, code: &str) -> bool;
    /// All steps.
    fn steps(&self) -> Vec<StepView>;
    /// What is wrong with the table itself.
    fn faults(&self) -> Vec<String>;
}

/// A flow with its name, as registered by a slice.
pub struct Registered<S: 'static, A: 'static, F: 'static> {
    /// The table.
    pub flow: &'static Flow<S, A, F>,
    /// Name of the procedure.
    pub name: fn(Locale) -> String,
    /// Name of a kind of record, by its code; `no_kinds` where there are none.
    pub kind: fn(&str, Locale) -> String,
    /// Codes of the kinds; `Vec::new` where there are none.
    pub kinds: fn() -> Vec<&'static str>,
}

/// For procedures whose records have no kinds.
pub fn no_kinds(_: &str, _: Locale) -> String {
    String::new()
}

impl<S: Coded + Label, A: Coded + Label, F: Facts> AnyFlow for Registered<S, A, F> {
    fn code(&self) -> &'static str {
        self.flow.code
    }
    fn name(&self, locale: Locale) -> String {
        (self.name)(locale)
    }
    fn state_label(&self, code: &str, locale: Locale) -> String {
        S::from_code(code).map_or_else(|| code.to_owned(), |s| s.label(locale))
    }
    fn action_label(&self, code: &str, locale: Locale) -> String {
        A::from_code(code).map_or_else(|| code.to_owned(), |a| a.label(locale))
    }
    fn kind_label(&self, code: &str, locale: Locale) -> String {
        (self.kind)(code, locale)
    }
    fn kinds(&self) -> Vec<&'static str> {
        (self.kinds)()
    }
    fn is_end(&self, code: &str) -> bool {
        S::from_code(code).is_some_and(|s| self.flow.is_end(s))
    }
    fn steps(&self) -> Vec<StepView> {
        self.flow
            .steps
            .iter()
            .map(|s| StepView {
                from: (s.from.code(), Bilingual::say(|l| s.from.label(l))),
                action: (s.action.code(), Bilingual::say(|l| s.action.label(l))),
                to: (s.to.code(), Bilingual::say(|l| s.to.label(l))),
                by: s.by,
                bearer: s.bearer,
                system: s.system,
                tie: s.tie,
                guarded: s.when.is_some(),
                limit: match s.timing {
                    Timing::Start(limit) => Some(limit),
                    _ => None,
                },
                article: s.article,
            })
            .collect()
    }
    fn faults(&self) -> Vec<String> {
        let mut faults = self.flow.faults();
        for locale in Locale::ALL {
            for state in S::all() {
                if state.label(locale).trim().is_empty() {
                    faults.push(format!("{}: state {} has no {} name", self.flow.code, state.code(), locale.tag()));
                }
            }
            for action in A::all() {
                if action.label(locale).trim().is_empty() {
                    faults.push(format!("{}: action {} has no {} name", self.flow.code, action.code(), locale.tag()));
                }
            }
        }
        faults
    }
}

/// The flow as a Mermaid state diagram, for `docs/generated`.
pub fn mermaid(flow: &dyn AnyFlow, locale: Locale) -> String {
    let mut out = String::from("stateDiagram-v2\n");
    let mut named: Vec<&str> = Vec::new();
    for step in flow.steps() {
        for (code, name) in [&step.from, &step.to] {
            if !named.contains(code) {
                named.push(code);
                let _ = writeln!(out, "  {} : {}", code.replace('-', "_"), name.get(locale));
            }
        }
        let _ = writeln!(
            out,
            "  {} --> {} : {}",
            step.from.0.replace('-', "_"),
            step.to.0.replace('-', "_"),
            step.action.1.get(locale)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::art;

    codes! { enum State { Open = "open", Shut = "shut" } }
    codes! { enum Action { Close = "close", Nudge = "nudge" } }
    impl Label for State {
        fn label(self, _: Locale) -> String {
            self.code().to_owned()
        }
    }
    impl Label for Action {
        fn label(self, _: Locale) -> String {
            self.code().to_owned()
        }
    }
    struct Thing {
        ready: bool,
        own: bool,
    }
    impl Facts for Thing {
        fn tied(&self, _: &Actor, _: Tie) -> bool {
            self.own
        }
    }
    fn ready(thing: &Thing) -> Result<(), Refusal> {
        if thing.ready { Ok(()) } else { Err(Refusal::because(|_| "not ready".into())) }
    }
    static FLOW: Flow<State, Action, Thing> = Flow {
        code: "thing",
        start: State::Open,
        ends: &[State::Shut],
        steps: &[
            step(State::Open, Action::Close, State::Shut)
                .by(&[Role::EnterpriseMember])
                .tie(Tie::OwnFirm)
                .when(ready)
                .under(art(5)),
            step(State::Open, Action::Nudge, State::Open).by_system().under(art(5)),
        ],
    };
    fn actor() -> Actor {
        Actor {
            person: 1,
            membership: 1,
            organisation: 1,
            window: None,
            role: Role::EnterpriseMember,
            name: String::new(),
            name_en: None,
            organisation_name: String::new(),
            organisation_name_en: None,
            territory: None,
            verified: true,
        }
    }

    #[test]
    fn decides_by_role_relation_and_condition() {
        let me = actor();
        let own = Thing { ready: true, own: true };
        assert_eq!(FLOW.decide(State::Open, Action::Close, Doer::Person(&me), &own).unwrap().to, State::Shut);
        let early = Thing { ready: false, own: true };
        let refusal = FLOW.decide(State::Open, Action::Close, Doer::Person(&me), &early).err().unwrap();
        assert!(!refusal.hidden);
        assert_eq!(FLOW.offers(State::Open, Doer::Person(&me), &early).len(), 1);
        let foreign = Thing { ready: true, own: false };
        assert!(FLOW.decide(State::Open, Action::Close, Doer::Person(&me), &foreign).err().unwrap().hidden);
        assert!(FLOW.offers(State::Open, Doer::Person(&me), &foreign).is_empty());
        assert!(FLOW.decide(State::Shut, Action::Close, Doer::Person(&me), &own).is_err());
        assert!(FLOW.decide(State::Open, Action::Nudge, Doer::Person(&me), &own).is_err());
        assert!(FLOW.decide(State::Open, Action::Nudge, Doer::System, &own).is_ok());
    }

    #[test]
    fn a_sound_table_has_no_faults() {
        assert_eq!(FLOW.faults(), Vec::<String>::new());
    }
}
