//! The loop on both databases, through the whole router.

mod calls;
mod demo;
mod merging;
mod overview;
mod papers;
mod problems;
mod requests;
mod team;
