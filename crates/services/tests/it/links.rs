//! Messages to the phone that was left for a request, and the page behind their link.

use huiqi_kernel::people::Role;
use huiqi_store::ctx;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_testkit::app::{Client, File, TestApp};
use huiqi_testkit::both;

use crate::requests::{MATTER, accepted, assignment, case, dispatched, last, window_number};

#[derive(Debug, FromQueryResult)]
struct Sent {
    template: String,
    phone: String,
    subject_number: String,
    fields: String,
    secret: Option<String>,
}

/// Messages to phones, oldest first.
async fn sent(app: &TestApp) -> Vec<Sent> {
    let text = "SELECT template, phone, subject_number, fields, secret FROM phone_message ORDER BY id";
    ctx::all(&app.ctx, text, []).await.unwrap()
}

async fn templates(app: &TestApp) -> Vec<String> {
    sent(app).await.into_iter().map(|m| m.template).collect()
}

/// The page behind the link of the newest message.
async fn newest(app: &TestApp) -> String {
    sent(app).await.pop().and_then(|m| m.secret).expect("a message with a link")
}

/// Somebody without account asks; the number.
async fn asked(app: &TestApp, kind: &str, phone: &str, reach: &str) -> String {
    let mut form = vec![
        ("step", "2"),
        ("firm", "示例石材厂"),
        ("district", "350206"),
        ("contact", "李例"),
        ("phone", phone),
        ("reach", reach),
        ("consent", "yes"),
        ("kind", kind),
    ];
    form.extend(MATTER.iter().filter(|(k, _)| *k != "kind"));
    let page = app.public().post("/ask", &form).await;
    page.expect(303);
    last(page.location().unwrap())
}

/// Taken by the first window, and the firm was reached.
async fn in_progress(app: &TestApp, number: &str) -> (Client, String) {
    accepted(app, number).await;
    let window = app.as_(Role::WindowAgent).await;
    dispatched(app, number, &[&window_number(app).await], "lead").await;
    let below = assignment(app, number).await;
    window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    window.post(&format!("/assignments/{below}/contact"), &[("words", "联系上了")]).await.expect(303);
    (window, below)
}

async fn answer(app: &TestApp, number: &str) {
    let (window, below) = in_progress(app, number).await;
    window.post(&format!("/assignments/{below}/report"), &[("words", "预测试做完了，清单已发。")]).await.expect(303);
}

async fn count(app: &TestApp, text: &str) -> i64 {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    ctx::one::<Row>(&app.ctx, text, []).await.unwrap().unwrap().n
}

both!(one_tap_grades_and_another_confirms, |app| async move {
    let number = asked(&app, "need", "13900004321", "text").await;
    answer(&app, &number).await;
    assert_eq!(templates(&app).await, ["request-accepted", "request-answered"]);
    let link = newest(&app).await;
    assert!(link.starts_with("/t/") && link.len() == 15, "{link}");
    // The secret is kept as a hash only.
    let kept = count(&app, "SELECT COUNT(*) AS n FROM request_link").await;
    assert_eq!(kept, 2);
    let hashed = format!("SELECT COUNT(*) AS n FROM request_link WHERE token_hash = '{}'", &link[3..]);
    assert_eq!(count(&app, &hashed).await, 0);
    // Whoever opens it reads the answer; opening it changes nothing, however often.
    let before = case(&app, &number).await.version;
    for _ in 0..3 {
        let page = app.public().get(&link).await;
        page.expect(200).has("电磁兼容预测试").has("预测试做完了").has("确认办结").has("申请重办").has("非常满意");
        page.lacks("13900004321").lacks("李例").lacks("查询码：");
        assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow, noarchive");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert!(page.statements <= 15, "{}", page.statements);
    }
    assert_eq!(case(&app, &number).await.version, before);
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM request_link WHERE used_at IS NOT NULL").await, 0);
    // One tap is a grade, and complete.
    let phone = app.public();
    let page = phone.post(&format!("{link}/grade"), &[("grade", "2")]).await;
    page.expect(303);
    page.follow().await.expect(200).has("评价收到了").has("您的评价：不满意").has("确认办结");
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM rating WHERE via = 'link' AND grade = 2").await, 1);
    // Tapped again, it says what stands.
    phone.post(&format!("{link}/grade"), &[("grade", "5")]).await.follow().await.has("已经评过").has("不满意");
    // Words afterwards, which the improvement gets too.
    phone.post(&format!("{link}/words"), &[("words", " ")]).await.expect(422).has("还没有写");
    phone.post(&format!("{link}/words"), &[("words", "来得太晚")]).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM improvement WHERE said = '来得太晚'").await, 1);
    // Confirmed by the bearer, like with number and code.
    phone.post(&format!("{link}/confirm"), &[]).await.follow().await.expect(200).has("已确认办结").lacks("申请重办");
    assert_eq!(case(&app, &number).await.state, "closed");
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM request WHERE closed_how = 'firm'").await, 1);
    // A second opening, and a second tap, say that it is done.
    app.public().get(&link).await.expect(200).has("办结了").has("来得太晚").lacks("确认办结");
    phone.post(&format!("{link}/confirm"), &[]).await.follow().await.expect(200).has("已经办过");
    // What the firm decides is in the figures as the firm's word.
    app.as_(Role::WindowAgent)
        .await
        .get(&format!("/requests/{number}"))
        .await
        .expect(200)
        .has("凭查询码或消息里的链接");
    app.audit_is_whole().await;
});

