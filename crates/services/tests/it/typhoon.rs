//! A stoppage by order: due days move, the difference is shown, the firm is told; and the calendar speaks for itself.

use huiqi_kernel::people::Role;
use huiqi_testkit::both;

use crate::requests::{accepted, asked, case, dispatched, window_number};

both!(a_stoppage_shows_what_it_moved, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    app.as_(Role::WindowAgent).await;
    dispatched(&app, &number, &[&window_number(&app).await], "lead").await;
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-19"));
    app.public().get("/").await.expect(200).lacks("停工");
    let admin = app.as_(Role::SystemAdmin).await;
    admin
        .post(
            "/settings/calendar/stoppages",
            &[
                ("from", "2026-10-14"),
                ("to", "2026-10-14"),
                ("document", "厦防指〔2026〕9号"),
                ("reason", "台风停工"),
                ("sure", "yes"),
            ],
        )
        .await
        .expect(303);
    assert_eq!(case(&app, &number).await.due_on.as_deref(), Some("2026-10-20"));
    // The difference, case by case, on the page of the calendar; the administrator reads no matter.
    admin.get("/settings/calendar").await.expect(200).has("到期日变动 1 件");
    let moves = "/settings/calendar/moves?document=%E5%8E%A6%E9%98%B2%E6%8C%87%E3%80%942026%E3%80%959%E5%8F%B7";
    admin.get(moves).await.expect(200).has(&number).has("10月19日").has("10月20日").lacks("电磁兼容预测试");
    let manager = app.as_(Role::OperatorManager).await;
    manager.get(moves).await.expect(200).has(&number).has("电磁兼容预测试");
    // The firm is told in plain words and reads both days with the document in the history.
    firm.get("/notices").await.expect(200).has("因台风停工（厦防指〔2026〕9号），到期日从10月19日改到10月20日");
    firm.get(&format!("/requests/{number}"))
        .await
        .expect(200)
        .has("重新计算期限")
        .has("系统：因台风停工（厦防指〔2026〕9号），到期日从2026年10月19日顺延到2026年10月20日。");
    // So is whoever's turn it is, once for all that moved.
    app.as_(Role::WindowAgent).await.get("/notices").await.expect(200).has("轮到您办的事里有 1 件的到期日变了");
    // Everybody reads of it beforehand and while it lasts, and not afterwards.
    app.public().get("/").await.expect(200).has("台风停工").has("10月15日恢复");
    app.public().get("/ask").await.expect(200).has("台风停工").has("最迟 10月13日 答复受不受理");
    app.set_time("2026-10-15 09:00");
    app.public().get("/").await.expect(200).lacks("停工");
    app.audit_is_whole().await;
});

both!(a_holiday_is_told_ahead_by_the_calendar, |app| async move {
    app.set_time("2026-09-28 12:10");
    let page = app.public().get("/ask").await;
    // Three working days before the holiday: what is asked today is due tomorrow, and the foot says whether somebody answers.
    page.expect(200).has("10月1日至10月7日放假").has("10月8日恢复").has("现在没有人接听，今天 15:00 起接听");
    app.as_(Role::OperatorAgent).await.get("/requests/new").await.expect(200).has("10月1日至10月7日放假");
    app.set_time("2026-10-12 10:42");
    app.public().get("/ask").await.expect(200).lacks("放假").has("现在有人接听，到 11:30");
});
