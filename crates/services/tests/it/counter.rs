//! The counter: one page for a call, with and without scripts.

use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::{Client, TestApp};
use huiqi_testkit::both;

#[derive(FromQueryResult)]
struct Text {
    value: Option<String>,
}

async fn text(app: &TestApp, sql: &str, value: &str) -> Option<String> {
    let row: Option<Text> = ctx::one(&app.ctx, sql, [Value::from(value)]).await.unwrap();
    row.and_then(|r| r.value)
}

async fn run(app: &TestApp, sql: &str) {
    let work = app.ctx.write(&Viewer::System).await.unwrap();
    work.run(sql, []).await.unwrap();
    work.commit().await.unwrap();
}

async fn organisation_number(app: &TestApp, id: i64) -> String {
    #[derive(FromQueryResult)]
    struct Row {
        number: String,
    }
    let row: Option<Row> =
        ctx::one(&app.ctx, "SELECT number FROM organisation WHERE id = ?", [Value::from(id)]).await.unwrap();
    row.unwrap().number
}

const CALL: &[(&str, &str)] = &[
    ("sent", "1"),
    ("contact", "陈例"),
    ("phone", "13900002222"),
    ("channel", "hotline"),
    ("kind", "consultation"),
    ("words", "首次贷款贴息要准备哪些材料？"),
];

fn call<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<(&str, &str)> = CALL.iter().copied().filter(|(k, _)| !more.iter().any(|(m, _)| m == k)).collect();
    form.extend_from_slice(more);
    form
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A call answered on the spot; the number of the request.
async fn spot(agent: &Client, more: &[(&str, &str)]) -> String {
    let mut form = call(more);
    form.extend([("do", "spot"), ("category", "02"), ("answer", "营业执照、借款合同、利息单三样，网上就能交。")]);
    let page = agent.post("/requests/new", &form).await;
    page.expect(303);
    last(page.location().unwrap())
}

both!(a_firm_is_found_by_code_name_initials_and_phone, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let id = app.firm("厦门例光石材有限公司").await;
    let firm = organisation_number(&app, id).await;
    let code = text(&app, "SELECT code AS value FROM organisation WHERE number = ?", &firm).await.unwrap();
    for q in ["例光石材", "xmlg", &code[..12]] {
        let page = agent.get(&format!("/requests/new/firms?q={q}")).await;
        page.expect(200).has("厦门例光石材有限公司").has("找到 1 家");
        assert!(page.statements <= 15, "{q}: {}", page.statements);
        assert_eq!(page.attributes("button[name=pick]", "value"), [firm.as_str()]);
    }
    agent.get("/requests/new/firms?q=没有这一家").await.expect(200).has("没有查到");
    // Without a script the same by buttons; what was typed stays.
    let mut form = call(&[("q", "xmlg"), ("do", "find")]);
    let page = agent.post("/requests/new", &form).await;
    page.expect(200).has("厦门例光石材有限公司").has("首次贷款贴息");
    form.retain(|(k, _)| *k != "do" && *k != "contact" && *k != "phone");
    form.extend([("contact", ""), ("phone", ""), ("pick", firm.as_str())]);
    let page = agent.post("/requests/new", &form).await;
    page.expect(200).has("这家企业还没有提过诉求");
    assert_eq!(page.attributes("input[name=firm_number]", "value"), [firm.as_str()]);
    assert!(page.statements <= 15, "{}", page.statements);
    spot(&agent, &[("firm_number", &firm)]).await;
    // The next call: earlier matters by firm and by phone, exactly.
    agent.get(&format!("/requests/new/firms?pick={firm}")).await.expect(200).has("首次贷款贴息").has("已办结");
    agent
        .get("/requests/new/firms?q=139%200000%202222")
        .await
        .expect(200)
        .has("这个号码提过 1 件，涉及 1 家企业")
        .has("首次贷款贴息");
    agent.get("/requests/new/firms?q=13900002223").await.expect(200).has("还没有提过");
    // Others find nothing by it: neither firms nor a window that has nothing to do with it.
    app.as_(Role::EnterpriseMember).await.get("/requests/new/firms?q=13900002222").await.expect(403);
    app.as_(Role::WindowAgent).await.get("/requests/new/firms?q=13900002222").await.expect(200).has("还没有提过");
    app.as_(Role::WindowAgent)
        .await
        .get("/requests/new/similar?q=首次贷款贴息要准备哪些材料")
        .await
        .expect(200)
        .lacks("利息单三样");
});

