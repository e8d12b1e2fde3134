//! What is done to the register of enterprises.

use std::collections::HashMap;

use huiqi_identity::organisations::{self, NewOrganisation};
use huiqi_kernel::people::{Capacity, Viewer};
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, search};
use serde_json::json;

use super::queries::{self, Record};
use super::{NewEnterprise, size_class};
use crate::changes::{self, Change, Source};
use crate::t;

/// Rows of one statement: 22 values each stay below the limits of both databases.
const ROWS: usize = 500;

/// Which words firms are indexed by: raised where [`search_words`] changes, so that [`index_stale`] indexes all anew.
const INDEXED: i64 = 1;

/// Enters one firm; its organisation is made, or taken where another register has it already. Returns the row id of
/// the organisation.
///
/// # Errors
/// [`Fault::Invalid`] for `code` when the register has a firm with this code.
pub async fn create_in(work: &Work, new: &NewEnterprise, source: Source) -> Result<i64, Fault> {
    let known = match new.code.as_deref() {
        Some(code) => organisations::find_by_code_in(work, code).await?,
        None => None,
    };
    let organisation = match known {
        Some(organisation) => {
            if queries::record_in(work, organisation).await?.is_some() {
                return Err(Fault::invalid("code", |l| t(l).enterprises_code_known()));
            }
            organisations::add_capacity_in(work, organisation, Capacity::Enterprise).await?;
            organisation
        }
        None => {
            organisations::create_in(
                work,
                &NewOrganisation {
                    code: new.code.as_deref(),
                    name: &new.name,
                    name_en: None,
                    capacities: &[Capacity::Enterprise],
                },
            )
            .await?
        }
    };
    put(work, &[(organisation, new, None)], source).await?;
    Ok(organisation)
}

/// Enters many firms whose codes are new and differ from each other, in few statements; returns the row ids of their
/// organisations in the same order.
///
/// # Errors
/// When the database refuses a row; then the transaction is to be dropped.
pub async fn create_many_in(work: &Work, new: &[NewEnterprise], source: Source) -> Result<Vec<i64>, Fault> {
    let organisations: Vec<NewOrganisation<'_>> = new
        .iter()
        .map(|one| NewOrganisation {
            code: one.code.as_deref(),
            name: &one.name,
            name_en: None,
            capacities: &[Capacity::Enterprise],
        })
        .collect();
    let ids = organisations::create_many_in(work, &organisations).await?;
    let rows: Vec<_> = ids.iter().zip(new).map(|(id, one)| (*id, one, None)).collect();
    put(work, &rows, source).await?;
    Ok(ids)
}

