//! One function for each intention: load, decide, save, record, tell – one transaction each.

mod handing;
mod opening;
mod steps;
mod talking;

use huiqi_casework::ladder;
use huiqi_casework::record::{Case, Turn};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::{Fault, Work};

use super::flow::State;

pub use handing::{Target, choose, dispatch};
pub(crate) use handing::{ended_in, started_in};
pub use opening::{Receipt, Taken, close_on_spot, submit, submit_once, take_at_counter};
pub use steps::{Input, step};
pub(crate) use steps::{may_step, put_answer, step_in};
pub use talking::{in_handling_chain, reveal_phone, say};

/// Who takes a step on a request.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Whoever is signed in.
    Viewer(&'a Viewer),
    /// The holder of number and query code; the pass was checked before.
    Bearer,
}

impl<'a> By<'a> {
    fn viewer(self) -> Viewer {
        match self {
            By::Viewer(viewer) => viewer.clone(),
            By::Bearer => Viewer::Public,
        }
    }

    fn doer(self, viewer: &'a Viewer) -> Doer<'a> {
        match (self, viewer) {
            (By::Bearer, _) | (_, Viewer::Public) => Doer::Bearer,
            (_, Viewer::Signed(actor)) => Doer::Person(actor),
            (_, Viewer::System) => Doer::System,
        }
    }
}

/// Tells whoever's turn it is; for a request that waits with another one, the dispatchers.
pub(crate) async fn tell_turn(work: &Work, case: &Case, text: impl Fn(Locale, &Case) -> String) -> Result<(), Fault> {
    let people = if case.state == State::Merged.code() {
        ladder::on_turn_in(work, &Case { turn: Turn::Dispatch.code().to_owned(), ..case.clone() }).await?
    } else {
        ladder::on_turn_in(work, case).await?
    };
    tell(work, case, &people, "turn", text).await
}

/// Tells the firm, through its members' accounts.
pub(crate) async fn tell_firm(work: &Work, case: &Case, text: impl Fn(Locale, &Case) -> String) -> Result<(), Fault> {
    let Some(firm) = case.firm else { return Ok(()) };
    let people = ladder::firm_in(work, case, firm).await?;
    tell(work, case, &people, "firm", text).await
}

pub(crate) async fn tell(
    work: &Work,
    case: &Case,
    people: &[i64],
    kind: &'static str,
    text: impl Fn(Locale, &Case) -> String,
) -> Result<(), Fault> {
    ladder::tell_in(work, case, people, kind, |l| text(l, case)).await
}
