//! A small house for tests: context, tables, router, browsers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use huiqi_identity::organisations::{self, NewOrganisation, NewWindow, WindowState};
use huiqi_identity::people::{self, NewMembership, NewPerson};
use huiqi_identity::{Identity, slices};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::clock::{Clock, moment};
use huiqi_store::ctx::Parts;
use huiqi_store::files::Files;
use huiqi_store::{Ctx, Db, Fault, Migration, migrate};
use huiqi_web::app::Shell;
use huiqi_web::layout::NavItem;
use huiqi_web::{App, Visit, serve};
use tower::ServiceExt as _;

pub const URL: &str = "http://127.0.0.1:8700";
/// A password that passes the rules.
pub const PASSWORD: &str = "quay lamp kx7 tide";

struct Bare;

#[async_trait::async_trait]
impl Shell for Bare {
    async fn nav(&self, _: &Visit, _: &str) -> Result<Vec<NavItem>, Fault> {
        Ok(Vec::new())
    }

    fn foot(&self, _: Locale) -> Vec<(String, Vec<(String, String)>)> {
        Vec::new()
    }
}

/// The program with this crate's slices only.
pub struct House {
    pub ctx: Ctx,
    pub app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

fn migrations() -> Vec<Migration> {
    slices().iter().flat_map(|s| s.migrations.iter().copied()).collect()
}

/// 12 October 2026, 10:42 in Xiamen.
pub fn morning() -> i64 {
    moment(chrono::NaiveDate::from_ymd_opt(2026, 10, 12).unwrap().and_hms_opt(10, 42, 0).unwrap())
}

impl House {
    async fn build(url: &str, folder: tempfile::TempDir, migrated: bool, demo: bool) -> House {
        let db = Db::open(url).await.unwrap();
        if !migrated {
            migrate::run(&db, migrations()).await.unwrap();
        }
        let ctx = Ctx::new(Parts {
            db,
            clock: Clock::at(morning()),
            seed: Some(7),
            files: Files::memory(),
            demo,
            public_url: URL.to_owned(),
        });
        ctx.refresh().await.unwrap();
        let (app, routes) = App::new(ctx.clone(), slices(), Box::new(Identity), Box::new(Bare));
        let router = serve::router(app.clone(), routes);
        House { ctx, app, router, _folder: folder }
    }

    async fn on_sqlite(demo: bool) -> House {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("huiqi.sqlite").display());
        House::build(&url, folder, false, demo).await
    }

    pub async fn sqlite() -> House {
        House::on_sqlite(false).await
    }

    pub async fn demo() -> House {
        House::on_sqlite(true).await
    }

    pub async fn postgres() -> House {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = huiqi_testkit::postgres::shared().unwrap();
        let template = format!("identity_{}", std::process::id());
        if let Some(build) = server.begin_template(&template).unwrap() {
            let db = Db::open(&build.url()).await.unwrap();
            migrate::run(&db, migrations()).await.unwrap();
            db.close().await;
            build.finish().unwrap();
        }
        let name = format!("identity_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        server.create_database_from(&template, &name).unwrap();
        House::build(&server.url(&name), tempfile::tempdir().unwrap(), true, false).await
    }

    /// Moves the clock on.
    pub fn later(&self, ms: i64) {
        self.ctx.clock().set(self.ctx.now() + ms);
    }

    pub async fn organisation(&self, name: &str, capacities: &[Capacity]) -> i64 {
        let work = self.ctx.write(&Viewer::System).await.unwrap();
        let id = organisations::create_in(&work, &NewOrganisation { code: None, name, name_en: None, capacities })
            .await
            .unwrap();
        work.commit().await.unwrap();
        id
    }

    pub async fn window(&self, organisation: i64, name: &str) -> i64 {
        let work = self.ctx.write(&Viewer::System).await.unwrap();
        let new = NewWindow { organisation, name, name_en: None, state: WindowState::Connected };
        let id = organisations::create_window_in(&work, &new).await.unwrap();
        work.commit().await.unwrap();
        id
    }

    /// A person with an account and a role; row ids of person and membership.
    pub async fn person(
        &self,
        name: &str,
        login: &str,
        organisation: i64,
        window: Option<i64>,
        role: Role,
    ) -> (i64, i64) {
        let work = self.ctx.write(&Viewer::System).await.unwrap();
        let phone = Some("13000000000");
        let person = people::create_person_in(&work, &NewPerson { name, phone, ..NewPerson::default() }).await.unwrap();
        people::set_password_in(&work, person, login, PASSWORD).await.unwrap();
        let new = NewMembership { person, organisation, window, role, territory: None, verified: true };
        let membership = people::add_membership_in(&work, new).await.unwrap();
        work.commit().await.unwrap();
        (person, membership)
    }

    pub async fn viewer(&self, membership: i64) -> Viewer {
        Viewer::Signed(people::actor(&self.ctx, membership).await.unwrap().unwrap())
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { house: self, cookies: BTreeMap::new(), address: [127, 0, 0, 1], language: "zh-CN" }
    }

    /// A browser that is signed in.
    pub async fn signed_in(&self, login: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let page = browser.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        browser
    }
}

/// A browser with its cookies.
pub struct Browser<'a> {
    house: &'a House,
    pub cookies: BTreeMap<String, String>,
    pub address: [u8; 4],
    pub language: &'static str,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub statements: u32,
    pub body: String,
}

impl Page {
    pub fn html(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.body)
    }

    /// The text of the first element that fits.
    pub fn text(&self, selector: &str) -> String {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.html().select(&selector).next().map(|e| e.text().collect::<String>().trim().to_owned()).unwrap_or_default()
    }
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, URL)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Page {
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        request.headers_mut().insert(header::ACCEPT_LANGUAGE, self.language.parse().unwrap());
        request.headers_mut().insert(header::USER_AGENT, "Mozilla/5.0 (Windows NT 10.0) Firefox/130".parse().unwrap());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 4711))));
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, rest) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text =
            |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (location, timing) = (text("location"), text("server-timing"));
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Page {
            status,
            location,
            statements: timing.split('"').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
