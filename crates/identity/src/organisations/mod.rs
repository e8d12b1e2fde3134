//! Organisations, their capacities, and the windows they run.
//!
//! An **organisation** is a legal person or office, keyed by its credit code where it has one. **Capacities** say what
//! it is in the network (enterprise, provider, window operator …); one organisation may have several (Art. 5, 10). A
//! **window** is a record of its own with its own number, run by an organisation (Art. 10, 11); here stand its name
//! and state only, all other facts belong to the registers.
//!
//! Tables other crates may join for reading: `organisation`, `organisation_capacity`, `service_window` (`window` is a
//! reserved word in SQL).

mod actions;
mod migrations;
mod pages;
pub(crate) mod queries;
mod routes;

use huiqi_kernel::codes;
use huiqi_web::Slice;

pub use actions::{
    NewOrganisation, NewWindow, add_capacity_in, create_in, create_many_in, create_window_in, rename_in,
    rename_window_in, set_window_state_in,
};
pub use queries::{
    Card, OrgName, WindowName, by_id, by_number, capacities_in, find_by_code, find_by_code_in, find_by_codes_in, names,
    names_in, ran_by, window_by_number, window_names, window_names_in, with_capacities,
};

codes! {
    /// Where a window stands between admission and its end (Art. 12–14, 24).
    pub enum WindowState {
        /// Not qualified yet.
        Preparing = "preparing",
        /// Qualified, not yet connected to the hub.
        Qualified = "qualified",
        /// Connected and at work.
        Connected = "connected",
        /// At rest for a while: no new assignments.
        Suspended = "suspended",
        /// Over.
        Ended = "ended",
    }
}

impl WindowState {
    /// Its name in a language.
    pub fn label(self, locale: huiqi_kernel::locale::Locale) -> String {
        let m = crate::t(locale);
        match self {
            WindowState::Preparing => m.organisation_window_preparing(),
            WindowState::Qualified => m.organisation_window_qualified(),
            WindowState::Connected => m.organisation_window_connected(),
            WindowState::Suspended => m.organisation_window_suspended(),
            WindowState::Ended => m.organisation_window_ended(),
        }
    }
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("organisations");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice
}
