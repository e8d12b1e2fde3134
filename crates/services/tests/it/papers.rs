//! Papers: issued once by their step, saved as issued, read by those they are for.

use huiqi_casework::papers::templates;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_services::requests;
use huiqi_services::requests::actions::Target;
use huiqi_services::requests::flow::Mode;
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::TestApp;
use huiqi_testkit::both;

use crate::requests::{accepted, answered, asked};

#[derive(FromQueryResult, Debug, Clone)]
pub struct Row {
    pub number: String,
    pub slug: String,
    pub kind: String,
    pub check_code: String,
    pub words: String,
    pub sha256: String,
    pub on_case: String,
}

pub async fn papers(app: &TestApp) -> Vec<Row> {
    ctx::all(
        &app.ctx,
        "SELECT p.number, p.slug, p.kind, p.check_code, p.words, p.sha256, c.number AS on_case
         FROM case_paper p JOIN case_record c ON c.id = p.case_id ORDER BY p.id",
        [],
    )
    .await
    .unwrap()
}

both!(each_step_issues_its_paper_once, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let desk = app.as_(Role::OperatorAgent).await;
    // Returned with all gaps, completed, accepted, extended, answered, confirmed.
    let number = asked(&firm).await;
    desk.post(&format!("/requests/{number}/return"), &[("words", "1. 产品照片\n2、送测报告")]).await.expect(303);
    firm.post(&format!("/requests/{number}/complete"), &[("words", "照片和报告都补了")]).await.expect(303);
    accepted(&app, &number).await;
    let (organisation, window) = app.first_window().await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let target = Target { organisation, window: Some(window), lead: true, why: String::new() };
    requests::actions::dispatch(&app.ctx, &dispatcher.viewer(), &number, &[target], Mode::Lead, "", None)
        .await
        .unwrap();
    dispatcher
        .post(&format!("/requests/{number}/extend"), &[("words", "检测场地在检修"), ("days", "3")])
        .await
        .expect(303);
    let issued = papers(&app).await;
    let kinds: Vec<&str> = issued.iter().map(|p| p.kind.as_str()).collect();
    assert_eq!(kinds, ["correction-notice", "acceptance-notice", "extension-notice"]);
    assert!(issued[0].words.contains("1. 产品照片") && issued[0].words.contains("2. 送测报告"), "{}", issued[0].words);
    assert!(issued[0].words.contains("补正只要求这一次"));
    assert!(issued[1].words.contains("一般诉求") && issued[1].words.contains("5个工作日"), "{}", issued[1].words);
    assert!(issued[2].words.contains("检测场地在检修") && issued[2].words.contains("延长3个工作日"));
    // Refused, with the ground and whom to ask instead.
    let other = asked(&firm).await;
    desk.post(
        &format!("/requests/{other}/refuse"),
        &[("ground", "other-procedure"), ("words", "贵单位来电说已经立案")],
    )
    .await
    .expect(303);
    let refused = papers(&app).await.pop().unwrap();
    assert_eq!((refused.kind.as_str(), refused.number.as_str()), ("refusal-notice", "慧企不受〔2026〕1号"));
    assert!(refused.words.contains("诉讼") && refused.words.contains("法院") && refused.words.contains("立案"));
    // A second of a kind has the next number; each is read where it belongs.
    let third = asked(&firm).await;
    accepted(&app, &third).await;
    let second = papers(&app).await.pop().unwrap();
    assert_eq!(second.number, "慧企受〔2026〕2号");
    for client in [&firm, &desk] {
        let page = client.get(&format!("/cases/{third}/papers/{}", second.slug)).await;
        page.expect(200).has("受理通知书").has("慧企受〔2026〕2号").has("首问责任人");
        assert_eq!(page.all("svg.qr").len(), 1);
        client.get(&format!("/requests/{third}")).await.expect(200).has("慧企受〔2026〕2号");
    }
    // A paper of another case is not found under this one.
    firm.get(&format!("/cases/{other}/papers/{}", second.slug)).await.expect(404);
    app.public().get(&format!("/cases/{third}/papers/{}", second.slug)).await.expect(303);
    app.audit_is_whole().await;
});

