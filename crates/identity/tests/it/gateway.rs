//! Messages to phones.

use chrono::NaiveDate;
use huiqi_identity::gateway::{Made, PhoneMessage, Template, send_in};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::FromQueryResult;

use crate::support::House;

fn message<'a>(template: Template, phone: &'a str, once_key: &'a str) -> PhoneMessage<'a> {
    PhoneMessage {
        phone,
        person: None,
        template,
        subject_number: "FW-2026-000123",
        date: None,
        link: Some("/t/3479ACDEFGHJ"),
        locale: Locale::Zh,
        once_key,
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

async fn made_once(house: &House) {
    let work = house.ctx.write(&Viewer::System).await.unwrap();
    let accepted = message(Template::RequestAccepted, "13800138000", "a|1");
    assert_eq!(send_in(&work, &accepted).await.unwrap(), Made::New);
    assert_eq!(send_in(&work, &accepted).await.unwrap(), Made::Before);
    // The same matter at another moment, and another phone, are others.
    assert_eq!(send_in(&work, &PhoneMessage { once_key: "a|2", ..accepted.clone() }).await.unwrap(), Made::New);
    assert_eq!(send_in(&work, &PhoneMessage { phone: "13800138001", ..accepted.clone() }).await.unwrap(), Made::New);
    // A reminder comes once, whatever it is called.
    let reminder = message(Template::RequestReminder, "13800138000", "r|1");
    assert_eq!(send_in(&work, &reminder).await.unwrap(), Made::New);
    assert_eq!(send_in(&work, &PhoneMessage { once_key: "r|2", ..reminder }).await.unwrap(), Made::Before);
    assert_eq!(
        send_in(&work, &PhoneMessage { phone: "05925051234", ..accepted.clone() }).await.unwrap(),
        Made::NoMobile
    );
    // What is not given is found out at once.
    let extended = message(Template::RequestExtended, "13800138000", "e|1");
    assert!(send_in(&work, &extended).await.is_err());
    let day = NaiveDate::from_ymd_opt(2026, 10, 20);
    assert_eq!(send_in(&work, &PhoneMessage { date: day, ..extended }).await.unwrap(), Made::New);
    assert!(send_in(&work, &PhoneMessage { link: Some("/t/a-path-that-is-too-long"), ..accepted }).await.is_err());
    work.commit().await.unwrap();
    let row: Option<Count> =
        huiqi_store::ctx::one(&house.ctx, "SELECT COUNT(*) AS n FROM phone_message", []).await.unwrap();
    assert_eq!(row.unwrap().n, 5);
}

#[tokio::test]
async fn made_once_on_sqlite() {
    made_once(&House::sqlite().await).await;
}

#[tokio::test]
async fn made_once_on_postgres() {
    made_once(&House::postgres().await).await;
}
