//! What is done to the register of windows.

use huiqi_identity::organisations;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, search};
use serde_json::json;

use super::queries::{self, Profile};
use super::{Kind, NewWindow};
use crate::changes::{self, Change, Source};
use crate::t;

/// Enters a window with its profile; returns its row id.
///
/// # Errors
/// [`Fault::Invalid`] for `district` or `cluster` when it has a window of this kind already and no decision allows
/// a second one (Art. 10(1)).
pub async fn create_in(work: &Work, new: &NewWindow) -> Result<i64, Fault> {
    one_a_territory(work, new, None).await?;
    let window = organisations::create_window_in(
        work,
        &organisations::NewWindow {
            organisation: new.organisation,
            name: &new.name,
            name_en: new.name_en.as_deref(),
            state: new.state,
        },
    )
    .await?;
    put(work, window, new).await?;
    Ok(window)
}

/// Enters a cluster, or renames it.
///
/// # Errors
/// When the database fails.
pub async fn put_cluster_in(work: &Work, cluster: &super::ClusterRow) -> Result<(), Fault> {
    work.run(
        "INSERT INTO cluster (code, name, name_en, district) VALUES (?, ?, ?, ?)
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, district = excluded.district",
        [cluster.code.clone().into(), cluster.name.clone().into(), cluster.name_en.clone().into(), cluster.district.clone().into()],
    )
    .await?;
    work.audit("windows.cluster", "cluster", &cluster.code, json!({})).await
}

#[derive(FromQueryResult)]
struct Other {
    name: String,
}

/// One comprehensive window a district, one cluster window a cluster.
async fn one_a_territory(work: &Work, new: &NewWindow, but: Option<i64>) -> Result<(), Fault> {
    let (column, value, field) = match new.kind {
        Kind::Comprehensive => ("district", &new.district, "district"),
        Kind::Cluster => ("cluster", &new.cluster, "cluster"),
        Kind::Platform | Kind::Base => return Ok(()),
    };
    let Some(value) = value else { return Ok(()) };
    if new.exception.is_some() {
        return Ok(());
    }
    let other: Option<Other> = work
        .one(
            &format!(
                "SELECT s.name FROM window_profile w JOIN service_window s ON s.id = w.service_window
                 WHERE w.kind = ? AND w.{column} = ? AND s.state <> 'ended' AND w.service_window <> ? ORDER BY s.id LIMIT 1"
            ),
            [new.kind.code().into(), value.clone().into(), but.unwrap_or_default().into()],
        )
        .await?;
    match other {
        Some(other) => Err(Fault::invalid(field, |l| t(l).windows_territory_taken(&other.name))),
        None => Ok(()),
    }
}

/// Writes the profile and indexes the window for search.
async fn put(work: &Work, window: i64, new: &NewWindow) -> Result<(), Fault> {
    work.run(
        "INSERT INTO window_profile (service_window, kind, level, district, cluster, address, phone, hours, hours_en,
            since, until, exception, version, created_at, created_by, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
         ON CONFLICT (service_window) DO UPDATE SET kind = excluded.kind, level = excluded.level,
            district = excluded.district, cluster = excluded.cluster, address = excluded.address,
            phone = excluded.phone, hours = excluded.hours, hours_en = excluded.hours_en, since = excluded.since,
            until = excluded.until, exception = excluded.exception, version = window_profile.version + 1,
            updated_at = excluded.updated_at",
        [
            window.into(),
            new.kind.code().into(),
            new.level.map(|l| l.code().to_owned()).into(),
            new.district.clone().into(),
            new.cluster.clone().into(),
            new.address.clone().into(),
            new.phone.clone().into(),
            new.hours.clone().into(),
            new.hours_en.clone().into(),
            new.since.clone().into(),
            new.until.clone().into(),
            new.exception.clone().into(),
            work.now().into(),
            work.person().into(),
            work.now().into(),
        ],
    )
    .await?;
    work.run("DELETE FROM window_category WHERE service_window = ?", [window.into()]).await?;
    if !new.categories.is_empty() {
        let marks = vec!["(?, ?)"; new.categories.len()].join(", ");
        work.run(
            &format!("INSERT INTO window_category (service_window, category) VALUES {marks}"),
            new.categories.iter().flat_map(|c| [Value::from(window), Value::from(c.clone())]),
        )
        .await?;
    }
    let words = format!(
        "{} {} {} {}",
        new.name,
        new.name_en.as_deref().unwrap_or_default(),
        text::pinyin_initials(&new.name),
        new.address.as_deref().unwrap_or_default()
    );
    search::put(&**work, search::Kind::Window, window, &words).await?;
    Ok(())
}

