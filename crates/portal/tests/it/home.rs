use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_registers::windows::Kind;
use huiqi_testkit::both;

both!(the_home_page_shows_what_there_is, |app| async {
    let empty = app.public().get("/").await;
    empty.expect(200).has("0 项服务，其中 0 项免费");
    assert_eq!(empty.all("h1"), ["办企业遇到事，先来这里问"]);

    let provider = app.provider("示例检测技术有限公司", &["05"]).await;
    app.product(provider, "电磁兼容预测试", "05", "free").await;
    app.product(provider, "板级整改辅导", "05", "low").await;
    app.window("湖里区示例窗口", Kind::Comprehensive, "350206").await;
    let page = app.public().get("/").await;
    page.expect(200).has("2 项服务，其中 1 项免费").has("在册 1 个");
    assert!(page.statements <= 15, "{}", page.statements);
    assert_eq!(page.all(".cats small").iter().filter(|n| *n == "2 项").count(), 1);

    let english = app.public().in_language(Locale::En).get("/").await;
    english.expect(200).has("2 services, 1 of them free").has("Within 1 working day");
});

both!(the_district_is_kept, |app| async {
    app.window("湖里区示例窗口", Kind::Comprehensive, "350206").await;
    let visitor = app.public();
    visitor.get("/").await.expect(200).lacks("湖里区示例窗口");
    visitor.get("/?district=350206").await.expect(200).has("湖里区示例窗口").has("今天是工作日");
    visitor.get("/").await.expect(200).has("湖里区示例窗口");
    visitor.get("/?district=350203").await.expect(200).has("思明区还没有接入的窗口");
    // A district that is none changes nothing.
    visitor.get("/?district=1%27").await.expect(200).has("思明区");
});

both!(staff_see_the_portal_in_its_own_frame, |app| async {
    let agent = app.as_(Role::OperatorAgent).await;
    let page = agent.get("/").await;
    page.expect(200).has("回工作台");
    assert_eq!(page.attributes("body", "class"), ["portal"]);
    assert_eq!(agent.get("/rule").await.attributes("body", "class"), ["desk"]);
});
