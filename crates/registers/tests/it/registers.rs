//! Actions of the four registers, on both databases.

use huiqi_identity::organisations::WindowState;
use huiqi_identity::people;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_kernel::size::SizeClass;
use huiqi_registers::Source;
use huiqi_registers::enterprises::{self, NewEnterprise};
use huiqi_registers::products::{self, NewProduct};
use huiqi_registers::providers::{self, NewProvider};
use huiqi_registers::windows::{self, ClusterRow, Kind, Level, NewWindow};
use huiqi_store::Fault;

use crate::support::{House, code};

fn firm(n: u32, name: &str) -> NewEnterprise {
    NewEnterprise {
        name: name.to_owned(),
        code: Some(code(n)),
        district: Some("350206".into()),
        industry: Some("I65".into()),
        staff: Some(103),
        revenue: Some(15_735_000_000),
        contact: Some("王例明".into()),
        phone: Some("13000000001".into()),
        ..NewEnterprise::default()
    }
}

async fn facade(house: &House) {
    let id = house.firm(&firm(1, "示例软件有限公司")).await;
    let facts = enterprises::facts(house.ctx.db().read(), id).await.unwrap().unwrap();
    assert_eq!((facts.size, facts.verified, facts.number.as_str()), (SizeClass::Medium, true, "ZZ-000001"));
    // A second one with this code is refused.
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let twice = enterprises::create_in(&work, &firm(1, "别的名称"), Source::Desk).await;
    assert!(matches!(twice, Err(Fault::Invalid { field: "code", .. })));
    drop(work);
    // Many at once, in their order.
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let new: Vec<NewEnterprise> = (2..1203).map(|n| firm(n, &format!("示例第{n}号有限公司"))).collect();
    let ids = enterprises::create_many_in(&work, &new, Source::Demo).await.unwrap();
    let many = enterprises::facts_many(&*work, &ids).await.unwrap();
    assert_eq!(many.len(), 1201);
    assert_eq!(many[&ids[700]].code, new[700].code);
    work.commit().await.unwrap();

    // A provider of the same code is the same organisation.
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let provider = NewProvider {
        name: "示例软件有限公司".into(),
        code: Some(code(1)),
        categories: vec!["05".into(), "08".into()],
        ..NewProvider::default()
    };
    assert_eq!(providers::create_in(&work, &provider, Source::Desk).await.unwrap(), id);
    let product =
        NewProduct { provider: id, name: "代码审查".into(), category: "05".into(), ..NewProduct::default() };
    products::create_in(&work, &product, Source::Desk).await.unwrap();
    let again = products::create_in(&work, &product, Source::Desk).await;
    assert!(matches!(again, Err(Fault::Invalid { field: "name", .. })));
    work.commit().await.unwrap();
    let brief = providers::brief(house.ctx.db().read(), id).await.unwrap().unwrap();
    assert_eq!((brief.number.as_str(), brief.categories.len()), ("JG-000001", 2));
    assert_eq!(providers::by_category(&house.ctx, Some("08")).await.unwrap().len(), 1);
    assert_eq!(providers::by_category(&house.ctx, Some("01")).await.unwrap().len(), 0);
    assert_eq!(products::of_provider(&house.ctx, id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn facades_on_sqlite() {
    facade(&House::sqlite().await).await;
}

#[tokio::test]
async fn facades_on_postgres() {
    facade(&House::postgres().await).await;
}

async fn windows_of_article_10(house: &House) {
    let runner = house.organisation("示例产业园运营有限公司", &[Capacity::Window]).await;
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    windows::put_cluster_in(
        &work,
        &ClusterRow { code: "bath".into(), name: "示例水暖集群".into(), name_en: None, district: None },
    )
    .await
    .unwrap();
    let district = NewWindow {
        organisation: runner,
        name: "湖里区窗口（示例）".into(),
        district: Some("350206".into()),
        categories: vec!["01".into(), "08".into()],
        phone: Some("0592-5051234".into()),
        ..NewWindow::default()
    };
    let id = windows::create_in(&work, &district).await.unwrap();
    let second = NewWindow { name: "湖里区第二窗口（示例）".into(), ..district.clone() };
    match windows::create_in(&work, &second).await {
        Err(Fault::Invalid { field: "district", message }) => assert!(message.zh.contains("湖里区窗口（示例）")),
        other => panic!("{other:?}"),
    }
    let excused = NewWindow { exception: Some("厦示〔2026〕1号：新区跨区".into()), ..second };
    windows::create_in(&work, &excused).await.unwrap();
    let cluster = NewWindow {
        name: "水暖集群窗口（示例）".into(),
        kind: Kind::Cluster,
        district: None,
        cluster: Some("bath".into()),
        ..district.clone()
    };
    windows::create_in(&work, &cluster).await.unwrap();
    let base = NewWindow {
        name: "示例创业基地".into(),
        kind: Kind::Base,
        level: Some(Level::City),
        until: Some("2026-10-11".into()),
        categories: Vec::new(),
        ..district.clone()
    };
    windows::create_in(&work, &base).await.unwrap();
    let resting =
        NewWindow { name: "示例平台".into(), kind: Kind::Platform, state: WindowState::Preparing, ..base.clone() };
    windows::create_in(&work, &resting).await.unwrap();
    work.commit().await.unwrap();

    let profile = windows::profile(house.ctx.db().read(), id).await.unwrap().unwrap();
    assert!(profile.serves("08") && !profile.serves("05"));
    assert_eq!(profile.number, "CK-0001");
    // Open are the connected ones whose title has not ended the day before.
    let open = windows::all_open(&house.ctx).await.unwrap();
    let mut names: Vec<&str> = open.iter().map(|w| w.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["水暖集群窗口（示例）", "湖里区窗口（示例）", "湖里区第二窗口（示例）"]);
}

#[tokio::test]
async fn windows_on_sqlite() {
    windows_of_article_10(&House::sqlite().await).await;
}

#[tokio::test]
async fn windows_on_postgres() {
    windows_of_article_10(&House::postgres().await).await;
}

#[tokio::test]
async fn the_scope_stands_below_every_search() {
    let house = House::sqlite().await;
    house.firm(&firm(1, "示例甲软件有限公司")).await;
    house.firm(&NewEnterprise { district: Some("350203".into()), ..firm(2, "示例乙软件有限公司") }).await;
    let department = house.organisation("示例区工信局", &[Capacity::Department]).await;
    let provider = house.organisation("示例机构", &[Capacity::Provider]).await;
    let officer = house.person("officer", department, Role::DepartmentOfficer, Some("350203")).await;
    let city = house.person("city", department, Role::DepartmentOfficer, None).await;
    let agent = house.person("agent", provider, Role::ProviderAgent, None).await;
    for (membership, expected) in [(officer, 1), (city, 2), (agent, 0)] {
        let viewer = Viewer::Signed(people::actor(&house.ctx, membership).await.unwrap().unwrap());
        let found = enterprises::search_brief(&house.ctx, &viewer, "软件", 10).await.unwrap();
        assert_eq!(found.len(), expected, "{viewer:?}");
    }
    assert!(enterprises::search_brief(&house.ctx, &Viewer::Public, "软件", 10).await.unwrap().is_empty());
}

#[test]
fn the_size_class_is_computed() {
    assert_eq!(enterprises::size_class(Some("C33"), Some(1200), Some(3_000_000_000), None), SizeClass::Medium);
    assert_eq!(enterprises::size_class(Some("C33"), Some(19), Some(99_999_000_000), None), SizeClass::Micro);
    assert_eq!(enterprises::size_class(Some("C33"), None, Some(1), None), SizeClass::Undetermined);
    assert_eq!(enterprises::size_class(Some("J66"), Some(1), Some(1), Some(1)), SizeClass::NotApplicable);
    assert_eq!(enterprises::size_class(None, Some(1), Some(1), Some(1)), SizeClass::Undetermined);
}
