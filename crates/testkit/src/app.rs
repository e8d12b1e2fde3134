//! The whole program in memory, on either database, with people who use it.
//!
//! ```ignore
//! both!(a_request_is_asked, |app| async move {
//!     let firm = app.as_(Role::EnterpriseMember).await;
//!     let page = firm.post("/ask", &[("text", "…")]).await.follow().await;
//!     page.expect(200).has("FW-2026-000001");
//! });
//! ```
//!
//! The clock stands at 10:42 on Monday, 12 October 2026 in Xiamen until a test moves it; chance comes from a fixed
//! seed; contents of files are kept in memory.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use chrono::{NaiveDate, NaiveDateTime};
use huiqi_app::wiring;
use huiqi_identity::organisations::{self, NewOrganisation, WindowState};
use huiqi_identity::people::{self, NewMembership, NewPerson};
use huiqi_identity::signin::token;
use huiqi_kernel::credit;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Role, Viewer};
use huiqi_registers::Source;
use huiqi_registers::enterprises::{self, NewEnterprise};
use huiqi_registers::products::{self, NewProduct};
use huiqi_registers::providers::{self, NewProvider};
use huiqi_registers::windows::{self, Kind, NewWindow};
use huiqi_store::clock::{self, Clock, DAY_MS};
use huiqi_store::ctx::Parts;
use huiqi_store::files::Files;
use huiqi_store::{Ctx, Db, audit, job, migrate};
use huiqi_web::App;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use crate::postgres::{self, Server};

/// 10:42 on Monday, 12 October 2026 in Xiamen, UTC milliseconds.
pub const NOW: i64 = 1_791_772_920_000;
/// The address the site is reached under in tests.
pub const PUBLIC_URL: &str = "http://127.0.0.1:8700";

/// Runs a test's future on a runtime of its own.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a test may start a runtime")
        .block_on(test)
}

/// Makes two tests of one, `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! both {
    ($(#[$meta:meta])* $name:ident, |$app:ident| $body:expr) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn test($app: $crate::app::TestApp) {
                $body.await
            }

            #[test]
            fn sqlite() {
                $crate::app::run(async { test($crate::app::TestApp::sqlite().await).await });
            }

            #[test]
            fn postgres() {
                $crate::app::run(async { test($crate::app::TestApp::postgres().await).await });
            }
        }
    };
}

/// Removes a test's database when it ends.
enum Place {
    Folder(#[allow(dead_code)] tempfile::TempDir),
    Database(&'static Server, String),
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Place::Database(server, name) = self {
            let _ = server.drop_database(name);
        }
    }
}

/// The program on an empty database.
pub struct TestApp {
    /// The context of actions.
    pub ctx: Ctx,
    /// The program.
    pub app: App,
    /// Its router.
    pub router: Router,
    offices: Mutex<HashMap<Capacity, i64>>,
    window: Mutex<Option<(i64, i64)>>,
    people: Mutex<HashMap<Role, Client>>,
    count: AtomicU32,
    _place: Place,
}

impl TestApp {
    /// On an SQLite database in a folder of its own.
    pub async fn sqlite() -> TestApp {
        TestApp::sqlite_with(false).await
    }

    /// As [`TestApp::sqlite`], as if `demo` had made the data.
    pub async fn demo() -> TestApp {
        TestApp::sqlite_with(true).await
    }

    async fn sqlite_with(demo: bool) -> TestApp {
        let folder = tempfile::tempdir().expect("a test may make a folder");
        let db = Db::open(&huiqi_app::config::sqlite_url(&folder.path().join("huiqi.db"))).await.expect("SQLite opens");
        migrate::run(&db, wiring::migrations()).await.expect("the tables of SQLite");
        TestApp::on(db, Place::Folder(folder), demo).await
    }

