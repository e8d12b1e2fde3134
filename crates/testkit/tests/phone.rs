//! Phones proved by a code: signing in, registering without a password, and messages that the desk passes on.

use std::collections::BTreeMap;

use huiqi_identity::gateway::{self, GatewayConfig, PhoneMessage, SmsConfig, Template};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::ctx;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_testkit::app::{Member, TestApp};
use huiqi_testkit::both;

/// A gateway that is set and never reached: codes are read from the table.
fn set_gateway(app: &TestApp) {
    app.ctx.provide(GatewayConfig {
        sms: Some(SmsConfig {
            url: "http://127.0.0.1:9".into(),
            account: "huiqi".into(),
            secret: "a secret of the test, long enough".into(),
            sign: "慧企云".into(),
            templates: BTreeMap::new(),
        }),
        ..GatewayConfig::default()
    });
}

#[derive(FromQueryResult)]
struct Row {
    n: i64,
}

async fn count(app: &TestApp, text: &str) -> i64 {
    ctx::one::<Row>(&app.ctx, text, []).await.unwrap().unwrap().n
}

#[derive(FromQueryResult)]
struct Secret {
    secret: Option<String>,
}

/// The code that waits for a phone.
async fn code(app: &TestApp, phone: &str) -> String {
    let row: Option<Secret> = ctx::one(
        &app.ctx,
        "SELECT secret FROM phone_message WHERE phone = ? AND template = 'code' ORDER BY id DESC LIMIT 1",
        [phone.into()],
    )
    .await
    .unwrap();
    row.and_then(|r| r.secret).expect("a code waits")
}

both!(a_firm_signs_in_by_phone, |app| async move {
    let firm = app.firm("示例卫浴科技有限公司").await;
    let member = |phone: &str, name: &str, organisation: i64, role: Role| Member {
        role,
        organisation,
        name: Some(name.into()),
        phone: Some(phone.into()),
        ..Member::default()
    };
    app.member(member("13800138000", "王例明", firm, Role::EnterpriseRepresentative)).await;
    let browser = app.public();
    // Unset: the page says so, and nothing is sent.
    browser.get("/sign-in/phone").await.expect(200).has("还没有配置短信").has("服务热线");
    browser.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200).has("还没有配置短信");
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM phone_message").await, 0);
    set_gateway(&app);
    browser.get("/sign-in").await.expect(200).has("手机验证码登录");
    browser.post("/sign-in/phone", &[("phone", "0592-5051234")]).await.expect(422).has("不是手机号");
    // A known and an unknown phone get the same answer.
    let known = browser.post("/sign-in/phone", &[("phone", "138 0013 8000")]).await;
    let unknown = app.public().post("/sign-in/phone", &[("phone", "13900139000")]).await;
    known.expect(200);
    assert_eq!(known.words().replace("13800138000", "#"), unknown.words().replace("13900139000", "#"));
    // A second one within a minute is not sent, and the first stays good.
    let right = code(&app, "13800138000").await;
    let again = browser.post("/sign-in/phone", &[("phone", "13800138000")]).await;
    again.expect(200).has("刚才已经发到 13800138000，这次没有再发；60 秒后可以再要一次");
    browser.post("/sign-in/phone", &[("phone", "")]).await.expect(422).has("手机号还没有填");
    assert_eq!(code(&app, "13800138000").await, right);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let check = |code: String| {
        let browser = browser.clone();
        async move {
            let fields = [("phone", "13800138000"), ("phone_code", code.as_str()), ("next", "/my/enterprise")];
            browser.post("/sign-in/phone/code", &fields).await
        }
    };
    check(wrong.into()).await.expect(422).has("验证码不对");
    let page = check(right.clone()).await;
    page.expect(303);
    assert_eq!(page.location(), Some("/my/enterprise"));
    page.follow().await.expect(200).has("示例卫浴科技有限公司");
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM person WHERE phone_proved = phone").await, 1);
    // Whoever signs out takes the proof along: the next one at the machine does not come in by it.
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM phone_proof").await, 1);
    let left = browser.clone();
    left.post("/sign-out", &[]).await.expect(303);
    assert_eq!(left.get("/sign-in/phone/who").await.location(), Some("/sign-in/phone"));
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM phone_proof").await, 0);
    // Once only.
    let again = app.public();
    again.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", &right)]).await.expect(422);
    // Five minutes, five tries.
    app.pass_ms(61_000);
    again.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200);
    let late = code(&app, "13800138000").await;
    app.pass_ms(5 * 60_000 + 1);
    again.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", &late)]).await.expect(422);
    again.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200);
    let tired = code(&app, "13800138000").await;
    let wrong = if tired == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        again.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", wrong)]).await.expect(422);
    }
    again.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", &tired)]).await.expect(422);
    // Five codes an hour.
    for _ in 0..2 {
        app.pass_ms(61_000);
        again.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200);
    }
    app.pass_ms(61_000);
    again.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(422).has("太多");
    app.audit_is_whole().await;
});

