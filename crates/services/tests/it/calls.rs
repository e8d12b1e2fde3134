//! Call-backs: who is called about, by whom, and what comes of it.

use std::collections::BTreeMap;

use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::{Client, TestApp};
use huiqi_testkit::both;

use crate::requests::{answered, case, last};

#[derive(FromQueryResult)]
struct Row {
    why: String,
    caller: String,
    outcome: Option<String>,
    solved: Option<bool>,
    due_on: String,
}

async fn calls(app: &TestApp, number: &str) -> Vec<Row> {
    ctx::all(
        &app.ctx,
        "SELECT d.why, d.caller, d.outcome, d.solved, d.due_on FROM call_due d JOIN case_record c ON c.id = d.case_id
         WHERE c.number = ? ORDER BY d.id",
        [Value::from(number)],
    )
    .await
    .unwrap()
}

/// Sets shares of the samples, as an approved version of the parameters would.
async fn samples(app: &TestApp, spot: u32, silence: u32) {
    let changes =
        BTreeMap::from([("call-back-sample", spot.to_string()), ("call-back-silence-sample", silence.to_string())]);
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    work.run("DELETE FROM rule_version", []).await.unwrap();
    work.run(
        "INSERT INTO rule_version (version, rule_set, state, in_force_from, changes, reason, proposed_by, proposed_at)
         VALUES (9, 'xiamen-2020', 'approved', '2026-01-01', ?, '试', 1, 0)",
        [Value::from(serde_json::to_string(&changes).unwrap())],
    )
    .await
    .unwrap();
    work.commit().await.unwrap();
    app.ctx.refresh().await.unwrap();
}

async fn on_the_spot(app: &TestApp, agent: &Client) -> String {
    let firm = app.firm("示例茶业有限公司").await;
    let number = crate::requests::number_in(app, "organisation", "id", firm).await;
    let page = agent
        .post(
            "/requests/new",
            &[
                ("firm_number", number.as_str()),
                ("contact", "陈例"),
                ("phone", "13900002222"),
                ("channel", "hotline"),
                ("kind", "consultation"),
                ("category", "02"),
                ("words", "首次贷款贴息要哪些材料？"),
                ("do", "spot"),
                ("answer", "营业执照、借款合同、利息单三样，网上就能交。"),
            ],
        )
        .await;
    page.expect(303);
    last(page.location().unwrap())
}

both!(a_low_grade_is_called_about, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    assert!(calls(&app, &number).await.is_empty(), "a confirmation alone is not called about");
    firm.post(&format!("/requests/{number}/rating"), &[("grade", "2"), ("words", "来得太晚")]).await.expect(303);
    let due = calls(&app, &number).await.remove(0);
    assert_eq!((due.why.as_str(), due.caller.as_str(), due.due_on.as_str()), ("low-grade", "operator", "2026-10-19"));
    // The window that is judged does not call, and neither does anybody above the operator.
    let agent = app.as_(Role::OperatorAgent).await;
    let call = format!("/requests/{number}/call-back");
    app.as_(Role::WindowAgent).await.get("/call-backs").await.expect(403);
    app.as_(Role::WindowAgent).await.get(&call).await.expect(403);
    let centre = app.as_(Role::CentreAgent).await;
    centre.get("/call-backs").await.expect(200).lacks(&number);
    centre.get(&call).await.expect(303);
    centre.post(&call, &[("outcome", "solved"), ("words", "好了")]).await.expect(404);
    let queue = agent.get("/call-backs").await;
    queue.expect(200).has(&number).has("给了低分").lacks("13900001234");
    let page = agent.get(&call).await;
    page.expect(200).has("13900001234").has("您给的分不高").lacks("企业给的分");
    // Words are asked for where somebody was reached.
    agent.post(&call, &[("outcome", "not-solved"), ("words", "")]).await.expect(422).has("要记下对方的话");
    agent.post(&call, &[("outcome", "not-solved"), ("words", "还想约第二次，但不急")]).await.expect(303);
    let due = calls(&app, &number).await.remove(0);
    assert_eq!((due.outcome.as_deref(), due.solved), (Some("reached"), Some(false)));
    assert_eq!(case(&app, &number).await.state, "closed", "no step is made up");
    // Those who call read the firm's words; those called about read only what came of it.
    agent.get(&format!("/requests/{number}")).await.expect(200).has("还想约第二次");
    app.as_(Role::WindowAgent).await.get(&format!("/requests/{number}")).await.has("没解决").lacks("还想约第二次");
    agent.get(&call).await.expect(303);
    app.audit_is_whole().await;
});

