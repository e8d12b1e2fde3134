//! The registers of the network (Art. 5): enterprises, providers, their products, and windows; files that bring many
//! of them at once; and firms that enter themselves.
//!
//! Names, codes and numbers belong to `identity`; every other fact stands here, keyed by organisation or window.
//! Higher crates use the facades at the top of [`enterprises`], [`providers`], [`products`] and [`windows`], and
//! [`imports::import_file`] for the command line.

pub mod enterprises;
pub mod imports;
pub mod products;
pub mod providers;
pub mod registration;
pub mod windows;

mod changes;
mod export;
mod listing;
mod parts;
mod said;
mod scope;

huiqi_web::messages!();

pub use changes::Source;
pub use scope::{EDITORS, READERS};

use huiqi_web::Slice;

/// Everything this crate brings, in the order of its tables.
pub fn slices() -> Vec<Slice> {
    vec![
        enterprises::slice(),
        providers::slice(),
        products::slice(),
        windows::slice(),
        imports::slice(),
        registration::slice(),
    ]
}
