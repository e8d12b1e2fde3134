//! Organisations and windows, on both databases.

use huiqi_identity::organisations::{
    NewOrganisation, WindowState, add_capacity_in, create_in, create_many_in, find_by_code, find_by_codes_in, names,
    rename_in, set_window_state_in, window_names,
};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Viewer};
use huiqi_store::Fault;

use crate::support::House;

async fn many_are_entered_at_once(house: &House) {
    let codes: Vec<String> = (0..1203).map(|n| format!("Y{n:017}")).collect();
    let labels: Vec<String> = (0..1203).map(|n| format!("示例{n}厂")).collect();
    let new: Vec<NewOrganisation<'_>> = codes
        .iter()
        .zip(&labels)
        .map(|(code, name)| NewOrganisation {
            code: Some(code),
            name,
            name_en: None,
            capacities: &[Capacity::Enterprise, Capacity::Provider],
        })
        .collect();
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let ids = create_many_in(&work, &new).await.unwrap();
    let found = find_by_codes_in(&work, &codes.iter().map(String::as_str).collect::<Vec<_>>()).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(found.len(), 1203);
    for (code, id) in codes.iter().zip(&ids) {
        assert_eq!(found.get(code), Some(id), "{code}");
    }
    let named = names(&house.ctx, &ids).await.unwrap();
    assert_eq!(named[&ids[0]].name, "示例0厂");
    assert_eq!(named[&ids[1202]].name, "示例1202厂");
    assert_eq!(named[&ids[0]].number, "ZZ-000001");
    assert_eq!(named[&ids[1202]].number, "ZZ-001203");
}

async fn a_code_is_there_once(house: &House) {
    let new = NewOrganisation { code: Some("Y1"), name: "甲", name_en: Some("A"), capacities: &[Capacity::Provider] };
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let id = create_in(&work, &new).await.unwrap();
    let again = create_in(&work, &new).await;
    assert!(matches!(again, Err(Fault::Invalid { field: "code", .. })), "{again:?}");
    add_capacity_in(&work, id, Capacity::Provider).await.unwrap();
    add_capacity_in(&work, id, Capacity::Enterprise).await.unwrap();
    assert!(matches!(rename_in(&work, id, Some(9), "乙", None).await, Err(Fault::Stale)));
    rename_in(&work, id, Some(1), "乙", None).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(find_by_code(&house.ctx, "Y1").await.unwrap(), Some(id));
    let card = huiqi_identity::organisations::by_id(&house.ctx, id).await.unwrap().unwrap();
    assert_eq!((card.name.as_str(), card.former()), ("乙", vec!["甲".to_owned()]));
    assert_eq!(card.capacities, [Capacity::Provider, Capacity::Enterprise]);
}

async fn a_window_has_its_own_number(house: &House) {
    let organisation = house.organisation("运营单位", &[Capacity::Enterprise]).await;
    let (a, b) = (house.window(organisation, "一号窗口").await, house.window(organisation, "二号窗口").await);
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    set_window_state_in(&work, b, WindowState::Suspended).await.unwrap();
    work.commit().await.unwrap();
    let named = window_names(&house.ctx, &[a, b]).await.unwrap();
    assert_eq!(named[&a].number, "CK-0001");
    assert_eq!(named[&b].shown(Locale::En), "二号窗口");
    assert_eq!((named[&a].state, named[&b].state), (WindowState::Connected, WindowState::Suspended));
    let card = huiqi_identity::organisations::by_id(&house.ctx, organisation).await.unwrap().unwrap();
    assert!(card.capacities.contains(&Capacity::Window));
}

#[tokio::test]
async fn on_sqlite() {
    let house = House::sqlite().await;
    many_are_entered_at_once(&house).await;
    a_code_is_there_once(&house).await;
    a_window_has_its_own_number(&house).await;
}

#[tokio::test]
async fn on_postgres() {
    let house = House::postgres().await;
    many_are_entered_at_once(&house).await;
    a_code_is_there_once(&house).await;
    a_window_has_its_own_number(&house).await;
}
