//! What a viewer may see, as SQL that stands below every list, count, search and export.

use chrono::NaiveDate;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use crate::record::Case;
use crate::team::{Mode, Place, queries};

/// A condition on `case_record c` with its values.
#[derive(Clone, Debug)]
pub struct Scope {
    /// SQL without `WHERE`.
    pub sql: String,
    /// Values for its question marks.
    pub values: Vec<Value>,
}

impl Scope {
    fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Scope {
        Scope { sql: sql.into(), values: values.into_iter().collect() }
    }

    /// Both conditions.
    pub fn and(mut self, sql: &str, values: impl IntoIterator<Item = Value>) -> Scope {
        self.sql = format!("({}) AND ({sql})", self.sql);
        self.values.extend(values);
        self
    }
}

const OWN_OR_BELOW: &str = "(OWN OR EXISTS (SELECT 1 FROM case_record b WHERE b.parent = c.id AND BELOW))";

/// A supervision order on a case that the viewer's own desk leads or stands above, or on a window without a case: what
/// is escalated is seen by everybody above whom it is about.
const ORDER_ON: &str = "(c.flow = 'supervision-order' AND (c.parent IS NULL AND c.handler_window IS NOT NULL
     OR EXISTS (SELECT 1 FROM case_record u WHERE u.id = c.parent AND LED)))";

/// Cases this viewer may know of at all.
///
/// Windows, providers and departments know what was given to them, and the request above it. A firm knows its own; a
/// person whose tie to the firm has not been checked knows only what that person opened. What is led by the centre is
/// hidden from the operator, what is led by the bureau from both; reports are for the named officers.
pub fn visible(viewer: &Viewer) -> Scope {
    let actor = match viewer {
        Viewer::System => return Scope::new("1 = 1", []),
        Viewer::Public => return Scope::new("1 = 0", []),
        Viewer::Signed(actor) => actor,
    };
    match actor.role.capacity() {
        // Reports (举报) are for the officers named for them; until somebody is named, for the bureau's officers.
        Capacity::Bureau => Scope::new(
            "COALESCE(c.kind, '') <> 'report' OR NOT EXISTS (SELECT 1 FROM report_officer)
             OR EXISTS (SELECT 1 FROM report_officer n WHERE n.person = ?)",
            [Value::from(actor.person)],
        ),
        Capacity::Centre => Scope::new(
            format!("c.desk <> 'bureau' OR c.handler_org = ? OR {}", ORDER_ON.replace("LED", "u.desk <> 'bureau'")),
            [Value::from(actor.organisation)],
        ),
        Capacity::Operator => Scope::new(
            format!("c.desk = 'operator' OR c.handler_org = ? OR {}", ORDER_ON.replace("LED", "u.desk = 'operator'")),
            [Value::from(actor.organisation)],
        ),
        Capacity::Window => {
            let id = Value::from(actor.window);
            Scope::new(
                OWN_OR_BELOW.replace("OWN", "c.handler_window = ?").replace("BELOW", "b.handler_window = ?"),
                [id.clone(), id],
            )
        }
        Capacity::Provider | Capacity::Department => {
            let id = Value::from(actor.organisation);
            Scope::new(
                OWN_OR_BELOW
                    .replace("OWN", "(c.handler_org = ? AND c.handler_window IS NULL)")
                    .replace("BELOW", "b.handler_org = ? AND b.handler_window IS NULL"),
                [id.clone(), id],
            )
        }
        Capacity::Enterprise => {
            if actor.verified {
                // Colleagues do not learn who of them reported something, nor that anybody did.
                Scope::new(
                    "c.firm = ? AND c.flow = 'request' AND (COALESCE(c.kind, '') <> 'report' OR c.opened_by = ?)",
                    [Value::from(actor.organisation), Value::from(actor.person)],
                )
            } else {
                Scope::new(
                    "c.firm = ? AND c.flow = 'request' AND c.opened_by = ?",
                    [Value::from(actor.organisation), Value::from(actor.person)],
                )
            }
        }
        Capacity::Expert | Capacity::System => Scope::new("1 = 0", []),
    }
}

