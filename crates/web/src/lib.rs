//! The kit every page is made with: slices and routes, the visit, forms, failures, layout, components, charts.

pub use huiqi_kernel as kernel;
pub use huiqi_store as store;

pub mod address;
pub mod app;
pub mod assets;
pub mod charts;
pub mod closure;
pub mod components;
pub mod dates;
pub mod docx;
pub mod failure;
pub mod forms;
pub mod layout;
mod messages;
pub mod paper;
pub mod serve;
pub mod slice;
pub mod visit;

messages!();

pub use app::App;
pub use failure::Failure;
pub use forms::Form;
pub use layout::Html;
pub use slice::{Access, Route, Slice};
pub use visit::Visit;

/// What a handler gives back.
pub type Answer = Result<axum::response::Response, Failure>;
