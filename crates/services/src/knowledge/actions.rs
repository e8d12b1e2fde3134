//! Writing an entry, having it checked, ending it; one function for each intention.

use chrono::{Days, NaiveDate};
use huiqi_casework::inbox::visible_in;
use huiqi_casework::ladder;
use huiqi_casework::record::{self, Case, Desk, New, Said};
use huiqi_identity::people;
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::{Doer, Refusal};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Viewer};
use huiqi_kernel::rule::Limit;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, Work, sql};
use serde_json::json;

use super::flow::{Action, EntryFacts, FLOW, WRITERS};
use super::queries::{Entry, entry_in};
use super::rules::{self, Personal, Stripped, Trace};
use crate::replies::pieces;
use crate::requests::facts;
use crate::t;

/// Longest question, in characters.
pub const QUESTION: usize = 200;
/// Longest answer, in characters.
pub const ANSWER: usize = 2000;
/// Longest basis, in characters.
pub const BASIS: usize = 300;
/// Longest title of the case, in characters.
const TITLE: usize = 60;

/// What an entry says.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The version the person saw.
    pub version: Option<i64>,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// What it rests on.
    pub basis: String,
    /// Service category.
    pub category: Option<Category>,
    /// Last day it is to hold.
    pub valid_until: Option<NaiveDate>,
    /// Public number of the owner; the writer where nothing is said.
    pub owner: Option<String>,
    /// Whether the writer says that names and numbers in it are public.
    pub public: bool,
}

fn title(question: &str) -> String {
    let line = question.lines().find(|l| !l.trim().is_empty()).unwrap_or(question).trim();
    if line.chars().count() <= TITLE { line.to_owned() } else { line.chars().take(TITLE - 1).chain(['…']).collect() }
}

/// Words the entry is found by: what is in force and what is being written.
async fn index_in(work: &Work, case: &Case) -> Result<(), Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        question: String,
        answer: String,
        live_question: Option<String>,
        live_answer: Option<String>,
    }
    let row: Option<Row> = work
        .one(
            "SELECT question, answer, live_question, live_answer FROM knowledge WHERE case_id = ?",
            [Value::from(case.id)],
        )
        .await?;
    let Some(row) = row else { return Ok(()) };
    let words = format!(
        "{} {} {} {} {}",
        case.number,
        row.question,
        row.answer,
        row.live_question.unwrap_or_default(),
        row.live_answer.unwrap_or_default()
    );
    search::put(&**work, Kind::Knowledge, case.id, &words).await?;
    Ok(())
}

fn usual_end(work: &Work) -> NaiveDate {
    let rules = work.ctx().rules();
    let days = rules.on(work.today()).calendar_days(Limit::KnowledgeValidity).unwrap_or(365);
    work.today() + Days::new(u64::from(days))
}

async fn open_in(
    work: &Work,
    viewer: &Viewer,
    input: &Input,
    source: Option<i64>,
    stripped: Stripped,
) -> Result<Case, Fault> {
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let mut case = record::open_in(
        work,
        &FLOW,
        &New {
            prefix: "ZS",
            title: &title(&input.question),
            category: input.category.map(Category::code),
            desk: Some(Desk::Operator),
            handler_org: Some(actor.organisation),
            handler_window: actor.window,
            ..New::default()
        },
    )
    .await?;
    case.handler_person = Some(actor.person);
    let until = input.valid_until.unwrap_or_else(|| usual_end(work));
    work.run(
        "INSERT INTO knowledge (case_id, question, answer, basis, valid_until, source, stripped, author, uses)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [
            Value::from(case.id),
            Value::from(input.question.trim()),
            Value::from(input.answer.trim()),
            Value::from(input.basis.trim()),
            Value::from(until.to_string()),
            Value::from(source),
            Value::from(serde_json::to_string(&stripped).unwrap_or_default()),
            Value::from(actor.person),
        ],
    )
    .await?;
    let facts = EntryFacts {
        case: case.clone(),
        author: Some(actor.person),
        whole: false,
        valid_until: Some(until),
        today: work.today(),
    };
    record::take_in(work, &FLOW, &mut case, Action::Write, Doer::Person(actor), &facts, Said::nothing()).await?;
    index_in(work, &case).await?;
    Ok(case)
}

