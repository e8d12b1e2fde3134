use huiqi_identity::organisations;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_testkit::app::TestApp;
use huiqi_testkit::both;

async fn stocked(app: &TestApp) -> i64 {
    let one = app.provider("示例检测技术有限公司", &["05"]).await;
    let other = app.provider("示例财税咨询有限公司", &["06"]).await;
    app.product(one, "电磁兼容预测试", "05", "free").await;
    app.product(one, "板级电磁兼容整改辅导", "05", "low").await;
    app.product(other, "出口退税辅导", "06", "negotiable").await;
    one
}

both!(services_are_found_and_narrowed, |app| async {
    stocked(&app).await;
    let visitor = app.public();
    let all = visitor.get("/services").await;
    assert_eq!(all.all(".results h2").len(), 3);
    assert!(all.statements <= 15, "{}", all.statements);
    let found = visitor.get("/services?q=电磁兼容").await;
    found.expect(200).has("“电磁兼容”的搜索结果").has("2 项服务");
    let free = visitor.get("/services?q=电磁兼容&fee=free").await;
    assert_eq!(free.all(".results h2"), ["电磁兼容预测试"]);
    // The other way of charging still says how many it would add.
    free.has("低收费");
    visitor.get("/services?category=06&fee=free").await.expect(200).has("没有找到这样的服务");
    visitor.get("/services?q=%27%22%25").await.expect(200);
    // Unknown codes narrow nothing.
    assert_eq!(visitor.get("/services?category=99&district=1").await.all(".results h2").len(), 3);
});

both!(a_service_shows_who_offers_it, |app| async {
    stocked(&app).await;
    let visitor = app.public();
    let href = visitor.get("/services?q=预测试").await.attributes(".results h2 a", "href").remove(0);
    let page = visitor.get(&href).await;
    page.expect(200).has("示例检测技术有限公司").has("免费").has("一般 3 个工作日");
    assert_eq!(page.one("h1"), "电磁兼容预测试");
    let number = href.rsplit('/').next().unwrap();
    assert!(page.attributes("a.button", "href").contains(&format!("/ask?product={number}")));
    // What else the provider offers stands beside it.
    page.has("板级电磁兼容整改辅导").lacks("出口退税");
    let english = visitor.in_language(Locale::En).get(&href).await;
    english.expect(200).has("usually 3 working days").has("in Chinese only");
    visitor.get("/services/CP-999999").await.expect(404);
});

both!(what_is_not_offered_is_not_shown, |app| async {
    let provider = stocked(&app).await;
    let visitor = app.public();
    let href = visitor.get("/services?q=预测试").await.attributes(".results h2 a", "href").remove(0);
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    work.run("UPDATE provider SET state = 'suspended' WHERE organisation = ?", [provider.into()]).await.unwrap();
    work.commit().await.unwrap();
    visitor.get(&href).await.expect(404);
    visitor.get("/services").await.expect(200).has("1 项服务").lacks("电磁兼容");
    visitor.get("/").await.has("1 项服务");
    let name = organisations::names(&app.ctx, &[provider]).await.unwrap();
    assert_eq!(name.len(), 1, "only the offer is gone, not the provider");
});

both!(the_list_is_paged_by_key, |app| async {
    let provider = app.provider("示例检测技术有限公司", &["05"]).await;
    for i in 0..45 {
        app.product(provider, &format!("检测{i:02}"), "05", "free").await;
    }
    let visitor = app.public();
    let mut path = "/services?fee=free".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = visitor.get(&path).await;
        page.expect(200).has("45 项服务");
        seen.extend(page.all(".results h2"));
        match page.attributes("a[rel=next]", "href").first() {
            Some(next) => path = next.clone(),
            None => break,
        }
    }
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (45, 45));
});
