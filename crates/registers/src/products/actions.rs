//! What is done to the register of products.

use huiqi_kernel::people::Viewer;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, number, search};
use serde_json::json;

use super::queries::{self, Product};
use super::{NewProduct, State};
use crate::changes::{self, Change, Source};
use crate::enterprises::Merge;
use crate::{providers, t};

/// Rows of one statement: 16 values each.
const ROWS: usize = 500;

/// Enters one product as listed; returns its row id.
///
/// # Errors
/// [`Fault::Invalid`] for `name` when this provider has a product of this name.
pub async fn create_in(work: &Work, new: &NewProduct, source: Source) -> Result<i64, Fault> {
    if queries::by_name(&**work, &[(new.provider, new.name.as_str())])
        .await?
        .contains_key(&(new.provider, new.name.clone()))
    {
        return Err(Fault::invalid("name", |l| t(l).products_name_known()));
    }
    let ids = insert(work, &[new], source).await?;
    ids.first().copied().ok_or_else(|| Fault::internal("a product was not entered"))
}

#[derive(FromQueryResult)]
struct Entered {
    id: i64,
    number: String,
}

/// Enters many products that are new; returns their row ids in the same order.
async fn insert(work: &Work, new: &[&NewProduct], source: Source) -> Result<Vec<i64>, Fault> {
    const COLUMNS: usize = 16;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let first = number::take(&**work, "product", new.len() as i64).await?;
    let mut ids = vec![0_i64; new.len()];
    for (part_no, part) in new.chunks(ROWS).enumerate() {
        let start = first + (part_no * ROWS) as i64;
        let row = format!("({})", vec!["?"; COLUMNS].join(", "));
        let marks = vec![row.as_str(); part.len()].join(", ");
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * COLUMNS);
        for (i, one) in part.iter().enumerate() {
            values.extend([
                Value::from(format!("CP-{:06}", start + i as i64)),
                one.provider.into(),
                one.name.clone().into(),
                one.category.clone().into(),
                one.description.clone().into(),
                one.fee.clone().into(),
                one.price.clone().into(),
                joined(&one.modes).into(),
                one.days.into(),
                State::Listed.code().into(),
                source.code().into(),
                text::pinyin_key(&one.name).into(),
                Value::from(1_i64),
                work.now().into(),
                work.person().into(),
                work.now().into(),
            ]);
        }
        let rows: Vec<Entered> = work
            .all(
                &format!(
                    "INSERT INTO product (number, provider, name, category, description, fee, price, modes, days, state,
                        source, pinyin, version, created_at, created_by, updated_at)
                     VALUES {marks} RETURNING id, number"
                ),
                values,
            )
            .await?;
        for row in rows {
            let place = row.number.trim_start_matches("CP-").parse::<i64>().map_err(Fault::internal)? - first;
            if let Some(slot) = usize::try_from(place).ok().and_then(|p| ids.get_mut(p)) {
                *slot = row.id;
            }
        }
    }
    let words: Vec<(i64, String)> = ids.iter().zip(new).map(|(id, one)| (*id, search_words(one))).collect();
    let docs: Vec<(i64, &str)> = words.iter().map(|(id, words)| (*id, words.as_str())).collect();
    search::put_many(&**work, search::Kind::Product, &docs, false).await?;
    Ok(ids)
}

fn joined(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| codes.join(","))
}

fn search_words(one: &NewProduct) -> String {
    format!("{} {} {}", one.name, text::pinyin_initials(&one.name), one.description.as_deref().unwrap_or_default())
}