/// Writes a new entry, and has it checked where it is proposed at once; returns its number.
///
/// # Errors
/// [`Fault::NotFound`] for whoever writes none; as [`edit`].
pub async fn write(ctx: &Ctx, viewer: &Viewer, input: &Input, propose: bool) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let case = open_in(&work, viewer, input, None, Stripped::default()).await?;
    if propose {
        let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
        let entry = entry_in(&work, viewer, &case.number).await?;
        propose_in(&work, actor, &entry, entry.case.clone(), Said::nothing(), Action::Propose).await?;
        readable_in(&work, &entry, input.public).await?;
    }
    work.commit().await?;
    Ok(case.number)
}

/// Names and numbers that a request's texts must not carry further; works inside a transaction and outside.
///
/// # Errors
/// When the database fails.
pub(super) async fn personal(conn: &impl ConnectionTrait, request: Option<i64>) -> Result<Personal, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        asker: Option<String>,
        firm_text: Option<String>,
        contact_name: String,
        phone: String,
        firm: Option<String>,
        firm_contact: Option<String>,
        firm_phone: Option<String>,
        opener: Option<String>,
    }
    let Some(request) = request else { return Ok(Personal::default()) };
    let row = Row::find_by_statement(sql(
        conn.get_database_backend(),
        "SELECT c.asker, r.firm_text, r.contact_name, r.phone, o.name AS firm, e.contact AS firm_contact,
            e.phone AS firm_phone, p.name AS opener
         FROM case_record c JOIN request r ON r.case_id = c.id LEFT JOIN organisation o ON o.id = c.firm
         LEFT JOIN enterprise e ON e.organisation = c.firm LEFT JOIN person p ON p.id = c.opened_by WHERE c.id = ?",
        [Value::from(request)],
    ))
    .one(conn)
    .await?;
    Ok(row.map_or_else(Personal::default, |row| Personal {
        firms: [row.asker, row.firm_text, row.firm].into_iter().flatten().collect(),
        people: [Some(row.contact_name), row.firm_contact, row.opener].into_iter().flatten().collect(),
        phones: [Some(row.phone), row.firm_phone].into_iter().flatten().collect(),
    }))
}

/// Whether a text may be read by everybody: nothing left open, nothing of the firm that asked, no mobile number; what may
/// be an office's own only where somebody says that it is.
async fn readable_in(work: &Work, entry: &Entry, public: bool) -> Result<(), Fault> {
    let personal = personal(&**work, entry.source).await?;
    for (field, text) in [("question", &entry.question), ("answer", &entry.answer), ("basis", &entry.basis)] {
        pieces::filled(field, text)?;
        let found = rules::traces(text, &personal);
        let private: Vec<&str> =
            found.iter().filter(|(trace, _)| *trace == Trace::Private).map(|(_, words)| words.as_str()).collect();
        if !private.is_empty() {
            return Err(Fault::invalid(field, |l| t(l).knowledge_private(private.join(&t(l).knowledge_comma()))));
        }
    }
    let maybe = entry.traces(&personal);
    if maybe.is_empty() {
        return Ok(());
    }
    if !public {
        return Err(Fault::invalid("public", |l| t(l).knowledge_public_missing()));
    }
    work.audit("knowledge.public", "case", &entry.case.number, json!({ "places": maybe.len() })).await
}

/// As [`readable_in`], where the texts cannot be changed: what is wrong with them is a refusal.
async fn read_over_in(work: &Work, entry: &Entry, public: bool) -> Result<(), Fault> {
    readable_in(work, entry, public).await.map_err(|fault| match fault {
        Fault::Invalid { field, message } if field != "public" => {
            Fault::Refused(Refusal { reason: message, hidden: false })
        }
        fault => fault,
    })
}

