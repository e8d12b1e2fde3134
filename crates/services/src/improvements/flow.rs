//! The improvement: opened → call-back → fixed | planned | explained → checked by an outsider → closed.

use huiqi_casework::record::{Case, Desk, Stage, Turn};
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Registered, Tie, no_kinds, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Label, Role};
use huiqi_kernel::rule::{Limit, art};

use crate::t;

codes! {
    /// Where an improvement stands.
    pub enum State {
        /// Being opened; exists only inside the transaction that opens it.
        Found = "found",
        /// The firm has to be called.
        Opened = "opened",
        /// The firm was heard.
        Heard = "heard",
        /// To be fixed by an agreed day.
        Planned = "planned",
        /// Fixed; to be checked.
        Fixed = "fixed",
        /// Explained; to be checked.
        Explained = "explained",
        /// Checked and closed.
        Closed = "improved",
    }
}

codes! {
    /// What can be done with an improvement.
    pub enum Action {
        /// 立项.
        Open = "open",
        /// 回访企业.
        Hear = "hear",
        /// 已改好.
        Fix = "fix",
        /// 定下日期再改.
        Plan = "plan",
        /// 说明情况.
        Explain = "explain",
        /// 核实通过.
        Check = "check",
        /// 核实不通过.
        Reject = "reject",
    }
}

/// Who can be asked to improve: handlers, and the hub's own desks.
pub const IMPROVERS: &[Role] = &[
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorAgent,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
];
/// Who checks, never of the organisation that fixed it.
pub const CHECKERS: &[Role] = &[
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
];

/// Everything the table asks about an improvement.
pub struct ImprovementFacts {
    /// The case.
    pub case: Case,
}

impl Facts for ImprovementFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::Handler => self.case.is_handled_by(actor),
            Tie::NotJudged => {
                !self.case.is_given_to_house_of(actor)
                    && match self.case.desk() {
                        Desk::Operator => true,
                        Desk::Centre => matches!(actor.role.capacity(), Capacity::Centre | Capacity::Bureau),
                        Desk::Bureau => actor.role.capacity() == Capacity::Bureau,
                    }
            }
            Tie::LeadingDesk => self.case.is_led_by(actor),
            Tie::OwnFirm => self.case.firm == Some(actor.organisation),
            Tie::NotSamePerson => true,
        }
    }
}

/// The procedure.
pub static FLOW: Flow<State, Action, ImprovementFacts> = Flow {
    code: "improvement",
    start: State::Found,
    ends: &[State::Closed],
    steps: &[
        step(State::Found, Action::Open, State::Opened).by_system().due(Limit::CallBack).under(art(5)),
        step(State::Opened, Action::Hear, State::Heard)
            .by(IMPROVERS)
            .tie(Tie::Handler)
            .words()
            .due(Limit::Improvement)
            .under(art(5)),
        step(State::Heard, Action::Fix, State::Fixed)
            .by(IMPROVERS)
            .tie(Tie::Handler)
            .words()
            .due(Limit::ImprovementCheck)
            .under(art(5)),
        step(State::Heard, Action::Plan, State::Planned).by(IMPROVERS).tie(Tie::Handler).words().stops().under(art(5)),
        step(State::Heard, Action::Explain, State::Explained)
            .by(IMPROVERS)
            .tie(Tie::Handler)
            .words()
            .due(Limit::ImprovementCheck)
            .under(art(5)),
        step(State::Planned, Action::Fix, State::Fixed)
            .by(IMPROVERS)
            .tie(Tie::Handler)
            .words()
            .due(Limit::ImprovementCheck)
            .under(art(5)),
        step(State::Fixed, Action::Check, State::Closed)
            .by(CHECKERS)
            .tie(Tie::NotJudged)
            .words()
            .stops()
            .under(art(22)),
        step(State::Explained, Action::Check, State::Closed)
            .by(CHECKERS)
            .tie(Tie::NotJudged)
            .words()
            .stops()
            .under(art(22)),
        step(State::Fixed, Action::Reject, State::Heard)
            .by(CHECKERS)
            .tie(Tie::NotJudged)
            .words()
            .due(Limit::Improvement)
            .under(art(22)),
        step(State::Explained, Action::Reject, State::Heard)
            .by(CHECKERS)
            .tie(Tie::NotJudged)
            .words()
            .due(Limit::Improvement)
            .under(art(22)),
    ],
};

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, ImprovementFacts> {
    Registered { flow: &FLOW, name: |l| t(l).improvement_flow(), kind: no_kinds, kinds: Vec::new }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Found | State::Opened | State::Heard | State::Planned => Turn::Handler,
            State::Fixed | State::Explained => Turn::Check,
            State::Closed => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Found => m.improvement_state_found(),
            State::Opened => m.improvement_state_opened(),
            State::Heard => m.improvement_state_heard(),
            State::Planned => m.improvement_state_planned(),
            State::Fixed => m.improvement_state_fixed(),
            State::Explained => m.improvement_state_explained(),
            State::Closed => m.improvement_state_closed(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::Open => m.improvement_action_open(),
            Action::Hear => m.improvement_action_hear(),
            Action::Fix => m.improvement_action_fix(),
            Action::Plan => m.improvement_action_plan(),
            Action::Explain => m.improvement_action_explain(),
            Action::Check => m.improvement_action_check(),
            Action::Reject => m.improvement_action_reject(),
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
