//! What each figure counts: one condition, used by the figure and by the list behind it.

use chrono::NaiveDate;
use huiqi_casework::scope::{Scope, visible};
use huiqi_kernel::category::Category;
use huiqi_kernel::codes;
use huiqi_kernel::district::District;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::Limit;
use huiqi_store::sea_orm::Value;

use super::ask::{Ask, NONE, Span, territory};
use crate::improvements::Cause;
use crate::requests::flow::{Channel, ClosedHow, RequestKind};

codes! {
    /// Everything that is counted, or is the sample of something measured.
    pub enum Figure {
        /// Requests submitted.
        Intake = "intake",
        /// Limits of one step that were settled by taking it.
        Limit = "limit",
        /// Requests for which a step's limit is over now and the step not taken.
        Late = "late",
        /// Requests whose time for one step is measured.
        Time = "time",
        /// Requests closed in any of the four ways.
        Closed = "closed",
        /// Requests closed by somebody's word: firm, call-back, on the spot.
        Confirmed = "confirmed",
        /// Closed requests that have a grade by now.
        ClosedRated = "closed-rated",
        /// Requests refused.
        Refused = "refused",
        /// Requests withdrawn by the firm.
        Withdrawn = "withdrawn",
        /// Requests merged into another one: the same matter, answered together.
        Merged = "merged",
        /// Grades given.
        Rated = "rated",
        /// Grades that count as satisfied.
        Satisfied = "satisfied",
        /// Grades left out of the figures after an appeal.
        Excluded = "rated-excluded",
        /// Assignments offered.
        Given = "given",
        /// Assignments taken.
        Taken = "taken",
        /// Assignments declined.
        Declined = "declined",
        /// Assignments reported: an answer or opinion was given.
        Reported = "reported",
        /// Assignments given up.
        NotAchieved = "not-achieved",
        /// Assignments worked on to an end, reported or not achieved.
        Tried = "tried",
        /// Assignments open now.
        Open = "open",
        /// Assignments open now whose limit is over.
        Overdue = "overdue",
        /// Improvements opened.
        ImproveOpened = "improve-opened",
        /// Improvements checked and closed.
        ImproveClosed = "improve-closed",
        /// Improvements open now.
        ImproveOpen = "improve-open",
        /// Improvements open now whose limit is over.
        ImproveOverdue = "improve-overdue",
        /// Improvements whose firm has not been called back, limit not yet over.
        ImproveUncalled = "improve-uncalled",
        /// Cases warned about or supervised: silence in spite of reminders.
        Ladder = "ladder",
        /// Answered requests that were called about without reaching anybody.
        Unreached = "unreached",
        /// Call-backs that ended: somebody was reached, or nobody often enough.
        CallsMade = "calls-made",
        /// Call-backs in which somebody was reached.
        CallsReached = "calls-reached",
        /// Call-backs in which the firm said that it is solved.
        CallsSolved = "calls-solved",
        /// Call-backs that ended without having reached anybody.
        CallsUnreached = "calls-unreached",
        /// Call-backs that are due now.
        CallsOpen = "calls-open",
        /// Call-backs that are over their day now.
        CallsOverdue = "calls-overdue",
    }
}

codes! {
    /// The three steps whose limits and times are watched.
    pub enum Watched {
        /// Submission to acceptance (or refusal).
        Accept = "accept",
        /// Acceptance to dispatch (or the desk's own answer).
        Dispatch = "dispatch",
        /// Dispatch to answer.
        Answer = "answer",
    }
}

impl Figure {
    /// Whether it tells of this moment; the others tell of a span.
    pub const fn is_now(self) -> bool {
        matches!(
            self,
            Figure::Late
                | Figure::Open
                | Figure::Overdue
                | Figure::ImproveOpen
                | Figure::ImproveOverdue
                | Figure::ImproveUncalled
                | Figure::Ladder
                | Figure::Unreached
                | Figure::CallsOpen
                | Figure::CallsOverdue
        )
    }

