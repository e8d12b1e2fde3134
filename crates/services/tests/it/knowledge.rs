//! The knowledge base and reply templates: written, checked by a second person, used, expired.

use huiqi_kernel::people::Role;
use huiqi_services::knowledge::queries;
use huiqi_store::ctx;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_testkit::app::{Client, Member, TestApp};
use huiqi_testkit::both;

#[derive(FromQueryResult)]
struct Row {
    state: String,
    uses: i64,
    live_answer: Option<String>,
}

async fn row(app: &TestApp, number: &str) -> Row {
    ctx::one(
        &app.ctx,
        "SELECT c.state, k.uses, k.live_answer FROM knowledge k JOIN case_record c ON c.id = k.case_id WHERE c.number = ?",
        [Value::from(number)],
    )
    .await
    .unwrap()
    .unwrap()
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

const ANSWER: &str = "营业执照、借款合同、利息单三样，网上就能交。";

/// A question of this firm answered on the spot by this agent.
async fn spot(agent: &Client, firm: &str, words: &str, answer: &str) -> String {
    let page = agent
        .post(
            "/requests/new",
            &[
                ("sent", "1"),
                ("firm", firm),
                ("district", "350203"),
                ("contact", "王例明"),
                ("phone", "13900002222"),
                ("channel", "hotline"),
                ("kind", "consultation"),
                ("category", "02"),
                ("words", words),
                ("answer", answer),
                ("do", "spot"),
            ],
        )
        .await;
    page.expect(303);
    last(page.location().unwrap())
}

/// An entry of this agent's, in force for three days.
async fn in_force(app: &TestApp, agent: &Client, question: &str, answer: &str) -> String {
    let page = agent
        .post(
            "/knowledge/new",
            &[
                ("question", question),
                ("answer", answer),
                ("basis", "示例办法第三条"),
                ("category", "02"),
                ("valid_until", "2026-10-14"),
                ("do", "propose"),
            ],
        )
        .await;
    page.expect(303);
    let number = last(page.location().unwrap());
    app.as_(Role::OperatorManager).await.post(&format!("/knowledge/{number}/approve"), &[]).await.expect(303);
    number
}

both!(one_click_strips_and_a_second_person_checks, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let request = spot(
        &agent,
        "厦门例光石材有限公司",
        "我是例光石材的王例明，首次贷款贴息要准备哪些材料？回我13900002222。",
        "王总您好：营业执照、借款合同、利息单三样，网上就能交。",
    )
    .await;
    agent.get(&format!("/requests/{request}")).await.expect(200).has("做成知识");
    let page = agent.post(&format!("/requests/{request}/knowledge"), &[]).await;
    page.expect(303);
    let number = page.location().unwrap().split('/').nth(2).unwrap().to_owned();
    // Names and numbers are gone, and the page says how many.
    let form = agent.get(&format!("/knowledge/{number}/edit")).await;
    form.expect(200).has("已经去掉：企业名称 1 处、人名 2 处、电话 1 处").has(ANSWER);
    let question = form.one("#question");
    for gone in ["例光", "王例明", "王总", "13900002222"] {
        form.lacks(gone);
    }
    // A second click leads to the same entry.
    agent.post(&format!("/requests/{request}/knowledge"), &[]).await.expect(303);
    // Nothing goes to be checked without a basis.
    let version = form.attributes("input[name=version]", "value").remove(0);
    let write = |basis: &'static str, go: &'static str| {
        vec![
            ("version".to_owned(), version.clone()),
            ("question".to_owned(), question.clone()),
            ("answer".to_owned(), ANSWER.to_owned()),
            ("basis".to_owned(), basis.to_owned()),
            ("category".to_owned(), "02".to_owned()),
            ("valid_until".to_owned(), "2026-12-31".to_owned()),
            ("do".to_owned(), go.to_owned()),
        ]
    };
    let send = |values: Vec<(String, String)>| {
        let agent = agent.clone();
        let path = format!("/knowledge/{number}/edit");
        async move {
            let pairs: Vec<(&str, &str)> = values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            agent.post(&path, &pairs).await
        }
    };
    send(write("", "propose")).await.expect(422).has("依据还没有填");
    send(write("示例贴息办法第三条", "propose")).await.expect(303);
    assert_eq!(row(&app, &number).await.state, "proposed");
    // Not found by anybody before it is checked.
    agent.get("/requests/new/similar?q=首次贷款贴息要准备哪些材料").await.expect(200).lacks("示例贴息办法");
    // Nobody checks what he wrote himself, also not as another: the same person as manager.
    let approve = format!("/knowledge/{number}/approve");
    agent.post(&approve, &[]).await.expect(404);
    #[derive(FromQueryResult)]
    struct Author {
        author: Option<i64>,
    }
    let manager = app.as_(Role::OperatorManager).await;
    let author: Option<Author> = ctx::one(&app.ctx, "SELECT author FROM knowledge", []).await.unwrap();
    assert_eq!(author.unwrap().author, Some(agent.actor().person));
    app.as_(Role::WindowManager).await.post(&approve, &[]).await.expect(404);
    manager.get("/inbox").await.expect(200).has(&number);
    agent.get("/inbox").await.expect(200).lacks(&number);
    manager.post(&approve, &[]).await.expect(303);
    let live = row(&app, &number).await;
    assert_eq!((live.state.as_str(), live.live_answer.as_deref()), ("in-force", Some(ANSWER)));
    // Now every desk and window finds it while typing, with its basis.
    for role in [Role::OperatorAgent, Role::WindowAgent, Role::CentreAgent] {
        let client = app.as_(role).await;
        let page = client.get("/requests/new/similar?q=贷款贴息需要哪些材料&category=02").await;
        page.expect(200).has("示例贴息办法第三条").has(&ANSWER[..30]);
        assert!(page.statements <= 15);
        client.get(&format!("/knowledge/{number}")).await.expect(200).has(ANSWER);
    }
    // Outside the desks nobody reads it yet.
    app.as_(Role::EnterpriseMember).await.get(&format!("/knowledge/{number}")).await.expect(403);
    app.public().get("/knowledge").await.expect(303);
    app.audit_is_whole().await;
});

