//! The assignment: one handler's part of a request. A case with the request as its parent.

use huiqi_casework::record::{Case, Stage, Turn};
use huiqi_casework::team::actions::by_manager;
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Refusal, Registered, Tie, no_kinds, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, HANDLERS, Label, Role};
use huiqi_kernel::rule::{Limit, art};

use crate::requests::flow::DISPATCH;
use crate::t;

codes! {
    /// Where an assignment stands.
    pub enum State {
        /// Being made; exists only inside the transaction that offers it.
        Prepared = "prepared",
        /// 待接单.
        Offered = "offered",
        /// 已接单: the firm has not been reached yet.
        Taken = "taken",
        /// 联系不上企业.
        Unreachable = "unreachable",
        /// 办理中.
        Working = "working",
        /// 已反馈.
        Reported = "reported",
        /// 退单.
        Declined = "declined",
        /// 未达成.
        NotAchieved = "not-achieved",
        /// 未选定: the firm chose another; not held against it.
        NotSelected = "not-selected",
        /// 收回.
        Recalled = "recalled",
    }
}

codes! {
    /// What can be done with an assignment.
    pub enum Action {
        /// 派给.
        Offer = "offer",
        /// 接单.
        Take = "take",
        /// 签收: what a department does with a transfer order.
        Receive = "receive",
        /// 退单.
        Decline = "decline",
        /// 联系上企业.
        Contact = "contact",
        /// 联系不上.
        Unreachable = "unreachable",
        /// 反馈结果.
        Report = "report",
        /// 没能办成.
        GiveUp = "give-up",
        /// 收回.
        Recall = "recall",
        /// 未选定.
        PassOver = "pass-over",
    }
}

/// Everything the table asks about an assignment.
pub struct AssignmentFacts {
    /// The case.
    pub case: Case,
    /// The request above is a plain question.
    pub plain_question: bool,
    /// The request leaves the choice to the firm, and it has not chosen.
    pub choice_open: bool,
    /// This is the one that writes the single answer.
    pub lead: bool,
    /// Opinions of others that are still missing.
    pub missing: usize,
    /// The request above waits for the firm.
    pub waiting: bool,
    /// Where it lies, the manager gives matters to people.
    pub by_manager: bool,
}

impl Facts for AssignmentFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::Handler => self.case.is_handled_by(actor),
            Tie::LeadingDesk => self.case.is_led_by(actor),
            Tie::OwnFirm => self.case.firm == Some(actor.organisation),
            Tie::NotJudged => !self.case.is_given_to_house_of(actor),
            Tie::NotSamePerson => self.case.handler_person != Some(actor.person),
        }
    }
}

/// Nobody reports on a firm that was not reached: shown as a line with its reason, never allowed.
fn reach_first(_: &AssignmentFacts) -> Result<(), Refusal> {
    Err(Refusal::because(|l| t(l).assignment_blocked_reach()))
}

/// A plain question may be answered at once: the answer is the first contact.
fn at_once(facts: &AssignmentFacts) -> Result<(), Refusal> {
    if facts.plain_question { ready(facts) } else { Err(Refusal::because(|l| t(l).assignment_blocked_contact())) }
}

/// The single answer stands when the firm has chosen and is not being waited for.
fn ready(facts: &AssignmentFacts) -> Result<(), Refusal> {
    if facts.choice_open {
        Err(Refusal::because(|l| t(l).assignment_blocked_choice()))
    } else if facts.waiting {
        Err(Refusal::because(|l| t(l).assignment_blocked_waiting()))
    } else {
        Ok(())
    }
}

/// Where the manager gives the matters, nobody takes what was not given to somebody.
fn given(facts: &AssignmentFacts) -> Result<(), Refusal> {
    if facts.by_manager && facts.case.handler_person.is_none() { Err(by_manager()) } else { Ok(()) }
}

/// Those of windows and providers who take without being given.
const TAKERS: &[Role] = &[Role::WindowManager, Role::ProviderManager];
const AGENTS: &[Role] = &[Role::WindowAgent, Role::ProviderAgent];
/// Departments sign for it.
const RECEIVERS: &[Role] = &[Role::DepartmentOfficer];
const COUNTER: &[Role] = &[Role::WindowAgent, Role::WindowManager];