both!(what_has_to_be_done_again_is_called_about, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    firm.post(&format!("/requests/{number}/redo"), &[("words", "清单里没有说屏蔽怎么改")]).await.expect(303);
    assert_eq!(calls(&app, &number).await.remove(0).why, "redo");
    let agent = app.as_(Role::OperatorAgent).await;
    let call = format!("/requests/{number}/call-back");
    agent.get(&call).await.expect(200).has("还差什么");
    agent.post(&call, &[("outcome", "not-solved"), ("words", "要一份带图的清单")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "accepted");
    // What the firm takes back is not called about any more.
    let second = answered(&app, &firm).await;
    firm.post(&format!("/requests/{second}/redo"), &[("words", "还差一块板")]).await.expect(303);
    firm.post(&format!("/requests/{second}/withdraw"), &[]).await.expect(303);
    assert_eq!(calls(&app, &second).await.remove(0).outcome.as_deref(), Some("not-needed"));
    agent.get("/call-backs").await.expect(200).lacks(&second);
});

both!(samples_are_drawn_and_the_draw_is_on_record, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let firm = app.as_(Role::EnterpriseMember).await;
    samples(&app, 0, 0).await;
    let spot = on_the_spot(&app, &agent).await;
    let silent = answered(&app, &firm).await;
    app.set_time("2026-10-20 00:10");
    app.run_job("requests.silence").await;
    assert!(calls(&app, &spot).await.is_empty() && calls(&app, &silent).await.is_empty());
    samples(&app, 100, 100).await;
    app.set_time("2026-10-20 10:00");
    let spot = on_the_spot(&app, &agent).await;
    let silent = answered(&app, &firm).await;
    app.set_time("2026-10-28 00:10");
    app.run_job("requests.silence").await;
    // The operator answered on the spot: the centre calls. The window answered the other: the operator calls.
    let due = calls(&app, &spot).await.remove(0);
    assert_eq!((due.why.as_str(), due.caller.as_str()), ("spot", "centre"));
    let due = calls(&app, &silent).await.remove(0);
    assert_eq!((due.why.as_str(), due.caller.as_str()), ("silence", "operator"));
    agent.get("/call-backs").await.expect(200).has(&silent).lacks(&spot);
    agent.get(&format!("/requests/{spot}/call-back")).await.expect(303);
    let centre = app.as_(Role::CentreAgent).await;
    centre.get("/call-backs").await.expect(200).has(&spot).lacks(&silent);
    #[derive(FromQueryResult)]
    struct Draw {
        detail: String,
    }
    let draws: Vec<Draw> =
        ctx::all(&app.ctx, "SELECT detail FROM audit_entry WHERE action = 'call.draw' ORDER BY id", []).await.unwrap();
    assert_eq!(draws.len(), 4);
    assert!(draws[0].detail.contains("\"rate\":0") && draws[0].detail.contains("\"drawn\":false"));
    assert!(draws[3].detail.contains("\"rate\":100") && draws[3].detail.contains("\"drawn\":true"));
    // Not solved, and the firm wants it done again: reopened on its word, and the call ends with it.
    agent
        .post(&format!("/requests/{silent}/call-back"), &[("outcome", "again"), ("words", "清单看不懂，要人来讲")])
        .await
        .expect(303)
        .follow()
        .await
        .has("已退回重办");
    assert_eq!(case(&app, &silent).await.state, "accepted");
    let due = calls(&app, &silent).await;
    assert_eq!((due.len(), due[0].outcome.as_deref(), due[0].solved), (1, Some("reached"), Some(false)));
    // Nobody reopens over the phone what nobody was to call about.
    agent.post(&format!("/requests/{spot}/reopen-by-call"), &[("words", "x")]).await.expect(404);
    // The grade is the firm's, given once.
    centre
        .post(&format!("/requests/{spot}/call-back"), &[("outcome", "solved"), ("grade", "5"), ("words", "用上了")])
        .await
        .expect(303);
    centre.get(&format!("/requests/{spot}")).await.expect(200).has("非常满意");
    assert_eq!(case(&app, &spot).await.state, "closed");
    // Figures, with the records behind them.
    let manager = app.as_(Role::OperatorManager).await;
    manager.get("/overview").await.expect(200).has("回访说解决了");
    manager.get("/overview/records?figure=calls-made").await.expect(200).has(&silent).has(&spot);
    manager.get("/overview/records?figure=calls-solved").await.expect(200).has(&spot).lacks(&silent);
    manager.get("/overview/export.csv").await.expect(200).has("回访打通");
    app.audit_is_whole().await;
});

