//! Reads of what is offered to everybody: listed products of admitted providers, and nothing else.

use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx, search};

use crate::query::Query;

/// Services on a page.
pub(crate) const PAGE: usize = 20;

/// Ways of charging, in the order in which they are shown.
pub(crate) const FEES: &[&str] = &["free", "low", "published", "negotiable"];

/// What everybody may see. `c` is the product, `p` its provider, `o` the organisation.
const OFFERED: &str =
    "FROM product c JOIN provider p ON p.organisation = c.provider JOIN organisation o ON o.id = c.provider
    WHERE c.state = 'listed' AND p.state = 'admitted'";

const COLUMNS: &str = "c.id, c.number, c.name, c.category, c.description, c.fee, c.price, c.modes, c.days, c.provider,
    o.name AS provider_name, o.name_en AS provider_name_en, p.district, p.profile";

/// A service as everybody sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Service {
    pub id: i64,
    pub number: String,
    pub name: String,
    pub category: String,
    pub description: Option<String>,
    pub fee: Option<String>,
    pub price: Option<String>,
    pub modes: Option<String>,
    pub days: Option<i64>,
    pub provider: i64,
    pub provider_name: String,
    pub provider_name_en: Option<String>,
    pub district: Option<String>,
    pub profile: Option<String>,
}

/// How many services a kind has, and how many of them cost nothing.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct CategoryCount {
    pub category: String,
    pub n: i64,
    pub free: i64,
}

/// Counts by kind of service.
pub(crate) async fn category_counts(ctx: &Ctx) -> Result<Vec<CategoryCount>, Fault> {
    ctx::all(
        ctx,
        &format!(
            "SELECT c.category, COUNT(*) AS n, CAST(SUM(CASE WHEN c.fee = 'free' THEN 1 ELSE 0 END) AS BIGINT) AS free
             {OFFERED} GROUP BY c.category ORDER BY c.category"
        ),
        [],
    )
    .await
}

/// What a list is narrowed by. Several values of one kind widen it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub words: String,
    pub fees: Vec<String>,
    pub categories: Vec<String>,
    pub districts: Vec<String>,
}

impl Filter {
    /// Reads it from an address; unknown codes are passed over.
    pub(crate) fn read(query: &Query) -> Filter {
        let known = |name: &str, is_known: &dyn Fn(&str) -> bool| {
            let mut values: Vec<String> = query.all(name).into_iter().filter(|v| is_known(v)).collect();
            values.sort_unstable();
            values.dedup();
            values
        };
        Filter {
            words: query.get("q").chars().take(200).collect(),
            fees: known("fee", &|v| FEES.contains(&v)),
            categories: known("category", &|v| Category::by_code(v).is_some()),
            districts: known("district", &|v| District::by_code(v).is_some()),
        }
    }

    /// The conditions as SQL; `but` leaves one column's own choice out, for the counts beside it.
    fn conditions(&self, ctx: &Ctx, but: &str) -> (String, Vec<Value>) {
        let mut text = String::new();
        let mut values = Vec::new();
        for (column, chosen) in
            [("c.fee", &self.fees), ("c.category", &self.categories), ("p.district", &self.districts)]
        {
            if column == but || chosen.is_empty() {
                continue;
            }
            let marks = vec!["?"; chosen.len()].join(", ");
            text.push_str(&format!(" AND {column} IN ({marks})"));
            values.extend(chosen.iter().map(|v| Value::from(v.clone())));
        }
        if !self.words.is_empty() {
            match search::matches(ctx.db().backend(), search::Kind::Product, "c.id", &self.words) {
                Some((condition, more)) => {
                    text.push_str(&format!(" AND {condition}"));
                    values.extend(more);
                }
                None => text.push_str(" AND 1 = 0"),
            }
        }
        (text, values)
    }
}

/// A value of a column and how many services have it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Facet {
    pub value: String,
    pub n: i64,
}

/// A page of what was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub rows: Vec<Service>,
    /// Whether there is a page after this one.
    pub more: bool,
    pub total: i64,
    pub fees: Vec<Facet>,
    pub categories: Vec<Facet>,
    pub districts: Vec<Facet>,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// One page of services behind the one with this number, with the counts beside the filters: five statements.
pub(crate) async fn find(ctx: &Ctx, filter: &Filter, after: &str) -> Result<Found, Fault> {
    let (conditions, values) = filter.conditions(ctx, "");
    let total = ctx::one::<Count>(ctx, &format!("SELECT COUNT(*) AS n {OFFERED}{conditions}"), values.clone()).await?;
    let mut text = format!("SELECT {COLUMNS} {OFFERED}{conditions}");
    let mut values = values;
    if !after.is_empty() {
        text.push_str(" AND (c.pinyin, c.id) > (SELECT k.pinyin, k.id FROM product k WHERE k.number = ?)");
        values.push(Value::from(after));
    }
    text.push_str(&format!(" ORDER BY c.pinyin, c.id LIMIT {}", PAGE + 1));
    let mut rows: Vec<Service> = ctx::all(ctx, &text, values).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(Found {
        rows,
        more,
        total: total.map_or(0, |c| c.n),
        fees: facet(ctx, filter, "c.fee").await?,
        categories: facet(ctx, filter, "c.category").await?,
        districts: facet(ctx, filter, "p.district").await?,
    })
}

/// Services that hold some of the words, those with most of them first: what is shown where nothing has them all.
///
/// # Errors
/// When the database fails.
pub(crate) async fn near(ctx: &Ctx, words: &str) -> Result<Vec<Service>, Fault> {
    let Some((near, values)) = search::near(ctx.db().backend(), search::Kind::Product, words) else {
        return Ok(Vec::new());
    };
    let offered = OFFERED.replacen("WHERE", &format!("JOIN ({near}) h ON h.id = c.id WHERE"), 1);
    let text = format!("SELECT {COLUMNS} {offered} ORDER BY h.hits DESC, c.pinyin, c.id LIMIT 8");
    ctx::all(ctx, &text, values).await
}

/// How many services each value of a column would leave, with everything else that was chosen.
async fn facet(ctx: &Ctx, filter: &Filter, column: &str) -> Result<Vec<Facet>, Fault> {
    let (conditions, values) = filter.conditions(ctx, column);
    ctx::all(
        ctx,
        &format!(
            "SELECT {column} AS value, COUNT(*) AS n {OFFERED} AND {column} IS NOT NULL{conditions}
             GROUP BY {column} ORDER BY {column}"
        ),
        values,
    )
    .await
}

/// A service by its number.
///
/// # Errors
/// [`Fault::NotFound`] where nothing under this number is offered to everybody.
pub(crate) async fn by_number(ctx: &Ctx, number: &str) -> Result<Service, Fault> {
    ctx::one(ctx, &format!("SELECT {COLUMNS} {OFFERED} AND c.number = ?"), [number.into()])
        .await?
        .ok_or(Fault::NotFound)
}

/// Other services of the same provider, by name, at most eight.
pub(crate) async fn others(ctx: &Ctx, service: &Service) -> Result<Vec<Service>, Fault> {
    ctx::all(
        ctx,
        &format!("SELECT {COLUMNS} {OFFERED} AND c.provider = ? AND c.id <> ? ORDER BY c.pinyin, c.id LIMIT 8"),
        [service.provider.into(), service.id.into()],
    )
    .await
}
