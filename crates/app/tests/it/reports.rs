//! Reports of wrongdoing (举报): seen by the officers named for them and by nobody else – on every page, in every search,
//! count, export, notice, list and log, for every role.

use std::collections::BTreeMap;

use axum::http::Method;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::{Client, File, Member, Page, TestApp, run};

/// Words that stand in the reports and nowhere else.
const MARKS: &[&str] =
    &["鲸落台账", "珊瑚假票", "海星回扣", "沉木", "浮标厂", "13911112222", "13933334444", "13955556666", "贝壳单据"];
/// Words of those who report: hidden even from whoever handles the report.
const REPORTERS: &[&str] = &["沉木", "浮标厂", "13911112222", "13933334444", "13955556666", "2222", "4444", "6666"];

#[derive(FromQueryResult)]
struct Number {
    number: String,
}

async fn numbers(app: &TestApp, sql: &str) -> Vec<String> {
    ctx::all::<Number>(&app.ctx, sql, []).await.unwrap().into_iter().map(|row| row.number).collect()
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Everything that can be opened without naming a record, and searches for the marks.
fn open_pages(app: &TestApp) -> Vec<String> {
    let mut paths: Vec<String> = app
        .app
        .routes()
        .iter()
        .filter(|r| r.method == Method::GET && !r.path.contains('{') && !r.path.starts_with("/audit"))
        .map(|r| r.path.to_owned())
        .collect();
    for mark in MARKS {
        let mark: String = url::form_urlencoded::byte_serialize(mark.as_bytes()).collect();
        for path in ["/cases?q=", "/search?q=", "/inbox?q=", "/improvements?q=", "/enterprises?q=", "/requests/new?q="]
        {
            paths.push(format!("{path}{mark}"));
        }
    }
    paths.extend(
        [
            "/cases?kind=report",
            "/inbox?kind=report",
            "/inbox?tab=waiting",
            "/inbox?tab=new",
            "/call-backs?tab=ended",
            "/notices?unread=yes",
            "/overview/records?figure=intake",
            "/overview/records?figure=intake&kind=report",
            "/overview/records?figure=given",
            "/overview/records?figure=late&step=accept",
            "/overview/records?figure=improve-opened",
            "/overview/records?figure=calls-open",
        ]
        .map(str::to_owned),
    );
    paths
}

/// What a page says, whole.
fn said(page: &Page, path: &str) -> String {
    // A workbook carries the moment it was written; the same rows stand in its `.csv`.
    let text = if path.contains(".xlsx") { "" } else { &page.text };
    // A form's key is drawn anew each time.
    let mut parts = text.split("name=\"once\" value=\"");
    let mut out = format!("{} {}", page.status, parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out
}

async fn walk(app: &TestApp, clients: &[(String, Client)]) -> BTreeMap<(String, String), String> {
    let paths = open_pages(app);
    let mut out = BTreeMap::new();
    for (name, client) in clients {
        for path in &paths {
            out.insert((name.clone(), path.clone()), said(&client.get(path).await, path));
        }
    }
    out
}

/// Everybody but the named officer, among them a colleague at the reporter's own firm.
async fn others(app: &TestApp, reporter: &Client) -> Vec<(String, Client)> {
    let mut out = vec![("nobody".to_owned(), app.public())];
    for role in Role::ALL {
        if *role != Role::EnterpriseMember {
            out.push((role.code().to_owned(), app.as_(*role).await));
        }
    }
    let firm = reporter.actor().organisation;
    out.push(("colleague".to_owned(), app.member(Member { organisation: firm, ..Member::default() }).await));
    let second = app.member(Member { role: Role::BureauOfficer, organisation: bureau(app).await, ..Member::default() });
    out.push(("another officer of the bureau".to_owned(), second.await));
    out
}

async fn bureau(app: &TestApp) -> i64 {
    app.office(huiqi_kernel::people::Capacity::Bureau).await
}

const SIGNED: &[(&str, &str)] = &[
    ("step", "2"),
    ("kind", "report"),
    ("title", "海星回扣"),
    ("words", "采购的人收了海星回扣，单子另附。"),
    ("contact", "沉木三"),
    ("phone", "13955556666"),
    ("reach", "call"),
    ("consent", "yes"),
];

#[test]
fn a_report_is_seen_by_nobody_else() {
    run(async {
        let app = TestApp::sqlite().await;
        let reporter = app.as_(Role::EnterpriseMember).await;
        let others = others(&app, &reporter).await;
        let agent = app.as_(Role::OperatorAgent).await;
        // One officer is named; the one of the walk above is another.
        let named = app
            .member(Member { role: Role::BureauOfficer, organisation: bureau(&app).await, ..Member::default() })
            .await;
        let approver = app.as_(Role::BureauApprover).await;
        let person = numbers(&app, &format!("SELECT number FROM person WHERE id = {}", named.actor().person)).await;
        approver.post("/settings/report-officers", &[("officer", &person[0])]).await.expect(303);
        // Something that everybody may see, so that lists are not empty; and everything read that was told.
        let ordinary = reporter
            .post(
                "/ask",
                &[
                    ("step", "2"),
                    ("kind", "need"),
                    ("category", "05"),
                    ("title", "平常的一件"),
                    ("words", "想做一次预测试。"),
                    ("contact", "王例明"),
                    ("phone", "13900001234"),
                    ("reach", "call"),
                    ("consent", "yes"),
                ],
            )
            .await;
        ordinary.expect(303);
        // Walked once before, so that messages of earlier steps are shown and gone.
        walk(&app, &others).await;
        let before = walk(&app, &others).await;

        // By somebody without account, by a signed-in firm with a file, and over the phone.
        let visitor = app.public();
        let page = visitor
            .post(
                "/ask",
                &[
                    ("step", "2"),
                    ("kind", "report"),
                    ("title", "鲸落台账"),
                    ("words", "有人做了两套鲸落台账。"),
                    ("firm", "浮标厂甲"),
                    ("district", "350206"),
                    ("contact", "沉木一"),
                    ("phone", "13911112222"),
                    ("reach", "site"),
                    ("consent", "yes"),
                ],
            )
            .await;
        page.expect(303);
        let mut reports = vec![last(page.location().unwrap())];
        let file = File { field: "file", name: "贝壳单据.txt", content: "一张单子".as_bytes() };
        let page = reporter.post_files("/ask", SIGNED, &[file]).await;
        page.expect(303);
        reports.push(last(page.location().unwrap()));
        let page = agent
            .post(
                "/requests/new",
                &[
                    ("kind", "report"),
                    ("title", "珊瑚假票"),
                    ("words", "来电说有人开了珊瑚假票。"),
                    ("firm", "浮标厂乙"),
                    ("district", "350206"),
                    ("contact", "沉木二"),
                    ("phone", "13933334444"),
                    ("channel", "hotline"),
                    ("do", "take"),
                ],
            )
            .await;
        page.expect(303);
        // Number and query code are read out to the caller; what was noted is not shown again.
        page.follow().await.expect(200).has("查询码").lacks("沉木");
        let all = numbers(&app, "SELECT number FROM case_record WHERE kind = 'report' ORDER BY id").await;
        assert_eq!(all.len(), 3);
        assert!(reports.iter().all(|n| all.contains(n)));

        // Nobody's pages, lists, counts, figures, exports and notices have changed by a letter.
        let after = walk(&app, &others).await;
        for (key, was) in &before {
            let is = &after[key];
            assert!(was == is, "{} of {} changed:\n{}", key.1, key.0, difference(was, is));
        }
        nowhere(&app, &others, &all).await;

        // The named officer sees all three, whole.
        let inbox = named.get("/inbox").await;
        inbox.expect(200);
        for (number, mark) in [(&reports[0], "鲸落台账"), (&reports[1], "海星回扣"), (&all[2], "珊瑚假票")]
        {
            inbox.has(number).has(mark);
            named.get(&format!("/requests/{number}")).await.expect(200).has(mark).has("沉木");
        }
        named.get("/notices").await.expect(200).has(&reports[0]);
        named.get("/cases?q=鲸落台账").await.expect(200).has(&reports[0]);
        named.get("/search?q=海星回扣").await.expect(200).has(&reports[1]);
        // Whoever reported follows it; a colleague does not.
        reporter.get("/requests").await.expect(200).has(&reports[1]);

        // Dispatched and answered, the handler learns the matter, never who reported; all others learn nothing.
        let window = app.as_(Role::WindowAgent).await;
        named.post(&format!("/requests/{}/accept", reports[1]), &[("class", "complex")]).await.expect(303);
        let to = numbers(&app, "SELECT number FROM service_window ORDER BY id").await.remove(0);
        named.post(&format!("/requests/{}/dispatch", reports[1]), &[("to", &to), ("mode", "lead")]).await.expect(303);
        let below = numbers(&app, "SELECT number FROM case_record WHERE flow = 'assignment' AND kind = 'report'").await;
        window.post(&format!("/assignments/{}/take", below[0]), &[]).await.expect(303);
        window.post(&format!("/assignments/{}/contact", below[0]), &[("words", "看过账了")]).await.expect(303);
        window.post(&format!("/assignments/{}/report", below[0]), &[("words", "已经查过")]).await.expect(303);
        reporter.post(&format!("/requests/{}/confirm", reports[1]), &[]).await.expect(303);
        reporter.post(&format!("/requests/{}/rating", reports[1]), &[("grade", "1")]).await.expect(303);
        let all = numbers(
            &app,
            "SELECT c.number FROM case_record c LEFT JOIN case_record u ON u.id = c.parent
             WHERE c.kind = 'report' OR u.kind = 'report' ORDER BY c.id",
        )
        .await;
        assert_eq!(all.len(), 5, "three reports, an assignment and an improvement");
        let handlers = [Role::WindowAgent.code(), Role::WindowManager.code()];
        let (handling, rest): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|(name, _)| handlers.contains(&name.as_str()));
        nowhere(&app, &rest, &all).await;
        for (name, client) in &handling {
            client.get(&format!("/requests/{}", reports[1])).await.expect(200).has("海星回扣");
            for path in paths_of(&app, client, &all, &[]).into_iter().chain(open_pages(&app)) {
                let page = client.get(&path).await;
                let text = without_echo(&page, &path);
                for mark in REPORTERS {
                    assert!(!text.contains(mark), "{path} tells {name} who reported: {mark}");
                }
            }
        }
        app.audit_is_whole().await;
    });
}

/// Addresses with these numbers in the place of every parameter.
fn paths_of(app: &TestApp, client: &Client, numbers: &[String], files: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for route in app.app.routes() {
        if route.method != Method::GET || !route.path.contains('{') || !route.access.admits(&client.viewer()) {
            continue;
        }
        for number in numbers.iter().chain(files) {
            out.push(with(route.path, number));
        }
    }
    out
}

fn with(path: &str, number: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { number } else { part }).collect::<Vec<_>>().join("/")
}

