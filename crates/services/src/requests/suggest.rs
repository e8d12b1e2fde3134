//! Whom to send a request to, and why: kind × category × district × cluster × firm × load and record.
//!
//! A score is only for the order; what a dispatcher reads are the reasons.

use std::collections::HashMap;

use huiqi_casework::record::Case;
use huiqi_identity::organisations::{self, OrgName, WindowState};
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Capacity;
use huiqi_registers::{providers, windows};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, clock::DAY_MS, ctx};

use super::actions::Target;
use super::facts::Detail;
use crate::t;

/// A reason for or against a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Serves the district or zone of the firm.
    Territory,
    /// Serves this kind of service.
    Category,
    /// Serves everything.
    AllRound,
    /// Open assignments now.
    Load(i64),
    /// Assignments in the last 180 days, and how many of them it took.
    Record(i64, i64),
    /// Mean grade in hundredths, and from how many grades.
    Graded(i64, i64),
    /// Had this request before and did not bring it to an end.
    Before,
}

/// One suggestion.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// Where it would go.
    pub target: Target,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// A window, not a provider.
    pub is_window: bool,
    /// District or zone.
    pub district: Option<String>,
    /// For the order, highest first.
    pub score: i64,
    /// Why.
    pub why: Vec<Why>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Past {
    open: i64,
    offered: i64,
    taken: i64,
    grades: i64,
    grade_sum: i64,
}

type Key = (i64, Option<i64>);

