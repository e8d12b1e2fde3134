//! What is done to the register of providers.

use std::collections::HashMap;

use huiqi_identity::organisations::{self, NewOrganisation};
use huiqi_kernel::people::{Capacity, Viewer};
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, number, search};
use serde_json::json;

use super::queries::{self, Record};
use super::{NewProvider, State};
use crate::changes::{self, Change, Source};
use crate::enterprises::Merge;
use crate::t;

/// Rows of one statement: 16 values each.
const ROWS: usize = 500;

/// Enters one provider as admitted; its organisation is made, or taken where another register has it already. Returns
/// the row id of the organisation.
///
/// # Errors
/// [`Fault::Invalid`] for `code` when the register has a provider with this code.
pub async fn create_in(work: &Work, new: &NewProvider, source: Source) -> Result<i64, Fault> {
    let known = match new.code.as_deref() {
        Some(code) => organisations::find_by_code_in(work, code).await?,
        None => None,
    };
    let organisation = match known {
        Some(organisation) => {
            if queries::record_in(work, organisation).await?.is_some() {
                return Err(Fault::invalid("code", |l| t(l).providers_code_known()));
            }
            organisations::add_capacity_in(work, organisation, Capacity::Provider).await?;
            organisation
        }
        None => {
            organisations::create_in(
                work,
                &NewOrganisation {
                    code: new.code.as_deref(),
                    name: &new.name,
                    name_en: None,
                    capacities: &[Capacity::Provider],
                },
            )
            .await?
        }
    };
    put(work, &[(organisation, new, None)], source).await?;
    Ok(organisation)
}

/// Writes records, new ones and changed ones alike, with their kinds of service, and indexes them for search.
async fn put(work: &Work, rows: &[(i64, &NewProvider, Option<&Record>)], source: Source) -> Result<(), Fault> {
    const COLUMNS: usize = 16;
    let fresh = rows.iter().filter(|(_, _, old)| old.is_none()).count();
    let mut next = if fresh == 0 { 0 } else { number::take(&**work, "provider", fresh as i64).await? };
    for part in rows.chunks(ROWS) {
        let row = format!("({})", vec!["?"; COLUMNS].join(", "));
        let marks = vec![row.as_str(); part.len()].join(", ");
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * COLUMNS);
        for (organisation, one, old) in part {
            let number = match old {
                Some(old) => old.number.clone(),
                None => {
                    next += 1;
                    format!("JG-{:06}", next - 1)
                }
            };
            values.extend([
                Value::from(*organisation),
                number.into(),
                one.district.clone().into(),
                one.nature.clone().into(),
                one.profile.clone().into(),
                one.contact.clone().into(),
                one.phone.clone().into(),
                one.address.clone().into(),
                old.map_or_else(|| State::Admitted.code().to_owned(), |o| o.state.clone()).into(),
                old.map_or_else(|| source.code().to_owned(), |o| o.source.clone()).into(),
                text::pinyin_key(&one.name).into(),
                text::similar_name_key(&one.name).into(),
                Value::from(1_i64),
                work.now().into(),
                work.person().into(),
                work.now().into(),
            ]);
        }
        work.run(
            &format!(
                "INSERT INTO provider (organisation, number, district, nature, profile, contact, phone, address, state,
                    source, pinyin, name_key, version, created_at, created_by, updated_at)
                 VALUES {marks}
                 ON CONFLICT (organisation) DO UPDATE SET district = excluded.district, nature = excluded.nature,
                    profile = excluded.profile, contact = excluded.contact, phone = excluded.phone,
                    address = excluded.address, pinyin = excluded.pinyin, name_key = excluded.name_key,
                    version = provider.version + 1, updated_at = excluded.updated_at"
            ),
            values,
        )
        .await?;
        let replaced: Vec<i64> = part.iter().filter(|(_, _, old)| old.is_some()).map(|(id, _, _)| *id).collect();
        if !replaced.is_empty() {
            let marks = vec!["?"; replaced.len()].join(", ");
            work.run(
                &format!("DELETE FROM provider_category WHERE provider IN ({marks})"),
                replaced.iter().map(|id| Value::from(*id)),
            )
            .await?;
        }
        let pairs: Vec<(i64, &str)> =
            part.iter().flat_map(|(id, one, _)| one.categories.iter().map(|c| (*id, c.as_str()))).collect();
        if !pairs.is_empty() {
            let marks = vec!["(?, ?)"; pairs.len()].join(", ");
            work.run(
                &format!("INSERT INTO provider_category (provider, category) VALUES {marks}"),
                pairs.iter().flat_map(|(id, category)| [Value::from(*id), Value::from(*category)]),
            )
            .await?;
        }
        let words: Vec<(i64, String)> = part
            .iter()
            .map(|(id, one, old)| {
                let before = old.map(|o| o.name.as_str()).unwrap_or_default();
                (
                    *id,
                    format!(
                        "{} {before} {} {} {}",
                        one.name,
                        one.code.as_deref().unwrap_or_default(),
                        text::pinyin_initials(&one.name),
                        one.profile.as_deref().unwrap_or_default()
                    ),
                )
            })
            .collect();
        let docs: Vec<(i64, &str)> = words.iter().map(|(id, words)| (*id, words.as_str())).collect();
        search::put_many(&**work, search::Kind::Provider, &docs, !replaced.is_empty()).await?;
    }
    Ok(())
}

