//! The loop on both databases, through the whole router.

mod requests;
