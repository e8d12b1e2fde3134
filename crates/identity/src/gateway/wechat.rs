//! The adapter of a WeChat service account: template messages to people who have bound their account.
//!
//! WeChat is not asked what became of a message; instead it drops a second one with the same `client_msg_id` to the same
//! person for ten minutes. So a call whose answer was lost is made again with the same id within that time, and never after.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use huiqi_store::{Ctx, Fault};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::config::{GatewayConfig, WechatConfig, WechatTemplate, is_here};
use super::sms::{Outcome, plain};

/// For how long WeChat drops repeats, with a minute to spare.
pub(super) const REPEATS_MS: i64 = 9 * 60_000;
/// A token is fetched anew this long before it ends.
const SPARE_MS: i64 = 5 * 60_000;

/// The access token of the service account, kept in memory.
#[derive(Default)]
pub(super) struct Token(Mutex<Option<(String, i64)>>);

impl Token {
    fn get(&self, now: i64) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(_, until)| now < *until).map(|(token, _)| token.clone())
    }

    fn set(&self, kept: Option<(String, i64)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = kept;
    }
}

/// The token as it is kept for all runs.
pub(super) fn kept(ctx: &Ctx) -> std::sync::Arc<Token> {
    ctx.provided::<Token>().unwrap_or_else(|| {
        ctx.provide(Token::default());
        ctx.provided::<Token>().unwrap_or_default()
    })
}

/// One message as it goes to a person.
pub(super) struct Call<'a> {
    pub openid: &'a str,
    pub template: &'a WechatTemplate,
    pub key: &'a str,
    pub url: Option<&'a str>,
    pub params: &'a BTreeMap<&'static str, String>,
    pub words: &'a str,
}

