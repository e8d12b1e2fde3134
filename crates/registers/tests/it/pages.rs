//! Pages of the registers through the whole router.

use axum::http::StatusCode;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_registers::enterprises::NewEnterprise;

use crate::support::{House, Page, code};

fn firm(n: u32) -> NewEnterprise {
    NewEnterprise {
        name: format!("示例第{n:03}号水暖有限公司"),
        code: Some(code(n)),
        district: Some(if n.is_multiple_of(2) { "350206" } else { "350203" }.into()),
        industry: Some("C33".into()),
        staff: Some(i64::from(n)),
        revenue: Some(4_000_000_000),
        phone: Some("13012345678".into()),
        ..NewEnterprise::default()
    }
}

async fn with_firms(count: u32) -> House {
    let house = House::sqlite().await;
    let work = house.ctx.write(&huiqi_kernel::people::Viewer::System).await.unwrap();
    let new: Vec<NewEnterprise> = (1..=count).map(firm).collect();
    huiqi_registers::enterprises::create_many_in(&work, &new, huiqi_registers::Source::Demo).await.unwrap();
    work.commit().await.unwrap();
    house
}

fn names(page: &Page) -> Vec<String> {
    page.texts("tbody th a")
}

#[tokio::test]
async fn a_list_is_filtered_searched_sorted_and_paged() {
    let house = with_firms(120).await;
    let mut desk = house.desk().await;
    let first = desk.get("/enterprises").await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    assert!(first.statements <= 15, "{}", first.statements);
    assert_eq!(names(&first).len(), 50);
    assert!(first.body.contains("120"));
    let next = first.attribute("a[rel=next]", "href").unwrap();
    let second = desk.get(&next).await;
    assert_eq!(names(&second).len(), 50);
    assert_ne!(names(&first)[0], names(&second)[0]);
    let third = desk.get(&second.attribute("a[rel=next]", "href").unwrap()).await;
    assert_eq!(names(&third).len(), 20);
    assert!(third.attribute("a[rel=next]", "href").is_none());
    let back = desk.get(&third.attribute("a[rel=prev]", "href").unwrap()).await;
    assert_eq!(names(&back), names(&second), "back is the same page");

    let huli = desk.get("/enterprises?district=350206").await;
    assert!(huli.body.contains("60"));
    assert!(huli.attribute("a[rel=next]", "href").unwrap().contains("district=350206"), "the filter stays on the way");
    let found = desk.get("/enterprises?q=%E6%B0%B4%E6%9A%96&size=micro").await;
    assert_eq!(names(&found).len(), 19, "fewer than 20 people is micro");
    let by_code = desk.get(&format!("/enterprises?q={}", &code(7)[..17])).await;
    assert_eq!(names(&by_code), ["示例第007号水暖有限公司"]);
    let updated = desk.get("/enterprises?sort=updated").await;
    assert_eq!(names(&updated).len(), 50);
    let none = desk.get("/enterprises?q=%E6%B2%A1%E6%9C%89").await;
    assert!(none.texts(".empty").iter().any(|t| t.contains("去掉一个条件")), "{}", none.body);
}

