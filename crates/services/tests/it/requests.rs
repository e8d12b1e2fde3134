//! A firm asks, the network serves, the firm judges, the network improves.

use huiqi_casework::record;
use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::people::Role;
use huiqi_services::{assignments, improvements, requests};
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::{Client, File, Member, Page, TestApp};
use huiqi_testkit::both;

/// The public number of a request's only open assignment.
pub(super) async fn assignment(app: &TestApp, request: &str) -> String {
    assignments_of(app, request).await.remove(0)
}

pub(super) async fn assignments_of(app: &TestApp, request: &str) -> Vec<String> {
    #[derive(FromQueryResult)]
    struct Row {
        number: String,
    }
    let rows: Vec<Row> = ctx::all(
        &app.ctx,
        "SELECT c.number FROM case_record c JOIN case_record r ON r.id = c.parent
         WHERE r.number = ? AND c.flow = 'assignment' AND c.closed_at IS NULL ORDER BY c.id",
        [Value::from(request)],
    )
    .await
    .unwrap();
    rows.into_iter().map(|r| r.number).collect()
}

pub(super) async fn case(app: &TestApp, number: &str) -> record::Case {
    let text = format!("SELECT {} FROM case_record c WHERE c.number = ?", record::COLUMNS);
    ctx::one(&app.ctx, &text, [Value::from(number)]).await.unwrap().unwrap()
}

pub(super) const MATTER: &[(&str, &str)] = &[
    ("kind", "need"),
    ("category", "05"),
    ("title", "电磁兼容预测试"),
    ("words", "新上了一条贴片线，三款控制板要出口，第一次送测辐射超标，想先做一次预测试。"),
];

pub(super) fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The signed-in firm asks; the number of the request.
pub(super) async fn asked(firm: &Client) -> String {
    let mut form =
        vec![("step", "2"), ("contact", "王例明"), ("phone", "13900001234"), ("reach", "call"), ("consent", "yes")];
    form.extend_from_slice(MATTER);
    let page = firm.post("/ask", &form).await;
    page.expect(303);
    last(page.location().unwrap())
}

pub(super) async fn accepted(app: &TestApp, number: &str) {
    app.as_(Role::OperatorAgent)
        .await
        .post(&format!("/requests/{number}/accept"), &[("class", "ordinary"), ("kind", "need"), ("category", "05")])
        .await
        .expect(303);
}

/// The public number of the first window.
pub(super) async fn window_number(app: &TestApp) -> String {
    let (_, window) = app.first_window().await;
    number_in(app, "service_window", "id", window).await
}

pub(super) async fn dispatched(app: &TestApp, number: &str, to: &[&str], mode: &str) {
    let mut form: Vec<(&str, &str)> = to.iter().map(|t| ("to", *t)).collect();
    form.push(("mode", mode));
    let page = app.as_(Role::OperatorDispatcher).await.post(&format!("/requests/{number}/dispatch"), &form).await;
    page.expect(303);
}

/// Up to an answer that waits for the firm.
pub(super) async fn answered(app: &TestApp, firm: &Client) -> String {
    let number = asked(firm).await;
    accepted(app, &number).await;
    answer(app, &number).await;
    number
}

/// From acceptance to an answer of the window.
async fn answer(app: &TestApp, number: &str) {
    let window = app.as_(Role::WindowAgent).await;
    dispatched(app, number, &[&window_number(app).await], "lead").await;
    let below = assignment(app, number).await;
    window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    window.post(&format!("/assignments/{below}/contact"), &[("words", "电话联系，约周三送板")]).await.expect(303);
    window
        .post(&format!("/assignments/{below}/report"), &[("words", "预测试做完了，两处超标，整改清单已发。")])
        .await
        .expect(303);
}

#[test]
fn every_flow_is_sound() {
    for flow in [
        Box::new(requests::flow::registered()) as Box<dyn AnyFlow>,
        Box::new(assignments::flow::registered()),
        Box::new(improvements::flow::registered()),
    ] {
        assert_eq!(flow.faults(), Vec::<String>::new());
    }
}

both!(the_whole_loop, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    firm.get(&format!("/requests/{number}")).await.expect(200).has("预测试做完了").has("确认办结");
    // The firm reads who answered, not that a program did.
    let page = firm.get(&format!("/requests/{number}")).await;
    page.has("请您在").has(&app.as_(Role::WindowAgent).await.actor().organisation_name);
    assert!(page.all(".timeline li").iter().all(|line| !line.contains("系统")), "{:?}", page.all(".timeline li"));
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    firm.post(&format!("/requests/{number}/rating"), &[("grade", "2"), ("words", "来得太晚")]).await.expect(303);
    let request = case(&app, &number).await;
    assert_eq!(request.state, "closed");
    // The improvement is the window's; the window fixes it, the operator checks it.
    let window = app.as_(Role::WindowAgent).await;
    let improvement = "GJ-2026-000001";
    window.get("/inbox").await.expect(200).has(improvement);
    window
        .post(&format!("/improvements/{improvement}/hear"), &[("cause", "slow"), ("words", "嫌排期晚")])
        .await
        .expect(303);
    window.post(&format!("/improvements/{improvement}/fix"), &[("words", "加开一个预约时段")]).await.expect(303);
    // Nobody checks himself.
    window.post(&format!("/improvements/{improvement}/check"), &[("words", "好了")]).await.expect(404);
    app.as_(Role::OperatorDispatcher)
        .await
        .post(&format!("/improvements/{improvement}/check"), &[("words", "抽查了三天，时段已开")])
        .await
        .expect(303);
    assert_eq!(case(&app, improvement).await.state, "improved");
    app.audit_is_whole().await;
});

