use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_testkit::app::{TestApp, run};

#[test]
fn every_article_stands_on_the_page_with_what_carries_it_out() {
    run(async {
        let app = TestApp::sqlite().await;
        for locale in Locale::ALL {
            let page = app.public().in_language(locale).get("/rule").await;
            page.expect(200);
            let anchors = page.attributes("article[id]", "id");
            let wanted: Vec<String> = (1..=28).map(|n| format!("a{n}")).collect();
            assert_eq!(anchors, wanted);
            assert!(page.statements <= 15, "{}", page.statements);
        }
        let page = app.public().get("/rule").await;
        // Article 5 is carried out by the request's steps; its values stand there.
        let five = page.one("article#a5");
        assert!(five.contains("诉求") && five.contains("已能办"), "{five}");
        // Article 18 is not carried out, and the page says so.
        let eighteen = page.one("article#a18");
        assert!(eighteen.contains("还不能办") && eighteen.contains("还没有落实"), "{eighteen}");
        page.has("期满").has("工信部联企业〔2017〕187号");
        // Every link in the contents leads to an article of the page.
        for href in page.attributes("aside a[href^='#']", "href") {
            assert!(page.attributes("[id]", "id").contains(&href[1..].to_owned()), "{href}");
        }
    });
}

#[test]
fn every_procedure_is_shown_as_its_table() {
    run(async {
        let app = TestApp::sqlite().await;
        let flows: Vec<&str> = app.app.flows().iter().map(|f| f.code()).collect();
        assert!(flows.contains(&"request") && flows.contains(&"assignment") && flows.contains(&"improvement"));
        for code in flows {
            for locale in Locale::ALL {
                let page = app.public().in_language(locale).get(&format!("/rule/{code}")).await;
                page.expect(200);
                let steps = app.app.flow(code).map_or(0, |f| f.steps().len());
                assert_eq!(page.all("table tbody tr").len(), steps, "{code}");
                // Every way leads to a state that is on the page.
                let ids = page.attributes("li[id]", "id");
                for href in page.attributes("li li a", "href") {
                    assert!(ids.contains(&href[1..].to_owned()), "{code}: {href}");
                }
            }
        }
        app.public().get("/rule/none").await.expect(404);
    });
}

#[test]
fn links_to_pages_are_there_for_those_who_may_open_them() {
    run(async {
        let app = TestApp::sqlite().await;
        let hrefs = |page: &huiqi_testkit::app::Page| page.attributes("article#a5 a", "href");
        assert!(!hrefs(&app.public().get("/rule").await).contains(&"/enterprises".to_owned()));
        let agent = app.as_(Role::OperatorAgent).await;
        assert!(hrefs(&agent.get("/rule").await).contains(&"/enterprises".to_owned()));
    });
}

#[test]
fn the_plain_pages_are_there_in_both_languages() {
    run(async {
        let app = TestApp::sqlite().await;
        for path in ["/privacy", "/accessibility", "/help/keyboard"] {
            for locale in Locale::ALL {
                let page = app.public().in_language(locale).get(path).await;
                page.expect(200);
                assert_eq!(page.all("h1").len(), 1, "{path}");
                let han = page.one("main").chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert_eq!(han, locale == Locale::Zh, "{path} {locale:?}");
            }
        }
    });
}
