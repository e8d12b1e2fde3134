use huiqi_kernel::people::Role;
use huiqi_testkit::app::{Page, TestApp, run};

fn nav(page: &Page) -> Vec<String> {
    page.attributes("nav.nav a", "href")
}

#[test]
fn nobody_is_led_to_a_closed_or_missing_page() {
    run(async {
        let app = TestApp::sqlite().await;
        let mut clients = vec![app.public()];
        for role in Role::ALL {
            clients.push(app.as_(*role).await);
        }
        for client in clients {
            let page = client.get("/rule").await;
            page.expect(200);
            let links = nav(&page);
            assert!(!links.is_empty());
            assert_eq!(page.all("nav.nav a[aria-current]").len(), 1, "one entry is the current one");
            for href in
                links.iter().chain(&page.attributes("footer a", "href")).filter(|href| !href.starts_with("tel:"))
            {
                let answer = client.get(href).await;
                assert!(matches!(answer.status, 200 | 303), "{href}: {}\n{}", answer.status, answer.words());
            }
        }
    });
}

#[test]
fn each_sees_what_is_theirs() {
    run(async {
        let app = TestApp::sqlite().await;
        let of = async |role| nav(&app.as_(role).await.get("/rule").await);
        let public = nav(&app.public().get("/").await);
        assert_eq!(public, ["/", "/services", "/find/windows", "/rule", "/ask", "/follow"]);
        let firm = of(Role::EnterpriseMember).await;
        assert!(firm.contains(&"/requests".to_owned()) && !firm.contains(&"/inbox".to_owned()));
        let dispatcher = of(Role::OperatorDispatcher).await;
        assert_eq!(dispatcher.first().map(String::as_str), Some("/inbox"));
        assert!(!dispatcher.contains(&"/audit".to_owned()));
        let auditor = of(Role::AuditAdmin).await;
        assert!(auditor.contains(&"/audit".to_owned()) && !auditor.contains(&"/inbox".to_owned()));
        let admin = of(Role::SystemAdmin).await;
        assert!(admin.contains(&"/settings".to_owned()) && admin.contains(&"/people".to_owned()));
        assert!(of(Role::CentreOfficer).await.contains(&"/overview".to_owned()));
    });
}

#[test]
fn the_search_of_the_workbench_opens_what_has_a_number() {
    run(async {
        let app = TestApp::sqlite().await;
        app.firm("示例卫浴科技有限公司").await;
        let agent = app.as_(Role::OperatorAgent).await;
        assert_eq!(agent.get("/search?q=fw-2026-000001").await.location(), Some("/cases/FW-2026-000001"));
        let page = agent.get("/search?q=卫浴").await;
        page.expect(200).has("示例卫浴科技有限公司");
        assert!(page.attributes("main a", "href").iter().any(|href| href.starts_with("/cases?q=")));
        agent.get("/search").await.expect(200);
        app.public().get("/search?q=x").await.expect(303);
        app.as_(Role::EnterpriseMember).await.get("/search?q=x").await.expect(403);
    });
}

#[test]
fn the_search_of_the_workbench_finds_requests_by_what_they_say() {
    run(async {
        for app in [TestApp::sqlite().await, TestApp::postgres().await] {
            let ask = [
                ("firm", "示例电子"),
                ("district", "350206"),
                ("contact", "王例明"),
                ("phone", "13900001234"),
                ("channel", "hotline"),
                ("kind", "need"),
                ("words", "三款控制板要出口，想先做一次电磁兼容预测试。"),
                ("do", "take"),
            ];
            app.as_(Role::OperatorAgent).await.post("/requests/new", &ask).await.expect(303);
            let found = app.as_(Role::OperatorDispatcher).await.get("/search?q=控制板").await;
            found.expect(200).has("FW-2026-000001").has("三款控制板要出口");
            let window = app.as_(Role::WindowAgent).await.get("/search?q=控制板").await;
            window.expect(200).lacks("FW-2026-000001").has("没有查到");
        }
    });
}
