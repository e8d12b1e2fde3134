//! The overview: exact figures of a small network, and every figure against the list behind it.

use std::collections::BTreeSet;

use huiqi_kernel::category::Category;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_services::assignments::{self, flow::Action as Part};
use huiqi_services::improvements::{self, Cause, flow::Action as Better};
use huiqi_services::overview::ask::Ask as Question;
use huiqi_services::overview::public_figures;
use huiqi_services::overview::queries::{Figures, HandlerFigures, figures};
use huiqi_services::overview::sets::Watched;
use huiqi_services::ratings::actions::rate;
use huiqi_services::requests::actions::{self, By, Input, Target};
use huiqi_services::requests::flow::{Action, Channel, Class, ClosedHow, Mode, RequestKind};
use huiqi_services::requests::forms::Ask;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_store::{ctx, db};
use huiqi_testkit::app::{Client, Member, Page, TestApp};
use huiqi_testkit::both;

/// Everybody of a small network.
struct Town {
    app: TestApp,
    firm: Client,
    agent: Client,
    dispatcher: Client,
    manager: Client,
    window: Client,
    provider: Client,
    /// Organisation and row id of a window that takes nothing, and somebody there.
    idle: (i64, i64, Client),
}

fn viewer(client: &Client) -> Viewer {
    Viewer::Signed(client.actor().clone())
}

impl Town {
    async fn found(app: TestApp) -> Town {
        let (organisation, window) =
            app.window("海沧区示例窗口", huiqi_registers::windows::Kind::Comprehensive, "350205").await;
        let role = Role::WindowAgent;
        let idle = app.member(Member { role, organisation, window: Some(window), ..Member::default() }).await;
        Town {
            firm: app.as_(Role::EnterpriseMember).await,
            agent: app.as_(Role::OperatorAgent).await,
            dispatcher: app.as_(Role::OperatorDispatcher).await,
            manager: app.as_(Role::OperatorManager).await,
            window: app.as_(Role::WindowAgent).await,
            provider: app.as_(Role::ProviderAgent).await,
            idle: (organisation, window, idle),
            app,
        }
    }

    fn ask(&self, channel: Channel, kind: RequestKind, category: Option<&str>) -> Ask {
        Ask {
            channel,
            kind,
            category: category.and_then(Category::by_code),
            title: "想做一次预测试".to_owned(),
            words: "想做一次预测试。".to_owned(),
            firm: Some(self.firm.actor().organisation),
            firm_text: None,
            district: None,
            contact: "王例明".to_owned(),
            phone: "13900001234".to_owned(),
            reach: "call".to_owned(),
            outside: None,
            about: None,
            files: Vec::new(),
        }
    }

    async fn submit(&self, by: &Viewer, ask: &Ask) -> String {
        actions::submit(&self.app.ctx, by, ask, false).await.unwrap().number
    }

    async fn portal(&self, category: &str) -> String {
        self.submit(&viewer(&self.firm), &self.ask(Channel::Portal, RequestKind::Need, Some(category))).await
    }

    async fn step(&self, who: &Client, number: &str, action: Action, input: Input) {
        actions::step(&self.app.ctx, By::Viewer(&viewer(who)), number, action, &input).await.unwrap();
    }

    async fn accept(&self, number: &str, class: Class) {
        self.step(&self.agent, number, Action::Accept, Input { class: Some(class), ..Input::default() }).await;
    }

    async fn dispatch(&self, number: &str, to: &Client) {
        let target =
            Target { organisation: to.actor().organisation, window: to.actor().window, lead: true, why: String::new() };
        let by = viewer(&self.dispatcher);
        actions::dispatch(&self.app.ctx, &by, number, &[target], Mode::Lead, "", None).await.unwrap();
    }