both!(what_is_answered_anew_is_graded_anew, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    let (page, rating) = (format!("/requests/{number}"), format!("/requests/{number}/rating"));
    firm.post(&rating, &[("grade", "2")]).await.expect(303);
    firm.post(&rating, &[("grade", "5")]).await.expect(409);
    app.ctx.clock().set(app.ctx.now() + 3_600_000);
    firm.post(&format!("/requests/{number}/redo"), &[("words", "清单里没有说屏蔽怎么改")]).await.expect(303);
    // Until there is another answer there is nothing to grade.
    firm.post(&rating, &[("grade", "5")]).await.expect(409);
    let grades = async || firm.get(&page).await.all("button[name=grade]").len();
    firm.get(&page).await.expect(200).has("您的评价：不满意");
    assert_eq!(grades().await, 0);
    answer(&app, &number).await;
    firm.get(&page).await.expect(200).has("给前一次答复的评价：不满意");
    assert_eq!(grades().await, 5);
    firm.post(&rating, &[("grade", "5"), ("words", "这次说清楚了")]).await.expect(303);
    firm.get(&page)
        .await
        .expect(200)
        .has("您的评价：非常满意")
        .has("给前一次答复的评价：不满意")
        .lacks("name=\"grade\"");
    // Both count, for whoever answered; the list names the request for each.
    let officer = app.as_(Role::CentreOfficer).await;
    let list = officer.get("/overview/records?figure=rated").await;
    list.expect(200).has("非常满意").has("不满意");
    assert_eq!(list.all("tbody tr").len(), 2, "{:?}", list.all("tbody tr"));
    let shown = app.as_(Role::WindowAgent).await.get(&page).await;
    shown.expect(200).has("评的前一次答复");
    // The first grade opened the improvement and still stands there.
    app.as_(Role::WindowAgent).await.get("/improvements/GJ-2026-000001").await.expect(200).has("不满意");
    app.audit_is_whole().await;
});

both!(doing_it_again, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    firm.post(&format!("/requests/{number}/redo"), &[]).await.expect(422).has("要写明内容或理由");
    firm.post(&format!("/requests/{number}/redo"), &[("words", "清单里没有说屏蔽怎么改")]).await.expect(303);
    let request = case(&app, &number).await;
    assert_eq!((request.state.as_str(), request.flagged), ("accepted", 1));
    app.as_(Role::OperatorDispatcher).await.get("/inbox").await.expect(200).has(&number).has("重办");
    // The window that answered has an improvement to work on.
    app.as_(Role::WindowAgent).await.get("/inbox").await.has("GJ-2026-000001");
    app.audit_is_whole().await;
});

both!(errors_are_said_on_top_and_lead_back_to_the_page, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    let page = firm.post(&format!("/requests/{number}/message"), &[("say", "")]).await;
    page.expect(422).has("还没有写内容");
    assert_eq!(page.attributes(".error-summary a", "href"), ["#say"]);
    let other = page.attributes("a[href^='/language']", "href");
    assert!(other.iter().all(|href| href.ends_with(&format!("back=/requests/{number}"))), "{other:?}");
    let page = firm.get(&format!("/requests/{number}/message")).await;
    page.expect(303);
    assert_eq!(page.location(), Some(format!("/requests/{number}").as_str()));
    // A refused step leads back to the request.
    accepted(&app, &number).await;
    firm.post(&format!("/requests/{number}/urge"), &[]).await.expect(303);
    let page = firm.post(&format!("/requests/{number}/urge"), &[]).await;
    page.expect(409).has("起可以再催");
    assert!(page.attributes("main a", "href").contains(&format!("/requests/{number}")), "{}", page.words());
    // The desk's forms: the field that is wrong says so.
    let second = asked(&firm).await;
    let desk = app.as_(Role::OperatorAgent).await;
    let page = desk.post(&format!("/requests/{second}/refuse"), &[("ground", ""), ("words", "不归这里办")]).await;
    page.expect(422).has("不归这里办");
    assert_eq!(page.attributes(".error-summary a", "href"), ["#refuse-ground"]);
});

both!(a_complaint_says_whom_it_is_about, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let window = window_number(&app).await;
    let mut form = vec![("step", "2"), ("contact", "王例明"), ("phone", "13900001234"), ("reach", "site")];
    form.extend([("consent", "yes"), ("kind", "complaint"), ("about", window.as_str())]);
    form.extend(MATTER.iter().filter(|(k, _)| *k != "kind"));
    let page = firm.post("/ask", &form).await;
    page.expect(303).follow().await.expect(200).has("投诉对象");
    // A firm is nobody whom a complaint can be about here.
    let unknown: Vec<(&str, &str)> =
        form.iter().map(|(k, v)| if *k == "about" { (*k, "QY-000001") } else { (*k, *v) }).collect();
    firm.post("/ask", &unknown).await.expect(303).follow().await.expect(200).lacks("投诉对象");
});

