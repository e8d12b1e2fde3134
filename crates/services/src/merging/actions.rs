//! Merging one request into another, answering all of them, and taking one out again.

use huiqi_casework::inbox::visible_in;
use huiqi_casework::record::{self, Case, Said, by_id_in};
use huiqi_casework::{scope, team, timeline};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::art;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde_json::json;

use crate::assignments::actions::{self as assignments, names_in};
use crate::assignments::flow::Action as AssignmentAction;
use crate::requests::actions::{Target, put_answer, tell, tell_turn};
use crate::requests::facts::{Detail, detail_in, load_in};
use crate::requests::flow::{Action, FLOW, State};
use crate::requests::rules;
use crate::t;

/// Merges a request into another open one, its target; returns the target.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] when the two cannot be one matter, [`Fault::Stale`].
pub async fn merge(
    ctx: &Ctx,
    viewer: &Viewer,
    number: &str,
    into: &str,
    words: &str,
    version: Option<i64>,
) -> Result<Case, Fault> {
    let work = ctx.write(viewer).await?;
    let case = visible_in(&work, viewer, number).await?;
    let target = match visible_in(&work, viewer, &into.trim().to_uppercase()).await {
        Ok(target) if target.flow == FLOW.code => target,
        Ok(_) | Err(Fault::NotFound) => return Err(Fault::invalid("into", |l| t(l).merge_unknown())),
        Err(fault) => return Err(fault),
    };
    let target = merge_in(&work, viewer, &case, &target, words, version).await?;
    work.commit().await?;
    Ok(target)
}

/// As [`merge`], inside a transaction.
///
/// # Errors
/// As [`merge`].
pub(crate) async fn merge_in(
    work: &Work,
    viewer: &Viewer,
    case: &Case,
    target: &Case,
    words: &str,
    version: Option<i64>,
) -> Result<Case, Fault> {
    // Two people who merge two requests crosswise come one after the other, and nobody answers the target meanwhile.
    let mut ids = [case.id, target.id];
    ids.sort_unstable();
    for id in ids {
        work.run("UPDATE case_record SET version = version WHERE id = ?", [Value::from(id)]).await?;
    }
    let (mut case, detail, assigned, facts) = load_in(work, by_id_in(work, case.id).await?).await?;
    let target = by_id_in(work, target.id).await?;
    let about = detail_in(work, target.id).await?.about();
    rules::one_matter(&case, detail.about(), &target, about).map_err(|refusal| {
        if refusal.hidden { Fault::NotFound } else { Fault::Invalid { field: "into", message: refusal.reason } }
    })?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let mut said = Said::nothing().inside().with(json!({ "into": target.number }));
    said.words = Some(words).filter(|w| !w.trim().is_empty());
    said.seen = version;
    record::take_in(work, &FLOW, &mut case, Action::Merge, Doer::Person(actor), &facts, said).await?;
    work.run(
        "UPDATE request SET merged_into = ?, merged_at = ?, lead = NULL, mode = NULL, chosen = ? WHERE case_id = ?",
        [Value::from(target.id), Value::from(work.now()), Value::from(false), Value::from(case.id)],
    )
    .await?;
    let note = json!({ "in": case.number });
    record::note_in(work, &target, timeline::MERGED_IN, art(5), None, false, &note).await?;
    // What waited with this one waits with the target now.
    for other in waiting_in(work, case.id).await? {
        work.run(
            "UPDATE request SET merged_into = ? WHERE case_id = ?",
            [Value::from(target.id), Value::from(other.id)],
        )
        .await?;
        work.audit("request.merge-along", "case", &other.number, json!({ "into": target.number })).await?;
    }
    for below in assigned.iter().filter(|a| a.is_open()) {
        let words = t(Locale::Zh).merge_recalled_words();
        assignments::end_in(work, below.case.clone(), AssignmentAction::Recall, &words).await?;
        let people = team::queries::on_case_in(work, &below.case).await?;
        tell(work, &case, &people, "handler", |l, c| t(l).merge_notice_recalled(&c.number, &c.title)).await?;
    }
    Ok(target)
}

