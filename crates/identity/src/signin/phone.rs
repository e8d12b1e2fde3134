//! Phones proved by a code: the way firms sign in without a password, and the way somebody without an account shows that
//! the phone in a request is theirs.
//!
//! A code has six digits, lasts five minutes, is used once and forgives five wrong tries. It goes out by the gateway and
//! is shown to nobody. Whoever types it right gets a **proof**: a token in a cookie, good for half an hour, for one phone.
//! What is answered on the way never says whether a phone is known.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum_extra::extract::cookie::Cookie;
use huiqi_kernel::people::{FIRM, Viewer};
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, ctx};
use huiqi_web::{Answer, Visit};
use rand::Rng;

use super::token;
use crate::gateway::{self, GatewayConfig};

/// How long a code is good.
pub const CODE_MS: i64 = 5 * 60_000;
/// How long a proved phone counts as proved, in seconds.
const PROOF_S: i64 = 30 * 60;
/// Wrong tries after which a code is worth nothing.
const TRIES: i64 = 5;
/// A second code is not sent sooner.
const AGAIN_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Whether codes reach phones: a gateway is set, or, in the demo, they can be read on the outbox page.
pub fn is_offered(ctx: &Ctx) -> bool {
    gateway::is_set(ctx) || ctx.is_demo()
}

fn digest(phone: &str, code: &str) -> String {
    token::digest(&format!("phone:{phone}:{code}"))
}

fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-huiqi-phone" } else { "huiqi-phone" }
}

#[derive(FromQueryResult)]
struct CodeRow {
    id: i64,
    hash: String,
    at: i64,
}

async fn live_code(work: &Work, phone: &str) -> Result<Option<CodeRow>, Fault> {
    work.one(
        "SELECT id, hash, at FROM phone_code
         WHERE phone = ? AND used_at IS NULL AND expires_at > ? AND tries < ? ORDER BY id DESC LIMIT 1",
        [phone.into(), work.now().into(), TRIES.into()],
    )
    .await
}

/// Sends a code to a mobile phone; within a minute of the last one nothing more is sent. Gives the seconds until another
/// can be asked for, where nothing went out now.
///
/// # Errors
/// [`Fault::TooMany`] beyond five an hour for one phone, twenty for one address, and the day's cap of all messages.
pub async fn send_code(visit: &Visit, phone: &str) -> Result<Option<i64>, Fault> {
    let ctx = visit.ctx();
    let work = ctx.write(&Viewer::Public).await?;
    if let Some(wait) = live_code(&work, phone).await?.map(|code| code.at + AGAIN_MS - work.now()).filter(|ms| *ms > 0)
    {
        return Ok(Some((wait + 999) / 1000));
    }
    drop(work);
    ctx.limit(&format!("phone-code|{phone}"), 5, HOUR_MS).await?;
    ctx.limit(&format!("phone-code-from|{}", visit.client()), 20, HOUR_MS).await?;
    ctx.limit("phone-code-all", GatewayConfig::of(ctx).per_day, DAY_MS).await?;
    let work = ctx.write(&Viewer::Public).await?;
    let code = ctx.random(|random| format!("{:06}", random.random_range(0..1_000_000)));
    work.run(
        "UPDATE phone_code SET used_at = ? WHERE phone = ? AND used_at IS NULL",
        [work.now().into(), phone.into()],
    )
    .await?;
    work.run(
        "INSERT INTO phone_code (phone, hash, at, expires_at, tries) VALUES (?, ?, ?, ?, 0)",
        [phone.into(), digest(phone, &code).into(), work.now().into(), (work.now() + CODE_MS).into()],
    )
    .await?;
    gateway::send_code_in(&work, phone, &code, CODE_MS / 60_000, visit.locale()).await?;
    work.commit().await?;
    Ok(None)
}

