//! Site texts, versions of the rule, the working calendar, jobs, and the audit log.

mod house;

use chrono::NaiveDate;
use house::House;
use huiqi_casework::record::{self, New, Said};
use huiqi_casework::settings::{self, calendar};
use huiqi_casework::{Case, Stage, Turn};
use huiqi_kernel::calendar::{Calendar, Stoppage};
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Doer, Facts, Flow, Tie, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Label, Role, Viewer};
use huiqi_kernel::rule::{Limit, art};
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use huiqi_store::{Fault, audit, ctx, db, job};

// --- a tiny procedure ------------------------------------------------------------------------------------------------

codes! {
    enum Where { New = "new", Running = "running", Done = "done" }
}
codes! {
    enum Act { Begin = "begin", End = "end" }
}
impl Label for Where {
    fn label(self, _: Locale) -> String {
        self.code().to_owned()
    }
}
impl Label for Act {
    fn label(self, _: Locale) -> String {
        self.code().to_owned()
    }
}
impl Stage for Where {
    fn turn(self) -> Turn {
        if self == Where::Done { Turn::Nobody } else { Turn::Desk }
    }
}
struct Nothing;
impl Facts for Nothing {
    fn tied(&self, _: &Actor, _: Tie) -> bool {
        true
    }
}
static FLOW: Flow<Where, Act, Nothing> = Flow {
    code: "tiny",
    start: Where::New,
    ends: &[Where::Done],
    steps: &[
        step(Where::New, Act::Begin, Where::Running).by_system().due(Limit::Ordinary).under(art(5)),
        step(Where::Running, Act::End, Where::Done).by_system().stops().under(art(5)),
    ],
};

/// Opens a case whose limit of an ordinary answer starts today.
async fn open(house: &House) -> Case {
    let work = house.ctx().write(&Viewer::System).await.expect("a transaction");
    let new = New { prefix: "T", title: "x", ..New::default() };
    let mut case = record::open_in(&work, &FLOW, &new).await.expect("a case");
    record::take_in(&work, &FLOW, &mut case, Act::Begin, Doer::System, &Nothing, Said::nothing())
        .await
        .expect("a step");
    work.commit().await.expect("committed");
    case
}

async fn reload(house: &House, case: &Case) -> Case {
    let work = house.ctx().write(&Viewer::System).await.expect("a transaction");
    record::by_number_in(&work, &case.number).await.expect("the case")
}

async fn count(house: &House, text: &str, values: impl IntoIterator<Item = Value>) -> i64 {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let row: Option<Row> = ctx::one(house.ctx(), text, values).await.expect("the database");
    row.map_or(0, |r| r.n)
}

async fn entries(house: &House, action: &str) -> i64 {
    count(house, "SELECT COUNT(*) AS n FROM audit_entry WHERE action = ?", [Value::from(action)]).await
}

