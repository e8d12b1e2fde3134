//! The loop on both databases, through the whole router.

mod overview;
mod requests;