both!(a_manager_does_not_check_his_own, |app| async move {
    let manager = app.as_(Role::OperatorManager).await;
    let page = manager
        .post(
            "/knowledge/new",
            &[
                ("question", "名称可以改吗？"),
                ("answer", "可以，网上申请变更。"),
                ("basis", "示例规程"),
                ("category", "01"),
                ("valid_until", "2026-12-31"),
                ("do", "propose"),
            ],
        )
        .await;
    page.expect(303);
    let number = last(page.location().unwrap());
    let approve = format!("/knowledge/{number}/approve");
    manager.post(&approve, &[]).await.expect(404);
    manager.get("/inbox").await.expect(200).lacks(&number);
    let dispatcher = app.as_(Role::OperatorDispatcher).await;
    // Sent back with a reason, written again, and checked.
    dispatcher.post(&format!("/knowledge/{number}/send-back"), &[]).await.expect(422);
    dispatcher.post(&format!("/knowledge/{number}/send-back"), &[("words", "写上在哪里申请")]).await.expect(303);
    manager.get("/inbox").await.expect(200).has(&number);
    manager.get(&format!("/knowledge/{number}")).await.expect(200).has("写上在哪里申请");
    manager.post(&format!("/knowledge/{number}/propose"), &[]).await.expect(303);
    dispatcher.post(&approve, &[("words", "核对过")]).await.expect(303);
    assert_eq!(row(&app, &number).await.state, "in-force");
});