#[tokio::test]
async fn what_is_not_ones_own_cannot_be_seen() {
    let house = with_firms(4).await;
    let department = house.organisation("示例区工信局", &[Capacity::Department]).await;
    house.person("officer", department, Role::DepartmentOfficer, Some("350203")).await;
    let mut officer = house.signed_in("officer").await;
    let list = officer.get("/enterprises").await;
    assert_eq!(names(&list).len(), 2);
    assert_eq!(officer.get("/enterprises/ZZ-000001").await.status, StatusCode::OK);
    assert_eq!(officer.get("/enterprises/ZZ-000002").await.status, StatusCode::NOT_FOUND);
    assert_eq!(officer.get("/enterprises/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(officer.post("/enterprises/ZZ-000001/phone", &[]).await.status, StatusCode::FORBIDDEN);
    let csv = officer.get("/enterprises/export.csv").await;
    assert_eq!(csv.body.lines().count(), 3);

    let provider = house.organisation("示例机构", &[Capacity::Provider]).await;
    house.person("agent", provider, Role::ProviderAgent, None).await;
    let mut agent = house.signed_in("agent").await;
    assert_eq!(agent.get("/enterprises").await.status, StatusCode::FORBIDDEN);
    assert_eq!(agent.get("/imports").await.status, StatusCode::FORBIDDEN);
    assert_eq!(agent.get("/providers").await.status, StatusCode::OK);
    let mut stranger = house.browser();
    assert_eq!(stranger.get("/enterprises").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn phones_are_masked_and_each_look_is_logged() {
    let house = with_firms(1).await;
    let mut desk = house.desk().await;
    let page = desk.get("/enterprises/ZZ-000001").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.statements <= 15, "{}", page.statements);
    assert!(page.body.contains("130****5678") && !page.body.contains("13012345678"));
    let edit = desk.get("/enterprises/ZZ-000001/edit").await;
    assert!(!edit.body.contains("13012345678"));
    for export in ["/enterprises/export.csv"] {
        assert!(!desk.get(export).await.body.contains("13012345678"));
    }
    let seen = desk.post("/enterprises/ZZ-000001/phone", &[]).await;
    assert!(seen.body.contains("13012345678"));
    let text =
        "SELECT COUNT(*) AS n FROM audit_entry WHERE action = 'enterprises.phone-revealed' AND number = 'ZZ-000001'";
    assert_eq!(house.count(text).await, 1);
}

#[tokio::test]
async fn a_firm_is_entered_warned_about_and_changed() {
    let house = House::sqlite().await;
    let mut desk = house.desk().await;
    let code = code(1);
    let fields = [
        ("name", "厦门示例石材有限公司"),
        ("code", code.as_str()),
        ("district", "350212"),
        ("industry", "c3032"),
        ("staff", "1,200"),
        ("revenue", "3000"),
        ("founded", "2016-05-18"),
        ("phone", "0592 5051234"),
    ];
    let made = desk.post("/enterprises/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let page = desk.get(&made.location).await;
    assert!(page.body.contains("中型"), "{}", page.body);
    assert!(
        page.body.contains("石材") && page.texts(".how li").iter().any(|r| r.contains("1,000")),
        "{:?}",
        page.texts(".how li")
    );

    // The same code, a wrong code, a name that is alike.
    let twice = desk.post("/enterprises/new", &fields).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = desk.post("/enterprises/new", &[("name", "示例"), ("code", "91350206MA000000")]).await;
    assert!(wrong.texts(".error-summary").iter().any(|e| e.contains("18 位")), "{}", wrong.body);
    let alike = [("name", "示例石材（厦门市）股份有限公司"), ("district", "350203")];
    let alike = [("name", "示例石材股份有限公司"), alike[1]];
    let warned = desk.post("/enterprises/new", &alike).await;
    assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        warned.body.contains("厦门示例石材有限公司") && warned.body.contains("value=\"示例石材股份有限公司\""),
        "{}",
        warned.body
    );
    let sure = desk.post("/enterprises/new", &[alike[0], alike[1], ("another", "yes")]).await;
    assert_eq!(sure.status, StatusCode::SEE_OTHER, "{}", sure.body);

    // A change is kept field by field; the phone left empty stays.
    let path = format!("{}/edit", made.location);
    let version = desk.get(&path).await.attribute("input[name=version]", "value").unwrap();
    let change = [
        ("version", version.as_str()),
        ("name", "厦门示例石材有限公司"),
        ("district", "350203"),
        ("industry", "C3032"),
        ("staff", "10"),
        ("revenue", "3000"),
        ("founded", "2016-05-18"),
    ];
    let changed = desk.post(&path, &change).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let page = desk.get(&made.location).await;
    let cells = page.texts("#history ~ *, tbody td");
    assert!(cells.iter().any(|c| c == "同安区") && cells.iter().any(|c| c == "思明区"), "{cells:?}");
    assert!(page.body.contains("林示宁"), "who did it");
    assert!(page.body.contains("微型"));
    assert!(page.body.contains("059****1234"), "{}", page.texts("dd").join("|"));
    // The old form again: somebody was faster.
    let stale = desk.post(&path, &change).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn exports_are_defused_and_come_back() {
    let house = House::sqlite().await;
    let evil = NewEnterprise {
        name: "=HYPERLINK（示例）公司".into(),
        code: Some(code(1)),
        address: Some("@路 1 号".into()),
        ..NewEnterprise::default()
    };
    house.firm(&evil).await;
    let mut desk = house.desk().await;
    let csv = desk.get("/enterprises/export.csv").await;
    assert!(csv.bytes.starts_with(b"\xef\xbb\xbf"));
    assert!(csv.body.contains("'=HYPERLINK") && csv.body.contains("'@路"), "{}", csv.body);
    let xlsx = desk.get("/enterprises/export.xlsx").await;
    assert!(xlsx.bytes.starts_with(b"PK"));
    // What was taken out changes nothing when it is brought back in.
    for (name, content) in [("back.csv", &csv.bytes), ("back.xlsx", &xlsx.bytes)] {
        let path = house.file(name, content);
        let kind = huiqi_registers::imports::Kind::Enterprises;
        let summary = huiqi_registers::imports::import_file(&house.ctx, kind, &path, false).await.unwrap();
        assert_eq!((summary.read, summary.same), (1, 1), "{name}: {summary}");
    }
}

#[tokio::test]
async fn a_file_is_read_confirmed_and_applied_on_pages() {
    let house = House::sqlite().await;
    let mut desk = house.desk().await;
    for template in ["enterprises", "providers", "products"] {
        let file = desk.get(&format!("/imports/templates/{template}.xlsx")).await;
        assert!(file.bytes.starts_with(b"PK"), "{template}");
        // The empty template is a file without rows, not one without headings.
        let path = house.file("template.xlsx", &file.bytes);
        let kind = huiqi_registers::imports::Kind::from_code(template).unwrap();
        let refused = huiqi_registers::imports::import_file(&house.ctx, kind, &path, true).await.unwrap_err();
        assert!(format!("{refused}").contains("nothing below"), "{refused}");
    }
    assert_eq!(desk.get("/imports/templates/other.xlsx").await.status, StatusCode::NOT_FOUND);
    let none = desk.upload("/imports", "enterprises", "", b"").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = format!("企业名称,统一社会信用代码,备注\n示例甲有限公司,{},x\n示例乙有限公司,123,y\n", code(1));
    let sent = desk.upload("/imports", "enterprises", "名录.csv", text.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let waiting = desk.get(&sent.location).await;
    assert_eq!(waiting.refresh, "2");
    huiqi_registers::imports::run_due(house.ctx.clone()).await.unwrap();
    let ready = desk.get(&sent.location).await;
    assert!(ready.refresh.is_empty());
    assert!(ready.body.contains("18 位") && ready.body.contains("备注"), "{}", ready.body);
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM enterprise").await, 0);
    let go = desk.post(&format!("{}/apply", sent.location), &[]).await;
    assert_eq!(go.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&format!("{}/apply", sent.location), &[]).await.status, StatusCode::CONFLICT);
    huiqi_registers::imports::run_due(house.ctx.clone()).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM enterprise").await, 1);
    let done = desk.get(&sent.location).await;
    assert!(done.body.contains("已完成"), "{}", done.body);
    let refused = desk.get(&format!("{}/refused.xlsx", sent.location)).await;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&refused.bytes)).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let cells: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(cells[0], ["企业名称", "统一社会信用代码", "备注", "行号", "拒绝原因"]);
    assert_eq!(cells[1][..4], ["示例乙有限公司", "123", "y", "3"]);
    assert!(cells[1][4].contains("18 位"));
    // A mended file of refused rows can be imported as it is.
    let path = house.file("refused.xlsx", &refused.bytes);
    let kind = huiqi_registers::imports::Kind::Enterprises;
    let summary = huiqi_registers::imports::import_file(&house.ctx, kind, &path, true).await.unwrap();
    assert_eq!((summary.read, summary.refused), (1, 1));
    let history = desk.get("/imports").await;
    assert!(history.body.contains("名录.csv"));
}

#[tokio::test]
async fn a_provider_keeps_its_own_products_only() {
    let house = House::sqlite().await;
    let mut desk = house.desk().await;
    let code = code(1);
    let made = desk
        .post(
            "/providers/new",
            &[("name", "示例检测有限公司"), ("code", &code), ("categories", "05"), ("phone", "13012345678")],
        )
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let other = desk.post("/providers/new", &[("name", "示例律师事务所"), ("categories", "08")]).await;
    let organisation = house.count("SELECT organisation AS n FROM provider WHERE number = 'JG-000001'").await;
    house.person("agent", organisation, Role::ProviderAgent, None).await;
    let mut agent = house.signed_in("agent").await;
    assert_eq!(names(&agent.get("/providers").await), ["示例检测有限公司"]);
    assert_eq!(agent.get(&other.location).await.status, StatusCode::NOT_FOUND);
    let product = agent
        .post(
            "/products/new",
            &[
                ("name", "电磁兼容预测试"),
                ("category", "05"),
                ("fee", "low"),
                ("modes", "onsite"),
                ("days", "3"),
                ("provider", "JG-000002"),
            ],
        )
        .await;
    assert_eq!(product.status, StatusCode::SEE_OTHER, "{}", product.body);
    let page = agent.get(&product.location).await;
    assert!(page.body.contains("示例检测有限公司") && page.body.contains("3 个工作日"), "{}", page.body);
    let theirs =
        desk.post("/products/new", &[("name", "合同审查"), ("category", "08"), ("provider", "jg-000002")]).await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.body);
    assert_eq!(agent.get(&theirs.location).await.status, StatusCode::NOT_FOUND);
    let version = page.attribute("form[action$=state] input[name=version]", "value").unwrap();
    let gone = agent.post(&format!("{}/state", product.location), &[("version", &version), ("to", "withdrawn")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(agent.get(&product.location).await.body.contains("已下架"));

    // The desk suspends a provider with a ground.
    let page = desk.get(&made.location).await;
    assert!(page.statements <= 15, "{}", page.statements);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let path = format!("{}/state", made.location);
    let bare = desk.post(&path, &[("version", &version), ("to", "suspended")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = desk.post(&path, &[("version", &version), ("to", "suspended"), ("ground", "检修两个月")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = desk.get(&made.location).await;
    assert!(page.body.contains("暂停") && page.body.contains("检修两个月"));
}

#[tokio::test]
async fn windows_are_listed_by_kind_and_changed() {
    let house = House::sqlite().await;
    let mut desk = house.desk().await;
    house.organisation("示例产业园", &[Capacity::Window]).await;
    let empty = desk.get("/windows").await;
    assert!(!empty.texts(".empty").is_empty());
    let fields = [
        ("organisation", "ZZ-000002"),
        ("name", "湖里区窗口"),
        ("kind", "comprehensive"),
        ("district", "350206"),
        ("categories", "01"),
        ("state", "connected"),
        ("hours", "工作日 8:30–11:30"),
        ("since", "2025-01-01"),
    ];
    let made = desk.post("/windows/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let taken = desk.post("/windows/new", &fields).await;
    assert!(taken.texts(".error-summary").iter().any(|e| e.contains("湖里区窗口")), "{}", taken.body);
    let lost = desk
        .post("/windows/new", &[("organisation", "ZZ-999999"), ("name", "x"), ("kind", "base"), ("state", "connected")])
        .await;
    assert_eq!(lost.texts(".error-summary li").len(), 2);
    let page = desk.get(&made.location).await;
    assert!(page.body.contains("2025年1月1日") && page.body.contains("示例产业园"), "{}", page.body);
    let bad = desk.post("/windows/clusters", &[("code", "水暖"), ("name", "")]).await;
    assert_eq!(bad.texts(".error-summary li").len(), 2);
    let cluster = desk.post("/windows/clusters", &[("code", "bath"), ("name", "示例水暖集群")]).await;
    assert_eq!(cluster.status, StatusCode::SEE_OTHER, "{}", cluster.body);
    assert!(desk.get("/windows/new").await.body.contains("示例水暖集群"));
    let edit = format!("{}/edit", made.location);
    let version = desk.get(&edit).await.attribute("input[name=version]", "value").unwrap();
    let mut change = fields.to_vec();
    change[0] = ("version", &version);
    change[5] = ("state", "suspended");
    assert_eq!(desk.post(&edit, &change).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&edit, &change).await.status, StatusCode::CONFLICT);
    let page = desk.get(&made.location).await;
    assert!(
        page.texts("tbody td").iter().any(|t| t.contains("暂停") || t.contains("停")),
        "{:?}",
        page.texts("tbody td")
    );
    assert!(desk.get("/windows").await.statements <= 15);
}

#[tokio::test]
async fn pages_are_whole_in_both_languages() {
    let house = with_firms(3).await;
    let mut desk = house.desk().await;
    desk.post("/providers/new", &[("name", "示例检测有限公司"), ("categories", "05")]).await;
    desk.post("/products/new", &[("name", "电磁兼容预测试"), ("category", "05"), ("provider", "JG-000001")]).await;
    desk.post(
        "/windows/new",
        &[
            ("organisation", "ZZ-000004"),
            ("name", "湖里区窗口"),
            ("kind", "comprehensive"),
            ("district", "350206"),
            ("state", "connected"),
        ],
    )
    .await;
    for language in ["zh-CN", "en"] {
        desk.language = language;
        for path in [
            "/enterprises",
            "/enterprises/new",
            "/enterprises/ZZ-000001",
            "/enterprises/ZZ-000001/edit",
            "/providers",
            "/providers/new",
            "/providers/JG-000001",
            "/providers/JG-000001/edit",
            "/products",
            "/products/new",
            "/products/CP-000001",
            "/products/CP-000001/edit",
            "/windows",
            "/windows/new",
            "/windows/CK-0001",
            "/windows/CK-0001/edit",
            "/imports",
            "/imports/new",
            "/verifications",
        ] {
            let page = desk.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path} {}", page.body);
            assert_eq!(page.texts("h1").len(), 1, "{path}");
            assert!(page.statements <= 15, "{path} {}", page.statements);
            assert!(!page.body.contains("style=\""), "{path}");
            // Every input has its label.
            let html = page.html();
            let inputs = scraper::Selector::parse(
                "main input:not([type=hidden]):not([type=radio]):not([type=checkbox]), main select, main textarea",
            )
            .unwrap();
            for input in html.select(&inputs) {
                let id = input.attr("id").unwrap_or_default();
                let label = scraper::Selector::parse(&format!("label[for=\"{id}\"]")).unwrap();
                assert!(html.select(&label).next().is_some(), "{path} {id}");
            }
        }
    }
}
