//! A thousand notices against a provider that loses, delays, doubles and refuses, and a program that is killed in between:
//! none lost, none sent twice, caps and quiet hours kept.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chrono::Timelike as _;
use huiqi_identity::gateway::{
    self, GatewayConfig, Made, PhoneMessage, SmsConfig, Template, WechatConfig, WechatTemplate, signature,
};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::clock::{self, DAY_MS};
use huiqi_store::ctx;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_testkit::app::TestApp;
use huiqi_testkit::both;
use serde_json::Value;

const SECRET: &str = "a secret of the test, long enough";
const PER_PERSON: i64 = 3;
const PER_DAY: i64 = 450;

/// The provider, ended with the test.
struct Provider {
    child: Child,
    url: String,
}

impl Provider {
    fn start(seed: u64, faults: u64, reports: &str) -> Provider {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fake-provider"))
            .args(["--secret", SECRET, "--seed", &seed.to_string(), "--faults", &faults.to_string()])
            .args(["--reports", reports])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the provider starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
        Provider { child, url: format!("http://{}", line.trim()) }
    }

    fn config(&self) -> GatewayConfig {
        GatewayConfig {
            sms: Some(SmsConfig {
                url: self.url.clone(),
                account: "fake".into(),
                secret: SECRET.into(),
                sign: "慧企云".into(),
                templates: BTreeMap::new(),
            }),
            per_person: PER_PERSON,
            per_day: PER_DAY,
            timeout_ms: 100,
            ..GatewayConfig::default()
        }
    }

