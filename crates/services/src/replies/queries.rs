//! Reads of reply templates.

use huiqi_kernel::category::Category;
use huiqi_kernel::people::{Actor, Capacity, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

/// A template.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Template {
    /// Row id.
    pub id: i64,
    /// Number.
    pub number: String,
    /// Service category; none fits all.
    pub category: Option<String>,
    /// What it is for, in a few words.
    pub title: String,
    /// The text.
    pub words: String,
    /// Its house.
    pub organisation: i64,
    /// Its window, where it is one.
    pub service_window: Option<i64>,
    /// Whether it is offered.
    pub active: bool,
    /// Counts changes.
    pub version: i64,
    /// When it was changed last, UTC milliseconds.
    pub updated_at: i64,
    /// Name of its house.
    pub house: String,
    /// The same in English.
    pub house_en: Option<String>,
}

impl Template {
    /// Whether it belongs to the house this person acts for.
    pub fn is_of(&self, actor: &Actor) -> bool {
        match actor.window {
            Some(window) => self.service_window == Some(window),
            None => self.service_window.is_none() && self.organisation == actor.organisation,
        }
    }
}

const TEMPLATE: &str = "t.id, t.number, t.category, t.title, t.words, t.organisation, t.service_window, t.active, t.version,
    t.updated_at, COALESCE(w.name, o.name) AS house, CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS house_en
    FROM reply_template t JOIN organisation o ON o.id = t.organisation
    LEFT JOIN service_window w ON w.id = t.service_window";

/// Templates a viewer may read: those of operator and centre for everybody who answers, a window's own for that window.
fn scope(viewer: &Viewer) -> (&'static str, Vec<Value>) {
    match viewer {
        Viewer::System => ("1 = 1", Vec::new()),
        Viewer::Signed(actor) => match actor.role.capacity() {
            Capacity::Operator | Capacity::Centre => ("t.service_window IS NULL", Vec::new()),
            Capacity::Window => ("t.service_window IS NULL OR t.service_window = ?", vec![Value::from(actor.window)]),
            _ => ("1 = 0", Vec::new()),
        },
        Viewer::Public => ("1 = 0", Vec::new()),
    }
}

/// Every template this viewer may read, by category and title.
///
/// # Errors
/// When the database fails.
pub async fn all(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<Template>, Fault> {
    let (scope, values) = scope(viewer);
    let text = format!("SELECT {TEMPLATE} WHERE {scope} ORDER BY COALESCE(t.category, '99'), t.title, t.id LIMIT 500");
    ctx::all(ctx, &text, values).await
}

/// Templates offered beside an answer of this category: its own first, then those that fit all; without a category only
/// those.
///
/// # Errors
/// When the database fails.
pub async fn offered(
    ctx: &Ctx,
    viewer: &Viewer,
    category: Option<Category>,
    limit: u64,
) -> Result<Vec<Template>, Fault> {
    let (scope, mut values) = scope(viewer);
    let code = category.map_or("", Category::code);
    values.insert(0, Value::from(true));
    values.push(Value::from(code));
    let text = format!(
        "SELECT {TEMPLATE} WHERE t.active = ? AND ({scope}) AND (t.category = ? OR t.category IS NULL)
         ORDER BY CASE WHEN t.category IS NULL THEN 1 ELSE 0 END, t.category, t.title, t.id LIMIT {limit}"
    );
    ctx::all(ctx, &text, values).await
}

/// One template by its number, if this viewer may read it.
///
/// # Errors
/// [`Fault::NotFound`] otherwise.
pub async fn one(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Template, Fault> {
    let (scope, values) = scope(viewer);
    let text = format!("SELECT {TEMPLATE} WHERE t.number = ? AND ({scope})");
    ctx::one(ctx, &text, std::iter::once(Value::from(number)).chain(values)).await?.ok_or(Fault::NotFound)
}

pub(super) async fn one_in(work: &Work, viewer: &Viewer, number: &str) -> Result<Template, Fault> {
    let (scope, values) = scope(viewer);
    let text = format!("SELECT {TEMPLATE} WHERE t.number = ? AND ({scope})");
    work.one(&text, std::iter::once(Value::from(number)).chain(values)).await?.ok_or(Fault::NotFound)
}