both!(an_expired_answer_goes_to_its_owner, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let number = in_force(&app, &agent, "首次贷款贴息要准备哪些材料？", ANSWER).await;
    assert_eq!(app.run_job("knowledge.expiry").await, 0);
    agent.get("/inbox").await.expect(200).lacks(&number);
    app.set_time("2026-10-14 23:00");
    assert_eq!(app.run_job("knowledge.expiry").await, 0, "the last day counts");
    app.set_time("2026-10-15 00:10");
    // Over at midnight, also before the job has run.
    assert!(queries::search(&app.ctx, "贷款贴息", None, 5).await.unwrap().is_empty());
    assert_eq!(app.run_job("knowledge.expiry").await, 1);
    assert_eq!(app.run_job("knowledge.expiry").await, 0, "once");
    let agent = app.as_(Role::OperatorAgent).await;
    assert_eq!(row(&app, &number).await.state, "expired");
    agent.get("/inbox").await.expect(200).has(&number);
    agent.get("/notices").await.expect(200).has("过了有效期");
    // Only its owner's inbox, not that of every colleague.
    let colleague = app
        .member(Member { role: Role::OperatorAgent, organisation: agent.actor().organisation, ..Member::default() })
        .await;
    colleague.get("/inbox").await.expect(200).lacks(&number);
    // Renewed with a new day, and checked again.
    let renew = format!("/knowledge/{number}/renew");
    agent.post(&renew, &[("until", "2026-10-15")]).await.expect(422).has("今天以后");
    agent.post(&renew, &[("until", "2027-10-31")]).await.expect(303);
    assert!(queries::search(&app.ctx, "贷款贴息", None, 5).await.unwrap().is_empty(), "not before it was checked");
    app.as_(Role::OperatorManager).await.post(&format!("/knowledge/{number}/approve"), &[]).await.expect(303);
    assert_eq!(queries::search(&app.ctx, "贷款贴息", None, 5).await.unwrap().len(), 1);
    // Revised: what was checked stays in force until the new text is checked.
    agent.post(&format!("/knowledge/{number}/revise"), &[]).await.expect(303);
    let form = agent.get(&format!("/knowledge/{number}/edit")).await;
    let version = form.attributes("input[name=version]", "value").remove(0);
    agent
        .post(
            &format!("/knowledge/{number}/edit"),
            &[
                ("version", &version),
                ("question", "首次贷款贴息要准备哪些材料？"),
                ("answer", "四样材料，多一张承诺书。"),
                ("basis", "示例办法第三条"),
                ("category", "02"),
                ("valid_until", "2027-12-31"),
                ("do", "propose"),
            ],
        )
        .await
        .expect(303);
    app.as_(Role::WindowAgent).await.get(&format!("/knowledge/{number}")).await.expect(200).has(ANSWER).lacks("承诺书");
    app.as_(Role::OperatorManager).await.post(&format!("/knowledge/{number}/approve"), &[]).await.expect(303);
    app.as_(Role::WindowAgent).await.get(&format!("/knowledge/{number}")).await.expect(200).has("承诺书").lacks(ANSWER);
    // Withdrawn: found by nobody, read by those who kept it.
    agent.post(&format!("/knowledge/{number}/withdraw"), &[("words", "政策停了")]).await.expect(303);
    app.as_(Role::WindowAgent).await.get(&format!("/knowledge/{number}")).await.expect(404);
    agent.get(&format!("/knowledge/{number}")).await.expect(200).has("政策停了");
    app.audit_is_whole().await;
});

both!(an_owner_who_left_leaves_it_to_the_house, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let number = in_force(&app, &agent, "首次贷款贴息要准备哪些材料？", ANSWER).await;
    let colleague = app
        .member(Member { role: Role::OperatorAgent, organisation: agent.actor().organisation, ..Member::default() })
        .await;
    let work = app.ctx.write(&huiqi_kernel::people::Viewer::System).await.unwrap();
    work.run(
        "UPDATE membership SET until = ? WHERE id = ?",
        [Value::from(1_i64), Value::from(agent.actor().membership)],
    )
    .await
    .unwrap();
    work.commit().await.unwrap();
    app.set_time("2026-10-15 09:00");
    assert_eq!(app.run_job("knowledge.expiry").await, 1);
    // The session of the colleague may have ended by then; ask the table.
    #[derive(FromQueryResult)]
    struct Owner {
        handler_person: Option<i64>,
    }
    let owner: Option<Owner> =
        ctx::one(&app.ctx, "SELECT handler_person FROM case_record WHERE number = ?", [Value::from(number.as_str())])
            .await
            .unwrap();
    assert_eq!(owner.unwrap().handler_person, None);
    #[derive(FromQueryResult)]
    struct N {
        n: i64,
    }
    let told: Option<N> = ctx::one(
        &app.ctx,
        "SELECT COUNT(*) AS n FROM notice WHERE kind = 'knowledge' AND person = ?",
        [Value::from(colleague.actor().person)],
    )
    .await
    .unwrap();
    assert_eq!(told.unwrap().n, 1);
});

