//! What is done to organisations and windows.

use huiqi_kernel::people::Capacity;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Fault, Work, number};
use serde_json::json;

use super::{WindowState, queries};
use crate::t;

/// An organisation to be entered.
#[derive(Clone, Copy, Debug)]
pub struct NewOrganisation<'a> {
    /// Credit code in its normal form, or nothing where the organisation has none.
    pub code: Option<&'a str>,
    /// Name as in its papers.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
    /// What it is in the network.
    pub capacities: &'a [Capacity],
}

/// Enters one organisation; returns its row id.
///
/// # Errors
/// [`Fault::Invalid`] for `code` when an organisation with this code is there already.
pub async fn create_in(work: &Work, new: &NewOrganisation<'_>) -> Result<i64, Fault> {
    if let Some(code) = new.code
        && queries::find_by_code_in(work, code).await?.is_some()
    {
        return Err(Fault::invalid("code", |l| t(l).organisation_code_known()));
    }
    let ids = create_many_in(work, std::slice::from_ref(new)).await?;
    ids.first().copied().ok_or_else(|| Fault::internal("an organisation was not entered"))
}

#[derive(FromQueryResult)]
struct Entered {
    id: i64,
    number: String,
}

/// Rows of one `INSERT`; ten values a row stay far below the limits of both databases.
const ROWS: usize = 500;

/// Enters many organisations, in few statements; returns their row ids in the same order.
///
/// Codes must be new and differ from each other: ask [`super::find_by_codes_in`] first. Writes one audit entry for
/// all; an import records its own result besides.
///
/// # Errors
/// When the database refuses a row; then the transaction is to be dropped.
pub async fn create_many_in(work: &Work, new: &[NewOrganisation<'_>]) -> Result<Vec<i64>, Fault> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let count = new.len() as i64;
    let first = number::take(&**work, "organisation", count).await?;
    let mut ids = vec![0_i64; new.len()];
    for (part_no, part) in new.chunks(ROWS).enumerate() {
        let start = first + (part_no * ROWS) as i64;
        let marks = vec!["(?, ?, ?, ?, '[]', ?, ?, ?, 1)"; part.len()].join(", ");
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * 7);
        for (i, one) in part.iter().enumerate() {
            values.extend([
                organisation_number(start + i as i64).into(),
                one.code.map(str::to_owned).into(),
                one.name.into(),
                one.name_en.map(str::to_owned).into(),
                text::pinyin_key(one.name).into(),
                text::pinyin_initials(one.name).into(),
                work.now().into(),
            ]);
        }
        let rows: Vec<Entered> = work
            .all(
                &format!(
                    "INSERT INTO organisation (number, code, name, name_en, former, pinyin, initials, created_at, version)
                     VALUES {marks} RETURNING id, number"
                ),
                values,
            )
            .await?;
        // The order of returned rows is not promised: the number says which one it is.
        for row in rows {
            let place = row.number.trim_start_matches("ZZ-").parse::<i64>().map_err(Fault::internal)? - first;
            if let Some(slot) = usize::try_from(place).ok().and_then(|p| ids.get_mut(p)) {
                *slot = row.id;
            }
        }
    }
    let pairs: Vec<(i64, Capacity)> =
        ids.iter().zip(new).flat_map(|(id, one)| one.capacities.iter().map(|c| (*id, *c))).collect();
    for part in pairs.chunks(ROWS * 4) {
        let marks = vec!["(?, ?)"; part.len()].join(", ");
        work.run(
            &format!("INSERT INTO organisation_capacity (organisation, capacity) VALUES {marks}"),
            part.iter().flat_map(|(id, capacity)| [Value::from(*id), Value::from(capacity.code())]),
        )
        .await?;
    }
    let detail = if count == 1 {
        json!({ "capacities": new[0].capacities.iter().map(|c| c.code()).collect::<Vec<_>>() })
    } else {
        json!({ "count": count, "last": organisation_number(first + count - 1) })
    };
    work.audit("organisations.created", "organisation", &organisation_number(first), detail).await?;
    Ok(ids)
}

fn organisation_number(n: i64) -> String {
    format!("ZZ-{n:06}")
}

