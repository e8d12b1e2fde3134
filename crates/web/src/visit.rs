//! One request as handlers see it: who, in which language, from where, and how to answer.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, SameSite};
use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Viewer};
use huiqi_store::Ctx;

use crate::app::{App, Session};
use crate::layout::{self, Flash, FlashKind, FootInfo, Html, Layout, Room, Switch, Who};
use crate::{Answer, Failure, closure, dates};

/// One request. Cheap to clone.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

struct Inner {
    app: App,
    session: Option<Session>,
    viewer: Viewer,
    locale: Locale,
    path: String,
    flash: Option<Flash>,
    token: Option<String>,
    client: String,
    cookies: Vec<(String, String)>,
}

impl Visit {
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn new(
        app: App,
        session: Option<Session>,
        locale: Locale,
        path: String,
        flash: Option<Flash>,
        token: Option<String>,
        client: String,
        cookies: Vec<(String, String)>,
    ) -> Visit {
        let viewer = session.as_ref().map_or(Viewer::Public, |s| Viewer::Signed(s.actor.clone()));
        Visit(Arc::new(Inner { app, session, viewer, locale, path, flash, token, client, cookies }))
    }

    /// The program.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The context of actions.
    pub fn ctx(&self) -> &Ctx {
        self.0.app.ctx()
    }

    /// Who looks.
    pub fn viewer(&self) -> &Viewer {
        &self.0.viewer
    }

    /// Who acts.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn actor(&self) -> Result<&Actor, Failure> {
        self.0.viewer.actor().ok_or_else(|| Failure::new(crate::failure::Kind::SignIn))
    }

    /// The session, if somebody is signed in.
    pub fn session(&self) -> Option<&Session> {
        self.0.session.as_ref()
    }

    /// The session token the browser sent.
    pub fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }

    /// Language of the answer.
    pub fn locale(&self) -> Locale {
        self.0.locale
    }

    /// Path and query of the request.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Network address of the other side, as far as it can be trusted; for slowing down guesses.
    pub fn client(&self) -> &str {
        &self.0.client
    }

    /// One procedure.
    pub fn flow(&self, code: &str) -> Option<&dyn AnyFlow> {
        self.0.app.flow(code)
    }

    /// Whether whoever looks may open this page: for deciding whether words become a link to it.
    pub fn may_open(&self, path: &str) -> bool {
        self.0.app.opens(path, &self.0.viewer)
    }

    /// Starts a page; `here` is the part of the site it belongs to, for the navigation.
    pub fn page(&self, title: impl Into<String>, here: &'static str) -> Page<'_> {
        let staff = self.0.viewer.role().is_some_and(huiqi_kernel::people::Role::is_staff);
        Page {
            visit: self,
            title: title.into(),
            here,
            room: if staff { Room::Desk } else { Room::Portal },
            status: StatusCode::OK,
        }
    }

    /// Where to go after a step.
    pub fn to(&self, path: impl AsRef<str>) -> Go<'_> {
        Go { visit: self, path: path.as_ref().to_owned(), flash: None, cookies: Vec::new() }
    }

    /// The value of a cookie the browser sent.
    pub fn read_cookie(&self, name: &str) -> Option<&str> {
        self.0.cookies.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Whether the site is reached over TLS, which decides the cookies' names.
    pub fn secure(&self) -> bool {
        self.ctx().public_url().starts_with("https://")
    }

    /// Name of the session cookie.
    pub fn session_cookie(secure: bool) -> &'static str {
        if secure { "__Host-huiqi" } else { "huiqi" }
    }

    /// A cookie as this site sets them: not readable by scripts, not sent along from other sites' posts.
    pub fn cookie(&self, name: &'static str, value: String, max_age_s: Option<i64>) -> Cookie<'static> {
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self.secure());
        if let Some(seconds) = max_age_s {
            cookie.set_max_age(time::Duration::seconds(seconds));
        }
        cookie
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Visit, Failure> {
        parts
            .extensions
            .get::<Visit>()
            .cloned()
            .ok_or_else(|| Failure::from(huiqi_store::Fault::internal("a route outside the router")))
    }
}

/// A page being put together.
pub struct Page<'a> {
    visit: &'a Visit,
    title: String,
    here: &'static str,
    room: Room,
    status: StatusCode,
}