/// The requests that wait for the answer of another one, oldest first.
pub(crate) async fn waiting_in(work: &Work, target: i64) -> Result<Vec<Case>, Fault> {
    let text = format!(
        "SELECT {} FROM case_record c JOIN request r ON r.case_id = c.id WHERE r.merged_into = ? AND c.state = ?
         ORDER BY c.id",
        record::COLUMNS
    );
    work.all(&text, [Value::from(target), Value::from(State::Merged.code())]).await
}

/// The target was answered: so is everybody who waits with it.
pub(crate) async fn answered_in(
    work: &Work,
    target: i64,
    answer: &str,
    org: Option<i64>,
    window: Option<i64>,
) -> Result<(), Fault> {
    let waiting = waiting_in(work, target).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let names = match org {
        Some(organisation) => {
            names_in(work, &[Target { organisation, window, lead: false, why: String::new() }]).await?
        }
        None => Bilingual::say(|_| String::new()),
    };
    for case in waiting {
        let (mut case, _, _, facts) = load_in(work, case).await?;
        let said = Said::words(answer).with(json!({ "by": names.zh, "by_en": names.en }));
        record::take_in(work, &FLOW, &mut case, Action::Answer, Doer::System, &facts, said).await?;
        put_answer(work, &case, answer, org, window).await?;
    }
    Ok(())
}

/// The target ended without an answer: who waited with it is served separately again.
pub(crate) async fn parted_in(work: &Work, target: &Case) -> Result<(), Fault> {
    for case in waiting_in(work, target.id).await? {
        let (mut case, _, _, facts) = load_in(work, case).await?;
        let words = t(Locale::Zh).merge_parted_words();
        let said = Said::words(&words).inside();
        record::take_in(work, &FLOW, &mut case, Action::Unmerge, Doer::System, &facts, said).await?;
        left_in(work, &case, Some(target.id)).await?;
    }
    Ok(())
}

/// A request has left its target: the target's timeline keeps it, and whose turn it is now is told.
pub(crate) async fn left_in(work: &Work, case: &Case, target: Option<i64>) -> Result<(), Fault> {
    if let Some(target) = target {
        let (target, detail) = (by_id_in(work, target).await?, json!({ "out": case.number }));
        record::note_in(work, &target, timeline::MERGED_OUT, art(5), None, false, &detail).await?;
    }
    work.run("UPDATE request SET merged_into = NULL, merged_at = NULL WHERE case_id = ?", [Value::from(case.id)])
        .await?;
    tell_turn(work, case, |l, c| t(l).merge_notice_parted(&c.number, &c.title)).await
}

/// A request that may be the same matter as another, and what speaks for it.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The request.
    pub case: Case,
    /// Its details.
    pub detail: Detail,
    /// Who asks, by name.
    pub firm: Option<String>,
    /// Why it may be the same.
    pub signs: Signs,
}

/// What two requests have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// The same firm asks.
    pub firm: bool,
    /// The same phone was given.
    pub phone: bool,
    /// Whether the category is the same; nothing where one of them has none yet.
    pub category: Option<bool>,
    /// Words in common, in percent of the words of the first.
    pub words: i64,
}

impl Signs {
    /// How much speaks for one matter; 0: too little to be shown.
    pub fn weight(self) -> i64 {
        let same_asker = self.firm || self.phone;
        let same_category = self.category == Some(true);
        let enough = match self.category {
            _ if same_asker => same_category || self.words >= 20,
            Some(true) => self.words >= 45,
            // Nobody has said what it is about, so the words have to say more.
            None => self.words >= 60,
            Some(false) => false,
        };
        if enough { i64::from(same_asker) * 50 + i64::from(same_category) * 15 + self.words } else { 0 }
    }
}

/// Most candidates shown.
const SHOWN: usize = 5;