/// The procedure.
pub static FLOW: Flow<State, Action, AssignmentFacts> = Flow {
    code: "assignment",
    start: State::Prepared,
    ends: &[State::Reported, State::Declined, State::NotAchieved, State::NotSelected, State::Recalled],
    steps: &[
        step(State::Prepared, Action::Offer, State::Offered)
            .by(DISPATCH)
            .tie(Tie::LeadingDesk)
            .due(Limit::Take)
            .under(art(5)),
        step(State::Prepared, Action::Offer, State::Offered)
            .by(COUNTER)
            .tie(Tie::Handler)
            .due(Limit::Take)
            .under(art(11)),
        step(State::Offered, Action::Take, State::Taken)
            .by(TAKERS)
            .tie(Tie::Handler)
            .due(Limit::Contact)
            .under(art(11)),
        step(State::Offered, Action::Take, State::Taken)
            .by(AGENTS)
            .tie(Tie::Handler)
            .when(given)
            .due(Limit::Contact)
            .under(art(11)),
        step(State::Offered, Action::Receive, State::Taken)
            .by(RECEIVERS)
            .tie(Tie::Handler)
            .due(Limit::Contact)
            .under(art(5)),
        step(State::Offered, Action::Decline, State::Declined)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(11)),
        step(State::Taken, Action::Contact, State::Working)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .follows()
            .under(art(11)),
        step(State::Taken, Action::Unreachable, State::Unreachable)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .follows()
            .under(art(11)),
        step(State::Unreachable, Action::Contact, State::Working)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .follows()
            .under(art(11)),
        step(State::Taken, Action::Report, State::Reported)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .when(at_once)
            .words()
            .stops()
            .under(art(11)),
        step(State::Unreachable, Action::Report, State::Reported)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .when(reach_first)
            .words()
            .stops()
            .under(art(11)),
        step(State::Working, Action::Report, State::Reported)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .when(ready)
            .words()
            .stops()
            .under(art(11)),
        step(State::Taken, Action::GiveUp, State::NotAchieved)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(11)),
        step(State::Unreachable, Action::GiveUp, State::NotAchieved)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(11)),
        step(State::Working, Action::GiveUp, State::NotAchieved)
            .by(HANDLERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(11)),
        step(State::Offered, Action::Recall, State::Recalled)
            .by(DISPATCH)
            .by_system()
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(5)),
        step(State::Taken, Action::Recall, State::Recalled)
            .by(DISPATCH)
            .by_system()
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(5)),
        step(State::Unreachable, Action::Recall, State::Recalled)
            .by(DISPATCH)
            .by_system()
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(5)),
        step(State::Working, Action::Recall, State::Recalled)
            .by(DISPATCH)
            .by_system()
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(5)),
        step(State::Offered, Action::PassOver, State::NotSelected).by_system().stops().under(art(5)),
        step(State::Taken, Action::PassOver, State::NotSelected).by_system().stops().under(art(5)),
        step(State::Unreachable, Action::PassOver, State::NotSelected).by_system().stops().under(art(5)),
        step(State::Working, Action::PassOver, State::NotSelected).by_system().stops().under(art(5)),
    ],
};

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, AssignmentFacts> {
    Registered { flow: &FLOW, name: |l| t(l).assignment_flow(), kind: no_kinds, kinds: Vec::new }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Prepared | State::Offered | State::Taken | State::Unreachable | State::Working => Turn::Handler,
            _ => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Prepared => m.assignment_state_prepared(),
            State::Offered => m.assignment_state_offered(),
            State::Taken => m.assignment_state_taken(),
            State::Unreachable => m.assignment_state_unreachable(),
            State::Working => m.assignment_state_working(),
            State::Reported => m.assignment_state_reported(),
            State::Declined => m.assignment_state_declined(),
            State::NotAchieved => m.assignment_state_not_achieved(),
            State::NotSelected => m.assignment_state_not_selected(),
            State::Recalled => m.assignment_state_recalled(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::Offer => m.assignment_action_offer(),
            Action::Take => m.assignment_action_take(),
            Action::Receive => m.transfer_action_receive(),
            Action::Decline => m.assignment_action_decline(),
            Action::Contact => m.assignment_action_contact(),
            Action::Unreachable => m.assignment_action_unreachable(),
            Action::Report => m.assignment_action_report(),
            Action::GiveUp => m.assignment_action_give_up(),
            Action::Recall => m.assignment_action_recall(),
            Action::PassOver => m.assignment_action_pass_over(),
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