    /// Takes a step of the open assignment below a request.
    async fn part(&self, who: &Client, request: &str, action: Part, words: &str) {
        #[derive(FromQueryResult)]
        struct Row {
            number: String,
        }
        let row: Option<Row> = ctx::one(
            &self.app.ctx,
            "SELECT c.number FROM case_record c JOIN case_record r ON r.id = c.parent
             WHERE r.number = ? AND c.flow = 'assignment' AND c.closed_at IS NULL ORDER BY c.id DESC LIMIT 1",
            [Value::from(request)],
        )
        .await
        .unwrap();
        let said = assignments::actions::Said { words: words.to_owned(), ..Default::default() };
        assignments::actions::take(&self.app.ctx, &viewer(who), &row.unwrap().number, action, &said).await.unwrap();
    }

    async fn worked(&self, who: &Client, request: &str) {
        self.part(who, request, Part::Take, "").await;
        self.part(who, request, Part::Contact, "联系上了").await;
        self.part(who, request, Part::Report, "做完了").await;
    }

    /// Two weeks of work, every ending once.
    async fn work(&self) {
        let app = &self.app;
        let said = |words: &str| Input { words: words.to_owned(), ..Input::default() };
        app.set_time("2026-10-12 10:00");
        let a = self.portal("05").await;
        let plain = Ask {
            firm: None,
            firm_text: Some("示例石材厂".to_owned()),
            ..self.ask(Channel::Hotline, RequestKind::Consultation, None)
        };
        let b = self.submit(&viewer(&self.agent), &plain).await;
        let spot = self.ask(Channel::Hall, RequestKind::Consultation, Some("01"));
        actions::close_on_spot(&app.ctx, &viewer(&self.agent), &spot, "三样材料").await.unwrap();
        let d = self.submit(&viewer(&self.firm), &self.ask(Channel::Portal, RequestKind::Suggestion, Some("01"))).await;
        let e = self.portal("02").await;
        let f = self.portal("02").await;
        let operator = self.agent.actor().organisation;
        let about = Ask { about: Some((operator, None)), ..self.ask(Channel::Hall, RequestKind::Complaint, None) };
        self.submit(&viewer(&app.as_(Role::CentreAgent).await), &about).await;
        let secret = Ask {
            firm: None,
            firm_text: Some("不能说的厂".to_owned()),
            ..self.ask(Channel::Portal, RequestKind::Report, None)
        };
        self.submit(&Viewer::Public, &secret).await;
        self.step(&self.firm, &e, Action::Withdraw, said("自己解决了")).await;

        app.set_time("2026-10-13 10:00");
        self.accept(&a, Class::Ordinary).await;
        self.accept(&b, Class::Consultation).await;
        let ground = app.ctx.rules().on(app.ctx.today()).refusal_grounds()[0].code.clone();
        self.step(&self.agent, &d, Action::Refuse, Input { ground: Some(ground), ..said("不属于本网络") }).await;
        self.dispatch(&a, &self.window).await;
        self.dispatch(&b, &self.provider).await;
        self.part(&self.provider, &b, Part::Take, "").await;
        self.part(&self.provider, &b, Part::Report, "三样材料").await;
        app.set_time("2026-10-13 16:00");
        self.part(&self.window, &a, Part::Take, "").await;
        self.part(&self.window, &a, Part::Contact, "约周三").await;
        app.set_time("2026-10-14 10:00");
        self.part(&self.window, &a, Part::Report, "做完了").await;
        self.step(&self.firm, &a, Action::Confirm, Input::default()).await;
        rate(&app.ctx, By::Viewer(&viewer(&self.firm)), &a, 5, None).await.unwrap();

        // Late, then given up, done elsewhere, done again, confirmed by phone with a bad grade.
        app.set_time("2026-10-15 10:00");
        self.accept(&f, Class::Ordinary).await;
        self.dispatch(&f, &self.window).await;
        self.part(&self.window, &f, Part::Take, "").await;
        self.part(&self.window, &f, Part::GiveUp, "没有设备").await;
        self.dispatch(&f, &self.provider).await;
        app.set_time("2026-10-16 10:00");
        self.worked(&self.provider, &f).await;
        self.step(&self.firm, &f, Action::Redo, said("没有解决")).await;
        app.set_time("2026-10-19 10:00");
        self.dispatch(&f, &self.provider).await;
        self.worked(&self.provider, &f).await;
        let called = Input { grade: Some(2), ..said("电话里说解决了，太慢") };
        self.step(&self.manager, &f, Action::ConfirmByCall, called).await;

        for _ in 0..3 {
            let g = self.portal("03").await;
            self.accept(&g, Class::Ordinary).await;
            self.dispatch(&g, &self.idle.2).await;
            if g.ends_with('9') {
                self.part(&self.idle.2, &g, Part::Decline, "没有人手").await;
            }
        }
        app.set_time("2026-10-20 10:00");
        self.portal("04").await;
        let better = |action, words: &str, cause| {
            let input = improvements::actions::Input { words: words.to_owned(), cause, ..Default::default() };
            (action, input)
        };
        for (who, (action, input)) in [
            (&self.provider, better(Better::Hear, "嫌慢", Some(Cause::Slow))),
            (&self.provider, better(Better::Fix, "加了人", None)),
            (&self.dispatcher, better(Better::Check, "抽查过了", None)),
        ] {
            improvements::actions::take(&app.ctx, &viewer(who), "GJ-2026-000001", action, &input).await.unwrap();
        }
        app.set_time("2026-10-21 00:10");
        assert_eq!(app.run_job("requests.silence").await, 1);
        app.set_time("2026-10-26 09:00");
        app.run_job("casework.ladder").await;
    }

