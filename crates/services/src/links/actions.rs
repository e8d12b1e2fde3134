//! Making links with their messages, and what is done with them.

use huiqi_casework::attachments::{self, Prepared};
use huiqi_casework::record::{self, Case};
use huiqi_identity::gateway::{self, Made, PhoneMessage};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::Limit;
use huiqi_store::audit::hex;
use huiqi_store::clock::DAY_MS;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use huiqi_web::forms::Upload;
use rand::Rng;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Event, Purpose};
use crate::ratings::{self, Via};
use crate::requests::actions::{By, Input, may_step, step_in};
use crate::requests::facts::detail_in;
use crate::requests::flow::{Action, Channel};

/// Letters of a token. Twelve of them are 71 bits: more would not fit into a short message beside the number. A guess needs
/// the site to answer it, and the site stops answering after [`MISSES`] an hour.
const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 12;
/// Steps an hour by one link.
const STEPS: i64 = 30;
/// Links that lead nowhere, an hour, from one address.
const MISSES: i64 = 60;
/// How long an expired link can still say that it has expired.
const REMEMBERED_MS: i64 = 180 * DAY_MS;

/// A link as it stands in the table.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Link {
    /// Hash of the token.
    token_hash: String,
    /// Row id of the request.
    pub case_id: i64,
    /// What it is for.
    purpose: String,
    /// The step it is bound to.
    pub round: i64,
    /// Until when it works, UTC milliseconds.
    pub expires_at: i64,
}

const COLUMNS: &str = "token_hash, case_id, purpose, round, expires_at";

impl Link {
    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        Purpose::from_code(&self.purpose).unwrap_or(Purpose::See)
    }
}

fn digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// The number of the latest step that a link of this purpose is about; 0 where there is none.
async fn round_in(work: &Work, case: i64, purpose: Purpose) -> Result<i64, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let marks = vec!["?"; purpose.steps().len()].join(", ");
    let text = format!("SELECT COALESCE(MAX(seq), 0) AS n FROM case_step WHERE case_id = ? AND action IN ({marks})");
    let values = std::iter::once(Value::from(case)).chain(purpose.steps().iter().map(|s| Value::from(*s)));
    Ok(work.one::<Row>(&text, values).await?.map_or(0, |row| row.n))
}

/// Language of the firm's own account, and the person behind it where the phone is that person's own.
async fn asker_in(work: &Work, case: &Case, channel: Channel, phone: &str) -> Result<(Locale, Option<i64>), Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        locale: Option<String>,
        phone: Option<String>,
    }
    let Some(person) = case.opened_by.filter(|_| channel == Channel::Portal) else { return Ok((Locale::Zh, None)) };
    let row: Option<Row> = work.one("SELECT locale, phone FROM person WHERE id = ?", [Value::from(person)]).await?;
    let locale = row.as_ref().and_then(|r| r.locale.as_deref()).and_then(Locale::from_tag).unwrap_or_default();
    let own = row.is_some_and(|r| r.phone.as_deref() == Some(phone));
    Ok((locale, own.then_some(person)))
}

/// Tells the phone that was left for a request what has just happened, with a link, if its owner wants to be told so.
/// Called in the transaction of the step, after it.
///
/// # Errors
/// When the database fails.
pub async fn tell_in(work: &Work, case: &Case, event: Event) -> Result<(), Fault> {
    let detail = detail_in(work, case.id).await?;
    let report = case.is_report();
    if !event.reaches(&detail.reach, report) || !gateway::is_mobile(&detail.phone) {
        return Ok(());
    }
    let purpose = if report { Purpose::See } else { event.purpose() };
    let round = round_in(work, case.id, event.purpose()).await?;
    let (locale, person) = asker_in(work, case, detail.channel(), &detail.phone).await?;
    let token: String =
        work.ctx().random(|r| (0..LENGTH).map(|_| char::from(LETTERS[r.random_range(0..LETTERS.len())])).collect());
    let made = gateway::send_in(
        work,
        &PhoneMessage {
            phone: &detail.phone,
            person: person.filter(|_| !report),
            template: event.template(),
            subject_number: &case.number,
            date: case.due(),
            link: Some(&format!("/t/{token}")),
            locale,
            once_key: &format!("{}|{round}", event.code()),
        },
    )
    .await?;
    if made != Made::New {
        return Ok(());
    }
    let days = i64::from(case.rules(work.ctx()).calendar_days(Limit::LinkLife).unwrap_or(30));
    work.run("DELETE FROM request_link WHERE expires_at < ?", [Value::from(work.now() - REMEMBERED_MS)]).await?;
    work.run(
        "INSERT INTO request_link (token_hash, case_id, purpose, event, round, made_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            Value::from(digest(&token)),
            Value::from(case.id),
            Value::from(purpose.code()),
            Value::from(event.code()),
            Value::from(round),
            Value::from(work.now()),
            Value::from(work.now() + days * DAY_MS),
        ],
    )
    .await?;
    Ok(())
}