    /// What it accepted, in order.
    async fn log(&self) -> Vec<Value> {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let text = client.get(format!("{}/log", self.url)).send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves the program, for reports; returns where they go.
async fn served(app: &TestApp) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("http://{address}/gateway/reports/sms")
}

#[derive(FromQueryResult)]
struct Row {
    message_key: String,
    phone: String,
    state: String,
    error: Option<String>,
    secret: Option<String>,
    tries: i64,
}

async fn rows(app: &TestApp) -> Vec<Row> {
    ctx::all(&app.ctx, "SELECT message_key, phone, state, error, secret, tries FROM phone_message ORDER BY id", [])
        .await
        .unwrap()
}

#[derive(FromQueryResult)]
struct Next {
    at: Option<i64>,
}

/// Runs the job until nothing waits, with the clock moved on; every seventh run is cut off in the middle.
async fn until_all_ended(app: &TestApp) {
    for round in 1..6000_u32 {
        let did = if round % 7 == 0 {
            let _ = tokio::time::timeout(Duration::from_millis(60), app.run_job("gateway.send")).await;
            1
        } else {
            app.run_job("gateway.send").await
        };
        let next: Option<Next> = ctx::one(
            &app.ctx,
            "SELECT MIN(next_at) AS at FROM phone_message
             WHERE state = 'waiting' OR (state = 'sent' AND provider = 'sms' AND asked < 3)",
            [],
        )
        .await
        .unwrap();
        let Some(next) = next.and_then(|n| n.at) else { return };
        let now = app.ctx.now();
        if did > 0 {
            app.ctx.clock().set(now + 2_000);
            continue;
        }
        // Reports that are on their way arrive before the clock jumps.
        tokio::time::sleep(Duration::from_millis(25)).await;
        app.ctx.clock().set(if next > now { next } else { now + 10 * 60_000 });
    }
    panic!("messages still wait after many rounds");
}

both!(a_thousand_notices_arrive_once, |app| async move {
    let provider = Provider::start(20_261_124, 60, &served(&app).await);
    app.ctx.provide(provider.config());
    // Shortly before the quiet hours.
    app.set_time("2026-10-12 20:50");
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    let kinds = [Template::RequestAccepted, Template::RequestAnswered, Template::RequestAsked, Template::RequestLapsed];
    let mut made = HashSet::new();
    for n in 0..1000_u32 {
        let phone = format!("138000{:05}", n % 331);
        let number = format!("FW-2026-{:06}", n / 2);
        let link = format!("/t/{n:012}");
        let message = PhoneMessage {
            phone: &phone,
            person: None,
            template: kinds[n as usize % 4],
            subject_number: &number,
            date: None,
            link: Some(&link),
            locale: if n % 5 == 0 { Locale::En } else { Locale::Zh },
            once_key: &format!("{n}"),
        };
        assert_eq!(gateway::send_in(&work, &message).await.unwrap(), Made::New);
        assert_eq!(gateway::send_in(&work, &message).await.unwrap(), Made::Before);
        made.insert(format!("{phone} {link}"));
    }
    work.commit().await.unwrap();
    assert_eq!(made.len(), 1000);
    until_all_ended(&app).await;

    let rows = rows(&app).await;
    let log = provider.log().await;
    let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    // None twice: neither a message, nor a link to the same phone.
    let mut sent: HashMap<String, usize> = HashMap::new();
    for entry in &log {
        *sent.entry(text(entry, "key")).or_default() += 1;
    }
    let twice: Vec<_> = sent.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "sent twice: {twice:?}");
    let told: HashSet<String> = log
        .iter()
        .map(|entry| {
            let words = text(entry, "text");
            let link = words.rsplit_once("/t/").map_or("", |(_, end)| end).to_owned();
            format!("{} /t/{link}", text(entry, "to"))
        })
        .collect();
    assert_eq!(told.len(), log.len());
    assert!(told.is_subset(&made));
    // None lost: every one was sent, or is refused for good by the provider's own word, or failed there; and says so.
    assert_eq!(rows.len(), 1000);
    for row in &rows {
        assert!(row.secret.is_none(), "{} keeps its link", row.message_key);
        if row.phone.ends_with("99") {
            assert_eq!((row.state.as_str(), row.tries), ("failed", 1));
            assert_eq!(row.error.as_deref(), Some("422 on the blocked list"));
            assert!(!sent.contains_key(&row.message_key));
        } else {
            assert_eq!(sent.get(&row.message_key), Some(&1), "{} {:?} after {}", row.state, row.error, row.tries);
            assert!(["delivered", "failed", "sent"].contains(&row.state.as_str()));
            let why = row.error.as_deref().unwrap_or_default();
            assert!(
                row.state != "failed" || ["out of reach", ""].contains(&why),
                "{} failed: {why:?}",
                row.message_key
            );
        }
    }
    let of_state = |state: &str| rows.iter().filter(|r| r.state == state).count();
    assert!(of_state("delivered") > 850 && of_state("sent") < 60, "{} {}", of_state("delivered"), of_state("sent"));
    assert!(rows.iter().filter(|r| r.tries > 1).count() > 50, "the provider was not bad enough");
    // Caps and quiet hours, by what the provider saw.
    let mut per_day: HashMap<i64, i64> = HashMap::new();
    let mut per_person: HashMap<(i64, String), i64> = HashMap::new();
    for entry in &log {
        let at = clock::local(entry["at"].as_i64().unwrap() * 1000);
        assert!((8..21).contains(&at.hour()), "sent at {at}");
        assert!(text(entry, "text").chars().count() + 5 <= 70);
        let day = clock::moment(at) / DAY_MS;
        *per_day.entry(day).or_default() += 1;
        *per_person.entry((day, text(entry, "to"))).or_default() += 1;
    }
    assert!(per_day.values().all(|n| *n <= PER_DAY), "{per_day:?}");
    assert!(per_person.values().all(|n| *n <= PER_PERSON));
    assert!(per_person.values().any(|n| *n == PER_PERSON) && per_day.len() >= 3, "{per_day:?}");
});

fn wechat_config(provider: &Provider) -> WechatConfig {
    let fields = [("number", "character_string1"), ("words", "thing2")];
    WechatConfig {
        url: provider.url.clone(),
        name: "慧企云".into(),
        app_id: "wx1".into(),
        secret: SECRET.into(),
        token: "push-token".into(),
        templates: BTreeMap::from([(
            "request-accepted".to_owned(),
            WechatTemplate {
                id: "T-1".into(),
                fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            },
        )]),
    }
}

