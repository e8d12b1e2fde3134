//! Every page that links lead to, as every role, in both languages: it opens, has one heading, labels its fields, holds
//! no text of the other language, and stays within its budget of statements.

use std::collections::{BTreeSet, VecDeque};

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_testkit::app::{Client, Page, TestApp, run};
use scraper::{ElementRef, Selector};

/// Most pages looked at for one role and language.
const MOST: usize = 140;

fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

/// A request in progress, one answered, one closed with a bad grade: something to see on most pages.
async fn some_life(app: &TestApp) {
    let firm = app.as_(Role::EnterpriseMember).await;
    let window = app.as_(Role::WindowAgent).await;
    let agent = app.as_(Role::OperatorAgent).await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let provider = app.provider("示例检测服务有限公司", &["05"]).await;
    app.product(provider, "示例预测试", "05", "free").await;
    for last in ["submitted", "taken", "answered", "graded"] {
        let page = firm
            .post(
                "/ask",
                &[
                    ("step", "2"),
                    ("kind", "need"),
                    ("category", "05"),
                    ("title", "示例预测试"),
                    ("words", "示例：想做一次预测试。"),
                    ("contact", "示例王"),
                    ("phone", "13900001234"),
                    ("reach", "call"),
                    ("consent", "yes"),
                ],
            )
            .await;
        page.expect(303);
        let number = page.location().unwrap().rsplit('/').next().unwrap().to_owned();
        if last == "submitted" {
            continue;
        }
        agent
            .post(&format!("/requests/{number}/accept"), &[("class", "ordinary"), ("kind", "need"), ("category", "05")])
            .await
            .expect(303);
        let list = dispatcher.get(&format!("/requests/{number}/dispatch")).await;
        let to = list
            .html()
            .select(&select("select[name=more] option"))
            .filter_map(|o| o.value().attr("value").map(str::to_owned))
            .find(|v| v.starts_with("CK-"))
            .expect("the window can be chosen");
        dispatcher.post(&format!("/requests/{number}/dispatch"), &[("to", &to), ("mode", "lead")]).await.expect(303);
        let page = window.get(&format!("/requests/{number}")).await;
        let below = page
            .attributes("form[action^='/assignments/']", "action")
            .first()
            .and_then(|a| a.split('/').nth(2).map(str::to_owned))
            .expect("the assignment can be taken");
        window.post(&format!("/assignments/{below}/take"), &[]).await.expect(303);
        if last == "taken" {
            continue;
        }
        window.post(&format!("/assignments/{below}/contact"), &[("words", "示例：联系上了")]).await.expect(303);
        window.post(&format!("/assignments/{below}/report"), &[("words", "示例：做完了")]).await.expect(303);
        if last == "answered" {
            continue;
        }
        firm.post(&format!("/requests/{number}/confirm"), &[]).await.expect(303);
        firm.post(&format!("/requests/{number}/rating"), &[("grade", "2"), ("words", "示例：慢")]).await.expect(303);
    }
}

/// Links inside the site that a person could click.
fn links(page: &Page) -> Vec<String> {
    page.html()
        .select(&select("a[href]"))
        .filter_map(|a| a.value().attr("href").map(str::to_owned))
        .filter(|href| href.starts_with('/') && !href.starts_with("//"))
        .map(|href| href.split('#').next().unwrap_or_default().to_owned())
        .filter(|href| !href.is_empty() && !href.starts_with("/language") && !href.starts_with("/assets/"))
        .collect()
}

/// The part of an address that says which page it is, so that a list's filters do not fill the crawl.
fn kind(path: &str) -> String {
    let bare = path.split('?').next().unwrap_or_default();
    let query = if path.contains('?') { "?" } else { "" };
    let parts: Vec<&str> =
        bare.split('/').map(|p| if p.chars().any(|c| c.is_ascii_digit()) { "#" } else { p }).collect();
    format!("{}{query}", parts.join("/"))
}

fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Words of a page in a language it should not hold. Names and texts of the test's own data all contain 示例; numbers of
/// Chinese documents and the words the rule protects (Art. 14) stay Chinese, and a language is named in itself.
fn foreign(page: &Page, locale: Locale) -> Vec<String> {
    fn walk(element: ElementRef<'_>, chinese: bool, locale: Locale, out: &mut Vec<String>) {
        let lang = element.value().attr("lang");
        let chinese = lang.map_or(chinese, |l| l.starts_with("zh"));
        if lang.is_some_and(|l| !l.starts_with(locale.tag().split('-').next().unwrap_or_default())) {
            return;
        }
        if matches!(element.value().name(), "script" | "style" | "svg" | "code" | "pre") {
            return;
        }
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                let text = text.trim();
                let wrong = match locale {
                    Locale::En => {
                        !chinese
                            && text.chars().any(han)
                            && !text.contains("示例")
                            && !text.contains('〔')
                            && !text.contains("窗口平台")
                            && text != "中文"
                    }
                    Locale::Zh => text.split(|c: char| !(c.is_ascii_alphabetic() || c == ' ')).any(|run| {
                        run.split_whitespace()
                            .filter(|w| w.len() > 2 && w.chars().any(|c| c.is_ascii_lowercase()))
                            .count()
                            >= 3
                    }),
                };
                if wrong {
                    out.push(text.chars().take(60).collect());
                }
            } else if let Some(element) = ElementRef::wrap(child) {
                walk(element, chinese, locale, out);
            }
        }
    }
    let html = page.html();
    let mut out = Vec::new();
    if let Some(body) = html.select(&select("body")).next() {
        walk(body, locale == Locale::Zh, locale, &mut out);
    }
    out
}

