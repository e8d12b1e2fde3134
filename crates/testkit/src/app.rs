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
use std::sync::{Mutex, PoisonError};

use axum::Router;
use chrono::{NaiveDate, NaiveDateTime};
use huiqi_app::wiring;
use huiqi_identity::organisations::{self, NewOrganisation, WindowState};
use huiqi_identity::people::{self, NewMembership, NewPerson};
use huiqi_identity::signin::token;
use huiqi_kernel::credit;
use huiqi_kernel::people::{Capacity, Role, Viewer};
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
use sha2::{Digest, Sha256};

use crate::postgres::{self, Server};

pub use crate::client::{Client, File, Page};

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

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
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
