//! URLs of the overview.

use huiqi_kernel::people::{OVERSEERS, Role};
use huiqi_kernel::rule::art_item;
use huiqi_web::Route;

use super::digest::pages::{monthly, monthly_file, subscribe, weekly, weekly_file};
use super::{export, pages, records};
use crate::t;

/// Everybody who watches over the network, and departments for their own territory.
const READERS: &[Role] = &[
    Role::BureauOfficer,
    Role::BureauApprover,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::OperatorManager,
    Role::DepartmentOfficer,
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/overview", pages::show).roles(READERS).under(art_item(8, 4)).named(|l| t(l).overview_title()),
        Route::get("/overview/weekly", weekly).roles(OVERSEERS).under(art_item(8, 4)).named(|l| t(l).digest_weekly()),
        Route::get("/overview/monthly", monthly)
            .roles(OVERSEERS)
            .under(art_item(8, 4))
            .named(|l| t(l).digest_monthly()),
        Route::get("/overview/weekly/docx", weekly_file).roles(OVERSEERS).under(art_item(8, 4)),
        Route::get("/overview/monthly/docx", monthly_file).roles(OVERSEERS).under(art_item(8, 4)),
        Route::post("/overview/digest", subscribe).roles(OVERSEERS),
        Route::get("/overview/records", records::list).roles(READERS).under(art_item(8, 4)),
        Route::get("/overview/export.xlsx", export::xlsx).roles(READERS).under(art_item(8, 4)),
        Route::get("/overview/export.csv", export::csv).roles(READERS).under(art_item(8, 4)),
    ]
}
