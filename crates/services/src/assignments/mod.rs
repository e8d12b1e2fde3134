//! Assignments: what a window, provider or department does of a request.

use huiqi_web::Slice;

pub mod actions;
pub mod flow;
pub mod routes;

/// URLs and procedure of assignments; their tables come with the request's.
pub fn slice() -> Slice {
    Slice { routes: routes::routes(), flows: vec![Box::new(flow::registered())], ..Slice::new("assignments") }
}
