//! Supervision orders, the rungs of the ladder and urging by hand.

use huiqi_casework::recount;
use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::people::Role;
use huiqi_services::orders;
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::{Client, File, TestApp};
use huiqi_testkit::both;

use crate::requests::{accepted, asked, assignment, case, dispatched, window_number};

#[derive(FromQueryResult)]
struct N {
    n: i64,
}

async fn count(app: &TestApp, what: &str) -> i64 {
    let row: Option<N> = ctx::one(&app.ctx, &format!("SELECT COUNT(*) AS n FROM {what}"), []).await.unwrap();
    row.unwrap().n
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A request that lies untouched with the window, until the ladder has reached its end.
async fn escalated(app: &TestApp, firm: &Client) -> String {
    let number = asked(firm).await;
    accepted(app, &number).await;
    app.as_(Role::WindowAgent).await;
    dispatched(app, &number, &[&window_number(app).await], "lead").await;
    app.set_time("2026-10-20 09:00");
    app.run_job("casework.ladder").await;
    number
}

async fn issued(app: &TestApp, officer: &Client, about: &str) -> String {
    let to = window_number(app).await;
    let page = officer
        .post("/supervision-orders", &[("about", about), ("to", &to), ("reason", "至今没有联系企业，请说明")])
        .await;
    page.expect(303);
    last(page.location().unwrap())
}

#[test]
fn the_flow_is_sound() {
    assert_eq!(orders::flow::registered().faults(), Vec::<String>::new());
}

both!(answered_late_and_settled, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = escalated(&app, &firm).await;
    let officer = app.as_(Role::CentreOfficer).await;
    let bureau = app.as_(Role::BureauOfficer).await;
    let manager = app.as_(Role::WindowManager).await;
    let provider = app.as_(Role::ProviderManager).await;
    // It is due for an order, with the usual words, and is marked wherever it is listed.
    let list = officer.get("/supervision-orders").await;
    list.expect(200).has("该督办的").has(&number).has("书面答复");
    officer.get("/inbox?tab=escalated").await.expect(200).has("已报上一级");
    officer.get("/cases?up=4").await.expect(200).has(&number);
    provider.get("/cases?up=4").await.expect(200).lacks(&number);
    // Only centre and bureau issue.
    manager.get(&format!("/supervision-orders/new?about={number}")).await.expect(403);
    app.as_(Role::OperatorManager)
        .await
        .post("/supervision-orders", &[("about", &number), ("to", &window_number(&app).await), ("reason", "快办")])
        .await
        .expect(403);
    officer.get(&format!("/supervision-orders/new?about={number}")).await.expect(200).has("答复期限");
    officer
        .post("/supervision-orders", &[("about", &number), ("to", "nobody"), ("reason", "快办")])
        .await
        .expect(422)
        .has("还没有选发给谁");
    officer
        .post(
            "/supervision-orders",
            &[("about", &number), ("to", &window_number(&app).await), ("reason", "快办"), ("day", "2026-10-21")],
        )
        .await
        .expect(422)
        .has("要写明为什么");
    // Everything that is wrong is said at once.
    officer
        .post("/supervision-orders", &[("to", "nobody"), ("reason", ""), ("day", "2026-10-19")])
        .await
        .expect(422)
        .has("还没有写督办的事项")
        .has("还没有选发给谁")
        .has("要写明为什么督办")
        .has("不能早于今天")
        .has("改了答复期限，要写明为什么");
    let order = issued(&app, &officer, &number).await;
    assert!(order.starts_with("DB-2026-"));
    // Three working days from Tuesday 20 October.
    assert_eq!(case(&app, &order).await.due_on.as_deref(), Some("2026-10-23"));
    officer.get("/supervision-orders").await.has("没有报到本级的超期事项");
    // One open order to one house about one matter.
    officer
        .post("/supervision-orders", &[("about", &number), ("to", &window_number(&app).await), ("reason", "再催")])
        .await
        .expect(409)
        .has(&order);
    // The window has it in the inbox and on the case; the operator and the bureau see it; others do not.
    manager.get("/inbox").await.expect(200).has(&order);
    manager.get(&format!("/requests/{number}")).await.expect(200).has("书面答复督办单");
    bureau.get(&format!("/supervision-orders/{order}")).await.expect(200).has("待书面答复");
    app.as_(Role::OperatorManager).await.get(&format!("/supervision-orders/{order}")).await.expect(200);
    provider.get(&format!("/supervision-orders/{order}")).await.expect(404);
    // It is a paper too, for those who see the order.
    let paper = manager.get(&format!("/supervision-orders/{order}")).await;
    let href = paper.attributes("a[href*='/papers/']", "href").remove(0);
    manager.get(&href).await.expect(200).has("督办单").has(&order).has("至今没有联系企业");
    provider.get(&href).await.expect(404);
    firm.get(&href).await.expect(404);
    // The firm reads that it is supervised, and nothing of what is said inside.
    let page = firm.get(&format!("/requests/{number}")).await;
    page.expect(200).has("已督办").lacks(&order).lacks("请说明");
    firm.get(&format!("/supervision-orders/{order}")).await.expect(403);
    // After the day it is overdue for everybody above, and still has to be answered.
    app.set_time("2026-10-27 10:00");
    officer.get("/supervision-orders?state=overdue").await.expect(200).has(&order).lacks("待书面答复");
    let reply = format!("/supervision-orders/{order}/reply");
    manager.post(&reply, &[("words", ""), ("day", "2026-10-28")]).await.expect(422).has("要写明");
    manager.post(&reply, &[("words", "已派人上门")]).await.expect(422).has("办完的日期");
    manager.post(&reply, &[("words", "已派人上门"), ("day", "2026-10-19")]).await.expect(422).has("不能早于下达督办的");
    provider.post(&reply, &[("words", "x"), ("day", "2026-10-28")]).await.expect(404);
    officer.post(&reply, &[("words", "x"), ("day", "2026-10-28")]).await.expect(404);
    manager
        .post_files(
            &reply,
            &[("words", "经办人休假没有交接，已换人，周三上门"), ("day", "2026-10-28")],
            &[File { field: "file", name: "交接单.txt", content: "交接".as_bytes() }],
        )
        .await
        .expect(303);
    for viewer in [&officer, &bureau, &manager] {
        viewer
            .get(&format!("/supervision-orders/{order}"))
            .await
            .expect(200)
            .has("迟答")
            .has("已换人")
            .has("交接单.txt");
    }
    bureau.get("/supervision-orders?state=late").await.expect(200).has(&order);
    officer.get("/inbox").await.has(&order);
    // Not enough: sent back with an earlier day, answered in time, accepted. The first answer stays late.
    let path = format!("/supervision-orders/{order}");
    manager.post(&format!("{path}/accept"), &[]).await.expect(404);
    bureau.post(&format!("{path}/accept"), &[]).await.expect(404);
    officer
        .post(&format!("{path}/reject"), &[("words", "没有说怎么补救"), ("day", "2026-10-28"), ("why_day", "企业等货")])
        .await
        .expect(303);
    assert_eq!(case(&app, &order).await.due_on.as_deref(), Some("2026-10-28"));
    // A day that was set is not counted anew.
    assert_eq!(recount::recount(&app.ctx, &recount::Cause::Year).await.unwrap(), Vec::<i64>::new());
    manager.post(&reply, &[("words", "今天下午先送样机"), ("day", "2026-10-27")]).await.expect(303);
    officer.post(&format!("{path}/accept"), &[("words", "盯到办结")]).await.expect(303);
    officer.get(&path).await.expect(200).has("已了结").has("迟答").has("按期答复").has("盯到办结");
    assert!(case(&app, &order).await.closed_at.is_some());
    assert_eq!(count(&app, "supervision_round WHERE answered_at IS NOT NULL").await, 2);
    app.audit_is_whole().await;
});