both!(a_new_text_is_approved_by_another_and_holds_from_then_on, |app| async move {
    let officer = app.as_(Role::CentreOfficer).await;
    let approver = app.as_(Role::BureauApprover).await;
    let firm = app.as_(Role::EnterpriseMember).await;
    let first = asked(&firm).await;
    accepted(&app, &first).await;
    officer.get("/settings/papers").await.expect(200).has("受理通知书").has("第 1 版");
    let path = "/settings/papers/acceptance-notice";
    let shipped = templates::current(huiqi_casework::papers::PaperKind::AcceptanceNotice).unwrap();
    let (zh, en) = (shipped.zh.lines.join("\r\n"), shipped.en.lines.join("\r\n"));
    let (zh_more, en_more) = (format!("{zh}\r\n台风期间请勿到场。"), format!("{en}\r\nStay at home in a typhoon."));
    let base = shipped.version.to_string();
    let propose = |zh: String, en: String, reason: &'static str| {
        let (officer, base) = (officer.clone(), base.clone());
        async move { officer.post(path, &[("base", &base), ("zh", &zh), ("en", &en), ("reason", reason)]).await }
    };
    // Wrong in each way, beside its field, and nothing typed is lost.
    propose(zh_more.clone(), en.clone(), "台风季").await.expect(422).has("英文与中文对不上").has("台风期间请勿到场。");
    propose(format!("{zh_more}{{x}}"), en_more.clone(), "台风季").await.expect(422).has("x 没有可填的内容");
    propose(zh.replace("{responsible}", "他"), en.clone(), "台风季").await.expect(422).has("不能少了 responsible");
    propose(zh_more.clone(), en_more.clone(), "").await.expect(422).has("写明为什么改");
    propose(zh_more.clone(), en_more.clone(), "台风季").await.expect(303);
    propose(zh_more, en_more, "再来一次").await.expect(409);
    let version = (shipped.version + 1).to_string();
    officer.post(&format!("{path}/{version}/approve"), &[]).await.expect(404);
    approver.get("/settings").await.expect(200).has("有文书的新文本等批准");
    approver.get(path).await.expect(200).has("台风期间请勿到场。").has("台风季");
    approver.post(&format!("{path}/{version}/reject"), &[("words", "")]).await.expect(422);
    approver.post(&format!("{path}/{version}/approve"), &[]).await.expect(303);
    approver.post(&format!("{path}/{version}/approve"), &[]).await.expect(409);
    let second = asked(&firm).await;
    accepted(&app, &second).await;
    let issued = papers(&app).await;
    assert!(!issued[0].words.contains("台风期间") && issued[1].words.contains("台风期间请勿到场。"));
    let sheet = format!("/cases/{second}/papers/{}", issued[1].slug);
    firm.get(&sheet).await.expect(200).has("台风期间请勿到场。");
    officer.get(path).await.expect(200).has("在用").has("用过");
    app.audit_is_whole().await;
});

both!(the_closing_notice_says_how_it_was_closed, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let confirmed = answered(&app, &firm).await;
    firm.post(&format!("/requests/{confirmed}/confirm"), &[]).await.expect(303);
    let silent = answered(&app, &firm).await;
    app.pass_days(20);
    assert_eq!(app.run_job("requests.silence").await, 1);
    let closing: Vec<Row> = papers(&app).await.into_iter().filter(|p| p.kind == "closing-notice").collect();
    assert_eq!(closing.len(), 2);
    assert_eq!((closing[0].on_case.as_str(), closing[1].on_case.as_str()), (confirmed.as_str(), silent.as_str()));
    assert!(closing[0].words.contains("已经确认事情办好") && closing[0].words.contains("预测试做完了"));
    assert!(closing[1].words.contains("不表示您（单位）已经确认") && !closing[1].words.contains("已经确认事情办好"));
    // The program closed it; the desk signs.
    let desk = app.as_(Role::OperatorAgent).await.actor().organisation_name.clone();
    assert!(closing[1].words.contains(&desk), "{}", closing[1].words);
});