    async fn figures(&self, role: Role, question: Question) -> Figures {
        let client = self.app.as_(role).await;
        figures(&self.app.ctx, &viewer(&client), &question).await.unwrap()
    }
}

fn of<'a>(rows: &'a [(String, i64)], code: &str) -> &'a i64 {
    &rows.iter().find(|(one, _)| one == code).unwrap().1
}

fn handler(found: &Figures, window: Option<i64>, name: &str) -> HandlerFigures {
    let row = found.handlers.iter().find(|row| row.name == name && row.is_window() == window.is_some());
    row.unwrap_or_else(|| panic!("{name} in {:?}", found.handlers)).clone()
}

both!(the_figures_are_those_of_the_records, |app| async move {
    let town = Town::found(app).await;
    town.work().await;
    let f = town.figures(Role::BureauOfficer, Question::default()).await;
    assert_eq!(f.intake_total, 12);
    assert_eq!((of(&f.intake.channels, "portal"), of(&f.intake.channels, "hall")), (&9, &2));
    assert_eq!((of(&f.intake.kinds, "need"), of(&f.intake.kinds, "report")), (&7, &1));
    assert_eq!((of(&f.intake.categories, "03"), of(&f.intake.categories, "none")), (&3, &3));
    assert_eq!((of(&f.intake.districts, "350203"), of(&f.intake.districts, "none")), (&10, &2));
    assert_eq!(f.intake.months.len(), 10);
    assert_eq!(f.intake.months.iter().map(|(_, n)| n).sum::<i64>(), 12);
    let step = |step| {
        let one = f.step(step);
        (one.settled, one.kept, one.late, one.time.n)
    };
    // What the firm withdrew was neither kept nor missed; three wait too long for acceptance.
    assert_eq!(step(Watched::Accept), (7, 6, 3, 6));
    // F was sent on three times; one came back from the idle window and waits.
    assert_eq!(step(Watched::Dispatch), (8, 8, 1, 6));
    // Giving up is no answer.
    assert_eq!(step(Watched::Answer), (4, 4, 0, 3));
    // Monday 10:00 to Tuesday 10:00 for two, at once for three, three days for F.
    assert_eq!(f.step(Watched::Accept).time.tenths, Some(5));
    assert_eq!(f.step(Watched::Dispatch).time.tenths, Some(0));
    // At once, one day (A), two working days (F: Thursday to Monday).
    assert_eq!(f.step(Watched::Answer).time.tenths, Some(10));
    let how = |how| f.closed.iter().find(|(one, _)| *one == how).unwrap().1;
    assert_eq!(
        (how(ClosedHow::Firm), how(ClosedHow::CallBack), how(ClosedHow::Spot), how(ClosedHow::Silence)),
        (1, 1, 1, 1)
    );
    assert_eq!((f.closed_total, f.confirmed, f.closed_rated, f.refused, f.withdrawn), (4, 3, 2, 1, 1));
    assert_eq!((f.not_achieved, f.tried), (1, 5));
    assert_eq!((f.rated(), f.satisfied, f.mean()), (2, 1, Some(350)));
    assert_eq!(f.improvements, (1, 1, 0));
    assert_eq!(
        f.causes.iter().map(|c| (c.cause.as_str(), c.opened, c.closed, c.open)).collect::<Vec<_>>(),
        [("slow", 1, 1, 0)]
    );
    assert_eq!(f.improve_time.tenths, Some(20));

    let window = handler(&f, Some(0), "思明区示例窗口");
    assert_eq!((window.given, window.taken, window.not_achieved, window.reported), (2, 2, 1, 1));
    assert_eq!((window.mean(), window.grades, window.open), (Some(500), 1, 0));
    assert_eq!((window.to_take.digits().as_deref(), window.to_answer.digits().as_deref()), (Some("0.1"), Some("0.8")));
    let idle = handler(&f, Some(0), "海沧区示例窗口");
    assert_eq!((idle.given, idle.taken, idle.declined, idle.open, idle.overdue), (3, 0, 1, 2, 2));
    assert_eq!(idle.to_take.tenths, None);
    let provider = handler(&f, None, "示例检测技术有限公司");
    assert_eq!((provider.given, provider.taken, provider.reported, provider.mean()), (3, 3, 3, Some(200)));

    assert_eq!(
        f.attention.silent.iter().map(|s| (s.name.as_str(), s.offers)).collect::<Vec<_>>(),
        [("海沧区示例窗口", 3)]
    );
    assert!(f.attention.ladder_total >= 4, "{:?}", f.attention);
    assert!(f.attention.ladder.windows(2).all(|pair| pair[0].due_on <= pair[1].due_on));
    assert_eq!((f.attention.improve_overdue.0, f.attention.improve_uncalled.0, f.attention.unreached), (0, 0, 0));
    // The calendar of the next year is looked for from November on.
    assert_eq!(f.attention.calendar, None);

    // The same question gives the same answer.
    let again = town.figures(Role::BureauOfficer, Question::default()).await;
    assert_eq!(format!("{f:?}"), format!("{again:?}"));
});

