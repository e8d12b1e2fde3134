//! Reads of common problems; each takes the viewer and gives only what that viewer may see.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days};
use huiqi_casework::record::{COLUMNS, Case};
use huiqi_casework::scope;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::Count;
use huiqi_kernel::text;
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::dates;

use super::rules;

/// Details of a problem.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Detail {
    /// What the problem is.
    pub description: String,
    /// The one answer.
    pub answer: Option<String>,
    /// When it was given.
    pub answered_at: Option<i64>,
    /// What should be changed.
    pub proposal: Option<String>,
    /// When it was proposed.
    pub proposed_at: Option<i64>,
    /// Code of the outcome.
    pub outcome: Option<String>,
    /// The bureau's words.
    pub reply: Option<String>,
    /// Day of the written answer, or by which it is carried out, ISO.
    pub reply_on: Option<String>,
    /// When the bureau answered.
    pub replied_at: Option<i64>,
    /// How it was carried out.
    pub finished: Option<String>,
    /// When that was said.
    pub finished_at: Option<i64>,
}

/// Columns of [`Detail`], with the table named `d`.
pub(crate) const DETAIL: &str = "d.description, d.answer, d.answered_at, d.proposal, d.proposed_at, d.outcome, d.reply, \
    d.reply_on, d.replied_at, d.finished, d.finished_at";

/// The details of a problem.
///
/// # Errors
/// [`Fault::NotFound`] when the case is none.
pub async fn detail(ctx: &Ctx, case: i64) -> Result<Detail, Fault> {
    ctx::one(ctx, &format!("SELECT {DETAIL} FROM problem d WHERE d.case_id = ?"), [Value::from(case)])
        .await?
        .ok_or(Fault::NotFound)
}

/// A request of a problem.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Gathered {
    /// The request.
    #[sea_orm(nested)]
    pub case: Case,
    /// Whether it got the answer of the problem.
    pub answered: bool,
    /// Whether it came along with another one into which it was merged.
    pub along: bool,
    /// Who asks.
    pub firm_name: Option<String>,
}

/// The requests of a problem, and those merged into them, oldest first, as far as the viewer may see them.
///
/// # Errors
/// When the database fails.
pub async fn gathered(ctx: &Ctx, viewer: &Viewer, problem: i64) -> Result<Vec<Gathered>, Fault> {
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT {COLUMNS}, COALESCE(g.answered, ?) AS answered, CASE WHEN g.request IS NULL THEN ? ELSE ? END AS along,
            COALESCE(f.name, c.asker) AS firm_name
         FROM case_record c JOIN request r ON r.case_id = c.id
         LEFT JOIN problem_request g ON g.request = c.id AND g.problem = ?
         LEFT JOIN organisation f ON f.id = c.firm
         WHERE COALESCE(c.kind, '') <> 'report' AND ({})
           AND (g.request IS NOT NULL OR r.merged_into IN (SELECT h.request FROM problem_request h WHERE h.problem = ?))
         ORDER BY c.id",
        scope.sql
    );
    let mut values = vec![Value::from(false), Value::from(true), Value::from(false), Value::from(problem)];
    values.extend(scope.values);
    values.push(Value::from(problem));
    ctx::all(ctx, &text, values).await
}

/// The figures behind a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// Requests.
    pub requests: i64,
    /// Distinct firms; requests without a name of a firm stand for none.
    pub firms: i64,
    /// Code of the district (none: not known) with requests and firms.
    pub districts: Vec<(Option<String>, i64, i64)>,
    /// Month `2026-10` with requests and firms that month.
    pub months: Vec<(String, i64, i64)>,
}

/// Counts the requests and firms behind a problem by district and month of submission.
pub fn basis(gathered: &[Gathered]) -> Basis {
    type Cell = (i64, BTreeSet<String>);
    let mut districts: BTreeMap<Option<String>, Cell> = BTreeMap::new();
    let mut months: BTreeMap<String, Cell> = BTreeMap::new();
    let mut firms = BTreeSet::new();
    for one in gathered {
        let firm = one.case.firm.map(|id| format!("#{id}")).or_else(|| one.case.asker.clone());
        let day = dates::day_of(one.case.opened_at);
        let month = format!("{:04}-{:02}", day.year(), day.month());
        for cell in [districts.entry(one.case.district.clone()).or_default(), months.entry(month).or_default()] {
            cell.0 += 1;
            cell.1.extend(firm.clone());
        }
        firms.extend(firm);
    }
    let flat = |(n, firms): Cell| (n, firms.len() as i64);
    let mut out = Basis { requests: gathered.len() as i64, firms: firms.len() as i64, ..Basis::default() };
    out.districts = districts
        .into_iter()
        .map(|(code, cell)| {
            let (n, firms) = flat(cell);
            (code, n, firms)
        })
        .collect();
    // Most first; what is not known comes last.
    out.districts.sort_by_key(|(code, n, _)| (code.is_none(), -n, code.clone()));
    out.months = months
        .into_iter()
        .map(|(month, cell)| {
            let (n, firms) = flat(cell);
            (month, n, firms)
        })
        .collect();
    out
}