/// Open requests that may be the same matter as this one, the likeliest first, within what the viewer sees.
///
/// # Errors
/// When the database fails.
pub async fn alike(ctx: &Ctx, viewer: &Viewer, case: &Case, detail: &Detail) -> Result<Vec<Alike>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        case: Case,
        hits: Option<i64>,
        firm_name: Option<String>,
    }
    let words = format!("{} {}", case.title, detail.words);
    let terms = text::telling_terms(&words).len().clamp(1, search::NEAR_TERMS) as i64;
    let Some((near, mut values)) = search::near(ctx.db().backend(), Kind::Request, &words) else {
        return Ok(Vec::new());
    };
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT {}, n.hits, COALESCE(f.name, c.asker) AS firm_name FROM case_record c JOIN request r ON r.case_id = c.id
         LEFT JOIN ({near}) n ON n.id = c.id LEFT JOIN organisation f ON f.id = c.firm
         WHERE c.flow = 'request' AND c.closed_at IS NULL AND c.id <> ? AND c.desk = ?
           AND c.state IN ('submitted', 'accepted', 'dispatched', 'in-progress', 'waiting')
           AND COALESCE(c.kind, '') <> 'report'
           AND ((c.firm IS NOT NULL AND c.firm = ?) OR r.phone = ? OR n.hits * 100 >= ?) AND ({})
         ORDER BY CASE WHEN n.hits IS NULL THEN 0 ELSE n.hits END DESC, c.id LIMIT 30",
        record::COLUMNS,
        scope.sql
    );
    values.extend([
        Value::from(case.id),
        Value::from(case.desk.clone()),
        Value::from(case.firm),
        Value::from(detail.phone.clone()),
        Value::from(terms * 45),
    ]);
    values.extend(scope.values);
    let rows: Vec<Row> = ctx::all(ctx, &text, values).await?;
    let ids: Vec<i64> = rows.iter().map(|r| r.case.id).collect();
    let mut details = crate::requests::facts::details(ctx, &ids).await?;
    let mut found: Vec<Alike> = rows
        .into_iter()
        .filter_map(|row| {
            let other = details.remove(&row.case.id)?;
            rules::one_matter(case, detail.about(), &row.case, other.about()).ok()?;
            let signs = Signs {
                firm: case.firm.is_some() && case.firm == row.case.firm,
                phone: detail.phone == other.phone,
                category: case.category.as_ref().zip(row.case.category.as_ref()).map(|(a, b)| a == b),
                words: (row.hits.unwrap_or_default() * 100 / terms).min(100),
            };
            (signs.weight() > 0).then_some(Alike { case: row.case, detail: other, firm: row.firm_name, signs })
        })
        .collect();
    found.sort_by_key(|a| (-a.signs.weight(), a.case.id));
    found.truncate(SHOWN);
    Ok(found)
}

/// The other request of a merger, as far as a page needs it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Other {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// State code.
    pub state: String,
    /// The firm served.
    pub firm: Option<i64>,
    /// Its name, or the name given.
    pub firm_name: Option<String>,
}

/// The target of a request that was merged.
///
/// # Errors
/// When the database fails.
pub async fn target(ctx: &Ctx, detail: &Detail) -> Result<Option<Other>, Fault> {
    let Some(target) = detail.merged_into else { return Ok(None) };
    ctx::one(
        ctx,
        "SELECT c.number, c.title, c.state, c.firm, COALESCE(f.name, c.asker) AS firm_name FROM case_record c
         LEFT JOIN organisation f ON f.id = c.firm WHERE c.id = ?",
        [Value::from(target)],
    )
    .await
}

/// The requests merged into one that this viewer sees, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn merged(ctx: &Ctx, viewer: &Viewer, target: i64) -> Result<Vec<Other>, Fault> {
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT c.number, c.title, c.state, c.firm, COALESCE(f.name, c.asker) AS firm_name
         FROM case_record c JOIN request r ON r.case_id = c.id LEFT JOIN organisation f ON f.id = c.firm
         WHERE r.merged_into = ? AND ({}) ORDER BY c.id",
        scope.sql
    );
    ctx::all(ctx, &text, std::iter::once(Value::from(target)).chain(scope.values)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sign_alone_is_not_enough() {
        let signs = |firm, category, words| Signs { firm, phone: false, category, words }.weight();
        let (same, other) = (Some(true), Some(false));
        assert_eq!(signs(true, other, 0), 0, "a firm has several matters");
        assert_eq!(signs(false, same, 30), 0, "a category holds many");
        assert_eq!(signs(false, other, 90), 0);
        assert_eq!(signs(false, None, 50), 0);
        assert!(signs(true, same, 0) > 0);
        assert!(signs(true, other, 25) > 0);
        assert!(signs(false, same, 60) > 0);
        assert!(signs(false, None, 100) > 0, "no category yet is not another one");
        assert!(signs(true, same, 60) > signs(false, same, 60));
    }
}