    /// On a PostgreSQL database of its own, copied from a template with all tables.
    pub async fn postgres() -> TestApp {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = postgres::shared().expect("PostgreSQL runs");
        let template = template_name();
        if !server.template_ready(&template).expect("PostgreSQL answers")
            && let Some(build) = server.begin_template(&template).expect("a template may be made")
        {
            let db = Db::open(&build.url()).await.expect("PostgreSQL opens");
            migrate::run(&db, wiring::migrations()).await.expect("the tables of PostgreSQL");
            db.close().await;
            build.finish().expect("the template is whole");
        }
        let name = format!("t_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        server.create_database_from(&template, &name).expect("a template may be copied");
        let db = Db::open(&server.url(&name)).await.expect("the copy opens");
        TestApp::on(db, Place::Database(server, name), false).await
    }

    async fn on(db: Db, place: Place, demo: bool) -> TestApp {
        let ctx = Ctx::new(Parts {
            db,
            clock: Clock::at(NOW),
            seed: Some(7),
            files: Files::memory(),
            demo,
            public_url: PUBLIC_URL.to_owned(),
        });
        ctx.refresh().await.expect("an empty database can be read");
        let (app, router) = wiring::app(ctx.clone());
        job::register(&ctx, app.jobs()).await.expect("jobs have rows");
        TestApp {
            ctx,
            app,
            router,
            offices: Mutex::default(),
            window: Mutex::default(),
            people: Mutex::default(),
            count: AtomicU32::new(0),
            _place: place,
        }
    }

    /// Moves the clock to a local time such as `2026-10-13 09:00`.
    pub fn set_time(&self, local: &str) {
        let at = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time such as 2026-10-13 09:00");
        self.ctx.clock().set(clock::moment(at));
    }

    /// Moves the clock by so many days of 24 hours.
    pub fn pass_days(&self, days: i64) {
        self.pass_ms(days * DAY_MS);
    }

    /// Moves the clock by so many milliseconds.
    pub fn pass_ms(&self, ms: i64) {
        self.ctx.clock().set(self.ctx.now() + ms);
    }

    /// Moves the clock to 9:00 of a day.
    pub fn set_day(&self, day: NaiveDate) {
        self.ctx.clock().set(clock::day_start(day) + 9 * 3_600_000);
    }

    /// Runs one job now, whether it is due or not; returns how many things it did.
    pub async fn run_job(&self, name: &str) -> u64 {
        let job = self.app.jobs().iter().find(|job| job.name == name);
        let job = job.unwrap_or_else(|| panic!("there is no job {name}"));
        (job.run)(self.ctx.clone()).await.unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    /// Asks that the audit log is whole; seals it first.
    pub async fn audit_is_whole(&self) {
        audit::seal(self.ctx.db()).await.expect("sealing");
        let verdict = audit::verify(self.ctx.db(), None).await.expect("verifying");
        assert_eq!((verdict.bad, verdict.open), (None, 0));
    }

    /// Somebody who is not signed in.
    pub fn public(&self) -> Client {
        Client::new(&self.router, None, None)
    }

    /// The person of this role, in the first organisation of its capacity (and the first window). The same one each
    /// time.
    pub async fn as_(&self, role: Role) -> Client {
        if let Some(known) = lock(&self.people).get(&role) {
            return known.clone();
        }
        let (organisation, window) = match role.capacity() {
            Capacity::Window => {
                let (organisation, window) = self.first_window().await;
                (organisation, Some(window))
            }
            capacity => (self.office(capacity).await, None),
        };
        let client = self.member(Member { role, organisation, window, ..Member::default() }).await;
        lock(&self.people).insert(role, client.clone());
        client
    }

    /// A new person with one membership, signed in.
    pub async fn member(&self, member: Member) -> Client {
        let n = self.next();
        let phone = member.phone.clone().unwrap_or_else(|| format!("1000001{n:04}"));
        let name = member.name.clone().unwrap_or_else(|| format!("示例{n}"));
        let work = self.ctx.write(&Viewer::System).await.expect("a transaction");
        let person = people::create_person_in(
            &work,
            &NewPerson { name: &name, phone: Some(&phone), email: member.email.as_deref(), ..NewPerson::default() },
        )
        .await
        .expect("a person");
        let membership = people::add_membership_in(
            &work,
            NewMembership {
                person,
                organisation: member.organisation,
                window: member.window,
                role: member.role,
                territory: member.territory.as_deref(),
                verified: member.verified,
            },
        )
        .await
        .expect("a membership");
        let token = token::fresh(&self.ctx);
        let now = self.ctx.now();
        work.run(
            "INSERT INTO session (number, token_hash, person, membership, created_at, seen_at, expires_at, agent, address)
             VALUES (?, ?, ?, ?, ?, ?, ?, 'test', 'local')",
            [
                format!("DL-T{n:07}").into(),
                token::digest(&token).into(),
                person.into(),
                membership.into(),
                // A test may move the clock by months; the session goes with it.
                (now + 3650 * DAY_MS).into(),
                (now + 3650 * DAY_MS).into(),
                (now + 3650 * DAY_MS).into(),
            ],
        )
        .await
        .expect("a session");
        work.commit().await.expect("a commit");
        let actor = people::actor(&self.ctx, membership).await.expect("a read").expect("the membership just made");
        Client::new(&self.router, Some(token), Some(actor))
    }

    fn next(&self) -> u32 {
        self.count.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A credit code of the block that is not issued; another one each time.
    pub fn code(&self) -> String {
        let body = format!("Y{:07}", self.next());
        let check = credit::organisation_check(&body).expect("eight characters of the alphabet");
        credit::with_check(&format!("91350203{body}{check}")).expect("seventeen of them").as_str().to_owned()
    }

    /// The first organisation of a capacity; made on first use.
    pub async fn office(&self, capacity: Capacity) -> i64 {
        if let Some(known) = lock(&self.offices).get(&capacity) {
            return *known;
        }
        let id = match capacity {
            Capacity::Enterprise => self.firm("示例卫浴科技有限公司").await,
            Capacity::Provider => self.provider("示例检测技术有限公司", &["05"]).await,
            Capacity::Window => self.first_window().await.0,
            other => self.organisation(&format!("示例单位{}", other.code()), &[other]).await,
        };
        lock(&self.offices).insert(capacity, id);
        id
    }

    /// Organisation and window of the first window (comprehensive, Siming); made on first use.
    pub async fn first_window(&self) -> (i64, i64) {
        if let Some(known) = *lock(&self.window) {
            return known;
        }
        let made = self.window("思明区示例窗口", Kind::Comprehensive, "350203").await;
        *lock(&self.window) = Some(made);
        made
    }

    /// A new organisation with these capacities; returns its row id.
    pub async fn organisation(&self, name: &str, capacities: &[Capacity]) -> i64 {
        let work = self.ctx.write(&Viewer::System).await.expect("a transaction");
        let id = organisations::create_in(&work, &NewOrganisation { code: None, name, name_en: None, capacities })
            .await
            .expect("an organisation");
        work.commit().await.expect("a commit");
        id
    }

    /// A new firm in Siming with a code of its own, as the desk enters it; returns the row id of its organisation.
    pub async fn firm(&self, name: &str) -> i64 {
        let new = NewEnterprise {
            name: name.to_owned(),
            code: Some(self.code()),
            district: Some("350203".to_owned()),
            industry: Some("C3352".to_owned()),
            staff: Some(86),
            ..NewEnterprise::default()
        };
        let work = self.ctx.write(&Viewer::System).await.expect("a transaction");
        let id = enterprises::create_in(&work, &new, Source::Desk).await.expect("a firm");
        work.commit().await.expect("a commit");
        id
    }

    /// A new admitted provider in Huli; returns the row id of its organisation.
    pub async fn provider(&self, name: &str, categories: &[&str]) -> i64 {
        let new = NewProvider {
            name: name.to_owned(),
            code: Some(self.code()),
            district: Some("350206".to_owned()),
            categories: categories.iter().map(|c| (*c).to_owned()).collect(),
            ..NewProvider::default()
        };
        let work = self.ctx.write(&Viewer::System).await.expect("a transaction");
        let id = providers::create_in(&work, &new, Source::Desk).await.expect("a provider");
        work.commit().await.expect("a commit");
        id
    }

    /// A new listed product of a provider; returns its row id.
    pub async fn product(&self, provider: i64, name: &str, category: &str, fee: &str) -> i64 {
        let new = NewProduct {
            provider,
            name: name.to_owned(),
            category: category.to_owned(),
            description: Some(format!("{name}的说明")),
            fee: Some(fee.to_owned()),
            days: Some(3),
            ..NewProduct::default()
        };
        let work = self.ctx.write(&Viewer::System).await.expect("a transaction");
        let id = products::create_in(&work, &new, Source::Desk).await.expect("a product");
        work.commit().await.expect("a commit");
        id
    }

    /// A new connected window with an organisation of its own; returns the row ids of organisation and window.
    pub async fn window(&self, name: &str, kind: Kind, district: &str) -> (i64, i64) {
        let organisation = self.organisation(&format!("{name}运营单位"), &[Capacity::Window]).await;
        let work = self.ctx.write(&Viewer::System).await.expect("a transaction");
        let window = windows::create_in(
            &work,
            &NewWindow {
                organisation,
                name: name.to_owned(),
                state: WindowState::Connected,
                kind,
                district: Some(district.to_owned()),
                phone: Some("0592-000 0008".to_owned()),
                hours: Some("8:30–11:30，15:00–17:00".to_owned()),
                ..NewWindow::default()
            },
        )
        .await
        .expect("a window");
        work.commit().await.expect("a commit");
        (organisation, window)
    }
}

/// Names the template by what is in it, so that a server that lives longer never gives out old tables.
fn template_name() -> String {
    let mut hasher = Sha256::new();
    for migration in migrate::MIGRATIONS.iter().chain(&wiring::migrations()) {
        hasher.update(migration.id);
        for statement in migration.sql {
            hasher.update(statement);
        }
    }
    format!("huiqi_{}", &audit::hex(&hasher.finalize())[..16])
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A person to be made by [`TestApp::member`].
#[derive(Clone, Debug)]
pub struct Member {
    /// Role.
    pub role: Role,
    /// Row id of the organisation.
    pub organisation: i64,
    /// Row id of the window, with window roles.
    pub window: Option<i64>,
    /// District a department's officer answers for.
    pub territory: Option<String>,
    /// Whether the link to the organisation has been checked.
    pub verified: bool,
    /// Name; made up where there is none.
    pub name: Option<String>,
    /// Phone; made up where there is none.
    pub phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

impl Default for Member {
    fn default() -> Self {
        Member {
            role: Role::EnterpriseMember,
            organisation: 0,
            window: None,
            territory: None,
            verified: true,
            name: None,
            phone: None,
            email: None,
        }
    }
}

/// A browser in somebody's hands. Cheap to clone; clones share the cookies.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: Arc<Mutex<HashMap<String, String>>>,
    locale: Locale,
    actor: Option<Actor>,
}

/// A file sent with a form.
#[derive(Clone, Debug)]
pub struct File<'a> {
    /// Name of the field.
    pub field: &'a str,
    /// Name of the file.
    pub name: &'a str,
    /// Content.
    pub content: &'a [u8],
}

impl Client {
    fn new(router: &Router, token: Option<String>, actor: Option<Actor>) -> Client {
        let cookies = token.map(|token| ("huiqi".to_owned(), token)).into_iter().collect();
        Client { router: router.clone(), cookies: Arc::new(Mutex::new(cookies)), locale: Locale::Zh, actor }
    }

    /// The same browser set to another language.
    pub fn in_language(&self, locale: Locale) -> Client {
        Client { locale, ..self.clone() }
    }

    /// Who acts, where somebody is signed in.
    pub fn actor(&self) -> &Actor {
        self.actor.as_ref().expect("this client is signed in")
    }

    /// The viewer that actions and queries see.
    pub fn viewer(&self) -> Viewer {
        self.actor.clone().map_or(Viewer::Public, Viewer::Signed)
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        lock(&self.cookies).get(name).cloned()
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, None, Vec::new(), &[]).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, values: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), body.into_bytes(), &[]).await
    }

