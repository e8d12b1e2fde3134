//! The running program as the router sees it: context, registry of slices, and the two parts that higher crates fill.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::Method;
use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Viewer};
use huiqi_kernel::rule::ArticleRef;
use huiqi_store::job::Job;
use huiqi_store::{Ctx, Fault, Migration};

use crate::layout::NavItem;
use crate::slice::{Access, Batch, Slice};
use crate::visit::Visit;

/// A signed-in person's session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Acting as whom.
    pub actor: Actor,
    /// The language the person chose, if any.
    pub locale: Option<Locale>,
    /// Other memberships the person may switch to: number of the membership and what it says.
    pub others: Vec<Other>,
    /// Notices not yet read.
    pub unread: u64,
}

/// A membership the person may switch to.
#[derive(Clone, Debug)]
pub struct Other {
    /// Public number of the membership.
    pub membership: String,
    /// Organisation or window.
    pub organisation: String,
    /// The same in English, where there is one.
    pub organisation_en: Option<String>,
    /// Role there.
    pub role: huiqi_kernel::people::Role,
}

/// Who holds a session token. Implemented by `identity`.
#[async_trait]
pub trait SignedIn: Send + Sync {
    /// The session of a token, if it is still good; also notes that it was used.
    async fn session(&self, ctx: &Ctx, token: &str) -> Result<Option<Session>, Fault>;
    /// Keeps the language a person chose.
    async fn prefer(&self, ctx: &Ctx, person: i64, locale: Locale) -> Result<(), Fault>;
    /// Name of a role, for the head of the page.
    fn role_name(&self, role: huiqi_kernel::people::Role, locale: Locale) -> String;
}

/// Navigation and counts around every page. Implemented by the topmost crate that knows all slices.
#[async_trait]
pub trait Shell: Send + Sync {
    /// The navigation for this visit; `here` is the part of the site the page belongs to.
    async fn nav(&self, visit: &Visit, here: &str) -> Result<Vec<NavItem>, Fault>;
    /// Links in the foot of the portal: groups of (address, words).
    fn foot(&self, locale: Locale) -> Vec<(String, Vec<(String, String)>)>;
}

/// What is known of a route after it has been mounted.
#[derive(Clone, Debug)]
pub struct RouteInfo {
    /// Slice it belongs to.
    pub slice: &'static str,
    /// Method.
    pub method: Method,
    /// Path with parameters.
    pub path: &'static str,
    /// Who may open it.
    pub access: Access,
    /// The provision it carries out.
    pub article: Option<ArticleRef>,
    /// Name of the page.
    pub title: Option<fn(Locale) -> String>,
}

/// Shared by all handlers.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    ctx: Ctx,
    flows: Vec<Box<dyn AnyFlow>>,
    routes: Vec<RouteInfo>,
    jobs: Vec<Job>,
    migrations: Vec<Migration>,
    batches: Vec<Batch>,
    signed_in: Box<dyn SignedIn>,
    shell: Box<dyn Shell>,
}

impl App {
    /// Collects what the slices bring; returns the app and the slices' routes for [`crate::serve::router`].
    pub fn new(
        ctx: Ctx,
        slices: Vec<Slice>,
        signed_in: Box<dyn SignedIn>,
        shell: Box<dyn Shell>,
    ) -> (App, Vec<crate::slice::Route>) {
        let mut flows = Vec::new();
        let mut infos = Vec::new();
        let mut routes = Vec::new();
        let mut jobs = Vec::new();
        let mut migrations = Vec::new();
        let mut batches = Vec::new();
        for slice in slices {
            flows.extend(slice.flows);
            jobs.extend(slice.jobs);
            batches.extend(slice.batches);
            migrations.extend_from_slice(slice.migrations);
            for route in slice.routes {
                infos.push(RouteInfo {
                    slice: slice.name,
                    method: route.method.clone(),
                    path: route.path,
                    access: route.access,
                    article: route.article,
                    title: route.title,
                });
                routes.push(route);
            }
        }
        (App(Arc::new(Inner { ctx, flows, routes: infos, jobs, migrations, batches, signed_in, shell })), routes)
    }

    /// The context of actions.
    pub fn ctx(&self) -> &Ctx {
        &self.0.ctx
    }

    /// All procedures.
    pub fn flows(&self) -> &[Box<dyn AnyFlow>] {
        &self.0.flows
    }

    /// One procedure.
    pub fn flow(&self, code: &str) -> Option<&dyn AnyFlow> {
        self.0.flows.iter().find(|f| f.code() == code).map(|f| &**f)
    }

    /// All routes.
    pub fn routes(&self) -> &[RouteInfo] {
        &self.0.routes
    }

    /// Whether this viewer may open a page of the program at all, for deciding whether words become a link to it.
    pub fn opens(&self, path: &str, viewer: &Viewer) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let best = self
            .0
            .routes
            .iter()
            .filter(|route| route.method == Method::GET)
            .filter_map(|route| Some((fit(route.path, path)?, route)))
            .max_by_key(|(fixed, _)| *fixed);
        best.is_some_and(|(_, route)| route.access.admits(viewer))
    }

    /// All recurring jobs.
    pub fn jobs(&self) -> &[Job] {
        &self.0.jobs
    }

    /// All migrations of the slices.
    pub fn migrations(&self) -> &[Migration] {
        &self.0.migrations
    }

    /// What can be done with picked rows of the inbox.
    pub fn batches(&self) -> &[Batch] {
        &self.0.batches
    }

    /// Who holds a session token.
    pub fn signed_in(&self) -> &dyn SignedIn {
        &*self.0.signed_in
    }

    /// Navigation around every page.
    pub fn shell(&self) -> &dyn Shell {
        &*self.0.shell
    }
}

/// How many parts of a path are fixed by a route that answers it; none where it does not.
fn fit(route: &str, path: &str) -> Option<usize> {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    let open = |part: &str| part.starts_with('{');
    let fits = route.len() == path.len() && route.iter().zip(&path).all(|(r, p)| open(r) || r == p);
    fits.then(|| route.iter().filter(|part| !open(part)).count())
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn a_route_fits_part_by_part() {
        assert_eq!(fit("/problems/{number}", "/problems/GX-1"), Some(2));
        assert!(fit("/problems/new", "/problems/new") > fit("/problems/{number}", "/problems/new"));
        assert_eq!(fit("/problems", "/problems/GX-1"), None);
        assert_eq!(fit("/problems/{number}", "/requests/FW-1"), None);
    }
}
