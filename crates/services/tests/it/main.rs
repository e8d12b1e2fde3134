//! The loop on both databases, through the whole router.

mod calls;
mod demo;
mod merging;
mod outside;
mod overview;
mod papers;
mod requests;