    /// Sends a form with files.
    pub async fn post_files(&self, path: &str, values: &[(&str, &str)], files: &[File<'_>]) -> Page {
        const BOUNDARY: &str = "----huiqi-test-boundary";
        let mut body = Vec::new();
        for (name, value) in values {
            body.extend_from_slice(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .as_bytes(),
            );
        }
        for file in files {
            body.extend_from_slice(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
                     Content-Type: application/octet-stream\r\n\r\n",
                    file.field, file.name
                )
                .as_bytes(),
            );
            body.extend_from_slice(file.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.send(Method::POST, path, Some(&format!("multipart/form-data; boundary={BOUNDARY}")), body, &[]).await
    }

    /// Sends the form of a page as a browser does: everything it holds, with these values changed or added. `action` is
    /// where it leads.
    pub async fn submit(&self, page: &Page, action: &str, values: &[(&str, &str)]) -> Page {
        let mut all = page.form(action);
        all.retain(|(name, _)| !values.iter().any(|(new, _)| new == name));
        all.extend(values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(action, &all).await
    }

    /// Any request; `more` are further headers, which win over the usual ones.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Vec<u8>,
        more: &[(&str, &str)],
    ) -> Page {
        let mut request =
            Request::builder().method(method.clone()).uri(path).header(ACCEPT_LANGUAGE, self.locale.tag());
        let cookies: Vec<String> = lock(&self.cookies).iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        if method != Method::GET && !more.iter().any(|(name, _)| name.eq_ignore_ascii_case("origin")) {
            request = request.header(ORIGIN, PUBLIC_URL);
        }
        if let Some(content_type) = content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        {
            let mut cookies = lock(&self.cookies);
            for header in parts.headers.get_all(SET_COOKIE) {
                let text = header.to_str().unwrap_or_default();
                let (pair, rest) = text.split_once(';').unwrap_or((text, ""));
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                if rest.contains("Max-Age=0") || value.is_empty() {
                    cookies.remove(name);
                } else {
                    cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        Page {
            client: self.clone(),
            path: path.to_owned(),
            status: parts.status.as_u16(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
            statements: statements(&parts.headers),
            headers: parts.headers,
        }
    }
}

/// What the program said about how many database statements it made.
fn statements(headers: &HeaderMap) -> u32 {
    headers
        .get("server-timing")
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.split('"').nth(1))
        .and_then(|n| n.parse().ok())
        .unwrap_or_default()
}

/// An answer.
pub struct Page {
    client: Client,
    /// What was asked for.
    pub path: String,
    /// HTTP status.
    pub status: u16,
    /// The body as text.
    pub text: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// Headers.
    pub headers: HeaderMap,
    /// Database statements made for it.
    pub statements: u32,
}

impl Page {
    /// Asks for a status; gives the page back for the next question.
    #[track_caller]
    pub fn expect(&self, status: u16) -> &Page {
        assert_eq!(self.status, status, "{}:\n{}", self.path, self.words());
        self
    }

    /// Asks for words on the page.
    #[track_caller]
    pub fn has(&self, words: &str) -> &Page {
        assert!(self.words().contains(words), "{}: {words:?} is not in\n{}", self.path, self.words());
        self
    }

    /// Asks that words are not on the page.
    #[track_caller]
    pub fn lacks(&self, words: &str) -> &Page {
        assert!(!self.words().contains(words), "{}: {words:?} is in\n{}", self.path, self.words());
        self
    }

    /// Where a redirect leads, without the site's own address.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).and_then(|value| value.to_str().ok())
    }

    /// Goes where a redirect leads.
    #[track_caller]
    pub fn follow(&self) -> impl Future<Output = Page> + use<> {
        let status = StatusCode::from_u16(self.status).unwrap_or_default();
        assert!(status.is_redirection(), "{}: {} leads nowhere:\n{}", self.path, self.status, self.words());
        let to = self.location().expect("a redirect says where to").to_owned();
        let client = self.client.clone();
        async move { client.get(&to).await }
    }

    /// The page parsed.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text)
    }

    /// All words of the page, in reading order, one space between.
    pub fn words(&self) -> String {
        if !self.text.trim_start().starts_with("<!doctype") {
            return self.text.clone();
        }
        words_of(self.html().root_element())
    }

    /// The words of every element that a CSS selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.html().select(&parsed(selector)).map(words_of).collect()
    }

    /// The words of the only element that a CSS selector finds.
    #[track_caller]
    pub fn one(&self, selector: &str) -> String {
        let mut all = self.all(selector);
        assert_eq!(all.len(), 1, "{}: {selector} finds {all:?}", self.path);
        all.remove(0)
    }

    /// An attribute of every element that a CSS selector finds and that has it.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        self.html()
            .select(&parsed(selector))
            .filter_map(|element| element.value().attr(attribute).map(str::to_owned))
            .collect()
    }

    /// What the form that leads to `action` would send as it stands.
    #[track_caller]
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let html = self.html();
        let form = html
            .select(&parsed("form"))
            .find(|form| form.value().attr("action") == Some(action))
            .unwrap_or_else(|| panic!("{}: no form leads to {action}", self.path));
        let mut values = Vec::new();
        for field in form.select(&parsed("input[name], textarea[name], select[name]")) {
            let attr = |name: &str| field.value().attr(name);
            let name = attr("name").unwrap_or_default().to_owned();
            match field.value().name() {
                "textarea" => values.push((name, field.text().collect())),
                "select" => {
                    let chosen = field
                        .select(&parsed("option[selected]"))
                        .next()
                        .or_else(|| field.select(&parsed("option")).next())
                        .and_then(|option| option.value().attr("value").map(str::to_owned));
                    values.push((name, chosen.unwrap_or_default()));
                }
                _ => {
                    let ticked = attr("checked").is_some();
                    match attr("type") {
                        Some("checkbox" | "radio") if !ticked => {}
                        Some("file" | "submit") => {}
                        _ => values.push((name, attr("value").unwrap_or_default().to_owned())),
                    }
                }
            }
        }
        values
    }
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn words_of(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
