//! The same matter again: one answer, everybody is told, everybody judges for himself.

use huiqi_kernel::people::Role;
use huiqi_services::overview::ask::Ask as Question;
use huiqi_services::overview::queries::figures;
use huiqi_testkit::app::{Client, Member, TestApp};
use huiqi_testkit::both;

use super::requests::{accepted, asked, assignment, case, dispatched, last, window_number};

async fn firm(app: &TestApp, name: &str) -> Client {
    let organisation = app.firm(name).await;
    app.member(Member { role: Role::EnterpriseMember, organisation, verified: true, ..Member::default() }).await
}

both!(one_answer_for_all_who_ask, |app| async move {
    let (first, second) = (app.as_(Role::EnterpriseMember).await, firm(&app, "示例光学有限公司").await);
    let (target, other) = (asked(&first).await, asked(&second).await);
    let third = asked(&first).await;
    accepted(&app, &target).await;
    accepted(&app, &other).await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    dispatched(&app, &target, &[&window_number(&app).await], "lead").await;
    dispatched(&app, &other, &[&window_number(&app).await], "lead").await;
    let (kept, recalled) = (assignment(&app, &target).await, assignment(&app, &other).await);
    // The case page says what may be the same, with a button for each; the younger goes into the older.
    let page = dispatcher.get(&format!("/requests/{other}")).await;
    page.expect(200).has("可能是同一件").has(&format!("把这件并入 {target}"));
    dispatcher.get(&format!("/requests/{target}")).await.has(&format!("把 {other} 并进来"));
    page.form(&format!("/requests/{other}/merge"));
    let into = [("into", target.as_str())];
    app.as_(Role::OperatorAgent).await.post(&format!("/requests/{other}/merge"), &into).await.expect(404);
    dispatcher.post(&format!("/requests/{other}/merge"), &into).await.expect(303);
    app.as_(Role::OperatorAgent).await.post(&format!("/requests/{third}/merge"), &into).await.expect(303);
    let merged = case(&app, &other).await;
    assert_eq!((merged.state.as_str(), merged.due_on.as_deref(), merged.turn.as_str()), ("merged", None, "below"));
    assert_eq!(case(&app, &recalled).await.state, "recalled");
    // Five plain words for the firm; no word about the other firm, but the number where both are its own.
    let page = second.get(&format!("/requests/{other}")).await;
    page.has("办理中").has("与另一位提出人的诉求是同一件事").lacks(&target).lacks("示例卫浴");
    first.get(&format!("/requests/{third}")).await.has(&target);
    first.get(&format!("/requests/{target}")).await.lacks(&other).lacks("示例光学");
    // Whoever handles the one knows that more people wait, not who.
    let window = app.as_(Role::WindowAgent).await;
    window.get(&format!("/requests/{target}")).await.has("另有 1 位提出人").lacks(&third);
    // Answered is answered for all three.
    window.post(&format!("/assignments/{kept}/take"), &[]).await.expect(303);
    window.post(&format!("/assignments/{kept}/contact"), &[("words", "电话联系")]).await.expect(303);
    window.post(&format!("/assignments/{kept}/report"), &[("words", "两处超标，清单已发。")]).await.expect(303);
    for number in [&target, &other, &third] {
        assert_eq!(case(&app, number).await.state, "answered");
    }
    second.get(&format!("/requests/{other}")).await.has("两处超标，清单已发。").has("一并答复").lacks(&target);
    second.get("/notices").await.has(&other).lacks(&target);
    // Each goes its own way.
    second.post(&format!("/requests/{other}/redo"), &[("words", "没有说屏蔽怎么改")]).await.expect(303);
    first.post(&format!("/requests/{third}/confirm"), &[]).await.expect(303);
    first.post(&format!("/requests/{third}/rating"), &[("grade", "5")]).await.expect(303);
    assert_eq!(case(&app, &other).await.state, "accepted");
    assert_eq!(case(&app, &target).await.state, "answered");
    second.get(&format!("/requests/{other}")).await.lacks("一并答复");
    // Three came in; the one still answered along stands in a line of its own and kept no limit.
    let viewer = huiqi_kernel::people::Viewer::Signed(dispatcher.actor().clone());
    let f = figures(&app.ctx, &viewer, &Question::default()).await.unwrap();
    assert_eq!((f.intake_total, f.merged, f.closed_total), (3, 1, 1));
    let settled: Vec<i64> = f.steps.iter().map(|s| s.settled).collect();
    assert_eq!(settled, [2, 2, 1], "accept: two, dispatch: two, answer: only the target");
    assert_eq!(f.steps[2].time.n, 1);
    let list = app.as_(Role::OperatorManager).await.get("/overview/records?figure=merged").await;
    list.expect(200).has(&third).lacks(&other);
    app.audit_is_whole().await;
});