both!(nobody_counts_what_he_may_not_see, |app| async move {
    let town = Town::found(app).await;
    town.work().await;
    let centre = town.figures(Role::CentreOfficer, Question::default()).await;
    assert_eq!(centre.intake_total, 11, "all but the report");
    let operator = town.figures(Role::OperatorManager, Question::default()).await;
    assert_eq!(operator.intake_total, 10, "without the complaint about itself, too");
    assert_eq!(operator.step(Watched::Accept).late, 1);
    assert_eq!(of(&operator.intake.kinds, "complaint"), &0);

    let manager = town.app.as_(Role::OperatorManager).await;
    let bureau = town.app.as_(Role::BureauOfficer).await;
    let list = "/overview/records?figure=intake&kind=report";
    manager.get(list).await.expect(200).has("0 条").lacks("不能说的厂");
    bureau.get(list).await.expect(200).has("1 条").lacks("不能说的厂").has("举报人不列出");
    for role in
        [Role::WindowManager, Role::ProviderManager, Role::OperatorAgent, Role::EnterpriseMember, Role::SystemAdmin]
    {
        let client = town.app.as_(role).await;
        for path in ["/overview", "/overview/records?figure=intake", "/overview/export.csv", "/overview/export.xlsx"] {
            client.get(path).await.expect(403);
        }
    }
    town.app.public().get("/overview").await.expect(303);
});