both!(following_without_an_account, |app| async move {
    let visitor = app.public();
    let mut form = vec![
        ("step", "2"),
        ("firm", "示例石材厂"),
        ("district", "350206"),
        ("contact", "李例"),
        ("phone", "139 0000 4321"),
        ("reach", "site"),
        ("consent", "yes"),
    ];
    form.extend_from_slice(MATTER);
    let page = visitor.post("/ask", &form).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    let first = page.follow().await;
    first.expect(200).has("电磁兼容预测试");
    #[derive(FromQueryResult)]
    struct Code {
        query_code: String,
    }
    let code: Option<Code> = ctx::one(&app.ctx, "SELECT query_code FROM request", []).await.unwrap();
    let code = code.unwrap().query_code;
    // Another browser needs all three.
    let other = app.public();
    other.get(&format!("/follow/{number}")).await.expect(303);
    other.post("/follow", &[("number", &number), ("code", &code), ("tail", "0000")]).await.expect(422).has("没有对上");
    let found = other.post("/follow", &[("number", &number), ("code", &code.to_lowercase()), ("tail", "4321")]).await;
    found.expect(303);
    found.follow().await.expect(200).has("示例石材厂").has("撤回诉求");
    // A pass opens one request only, and nothing without it.
    app.public().post(&format!("/follow/{number}/withdraw"), &[]).await.expect(404);
    other.post(&format!("/follow/{number}/withdraw"), &[("words", "自己解决了")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "withdrawn");
    // Ten tries an hour for one number.
    for _ in 0..12 {
        other.post("/follow", &[("number", &number), ("code", "AAAAAAAA"), ("tail", "4321")]).await;
    }
    other.post("/follow", &[("number", &number), ("code", &code), ("tail", "4321")]).await.expect(422).has("太多");
});

both!(errors_keep_what_was_typed, |app| async move {
    let visitor = app.public();
    let page = visitor.post("/ask", &[("step", "1"), ("kind", "need"), ("words", "")]).await;
    page.expect(422).has("具体情况还没有填");
    let mut form = vec![
        ("step", "2"),
        ("firm", "示例石材厂"),
        ("district", "350206"),
        ("contact", "李例"),
        ("phone", "1390000432"),
    ];
    form.extend_from_slice(MATTER);
    let page = visitor.post("/ask", &form).await;
    page.expect(422).has("手机号少了 1 位，应为 11 位").has("要同意使用资料");
    assert_eq!(page.attributes("#phone", "value"), ["1390000432"]);
    assert_eq!(page.attributes("#firm", "value"), ["示例石材厂"]);
});

both!(silence_is_neither_confirmed_nor_rated, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    assert_eq!(app.run_job("requests.silence").await, 0);
    app.set_time("2026-10-19 23:00");
    assert_eq!(app.run_job("requests.silence").await, 0, "the limit ends at midnight of the fifth working day");
    app.set_time("2026-10-20 00:10");
    assert_eq!(app.run_job("requests.silence").await, 1);
    assert_eq!(case(&app, &number).await.state, "lapsed");
    #[derive(FromQueryResult)]
    struct How {
        closed_how: Option<String>,
    }
    let how: Option<How> = ctx::one(&app.ctx, "SELECT closed_how FROM request", []).await.unwrap();
    assert_eq!(how.unwrap().closed_how.as_deref(), Some("silence"));
    // Within thirty days it can be reopened, later not.
    app.set_time("2026-11-30 09:00");
    firm.post(&format!("/requests/{number}/reopen"), &[("words", "又超标了")])
        .await
        .expect(409)
        .has("过了可以重新打开的期限");
    app.set_time("2026-11-10 09:00");
    firm.post(&format!("/requests/{number}/reopen"), &[("words", "又超标了")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "accepted");
});

both!(waiting_for_the_firm_stops_the_clock, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let window = app.as_(Role::WindowAgent).await;
    dispatched(&app, &number, &[&window_number(&app).await], "lead").await;
    let below = assignment(&app, &number).await;
    window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    window.post(&format!("/assignments/{below}/contact"), &[("words", "联系上了")]).await.expect(303);
    // Monday 12 October + 5 working days.
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-19"));
    assert_eq!(case(&app, &below).await.due_on.as_deref(), Some("2026-10-19"), "the part follows the whole");
    app.set_time("2026-10-13 16:00");
    window.post(&format!("/requests/{number}/ask-firm"), &[("words", "缺样品清单")]).await.expect(303);
    let paused = case(&app, &number).await;
    assert_eq!((paused.due_on.as_deref(), paused.left_days), (None, Some(4)));
    assert_eq!(case(&app, &below).await.due_on, None);
    // Reporting waits too.
    window
        .post(&format!("/assignments/{below}/report"), &[("words", "好了")])
        .await
        .expect(409)
        .has("正在等企业补材料");
    app.set_time("2026-10-15 10:00");
    firm.post_files(
        &format!("/requests/{number}/supply"),
        &[("words", "清单补上了")],
        &[File { field: "file", name: "样品清单.txt", content: "三块板".as_bytes() }],
    )
    .await
    .expect(303);
    // Four working days were left, the day of return not counted: 16, 19, 20, 21 October.
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-21"));
    assert_eq!(case(&app, &below).await.due_on.as_deref(), Some("2026-10-21"));
    let page = firm.get(&format!("/requests/{number}")).await;
    page.expect(200).has("样品清单.txt");
    let href = page.attributes("a[href^='/files/']", "href").remove(0);
    firm.get(&href).await.expect(200);
    app.public().get(&href).await.expect(303);
});