async fn update(work: &Work, id: i64, version: i64, new: &NewProduct) -> Result<(), Fault> {
    let changed = work
        .run(
            "UPDATE product SET name = ?, category = ?, description = ?, fee = ?, price = ?, modes = ?, days = ?,
                pinyin = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?",
            [
                new.name.clone().into(),
                new.category.clone().into(),
                new.description.clone().into(),
                new.fee.clone().into(),
                new.price.clone().into(),
                joined(&new.modes).into(),
                new.days.into(),
                text::pinyin_key(&new.name).into(),
                work.now().into(),
                id.into(),
                version.into(),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    search::put(&**work, search::Kind::Product, id, &search_words(new)).await?;
    Ok(())
}

fn differences(old: &Product, new: &NewProduct) -> Vec<Change> {
    let mut out = Vec::new();
    changes::note(&mut out, old.id, "name", Some(&old.name), Some(&new.name));
    changes::note(&mut out, old.id, "category", Some(&old.category), Some(&new.category));
    let modes = joined(&new.modes);
    for (field, a, b) in [
        ("description", &old.description, &new.description),
        ("fee", &old.fee, &new.fee),
        ("price", &old.price, &new.price),
        ("modes", &old.modes, &modes),
    ] {
        changes::note(&mut out, old.id, field, a.as_deref(), b.as_deref());
    }
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    changes::note(&mut out, old.id, "days", number(old.days).as_deref(), number(new.days).as_deref());
    out
}

/// Values of the file laid over what stands there: an empty cell keeps the stored value.
fn laid_over(old: &Product, row: &NewProduct) -> NewProduct {
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    NewProduct {
        provider: old.provider,
        provider_code: row.provider_code.clone(),
        name: row.name.clone(),
        category: row.category.clone(),
        description: or(&row.description, &old.description),
        fee: or(&row.fee, &old.fee),
        price: or(&row.price, &old.price),
        modes: if row.modes.is_empty() { old.modes() } else { row.modes.clone() },
        days: row.days.or(old.days),
    }
}

/// What each row would do, without doing it; `None` where its provider is not in the register.
pub(crate) async fn lookup(ctx: &Ctx, rows: &[NewProduct]) -> Result<Vec<Option<Merge>>, Fault> {
    let db = ctx.db().read();
    let codes: Vec<&str> = rows.iter().filter_map(|r| r.provider_code.as_deref()).collect();
    let known = providers::ids_by_code(db, &codes).await?;
    let id = |row: &NewProduct| row.provider_code.as_deref().and_then(|code| known.get(code)).copied();
    let keys: Vec<(i64, &str)> = rows.iter().filter_map(|r| Some((id(r)?, r.name.as_str()))).collect();
    let found = queries::by_name(db, &keys).await?;
    Ok(rows
        .iter()
        .map(|row| {
            let provider = id(row)?;
            Some(match found.get(&(provider, row.name.clone())) {
                None => Merge::New,
                Some(old) if differences(old, &laid_over(old, row)).is_empty() => Merge::Same,
                Some(_) => Merge::Changed,
            })
        })
        .collect())
}

/// Brings rows of a file into the register; `None` where a row's provider has gone meanwhile.
pub(crate) async fn apply_in(work: &Work, rows: &[NewProduct]) -> Result<Vec<Option<Merge>>, Fault> {
    let codes: Vec<&str> = rows.iter().filter_map(|r| r.provider_code.as_deref()).collect();
    let known = providers::ids_by_code(&**work, &codes).await?;
    let id = |row: &NewProduct| row.provider_code.as_deref().and_then(|code| known.get(code)).copied();
    let keys: Vec<(i64, &str)> = rows.iter().filter_map(|r| Some((id(r)?, r.name.as_str()))).collect();
    let found = queries::by_name(&**work, &keys).await?;
    let mut merges = Vec::with_capacity(rows.len());
    let mut fresh: Vec<NewProduct> = Vec::new();
    let mut changed: Vec<Change> = Vec::new();
    for row in rows {
        let Some(provider) = id(row) else {
            merges.push(None);
            continue;
        };
        match found.get(&(provider, row.name.clone())) {
            None => {
                merges.push(Some(Merge::New));
                fresh.push(NewProduct { provider, ..row.clone() });
            }
            Some(old) => {
                let new = laid_over(old, row);
                let differing = differences(old, &new);
                if differing.is_empty() {
                    merges.push(Some(Merge::Same));
                } else {
                    merges.push(Some(Merge::Changed));
                    update(work, old.id, old.version, &new).await?;
                    changed.extend(differing);
                }
            }
        }
    }
    let refs: Vec<&NewProduct> = fresh.iter().collect();
    insert(work, &refs, Source::Import).await?;
    changes::keep(work, "product", &changed, Source::Import).await?;
    Ok(merges)
}

/// Whether a viewer may change products of this provider: the desk any, a provider its own.
pub(crate) fn may_edit(viewer: &Viewer, provider: i64) -> bool {
    viewer.is(crate::EDITORS)
        || viewer.actor().is_some_and(|a| {
            a.role.capacity() == huiqi_kernel::people::Capacity::Provider && a.organisation == provider
        })
}

/// Enters a product; returns its number.
pub(super) async fn create(ctx: &Ctx, viewer: &Viewer, new: &NewProduct) -> Result<String, Fault> {
    if !may_edit(viewer, new.provider) {
        return Err(Fault::NotFound);
    }
    let source = if viewer.is(crate::EDITORS) { Source::Desk } else { Source::Own };
    let work = ctx.write(viewer).await?;
    let id = create_in(&work, new, source).await?;
    let number = queries::number_of(&work, id).await?;
    work.audit("products.created", "product", &number, json!({ "category": new.category })).await?;
    work.commit().await?;
    Ok(number)
}

/// Changes a product; returns how many fields changed.
pub(super) async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    old: &Product,
    version: i64,
    new: &NewProduct,
) -> Result<usize, Fault> {
    if !may_edit(viewer, old.provider) {
        return Err(Fault::NotFound);
    }
    if old.version != version {
        return Err(Fault::Stale);
    }
    let changes = differences(old, new);
    if changes.is_empty() {
        return Ok(0);
    }
    let source = if viewer.is(crate::EDITORS) { Source::Desk } else { Source::Own };
    let work = ctx.write(viewer).await?;
    if old.name != new.name
        && queries::by_name(&*work, &[(old.provider, new.name.as_str())])
            .await?
            .contains_key(&(old.provider, new.name.clone()))
    {
        return Err(Fault::invalid("name", |l| t(l).products_name_known()));
    }
    update(&work, old.id, version, new).await?;
    changes::keep(&work, "product", &changes, source).await?;
    let fields: Vec<&str> = changes.iter().map(|c| c.field).collect();
    work.audit("products.changed", "product", &old.number, json!({ "fields": fields })).await?;
    work.commit().await?;
    Ok(changes.len())
}

/// Lists or withdraws a product.
pub(super) async fn set_state(ctx: &Ctx, viewer: &Viewer, old: &Product, version: i64, to: State) -> Result<(), Fault> {
    if !may_edit(viewer, old.provider) {
        return Err(Fault::NotFound);
    }
    let source = if viewer.is(crate::EDITORS) { Source::Desk } else { Source::Own };
    let work = ctx.write(viewer).await?;
    let changed = work
        .run(
            "UPDATE product SET state = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?",
            [to.code().into(), work.now().into(), old.id.into(), version.into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    let mut changes = Vec::new();
    changes::note(&mut changes, old.id, "state", Some(&old.state), Some(to.code()));
    changes::keep(&work, "product", &changes, source).await?;
    work.audit("products.state", "product", &old.number, json!({ "to": to.code() })).await?;
    work.commit().await
}
