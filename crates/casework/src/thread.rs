//! Messages inside a case: between firm and handler, and notes that stay inside.

use huiqi_kernel::people::{Actor, Capacity, Role, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use huiqi_web::components::{Message, Side};
use serde_json::json;

use crate::attachments::Attached;
use crate::record::{self, Case};
use crate::scope;
use crate::t;
use crate::timeline::in_words;
use huiqi_kernel::locale::Locale;

/// Longest message, in characters.
pub const MAX_WORDS: usize = 2000;

#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    id: i64,
    at: i64,
    side: String,
    words: String,
    inside: bool,
    person: Option<String>,
    person_en: Option<String>,
    organisation: Option<String>,
    organisation_en: Option<String>,
    organisation_id: Option<i64>,
    window_name: Option<String>,
    window_en: Option<String>,
    window_id: Option<i64>,
}

/// Adds a message; returns its row id. `firm` says whether the firm speaks (with or without an account).
///
/// # Errors
/// [`Fault::Invalid`] when there is nothing to say; when the database fails.
pub async fn say_in(work: &Work, case: &Case, words: &str, inside: bool, firm: bool) -> Result<i64, Fault> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Fault::invalid("say", |l| t(l).thread_empty()));
    }
    record::still_open(work, case)?;
    let id = work
        .insert(
            "INSERT INTO case_message (case_id, at, person, membership, side, words, inside) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                Value::from(case.id),
                Value::from(work.now()),
                Value::from(work.person()),
                Value::from(work.membership()),
                Value::from(if firm { "firm" } else { "staff" }),
                Value::from(words),
                Value::from(inside),
            ],
        )
        .await?;
    work.audit("case.message", "case", &case.number, json!({ "inside": inside, "length": words.chars().count() }))
        .await?;
    Ok(id)
}

/// The messages this viewer may read, oldest first. Notes inside are read by the house that wrote them: the operator's
/// by the operator (and those above it), a window's by the window.
///
/// # Errors
/// When the database fails.
pub async fn messages(
    ctx: &Ctx,
    case: &Case,
    viewer: &Viewer,
    files: &[Attached],
    under: &str,
    locale: Locale,
) -> Result<Vec<Message>, Fault> {
    let rows: Vec<Row> = ctx::all(
        ctx,
        "SELECT s.id, s.at, s.side, s.words, s.inside, p.name AS person, p.name_en AS person_en,
                o.name AS organisation, o.name_en AS organisation_en, o.id AS organisation_id, w.name_en AS window_en,
                w.name AS window_name, w.id AS window_id
         FROM case_message s
         LEFT JOIN person p ON p.id = s.person
         LEFT JOIN membership m ON m.id = s.membership
         LEFT JOIN organisation o ON o.id = m.organisation
         LEFT JOIN service_window w ON w.id = m.service_window
         WHERE s.case_id = ? ORDER BY s.id",
        [Value::from(case.id)],
    )
    .await?;
    let actor = viewer.actor();
    let overseer = actor.is_some_and(oversees);
    Ok(rows
        .into_iter()
        .filter(|row| {
            !row.inside
                || overseer
                || actor.is_some_and(|a| Some(a.organisation) == row.organisation_id && a.window == row.window_id)
        })
        .map(|row| {
            let ours = actor.map_or(row.side == "firm", |a| Some(a.organisation) == row.organisation_id);
            let place = match &row.window_name {
                Some(window) => in_words(window, row.window_en.as_deref(), locale),
                None => {
                    in_words(row.organisation.as_deref().unwrap_or_default(), row.organisation_en.as_deref(), locale)
                }
            }
            .to_owned();
            let hidden = row.side == "firm" && scope::asker_hidden(viewer, case);
            let place = if hidden { String::new() } else { place };
            Message {
                from: if hidden {
                    t(locale).case_by_hidden()
                } else {
                    match row.person.as_deref() {
                        Some(person) => in_words(person, row.person_en.as_deref(), locale).to_owned(),
                        None if ours => t(locale).case_by_you(),
                        None => t(locale).case_by_nameless(),
                    }
                },
                org: if row.inside { t(locale).thread_inside(&place) } else { place },
                side: if row.inside {
                    Side::Inside
                } else if ours {
                    Side::Ours
                } else {
                    Side::Theirs
                },
                at_ms: row.at,
                text: row.words,
                lang: None,
                files: files
                    .iter()
                    .filter(|f| f.message == Some(row.id))
                    .map(|f| (f.href(under), f.name.clone(), f.bytes.unsigned_abs()))
                    .collect(),
            }
        })
        .collect())
}

/// Whether notes inside any house are open to this person: those above the operator read all of them.
pub(crate) fn oversees(actor: &Actor) -> bool {
    matches!(actor.role.capacity(), Capacity::Centre | Capacity::Bureau)
}

/// Whether this viewer writes as the firm.
pub fn speaks_for_firm(viewer: &Viewer) -> bool {
    viewer.role().is_none_or(|r| !Role::is_staff(r))
}
