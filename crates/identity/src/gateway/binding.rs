//! Binding a WeChat account: the person takes a code from the own page and sends it to the service account; WeChat tells us
//! who sent it. And what else WeChat tells: who left, and what became of messages.

use axum::body::Bytes;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, Style};
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Html, Visit};
use rand::Rng;
use serde::Deserialize;
use serde_json::json;

use super::config::{GatewayConfig, WechatConfig};
use super::signature::WINDOW_MS;
use super::wechat::{self, Told};
use crate::signin::token;
use crate::t;

/// How long a code is good.
const CODE_MS: i64 = 10 * 60_000;

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/me/wechat", page),
        Route::post("/me/wechat/code", give_code),
        Route::post("/me/wechat/end", end),
        Route::get("/gateway/wechat", greet).machine(),
        Route::post("/gateway/wechat", told).machine(),
    ]
}

const HERE: &str = "me";

fn digest(code: &str) -> String {
    token::digest(&format!("wechat:{code}"))
}

async fn is_bound(ctx: &Ctx, person: i64) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let row: Option<Row> =
        ctx::one(ctx, "SELECT COUNT(*) AS n FROM wechat_binding WHERE person = ?", [person.into()]).await?;
    Ok(row.is_some_and(|r| r.n > 0))
}

async fn shown(visit: &Visit, code: Option<&str>) -> Answer {
    let l = visit.locale();
    let m = t(l);
    let ctx = visit.ctx();
    let form = |action: &str, words: &str, style: Style| {
        Html(format!(
            "<form method=\"post\" action=\"/me/wechat/{action}\">{}</form>",
            components::button(words, style)
        ))
    };
    let config = GatewayConfig::of(ctx);
    let inside =
        match (&config.wechat, code) {
            (None, _) => Html(format!("<p>{}</p>", Html::text(&m.gateway_wechat_unset()))),
            (Some(wechat), Some(code)) => Html(format!(
                "<p>{}</p><p class=\"button-row\"><b class=\"code-big\">{}</b>{}</p><p class=\"quiet\">{}</p>",
                Html::text(&m.gateway_wechat_send(&wechat.name)),
                code,
                components::copy_button(code, l),
                Html::text(&m.gateway_wechat_good(CODE_MS / 60_000)),
            )),
            (Some(wechat), None) if is_bound(ctx, visit.actor()?.person).await? => Html(format!(
                "<p>{}</p>",
                Html::text(&m.gateway_wechat_bound(&wechat.name))
            ))
            .and(&form("end", &m.gateway_wechat_end(), Style::Second)),
            (Some(wechat), None) => Html(format!("<p>{}</p>", Html::text(&m.gateway_wechat_why(&wechat.name))))
                .and(&form("code", &m.gateway_wechat_take(), Style::Solid)),
        };
    let body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back("/me", &m.signin_me_title(), l))
        .and(&Html::raw("<div class=\"form-main section\">"))
        .and(&huiqi_web::layout::flash_slot())
        .and(&Html(format!("<h1>{}</h1>", Html::text(&m.gateway_wechat_title()))))
        .and(&inside)
        .and(&Html::raw("</div></div>"));
    visit.page(m.gateway_wechat_title(), HERE).show(body).await
}

async fn page(visit: Visit) -> Answer {
    shown(&visit, None).await
}

async fn give_code(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let person = visit.actor()?.person;
    if GatewayConfig::of(ctx).wechat.is_none() {
        return shown(&visit, None).await;
    }
    let code = ctx.random(|random| format!("{:08}", random.random_range(0..100_000_000)));
    let work = ctx.write(visit.viewer()).await?;
    work.run("DELETE FROM wechat_code WHERE person = ? OR expires_at < ?", [person.into(), work.now().into()]).await?;
    work.run(
        "INSERT INTO wechat_code (person, hash, expires_at) VALUES (?, ?, ?)",
        [person.into(), digest(&code).into(), (work.now() + CODE_MS).into()],
    )
    .await?;
    work.commit().await?;
    shown(&visit, Some(&code)).await
}

