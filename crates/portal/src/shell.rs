//! The navigation around every page, and the links in the foot.
//!
//! An entry is shown where its page is mounted and the viewer may open it: the routes decide, so that the navigation
//! and the access rules can never say different things.

use async_trait::async_trait;
use axum::http::Method;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{FIRM, Role, Viewer};
use huiqi_store::Fault;
use huiqi_web::app::Shell;
use huiqi_web::layout::NavItem;
use huiqi_web::{App, Visit};

use crate::l10n::L10nLanguage;
use crate::t;

/// An entry of the navigation.
struct Entry {
    /// Where it leads.
    path: &'static str,
    /// Pages that belong to it: what they give as `here`.
    here: &'static [&'static str],
    label: fn(&L10nLanguage) -> String,
    icon: Option<&'static str>,
    push: bool,
    /// Who has use for it; everybody who may open the page, where it is empty.
    only: &'static [Role],
}

const fn entry(path: &'static str, here: &'static [&'static str], label: fn(&L10nLanguage) -> String) -> Entry {
    Entry { path, here, label, icon: None, push: false, only: &[] }
}

impl Entry {
    const fn push(mut self, icon: Option<&'static str>) -> Entry {
        self.push = true;
        self.icon = icon;
        self
    }

    const fn only(mut self, roles: &'static [Role]) -> Entry {
        self.only = roles;
        self
    }
}

/// The portal: the public and firms.
const PORTAL: &[Entry] = &[
    entry("/", &["home"], L10nLanguage::nav_home),
    entry("/services", &["services"], L10nLanguage::nav_services),
    entry("/find/windows", &["find"], L10nLanguage::nav_find_windows),
    entry("/rule", &["rule"], L10nLanguage::nav_rule_public),
    entry("/requests", &["mine", "requests", "request"], L10nLanguage::nav_my_requests).only(FIRM),
    entry("/my/enterprise", &["my-enterprise", "own", "registration"], L10nLanguage::nav_my_enterprise).only(FIRM),
    entry("/ask", &["ask"], L10nLanguage::nav_ask).push(Some("edit")),
    entry("/follow", &["follow"], L10nLanguage::nav_follow).push(None),
];

/// Back to the workbench, for staff who look at the portal.
const WORKBENCH: Entry = entry("/inbox", &[], L10nLanguage::nav_workbench).push(None);

/// Whoever works on cases: everybody at work but the three administrators and experts.
const CASEWORKERS: &[Role] = &[
    Role::BureauOfficer,
    Role::BureauApprover,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::CentreAgent,
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorEditor,
    Role::OperatorReviewer,
    Role::OperatorManager,
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
];

/// The workbench.
const DESK: &[Entry] = &[
    entry("/inbox", &["inbox"], L10nLanguage::nav_inbox).only(CASEWORKERS),
    entry("/cases", &["cases", "requests", "request"], L10nLanguage::nav_cases).only(CASEWORKERS),
    entry("/enterprises", &["enterprises", "verifications", "imports"], L10nLanguage::nav_enterprises),
    entry("/providers", &["providers"], L10nLanguage::nav_providers),
    entry("/products", &["products"], L10nLanguage::nav_products),
    entry("/windows", &["windows"], L10nLanguage::nav_windows),
    entry("/improvements", &["improvements", "improvement"], L10nLanguage::nav_improvements),
    entry("/overview", &["overview"], L10nLanguage::nav_overview),
    entry("/people", &["people", "organisations"], L10nLanguage::nav_people),
    entry("/settings", &["settings", "setting"], L10nLanguage::nav_settings),
    entry("/audit", &["audit"], L10nLanguage::nav_audit),
    entry("/rule", &["rule"], L10nLanguage::nav_rule),
    entry("/requests/new", &["new", "counter"], L10nLanguage::nav_register).push(Some("phone")),
];

/// Parts of the site that are the portal for everybody, also for staff who look at them.
const PORTAL_PARTS: &[&str] = &["home", "services", "find", "site"];

/// Whether a page of this part stands in the portal's frame, whoever looks at it.
pub(crate) fn is_portal_part(here: &str) -> bool {
    PORTAL_PARTS.contains(&here)
}

/// Whether the viewer may open the page at this path.
fn is_open(app: &App, viewer: &Viewer, path: &str) -> bool {
    app.routes().iter().any(|route| route.method == Method::GET && route.path == path && route.access.admits(viewer))
}

/// The navigation and the foot of all pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct PortalShell;

#[async_trait]
impl Shell for PortalShell {
    async fn nav(&self, visit: &Visit, here: &str) -> Result<Vec<NavItem>, Fault> {
        let viewer = visit.viewer();
        let staff = viewer.role().is_some_and(Role::is_staff);
        let m = t(visit.locale());
        let portal = !staff || is_portal_part(here);
        let mut items = Vec::new();
        let entries = if portal { PORTAL } else { DESK };
        let back = (portal && staff).then_some(&WORKBENCH);
        for entry in entries.iter().chain(back) {
            if !is_open(visit.app(), viewer, entry.path) || !(entry.only.is_empty() || viewer.is(entry.only)) {
                continue;
            }
            let count = if entry.path == "/inbox" && !portal {
                u64::try_from(huiqi_casework::inbox::waiting_for(visit.ctx(), viewer).await?).ok()
            } else {
                None
            };
            items.push(NavItem {
                href: entry.path.to_owned(),
                label: (entry.label)(m),
                count,
                current: entry.here.contains(&here),
                push: entry.push && !items.iter().any(|item: &NavItem| item.push),
                icon: entry.icon,
            });
        }
        Ok(items)
    }

    fn foot(&self, locale: Locale) -> Vec<(String, Vec<(String, String)>)> {
        let m = t(locale);
        let links = |pairs: &[(&str, String)]| {
            pairs.iter().map(|(href, words)| ((*href).to_owned(), words.clone())).collect::<Vec<_>>()
        };
        vec![
            (
                m.nav_foot_do(),
                links(&[
                    ("/ask", m.nav_ask()),
                    ("/follow", m.nav_foot_follow()),
                    ("/services", m.nav_services()),
                    ("/find/windows", m.nav_find_windows()),
                ]),
            ),
            (m.nav_foot_open(), links(&[("/rule", m.nav_foot_rule())])),
            (
                m.nav_foot_use(),
                links(&[
                    ("/accessibility", m.nav_foot_accessibility()),
                    ("/help/keyboard", m.nav_foot_keyboard()),
                    ("/privacy", m.nav_foot_privacy()),
                ]),
            ),
        ]
    }
}
