//! Sign-in, sessions, acting, reset, demo faces, consent.

use axum::http::StatusCode;
use huiqi_identity::consent;
use huiqi_identity::people::{NewMembership, add_membership_in};
use huiqi_identity::signin::{Face, set_demo_faces_in};
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::{audit, setting};

use crate::support::{House, PASSWORD};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

async fn desk(house: &House) -> (i64, i64) {
    let operator = house.organisation("运营机构", &[Capacity::Operator]).await;
    house.person("坐席", "desk", operator, None, Role::OperatorAgent).await
}

async fn sign_in_and_out(house: &House) {
    desk(house).await;
    let mut browser = house.browser();
    let page = browser.get("/me?x=1").await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fme%3Fx%3D1"));
    let page = browser.get(&page.location).await;
    assert!(page.body.contains("name=\"next\" value=\"/me?x=1\""), "{}", page.body);
    let page =
        browser.post("/sign-in", &[("login", "desk"), ("password", "wrong wrong wrong"), ("next", "/me?x=1")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"desk\"") && !page.body.contains("wrong wrong"));
    let page = browser.post("/sign-in", &[("login", " DESK "), ("password", PASSWORD), ("next", "/me?x=1")]).await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/me?x=1"), "{}", page.body);
    let page = browser.get("/me").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.statements <= 15, "{}", page.statements);
    // Nobody is sent to another site.
    let mut other = house.browser();
    let page = other.post("/sign-in", &[("login", "desk"), ("password", PASSWORD), ("next", "//evil.example")]).await;
    assert_eq!(page.location, "/");
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!(page.location, "/");
    assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER);
    // The token kept aside is worth nothing after signing out, and a made-up one never was.
    browser.cookies.insert("huiqi".into(), "00".repeat(32));
    assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sign_in_on_sqlite() {
    sign_in_and_out(&House::sqlite().await).await;
}

#[tokio::test]
async fn sign_in_on_postgres() {
    sign_in_and_out(&House::postgres().await).await;
}

