//! The last morning inside the busiest comprehensive window: its manager gives the matters, somebody is away and a
//! colleague stands in.

use chrono::Days;
use huiqi_casework::team::actions::{self as team, Away};
use huiqi_casework::team::{Mode, Place, queries};
use huiqi_identity::people;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};

use super::cast::{Handler, Players};

#[derive(FromQueryResult)]
struct Open {
    place: i64,
    n: i64,
}

/// Days of the absence after today.
const DAYS: u64 = 4;

/// Sets the scene.
///
/// # Errors
/// When a step is refused, or the database fails.
pub(super) async fn settle(ctx: &Ctx, players: &Players) -> Result<(), Fault> {
    let open: Vec<Open> = ctx::all(
        ctx,
        "SELECT c.handler_window AS place, COUNT(*) AS n FROM case_record c
         WHERE c.flow = 'assignment' AND c.closed_at IS NULL AND c.handler_window IS NOT NULL
         GROUP BY c.handler_window ORDER BY c.handler_window",
        [],
    )
    .await?;
    // The one whose manager is offered on the sign-in page: see `faces`.
    let work = |h: &&Handler| open.iter().find(|o| Some(o.place) == h.key.1).map_or(0, |o| o.n);
    let fits = |h: &&Handler| h.comprehensive && !h.dead && !h.overloaded && h.key.1.is_some();
    let Some(window) = players.handlers.iter().filter(fits).rev().max_by_key(work) else { return Ok(()) };
    let (mut loads, _) = queries::loads(ctx, Place { organisation: window.key.0, window: window.key.1 }).await?;
    let Some(membership) = players.manager_of(window.key) else { return Ok(()) };
    let Some(manager) = people::actor(ctx, membership).await?.map(Viewer::Signed) else { return Ok(()) };
    team::set_mode(ctx, &manager, Mode::Given).await?;
    loads.retain(|l| !l.manages);
    loads.sort_by_key(|l| (-l.held.open, l.person));
    if let [deputy, absent, ..] = loads.as_slice() {
        let today = ctx.today();
        let away = Away {
            person: absent.number.clone(),
            deputy: deputy.number.clone(),
            from: Some(today),
            to: Some(today + Days::new(DAYS)),
        };
        team::go_away(ctx, &manager, &away).await?;
    }
    Ok(())
}
