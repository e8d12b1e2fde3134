//! Where everything is kept, and the context every action runs in.
//!
//! One code path serves SQLite (embedded, the default) and PostgreSQL; what differs between them stands in
//! [`dialect`] and nowhere else.

pub mod audit;
pub mod clock;
pub mod ctx;
pub mod db;
pub mod dialect;
pub mod fault;
pub mod files;
pub mod job;
pub mod migrate;
pub mod number;
pub mod search;
pub mod setting;

pub use ctx::{Ctx, Work};
pub use db::{Db, sql};
pub use fault::Fault;
pub use migrate::Migration;
pub use sea_orm;