both!(never_about_the_own_house, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    // Not accepted for days: with the operator's desk.
    app.as_(Role::OperatorManager).await;
    app.set_time("2026-10-20 09:00");
    app.run_job("casework.ladder").await;
    let officer = app.as_(Role::CentreOfficer).await;
    officer.get("/supervision-orders").await.expect(200).has(&number);
    let page = officer.get(&format!("/supervision-orders/new?about={number}")).await;
    page.expect(200);
    let centre = officer.actor().organisation_name.clone();
    assert!(!page.all("fieldset label").iter().any(|l| l.contains(&centre)), "the centre does not order itself");
    // The bureau may order the operator, or the centre above it.
    let bureau = app.as_(Role::BureauOfficer).await;
    bureau.get(&format!("/supervision-orders/new?about={number}")).await.expect(200).has(&centre);
    // To the operator; its manager answers, and the dispatcher has nothing to do with it.
    let to = page.attributes("input[name=to]", "value").remove(0);
    let answer =
        officer.post("/supervision-orders", &[("about", &number), ("to", &to), ("reason", "为什么没有受理")]).await;
    answer.expect(303);
    let order = last(answer.location().unwrap());
    app.as_(Role::OperatorManager).await.get("/inbox").await.expect(200).has(&order);
    app.as_(Role::OperatorDispatcher)
        .await
        .post(&format!("/supervision-orders/{order}/reply"), &[("words", "x"), ("day", "2026-10-21")])
        .await
        .expect(404);
    officer.post(&format!("/supervision-orders/{order}/withdraw"), &[("words", "已当面说明")]).await.expect(303);
    assert_eq!(case(&app, &order).await.state, "order-withdrawn");
});