impl Page<'_> {
    /// The room it is shown in; without this, staff see the workbench and everybody else the portal.
    pub fn room(mut self, room: Room) -> Self {
        self.room = room;
        self
    }

    /// A form that came back with errors.
    pub fn refused(mut self, refused: bool) -> Self {
        if refused {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    /// Any other status.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Puts the frame around the body and answers.
    ///
    /// # Errors
    /// When navigation or template fail.
    pub async fn show(self, body: Html) -> Answer {
        let visit = self.visit;
        let nav = visit.app().shell().nav(visit, self.here).await?;
        let html = frame(visit, &self.title, self.room, nav, body);
        let mut response = (self.status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        if visit.0.flash.is_some() {
            let gone = visit.cookie(FLASH, String::new(), Some(0));
            append_cookie(&mut response, &gone);
        }
        Ok(response)
    }

    /// Renders a template as the body.
    ///
    /// # Errors
    /// When navigation or template fail.
    pub async fn template(self, template: impl askama::Template) -> Answer {
        let body = template.render().map_err(crate::failure::render_failed)?;
        self.show(Html(body)).await
    }
}

/// The frame around a body.
pub(crate) fn frame(visit: &Visit, title: &str, room: Room, nav: Vec<layout::NavItem>, body: Html) -> String {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let site = ctx.site();
    let today = ctx.today();
    let staff = visit.viewer().role().is_some_and(huiqi_kernel::people::Role::is_staff);
    let text = |name: &str| site.text(name, locale).to_owned();
    let who = visit.session().map(|session| Who {
        name: session.actor.shown(locale).to_owned(),
        acting_as: format!(
            "{} {}",
            session.actor.place(locale),
            visit.app().signed_in().role_name(session.actor.role, locale)
        ),
        unread: session.unread,
        others: session
            .others
            .iter()
            .map(|o| Switch {
                membership: o.membership.clone(),
                label: format!(
                    "{} {}",
                    locale.pick(&o.organisation, o.organisation_en.as_deref().unwrap_or(&o.organisation)),
                    visit.app().signed_in().role_name(o.role, locale)
                ),
            })
            .collect(),
    });
    Layout {
        locale,
        title: title.to_owned(),
        room,
        nav,
        who,
        flash: visit.0.flash.clone(),
        sample_note: ctx.is_demo(),
        rule_line: staff.then(|| ctx.rules().on(today).validity_line(locale, today)).filter(|line| !line.is_empty()),
        today,
        is_working: ctx.calendar().is_working(today),
        made_at: dates::clock(ctx.now()),
        path_for_switch: crate::serve::page_of(visit.app().routes(), visit.path()),
        foot: FootInfo {
            hotline: text("hotline"),
            hours: text("hours"),
            now: closure::hotline_now(&ctx.calendar(), ctx.now(), site.text("hours", Locale::Zh), locale)
                .unwrap_or_default(),
            closure: closure::next(&ctx.calendar(), today).map(|c| c.sentence(today, locale)).unwrap_or_default(),
            hall: text("hall"),
            guide: text("guide"),
            manage: text("manage"),
            operate: text("operate"),
            filing: text("filing"),
            links: visit.app().shell().foot(locale),
        },
        body,
    }
    .render()
}

const FLASH: &str = "huiqi-flash";

pub(crate) fn read_flash(value: &str) -> Option<Flash> {
    let (_, text) =
        url::form_urlencoded::parse(value.as_bytes()).next().map(|(k, v)| (k.into_owned(), v.into_owned()))?;
    let kind = url::form_urlencoded::parse(value.as_bytes()).next()?.0.into_owned();
    Some(Flash {
        kind: match kind.as_str() {
            "good" => FlashKind::Good,
            "warn" => FlashKind::Warn,
            "bad" => FlashKind::Bad,
            _ => FlashKind::Info,
        },
        text: Html::text(&text),
    })
}

/// The name of the cookie that carries one message across a redirect.
pub(crate) fn flash_cookie() -> &'static str {
    FLASH
}

fn append_cookie(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// A redirect after a step, with one message and cookies.
pub struct Go<'a> {
    visit: &'a Visit,
    path: String,
    flash: Option<(&'static str, String)>,
    cookies: Vec<Cookie<'static>>,
}

impl Go<'_> {
    /// What happened, said on the next page.
    pub fn good(mut self, text: impl Into<String>) -> Self {
        self.flash = Some(("good", text.into()));
        self
    }

    /// A warning, said on the next page.
    pub fn warn(mut self, text: impl Into<String>) -> Self {
        self.flash = Some(("warn", text.into()));
        self
    }

    /// A cookie to set on the way.
    pub fn cookie(mut self, cookie: Cookie<'static>) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Answers with 303.
    ///
    /// # Errors
    /// When the address cannot stand in a header.
    pub fn now(self) -> Answer {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let path = HeaderValue::from_str(&self.path).map_err(|e| Failure::from(huiqi_store::Fault::internal(e)))?;
        response.headers_mut().insert(LOCATION, path);
        if let Some((kind, text)) = self.flash {
            let value = url::form_urlencoded::Serializer::new(String::new()).append_pair(kind, &text).finish();
            append_cookie(&mut response, &self.visit.cookie(FLASH, value, Some(60)));
        }
        for cookie in &self.cookies {
            append_cookie(&mut response, cookie);
        }
        Ok(response)
    }
}

/// A file as a download, never shown inside the site.
///
/// # Errors
/// When the name cannot stand in a header.
pub fn download(name: &str, kind: &str, content: impl Into<axum::body::Body>) -> Answer {
    let mut response = content.into().into_response();
    let header = |v: String| HeaderValue::from_str(&v).map_err(|e| Failure::from(huiqi_store::Fault::internal(e)));
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    response
        .headers_mut()
        .insert(CONTENT_DISPOSITION, header(format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))?);
    response.headers_mut().insert(CONTENT_TYPE, header(kind.to_owned())?);
    Ok(response)
}

/// An address inside this site, or `/` for anything else: never send people to another site after sign-in.
pub fn local_path(path: &str) -> &str {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control) {
        path
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local_path("/mine?state=open"), "/mine?state=open");
        for elsewhere in ["//example.com", "/\\example.com", "https://example.com", "/\t/example.com", "/\n/x", ""] {
            assert_eq!(local_path(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