async fn end(visit: Visit) -> Answer {
    let person = visit.actor()?.person;
    let work = visit.ctx().write(visit.viewer()).await?;
    let done = work.run("DELETE FROM wechat_binding WHERE person = ?", [person.into()]).await?;
    if done > 0 {
        work.audit("gateway.wechat-ended", "person", "", json!({})).await?;
    }
    work.commit().await?;
    visit.to("/me/wechat").good(t(visit.locale()).gateway_wechat_ended()).now()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Signed {
    signature: String,
    timestamp: String,
    nonce: String,
    echostr: String,
}

impl Signed {
    fn is_right(&self, ctx: &Ctx, wechat: &WechatConfig) -> bool {
        let near = self.timestamp.parse::<i64>().is_ok_and(|s| (s.saturating_mul(1000) - ctx.now()).abs() <= WINDOW_MS);
        near && wechat::is_signed(&wechat.token, &self.timestamp, &self.nonce, &self.signature)
    }
}

fn refused() -> Response {
    (StatusCode::FORBIDDEN, "not signed as agreed\n").into_response()
}

/// WeChat asks whether we are who we say we are.
async fn greet(visit: Visit, Query(signed): Query<Signed>) -> Response {
    let config = GatewayConfig::of(visit.ctx());
    match &config.wechat {
        Some(wechat) if signed.is_right(visit.ctx(), wechat) => {
            ([(CONTENT_TYPE, "text/plain; charset=utf-8")], signed.echostr).into_response()
        }
        _ => refused(),
    }
}

/// WeChat tells something; the answer is a message to the person, or the word that it has arrived.
async fn told(visit: Visit, Query(signed): Query<Signed>, body: Bytes) -> Response {
    let ctx = visit.ctx();
    let config = GatewayConfig::of(ctx);
    if !config.wechat.as_ref().is_some_and(|wechat| signed.is_right(ctx, wechat)) {
        return refused();
    }
    let Some(told) = std::str::from_utf8(&body).ok().and_then(wechat::read) else { return refused() };
    match heard(ctx, &told).await {
        Ok(Some(words)) => {
            ([(CONTENT_TYPE, "application/xml; charset=utf-8")], reply(ctx, &told, &words)).into_response()
        }
        Ok(None) | Err(Fault::TooMany) => "success".into_response(),
        Err(fault) => {
            tracing::error!(error = %fault, "what WeChat told could not be taken in");
            (StatusCode::SERVICE_UNAVAILABLE, "").into_response()
        }
    }
}

/// A message back to the person, in the form of WeChat.
fn reply(ctx: &Ctx, told: &Told, words: &str) -> String {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.')).collect::<String>()
    };
    format!(
        "<xml><ToUserName><![CDATA[{}]]></ToUserName><FromUserName><![CDATA[{}]]></FromUserName><CreateTime>{}</CreateTime>\
         <MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{}]]></Content></xml>",
        plain(&told.openid),
        plain(&told.account),
        ctx.now() / 1000,
        words.replace("]]>", "")
    )
}

async fn heard(ctx: &Ctx, told: &Told) -> Result<Option<String>, Fault> {
    match (told.kind.as_str(), told.event.as_str()) {
        ("text", _) => {
            let code: String = told.content.chars().filter(|c| !c.is_whitespace()).collect();
            if code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Ok(None);
            }
            bind(ctx, &told.openid, &code).await.map(Some)
        }
        ("event", "unsubscribe") => {
            let work = ctx.write(&Viewer::System).await?;
            work.run("DELETE FROM wechat_binding WHERE openid = ?", [told.openid.clone().into()]).await?;
            work.commit().await?;
            Ok(None)
        }
        ("event", "TEMPLATESENDJOBFINISH") => {
            let work = ctx.write(&Viewer::System).await?;
            let (state, error) =
                if told.status == "success" { ("delivered", None) } else { ("failed", Some(told.status.clone())) };
            work.run(
                "UPDATE phone_message SET state = ?, error = ?, ended_at = ?
                 WHERE provider = 'wechat' AND provider_ref = ? AND state = 'sent'",
                [state.into(), error.into(), work.now().into(), told.message.clone().into()],
            )
            .await?;
            work.commit().await?;
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// Binds the account that sent a code; what it was bound to before, and what the person had before, ends.
async fn bind(ctx: &Ctx, openid: &str, code: &str) -> Result<String, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        person: i64,
    }
    ctx.limit(&format!("wechat|{openid}"), 10, 3_600_000).await?;
    let m = t(Locale::Zh);
    let work = ctx.write(&Viewer::System).await?;
    let row: Option<Row> = work
        .one(
            "SELECT person FROM wechat_code WHERE hash = ? AND expires_at > ?",
            [digest(code).into(), work.now().into()],
        )
        .await?;
    let Some(Row { person }) = row else { return Ok(m.gateway_wechat_wrong()) };
    work.run("DELETE FROM wechat_code WHERE person = ?", [person.into()]).await?;
    work.run("DELETE FROM wechat_binding WHERE person = ? OR openid = ?", [person.into(), openid.into()]).await?;
    work.run(
        "INSERT INTO wechat_binding (person, openid, at) VALUES (?, ?, ?)",
        [person.into(), openid.into(), work.now().into()],
    )
    .await?;
    work.audit("gateway.wechat-bound", "person", "", json!({})).await?;
    work.commit().await?;
    Ok(m.gateway_wechat_done())
}