fn d(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

const TODAY: &str = "2026-11-24";

fn year_2027() -> String {
    "year = 2027\ndocument = \"国办发明电〔2026〕9号\"\n\
     [[holiday]]\nzh = \"元旦\"\nen = \"New Year’s Day\"\nfrom = 2027-01-01\nto = 2027-01-03\n\
     [[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\nfrom = 2027-02-05\nto = 2027-02-12\n\
     [[holiday]]\nzh = \"国庆节\"\nen = \"National Day\"\nfrom = 2027-10-01\nto = 2027-10-07\nworked = [2027-10-09]\n"
        .to_owned()
}

// --- who may open what -----------------------------------------------------------------------------------------------

#[tokio::test]
async fn only_the_named_roles_open_a_page() {
    let house = House::new(TODAY).await;
    let roles = [
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
        Role::OperatorManager,
        Role::OperatorAgent,
        Role::CentreOfficer,
        Role::CentreApprover,
        Role::BureauOfficer,
        Role::BureauApprover,
        Role::WindowAgent,
        Role::EnterpriseMember,
    ];
    for role in roles {
        house.role(role).await;
    }
    for (path, may) in [
        ("/settings", settings::KEEPERS),
        ("/settings/site", settings::SITE_EDITORS),
        ("/settings/rules", settings::KEEPERS),
        ("/settings/rules/new", settings::PROPOSERS),
        ("/settings/calendar", settings::KEEPERS),
        ("/settings/calendar/template", settings::KEEPERS),
        ("/settings/jobs", settings::JOB_KEEPERS),
        ("/audit", settings::AUDITORS),
        ("/audit/export", settings::AUDITORS),
    ] {
        for role in roles {
            let page = house.get(role.code(), path).await;
            let wanted = if may.contains(&role) { 200 } else { 403 };
            assert_eq!(page.status.as_u16(), wanted, "{} {path}", role.code());
        }
        assert_eq!(house.get("", path).await.status.as_u16(), 303, "nobody {path}");
    }
    for (path, role) in [
        ("/settings/site/name", Role::CentreOfficer),
        ("/settings/rules/new", Role::SystemAdmin),
        ("/settings/rules/2/approval", Role::CentreApprover),
        ("/settings/calendar/stoppages", Role::BureauApprover),
        ("/settings/calendar/years", Role::OperatorAgent),
        ("/settings/jobs/store.refresh/runs", Role::OperatorManager),
        ("/audit/verification", Role::SystemAdmin),
    ] {
        assert_eq!(house.post(role.code(), path, &[("head", "")]).await.status.as_u16(), 403, "{path}");
    }
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let house = House::new(TODAY).await;
    for role in [Role::SystemAdmin, Role::BureauOfficer, Role::AuditAdmin] {
        house.role(role).await;
    }
    let form = [("p-request-accept", "2"), ("reason", "one year on"), ("from", "2027-01-01"), ("base", "1")];
    house.post("bureau-officer", "/settings/rules/new", &form).await.gone_to("/settings/rules/2");
    settings_audit_sealed(&house).await;
    for (who, path) in [
        ("system-admin", "/settings"),
        ("system-admin", "/settings/jobs"),
        ("bureau-officer", "/settings/rules"),
        ("bureau-officer", "/settings/rules/2"),
        ("bureau-officer", "/settings/rules/new"),
        ("bureau-officer", "/settings/calendar"),
        ("audit-admin", "/audit"),
    ] {
        for locale in Locale::ALL {
            let page = house.get_in(who, path, locale).await.ok();
            assert!(page.statements <= 15, "{path} runs {} statements", page.statements);
            let html = scraper::Html::parse_document(&page.body);
            let select = |text: &str| scraper::Selector::parse(text).expect("a selector");
            assert_eq!(html.select(&select("main h1")).count(), 1, "{path}");
            let mut ids: Vec<&str> = html.select(&select("[id]")).filter_map(|e| e.value().attr("id")).collect();
            ids.sort_unstable();
            let all = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), all, "{path}: an id twice");
            for input in
                html.select(&select("main input:not([type=hidden]):not([type=checkbox]), main select, main textarea"))
            {
                let id = input.value().attr("id").unwrap_or_default();
                assert!(html.select(&select(&format!("label[for='{id}']"))).count() == 1, "{path}: {id} has no label");
            }
            if locale == Locale::En {
                let main = html.select(&select("main")).next().expect("a main part");
                let words: String =
                    main.descendants().filter_map(|node| node.value().as_text().map(|t| t.to_string())).collect();
                // Numbers of documents and what people typed stay as they are.
                let words = words.replace("国办发明电", "").replace('号', "").replace(['〔', '〕'], "");
                let han: String = words.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
                assert!(!han.contains(['的', '了', '条', '年', '月']), "{path}: {han}");
            }
        }
    }
}

async fn settings_audit_sealed(house: &House) {
    audit::seal(house.ctx().db()).await.expect("sealed");
}

