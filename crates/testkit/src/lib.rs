//! What the tests of all crates share.
//!
//! [`app`] is the whole program in memory on either database, with typed people who use it; [`both!`] makes a test of
//! each database out of one. [`postgres`] starts a private PostgreSQL for a test run; it uses the standard library
//! alone, because `cargo xtask test` compiles the same file.

pub mod app;
mod client;
pub mod postgres;
#[cfg(test)]
mod postgres_tests;