#[tokio::test]
async fn a_session_rests_and_ends() {
    let house = House::sqlite().await;
    desk(&house).await;
    let firm = house.organisation("示例光电", &[Capacity::Enterprise]).await;
    house.person("示例人", "firm", firm, None, Role::EnterpriseMember).await;
    let mut staff = house.signed_in("desk").await;
    let mut firm = house.signed_in("firm").await;
    for _ in 0..3 {
        house.later(7 * HOUR);
        assert_eq!(staff.get("/me").await.status, StatusCode::OK);
    }
    house.later(3 * HOUR);
    assert_eq!(staff.get("/me").await.status, StatusCode::SEE_OTHER, "24 hours are over");
    let mut staff = house.signed_in("desk").await;
    house.later(8 * HOUR);
    assert_eq!(staff.get("/me").await.status, StatusCode::SEE_OTHER, "8 hours at rest");
    house.later(28 * DAY);
    assert_eq!(firm.get("/me").await.status, StatusCode::OK);
    house.later(30 * DAY);
    assert_eq!(firm.get("/me").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_is_slow_and_locks_nobody_out() {
    let house = House::sqlite().await;
    desk(&house).await;
    let mut own = house.signed_in("desk").await;
    own.post("/sign-out", &[]).await;
    let mut guesser = house.browser();
    let wrong = [("login", "desk"), ("password", "not the password")];
    for _ in 0..4 {
        assert_eq!(guesser.post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = guesser.post("/sign-in", &[("login", "desk"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "even the right one has to wait");
    assert!(page.body.contains("请过 1 秒再试"), "{}", page.body);
    // From another address there is no wait, nor does it slow down a browser that signed in before.
    let mut elsewhere = house.browser();
    elsewhere.address = [127, 0, 0, 9];
    assert_eq!(elsewhere.post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = own.post("/sign-in", &[("login", "desk"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    // A browser that signed in before is counted by itself: whoever took it guesses no faster.
    own.post("/sign-out", &[]).await;
    for _ in 0..4 {
        assert_eq!(own.post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(own.post("/sign-in", &wrong).await.status, StatusCode::TOO_MANY_REQUESTS);
    // However often somebody guesses, half a minute is enough.
    for _ in 0..12 {
        house.later(31_000);
        assert_eq!(guesser.post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guesser.post("/sign-in", &wrong).await.status, StatusCode::TOO_MANY_REQUESTS);
    house.later(31_000);
    let page = guesser.post("/sign-in", &[("login", "desk"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    // An account that is not there is slowed down alike.
    let mut browser = house.browser();
    let nobody = [("login", "nobody"), ("password", "not the password")];
    for _ in 0..4 {
        assert_eq!(browser.post("/sign-in", &nobody).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(browser.post("/sign-in", &nobody).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn one_acts_as_one_at_a_time() {
    let house = House::sqlite().await;
    let (person, _) = desk(&house).await;
    let firm = house.organisation("示例光电", &[Capacity::Enterprise]).await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let new = NewMembership {
        person,
        organisation: firm,
        window: None,
        role: Role::EnterpriseMember,
        territory: None,
        verified: true,
    };
    add_membership_in(&work, new).await.unwrap();
    work.commit().await.unwrap();
    house.person("别人", "other", firm, None, Role::EnterpriseMember).await;

    let mut browser = house.signed_in("desk").await;
    assert_eq!(browser.get("/reset/desk").await.status, StatusCode::OK);
    assert!(browser.get("/me").await.body.contains("name=\"membership\" value=\"SF-000002\""));
    assert_eq!(browser.post("/acting", &[("membership", "SF-000003")]).await.status, StatusCode::NOT_FOUND);
    let page = browser.post("/acting", &[("membership", "SF-000002")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(browser.get("/reset/desk").await.status, StatusCode::FORBIDDEN);
    // The next sign-in begins where the last one was.
    let mut again = house.signed_in("desk").await;
    assert_eq!(again.get("/reset/desk").await.status, StatusCode::FORBIDDEN);
    // An old session of a firm cannot become staff.
    house.later(25 * HOUR);
    let page = again.post("/acting", &[("membership", "SF-000001")]).await;
    assert_eq!(page.location, "/me");
    assert_eq!(again.get("/reset/desk").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn sessions_can_be_ended_one_or_all() {
    let house = House::sqlite().await;
    desk(&house).await;
    let mut a = house.signed_in("desk").await;
    let mut b = house.signed_in("desk").await;
    let mut c = house.signed_in("desk").await;
    let page = a.get("/me/sessions").await;
    for number in ["DL-00000002", "DL-00000003"] {
        assert!(page.body.contains(&format!("value=\"{number}\"")), "{}", page.body);
    }
    assert!(!page.body.contains("value=\"DL-00000001\""), "the own one is not ended here");
    assert!(page.body.contains("Firefox, Windows"));
    a.post("/me/sessions/end", &[("number", "DL-00000002")]).await;
    assert_eq!(b.get("/me").await.status, StatusCode::SEE_OTHER);
    assert_eq!(c.get("/me").await.status, StatusCode::OK);
    a.post("/me/sessions/end", &[("all", "yes")]).await;
    assert_eq!(c.get("/me").await.status, StatusCode::SEE_OTHER);
    assert_eq!(a.get("/me").await.status, StatusCode::OK);
    let log = audit::page(house.ctx.db(), None, None, Some("signin.sessions-ended"), 10).await.unwrap();
    assert_eq!(log.len(), 1);
}

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it() {
    let house = House::sqlite().await;
    desk(&house).await;
    let mut a = house.signed_in("desk").await;
    let mut b = house.signed_in("desk").await;
    let new = "barge rope moss 41";
    let post =
        |current: &'static str, new: &'static str| [("current", current), ("password", new), ("password_again", new)];
    let page = a.post("/me/password", &post("wrong wrong wrong", new)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = a.post("/me/password", &post(PASSWORD, "woaini1314")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("这个密码很多人用"), "{}", page.body);
    let page = a.post("/me/password", &post(PASSWORD, new)).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(a.get("/me").await.status, StatusCode::OK);
    assert_eq!(b.get("/me").await.status, StatusCode::SEE_OTHER);
    assert!(a.get("/notices").await.body.contains("您的密码刚刚改过"));
    // Mail is the way to a new password, so it needs the present one.
    let page = a.post("/me", &[("email", "desk@example.com"), ("locale", "en")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = a.post("/me", &[("email", "desk@example.com"), ("locale", "en"), ("password", new)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert!(a.get("/me").await.body.contains("<html lang=\"en\">"));
    let page = a.post("/me", &[("email", "desk@example.com"), ("phone", "1300000000"), ("locale", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a phone with a digit missing");
}

async fn forgotten(house: &House) {
    let (person, _) = desk(house).await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    huiqi_identity::people::update_person_in(&work, person, None, Some("desk@example.com"), None).await.unwrap();
    work.commit().await.unwrap();
    let mut browser = house.browser();
    // The same answer whether there is such an account or not.
    let known = browser.post("/reset", &[("login", "desk")]).await;
    let unknown = browser.post("/reset", &[("login", "nobody")]).await;
    assert_eq!((known.status, unknown.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(
        (known.location.as_str(), unknown.location.as_str()),
        ("/reset/code?login=desk", "/reset/code?login=nobody")
    );
    #[derive(huiqi_store::sea_orm::FromQueryResult)]
    struct Row {
        secret: Option<String>,
        channel: String,
    }
    let row: Row = huiqi_store::ctx::one(&house.ctx, "SELECT secret, channel FROM notice ORDER BY id DESC LIMIT 1", [])
        .await
        .unwrap()
        .unwrap();
    let code = row.secret.unwrap();
    assert_eq!(row.channel, "mail");
    let new = "barge rope moss 41";
    let with = |code: String| {
        vec![
            ("login", "desk".to_owned()),
            ("code", code),
            ("password", new.to_owned()),
            ("password_again", new.to_owned()),
        ]
    };
    async fn send(browser: &mut crate::support::Browser<'_>, fields: Vec<(&str, String)>) -> crate::support::Page {
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        browser.post("/reset/code", &pairs).await
    }
    for _ in 0..4 {
        assert_eq!(send(&mut browser, with("AAAAAAAA".into())).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = send(&mut browser, with(format!("{}-{}", &code[..4], &code[4..]))).await;
    assert_eq!(page.location, "/sign-in", "{}", page.body);
    assert_eq!(send(&mut browser, with(code)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "used up");
    let page = browser.post("/sign-in", &[("login", "desk"), ("password", new)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    // Five wrong tries, and a code is void; half an hour, too.
    for late in [false, true] {
        browser.post("/reset", &[("login", "desk")]).await;
        let row: Row = huiqi_store::ctx::one(
            &house.ctx,
            "SELECT secret, channel FROM notice WHERE channel = 'mail' ORDER BY id DESC LIMIT 1",
            [],
        )
        .await
        .unwrap()
        .unwrap();
        if late {
            house.later(31 * MINUTE);
        } else {
            for _ in 0..5 {
                send(&mut browser, with("AAAAAAAA".into())).await;
            }
        }
        assert_eq!(send(&mut browser, with(row.secret.unwrap())).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_forgotten_password_on_sqlite() {
    forgotten(&House::sqlite().await).await;
}

#[tokio::test]
async fn a_forgotten_password_on_postgres() {
    forgotten(&House::postgres().await).await;
}

#[tokio::test]
async fn only_a_demo_has_faces() {
    let house = House::sqlite().await;
    desk(&house).await;
    let mut browser = house.browser();
    assert!(!browser.get("/sign-in").await.body.contains("/sign-in/demo"));
    assert_eq!(browser.post("/sign-in/demo", &[("as", "operator-agent")]).await.status, StatusCode::NOT_FOUND);
    // Not even with the setting of a demo in it.
    setting::set(house.ctx.db().write(), "demo.faces", "[{\"membership\":\"SF-000001\"}]", 0, None).await.unwrap();
    assert!(!browser.get("/sign-in").await.body.contains("/sign-in/demo"));
    assert_eq!(browser.post("/sign-in/demo", &[("as", "SF-000001")]).await.status, StatusCode::NOT_FOUND);

    let demo = House::demo().await;
    let operator = demo.organisation("运营机构", &[Capacity::Operator]).await;
    demo.person("坐席甲", "desk", operator, None, Role::OperatorAgent).await;
    demo.person("坐席乙", "desk2", operator, None, Role::OperatorAgent).await;
    demo.person("派单员", "dispatcher", operator, None, Role::OperatorDispatcher).await;
    let mut browser = demo.browser();
    let page = browser.get("/sign-in").await;
    assert!(
        page.body.contains("name=\"as\" value=\"operator-agent\"") && page.body.contains("坐席甲"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("坐席乙"));
    let work = demo.ctx.write(&Viewer::System).await.unwrap();
    let face = |n: &str, zh: &str| Face { membership: n.into(), zh: zh.into(), en: "busy".into() };
    set_demo_faces_in(&work, &[face("SF-000002", "事多的"), face("SF-000001", "")]).await.unwrap();
    work.commit().await.unwrap();
    let page = browser.get("/sign-in").await;
    assert!(page.body.contains("坐席乙") && page.body.contains("事多的"), "{}", page.body);
    assert!(page.body.contains("value=\"SF-000001\"") && page.body.contains("value=\"operator-dispatcher\""));
    let page = browser.post("/sign-in/demo", &[("as", "operator-agent"), ("next", "/me")]).await;
    assert_eq!(page.location, "/me", "{}", page.body);
    assert!(browser.get("/me").await.body.contains("坐席乙"), "the first face of the role");
    assert_eq!(browser.post("/sign-in/demo", &[("as", "bureau-officer")]).await.status, StatusCode::NOT_FOUND);
}

async fn consents(house: &House) {
    let (person, _) = desk(house).await;
    assert!(!consent::given(&house.ctx, person).await.unwrap());
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    consent::record_in(&work, consent::By::Person(person), "registration").await.unwrap();
    consent::record_in(&work, consent::By::Contact("FW-2026-000001"), "ask").await.unwrap();
    work.commit().await.unwrap();
    assert!(consent::given(&house.ctx, person).await.unwrap());
    // A changed text is a new version by itself.
    let before = consent::version(&house.ctx);
    setting::set(house.ctx.db().write(), "site.privacy", "[\"新的说明\",\"new text\"]", 0, None).await.unwrap();
    house.ctx.refresh().await.unwrap();
    assert_ne!(before, consent::version(&house.ctx));
    assert!(!consent::given(&house.ctx, person).await.unwrap());
}

#[tokio::test]
async fn consent_on_sqlite() {
    consents(&House::sqlite().await).await;
}

#[tokio::test]
async fn consent_on_postgres() {
    consents(&House::postgres().await).await;
}

#[tokio::test]
async fn the_tidying_job_removes_what_is_over() {
    let house = House::sqlite().await;
    desk(&house).await;
    let _browser = house.signed_in("desk").await;
    house.later(2 * DAY);
    let job = house.app.jobs().iter().find(|j| j.name == "signin.tidy").unwrap();
    assert_eq!((job.run)(house.ctx.clone()).await.unwrap(), 1);
    assert_eq!((job.run)(house.ctx.clone()).await.unwrap(), 0);
}