    /// Where its records stand.
    pub const fn table(self) -> Table {
        match self {
            Figure::Limit => Table::Limits,
            Figure::Rated | Figure::Satisfied | Figure::Excluded => Table::Rated,
            Figure::Given
            | Figure::Taken
            | Figure::Declined
            | Figure::Reported
            | Figure::NotAchieved
            | Figure::Tried
            | Figure::Open
            | Figure::Overdue => Table::Assigned,
            Figure::ImproveOpened
            | Figure::ImproveClosed
            | Figure::ImproveOpen
            | Figure::ImproveOverdue
            | Figure::ImproveUncalled => Table::Improved,
            Figure::Ladder => Table::Cases,
            Figure::CallsMade
            | Figure::CallsReached
            | Figure::CallsSolved
            | Figure::CallsUnreached
            | Figure::CallsOpen
            | Figure::CallsOverdue => Table::Calls,
            Figure::Intake
            | Figure::Late
            | Figure::Time
            | Figure::Closed
            | Figure::Confirmed
            | Figure::ClosedRated
            | Figure::Refused
            | Figure::Withdrawn
            | Figure::Merged
            | Figure::Unreached => Table::Requests,
        }
    }
}

impl Watched {
    /// Codes of the limits that run for this step, for SQL.
    fn limits(self) -> String {
        let limits: &[Limit] = match self {
            Watched::Accept => &[Limit::Accept],
            Watched::Dispatch => &[Limit::Dispatch],
            Watched::Answer => &[Limit::Consultation, Limit::Ordinary, Limit::Complex],
        };
        limits.iter().map(|l| format!("'{}'", l.code())).collect::<Vec<_>>().join(", ")
    }

    /// Columns with the beginning and the end of the time that is measured.
    pub const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Watched::Accept => ("c.opened_at", "r.accepted_at"),
            Watched::Dispatch => ("r.accepted_at", "r.dispatched_at"),
            Watched::Answer => ("r.dispatched_at", "r.answered_at"),
        }
    }
}

/// Where the records of a figure stand, always with `case_record c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Requests, with `request r`.
    Requests,
    /// Grades of answers, `rating g`, with their request; a request may stand there several times.
    Rated,
    /// Limits of requests, `case_limit l`; a request may stand there several times.
    Limits,
    /// Assignments, with `assignment a`.
    Assigned,
    /// Improvements, with `improvement i`.
    Improved,
    /// Call-backs, `call_due d`, with the request they are about; a request may stand there several times.
    Calls,
    /// Cases of any of these procedures.
    Cases,
}

impl Table {
    /// What stands behind `FROM`.
    pub const fn sql(self) -> &'static str {
        match self {
            Table::Requests => "case_record c JOIN request r ON r.case_id = c.id",
            Table::Rated => "rating g JOIN case_record c ON c.id = g.case_id JOIN request r ON r.case_id = c.id",
            Table::Limits => "case_limit l JOIN case_record c ON c.id = l.case_id JOIN request r ON r.case_id = c.id",
            Table::Assigned => "case_record c JOIN assignment a ON a.case_id = c.id",
            Table::Improved => "case_record c JOIN improvement i ON i.case_id = c.id",
            Table::Calls => "call_due d JOIN case_record c ON c.id = d.case_id JOIN request r ON r.case_id = c.id",
            Table::Cases => "case_record c",
        }
    }

    const fn flow(self) -> &'static str {
        match self {
            Table::Requests | Table::Rated | Table::Limits | Table::Calls => "c.flow = 'request'",
            Table::Assigned => "c.flow = 'assignment'",
            Table::Improved => "c.flow = 'improvement'",
            Table::Cases => "c.flow IN ('request', 'assignment', 'improvement')",
        }
    }

    const fn has_request(self) -> bool {
        matches!(self, Table::Requests | Table::Rated | Table::Limits | Table::Calls)
    }
}

/// The records of one figure that this viewer may see.
#[derive(Clone, Debug)]
pub struct Set {
    /// Where they stand.
    pub table: Table,
    /// Which of them.
    pub scope: Scope,
}

impl Set {
    /// A statement over these records; `select` is everything before `FROM`, `rest` everything after the conditions.
    pub fn statement(&self, select: &str, rest: &str) -> (String, Vec<Value>) {
        (format!("{select} FROM {} WHERE {} {rest}", self.table.sql(), self.scope.sql), self.scope.values.clone())
    }
}