// --- site ------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_site_text_is_in_force_when_saved() {
    let house = House::new(TODAY).await;
    house.role(Role::OperatorManager).await;
    let page = house.get("operator-manager", "/settings/site").await.ok();
    let seen = value_of(&page.body, "/settings/site/hotline", "seen");
    let wrong = [("hotline-zh", "0592-123 4567"), ("hotline-en", ""), ("seen", seen.as_str())];
    let page = house.post("operator-manager", "/settings/site/hotline", &wrong).await.wrong("hotline-en");
    page.says("0592-123 4567");
    let good = [("hotline-zh", "0592-123 4567"), ("hotline-en", "+86 592 123 4567"), ("seen", seen.as_str())];
    house.post("operator-manager", "/settings/site/hotline", &good).await.gone_to("/settings/site");
    assert_eq!(house.ctx().site().text("hotline", Locale::En), "+86 592 123 4567");
    house.get("operator-manager", "/settings/site").await.ok().says("0592-123 4567").says("P operator-manager改于");
    // The one who opened the page before loses, and gets the words back.
    let late = house
        .post(
            "operator-manager",
            "/settings/site/hotline",
            &[("hotline-zh", "0592-765 4321"), ("hotline-en", "0592-765 4321"), ("seen", seen.as_str())],
        )
        .await;
    assert_eq!(late.status.as_u16(), 409);
    late.says("0592-765 4321");
    assert_eq!(house.ctx().site().text("hotline", Locale::Zh), "0592-123 4567");
    assert_eq!(entries(&house, "settings.site").await, 1);
    assert_eq!(house.post("operator-manager", "/settings/site/nothing", &good).await.status.as_u16(), 404);
}

/// The value of a hidden field in the form that goes to `action`.
fn value_of(page: &str, action: &str, name: &str) -> String {
    let form = page.split_once(&format!("action=\"{action}\"")).expect("the form").1;
    let field = form.split_once(&format!("name=\"{name}\" value=\"")).expect("the field").1;
    field.split_once('"').expect("its end").0.to_owned()
}

// --- versions of the rule --------------------------------------------------------------------------------------------