both!(several_people_and_staff_with_one_phone, |app| async move {
    set_gateway(&app);
    let (first, second) = (app.firm("示例甲科技有限公司").await, app.firm("示例乙科技有限公司").await);
    let phone = Some("13800138000".to_owned());
    for (name, organisation) in [("王例明", first), ("陈例安", second)] {
        app.member(Member { organisation, name: Some(name.into()), phone: phone.clone(), ..Member::default() }).await;
    }
    let browser = app.public();
    browser.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200);
    let right = code(&app, "13800138000").await;
    let page = browser.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", &right)]).await;
    let who = page.follow().await;
    who.expect(200).has("王例明").has("陈例安").has("示例乙科技有限公司");
    let numbers = who.attributes("button[name=who]", "value");
    assert_eq!(numbers.len(), 2);
    browser.post("/sign-in/phone/who", &[("who", "RY-999999")]).await.expect(404);
    browser.post("/sign-in/phone/who", &[("who", &numbers[1])]).await.expect(303);
    browser.get("/my/enterprise").await.expect(200).has("示例乙科技有限公司");
    // Without the proof nobody chooses.
    let stranger = app.public();
    assert_eq!(stranger.post("/sign-in/phone/who", &[("who", &numbers[0])]).await.location(), Some("/sign-in/phone"));
    // Staff do not come in by phone, also not with a firm's role beside.
    let (window, id) = app.first_window().await;
    app.member(Member {
        role: Role::WindowAgent,
        organisation: window,
        window: Some(id),
        phone: Some("13700137000".into()),
        ..Member::default()
    })
    .await;
    let agent = app.public();
    agent.post("/sign-in/phone", &[("phone", "13700137000")]).await.expect(200);
    let right = code(&app, "13700137000").await;
    let page = agent.post("/sign-in/phone/code", &[("phone", "13700137000"), ("phone_code", &right)]).await;
    page.follow().await.expect(200).has("还没有企业登记这个手机").has("用密码登录");
    agent.get("/inbox").await.expect(303);
});

