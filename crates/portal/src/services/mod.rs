//! The services of the network as everybody may find them: listed products of admitted providers (Art. 2, 5).

mod pages;
pub(crate) mod queries;

pub(crate) use pages::in_chinese;

use axum::extract::Path;
use huiqi_kernel::rule::art;
use huiqi_web::layout::Room;
use huiqi_web::{Answer, Route, Slice, Visit};

use crate::query::Query;
use crate::t;

/// What this slice brings.
pub fn slice() -> Slice {
    Slice {
        routes: vec![
            Route::get("/services", list).public().under(art(2)).named(|l| t(l).service_title()),
            Route::get("/services/{number}", show).public(),
        ],
        ..Slice::new("public-services")
    }
}

async fn list(visit: Visit) -> Answer {
    let query = Query::of(&visit);
    let filter = queries::Filter::read(&query);
    let found = queries::find(visit.ctx(), &filter, query.get("after")).await?;
    let near = if found.total == 0 && !filter.words.is_empty() {
        queries::near(visit.ctx(), &filter.words).await?
    } else {
        Vec::new()
    };
    let m = t(visit.locale());
    let title = if filter.words.is_empty() { m.service_title() } else { m.service_found_title(&filter.words) };
    let page = pages::list(&query, &filter, &found, &near, visit.locale());
    visit.page(title, "services").room(Room::Portal).template(page).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let service = queries::by_number(visit.ctx(), &number).await?;
    let others = queries::others(visit.ctx(), &service).await?;
    let page = pages::show(&service, &others, visit.locale());
    visit.page(service.name.as_str(), "services").room(Room::Portal).template(page).await
}
