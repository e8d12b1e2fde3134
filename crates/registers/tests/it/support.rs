//! A small house for tests: context, tables, router, browsers, files.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use huiqi_identity::Identity;
use huiqi_identity::organisations::{self, NewOrganisation};
use huiqi_identity::people::{self, NewMembership, NewPerson};
use huiqi_kernel::credit;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_registers::enterprises::NewEnterprise;
use huiqi_store::clock::{Clock, moment};
use huiqi_store::ctx::Parts;
use huiqi_store::files::Files;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Db, Fault, ctx, migrate};
use huiqi_web::app::Shell;
use huiqi_web::layout::NavItem;
use huiqi_web::{App, Slice, Visit, serve};
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

fn slices() -> Vec<Slice> {
    let mut slices = huiqi_identity::slices();
    slices.extend(huiqi_registers::slices());
    slices
}

/// The program with identity and registers only.
pub struct House {
    pub ctx: Ctx,
    router: Router,
    pub folder: tempfile::TempDir,
}

/// 12 October 2026, 10:42 in Xiamen.
pub fn morning() -> i64 {
    moment(chrono::NaiveDate::from_ymd_opt(2026, 10, 12).unwrap().and_hms_opt(10, 42, 0).unwrap())
}

/// The `n`th code of a block that is not issued.
pub fn code(n: u32) -> String {
    let body = format!("Y{n:07}");
    let check = credit::organisation_check(&body).unwrap();
    credit::with_check(&format!("91350206{body}{check}")).unwrap().as_str().to_owned()
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl House {
    async fn build(url: &str, folder: tempfile::TempDir, is_migrated: bool) -> House {
        let db = Db::open(url).await.unwrap();
        if !is_migrated {
            let migrations = slices().iter().flat_map(|s| s.migrations.iter().copied()).collect();
            migrate::run(&db, migrations).await.unwrap();
        }
        let ctx = Ctx::new(Parts {
            db,
            clock: Clock::at(morning()),
            seed: Some(7),
            files: Files::memory(),
            demo: false,
            public_url: URL.to_owned(),
        });
        ctx.refresh().await.unwrap();
        let (app, routes) = App::new(ctx.clone(), slices(), Box::new(Identity), Box::new(Bare));
        House { ctx, router: serve::router(app, routes), folder }
    }

    pub async fn sqlite() -> House {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("huiqi.sqlite").display());
        House::build(&url, folder, false).await
    }

    pub async fn postgres() -> House {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = crate::postgres::shared().unwrap();
        let template = format!("registers_{}", std::process::id());
        if let Some(build) = server.begin_template(&template).unwrap() {
            let db = Db::open(&build.url()).await.unwrap();
            let migrations = slices().iter().flat_map(|s| s.migrations.iter().copied()).collect();
            migrate::run(&db, migrations).await.unwrap();
            db.close().await;
            build.finish().unwrap();
        }
        let name = format!("registers_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        server.create_database_from(&template, &name).unwrap();
        House::build(&server.url(&name), tempfile::tempdir().unwrap(), true).await
    }

    /// Moves the clock on.
    pub fn later(&self, ms: i64) {
        self.ctx.clock().set(self.ctx.now() + ms);
    }

    /// How many rows a statement `SELECT COUNT(*) AS n …` counts.
    pub async fn count(&self, text: &str) -> i64 {
        ctx::one::<Count>(&self.ctx, text, []).await.unwrap().map_or(-1, |c| c.n)
    }

    pub async fn organisation(&self, name: &str, capacities: &[Capacity]) -> i64 {
        let work = self.ctx.write(&Viewer::System).await.unwrap();
        let new = NewOrganisation { code: None, name, name_en: None, capacities };
        let id = organisations::create_in(&work, &new).await.unwrap();
        work.commit().await.unwrap();
        id
    }

    /// A firm in the register.
    pub async fn firm(&self, new: &NewEnterprise) -> i64 {
        let work = self.ctx.write(&Viewer::System).await.unwrap();
        let id = huiqi_registers::enterprises::create_in(&work, new, huiqi_registers::Source::Desk).await.unwrap();
        work.commit().await.unwrap();
        id
    }

    /// A person with an account and a role in an organisation; row id of the membership.
    pub async fn person(&self, login: &str, organisation: i64, role: Role, territory: Option<&str>) -> i64 {
        let work = self.ctx.write(&Viewer::System).await.unwrap();
        let new = NewPerson { name: "林示宁", name_en: None, phone: Some("13000000000"), email: None };
        let person = people::create_person_in(&work, &new).await.unwrap();
        people::set_password_in(&work, person, login, PASSWORD).await.unwrap();
        let new = NewMembership { person, organisation, window: None, role, territory, verified: true };
        let membership = people::add_membership_in(&work, new).await.unwrap();
        work.commit().await.unwrap();
        membership
    }

    /// Somebody at the operator's desk, signed in.
    pub async fn desk(&self) -> Browser<'_> {
        let operator = self.organisation("示例运营服务机构", &[Capacity::Operator]).await;
        self.person("desk", operator, Role::OperatorAgent, None).await;
        self.signed_in("desk").await
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { house: self, cookies: BTreeMap::new(), language: "zh-CN" }
    }

    /// A browser that is signed in.
    pub async fn signed_in(&self, login: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let page = browser.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        browser
    }

    /// Writes a file into the folder of this test.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// A browser with its cookies.
pub struct Browser<'a> {
    house: &'a House,
    pub cookies: BTreeMap<String, String>,
    pub language: &'static str,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub refresh: String,
    pub statements: u32,
    pub bytes: Vec<u8>,
    pub body: String,
}

impl Page {
    pub fn html(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.body)
    }

    /// The text of every element that fits.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.html().select(&selector).map(|e| e.text().collect::<String>().trim().to_owned()).collect()
    }

    /// An attribute of the first element that fits.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.html().select(&selector).next().and_then(|e| e.attr(name).map(str::to_owned))
    }
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut body = String::new();
        for (name, value) in fields {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(&escaped(name));
            body.push('=');
            body.push_str(&escaped(value));
        }
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, URL)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends a form with a file.
    pub async fn upload(&mut self, path: &str, kind: &str, name: &str, content: &[u8]) -> Page {
        let mut body = Vec::new();
        body.extend_from_slice(b"--xx\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n");
        body.extend_from_slice(kind.as_bytes());
        body.extend_from_slice(
            format!("\r\n--xx\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--xx--\r\n");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xx")
            .header(header::ORIGIN, URL)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Page {
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        request.headers_mut().insert(header::ACCEPT_LANGUAGE, self.language.parse().unwrap());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
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
        let (location, refresh, timing) = (text("location"), text("refresh"), text("server-timing"));
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Page {
            status,
            location,
            refresh,
            statements: timing.split('"').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
