//! Many firms, one problem: one answer to all, one proposal to the bureau, and everybody hears of it.

use huiqi_kernel::people::Role;
use huiqi_testkit::app::{Client, Member, TestApp};
use huiqi_testkit::both;

use super::requests::{accepted, asked, assignment, case, dispatched, last, window_number};

async fn firm(app: &TestApp, name: &str) -> Client {
    let organisation = app.firm(name).await;
    app.member(Member { role: Role::EnterpriseMember, organisation, verified: true, ..Member::default() }).await
}

/// A problem over these requests; its number.
async fn gathered(client: &Client, numbers: &[&str]) -> String {
    let mut form =
        vec![("title", "出口前检测排期太长"), ("description", "出口旺季前检测要排三周以上。"), ("category", "05")];
    form.extend(numbers.iter().map(|n| ("n", *n)));
    let page = client.post("/problems/new", &form).await;
    page.expect(303);
    last(page.location().unwrap())
}

both!(one_answer_and_one_proposal, |app| async move {
    let (first, second) = (app.as_(Role::EnterpriseMember).await, firm(&app, "示例光学有限公司").await);
    let third = firm(&app, "示例文具有限公司").await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let bureau = app.as_(Role::BureauOfficer).await;
    // One waits at the desk, one is accepted, one lies with a window, one was merged into the second.
    let (a, b, c, d) = (asked(&first).await, asked(&second).await, asked(&third).await, asked(&first).await);
    accepted(&app, &b).await;
    accepted(&app, &c).await;
    dispatched(&app, &c, &[&window_number(&app).await], "lead").await;
    let below = assignment(&app, &c).await;
    dispatcher.post(&format!("/requests/{d}/merge"), &[("into", &b)]).await.expect(303);
    // Too few, unknown, not the right people.
    let short = [("title", "x"), ("description", "y"), ("n", a.as_str())];
    dispatcher.post("/problems/new", &short).await.expect(422).has("至少要有两件诉求");
    let unknown = [("title", "x"), ("description", "y"), ("numbers", "FW-2026-000999")];
    dispatcher.post("/problems/new", &unknown).await.expect(422).has("没有找到 FW-2026-000999");
    app.as_(Role::WindowAgent).await.get("/problems").await.expect(403);
    let problem = gathered(&dispatcher, &[&a, &b]).await;
    dispatcher.post(&format!("/problems/{problem}/gather"), &[("numbers", &format!("{c}，"))]).await.expect(303);
    dispatcher.get("/inbox").await.has(&problem);
    // The figures are computed: four requests (one merged along) of three firms.
    let page = dispatcher.get(&format!("/problems/{problem}")).await;
    page.expect(200).has("并入上面的诉求");
    let tiles = page.all(".tiles dd, .tiles dt").join(" ");
    assert!(tiles.contains('4') && tiles.contains('3'), "{tiles}");
    // Answered to all, each by its own steps.
    dispatcher.post(&format!("/problems/{problem}/answer"), &[]).await.expect(422);
    dispatcher.post(&format!("/problems/{problem}/propose"), &[("words", "加开时段")]).await.expect(404);
    dispatcher
        .post(
            &format!("/problems/{problem}/answer"),
            &[("words", "同安检测中心已加开夜间时段。"), ("with_handlers", "yes")],
        )
        .await
        .expect(303);
    for number in [&a, &b, &c, &d] {
        assert_eq!(case(&app, number).await.state, "answered", "{number}");
    }
    assert_eq!(case(&app, &below).await.state, "recalled");
    let page = third.get(&format!("/requests/{c}")).await;
    page.has("已加开夜间时段").has("同样的问题，枢纽收到了 3 件").lacks(&a).lacks("示例光学");
    // Each firm confirms for itself.
    first.post(&format!("/requests/{a}/confirm"), &[]).await.expect(303);
    assert_eq!(case(&app, &c).await.state, "answered");
    // Who comes later gets the same answer.
    dispatcher.post(&format!("/problems/{problem}/pass"), &[]).await.expect(409).has("都已经答复");
    let e = asked(&second).await;
    dispatcher.post(&format!("/problems/{problem}/gather"), &[("numbers", &e)]).await.expect(303);
    dispatcher.post(&format!("/problems/{problem}/pass"), &[("with_handlers", "yes")]).await.expect(303);
    second.get(&format!("/requests/{e}")).await.has("已加开夜间时段");
    dispatcher.post(&format!("/problems/{problem}/take-out"), &[("request", &e)]).await.expect(409);
    // One proposal, to the bureau, with a limit.
    dispatcher.post(&format!("/problems/{problem}/propose"), &[("words", "旺季前把夜间时段常设。")]).await.expect(303);
    let lies = case(&app, &problem).await;
    assert_eq!((lies.state.as_str(), lies.turn.as_str(), lies.due_on.is_some()), ("proposed", "bureau", true));
    bureau.get("/inbox").await.has(&problem);
    bureau.get("/notices").await.has(&problem);
    let sheet = bureau.get(&format!("/problems/{problem}/proposal")).await;
    sheet.expect(200).has("旺季前把夜间时段常设。").has("共 5 件诉求，3 家企业");
    let late = [("words", "列入明年计划"), ("day", "2026-10-01")];
    dispatcher.post(&format!("/problems/{problem}/adopt"), &[("words", "x"), ("day", "2026-12-01")]).await.expect(404);
    bureau.post(&format!("/problems/{problem}/adopt"), &late).await.expect(422).has("今天或以后");
    let fine = [("words", "列入明年计划"), ("day", "2026-12-01")];
    bureau.post(&format!("/problems/{problem}/adopt"), &fine).await.expect(303);
    assert_eq!(case(&app, &problem).await.due_on.as_deref(), Some("2026-12-01"));
    // The askers hear of it, also those answered along.
    third.get("/notices").await.has(&c);
    first.get(&format!("/requests/{d}")).await.has("采纳了建议").has("列入明年计划");
    bureau.post(&format!("/problems/{problem}/finish"), &[("words", "夜间时段已常设")]).await.expect(303);
    third.get(&format!("/requests/{c}")).await.has("夜间时段已常设");
    let over = case(&app, &problem).await;
    assert_eq!((over.state.as_str(), over.due_on.as_deref()), ("settled", None), "no day is left of what is over");
    // What was decided stands beside what came of it, on the page and on the sheet.
    let page = bureau.get(&format!("/problems/{problem}")).await;
    page.has("列入明年计划").has("夜间时段已常设").lacks("class=\"leaf");
    bureau.get(&format!("/problems/{problem}/proposal")).await.has("列入明年计划").has("夜间时段已常设");
    dispatcher.post(&format!("/problems/{problem}/gather"), &[("numbers", &a)]).await.expect(409);
    app.audit_is_whole().await;
});

