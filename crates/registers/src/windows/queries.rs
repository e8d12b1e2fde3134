//! Reads of the register of windows. Windows are public: everybody who may open the list sees all of them.

use std::collections::HashMap;

use huiqi_identity::organisations::WindowState;
use huiqi_kernel::locale::Locale;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx, search, sql};

use super::{ClusterRow, Kind, Level};

/// A window with everything the register holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Row id.
    pub window: i64,
    /// Public number.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Row id of the organisation that runs it.
    pub organisation: i64,
    /// Name of that organisation.
    pub operator: String,
    /// Where it stands.
    pub state: WindowState,
    /// Kind of Art. 10.
    pub kind: Kind,
    /// Title, with platforms and bases.
    pub level: Option<Level>,
    /// Code of the district or zone.
    pub district: Option<String>,
    /// Code of the cluster.
    pub cluster: Option<String>,
    /// Codes of the kinds of service it serves; all kinds where none is named.
    pub categories: Vec<String>,
    /// Address.
    pub address: Option<String>,
    /// Phone; a window's phone is public.
    pub phone: Option<String>,
    /// Opening hours in words.
    pub hours: Option<String>,
    /// The same in English.
    pub hours_en: Option<String>,
    /// First day.
    pub since: Option<String>,
    /// Last day of the title.
    pub until: Option<String>,
    /// The reasoned decision that allows a second window of a district or cluster.
    pub exception: Option<String>,
    /// Version, for forms; 0 where the window was entered without a profile.
    pub version: i64,
    /// When it was last changed, UTC milliseconds.
    pub updated_at: i64,
}

impl Profile {
    /// The name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        match (locale, self.name_en.as_deref()) {
            (Locale::En, Some(en)) if !en.is_empty() => en,
            _ => &self.name,
        }
    }

    /// Whether it takes assignments of a kind of service.
    pub fn serves(&self, category: &str) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|c| c == category)
    }
}

