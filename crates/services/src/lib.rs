//! What the network does for firms: requests, the assignments below them, ratings, improvements, and how it all adds up.

use huiqi_web::Slice;

pub mod appeals;
pub mod assignments;
pub mod calls;
pub mod case_file;
pub mod demo;
mod frame;
pub mod improvements;
pub mod knowledge;
pub mod links;
pub mod merging;
pub mod orders;
pub mod overview;
pub mod problems;
pub mod ratings;
pub mod replies;
pub mod requests;

huiqi_web::messages!();

/// The slices of this crate.
pub fn slices() -> Vec<Slice> {
    vec![
        requests::slice(),
        merging::slice(),
        problems::slice(),
        assignments::slice(),
        ratings::slice(),
        links::slice(),
        improvements::slice(),
        calls::slice(),
        appeals::slice(),
        orders::slice(),
        knowledge::slice(),
        replies::slice(),
        overview::slice(),
        case_file::slice(),
    ]
}
