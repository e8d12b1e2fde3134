//! What a slice brings: tables, routes, procedures, jobs.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodRouter, on};
use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_kernel::rule::ArticleRef;
use huiqi_store::Migration;
use huiqi_store::job::Job;

use crate::App;

/// Who may open a route at all. What is on the page is decided by the queries below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    Signed,
    /// Whoever works in the network: everybody signed in but firms.
    Staff,
    /// These roles.
    Roles(&'static [Role]),
}

impl Access {
    /// Whether this viewer may open it.
    pub fn admits(self, viewer: &Viewer) -> bool {
        match self {
            Access::Public => true,
            Access::Signed => viewer.actor().is_some(),
            Access::Staff => viewer.role().is_some_and(Role::is_staff),
            Access::Roles(roles) => viewer.is(roles),
        }
    }
}

/// One line of a slice's URL list.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may open it.
    pub access: Access,
    /// The provision it carries out, for `/rule`.
    pub article: Option<ArticleRef>,
    /// Name of the page, for `/rule`; only pages have one.
    pub title: Option<fn(Locale) -> String>,
    /// Whether machines call it: see [`Route::machine`].
    pub machine: bool,
    pub(crate) handler: MethodRouter<App>,
}

impl Route {
    fn new<H, T>(method: Method, filter: axum::routing::MethodFilter, path: &'static str, handler: H) -> Route
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Route {
            method,
            path,
            access: Access::Signed,
            article: None,
            title: None,
            machine: false,
            handler: on(filter, handler),
        }
    }

    /// A page. Signed-in people only, unless said otherwise.
    pub fn get<H, T>(path: &'static str, handler: H) -> Route
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Route::new(Method::GET, axum::routing::MethodFilter::GET, path, handler)
    }

    /// A step. Signed-in people only, unless said otherwise.
    pub fn post<H, T>(path: &'static str, handler: H) -> Route
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Route::new(Method::POST, axum::routing::MethodFilter::POST, path, handler)
    }

    /// Everybody may open it.
    pub fn public(mut self) -> Route {
        self.access = Access::Public;
        self
    }

    /// Machines call it, not browsers: every call carries a signature that the handler checks before anything else. No
    /// session is looked up and cookies mean nothing, so the check where a form comes from is left out.
    pub fn machine(mut self) -> Route {
        self.access = Access::Public;
        self.machine = true;
        self
    }

    /// Everybody but firms.
    pub fn staff(mut self) -> Route {
        self.access = Access::Staff;
        self
    }

    /// Only these roles.
    pub fn roles(mut self, roles: &'static [Role]) -> Route {
        self.access = Access::Roles(roles);
        self
    }

    /// The provision it carries out.
    pub fn under(mut self, article: ArticleRef) -> Route {
        self.article = Some(article);
        self
    }

    /// The page's name in the list of what carries out the rule.
    pub fn named(mut self, title: fn(Locale) -> String) -> Route {
        self.title = Some(title);
        self
    }
}

/// Something that can be done with several picked rows of the inbox at once.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// Who may do it.
    pub roles: &'static [Role],
    /// Where the picked numbers go, as fields `n`.
    pub path: &'static str,
    /// Whether it is a page (GET) or a step (POST).
    pub page: bool,
    /// Verb and object.
    pub label: fn(Locale) -> String,
}

/// Everything one slice brings to the program.
pub struct Slice {
    /// Name, as its folder.
    pub name: &'static str,
    /// Its tables.
    pub migrations: &'static [Migration],
    /// Its URL list.
    pub routes: Vec<Route>,
    /// Its procedures.
    pub flows: Vec<Box<dyn AnyFlow>>,
    /// Its recurring work.
    pub jobs: Vec<Job>,
    /// What it can do with picked rows of the inbox.
    pub batches: Vec<Batch>,
}

impl Slice {
    /// A slice that brings nothing yet.
    pub fn new(name: &'static str) -> Slice {
        Slice { name, migrations: &[], routes: Vec::new(), flows: Vec::new(), jobs: Vec::new(), batches: Vec::new() }
    }
}