both!(a_new_firm_registers_without_a_password, |app| async move {
    set_gateway(&app);
    let browser = app.public();
    let fields = |more: &[(&'static str, String)]| {
        let mut fields = vec![
            ("step", "4".to_owned()),
            ("code", String::new()),
            ("firm", "示例新厂有限公司".to_owned()),
            ("name", "王例明".to_owned()),
            ("phone", "13800138000".to_owned()),
            ("consent", "yes".to_owned()),
        ];
        for (name, value) in more {
            fields.retain(|(n, _)| n != name);
            fields.push((name, value.clone()));
        }
        fields
    };
    let credit = app.code();
    let post = |fields: Vec<(&'static str, String)>| {
        let browser = browser.clone();
        async move {
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            browser.post("/register", &pairs).await
        }
    };
    // Without the proof a password is asked for.
    post(fields(&[("code", credit.clone())])).await.expect(422);
    browser.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200);
    let right = code(&app, "13800138000").await;
    let page = browser.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", &right)]).await;
    page.follow().await.expect(200).has("登记企业");
    post(fields(&[("code", credit.clone()), ("step", "2".into())])).await.expect(200).has("您是哪一位");
    post(fields(&[("code", credit.clone()), ("step", "3".into())])).await.expect(200).has("可以什么都不填");
    // Another phone than the proved one needs a password.
    post(fields(&[("code", credit.clone()), ("phone", "13900139000".into())])).await.expect(422);
    let page = post(fields(&[("code", credit)])).await;
    page.expect(303);
    page.follow().await.expect(200).has("示例新厂有限公司");
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM account").await, 0);
    // The way back in, and a password where one is wanted, right after the code.
    let later = app.public();
    app.pass_ms(61_000);
    later.post("/sign-in/phone", &[("phone", "13800138000")]).await.expect(200);
    let right = code(&app, "13800138000").await;
    later.post("/sign-in/phone/code", &[("phone", "13800138000"), ("phone_code", &right)]).await.expect(303);
    // Mail and phone are changed on the strength of the code, and not any more when it is too long ago.
    let own = |phone: &'static str, email: &'static str| [("phone", phone), ("email", email), ("locale", "")];
    later.get("/me").await.expect(200).has("刚才已经用手机验证码确认过").lacks("现在的密码");
    later.post("/me", &own("13800138000", "wang@example.org")).await.expect(303);
    let new = [("login", "wang.li"), ("password", "quay lamp kx7 tide"), ("password_again", "quay lamp kx7 tide")];
    app.pass_ms(31 * 60_000);
    later.post("/me/password", &new).await.expect(422).has("再用手机验证码登录一次");
    later.post("/me", &own("13800138000", "wang@example.org")).await.expect(303);
    let page = later.post("/me", &own("13900139000", "wang@example.org")).await;
    page.expect(422).has("要先用手机验证码确认").has("用手机验证码确认是您本人").lacks("要改邮箱");
});

both!(messages_nobody_sends_are_passed_on_by_the_leading_desk, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let asked = [
        ("step", "2"),
        ("kind", "consultation"),
        ("words", "出口退税怎么办"),
        ("contact", "王例明"),
        ("phone", "13800138000"),
        ("consent", "yes"),
    ];
    firm.post("/ask", &asked).await.expect(303);
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
    let manager = app.as_(Role::OperatorManager).await;
    let path = "/outbox/DX-000000001/text";
    manager.get("/outbox").await.expect(200).has("FW-2026-000001").has("138****8000").lacks("3479ACDEFGHJ");
    // Another desk leads nothing here.
    let bureau = app.as_(Role::BureauApprover).await;
    bureau.get("/outbox").await.expect(200).has("没有要转告的消息");
    bureau.post(path, &[]).await.expect(404);
    bureau.post("/outbox/DX-000000001/passed-on", &[]).await.expect(404);
    app.as_(Role::OperatorAgent).await.post(path, &[]).await.expect(403);
    let page = manager.post(path, &[]).await;
    page.expect(200).has("13800138000");
    assert!(page.text.contains("http://127.0.0.1:8700/t/3479ACDEFGHJ"));
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM audit_entry WHERE action = 'gateway.shown'").await, 1);
    manager.post("/outbox/DX-000000001/passed-on", &[]).await.expect(303);
    manager.post("/outbox/DX-000000001/passed-on", &[]).await.expect(409);
    manager.post(path, &[]).await.expect(404);
    let left = "SELECT COUNT(*) AS n FROM phone_message WHERE state = 'by-hand' AND secret IS NULL";
    assert_eq!(count(&app, left).await, 1);
});