/// Uses a code up if it is right and gives the cookie with the proof; a wrong one counts against the code.
///
/// # Errors
/// [`Fault::TooMany`] beyond thirty tries an hour from one address.
pub async fn check_code(visit: &Visit, phone: &str, typed: &str) -> Result<Option<Cookie<'static>>, Fault> {
    let ctx = visit.ctx();
    ctx.limit(&format!("phone-try|{}", visit.client()), 30, HOUR_MS).await?;
    let typed: String = typed.chars().map(huiqi_kernel::text::half_width).filter(char::is_ascii_digit).collect();
    let work = ctx.write(&Viewer::Public).await?;
    let Some(code) = live_code(&work, phone).await? else { return Ok(None) };
    if code.hash != digest(phone, &typed) {
        work.run("UPDATE phone_code SET tries = tries + 1 WHERE id = ?", [code.id.into()]).await?;
        work.commit().await?;
        return Ok(None);
    }
    let used = work
        .run("UPDATE phone_code SET used_at = ? WHERE id = ? AND used_at IS NULL", [work.now().into(), code.id.into()])
        .await?;
    if used == 0 {
        return Ok(None);
    }
    let token = token::fresh(ctx);
    work.run(
        "INSERT INTO phone_proof (token_hash, phone, at, expires_at) VALUES (?, ?, ?, ?)",
        [token::digest(&token).into(), phone.into(), work.now().into(), (work.now() + PROOF_S * 1000).into()],
    )
    .await?;
    if let Some(actor) = visit.viewer().actor() {
        mark_in(&work, actor.person, phone).await?;
    }
    work.commit().await?;
    Ok(Some(visit.cookie(cookie_name(visit.secure()), token, Some(PROOF_S))))
}

/// The phone this browser has proved within the last half hour.
///
/// # Errors
/// When the database fails.
pub async fn proved(visit: &Visit) -> Result<Option<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        phone: String,
    }
    let Some(token) = visit.read_cookie(cookie_name(visit.secure())) else { return Ok(None) };
    let row: Option<Row> = ctx::one(
        visit.ctx(),
        "SELECT phone FROM phone_proof WHERE token_hash = ? AND expires_at > ?",
        [token::digest(token).into(), visit.ctx().now().into()],
    )
    .await?;
    Ok(row.map(|r| r.phone))
}

/// Ends the proof of this browser and gives the cookie that takes its place: after signing out, the next one at the same
/// machine has to prove the phone again.
pub(super) async fn end_in(work: &Work, visit: &Visit) -> Result<Cookie<'static>, Fault> {
    let name = cookie_name(visit.secure());
    if let Some(token) = visit.read_cookie(name) {
        work.run("DELETE FROM phone_proof WHERE token_hash = ?", [token::digest(token).into()]).await?;
    }
    Ok(visit.cookie(name, String::new(), Some(0)))
}

/// Notes that a person's own phone was proved; nothing when it is another one.
///
/// # Errors
/// When the database fails.
pub async fn mark_in(work: &Work, person: i64, phone: &str) -> Result<(), Fault> {
    work.run("UPDATE person SET phone_proved = phone WHERE id = ? AND phone = ?", [person.into(), phone.into()])
        .await?;
    Ok(())
}

/// Whether the phone that stands with a person was proved.
///
/// # Errors
/// When the database fails.
pub async fn is_marked(ctx: &Ctx, person: i64) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let row: Option<Row> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n FROM person WHERE id = ? AND phone IS NOT NULL AND phone_proved = phone",
        [person.into()],
    )
    .await?;
    Ok(row.is_some_and(|r| r.n > 0))
}

/// Adds a cookie to an answer that is a page.
pub fn with_cookie(answer: Answer, cookie: &Cookie<'static>) -> Answer {
    let mut response = answer?;
    if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    Ok(response)
}

/// Somebody who may sign in with a phone.
#[derive(FromQueryResult)]
pub(super) struct Holder {
    pub person: i64,
    pub number: String,
    pub name: String,
    pub membership: i64,
    pub firm: String,
    pub firm_en: Option<String>,
}

/// The people with this phone who act for firms and for nobody else: staff have a password, so that a lost phone opens
/// no workbench. Each with the membership acted under last, or the oldest.
pub(super) async fn holders(ctx: &Ctx, phone: &str) -> Result<Vec<Holder>, Fault> {
    let roles = FIRM.iter().map(|r| format!("'{}'", r.code())).collect::<Vec<_>>().join(", ");
    let mut rows: Vec<Holder> = ctx::all(
        ctx,
        &format!(
            "SELECT p.id AS person, p.number, p.name, m.id AS membership, o.name AS firm, o.name_en AS firm_en
             FROM person p JOIN membership m ON m.person = p.id JOIN organisation o ON o.id = m.organisation
             LEFT JOIN account a ON a.person = p.id
             WHERE p.phone = ? AND p.state = 'active' AND m.until IS NULL AND m.role IN ({roles})
                AND NOT EXISTS (SELECT 1 FROM membership s WHERE s.person = p.id AND s.until IS NULL AND s.role NOT IN ({roles}))
             ORDER BY p.id, CASE WHEN m.id = a.last_membership THEN 0 ELSE 1 END, m.id"
        ),
        [phone.into()],
    )
    .await?;
    rows.dedup_by_key(|row| row.person);
    Ok(rows)
}
