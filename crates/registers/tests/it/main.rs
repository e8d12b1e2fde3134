//! Tests of the registers: actions on both databases, files of all sorts, pages through the whole router.

mod imports;
mod pages;
#[allow(dead_code, missing_docs)]
#[path = "../../../testkit/src/postgres.rs"]
mod postgres;
mod registers;
mod registration;
mod support;
