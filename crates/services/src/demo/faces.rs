//! Who can be become on the sign-in page of the demo: one person or a few for each role, chosen so that each has
//! something to look at.

use std::collections::BTreeSet;

use huiqi_identity::signin::{Face, set_demo_faces_in};
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use super::cast::{Handler, Players};
use super::city::head_of;
use crate::orders::flow::State as Order;
use crate::requests::flow::State;

/// Seats of the cast that are offered, with what makes them worth a look.
const SEATS: &[(&str, &str, &str)] = &[
    ("bureau-officer", "举报和对中心的投诉", "Reports, and complaints about the centre"),
    ("bureau-approver", "看全市情况", "The whole city at a glance"),
    ("centre-officer", "督办、核实改进", "Supervision and checks of improvements"),
    ("centre-approver", "看运营机构的工作", "How the operator works"),
    ("centre-agent-1", "服务大厅柜台", "A counter of the service hall"),
    ("operator-agent-1", "受理台", "The desk that takes requests in"),
    ("operator-agent-2", "热线", "The hotline"),
    ("operator-dispatcher-1", "派单台，有待派的件", "Dispatch, with requests waiting"),
    ("operator-manager", "超期预警都在这里", "Where warnings arrive"),
    ("tongan:0", "超负荷的窗口", "A window with more than it can do"),
    ("sysadmin", "账号、设置、任务", "Accounts, settings, jobs"),
    ("security-admin", "安全设置", "Security settings"),
    ("audit-admin", "操作日志", "The audit log"),
];

#[derive(FromQueryResult)]
struct NumberRow {
    number: String,
}

#[derive(FromQueryResult)]
struct FirmRow {
    firm: i64,
}

#[derive(FromQueryResult)]
struct BusyRow {
    handler_org: i64,
}

/// An order whose day is over without an answer, and to whom it went.
#[derive(FromQueryResult)]
struct LateRow {
    handler_org: i64,
    handler_window: Option<i64>,
}

#[derive(FromQueryResult)]
struct WindowRow {
    handler_window: i64,
    handler_person: Option<i64>,
}

async fn number(ctx: &Ctx, membership: i64) -> Result<String, Fault> {
    let row: Option<NumberRow> =
        ctx::one(ctx, "SELECT number FROM membership WHERE id = ?", [Value::from(membership)]).await?;
    Ok(row.ok_or(Fault::NotFound)?.number)
}

/// The firm with an account that has most requests in these states, and is not taken yet.
async fn firm_with(
    ctx: &Ctx,
    players: &Players,
    states: [State; 2],
    taken: &BTreeSet<i64>,
) -> Result<Option<i64>, Fault> {
    let rows: Vec<FirmRow> = ctx::all(
        ctx,
        "SELECT c.firm FROM case_record c WHERE c.flow = 'request' AND c.firm IS NOT NULL AND c.state IN (?, ?)
         GROUP BY c.firm ORDER BY COUNT(*) DESC, c.firm",
        states.map(|s| Value::from(s.code())),
    )
    .await?;
    let member = |organisation: i64| {
        players
            .accounts
            .iter()
            .find(|a| a.people.first().and_then(Viewer::actor).is_some_and(|p| p.organisation == organisation))
            .and_then(|a| a.memberships.first().copied())
    };
    Ok(rows.into_iter().filter_map(|row| member(row.firm)).find(|m| !taken.contains(m)))
}