/// Makes an entry from a closed request: question and answer without names, phones and codes. Returns its number; a
/// request that has one already leads to that.
///
/// # Errors
/// [`Fault::Refused`] where the request is not closed with an answer, or is of a kind that names somebody.
pub async fn learn(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<String, Fault> {
    #[derive(FromQueryResult)]
    struct Known {
        number: String,
    }
    let work = ctx.write(viewer).await?;
    let request = visible_in(&work, viewer, number).await?;
    if request.flow != crate::requests::flow::FLOW.code {
        return Err(Fault::NotFound);
    }
    let known: Option<Known> = work
        .one(
            "SELECT c.number FROM knowledge k JOIN case_record c ON c.id = k.case_id WHERE k.source = ?",
            [Value::from(request.id)],
        )
        .await?;
    if let Some(known) = known {
        return Ok(known.number);
    }
    let detail = facts::detail_in(&work, request.id).await?;
    let answer = detail.answer.clone().filter(|a| !a.trim().is_empty());
    let closed = request.state == crate::requests::flow::State::Closed.code();
    let (Some(answer), true, true) = (answer, closed, rules::may_be_learnt(request.kind.as_deref())) else {
        return Err(Fault::Refused(Refusal::because(|l| t(l).knowledge_blocked_source())));
    };
    let personal = personal(&*work, Some(request.id)).await?;
    let mut stripped = Stripped::default();
    let cut = |text: String, most: usize| text.chars().take(most).collect::<String>();
    let input = Input {
        question: cut(rules::strip(&detail.words, &personal, &mut stripped), QUESTION),
        answer: cut(rules::strip(&answer, &personal, &mut stripped), ANSWER),
        category: request.category.as_deref().and_then(Category::by_code),
        ..Input::default()
    };
    let case = open_in(&work, viewer, &input, Some(request.id), stripped).await?;
    work.audit("knowledge.learn", "case", &case.number, json!({ "from": request.number })).await?;
    work.commit().await?;
    Ok(case.number)
}

/// Writes over a draft.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] for an owner of another house; [`Fault::Stale`].
pub async fn edit(ctx: &Ctx, viewer: &Viewer, number: &str, input: &Input, propose: bool) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let entry = entry_in(&work, viewer, number).await?;
    let mut case = entry.case.clone();
    if let Some(owner) = input.owner.as_deref().filter(|o| Some(*o) != entry.owner_number.as_deref()) {
        let person = people::id_by_number_in(&work, owner).await?;
        let house = house_in(&work, &case).await?;
        case.handler_person = Some(
            person
                .filter(|p| house.contains(p))
                .ok_or_else(|| Fault::invalid("owner", |l| t(l).knowledge_owner_elsewhere()))?,
        );
    }
    case.title = title(&input.question);
    case.category = input.category.map(|c| c.code().to_owned());
    let mut said = Said::nothing();
    said.seen = input.version;
    let today = work.today();
    record::take_in(&work, &FLOW, &mut case, Action::Edit, Doer::Person(actor), &entry.facts(today), said).await?;
    work.run(
        "UPDATE knowledge SET question = ?, answer = ?, basis = ?, valid_until = ?, author = ? WHERE case_id = ?",
        [
            Value::from(input.question.trim()),
            Value::from(input.answer.trim()),
            Value::from(input.basis.trim()),
            Value::from(input.valid_until.map(|d| d.to_string())),
            Value::from(actor.person),
            Value::from(case.id),
        ],
    )
    .await?;
    index_in(&work, &case).await?;
    if propose {
        let entry = entry_in(&work, viewer, number).await?;
        propose_in(&work, actor, &entry, case, Said::nothing(), Action::Propose).await?;
        readable_in(&work, &entry, input.public).await?;
    }
    work.commit().await
}