/// Whether this viewer sees the reports (举报) among what the own office sees: at the bureau, once officers are named for
/// them, only those do.
///
/// # Errors
/// When the database fails.
pub async fn sees_reports(ctx: &Ctx, viewer: &Viewer) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Named {
        everybody: i64,
        own: i64,
    }
    let Some(actor) = viewer.actor().filter(|a| a.role.capacity() == Capacity::Bureau) else { return Ok(true) };
    let text = "SELECT COUNT(*) AS everybody, CAST(COALESCE(SUM(CASE WHEN n.person = ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS own
         FROM report_officer n";
    let named: Option<Named> = ctx::one(ctx, text, [Value::from(actor.person)]).await?;
    Ok(named.is_none_or(|n| n.everybody == 0 || n.own > 0))
}

/// Whether this viewer handles a report (举报) without being told who reports: everybody on duty outside the bureau.
pub fn asker_hidden(viewer: &Viewer, case: &Case) -> bool {
    case.is_report() && viewer.actor().is_some_and(|a| a.role.is_staff() && a.role.capacity() != Capacity::Bureau)
}

/// Who checks what others wrote for the knowledge base.
pub const KNOWLEDGE_CHECKERS: &[Role] =
    &[Role::OperatorDispatcher, Role::OperatorReviewer, Role::OperatorManager, Role::CentreOfficer];

/// Cases waiting for this viewer to act today: his own and, during an absence, those of whom he stands in for.
///
/// An answer of the knowledge base waits for its owner, or for the house where it has none; and for every checker but
/// the one who wrote it.
pub fn mine(viewer: &Viewer, today: NaiveDate) -> Scope {
    let all = turn_of(viewer, today);
    let Some(actor) = viewer.actor() else { return all };
    let (house, place) = match actor.window {
        Some(window) => ("c.handler_window = ?", window),
        None => ("c.handler_org = ? AND c.handler_window IS NULL", actor.organisation),
    };
    let person = Value::from(actor.person);
    let mut owned = visible(viewer).and(
        &format!("c.turn = 'handler' AND ({house}) AND (c.handler_person = ? OR c.handler_person IS NULL)"),
        [Value::from(place), person.clone()],
    );
    if actor.is(KNOWLEDGE_CHECKERS) {
        let check = visible(viewer).and("c.turn = 'check' AND COALESCE(c.opened_by, 0) <> ?", [person]);
        owned.sql = format!("({}) OR ({})", owned.sql, check.sql);
        owned.values.extend(check.values);
    }
    let mut values = all.values;
    values.extend(owned.values);
    Scope::new(
        format!("(c.flow <> 'knowledge' AND ({})) OR (c.flow = 'knowledge' AND ({}))", all.sql, owned.sql),
        values,
    )
}