/// Every link of a page that is a bare number and leads to a list.
fn counts(page: &Page) -> BTreeSet<(String, i64)> {
    let html = page.html();
    let links = scraper::Selector::parse("a[href^='/overview/records']").unwrap();
    html.select(&links)
        .filter_map(|a| {
            let words: String = a.text().collect();
            Some((a.value().attr("href")?.to_owned(), words.replace(',', "").parse().ok()?))
        })
        .collect()
}

/// How many records a list says it has, and how many it shows over all its pages.
async fn listed(client: &Client, href: &str) -> (i64, i64) {
    let mut next = Some(href.to_owned());
    let (mut said, mut n) = (None, 0);
    while let Some(href) = next {
        let page = client.get(&href).await;
        page.expect(200);
        assert!(page.statements <= 15, "{href}: {} statements", page.statements);
        let words = page.one(".page-head .quiet");
        let total: i64 = words.split([' ', '条']).next().unwrap().replace(',', "").parse().unwrap();
        assert_eq!(*said.get_or_insert(total), total);
        n += page.all("table tbody tr").len() as i64;
        next = page.attributes("a[rel=next]", "href").pop();
    }
    (said.unwrap(), n)
}

both!(every_figure_opens_its_records, |app| async move {
    let town = Town::found(app).await;
    town.work().await;
    let mut checked = 0;
    for (role, path) in [
        (Role::BureauOfficer, "/overview"),
        (Role::CentreApprover, "/overview?from=2026-10-13&to=2026-10-16"),
        (Role::OperatorManager, "/overview?from=2026-10-01&to=2026-10-31&district=350203"),
        (Role::BureauApprover, "/overview?category=02"),
        (Role::CentreOfficer, "/overview?category=none&district=none"),
    ] {
        let client = town.app.as_(role).await;
        let page = client.get(path).await;
        page.expect(200);
        assert!(page.statements <= 25, "{path}: {} statements", page.statements);
        let found = counts(&page);
        assert!(!found.is_empty(), "{path}");
        for (href, n) in found {
            assert_eq!(listed(&client, &href).await, (n, n), "{path}: {href}");
            checked += 1;
        }
        // Shares and medians lead to their sample.
        for href in page.attributes("dl.tiles dt a", "href") {
            client.get(&href).await.expect(200);
        }
    }
    assert!(checked > 120, "only {checked} figures were there to be checked");
});

both!(long_lists_are_whole, |app| async move {
    let town = Town::found(app).await;
    let by = viewer(&town.agent);
    for _ in 0..120 {
        let number = town.submit(&by, &town.ask(Channel::Hotline, RequestKind::Need, Some("05"))).await;
        town.accept(&number, Class::Ordinary).await;
    }
    let bureau = town.app.as_(Role::BureauOfficer).await;
    assert_eq!(listed(&bureau, "/overview/records?figure=intake").await, (120, 120));
    // Each request stands twice among its limits here: both lists are paged within a request.
    for _ in 0..2 {
        let number = "FW-2026-000060";
        town.dispatch(number, &town.window).await;
        town.part(&town.window, number, Part::Decline, "排满了").await;
    }
    assert_eq!(listed(&bureau, "/overview/records?figure=limit&step=accept").await, (120, 120));
    assert_eq!(listed(&bureau, "/overview/records?figure=limit&step=dispatch&kept=yes").await, (2, 2));
});

both!(an_empty_network_says_so, |app| async move {
    let bureau = app.as_(Role::BureauOfficer).await;
    for path in ["/overview", "/overview?lang=en", "/overview?from=1999-01-01&to=1999-12-31&sort=-grade"] {
        let page = bureau.get(path).await;
        page.expect(200).lacks("NaN").lacks("inf");
        assert!(!page.text.contains("NaN"));
    }
    let page = bureau.get("/overview").await;
    page.has("这段时间还没有收到诉求").has("没有要您过问的事").has("这段时间还没有人打分");
    assert!(counts(&page).is_empty());
    bureau.get("/overview/records?figure=rated").await.expect(200).has("这个数是 0");
    bureau.get("/overview/export.csv").await.expect(200);
    bureau.get("/overview/export.xlsx").await.expect(200);
    let public = public_figures(&app.ctx).await.unwrap();
    assert!(public.is_empty());
    assert_eq!((public.mean_grade, public.to_acceptance.tenths), (None, None));
});