both!(a_firm_is_noted_in_passing_once, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let new = [("firm", "厦门新例食品有限公司"), ("district", "350203"), ("register", "yes")];
    let number = spot(&agent, &new).await;
    let firm = text(
        &app,
        "SELECT o.number AS value FROM case_record c JOIN organisation o ON o.id = c.firm WHERE c.number = ?",
        &number,
    )
    .await;
    let firm = firm.expect("the request belongs to the firm that was noted");
    // The next call finds it, not checked yet; the desk checks it later.
    agent.get("/requests/new/firms?q=xmxl").await.expect(200).has("厦门新例食品有限公司");
    let page = agent.get(&format!("/enterprises/{firm}")).await;
    page.expect(200).has("待核实").has("顺手登记");
    let version = page.attributes("form[action$=vouch] input[name=version]", "value").remove(0);
    agent.post(&format!("/enterprises/{firm}/vouch"), &[("version", &version)]).await.expect(303);
    agent.get(&format!("/enterprises/{firm}")).await.expect(200).has("已核实");
    agent.post(&format!("/enterprises/{firm}/vouch"), &[("version", &version)]).await.expect(409);
    // The same again, said a little otherwise, warns and offers the one that is there.
    let mut again = call(&[("firm", "新例食品有限公司"), ("district", "350203"), ("register", "yes")]);
    again.extend([("do", "take")]);
    let page = agent.post("/requests/new", &again).await;
    page.expect(422).has("名称相近");
    assert_eq!(page.attributes("button[name=pick]", "value"), [firm.as_str()]);
    again.push(("firm_anyway", "yes"));
    agent.post("/requests/new", &again).await.expect(303);
    // The same code is never entered twice, whatever is ticked.
    let known = app.firm("厦门有码例机械有限公司").await;
    let code =
        text(&app, "SELECT code AS value FROM organisation WHERE number = ?", &organisation_number(&app, known).await)
            .await
            .unwrap();
    let mut coded = call(&[
        ("firm", "厦门另一名称有限公司"),
        ("district", "350203"),
        ("register", "yes"),
        ("code", &code),
        ("code_anyway", "yes"),
        ("firm_anyway", "yes"),
    ]);
    coded.push(("do", "take"));
    agent.post("/requests/new", &coded).await.expect(422).has("已经有这个代码").has("厦门有码例机械有限公司");
    // Left out of the register where the box is empty: somebody without a firm may call too.
    let number = spot(&agent, &[("firm", "准备开店的例某"), ("district", "350203")]).await;
    let asker = text(&app, "SELECT asker AS value FROM case_record WHERE number = ?", &number).await;
    assert_eq!(asker.as_deref(), Some("准备开店的例某"));
    app.audit_is_whole().await;
});

both!(number_and_code_are_read_out_to_whoever_called, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let firm = organisation_number(&app, app.firm("示例茶业有限公司").await).await;
    // It is counted by category, so it has one.
    let mut form = call(&[("firm_number", firm.as_str())]);
    form.extend([("do", "spot"), ("answer", "三样材料")]);
    agent.post("/requests/new", &form).await.expect(422).has("请选服务类别");
    let number = spot(&agent, &[("firm_number", &firm)]).await;
    let page = agent.get(&format!("/requests/new/{number}")).await;
    let code = text(
        &app,
        "SELECT r.query_code AS value FROM request r JOIN case_record c ON c.id = r.case_id WHERE c.number = ?",
        &number,
    )
    .await
    .unwrap();
    page.expect(200).has("已当场办结");
    let said: String = page.all(".receipt-codes dd").concat().replace(' ', "");
    assert_eq!(said, format!("{number}{code}"));
    // For whoever took the call, and nobody else.
    app.as_(Role::OperatorManager).await.get(&format!("/requests/new/{number}")).await.expect(404);
    app.as_(Role::WindowAgent).await.get(&format!("/requests/new/{number}")).await.expect(404);
});

both!(a_category_is_set_later, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let firm = organisation_number(&app, app.firm("示例茶业有限公司").await).await;
    let mut form = call(&[("firm_number", firm.as_str()), ("kind", "need")]);
    form.push(("do", "take"));
    let page = agent.post("/requests/new", &form).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    agent.post(&format!("/requests/{number}/accept"), &[("class", "ordinary")]).await.expect(303);
    let path = format!("/requests/{number}/classify");
    agent.post(&path, &[("category", "")]).await.expect(422).has("请选另一个类别");
    app.as_(Role::WindowAgent).await.post(&path, &[("category", "05")]).await.expect(404);
    app.as_(Role::BureauOfficer).await.post(&path, &[("category", "05")]).await.expect(404);
    app.as_(Role::OperatorDispatcher).await.post(&path, &[("category", "05")]).await.expect(303);
    let category = text(&app, "SELECT category AS value FROM case_record WHERE number = ?", &number).await;
    assert_eq!(category.as_deref(), Some("05"));
    agent.get(&format!("/requests/{number}")).await.expect(200).has("改服务类别").has("改为“");
    app.audit_is_whole().await;
});