pub(super) fn client(config: &GatewayConfig, wechat: &WechatConfig) -> Result<Client, Fault> {
    let builder = Client::builder()
        .timeout(Duration::from_millis(config.timeout_ms))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("huiqi");
    let builder = if is_here(&wechat.url) { builder.no_proxy() } else { builder };
    builder.build().map_err(Fault::internal)
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    #[serde(default)]
    expires_in: i64,
    #[serde(default)]
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

/// The access token, fetched where none is kept. The stable kind is asked for, so that another program of the city that
/// uses the same account is not thrown out.
async fn token(ctx: &Ctx, client: &Client, wechat: &WechatConfig, kept: &Token) -> Result<String, String> {
    if let Some(token) = kept.get(ctx.now()) {
        return Ok(token);
    }
    let body = json!({ "grant_type": "client_credential", "appid": wechat.app_id, "secret": wechat.secret });
    let url = format!("{}/cgi-bin/stable_token", wechat.url);
    let answer = post(client, &url, &body).await.map_err(|(_, error)| error)?;
    let answer: TokenAnswer = serde_json::from_value(answer).map_err(|error| error.to_string())?;
    match answer.access_token {
        Some(token) if !token.is_empty() => {
            kept.set(Some((token.clone(), ctx.now() + (answer.expires_in * 1000 - SPARE_MS).max(0))));
            Ok(token)
        }
        _ => Err(format!("{} {}", answer.errcode, answer.errmsg)),
    }
}

/// Posts JSON; the error says whether the call may have arrived. Addresses carry the token, so they are left out of it.
async fn post(client: &Client, url: &str, body: &Value) -> Result<Value, (bool, String)> {
    let lost = |error: reqwest::Error| (!(error.is_connect() || error.is_builder()), plain(&error.without_url()));
    let request = client.post(url).header(CONTENT_TYPE, "application/json").body(body.to_string());
    let response = request.send().await.map_err(lost)?;
    let status = response.status().as_u16();
    let bytes = response.bytes().await.map_err(|error| (true, plain(&error.without_url())))?;
    match (status, serde_json::from_slice(&bytes)) {
        (200, Ok(answer)) => Ok(answer),
        _ => Err((true, format!("{status} with an answer that cannot be read"))),
    }
}

/// Sends a message; [`Outcome::Accepted`] carries WeChat's number of it.
pub(super) async fn send(ctx: &Ctx, client: &Client, wechat: &WechatConfig, kept: &Token, call: &Call<'_>) -> Outcome {
    let token = match token(ctx, client, wechat, kept).await {
        Ok(token) => token,
        Err(error) => return Outcome::Later(error),
    };
    let mut data = serde_json::Map::new();
    for (place, field) in &call.template.fields {
        let value = match place.as_str() {
            "words" => call.words.to_owned(),
            place => call.params.get(place).cloned().unwrap_or_default(),
        };
        data.insert(field.clone(), json!({ "value": value }));
    }
    let mut body = json!({
        "touser": call.openid, "template_id": call.template.id, "client_msg_id": call.key, "data": data,
    });
    if let Some(url) = call.url {
        body["url"] = json!(url);
    }
    let url = format!("{}/cgi-bin/message/template/send?access_token={token}", wechat.url);
    match post(client, &url, &body).await {
        Ok(answer) => judged(&answer, kept),
        Err((true, error)) => Outcome::Unknown(error),
        Err((false, error)) => Outcome::Later(error),
    }
}

/// What an answer means. A person who does not follow the account any more is reached by text message instead.
fn judged(answer: &Value, kept: &Token) -> Outcome {
    let code = answer["errcode"].as_i64();
    let said = format!("{} {}", code.unwrap_or(-2), answer["errmsg"].as_str().unwrap_or_default());
    match code {
        Some(0) => Outcome::Accepted(answer["msgid"].as_i64().map(|id| id.to_string())),
        // The token is not good any more.
        Some(40001 | 40014 | 42001 | 42007) => {
            kept.set(None);
            Outcome::Later(said)
        }
        // Busy, or beyond the account's limit of the day or minute.
        Some(-1 | 45009 | 45011 | 45047) => Outcome::Later(said),
        Some(_) => Outcome::Refused(said),
        None => Outcome::Unknown(said),
    }
}

/// Whether a call comes from WeChat: the signature over our token, their moment and nonce. WeChat prescribes SHA-1.
pub(super) fn is_signed(token: &str, time: &str, nonce: &str, given: &str) -> bool {
    let mut parts = [token, time, nonce];
    parts.sort_unstable();
    let digest = huiqi_store::audit::hex(&Sha1::digest(parts.concat().as_bytes()));
    digest.len() == given.len() && digest.bytes().zip(given.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// What WeChat tells the account, as far as it is of use here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub openid: String,
    pub account: String,
    pub kind: String,
    pub event: String,
    pub content: String,
    pub message: String,
    pub status: String,
}

/// Reads the flat XML of a message or event; anything else is `None`.
pub(super) fn read(text: &str) -> Option<Told> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut told = Told::default();
    let mut field = String::new();
    loop {
        let value = match reader.read_event().ok()? {
            Event::Start(start) => {
                field = start.name().as_ref().to_owned();
                continue;
            }
            Event::End(_) => {
                field.clear();
                continue;
            }
            Event::Text(text) => (*text).to_owned(),
            Event::CData(text) => (*text).to_owned(),
            Event::Eof => break,
            Event::DocType(_) => return None,
            _ => continue,
        };
        let place = match field.as_str() {
            "FromUserName" => &mut told.openid,
            "ToUserName" => &mut told.account,
            "MsgType" => &mut told.kind,
            "Event" => &mut told.event,
            "Content" => &mut told.content,
            "MsgID" => &mut told.message,
            "Status" => &mut told.status,
            _ => continue,
        };
        place.push_str(value.trim());
    }
    (!told.openid.is_empty() && !told.kind.is_empty()).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wechat_tells_is_read() {
        let text = "<xml>\n<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o-abc]]></FromUserName>\
                    <CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[ 12345678 ]]></Content>\
                    <MsgId>7</MsgId></xml>";
        let told = read(text).unwrap();
        assert_eq!((told.openid.as_str(), told.kind.as_str(), told.content.as_str()), ("o-abc", "text", "12345678"));
        for broken in ["", "<xml></xml>", "<xml><FromUserName>", "{}", "<!DOCTYPE x [<!ENTITY a 'b'>]><xml/>"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_call_of_wechat_is_signed() {
        // From the sorted parts "1791772920", "n-1", "token".
        let given = huiqi_store::audit::hex(&Sha1::digest(b"1791772920n-1token"));
        assert!(is_signed("token", "1791772920", "n-1", &given));
        assert!(!is_signed("token", "1791772921", "n-1", &given));
        assert!(!is_signed("other", "1791772920", "n-1", &given));
        assert!(!is_signed("token", "1791772920", "n-1", ""));
    }

    #[test]
    fn a_person_who_left_is_reached_otherwise() {
        let kept = Token::default();
        kept.set(Some(("t".into(), i64::MAX)));
        assert_eq!(judged(&json!({"errcode": 0, "msgid": 9}), &kept), Outcome::Accepted(Some("9".into())));
        assert!(matches!(judged(&json!({"errcode": 43004}), &kept), Outcome::Refused(_)));
        assert!(matches!(judged(&json!({"errcode": -1}), &kept), Outcome::Later(_)));
        assert!(matches!(judged(&json!({}), &kept), Outcome::Unknown(_)));
        assert!(kept.get(0).is_some());
        assert!(matches!(judged(&json!({"errcode": 42001}), &kept), Outcome::Later(_)));
        assert!(kept.get(0).is_none());
    }
}