both!(what_may_be_a_common_problem, |app| async move {
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let mut numbers = Vec::new();
    for i in 0..5 {
        dispatcher.get("/problems").await.expect(200).has("近来没有这么多说法相近的诉求");
        let firm = firm(&app, &format!("示例外贸{i}号有限公司")).await;
        let number = asked(&firm).await;
        accepted(&app, &number).await;
        numbers.push(number);
    }
    dispatcher.get("/problems").await.has("5 件，5 家企业");
    // A group that is gathered is no suggestion any more; one that is none goes its way.
    let all: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let problem = gathered(&dispatcher, &all).await;
    dispatcher.get("/problems").await.has(&problem).has("近来没有这么多说法相近的诉求");
    dispatcher.post(&format!("/problems/{problem}/take-out"), &[("request", &numbers[0])]).await.expect(303);
    dispatcher.post(&format!("/problems/{problem}/dissolve"), &[("words", "其实各不相同")]).await.expect(303);
    dispatcher.get("/problems").await.has("5 件，5 家企业");
    assert_eq!(case(&app, &numbers[1]).await.state, "accepted");
    // Some time later nobody speaks of it.
    app.set_time("2027-02-20 09:00");
    dispatcher.get("/problems").await.has("近来没有这么多说法相近的诉求");
});

both!(reports_are_never_gathered, |app| async move {
    let member = app.as_(Role::EnterpriseMember).await;
    let need = asked(&member).await;
    let form = [
        ("step", "2"),
        ("firm", "不方便说"),
        ("district", "350206"),
        ("contact", "匿名"),
        ("phone", "13900009999"),
        ("reach", "site"),
        ("consent", "yes"),
        ("kind", "report"),
        ("title", "电磁兼容预测试"),
        ("words", "新上了一条贴片线，第一次送测辐射超标。"),
    ];
    let page = app.public().post("/ask", &form).await;
    page.expect(303);
    let report = last(page.location().unwrap());
    let desk = app.as_(Role::OperatorDispatcher).await;
    let form = [("title", "x"), ("description", "y"), ("n", need.as_str()), ("n", report.as_str())];
    desk.post("/problems/new", &form).await.expect(422).has("没有找到");
    // The bureau's named officers do not gather; nobody does.
    app.as_(Role::BureauOfficer).await.post("/problems/new", &form).await.expect(403);
});