/// Writes records, new ones and changed ones alike, and indexes them for search. A record given replaces what stood
/// there; the old one, where there was one, keeps its source and whether it was vouched for.
async fn put(work: &Work, rows: &[(i64, &NewEnterprise, Option<&Record>)], source: Source) -> Result<(), Fault> {
    const COLUMNS: usize = 22;
    for part in rows.chunks(ROWS) {
        let row = format!("({})", vec!["?"; COLUMNS].join(", "));
        let marks = vec![row.as_str(); part.len()].join(", ");
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * COLUMNS);
        for (organisation, one, old) in part {
            let size = size_class(one.industry.as_deref(), one.staff, one.revenue, one.assets);
            values.extend([
                Value::from(*organisation),
                one.district.clone().into(),
                one.industry.clone().into(),
                one.industry.as_deref().and_then(|i| i.get(..1)).map(str::to_owned).into(),
                one.staff.into(),
                one.revenue.into(),
                one.assets.into(),
                one.founded.clone().into(),
                one.legal_representative.clone().into(),
                one.contact.clone().into(),
                one.phone.clone().into(),
                one.address.clone().into(),
                size.code().into(),
                old.map_or_else(|| source.code().to_owned(), |o| o.source.clone()).into(),
                old.map_or(!matches!(source, Source::Own | Source::Passing), |o| o.verified).into(),
                text::similar_name_key(&one.name).into(),
                text::pinyin_key(&one.name).into(),
                old.map_or(INDEXED, |o| if o.name == one.name { o.indexed } else { INDEXED }).into(),
                Value::from(1_i64),
                work.now().into(),
                work.person().into(),
                work.now().into(),
            ]);
        }
        work.run(
            &format!(
                "INSERT INTO enterprise (organisation, district, industry, section, staff, revenue, assets, founded,
                    legal_representative, contact, phone, address, size, source, verified, name_key, pinyin, indexed, version,
                    created_at, created_by, updated_at)
                 VALUES {marks}
                 ON CONFLICT (organisation) DO UPDATE SET district = excluded.district, industry = excluded.industry,
                    section = excluded.section, staff = excluded.staff, revenue = excluded.revenue,
                    assets = excluded.assets, founded = excluded.founded,
                    legal_representative = excluded.legal_representative, contact = excluded.contact,
                    phone = excluded.phone, address = excluded.address, size = excluded.size,
                    name_key = excluded.name_key, pinyin = excluded.pinyin, indexed = excluded.indexed,
                    version = enterprise.version + 1, updated_at = excluded.updated_at"
            ),
            values,
        )
        .await?;
        // Only names and codes are searched by, so a change of figures leaves the index alone.
        let words: Vec<(i64, String)> = part
            .iter()
            .filter(|(_, one, old)| old.is_none_or(|o| o.name != one.name))
            .map(|(id, one, old)| {
                let before: Vec<String> =
                    old.iter().flat_map(|o| o.former().into_iter().chain([o.name.clone()])).collect();
                (*id, search_words(&one.name, &before, one.code.as_deref()))
            })
            .collect();
        let known = part.iter().any(|(_, _, old)| old.is_some());
        let docs: Vec<(i64, &str)> = words.iter().map(|(id, words)| (*id, words.as_str())).collect();
        if !docs.is_empty() {
            search::put_many(&**work, search::Kind::Enterprise, &docs, known).await?;
        }
    }
    Ok(())
}

/// What a firm is found by: name, names before, code; first letters and sounds of the whole name, and of what people call
/// it, without city and legal form. No people, no phones.
fn search_words(name: &str, before: &[String], code: Option<&str>) -> String {
    let short = text::similar_name_key(name);
    let sound = |name: &str| text::pinyin_key(name).replace(' ', "");
    [
        name,
        &before.join(" "),
        code.unwrap_or_default(),
        &text::pinyin_initials(name),
        &text::pinyin_initials(&short),
        &sound(name),
        &sound(&short),
    ]
    .join(" ")
}

/// Indexes firms anew that were indexed by other words than today's, a batch at a time; returns how many.
///
/// # Errors
/// When the database fails.
pub(super) async fn index_stale(ctx: &Ctx) -> Result<u64, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        organisation: i64,
        name: String,
        former: String,
        code: Option<String>,
    }
    let mut all = 0;
    loop {
        let work = ctx.write(&Viewer::System).await?;
        let rows: Vec<Row> = work
            .all(
                &format!(
                    "SELECT e.organisation, o.name, o.former, o.code FROM enterprise e
                     JOIN organisation o ON o.id = e.organisation WHERE e.indexed < ? ORDER BY e.indexed, e.organisation
                     LIMIT {ROWS}"
                ),
                [Value::from(INDEXED)],
            )
            .await?;
        if rows.is_empty() {
            return Ok(all);
        }
        let words: Vec<(i64, String)> = rows
            .iter()
            .map(|row| {
                let before: Vec<String> = serde_json::from_str(&row.former).unwrap_or_default();
                (row.organisation, search_words(&row.name, &before, row.code.as_deref()))
            })
            .collect();
        let docs: Vec<(i64, &str)> = words.iter().map(|(id, words)| (*id, words.as_str())).collect();
        search::put_many(&*work, search::Kind::Enterprise, &docs, true).await?;
        let marks = vec!["?"; rows.len()].join(", ");
        work.run(
            &format!("UPDATE enterprise SET indexed = ? WHERE organisation IN ({marks})"),
            std::iter::once(Value::from(INDEXED)).chain(rows.iter().map(|row| Value::from(row.organisation))),
        )
        .await?;
        work.commit().await?;
        all += rows.len() as u64;
    }
}

