//! Windows: what kind each is (Art. 10), which territory and which kinds of service it serves, where and when it is
//! open. Name, state and operator belong to `identity`.
//!
//! At most one comprehensive window a district and one cluster window a cluster, unless a reasoned decision says
//! otherwise (Art. 10(1)).
//!
//! Facade for higher crates: [`profile`], [`profiles`], [`all_open`], [`create_in`], [`clusters`],
//! [`put_cluster_in`].

mod actions;
mod forms;
mod migrations;
mod pages;
mod queries;
mod routes;

use huiqi_identity::organisations::WindowState;
use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_web::Slice;

use crate::t;

pub use actions::{create_in, put_cluster_in};
pub use queries::{Profile, all_open, clusters, profile, profiles};

codes! {
    /// The three kinds of Art. 10, the first in its two forms.
    pub enum Kind {
        /// 综合窗口服务平台: serves a district (Art. 10(1)).
        Comprehensive = "comprehensive",
        /// 产业集群窗口服务平台: serves an industry cluster (Art. 10(1)).
        Cluster = "cluster",
        /// 中小企业公共服务示范平台 (Art. 10(2)).
        Platform = "demonstration-platform",
        /// 小微企业创业创新示范基地 (Art. 10(3)).
        Base = "base",
    }
}

codes! {
    /// Who gave a platform or base its title.
    pub enum Level {
        /// The state.
        National = "national",
        /// The province.
        Provincial = "provincial",
        /// The city.
        City = "city",
    }
}

impl Kind {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Kind::Comprehensive => m.windows_kind_comprehensive(),
            Kind::Cluster => m.windows_kind_cluster(),
            Kind::Platform => m.windows_kind_platform(),
            Kind::Base => m.windows_kind_base(),
        }
    }

    /// Whether windows of this kind hold a title.
    pub const fn has_level(self) -> bool {
        matches!(self, Kind::Platform | Kind::Base)
    }
}

impl Level {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Level::National => m.windows_level_national(),
            Level::Provincial => m.windows_level_provincial(),
            Level::City => m.windows_level_city(),
        }
    }
}

/// An industry cluster.
#[derive(Clone, Debug, PartialEq, Eq, huiqi_store::sea_orm::FromQueryResult)]
pub struct ClusterRow {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Code of the district it lies in, where it lies in one.
    pub district: Option<String>,
}

/// What is known of a window that is to be entered or brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWindow {
    /// Row id of the organisation that runs it.
    pub organisation: i64,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Where it stands.
    pub state: WindowState,
    /// Kind of Art. 10.
    pub kind: Kind,
    /// Title, with platforms and bases.
    pub level: Option<Level>,
    /// Code of the district or zone it serves or stands in.
    pub district: Option<String>,
    /// Code of the cluster it serves.
    pub cluster: Option<String>,
    /// Codes of the kinds of service it serves.
    pub categories: Vec<String>,
    /// Address.
    pub address: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Opening hours in words.
    pub hours: Option<String>,
    /// The same in English.
    pub hours_en: Option<String>,
    /// First day: `2025-01-01`.
    pub since: Option<String>,
    /// Last day of the title.
    pub until: Option<String>,
    /// The reasoned decision that allows a second window of a district or cluster.
    pub exception: Option<String>,
}

impl Default for NewWindow {
    fn default() -> Self {
        NewWindow {
            organisation: 0,
            name: String::new(),
            name_en: None,
            state: WindowState::Connected,
            kind: Kind::Comprehensive,
            level: None,
            district: None,
            cluster: None,
            categories: Vec::new(),
            address: None,
            phone: None,
            hours: None,
            hours_en: None,
            since: None,
            until: None,
            exception: None,
        }
    }
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("windows");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice
}
