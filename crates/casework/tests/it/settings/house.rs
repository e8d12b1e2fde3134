//! A program with identity, casework and settings in it, a clock that is set by hand, and people of every role.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use chrono::NaiveDate;
use huiqi_identity::organisations::{NewOrganisation, NewWindow, WindowState, create_in, create_window_in};
use huiqi_identity::people::{NewMembership, NewPerson, actor, add_membership_in, create_person_in};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Role, Viewer};
use huiqi_store::clock::{Clock, day_start};
use huiqi_store::ctx::{Ctx, Parts};
use huiqi_store::files::Files;
use huiqi_store::{Db, Fault, Migration, migrate};
use huiqi_testkit::postgres;
use huiqi_web::app::{App, Session, Shell, SignedIn};
use huiqi_web::layout::NavItem;
use huiqi_web::{Slice, Visit};
use tower::ServiceExt;

/// Ten o'clock in the morning of this day, in the network's place.
pub fn morning(day: &str) -> i64 {
    day_start(day.parse::<NaiveDate>().expect("a day")) + 10 * 3_600_000
}

/// Sessions of a test: the token is the key given to [`House::person`].
#[derive(Default)]
struct Faces(Mutex<HashMap<String, Actor>>);

struct Door(std::sync::Arc<Faces>);

#[async_trait]
impl SignedIn for Door {
    async fn session(&self, _: &Ctx, token: &str) -> Result<Option<Session>, Fault> {
        let known = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(known.get(token).map(|actor| Session { actor: actor.clone(), locale: None, others: Vec::new(), unread: 0 }))
    }
    async fn prefer(&self, _: &Ctx, _: i64, _: Locale) -> Result<(), Fault> {
        Ok(())
    }
    fn role_name(&self, role: Role, locale: Locale) -> String {
        huiqi_identity::role_label(role, locale)
    }
}

struct Bare;

#[async_trait]
impl Shell for Bare {
    async fn nav(&self, _: &Visit, _: &str) -> Result<Vec<NavItem>, Fault> {
        Ok(Vec::new())
    }
    fn foot(&self, _: Locale) -> Vec<(String, Vec<(String, String)>)> {
        Vec::new()
    }
}

/// An answer as a test looks at it.
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub statements: u32,
    pub body: String,
}

impl Page {
    #[track_caller]
    pub fn ok(self) -> Page {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self
    }

    /// A redirect after a step.
    #[track_caller]
    pub fn gone_to(self, place: &str) -> Page {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        assert_eq!(self.location, place);
        self
    }

    /// A form that came back with an error at this field.
    #[track_caller]
    pub fn wrong(self, field: &str) -> Page {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", self.body);
        assert!(self.body.contains(&format!("<a href=\"#{field}\">")), "no error at {field}: {}", self.body);
        assert!(self.body.contains(&format!("id=\"{field}-e\"")), "no words beside {field}");
        self
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Page {
        assert!(self.body.contains(words), "“{words}” is not in {}", self.body);
        self
    }

    #[track_caller]
    pub fn hides(&self, words: &str) -> &Page {
        assert!(!self.body.contains(words), "“{words}” is in {}", self.body);
        self
    }
}

pub struct House {
    pub app: App,
    router: Router,
    faces: std::sync::Arc<Faces>,
    _folder: tempfile::TempDir,
}

fn slices() -> Vec<Slice> {
    let mut slices = huiqi_identity::slices();
    let casework = huiqi_casework::slice();
    let has_settings = casework.routes.iter().any(|route| route.path == "/settings");
    slices.extend([casework, huiqi_casework::team::slice(), huiqi_casework::papers::slice()]);
    if !has_settings {
        slices.push(huiqi_casework::settings::slice());
    }
    slices
}

impl House {
    /// On SQLite in a folder of its own.
    pub async fn new(day: &str) -> House {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("data.db").display());
        House::at(day, &url, folder).await
    }

    /// On a database of its own in the tests' private PostgreSQL.
    pub async fn on_postgres(day: &str, name: &str) -> House {
        let server = postgres::shared().expect("a private PostgreSQL");
        server.drop_database(name).expect("the server answers");
        server.create_database_from("template0", name).expect("a fresh database");
        House::at(day, &server.url(name), tempfile::tempdir().expect("a folder")).await
    }