both!(whoever_asks_proves_the_phone_where_codes_go_out, |app| async move {
    let credit = app.code();
    let known = huiqi_registers::enterprises::NewEnterprise {
        name: "示例阀门有限公司".into(),
        code: Some(credit.clone()),
        ..Default::default()
    };
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    huiqi_registers::enterprises::create_in(&work, &known, huiqi_registers::Source::Desk).await.unwrap();
    work.commit().await.unwrap();
    let visitor = app.public();
    let matter = [("kind", "consultation"), ("words", "出口退税怎么办，已经问过税务所")];
    let post = |more: Vec<(&'static str, String)>| {
        let visitor = visitor.clone();
        async move {
            let mut fields: Vec<(&str, &str)> = matter.to_vec();
            fields.extend(more.iter().map(|(k, v)| (*k, v.as_str())));
            visitor.post("/ask", &fields).await
        }
    };
    let own = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(k, v)| (*k, (*v).to_owned())).collect::<Vec<_>>();
    let last = |phone: &str| {
        own(&[
            ("step", "2"),
            ("firm", &credit),
            ("district", "350203"),
            ("contact", "王例明"),
            ("phone", phone),
            ("consent", "yes"),
        ])
    };
    // Unset: as before, in two screens.
    post(own(&[("step", "1")])).await.expect(200).has("第 2 步，共 2 步").has("怎样联系您最方便");
    set_gateway(&app);
    visitor.get("/ask").await.expect(200).has("第 1 步，共 3 步");
    post(own(&[("step", "1")])).await.expect(200).has("验证一下手机").has("第 2 步，共 3 步");
    // Nothing gets by, and what was typed comes back.
    let page = post(last("13800138000")).await;
    page.expect(422).has("再验证一次");
    assert!(page.form("/ask").contains(&("contact".to_owned(), "王例明".to_owned())));
    assert!(page.form("/ask").contains(&("words".to_owned(), matter[1].1.to_owned())));
    let page = post(own(&[("step", "phone"), ("phone", "0592-5051234")])).await;
    page.expect(422).has("没有手机请拨打服务热线").lacks("请用密码登录");
    post(own(&[("step", "phone"), ("phone", "13800138000")])).await.expect(200).has("验证码");
    let right = code(&app, "13800138000").await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let page = post(own(&[("step", "code"), ("phone", "13800138000"), ("phone_code", wrong)])).await;
    page.expect(422).has("验证码不对");
    post(own(&[("step", "code"), ("phone", "13800138000"), ("phone_code", "")]))
        .await
        .expect(422)
        .has("验证码还没有填");
    let page =
        post(own(&[("step", "code"), ("phone", "13800138000"), ("phone_code", &right), ("contact", "王例明")])).await;
    page.expect(200).has("第 3 步，共 3 步").has("已验证");
    assert_eq!(page.attributes("input[name=phone]", "value"), ["13800138000"]);
    assert_eq!(page.attributes("input[name=contact]", "value"), ["王例明"]);
    // Another phone than the proved one does not pass; the proved one does.
    post(last("13900139000")).await.expect(422);
    let page = post(last("13800138000")).await;
    page.expect(303);
    page.follow().await.expect(200).has("FW-2026-000001");
    // A code that the register knows is read by the desk with the firm's name.
    let agent = app.as_(Role::OperatorAgent).await;
    agent.get("/requests/FW-2026-000001").await.expect(200).has("示例阀门有限公司").has(&credit);
    // A firm that signed in by phone is not asked again, one with a password is.
    let firm = app.firm("示例卫浴科技有限公司").await;
    let person = Member { organisation: firm, phone: Some("13700137000".into()), ..Member::default() };
    let member = app.member(person).await;
    let fields: Vec<(&str, &str)> = matter.iter().copied().chain([("step", "1")]).collect();
    member.post("/ask", &fields).await.expect(200).has("验证一下手机");
    let by_phone = app.public();
    by_phone.post("/sign-in/phone", &[("phone", "13700137000")]).await.expect(200);
    let right = code(&app, "13700137000").await;
    by_phone.post("/sign-in/phone/code", &[("phone", "13700137000"), ("phone_code", &right)]).await.expect(303);
    by_phone.post("/ask", &fields).await.expect(200).has("第 2 步，共 2 步");
});
