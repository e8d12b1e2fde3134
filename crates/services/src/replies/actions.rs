//! Keeping reply templates.

use huiqi_kernel::category::Category;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, number};
use serde_json::json;

use super::queries;

/// Who keeps the templates of his house.
pub const KEEPERS: &[Role] = &[Role::OperatorManager, Role::OperatorEditor, Role::CentreOfficer, Role::WindowManager];

/// Longest title, in characters.
pub const TITLE: usize = 40;
/// Longest text, in characters.
pub const WORDS: usize = 2000;

/// What a template says.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Service category; none fits all.
    pub category: Option<Category>,
    /// What it is for.
    pub title: String,
    /// The text.
    pub words: String,
    /// Whether it is offered.
    pub active: bool,
}

/// Adds a template to the house of whoever acts; returns its number.
///
/// # Errors
/// [`Fault::NotFound`] for whoever keeps none; when the database fails.
pub async fn add(ctx: &Ctx, viewer: &Viewer, input: &Input) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let Some(actor) = viewer.actor().filter(|a| a.is(KEEPERS)) else { return Err(Fault::NotFound) };
    let number = number::yearly(&*work, "MB", work.year()).await?;
    work.insert(
        "INSERT INTO reply_template (number, category, title, words, organisation, service_window, active, version, person,
            updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        [
            Value::from(number.clone()),
            Value::from(input.category.map(Category::code)),
            Value::from(input.title.trim()),
            Value::from(input.words.trim()),
            Value::from(actor.organisation),
            Value::from(actor.window),
            Value::from(input.active),
            Value::from(actor.person),
            Value::from(work.now()),
        ],
    )
    .await?;
    work.audit("reply.add", "reply-template", &number, json!({ "category": input.category.map(Category::code) }))
        .await?;
    work.commit().await?;
    Ok(number)
}

/// Changes a template of one's own house.
///
/// # Errors
/// [`Fault::NotFound`] for one of another house; [`Fault::Stale`] when somebody was faster.
pub async fn change(ctx: &Ctx, viewer: &Viewer, number: &str, version: i64, input: &Input) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    let template = queries::one_in(&work, viewer, number).await?;
    let Some(actor) = viewer.actor().filter(|a| a.is(KEEPERS) && template.is_of(a)) else {
        return Err(Fault::NotFound);
    };
    let changed = work
        .run(
            "UPDATE reply_template SET category = ?, title = ?, words = ?, active = ?, version = version + 1, person = ?,
                updated_at = ? WHERE id = ? AND version = ?",
            [
                Value::from(input.category.map(Category::code)),
                Value::from(input.title.trim()),
                Value::from(input.words.trim()),
                Value::from(input.active),
                Value::from(actor.person),
                Value::from(work.now()),
                Value::from(template.id),
                Value::from(version),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit("reply.change", "reply-template", number, json!({ "active": input.active })).await?;
    work.commit().await
}