/// What WeChat tells, signed as WeChat signs.
async fn told(app: &TestApp, token: &str, inside: &str) -> (u16, String) {
    let time = (app.ctx.now() / 1000).to_string();
    let mut parts = [token, time.as_str(), "n-1"];
    parts.sort_unstable();
    let signature = huiqi_store::audit::hex(&<sha1::Sha1 as sha1::Digest>::digest(parts.concat().as_bytes()));
    let body = format!("<xml><ToUserName><![CDATA[gh_1]]></ToUserName>{inside}</xml>");
    let path = format!("/gateway/wechat?signature={signature}&timestamp={time}&nonce=n-1");
    let headers = [("origin", "https://wechat.example")];
    let page = app.public().send(axum::http::Method::POST, &path, Some("text/xml"), body.into_bytes(), &headers).await;
    (page.status, page.text)
}

async fn bind(app: &TestApp, client: &huiqi_testkit::app::Client, openid: &str) -> String {
    let page = client.post("/me/wechat/code", &[]).await;
    let code = page.one(".code-big");
    let inside = format!(
        "<FromUserName><![CDATA[{openid}]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content>{code}</Content>"
    );
    told(app, "push-token", &inside).await.1
}

both!(wechat_comes_first_where_it_is_bound, |app| async move {
    use huiqi_testkit::app::Member;
    let provider = Provider::start(7, 80, &served(&app).await);
    app.ctx.provide(GatewayConfig {
        wechat: Some(wechat_config(&provider)),
        tries: 20,
        per_person: 100,
        ..provider.config()
    });
    let firm = app.firm("示例卫浴科技有限公司").await;
    let member = || app.member(Member { organisation: firm, ..Member::default() });
    let (bound, left, without) = (member().await, member().await, member().await);
    // Only WeChat binds, and only with the right code.
    let inside =
        "<FromUserName><![CDATA[o-x]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content>00000000</Content>";
    assert_eq!(told(&app, "another-token", inside).await.0, 403);
    assert!(told(&app, "push-token", inside).await.1.contains("不对或者过时"));
    assert!(bind(&app, &bound, "o-bound").await.contains("绑好了"));
    assert!(bind(&app, &left, "o-left").await.contains("绑好了"));
    bound.get("/me/wechat").await.expect(200).has("已绑定");
    let person = |client: &huiqi_testkit::app::Client| client.viewer().actor().map(|a| a.person);
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    for n in 0..60_u32 {
        let to = [&bound, &left, &without][n as usize % 3];
        let (number, link) = (format!("FW-2026-{n:06}"), format!("/t/{n:012}"));
        let phone = format!("1380000000{}", n % 3);
        let message = PhoneMessage {
            phone: &phone,
            person: person(to),
            template: if n < 54 { Template::RequestAccepted } else { Template::RequestLapsed },
            subject_number: &number,
            date: None,
            link: Some(&link),
            locale: Locale::Zh,
            once_key: "1",
        };
        gateway::send_in(&work, &message).await.unwrap();
    }
    work.commit().await.unwrap();
    until_all_ended(&app).await;
    let log = provider.log().await;
    // Each reached its person once, by one of the two ways; a text without a template goes by text message.
    let by_wechat = log.iter().filter(|e| e["wechat"] == "o-bound").count();
    let to = |phone: &str| log.iter().filter(|e| e["to"] == phone).count();
    assert_eq!((by_wechat, to("13800000000"), to("13800000001"), to("13800000002")), (18, 2, 20, 20));
    let first = log.iter().find(|e| e["wechat"] == "o-bound").unwrap();
    assert_eq!(first["message"]["data"]["thing2"]["value"], "已受理，进度见");
    assert_eq!(first["message"]["data"]["character_string1"]["value"].as_str().map(str::len), Some(14));
    assert!(first["message"]["url"].as_str().unwrap().starts_with("http://127.0.0.1:8700/t/"));
    assert_eq!(log.len(), 60);
    assert!(rows(&app).await.iter().all(|row| row.secret.is_none()));
    // Whoever leaves the account, or ends the binding, is reached by text message.
    let inside = "<FromUserName><![CDATA[o-bound]]></FromUserName><MsgType><![CDATA[event]]></MsgType>\
                  <Event><![CDATA[unsubscribe]]></Event>";
    assert_eq!(told(&app, "push-token", inside).await, (200, "success".to_owned()));
    bound.get("/me/wechat").await.expect(200).lacks("已绑定");
    app.audit_is_whole().await;
});

