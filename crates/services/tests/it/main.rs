//! The loop on both databases, through the whole router.

mod demo;
mod overview;
mod requests;