both!(what_leaves_a_merger_goes_on_by_itself, |app| async move {
    let (first, second) = (app.as_(Role::EnterpriseMember).await, firm(&app, "示例光学有限公司").await);
    let (target, other, third) = (asked(&first).await, asked(&second).await, asked(&second).await);
    let (desk, dispatcher) = (app.as_(Role::OperatorManager).await, app.as_(Role::OperatorDispatcher).await);
    accepted(&app, &other).await;
    // Several picked in the inbox go into the oldest.
    let page = desk.get(&format!("/requests/merge?n={third}&n={other}&n={target}")).await;
    page.expect(200).has(&format!("把 2 件并入 {target}"));
    let form: Vec<(String, String)> = page.form("/requests/merge");
    let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    desk.post("/requests/merge", &form).await.expect(303);
    assert_eq!(case(&app, &other).await.state, "merged");
    // The firm may take its own back, or urge.
    second.post(&format!("/requests/{third}/urge"), &[]).await.expect(303);
    second.post(&format!("/requests/{third}/withdraw"), &[("words", "不用了")]).await.expect(303);
    // Taken out with a reason it goes back to where it was, with a limit of its own.
    desk.post(&format!("/requests/{other}/unmerge"), &[]).await.expect(422);
    let waits = desk.get(&format!("/requests/{other}")).await;
    waits.has("已并入").lacks("/urge\"").lacks("/supervision-orders/new");
    desk.post(&format!("/requests/{other}/unmerge"), &[("words", "要的是另一项检测")]).await.expect(303);
    // Why it is another matter is not the firm's to read; the target's timeline keeps both moments.
    desk.get(&format!("/requests/{other}")).await.has("要的是另一项检测");
    second.get(&format!("/requests/{other}")).await.has("拆出来单独办").lacks("要的是另一项检测");
    desk.get(&format!("/requests/{target}")).await.has("并入了一件").has("拆出了一件");
    first.get(&format!("/requests/{target}")).await.lacks("并入了一件").lacks("拆出了一件");
    let alone = case(&app, &other).await;
    assert_eq!((alone.state.as_str(), alone.due_on.as_deref()), ("accepted", Some("2026-10-13")));
    desk.post(&format!("/requests/{other}/merge"), &[("into", "FW-2026-009999")]).await.expect(422).has("没有找到");
    desk.post(&format!("/requests/{other}/merge"), &[("into", &target)]).await.expect(303);
    // When the target ends without an answer, nobody is forgotten.
    first.post(&format!("/requests/{target}/withdraw"), &[]).await.expect(303);
    assert_eq!(case(&app, &other).await.state, "accepted");
    dispatcher.get("/notices").await.has(&other);
    // A request merged into one that is merged itself goes along.
    let (a, b, c) = (asked(&first).await, asked(&first).await, asked(&first).await);
    for (from, into) in [(&c, &b), (&b, &a)] {
        desk.post(&format!("/requests/{from}/merge"), &[("into", into)]).await.expect(303);
    }
    desk.post(&format!("/requests/{other}/merge"), &[("into", &b)]).await.expect(422).has("并不进去");
    accepted(&app, &a).await;
    app.as_(Role::OperatorAgent)
        .await
        .post(&format!("/requests/{a}/answer"), &[("words", "可以先做预测试。")])
        .await
        .expect(303);
    for number in [&a, &b, &c] {
        assert_eq!(case(&app, number).await.state, "answered");
    }
    app.audit_is_whole().await;
});

both!(complaints_and_reports_stay_apart, |app| async move {
    let member = app.as_(Role::EnterpriseMember).await;
    let need = asked(&member).await;
    let visitor = app.public();
    let told = |kind: &'static str| {
        let visitor = &visitor;
        async move {
            let form = [
                ("step", "2"),
                ("firm", "示例石材厂"),
                ("district", "350206"),
                ("contact", "李例"),
                ("phone", "13900004321"),
                ("reach", "site"),
                ("consent", "yes"),
                ("kind", kind),
                ("title", "电磁兼容预测试"),
                ("words", "新上了一条贴片线，第一次送测辐射超标。"),
            ];
            let page = visitor.post("/ask", &form).await;
            page.expect(303);
            last(page.location().unwrap())
        }
    };
    let (complaint, report) = (told("complaint").await, told("report").await);
    let desk = app.as_(Role::OperatorManager).await;
    desk.post(&format!("/requests/{complaint}/merge"), &[("into", &need)]).await.expect(422).has("投诉不和其他种类");
    desk.post(&format!("/requests/{need}/merge"), &[("into", &report)]).await.expect(422).has("没有找到");
    let bureau = app.as_(Role::BureauOfficer).await;
    bureau.get(&format!("/requests/{report}")).await.expect(200).lacks("可能是同一件").lacks("并入哪一件");
    bureau.post(&format!("/requests/{report}/merge"), &[("into", &need)]).await.expect(404);
    assert_eq!(case(&app, &report).await.state, "submitted");
});

both!(no_category_yet_is_not_another_one, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let take = |firm: &'static str, phone: &'static str| {
        let agent = agent.clone();
        async move {
            let page = agent
                .post(
                    "/requests/new",
                    &[
                        ("sent", "1"),
                        ("firm", firm),
                        ("district", "350203"),
                        ("contact", "陈例"),
                        ("phone", phone),
                        ("channel", "hotline"),
                        ("kind", "need"),
                        ("words", "园区门口的路灯坏了半个月，夜班工人走路不安全，找谁来修？"),
                        ("do", "take"),
                    ],
                )
                .await;
            page.expect(303);
            last(page.location().unwrap())
        }
    };
    let (older, younger) = (take("示例灯具厂", "13900001111").await, take("示例五金厂", "13900002222").await);
    let page = agent.get(&format!("/requests/{younger}")).await;
    page.expect(200).has("可能是同一件").has(&format!("把这件并入 {older}"));
});
