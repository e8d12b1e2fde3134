//! Notices: lists, unread counts, the outbox, and mail through a server of our own.

use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use huiqi_identity::notices::{
    CONFIDENTIAL, MailConfig, MailSecurity, Notice, configure, mark_read_in, send_in, send_secret_in, unread,
};
use huiqi_identity::people::update_person_in;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::sea_orm::FromQueryResult;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use crate::support::House;

fn notice(number: &str) -> Notice {
    Notice {
        kind: "request.accepted",
        number: number.to_owned(),
        text: Bilingual { zh: "已受理。请留意。".into(), en: "Accepted. Please wait.".into() },
        href: format!("/me?from={number}"),
    }
}

#[derive(FromQueryResult)]
struct Row {
    mail_state: String,
    mail_tries: i64,
    mail_next_at: i64,
    secret: Option<String>,
}

async fn newest(house: &House) -> Row {
    huiqi_store::ctx::one(
        &house.ctx,
        "SELECT mail_state, mail_tries, mail_next_at, secret FROM notice ORDER BY id DESC LIMIT 1",
        [],
    )
    .await
    .unwrap()
    .unwrap()
}

async fn lists(house: &House) {
    let firm = house.organisation("示例光电", &[Capacity::Enterprise]).await;
    let (a, _) = house.person("甲", "firm-a", firm, None, Role::EnterpriseMember).await;
    let (b, _) = house.person("乙", "firm-b", firm, None, Role::EnterpriseMember).await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    send_in(&work, &[a, b, a], &notice("FW-2026-000001")).await.unwrap();
    send_in(&work, &[a], &notice("FW-2026-000002")).await.unwrap();
    send_in(&work, &[], &notice("FW-2026-000003")).await.unwrap();
    send_secret_in(&work, b, &notice(""), "GEHEIM99").await.unwrap();
    work.commit().await.unwrap();
    assert_eq!((unread(&house.ctx, a).await.unwrap(), unread(&house.ctx, b).await.unwrap()), (2, 1));
    let mut browser = house.signed_in("firm-a").await;
    let page = browser.get("/notices").await;
    assert_eq!(page.body.matches("class=\"is-new\"").count(), 2, "{}", page.body);
    // Opening leads to the record and reads it; nobody opens another's.
    let page = browser.get("/notices/XX-000000003").await;
    assert_eq!(page.location, "/me?from=FW-2026-000002");
    assert_eq!(browser.get("/notices/XX-000000002").await.status, StatusCode::NOT_FOUND);
    assert_eq!((unread(&house.ctx, a).await.unwrap(), unread(&house.ctx, b).await.unwrap()), (1, 1));
    assert!(browser.get("/notices?unread=yes").await.body.contains("FW-2026-000001"));
    let page = browser.post("/notices/read", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(unread(&house.ctx, a).await.unwrap(), 0);
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    assert_eq!(mark_read_in(&work, b, "FW-2026-000001").await.unwrap(), 1);
    work.commit().await.unwrap();
    // What went by mail alone is in no list.
    assert!(!house.signed_in("firm-b").await.get("/notices").await.body.contains("GEHEIM99"));
}

#[tokio::test]
async fn lists_on_sqlite() {
    lists(&House::sqlite().await).await;
}

#[tokio::test]
async fn lists_on_postgres() {
    lists(&House::postgres().await).await;
}

async fn outbox_of(house: &House) -> String {
    let system = house.organisation("系统", &[Capacity::System]).await;
    let (admin, _) = house.person("林示宁", "admin", system, None, Role::SystemAdmin).await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    update_person_in(&work, admin, None, Some("lin@example.com"), Some(Locale::Zh)).await.unwrap();
    let secret = Notice {
        kind: "signin.code",
        number: String::new(),
        text: Bilingual { zh: "验证码是 {secret}。".into(), en: "The code is {secret}.".into() },
        href: "/reset/code".into(),
    };
    send_secret_in(&work, admin, &secret, "GEHEIM99").await.unwrap();
    work.commit().await.unwrap();
    house.signed_in("admin").await.get("/admin/outbox").await.body
}

#[tokio::test]
async fn the_outbox_masks_what_is_secret() {
    let real = outbox_of(&House::sqlite().await).await;
    assert!(real.contains("l***@example.com") && real.contains("验证码是 ••••••••"), "{real}");
    assert!(!real.contains("GEHEIM99") && !real.contains("lin@example.com"));
    let demo = outbox_of(&House::demo().await).await;
    assert!(demo.contains("GEHEIM99") && demo.contains("lin@example.com"));
}

/// A mail server that keeps what it is given, and refuses recipients that begin with `refused`.
async fn mail_server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let letters = kept.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let letters = letters.clone();
            tokio::spawn(async move {
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 test\r\n").await.unwrap();
                let mut letter: Option<String> = None;
                while let Ok(Some(line)) = lines.next_line().await {
                    let answer = match &mut letter {
                        Some(text) if line == "." => {
                            letters.lock().unwrap().push(std::mem::take(text));
                            letter = None;
                            "250 kept\r\n"
                        }
                        Some(text) => {
                            text.push_str(&line);
                            text.push('\n');
                            continue;
                        }
                        None if line.starts_with("EHLO") => "250 test\r\n",
                        None if line.starts_with("RCPT TO:<refused") => "550 nobody here\r\n",
                        None if line.starts_with("DATA") => {
                            letter = Some(String::new());
                            "354 go on\r\n"
                        }
                        None if line.starts_with("QUIT") => "221 bye\r\n",
                        None => "250 ok\r\n",
                    };
                    if write.write_all(answer.as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (port, kept)
}

/// The server is named once a process, so all of mail is one test.
#[tokio::test]
async fn mail_is_sent_tried_again_and_given_up() {
    let house = House::sqlite().await;
    let firm = house.organisation("示例光电", &[Capacity::Enterprise]).await;
    let (a, _) = house.person("甲", "firm-a", firm, None, Role::EnterpriseMember).await;
    let (b, _) = house.person("乙", "firm-b", firm, None, Role::EnterpriseMember).await;
    let (c, _) = house.person("丙", "firm-c", firm, None, Role::EnterpriseMember).await;
    let run = async || {
        let job = house.app.jobs().iter().find(|j| j.name == "notices.mail").unwrap();
        (job.run)(house.ctx.clone()).await.unwrap()
    };
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    update_person_in(&work, a, None, Some("jia@example.com"), Some(Locale::En)).await.unwrap();
    update_person_in(&work, b, None, Some("refused@example.com"), None).await.unwrap();
    send_in(&work, &[a, c], &notice("FW-2026-000001")).await.unwrap();
    work.commit().await.unwrap();
    let (port, kept) = mail_server().await;
    assert!(configure(MailConfig {
        host: "127.0.0.1".into(),
        port,
        security: MailSecurity::None,
        login: None,
        from: "Huiqi <no-reply@example.com>".into(),
    }));
    assert_eq!(run().await, 1, "the one without an address gets no mail");
    assert_eq!(run().await, 0, "and nobody two");
    let letters = kept.lock().unwrap().clone();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("jia@example.com") && letters[0].contains("Subject:"), "{}", letters[0]);
    assert!(
        letters[0].contains("/me?from=3DFW-2026-000001") || letters[0].contains("/me?from=FW-2026-000001"),
        "{}",
        letters[0]
    );

    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let quiet = Notice { kind: CONFIDENTIAL, ..notice("FW-2026-000077") };
    send_in(&work, &[a], &quiet).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(run().await, 1);
    let letters = kept.lock().unwrap().clone();
    assert!(letters[1].contains("/notices") && !letters[1].contains("000077"), "{}", letters[1]);

    let work = house.ctx.write(&Viewer::System).await.unwrap();
    send_secret_in(&work, b, &notice(""), "GEHEIM99").await.unwrap();
    work.commit().await.unwrap();
    for (tries, minutes) in [(1, 1), (2, 5), (3, 25), (4, 125)] {
        run().await;
        let row = newest(&house).await;
        assert_eq!((row.mail_state.as_str(), row.mail_tries), ("waiting", tries));
        assert_eq!(row.mail_next_at - house.ctx.now(), minutes * 60_000);
        assert!(row.secret.is_some());
        assert_eq!(run().await, 0, "not before its time");
        house.later(minutes * 60_000);
    }
    run().await;
    let row = newest(&house).await;
    assert_eq!((row.mail_state.as_str(), row.mail_tries, row.secret), ("failed", 5, None));
}
