//! The loop on both databases, through the whole router.

mod demo;
mod merging;
mod overview;
mod requests;
