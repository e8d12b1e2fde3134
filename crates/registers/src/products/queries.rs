//! Reads of the register of products.

use std::collections::HashMap;

use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, search, sql};

use crate::listing::{Cut, Where};
use crate::scope::Scope;

/// A product.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Product {
    /// Row id.
    pub id: i64,
    /// Public number: `CP-000001`.
    pub number: String,
    /// Row id of the provider's organisation.
    pub provider: i64,
    /// Public number of the provider.
    pub provider_number: String,
    /// Name of the provider.
    pub provider_name: String,
    /// Name.
    pub name: String,
    /// Code of the kind of service.
    pub category: String,
    /// What it is and what it gives.
    pub description: Option<String>,
    /// `free`, `low`, `published` or `negotiable`.
    pub fee: Option<String>,
    /// Price in words.
    pub price: Option<String>,
    pub(crate) modes: Option<String>,
    /// Working days it takes.
    pub days: Option<i64>,
    /// `listed` or `withdrawn`.
    pub state: String,
    /// Version, for forms.
    pub version: i64,
    /// When it was last changed, UTC milliseconds.
    pub updated_at: i64,
    pub(crate) provider_code: Option<String>,
    pub(crate) pinyin: String,
}

impl Product {
    /// Ways of serving: `counter`, `phone`, `onsite` …
    pub fn modes(&self) -> Vec<String> {
        self.modes.as_deref().unwrap_or_default().split(',').filter(|m| !m.is_empty()).map(str::to_owned).collect()
    }
}

const PRODUCT: &str =
    "SELECT c.id, c.number, c.provider, p.number AS provider_number, o.name AS provider_name, c.name, c.category,
    c.description, c.fee, c.price, c.modes, c.days, c.state, c.version, c.updated_at, o.code AS provider_code, c.pinyin
    FROM product c JOIN provider p ON p.organisation = c.provider JOIN organisation o ON o.id = c.provider";

/// A product by its public number, if this viewer may see it.
///
/// # Errors
/// [`Fault::NotFound`] when there is none for this viewer.
pub async fn by_number(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Product, Fault> {
    let (scope, values) = Scope::providers(viewer).condition("c.provider", "p.district");
    let values = [Value::from(number)].into_iter().chain(values);
    ctx::one(ctx, &format!("{PRODUCT} WHERE c.number = ? AND {scope}"), values).await?.ok_or(Fault::NotFound)
}

/// Name and kind of service of a listed product, for whoever wants to ask for it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Brief {
    /// Name.
    pub name: String,
    /// Code of its kind of service.
    pub category: String,
}

/// A listed product by its public number; listed products are public.
///
/// # Errors
/// When the database fails.
pub async fn brief(ctx: &Ctx, number: &str) -> Result<Option<Brief>, Fault> {
    if number.is_empty() {
        return Ok(None);
    }
    ctx::one(ctx, "SELECT name, category FROM product WHERE number = ? AND state = 'listed'", [number.into()]).await
}

/// The listed products of a provider, by name, at most a hundred.
///
/// # Errors
/// When the database fails.
pub async fn of_provider(ctx: &Ctx, provider: i64) -> Result<Vec<Product>, Fault> {
    ctx::all(
        ctx,
        &format!("{PRODUCT} WHERE c.provider = ? AND c.state = 'listed' ORDER BY c.pinyin, c.id LIMIT 100"),
        [provider.into()],
    )
    .await
}

/// Products by provider and name.
pub(super) async fn by_name(
    conn: &impl ConnectionTrait,
    keys: &[(i64, &str)],
) -> Result<HashMap<(i64, String), Product>, Fault> {
    let mut out = HashMap::with_capacity(keys.len());
    for part in keys.chunks(400) {
        let marks = vec!["(?, ?)"; part.len()].join(", ");
        let values = part.iter().flat_map(|(provider, name)| [Value::from(*provider), Value::from(*name)]);
        let rows = Product::find_by_statement(sql(
            conn.get_database_backend(),
            &format!("{PRODUCT} WHERE (c.provider, c.name) IN (VALUES {marks}) ORDER BY c.id"),
            values,
        ))
        .all(conn)
        .await?;
        out.extend(rows.into_iter().map(|row| ((row.provider, row.name.clone()), row)));
    }
    Ok(out)
}

#[derive(FromQueryResult)]
struct NumberRow {
    number: String,
}

pub(super) async fn number_of(work: &Work, id: i64) -> Result<String, Fault> {
    let row: Option<NumberRow> = work.one("SELECT number FROM product WHERE id = ?", [id.into()]).await?;
    Ok(row.ok_or(Fault::NotFound)?.number)
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub words: String,
    pub category: String,
    pub fee: String,
    pub state: String,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    fn conditions(&self, ctx: &Ctx, viewer: &Viewer) -> Where {
        let mut all = Where::default();
        let (scope, values) = Scope::providers(viewer).condition("c.provider", "c.provider");
        all.add(&scope, values);
        if !self.words.is_empty() {
            match search::matches(ctx.db().backend(), search::Kind::Product, "c.id", &self.words) {
                Some((text, values)) => all.add(&text, values),
                None => all.add("1 = 0", []),
            }
        }
        for (column, value) in [("c.category", &self.category), ("c.fee", &self.fee), ("c.state", &self.state)] {
            if !value.is_empty() {
                all.add(&format!("{column} = ?"), [value.clone().into()]);
            }
        }
        all
    }
}

/// One page of the list, one row more than a page holds.
pub(super) async fn list(ctx: &Ctx, viewer: &Viewer, filter: &Filter, cut: &Cut) -> Result<Vec<Product>, Fault> {
    let column = if cut.newest_first() { "updated_at" } else { "pinyin" };
    let (text, values) = filter.conditions(ctx, viewer).page(
        PRODUCT,
        cut,
        &format!("c.{column}"),
        "c.id",
        &format!("SELECT k.{column}, k.id FROM product k WHERE k.number = ?"),
    );
    ctx::all(ctx, &text, values).await
}

/// Up to a thousand products after one, in the order of names; for exports.
pub(super) async fn after(
    ctx: &Ctx,
    viewer: &Viewer,
    filter: &Filter,
    last: Option<(&str, i64)>,
) -> Result<Vec<Product>, Fault> {
    let mut all = filter.conditions(ctx, viewer);
    if let Some((pinyin, id)) = last {
        all.add("(c.pinyin, c.id) > (?, ?)", [pinyin.into(), id.into()]);
    }
    let (text, values) = all.over(PRODUCT);
    ctx::all(ctx, &format!("{text} ORDER BY c.pinyin, c.id LIMIT 1000"), values).await
}

/// How many products the filter leaves.
pub(super) async fn count(ctx: &Ctx, viewer: &Viewer, filter: &Filter) -> Result<i64, Fault> {
    let (text, values) = filter.conditions(ctx, viewer).over("SELECT COUNT(*) AS n FROM product c");
    crate::listing::count(ctx, &text, values).await
}
