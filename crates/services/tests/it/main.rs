//! The loop on both databases, through the whole router.

mod calls;
mod demo;
mod links;
mod merging;
mod overview;
mod papers;
mod requests;