both!(several_matters_of_one_house, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let first = asked(&firm).await;
    let second = asked(&firm).await;
    app.as_(Role::WindowManager).await;
    for number in [&first, &second] {
        accepted(&app, number).await;
        dispatched(&app, number, &[&window_number(&app).await], "lead").await;
    }
    app.set_time("2026-10-20 09:00");
    app.run_job("casework.ladder").await;
    let officer = app.as_(Role::CentreOfficer).await;
    let window = window_number(&app).await;
    officer.get("/supervision-orders").await.expect(200).has("合成一份督办");
    officer
        .get(&format!("/supervision-orders/new?to={window}"))
        .await
        .expect(200)
        .has(&first)
        .has(&second)
        .has("请尽快逐件办理");
    officer.get("/cases?up=order").await.expect(200).lacks(&first).lacks(&second);
    let page = officer
        .post(
            "/supervision-orders",
            &[
                ("to", &window),
                ("title", "两件超期未接"),
                ("reason", "说明原因"),
                ("matter", &first),
                ("matter", &second),
            ],
        )
        .await;
    page.expect(303);
    let order = last(page.location().unwrap());
    app.as_(Role::WindowManager)
        .await
        .get(&format!("/supervision-orders/{order}"))
        .await
        .expect(200)
        .has(&first)
        .has(&second);
    officer.get(&format!("/requests/{first}")).await.expect(200).has(&order);
    officer.get("/supervision-orders").await.has("没有报到本级的超期事项");
    // Its matters are marked as supervised wherever they are listed, and one order to one house is enough.
    officer.get("/cases?up=order").await.expect(200).has(&first).has(&second).has("在督办");
    officer
        .post("/supervision-orders", &[("about", &first), ("to", &window), ("reason", "再催")])
        .await
        .expect(409)
        .has(&order);
    // An answer that says done while nothing is done is shown as such.
    app.as_(Role::WindowManager)
        .await
        .post(&format!("/supervision-orders/{order}/reply"), &[("words", "都办完了"), ("day", "2026-10-20")])
        .await
        .expect(303);
    officer.get(&format!("/supervision-orders/{order}")).await.expect(200).has("还有 2 件没办完");
    officer.post(&format!("/supervision-orders/{order}/accept"), &[("words", "")]).await.expect(303);
    officer.get("/cases?up=order").await.expect(200).lacks(&first);
});

