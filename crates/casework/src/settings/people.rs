//! Names of the people that settings and the audit log refer to by row id.

use std::collections::{BTreeSet, HashMap};

use huiqi_identity::people::{PersonName, names};
use huiqi_kernel::locale::Locale;
use huiqi_store::{Ctx, Fault};

use crate::t;

/// The people with these row ids.
///
/// # Errors
/// When the database fails.
pub(super) async fn named(ctx: &Ctx, ids: BTreeSet<i64>) -> Result<HashMap<i64, PersonName>, Fault> {
    let ids: Vec<i64> = ids.into_iter().collect();
    if ids.is_empty() { Ok(HashMap::new()) } else { names(ctx, &ids).await }
}

/// The name of one of them; the program where nobody stands there.
pub(super) fn shown(people: &HashMap<i64, PersonName>, id: Option<i64>, l: Locale) -> String {
    id.and_then(|id| people.get(&id)).map_or_else(|| t(l).setting_program(), |p| p.shown(l).to_owned())
}