/// What the conditions depend on besides the question.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// Today in the rule's time zone.
    pub today: NaiveDate,
    /// The lowest grade that counts as satisfied, by the rule's parameter.
    pub satisfied_from: i64,
}

fn plain(sql: impl Into<String>) -> Scope {
    Scope { sql: sql.into(), values: Vec::new() }
}

fn within(column: &str, span: Span) -> String {
    format!("{column} >= {} AND {column} < {}", span.start(), span.end())
}

/// The next limit of the same request after `l`.
const NEXT: &str = "(SELECT MIN(m.id) FROM case_limit m WHERE m.case_id = l.case_id AND m.id > l.id)";

/// What makes a record belong to a figure, apart from who looks and the filters. `None` for a question without sense.
pub fn condition(figure: Figure, ask: &Ask, span: Span, now: Now) -> Option<Scope> {
    let today = now.today.to_string();
    let open_late = "c.closed_at IS NULL AND c.due_on < ?";
    let closed = within("c.closed_at", span);
    let ended = |state: &str| plain(format!("{closed} AND c.state = '{state}'"));
    Some(match figure {
        Figure::Intake | Figure::Given | Figure::ImproveOpened => plain(within("c.opened_at", span)),
        Figure::Limit => {
            let step = Watched::from_code(&ask.step)?;
            // A limit that ended because the firm withdrew, because the request went back to dispatch unanswered, or
            // because it was merged into another one, was neither kept nor missed.
            let settled = match step {
                Watched::Accept | Watched::Dispatch => {
                    format!("(c.state <> 'withdrawn' OR {NEXT} IS NOT NULL)")
                }
                Watched::Answer => format!(
                    "EXISTS (SELECT 1 FROM case_limit n WHERE n.id = {NEXT} AND n.kind = '{}')",
                    Limit::Silence.code()
                ),
            };
            let mut scope = Scope {
                sql: format!(
                    "l.kind IN ({}) AND l.met_on >= ? AND l.met_on <= ? AND l.met IS NOT NULL AND {settled}",
                    step.limits()
                ),
                values: vec![Value::from(span.from.to_string()), Value::from(span.to.to_string())],
            };
            match ask.kept.as_str() {
                "" => {}
                "yes" | "no" => scope = scope.and("l.met = ?", [Value::from(ask.kept == "yes")]),
                _ => return None,
            }
            scope
        }
        Figure::Late => {
            let step = Watched::from_code(&ask.step)?;
            plain(open_late).and(&format!("c.due_limit IN ({})", step.limits()), [Value::from(today)])
        }
        Figure::Time => {
            let step = Watched::from_code(&ask.step)?;
            let (from, to) = step.columns();
            let begun = match step {
                // What was answered on the spot never waited for acceptance: its first limit, if it ever has one, is
                // another. Asked by the index on case and id, because PostgreSQL turns EXISTS into a join, which is slow
                // while it has no statistics.
                Watched::Accept => format!(
                    "(SELECT l.kind FROM case_limit l WHERE l.case_id = c.id ORDER BY l.id LIMIT 1) = '{}'",
                    Limit::Accept.code()
                ),
                Watched::Dispatch => format!("{from} IS NOT NULL AND {to} >= {from}"),
                // What was answered together with another request is measured there, once.
                Watched::Answer => format!("{from} IS NOT NULL AND {to} >= {from} AND r.merged_at IS NULL"),
            };
            plain(format!("{} AND {begun}", within(to, span)))
        }
        Figure::Closed => plain(format!("{closed} AND r.closed_how IS NOT NULL")),
        Figure::Confirmed => plain(format!(
            "{closed} AND r.closed_how IN ('{}', '{}', '{}')",
            ClosedHow::Firm.code(),
            ClosedHow::CallBack.code(),
            ClosedHow::Spot.code()
        )),
        Figure::ClosedRated => plain(format!(
            "{closed} AND r.closed_how IS NOT NULL AND EXISTS (SELECT 1 FROM rating g WHERE g.case_id = c.id AND g.excluded_at IS NULL)"
        )),
        Figure::Refused => ended("refused"),
        Figure::Withdrawn => ended("withdrawn"),
        Figure::Merged => plain(format!("{} AND r.merged_into IS NOT NULL", within("r.merged_at", span))),
        // What an appeal has struck out stays stored and is counted apart.
        Figure::Rated => plain(format!("{} AND g.excluded_at IS NULL", within("g.at", span))),
        Figure::Satisfied => plain(format!(
            "{} AND g.excluded_at IS NULL AND g.grade >= {}",
            within("g.at", span),
            now.satisfied_from
        )),
        Figure::Excluded => plain(format!("{} AND g.excluded_at IS NOT NULL", within("g.at", span))),
        Figure::Taken => plain(within("a.taken_at", span)),
        Figure::Declined => ended("declined"),
        Figure::Reported => ended("reported"),
        Figure::NotAchieved => ended("not-achieved"),
        Figure::Tried => plain(format!("{closed} AND c.state IN ('reported', 'not-achieved')")),
        Figure::ImproveClosed => plain(closed),
        Figure::Open | Figure::ImproveOpen => plain("c.closed_at IS NULL"),
        Figure::Overdue | Figure::ImproveOverdue => {
            Scope { sql: open_late.to_owned(), values: vec![Value::from(today)] }
        }
        Figure::ImproveUncalled => Scope {
            sql: "c.closed_at IS NULL AND c.state = 'opened' AND (c.due_on IS NULL OR c.due_on >= ?)".to_owned(),
            values: vec![Value::from(today)],
        },
        Figure::CallsMade => plain(format!("{} AND d.outcome IN ('reached', 'unreached')", within("d.ended_at", span))),
        Figure::CallsReached => plain(format!("{} AND d.outcome = 'reached'", within("d.ended_at", span))),
        Figure::CallsSolved => Scope {
            sql: format!("{} AND d.outcome = 'reached' AND d.solved = ?", within("d.ended_at", span)),
            values: vec![Value::from(true)],
        },
        Figure::CallsUnreached => plain(format!("{} AND d.outcome = 'unreached'", within("d.ended_at", span))),
        Figure::CallsOpen => plain("d.ended_at IS NULL"),
        Figure::CallsOverdue => {
            Scope { sql: "d.ended_at IS NULL AND d.due_on < ?".to_owned(), values: vec![Value::from(today)] }
        }
        Figure::Ladder => plain("c.closed_at IS NULL AND c.ladder >= 3 AND c.turn <> 'below'"),
        Figure::Unreached => Scope {
            sql: "c.closed_at IS NULL AND c.state = 'answered'
                AND EXISTS (SELECT 1 FROM call_back k WHERE k.case_id = c.id AND k.at >= r.answered_at AND k.reached = ?)
                AND NOT EXISTS (SELECT 1 FROM call_back k WHERE k.case_id = c.id AND k.at >= r.answered_at AND k.reached = ?)"
                .to_owned(),
            values: vec![Value::from(false), Value::from(true)],
        },
    })
}