both!(told_once_at_the_start_of_work, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    app.as_(Role::OperatorAgent).await;
    let first = asked(&firm).await;
    let second = asked(&firm).await;
    let told = "notice WHERE kind = 'ladder'";
    // Just after midnight of the due day the rung is kept, and nobody is woken.
    app.set_time("2026-10-13 00:05");
    app.run_job("casework.ladder").await;
    assert_eq!(case(&app, &first).await.ladder, 2);
    assert_eq!(count(&app, "case_rung WHERE rung = 2 AND told_at IS NULL").await, 2);
    assert_eq!(count(&app, told).await, 0);
    app.set_time("2026-10-13 08:29");
    app.run_job("casework.ladder").await;
    assert_eq!(count(&app, told).await, 0);
    // What is done before work starts is not told of.
    app.set_time("2026-10-13 08:31");
    app.run_job("casework.ladder").await;
    #[derive(FromQueryResult)]
    struct Text {
        text_zh: String,
        href: String,
    }
    let texts: Vec<Text> =
        ctx::all(&app.ctx, "SELECT text_zh, href FROM notice WHERE kind = 'ladder' ORDER BY id", []).await.unwrap();
    assert_eq!(texts.len(), 1, "one message for both");
    assert!(texts[0].text_zh.contains("今天有 2 件要抓紧"), "{}", texts[0].text_zh);
    assert_eq!(texts[0].href, "/inbox");
    app.run_job("casework.ladder").await;
    assert_eq!(count(&app, told).await, 1, "once a day");
    // The case page says who was told, and when.
    let page = app.as_(Role::OperatorAgent).await.get(&format!("/requests/{first}")).await;
    page.expect(200).has("催办").has("已告诉受理的坐席");
    // One of two is accepted in the night: the message is about the other alone.
    accepted(&app, &second).await;
    app.set_time("2026-10-14 09:00");
    app.run_job("casework.ladder").await;
    let texts: Vec<Text> =
        ctx::all(&app.ctx, "SELECT text_zh, href FROM notice WHERE kind = 'ladder' ORDER BY id", []).await.unwrap();
    assert!(texts.iter().any(|t| t.text_zh.contains(&first) && t.text_zh.contains("预警")));
    assert!(!texts.iter().any(|t| t.text_zh.contains("预警") && t.text_zh.contains(&second)));
    // Not on a day off: what is reached on Saturday is told on Monday.
    let before = count(&app, told).await;
    app.set_time("2026-10-17 09:00");
    app.run_job("casework.ladder").await;
    assert_eq!(count(&app, told).await, before);
});

both!(urged_by_hand_once_a_day, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let window = app.as_(Role::WindowAgent).await;
    dispatched(&app, &number, &[&window_number(&app).await], "lead").await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let below = assignment(&app, &number).await;
    window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    dispatcher.get(&format!("/requests/{number}")).await.expect(200).has("附一句话");
    dispatcher.post(&format!("/cases/{number}/urge"), &[("words", "企业明天要发货")]).await.expect(303);
    assert_eq!(count(&app, "notice WHERE kind = 'urge'").await, 1, "the window that has it is told");
    // It stands in the history with whom and what, for staff only.
    let page = dispatcher.get(&format!("/requests/{number}")).await;
    page.expect(200).has("企业明天要发货").has("催的是").has("起可以再催");
    firm.get(&format!("/requests/{number}")).await.expect(200).lacks("企业明天要发货");
    dispatcher.post(&format!("/cases/{number}/urge"), &[]).await.expect(409).has("起可以再催");
    dispatcher.post("/inbox/urge", &[("n", &number)]).await.expect(303);
    assert_eq!(count(&app, "notice WHERE kind = 'urge'").await, 1);
    window.get("/inbox").await.expect(200).has("催办 10月12日");
    app.set_time("2026-10-13 09:00");
    dispatcher.post("/inbox/urge", &[("n", &number)]).await.expect(303);
    assert_eq!(count(&app, "notice WHERE kind = 'urge'").await, 2);
    // What the firm urges is marked in the handler's row.
    firm.post(&format!("/requests/{number}/urge"), &[]).await.expect(303);
    window.get("/inbox").await.expect(200).has("企业催办 10月13日");
    // A window urges nobody, and an outsider learns nothing.
    window.post(&format!("/cases/{number}/urge"), &[]).await.expect(403);
    let rows: Vec<N> =
        ctx::all(&app.ctx, "SELECT COUNT(*) AS n FROM case_step WHERE action = ?", [Value::from("urge-by-hand")])
            .await
            .unwrap();
    assert_eq!(rows[0].n, 2);
    app.audit_is_whole().await;
});
