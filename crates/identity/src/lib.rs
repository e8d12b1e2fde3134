//! Who there is: organisations and their windows, people and their memberships, sign-in and sessions, consent, and the
//! notices that reach a person.
//!
//! Five slices: [`organisations`], [`people`], [`signin`], [`notices`], [`gateway`]. Higher crates call the functions that end in
//! `_in` inside their own transactions; nothing here knows of requests or registers.

pub mod gateway;
pub mod notices;
pub mod organisations;
pub mod people;
pub mod signin;

pub mod fields;
mod labels;
mod pages;
mod paging;

huiqi_web::messages!();

pub use labels::{capacity_label, role_label};
pub use signin::{Identity, consent};

use huiqi_web::Slice;

/// Everything this crate brings, in the order of its tables.
pub fn slices() -> Vec<Slice> {
    vec![organisations::slice(), people::slice(), signin::slice(), notices::slice(), gateway::slice()]
}