both!(extended_once_with_a_reason_the_firm_reads, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    dispatched(&app, &number, &[&window_number(&app).await], "lead").await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    dispatcher
        .post(&format!("/requests/{number}/extend"), &[("days", "99"), ("words", "暗室检修")])
        .await
        .expect(422)
        .has("1 到 15");
    dispatcher.post(&format!("/requests/{number}/extend"), &[("days", "3"), ("words", "暗室检修")]).await.expect(303);
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-22"));
    firm.get(&format!("/requests/{number}")).await.has("暗室检修");
    dispatcher
        .post(&format!("/requests/{number}/extend"), &[("days", "3"), ("words", "再延")])
        .await
        .expect(409)
        .has("只能延一次");
});

both!(two_handlers_and_the_lead_answers, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let provider = app.as_(Role::ProviderAgent).await;
    let window = app.as_(Role::WindowAgent).await;
    let provider_number = number_in(&app, "provider", "organisation", provider.actor().organisation).await;
    dispatched(&app, &number, &[&window_number(&app).await, &provider_number], "lead").await;
    let both = assignments_of(&app, &number).await;
    assert_eq!(both.len(), 2);
    window.post(&format!("/assignments/{}/take", both[0]), &[]).await.expect(303);
    // Neither sees or touches the other's part.
    provider.post(&format!("/assignments/{}/take", both[0]), &[]).await.expect(404);
    provider.post(&format!("/assignments/{}/decline", both[1]), &[("words", "本月排满")]).await.expect(303);
    window.get(&format!("/requests/{number}")).await.lacks("本月排满");
    window.post(&format!("/assignments/{}/contact", both[0]), &[("words", "联系上了")]).await.expect(303);
    window.post(&format!("/assignments/{}/report", both[0]), &[("words", "预测试做完")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "answered");
    // Everybody declining brings it back to the dispatcher.
    let second = asked(&firm).await;
    accepted(&app, &second).await;
    dispatched(&app, &second, &[&provider_number], "lead").await;
    let below = assignment(&app, &second).await;
    provider.post(&format!("/assignments/{below}/decline"), &[("words", "本月排满")]).await.expect(303);
    assert_eq!(case(&app, &second).await.state, "accepted");
    app.audit_is_whole().await;
});

/// A public number by row id.
pub(super) async fn number_in(app: &TestApp, table: &str, key: &str, id: i64) -> String {
    #[derive(FromQueryResult)]
    struct Row {
        number: String,
    }
    let row: Option<Row> =
        ctx::one(&app.ctx, &format!("SELECT number FROM {table} WHERE {key} = ?"), [Value::from(id)]).await.unwrap();
    row.unwrap().number
}

both!(the_firm_chooses, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let provider = app.as_(Role::ProviderAgent).await;
    let window = app.as_(Role::WindowAgent).await;
    let second = number_in(&app, "provider", "organisation", provider.actor().organisation).await;
    dispatched(&app, &number, &[&window_number(&app).await, &second], "choose").await;
    let both = assignments_of(&app, &number).await;
    window.post(&format!("/assignments/{}/take", both[0]), &[]).await.expect(303);
    provider.post(&format!("/assignments/{}/take", both[1]), &[]).await.expect(303);
    window.post(&format!("/assignments/{}/contact", both[0]), &[("words", "联系上了")]).await.expect(303);
    window.post(&format!("/assignments/{}/report", both[0]), &[("words", "做完")]).await.expect(409).has("还没有选定");
    firm.get(&format!("/requests/{number}")).await.has("选一家来办");
    firm.post(&format!("/requests/{number}/choice"), &[("assignment", &both[1])]).await.expect(303);
    assert_eq!(case(&app, &both[0]).await.state, "not-selected");
    provider.post(&format!("/assignments/{}/contact", both[1]), &[("words", "约好了")]).await.expect(303);
    provider.post(&format!("/assignments/{}/report", both[1]), &[("words", "做完")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "answered");
});

both!(nobody_is_offered_a_complaint_about_himself, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    app.as_(Role::WindowAgent).await;
    let window = window_number(&app).await;
    let form = [
        ("firm", "示例食品厂"),
        ("district", "350213"),
        ("contact", "赵例"),
        ("phone", "13900005678"),
        ("channel", "hall"),
        ("kind", "complaint"),
        ("words", "窗口说好的时间没有人在。"),
        ("about", window.as_str()),
        ("do", "take"),
    ];
    let page = agent.post("/requests/new", &form).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    let led = if case(&app, &number).await.desk == "centre" { Role::CentreOfficer } else { Role::OperatorDispatcher };
    if case(&app, &number).await.state == "submitted" {
        let clerk = if led == Role::CentreOfficer { led } else { Role::OperatorAgent };
        let accept = format!("/requests/{number}/accept");
        app.as_(clerk).await.post(&accept, &[("class", "ordinary"), ("category", "05")]).await.expect(303);
    }
    let dispatcher = app.as_(led).await;
    let page = dispatcher.get(&format!("/requests/{number}/dispatch")).await;
    page.expect(200).has("投诉的是").has("思明区示例窗口");
    assert!(!page.attributes("option", "value").contains(&window), "offered although it would be refused");
    dispatcher.get(&format!("/requests/{number}")).await.expect(200).has("思明区示例窗口（");
});