/// Fields that nobody who listens to the page could name.
fn unlabelled(page: &Page) -> Vec<String> {
    let html = page.html();
    let labels: BTreeSet<String> =
        html.select(&select("label[for]")).filter_map(|l| l.value().attr("for").map(str::to_owned)).collect();
    html.select(&select("input, select, textarea"))
        .filter(|f| !matches!(f.value().attr("type"), Some("hidden" | "submit")))
        .filter(|f| {
            let named = f.value().attr("aria-label").is_some() || f.value().attr("aria-labelledby").is_some();
            let bound = f.value().attr("id").is_some_and(|id| labels.contains(id));
            let inside = f.ancestors().filter_map(ElementRef::wrap).any(|a| a.value().name() == "label");
            !(named || bound || inside)
        })
        .map(|f| f.html().chars().take(80).collect())
        .collect()
}

/// What a phone cannot use: links that open another window, and the hotline as words that cannot be tapped.
fn untappable(page: &Page, hotline: &str) -> Vec<String> {
    let html = page.html();
    let mut out: Vec<String> = html
        .select(&select("[target]"))
        .map(|e| format!("opens a window: {}", e.html().chars().take(80).collect::<String>()))
        .collect();
    for node in html.tree.nodes() {
        let Some(text) = node.value().as_text().filter(|t| t.contains(hotline)) else { continue };
        let tapped = node
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|a| a.value().name() == "textarea" || a.value().attr("href").is_some_and(|h| h.starts_with("tel:")));
        if !tapped {
            out.push(format!("no tel: link: {}", text.trim().chars().take(60).collect::<String>()));
        }
    }
    out
}

async fn crawl(client: &Client, name: &str, locale: Locale, hotline: &str, wrong: &mut Vec<String>) {
    let client = client.in_language(locale);
    let mut queue: VecDeque<String> = VecDeque::from(["/".to_owned()]);
    let mut seen: BTreeSet<String> = BTreeSet::from([kind("/")]);
    let mut count = 0;
    while let Some(path) = queue.pop_front() {
        count += 1;
        if count > MOST {
            break;
        }
        let mut page = client.get(&path).await;
        for _ in 0..3 {
            if (300..400).contains(&page.status) {
                page = page.follow().await;
            }
        }
        let here = format!("{path} as {name} in {}", locale.tag());
        if page.status != 200 {
            wrong.push(format!("{here}: {}", page.status));
            continue;
        }
        if !page.text.starts_with("<!doctype html>") {
            continue;
        }
        let budget = if path.starts_with("/overview") { 30 } else { 15 };
        if page.statements > budget {
            wrong.push(format!("{here}: {} statements", page.statements));
        }
        let headings = page.all("h1").len();
        if headings != 1 {
            wrong.push(format!("{here}: {headings} h1"));
        }
        for field in unlabelled(&page) {
            wrong.push(format!("{here}: no label: {field}"));
        }
        // Where the texts of the site are edited, they are texts.
        for what in untappable(&page, hotline).into_iter().filter(|_| !path.starts_with("/settings/site")) {
            wrong.push(format!("{here}: {what}"));
        }
        for words in foreign(&page, locale) {
            wrong.push(format!("{here}: other language: {words}"));
        }
        for href in links(&page) {
            if seen.insert(kind(&href)) {
                queue.push_back(href);
            }
        }
    }
    assert!(count > 5, "{name} sees {count} pages only");
}

fn check(roles: &'static [Role], public: bool) {
    run(async move {
        let app = TestApp::demo().await;
        some_life(&app).await;
        let mut wrong = Vec::new();
        for locale in Locale::ALL {
            let hotline = app.ctx.site().text("hotline", locale).to_owned();
            if public {
                crawl(&app.public(), "nobody", locale, &hotline, &mut wrong).await;
            }
            for role in roles {
                crawl(&app.as_(*role).await, role.code(), locale, &hotline, &mut wrong).await;
            }
        }
        wrong.sort();
        wrong.dedup();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn firms_and_the_public() {
    check(&[Role::EnterpriseMember, Role::EnterpriseRepresentative], true);
}

#[test]
fn the_operator() {
    check(&[Role::OperatorAgent, Role::OperatorDispatcher, Role::OperatorManager, Role::OperatorEditor], false);
}

#[test]
fn handlers() {
    check(
        &[Role::WindowAgent, Role::WindowManager, Role::ProviderAgent, Role::ProviderManager, Role::DepartmentOfficer],
        false,
    );
}

#[test]
fn centre_bureau_and_administrators() {
    check(
        &[
            Role::CentreOfficer,
            Role::CentreApprover,
            Role::CentreAgent,
            Role::BureauOfficer,
            Role::BureauApprover,
            Role::SystemAdmin,
            Role::SecurityAdmin,
            Role::AuditAdmin,
            Role::Expert,
        ],
        false,
    );
}
