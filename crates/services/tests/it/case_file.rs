//! Case files: frozen when a request ends, checked against the records, added to by supplements only.

use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::TestApp;
use huiqi_testkit::both;

use crate::requests::{accepted, answered, asked};

async fn parts(app: &TestApp) -> Vec<i64> {
    #[derive(FromQueryResult)]
    struct Row {
        part: i64,
    }
    let rows: Vec<Row> = ctx::all(&app.ctx, "SELECT part FROM case_file ORDER BY id", []).await.unwrap();
    rows.into_iter().map(|r| r.part).collect()
}

async fn tamper(app: &TestApp, text: &str, value: &str) {
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    assert!(work.run(text, [Value::from(value)]).await.unwrap() > 0);
    work.commit().await.unwrap();
}

both!(a_closed_request_is_one_file, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    let file = format!("/requests/{number}/file");
    // Not before it is closed.
    firm.get(&file).await.expect(303);
    let window = app.as_(Role::WindowAgent).await;
    window
        .post(&format!("/requests/{number}/message"), &[("say", "只给自己人看的一句"), ("to", "inside")])
        .await
        .expect(303);
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    assert_eq!(parts(&app).await, [1]);
    firm.get(&format!("/requests/{number}")).await.expect(200).has("案卷");
    for client in [&firm, &window, &app.as_(Role::OperatorDispatcher).await, &app.as_(Role::CentreOfficer).await] {
        let page = client.get(&file).await;
        page.expect(200)
            .has("卷内目录")
            .has("办结通知书")
            .has("受理通知书")
            .has("预测试做完了")
            .has("现有记录和封存时一致");
        assert_eq!(page.all("h1"), ["案卷"]);
        assert!(page.statements <= 15, "{}", page.statements);
        // Everything named in the contents is there.
        for target in page.attributes("#contents a", "href") {
            assert_eq!(page.all(&target).len(), 1, "{target}");
        }
    }
    firm.get(&file).await.lacks("只给自己人看的一句");
    window.get(&file).await.has("只给自己人看的一句");
    app.as_(Role::ProviderAgent).await.get(&file).await.expect(404);
    app.public().get(&file).await.expect(303);
    // A grade after closing stands behind the frozen part.
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/rating"), &[("grade", "5")]).await.expect(303);
    firm.get(&file).await.expect(200).has("非常满意").has("现有记录和封存时一致").lacks("不一致");
    app.audit_is_whole().await;
});

both!(what_was_changed_after_closing_is_found, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    let desk = app.as_(Role::OperatorDispatcher).await;
    let file = format!("/requests/{number}/file");
    desk.get(&file).await.expect(200).has("现有记录和封存时一致").lacks("不一致");
    tamper(&app, "UPDATE case_step SET words = ? WHERE action = 'report'", "改过的结果").await;
    desk.get(&file).await.expect(200).has("不一致").has("内容变了：办理步骤");
    let text = "INSERT INTO case_message (case_id, at, side, words, inside)
                SELECT id, closed_at - 1, 'staff', ?, 1 = 0 FROM case_record WHERE flow = 'request'";
    tamper(&app, text, "塞进去的").await;
    desk.get(&file).await.has("多出：留言");
    tamper(&app, "UPDATE case_file SET manifest = ?", "{}").await;
    desk.get(&file).await.has("封存清单被改过");
});

both!(only_supplements_follow, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/message"), &[("say", "再说一句")]).await.expect(409);
    let path = format!("/requests/{number}/supplements");
    firm.get(&path).await.expect(200).has("补充材料");
    firm.post(&path, &[("title", ""), ("words", "有")]).await.expect(422).has("请写明材料名称");
    let file = huiqi_testkit::app::File { field: "file", name: "正本.txt", content: "检测报告正本".as_bytes() };
    firm.post_files(&path, &[("title", "检测报告"), ("words", "正本补上")], &[file]).await.expect(303);
    let window = app.as_(Role::WindowAgent).await;
    window.post(&path, &[("title", "回执"), ("words", "收到正本")]).await.expect(303);
    app.as_(Role::ProviderAgent).await.post(&path, &[("title", "别人"), ("words", "别人")]).await.expect(404);
    let page = window.get(&format!("/requests/{number}/file")).await;
    page.expect(200).has("补充材料 1").has("检测报告").has("正本.txt").has("补充材料 2").has("收到正本");
    page.lacks("不一致");
    tamper(&app, "UPDATE case_supplement SET words = ? WHERE seq = 1", "副本").await;
    window.get(&format!("/requests/{number}/file")).await.has("不一致");
    // Within the days for reopening only.
    app.pass_days(40);
    firm.get(&path).await.expect(409);
    app.audit_is_whole().await;
});

both!(reopened_and_closed_again_there_are_two_parts, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = answered(&app, &firm).await;
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/reopen"), &[("words", "又出现了")]).await.expect(303);
    firm.post(&format!("/requests/{number}/message"), &[("say", "请尽快")]).await.expect(303);
    let desk = app.as_(Role::OperatorAgent).await;
    let file = format!("/requests/{number}/file");
    desk.get(&file).await.expect(200).lacks("不一致");
    desk.post(&format!("/requests/{number}/answer"), &[("words", "这次换了屏蔽罩")]).await.expect(303);
    app.pass_ms(60_000);
    firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
    assert_eq!(parts(&app).await, [1, 2]);
    let page = desk.get(&file).await;
    page.expect(200).has("这次换了屏蔽罩").lacks("不一致");
    // Words of the first part changed: the first part says so.
    tamper(&app, "UPDATE case_step SET words = ? WHERE action = 'report'", "改过的结果").await;
    desk.get(&file).await.has("不一致");
});

both!(what_ended_otherwise_is_frozen_by_the_job, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    firm.post(&format!("/requests/{number}/withdraw"), &[]).await.expect(303);
    assert_eq!(parts(&app).await, [1]);
    tamper(&app, "DELETE FROM case_file WHERE sha256 <> ?", "").await;
    app.as_(Role::OperatorAgent).await.get(&format!("/requests/{number}/file")).await.expect(200).has("还没有封存");
    assert_eq!(app.run_job("case-file.freeze").await, 1);
    assert_eq!(app.run_job("case-file.freeze").await, 0);
    assert_eq!(parts(&app).await, [1]);
});
