//! What the network does for firms: requests, the assignments below them, ratings, improvements, and how it all adds up.

use huiqi_web::Slice;

pub mod assignments;
pub mod calls;
pub mod demo;
pub mod improvements;
pub mod links;
pub mod merging;
pub mod overview;
pub mod ratings;
pub mod requests;

huiqi_web::messages!();

/// The slices of this crate.
pub fn slices() -> Vec<Slice> {
    vec![
        requests::slice(),
        merging::slice(),
        assignments::slice(),
        ratings::slice(),
        links::slice(),
        improvements::slice(),
        calls::slice(),
        overview::slice(),
    ]
}