#[derive(FromQueryResult)]
struct Row {
    window: i64,
    number: String,
    name: String,
    name_en: Option<String>,
    organisation: i64,
    operator: String,
    state: String,
    kind: Option<String>,
    level: Option<String>,
    district: Option<String>,
    cluster: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    hours: Option<String>,
    hours_en: Option<String>,
    since: Option<String>,
    until: Option<String>,
    exception: Option<String>,
    version: Option<i64>,
    updated_at: Option<i64>,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct CategoryRow {
    window: i64,
    category: String,
}

const WINDOW: &str = "SELECT s.id AS \"window\", s.number, s.name, s.name_en, s.organisation, o.name AS operator, s.state, w.kind, w.level,
    w.district, w.cluster, w.address, w.phone, w.hours, w.hours_en, w.since, w.until, w.exception, w.version, w.updated_at,
    s.created_at
    FROM service_window s JOIN organisation o ON o.id = s.organisation LEFT JOIN window_profile w ON w.service_window = s.id";

async fn read(
    conn: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Profile>, Fault> {
    let backend = conn.get_database_backend();
    let rows = Row::find_by_statement(sql(backend, text, values)).all(conn).await?;
    let mut kinds: HashMap<i64, Vec<String>> = HashMap::new();
    if !rows.is_empty() {
        let marks = vec!["?"; rows.len()].join(", ");
        let pairs = CategoryRow::find_by_statement(sql(
            backend,
            &format!(
                "SELECT service_window AS \"window\", category FROM window_category WHERE service_window IN ({marks})
                 ORDER BY service_window, category"
            ),
            rows.iter().map(|r| Value::from(r.window)),
        ))
        .all(conn)
        .await?;
        for pair in pairs {
            kinds.entry(pair.window).or_default().push(pair.category);
        }
    }
    Ok(rows
        .into_iter()
        .map(|r| Profile {
            categories: kinds.remove(&r.window).unwrap_or_default(),
            window: r.window,
            number: r.number,
            name: r.name,
            name_en: r.name_en,
            organisation: r.organisation,
            operator: r.operator,
            state: WindowState::from_code(&r.state).unwrap_or(WindowState::Ended),
            kind: r.kind.as_deref().and_then(Kind::from_code).unwrap_or(Kind::Comprehensive),
            level: r.level.as_deref().and_then(Level::from_code),
            district: r.district,
            cluster: r.cluster,
            address: r.address,
            phone: r.phone,
            hours: r.hours,
            hours_en: r.hours_en,
            since: r.since,
            until: r.until,
            exception: r.exception,
            version: r.version.unwrap_or(0),
            updated_at: r.updated_at.unwrap_or(r.created_at),
        })
        .collect())
}

/// A window by its row id; works inside a transaction and outside (`ctx.db().read()`).
///
/// # Errors
/// When the database fails.
pub async fn profile(conn: &impl ConnectionTrait, window: i64) -> Result<Option<Profile>, Fault> {
    Ok(read(conn, &format!("{WINDOW} WHERE s.id = ?"), [window.into()]).await?.into_iter().next())
}

/// Several windows by row id.
///
/// # Errors
/// When the database fails.
pub async fn profiles(conn: &impl ConnectionTrait, windows: &[i64]) -> Result<HashMap<i64, Profile>, Fault> {
    if windows.is_empty() {
        return Ok(HashMap::new());
    }
    let marks = vec!["?"; windows.len()].join(", ");
    let rows =
        read(conn, &format!("{WINDOW} WHERE s.id IN ({marks}) ORDER BY s.id"), windows.iter().map(|w| Value::from(*w)))
            .await?;
    Ok(rows.into_iter().map(|p| (p.window, p)).collect())
}

/// Every window that takes assignments today: connected, and its title not over. By name.
///
/// # Errors
/// When the database fails.
pub async fn all_open(ctx: &Ctx) -> Result<Vec<Profile>, Fault> {
    let today = ctx.today().to_string();
    read(
        ctx.db().read(),
        &format!("{WINDOW} WHERE s.state = 'connected' AND (w.until IS NULL OR w.until >= ?) ORDER BY s.pinyin, s.id"),
        [today.into()],
    )
    .await
}

/// A window by its public number.
pub(super) async fn by_number(ctx: &Ctx, number: &str) -> Result<Profile, Fault> {
    let found = read(ctx.db().read(), &format!("{WINDOW} WHERE s.number = ?"), [number.into()]).await?;
    found.into_iter().next().ok_or(Fault::NotFound)
}

/// Every cluster, by name.
///
/// # Errors
/// When the database fails.
pub async fn clusters(ctx: &Ctx) -> Result<Vec<ClusterRow>, Fault> {
    ctx::all(ctx, "SELECT code, name, name_en, district FROM cluster ORDER BY code", []).await
}

/// What the list is narrowed by. Windows are few (Art. 10), so the list is one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub words: String,
    pub district: String,
    pub state: String,
    pub category: String,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        *self == Filter::default()
    }
}

/// Most windows a list shows.
pub(super) const MOST: usize = 500;

/// Windows the filter leaves, in the order of kind and name.
pub(super) async fn list(ctx: &Ctx, filter: &Filter) -> Result<Vec<Profile>, Fault> {
    let mut all = crate::listing::Where::default();
    if !filter.words.is_empty() {
        match search::matches(ctx.db().backend(), search::Kind::Window, "s.id", &filter.words) {
            Some((text, values)) => all.add(&text, values),
            None => all.add("1 = 0", []),
        }
    }
    for (column, value) in [("w.district", &filter.district), ("s.state", &filter.state)] {
        if !value.is_empty() {
            all.add(&format!("{column} = ?"), [value.clone().into()]);
        }
    }
    if !filter.category.is_empty() {
        all.add(
            "(s.id IN (SELECT c.service_window FROM window_category c WHERE c.category = ?)
              OR s.id NOT IN (SELECT c.service_window FROM window_category c))",
            [filter.category.clone().into()],
        );
    }
    let (text, values) = all.over(WINDOW);
    let mut rows = read(ctx.db().read(), &format!("{text} ORDER BY s.pinyin, s.id LIMIT {MOST}"), values).await?;
    rows.sort_by_key(|p| Kind::ALL.iter().position(|k| *k == p.kind));
    Ok(rows)
}