both!(senseless_addresses_are_no_pages, |app| async move {
    let bureau = app.as_(Role::BureauOfficer).await;
    for path in [
        "/overview?district=999999",
        "/overview?category=1%27%20OR%201",
        "/overview/records",
        "/overview/records?figure=everything",
        "/overview/records?figure=limit",
        "/overview/records?figure=intake&grade=5",
        "/overview/records?figure=given&window=NOBODY",
    ] {
        bureau.get(path).await.expect(404);
    }
    bureau.get("/overview?from=yesterday&to=9999-99-99&sort=%27").await.expect(200);
    bureau.get("/overview/records?figure=intake&after=FW-0").await.expect(200);
});

both!(the_file_says_the_same, |app| async move {
    let town = Town::found(app).await;
    town.work().await;
    let bureau = town.app.as_(Role::BureauOfficer).await;
    let page = bureau.get("/overview/export.csv?from=2026-10-01&to=2026-10-26").await;
    page.expect(200);
    for line in
        ["收到诉求,12,件,", "按时受理,85.7,%,7,", "满意率,50.0,%,2,", "满意度,3.50,分,2,", "海沧区示例窗口,3,0,1,0,0,"]
    {
        assert!(page.text.contains(line), "{line} is not in\n{}", page.text);
    }
    assert!(page.text.contains("2026年10月26日 9:00") && page.text.contains("一个工作日按 24 小时算"));
    assert!(page.text.lines().all(|line| !line.starts_with(['=', '+', '-', '@'])));
    let book = bureau.get("/overview/export.xlsx?lang=en").await;
    book.expect(200);
    assert!(book.headers["content-type"].to_str().unwrap().contains("spreadsheetml"));
});

both!(the_public_sees_counts_of_this_year, |app| async move {
    let town = Town::found(app).await;
    town.work().await;
    let (found, statements) = db::counted(public_figures(&town.app.ctx)).await;
    let found = found.unwrap();
    assert!(statements <= 5, "{statements} statements");
    assert_eq!(found.confirmed, 3);
    assert_eq!(found.closed.iter().map(|(_, n)| n).sum::<i64>(), 4);
    assert_eq!((found.answered_in_time, found.rated_of_closed), ((4, 4), (2, 4)));
    assert_eq!((found.mean_grade, found.grades, found.not_achieved, found.tried), (Some(350), 2, 1, 5));
    assert_eq!((found.to_acceptance.n, found.to_acceptance.tenths), (6, Some(5)));
    assert_eq!(found.windows.iter().map(|(_, n)| n).sum::<i64>(), 2);
    assert_eq!(found.computed_at, town.app.ctx.now());
    // Next year begins anew.
    town.app.set_time("2027-01-04 09:00");
    assert!(public_figures(&town.app.ctx).await.unwrap().is_empty());
});

/// Words in Han that an English page shows without saying that they are Chinese.
fn unmarked(page: &Page) -> Vec<String> {
    let html = page.html();
    let main = scraper::Selector::parse("main").unwrap();
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut out = Vec::new();
    for node in html.select(&main).flat_map(|main| main.descendants()) {
        if let scraper::Node::Text(text) = node.value()
            && han(text)
            && !node.ancestors().filter_map(|a| a.value().as_element()).any(|e| {
                // Who prints bears his own name.
                e.attr("lang") == Some("zh-CN") || e.attr("class") == Some("only-print")
            })
        {
            out.push(text.to_string());
        }
    }
    out
}

