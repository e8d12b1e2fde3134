//! Appeals against ratings: one level above decides, and figures change only then.

use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_services::appeals;
use huiqi_services::overview::{ask::Ask, public_figures, queries::figures};
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult};
use huiqi_testkit::app::{Client, File, TestApp};
use huiqi_testkit::both;

use crate::requests::{answered, case};

#[test]
fn the_flow_is_sound() {
    assert_eq!(appeals::flow::registered().faults(), Vec::<String>::new());
}

#[derive(FromQueryResult)]
struct N {
    n: i64,
}

async fn count(app: &TestApp, what: &str) -> i64 {
    let row: Option<N> = ctx::one(&app.ctx, &format!("SELECT COUNT(*) AS n FROM {what}"), []).await.unwrap();
    row.unwrap().n
}

/// Two requests of one firm, closed and graded 5 and 1; the number of the second.
async fn graded(app: &TestApp, firm: &Client) -> String {
    let mut last = String::new();
    for grade in ["5", "1"] {
        let number = answered(app, firm).await;
        firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
        firm.post(&format!("/requests/{number}/rating"), &[("grade", grade), ("words", "差")]).await.expect(303);
        last = number;
    }
    last
}

/// Grades, mean in hundredths, grades left out – on the overview, to the public, and of the window.
async fn seen(app: &TestApp) -> (i64, Option<i64>, i64) {
    let all = figures(&app.ctx, &Viewer::System, &Ask::default()).await.unwrap();
    let public = public_figures(&app.ctx).await.unwrap();
    assert_eq!((public.grades, public.mean_grade, public.excluded), (all.rated(), all.mean(), all.excluded));
    let window = all.handlers.iter().find(|h| h.is_window()).unwrap();
    assert_eq!((window.grades, window.mean()), (all.rated(), all.mean()));
    assert_eq!(all.closed_rated, all.rated());
    (all.rated(), all.mean(), all.excluded)
}

async fn filed(app: &TestApp, number: &str) -> String {
    let page = app
        .as_(Role::WindowManager)
        .await
        .post_files(
            &format!("/requests/{number}/appeal"),
            &[("ground", "malicious"), ("words", "对方要求减免检测费，未同意后给的差评")],
            &[File { field: "file", name: "通话记录.txt", content: "通话".as_bytes() }],
        )
        .await;
    page.expect(303);
    page.location().unwrap().rsplit('/').next().unwrap().to_owned()
}

