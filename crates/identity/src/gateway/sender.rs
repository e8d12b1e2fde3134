//! The jobs: messages go out, each once.
//!
//! A message is claimed before it is called out: the call is counted and marked as begun, in a transaction of its own.
//! When the answer is lost – the provider's, or because the program was killed – the mark stays, and the next run asks the
//! provider by our own name of the message before anything is sent again. Only a clear "never seen" or "not taken" leads
//! to a second call.

use std::sync::Arc;

use futures_util::future::join_all;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::clock::{self, DAY_MS};
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, ctx};
use reqwest::Client;

use super::config::{GatewayConfig, SmsConfig, WechatConfig};
use super::rules::{self, FOLLOW_UPS, QUESTIONS};
use super::sms::{self, Call, Known, Outcome};
use super::templates::{Fields, TEXTS, Template};
use super::wechat;

/// Messages that are under way at once.
const AT_ONCE: usize = 8;
/// Rounds of one run; the next run goes on.
const ROUNDS: usize = 50;
/// After how long a call that was begun and never ended is asked about.
const LEASE_MS: i64 = 60_000;
/// How long after a lost answer the provider is asked.
const ASK_AFTER_MS: i64 = 10_000;
/// When a message that nobody can send is looked at again: a binding or a provider may have come.
const NO_WAY_MS: i64 = 600_000;

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

#[derive(FromQueryResult)]
struct Due {
    id: i64,
    phone: String,
    template: String,
    version: i64,
    urgent: bool,
    locale: String,
    fields: String,
    secret: Option<String>,
    message_key: String,
    state: String,
    calling: bool,
    tries: i64,
    asked: i64,
    sent_day: Option<String>,
    provider: Option<String>,
    called_at: Option<i64>,
    openid: Option<String>,
}

const SMS: &str = "sms";
const WECHAT: &str = "wechat";

/// Who sends in this run.
struct Providers<'a> {
    config: &'a GatewayConfig,
    sms: Option<(&'a SmsConfig, Client)>,
    wechat: Option<(&'a WechatConfig, Client)>,
    token: Arc<wechat::Token>,
}

impl<'a> Providers<'a> {
    fn new(ctx: &Ctx, config: &'a GatewayConfig) -> Result<Providers<'a>, Fault> {
        let sms = match &config.sms {
            Some(sms) => Some((sms, sms::client(config, sms)?)),
            None => None,
        };
        let wechat = match &config.wechat {
            Some(wechat) => Some((wechat, wechat::client(config, wechat)?)),
            None => None,
        };
        Ok(Providers { config, sms, wechat, token: wechat::kept(ctx) })
    }

    /// By whom a message goes: by the one that was begun with, else by WeChat where the person has bound an account and
    /// the text has a template there, else by text message.
    fn of(&self, due: &Due) -> Option<&'static str> {
        let wechat = due.openid.is_some()
            && self.wechat.as_ref().is_some_and(|(w, _)| w.templates.contains_key(due.template.as_str()));
        match due.provider.as_deref() {
            Some(WECHAT) if wechat => Some(WECHAT),
            None if wechat => Some(WECHAT),
            _ => self.sms.as_ref().map(|_| SMS),
        }
    }
}

/// What is to be done with a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// To be handed over; this many calls with this one.
    Send(&'static str, i64),
    /// To be asked about, after a lost answer.
    Ask,
    /// To be asked about, because no report came.
    FollowUp,
}

/// What came of it.
enum Came {
    Sent(Outcome),
    Asked(Known),
}

/// The job `gateway.send`.
pub(super) async fn run(ctx: Ctx) -> Result<u64, Fault> {
    let config = GatewayConfig::of(&ctx);
    let mut done = give_up(&ctx).await?;
    if (config.sms.is_none() && config.wechat.is_none()) || !something_due(&ctx).await? {
        return Ok(done);
    }
    let providers = Providers::new(&ctx, &config)?;
    for _ in 0..ROUNDS {
        let (looked_at, claimed) = claim(&ctx, &providers).await?;
        if looked_at == 0 {
            break;
        }
        let rounds = claimed.iter().map(|(due, step)| carry(&ctx, &providers, due, *step));
        for ended in join_all(rounds).await {
            done += ended?;
        }
    }
    Ok(done)
}

/// Gives up what is too old to be of use. What was begun is asked about first.
async fn give_up(ctx: &Ctx) -> Result<u64, Fault> {
    let old: Option<Count> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n FROM phone_message WHERE state = 'waiting' AND calling = ? AND expires_at < ?",
        [false.into(), ctx.now().into()],
    )
    .await?;
    if old.is_none_or(|c| c.n == 0) {
        return Ok(0);
    }
    let work = ctx.write(&Viewer::System).await?;
    let done = work
        .run(
            "UPDATE phone_message SET state = 'failed', error = 'too old', secret = NULL, ended_at = ?
             WHERE state = 'waiting' AND calling = ? AND expires_at < ?",
            [work.now().into(), false.into(), work.now().into()],
        )
        .await?;
    work.commit().await?;
    Ok(done)
}