both!(a_link_leads_only_where_one_may_go, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let provider = app.as_(Role::ProviderManager).await;
    let house = number_in(&app, "provider", "organisation", provider.actor().organisation).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    dispatched(&app, &number, &[&house], "lead").await;
    for client in [&provider, &app.as_(Role::OperatorDispatcher).await] {
        let page = client.get(&format!("/requests/{number}")).await;
        page.expect(200);
        for href in page.attributes("main a", "href").iter().filter(|href| href.starts_with("/enterprises/")) {
            client.get(href).await.expect(200);
        }
    }
    let page = provider.get(&format!("/requests/{number}")).await;
    assert!(!page.attributes("main a", "href").iter().any(|href| href.starts_with("/enterprises/")));
    // The overview of a department is that of its own, and sends nobody to settings that are closed to him.
    let officer = app.as_(Role::DepartmentOfficer).await;
    let page = officer.get("/overview").await;
    page.expect(200).lacks("全网概况");
    for href in page.attributes("main a", "href").iter().filter(|href| href.starts_with('/')) {
        let opened = officer.get(href).await;
        assert!(opened.status < 400, "{href}: {}", opened.status);
    }
});

both!(nobody_handles_a_complaint_about_himself, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let centre = app.as_(Role::CentreAgent).await;
    let bureau = app.as_(Role::BureauOfficer).await;
    let operator = number_in(&app, "organisation", "id", agent.actor().organisation).await;
    let form = [
        ("firm", "示例食品厂"),
        ("district", "350213"),
        ("contact", "赵例"),
        ("phone", "13900005678"),
        ("channel", "hall"),
        ("kind", "complaint"),
        ("words", "热线答应回电，三天没有回。"),
        ("about", operator.as_str()),
        ("do", "take"),
    ];
    let page = centre.post("/requests/new", &form).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    assert_eq!(case(&app, &number).await.desk, "centre");
    agent.get(&format!("/requests/{number}")).await.expect(404);
    agent.get("/cases").await.lacks(&number);
    centre.get("/inbox").await.has(&number);
    // A report goes to the bureau only.
    let visitor = app.public();
    let mut form = vec![
        ("step", "2"),
        ("firm", "不方便说"),
        ("district", "350206"),
        ("contact", "匿名"),
        ("phone", "13900009999"),
        ("reach", "site"),
        ("consent", "yes"),
        ("kind", "report"),
    ];
    form.extend(MATTER.iter().filter(|(k, _)| *k != "kind"));
    let page = visitor.post("/ask", &form).await;
    page.expect(303);
    let report = last(page.location().unwrap());
    agent.get(&format!("/requests/{report}")).await.expect(404);
    centre.get(&format!("/requests/{report}")).await.expect(404);
    bureau.get("/inbox").await.has(&report);
    // Named officers only: another officer of the bureau does not even learn that it exists.
    let approver = app.as_(Role::BureauApprover).await;
    approver.get(&format!("/requests/{report}")).await.expect(200);
    let page = approver.get("/settings/report-officers").await;
    let person = page.attributes("input[name=officer]", "value");
    let me = number_in(&app, "person", "id", bureau.actor().person).await;
    assert!(person.contains(&me));
    approver.post("/settings/report-officers", &[("officer", &me)]).await.expect(303);
    approver.get(&format!("/requests/{report}")).await.expect(404);
    approver.get("/cases").await.lacks(&report);
    approver.get("/overview").await.expect(200).has("除举报外的全部诉求");
    approver.get("/overview/monthly").await.expect(200).has("除举报外的全部诉求");
    bureau.get("/overview").await.expect(200).has("看到的范围：全部诉求");
    bureau.get(&format!("/requests/{report}")).await.expect(200).has("匿名");
    // Whoever it is given to does not learn who reported.
    bureau.post(&format!("/requests/{report}/accept"), &[("class", "complex")]).await.expect(303);
    let window = app.as_(Role::WindowAgent).await;
    bureau
        .post(&format!("/requests/{report}/dispatch"), &[("to", &window_number(&app).await), ("mode", "lead")])
        .await
        .expect(303);
    window
        .get(&format!("/requests/{report}"))
        .await
        .expect(200)
        .lacks("匿名")
        .lacks("9999")
        .lacks("不方便说")
        .has("举报人不公开");
    window.get("/inbox").await.expect(200).lacks("不方便说");
    window.post(&format!("/requests/{report}/phone"), &[]).await.expect(404);
    // Nor by the list, the history or the messages, where the reporter is signed in; and it stays a report.
    let firm = app.as_(Role::EnterpriseMember).await;
    let name = firm.actor().organisation_name.clone();
    let who = firm.actor().name.clone();
    let page = firm
        .post(
            "/ask",
            &[
                ("step", "2"),
                ("kind", "report"),
                ("words", "有人收了钱没有开票。"),
                ("contact", "王例明"),
                ("phone", "13900001234"),
                ("reach", "call"),
                ("consent", "yes"),
            ],
        )
        .await;
    page.expect(303);
    let signed = last(page.location().unwrap());
    firm.post(&format!("/requests/{signed}/message"), &[("say", "单据照片随后补")]).await.expect(303);
    bureau
        .post(&format!("/requests/{signed}/accept"), &[("class", "complex"), ("kind", "consultation")])
        .await
        .expect(303);
    assert_eq!(case(&app, &signed).await.kind.as_deref(), Some("report"));
    bureau
        .post(&format!("/requests/{signed}/dispatch"), &[("to", &window_number(&app).await), ("mode", "lead")])
        .await
        .expect(303);
    window.get("/cases").await.expect(200).has(&signed).lacks(&name);
    window
        .get(&format!("/requests/{signed}"))
        .await
        .expect(200)
        .has("举报人（不显示）")
        .has("单据照片")
        .lacks(&name)
        .lacks(&who);
    window.get(&format!("/cases?q={name}")).await.lacks(&signed);
    // A colleague whose tie to the firm has not been checked is not told either.
    let stranger =
        app.member(Member { organisation: firm.actor().organisation, verified: false, ..Member::default() }).await;
    bureau.post(&format!("/requests/{signed}/extend"), &[("days", "1"), ("words", "还在核实")]).await;
    firm.get("/notices").await.expect(200).has(&signed);
    stranger.get("/notices").await.expect(200).lacks(&signed);
    stranger
        .post("/ask", &[("step", "1"), ("kind", "need"), ("words", "想问问")])
        .await
        .expect(200)
        .lacks("不用您再填的");
    // A window cannot be given a complaint about itself.
    let own = window_number(&app).await;
    let page = agent
        .post(
            "/requests/new",
            &[
                ("firm", "示例食品厂"),
                ("district", "350203"),
                ("contact", "赵例"),
                ("phone", "13900005678"),
                ("channel", "hotline"),
                ("kind", "complaint"),
                ("words", "窗口收费和公示的不一样。"),
                ("about", own.as_str()),
                ("do", "take"),
            ],
        )
        .await;
    page.expect(303);
    let number = last(page.location().unwrap());
    accepted(&app, &number).await;
    app.as_(Role::OperatorDispatcher)
        .await
        .post(&format!("/requests/{number}/dispatch"), &[("to", own.as_str()), ("mode", "lead")])
        .await
        .expect(422)
        .has("不能派给被投诉的一方");
});

