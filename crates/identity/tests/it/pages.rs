//! Every page in both languages: parses, one `h1`, labels bound, few statements; and who may open what.

use axum::http::{Method, StatusCode};
use huiqi_identity::notices::{Notice, send_in};
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_web::slice::Access;
use scraper::Selector;

use crate::support::{House, Page};

fn examine(path: &str, page: &Page) {
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    assert!(page.statements <= 15, "{path}: {} statements", page.statements);
    let html = page.html();
    let all = |selector: &str| html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
    assert_eq!(all("h1").len(), 1, "{path}");
    let mut ids: Vec<&str> = all("[id]").iter().filter_map(|e| e.value().attr("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{path}: an id is there twice");
    for label in all("label[for]") {
        let target = label.value().attr("for").unwrap();
        assert!(ids.contains(&target), "{path}: label for {target}");
    }
    for field in all("main input:not([type=hidden]), main select, main textarea") {
        let named = field.value().attr("aria-label").is_some()
            || field.value().attr("id").is_some_and(|id| !all(&format!("label[for=\"{id}\"]")).is_empty())
            || field.ancestors().any(|a| a.value().as_element().is_some_and(|e| e.name() == "label"));
        assert!(named, "{path}: {:?}", field.value());
    }
    for button in all("main button, main a") {
        assert!(!button.text().collect::<String>().trim().is_empty(), "{path}: a control without words");
    }
    assert!(!page.body.contains("style="), "{path}");
}

#[tokio::test]
async fn every_page_in_both_languages() {
    let house = House::sqlite().await;
    let system = house.organisation("系统管理", &[Capacity::System]).await;
    let (admin, _) = house.person("林示宁", "admin", system, None, Role::SystemAdmin).await;
    let operator = house.organisation("运营机构", &[Capacity::Operator, Capacity::Department]).await;
    let window = house.window(operator, "湖里区窗口").await;
    house.person("周示雨", "zhou", operator, Some(window), Role::WindowManager).await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let text = Bilingual { zh: "已受理。".into(), en: "Accepted.".into() };
    let notice = Notice { kind: "x", number: "FW-2026-000001".into(), text, href: "/".into() };
    send_in(&work, &[admin], &notice).await.unwrap();
    work.commit().await.unwrap();
    let mut browser = house.signed_in("admin").await;
    browser
        .post("/invitations", &[("organisation", "ZZ-000002"), ("name", "郑示林"), ("role", "operator-agent")])
        .await;
    for language in ["zh-CN", "en"] {
        browser.language = language;
        for path in [
            "/me",
            "/me/password",
            "/me/sessions",
            "/notices",
            "/notices?unread=yes",
            "/admin/outbox",
            "/organisations",
            "/organisations?q=运营&capacity=operator",
            "/organisations?q=yyjg",
            "/organisations/new",
            "/organisations/ZZ-000002",
            "/people",
            "/people?organisation=ZZ-000002&role=window-manager&q=周",
            "/people/new?organisation=ZZ-000002",
            "/people/RY-000001",
            "/people/RY-000002",
            "/invitations",
            "/invitations?organisation=ZZ-000002",
            "/reset",
            "/reset/code",
            "/reset/desk",
        ] {
            let page = browser.get(&url_of(path)).await;
            examine(path, &page);
            assert!(page.body.contains(&format!("<html lang=\"{language}\">")), "{path}");
        }
        let mut guest = house.browser();
        guest.language = language;
        for path in ["/sign-in", "/sign-in?next=/me", "/reset", "/reset/code?login=zhou"] {
            examine(path, &guest.get(path).await);
        }
        // English pages hold no Chinese of ours.
        if language == "en" {
            let page = guest.get("/sign-in").await;
            let main = page.text("main");
            assert!(!main.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{main}");
        }
    }
}

fn url_of(path: &str) -> String {
    path.chars()
        .map(|c| {
            if c.is_ascii() {
                c.to_string()
            } else {
                url::form_urlencoded::byte_serialize(c.to_string().as_bytes()).collect()
            }
        })
        .collect()
}

/// A page for one role is closed to all others; nothing but what is meant to be is open to the public.
#[tokio::test]
async fn access_is_as_listed() {
    let house = House::sqlite().await;
    let public: Vec<String> = house
        .app
        .routes()
        .iter()
        .filter(|r| r.access == Access::Public)
        .map(|r| format!("{} {}", r.method, r.path))
        .collect();
    assert_eq!(
        public,
        [
            "GET /invitation/{token}",
            "POST /invitation/{token}",
            "GET /sign-in",
            "POST /sign-in",
            "POST /sign-in/demo",
            "POST /sign-out",
            "GET /reset",
            "POST /reset",
            "GET /reset/code",
            "POST /reset/code",
            "GET /sign-in/phone",
            "POST /sign-in/phone",
            "POST /sign-in/phone/code",
            "GET /sign-in/phone/who",
            "POST /sign-in/phone/who",
            "POST /gateway/reports/{provider}",
            "GET /gateway/wechat",
            "POST /gateway/wechat",
        ]
    );
    let firm = house.organisation("示例光电", &[Capacity::Enterprise]).await;
    house.person("示例人", "firm", firm, None, Role::EnterpriseMember).await;
    let member = huiqi_identity::people::actor(&house.ctx, 1).await.unwrap().map(Viewer::Signed).unwrap();
    let mut browser = house.signed_in("firm").await;
    for route in house.app.routes() {
        let path = route.path.replace("{number}", "RY-000001").replace("{token}", "x");
        // What machines call is closed to whoever does not sign.
        if route.path == "/sign-out" || route.path == "/me/sessions/end" || route.path.starts_with("/gateway/") {
            continue;
        }
        let page = if route.method == Method::GET { browser.get(&path).await } else { browser.post(&path, &[]).await };
        let closed = page.status == StatusCode::FORBIDDEN;
        assert_eq!(closed, !route.access.admits(&member), "{} {}: {}", route.method, route.path, page.status);
    }
    let mut guest = house.browser();
    for route in house.app.routes().iter().filter(|r| r.access != Access::Public) {
        let path = route.path.replace("{number}", "RY-000001");
        let (status, wanted) = if route.method == Method::GET {
            (guest.get(&path).await.status, StatusCode::SEE_OTHER)
        } else {
            (guest.post(&path, &[]).await.status, StatusCode::UNAUTHORIZED)
        };
        assert_eq!(status, wanted, "{} {}", route.method, route.path);
    }
}