both!(a_used_answer_is_counted_and_keeps_its_round_trip, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let number = in_force(&app, &agent, "首次贷款贴息要准备哪些材料？", ANSWER).await;
    let typed = [
        ("sent", "1"),
        ("firm", "厦门例光石材有限公司"),
        ("district", "350203"),
        ("contact", "王例明"),
        ("phone", "13900002222"),
        ("channel", "hotline"),
        ("kind", "consultation"),
        ("words", "贷款贴息要哪些材料？"),
    ];
    // Without a script: the button comes back with the text in the answer, the category set, and everything typed.
    let mut form = typed.to_vec();
    form.push(("insert", &number));
    let page = agent.post("/requests/new", &form).await;
    page.expect(200);
    assert_eq!(page.attributes("#firm", "value"), ["厦门例光石材有限公司"]);
    assert_eq!(page.one("#answer"), ANSWER);
    assert_eq!(page.attributes("input[name=used]", "value"), [number.as_str()]);
    assert_eq!(page.attributes("#category option[selected]", "value"), ["02"]);
    assert_eq!(page.attributes("#phone", "value"), ["13900002222"]);
    assert_eq!(row(&app, &number).await.uses, 0, "not used yet");
    let mut form = typed.to_vec();
    form.extend([("do", "spot"), ("category", "02"), ("answer", ANSWER), ("used", &number), ("used", &number)]);
    agent.post("/requests/new", &form).await.expect(303);
    assert_eq!(row(&app, &number).await.uses, 1, "once for a call");
});

both!(similar_requests_keep_to_scope_and_name_nobody, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let request = spot(
        &agent,
        "厦门例光石材有限公司",
        "首次贷款贴息要准备哪些材料？",
        "例光石材王总：营业执照、借款合同、利息单三样，网上就能交。",
    )
    .await;
    let path = "/requests/new/similar?q=首次贷款贴息要准备哪些材料";
    let page = agent.get(path).await;
    page.expect(200).has("首次贷款贴息要准备哪些材料").has("利息单三样").lacks("例光").lacks("王总");
    assert_eq!(page.attributes("button[name=insert]", "value"), [request.as_str()]);
    // What has nothing in common is not shown, and a window sees none of it.
    agent.get("/requests/new/similar?q=码头集装箱堆存费怎么算").await.expect(200).lacks("利息单三样");
    app.as_(Role::WindowAgent).await.get(path).await.expect(200).lacks("利息单三样");
    // A report is never an example, not even for those who may read it.
    let visitor = app.public();
    let form = [
        ("step", "2"),
        ("firm", "不方便说"),
        ("district", "350206"),
        ("contact", "匿名"),
        ("phone", "13900009999"),
        ("reach", "site"),
        ("consent", "yes"),
        ("kind", "report"),
        ("words", "海堤仓库夜里偷排污水，请查。"),
    ];
    let page = visitor.post("/ask", &form).await;
    page.expect(303);
    let report = last(page.location().unwrap());
    let work = app.ctx.write(&huiqi_kernel::people::Viewer::System).await.unwrap();
    work.run(
        "UPDATE case_record SET state = 'closed', closed_at = opened_at, desk = 'operator' WHERE number = ?",
        [Value::from(report.as_str())],
    )
    .await
    .unwrap();
    work.run(
        "UPDATE request SET answer = '已移交' WHERE case_id = (SELECT id FROM case_record WHERE number = ?)",
        [Value::from(report.as_str())],
    )
    .await
    .unwrap();
    work.commit().await.unwrap();
    agent.get("/requests/new/similar?q=海堤仓库夜里偷排污水").await.expect(200).lacks("已移交");
    agent.get("/requests/new/firms?q=13900009999").await.expect(200).has("还没有提过");
    agent.post(&format!("/requests/{report}/knowledge"), &[]).await.expect(409);
});

