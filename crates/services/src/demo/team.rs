//! The last morning inside the busiest comprehensive window: its manager gives the matters, somebody is away and a
//! colleague stands in.

use chrono::Days;
use huiqi_casework::team::actions::{self as team, Away};
use huiqi_casework::team::{Mode, Place, queries};
use huiqi_identity::people;
use huiqi_kernel::people::Viewer;
use huiqi_store::{Ctx, Fault};

use super::cast::Players;

/// Days of the absence after today.
const DAYS: u64 = 4;

/// Sets the scene.
///
/// # Errors
/// When a step is refused, or the database fails.
pub(super) async fn settle(ctx: &Ctx, players: &Players) -> Result<(), Fault> {
    let mut busiest = None;
    for handler in players.handlers.iter().filter(|h| h.comprehensive && !h.dead && !h.overloaded && h.agents.len() > 1)
    {
        let (loads, pool) = queries::loads(ctx, Place { organisation: handler.key.0, window: handler.key.1 }).await?;
        let open = pool.open + loads.iter().map(|l| l.held.open).sum::<i64>();
        if busiest.as_ref().is_none_or(|(most, _, _)| open > *most) {
            busiest = Some((open, handler, loads));
        }
    }
    let Some((_, window, mut loads)) = busiest else { return Ok(()) };
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