both!(initials_of_the_own_name_and_the_registers_phone, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let id = app.firm("厦门湾汐例光科技有限公司").await;
    let firm = organisation_number(&app, id).await;
    for q in ["xmwxlg", "wxlg", "WXLG", "wanxi", "xiamenwanxi", "湾汐例光"] {
        agent.get(&format!("/requests/new/firms?q={q}")).await.expect(200).has("厦门湾汐例光科技有限公司");
    }
    app.as_(Role::OperatorManager).await.get("/search?q=wxlg").await.expect(200).has("厦门湾汐例光科技有限公司");
    agent.get("/enterprises?q=wxlg").await.expect(200).has("厦门湾汐例光科技有限公司");
    // What was indexed before is indexed anew, once.
    run(&app, "UPDATE enterprise SET indexed = 0").await;
    assert!(app.run_job("enterprises.index").await > 0);
    assert_eq!(app.run_job("enterprises.index").await, 0);
    agent.get("/requests/new/firms?q=wxlg").await.expect(200).has("厦门湾汐例光科技有限公司");
    // A number that has never asked is looked up in the register.
    run(&app, "UPDATE enterprise SET phone = '0592-5550199'").await;
    let page = agent.get("/requests/new/firms?q=05925550199").await;
    page.expect(200).has("登记了这个号码的有").has(&firm);
    let page = agent.get("/requests/new/firms?q=13900008888").await;
    page.expect(200).has("名录里和以前的诉求里都没有这个号码");
    // More than are shown is said.
    for n in 0..9 {
        app.firm(&format!("厦门多例{n}号有限公司")).await;
    }
    let page = agent.get("/requests/new/firms?q=多例").await;
    page.expect(200).has("先列 8 家，还有更多");
    assert_eq!(page.attributes("button[name=pick]", "value").len(), 8);
});

both!(what_another_office_passes_on_has_number_and_day, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let firm = organisation_number(&app, app.firm("示例茶业有限公司").await).await;
    let passed = |channel: &'static str, number: &'static str, due: &'static str| {
        let mut form = call(&[("kind", "need"), ("channel", channel)]);
        form.extend([("outside_number", number), ("outside_due", due), ("do", "take")]);
        form
    };
    let send = |mut form: Vec<(&'static str, &'static str)>| {
        let (agent, firm) = (agent.clone(), firm.clone());
        async move {
            form.retain(|(k, _)| *k != "firm_number");
            let mut form: Vec<(&str, &str)> = form;
            form.push(("firm_number", &firm));
            agent.post("/requests/new", &form).await
        }
    };
    let page = send(passed("12345", "", "")).await;
    page.expect(422).has("12345 转入的要填那边的编号").has("12345 转入的要填那边的期限");
    send(passed("12345", "X-1", "2026-10-11")).await.expect(422).has("外部期限已经过去");
    send(passed("12345", "X-1", "2020-01-01")).await.expect(422).has("外部期限已经过去");
    send(passed("hotline", "X-1", "")).await.expect(422).has("只有 12345 和部门转来的才填这一栏");
    send(passed("hotline", "", "2026-10-20")).await.expect(422).has("只有 12345 和部门转来的才填这一栏");
    send(passed("department", "", "2026-10-20")).await.expect(422).has("也要填外部编号");
    send(passed("department", "", "")).await.expect(303);
    send(passed("12345", "X-1", "2026-10-12")).await.expect(303);
});

both!(a_complaint_about_the_own_window_goes_to_the_hub, |app| async move {
    let window = app.as_(Role::WindowAgent).await;
    let about = crate::requests::window_number(&app).await;
    let mut form = call(&[("kind", "complaint"), ("channel", "window"), ("words", "窗口答应回电，两周没有回。")]);
    form.extend([
        ("firm", "示例食品厂"),
        ("district", "350203"),
        ("about", about.as_str()),
        ("own", "yes"),
        ("do", "take"),
    ]);
    let page = window.post("/requests/new", &form).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    let state = text(&app, "SELECT state AS value FROM case_record WHERE number = ?", &number).await;
    assert_eq!(state.as_deref(), Some("submitted"));
    app.as_(Role::OperatorAgent).await.get(&format!("/requests/{number}")).await.expect(200);
    window.get(&format!("/requests/{number}")).await.expect(404);
});

both!(nothing_with_open_places_goes_out, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let firm = organisation_number(&app, app.firm("示例茶业有限公司").await).await;
    let mut form = call(&[("firm_number", firm.as_str()), ("category", "02")]);
    form.extend([("do", "spot"), ("answer", "标准编号是＿＿＿。网上就能交。")]);
    let page = agent.post("/requests/new", &form).await;
    page.expect(422).has("还有 1 处“＿＿”没有填");
    assert_eq!(page.one("#answer").trim(), "标准编号是＿＿＿。网上就能交。", "what was typed stays");
    let mut form = call(&[("firm_number", firm.as_str()), ("kind", "need")]);
    form.push(("do", "take"));
    let page = agent.post("/requests/new", &form).await;
    page.expect(303);
    let number = last(page.location().unwrap());
    agent.post(&format!("/requests/{number}/accept"), &[("class", "ordinary")]).await.expect(303);
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    let answer = format!("/requests/{number}/answer");
    dispatcher.post(&answer, &[("words", "请交＿＿和＿＿。")]).await.expect(422).has("还有 2 处“＿＿”没有填");
    dispatcher.post(&answer, &[("words", "请交执照和合同。")]).await.expect(303);
});