async fn something_due(ctx: &Ctx) -> Result<bool, Fault> {
    let due: Option<Count> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n FROM phone_message
         WHERE (state = 'waiting' AND next_at <= ?) OR (state = 'sent' AND provider = 'sms' AND next_at <= ? AND asked < ?)",
        [ctx.now().into(), ctx.now().into(), FOLLOW_UPS.into()],
    )
    .await?;
    Ok(due.is_some_and(|c| c.n > 0))
}

const COLUMNS: &str =
    "m.id, m.phone, m.template, m.version, m.urgent, m.locale, m.fields, m.secret, m.message_key, m.state,
    m.calling, m.tries, m.asked, m.sent_day, m.provider, m.called_at, b.openid";
const FROM: &str = "phone_message m LEFT JOIN wechat_binding b ON b.person = m.person";

/// Takes up to [`AT_ONCE`] messages; also says how many were looked at, because some are put off.
async fn claim(ctx: &Ctx, providers: &Providers<'_>) -> Result<(usize, Vec<(Due, Step)>), Fault> {
    let config = providers.config;
    let work = ctx.write(&Viewer::System).await?;
    let now = work.now();
    let today = work.today();
    let day = today.to_string();
    let used: Option<Count> =
        work.one("SELECT COUNT(*) AS n FROM phone_message WHERE sent_day = ?", [day.clone().into()]).await?;
    let mut left = config.per_day - used.map_or(0, |c| c.n);
    // At night only what a person waits for goes out. Asking the provider disturbs nobody.
    let quiet = rules::is_quiet(clock::local(now), config.quiet_from, config.quiet_until);
    let mut due: Vec<Due> = work
        .all(
            &format!(
                "SELECT {COLUMNS} FROM {FROM}
                 WHERE m.state = 'waiting' AND m.next_at <= ?
                    AND (m.urgent = ? OR m.calling = ? OR (? AND (COALESCE(m.sent_day, '') = ? OR ?)))
                 ORDER BY m.urgent DESC, m.next_at, m.id LIMIT {AT_ONCE}"
            ),
            [now.into(), true.into(), true.into(), (!quiet).into(), day.clone().into(), (left > 0).into()],
        )
        .await?;
    if due.len() < AT_ONCE {
        let more: Vec<Due> = work
            .all(
                &format!(
                    "SELECT {COLUMNS} FROM {FROM}
                     WHERE m.state = 'sent' AND m.provider = 'sms' AND m.next_at <= ? AND m.asked < ?
                     ORDER BY m.next_at, m.id LIMIT {}",
                    AT_ONCE - due.len()
                ),
                [now.into(), FOLLOW_UPS.into()],
            )
            .await?;
        due.extend(more);
    }
    let looked_at = due.len();
    let mut claimed = Vec::with_capacity(looked_at);
    for due in due {
        if due.calling && due.provider.as_deref() == Some(WECHAT) {
            // WeChat drops a repeat for some minutes; after that nobody can say, and nothing is sent a second time.
            if providers.of(&due) == Some(WECHAT) && due.called_at.is_some_and(|at| now < at + wechat::REPEATS_MS) {
                put_off(&work, due.id, now + LEASE_MS, None).await?;
                let tries = due.tries;
                claimed.push((due, Step::Send(WECHAT, tries)));
            } else {
                failed(&work, due.id, "outcome unknown").await?;
            }
            continue;
        }
        if due.state == super::State::Sent.code() || due.calling {
            let step = if due.calling { Step::Ask } else { Step::FollowUp };
            put_off(&work, due.id, now + LEASE_MS, None).await?;
            claimed.push((due, step));
            continue;
        }
        let Some(provider) = providers.of(&due) else {
            put_off(&work, due.id, now + NO_WAY_MS, Some("no provider reaches this person")).await?;
            continue;
        };
        let counted = due.sent_day.as_deref() == Some(day.as_str());
        if !counted && !due.urgent {
            if left <= 0 {
                // The cap of the day was reached by the messages before this one; the next round does not see it.
                continue;
            }
            let today: Option<Count> = work
                .one(
                    "SELECT COUNT(*) AS n FROM phone_message WHERE sent_day = ? AND phone = ? AND urgent = ?",
                    [day.clone().into(), due.phone.clone().into(), false.into()],
                )
                .await?;
            if today.is_some_and(|c| c.n >= config.per_person) {
                let morning = rules::next_morning(work.today(), config.quiet_from, config.quiet_until);
                put_off(&work, due.id, morning, Some("cap of the phone")).await?;
                continue;
            }
            left -= 1;
        }
        work.run(
            "UPDATE phone_message SET calling = ?, tries = tries + 1, asked = 0, provider = ?, sent_day = ?, next_at = ?,
                called_at = ? WHERE id = ?",
            [
                true.into(),
                provider.into(),
                day.clone().into(),
                (now + LEASE_MS).into(),
                now.into(),
                due.id.into(),
            ],
        )
        .await?;
        let tries = due.tries + 1;
        claimed.push((due, Step::Send(provider, tries)));
    }
    work.commit().await?;
    Ok((looked_at, claimed))
}