/// A page without what the address itself put there.
fn without_echo(page: &Page, path: &str) -> String {
    let mut text = page.text.clone();
    if let Some((_, query)) = path.split_once('?') {
        for (_, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let encoded: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            text = text.replace(&*value, "").replace(&encoded, "");
        }
    }
    text
}

/// For these people a report is not there: every address with its number answers as one with a number of nobody, and
/// no page holds a mark or a number.
async fn nowhere(app: &TestApp, people: &[(String, Client)], numbers: &[String]) {
    let files: Vec<String> = ctx::all::<Number>(
        &app.ctx,
        "SELECT f.number FROM stored_file f JOIN case_attachment a ON a.file = f.id JOIN case_record c ON c.id = a.case_id
         WHERE c.kind = 'report'",
        [] as [Value; 0],
    )
    .await
    .unwrap()
    .into_iter()
    .map(|row| row.number)
    .collect();
    assert!(!files.is_empty());
    for (name, client) in people {
        for path in open_pages(app).into_iter().chain(audits(client, numbers)) {
            let page = client.get(&path).await;
            let text = without_echo(&page, &path);
            for mark in MARKS {
                assert!(!text.contains(mark), "{path} tells {name}: {mark}");
            }
            for number in numbers {
                assert!(!text.contains(number.as_str()), "{path} tells {name}: {number}");
            }
        }
        for route in app.app.routes().iter().filter(|r| r.path.contains('{') && r.path != "/acting") {
            for number in numbers.iter().chain(&files) {
                let (path, unknown) = (with(route.path, number), with(route.path, "FW-2026-999999"));
                let (page, none) = match route.method {
                    Method::GET => (client.get(&path).await, client.get(&unknown).await),
                    _ => (client.post(&path, &[]).await, client.post(&unknown, &[]).await),
                };
                let what = format!("{} {path} as {name}", route.method);
                // Whoever noted it at the counter may read number and query code out once more, and nothing else.
                let receipt = name == "operator-agent" && route.path == "/requests/new/{number}";
                assert!(receipt || page.status == none.status, "{what} answers otherwise than for a number of nobody");
                for mark in MARKS {
                    assert!(!page.text.contains(mark), "{what}: {mark}");
                }
            }
        }
    }
}

/// The audit log and its export, plain and asked for each number.
fn audits(client: &Client, numbers: &[String]) -> Vec<String> {
    if !matches!(client.viewer(), Viewer::Signed(actor) if actor.role == Role::AuditAdmin) {
        return Vec::new();
    }
    let mut out = vec!["/audit".to_owned(), "/audit/export".to_owned(), "/audit?action=request.".to_owned()];
    for number in numbers {
        out.push(format!("/audit?number={number}"));
        out.push(format!("/audit/export?number={number}"));
    }
    out
}

/// The first place at which two texts differ, with something around it.
fn difference(a: &str, b: &str) -> String {
    let at = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let around = |text: &str| text.chars().skip(at.saturating_sub(80)).take(240).collect::<String>();
    format!("before: {}\nafter:  {}", around(a), around(b))
}
