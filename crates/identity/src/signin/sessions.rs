//! Sessions: rows that end by themselves.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::clock::DAY_MS;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, ctx, number};
use huiqi_web::Visit;
use serde_json::json;

use super::token;
use crate::people::queries;

const HOUR_MS: i64 = 3_600_000;

/// How long a session may rest, and how long it may last, in milliseconds.
pub(super) const fn limits_ms(role: Role) -> (i64, i64) {
    if role.is_staff() { (8 * HOUR_MS, 24 * HOUR_MS) } else { (30 * DAY_MS, 90 * DAY_MS) }
}

/// Whether a session begun and last used at these moments is still good for a role.
pub(super) const fn is_good(created_at: i64, seen_at: i64, now: i64, role: Role) -> bool {
    let (idle, absolute) = limits_ms(role);
    now < seen_at + idle && now < created_at + absolute
}

/// Name of the cookie that says that this browser has signed in before.
pub(super) const fn device_cookie(secure: bool) -> &'static str {
    if secure { "__Host-huiqi-device" } else { "huiqi-device" }
}

/// The device token a browser sent.
pub(super) fn device_of(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(device_cookie(visit.secure())).map(|c| c.value().to_owned())
}

/// Whether this browser has signed in as this person before.
pub(super) async fn is_known(ctx: &Ctx, device: Option<&str>, person: i64) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let Some(device) = device else {
        return Ok(false);
    };
    let row: Option<Row> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n FROM device WHERE token_hash = ? AND person = ?",
        [token::digest(device).into(), person.into()],
    )
    .await?;
    Ok(row.is_some_and(|r| r.n > 0))
}

/// Starts a session under a membership and gives back the cookies that carry it. For sign-in, and for whatever ends
/// with the person signed in: registration, an accepted invitation.
///
/// # Errors
/// [`Fault::NotFound`] when the membership has ended or the person is disabled.
pub async fn begin(visit: &Visit, headers: &HeaderMap, membership: i64) -> Result<Vec<Cookie<'static>>, Fault> {
    let ctx = visit.ctx();
    let actor = queries::actor(ctx, membership).await?.ok_or(Fault::NotFound)?;
    let (person, role) = (actor.person, actor.role);
    let session = token::fresh(ctx);
    let known = device_of(visit, headers);
    let device = known.clone().unwrap_or_else(|| token::fresh(ctx));
    let agent: String =
        headers.get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().chars().take(300).collect();
    let (_, absolute) = limits_ms(role);

    let work = ctx.write(&Viewer::Signed(actor)).await?;
    let number = format!("DL-{:08}", number::next(&*work, "session").await?);
    work.run(
        "INSERT INTO session (number, token_hash, person, membership, created_at, seen_at, expires_at, agent, address)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number.clone().into(),
            token::digest(&session).into(),
            person.into(),
            membership.into(),
            work.now().into(),
            work.now().into(),
            (work.now() + absolute).into(),
            agent.into(),
            visit.client().to_owned().into(),
        ],
    )
    .await?;
    work.run(
        "INSERT INTO device (token_hash, person, at) VALUES (?, ?, ?)
         ON CONFLICT (token_hash, person) DO UPDATE SET at = excluded.at",
        [token::digest(&device).into(), person.into(), work.now().into()],
    )
    .await?;
    work.run("UPDATE account SET last_membership = ? WHERE person = ?", [membership.into(), person.into()]).await?;
    work.audit("signin.signed-in", "session", &number, json!({})).await?;
    work.commit().await?;

    let secure = visit.secure();
    let age = (!role.is_staff()).then_some(absolute / 1000);
    Ok(vec![
        visit.cookie(Visit::session_cookie(secure), session, age),
        visit.cookie(device_cookie(secure), device, Some(400 * 86_400)),
    ])
}

/// The cookie that takes the session's place after signing out.
pub(super) fn gone(visit: &Visit) -> Cookie<'static> {
    visit.cookie(Visit::session_cookie(visit.secure()), String::new(), Some(0))
}

/// Ends all sessions of a person but the one with this token, if one is given; returns how many.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions_in(work: &Work, person: i64, but: Option<&str>) -> Result<u64, Fault> {
    let keep = but.map(token::digest).unwrap_or_default();
    let count =
        work.run("DELETE FROM session WHERE person = ? AND token_hash <> ?", [person.into(), keep.into()]).await?;
    if count > 0 {
        let number = queries::person_in(work, person).await?.map(|p| p.number).unwrap_or_default();
        work.audit("signin.sessions-ended", "person", &number, json!({ "count": count })).await?;
    }
    Ok(count)
}

