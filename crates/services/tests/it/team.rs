//! Inside a window: who gives, who has, who is away, who stands in.

use huiqi_kernel::people::Role;
use huiqi_testkit::app::{Client, Member, TestApp};
use huiqi_testkit::both;

use super::requests::{accepted, asked, assignment, case, dispatched, number_in, window_number};

/// Another person of the first window.
async fn colleague(app: &TestApp, role: Role, name: &str) -> Client {
    let (organisation, window) = app.first_window().await;
    let name = Some(name.to_owned());
    app.member(Member { role, organisation, window: Some(window), name, ..Member::default() }).await
}

async fn number_of(app: &TestApp, client: &Client) -> String {
    number_in(app, "person", "id", client.actor().person).await
}

/// A request that was offered to the first window, and its assignment.
async fn offered(app: &TestApp, firm: &Client) -> (String, String) {
    let request = asked(firm).await;
    accepted(app, &request).await;
    dispatched(app, &request, &[&window_number(app).await], "lead").await;
    let below = assignment(app, &request).await;
    (request, below)
}

both!(the_manager_gives_and_nobody_claims, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let manager = colleague(&app, Role::WindowManager, "周负责").await;
    let agent = colleague(&app, Role::WindowAgent, "林经办").await;
    let other = colleague(&app, Role::WindowAgent, "吴经办").await;
    let (_, first) = offered(&app, &firm).await;
    // A shared pool, unless said otherwise.
    agent.get("/inbox").await.expect(200).has(&first).has("归我办");
    agent.post("/team/mode", &[("mode", "given")]).await.expect(403);
    manager.post("/team/mode", &[("mode", "given")]).await.expect(303);
    let (request, second) = offered(&app, &firm).await;
    // What is new comes to the manager, not to the agents.
    agent.get("/notices").await.has(&first).lacks(&second);
    manager.get("/notices").await.has(&second);
    agent.get("/inbox").await.lacks(&first).lacks(&second);
    manager.get("/inbox").await.has(&first).has(&second).has("等负责人分");
    agent.post("/inbox/claim", &[("n", &second)]).await.expect(409).has("不能自己认领");
    agent.get(&format!("/requests/{request}")).await.has("请负责人分给您");
    agent.post(&format!("/assignments/{second}/take"), &[]).await.expect(409).has("不能自己认领");
    let me = number_of(&app, &agent).await;
    agent.post(&format!("/assignments/{second}/give"), &[("person", &me)]).await.expect(409);
    agent.get("/team/give").await.expect(403);
    // Given to a person, with everybody's load beside the name.
    let page = manager.get(&format!("/team/give?n={first}&n={second}")).await;
    page.expect(200).has("在手 0 件，超期 0 件，今天到期 0 件");
    manager.post("/team/give", &[("n", &first), ("n", &second)]).await.expect(422).has("还没有选分给谁");
    manager.post("/team/give", &[("n", &first), ("n", &second), ("person", &me)]).await.expect(303);
    assert_eq!(case(&app, &second).await.handler_person, Some(agent.actor().person));
    agent.get("/notices").await.has("分给您 2 件");
    agent.get("/inbox").await.has(&first).has(&second);
    other.get("/inbox").await.lacks(&first).lacks(&second);
    agent.post(&format!("/assignments/{second}/take"), &[]).await.expect(303);
    // One of them passes to somebody else on its page; the load stands beside the names there too.
    let him = number_of(&app, &other).await;
    manager.get(&format!("/requests/{request}")).await.has("林经办（在手 2 件");
    manager.post(&format!("/assignments/{second}/give"), &[("person", &him)]).await.expect(303);
    other.get("/inbox").await.has(&second);
    // The page of the team counts, and hands everything over at once.
    let team = manager.get("/team").await;
    team.expect(200).has("林经办").has("吴经办");
    let page = manager.post("/team/hand-over", &[("holder", ""), ("receiver", "")]).await;
    page.expect(422).has("请选谁交出来").has("请选交给谁");
    let page = manager.post("/team/absences", &[("from", ""), ("to", ""), ("deputy", "")]).await;
    page.expect(422).has("第一天要是今天或以后").has("最后一天不能早于第一天").has("请选谁代班");
    manager.post("/team/hand-over", &[("holder", &him), ("receiver", &him)]).await.expect(422).has("要不同");
    manager.post("/team/hand-over", &[("holder", &him), ("receiver", &me)]).await.expect(303);
    assert_eq!(case(&app, &second).await.handler_person, Some(agent.actor().person));
    // Late and close ones first, with their numbers.
    app.set_time("2026-10-13 09:00");
    manager.get("/inbox").await.has("黄：临近到期 2 件");
    app.set_time("2026-10-20 09:00");
    manager.get("/inbox").await.has("红：已超期 2 件");
    manager.get(&format!("/inbox?tab=overdue&holder={me}")).await.has(&second);
    manager.get("/inbox?holder=none").await.lacks(&second);
    manager.get("/team").await.expect(200);
    app.audit_is_whole().await;
});

