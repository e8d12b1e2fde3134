//! Other offices: departments that sign for what they are given, and requests that came with another office's number.

use huiqi_kernel::people::{Capacity, Role};
use huiqi_testkit::app::Member;
use huiqi_testkit::both;

use crate::requests::{accepted, asked, assignment, case, dispatched, last, number_in};

both!(a_department_signs_answers_and_sees_its_territory, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let office = app.organisation("示例区工信局", &[Capacity::Department]).await;
    let officer = |territory: &str| Member {
        role: Role::DepartmentOfficer,
        organisation: office,
        territory: Some(territory.to_owned()),
        ..Member::default()
    };
    let own = app.member(officer("350203")).await;
    let elsewhere = app.member(officer("350211")).await;
    let to = number_in(&app, "organisation", "id", office).await;
    dispatched(&app, &number, &[&to], "lead").await;
    let below = assignment(&app, &number).await;
    own.get("/inbox").await.expect(200).has(&below);
    own.get(&format!("/requests/{number}")).await.expect(200).has("待签收").has("等它签收");
    // A department does not take an assignment as a provider does: it signs.
    own.post(&format!("/assignments/{below}/take"), &[]).await.expect(404);
    own.post(&format!("/assignments/{below}/receive"), &[]).await.expect(303).follow().await;
    assert_eq!(case(&app, &below).await.state, "taken");
    assert_eq!(case(&app, &number).await.state, "in-progress");
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    dispatcher.get(&format!("/requests/{number}")).await.expect(200).has("已签收");
    own.post(&format!("/assignments/{below}/contact"), &[("words", "打过电话")]).await.expect(303);
    own.post(&format!("/assignments/{below}/report"), &[("words", "本区可以办，清单已发。")]).await.expect(303);
    assert_eq!(case(&app, &number).await.state, "answered");
    dispatcher.get(&format!("/requests/{number}")).await.expect(200).has("本区可以办");
    // Its own territory's figures: counted, without what each matter is about, and no other district by any address.
    own.get("/overview").await.expect(200).has("只看本区的数");
    own.get("/overview/records?figure=intake").await.expect(200).has(&number).lacks("电磁兼容预测试");
    own.get("/overview/records?figure=intake&district=350211").await.expect(200).has(&number);
    elsewhere.get("/overview/records?figure=intake&district=350203").await.expect(200).lacks(&number);
    own.get("/overview/export.csv").await.expect(200);
    app.audit_is_whole().await;
});

both!(the_earlier_of_two_due_days_counts, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let note = |due: &'static str, number: &'static str| {
        vec![
            ("firm", "示例食品厂"),
            ("district", "350213"),
            ("contact", "赵例"),
            ("phone", "13900005678"),
            ("channel", "12345"),
            ("kind", "need"),
            ("words", "冷库的电表要重新核一次。"),
            ("outside_number", number),
            ("outside_due", due),
            ("do", "take"),
        ]
    };
    let page = agent.post("/requests/new", &note("2026-10-15", "12345-2026-0077")).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    // Accepting is due before the other office's day: counted as always.
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-13"));
    accepted(&app, &number).await;
    let window = app.as_(Role::WindowAgent).await;
    let to = crate::requests::window_number(&app).await;
    dispatched(&app, &number, &[&to], "lead").await;
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-15"), "counted it would be the 19th");
    agent.get(&format!("/requests/{number}")).await.expect(200).has("转来的单位要求").has("按早的那天办");
    // An extension here does not bind the other office, and neither does waiting for the firm.
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    dispatcher.post(&format!("/requests/{number}/extend"), &[("days", "5"), ("words", "表计排队")]).await.expect(303);
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-15"));
    let below = assignment(&app, &number).await;
    window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
    window.post(&format!("/assignments/{below}/contact"), &[("words", "约好了")]).await.expect(303);
    window.post(&format!("/requests/{number}/ask-firm"), &[("words", "缺电费单")]).await.expect(303);
    app.set_time("2026-10-14 10:00");
    window.post(&format!("/requests/{number}/resume"), &[("words", "拿到了")]).await.expect(303);
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-15"));
    window.post(&format!("/assignments/{below}/report"), &[("words", "核过了，差两度，已改。")]).await.expect(303);
    // Silence is the firm's time; the other office's day does not shorten it.
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-21"));
    // A later day of the other office changes nothing.
    let page = agent.post("/requests/new", &note("2026-12-31", "12345-2026-0099")).await;
    let second = last(page.location().unwrap());
    accepted(&app, &second).await;
    dispatched(&app, &second, &[&to], "lead").await;
    assert_eq!(case(&app, &second).await.due_on.as_deref(), Some("2026-10-21"));
    // The results go back with the other office's number; only what has one.
    let path = "/requests/outside?from=2026-10-01&to=2026-10-31";
    agent.get(path).await.expect(200).has("12345-2026-0077").lacks("12345-2026-0099");
    let file = agent.get("/requests/outside/export.csv?from=2026-10-01&to=2026-10-31").await;
    file.expect(200).has("12345-2026-0077").has("核过了，差两度，已改。").has("2026-10-14").lacks("0099");
    agent.get("/requests/outside/export.xlsx?from=2026-10-01&to=2026-10-31").await.expect(200);
    agent.get("/requests/outside?from=2026-09-01&to=2026-09-30").await.expect(200).lacks("12345-2026-0077");
    app.as_(Role::WindowAgent).await.get("/requests/outside").await.expect(403);
    app.audit_is_whole().await;
});
