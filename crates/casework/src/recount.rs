//! Counting running limits anew after the calendar changed: what would move, and moving it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use huiqi_identity::notices::{self, Notice};
use huiqi_kernel::calendar::{Calendar, Stoppage};
use huiqi_kernel::clock::{Count, Deadline};
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::record::{self, COLUMNS, Case, StepRow};
use crate::{ladder, t};

/// Why due days move.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum Cause {
    /// A year of the calendar came or was amended.
    #[default]
    Year,
    /// A stoppage by order.
    Stoppage {
        /// The order.
        document: String,
        /// What happened.
        reason: String,
    },
    /// A stoppage that was entered by mistake is taken back.
    TakenBack {
        /// The order.
        document: String,
        /// Why it does not hold.
        why: String,
    },
}

impl Cause {
    /// A stoppage that is entered.
    pub fn of(stoppage: &Stoppage) -> Cause {
        Cause::Stoppage { document: stoppage.document.clone(), reason: stoppage.reason.clone() }
    }

    /// The document it rests on.
    pub fn document(&self) -> Option<&str> {
        match self {
            Cause::Year => None,
            Cause::Stoppage { document, .. } | Cause::TakenBack { document, .. } => Some(document),
        }
    }

    /// The cause in words, as the first half of a sentence.
    pub fn words(&self, l: Locale) -> String {
        let m = t(l);
        match self {
            Cause::Year => m.recount_year(),
            Cause::Stoppage { document, reason } => m.recount_stoppage(reason, document),
            Cause::TakenBack { document, why } => m.recount_taken_back(document, why),
        }
    }
}

/// The running limits that are counted otherwise by this calendar, oldest case first.
///
/// # Errors
/// When the database fails.
pub async fn moves(ctx: &Ctx, calendar: &Calendar) -> Result<Vec<(Case, Deadline)>, Fault> {
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c WHERE c.closed_at IS NULL AND c.due_on IS NOT NULL AND c.due_from IS NOT NULL
           AND EXISTS (SELECT 1 FROM case_limit l WHERE l.case_id = c.id AND l.met_on IS NULL) ORDER BY c.id"
    );
    let mut found = Vec::new();
    for case in ctx::all::<Case>(ctx, &text, []).await? {
        let Some(Count::Running(mut counted)) = record::derivation_by(ctx, calendar, &case, true).await? else {
            continue;
        };
        counted.due = case.capped(case.limit(), counted.due);
        if case.due_on.as_deref() != Some(&counted.due.to_string()) || case.provisional != counted.provisional {
            found.push((case, counted));
        }
    }
    Ok(found)
}

/// Counts every running limit anew that was counted without calendar data, or over days that changed since. The firm is
/// told case by case, whoever's turn it is once for all. Returns the row ids of what moved.
///
/// # Errors
/// When the database fails.
pub async fn recount(ctx: &Ctx, cause: &Cause) -> Result<Vec<i64>, Fault> {
    let mut moved = Vec::new();
    let mut told: BTreeMap<i64, i64> = BTreeMap::new();
    for (case, counted) in moves(ctx, &ctx.calendar()).await? {
        let work = ctx.write(&Viewer::System).await?;
        if !move_in(&work, &case, &counted, cause).await? {
            continue; // somebody took a step meanwhile, which counted anew by itself
        }
        let mut waits = BTreeSet::new();
        if case.flow != "assignment" {
            waits.extend(ladder::waited_for_in(&work, &case).await?);
        }
        work.commit().await?;
        moved.push(case.id);
        for person in waits {
            *told.entry(person).or_default() += 1;
        }
    }
    if !told.is_empty() {
        let work = ctx.write(&Viewer::System).await?;
        for (person, n) in told {
            let notice = Notice {
                kind: "moved",
                number: String::new(),
                text: Bilingual::say(|l| t(l).recount_told(cause.words(l), n)),
                href: "/inbox".to_owned(),
            };
            notices::send_in(&work, &[person], &notice).await?;
        }
        work.commit().await?;
    }
    Ok(moved)
}

/// Moves one case; whether it still stood as it was read.
async fn move_in(work: &Work, case: &Case, counted: &Deadline, cause: &Cause) -> Result<bool, Fault> {
    let due = counted.due.to_string();
    let changed = work
        .run(
            "UPDATE case_record SET due_on = ?, provisional = ?, version = version + 1 WHERE id = ? AND version = ?",
            [
                Value::from(due.clone()),
                Value::from(counted.provisional),
                Value::from(case.id),
                Value::from(case.version),
            ],
        )
        .await?;
    if changed == 0 {
        return Ok(false);
    }
    work.run(
        "UPDATE case_limit SET due_on = ?, provisional = ? WHERE case_id = ? AND met_on IS NULL",
        [Value::from(due.clone()), Value::from(counted.provisional), Value::from(case.id)],
    )
    .await?;
    let after = Case { due_on: Some(due.clone()), provisional: counted.provisional, ..case.clone() };
    record::sync_below_in(work, &after).await?;
    work.run(
        "INSERT INTO case_recount (case_id, at, before_on, after_on, document) VALUES (?, ?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(work.now()),
            Value::from(case.due_on.clone()),
            Value::from(due.clone()),
            Value::from(cause.document()),
        ],
    )
    .await?;
    tell_firm_in(work, case, counted.due, cause).await?;
    let mut detail = json!({ "before": case.due_on, "after": due });
    if let (Some(known), Ok(serde_json::Value::Object(cause))) = (detail.as_object_mut(), serde_json::to_value(cause)) {
        known.extend(cause);
    }
    record::write_step(
        work,
        case.id,
        &StepRow {
            action: "recount",
            from: &case.state,
            to: &case.state,
            role: "system",
            person: None,
            membership: None,
            words: None,
            public: true,
            article: "5",
            detail: &detail,
        },
    )
    .await?;
    work.audit("case.recount", "case", &case.number, detail).await?;
    Ok(true)
}

/// Tells the firm in plain words that the day of its request has moved, and why.
async fn tell_firm_in(work: &Work, case: &Case, after: NaiveDate, cause: &Cause) -> Result<(), Fault> {
    let (Some(firm), Some(before), "request") = (case.firm, case.due(), case.flow.as_str()) else { return Ok(()) };
    let people = ladder::firm_in(work, case, firm).await?;
    let today = work.today();
    let text = |l| {
        let day = |d| huiqi_web::dates::date_words(d, today, l);
        t(l).recount_moved(&case.number, &case.title, cause.words(l), day(before), day(after))
    };
    ladder::tell_in(work, case, &people, "moved", text).await
}
