//! The people one can become on the sign-in page of a demo. Only data made by `demo` has them: the routes look at
//! [`huiqi_store::Ctx::is_demo`] and at nothing else.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_store::{Ctx, Fault, Work, setting};
use serde::{Deserialize, Serialize};

use crate::people::queries::{self, MembershipLine};

const SETTING: &str = "demo.faces";

/// One person to become, chosen by whoever made the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Face {
    /// Public number of the membership.
    pub membership: String,
    /// What makes this one worth a look, in Chinese; may be empty.
    #[serde(default)]
    pub zh: String,
    /// The same in English.
    #[serde(default)]
    pub en: String,
}

/// Chooses who can be become; roles without a face get the oldest membership.
///
/// # Errors
/// When the database fails.
pub async fn set_demo_faces_in(work: &Work, faces: &[Face]) -> Result<(), Fault> {
    let text = serde_json::to_string(faces).map_err(Fault::internal)?;
    setting::set(&**work, SETTING, &text, work.now(), work.person()).await?;
    Ok(())
}

/// Somebody to become.
pub(super) struct Choice {
    pub line: MembershipLine,
    pub name: String,
    zh: String,
    en: String,
}

impl Choice {
    pub(super) fn note(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }
}

/// Everybody who can be become, by role in the order of the roles; three statements.
pub(super) async fn choices(ctx: &Ctx) -> Result<Vec<Choice>, Fault> {
    let faces: Vec<Face> = match setting::get(ctx.db().read(), SETTING).await? {
        Some(text) => serde_json::from_str(&text).map_err(Fault::internal)?,
        None => Vec::new(),
    };
    let numbers: Vec<&str> = faces.iter().map(|f| f.membership.as_str()).collect();
    let mut lines = queries::memberships_by_number(ctx, &numbers).await?;
    for first in queries::first_of_each_role(ctx).await? {
        if !lines.iter().any(|l| l.role == first.role) {
            lines.push(first);
        }
    }
    let people: Vec<i64> = lines.iter().map(|l| l.person).collect();
    let names = queries::names(ctx, &people).await?;
    let place = |line: &MembershipLine| {
        let role = Role::ALL.iter().position(|r| *r == line.role);
        (role, numbers.iter().position(|n| *n == line.number), line.id)
    };
    lines.sort_by_key(place);
    Ok(lines
        .into_iter()
        .map(|line| {
            let face = faces.iter().find(|f| f.membership == line.number);
            Choice {
                name: names.get(&line.person).map(|n| n.name.clone()).unwrap_or_default(),
                zh: face.map(|f| f.zh.clone()).unwrap_or_default(),
                en: face.map(|f| f.en.clone()).unwrap_or_default(),
                line,
            }
        })
        .collect())
}

/// The choice a button names: the number of a membership, or the code of a role (then its first).
pub(super) fn chosen(choices: Vec<Choice>, button: &str) -> Option<Choice> {
    choices.into_iter().find(|c| c.line.number == button || c.line.role.code() == button)
}