both!(reports_need_a_signature_and_do_no_harm_twice, |app| async move {
    let provider = Provider::start(1, 0, "http://127.0.0.1:9/nowhere");
    app.ctx.provide(provider.config());
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    let message = PhoneMessage {
        phone: "13800138000",
        person: None,
        template: Template::RequestAccepted,
        subject_number: "FW-2026-000001",
        date: None,
        link: Some("/t/3479ACDEFGHJ"),
        locale: Locale::Zh,
        once_key: "1",
    };
    gateway::send_in(&work, &message).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(app.run_job("gateway.send").await, 1);
    let key = rows(&app).await[0].message_key.clone();
    assert_eq!(rows(&app).await[0].state, "sent");

    let path = "/gateway/reports/sms";
    let browser = app.public();
    let call = |state: &str, time: i64, nonce: &str, secret: &str| {
        let body = format!("{{\"reports\":[{{\"key\":\"{key}\",\"state\":\"{state}\"}}]}}");
        let time = (time / 1000).to_string();
        let sign = signature::sign(secret, &time, nonce, "POST", path, body.as_bytes());
        let (nonce, browser) = (nonce.to_owned(), browser.clone());
        async move {
            let headers = [
                (signature::ACCOUNT, "fake"),
                (signature::TIME, time.as_str()),
                (signature::NONCE, nonce.as_str()),
                (signature::SIGNATURE, sign.as_str()),
                // A machine sends no origin of ours.
                ("origin", "https://sms.example"),
            ];
            let page = browser
                .send(axum::http::Method::POST, path, Some("application/json"), body.into_bytes(), &headers)
                .await;
            (page.status, page.text)
        }
    };
    let now = app.ctx.now();
    assert_eq!(call("delivered", now, "nonce-01", "another secret").await.0, 403);
    assert_eq!(call("delivered", now - 6 * 60_000, "nonce-01", SECRET).await.0, 403);
    assert_eq!(call("delivered", now + 6 * 60_000, "nonce-01", SECRET).await.0, 403);
    assert_eq!(rows(&app).await[0].state, "sent");
    assert_eq!(call("delivered", now, "nonce-02", SECRET).await, (200, "{\"taken\":1}\n".to_owned()));
    assert_eq!(rows(&app).await[0].state, "delivered");
    // The very same again, another one, and a late "failed": nothing changes.
    assert_eq!(call("delivered", now, "nonce-02", SECRET).await, (200, "{\"taken\":0}\n".to_owned()));
    assert_eq!(call("delivered", now, "nonce-03", SECRET).await, (200, "{\"taken\":0}\n".to_owned()));
    assert_eq!(call("failed", now, "nonce-04", SECRET).await, (200, "{\"taken\":0}\n".to_owned()));
    assert_eq!(rows(&app).await[0].state, "delivered");
});

both!(without_a_gateway_messages_wait_and_grow_old, |app| async move {
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    let message = PhoneMessage {
        phone: "13800138000",
        person: None,
        template: Template::RequestAnswered,
        subject_number: "FW-2026-000001",
        date: None,
        link: Some("/t/3479ACDEFGHJ"),
        locale: Locale::Zh,
        once_key: "1",
    };
    gateway::send_in(&work, &message).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(app.run_job("gateway.send").await, 0);
    let admin = app.as_(huiqi_kernel::people::Role::SystemAdmin).await;
    let page = admin.get("/admin/outbox?to=phone").await;
    page.expect(200).has("FW-2026-000001已答复").has("138****8000").lacks("3479ACDEFGHJ").lacks("13800138000");
    app.pass_days(4);
    assert_eq!(app.run_job("gateway.send").await, 1);
    let row = &rows(&app).await[0];
    assert_eq!((row.state.as_str(), row.error.as_deref(), &row.secret), ("failed", Some("too old"), &None));
    app.pass_days(100);
    assert_eq!(app.run_job("gateway.tidy").await, 1);
    assert_eq!(rows(&app).await[0].phone, "138****8000");
    assert_eq!(app.run_job("gateway.tidy").await, 0);
});
