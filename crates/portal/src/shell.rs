//! The navigation around every page, and the links in the foot.
//!
//! An entry is shown where its page is mounted and the viewer may open it: the routes decide, so that the navigation
//! and the access rules can never say different things.

use async_trait::async_trait;
use axum::http::Method;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{FIRM, Role, Viewer};
use huiqi_store::sea_orm::{self, FromQueryResult};
use huiqi_store::{Fault, ctx};
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

/// A part of the workbench: one page, or several lists under one word.
enum Part {
    /// One page.
    Page(Entry),
    /// Several lists. Where only one of them is open to the viewer, it stands for itself.
    Lists(fn(&L10nLanguage) -> String, &'static [Entry]),
}

/// The workbench.
const DESK: &[Part] = &[
    Part::Page(entry("/inbox", &["inbox"], L10nLanguage::nav_inbox).only(CASEWORKERS)),
    Part::Lists(
        L10nLanguage::nav_matters,
        &[
            entry("/cases", &["cases", "requests", "request"], L10nLanguage::nav_cases).only(CASEWORKERS),
            entry("/improvements", &["improvements", "improvement"], L10nLanguage::nav_improvements),
            entry("/problems", &["problems", "problem"], L10nLanguage::nav_problems),
            entry("/outbox", &["passing"], L10nLanguage::nav_passing),
            entry("/rating-appeals", &["rating-appeals"], L10nLanguage::nav_appeals),
            entry("/supervision-orders", &["supervision-orders"], L10nLanguage::nav_orders),
            entry("/requests/outside", &["outside"], L10nLanguage::nav_outside),
        ],
    ),
    Part::Page(entry("/call-backs", &["calls"], L10nLanguage::nav_call_backs)),
    Part::Lists(
        L10nLanguage::nav_registers,
        &[
            entry("/enterprises", &["enterprises", "verifications", "imports"], L10nLanguage::nav_enterprises),
            entry("/providers", &["providers"], L10nLanguage::nav_providers),
            entry("/products", &["products"], L10nLanguage::nav_products),
            entry("/windows", &["windows"], L10nLanguage::nav_windows),
        ],
    ),
    Part::Page(entry("/team", &["team"], L10nLanguage::nav_team)),
    Part::Page(entry("/knowledge", &["knowledge"], L10nLanguage::nav_knowledge)),
    Part::Page(entry("/overview", &["overview"], L10nLanguage::nav_overview)),
    Part::Page(entry("/people", &["people", "organisations"], L10nLanguage::nav_people)),
    Part::Page(entry("/settings", &["settings", "setting"], L10nLanguage::nav_settings)),
    Part::Page(entry("/audit", &["audit"], L10nLanguage::nav_audit)),
    Part::Page(entry("/rule", &["rule"], L10nLanguage::nav_rule)),
    Part::Page(entry("/requests/new", &["new", "counter"], L10nLanguage::nav_register).push(Some("phone"))),
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

/// The entry for this viewer, where the page is open to him and of use.
fn item(visit: &Visit, here: &str, entry: &Entry) -> Option<NavItem> {
    let viewer = visit.viewer();
    let shown = is_open(visit.app(), viewer, entry.path) && (entry.only.is_empty() || viewer.is(entry.only));
    shown.then(|| NavItem {
        href: entry.path.to_owned(),
        label: (entry.label)(t(visit.locale())),
        current: entry.here.contains(&here),
        push: entry.push,
        icon: entry.icon,
        ..NavItem::default()
    })
}

/// Only the first of those at the far end pushes the rest there.
fn one_push(mut items: Vec<NavItem>) -> Vec<NavItem> {
    let mut pushed = false;
    for item in &mut items {
        item.push &= !pushed;
        pushed |= item.push;
    }
    items
}

/// Puts the number of what waits beside the entries that have one, in one statement.
async fn count(visit: &Visit, items: &mut [NavItem]) -> Result<(), Fault> {
    #[derive(FromQueryResult)]
    struct Waiting {
        place: i64,
        n: i64,
    }
    let viewer = visit.viewer();
    let mut text = Vec::new();
    let mut values = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let scope = match item.href.as_str() {
            "/inbox" => huiqi_casework::inbox::waiting(viewer, visit.ctx().today()),
            "/call-backs" => huiqi_services::calls::waiting(viewer),
            _ => continue,
        };
        text.push(format!("SELECT CAST({place} AS BIGINT) AS place, ({}) AS n", scope.sql));
        values.extend(scope.values);
    }
    if text.is_empty() {
        return Ok(());
    }
    for row in ctx::all::<Waiting>(visit.ctx(), &text.join(" UNION ALL "), values).await? {
        if let Some(item) = usize::try_from(row.place).ok().and_then(|place| items.get_mut(place)) {
            item.count = u64::try_from(row.n).ok();
        }
    }
    Ok(())
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
        if staff && !is_portal_part(here) {
            let mut items = Vec::new();
            for part in DESK {
                match part {
                    Part::Page(entry) => items.extend(item(visit, here, entry)),
                    Part::Lists(label, entries) => {
                        let below: Vec<NavItem> = entries.iter().filter_map(|e| item(visit, here, e)).collect();
                        match below.as_slice() {
                            [] => {}
                            [one] => items.push(one.clone()),
                            [first, ..] => items.push(NavItem {
                                href: first.href.clone(),
                                label: label(m),
                                current: below.iter().any(|i| i.current),
                                below,
                                ..NavItem::default()
                            }),
                        }
                    }
                }
            }
            count(visit, &mut items).await?;
            return Ok(one_push(items));
        }
        let back = staff.then_some(&WORKBENCH);
        Ok(one_push(PORTAL.iter().chain(back).filter_map(|entry| item(visit, here, entry)).collect()))
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