/// Load and record of every handler, in two statements whatever their number.
async fn pasts(ctx: &Ctx) -> Result<HashMap<Key, Past>, Fault> {
    #[derive(FromQueryResult)]
    struct LoadRow {
        handler_org: i64,
        handler_window: Option<i64>,
        open: i64,
        offered: i64,
        taken: i64,
    }
    #[derive(FromQueryResult)]
    struct GradeRow {
        organisation: i64,
        service_window: Option<i64>,
        grades: i64,
        grade_sum: i64,
    }
    let since = ctx.now() - 180 * DAY_MS;
    let mut pasts: HashMap<Key, Past> = HashMap::new();
    let rows: Vec<LoadRow> = ctx::all(
        ctx,
        "SELECT c.handler_org, c.handler_window,
            CAST(SUM(CASE WHEN c.closed_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS open,
            COUNT(*) AS offered,
            CAST(SUM(CASE WHEN a.taken_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS taken
         FROM case_record c JOIN assignment a ON a.case_id = c.id
         WHERE c.flow = 'assignment' AND c.opened_at >= ? AND c.handler_org IS NOT NULL
         GROUP BY c.handler_org, c.handler_window",
        [Value::from(since)],
    )
    .await?;
    for row in rows {
        let past = pasts.entry((row.handler_org, row.handler_window)).or_default();
        (past.open, past.offered, past.taken) = (row.open, row.offered, row.taken);
    }
    let rows: Vec<GradeRow> = ctx::all(
        ctx,
        "SELECT organisation, service_window, COUNT(*) AS grades, CAST(SUM(grade) AS BIGINT) AS grade_sum
         FROM rating WHERE at >= ? AND organisation IS NOT NULL AND excluded_at IS NULL GROUP BY organisation, service_window",
        [Value::from(since)],
    )
    .await?;
    for row in rows {
        let past = pasts.entry((row.organisation, row.service_window)).or_default();
        (past.grades, past.grade_sum) = (row.grades, row.grade_sum);
    }
    Ok(pasts)
}

fn judge(past: Past, mut score: i64, mut why: Vec<Why>) -> (i64, Vec<Why>) {
    score -= past.open * 2;
    why.push(Why::Load(past.open));
    if past.offered >= 3 {
        score += (past.taken * 10) / past.offered - 8;
        why.push(Why::Record(past.offered, past.taken));
    }
    if past.grades >= 3 {
        let hundredths = past.grade_sum * 100 / past.grades;
        score += (hundredths - 400) / 20;
        why.push(Why::Graded(hundredths, past.grades));
    }
    (score, why)
}

/// Suggestions for one request, best first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn suggest(
    ctx: &Ctx,
    case: &Case,
    detail: &Detail,
    before: &[Key],
    limit: usize,
) -> Result<Vec<Suggestion>, Fault> {
    let pasts = pasts(ctx).await?;
    let windows = windows::all_open(ctx).await?;
    let providers = match case.category.as_deref() {
        Some(category) => providers::by_category(ctx, Some(category)).await?,
        None => Vec::new(),
    };
    Ok(rank(case, detail, before, limit, &pasts, &windows, &providers))
}

/// Everything needed to suggest for several requests at once.
pub struct Board {
    pasts: HashMap<Key, Past>,
    windows: Vec<windows::Profile>,
    providers: Vec<providers::Brief>,
    departments: Vec<(i64, OrgName)>,
}

/// Loads what suggestions need, once for many requests.
///
/// # Errors
/// When the database fails.
pub async fn board(ctx: &Ctx) -> Result<Board, Fault> {
    Ok(Board {
        pasts: pasts(ctx).await?,
        windows: windows::all_open(ctx).await?,
        providers: providers::by_category(ctx, None).await?,
        departments: organisations::with_capacities(ctx, &[Capacity::Department]).await?,
    })
}

impl Board {
    /// Suggestions for one request, best first.
    pub fn suggest(&self, case: &Case, detail: &Detail, before: &[Key], limit: usize) -> Vec<Suggestion> {
        rank(case, detail, before, limit, &self.pasts, &self.windows, &self.providers)
    }

    /// Everybody who can be chosen by hand for a request: windows, providers, departments; public number and name. Not
    /// whom it complains about, and not those that have it already.
    pub fn choices(&self, detail: &Detail, open: &[Key], locale: Locale) -> Vec<(String, String)> {
        let fits = |key: Key| detail.about_org != Some(key.0) && !open.contains(&key);
        let windows = self
            .windows
            .iter()
            .filter(|w| fits((w.organisation, Some(w.window))))
            .map(|w| (w.number.clone(), w.shown(locale).to_owned()));
        let providers =
            self.providers.iter().filter(|p| fits((p.organisation, None))).map(|p| (p.number.clone(), p.name.clone()));
        let departments = self
            .departments
            .iter()
            .filter(|(id, _)| fits((*id, None)))
            .map(|(_, d)| (d.number.clone(), d.shown(locale).to_owned()));
        windows.chain(departments).chain(providers).collect()
    }
}

fn rank(
    case: &Case,
    detail: &Detail,
    before: &[Key],
    limit: usize,
    pasts: &HashMap<Key, Past>,
    windows: &[windows::Profile],
    providers: &[providers::Brief],
) -> Vec<Suggestion> {
    let category = case.category.as_deref();
    let mut out: Vec<Suggestion> = Vec::new();
    for window in windows.iter().filter(|w| w.state == WindowState::Connected) {
        let territory = window.district.is_some() && window.district == case.district;
        let serves = category.is_some_and(|c| window.categories.iter().any(|k| k == c));
        let all_round = window.categories.is_empty() || window.kind == windows::Kind::Comprehensive;
        let mut score = 0;
        let mut why = Vec::new();
        if territory {
            score += if window.kind == windows::Kind::Comprehensive { 34 } else { 18 };
            why.push(Why::Territory);
        }
        if serves && window.kind != windows::Kind::Comprehensive {
            score += 16;
            why.push(Why::Category);
        } else if all_round && territory {
            why.push(Why::AllRound);
        } else if !territory || !serves {
            continue;
        }
        if !territory && window.kind == windows::Kind::Comprehensive {
            continue;
        }
        let key = (window.organisation, Some(window.window));
        push(
            &mut out,
            key,
            window.name.clone(),
            window.name_en.clone(),
            true,
            window.district.clone(),
            score,
            why,
            pasts,
            before,
            detail,
        );
    }
    for provider in providers {
        let serves = category.is_some_and(|c| provider.categories.iter().any(|k| k == c));
        if !serves {
            continue;
        }
        let mut score = 20;
        let mut why = vec![Why::Category];
        if provider.district.is_some() && provider.district == case.district {
            score += 8;
            why.insert(0, Why::Territory);
        }
        let key = (provider.organisation, None);
        push(
            &mut out,
            key,
            provider.name.clone(),
            provider.name_en.clone(),
            false,
            provider.district.clone(),
            score,
            why,
            pasts,
            before,
            detail,
        );
    }
    out.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.target.organisation.cmp(&b.target.organisation)));
    out.truncate(limit);
    out
}

#[allow(clippy::too_many_arguments)]
fn push(
    out: &mut Vec<Suggestion>,
    key: Key,
    name: String,
    name_en: Option<String>,
    is_window: bool,
    district: Option<String>,
    score: i64,
    why: Vec<Why>,
    pasts: &HashMap<Key, Past>,
    before: &[Key],
    detail: &Detail,
) {
    // Nobody is given a complaint about himself.
    if detail.about_org == Some(key.0) {
        return;
    }
    let (mut score, mut why) = judge(pasts.get(&key).copied().unwrap_or_default(), score, why);
    if before.contains(&key) {
        score -= 30;
        why.push(Why::Before);
    }
    out.push(Suggestion {
        target: Target { organisation: key.0, window: key.1, lead: false, why: codes(&why) },
        name,
        name_en,
        is_window,
        district,
        score,
        why,
    });
}

/// Reasons as they are kept with an assignment.
fn codes(why: &[Why]) -> String {
    why.iter()
        .map(|w| match w {
            Why::Territory => "territory".to_owned(),
            Why::Category => "category".to_owned(),
            Why::AllRound => "all-round".to_owned(),
            Why::Load(n) => format!("load:{n}"),
            Why::Record(n, taken) => format!("record:{n}:{taken}"),
            Why::Graded(mean, n) => format!("graded:{mean}:{n}"),
            Why::Before => "before".to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reasons kept with an assignment, in words.
pub fn reasons(codes: &str, district: Option<&str>, locale: Locale) -> String {
    let m = t(locale);
    let place = district.and_then(District::by_code).map_or("", |d| d.name(locale));
    codes
        .split(' ')
        .filter_map(|code| {
            let mut parts = code.split(':');
            let what = parts.next()?;
            let mut n = || parts.next().and_then(|p| p.parse::<i64>().ok()).unwrap_or_default();
            Some(match what {
                "territory" => m.suggest_territory(place),
                "category" => m.suggest_category(),
                "all-round" => m.suggest_all_round(),
                "load" => m.suggest_load(n()),
                "record" => {
                    let (offered, taken) = (n(), n());
                    m.suggest_record(offered, taken)
                }
                "graded" => {
                    let (mean, count) = (n(), n());
                    m.suggest_graded(huiqi_web::dates::hundredths(mean), count)
                }
                "before" => m.suggest_before(),
                "own-counter" => m.suggest_own_counter(),
                _ => return None,
            })
        })
        .collect::<Vec<_>>()
        .join(&m.suggest_join())
}

impl Suggestion {
    /// The reasons in words.
    pub fn reasons(&self, locale: Locale) -> String {
        reasons(&self.target.why, self.district.as_deref(), locale)
    }

    /// The name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        match (locale, self.name_en.as_deref()) {
            (Locale::En, Some(en)) if !en.is_empty() => en,
            _ => &self.name,
        }
    }

    /// The value of its check box: `window:ID` or `provider:ID` by public number would leak nothing, but row ids never
    /// leave; the number is looked up again by [`find_target`].
    pub fn value(&self, numbers: &HashMap<Key, String>) -> String {
        numbers.get(&(self.target.organisation, self.target.window)).cloned().unwrap_or_default()
    }
}

/// Public numbers of windows (`CK-…`) and providers (`ZZ-…`), for forms.
pub fn numbers(board: &Board) -> HashMap<Key, String> {
    let mut out: HashMap<Key, String> =
        board.windows.iter().map(|w| ((w.organisation, Some(w.window)), w.number.clone())).collect();
    out.extend(board.departments.iter().map(|(id, d)| ((*id, None), d.number.clone())));
    out.extend(board.providers.iter().map(|p| ((p.organisation, None), p.number.clone())));
    out
}

/// The target that a form names by its public number.
pub fn find_target(board: &Board, number: &str) -> Option<(Target, String)> {
    if let Some(w) = board.windows.iter().find(|w| w.number == number) {
        let target = Target { organisation: w.organisation, window: Some(w.window), lead: false, why: String::new() };
        return Some((target, w.name.clone()));
    }
    if let Some((id, d)) = board.departments.iter().find(|(_, d)| d.number == number) {
        let target = Target { organisation: *id, window: None, lead: false, why: String::new() };
        return Some((target, d.name.clone()));
    }
    board.providers.iter().find(|p| p.number == number).map(|p| {
        let target = Target { organisation: p.organisation, window: None, lead: false, why: String::new() };
        (target, p.name.clone())
    })
}