both!(closed_on_the_spot_and_handled_by_the_window_itself, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let firm = app.firm("示例茶业有限公司").await;
    let firm_number = number_in(&app, "organisation", "id", firm).await;
    agent.get("/requests/new?q=示例茶业").await.expect(200).has("示例茶业有限公司");
    let form = [
        ("firm_number", firm_number.as_str()),
        ("contact", "陈例"),
        ("phone", "13900002222"),
        ("channel", "hotline"),
        ("kind", "consultation"),
        ("words", "首次贷款贴息要哪些材料？"),
    ];
    let mut spot = form.to_vec();
    spot.extend([("do", "spot"), ("answer", "")]);
    agent.post("/requests/new", &spot).await.expect(422).has("当场答复还没有填");
    // Only a plain question ends on the spot.
    let mut complaint: Vec<(&str, &str)> =
        spot.iter().copied().filter(|(k, _)| !matches!(*k, "answer" | "kind")).collect();
    complaint.extend([("answer", "已经解释"), ("kind", "complaint")]);
    agent.post("/requests/new", &complaint).await.expect(422).has("只有咨询能当场办结");
    spot.retain(|(k, _)| *k != "answer");
    spot.extend([("answer", "营业执照、借款合同、利息单三样，网上就能交。"), ("category", "02")]);
    let page = agent.post("/requests/new", &spot).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    let closed = case(&app, &number).await;
    assert_eq!((closed.state.as_str(), closed.district.as_deref()), ("closed", Some("350203")));
    // The window keeps what came to its own counter.
    let window = app.as_(Role::WindowAgent).await;
    let mut own = form.to_vec();
    own.extend([("do", "take"), ("own", "yes"), ("sent", "1")]);
    let page = window.post("/requests/new", &own).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    assert_eq!(case(&app, &number).await.state, "in-progress");
    page.follow().await.expect(200).has("请念给对方");
    window.get(&format!("/requests/{number}")).await.expect(200).has("记下联系情况");
    // The hub sees it, and why it is there.
    app.as_(Role::OperatorDispatcher).await.get(&format!("/requests/{number}")).await.expect(200).has("自受理自办");
    app.audit_is_whole().await;
});

