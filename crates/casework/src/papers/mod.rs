//! Official papers (文书) of a case, saved as they were issued.
//!
//! A *template* is data and has versions: those of `data/papers.toml`, and those proposed and approved on the pages of the
//! settings. A *paper* is one sheet that was issued from it, inside the
//! transaction of the step it belongs to ([`issue_in`]): its Chinese text, word for word, the SHA-256 of that text, its
//! number by kind and year, a *check code* of its own. A new version of a template never changes what was issued. The
//! English text is a courtesy, made from the same fields.

mod actions;
mod migrations;
pub mod pages;
mod queries;
mod routes;
pub mod templates;

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_web::Slice;

pub use actions::{Fields, Issued, issue_in};
pub use queries::{Paper, for_bearer, of_case, readable, visible};

codes! {
    /// What a paper is.
    pub enum PaperKind {
        /// 受理通知书.
        AcceptanceNotice = "acceptance-notice",
        /// 补正通知书.
        CorrectionNotice = "correction-notice",
        /// 不予受理通知书.
        RefusalNotice = "refusal-notice",
        /// 转办单: to a department; the firm does not see it.
        TransferOrder = "transfer-order",
        /// 延期告知书.
        ExtensionNotice = "extension-notice",
        /// 办结通知书.
        ClosingNotice = "closing-notice",
        /// 督办单: to whoever is late; the firm does not see it.
        SupervisionOrder = "supervision-order",
    }
}

impl Label for PaperKind {
    fn label(self, locale: Locale) -> String {
        templates::current(self).map(|template| template.sheet(locale).title.clone()).unwrap_or_default()
    }
}

/// Table and URLs of papers.
pub fn slice() -> Slice {
    Slice { migrations: migrations::MIGRATIONS, routes: routes::routes(), ..Slice::new("casework.papers") }
}