both!(templates_belong_to_a_house, |app| async move {
    let manager = app.as_(Role::OperatorManager).await;
    let window = app.as_(Role::WindowManager).await;
    let template = |title: &'static str, words: &'static str, category: &'static str| {
        [("title", title), ("words", words), ("category", category), ("active", "yes")]
    };
    manager.post("/reply-templates/new", &[("title", ""), ("words", "")]).await.expect(422).has("名称还没有填");
    manager.post("/reply-templates/new", &template("贴息材料", "办贴息要准备＿＿，网上提交。", "02")).await.expect(303);
    window.post("/reply-templates/new", &template("本窗口地址", "请到本窗口一楼。", "")).await.expect(303);
    // Agents read, they do not keep.
    app.as_(Role::OperatorAgent).await.post("/reply-templates/new", &template("x", "y", "")).await.expect(403);
    let similar = "/requests/new/similar?q=x&category=02";
    app.as_(Role::OperatorAgent).await.get(similar).await.expect(200).has("贴息材料").lacks("本窗口地址");
    app.as_(Role::WindowAgent).await.get(similar).await.expect(200).has("贴息材料").has("本窗口地址");
    app.as_(Role::OperatorAgent).await.get("/requests/new/similar?q=x&category=05").await.expect(200).lacks("贴息材料");
    // Nobody changes another house's, nor finds a window's own from elsewhere.
    let page = window.get("/reply-templates").await;
    page.expect(200).has("贴息材料").has("本窗口地址");
    let hrefs = page.attributes("td a[href^='/reply-templates/MB']", "href");
    assert_eq!(hrefs.len(), 2);
    let (mut hub, mut own) = (String::new(), String::new());
    for href in hrefs {
        if window.get(&href).await.text.contains("办贴息要准备") { hub = href } else { own = href }
    }
    window.post(&hub, &[("version", "1"), ("title", "改名"), ("words", "改")]).await.expect(404);
    manager.get(&own).await.expect(404);
    // Switched off, it is not offered any more; an older version loses.
    let off = [("version", "1"), ("title", "贴息材料"), ("words", "办贴息要准备＿＿。"), ("category", "02")];
    manager.post(&hub, &off).await.expect(303);
    manager.post(&hub, &off).await.expect(409);
    app.as_(Role::OperatorAgent).await.get(similar).await.expect(200).lacks("贴息材料");
    app.audit_is_whole().await;
});

both!(a_text_goes_into_an_answer_on_the_case_page, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let entry = in_force(&app, &agent, "首次贷款贴息要准备哪些材料？", ANSWER).await;
    let firm = app.as_(Role::EnterpriseMember).await;
    let page = firm
        .post(
            "/ask",
            &[
                ("step", "2"),
                ("kind", "consultation"),
                ("category", "02"),
                ("words", "首次贷款贴息要准备哪些材料？"),
                ("contact", "王例明"),
                ("phone", "13900001234"),
                ("reach", "call"),
                ("consent", "yes"),
            ],
        )
        .await;
    page.expect(303);
    let number = last(page.location().unwrap());
    agent.post(&format!("/requests/{number}/accept"), &[("class", "consultation")]).await.expect(303);
    let page = agent.get(&format!("/requests/{number}")).await;
    page.expect(200).has("套用知识和模板");
    assert!(page.statements <= 15, "{}", page.statements);
    // What was typed goes along, and nothing more happens than that it is shown beside the texts that fit.
    let page = agent.post(&format!("/requests/{number}/text?into=answer"), &[("words", "您好：")]).await;
    page.expect(200).has("示例办法第三条");
    assert!(page.statements <= 15, "{}", page.statements);
    assert_eq!(page.one("#answer-words"), "您好：");
    let page =
        agent.post(&format!("/requests/{number}/text?into=answer"), &[("words", "您好："), ("insert", &entry)]).await;
    page.expect(200);
    assert_eq!(page.one("#answer-words"), format!("您好： {ANSWER}"));
    assert_eq!(page.attributes("input[name=used]", "value"), [entry.as_str()]);
    agent.post(&format!("/requests/{number}/answer"), &[("words", ANSWER), ("used", &entry)]).await.expect(303);
    assert_eq!(row(&app, &entry).await.uses, 1);
    // Somebody to whom the request is not open gets nothing out of it.
    app.as_(Role::WindowAgent)
        .await
        .post(&format!("/requests/{number}/text?into=answer"), &[("insert", &entry)])
        .await
        .expect(404);
    // Nor may somebody write an answer whose turn it is not.
    app.as_(Role::OperatorDispatcher)
        .await
        .post(&format!("/requests/{number}/text?into=a-report"), &[("insert", &entry)])
        .await
        .expect(404);
});