async fn put_off(work: &Work, id: i64, until: i64, why: Option<&str>) -> Result<(), Fault> {
    work.run(
        "UPDATE phone_message SET next_at = ?, error = COALESCE(?, error) WHERE id = ? AND state IN ('waiting', 'sent')",
        [until.into(), why.map(str::to_owned).into(), id.into()],
    )
    .await?;
    Ok(())
}

/// Calls the provider and writes down what came of it; 1 when something changed for the message.
async fn carry(ctx: &Ctx, providers: &Providers<'_>, due: &Due, step: Step) -> Result<u64, Fault> {
    let came = match (step, &providers.sms) {
        (Step::Send(provider, _), _) => Came::Sent(hand_over(ctx, providers, due, provider).await?),
        (Step::Ask | Step::FollowUp, Some((sms, client))) => {
            Came::Asked(sms::ask(ctx, client, sms, &due.message_key).await)
        }
        (Step::Ask | Step::FollowUp, None) => Came::Asked(Known::Unclear("no provider".to_owned())),
    };
    let work = ctx.write(&Viewer::System).await?;
    let changed = write_down(&work, providers, due, step, came).await?;
    work.commit().await?;
    Ok(changed)
}

async fn hand_over(ctx: &Ctx, providers: &Providers<'_>, due: &Due, provider: &str) -> Result<Outcome, Fault> {
    let Some(template) = Template::from_code(&due.template) else {
        return Ok(Outcome::Refused("unknown text".to_owned()));
    };
    let words = TEXTS.version(template, due.version);
    let fields: Fields = serde_json::from_str(&due.fields).map_err(Fault::internal)?;
    let secret = due.secret.as_deref().unwrap_or_default();
    let secret = secret_in_full(ctx, providers.config, template, due.version, secret);
    let locale = Locale::from_tag(&due.locale).unwrap_or_default();
    let params = words.params(&fields, &secret);
    if provider == WECHAT
        && let (Some((account, client)), Some(openid)) = (&providers.wechat, &due.openid)
        && let Some(named) = account.templates.get(template.code())
    {
        let call = wechat::Call {
            openid,
            template: named,
            key: &due.message_key,
            url: words.has("link").then_some(secret.as_str()),
            params: &params,
            words: &words.bare(locale),
        };
        return Ok(wechat::send(ctx, client, account, &providers.token, &call).await);
    }
    let Some((sms, client)) = &providers.sms else {
        return Ok(Outcome::Later("no provider reaches this person".to_owned()));
    };
    let text = words.filled(locale, &fields, &secret);
    if text.chars().count() + sms.mark().chars().count() > super::LONGEST {
        return Ok(Outcome::Refused("longer than a message may be".to_owned()));
    }
    let call = Call { key: &due.message_key, to: &due.phone, template: template.code(), params, text: &text };
    Ok(sms::send(ctx, client, sms, &call).await)
}

/// The link with the site's address before its path; a code as it is.
pub(super) fn secret_in_full(
    ctx: &Ctx,
    config: &GatewayConfig,
    template: Template,
    version: i64,
    secret: &str,
) -> String {
    if TEXTS.version(template, version).has("link") {
        let public = ctx.public_url();
        format!("{}{secret}", config.link_url.as_deref().unwrap_or(&public))
    } else {
        secret.to_owned()
    }
}

