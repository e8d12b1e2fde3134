//! Enterprises: the firms the network serves.
//!
//! **Record**: what the register knows of a firm, keyed by its organisation. **Size class** is computed from
//! industry, people, revenue and assets by the standard of 2011, never typed. **Verified** says whether the desk or a
//! file of an office has vouched for the record; a firm that entered itself is not until it was checked.
//!
//! Facade for higher crates: [`facts`], [`facts_many`], [`search_brief`], [`create_in`], [`create_many_in`].

mod actions;
mod forms;
mod migrations;
mod pages;
mod queries;
mod routes;

use huiqi_kernel::industry::Industry;
use huiqi_kernel::money::Money;
use huiqi_kernel::size::{self, Figures, SizeClass, Verdict};
use huiqi_store::job::Job;
use huiqi_web::Slice;
use serde::{Deserialize, Serialize};

use crate::t;

pub use actions::{create_in, create_many_in, note_in};
pub use forms::read_credit_code;
pub use queries::{Facts, alike, by_number, by_phone, facts, facts_many, search_brief};

pub(crate) use actions::{Merge, apply_in, lookup};
pub(crate) use queries::{Record, record_in, record_of};

/// What is known of a firm that is to be entered or brought up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEnterprise {
    /// Name as in its papers.
    pub name: String,
    /// Credit code in its normal form, or nothing where it has none yet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Code of the district or zone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub district: Option<String>,
    /// Industry of GB/T 4754-2017: `I65`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub industry: Option<String>,
    /// People employed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub staff: Option<i64>,
    /// Revenue of the last year, fen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revenue: Option<i64>,
    /// Total assets, fen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assets: Option<i64>,
    /// Day of foundation: `2016-05-18`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub founded: Option<String>,
    /// Legal representative.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub legal_representative: Option<String>,
    /// Whom to talk to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact: Option<String>,
    /// Phone of the contact.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<String>,
}

/// The size class of these figures with its reasons; `None` where no industry is known. Amounts in fen.
pub fn size_verdict(
    industry: Option<&str>,
    staff: Option<i64>,
    revenue: Option<i64>,
    assets: Option<i64>,
) -> Option<Verdict> {
    let industry = Industry::parse(industry?).ok()?;
    let wan = |fen: Option<i64>| fen.map(|f| Money::from_fen(f).to_wan());
    Some(size::judge(
        &industry,
        Figures {
            staff: staff.and_then(|n| u64::try_from(n).ok()),
            revenue_wan: wan(revenue),
            assets_wan: wan(assets),
        },
    ))
}

/// The size class of these figures; undetermined where no industry is known. Amounts in fen.
pub fn size_class(industry: Option<&str>, staff: Option<i64>, revenue: Option<i64>, assets: Option<i64>) -> SizeClass {
    size_verdict(industry, staff, revenue, assets).map_or(SizeClass::Undetermined, |verdict| verdict.class)
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("enterprises");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice.jobs = vec![Job {
        name: "enterprises.index",
        title: |l| t(l).enterprises_job_index(),
        every_ms: 60_000,
        run: |ctx| Box::pin(async move { actions::index_stale(&ctx).await }),
    }];
    slice
}
