//! Words between the firm and those who handle its request, and its phone.

use huiqi_casework::attachments::Prepared;
use huiqi_casework::inbox::{self, visible_in};
use huiqi_casework::record::{self, Case, Desk, by_number_in};
use huiqi_casework::{attachments, scope, thread};
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::{Ctx, Fault};
use huiqi_web::forms::Upload;
use serde_json::json;

use super::steps::tell_handlers;
use super::{By, tell_firm, tell_turn};
use crate::requests::facts::{self, Assigned};
use crate::t;

/// Says something inside a request.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see it; [`Fault::Invalid`] when nothing was said.
pub async fn say(
    ctx: &Ctx,
    by: By<'_>,
    number: &str,
    words: &str,
    inside: bool,
    files: &[Upload],
) -> Result<(), Fault> {
    let viewer = by.viewer();
    let files = if files.is_empty() {
        Prepared::none()
    } else {
        let case = match by {
            By::Viewer(viewer) => inbox::visible(ctx, viewer, number).await?,
            By::Bearer => record::by_number(ctx, number).await?,
        };
        if !facts::may_speak(&viewer, &case, &facts::assigned(ctx, case.id).await?) {
            return Err(Fault::Refused(huiqi_kernel::flow::Refusal::because(|l| t(l).request_blocked_say())));
        }
        attachments::prepare(files).await?
    };
    let work = ctx.write(&viewer).await?;
    let case = match by {
        By::Viewer(viewer) => visible_in(&work, viewer, number).await?,
        By::Bearer => by_number_in(&work, number).await?,
    };
    let firm = viewer.role().is_none_or(|r| !r.is_staff());
    let assigned = facts::assigned_in(&work, case.id).await?;
    if !facts::may_speak(&viewer, &case, &assigned) {
        return Err(Fault::Refused(huiqi_kernel::flow::Refusal::because(|l| t(l).request_blocked_say())));
    }
    let inside = inside && !firm;
    let message = thread::say_in(&work, &case, words, inside, firm).await?;
    if !inside {
        if firm {
            tell_turn(&work, &case, |l, c| t(l).request_notice_said(&c.number, &c.title)).await?;
            tell_handlers(&work, &case, &assigned, |l, c| t(l).request_notice_said(&c.number, &c.title)).await?;
        } else {
            tell_firm(&work, &case, |l, c| t(l).request_notice_said(&c.number, &c.title)).await?;
        }
    }
    attachments::attach_in(&work, &case, Some(message), &files, inside).await?;
    work.commit().await
}

/// Shows the phone of a request to somebody outside the handling chain, and logs it.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see the request.
pub async fn reveal_phone(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let case = visible_in(&work, viewer, number).await?;
    if scope::asker_hidden(viewer, &case) {
        return Err(Fault::NotFound);
    }
    let detail = facts::detail_in(&work, case.id).await?;
    work.audit("request.reveal-phone", "case", &case.number, json!({})).await?;
    work.commit().await?;
    Ok(detail.phone)
}

/// Who may see the phone without a reveal: the firm itself, its desk, and those who handle it now.
pub fn in_handling_chain(viewer: &Viewer, case: &Case, assigned: &[Assigned]) -> bool {
    let Some(actor) = viewer.actor() else { return false };
    match actor.role.capacity() {
        Capacity::Operator => {
            case.desk() == Desk::Operator
                && matches!(actor.role, Role::OperatorAgent | Role::OperatorDispatcher | Role::OperatorManager)
        }
        Capacity::Centre => case.desk() == Desk::Centre,
        Capacity::Bureau => case.desk() == Desk::Bureau,
        Capacity::Enterprise => case.firm == Some(actor.organisation),
        _ => assigned.iter().any(|a| a.taken_at.is_some() && a.counts() && a.held_by(actor)),
    }
}