/// What a message becomes. A report may have come meanwhile: then its word stands.
async fn write_down(work: &Work, providers: &Providers<'_>, due: &Due, step: Step, came: Came) -> Result<u64, Fault> {
    let now = work.now();
    let most = providers.config.tries;
    let again = |tries: i64| now + rules::pause_ms(tries, due.urgent);
    match (came, step) {
        (Came::Sent(Outcome::Accepted(number)), _) => sent(work, due.id, number).await,
        (Came::Asked(Known::Accepted), Step::Ask) => sent(work, due.id, None).await,
        // Whom WeChat does not reach is reached by text message.
        (Came::Sent(Outcome::Refused(why)), Step::Send(WECHAT, _)) if providers.sms.is_some() => {
            work.run(
                "UPDATE phone_message SET provider = 'sms', calling = ?, tries = 0, error = ?, next_at = ?
                 WHERE id = ? AND state = 'waiting'",
                [false.into(), why.into(), now.into(), due.id.into()],
            )
            .await?;
            Ok(0)
        }
        (Came::Sent(Outcome::Refused(why)), _) | (Came::Asked(Known::Failed(why)), _) => {
            failed(work, due.id, &why).await
        }
        // A repeat after a lost answer: that it was not taken now does not say that it was not taken before.
        (Came::Sent(Outcome::Later(why)), Step::Send(WECHAT, _)) if due.calling => {
            put_off(work, due.id, again(1), Some(&why)).await?;
            Ok(0)
        }
        (Came::Sent(Outcome::Later(why)), Step::Send(_, tries)) if tries >= most => failed(work, due.id, &why).await,
        (Came::Sent(Outcome::Later(why)), _) => not_calling(work, due.id, again(due.tries + 1), &why).await,
        (Came::Sent(Outcome::Unknown(why)), _) => {
            put_off(work, due.id, now + ASK_AFTER_MS, Some(&why)).await?;
            Ok(0)
        }
        (Came::Asked(Known::Delivered), _) => delivered(work, due.id).await,
        (Came::Asked(Known::Never), Step::Ask) if due.tries >= most => failed(work, due.id, "never taken").await,
        (Came::Asked(Known::Never), Step::Ask) => not_calling(work, due.id, now, "never taken").await,
        (Came::Asked(Known::Unclear(_)), Step::Ask) if due.asked + 1 >= QUESTIONS => {
            failed(work, due.id, "outcome unknown").await
        }
        (Came::Asked(Known::Unclear(why)), Step::Ask) => {
            asked(work, due.id, again(due.asked + 1).max(now + ASK_AFTER_MS), Some(&why)).await
        }
        (Came::Asked(_), _) => asked(work, due.id, now + rules::follow_up_ms(due.asked + 1), None).await,
    }
}

async fn sent(work: &Work, id: i64, number: Option<String>) -> Result<u64, Fault> {
    work.run(
        "UPDATE phone_message SET state = 'sent', calling = ?, secret = NULL, error = NULL, asked = 0, sent_at = ?, next_at = ?,
            provider_ref = ? WHERE id = ? AND state = 'waiting'",
        [
            false.into(),
            work.now().into(),
            (work.now() + rules::follow_up_ms(0)).into(),
            number.into(),
            id.into(),
        ],
    )
    .await
}

async fn delivered(work: &Work, id: i64) -> Result<u64, Fault> {
    work.run(
        "UPDATE phone_message SET state = 'delivered', calling = ?, secret = NULL, error = NULL, ended_at = ?
         WHERE id = ? AND state IN ('waiting', 'sent')",
        [false.into(), work.now().into(), id.into()],
    )
    .await
}

async fn failed(work: &Work, id: i64, why: &str) -> Result<u64, Fault> {
    work.run(
        "UPDATE phone_message SET state = 'failed', calling = ?, secret = NULL, error = ?, ended_at = ?
         WHERE id = ? AND state IN ('waiting', 'sent')",
        [false.into(), why.to_owned().into(), work.now().into(), id.into()],
    )
    .await
}

async fn not_calling(work: &Work, id: i64, next_at: i64, why: &str) -> Result<u64, Fault> {
    work.run(
        "UPDATE phone_message SET calling = ?, error = ?, next_at = ? WHERE id = ? AND state = 'waiting'",
        [false.into(), why.to_owned().into(), next_at.into(), id.into()],
    )
    .await
}

async fn asked(work: &Work, id: i64, next_at: i64, why: Option<&str>) -> Result<u64, Fault> {
    work.run(
        "UPDATE phone_message SET asked = asked + 1, next_at = ?, error = COALESCE(?, error)
         WHERE id = ? AND state IN ('waiting', 'sent')",
        [next_at.into(), why.map(str::to_owned).into(), id.into()],
    )
    .await?;
    Ok(0)
}

/// Days after which the phone of a message that is over is masked.
const KEPT_DAYS: i64 = 90;

/// The job `gateway.tidy`: masks phones of old messages; forgets nonces that could not come again.
pub(super) async fn tidy(ctx: Ctx) -> Result<u64, Fault> {
    let work = ctx.write(&Viewer::System).await?;
    let now = work.now();
    let mut done = work
        .run(
            "UPDATE phone_message SET phone = SUBSTR(phone, 1, 3) || '****' || SUBSTR(phone, 8, 4)
             WHERE at < ? AND state <> 'waiting' AND SUBSTR(phone, 4, 4) <> '****'",
            [(now - KEPT_DAYS * DAY_MS).into()],
        )
        .await?;
    done += work.run("DELETE FROM gateway_nonce WHERE at < ?", [(now - DAY_MS).into()]).await?;
    work.commit().await?;
    Ok(done)
}