/// The fields that differ between what stands there and what shall stand there.
fn differences(old: &Record, new: &NewProvider) -> Vec<Change> {
    let id = old.organisation;
    let mut out = Vec::new();
    changes::note(&mut out, id, "name", Some(&old.name), Some(&new.name));
    for (field, a, b) in [
        ("district", &old.district, &new.district),
        ("nature", &old.nature, &new.nature),
        ("profile", &old.profile, &new.profile),
        ("contact", &old.contact, &new.contact),
        ("phone", &old.phone, &new.phone),
        ("address", &old.address, &new.address),
    ] {
        changes::note(&mut out, id, field, a.as_deref(), b.as_deref());
    }
    let (a, b) = (old.categories.join(","), new.categories.join(","));
    changes::note(&mut out, id, "categories", Some(&a), Some(&b));
    out
}

/// Values of the file laid over what stands there: an empty cell keeps the stored value.
fn laid_over(old: &Record, row: &NewProvider) -> NewProvider {
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    NewProvider {
        name: row.name.clone(),
        code: old.code.clone(),
        district: or(&row.district, &old.district),
        nature: or(&row.nature, &old.nature),
        categories: if row.categories.is_empty() { old.categories.clone() } else { row.categories.clone() },
        profile: or(&row.profile, &old.profile),
        contact: or(&row.contact, &old.contact),
        phone: or(&row.phone, &old.phone),
        address: or(&row.address, &old.address),
    }
}

/// What each row would do, without doing it.
pub(crate) async fn lookup(ctx: &Ctx, rows: &[NewProvider]) -> Result<Vec<Merge>, Fault> {
    let codes: Vec<&str> = rows.iter().filter_map(|r| r.code.as_deref()).collect();
    let known = queries::records_by_code(ctx.db().read(), &codes).await?;
    Ok(rows
        .iter()
        .map(|row| match row.code.as_deref().and_then(|code| known.get(code)) {
            None => Merge::New,
            Some(old) if differences(old, &laid_over(old, row)).is_empty() => Merge::Same,
            Some(_) => Merge::Changed,
        })
        .collect())
}

/// Brings rows of a file into the register; each row has a code, and the codes differ.
pub(crate) async fn apply_in(work: &Work, rows: &[NewProvider]) -> Result<Vec<Merge>, Fault> {
    let codes: Vec<&str> = rows.iter().filter_map(|r| r.code.as_deref()).collect();
    let known = queries::records_by_code(&**work, &codes).await?;
    let others = organisations::find_by_codes_in(work, &codes).await?;
    let mut merges = Vec::with_capacity(rows.len());
    let mut fresh: Vec<&NewProvider> = Vec::new();
    let mut merged: Vec<(i64, NewProvider, Option<&Record>)> = Vec::new();
    let mut changed: Vec<Change> = Vec::new();
    for row in rows {
        let code = row.code.as_deref().unwrap_or_default();
        if let Some(old) = known.get(code) {
            let new = laid_over(old, row);
            let found = differences(old, &new);
            if found.is_empty() {
                merges.push(Merge::Same);
                continue;
            }
            merges.push(Merge::Changed);
            if old.name != new.name {
                organisations::rename_in(work, old.organisation, None, &new.name, old.name_en.as_deref()).await?;
            }
            changed.extend(found);
            merged.push((old.organisation, new, Some(old)));
        } else {
            merges.push(Merge::New);
            match others.get(code) {
                Some(id) => {
                    organisations::add_capacity_in(work, *id, Capacity::Provider).await?;
                    merged.push((*id, row.clone(), None));
                }
                None => fresh.push(row),
            }
        }
    }
    let new: Vec<NewOrganisation<'_>> = fresh
        .iter()
        .map(|one| NewOrganisation {
            code: one.code.as_deref(),
            name: &one.name,
            name_en: None,
            capacities: &[Capacity::Provider],
        })
        .collect();
    let ids = organisations::create_many_in(work, &new).await?;
    let rows: Vec<_> = ids
        .iter()
        .zip(&fresh)
        .map(|(id, one)| (*id, *one, None))
        .chain(merged.iter().map(|(id, new, old)| (*id, new, *old)))
        .collect();
    put(work, &rows, Source::Import).await?;
    changes::keep(work, "provider", &changed, Source::Import).await?;
    Ok(merges)
}