/// Chooses the faces; `newcomer` is the membership of a firm that has just registered.
///
/// # Errors
/// When the database fails.
pub(super) async fn choose(ctx: &Ctx, players: &Players, newcomer: i64) -> Result<(), Fault> {
    let mut chosen: Vec<(i64, &str, &str)> = Vec::new();
    for (seat, zh, en) in SEATS {
        if let Some(membership) = players.seats.get(*seat) {
            chosen.push((*membership, zh, en));
        }
    }
    let windows: Vec<WindowRow> = ctx::all(
        ctx,
        "SELECT c.handler_window, c.handler_person FROM case_record c WHERE c.flow = 'assignment' AND c.closed_at IS NULL
           AND c.handler_window IS NOT NULL ORDER BY c.id",
        [],
    )
    .await?;
    let open = |handler: &Handler| windows.iter().filter(|row| Some(row.handler_window) == handler.key.1).count();
    // Of the ordinary windows the one with most work, and of the small ones, where one person is agent and manager.
    let most = |fits: &dyn Fn(&Handler) -> bool| {
        players
            .handlers
            .iter()
            .filter(|h| h.key.1.is_some() && !h.dead && !h.overloaded && fits(h))
            .rev()
            .max_by_key(|h| open(h))
    };
    let (large, small) = (most(&|h| h.comprehensive), most(&|h| h.agents.len() == 1 && players.manager_is_agent(h)));
    if let Some(window) = large {
        let load = |viewer: &&Viewer| {
            let person = viewer.actor().map(|a| a.person);
            windows
                .iter()
                .filter(|row| row.handler_person == person && Some(row.handler_window) == window.key.1)
                .count()
        };
        let agent = window.agents.iter().max_by_key(load).and_then(Viewer::actor);
        if let Some(agent) = agent {
            chosen.push((agent.membership, "综合窗口，有件在办", "A comprehensive window with work in hand"));
        }
        if let Some(manager) = players.manager_of(window.key) {
            chosen.push((manager, "综合窗口的管理员", "Manager of the comprehensive window"));
        }
    }
    if let Some(agent) = small.and_then(|w| w.agents.first()).and_then(Viewer::actor) {
        chosen.push((agent.membership, "小窗口，经办兼管理", "A small window: agent and manager in one"));
    }
    let busy: Vec<BusyRow> = ctx::all(
        ctx,
        "SELECT c.handler_org FROM case_record c WHERE c.flow = 'assignment' AND c.closed_at IS NULL
           AND c.handler_window IS NULL AND c.handler_org IS NOT NULL
         GROUP BY c.handler_org ORDER BY COUNT(*) DESC, c.handler_org",
        [],
    )
    .await?;
    let offices: Vec<&Handler> = players.handlers.iter().filter(|h| h.department).collect();
    let office = busy
        .iter()
        .find_map(|row| offices.iter().find(|h| h.key.0 == row.handler_org))
        .or(offices.first())
        .and_then(|h| h.agents.first())
        .and_then(Viewer::actor);
    if let Some(officer) = office {
        chosen.push((officer.membership, "政府部门，接收转办单", "An office that receives transferred matters"));
    }
    let district = ["dept-tongan-officer", "dept-siming-officer"]
        .iter()
        .filter_map(|seat| players.seats.get(*seat))
        .find(|m| office.is_none_or(|o| o.membership != **m));
    if let Some(membership) = district {
        chosen.push((*membership, "区级部门，看本区的情况", "A district office: what happens in its district"));
    }
    let provider = busy.iter().find_map(|row| {
        players.seats.iter().find(|(name, membership)| {
            name.ends_with(":provider-agent") && players.provider_of(**membership) == Some(row.handler_org)
        })
    });
    if let Some((_, membership)) = provider {
        chosen.push((*membership, "服务机构，有件在办", "A provider with work in hand"));
    }
    let late: Vec<LateRow> = ctx::all(
        ctx,
        "SELECT handler_org, handler_window FROM case_record
         WHERE flow = 'supervision-order' AND state = ? AND due_on < ? ORDER BY due_on, id",
        [Value::from(Order::Issued.code()), Value::from(ctx.today().to_string())],
    )
    .await?;
    let mut heads = Vec::new();
    for row in &late {
        heads.extend(head_of(ctx, row.handler_org, row.handler_window).await?);
    }
    if !heads.iter().any(|head| chosen.iter().any(|(seat, _, _)| seat == head))
        && let Some(head) = heads.first()
    {
        chosen.push((*head, "有一件督办过期没答复", "An order of supervision is over its day"));
    }
    let mut taken = BTreeSet::new();
    for (states, zh, en) in [
        ([State::Answered, State::Answered], "企业，有答复等您确认", "A firm with an answer to confirm"),
        ([State::InProgress, State::Dispatched], "企业，诉求正在办", "A firm whose request is being handled"),
    ] {
        if let Some(membership) = firm_with(ctx, players, states, &taken).await? {
            taken.insert(membership);
            chosen.push((membership, zh, en));
        }
    }
    chosen.push((newcomer, "刚注册的企业，等核实", "A firm that has just registered and waits for the check"));
    let mut faces = Vec::new();
    for (membership, zh, en) in chosen {
        faces.push(Face { membership: number(ctx, membership).await?, zh: zh.to_owned(), en: en.to_owned() });
    }
    let work = ctx.write(&Viewer::System).await?;
    set_demo_faces_in(&work, &faces).await?;
    work.commit().await
}
