//! The appeal: filed → upheld | dismissed, or withdrawn; the rater may be heard between, and need not answer.

use huiqi_casework::record::{Case, Stage, Turn};
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Refusal, Registered, Tie, no_kinds, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, FIRM, Label, Role};
use huiqi_kernel::rule::{Limit, art, art_item};

use crate::t;

codes! {
    /// Where an appeal stands.
    pub enum State {
        /// Being written; exists only inside the transaction that files it.
        Draft = "appeal-draft",
        /// To be decided.
        Filed = "appeal-filed",
        /// The grade does not count any more.
        Upheld = "appeal-upheld",
        /// The grade counts.
        Dismissed = "appeal-dismissed",
        /// Taken back; the grade counts.
        Withdrawn = "appeal-withdrawn",
    }
}

codes! {
    /// What can be done with an appeal.
    pub enum Action {
        /// 提出申诉复核.
        File = "file",
        /// 请评价人说明.
        Hear = "hear",
        /// 评价人说明.
        Speak = "speak",
        /// 申诉成立.
        Uphold = "uphold",
        /// 申诉不成立.
        Dismiss = "dismiss",
        /// 撤回申诉.
        Withdraw = "withdraw",
    }
}

/// Who appeals for the organisation that was rated.
pub const FILERS: &[Role] = &[
    Role::WindowManager,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorManager,
    Role::CentreOfficer,
    Role::CentreApprover,
];
/// Who decides at the centre.
pub const CENTRE: &[Role] = &[Role::CentreOfficer, Role::CentreApprover];
/// Who decides at the bureau.
pub const BUREAU: &[Role] = &[Role::BureauOfficer, Role::BureauApprover];

/// Everything the table asks about an appeal.
pub struct AppealFacts {
    /// The case.
    pub case: Case,
    /// The rater was asked to say something.
    pub asked: bool,
    /// The rater did.
    pub spoken: bool,
}

impl Facts for AppealFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::Handler => self.case.is_handled_by(actor),
            // Nobody decides about his own house.
            Tie::LeadingDesk => self.case.is_led_by(actor) && !self.case.is_given_to_house_of(actor),
            Tie::NotJudged => !self.case.is_given_to_house_of(actor),
            Tie::OwnFirm => self.case.firm == Some(actor.organisation),
            Tie::NotSamePerson => true,
        }
    }
}

fn not_asked(facts: &AppealFacts) -> Result<(), Refusal> {
    if facts.asked { Err(Refusal::because(|l| t(l).appeal_asked_already())) } else { Ok(()) }
}

fn asked_not_spoken(facts: &AppealFacts) -> Result<(), Refusal> {
    if facts.asked && !facts.spoken { Ok(()) } else { Err(Refusal::hidden()) }
}

/// The procedure. The centre keeps the system by which service is judged (Art. 7(3)); above it stands the bureau (Art. 4).
pub static FLOW: Flow<State, Action, AppealFacts> = Flow {
    code: "rating-appeal",
    start: State::Draft,
    ends: &[State::Upheld, State::Dismissed, State::Withdrawn],
    steps: &[
        step(State::Draft, Action::File, State::Filed)
            .by(FILERS)
            .tie(Tie::Handler)
            .words()
            .due(Limit::RatingAppeal)
            .under(art_item(7, 3)),
        step(State::Filed, Action::Hear, State::Filed)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .when(not_asked)
            .words()
            .under(art_item(7, 3)),
        step(State::Filed, Action::Hear, State::Filed)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .when(not_asked)
            .words()
            .under(art(4)),
        step(State::Filed, Action::Speak, State::Filed)
            .by(FIRM)
            .by_bearer()
            .tie(Tie::OwnFirm)
            .when(asked_not_spoken)
            .words()
            .under(art(5)),
        step(State::Filed, Action::Uphold, State::Upheld)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art_item(7, 3)),
        step(State::Filed, Action::Uphold, State::Upheld)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(4)),
        step(State::Filed, Action::Dismiss, State::Dismissed)
            .by(CENTRE)
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art_item(7, 3)),
        step(State::Filed, Action::Dismiss, State::Dismissed)
            .by(BUREAU)
            .tie(Tie::LeadingDesk)
            .words()
            .stops()
            .under(art(4)),
        step(State::Filed, Action::Withdraw, State::Withdrawn)
            .by(FILERS)
            .tie(Tie::Handler)
            .remark()
            .stops()
            .under(art_item(7, 3)),
    ],
};

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, AppealFacts> {
    Registered { flow: &FLOW, name: |l| t(l).appeal_flow(), kind: no_kinds, kinds: Vec::new }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Draft => Turn::Handler,
            State::Filed => Turn::Check,
            State::Upheld | State::Dismissed | State::Withdrawn => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Draft => m.appeal_state_draft(),
            State::Filed => m.appeal_state_filed(),
            State::Upheld => m.appeal_state_upheld(),
            State::Dismissed => m.appeal_state_dismissed(),
            State::Withdrawn => m.appeal_state_withdrawn(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::File => m.appeal_action_file(),
            Action::Hear => m.appeal_action_hear(),
            Action::Speak => m.appeal_action_speak(),
            Action::Uphold => m.appeal_action_uphold(),
            Action::Dismiss => m.appeal_action_dismiss(),
            Action::Withdraw => m.appeal_action_withdraw(),
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
