//! Files that bring many records into a register at once.
//!
//! An **import** reads a file, says what it would do (dry run), and then does it. While it reads, every row is cleaned,
//! checked and kept aside (**staged**); rows that change nothing are only counted. While it applies, rows go into the
//! register in batches of [`BATCH`], and each batch takes its rows out of the staging table in the same transaction: what
//! is left there is what is left to do, so after a crash the job `registers.import` simply goes on. An empty cell never
//! erases a stored value. One runner works on an import at a time; it holds a lease that it renews with every batch.
//!
//! [`import_file`] does the same for the command line.

pub(crate) mod cells;
mod engine;
mod headings;
mod migrations;
mod pages;
mod queries;
mod reader;
mod report;
mod routes;
mod rows;

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_store::job::Job;
use huiqi_web::Slice;

use crate::t;

pub use engine::{Summary, import_file, run_due};
pub use headings::{Column, Unit, columns};
pub use reader::{FileProblem, MAX_COLUMNS, MAX_FILE, MAX_ROWS};

pub(crate) use headings::{list_code, list_name, list_values};

/// Rows of one transaction.
pub const BATCH: usize = 500;

codes! {
    /// What a file holds.
    pub enum Kind {
        /// Enterprises.
        Enterprises = "enterprises",
        /// Providers.
        Providers = "providers",
        /// Products of providers.
        Products = "products",
    }
}

codes! {
    /// How far an import is.
    pub enum State {
        /// The file is being read and checked.
        Reading = "reading",
        /// Read: what it would do is known, nothing is done.
        Ready = "ready",
        /// Rows are going into the register.
        Applying = "applying",
        /// Over.
        Done = "done",
        /// The file could not be read, or the import was dropped.
        Failed = "failed",
    }
}

impl Kind {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Kind::Enterprises => m.enterprises_title(),
            Kind::Providers => m.providers_title(),
            Kind::Products => m.products_title(),
        }
    }
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("imports");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice.jobs = vec![Job {
        name: "registers.import",
        title: |l| t(l).imports_job(),
        every_ms: 2_000,
        run: |ctx| Box::pin(run_due(ctx)),
    }];
    slice
}