async fn propose_in(
    work: &Work,
    actor: &Actor,
    entry: &Entry,
    mut case: Case,
    said: Said<'_>,
    action: Action,
) -> Result<(), Fault> {
    let facts = entry.facts(work.today());
    record::take_in(work, &FLOW, &mut case, action, Doer::Person(actor), &facts, said).await?;
    work.run("UPDATE knowledge SET author = ? WHERE case_id = ?", [Value::from(actor.person), Value::from(case.id)])
        .await?;
    let mut people = ladder::on_turn_in(work, &case).await?;
    people.retain(|p| *p != actor.person);
    tell(work, &case, &people, |l| t(l).knowledge_notice_check(&case.number, &case.title)).await
}

async fn house_in(work: &Work, case: &Case) -> Result<Vec<i64>, Fault> {
    match case.handler_org {
        Some(org) => people::members_in(work, org, case.handler_window, WRITERS).await,
        None => Ok(Vec::new()),
    }
}

async fn tell(work: &Work, case: &Case, people: &[i64], text: impl Fn(Locale) -> String) -> Result<(), Fault> {
    ladder::tell_in(work, case, people, "knowledge", text).await
}

/// What comes with a step of an entry.
#[derive(Clone, Debug, Default)]
pub struct StepInput {
    /// The version the person saw.
    pub version: Option<i64>,
    /// A reason or a remark.
    pub words: String,
    /// The new last day, with a renewal.
    pub until: Option<NaiveDate>,
    /// Whether whoever takes the step says that names and numbers in the text are public.
    pub public: bool,
}

/// Takes a step of an entry.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] when the day is missing; [`Fault::Stale`].
pub async fn take(ctx: &Ctx, viewer: &Viewer, number: &str, action: Action, input: &StepInput) -> Result<(), Fault> {
    if matches!(action, Action::Write | Action::Edit | Action::Expire) {
        return Err(Fault::NotFound);
    }
    let work = ctx.write(viewer).await?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let mut entry = entry_in(&work, viewer, number).await?;
    let words = input.words.trim();
    let said = Said { words: Some(words).filter(|w| !w.is_empty()), seen: input.version, ..Said::nothing() };
    let id = Value::from(entry.case.id);
    match action {
        Action::Propose => {
            let case = entry.case.clone();
            propose_in(&work, actor, &entry, case, said, action).await?;
            read_over_in(&work, &entry, input.public).await?;
        }
        Action::Renew => {
            // Asked first, so that whoever may not learns nothing about days.
            FLOW.decide(entry.case.state()?, action, Doer::Person(actor), &entry.facts(work.today()))?;
            let day = input
                .until
                .filter(|d| *d > work.today())
                .ok_or_else(|| Fault::invalid("until", |l| t(l).knowledge_day_missing()))?;
            work.run("UPDATE knowledge SET valid_until = ? WHERE case_id = ?", [Value::from(day.to_string()), id])
                .await?;
            entry.valid_until = Some(day.to_string());
            let case = entry.case.clone();
            propose_in(&work, actor, &entry, case, said, action).await?;
            read_over_in(&work, &entry, input.public).await?;
        }
        _ => {
            let mut case = entry.case.clone();
            let facts = entry.facts(work.today());
            record::take_in(&work, &FLOW, &mut case, action, Doer::Person(actor), &facts, said).await?;
            let owner: Vec<i64> = case.handler_person.into_iter().filter(|p| *p != actor.person).collect();
            match action {
                Action::Approve => {
                    read_over_in(&work, &entry, input.public).await?;
                    work.run(
                        "UPDATE knowledge SET live_question = question, live_answer = answer, live_basis = basis,
                            live_until = valid_until, checked_by = ?, checked_at = ? WHERE case_id = ?",
                        [Value::from(actor.person), Value::from(work.now()), id],
                    )
                    .await?;
                    tell(&work, &case, &owner, |l| t(l).knowledge_notice_approved(&case.number, &case.title)).await?;
                }
                Action::SendBack => {
                    tell(&work, &case, &owner, |l| t(l).knowledge_notice_sent_back(&case.number, &case.title)).await?;
                }
                Action::Withdraw => {
                    end_live_in(&work, case.id).await?;
                    tell(&work, &case, &owner, |l| t(l).knowledge_notice_withdrawn(&case.number, &case.title)).await?;
                }
                _ => {}
            }
            index_in(&work, &case).await?;
        }
    }
    work.commit().await
}