both!(not_solved_goes_back_and_the_old_link_says_so, |app| async move {
    let number = asked(&app, "need", "13900004321", "text").await;
    answer(&app, &number).await;
    let link = newest(&app).await;
    let phone = app.public();
    phone.post(&format!("{link}/redo"), &[]).await.expect(422).has("要写明内容或理由");
    phone.post(&format!("{link}/redo"), &[("words", "屏蔽怎么改没有说")]).await.expect(303);
    let request = case(&app, &number).await;
    assert_eq!((request.state.as_str(), request.flagged), ("accepted", 1));
    // Still about the latest answer, which is being done again: nothing to grade or confirm.
    phone.get(&link).await.expect(200).lacks("非常满意").lacks("确认办结").has("已受理");
    // Answered anew, the old link is overtaken and does nothing.
    let window = app.as_(Role::WindowAgent).await;
    dispatched(&app, &number, &[&window_number(&app).await], "lead").await;
    let below = assignment(&app, &number).await;
    window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    window.post(&format!("/assignments/{below}/contact"), &[("words", "联系上了")]).await.expect(303);
    window.post(&format!("/assignments/{below}/report"), &[("words", "屏蔽方案已写明。")]).await.expect(303);
    phone.get(&link).await.expect(200).has("不再管用").lacks("屏蔽方案已写明");
    phone.post(&format!("{link}/confirm"), &[]).await.expect(303);
    phone.post(&format!("{link}/grade"), &[("grade", "5")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "answered");
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM rating").await, 0);
    let new = newest(&app).await;
    assert_ne!(new, link);
    phone.post(&format!("{new}/confirm"), &[]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "closed");
});

both!(a_question_is_answered_with_a_picture, |app| async move {
    let number = asked(&app, "need", "13900004321", "text").await;
    let (window, _) = in_progress(&app, &number).await;
    window.post(&format!("/requests/{number}/ask-firm"), &[("words", "请拍一张样品照片")]).await.expect(303);
    let link = newest(&app).await;
    let phone = app.public();
    phone.get(&link).await.expect(200).has("请拍一张样品照片").has("在这里答复").lacks("确认办结");
    // It supplies; it does not judge.
    phone.post(&format!("{link}/confirm"), &[]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "waiting");
    let picture = File { field: "file", name: "IMG_1.HEIC", content: b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" };
    let page = phone.post_files(&format!("{link}/supply"), &[("words", "")], &[picture]).await;
    page.expect(422).has("要写明内容或理由");
    let picture = File { field: "file", name: "IMG_1.HEIC", content: b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" };
    phone.post_files(&format!("{link}/supply"), &[("words", "照片在附件")], &[picture]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "in-progress");
    window.get(&format!("/requests/{number}")).await.has("照片在附件").has("IMG_1.HEIC");
    phone.get(&link).await.expect(200).has("您已经答复").lacks("在这里答复");
    let again = phone.post(&format!("{link}/supply"), &[("words", "再发一次")]).await;
    // Nothing is done, and what was written can be taken along.
    again.expect(409).has("您刚才写的，没有发出去").has("再发一次").has("您已经答复");
    window.get(&format!("/requests/{number}")).await.lacks("再发一次");
    app.audit_is_whole().await;
});

both!(the_firm_says_how_much_it_is_told, |app| async move {
    // Who wants to be called is told of the answer only; who looks by himself of nothing; a landline gets no text.
    for (phone, reach) in [("13900004321", "call"), ("13900004322", "site"), ("0592-5051234", "call")] {
        let number = asked(&app, "need", phone, reach).await;
        answer(&app, &number).await;
    }
    let messages = sent(&app).await;
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!((messages[0].template.as_str(), messages[0].phone.as_str()), ("request-answered", "13900004321"));
    assert!(!messages[0].fields.contains("电磁") && messages[0].subject_number.starts_with("FW-"));
    // Text messages to a landline are refused beside the field.
    let mut form = vec![("step", "2"), ("firm", "示例石材厂"), ("district", "350206"), ("contact", "李例")];
    form.extend([("phone", "0592-5051234"), ("reach", "text"), ("consent", "yes")]);
    form.extend_from_slice(MATTER);
    app.public().post("/ask", &form).await.expect(422).has("座机收不到短信");
});

both!(an_old_link_leads_on_to_the_new_one, |app| async move {
    let number = asked(&app, "need", "13900004321", "text").await;
    let (window, below) = in_progress(&app, &number).await;
    let old = newest(&app).await;
    app.public().get(&old).await.expect(200).lacks("请点后来收到的那条消息里的链接");
    window.post(&format!("/assignments/{below}/report"), &[("words", "预测试做完了。")]).await.expect(303);
    app.public().get(&old).await.expect(200).has("请点后来收到的那条消息里的链接").has("已答复").lacks("已答复待确认");
    // A form's address opened as a page leads back to the page.
    let page = app.public().get(&format!("{old}/supply")).await;
    page.expect(303);
    assert_eq!(page.location(), Some(old.as_str()));
});

both!(decisions_are_told_with_their_reasons_behind_the_link, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let number = asked(&app, "need", "13900004321", "text").await;
    agent.post(&format!("/requests/{number}/return"), &[("words", "请写明板子的尺寸")]).await.expect(303);
    let link = newest(&app).await;
    app.public().get(&link).await.expect(200).has("请写明板子的尺寸");
    app.public().post(&format!("{link}/supply"), &[("words", "100 乘 80 毫米")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "submitted");
    accepted(&app, &number).await;
    app.public().get(&newest(&app).await).await.expect(200).has("已受理").lacks("确认办结");
    dispatched(&app, &number, &[&window_number(&app).await], "lead").await;
    app.as_(Role::OperatorDispatcher)
        .await
        .post(&format!("/requests/{number}/extend"), &[("days", "3"), ("words", "暗室检修")])
        .await
        .expect(303);
    app.public().get(&newest(&app).await).await.expect(200).has("暗室检修");
    let second = asked(&app, "need", "13900004321", "text").await;
    agent
        .post(&format!("/requests/{second}/refuse"), &[("ground", "outside-network"), ("words", "请向海关咨询")])
        .await
        .expect(303);
    app.public().get(&newest(&app).await).await.expect(200).has("请向海关咨询").has("不予受理");
    assert_eq!(templates(&app).await, ["request-returned", "request-accepted", "request-extended", "request-refused"]);
});

both!(a_report_is_told_in_neutral_words, |app| async move {
    let quiet = asked(&app, "report", "13900004321", "call").await;
    let number = asked(&app, "report", "13900004321", "text").await;
    let bureau = app.as_(Role::BureauOfficer).await;
    for n in [&quiet, &number] {
        bureau.post(&format!("/requests/{n}/accept"), &[("class", "complex")]).await.expect(303);
    }
    let messages = sent(&app).await;
    assert_eq!(messages.len(), 1);
    let link = messages[0].secret.clone().unwrap();
    let page = app.public().get(&link).await;
    page.expect(200).has(&number).has("这里不显示内容").lacks("电磁兼容").lacks("李例").lacks("已受理");
    app.public().post(&format!("{link}/confirm"), &[]).await.expect(404);
});

both!(links_expire_and_guesses_are_stopped, |app| async move {
    let number = asked(&app, "need", "13900004321", "text").await;
    answer(&app, &number).await;
    let link = newest(&app).await;
    app.pass_days(31);
    let page = app.public().get(&link).await;
    page.expect(410).has("过期").lacks("预测试做完了");
    assert!(page.attributes("main a[href^='/follow']", "href").contains(&format!("/follow?n={number}")));
    app.public().post(&format!("{link}/grade"), &[("grade", "5")]).await.expect(410);
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM rating").await, 0);
    app.public().get("/t/AAAAAAAAAAAA").await.expect(404).has("打不开");
    for i in 0..60 {
        app.public().get(&format!("/t/AAAAAAAAA{i:03}")).await;
    }
    app.public().get("/t/BBBBBBBBBBBB").await.expect(429);
});

both!(one_reminder_before_silence_ends_it, |app| async move {
    let number = asked(&app, "need", "13900004321", "text").await;
    asked(&app, "need", "13900004322", "call").await;
    answer(&app, &number).await;
    // Monday 12 October and five working days: the 19th; two working days before is the 15th.
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-19"));
    app.set_time("2026-10-14 10:00");
    assert_eq!(app.run_job("links.remind").await, 0);
    app.set_time("2026-10-15 10:00");
    assert_eq!(app.run_job("links.remind").await, 1);
    assert_eq!(app.run_job("links.remind").await, 0);
    app.set_time("2026-10-16 10:00");
    assert_eq!(app.run_job("links.remind").await, 0, "one at most");
    let link = newest(&app).await;
    app.public().get(&link).await.expect(200).has("确认办结");
    app.set_time("2026-10-20 00:10");
    assert_eq!(app.run_job("requests.silence").await, 1);
    assert_eq!(templates(&app).await, ["request-accepted", "request-answered", "request-reminder", "request-lapsed"]);
    // Ended by silence: it can still be graded, and reopened with the code.
    app.public().get(&link).await.expect(200).has("到期没有回应").has("非常满意").lacks("确认办结");
    app.public().post(&format!("{link}/grade"), &[("grade", "4")]).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) AS n FROM rating WHERE grade = 4").await, 1);
});