/// The fields that differ between what stands there and what shall stand there.
fn differences(old: &Record, new: &NewEnterprise) -> Vec<Change> {
    let id = old.organisation;
    let mut out = Vec::new();
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    changes::note(&mut out, id, "name", Some(&old.name), Some(&new.name));
    for (field, a, b) in [
        ("district", &old.district, &new.district),
        ("industry", &old.industry, &new.industry),
        ("founded", &old.founded, &new.founded),
        ("legal_representative", &old.legal_representative, &new.legal_representative),
        ("contact", &old.contact, &new.contact),
        ("phone", &old.phone, &new.phone),
        ("address", &old.address, &new.address),
    ] {
        changes::note(&mut out, id, field, a.as_deref(), b.as_deref());
    }
    for (field, a, b) in
        [("staff", old.staff, new.staff), ("revenue", old.revenue, new.revenue), ("assets", old.assets, new.assets)]
    {
        changes::note(&mut out, id, field, number(a).as_deref(), number(b).as_deref());
    }
    let size = size_class(new.industry.as_deref(), new.staff, new.revenue, new.assets);
    changes::note(&mut out, id, "size", Some(&old.size), Some(size.code()));
    out
}

/// Puts one record in place of what stood there. `version` is the one the form was shown with. Returns how many fields
/// changed.
///
/// # Errors
/// [`Fault::Stale`] when somebody changed it meanwhile; [`Fault::NotFound`].
pub(crate) async fn change_in(
    work: &Work,
    organisation: i64,
    version: i64,
    new: &NewEnterprise,
    source: Source,
) -> Result<usize, Fault> {
    let claimed = work
        .run(
            "UPDATE enterprise SET version = version + 1 WHERE organisation = ? AND version = ?",
            [organisation.into(), version.into()],
        )
        .await?;
    let old = queries::record_in(work, organisation).await?.ok_or(Fault::NotFound)?;
    if claimed == 0 {
        return Err(Fault::Stale);
    }
    let new = &NewEnterprise { code: old.code.clone(), ..new.clone() };
    let changes = differences(&old, new);
    if changes.is_empty() {
        return Ok(0);
    }
    if old.name != new.name {
        organisations::rename_in(work, organisation, None, &new.name, old.name_en.as_deref()).await?;
    }
    put(work, &[(organisation, new, Some(&old))], source).await?;
    changes::keep(work, "enterprise", &changes, source).await?;
    let fields: Vec<&str> = changes.iter().map(|c| c.field).collect();
    work.audit("enterprises.changed", "enterprise", &old.number, json!({ "fields": fields, "source": source.code() }))
        .await?;
    Ok(changes.len())
}

/// What a row of a file does to the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merge {
    /// A record that was not there.
    New,
    /// A record with at least one other value.
    Changed,
    /// Everything as it was.
    Same,
}

/// Values of the file laid over what stands there: an empty cell keeps the stored value.
fn laid_over(old: &Record, row: &NewEnterprise) -> NewEnterprise {
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    NewEnterprise {
        name: row.name.clone(),
        code: old.code.clone(),
        district: or(&row.district, &old.district),
        industry: or(&row.industry, &old.industry),
        staff: row.staff.or(old.staff),
        revenue: row.revenue.or(old.revenue),
        assets: row.assets.or(old.assets),
        founded: or(&row.founded, &old.founded),
        legal_representative: or(&row.legal_representative, &old.legal_representative),
        contact: or(&row.contact, &old.contact),
        phone: or(&row.phone, &old.phone),
        address: or(&row.address, &old.address),
    }
}

