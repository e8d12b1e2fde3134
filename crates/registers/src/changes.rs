//! The history of a record, field by field: who, when, from which source, from what to what.

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use crate::t;

codes! {
    /// Where a fact came from.
    pub enum Source {
        /// Typed at the desk.
        Desk = "desk",
        /// A file.
        Import = "import",
        /// The organisation itself.
        Own = "own",
        /// Noted by whoever took a call or visit; the desk checks it later.
        Passing = "passing",
        /// The sample city.
        Demo = "demo",
    }
}

impl Source {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Source::Desk => m.registers_source_desk(),
            Source::Import => m.registers_source_import(),
            Source::Own => m.registers_source_own(),
            Source::Passing => m.registers_source_passing(),
            Source::Demo => m.registers_source_demo(),
        }
    }
}

/// One field that changes. Values are as stored: codes, fen, days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Row id of the record.
    pub record: i64,
    /// Name of the field.
    pub field: &'static str,
    /// What stood there.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
}

/// Notes a change where two values differ.
pub(crate) fn note(out: &mut Vec<Change>, record: i64, field: &'static str, old: Option<&str>, new: Option<&str>) {
    if old != new {
        out.push(Change { record, field, old: old.map(str::to_owned), new: new.map(str::to_owned) });
    }
}

/// Keeps changes of records of one kind.
pub(crate) async fn keep(work: &Work, kind: &str, changes: &[Change], source: Source) -> Result<(), Fault> {
    for part in changes.chunks(500) {
        let marks = vec!["(?, ?, ?, ?, ?, ?, ?, ?)"; part.len()].join(", ");
        let values = part.iter().flat_map(|change| {
            [
                Value::from(kind),
                Value::from(change.record),
                Value::from(change.field),
                Value::from(change.old.clone()),
                Value::from(change.new.clone()),
                Value::from(work.person()),
                Value::from(source.code()),
                Value::from(work.now()),
            ]
        });
        work.run(
            &format!("INSERT INTO register_change (kind, record, field, old, new, person, source, at) VALUES {marks}"),
            values,
        )
        .await?;
    }
    Ok(())
}

/// One line of a record's history.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Past {
    /// Name of the field.
    pub field: String,
    /// What stood there.
    pub old: Option<String>,
    /// What came.
    pub new: Option<String>,
    /// Name of the person, where one acted.
    pub person: Option<String>,
    /// Where it came from.
    pub source: String,
    /// When, UTC milliseconds.
    pub at: i64,
}

/// The last hundred changes of a record, newest first.
pub(crate) async fn of(ctx: &Ctx, kind: &str, record: i64) -> Result<Vec<Past>, Fault> {
    ctx::all(
        ctx,
        "SELECT c.field, c.old, c.new, p.name AS person, c.source, c.at
         FROM register_change c LEFT JOIN person p ON p.id = c.person
         WHERE c.kind = ? AND c.record = ? ORDER BY c.id DESC LIMIT 100",
        [kind.into(), record.into()],
    )
    .await
}
