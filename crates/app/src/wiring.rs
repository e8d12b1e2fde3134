//! All slices of all crates, put together: the program, without a word about where it runs.

use axum::Router;
use huiqi_store::{Ctx, Migration};
use huiqi_web::{App, Slice};

/// Every slice, lower crates first.
pub fn slices() -> Vec<Slice> {
    let mut slices = huiqi_identity::slices();
    slices.extend([huiqi_casework::slice(), huiqi_casework::passing::slice(), huiqi_casework::settings::slice()]);
    slices.push(huiqi_casework::papers::slice());
    slices.extend(huiqi_registers::slices());
    slices.extend(huiqi_services::slices());
    slices.extend(huiqi_portal::slices());
    slices
}

/// The tables of every slice.
pub fn migrations() -> Vec<Migration> {
    slices().iter().flat_map(|slice| slice.migrations.iter().copied()).collect()
}

/// The program and its router.
pub fn app(ctx: Ctx) -> (App, Router) {
    let (app, routes) =
        App::new(ctx, slices(), Box::new(huiqi_identity::Identity), Box::new(huiqi_portal::PortalShell));
    let router = huiqi_web::serve::router(app.clone(), routes);
    (app, router)
}