    async fn at(day: &str, url: &str, folder: tempfile::TempDir) -> House {
        let ctx = Ctx::new(Parts {
            db: Db::open(url).await.expect("a database"),
            clock: Clock::at(morning(day)),
            seed: Some(7),
            files: Files::memory(),
            demo: false,
            public_url: "http://127.0.0.1:8700".to_owned(),
        });
        let slices = slices();
        let migrations: Vec<Migration> = slices.iter().flat_map(|s| s.migrations.iter().copied()).collect();
        migrate::run(ctx.db(), migrations).await.expect("tables");
        ctx.refresh().await.expect("calendar, rules, site");
        let faces = std::sync::Arc::new(Faces::default());
        let (app, routes) = App::new(ctx, slices, Box::new(Door(faces.clone())), Box::new(Bare));
        let router = huiqi_web::serve::router(app.clone(), routes);
        House { app, router, faces, _folder: folder }
    }

    pub fn ctx(&self) -> &Ctx {
        self.app.ctx()
    }

    /// A person with one role in a fresh organisation; signed in under the role's code.
    pub async fn role(&self, role: Role) -> Viewer {
        self.person(role.code(), &[role]).await.remove(0)
    }

    /// A person with several roles, each in a fresh organisation; signed in under `name` and, from the second role on,
    /// `name/2` …
    pub async fn person(&self, name: &str, roles: &[Role]) -> Vec<Viewer> {
        let work = self.ctx().write(&Viewer::System).await.expect("a transaction");
        let new = NewPerson { name: &format!("P {name}"), name_en: None, phone: None, email: None };
        let person = create_person_in(&work, &new).await.expect("a person");
        let mut memberships = Vec::new();
        for role in roles {
            let capacity: [Capacity; 1] = [role.capacity()];
            let title = format!("O {name} {}", role.code());
            let new = NewOrganisation { code: None, name: &title, name_en: None, capacities: &capacity };
            let organisation = create_in(&work, &new).await.expect("an organisation");
            let window = if role.capacity() == Capacity::Window {
                Some(window_of(&work, organisation, &title).await)
            } else {
                None
            };
            let new = NewMembership { person, organisation, window, role: *role, territory: None, verified: true };
            memberships.push(add_membership_in(&work, new).await.expect("a membership"));
        }
        work.commit().await.expect("committed");
        let mut viewers = Vec::new();
        for (i, membership) in memberships.into_iter().enumerate() {
            let actor = actor(self.ctx(), membership).await.expect("the database").expect("an actor");
            let token = if i == 0 { name.to_owned() } else { format!("{name}/{}", i + 1) };
            self.faces.0.lock().unwrap_or_else(PoisonError::into_inner).insert(token, actor.clone());
            viewers.push(Viewer::Signed(actor));
        }
        viewers
    }

    async fn ask(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let text =
            |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let statements =
            text("server-timing").trim_start_matches("db;desc=\"").trim_end_matches('"').parse().unwrap_or(0);
        let (status, location) = (response.status(), text("location"));
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Page { status, location, statements, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// A page, seen by the holder of this token (nobody where it is empty), in Chinese.
    pub async fn get(&self, who: &str, path: &str) -> Page {
        self.get_in(who, path, Locale::Zh).await
    }

    pub async fn get_in(&self, who: &str, path: &str, locale: Locale) -> Page {
        let request = Request::get(path)
            .header(header::COOKIE, format!("huiqi={who}; lang={}", locale.tag()))
            .body(Body::empty())
            .expect("a request");
        self.ask(request).await
    }

    /// A form, sent by the holder of this token.
    pub async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::COOKIE, format!("huiqi={who}"))
            .header(header::ORIGIN, "http://127.0.0.1:8700")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.ask(request).await
    }

    /// A form with one file.
    pub async fn post_file(&self, who: &str, path: &str, field: &str, content: &[u8]) -> Page {
        let mut body =
            format!("--frontier\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"2027.toml\"\r\n\r\n")
                .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--frontier--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("huiqi={who}"))
            .header(header::ORIGIN, "http://127.0.0.1:8700")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
            .body(Body::from(body))
            .expect("a request");
        self.ask(request).await
    }
}

async fn window_of(work: &huiqi_store::Work, organisation: i64, name: &str) -> i64 {
    create_window_in(work, &NewWindow { organisation, name, name_en: None, state: WindowState::Connected })
        .await
        .expect("a window")
}
