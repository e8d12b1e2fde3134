//! A provider of text messages that is as bad as real ones get: it loses calls and answers, is slow, is busy, refuses,
//! tells things twice or never. It speaks the form of `docs/operations.md` and checks signatures by code of its own.
//!
//! It does not drop repeats of a message: a message that is handed over twice is sent twice, and `/log` shows it. Its
//! clock is that of its caller, because tests move theirs.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::Parser;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A provider of text messages for tests.
#[derive(Parser)]
struct Args {
    /// The secret both sides sign with
    #[arg(long)]
    secret: String,
    /// What decides the faults
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Share of calls that go wrong somehow, in per cent; 0 for a good provider
    #[arg(long, default_value_t = 50)]
    faults: u64,
    /// Where reports go
    #[arg(long)]
    reports: Option<String>,
}

struct Provider {
    args: Args,
    client: reqwest::Client,
    clock: AtomicI64,
    nonces: AtomicU64,
    /// How often each thing was asked, so that a second try may go otherwise.
    asked: Mutex<HashMap<String, u64>>,
    /// What was accepted, in order; never made smaller.
    log: Mutex<Vec<Value>>,
    states: Mutex<HashMap<String, &'static str>>,
    token: Mutex<String>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Provider {
    /// A number below 100 that only depends on the seed, the thing and how often it was asked.
    fn dice(&self, what: &str) -> u64 {
        let turn = {
            let mut asked = lock(&self.asked);
            let turn = asked.entry(what.to_owned()).or_default();
            *turn += 1;
            *turn
        };
        let digest = Sha256::digest(format!("{}|{what}|{turn}", self.args.seed));
        u64::from(u16::from_be_bytes([digest[0], digest[1]])) % 100
    }

    /// The same, for faults: 100 and more means that nothing goes wrong.
    fn fault(&self, what: &str) -> u64 {
        self.dice(what) * 100 / self.args.faults.max(1) + if self.args.faults == 0 { 100 } else { 0 }
    }

    fn signature(&self, time: &str, nonce: &str, method: &str, path: &str, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.args.secret.as_bytes()).expect("any length will do");
        mac.update(format!("{time}\n{nonce}\n{method}\n{path}\n").as_bytes());
        mac.update(body);
        hex(&mac.finalize().into_bytes())
    }

    /// Whether a call is signed as agreed; sets the clock to the caller's.
    fn is_signed(&self, headers: &HeaderMap, method: &str, path: &str, body: &[u8]) -> bool {
        let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let (time, nonce) = (header("x-huiqi-time"), header("x-huiqi-nonce"));
        let right = self.signature(time, nonce, method, path, body) == header("x-huiqi-signature")
            && header("x-huiqi-account") == "fake"
            && !nonce.is_empty();
        if right {
            self.clock.fetch_max(time.parse().unwrap_or_default(), Ordering::Relaxed);
        }
        right
    }

    async fn report(&self, key: &str, state: &str) {
        let Some(url) = &self.args.reports else { return };
        let body = json!({ "reports": [{ "key": key, "state": state, "reason": "out of reach" }] }).to_string();
        let path = url::Url::parse(url).map(|u| u.path().to_owned()).unwrap_or_default();
        // Twice the very same call, and once more as a new one.
        let (again, anew) = (self.fault(&format!("double {key}")) < 30, self.fault(&format!("anew {key}")) < 20);
        let mut calls = vec![false];
        calls.extend(again.then_some(false));
        calls.extend(anew.then_some(true));
        let fresh = || format!("nonce-{:08}", self.nonces.fetch_add(1, Ordering::Relaxed));
        let first = fresh();
        for new in calls {
            let time = self.clock.load(Ordering::Relaxed).to_string();
            let nonce = if new { fresh() } else { first.clone() };
            let signature = self.signature(&time, &nonce, "POST", &path, body.as_bytes());
            let request = self
                .client
                .post(url)
                .header("x-huiqi-account", "fake")
                .header("x-huiqi-time", time)
                .header("x-huiqi-nonce", nonce)
                .header("x-huiqi-signature", signature)
                .body(body.clone());
            let _ = request.send().await;
        }
    }

    /// Takes a message, once for every call.
    fn accept(self: &Arc<Self>, key: &str, message: &Value) {
        let mut entry = message.clone();
        entry["at"] = json!(self.clock.load(Ordering::Relaxed));
        lock(&self.log).push(entry);
        lock(&self.states).insert(key.to_owned(), "accepted");
        let (provider, key) = (self.clone(), key.to_owned());
        tokio::spawn(async move {
            let delay = provider.dice(&format!("delay {key}")) / 3;
            tokio::time::sleep(Duration::from_millis(delay)).await;
            let state = if provider.fault(&format!("end {key}")) < 10 { "failed" } else { "delivered" };
            lock(&provider.states).insert(key.clone(), state);
            if provider.fault(&format!("report {key}")) >= 20 {
                provider.report(&key, state).await;
            }
        });
    }
}

const NEVER: Duration = Duration::from_secs(3600);

fn answer(status: u16, state: &str, reason: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or_default();
    (status, Json(json!({ "state": state, "reason": reason }))).into_response()
}

