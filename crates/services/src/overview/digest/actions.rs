//! Subscribing to digests and ending it.

use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault};
use serde_json::json;

use super::Period;

/// Lets a digest come by mail to whoever is signed in, as whom they act, or ends that.
///
/// # Errors
/// [`Fault::NotFound`] when nobody is signed in; when the database fails.
pub(super) async fn subscribe(ctx: &Ctx, viewer: &Viewer, period: Period, wanted: bool) -> Result<(), Fault> {
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let work = ctx.write(viewer).await?;
    if wanted {
        work.run(
            "INSERT INTO digest_subscription (membership, person, period, at) VALUES (?, ?, ?, ?)
             ON CONFLICT (membership, period) DO NOTHING",
            [
                Value::from(actor.membership),
                Value::from(actor.person),
                Value::from(period.code()),
                Value::from(work.now()),
            ],
        )
        .await?;
    } else {
        work.run(
            "DELETE FROM digest_subscription WHERE membership = ? AND period = ?",
            [Value::from(actor.membership), Value::from(period.code())],
        )
        .await?;
    }
    work.audit("digest.subscribe", "digest", period.code(), json!({ "wanted": wanted })).await?;
    work.commit().await
}
