//! The entry of the knowledge base: draft → checked by a second person → in force → expired | withdrawn.

use chrono::NaiveDate;
use huiqi_casework::record::{Case, Stage, Turn};
use huiqi_casework::scope::KNOWLEDGE_CHECKERS;
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Registered, Tie, no_kinds, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Label, Role};
use huiqi_kernel::rule::{Limit, art};

use super::rules;
use crate::t;

codes! {
    /// Where an entry stands.
    pub enum State {
        /// Being opened; exists only inside the transaction that opens it.
        Begun = "begun",
        /// 起草: its house writes it.
        Draft = "draft",
        /// 待复核: somebody else checks it.
        Proposed = "proposed",
        /// 在用.
        InForce = "in-force",
        /// 已过期: its owner renews, revises or withdraws it.
        Expired = "expired",
        /// 已撤下.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What can be done with an entry.
    pub enum Action {
        /// 起草.
        Write = "write",
        /// 修改内容.
        Edit = "edit",
        /// 送复核.
        Propose = "propose",
        /// 复核通过.
        Approve = "approve",
        /// 退回修改.
        SendBack = "send-back",
        /// 修订.
        Revise = "revise",
        /// 续期.
        Renew = "renew",
        /// 到期.
        Expire = "expire",
        /// 撤下.
        Withdraw = "withdraw",
    }
}

/// Who writes entries: desks, hotline, hall, windows and the operator's editors.
pub const WRITERS: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorEditor,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::WindowAgent,
    Role::WindowManager,
];

/// Who reads them: everybody at work who answers firms or watches over those who do.
pub const READERS: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorEditor,
    Role::OperatorReviewer,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
    Role::WindowAgent,
    Role::WindowManager,
    Role::DepartmentOfficer,
];

/// Everything the table asks about an entry.
pub struct EntryFacts {
    /// The case.
    pub case: Case,
    /// Whoever wrote what is to be checked.
    pub author: Option<i64>,
    /// Whether question, answer, basis and a category are there.
    pub whole: bool,
    /// Last day it is to hold.
    pub valid_until: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

impl Facts for EntryFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::Handler => self.case.is_handled_by(actor),
            Tie::NotSamePerson => self.author != Some(actor.person),
            Tie::LeadingDesk => self.case.is_led_by(actor),
            Tie::OwnFirm | Tie::NotJudged => false,
        }
    }
}

/// The procedure.
pub static FLOW: Flow<State, Action, EntryFacts> = Flow {
    code: "knowledge",
    start: State::Begun,
    ends: &[State::Withdrawn],
    steps: &[
        step(State::Begun, Action::Write, State::Draft).by(WRITERS).under(art(5)),
        step(State::Draft, Action::Propose, State::Proposed)
            .by(WRITERS)
            .tie(Tie::Handler)
            .when(rules::ready)
            .due(Limit::KnowledgeCheck)
            .under(art(5)),
        step(State::Draft, Action::Edit, State::Draft).by(WRITERS).tie(Tie::Handler).under(art(5)),
        step(State::Draft, Action::Withdraw, State::Withdrawn)
            .by(WRITERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(5)),
        // nobody checks what he wrote himself
        step(State::Proposed, Action::Approve, State::InForce)
            .by(KNOWLEDGE_CHECKERS)
            .tie(Tie::NotSamePerson)
            .when(rules::still_to_come)
            .remark()
            .stops()
            .under(art(5)),
        step(State::Proposed, Action::SendBack, State::Draft)
            .by(KNOWLEDGE_CHECKERS)
            .tie(Tie::NotSamePerson)
            .words()
            .stops()
            .under(art(5)),
        step(State::InForce, Action::Revise, State::Draft).by(WRITERS).tie(Tie::Handler).under(art(5)),
        step(State::InForce, Action::Renew, State::Proposed)
            .by(WRITERS)
            .tie(Tie::Handler)
            .remark()
            .due(Limit::KnowledgeCheck)
            .under(art(5)),
        step(State::InForce, Action::Withdraw, State::Withdrawn)
            .by(WRITERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(5)),
        step(State::InForce, Action::Withdraw, State::Withdrawn).by(KNOWLEDGE_CHECKERS).words().stops().under(art(5)),
        step(State::InForce, Action::Expire, State::Expired).by_system().due(Limit::KnowledgeRenewal).under(art(5)),
        step(State::Expired, Action::Renew, State::Proposed)
            .by(WRITERS)
            .tie(Tie::Handler)
            .remark()
            .due(Limit::KnowledgeCheck)
            .under(art(5)),
        step(State::Expired, Action::Revise, State::Draft).by(WRITERS).tie(Tie::Handler).stops().under(art(5)),
        step(State::Expired, Action::Withdraw, State::Withdrawn)
            .by(WRITERS)
            .tie(Tie::Handler)
            .words()
            .stops()
            .under(art(5)),
    ],
};

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, EntryFacts> {
    Registered { flow: &FLOW, name: |l| t(l).knowledge_flow(), kind: no_kinds, kinds: Vec::new }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Begun | State::Draft | State::Expired => Turn::Handler,
            State::Proposed => Turn::Check,
            State::InForce | State::Withdrawn => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Begun => m.knowledge_state_begun(),
            State::Draft => m.knowledge_state_draft(),
            State::Proposed => m.knowledge_state_proposed(),
            State::InForce => m.knowledge_state_in_force(),
            State::Expired => m.knowledge_state_expired(),
            State::Withdrawn => m.knowledge_state_withdrawn(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::Write => m.knowledge_action_write(),
            Action::Edit => m.knowledge_action_edit(),
            Action::Propose => m.knowledge_action_propose(),
            Action::Approve => m.knowledge_action_approve(),
            Action::SendBack => m.knowledge_action_send_back(),
            Action::Revise => m.knowledge_action_revise(),
            Action::Renew => m.knowledge_action_renew(),
            Action::Expire => m.knowledge_action_expire(),
            Action::Withdraw => m.knowledge_action_withdraw(),
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