both!(three_tries_on_two_days, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    firm.post(&format!("/requests/{number}/redo"), &[("words", "还差一块板")]).await.expect(303);
    let agent = app.as_(Role::OperatorAgent).await;
    let call = format!("/requests/{number}/call-back");
    agent.post(&call, &[("outcome", "missed")]).await.expect(303).follow().await.has("没有打通，改天再打");
    // Dialling again at once is kept, but it is not another try.
    for at in ["2026-10-12 10:43", "2026-10-12 10:44"] {
        app.set_time(at);
        agent.get(&call).await.expect(200).has("今天打过了").has("现在再打不另算");
        agent.post(&call, &[("outcome", "missed")]).await.expect(303).follow().await.has("不另算一次");
    }
    agent.get("/call-backs?tab=tried").await.expect(200).has(&number).has("没打通 3 次").has("今天打过了");
    app.set_time("2026-10-12 15:00");
    agent.get(&call).await.expect(200).has("今天打过了；打满").has("没打通 1 次").has("另有 2 次挨得太近");
    agent.post(&call, &[("outcome", "missed")]).await.expect(303).follow().await.has("没有打通，改天再打");
    app.set_time("2026-10-13 09:30");
    agent.post(&call, &[("outcome", "missed")]).await.expect(303).follow().await.has("按联系不上结束");
    let due = calls(&app, &number).await.remove(0);
    assert_eq!((due.outcome.as_deref(), due.solved), (Some("unreached"), None));
    agent.get("/call-backs?tab=ended").await.expect(200).has(&number).has("联系不上");
    let manager = app.as_(Role::OperatorManager).await;
    manager.get("/overview/records?figure=calls-unreached").await.expect(200).has(&number);
    manager.get("/overview/records?figure=calls-reached").await.expect(200).lacks(&number);
});

both!(a_stoppage_moves_the_day_of_a_call, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    firm.post(&format!("/requests/{number}/redo"), &[("words", "还差一块板")]).await.expect(303);
    assert_eq!(calls(&app, &number).await.remove(0).due_on, "2026-10-19");
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    work.run(
        "INSERT INTO stoppage (from_day, to_day, document, reason, at) VALUES ('2026-10-15', '2026-10-15', '厦防〔2026〕9号', '台风停工', 0)",
        [],
    )
    .await
    .unwrap();
    work.commit().await.unwrap();
    app.ctx.refresh().await.unwrap();
    assert_eq!(app.run_job("calls.recount").await, 1);
    assert_eq!(calls(&app, &number).await.remove(0).due_on, "2026-10-20");
    assert_eq!(app.run_job("calls.recount").await, 0);
});