both!(two_people_at_once, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    let agent = app.as_(Role::OperatorAgent).await;
    let manager = app.as_(Role::OperatorManager).await;
    let seen = case(&app, &number).await.version.to_string();
    agent.post(&format!("/requests/{number}/accept"), &[("version", &seen), ("class", "ordinary")]).await.expect(303);
    let late = manager
        .post(
            &format!("/requests/{number}/return"),
            &[("version", &seen), ("words", "缺样品清单和首次测试报告，请一起补上")],
        )
        .await;
    late.expect(409).has("别人刚刚改过这一件").has("缺样品清单和首次测试报告");
});

both!(strangers_see_nothing, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    let other_firm = app.firm("示例灯具有限公司").await;
    let stranger = app.member(huiqi_testkit::app::Member { organisation: other_firm, ..Default::default() }).await;
    stranger.get(&format!("/requests/{number}")).await.expect(404);
    stranger.get("/requests").await.expect(200).lacks(&number);
    let (other_org, other_window) =
        app.window("海沧区示例窗口", huiqi_registers::windows::Kind::Comprehensive, "350205").await;
    let other = app
        .member(huiqi_testkit::app::Member {
            role: Role::WindowAgent,
            organisation: other_org,
            window: Some(other_window),
            ..Default::default()
        })
        .await;
    other.get(&format!("/requests/{number}")).await.expect(404);
    other.get("/cases").await.expect(200).lacks(&number);
    // Outside the chain the phone is masked, and looking behind the mask is recorded.
    let centre = app.as_(Role::CentreOfficer).await;
    centre.get(&format!("/requests/{number}")).await.expect(200).lacks("13900001234").has("139****1234");
    let shown: Page = centre.post(&format!("/requests/{number}/phone"), &[]).await;
    shown.expect(303);
    #[derive(FromQueryResult)]
    struct N {
        n: i64,
    }
    let n: Option<N> =
        ctx::one(&app.ctx, "SELECT COUNT(*) AS n FROM audit_entry WHERE action = 'request.reveal-phone'", [])
            .await
            .unwrap();
    assert_eq!(n.unwrap().n, 1);
    // An unchecked member of the firm sees only what he asked himself.
    let unchecked = app
        .member(huiqi_testkit::app::Member {
            organisation: firm.actor().organisation,
            verified: false,
            ..Default::default()
        })
        .await;
    unchecked.get(&format!("/requests/{number}")).await.expect(404);
    let own = asked(&unchecked).await;
    unchecked.get(&format!("/requests/{own}")).await.expect(200);
});

both!(the_ladder_climbs, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    app.as_(Role::OperatorAgent).await;
    app.as_(Role::OperatorManager).await;
    app.as_(Role::CentreOfficer).await;
    app.run_job("casework.ladder").await;
    app.set_time("2026-10-13 08:00");
    app.run_job("casework.ladder").await;
    assert_eq!(case(&app, &number).await.ladder, 2, "urged on the due day");
    app.set_time("2026-10-14 08:00");
    app.run_job("casework.ladder").await;
    assert_eq!(case(&app, &number).await.ladder, 3);
    app.set_time("2026-10-19 08:00");
    app.run_job("casework.ladder").await;
    assert_eq!(case(&app, &number).await.ladder, 4);
    assert_eq!(app.run_job("casework.ladder").await, 0, "no rung is climbed twice");
    app.as_(Role::CentreOfficer).await.get("/inbox").await.has(&number);
});

both!(pages_stay_within_their_budget, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    for (role, paths) in [
        (Role::OperatorDispatcher, vec!["/inbox".to_owned(), "/cases".to_owned(), format!("/requests/{number}")]),
        (Role::WindowAgent, vec!["/inbox".to_owned(), format!("/requests/{number}")]),
        (Role::EnterpriseMember, vec!["/requests".to_owned(), format!("/requests/{number}"), "/ask".to_owned()]),
        (Role::OperatorAgent, vec!["/requests/new".to_owned(), "/improvements".to_owned()]),
    ] {
        let client = app.as_(role).await;
        for path in paths {
            let page = client.get(&path).await;
            page.expect(200);
            assert!(page.statements <= 15, "{path} as {}: {} statements", role.code(), page.statements);
        }
    }
});

both!(late_cases_of_a_month_are_gathered, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let window = app.as_(Role::WindowAgent).await;
    let to = window_number(&app).await;
    for _ in 0..3 {
        let number = asked(&firm).await;
        accepted(&app, &number).await;
        dispatched(&app, &number, &[&to], "lead").await;
    }
    // Taken a week too late: the limit was one working day.
    app.set_time("2026-10-22 09:00");
    let offered = window.get("/inbox").await.attributes("input[name=n]", "value");
    assert_eq!(offered.len(), 3);
    for below in &offered {
        window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    }
    assert_eq!(app.run_job("improvements.overdue").await, 0, "the month is not over");
    app.set_time("2026-11-02 09:00");
    assert_eq!(app.run_job("improvements.overdue").await, 1);
    assert_eq!(app.run_job("improvements.overdue").await, 0, "gathered once");
    let improvement = "GJ-2026-000001";
    window
        .get(&format!("/improvements/{improvement}"))
        .await
        .expect(200)
        .has("2026年10月超期 3 件")
        .has("FW-2026-000002");
    window
        .post(&format!("/improvements/{improvement}/hear"), &[("cause", "slow"), ("words", "没人盯新派单")])
        .await
        .expect(303);
    app.as_(Role::OperatorDispatcher).await.get("/improvements").await.expect(200).has("因为上月超期多");
});

