//! What everybody sees without working here: the home page, the services and windows of the network, the rule and what
//! carries it out, a few plain pages; and the navigation around every page.
//!
//! It stands above all slices and is built only on their facades and tables for reading. Nothing is changed here.

pub mod find;
pub mod home;
pub mod rule;
pub mod search;
pub mod services;
pub mod shell;
pub mod site;

mod query;

huiqi_web::messages!();

pub use shell::PortalShell;

use huiqi_web::Slice;

/// Everything this crate brings.
pub fn slices() -> Vec<Slice> {
    vec![home::slice(), services::slice(), find::slice(), rule::slice(), search::slice(), site::slice()]
}
