use huiqi_identity::organisations::{self, WindowState};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_registers::windows::Kind;
use huiqi_testkit::both;

both!(windows_are_found_by_kind_and_district, |app| async {
    app.window("湖里区示例窗口", Kind::Comprehensive, "350206").await;
    app.window("示例检测平台", Kind::Platform, "350206").await;
    app.window("思明区示例窗口", Kind::Comprehensive, "350203").await;
    let visitor = app.public();
    let all = visitor.get("/find/windows").await;
    all.expect(200).has("3 个在册窗口");
    assert!(all.statements <= 15, "{}", all.statements);
    assert_eq!(visitor.get("/find/windows?district=350206").await.all("tbody tr").len(), 2);
    assert_eq!(
        visitor.get("/find/windows?district=350206&kind=demonstration-platform").await.all("tbody th"),
        ["示例检测平台"]
    );
    visitor.get("/find/windows?district=350213").await.expect(200).has("还没有接入的窗口");
});

both!(a_window_tells_what_is_true_today, |app| async {
    let (_, window) = app.window("湖里区示例窗口", Kind::Comprehensive, "350206").await;
    let visitor = app.public();
    let href = visitor.get("/find/windows").await.attributes("tbody th a", "href").remove(0);
    visitor.get(&href).await.expect(200).has("8:30–11:30").has("今天是工作日").lacks("现在不接新的事");
    visitor.in_language(Locale::En).get(&href).await.expect(200).has("Open today");
    app.set_time("2026-10-17 10:00");
    visitor.get(&href).await.expect(200).has("今天不是工作日");

    let put = async |state| {
        let work = app.ctx.write(&Viewer::System).await.unwrap();
        organisations::set_window_state_in(&work, window, state).await.unwrap();
        work.commit().await.unwrap();
    };
    put(WindowState::Suspended).await;
    visitor.get(&href).await.expect(200).has("现在不接新的事");
    visitor.get("/find/windows").await.expect(200).lacks("湖里区示例窗口");
    put(WindowState::Ended).await;
    let ended = visitor.get(&href).await;
    ended.expect(200).has("现在不接新的事");
    assert!(!ended.one("main").contains("8:30"), "nobody is sent to a window that is no more");
    put(WindowState::Preparing).await;
    visitor.get(&href).await.expect(404);
    visitor.get("/find/windows/CK-9999").await.expect(404);
});