#[derive(FromQueryResult)]
struct NumberRow {
    number: String,
}

/// Enters a provider at the desk; returns its number.
pub(super) async fn create(ctx: &Ctx, viewer: &Viewer, new: &NewProvider) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let organisation = create_in(&work, new, Source::Desk).await?;
    let row: Option<NumberRow> =
        work.one("SELECT number FROM provider WHERE organisation = ?", [organisation.into()]).await?;
    let number = row.ok_or(Fault::NotFound)?.number;
    work.audit("providers.created", "provider", &number, json!({ "categories": new.categories })).await?;
    work.commit().await?;
    Ok(number)
}

/// Changes a record; returns how many fields changed.
pub(super) async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    organisation: i64,
    version: i64,
    new: &NewProvider,
    source: Source,
) -> Result<usize, Fault> {
    let work = ctx.write(viewer).await?;
    let claimed = work
        .run(
            "UPDATE provider SET version = version + 1 WHERE organisation = ? AND version = ?",
            [organisation.into(), version.into()],
        )
        .await?;
    if claimed == 0 {
        return Err(Fault::Stale);
    }
    let old = queries::record_in(&work, organisation).await?.ok_or(Fault::NotFound)?;
    let new = NewProvider { code: old.code.clone(), ..new.clone() };
    let changes = differences(&old, &new);
    if changes.is_empty() {
        return Ok(0);
    }
    if old.name != new.name {
        organisations::rename_in(&work, organisation, None, &new.name, old.name_en.as_deref()).await?;
    }
    put(&work, &[(organisation, &new, Some(&old))], source).await?;
    changes::keep(&work, "provider", &changes, source).await?;
    let fields: Vec<&str> = changes.iter().map(|c| c.field).collect();
    work.audit("providers.changed", "provider", &old.number, json!({ "fields": fields })).await?;
    work.commit().await?;
    Ok(changes.len())
}

/// The states a provider may go to from another.
pub(super) const fn next(state: State) -> &'static [State] {
    match state {
        State::Draft => &[State::Submitted],
        State::Submitted => &[State::Admitted, State::Refused],
        State::Admitted => &[State::Suspended, State::Removed],
        State::Suspended => &[State::Admitted, State::Removed],
        State::Refused | State::Removed => &[State::Admitted],
    }
}

/// Puts a provider into another state, with the ground.
pub(super) async fn set_state(
    ctx: &Ctx,
    viewer: &Viewer,
    organisation: i64,
    version: i64,
    to: State,
    ground: &str,
) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    let old = queries::record_in(&work, organisation).await?.ok_or(Fault::NotFound)?;
    if !next(old.state()).contains(&to) {
        return Err(Fault::Stale);
    }
    let changed = work
        .run(
            "UPDATE provider SET state = ?, version = version + 1, updated_at = ? WHERE organisation = ? AND version = ?",
            [to.code().into(), work.now().into(), organisation.into(), version.into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    let mut changes = Vec::new();
    changes::note(&mut changes, organisation, "state", Some(&old.state), Some(to.code()));
    changes::note(&mut changes, organisation, "ground", None, Some(ground));
    changes::keep(&work, "provider", &changes, Source::Desk).await?;
    work.audit("providers.state", "provider", &old.number, json!({ "from": old.state, "to": to.code() })).await?;
    work.commit().await
}

/// Notes that somebody looked behind the mask of a phone number.
pub(super) async fn reveal(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    work.audit("providers.phone-revealed", "provider", number, json!({})).await?;
    work.commit().await
}

/// Ids of all kinds of service by provider, for one statement's worth of rows.
pub(super) fn grouped(pairs: Vec<queries::CategoryRow>) -> HashMap<i64, Vec<String>> {
    let mut out: HashMap<i64, Vec<String>> = HashMap::new();
    for pair in pairs {
        out.entry(pair.provider).or_default().push(pair.category);
    }
    out
}