async fn take(State(provider): State<Arc<Provider>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if !provider.is_signed(&headers, "POST", uri.path(), &body) {
        return answer(401, "refused", "not signed as agreed");
    }
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let key = message["key"].as_str().unwrap_or_default().to_owned();
    if message["to"].as_str().unwrap_or_default().ends_with("99") {
        return answer(422, "refused", "on the blocked list");
    }
    match provider.fault(&format!("send {key}")) {
        // The call is lost on its way.
        0..12 => tokio::time::sleep(NEVER).await,
        // The message is taken, the answer is lost.
        12..26 => {
            provider.accept(&key, &message);
            tokio::time::sleep(NEVER).await;
        }
        // The answer breaks off.
        26..38 => {
            provider.accept(&key, &message);
            let broken = Body::from_stream(futures_util::stream::once(async {
                Err::<Bytes, _>(std::io::Error::other("the line is cut"))
            }));
            return (StatusCode::ACCEPTED, broken).into_response();
        }
        // Busy: not taken.
        38..56 => return answer(429, "refused", "too many calls"),
        56..64 => return answer(503, "refused", "closed for a moment"),
        // Fails after it has taken the message.
        64..74 => {
            provider.accept(&key, &message);
            return answer(500, "error", "something broke");
        }
        // Fails before.
        74..82 => return answer(502, "error", "nobody behind the gate"),
        // Slow.
        82..100 => {
            provider.accept(&key, &message);
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        _ => provider.accept(&key, &message),
    }
    answer(202, "accepted", "")
}

/// The access token, as WeChat gives it; the first one is soon not good any more.
async fn stable_token(State(provider): State<Arc<Provider>>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    if asked["secret"] != json!(provider.args.secret) {
        return Json(json!({ "errcode": 40125, "errmsg": "invalid appsecret" })).into_response();
    }
    let turn = provider.nonces.fetch_add(1, Ordering::Relaxed);
    *lock(&provider.token) = format!("token-{turn}");
    Json(json!({ "access_token": format!("token-{turn}"), "expires_in": 7200 })).into_response()
}

/// A message as WeChat takes it: repeats of an id to the same person are dropped.
async fn wechat_send(State(provider): State<Arc<Provider>>, uri: Uri, body: Bytes) -> Response {
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let key = message["client_msg_id"].as_str().unwrap_or_default().to_owned();
    let to = message["touser"].as_str().unwrap_or_default().to_owned();
    let said = |code: i64, words: &str| Json(json!({ "errcode": code, "errmsg": words, "msgid": 1 })).into_response();
    if uri.query() != Some(&format!("access_token={}", lock(&provider.token))) {
        return said(40001, "invalid credential");
    }
    if to.ends_with("-left") {
        return said(43004, "require subscribe");
    }
    let fault = provider.fault(&format!("wechat {key}"));
    if fault < 10 {
        lock(&provider.token).push('x');
        return said(42001, "access_token expired");
    }
    if (10..25).contains(&fault) {
        return said(-1, "system busy");
    }
    if (25..40).contains(&fault) {
        tokio::time::sleep(NEVER).await;
    }
    let known = lock(&provider.states).insert(format!("{to} {key}"), "accepted").is_some();
    if !known {
        lock(&provider.log).push(json!({ "wechat": to, "key": key, "message": message }));
    }
    if (40..70).contains(&fault) {
        tokio::time::sleep(NEVER).await;
    }
    said(0, "ok")
}

async fn ask(
    State(provider): State<Arc<Provider>>,
    uri: Uri,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !provider.is_signed(&headers, "GET", uri.path(), &body) {
        return answer(401, "refused", "not signed as agreed");
    }
    match provider.fault(&format!("ask {key}")) {
        0..15 => return answer(503, "refused", "closed for a moment"),
        15..25 => tokio::time::sleep(NEVER).await,
        25..35 => return (StatusCode::NOT_FOUND, "<html>no such page</html>").into_response(),
        _ => {}
    }
    let state = lock(&provider.states).get(&key).copied();
    match state {
        Some(state) => answer(200, state, ""),
        None => answer(404, "unknown", ""),
    }
}

#[tokio::main]
async fn main() {
    let provider = Arc::new(Provider {
        args: Args::parse(),
        client: reqwest::Client::builder().no_proxy().build().expect("a client"),
        clock: AtomicI64::new(0),
        nonces: AtomicU64::new(0),
        asked: Mutex::default(),
        log: Mutex::default(),
        states: Mutex::default(),
        token: Mutex::default(),
    });
    let router = Router::new()
        .route("/messages", post(take))
        .route("/messages/{key}", get(ask))
        .route("/cgi-bin/stable_token", post(stable_token))
        .route("/cgi-bin/message/template/send", post(wechat_send))
        .route("/log", get(|State(provider): State<Arc<Provider>>| async move { Json(lock(&provider.log).clone()) }))
        .with_state(provider);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let address = listener.local_addr().expect("an address");
    println!("{address}");
    let _ = std::io::stdout().flush();
    let _ = axum::serve(listener, router).await;
}