fn differences(old: &Profile, new: &NewWindow) -> Vec<Change> {
    let id = old.window;
    let mut out = Vec::new();
    changes::note(&mut out, id, "name", Some(&old.name), Some(&new.name));
    changes::note(&mut out, id, "kind", Some(old.kind.code()), Some(new.kind.code()));
    changes::note(&mut out, id, "state", Some(old.state.code()), Some(new.state.code()));
    changes::note(&mut out, id, "level", old.level.map(|l| l.code()), new.level.map(|l| l.code()));
    for (field, a, b) in [
        ("name_en", &old.name_en, &new.name_en),
        ("district", &old.district, &new.district),
        ("cluster", &old.cluster, &new.cluster),
        ("address", &old.address, &new.address),
        ("phone", &old.phone, &new.phone),
        ("hours", &old.hours, &new.hours),
        ("hours_en", &old.hours_en, &new.hours_en),
        ("since", &old.since, &new.since),
        ("until", &old.until, &new.until),
        ("exception", &old.exception, &new.exception),
    ] {
        changes::note(&mut out, id, field, a.as_deref(), b.as_deref());
    }
    let (a, b) = (old.categories.join(","), new.categories.join(","));
    changes::note(&mut out, id, "categories", Some(&a), Some(&b));
    out
}

/// Enters a window at the desk; returns its number.
pub(super) async fn create(ctx: &Ctx, viewer: &Viewer, new: &NewWindow) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let window = create_in(&work, new).await?;
    let profile = queries::profile(&*work, window).await?.ok_or(Fault::NotFound)?;
    work.audit("windows.created", "window", &profile.number, json!({ "kind": new.kind.code() })).await?;
    work.commit().await?;
    Ok(profile.number)
}

/// Changes a window; returns how many fields changed.
pub(super) async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    window: i64,
    version: i64,
    new: &NewWindow,
) -> Result<usize, Fault> {
    let work = ctx.write(viewer).await?;
    // A window entered elsewhere has no profile yet; its first one has version 0 on the form.
    let claimed = if version == 0 {
        u64::from(queries::profile(&*work, window).await?.is_some_and(|p| p.version == 0))
    } else {
        work.run(
            "UPDATE window_profile SET version = version + 1 WHERE service_window = ? AND version = ?",
            [window.into(), version.into()],
        )
        .await?
    };
    if claimed == 0 {
        return Err(Fault::Stale);
    }
    let old = queries::profile(&*work, window).await?.ok_or(Fault::NotFound)?;
    one_a_territory(&work, new, Some(window)).await?;
    let changes = differences(&old, new);
    if changes.is_empty() && version > 0 {
        return Ok(0);
    }
    if old.name != new.name || old.name_en != new.name_en {
        organisations::rename_window_in(&work, window, &new.name, new.name_en.as_deref()).await?;
    }
    if old.state != new.state {
        organisations::set_window_state_in(&work, window, new.state).await?;
    }
    put(&work, window, new).await?;
    changes::keep(&work, "window", &changes, Source::Desk).await?;
    let fields: Vec<&str> = changes.iter().map(|c| c.field).collect();
    work.audit("windows.changed", "window", &old.number, json!({ "fields": fields })).await?;
    work.commit().await?;
    Ok(changes.len())
}