both!(nobody_is_named_in_an_answer_in_force, |app| async move {
    let agent = app.as_(Role::OperatorAgent).await;
    let request = spot(&agent, "厦门例光石材有限公司", "首次贷款贴息要准备哪些材料？", ANSWER).await;
    let page = agent.post(&format!("/requests/{request}/knowledge"), &[]).await;
    page.expect(303);
    let edit = page.location().unwrap().to_owned();
    let number = edit.split('/').nth(2).unwrap().to_owned();
    agent.get(&edit).await.expect(200).has("没有找到企业名称、人名和号码");
    let write = |answer: &'static str, public: &'static str| {
        let (agent, edit) = (agent.clone(), edit.clone());
        async move {
            let form = agent.get(&edit).await;
            let version = form.attributes("input[name=version]", "value").remove(0);
            agent
                .post(
                    &edit,
                    &[
                        ("version", version.as_str()),
                        ("question", "首次贷款贴息要准备哪些材料？"),
                        ("answer", answer),
                        ("basis", "示例贴息办法第三条"),
                        ("category", "02"),
                        ("valid_until", "2026-12-31"),
                        ("public", public),
                        ("do", if public == "save" { "save" } else { "propose" }),
                    ],
                )
                .await
        }
    };
    // What is left open, a mobile number, and the firm that asked are refused outright.
    write("交＿＿就行。", "yes").await.expect(422).has("还有 1 处“＿＿”没有填");
    write("回电13859200001。", "yes").await.expect(422).has("请去掉：13859200001");
    write("例光石材办过。", "yes").await.expect(422).has("请去掉：例光石材");
    // What may be an office's own has to be vouched for, by the writer and by whoever checks.
    let page = write("打 0592-5551234 找王一，或问厦门新例食品有限公司。", "").await;
    page.expect(422).has("0592-5551234").has("王一").has("新例食品有限公司").has("都是公开的");
    write("打 0592-5551234 找王一。", "save").await.expect(303);
    agent.get(&edit).await.expect(200).has("文字里有：").has("王一").lacks("没有找到企业名称");
    agent.post(&format!("/knowledge/{number}/propose"), &[]).await.expect(422).has("都是公开的");
    agent.post(&format!("/knowledge/{number}/propose"), &[("public", "yes")]).await.expect(303);
    let manager = app.as_(Role::OperatorManager).await;
    manager.get(&format!("/knowledge/{number}")).await.expect(200).has("文字里有：").has("0592-5551234");
    manager.post(&format!("/knowledge/{number}/approve"), &[]).await.expect(422).has("都是公开的");
    assert_eq!(row(&app, &number).await.state, "proposed");
    manager.post(&format!("/knowledge/{number}/approve"), &[("public", "yes")]).await.expect(303);
    assert_eq!(row(&app, &number).await.state, "in-force");
    agent.get("/search?q=首次贷款贴息").await.expect(200).has(&number);
    // Whoever writes the same again is shown what is there.
    let page = agent
        .post("/knowledge/new", &[("question", "首次贷款贴息要准备哪些材料？"), ("answer", ""), ("do", "save")])
        .await;
    page.expect(422).has("已有的相近条目").has(&number);
    app.audit_is_whole().await;
});