async fn end_live_in(work: &Work, case: i64) -> Result<(), Fault> {
    work.run(
        "UPDATE knowledge SET live_question = NULL, live_answer = NULL, live_basis = NULL, live_until = NULL WHERE case_id = ?",
        [Value::from(case)],
    )
    .await?;
    Ok(())
}

/// The last day is over: the answer is no longer found. One that nobody is working on goes back to its owner; where the
/// owner has left, to the whole house.
pub(super) async fn expire_in(work: &Work, number: &str) -> Result<(), Fault> {
    let entry = entry_in(work, &Viewer::System, number).await?;
    if entry.is_live(work.today()) || entry.live_until.is_none() {
        return Err(Fault::Stale);
    }
    let mut case = entry.case.clone();
    if case.state::<super::flow::State>()? == super::flow::State::InForce {
        let house = house_in(work, &case).await?;
        if case.handler_person.is_some_and(|owner| !house.contains(&owner)) {
            case.handler_person = None;
        }
        let facts = entry.facts(work.today());
        record::take_in(work, &FLOW, &mut case, Action::Expire, Doer::System, &facts, Said::nothing()).await?;
        let people = case.handler_person.map_or(house, |owner| vec![owner]);
        tell(work, &case, &people, |l| t(l).knowledge_notice_expired(&case.number, &case.title)).await?;
    } else {
        // A revision is under way; what was in force ends all the same.
        work.audit("knowledge.lapsed", "case", &case.number, json!({ "until": entry.live_until })).await?;
    }
    end_live_in(work, case.id).await?;
    index_in(work, &case).await
}

/// Counts that answers in force were put into an answer to a firm; numbers of nothing in force are left out.
///
/// # Errors
/// When the database fails.
pub async fn used_in(work: &Work, numbers: &[String]) -> Result<(), Fault> {
    let mut seen: Vec<&str> = Vec::new();
    for number in numbers.iter().map(String::as_str).filter(|n| n.starts_with("ZS-")).take(10) {
        if seen.contains(&number) {
            continue;
        }
        seen.push(number);
        work.run(
            "UPDATE knowledge SET uses = uses + 1, used_at = ? WHERE live_until IS NOT NULL
               AND case_id = (SELECT id FROM case_record WHERE number = ? AND flow = 'knowledge')",
            [Value::from(work.now()), Value::from(number)],
        )
        .await?;
    }
    Ok(())
}

/// As [`used_in`], in a transaction of its own: after a step that was taken elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn used(ctx: &Ctx, viewer: &Viewer, numbers: &[String]) -> Result<(), Fault> {
    if numbers.is_empty() {
        return Ok(());
    }
    let work = ctx.write(viewer).await?;
    used_in(&work, numbers).await?;
    work.commit().await
}

/// What a similar request's answer reads like without the names of its own firm.
pub(crate) fn without_names(answer: &str, firm: Option<&str>, contact: &str, phone: &str) -> String {
    let personal = Personal {
        firms: firm.map(str::to_owned).into_iter().collect(),
        people: vec![contact.to_owned()],
        phones: vec![phone.to_owned()],
    };
    rules::strip(answer, &personal, &mut Stripped::default())
}

/// The last day an entry holds where nobody names another, for forms.
pub(super) fn usual_day(ctx: &Ctx) -> NaiveDate {
    let today = ctx.today();
    today + Days::new(u64::from(ctx.rules().on(today).calendar_days(Limit::KnowledgeValidity).unwrap_or(365)))
}
