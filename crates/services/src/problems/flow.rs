//! The common problem: gathered → answered to all → proposed to the bureau → noted, adopted or answered in writing.

use huiqi_casework::record::{Case, Stage, Turn};
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Registered, Tie, no_kinds, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Label, Role};
use huiqi_kernel::rule::{Limit, art, art_item};

use super::rules;
use crate::t;

codes! {
    /// Where a common problem stands.
    pub enum State {
        /// Being opened; exists only inside the transaction that opens it.
        Found = "found",
        /// Requests are gathered; no answer yet.
        Gathered = "gathered",
        /// The one answer was given.
        Answered = "answered",
        /// The proposal lies with the bureau.
        Proposed = "proposed",
        /// The bureau adopted it and carries it out by a day.
        Adopted = "adopted",
        /// Over.
        Closed = "settled",
        /// It was no common problem.
        Dissolved = "dissolved",
    }
}

codes! {
    /// What can be done with a common problem.
    pub enum Action {
        /// 归集.
        Open = "open",
        /// 统一答复.
        Answer = "answer",
        /// 同样答复后来的.
        Pass = "pass",
        /// 向市工信局提建议.
        Propose = "propose",
        /// 不提建议，了结.
        Settle = "settle",
        /// 不是共性问题.
        Dissolve = "dissolve",
        /// 阅知.
        Note = "note",
        /// 采纳.
        Adopt = "adopt",
        /// 书面答复.
        Reply = "reply",
        /// 已落实.
        Finish = "finish",
    }
}

/// Those who gather requests, answer and propose.
pub const GATHERERS: &[Role] =
    &[Role::OperatorDispatcher, Role::OperatorManager, Role::CentreAgent, Role::CentreOfficer];
/// Those who decide about a proposal.
pub const BUREAU: &[Role] = &[Role::BureauOfficer, Role::BureauApprover];

/// Everything the table asks about a common problem.
pub struct ProblemFacts {
    /// The case.
    pub case: Case,
    /// Requests that could have the answer and do not have it yet.
    pub unanswered: i64,
}

impl Facts for ProblemFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::LeadingDesk => self.case.is_led_by(actor),
            Tie::NotSamePerson => self.case.opened_by != Some(actor.person),
            Tie::OwnFirm | Tie::Handler | Tie::NotJudged => false,
        }
    }
}

/// The procedure.
pub static FLOW: Flow<State, Action, ProblemFacts> = Flow {
    code: "problem",
    start: State::Found,
    ends: &[State::Closed, State::Dissolved],
    steps: &[
        step(State::Found, Action::Open, State::Gathered).by(GATHERERS).under(art_item(8, 4)),
        step(State::Gathered, Action::Answer, State::Answered)
            .by(GATHERERS)
            .tie(Tie::LeadingDesk)
            .words()
            .under(art_item(8, 4)),
        step(State::Gathered, Action::Dissolve, State::Dissolved).by(GATHERERS).words().stops().under(art_item(8, 4)),
        step(State::Answered, Action::Pass, State::Answered)
            .by(GATHERERS)
            .tie(Tie::LeadingDesk)
            .when(rules::somebody_new)
            .under(art_item(8, 4)),
        step(State::Answered, Action::Propose, State::Proposed)
            .by(GATHERERS)
            .words()
            .due(Limit::ProposalReply)
            .under(art_item(8, 4)),
        step(State::Answered, Action::Settle, State::Closed).by(GATHERERS).words().stops().under(art_item(8, 4)),
        // with the bureau
        step(State::Proposed, Action::Pass, State::Proposed)
            .by(GATHERERS)
            .tie(Tie::LeadingDesk)
            .when(rules::somebody_new)
            .under(art_item(8, 4)),
        step(State::Proposed, Action::Adopt, State::Adopted).by(BUREAU).words().stops().under(art(4)),
        step(State::Proposed, Action::Reply, State::Closed).by(BUREAU).words().stops().under(art(4)),
        step(State::Proposed, Action::Note, State::Closed).by(BUREAU).words().stops().under(art(4)),
        step(State::Adopted, Action::Finish, State::Closed).by(BUREAU).words().stops().under(art(4)),
        step(State::Adopted, Action::Pass, State::Adopted)
            .by(GATHERERS)
            .tie(Tie::LeadingDesk)
            .when(rules::somebody_new)
            .under(art_item(8, 4)),
    ],
};

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, ProblemFacts> {
    Registered { flow: &FLOW, name: |l| t(l).problem_flow(), kind: no_kinds, kinds: Vec::new }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Found | State::Gathered | State::Answered => Turn::Dispatch,
            State::Proposed | State::Adopted => Turn::Bureau,
            State::Closed | State::Dissolved => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Found => m.problem_state_found(),
            State::Gathered => m.problem_state_gathered(),
            State::Answered => m.problem_state_answered(),
            State::Proposed => m.problem_state_proposed(),
            State::Adopted => m.problem_state_adopted(),
            State::Closed => m.problem_state_settled(),
            State::Dissolved => m.problem_state_dissolved(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::Open => m.problem_action_open(),
            Action::Answer => m.problem_action_answer(),
            Action::Pass => m.problem_action_pass(),
            Action::Propose => m.problem_action_propose(),
            Action::Settle => m.problem_action_settle(),
            Action::Dissolve => m.problem_action_dissolve(),
            Action::Note => m.problem_action_note(),
            Action::Adopt => m.problem_action_adopt(),
            Action::Reply => m.problem_action_reply(),
            Action::Finish => m.problem_action_finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use huiqi_kernel::flow::AnyFlow;

    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(registered().faults(), Vec::<String>::new());
    }
}