both!(a_deputy_stands_in_while_somebody_is_away, |app| async move {
    let firm = app.as_(Role::EnterpriseMember).await;
    let agent = colleague(&app, Role::WindowAgent, "林经办").await;
    let deputy = colleague(&app, Role::WindowAgent, "吴代班").await;
    let third = colleague(&app, Role::WindowAgent, "郑经办").await;
    let (request, mine) = offered(&app, &firm).await;
    agent.post(&format!("/assignments/{mine}/take"), &[]).await.expect(303);
    deputy.get("/inbox").await.lacks(&mine);
    let (a, d) = (number_of(&app, &agent).await, number_of(&app, &deputy).await);
    let away = |person: &str, deputy: &str, from: &str, to: &str| {
        [("person", person), ("deputy", deputy), ("from", from), ("to", to)].map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    let post = |client: Client, form: [(String, String); 4]| async move {
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        client.post("/team/absences", &form).await
    };
    // Days and people have to fit, and an agent speaks for himself only.
    post(agent.clone(), away("", &d, "2026-10-11", "2026-10-14")).await.expect(422).has("今天或以后");
    post(agent.clone(), away("", &d, "2026-10-14", "2026-10-13")).await.expect(422).has("不能早于第一天");
    post(agent.clone(), away("", &a, "2026-10-13", "2026-10-14")).await.expect(422).has("不能是本人");
    post(third.clone(), away(&a, &d, "2026-10-13", "2026-10-14")).await.expect(404);
    post(agent.clone(), away("", &d, "2026-10-13", "2026-10-14")).await.expect(303);
    post(agent.clone(), away("", &d, "2026-10-14", "2026-10-16")).await.expect(422).has("已经登记过");
    post(deputy.clone(), away("", &a, "2026-10-14", "2026-10-14")).await.expect(422).has("正给别人代班");
    deputy.get("/notices").await.has("由您代班");
    // Not before the first day.
    deputy.get("/inbox").await.lacks(&mine);
    app.set_time("2026-10-13 09:00");
    deputy.get("/inbox").await.has(&mine).has("您，代林经办");
    agent.get("/inbox").await.has(&mine).has("林经办（吴代班代）");
    third.get("/inbox").await.lacks(&mine);
    agent.get("/team").await.has("不在，吴代班代班");
    // The firm reads whom it can reach.
    firm.get(&format!("/requests/{request}")).await.has("吴代班").lacks("林经办（");
    firm.post(&format!("/requests/{request}/message"), &[("say", "周三能来吗？")]).await.expect(303);
    for somebody in [&agent, &deputy] {
        somebody.get("/notices").await.has(&request);
    }
    // What the deputy does is the deputy's; the holder stays.
    deputy.post(&format!("/assignments/{mine}/contact"), &[("words", "电话联系上了")]).await.expect(303);
    let page = agent.get(&format!("/requests/{request}")).await;
    page.has("吴代班");
    assert_eq!(case(&app, &mine).await.handler_person, Some(agent.actor().person));
    // It ends by itself.
    app.set_time("2026-10-14 23:50");
    deputy.get("/inbox").await.has(&mine);
    app.set_time("2026-10-15 00:10");
    deputy.get("/inbox").await.lacks(&mine);
    firm.get(&format!("/requests/{request}")).await.has("林经办（");
    // Or earlier, by a word.
    post(agent.clone(), away("", &d, "2026-10-15", "2026-10-20")).await.expect(303);
    deputy.get("/inbox").await.has(&mine);
    let end = [("person", a.as_str()), ("from", "2026-10-15")];
    third.post("/team/absences/end", &end).await.expect(404);
    agent.post("/team/absences/end", &end).await.expect(303);
    deputy.get("/inbox").await.lacks(&mine);
    app.audit_is_whole().await;
});
