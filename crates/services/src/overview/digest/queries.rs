//! What stands in a digest: read through the scope of whoever reads it.

use huiqi_casework::scope;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use super::super::ask::{Ask, Span};
use super::super::labels;
use super::super::queries::{counts, limit_ask, must, now};
use super::super::sets::{Figure, Watched};
use super::Period;
use crate::improvements::Cause;

/// Fewer than this say nothing as a share.
pub(super) const LEAST: i64 = 5;
/// Sets counted for each of the two periods.
const EACH: usize = 6;
/// Overdue matters named.
const NAMED: usize = 5;

/// One figure over two periods: of how many, how many, and the records behind.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub part: [i64; 2],
    pub whole: [i64; 2],
    pub ask: Ask,
}

/// A matter whose last day is over.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Overdue {
    pub number: String,
    pub district: Option<String>,
    pub turn: String,
    pub due_on: String,
    pub handler: Option<String>,
    pub handler_en: Option<String>,
}

/// Everything in a digest.
pub(super) struct Digest {
    pub period: Period,
    pub span: Span,
    pub at: i64,
    pub intake: Pair,
    pub kept: Pair,
    pub satisfied: Pair,
    /// Grades left out after an appeal, and their records.
    pub excluded: Pair,
    pub overdue: Vec<Overdue>,
    pub overdue_total: i64,
    /// The cause, how many improvements have it, of how many opened, and the records.
    pub cause: Option<(Cause, i64, Ask)>,
    pub improvements: i64,
    /// What the reader sees of the network: the figures are of that.
    pub sees: Bilingual,
}

/// The digest of a period for this viewer.
pub(super) async fn digest(ctx: &Ctx, viewer: &Viewer, period: Period, span: Span) -> Result<Digest, Fault> {
    let now = now(ctx);
    let own = Ask::default().within(span);
    let before = Ask::default().within(period.before(span));
    let mut sets = Vec::new();
    for ask in [&own, &before] {
        sets.push(must(Figure::Intake, viewer, &ask.of(Figure::Intake), now)?);
        sets.push(must(Figure::Limit, viewer, &limit_ask(ask, Watched::Answer, ""), now)?);
        sets.push(must(Figure::Limit, viewer, &limit_ask(ask, Watched::Answer, "yes"), now)?);
        sets.push(must(Figure::Rated, viewer, &ask.of(Figure::Rated), now)?);
        sets.push(must(Figure::Satisfied, viewer, &ask.of(Figure::Satisfied), now)?);
        sets.push(must(Figure::Excluded, viewer, &ask.of(Figure::Excluded), now)?);
    }
    let opened = own.of(Figure::ImproveOpened);
    sets.push(must(Figure::ImproveOpened, viewer, &opened, now)?);
    let by_cause = |cause: Cause| opened.clone().with(|a| a.cause = cause.code().to_owned());
    for cause in Cause::ALL {
        sets.push(must(Figure::ImproveOpened, viewer, &by_cause(*cause), now)?);
    }
    let n = counts(ctx, &sets).await?;
    let pair = |part: usize, whole: usize, ask: Ask| Pair {
        part: [n[part], n[part + EACH]],
        whole: [n[whole], n[whole + EACH]],
        ask,
    };
    // Of several equally frequent causes the first in their order.
    let cause = Cause::ALL
        .iter()
        .zip(&n[2 * EACH + 1..])
        .filter(|(_, n)| **n > 0)
        .max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0)))
        .map(|(cause, n)| (*cause, *n, by_cause(*cause)));
    let scope = scope::visible(viewer)
        .and("c.flow = 'request' AND c.closed_at IS NULL AND c.due_on < ?", [Value::from(now.today.to_string())]);
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let total: Option<Count> =
        ctx::one(ctx, &format!("SELECT COUNT(*) AS n FROM case_record c WHERE {}", scope.sql), scope.values.clone())
            .await?;
    let overdue = ctx::all(
        ctx,
        &format!(
            "SELECT c.number, c.district, c.turn, c.due_on, COALESCE(w.name, o.name) AS handler,
                CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS handler_en
             FROM case_record c JOIN request r ON r.case_id = c.id
             LEFT JOIN case_record l ON l.id = r.lead AND l.closed_at IS NULL
             LEFT JOIN organisation o ON o.id = l.handler_org LEFT JOIN service_window w ON w.id = l.handler_window
             WHERE {} ORDER BY c.due_on, c.id LIMIT {NAMED}",
            scope.sql
        ),
        scope.values,
    )
    .await?;
    let reports = scope::sees_reports(ctx, viewer).await?;
    Ok(Digest {
        period,
        span,
        at: ctx.now(),
        intake: pair(0, 0, own.of(Figure::Intake)),
        kept: pair(2, 1, limit_ask(&own, Watched::Answer, "")),
        satisfied: pair(4, 3, own.of(Figure::Rated)),
        excluded: pair(5, 5, own.of(Figure::Excluded)),
        overdue,
        overdue_total: total.map_or(0, |c| c.n),
        cause,
        improvements: n[2 * EACH],
        sees: Bilingual::say(|l| labels::sees(viewer, reports, l)),
    })
}

/// The periods this membership subscribes to.
pub(super) async fn subscribed(ctx: &Ctx, membership: i64) -> Result<Vec<Period>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        period: String,
    }
    let rows: Vec<Row> = ctx::all(
        ctx,
        "SELECT period FROM digest_subscription WHERE membership = ? ORDER BY period DESC",
        [Value::from(membership)],
    )
    .await?;
    Ok(rows.iter().filter_map(|row| Period::from_code(&row.period)).collect())
}
