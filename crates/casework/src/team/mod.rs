//! Work inside a window, provider or department (Art. 11): who has what, who is away, who stands in.
//!
//! Vocabulary: a *place* is a window, or an organisation that handles without one. Its manager chooses the *mode*: a
//! shared pool from which everybody claims, or matters *given* by the manager. An *absence* has a first and a last day
//! and a *deputy* (代班): meanwhile the absent person's matters stand in the deputy's inbox too and notices go to both.
//! It ends by itself, and the absent person stays the holder. The *load* of a person is what that person holds.

use huiqi_kernel::codes;
use huiqi_kernel::people::{Actor, Role};
use huiqi_store::Migration;
use huiqi_web::Slice;
use huiqi_web::slice::Batch;

pub mod actions;
pub mod pages;
pub mod queries;
mod routes;

codes! {
    /// How matters come to a person.
    pub enum Mode {
        /// Everybody of the place claims from what has come.
        Shared = "shared",
        /// The manager gives each matter to a person.
        Given = "given",
    }
}

/// Those who answer for a place and give its matters to people.
pub const MANAGERS: &[Role] = &[Role::WindowManager, Role::ProviderManager];

/// A window, or an organisation that handles without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The organisation.
    pub organisation: i64,
    /// The window, where it is one.
    pub window: Option<i64>,
}

impl Place {
    /// Where this person acts.
    pub fn of(actor: &Actor) -> Place {
        Place { organisation: actor.organisation, window: actor.window }
    }

    /// Its key in the settings: the same expression stands in [`CASE_KEY`].
    pub fn key(self) -> String {
        self.window.map_or_else(|| format!("o{}", self.organisation), |window| format!("w{window}"))
    }

    /// A condition on `case_record c`: given to this place.
    pub(crate) const fn condition(self) -> &'static str {
        if self.window.is_some() { "c.handler_window = ?" } else { "c.handler_window IS NULL AND c.handler_org = ?" }
    }

    /// The value of [`Self::condition`].
    pub(crate) fn id(self) -> i64 {
        self.window.unwrap_or(self.organisation)
    }
}

/// The key of the place that has the case `c`, as SQL.
pub const CASE_KEY: &str =
    "(CASE WHEN c.handler_window IS NULL THEN 'o' || c.handler_org ELSE 'w' || c.handler_window END)";

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.35 casework.team",
    sql: &[
        "CREATE TABLE team (
            place {key} PRIMARY KEY, mode {key} NOT NULL, at {int} NOT NULL, person {int} REFERENCES person (id))",
        "CREATE TABLE absence (
            id {id}, place {key} NOT NULL, person {int} NOT NULL REFERENCES person (id),
            deputy {int} NOT NULL REFERENCES person (id), from_on {key} NOT NULL, to_on {key} NOT NULL,
            at {int} NOT NULL, by_person {int} REFERENCES person (id), ended_at {int})",
        "CREATE INDEX absence_person ON absence (person, from_on)",
        "CREATE INDEX absence_deputy ON absence (deputy, from_on)",
        "CREATE INDEX case_record_person ON case_record (handler_person, turn)",
    ],
}];

/// Tables and URLs of teams.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: routes::routes(),
        batches: vec![Batch { roles: MANAGERS, path: "/team/give", page: true, label: |l| crate::t(l).team_give() }],
        ..Slice::new("team")
    }
}
