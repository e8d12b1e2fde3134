//! Reads of registrations.

use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};

use super::State;

/// A registration with who and for which firm.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Line {
    pub id: i64,
    pub number: String,
    pub membership: i64,
    pub person: i64,
    pub organisation: i64,
    pub was_known: bool,
    pub state: String,
    pub reason: Option<String>,
    pub version: i64,
    pub created_at: i64,
    pub decided_at: Option<i64>,
    pub decided_by: Option<String>,
    pub name: String,
    pub phone: Option<String>,
    pub role: String,
    pub firm: String,
    pub firm_number: String,
    pub code: Option<String>,
}

impl Line {
    pub(super) fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Refused)
    }
}

const LINE: &str = "SELECT r.id, r.number, r.membership, r.person, r.organisation, r.was_known, r.state, r.reason, r.version, r.created_at,
    r.decided_at, d.name AS decided_by, p.name, p.phone, m.role, o.name AS firm, o.number AS firm_number, o.code
    FROM registration r JOIN person p ON p.id = r.person JOIN organisation o ON o.id = r.organisation
    JOIN membership m ON m.id = r.membership LEFT JOIN person d ON d.id = r.decided_by";

/// Those that wait, oldest first.
pub(super) async fn pending(ctx: &Ctx) -> Result<Vec<Line>, Fault> {
    ctx::all(ctx, &format!("{LINE} WHERE r.state = 'pending' ORDER BY r.id LIMIT 200"), []).await
}

/// Those that were decided last.
pub(super) async fn decided(ctx: &Ctx) -> Result<Vec<Line>, Fault> {
    ctx::all(ctx, &format!("{LINE} WHERE r.state <> 'pending' ORDER BY r.id DESC LIMIT 30"), []).await
}

pub(super) async fn by_number(ctx: &Ctx, number: &str) -> Result<Line, Fault> {
    ctx::one(ctx, &format!("{LINE} WHERE r.number = ?"), [number.into()]).await?.ok_or(Fault::NotFound)
}

/// What a stranger may know of a firm: that it is in the register, its name and its district.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Public {
    pub name: String,
    pub district: Option<String>,
}

pub(super) async fn public(ctx: &Ctx, code: &str) -> Result<Option<Public>, Fault> {
    ctx::one(
        ctx,
        "SELECT o.name, e.district FROM organisation o JOIN enterprise e ON e.organisation = o.id WHERE o.code = ?",
        [code.into()],
    )
    .await
}
