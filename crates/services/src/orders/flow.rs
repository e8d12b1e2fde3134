//! The supervision order: issued → answered in writing → accepted, or sent back with a new day.

use huiqi_casework::record::{Case, Stage, Turn};
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Refusal, Registered, Tie, no_kinds, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Label, Role};
use huiqi_kernel::rule::{Limit, art, art_item};

use crate::t;

codes! {
    /// Where an order stands.
    pub enum State {
        /// Being written; exists only inside the transaction that issues it.
        Draft = "order-draft",
        /// To be answered in writing.
        Issued = "order-issued",
        /// Answered; to be checked.
        Replied = "order-replied",
        /// The answer was accepted.
        Closed = "order-closed",
        /// Taken back.
        Withdrawn = "order-withdrawn",
    }
}

codes! {
    /// What can be done with an order.
    pub enum Action {
        /// 下达督办.
        Issue = "issue",
        /// 书面答复.
        Reply = "reply",
        /// 认可答复，结束督办.
        Accept = "accept",
        /// 答复不够，退回.
        Reject = "reject",
        /// 撤回督办.
        Withdraw = "withdraw",
    }
}

/// Who issues at the centre.
pub const CENTRE: &[Role] = &[Role::CentreOfficer, Role::CentreApprover];
/// Who issues at the bureau.
pub const BUREAU: &[Role] = &[Role::BureauOfficer, Role::BureauApprover];
/// Everybody who issues.
pub const ISSUERS: &[Role] = &[Role::CentreOfficer, Role::CentreApprover, Role::BureauOfficer, Role::BureauApprover];
/// Everybody who answers for the organisation that an order goes to.
pub const ANSWERERS: &[Role] = &[
    Role::WindowManager,
    Role::WindowAgent,
    Role::ProviderManager,
    Role::ProviderAgent,
    Role::DepartmentOfficer,
    Role::OperatorManager,
    Role::OperatorAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::CentreAgent,
];

codes! {
    /// To whom an order goes; decides under which provision it is issued.
    pub enum Ordered {
        /// A window.
        Window = "window",
        /// The operator.
        Operator = "operator",
        /// The centre.
        Centre = "centre",
        /// A provider or a department.
        Other = "other",
    }
}

/// Everything the table asks about an order.
pub struct OrderFacts {
    /// The case.
    pub case: Case,
    /// To whom it goes.
    pub ordered: Ordered,
}

impl Facts for OrderFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::Handler => self.case.is_handled_by(actor),
            // Nobody orders his own house.
            Tie::LeadingDesk => self.case.is_led_by(actor) && !self.case.is_given_to_house_of(actor),
            Tie::NotJudged => !self.case.is_given_to_house_of(actor),
            Tie::OwnFirm => false,
            Tie::NotSamePerson => true,
        }
    }
}

fn to(ordered: Ordered) -> impl Fn(&OrderFacts) -> Result<(), Refusal> {
    move |facts| if facts.ordered == ordered { Ok(()) } else { Err(Refusal::hidden()) }
}

fn to_window(facts: &OrderFacts) -> Result<(), Refusal> {
    to(Ordered::Window)(facts)
}

fn to_operator(facts: &OrderFacts) -> Result<(), Refusal> {
    to(Ordered::Operator)(facts)
}

fn to_other(facts: &OrderFacts) -> Result<(), Refusal> {
    to(Ordered::Other)(facts)
}

/// The procedure. The bureau supervises the network (Art. 4); the centre supervises service (Art. 7(3)), the operator
/// (Art. 21) and windows (Art. 22).
pub static FLOW: Flow<State, Action, OrderFacts> = Flow {
    code: "supervision-order",
    start: State::Draft,
    ends: &[State::Closed, State::Withdrawn],
    steps: &[
        step(State::Draft, Action::Issue, State::Issued)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .words()
            .due(Limit::SupervisionOrder)
            .under(art(4)),
        step(State::Draft, Action::Issue, State::Issued)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .when(to_window)
            .words()
            .due(Limit::SupervisionOrder)
            .under(art(22)),
        step(State::Draft, Action::Issue, State::Issued)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .when(to_operator)
            .words()
            .due(Limit::SupervisionOrder)
            .under(art(21)),
        step(State::Draft, Action::Issue, State::Issued)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .when(to_other)
            .words()
            .due(Limit::SupervisionOrder)
            .under(art_item(7, 3)),
        step(State::Issued, Action::Reply, State::Replied)
            .by(ANSWERERS)
            .tie(Tie::Handler)
            .words()
            .due(Limit::SupervisionCheck)
            .under(art(5)),
        step(State::Replied, Action::Accept, State::Closed)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .remark()
            .stops()
            .under(art(4)),
        step(State::Replied, Action::Accept, State::Closed)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .remark()
            .stops()
            .under(art_item(7, 3)),
        step(State::Replied, Action::Reject, State::Issued)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .words()
            .due(Limit::SupervisionOrder)
            .under(art(4)),
        step(State::Replied, Action::Reject, State::Issued)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .words()
            .due(Limit::SupervisionOrder)
            .under(art_item(7, 3)),
        step(State::Issued, Action::Withdraw, State::Withdrawn)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(4)),
        step(State::Issued, Action::Withdraw, State::Withdrawn)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art_item(7, 3)),
    ],
};

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, OrderFacts> {
    Registered { flow: &FLOW, name: |l| t(l).order_flow(), kind: no_kinds, kinds: Vec::new }
}

impl Ordered {
    /// What an organisation is to the network, for an order to it.
    pub fn of(window: Option<i64>, capacities: &[Capacity]) -> Ordered {
        if window.is_some() {
            Ordered::Window
        } else if capacities.contains(&Capacity::Centre) {
            Ordered::Centre
        } else if capacities.contains(&Capacity::Operator) {
            Ordered::Operator
        } else {
            Ordered::Other
        }
    }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Draft | State::Issued => Turn::Handler,
            State::Replied => Turn::Check,
            State::Closed | State::Withdrawn => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Draft => m.order_state_draft(),
            State::Issued => m.order_state_issued(),
            State::Replied => m.order_state_replied(),
            State::Closed => m.order_state_closed(),
            State::Withdrawn => m.order_state_withdrawn(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::Issue => m.order_action_issue(),
            Action::Reply => m.order_action_reply(),
            Action::Accept => m.order_action_accept(),
            Action::Reject => m.order_action_reject(),
            Action::Withdraw => m.order_action_withdraw(),
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

    #[test]
    fn a_window_of_the_operators_house_is_a_window() {
        assert_eq!(Ordered::of(Some(1), &[Capacity::Operator]), Ordered::Window);
        assert_eq!(Ordered::of(None, &[Capacity::Provider, Capacity::Operator]), Ordered::Operator);
        assert_eq!(Ordered::of(None, &[Capacity::Provider]), Ordered::Other);
    }
}
