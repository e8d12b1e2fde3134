//! The adapter of a provider of text messages: our own plain form of JSON over HTTP, told in docs/operations.md. The
//! provider of a city is reached by a small program beside it that speaks this form.

use std::collections::BTreeMap;
use std::time::Duration;

use huiqi_store::audit::hex;
use huiqi_store::{Ctx, Fault};
use rand::RngCore;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::config::{GatewayConfig, SmsConfig, is_here};
use super::signature;

/// What is known after a message was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The provider has it, under a number of its own where it says one.
    Accepted(Option<String>),
    /// The provider will never send it, and says why.
    Refused(String),
    /// The provider did not take it, and may later.
    Later(String),
    /// Nobody knows: the answer was lost.
    Unknown(String),
}

/// What a provider says when it is asked for a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It has the message.
    Accepted,
    /// It has reached the phone.
    Delivered,
    /// It could not be delivered.
    Failed(String),
    /// It has never seen the message.
    Never,
    /// It cannot be asked now.
    Unclear(String),
}

#[derive(Serialize)]
struct Message<'a> {
    key: &'a str,
    to: &'a str,
    template: &'a str,
    params: &'a BTreeMap<&'static str, String>,
    sign: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    state: String,
    #[serde(default)]
    reason: String,
}

/// One message as the provider gets it.
pub(super) struct Call<'a> {
    pub key: &'a str,
    pub to: &'a str,
    pub template: &'a str,
    pub params: BTreeMap<&'static str, String>,
    pub text: &'a str,
}

/// A client for this provider. Without a proxy for one on the same machine, whatever the environment says.
pub(super) fn client(config: &GatewayConfig, sms: &SmsConfig) -> Result<Client, Fault> {
    let builder = Client::builder()
        .timeout(Duration::from_millis(config.timeout_ms))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("huiqi");
    let builder = if is_here(&sms.url) { builder.no_proxy() } else { builder };
    builder.build().map_err(Fault::internal)
}

/// Calls the provider: `Ok` with status and body, or what went wrong and whether the call may have arrived.
async fn call(
    ctx: &Ctx,
    client: &Client,
    sms: &SmsConfig,
    method: Method,
    path: &str,
    key: &str,
    body: Vec<u8>,
) -> Result<(StatusCode, Vec<u8>), (bool, String)> {
    let text = format!("{}{path}", sms.url.trim_end_matches('/'));
    let url = url::Url::parse(&text).map_err(|error| (false, error.to_string()))?;
    let signed_path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let time = (ctx.now() / 1000).to_string();
    let mut bytes = [0_u8; 16];
    ctx.random(|random| random.fill_bytes(&mut bytes));
    let nonce = hex(&bytes);
    let signature = signature::sign(&sms.secret, &time, &nonce, method.as_str(), &signed_path, &body);
    let request = client
        .request(method, url)
        .header(signature::ACCOUNT, &sms.account)
        .header(signature::TIME, time)
        .header(signature::NONCE, nonce)
        .header(signature::SIGNATURE, signature)
        .header("idempotency-key", key)
        .header(CONTENT_TYPE, "application/json")
        .body(body);
    // A call that never found the other side has not arrived; after that nobody knows. The address is left out of what
    // is kept, because it may carry a secret of the operator.
    let lost = |error: reqwest::Error| (!(error.is_connect() || error.is_builder()), plain(&error.without_url()));
    let response = request.send().await.map_err(lost)?;
    let status = response.status();
    let body = response.bytes().await.map_err(|error| (true, plain(&error.without_url())))?;
    Ok((status, body.to_vec()))
}

/// An error with its causes, in one line.
pub(super) fn plain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(200).collect()
}

fn said(status: StatusCode, body: &[u8]) -> String {
    let reason = serde_json::from_slice::<Answer>(body).map(|a| a.reason).unwrap_or_default();
    format!("{} {reason}", status.as_u16()).trim().chars().take(200).collect()
}

/// Hands a message over.
pub(super) async fn send(ctx: &Ctx, client: &Client, sms: &SmsConfig, message: &Call<'_>) -> Outcome {
    let template = sms.templates.get(message.template).map_or(message.template, String::as_str);
    let body = Message {
        key: message.key,
        to: message.to,
        template,
        params: &message.params,
        sign: &sms.sign,
        text: message.text,
    };
    let body = match serde_json::to_vec(&body) {
        Ok(body) => body,
        Err(error) => return Outcome::Refused(error.to_string()),
    };
    match call(ctx, client, sms, Method::POST, "/messages", message.key, body).await {
        Ok((status, body)) => judged(status, &body),
        Err((true, error)) => Outcome::Unknown(error),
        Err((false, error)) => Outcome::Later(error),
    }
}

/// What an answer means. Only what says that the message was not taken may lead to a second call.
fn judged(status: StatusCode, body: &[u8]) -> Outcome {
    match status.as_u16() {
        200..=299 => match serde_json::from_slice::<Answer>(body) {
            Ok(answer) if answer.state == "refused" => Outcome::Refused(answer.reason),
            Ok(answer) if ["accepted", "delivered"].contains(&answer.state.as_str()) => Outcome::Accepted(None),
            _ => Outcome::Unknown(format!("{} with an answer that cannot be read", status.as_u16())),
        },
        // The provider has a message of this name: ours, by an earlier call.
        409 => Outcome::Accepted(None),
        // A wrong secret or clock is ours to mend; the message can do nothing for it.
        401 | 403 | 408 | 425 | 429 | 503 => Outcome::Later(said(status, body)),
        400..=499 => Outcome::Refused(said(status, body)),
        _ => Outcome::Unknown(said(status, body)),
    }
}

/// Asks what became of a message.
pub(super) async fn ask(ctx: &Ctx, client: &Client, sms: &SmsConfig, key: &str) -> Known {
    match call(ctx, client, sms, Method::GET, &format!("/messages/{key}"), key, Vec::new()).await {
        Ok((status, body)) => match (status.as_u16(), serde_json::from_slice::<Answer>(&body)) {
            (200, Ok(answer)) => match answer.state.as_str() {
                "accepted" => Known::Accepted,
                "delivered" => Known::Delivered,
                "failed" | "refused" => Known::Failed(answer.reason),
                "unknown" => Known::Never,
                _ => Known::Unclear("an answer that cannot be read".to_owned()),
            },
            // An address that is not there answers 404 as well: only the provider's own words are believed.
            (404, Ok(answer)) if answer.state == "unknown" => Known::Never,
            _ => Known::Unclear(said(status, &body)),
        },
        Err((_, error)) => Known::Unclear(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_no_leads_to_another_call() {
        let judged = |status: u16, body: &str| judged(StatusCode::from_u16(status).unwrap(), body.as_bytes());
        assert_eq!(judged(202, r#"{"state":"accepted"}"#), Outcome::Accepted(None));
        assert_eq!(judged(409, ""), Outcome::Accepted(None));
        assert_eq!(
            judged(200, r#"{"state":"refused","reason":"empty number"}"#),
            Outcome::Refused("empty number".into())
        );
        assert_eq!(judged(422, r#"{"state":"refused","reason":"blocked"}"#), Outcome::Refused("422 blocked".into()));
        for later in [401, 403, 408, 429, 503] {
            assert!(matches!(judged(later, ""), Outcome::Later(_)), "{later}");
        }
        for unknown in [200, 202, 302, 500, 502, 504] {
            assert!(matches!(judged(unknown, "<html>"), Outcome::Unknown(_)), "{unknown}");
        }
    }
}