/// Whatever this viewer may see of a table, narrowed by district and category. `None` for a filter without sense.
pub fn base(table: Table, viewer: &Viewer, ask: &Ask) -> Option<Scope> {
    // A department counts what happens in its territory, also what others do there; it reads no case for that.
    let seen = match territory(viewer) {
        Some(district) => plain("COALESCE(c.kind, '') <> 'report' AND c.desk = 'operator'")
            .and("c.district = ?", [Value::from(district)]),
        None => visible(viewer),
    };
    let mut scope = seen.and(table.flow(), []);
    // Figures for everybody leave reports out: that there is one more of them is nobody's business.
    if *viewer == Viewer::System {
        scope = scope.and("COALESCE(c.kind, '') <> 'report'", []);
    }
    for (column, value, known) in [
        ("c.district", &ask.district, District::by_code(&ask.district).is_some()),
        ("c.category", &ask.category, Category::by_code(&ask.category).is_some()),
    ] {
        if value == NONE {
            scope = scope.and(&format!("{column} IS NULL"), []);
        } else if known {
            scope = scope.and(&format!("{column} = ?"), [Value::from(value.clone())]);
        } else if !value.is_empty() {
            return None;
        }
    }
    Some(scope)
}

/// The records of the figure that is asked for. `None` where the question makes no sense.
pub fn set(figure: Figure, viewer: &Viewer, ask: &Ask, now: Now) -> Option<Set> {
    let table = figure.table();
    let own = condition(figure, ask, ask.span(now.today), now)?;
    let mut scope = base(table, viewer, ask)?.and(&own.sql, own.values);
    let mut narrow = |column: &str, value: &str, allowed: bool| {
        if value.is_empty() {
            return Some(());
        }
        if !allowed {
            return None;
        }
        scope = std::mem::replace(&mut scope, plain("")).and(&format!("{column} = ?"), [Value::from(value)]);
        Some(())
    };
    narrow("r.channel", &ask.channel, table.has_request() && Channel::from_code(&ask.channel).is_some())?;
    narrow("c.kind", &ask.kind, table.has_request() && RequestKind::from_code(&ask.kind).is_some())?;
    narrow("r.closed_how", &ask.how, table.has_request() && ClosedHow::from_code(&ask.how).is_some())?;
    if !ask.grade.is_empty() {
        let grade = ask.grade.parse::<i64>().ok().filter(|g| (1..=5).contains(g) && table == Table::Rated)?;
        scope = scope.and("g.grade = ?", [Value::from(grade)]);
    }
    if ask.cause == NONE && table == Table::Improved {
        scope = scope.and("i.cause IS NULL", []);
    } else if !ask.cause.is_empty() {
        Cause::from_code(&ask.cause).filter(|_| table == Table::Improved)?;
        scope = scope.and("i.cause = ?", [Value::from(ask.cause.clone())]);
    }
    let (window, org) = match table {
        Table::Rated => ("g.service_window", "g.organisation"),
        Table::Calls => ("r.answered_window", "d.judged"),
        _ => ("c.handler_window", "c.handler_org"),
    };
    if !ask.window.is_empty() {
        scope = scope.and(
            &format!("{window} = (SELECT w.id FROM service_window w WHERE w.number = ?)"),
            [Value::from(ask.window.clone())],
        );
    }
    if !ask.org.is_empty() {
        scope = scope.and(
            &format!("{window} IS NULL AND {org} = (SELECT o.id FROM organisation o WHERE o.number = ?)"),
            [Value::from(ask.org.clone())],
        );
    }
    Some(Set { table, scope })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now { today: "2026-11-24".parse().unwrap(), satisfied_from: 3 }
    }

    /// The values fit the question marks of every condition.
    #[test]
    fn values_fit_their_marks() {
        for figure in Figure::ALL {
            for step in Watched::ALL {
                let ask = Ask {
                    step: step.code().into(),
                    kept: "yes".into(),
                    district: NONE.into(),
                    category: "01".into(),
                    ..Ask::default()
                };
                let set = set(*figure, &Viewer::System, &ask, now()).unwrap();
                assert_eq!(set.scope.sql.matches('?').count(), set.scope.values.len(), "{figure:?}");
            }
        }
    }

    #[test]
    fn senseless_questions_select_nothing_rather_than_everything() {
        let ask = |f: fn(&mut Ask)| Ask::default().with(f);
        let none = |figure, ask: Ask| set(figure, &Viewer::System, &ask, now()).is_none();
        assert!(none(Figure::Limit, ask(|_| ())));
        assert!(none(Figure::Intake, ask(|a| a.district = "1 OR 1".into())));
        assert!(none(Figure::Intake, ask(|a| a.grade = "5".into())));
        assert!(none(Figure::Rated, ask(|a| a.grade = "9".into())));
        assert!(none(Figure::Given, ask(|a| a.channel = "portal".into())));
        assert!(none(Figure::Intake, ask(|a| a.channel = "pigeon".into())));
        assert!(none(Figure::ImproveOpened, ask(|a| a.cause = "weather".into())));
        assert!(!none(Figure::ImproveOpened, ask(|a| a.cause = NONE.into())));
    }
}