both!(upheld_and_left_out_from_then_on, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let manager = app.as_(Role::WindowManager).await;
    let officer = app.as_(Role::CentreOfficer).await;
    let number = graded(&app, &firm).await;
    assert_eq!(seen(&app).await, (2, Some(300), 0));
    // Only the house that was rated appeals, with ground and words.
    manager.get(&format!("/requests/{number}")).await.expect(200).has("对这个评价提出申诉");
    manager.get(&format!("/requests/{number}/appeal")).await.expect(200).has("恶意评价");
    manager.post(&format!("/requests/{number}/appeal"), &[("words", "x")]).await.expect(422).has("还没有选申诉理由");
    app.as_(Role::ProviderManager)
        .await
        .post(&format!("/requests/{number}/appeal"), &[("ground", "malicious"), ("words", "x")])
        .await
        .expect(404);
    officer.post(&format!("/requests/{number}/appeal"), &[("ground", "malicious"), ("words", "x")]).await.expect(404);
    let appeal = filed(&app, &number).await;
    assert_eq!(case(&app, &appeal).await.desk, "centre", "the operator dispatches to the window and is judged with it");
    // While it is open nothing changes, and nobody appeals twice.
    assert_eq!(seen(&app).await, (2, Some(300), 0));
    manager.get(&format!("/requests/{number}")).await.expect(200).has("决定以前这个评价照常计入");
    manager
        .post(&format!("/requests/{number}/appeal"), &[("ground", "mistake"), ("words", "x")])
        .await
        .expect(409)
        .has("已经申诉过");
    // The rater is told neutrally, may be asked, and need not answer.
    firm.get(&format!("/requests/{number}")).await.expect(200).has("提出复核").lacks("减免检测费").lacks(&appeal);
    firm.post(&format!("/requests/{number}/rating-word"), &[("words", "没有这回事")]).await.expect(404);
    officer.get("/inbox").await.expect(200).has(&appeal);
    let path = format!("/rating-appeals/{appeal}");
    officer.get(&path).await.expect(200).has("通话记录.txt").has("减免检测费");
    officer.post(&format!("{path}/hear"), &[("words", "当时为什么不满意？")]).await.expect(303);
    officer.post(&format!("{path}/hear"), &[("words", "再问一次")]).await.expect(409);
    firm.get(&format!("/requests/{number}")).await.expect(200).has("当时为什么不满意？").has("说不说都可以");
    firm.post(&format!("/requests/{number}/rating-word"), &[("words", "等了两周才来")]).await.expect(303);
    officer.get(&path).await.expect(200).has("等了两周才来");
    // Neither the rated nor the operator nor the bureau decides.
    manager.post(&format!("{path}/uphold"), &[("words", "成立")]).await.expect(404);
    app.as_(Role::BureauOfficer).await.post(&format!("{path}/uphold"), &[("words", "成立")]).await.expect(404);
    officer.post(&format!("{path}/uphold"), &[]).await.expect(422);
    officer.post(&format!("{path}/uphold"), &[("words", "通话记录显示以差评要挟")]).await.expect(303);
    // Now it is left out everywhere, and everywhere it says so; the grade itself stays.
    assert_eq!(seen(&app).await, (1, Some(500), 1));
    assert_eq!(count(&app, "rating").await, 2);
    let overview = officer.get("/overview").await;
    overview.expect(200).has("另有 1 个评价经申诉复核不计入");
    officer.get("/overview/records?figure=rated-excluded").await.expect(200).has(&number);
    let file = officer.get("/overview/export.csv").await;
    assert!(file.text.contains("另有 1 个评价经申诉复核不计入"), "{}", file.text);
    app.public().get("/").await.expect(200).has("经申诉复核不计入");
    let month = app.ctx.today().format("%Y-%m").to_string();
    officer
        .get(&format!("/overview/monthly?month={month}"))
        .await
        .expect(200)
        .has("经申诉复核不计入的评价，本期 1 个，上期 0 个");
    manager.get(&format!("/requests/{number}")).await.has("不计入统计").has("1 分");
    firm.get(&format!("/requests/{number}")).await.expect(200).has("评价原样保留");
    // The improvement that the grade opened stays, and notes it.
    manager.get("/improvements/GJ-2026-000001").await.expect(200).has("改进照做");
    app.audit_is_whole().await;
});

both!(dismissed_late_or_withdrawn_it_counts, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let manager = app.as_(Role::WindowManager).await;
    let approver = app.as_(Role::CentreApprover).await;
    let number = graded(&app, &firm).await;
    // Others of the rated house read who can appeal, and until when.
    app.as_(Role::WindowAgent).await.get(&format!("/requests/{number}")).await.expect(200).has("由本单位负责人提出");
    let appeal = filed(&app, &number).await;
    manager.post(&format!("/rating-appeals/{appeal}/withdraw"), &[]).await.expect(303);
    let second = filed(&app, &number).await;
    approver.post(&format!("/rating-appeals/{second}/dismiss"), &[("words", "评价有事实依据")]).await.expect(303);
    assert_eq!(seen(&app).await, (2, Some(300), 0));
    manager.get(&format!("/requests/{number}")).await.has("评价有事实依据").lacks("对这个评价提出申诉");
    assert!(count(&app, "notice WHERE text_zh LIKE '%复核照常计入%'").await > 0, "the rater hears the result");
    // Five working days after the grade nobody appeals any more.
    let third = answered(&app, &firm).await;
    firm.post(&format!("/requests/{third}/confirm"), &[]).await.expect(303);
    firm.post(&format!("/requests/{third}/rating"), &[("grade", "2")]).await.expect(303);
    app.set_time("2026-10-20 09:00");
    manager
        .post(&format!("/requests/{third}/appeal"), &[("ground", "outside"), ("words", "x")])
        .await
        .expect(409)
        .has("过了可以申诉的期限");
    let page = manager.get(&format!("/requests/{third}")).await;
    page.expect(200).has("过了可以申诉的期限");
    assert!(!page.attributes("a", "href").iter().any(|href| href.ends_with("/appeal")), "a blocked step is no link");
});