/// The link behind a token. Reads only; a token that leads nowhere is counted against the address it came from.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::TooMany`].
pub async fn find(ctx: &Ctx, token: &str, client: &str) -> Result<Link, Fault> {
    let known = token.len() == LENGTH && token.bytes().all(|b| b.is_ascii_alphanumeric());
    let link: Option<Link> = if known {
        let text = format!("SELECT {COLUMNS} FROM request_link WHERE token_hash = ?");
        ctx::one(ctx, &text, [Value::from(digest(token))]).await?
    } else {
        None
    };
    match link {
        Some(link) => Ok(link),
        None => {
            ctx.limit(&format!("link-miss:{client}"), MISSES, 3_600_000).await?;
            Err(Fault::NotFound)
        }
    }
}

/// What the bearer does by a link.
#[derive(Clone, Debug)]
pub enum Act {
    /// A grade: one tap.
    Grade(i64),
    /// Words to the grade given.
    Words(String),
    /// 确认办结.
    Confirm,
    /// 申请重办, with what was not done well.
    Redo(String),
    /// The answer to a question, or what was missing, with files.
    Supply(String, Vec<Upload>),
}

impl Act {
    fn code(&self) -> &'static str {
        match self {
            Act::Grade(_) => "grade",
            Act::Words(_) => "words",
            Act::Confirm => "confirm",
            Act::Redo(_) => "redo",
            Act::Supply(..) => "supply",
        }
    }

    fn purpose(&self) -> Purpose {
        match self {
            Act::Supply(..) => Purpose::Supply,
            _ => Purpose::Judge,
        }
    }
}

/// The step of the request's own table that answers what was asked.
fn supply_of(case: &Case) -> Action {
    if case.state == crate::requests::flow::State::Returned.code() { Action::Complete } else { Action::Supply }
}

/// Does by a link what it is for, as the bearer.
///
/// # Errors
/// [`Fault::NotFound`] when the link has expired or is for something else, [`Fault::Stale`] when what it is about was
/// overtaken; otherwise as the step itself.
pub async fn act(ctx: &Ctx, link: &Link, act: &Act) -> Result<(), Fault> {
    if link.expires_at <= ctx.now() || link.purpose() != act.purpose() {
        return Err(Fault::NotFound);
    }
    ctx.limit(&format!("link:{}", link.token_hash), STEPS, 3_600_000).await?;
    let files = match act {
        Act::Supply(_, uploads) if !uploads.is_empty() => {
            let case = record::by_id(ctx, link.case_id).await?;
            may_step(ctx, By::Bearer, &case.number, supply_of(&case)).await?;
            attachments::prepare(uploads).await?
        }
        _ => Prepared::none(),
    };
    let work = ctx.write(&Viewer::Public).await?;
    let case = record::by_id_in(&work, link.case_id).await?;
    if round_in(&work, case.id, link.purpose()).await? != link.round {
        return Err(Fault::Stale);
    }
    let number = case.number.clone();
    let step = |words: &str| Input { words: words.to_owned(), ..Input::default() };
    match act {
        Act::Grade(grade) => ratings::actions::rate_in(&work, &case, *grade, None, Via::Link).await?,
        Act::Words(words) => ratings::actions::say_in(&work, &case, words).await?,
        Act::Confirm => {
            step_in(&work, By::Bearer, case, Action::Confirm, &step(""), &files).await?;
        }
        Act::Redo(words) => {
            step_in(&work, By::Bearer, case, Action::Redo, &step(words), &files).await?;
        }
        Act::Supply(words, _) => {
            let action = supply_of(&case);
            step_in(&work, By::Bearer, case, action, &step(words), &files).await?;
        }
    }
    work.run(
        "UPDATE request_link SET used_at = COALESCE(used_at, ?), used_for = ? WHERE token_hash = ?",
        [Value::from(work.now()), Value::from(act.code()), Value::from(link.token_hash.clone())],
    )
    .await?;
    work.audit("link.use", "case", &number, json!({ "for": act.code() })).await?;
    work.commit().await
}