fn turn_of(viewer: &Viewer, today: NaiveDate) -> Scope {
    let visible = visible(viewer);
    let Some(actor) = viewer.actor() else { return visible.and("1 = 0", []) };
    // What the hub's own organisations have to do about themselves: an improvement of their own desk.
    let own = "(c.handler_org = ? AND c.turn = 'handler')";
    let org = Value::from(actor.organisation);
    match actor.role {
        Role::OperatorAgent => visible.and(&format!("(c.desk = 'operator' AND c.turn = 'desk') OR {own}"), [org]),
        Role::OperatorDispatcher => visible.and("c.desk = 'operator' AND c.turn IN ('dispatch', 'check')", []),
        Role::OperatorManager => {
            visible.and(&format!("(c.desk = 'operator' AND c.turn IN ('desk', 'dispatch', 'check')) OR {own}"), [org])
        }
        Role::CentreAgent | Role::CentreOfficer | Role::CentreApprover => visible.and(
            &format!(
                "(c.desk = 'centre' AND c.turn IN ('desk', 'dispatch', 'check'))
                 OR (c.desk = 'operator' AND c.ladder >= 4 AND c.closed_at IS NULL) OR {own}"
            ),
            [org],
        ),
        Role::BureauOfficer | Role::BureauApprover => visible.and(
            "(c.desk = 'bureau' AND c.turn IN ('desk', 'dispatch', 'check')) OR c.turn = 'bureau'
             OR (c.desk = 'centre' AND c.ladder >= 4 AND c.closed_at IS NULL)",
            [],
        ),
        Role::WindowAgent | Role::ProviderAgent => {
            let place = Place::of(actor);
            // What nobody holds: everybody's, unless the manager gives it. A provider's people see each other's matters
            // as long as they share them.
            let shared = if place.window.is_some() { "c.handler_person IS NULL AND" } else { "" };
            let (absent, values) = queries::stood_in_for(place, actor.person, today);
            let mut all = vec![
                Value::from(place.id()),
                Value::from(actor.person),
                Value::from(place.key()),
                Value::from(Mode::Given.code()),
            ];
            all.extend(values);
            visible.and(
                &format!(
                    "{} AND c.turn = 'handler' AND (c.handler_person = ?
                       OR ({shared} NOT EXISTS (SELECT 1 FROM team s WHERE s.place = ? AND s.mode = ?))
                       OR c.handler_person IN {absent})",
                    place.condition()
                ),
                all,
            )
        }
        Role::WindowManager => visible.and("c.handler_window = ? AND c.turn = 'handler'", [Value::from(actor.window)]),
        Role::ProviderManager | Role::DepartmentOfficer => visible.and(
            "c.handler_org = ? AND c.handler_window IS NULL AND c.turn = 'handler'",
            [Value::from(actor.organisation)],
        ),
        Role::EnterpriseMember | Role::EnterpriseRepresentative => visible.and("c.turn = 'firm'", []),
        _ => visible.and("1 = 0", []),
    }
}

/// Cases that this viewer answers for but that wait for somebody else.
pub fn waiting(viewer: &Viewer) -> Scope {
    let visible = visible(viewer);
    let Some(actor) = viewer.actor() else { return visible.and("1 = 0", []) };
    match actor.role.capacity() {
        Capacity::Operator => {
            visible.and("c.flow = 'request' AND c.turn IN ('handler', 'below', 'firm') AND c.closed_at IS NULL", [])
        }
        Capacity::Window => visible.and("c.turn = 'firm' AND c.closed_at IS NULL AND c.flow = 'request'", []),
        Capacity::Provider | Capacity::Department => {
            visible.and("c.turn = 'firm' AND c.closed_at IS NULL AND c.flow = 'request'", [])
        }
        Capacity::Enterprise => visible.and("c.turn NOT IN ('firm', 'nobody')", []),
        Capacity::Centre => visible.and("c.desk = 'centre' AND c.turn IN ('handler', 'below', 'firm')", []),
        Capacity::Bureau => visible.and("c.desk = 'bureau' AND c.turn IN ('handler', 'below', 'firm')", []),
        _ => visible.and("1 = 0", []),
    }
}

/// Cases that silence has carried up to this viewer: those of the own house from the warning on for managers, those of
/// the level below for centre and bureau. `None` for whoever stands above nobody.
pub fn escalated(viewer: &Viewer) -> Option<Scope> {
    let actor = viewer.actor()?;
    let open = visible(viewer).and("c.closed_at IS NULL AND c.turn NOT IN ('below', 'firm')", []);
    match actor.role {
        Role::WindowManager => Some(open.and("c.ladder >= 3 AND c.handler_window = ?", [Value::from(actor.window)])),
        Role::ProviderManager | Role::DepartmentOfficer => Some(open.and(
            "c.ladder >= 3 AND c.handler_org = ? AND c.handler_window IS NULL",
            [Value::from(actor.organisation)],
        )),
        Role::OperatorManager => Some(open.and("c.ladder >= 3", [])),
        Role::CentreOfficer | Role::CentreApprover => {
            Some(open.and("c.ladder >= 4 OR (c.ladder >= 3 AND c.desk = 'centre')", []))
        }
        Role::BureauOfficer | Role::BureauApprover => {
            Some(open.and("c.ladder >= 4 OR (c.ladder >= 3 AND c.desk = 'bureau')", []))
        }
        _ => None,
    }
}