both!(a_paper_stays_as_it_was_issued, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let paper = papers(&app).await.remove(0);
    let path = format!("/cases/{number}/papers/{}", paper.slug);
    let check = |code: &str| format!("/papers/check?n={}&c={code}", paper.slug);
    let before = firm.get(&path).await.one(".paper");
    // A newer version of the template exists: the paper says what it said.
    let work = app.ctx.write(&huiqi_kernel::people::Viewer::System).await.unwrap();
    work.run("UPDATE case_paper SET template = template + 1", []).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(firm.get(&path).await.one(".paper"), before);
    assert!(templates::all().iter().all(|t| t.version >= 1));
    // Anybody may check it; nothing personal is shown, and a wrong code says no more than a wrong number.
    let page = app.public().get(&check(&paper.check_code)).await;
    page.expect(200).has(&paper.number).has(&paper.sha256).has("文字和发出时一致").lacks("王例明").lacks("电磁兼容");
    app.public().get(&check("AAAAAAAA")).await.expect(200).has("没有查到").lacks(&paper.sha256);
    // What is printed beside the QR code opens it too, and the number of the paper however its brackets were typed.
    let beside = firm.get(&path).await.all(".paper-code b");
    let (number, code) = (beside[0].clone(), beside[1].replace(' ', "+"));
    assert!(number.starts_with("FW-"), "{beside:?}");
    for typed in [number, paper.number.replace('〔', "[").replace('〕', "]").replace('号', "")] {
        let check = format!(
            "/papers/check?n={}&c={code}",
            url::form_urlencoded::byte_serialize(typed.as_bytes()).collect::<String>()
        );
        app.public().get(&check).await.expect(200).has(&paper.number).has("文字和发出时一致");
    }
    app.public().get("/papers/check?n=&c=").await.expect(422).has("编号或文号还没有填").has("二维码旁边的码还没有填");
    // Altered in the database: the sheet and the check say so.
    let work = app.ctx.write(&huiqi_kernel::people::Viewer::System).await.unwrap();
    let altered = paper.words.replace("5个工作日", "9个工作日");
    assert_ne!(altered, paper.words);
    work.run("UPDATE case_paper SET words = ?", [Value::from(altered)]).await.unwrap();
    work.commit().await.unwrap();
    firm.get(&path).await.expect(200).has("和发出时不一样");
    app.public().get(&check(&paper.check_code)).await.expect(200).has("和发出时不一致");
});

both!(a_department_gets_a_transfer_order_and_the_firm_does_not_see_it, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let organisation = app.office(Capacity::Department).await;
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let target = Target { organisation, window: None, lead: true, why: String::new() };
    requests::actions::dispatch(&app.ctx, &dispatcher.viewer(), &number, &[target], Mode::Lead, "", None)
        .await
        .unwrap();
    let order = papers(&app).await.pop().unwrap();
    assert_eq!((order.kind.as_str(), order.number.as_str()), ("transfer-order", "慧企转〔2026〕1号"));
    assert!(order.on_case.starts_with("PD-") && order.words.contains(&number) && order.words.contains("电磁兼容"));
    let path = format!("/cases/{}/papers/{}", order.on_case, order.slug);
    let department = app.as_(Role::DepartmentOfficer).await;
    department.get(&path).await.expect(200).has("转办单").has("签收");
    // No query code of the firm on it.
    let sheet = department.get(&path).await.one(".paper");
    assert!(sheet.contains("核对码") && !sheet.contains("查询码"), "{sheet}");
    firm.get(&path).await.expect(404);
    firm.get(&format!("/requests/{number}")).await.expect(200).lacks("转办单");
    dispatcher.get(&format!("/requests/{number}")).await.expect(200).has("转办单");
});