/// Ends one session of a person, by its public number; whether there was one.
pub(super) async fn end_one_in(work: &Work, person: i64, number: &str) -> Result<bool, Fault> {
    let count = work.run("DELETE FROM session WHERE person = ? AND number = ?", [person.into(), number.into()]).await?;
    if count > 0 {
        work.audit("signin.session-ended", "session", number, json!({})).await?;
    }
    Ok(count > 0)
}

/// Ends the session with this token.
pub(super) async fn end_token_in(work: &Work, session: &str) -> Result<(), Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        number: String,
    }
    let hash = token::digest(session);
    let row: Option<Row> = work.one("SELECT number FROM session WHERE token_hash = ?", [hash.clone().into()]).await?;
    if let Some(row) = row {
        work.run("DELETE FROM session WHERE token_hash = ?", [hash.into()]).await?;
        work.audit("signin.signed-out", "session", &row.number, json!({})).await?;
    }
    Ok(())
}

/// A session as its owner sees it.
#[derive(FromQueryResult)]
pub(super) struct Line {
    pub number: String,
    pub token_hash: String,
    pub created_at: i64,
    pub seen_at: i64,
    pub agent: String,
    pub address: String,
    pub role: String,
}

/// The good sessions of a person, newest first.
pub(super) async fn of(ctx: &Ctx, person: i64) -> Result<Vec<Line>, Fault> {
    let rows: Vec<Line> = ctx::all(
        ctx,
        "SELECT s.number, s.token_hash, s.created_at, s.seen_at, s.agent, s.address, m.role
         FROM session s JOIN membership m ON m.id = s.membership
         WHERE s.person = ? AND s.expires_at > ? ORDER BY s.seen_at DESC, s.id DESC",
        [person.into(), ctx.now().into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .filter(|s| Role::from_code(&s.role).is_some_and(|role| is_good(s.created_at, s.seen_at, ctx.now(), role)))
        .collect())
}

/// The job `signin.tidy`: removes what is over. Sessions, used and old codes, and devices not seen for 400 days.
pub(super) async fn tidy(ctx: Ctx) -> Result<u64, Fault> {
    let work = ctx.write(&Viewer::System).await?;
    let now = work.now();
    let mut done = work.run("DELETE FROM session WHERE expires_at < ?", [now.into()]).await?;
    done += work.run("DELETE FROM one_time_code WHERE expires_at < ?", [(now - 90 * DAY_MS).into()]).await?;
    done += work.run("DELETE FROM phone_code WHERE expires_at < ?", [(now - DAY_MS).into()]).await?;
    done += work.run("DELETE FROM phone_proof WHERE expires_at < ?", [now.into()]).await?;
    done += work.run("DELETE FROM device WHERE at < ?", [(now - 400 * DAY_MS).into()]).await?;
    work.commit().await?;
    Ok(done)
}

/// What a browser calls itself, in two words: program and machine. Names, the same in every language.
pub(super) fn device_words(agent: &str) -> String {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let program = first(&[
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let machine = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, machine) {
        (Some(program), Some(machine)) => format!("{program}, {machine}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_rest_eight_hours_and_firms_thirty_days() {
        let staff = Role::OperatorAgent;
        assert!(is_good(0, 0, 8 * HOUR_MS - 1, staff));
        assert!(!is_good(0, 0, 8 * HOUR_MS, staff));
        assert!(!is_good(0, 23 * HOUR_MS, 24 * HOUR_MS, staff));
        let firm = Role::EnterpriseMember;
        assert!(is_good(0, 0, 29 * DAY_MS, firm));
        assert!(!is_good(0, 0, 30 * DAY_MS, firm));
        assert!(!is_good(0, 89 * DAY_MS, 90 * DAY_MS, firm));
    }

    #[test]
    fn devices_have_names() {
        let wechat =
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0";
        assert_eq!(device_words(wechat), "WeChat, Android");
        assert_eq!(device_words("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120"), "Edge, Windows");
        assert_eq!(device_words("curl/8"), "curl/8");
    }
}
