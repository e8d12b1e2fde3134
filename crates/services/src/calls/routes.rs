//! URLs of call-backs.

use huiqi_kernel::rule::art;
use huiqi_web::Route;

use super::pages;
use crate::requests::flow::CALLERS;
use crate::t;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/call-backs", pages::queue).roles(CALLERS).under(art(5)).named(|l| t(l).call_queue_title()),
        Route::get("/requests/{number}/call-back", pages::call)
            .roles(CALLERS)
            .under(art(5))
            .named(|l| t(l).call_title()),
        Route::post("/requests/{number}/call-back", pages::called).roles(CALLERS).under(art(5)),
    ]
}