/// Gives an organisation a capacity; nothing happens where it has it already.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such organisation.
pub async fn add_capacity_in(work: &Work, organisation: i64, capacity: Capacity) -> Result<(), Fault> {
    let org = queries::number_in(work, organisation).await?.ok_or(Fault::NotFound)?;
    let added = work
        .run(
            "INSERT INTO organisation_capacity (organisation, capacity) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [organisation.into(), capacity.code().into()],
        )
        .await?;
    if added > 0 {
        work.audit("organisations.capacity-added", "organisation", &org, json!({ "capacity": capacity.code() }))
            .await?;
    }
    Ok(())
}

/// Changes the names of an organisation; the former Chinese name is kept. `version` is the one the form was shown
/// with; `None` takes the current one (imports).
///
/// # Errors
/// [`Fault::Stale`] when somebody changed it meanwhile.
pub async fn rename_in(
    work: &Work,
    organisation: i64,
    version: Option<i64>,
    name: &str,
    name_en: Option<&str>,
) -> Result<(), Fault> {
    let card = queries::card_in(work, organisation).await?.ok_or(Fault::NotFound)?;
    if version.is_some_and(|v| v != card.version) {
        return Err(Fault::Stale);
    }
    if card.name == name && card.name_en.as_deref() == name_en {
        return Ok(());
    }
    let mut former = card.former();
    if card.name != name && !former.contains(&card.name) {
        former.push(card.name.clone());
    }
    let changed = work
        .run(
            "UPDATE organisation SET name = ?, name_en = ?, former = ?, pinyin = ?, initials = ?, version = version + 1
             WHERE id = ? AND version = ?",
            [
                name.into(),
                name_en.map(str::to_owned).into(),
                json!(former).to_string().into(),
                text::pinyin_key(name).into(),
                text::pinyin_initials(name).into(),
                organisation.into(),
                card.version.into(),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit("organisations.renamed", "organisation", &card.number, json!({ "from": card.name, "to": name })).await
}

/// A window to be entered.
#[derive(Clone, Copy, Debug)]
pub struct NewWindow<'a> {
    /// Row id of the organisation that runs it.
    pub organisation: i64,
    /// Name.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
    /// Where it stands.
    pub state: WindowState,
}

/// Enters a window; its organisation becomes a window operator if it was none. Returns the row id.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such organisation.
pub async fn create_window_in(work: &Work, new: &NewWindow<'_>) -> Result<i64, Fault> {
    add_capacity_in(work, new.organisation, Capacity::Window).await?;
    let number = format!("CK-{:04}", number::next(&**work, "window").await?);
    let id = work
        .insert(
            "INSERT INTO service_window (number, organisation, name, name_en, pinyin, state, created_at, version)
             VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            [
                number.clone().into(),
                new.organisation.into(),
                new.name.into(),
                new.name_en.map(str::to_owned).into(),
                text::pinyin_key(new.name).into(),
                new.state.code().into(),
                work.now().into(),
            ],
        )
        .await?;
    work.audit("organisations.window-created", "window", &number, json!({ "state": new.state.code() })).await?;
    Ok(id)
}

/// Changes the names of a window.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such window.
pub async fn rename_window_in(work: &Work, window: i64, name: &str, name_en: Option<&str>) -> Result<(), Fault> {
    let before = queries::window_in(work, window).await?.ok_or(Fault::NotFound)?;
    work.run(
        "UPDATE service_window SET name = ?, name_en = ?, pinyin = ?, version = version + 1 WHERE id = ?",
        [name.into(), name_en.map(str::to_owned).into(), text::pinyin_key(name).into(), window.into()],
    )
    .await?;
    work.audit("organisations.window-renamed", "window", &before.number, json!({ "from": before.name, "to": name }))
        .await
}

/// Puts a window into another state. Whether it may go there is the caller's question.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such window.
pub async fn set_window_state_in(work: &Work, window: i64, state: WindowState) -> Result<(), Fault> {
    let before = queries::window_in(work, window).await?.ok_or(Fault::NotFound)?;
    work.run(
        "UPDATE service_window SET state = ?, version = version + 1 WHERE id = ?",
        [state.code().into(), window.into()],
    )
    .await?;
    work.audit(
        "organisations.window-state",
        "window",
        &before.number,
        json!({ "from": before.state.code(), "to": state.code() }),
    )
    .await
}
