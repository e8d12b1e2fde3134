//! The demo city: a year of a whole network, made through the slices' own actions with a moving clock, so that every
//! case, notice, figure and audit entry came about as it would at work.
//!
//! Contents (texts, names, figures) are data in `data/demo`; everything in them is invented. Codes of organisations come
//! from a block that no office issues (subject part beginning with Y), phones from a prefix that no network has (100).
//! The same seed and day make the same city.

mod cast;
mod city;
mod content;
mod draw;
mod faces;
mod firms;
mod pace;
mod problems;
mod team;

use chrono::{Days, NaiveDate};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::clock::{Clock, moment};
use huiqi_store::sea_orm::{ConnectionTrait, DbBackend};
use huiqi_store::{Ctx, Fault, audit};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use content::Content;

/// Told what is being made (`enterprises`, `windows`, `providers`, `products`, `requests`, `audit`), how many are done
/// and how many there will be.
pub type Progress<'a> = dyn FnMut(&str, u64, u64) + Send + 'a;

/// How large a city is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Enterprises in the register.
    pub enterprises: usize,
    /// Enterprises whose people have accounts.
    pub accounts: usize,
    /// Providers, each with its products.
    pub providers: usize,
    /// Requests over twelve months.
    pub requests: usize,
}

impl Scale {
    /// The city that `demo` makes.
    pub const fn city() -> Scale {
        Scale { enterprises: 5_000, accounts: 80, providers: 150, requests: 2_000 }
    }

    /// A small one, for tests.
    pub const fn small() -> Scale {
        Scale { enterprises: 260, accounts: 50, providers: 30, requests: 260 }
    }
}

/// Fills an empty, migrated database with the demo city. `ctx` needs a clock that can be set; afterwards it stands at
/// 10:30 on `as_of`. Gives the steps that were left out because the rules refused them: the generator meant something that
/// the rules do not allow, which a test takes for a defect, while whoever wants to see a city on some day gets it.
///
/// # Errors
/// When the clock is the machine's or the database fails.
pub async fn build(ctx: &Ctx, seed: u64, as_of: NaiveDate, progress: &mut Progress<'_>) -> Result<Vec<String>, Fault> {
    build_scaled(ctx, seed, as_of, Scale::city(), progress).await
}

/// As [`build`], in another size.
///
/// # Errors
/// As [`build`].
pub async fn build_scaled(
    ctx: &Ctx,
    seed: u64,
    as_of: NaiveDate,
    scale: Scale,
    progress: &mut Progress<'_>,
) -> Result<Vec<String>, Fault> {
    if matches!(ctx.clock(), Clock::Machine) {
        return Err(Fault::internal("the demo city needs a clock that can be set"));
    }
    durable(ctx, false).await?;
    let made = make(ctx, seed, as_of, scale, progress).await;
    durable(ctx, true).await?;
    made
}

/// A city half made is thrown away: while it is being made SQLite need not wait for the disk.
async fn durable(ctx: &Ctx, on: bool) -> Result<(), Fault> {
    if ctx.db().backend() == DbBackend::Sqlite {
        let text = if on { "PRAGMA synchronous = NORMAL" } else { "PRAGMA synchronous = OFF" };
        ctx.db().write().execute_unprepared(text).await?;
    }
    Ok(())
}

async fn make(
    ctx: &Ctx,
    seed: u64,
    as_of: NaiveDate,
    scale: Scale,
    progress: &mut Progress<'_>,
) -> Result<Vec<String>, Fault> {
    let mut refused = Vec::new();
    let content = Content::read()?;
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let end = moment(as_of.and_hms_opt(10, 30, 0).unwrap_or_default());
    let first = as_of - Days::new(365);
    // The registers stood before the first request came.
    let opened = first - Days::new(20);
    ctx.clock().set(moment(opened.and_hms_opt(9, 0, 0).unwrap_or_default()));
    let firms = firms::fill(ctx, &content, &mut random, scale.enterprises, first, progress).await?;
    ctx.clock().set(moment(opened.and_hms_opt(14, 0, 0).unwrap_or_default()));
    let players = cast::fill(ctx, &content, &mut random, &scale, &firms, as_of, progress).await?;
    let arrivals = pace::arrivals(&ctx.calendar(), &mut random, end, scale.requests);
    let newcomers = ChaCha20Rng::seed_from_u64(seed ^ 0x6e65_7765);
    city::City::new(ctx, &content, &firms, &players, random, end).run(&arrivals, &mut refused, progress).await?;
    let mut random = newcomers;
    let mut newcomer = None;
    for n in 0..3 {
        ctx.clock().set(end - (3 - n as i64) * 1_500_000);
        newcomer = Some(cast::newcomer(ctx, &content, &mut random, n).await?);
    }
    ctx.clock().set(end);
    team::settle(ctx, &players).await?;
    if let Some(officer) = players.centre_officers.first() {
        let m = crate::t(Locale::Zh);
        let ordered = city::together(ctx, officer, &m.order_title_matters(), &m.order_reason_matters()).await;
        city::left_out(ordered, &mut refused)?;
    }
    cast::name_report_officer(ctx, &players).await?;
    city::left_out(problems::gather(ctx, &players).await, &mut refused)?;
    if let Some(newcomer) = newcomer {
        faces::choose(ctx, &players, newcomer).await?;
    }
    let work = ctx.write(&Viewer::System).await?;
    work.audit("demo.built", "demo", "", serde_json::json!({ "seed": seed, "as_of": as_of.to_string() })).await?;
    work.commit().await?;
    progress("audit", 0, 1);
    audit::seal(ctx.db()).await?;
    progress("audit", 1, 1);
    Ok(refused)
}