both!(papers_of_a_report_keep_the_reporter, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let form = [
        ("step", "2"),
        ("kind", "report"),
        ("title", "有人收好处"),
        ("words", "有人收好处"),
        ("contact", "王例明"),
        ("phone", "13900001234"),
        ("reach", "call"),
        ("consent", "yes"),
    ];
    let page = firm.post("/ask", &form).await;
    page.expect(303);
    let number = page.location().unwrap().rsplit('/').next().unwrap().to_owned();
    let officer = app.as_(Role::BureauOfficer).await;
    officer.post(&format!("/requests/{number}/accept"), &[("class", "complex")]).await.expect(303);
    let organisation = app.office(Capacity::Department).await;
    let target = Target { organisation, window: None, lead: true, why: String::new() };
    requests::actions::dispatch(&app.ctx, &officer.viewer(), &number, &[target], Mode::Lead, "", None).await.unwrap();
    let issued = papers(&app).await;
    assert_eq!(issued.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>(), ["acceptance-notice", "transfer-order"]);
    let firm_name = firm.actor().organisation_name.clone();
    assert!(issued[0].words.contains(&firm_name) && !issued[1].words.contains(&firm_name));
    assert!(issued[1].words.contains("保密"));
    let department = app.as_(Role::DepartmentOfficer).await;
    department.get(&format!("/cases/{number}/papers/{}", issued[0].slug)).await.expect(404);
    let page = department.get(&format!("/requests/{number}")).await;
    page.expect(200).lacks("受理通知书").has("转办单").lacks(&firm_name);
    officer.get(&format!("/cases/{number}/papers/{}", issued[0].slug)).await.expect(200).has(&firm_name);
});

both!(a_paper_is_also_a_file, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let number = asked(&firm).await;
    accepted(&app, &number).await;
    let paper = papers(&app).await.remove(0);
    for language in ["zh-CN", "en"] {
        let path = format!("/cases/{number}/papers/{}/docx?text={language}", paper.slug);
        let file = firm.get(&path).await;
        file.expect(200);
        assert!(file.bytes.starts_with(b"PK") && file.bytes.len() > 4000, "{}", file.bytes.len());
        app.as_(Role::ProviderAgent).await.get(&path).await.expect(404);
    }
});

both!(the_bearer_reads_papers_and_case_file, |app| async move {
    let visitor = app.public();
    let form = [
        ("step", "2"),
        ("kind", "need"),
        ("category", "05"),
        ("title", "电磁兼容预测试"),
        ("words", "想先做一次预测试。"),
        ("firm", "示例石材厂"),
        ("district", "350206"),
        ("contact", "李例"),
        ("phone", "139 0000 4321"),
        ("reach", "site"),
        ("consent", "yes"),
    ];
    let page = visitor.post("/ask", &form).await;
    page.expect(303);
    let number = page.location().unwrap().rsplit('/').next().unwrap().to_owned();
    page.follow().await.expect(200);
    accepted(&app, &number).await;
    let paper = papers(&app).await.remove(0);
    assert!(paper.words.contains("示例石材厂"));
    let path = format!("/follow/{number}/papers/{}", paper.slug);
    visitor.get(&format!("/follow/{number}")).await.expect(200).has("受理通知书");
    visitor.get(&path).await.expect(200).has("示例石材厂").has("查询码");
    assert!(visitor.get(&format!("{path}/docx")).await.bytes.starts_with(b"PK"));
    app.public().get(&path).await.expect(404);
    // Closed: the case file, and a supplement.
    app.as_(Role::OperatorDispatcher)
        .await
        .post(&format!("/requests/{number}/answer"), &[("words", "可以做，周三送板")])
        .await
        .expect(303);
    app.pass_ms(60_000);
    visitor.post(&format!("/follow/{number}/confirm"), &[]).await.expect(303);
    let file = format!("/follow/{number}/file");
    visitor.get(&file).await.expect(200).has("卷内目录").has("周三送板").has("现有记录和封存时一致");
    app.pass_ms(60_000);
    visitor
        .post(&format!("/follow/{number}/supplements"), &[("title", "回执"), ("words", "板子已送")])
        .await
        .expect(303);
    visitor.get(&file).await.expect(200).has("板子已送").lacks("不一致");
    app.public().get(&file).await.expect(404);
});
