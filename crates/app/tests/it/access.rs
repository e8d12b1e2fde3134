//! Every route × every role. What a table says about a route is what the running program does.

use std::collections::BTreeSet;

use axum::http::Method;
use huiqi_app::wiring;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_testkit::app::{Client, TestApp, run};
use huiqi_web::Access;

/// A path with something in the place of each parameter that is a record of nobody.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "XX-0000-000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn every_route_admits_whom_it_says() {
    run(async {
        let app = TestApp::sqlite().await;
        let mut clients: Vec<(&str, Client)> = vec![("nobody", app.public())];
        for role in Role::ALL {
            clients.push((role.code(), app.as_(*role).await));
        }
        let mut asked = 0;
        for (name, client) in &clients {
            for route in app.app.routes() {
                // Ends the very session that asks.
                if route.path == "/sign-out" || route.path == "/acting" {
                    continue;
                }
                let path = filled(route.path);
                let page = match route.method {
                    Method::GET => client.get(&path).await,
                    _ => client.post(&path, &[]).await,
                };
                asked += 1;
                let what = format!("{} {} as {name}: {}", route.method, route.path, page.status);
                assert!(page.status < 500, "{what}\n{}", page.words());
                let admitted = route.access.admits(&client.viewer());
                let to_sign_in = page.location().is_some_and(|to| to.starts_with("/sign-in?next="));
                if admitted {
                    assert!(page.status != 401 && !(page.status == 303 && to_sign_in), "{what}");
                } else if client.viewer() == Viewer::Public {
                    match route.method {
                        Method::GET => assert!(page.status == 303 && to_sign_in, "{what}"),
                        _ => assert_eq!(page.status, 401, "{what}"),
                    }
                } else {
                    assert_eq!(page.status, 403, "{what}");
                }
            }
        }
        assert!(asked > 1500, "{asked}");
    });
}

#[test]
fn a_step_from_another_site_is_refused_everywhere() {
    run(async {
        let app = TestApp::sqlite().await;
        let agent = app.as_(Role::OperatorManager).await;
        for route in app.app.routes().iter().filter(|route| route.method == Method::POST) {
            let page = agent
                .send(
                    Method::POST,
                    &filled(route.path),
                    Some("application/x-www-form-urlencoded"),
                    Vec::new(),
                    &[("origin", "http://evil.example")],
                )
                .await;
            assert_eq!(page.status, 403, "{}", route.path);
        }
    });
}

#[test]
fn every_page_without_a_record_opens_within_its_statements_in_both_languages() {
    run(async {
        let app = TestApp::sqlite().await;
        let mut clients = vec![app.public()];
        for role in Role::ALL {
            clients.push(app.as_(*role).await);
        }
        let mut seen = BTreeSet::new();
        for client in &clients {
            for route in app.app.routes().iter().filter(|r| r.method == Method::GET && !r.path.contains('{')) {
                if !route.access.admits(&client.viewer()) {
                    continue;
                }
                for locale in Locale::ALL {
                    let page = client.in_language(locale).get(route.path).await;
                    if page.status != 200 || !page.text.starts_with("<!doctype") {
                        continue;
                    }
                    seen.insert(route.path);
                    let most = if route.path == "/overview" { 30 } else { 15 };
                    assert!(page.statements <= most, "{}: {} statements", route.path, page.statements);
                    assert_eq!(page.all("h1").len(), 1, "{} in {}", route.path, locale.tag());
                    assert_eq!(page.attributes("html", "lang"), [locale.tag()]);
                }
            }
        }
        assert!(seen.len() > 25, "{seen:?}");
    });
}

#[test]
fn every_flow_is_sound() {
    let faults: Vec<String> =
        wiring::slices().iter().flat_map(|slice| &slice.flows).flat_map(|flow| flow.faults()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn public_routes_are_few_and_known() {
    let mut public: Vec<String> = wiring::slices()
        .iter()
        .flat_map(|slice| &slice.routes)
        .filter(|route| route.access == Access::Public && route.method == Method::POST)
        .map(|route| route.path.to_owned())
        .collect();
    public.sort();
    // Whoever opens one more step to everybody says so here.
    for path in &public {
        assert!(
            [
                "/sign-in",
                "/sign-out",
                "/reset",
                "/ask",
                "/follow",
                "/register",
                "/join",
                "/invitation",
                "/rate",
                "/gateway",
                "/t"
            ]
            .iter()
            .any(|known| path == known || path.starts_with(&format!("{known}/"))),
            "{path}"
        );
    }
    assert!(!public.is_empty());
}
