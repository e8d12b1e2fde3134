//! Tests of identity: actions on both databases, pages through the whole router.

mod gateway;
mod notices;
mod organisations;
mod pages;
mod people;
mod signin;
mod support;