both!(english_is_english, |app| async move {
    let town = Town::found(app).await;
    town.work().await;
    town.app.set_time("2026-11-24 09:00");
    let bureau = town.app.as_(Role::BureauOfficer).await;
    for path in [
        "/overview?lang=en",
        "/overview/records?figure=intake&lang=en",
        "/overview/records?figure=limit&step=accept&lang=en",
        "/overview/records?figure=rated&lang=en",
        "/overview/records?figure=given&lang=en",
        "/overview/records?figure=improve-opened&lang=en",
        "/overview/records?figure=ladder&lang=en",
    ] {
        let page = bureau.get(path).await;
        page.expect(200);
        assert_eq!(unmarked(&page), Vec::<String>::new(), "{path}");
        assert_eq!(page.all("h1").len(), 1);
    }
});

both!(digests_say_three_figures_and_come_by_mail_once, |app| async move {
    use huiqi_store::ctx;
    use huiqi_store::sea_orm::{self, FromQueryResult};
    #[derive(FromQueryResult)]
    struct Sent {
        subject_number: String,
        text_zh: String,
        href: String,
        file_name: Option<String>,
        file_path: Option<String>,
    }
    let mails = async || -> Vec<Sent> {
        ctx::all(
            &app.ctx,
            "SELECT subject_number, text_zh, href, file_name, file_path FROM notice WHERE kind = 'digest' ORDER BY id",
            [],
        )
        .await
        .unwrap()
    };
    // A Wednesday: two requests, one of them late by the week after.
    app.set_time("2026-10-14 10:00");
    let firm = app.as_(Role::EnterpriseMember).await;
    let late = crate::requests::asked(&firm).await;
    crate::requests::asked(&firm).await;
    let officer = app.as_(Role::CentreOfficer).await;
    app.as_(Role::EnterpriseMember).await.get("/overview/weekly").await.expect(403);
    officer.post("/overview/digest", &[("period", "week"), ("wanted", "yes")]).await.expect(303);
    officer.get("/overview/weekly").await.expect(200).has("您现在订了");
    // Nothing before Monday 8:00, then once.
    assert_eq!(app.run_job("overview.digest").await, 0);
    app.set_time("2026-10-19 7:59");
    assert_eq!(app.run_job("overview.digest").await, 0);
    app.set_time("2026-10-19 8:01");
    assert_eq!(app.run_job("overview.digest").await, 1);
    assert_eq!(app.run_job("overview.digest").await, 0);
    let sent = mails().await;
    assert_eq!((sent.len(), sent[0].subject_number.as_str()), (1, "2026-W42"));
    assert!(sent[0].text_zh.contains("新提出的诉求：2 件，多 2 件"), "{}", sent[0].text_zh);
    assert_eq!(sent[0].href, "/overview/weekly?week=2026-W42");
    assert_eq!(sent[0].file_name.as_deref(), Some("周报 2026年第42周.docx"));
    let content = app.ctx.files().get(sent[0].file_path.as_deref().unwrap()).await.unwrap();
    assert!(content.starts_with(b"PK"));
    // The page says the same, names the overdue matter, opens every figure, and shows no share of two.
    let page = officer.get("/overview/weekly?week=2026-W42").await;
    page.expect(200).has("2 件").has(&late).has("受理台").has("本期没有立项改进");
    assert!(page.statements <= 15, "{}", page.statements);
    for href in page.attributes(".digest a", "href") {
        let opened = officer.get(&href).await;
        assert!(opened.status < 400, "{href}: {}", opened.status);
    }
    assert!(officer.get("/overview/weekly/docx?week=2026-W42").await.bytes.starts_with(b"PK"));
    officer
        .get("/overview/monthly?month=2026-10")
        .await
        .expect(200)
        .has("月报")
        .has("2026年10月")
        .has("看到的范围：除市工信局牵头以外的全部诉求");
    // Ended: the next week brings none.
    officer.post("/overview/digest", &[("period", "week")]).await.expect(303);
    app.set_time("2026-10-26 9:00");
    assert_eq!(app.run_job("overview.digest").await, 0);
});
