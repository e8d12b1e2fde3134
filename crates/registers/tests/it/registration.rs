//! A firm registers itself, and the desk checks it.

use axum::http::StatusCode;
use huiqi_registers::enterprises::NewEnterprise;

use crate::support::{Browser, House, PASSWORD, code};

async fn known() -> House {
    let house = House::sqlite().await;
    house
        .firm(&NewEnterprise {
            name: "示例光电科技有限公司".into(),
            code: Some(code(1)),
            district: Some("350206".into()),
            legal_representative: Some("王例明".into()),
            contact: Some("陈例安".into()),
            phone: Some("13012345678".into()),
            address: Some("湖里区示例路 3 号".into()),
            ..NewEnterprise::default()
        })
        .await;
    house
}

async fn register(browser: &mut Browser<'_>, code: &str, login: &str, firm: Option<&str>) -> String {
    let mut fields = vec![
        ("step", "4"),
        ("code", code),
        ("name", "王例明"),
        ("phone", "130 1234 5678"),
        ("login", login),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("consent", "yes"),
    ];
    if let Some(firm) = firm {
        fields.push(("firm", firm));
        fields.push(("district", "350211"));
    }
    let page = browser.post("/register", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    page.location
}

#[tokio::test]
async fn a_known_firm_registers_and_is_checked() {
    let house = known().await;
    let code = code(1);
    let mut firm = house.browser();
    let first = firm.get("/register").await;
    assert_eq!(first.texts("h1"), ["贵企业的统一社会信用代码是什么？"]);
    assert!(!first.body.contains("<nav class=\"nav\""), "one question a screen");
    for (typed, said) in
        [("", "还没有填"), ("350200100012345", "旧注册号"), ("9135020", "7 位"), ("91350206MAI0000000", "第 11 位")]
    {
        let page = firm.post("/register", &[("step", "1"), ("code", typed)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            page.texts(".error-summary").iter().any(|e| e.contains(said)),
            "{typed}: {:?}",
            page.texts(".error-summary")
        );
    }
    // Only name and district are told to a stranger.
    let second = firm.post("/register", &[("step", "1"), ("code", &code.to_lowercase())]).await;
    assert!(second.body.contains("示例光电科技有限公司") && second.body.contains("湖里区"), "{}", second.body);
    for secret in ["13012345678", "130****5678", "王例明", "陈例安", "示例路"] {
        assert!(!second.body.contains(secret), "{secret}");
    }
    let third = firm.post("/register", &[("step", "2"), ("code", &code)]).await;
    assert!(
        third.body.contains("name=\"phone\"") && third.attribute("input[name=code]", "value").as_deref() == Some(&code)
    );
    let wrong =
        firm.post("/register", &[("step", "3"), ("code", &code), ("name", "王例明"), ("phone", "130 1234 567")]).await;
    assert!(wrong.texts(".error-summary").iter().any(|e| e.contains("少了 1 位")), "{}", wrong.body);
    let fourth =
        firm.post("/register", &[("step", "3"), ("code", &code), ("name", "王例明"), ("phone", "130 1234 5678")]).await;
    assert!(fourth.body.contains("name=\"password\"") && fourth.body.contains("name=\"consent\""));
    let unsure = firm
        .post(
            "/register",
            &[
                ("step", "4"),
                ("code", &code),
                ("name", "王例明"),
                ("phone", "13012345678"),
                ("login", "wang"),
                ("password", PASSWORD),
                ("password_again", PASSWORD),
            ],
        )
        .await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!unsure.body.contains(PASSWORD));
    let landed = register(&mut firm, &code, "wang", None).await;
    assert_eq!(landed, "/my/enterprise");
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM consent").await, 1);

    // Unverified: nothing of the register is open.
    let own = firm.get("/my/enterprise").await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.body);
    assert!(own.body.contains("正在核实") && !own.body.contains("陈例安"));
    assert_eq!(firm.get("/my/enterprise/edit").await.status, StatusCode::FORBIDDEN);
    assert_eq!(firm.get("/enterprises").await.status, StatusCode::FORBIDDEN);

    let mut desk = house.desk().await;
    let queue = desk.get("/verifications").await;
    assert!(queue.body.contains("DJ-000001"), "{}", queue.body);
    let check = desk.get("/verifications/DJ-000001").await;
    assert!(
        check.body.contains("手机号和名录里的联系电话一致") && check.body.contains("姓名和法定代表人或联系人一致"),
        "{}",
        check.body
    );
    assert!(!check.body.contains("13012345678"));
    let version = check.attribute("input[name=version]", "value").unwrap();
    let done = desk.post("/verifications/DJ-000001/verify", &[("version", &version)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(
        desk.post("/verifications/DJ-000001/verify", &[("version", &version)]).await.status,
        StatusCode::CONFLICT
    );

    let own = firm.get("/my/enterprise").await;
    assert!(own.body.contains("陈例安") && own.body.contains("示例路 3 号"), "{}", own.body);
    let edit = firm.get("/my/enterprise/edit").await;
    let version = edit.attribute("input[name=version]", "value").unwrap();
    let changed = firm
        .post(
            "/my/enterprise/edit",
            &[
                ("version", &version),
                ("name", "示例光电科技有限公司"),
                ("district", "350206"),
                ("contact", "周示雨"),
                ("phone", "13012345678"),
            ],
        )
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let own = firm.get("/my/enterprise").await;
    assert!(own.body.contains("周示雨") && own.body.contains("本单位自己填写"));
}

#[tokio::test]
async fn an_unknown_firm_comes_into_the_register_unverified() {
    let house = known().await;
    let mut desk = house.desk().await;
    let code = code(2);
    let mut firm = house.browser();
    let second = firm.post("/register", &[("step", "1"), ("code", &code)]).await;
    assert!(second.body.contains("name=\"firm\""), "{}", second.body);
    let nameless = firm.post("/register", &[("step", "4"), ("code", &code), ("login", "lili")]).await;
    assert!(nameless.body.contains("name=\"firm\""), "an answer left out is asked again");
    register(&mut firm, &code, "lili", Some("示例(厦门)食品有限公司")).await;
    let text = "SELECT COUNT(*) AS n FROM enterprise e JOIN organisation o ON o.id = e.organisation
                WHERE o.name = '示例（厦门）食品有限公司' AND e.source = 'own'";
    assert_eq!(house.count(text).await, 1);
    let list = desk.get("/enterprises?verified=no").await;
    assert_eq!(list.texts("tbody th a"), ["示例（厦门）食品有限公司"]);

    // A second person for the same firm; the login is taken first.
    let mut other = house.browser();
    let taken = other
        .post(
            "/register",
            &[
                ("step", "4"),
                ("code", &code),
                ("name", "赵示一"),
                ("phone", "13000000009"),
                ("login", "LILI"),
                ("password", PASSWORD),
                ("password_again", PASSWORD),
                ("consent", "yes"),
            ],
        )
        .await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", taken.body);
    assert!(taken.body.contains("name=\"login\""));

    let page = desk.get("/verifications/DJ-000001").await;
    assert!(page.body.contains("名录里原来没有这家企业"));
    let version = page.attribute("input[name=version]", "value").unwrap();
    let bare = desk.post("/verifications/DJ-000001/refuse", &[("version", &version)]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = desk
        .post("/verifications/DJ-000001/refuse", &[("version", &version), ("reason", "营业执照和姓名对不上")])
        .await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    assert_ne!(firm.get("/my/enterprise").await.status, StatusCode::OK, "the account acts for the firm no longer");
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM notice WHERE kind = 'registration.refused'").await, 1);
}

#[tokio::test]
async fn the_register_cannot_be_read_out() {
    let house = known().await;
    let mut firm = house.browser();
    let mut refused = 0;
    for n in 0..200 {
        let page = firm.post("/register", &[("step", "1"), ("code", &code(n))]).await;
        refused += i32::from(page.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0);
}
