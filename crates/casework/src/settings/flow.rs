//! The way of a new version of the rule's parameters: one person proposes it, another decides.

use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Refusal, Tie, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Label};
use huiqi_kernel::rule::art;

use super::{DECIDERS, PROPOSERS};
use crate::t;

codes! {
    /// Where a version stands.
    pub enum VersionState {
        /// Waiting for the bureau's decision.
        Proposed = "proposed",
        /// In force from its day on.
        Approved = "approved",
        /// Turned down.
        Rejected = "rejected",
        /// Taken back by whoever proposed it.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What can be done with a proposed version.
    pub enum VersionAction {
        /// Let it take force on its day.
        Approve = "approve",
        /// Turn it down, with a reason.
        Reject = "reject",
        /// Take one's own proposal back.
        Withdraw = "withdraw",
    }
}

impl Label for VersionState {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            VersionState::Proposed => m.setting_state_proposed(),
            VersionState::Approved => m.setting_state_approved(),
            VersionState::Rejected => m.setting_state_rejected(),
            VersionState::Withdrawn => m.setting_state_withdrawn(),
        }
    }
}

impl Label for VersionAction {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            VersionAction::Approve => m.setting_action_approve(),
            VersionAction::Reject => m.setting_action_reject(),
            VersionAction::Withdraw => m.setting_action_withdraw(),
        }
    }
}

/// What the table asks about a proposal.
#[derive(Clone, Copy, Debug)]
pub struct VersionFacts {
    /// The person who looks is the one who proposed it.
    pub own: bool,
    /// Its day has passed: nothing takes force backwards.
    pub past: bool,
}

impl Facts for VersionFacts {
    fn tied(&self, _: &Actor, tie: Tie) -> bool {
        tie == Tie::NotSamePerson && !self.own
    }
}

fn another(facts: &VersionFacts) -> Result<(), Refusal> {
    if facts.own { Err(Refusal::because(|l| t(l).setting_refusal_own())) } else { Ok(()) }
}

fn approvable(facts: &VersionFacts) -> Result<(), Refusal> {
    another(facts)?;
    if facts.past { Err(Refusal::because(|l| t(l).setting_refusal_past())) } else { Ok(()) }
}

fn own(facts: &VersionFacts) -> Result<(), Refusal> {
    if facts.own { Ok(()) } else { Err(Refusal::hidden()) }
}

/// The table. The bureau interprets the rule (Art. 28), so it decides what the rule's open values are.
pub static FLOW: Flow<VersionState, VersionAction, VersionFacts> = Flow {
    code: "rule-version",
    start: VersionState::Proposed,
    ends: &[VersionState::Approved, VersionState::Rejected, VersionState::Withdrawn],
    steps: &[
        step(VersionState::Proposed, VersionAction::Approve, VersionState::Approved)
            .by(DECIDERS)
            .when(approvable)
            .under(art(28)),
        step(VersionState::Proposed, VersionAction::Reject, VersionState::Rejected)
            .by(DECIDERS)
            .when(another)
            .words()
            .under(art(28)),
        step(VersionState::Proposed, VersionAction::Withdraw, VersionState::Withdrawn)
            .by(PROPOSERS)
            .when(own)
            .under(art(28)),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(FLOW.faults(), Vec::<String>::new());
    }
}
