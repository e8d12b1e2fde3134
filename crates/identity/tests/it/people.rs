//! People, memberships, invitations, and who may look after whom.

use axum::http::StatusCode;
use huiqi_identity::people::{
    NewMembership, NewPerson, acting, actor, add_membership_in, create_admin, create_person_in, end_membership_in,
    members_in, names, reveal_phone, role_holders_in, set_state_in,
};
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::Fault;
use huiqi_store::audit;

use crate::support::{House, PASSWORD};

fn membership(person: i64, organisation: i64, window: Option<i64>, role: Role) -> NewMembership<'static> {
    NewMembership { person, organisation, window, role, territory: None, verified: true }
}

async fn memberships_keep_their_rules(house: &House) {
    let system = house.organisation("系统", &[Capacity::System, Capacity::Enterprise]).await;
    let other = house.organisation("另一家", &[Capacity::Window]).await;
    let window = house.window(system, "窗口").await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let person = create_person_in(&work, &NewPerson { name: "周示雨", ..NewPerson::default() }).await.unwrap();
    let add = |new| add_membership_in(&work, new);
    let invalid = |result: Result<i64, Fault>| match result {
        Err(Fault::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    let admin = add(membership(person, system, None, Role::SystemAdmin)).await.unwrap();
    assert_eq!(invalid(add(membership(person, system, None, Role::AuditAdmin)).await), "role");
    assert_eq!(invalid(add(membership(person, system, None, Role::SecurityAdmin)).await), "role");
    assert_eq!(invalid(add(membership(person, system, None, Role::SystemAdmin)).await), "role");
    assert_eq!(invalid(add(membership(person, system, None, Role::ProviderAgent)).await), "role");
    assert_eq!(invalid(add(membership(person, system, None, Role::WindowAgent)).await), "window");
    assert_eq!(invalid(add(membership(person, other, Some(window), Role::WindowAgent)).await), "window");
    assert_eq!(invalid(add(membership(person, system, Some(window), Role::EnterpriseMember)).await), "window");
    let agent = add(membership(person, system, Some(window), Role::WindowAgent)).await.unwrap();
    // The last administrator stays.
    assert!(matches!(end_membership_in(&work, admin).await, Err(Fault::Invalid { .. })));
    assert!(matches!(set_state_in(&work, person, 1, false).await, Err(Fault::Invalid { .. })));
    assert_eq!(members_in(&work, system, None, &[Role::SystemAdmin, Role::WindowAgent]).await.unwrap(), [person]);
    assert_eq!(members_in(&work, system, Some(window), &[Role::SystemAdmin]).await.unwrap(), [0_i64; 0]);
    assert_eq!(role_holders_in(&work, &[Role::WindowAgent]).await.unwrap(), [person]);
    end_membership_in(&work, agent).await.unwrap();
    assert!(role_holders_in(&work, &[Role::WindowAgent]).await.unwrap().is_empty());
    assert!(matches!(end_membership_in(&work, agent).await, Err(Fault::NotFound)));
    work.commit().await.unwrap();
    assert!(actor(&house.ctx, agent).await.unwrap().is_none());
    let acted = acting(&house.ctx, &[agent, admin]).await.unwrap();
    assert_eq!(acted[&agent].role, Role::WindowAgent);
    assert_eq!(acted[&agent].place_shown(huiqi_kernel::locale::Locale::Zh), "窗口");
    assert_eq!(names(&house.ctx, &[person]).await.unwrap()[&person].number, "RY-000001");
}

#[tokio::test]
async fn memberships_on_sqlite() {
    memberships_keep_their_rules(&House::sqlite().await).await;
}

#[tokio::test]
async fn memberships_on_postgres() {
    memberships_keep_their_rules(&House::postgres().await).await;
}

#[tokio::test]
async fn the_first_administrator_signs_in_and_names_others() {
    let house = House::sqlite().await;
    assert!(matches!(
        create_admin(&house.ctx, "林示宁", "admin", "password2026").await,
        Err(Fault::Invalid { field: "password", .. })
    ));
    create_admin(&house.ctx, "林示宁", "Admin", PASSWORD).await.unwrap();
    assert!(matches!(
        create_admin(&house.ctx, "另一人", "admin", PASSWORD).await,
        Err(Fault::Invalid { field: "login", .. })
    ));
    let mut browser = house.signed_in("admin").await;
    let page = browser
        .post("/organisations/new", &[("name", "运营机构"), ("capacity", "operator"), ("capacity", "window")])
        .await;
    assert_eq!(
        (page.status, page.location.as_str()),
        (StatusCode::SEE_OTHER, "/organisations/ZZ-000002"),
        "{}",
        page.body
    );
    let page =
        browser.post("/organisations/ZZ-000002/windows", &[("window", "湖里区窗口"), ("state", "connected")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    // A person with an account that waits for its first password.
    let missing = browser
        .post(
            "/people/new",
            &[("organisation", "ZZ-000002"), ("name", "周示雨"), ("role", "window-agent"), ("login", "zhou")],
        )
        .await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("请选是哪个窗口"), "{}", missing.body);
    let page = browser
        .post(
            "/people/new",
            &[
                ("organisation", "ZZ-000002"),
                ("name", "周示雨"),
                ("role", "window-agent"),
                ("window", "CK-0001"),
                ("login", "zhou"),
                ("phone", "130 0000 0001"),
            ],
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let code = page.text("[data-secret]");
    assert_eq!(code.len(), 8, "{}", page.body);
    let mut other = house.browser();
    let wrong = other.post("/sign-in", &[("login", "zhou"), ("password", PASSWORD)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set = other
        .post(
            "/reset/code",
            &[("login", "Zhou"), ("code", &code.to_lowercase()), ("password", PASSWORD), ("password_again", PASSWORD)],
        )
        .await;
    assert_eq!((set.status, set.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in"), "{}", set.body);
    house.signed_in("zhou").await;
    // The list finds her by part of her name.
    let list = browser.get("/people?q=示雨").await;
    assert!(list.body.contains("RY-000002") && !list.body.contains("RY-000001"), "{}", list.body);
    let stale = browser.post("/people/RY-000002/name", &[("name", "周示语"), ("version", "9")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let page =
        browser.post("/people/RY-000002/name", &[("name", "周示语"), ("name_en", "Zhou"), ("version", "1")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert!(browser.get("/people?q=示语").await.body.contains("RY-000002"));
    assert!(list.body.contains("130****0001"));
    assert!(!list.body.contains("13000000001"));
}

#[tokio::test]
async fn a_manager_sees_the_own_house_only() {
    let house = House::sqlite().await;
    let a = house.organisation("甲机构", &[Capacity::Provider]).await;
    let b = house.organisation("乙机构", &[Capacity::Provider]).await;
    house.person("甲负责人", "manager-a", a, None, Role::ProviderManager).await;
    house.person("甲工作人员", "agent-a", a, None, Role::ProviderAgent).await;
    house.person("乙工作人员", "agent-b", b, None, Role::ProviderAgent).await;
    let mut browser = house.signed_in("manager-a").await;
    let list = browser.get("/people").await;
    assert!(list.body.contains("甲工作人员") && !list.body.contains("乙工作人员"));
    assert_eq!(browser.get("/people/RY-000002").await.status, StatusCode::OK);
    assert_eq!(browser.get("/people/RY-000003").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("/people/RY-000003/code", &[("reason", "想看看")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("/memberships/SF-000003/end", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/organisations").await.status, StatusCode::FORBIDDEN);
    let mut agent = house.signed_in("agent-a").await;
    assert_eq!(agent.get("/people").await.status, StatusCode::FORBIDDEN);
    // A code with a reason, told to the person and logged.
    let page = browser.post("/people/RY-000002/code", &[("reason", "当面来的，看过工作证")]).await;
    assert_eq!(page.text("[data-secret]").len(), 8, "{}", page.body);
    assert!(agent.get("/notices").await.body.contains("替您开了一个设新密码的验证码"));
    // Ending the membership ends the session's powers at once.
    let page = browser.post("/memberships/SF-000002/end", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(agent.get("/me").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_phone_is_shown_only_when_asked_and_that_is_logged() {
    let house = House::sqlite().await;
    let a = house.organisation("甲机构", &[Capacity::Provider]).await;
    let b = house.organisation("乙机构", &[Capacity::Provider]).await;
    let (_, manager) = house.person("甲负责人", "manager-a", a, None, Role::ProviderManager).await;
    house.person("甲工作人员", "agent-a", a, None, Role::ProviderAgent).await;
    let (_, stranger) = house.person("乙工作人员", "agent-b", b, None, Role::ProviderAgent).await;
    let stranger = house.viewer(stranger).await;
    assert!(matches!(reveal_phone(&house.ctx, &stranger, "RY-000002").await, Err(Fault::NotFound)));
    assert!(matches!(reveal_phone(&house.ctx, &Viewer::Public, "RY-000002").await, Err(Fault::NotFound)));
    let manager = house.viewer(manager).await;
    assert_eq!(reveal_phone(&house.ctx, &manager, "RY-000002").await.unwrap(), "13000000000");
    let log = audit::page(house.ctx.db(), None, Some("RY-000002"), Some("people.phone-revealed"), 10).await.unwrap();
    assert_eq!(log.len(), 1);
    let mut browser = house.signed_in("manager-a").await;
    assert!(!browser.get("/people/RY-000002").await.body.contains("13000000000"));
    assert!(browser.post("/people/RY-000002/phone", &[]).await.body.contains("13000000000"));
    let log = audit::page(house.ctx.db(), None, Some("RY-000002"), Some("people.phone-revealed"), 10).await.unwrap();
    assert_eq!(log.len(), 2);
}

fn link(page: &crate::support::Page) -> String {
    page.text("[data-secret]").trim_start_matches(crate::support::URL).to_owned()
}

#[tokio::test]
async fn an_invitation_works_once() {
    let house = House::sqlite().await;
    let a = house.organisation("甲机构", &[Capacity::Provider, Capacity::Enterprise]).await;
    house.person("甲负责人", "manager-a", a, None, Role::ProviderManager).await;
    let mut manager = house.signed_in("manager-a").await;
    let refused = manager.post("/invitations", &[("name", "郑示林"), ("role", "operator-manager")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = manager.post("/invitations", &[("name", "郑示林"), ("role", "provider-agent")]).await;
    let path = link(&page);
    assert!(path.starts_with("/invitation/"), "{}", page.body);
    assert!(!manager.get("/invitations").await.body.contains(&path));

    let mut guest = house.browser();
    assert_eq!(guest.get("/invitation/0000").await.status, StatusCode::NOT_FOUND);
    assert!(guest.get(&path).await.body.contains("value=\"郑示林\""));
    let fields = |login: &'static str, consent: &'static str| {
        vec![
            ("name", "郑示林"),
            ("login", login),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
            ("consent", consent),
        ]
    };
    let page = guest.post(&path, &fields("zheng", "")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = guest.post(&path, &fields("manager-a", "yes")).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("已经有人用了"));
    let page = guest.post(&path, &fields("zheng", "yes")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert!(guest.get("/me").await.body.contains("机构工作人员"));
    // The link is used up, for her and for everybody.
    assert_eq!(guest.get(&path).await.status, StatusCode::NOT_FOUND);

    // A second role for the same account.
    let page = manager.post("/invitations", &[("name", "郑示林"), ("role", "provider-manager")]).await;
    let path = link(&page);
    let page = guest.post(&path, &[("mine", "yes"), ("consent", "yes")]).await;
    assert_eq!(page.location, "/me", "{}", page.body);
    let page = guest.post("/acting", &[("membership", "SF-000003")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(guest.get("/invitations").await.status, StatusCode::OK);

    // A withdrawn one opens no more.
    let page = manager.post("/invitations", &[("name", "别人"), ("role", "provider-agent")]).await;
    let path = link(&page);
    assert_eq!(manager.post("/invitations/YQ-000003/withdraw", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.browser().get(&path).await.status, StatusCode::NOT_FOUND);
    // Nor one that is too old.
    let page = manager.post("/invitations", &[("name", "别人"), ("role", "provider-agent")]).await;
    let path = link(&page);
    house.later(8 * 86_400_000);
    assert_eq!(house.browser().get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_desk_issues_codes_but_not_for_offices() {
    let house = House::sqlite().await;
    let operator = house.organisation("运营机构", &[Capacity::Operator]).await;
    let firm = house.organisation("示例光电", &[Capacity::Enterprise]).await;
    house.person("坐席", "desk", operator, None, Role::OperatorAgent).await;
    house.person("派单员", "dispatcher", operator, None, Role::OperatorDispatcher).await;
    house.person("示例人", "firm", firm, None, Role::EnterpriseMember).await;
    let mut desk = house.signed_in("desk").await;
    assert_eq!(desk.get("/reset/desk").await.status, StatusCode::OK);
    let page = desk.post("/reset/desk", &[("login", "firm"), ("reason", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = desk.post("/reset/desk", &[("login", "dispatcher"), ("reason", "他说忘了")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text("[data-secret]").is_empty());
    let page = desk.post("/reset/desk", &[("login", "firm"), ("reason", "回拨了登记的电话")]).await;
    assert_eq!(page.text("[data-secret]").len(), 8, "{}", page.body);
    let mut firm = house.signed_in("firm").await;
    assert_eq!(firm.get("/reset/desk").await.status, StatusCode::FORBIDDEN);
}
