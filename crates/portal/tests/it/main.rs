//! The portal as a visitor sees it.

mod find;
mod home;
mod rule;
mod services;
mod shell;