async fn a_version_takes_force(house: House) {
    house.person("proposer", &[Role::BureauOfficer, Role::BureauApprover]).await;
    house.role(Role::BureauApprover).await;
    house.role(Role::CentreOfficer).await;
    let old = open(&house).await;
    assert_eq!((old.rule_version, old.due_days), (1, Some(5)));

    // Bad values: beside their fields, the typed text kept, nothing stored.
    let mut form =
        vec![("p-answer-ordinary", "99"), ("p-request-accept", "x"), ("reason", ""), ("from", TODAY), ("base", "1")];
    let page = house.post("proposer", "/settings/rules/new", &form).await.wrong("p-answer-ordinary");
    page.says("value=\"99\"").says("value=\"x\"").says("id=\"p-request-accept-e\"").says("id=\"reason-e\"");
    form = vec![("p-answer-ordinary", "8"), ("reason", "一年试行后的调整"), ("from", "2026-11-23"), ("base", "1")];
    house.post("proposer", "/settings/rules/new", &form).await.wrong("from").says("一年试行后的调整");
    form = vec![("reason", "没有改动"), ("from", TODAY), ("base", "1")];
    house.post("proposer", "/settings/rules/new", &form).await.wrong("reason");
    assert_eq!(count(&house, "SELECT COUNT(*) AS n FROM rule_version", []).await, 0);

    // Looking at the differences stores nothing.
    form = vec![("p-answer-ordinary", "8"), ("from", TODAY), ("base", "1"), ("look", "yes")];
    let page = house.post("proposer", "/settings/rules/new", &form).await.ok();
    page.says("8个工作日").says("5个工作日");
    assert_eq!(count(&house, "SELECT COUNT(*) AS n FROM rule_version", []).await, 0);

    form = vec![
        ("p-answer-ordinary", "8"),
        ("p-refusal.state-secret", "false"),
        ("reason", "一年试行后的调整"),
        ("from", TODAY),
        ("base", "1"),
    ];
    house.post("proposer", "/settings/rules/new", &form).await.gone_to("/settings/rules/2");
    assert_eq!(
        count(&house, "SELECT COUNT(*) AS n FROM notice WHERE kind = ?", [Value::from("rule-version")]).await,
        2
    );
    // A second one has to wait.
    let second = house.post("centre-officer", "/settings/rules/new", &form).await;
    assert_eq!(second.status.as_u16(), 409);
    second.says("一年试行后的调整");
    assert_eq!(open(&house).await.rule_version, 1, "a proposal is not in force");

    // The proposer, acting as approver, reads why not, and cannot.
    house.get("proposer/2", "/settings/rules/2").await.ok().says("is-blocked").hides("/settings/rules/2/approval");
    assert_eq!(house.post("proposer/2", "/settings/rules/2/approval", &[]).await.status.as_u16(), 409);
    house
        .get("bureau-approver", "/settings/rules/2")
        .await
        .ok()
        .says("/settings/rules/2/approval")
        .says("一年试行后的调整");
    house.post("bureau-approver", "/settings/rules/2/approval", &[]).await.gone_to("/settings/rules/2");
    assert_eq!(house.post("bureau-approver", "/settings/rules/2/approval", &[]).await.status.as_u16(), 409);

    let new = open(&house).await;
    assert_eq!((new.rule_version, new.due_days), (2, Some(8)));
    let kept = reload(&house, &old).await;
    assert_eq!((kept.rule_version, kept.due_days), (1, Some(5)));
    assert_eq!(kept.rules(house.ctx()).working_days(Limit::Ordinary), Some(5));
    assert!(!new.rules(house.ctx()).refusal_ground("state-secret").expect("a ground").active);
    house.get("centre-officer", "/settings/rules").await.ok().says("8个工作日").says("/settings/rules/2");
    assert_eq!((entries(&house, "rule-version.propose").await, entries(&house, "rule-version.approve").await), (1, 1));
    // What another process approved arrives by reading again.
    house.ctx().refresh().await.expect("what is stored can be read");
    assert_eq!(house.ctx().rules().on(d(TODAY)).version(), 2);
    assert_eq!(house.ctx().rules().on(d("2026-11-23")).version(), 1);

    // A third rests on the second; turned down with a reason it changes nothing, and withdrawn neither.
    form = vec![("p-answer-ordinary", "9"), ("reason", "再放宽"), ("from", "2026-12-01"), ("base", "2")];
    house.post("centre-officer", "/settings/rules/new", &form).await.gone_to("/settings/rules/3");
    house.get("centre-officer", "/settings/rules/3").await.ok().says("8个工作日").says("/settings/rules/3/withdrawal");
    house.post("bureau-approver", "/settings/rules/3/rejection", &[("words", " ")]).await.wrong("words");
    house
        .post("bureau-approver", "/settings/rules/3/rejection", &[("words", "先看一年数据")])
        .await
        .gone_to("/settings/rules/3");
    house.get("centre-officer", "/settings/rules/3").await.ok().says("先看一年数据");
    house.post("centre-officer", "/settings/rules/new", &form).await.gone_to("/settings/rules/4");
    assert_eq!(house.post("proposer", "/settings/rules/4/withdrawal", &[]).await.status.as_u16(), 404, "not one’s own");
    house.post("centre-officer", "/settings/rules/4/withdrawal", &[]).await.gone_to("/settings/rules/4");
    assert_eq!(house.ctx().rules().on(d("2027-06-01")).version(), 2);

    // Nothing takes force backwards: the day is over before the decision.
    house.post("centre-officer", "/settings/rules/new", &form).await.gone_to("/settings/rules/5");
    house.ctx().clock().set(house::morning("2026-12-02"));
    house.get("bureau-approver", "/settings/rules/5").await.ok().says("is-blocked");
    assert_eq!(house.post("bureau-approver", "/settings/rules/5/approval", &[]).await.status.as_u16(), 409);
    // A form shown with an older base is out of date.
    house
        .post("bureau-approver", "/settings/rules/5/rejection", &[("words", "过期")])
        .await
        .gone_to("/settings/rules/5");
    form = vec![("p-answer-ordinary", "9"), ("reason", "再放宽"), ("from", "2026-12-03"), ("base", "1")];
    assert_eq!(house.post("centre-officer", "/settings/rules/new", &form).await.status.as_u16(), 409);
    assert_eq!(house.get("centre-officer", "/settings/rules/9").await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_version_takes_force_by_another_person() {
    a_version_takes_force(House::new(TODAY).await).await;
}

#[tokio::test]
async fn a_version_takes_force_on_postgres_too() {
    a_version_takes_force(House::on_postgres(TODAY, "settings_versions").await).await;
}

// --- calendar --------------------------------------------------------------------------------------------------------

async fn the_calendar_is_kept(house: House) {
    house.role(Role::SystemAdmin).await;
    house.role(Role::CentreOfficer).await;
    house.ctx().clock().set(house::morning("2026-12-28"));
    // 29, 30, 31 December, then 1 and 4 January by the week alone.
    let case = open(&house).await;
    assert_eq!((case.due_on.as_deref(), case.provisional), (Some("2027-01-04"), true));
    house.get("system-admin", "/settings/calendar").await.ok().says("2027").says("is-warn");
    house.get("system-admin", "/settings").await.ok().says("2027");

    let path = "/settings/calendar/years";
    house.post("system-admin", path, &[("text", "")]).await.wrong("text");
    let bad = year_2027().replace("to = 2027-01-03", "to = 2027-01-33");
    let page = house.post("system-admin", path, &[("text", &bad)]).await.wrong("text");
    page.says("2027-01-33").says("第 7 行");
    let bad = year_2027().replace("2027-10-09", "2027-10-08");
    house.post("system-admin", path, &[("text", &bad)]).await.wrong("text").says("2027年10月8日");
    house.post_file("system-admin", path, "file", &[0xff, 0xfe, 0x00]).await.wrong("text");
    let shipped = year_2027().replace("2027", "2026");
    house.post("system-admin", path, &[("text", &shipped)]).await.wrong("text");
    assert!(!house.ctx().calendar().has_year(2027));

    house.post_file("system-admin", path, "file", year_2027().as_bytes()).await.gone_to("/settings/calendar?year=2027");
    assert!(house.ctx().calendar().has_year(2027));
    let after = reload(&house, &case).await;
    assert_eq!((after.due_on.as_deref(), after.provisional), (Some("2027-01-05"), false), "New Year’s Day is off");
    house.get("system-admin", "/settings/calendar?year=2027").await.ok().says("国办发明电〔2026〕9号").says("春节");

    house.post("system-admin", path, &[("text", &year_2027())]).await.wrong("text");
    let amended = year_2027().replace("to = 2027-01-03\n", "to = 2027-01-05\n");
    house
        .post("system-admin", path, &[("text", &amended), ("replace", "yes")])
        .await
        .gone_to("/settings/calendar?year=2027");
    assert_eq!(reload(&house, &case).await.due_on.as_deref(), Some("2027-01-07"));

    // The facade of the command line, in the program's own name.
    let known = calendar::add_year(house.ctx(), &Viewer::System, &amended).await;
    assert!(matches!(known, Err(Fault::Invalid { field: "text", .. })));
    let next =
        year_2027().replace("2027", "2028").replace("2028-10-09", "2028-10-14").replace("2028-02-12", "2028-02-10");
    let (year, moved) = calendar::add_year(house.ctx(), &Viewer::System, &next).await.expect("a year");
    assert_eq!((year, moved.len()), (2028, 0));
    let agent = house.role(Role::OperatorAgent).await;
    assert!(matches!(calendar::add_year(house.ctx(), &agent, &next).await, Err(Fault::NotFound)));
    let template = house.get("centre-officer", "/settings/calendar/template").await.ok();
    template.says("year = 2029").says("春节");
    assert!(Calendar::empty().add_year_toml(&template.body).is_err());
}

#[tokio::test]
async fn a_calendar_year_is_checked_and_recounts() {
    the_calendar_is_kept(House::new(TODAY).await).await;
}

#[tokio::test]
async fn a_calendar_year_is_kept_on_postgres_too() {
    the_calendar_is_kept(House::on_postgres(TODAY, "settings_calendar").await).await;
}

#[tokio::test]
async fn a_stoppage_moves_due_days_and_writes_a_step() {
    let house = House::new(TODAY).await;
    house.role(Role::CentreOfficer).await;
    // From Tuesday, five working days: Tuesday of the week after.
    let case = open(&house).await;
    assert_eq!(case.due_on.as_deref(), Some("2026-12-01"));
    let path = "/settings/calendar/stoppages";
    let form =
        [("from", "2026-11-26"), ("to", "2026-11-25"), ("document", "厦防指〔2026〕12号"), ("reason", "台风停工")];
    house.post("centre-officer", path, &form).await.wrong("to").says("厦防指〔2026〕12号");
    house
        .post("centre-officer", path, &[("from", "2026-11-28"), ("document", "x"), ("reason", "y")])
        .await
        .wrong("from");
    house
        .post("centre-officer", path, &[("from", "2026-11-26"), ("document", ""), ("reason", "y")])
        .await
        .wrong("document");

    let form =
        [("from", "2026-11-26"), ("to", "2026-11-27"), ("document", "厦防指〔2026〕12号"), ("reason", "台风停工")];
    // First the difference is shown, and nothing moves.
    house.post("centre-officer", path, &form).await.ok().says("12月1日").says("12月3日").says(&case.number);
    assert_eq!(reload(&house, &case).await.due_on.as_deref(), Some("2026-12-01"));
    let sure = [&form[..], &[("sure", "yes")]].concat();
    house.post("centre-officer", path, &sure).await.gone_to("/settings/calendar");
    let moved = reload(&house, &case).await;
    assert_eq!(moved.due_on.as_deref(), Some("2026-12-03"));
    let steps = "SELECT COUNT(*) AS n FROM case_step WHERE case_id = ? AND action = 'recount'";
    assert_eq!(count(&house, steps, [Value::from(case.id)]).await, 1);
    assert_eq!((entries(&house, "settings.stoppage").await, entries(&house, "case.recount").await), (1, 1));
    assert_eq!(count(&house, "SELECT COUNT(*) AS n FROM setting WHERE name = 'calendar.recount'", []).await, 0);
    house.get("centre-officer", "/settings/calendar").await.ok().says("台风停工").says("厦防指〔2026〕12号");
    house.post("centre-officer", path, &form).await.wrong("from");

    // Taken back, everything stands where it stood.
    let back = "/settings/calendar/stoppages/withdrawal";
    let query = "?from=2026-11-26&to=2026-11-27&document=%E5%8E%A6%E9%98%B2%E6%8C%87%E3%80%942026%E3%80%9512%E5%8F%B7";
    house.get("centre-officer", &format!("{back}{query}")).await.ok().says("12月1日").says("台风停工");
    house.post("centre-officer", back, &form).await.wrong("why");
    assert_eq!(reload(&house, &case).await.due_on.as_deref(), Some("2026-12-03"));
    let form = [&form[..], &[("why", "通知取消了")]].concat();
    house.post("centre-officer", back, &form).await.gone_to("/settings/calendar");
    assert_eq!(reload(&house, &case).await.due_on.as_deref(), Some("2026-12-01"));
    assert_eq!(count(&house, steps, [Value::from(case.id)]).await, 2);
    assert_eq!(house.post("centre-officer", back, &form).await.status.as_u16(), 404);
    assert_eq!(house.get("centre-officer", &format!("{back}{query}")).await.status.as_u16(), 404);
    let approver = house.role(Role::BureauApprover).await;
    let stoppage = Stoppage { from: d("2026-11-26"), to: d("2026-11-26"), document: "x".into(), reason: "y".into() };
    assert!(matches!(calendar::stop(house.ctx(), &approver, &stoppage).await, Err(Fault::NotFound)));
}

#[tokio::test]
async fn a_recount_that_was_cut_off_is_finished_by_its_job() {
    let house = House::new(TODAY).await;
    let case = open(&house).await;
    // A process that died right after its commit: the stoppage and the mark are there, the recount is not.
    let work = house.ctx().write(&Viewer::System).await.expect("a transaction");
    work.run(
        "INSERT INTO stoppage (from_day, to_day, document, reason, at) VALUES ('2026-11-26', '2026-11-26', 'x', 'y', 0)",
        [],
    )
    .await
    .expect("a stoppage");
    huiqi_store::setting::set(&*work, "calendar.recount", "1", 0, None).await.expect("a mark");
    work.commit().await.expect("committed");
    job::register(house.ctx(), &[settings::RECOUNT_JOB]).await.expect("registered");
    let run = job::run_if_due(house.ctx(), &settings::RECOUNT_JOB, "t").await.expect("the database");
    assert_eq!(run, Some(Ok(1)));
    assert_eq!(reload(&house, &case).await.due_on.as_deref(), Some("2026-12-02"));
    assert_eq!(calendar::recount_if_pending(house.ctx()).await.expect("nothing left"), 0);
}

// --- jobs ------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn the_administrator_sees_jobs_and_lets_them_run() {
    let house = House::new(TODAY).await;
    house.role(Role::SystemAdmin).await;
    job::register(house.ctx(), house.app.jobs()).await.expect("registered");
    let run = job::run_if_due(house.ctx(), &settings::SEAL_JOB, "t").await.expect("the database");
    assert!(matches!(run, Some(Ok(n)) if n > 0), "{run:?}");
    let page = house.get("system-admin", "/settings/jobs").await.ok();
    page.says("封存审计日志").says("store.audit-seal").says("casework.ladder");
    let due = "SELECT next_at AS n FROM job WHERE name = 'store.audit-seal'";
    assert!(count(&house, due, []).await > house.ctx().now());
    house.post("system-admin", "/settings/jobs/store.audit-seal/runs", &[]).await.gone_to("/settings/jobs");
    assert!(count(&house, due, []).await <= house.ctx().now());
    assert_eq!(house.post("system-admin", "/settings/jobs/store.nothing/runs", &[]).await.status.as_u16(), 404);
    assert_eq!(entries(&house, "settings.job-run").await, 1);
    // Nobody ran anything for an hour.
    house.ctx().clock().set(house.ctx().now() + 3_600_000);
    house.get("system-admin", "/settings").await.ok().says("封存审计日志").says("is-bad");
}

// --- audit log -------------------------------------------------------------------------------------------------------

async fn write(house: &House, viewer: &Viewer, action: &str, number: &str, times: usize) {
    let work = house.ctx().write(viewer).await.expect("a transaction");
    for _ in 0..times {
        work.audit(action, "test", number, serde_json::json!({ "code": "=1" })).await.expect("an entry");
    }
    work.commit().await.expect("committed");
}

async fn the_log_is_read(house: House) {
    let agent = house.role(Role::OperatorAgent).await;
    house.role(Role::AuditAdmin).await;
    write(&house, &agent, "tiny.begin", "T-1", 60).await;
    house.ctx().clock().set(house::morning("2026-11-25"));
    write(&house, &Viewer::System, "other.thing", "T-2", 70).await;
    audit::seal(house.ctx().db()).await.expect("sealed");
    write(&house, &agent, "tiny.end", "T-1", 2).await;

    // Newest first, what is not sealed on top; then page by page to the beginning and back.
    let first = house.get("audit-admin", "/audit").await.ok();
    assert!(
        first.body.find("tiny.end").expect("an open entry") < first.body.find("other.thing").expect("a sealed entry")
    );
    first.says("P operator-agent").says("还没封存");
    let mut page = first;
    let mut pages = 1;
    while let Some(next) = link_of(&page.body, "next") {
        page = house.get("audit-admin", &next).await.ok();
        pages += 1;
        assert!(pages < 10, "the list never ends");
    }
    assert!(pages >= 3);
    page.says("tiny.begin");
    while let Some(prev) = link_of(&page.body, "prev") {
        page = house.get("audit-admin", &prev).await.ok();
        pages -= 1;
        assert!(pages > -3, "the list never begins");
    }
    page.says("tiny.end");

    house.get("audit-admin", "/audit?number=T-1").await.ok().says("tiny.begin").hides("other.thing");
    house.get("audit-admin", "/audit?action=tiny.e").await.ok().says("tiny.end").hides("tiny.begin");
    house.get("audit-admin", "/audit?from=2026-11-25").await.ok().says("other.thing").hides("tiny.begin");
    house
        .get("audit-admin", "/audit?to=2026-11-24")
        .await
        .ok()
        .says("tiny.begin")
        .hides("other.thing")
        .hides("tiny.end");
    house.get("audit-admin", "/audit?number=T-9").await.ok().says("class=\"empty\"");

    let csv = house.get("audit-admin", "/audit/export?number=T-1").await.ok();
    assert!(csv.body.starts_with('\u{feff}'));
    assert_eq!(csv.body.lines().count(), 63);
    csv.says("RY-0").says("\"tiny.begin\"").hides("other.thing").hides(",\"=");
    assert_eq!(entries(&house, "audit.export").await, 1);

    // The chain: sound, and broken by one edited row.
    audit::seal(house.ctx().db()).await.expect("sealed");
    let path = "/audit/verification";
    house.post("audit-admin", path, &[("head", "12:abc")]).await.wrong("head").says("12:abc");
    let verdict = audit::verify(house.ctx().db(), None).await.expect("verified");
    let (seq, hash) = verdict.head.expect("a head");
    let noted = format!("{seq}:{hash}");
    house.post("audit-admin", path, &[("head", "")]).await.ok().says("is-good").hides("is-bad");
    house.post("audit-admin", path, &[("head", &noted)]).await.ok().says("is-good");
    let foreign = format!("{seq}:{}", "ab".repeat(32));
    house.post("audit-admin", path, &[("head", &foreign)]).await.ok().says("notice is-bad").hides("notice is-good");
    let changed = house
        .ctx()
        .db()
        .write()
        .execute_raw(db::sql(
            house.ctx().db().backend(),
            "UPDATE audit_entry SET number = 'T-8' WHERE seq = ?",
            [Value::from(20_i64)],
        ))
        .await
        .expect("an edit");
    assert_eq!(changed.rows_affected(), 1);
    house.post("audit-admin", path, &[("head", "")]).await.ok().says("notice is-bad").says("第 20 条");
    assert!(entries(&house, "audit.verify").await >= 4);
}

#[tokio::test]
async fn the_audit_log_is_read_exported_and_verified() {
    the_log_is_read(House::new(TODAY).await).await;
}

#[tokio::test]
async fn the_audit_log_is_read_on_postgres_too() {
    the_log_is_read(House::on_postgres(TODAY, "settings_log").await).await;
}

/// Where the link with this `rel` leads.
fn link_of(page: &str, rel: &str) -> Option<String> {
    let rest = page.split_once(&format!("rel=\"{rel}\" href=\""))?.1;
    Some(rest.split_once('"')?.0.replace("&amp;", "&"))
}