/// What each row would do, without doing it.
pub(crate) async fn lookup(ctx: &Ctx, rows: &[NewEnterprise]) -> Result<Vec<Merge>, Fault> {
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

#[derive(FromQueryResult)]
struct Org {
    id: i64,
    code: String,
}

/// Brings rows of a file into the register; each row has a code, and the codes differ. One audit entry for all.
pub(crate) async fn apply_in(work: &Work, rows: &[NewEnterprise]) -> Result<Vec<Merge>, Fault> {
    let codes: Vec<&str> = rows.iter().filter_map(|r| r.code.as_deref()).collect();
    let known = queries::records_by_code(&**work, &codes).await?;
    // Organisations of other registers that are firms as well from now on.
    let mut others: HashMap<String, i64> = HashMap::new();
    let missing: Vec<&str> = codes.iter().copied().filter(|c| !known.contains_key(*c)).collect();
    for part in missing.chunks(ROWS) {
        let marks = vec!["?"; part.len()].join(", ");
        let found: Vec<Org> = work
            .all(
                &format!("SELECT id, code FROM organisation WHERE code IN ({marks}) ORDER BY id"),
                part.iter().map(|c| Value::from(*c)),
            )
            .await?;
        others.extend(found.into_iter().map(|o| (o.code, o.id)));
    }
    let mut merges = Vec::with_capacity(rows.len());
    let mut fresh: Vec<NewEnterprise> = Vec::new();
    let mut merged: Vec<(i64, NewEnterprise, Option<&Record>)> = Vec::new();
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
                    organisations::add_capacity_in(work, *id, Capacity::Enterprise).await?;
                    merged.push((*id, row.clone(), None));
                }
                None => fresh.push(row.clone()),
            }
        }
    }
    create_many_in(work, &fresh, Source::Import).await?;
    let rows: Vec<_> = merged.iter().map(|(id, new, old)| (*id, new, *old)).collect();
    put(work, &rows, Source::Import).await?;
    changes::keep(work, "enterprise", &changed, Source::Import).await?;
    Ok(merges)
}

/// Enters a firm at the desk; returns its number.
pub(super) async fn create(ctx: &Ctx, viewer: &Viewer, new: &NewEnterprise) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let organisation = create_in(&work, new, Source::Desk).await?;
    let record = queries::record_in(&work, organisation).await?.ok_or(Fault::NotFound)?;
    work.audit("enterprises.created", "enterprise", &record.number, json!({ "size": record.size })).await?;
    work.commit().await?;
    Ok(record.number)
}

/// Enters a firm in passing, on a call or visit: name and district, with code and contact where the caller says them.
/// The record is marked as not checked. Returns the row id of its organisation.
///
/// # Errors
/// [`Fault::Invalid`] for `code` when the register has a firm with this code.
pub async fn note_in(work: &Work, new: &NewEnterprise) -> Result<i64, Fault> {
    let organisation = create_in(work, new, Source::Passing).await?;
    let record = queries::record_in(work, organisation).await?.ok_or(Fault::NotFound)?;
    work.audit("enterprises.noted", "enterprise", &record.number, json!({ "code": new.code.is_some() })).await?;
    Ok(organisation)
}

/// Vouches for a record that was noted in passing.
///
/// # Errors
/// [`Fault::Stale`] when it has been vouched for, or changed, meanwhile; [`Fault::NotFound`].
pub(super) async fn vouch(ctx: &Ctx, viewer: &Viewer, organisation: i64, version: i64) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    let old = queries::record_in(&work, organisation).await?.ok_or(Fault::NotFound)?;
    let changed = work
        .run(
            "UPDATE enterprise SET verified = ?, version = version + 1, updated_at = ?
             WHERE organisation = ? AND version = ? AND verified = ? AND source = ?",
            [
                true.into(),
                work.now().into(),
                organisation.into(),
                version.into(),
                false.into(),
                Source::Passing.code().into(),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    let change =
        Change { record: organisation, field: "verified", old: Some("no".to_owned()), new: Some("yes".to_owned()) };
    changes::keep(&work, "enterprise", &[change], Source::Desk).await?;
    work.audit("enterprises.vouched", "enterprise", &old.number, json!({})).await?;
    work.commit().await
}

/// Changes a record; returns how many fields changed.
pub(super) async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    organisation: i64,
    version: i64,
    new: &NewEnterprise,
    source: Source,
) -> Result<usize, Fault> {
    let work = ctx.write(viewer).await?;
    let count = change_in(&work, organisation, version, new, source).await?;
    work.commit().await?;
    Ok(count)
}

/// Notes that somebody looked behind the mask of a phone number.
pub(super) async fn reveal(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    work.audit("enterprises.phone-revealed", "enterprise", number, json!({})).await?;
    work.commit().await
}