/// A problem in the list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    /// The case.
    #[sea_orm(nested)]
    pub case: Case,
    /// Requests gathered.
    pub requests: i64,
    /// Code of the outcome.
    pub outcome: Option<String>,
}

/// The newest problems this viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Ctx, viewer: &Viewer, limit: usize) -> Result<Vec<Row>, Fault> {
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT {COLUMNS}, d.outcome,
            (SELECT COUNT(*) FROM problem_request g WHERE g.problem = c.id) AS requests
         FROM case_record c JOIN problem d ON d.case_id = c.id
         WHERE ({}) ORDER BY CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END, c.id DESC LIMIT {limit}",
        scope.sql
    );
    ctx::all(ctx, &text, scope.values).await
}

/// Requests that may be a common problem.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// Title of the newest one.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Numbers, newest first.
    pub numbers: Vec<String>,
    /// Distinct firms.
    pub firms: i64,
}

/// Most requests looked at for suggestions.
const LOOKED_AT: usize = 400;
/// Most suggestions shown.
const SUGGESTED: usize = 5;

/// Groups of requests of the last days that say the same, are under no problem, and are many enough (parameters).
///
/// # Errors
/// When the database fails.
pub async fn suggestions(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<Suggestion>, Fault> {
    let from = ctx.rules().on(ctx.today()).count(Count::CommonProblemFrom);
    groups_of(ctx, viewer, usize::try_from(from).unwrap_or(usize::MAX)).await
}

/// As [`suggestions`], groups of at least `least`.
///
/// # Errors
/// When the database fails.
pub async fn groups_of(ctx: &Ctx, viewer: &Viewer, least: usize) -> Result<Vec<Suggestion>, Fault> {
    #[derive(FromQueryResult)]
    struct Recent {
        number: String,
        title: String,
        words: String,
        category: String,
        firm: Option<i64>,
        asker: Option<String>,
    }
    let today = ctx.today();
    let since = today - Days::new(u64::from(ctx.rules().on(today).count(Count::CommonProblemDays)));
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT c.number, c.title, r.words, c.category, c.firm, c.asker FROM case_record c
         JOIN request r ON r.case_id = c.id
         WHERE c.flow = 'request' AND c.category IS NOT NULL AND COALESCE(c.kind, '') NOT IN ('report', 'complaint')
           AND c.opened_at >= ? AND ({})
           AND NOT EXISTS (SELECT 1 FROM problem_request g JOIN case_record p ON p.id = g.problem
                           WHERE g.request = c.id AND p.state <> 'dissolved')
         ORDER BY c.id DESC LIMIT {LOOKED_AT}",
        scope.sql
    );
    let mut values = vec![Value::from(day_start(since))];
    values.extend(scope.values);
    let recent: Vec<Recent> = ctx::all(ctx, &text, values).await?;
    let texts: Vec<(String, BTreeSet<String>)> = recent
        .iter()
        .map(|r| {
            let words: String = r.words.chars().take(80).collect();
            (r.category.clone(), text::telling_terms(&format!("{} {words}", r.title)).into_iter().collect())
        })
        .collect();
    Ok(rules::groups(&texts, least)
        .into_iter()
        .take(SUGGESTED)
        .map(|group| {
            let firms: BTreeSet<String> = group
                .iter()
                .filter_map(|i| recent[*i].firm.map(|id| format!("#{id}")).or_else(|| recent[*i].asker.clone()))
                .collect();
            Suggestion {
                title: recent[group[0]].title.clone(),
                category: recent[group[0]].category.clone(),
                numbers: group.iter().map(|i| recent[*i].number.clone()).collect(),
                firms: firms.len() as i64,
            }
        })
        .collect())
}

/// The problem a request belongs to, as its page tells it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Above {
    /// Number of the problem.
    pub number: String,
    /// Title.
    pub title: String,
    /// State code.
    pub state: String,
    /// Whether the request got its answer.
    pub answered: bool,
    /// Firms' requests gathered.
    pub requests: i64,
    /// Code of the outcome.
    pub outcome: Option<String>,
    /// The bureau's words.
    pub reply: Option<String>,
    /// Day of the written answer, or by which it is carried out.
    pub reply_on: Option<String>,
    /// How it was carried out.
    pub finished: Option<String>,
}

/// The newest problem a request (or the one it was merged into) belongs to, dissolved ones left out.
///
/// # Errors
/// When the database fails.
pub async fn above(ctx: &Ctx, request: i64, target: Option<i64>) -> Result<Option<Above>, Fault> {
    ctx::one(
        ctx,
        "SELECT c.number, c.title, c.state, g.answered, d.outcome, d.reply, d.reply_on, d.finished,
            (SELECT COUNT(*) FROM problem_request h WHERE h.problem = c.id) AS requests
         FROM problem_request g JOIN case_record c ON c.id = g.problem JOIN problem d ON d.case_id = c.id
         WHERE g.request IN (?, ?) AND c.state <> 'dissolved' ORDER BY c.id DESC LIMIT 1",
        [Value::from(request), Value::from(target.unwrap_or(request))],
    )
    .await
}