both!(a_call_back_is_made_by_somebody_not_judged, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let agent = app.as_(Role::OperatorAgent).await;
    let call = format!("/requests/{number}/call-back");
    // Before the answer nobody calls, and the page with the phone stays shut.
    agent.get(&call).await.expect(303);
    app.as_(Role::CentreAgent).await.get(&call).await.expect(303);
    // The operator's desk answers itself: then the centre calls, not the operator.
    agent.post(&format!("/requests/{number}/answer"), &[("words", "网上就能办，链接发给您了。")]).await.expect(303);
    agent.get(&call).await.expect(303);
    let centre = app.as_(Role::CentreAgent).await;
    centre.get(&call).await.expect(200).has("打满 3 次").has("13900001234");
    centre.post(&call, &[("outcome", "missed"), ("words", "没人接")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "answered", "not reached is its own outcome");
    app.set_time("2026-10-13 09:00");
    centre.post(&call, &[("outcome", "missed"), ("words", "没人接")]).await.expect(303).follow().await.has("改天再打");
    centre.get("/call-backs").await.expect(200).has(&number).has("没打通 2 次");
    app.set_time("2026-10-13 11:00");
    centre.post(&call, &[("outcome", "missed"), ("words", "")]).await.expect(303).follow().await.has("这不算企业确认");
    assert_eq!(case(&app, &number).await.state, "answered", "not reached is no confirmation");
    centre.get("/call-backs").await.expect(200).lacks(&number);
    // The firm rings back.
    centre.get(&call).await.expect(200).has("没打通 3 次");
    centre.post(&call, &[("outcome", "solved"), ("grade", "4"), ("words", "办好了")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "closed");
    firm.get(&format!("/requests/{number}")).await.expect(200).has("回访确认").has("满意");
    firm.post(&format!("/requests/{number}/rating"), &[("grade", "1")]).await.expect(409);
});

both!(sent_twice_a_form_makes_one_request, |app| async move {
    let key = "0123456789abcdef0123456789abcdef";
    let visitor = app.public();
    let mut form = vec![
        ("step", "2"),
        ("once", key),
        ("firm", "示例石材厂"),
        ("district", "350206"),
        ("contact", "李例"),
        ("phone", "13900004321"),
        ("reach", "text"),
        ("consent", "yes"),
    ];
    form.extend_from_slice(MATTER);
    let first = visitor.post("/ask", &form).await;
    first.expect(303);
    let second = visitor.post("/ask", &form).await;
    second.expect(303);
    assert_eq!(first.location(), second.location());
    second.follow().await.expect(200).has("电磁兼容预测试").has("查询码");
    // Two at the same moment as well.
    let later: Vec<(&str, &str)> =
        form.iter().map(|(k, v)| (*k, if *k == "once" { "fedcba9876543210fedcba9876543210" } else { *v })).collect();
    let other = app.public();
    let (a, b) = tokio::join!(visitor.post("/ask", &later), other.post("/ask", &later));
    assert_eq!((a.status, b.status), (303, 303));
    assert_eq!(a.location(), b.location());
    // A page of its own makes a request of its own.
    let page = visitor.post("/ask", &[&[("step", "1")], MATTER].concat()).await;
    let drawn = page.attributes("input[name=once]", "value").remove(0);
    assert_eq!(drawn.len(), 32);
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let n: Option<Row> = ctx::one(&app.ctx, "SELECT COUNT(*) AS n FROM request", []).await.unwrap();
    assert_eq!(n.unwrap().n, 2);
    app.audit_is_whole().await;
});

both!(files_are_made_ready_before_and_kept_last, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    let file = |name, content| File { field: "file", name, content };
    let heic = b"\0\0\0\x24ftypheic\0\0\0\0mif1MiHEmiaf and then the picture";
    // A phone's picture is taken as it is, and the page says why it cannot be shown.
    firm.post_files(&format!("/requests/{number}/message"), &[("say", "照片")], &[file("IMG_0001.HEIC", heic)])
        .await
        .expect(303);
    let page = firm.get(&format!("/requests/{number}")).await;
    page.expect(200).has("IMG_0001.HEIC").has("这里不能预览");
    assert!(page.attributes("input[type=file]", "accept").iter().all(|a| a.starts_with("image/*,")));
    // A step that is not open keeps nothing.
    firm.post_files(&format!("/requests/{number}/supply"), &[("words", "补")], &[file("样品.txt", b"x")])
        .await
        .expect(404);
    app.as_(Role::WindowAgent)
        .await
        .post_files(&format!("/requests/{number}/message"), &[("say", "看看")], &[file("样品.txt", b"x")])
        .await
        .expect(404);
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let n: Option<Row> = ctx::one(&app.ctx, "SELECT COUNT(*) AS n FROM stored_file", []).await.unwrap();
    assert_eq!(n.unwrap().n, 1);
    // Eleven files are one too many, said beside the form with what was typed.
    let many: Vec<File> = (0..10).map(|_| file("一.txt", b"x")).collect();
    let page = firm.post_files(&format!("/requests/{number}/message"), &[("say", "十个")], &many).await;
    page.expect(422).has("十个");
});
