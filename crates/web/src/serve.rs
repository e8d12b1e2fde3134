//! From slices to a running router: admission, origin check, language, failures, headers, assets.

use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, COOKIE, HOST, ORIGIN, REFERER, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use bytes::Bytes;
use huiqi_kernel::locale::Locale;
use huiqi_store::{Ctx, Fault, db, migrate};

use crate::app::{App, RouteInfo};
use crate::failure::{Failure, Kind};
use crate::layout::Room;
use crate::slice::{Access, Route};
use crate::visit::{self, Visit};
use crate::{assets, t};

/// Largest body of a form with files: ten files of ten MiB and some text.
const MAX_BODY: usize = 104 * 1024 * 1024;
/// Largest body of a form without files.
const MAX_TEXT_BODY: usize = 512 * 1024;

/// Mounts the routes and puts everything around them that every request needs.
pub fn router(app: App, routes: Vec<Route>) -> Router {
    let mut router: Router<App> = Router::new();
    let mut machines: Router<App> = Router::new();
    for route in routes {
        let access = route.access;
        let handler = route.handler.layer(from_fn(move |request: Request, next: Next| admit(access, request, next)));
        if route.machine {
            machines = machines.route(route.path, handler);
        } else {
            router = router.route(route.path, handler);
        }
    }
    let machines = machines
        .layer(DefaultBodyLimit::max(MAX_TEXT_BODY))
        .layer(from_fn_with_state(app.clone(), surround))
        .layer(from_fn(called_by_machine));
    router
        .route("/language", get(language))
        .fallback(|| async { Failure::not_found() })
        .method_not_allowed_fallback(other_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), surround))
        .merge(machines)
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/assets/{file}", get(asset))
        .layer(from_fn_with_state(app.clone(), headers))
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(app)
}

/// An address that only takes forms, asked for as a page: leads to the page the form stands on. Anything else is said.
async fn other_method(visit: Visit, method: Method) -> crate::Answer {
    if matches!(method, Method::GET | Method::HEAD) {
        return visit.to(above(visit.app().routes(), visit.path())).now();
    }
    Err(Failure::new(Kind::Method))
}

/// Whether a path fits a route's, whose `{parameters}` stand for anything.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut parts, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part == given || (part.starts_with('{') && !given.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The nearest page above an address.
fn above(routes: &[RouteInfo], address: &str) -> String {
    let mut path = address.split('?').next().unwrap_or_default();
    while let Some((parent, _)) = path.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        if routes.iter().any(|r| r.method == Method::GET && fits(r.path, parent)) {
            return parent.to_owned();
        }
        path = parent;
    }
    "/".to_owned()
}

/// The page an address belongs to: itself, or, where it only takes forms, the one its form stands on.
pub(crate) fn page_of(routes: &[RouteInfo], address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let mut known = routes.iter().filter(|r| fits(r.path, path)).peekable();
    if known.peek().is_some() && !known.any(|r| r.method == Method::GET) {
        above(routes, address)
    } else {
        address.to_owned()
    }
}

/// Marks a call on a route of machines; only the router itself can.
#[derive(Clone, Copy)]
struct Machine;

/// Takes away what a browser would send along, and marks the call.
async fn called_by_machine(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(COOKIE);
    request.extensions_mut().insert(Machine);
    next.run(request).await
}

/// Lets a viewer through to a route, or says why not.
async fn admit(access: Access, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return Failure::from(Fault::internal("a route outside the router")).into_response();
    };
    if access.admits(visit.viewer()) {
        next.run(request).await
    } else if visit.session().is_none() {
        if request.method() == Method::GET {
            let next: String = url::form_urlencoded::byte_serialize(visit.path().as_bytes()).collect();
            return visit.to(format!("/sign-in?next={next}")).now().into_response();
        }
        Failure::new(Kind::SignIn).into_response()
    } else {
        Failure::forbidden().into_response()
    }
}

/// Around every page: who and which language, the origin check, the statement count, the page for failures.
async fn surround(State(app): State<App>, request: Request, next: Next) -> Response {
    let (response, statements) = db::counted(surround_counted(app, request, next)).await;
    let mut response = response;
    if let Ok(value) = HeaderValue::from_str(&format!("db;desc=\"{statements}\"")) {
        response.headers_mut().insert(HeaderName::from_static("server-timing"), value);
    }
    response
}

async fn surround_counted(app: App, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let jar = CookieJar::from_headers(&parts.headers);
    let secure = app.ctx().public_url().starts_with("https://");
    let token = jar.get(Visit::session_cookie(secure)).map(|c| c.value().to_owned());
    let mut lost = None;
    let session = match &token {
        Some(token) => app.signed_in().session(app.ctx(), token).await.unwrap_or_else(|fault| {
            lost = Some(fault);
            None
        }),
        None => None,
    };
    let asked = parts.uri.query().and_then(|q| {
        url::form_urlencoded::parse(q.as_bytes()).find(|(k, _)| k == "lang").and_then(|(_, v)| Locale::from_tag(&v))
    });
    let locale = asked
        .or_else(|| session.as_ref().and_then(|s| s.locale))
        .or_else(|| jar.get("lang").and_then(|c| Locale::from_tag(c.value())))
        .or_else(|| {
            parts.headers.get(ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok()).and_then(Locale::from_accept_language)
        })
        .unwrap_or_default();
    let flash = jar.get(visit::flash_cookie()).and_then(|c| visit::read_flash(c.value()));
    let peer = parts.extensions.get::<ConnectInfo<std::net::SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let client =
        peer.map_or_else(|| "local".to_owned(), |peer| other_side(app.ctx(), peer, &parts.headers).to_string());
    let cookies = jar.iter().map(|c| (c.name().to_owned(), c.value().to_owned())).collect();
    let visit = Visit::new(app.clone(), session, locale, path, flash, token, client, cookies);
    parts.extensions.insert(visit.clone());

    if let Some(fault) = lost {
        return failure_page(&visit, &Failure::from(fault), &[], None).await;
    }
    let unsafe_method = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let machine = parts.extensions.get::<Machine>().is_some();
    if unsafe_method && !machine && !same_origin(&parts.headers, &app.ctx().public_url()) {
        return failure_page(&visit, &Failure::new(Kind::Foreign), &[], None).await;
    }
    let came_from = unsafe_method.then(|| came_from(&visit, &parts.headers)).flatten();
    let plain_form = parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/x-www-form-urlencoded"));
    let (typed, body) = if unsafe_method && plain_form {
        match axum::body::to_bytes(body, MAX_TEXT_BODY).await {
            Ok(bytes) => (kept(&bytes), Body::from(bytes)),
            Err(_) => return failure_page(&visit, &Failure::too_large(), &[], came_from.as_deref()).await,
        }
    } else {
        (Vec::new(), body)
    };
    let response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions().get::<Failure>() {
        Some(failure) => failure_page(&visit, &failure.clone(), &typed, came_from.as_deref()).await,
        None => response,
    }
}

/// What a person wrote themselves: long enough to be missed, and no secret.
fn kept(body: &Bytes) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body)
        .filter(|(name, value)| {
            value.chars().count() >= 8
                && !name.contains("password")
                && !name.contains("code")
                && name != "next"
                && name != "version"
        })
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The address of the other side: the connection's own, or, behind proxies that are trusted, the last one they name that
/// is none of them. What anybody else writes into the header is ignored.
fn other_side(ctx: &Ctx, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !ctx.trusts_proxy(peer) {
        return peer;
    }
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse::<IpAddr>().ok())
        .rfind(|address| !ctx.trusts_proxy(*address))
        .unwrap_or(peer)
}

/// Whether an unsafe request comes from our own pages.
fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site"))
        && (site == "cross-site" || site == "same-site")
    {
        return false;
    }
    let own = url::Url::parse(public_url).ok().map(|u| u.origin());
    let given = match text(ORIGIN) {
        Some("null") => return false,
        Some(origin) => url::Url::parse(origin).ok(),
        None => match text(REFERER) {
            Some(referer) => url::Url::parse(referer).ok(),
            // Browsers that send neither do not send our cookie from other sites either (SameSite).
            None => return text(HOST).is_some(),
        },
    };
    given.is_some_and(|u| Some(u.origin()) == own)
}

/// The page whose form was sent: the one the browser names, or the one above the form's address.
fn came_from(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    let routes = visit.app().routes();
    let own = url::Url::parse(&visit.ctx().public_url()).ok().map(|u| u.origin());
    let referer = headers
        .get(REFERER)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| url::Url::parse(v).ok())
        .filter(|u| Some(u.origin()) == own)
        .map(|u| visit::local_path(&u[url::Position::BeforePath..url::Position::AfterQuery]).to_owned());
    let page = page_of(routes, &referer.unwrap_or_else(|| visit.path().to_owned()));
    (page != "/").then_some(page)
}

/// `back` is the page whose form failed, where it may still be opened.
async fn failure_page(visit: &Visit, failure: &Failure, typed: &[(String, String)], back: Option<&str>) -> Response {
    let m = t(visit.locale());
    let locale = visit.locale();
    let (title, what, next) = match &*failure.0 {
        Kind::Fault(Fault::NotFound) => {
            (m.failure_not_found_title(), m.failure_not_found_what(), m.failure_not_found_next())
        }
        Kind::Fault(Fault::Refused(refusal)) => {
            (m.failure_refused_title(), refusal.reason.get(locale).to_owned(), m.failure_refused_next())
        }
        Kind::Fault(Fault::Invalid { message, .. }) => {
            (m.failure_invalid_title(), message.get(locale).to_owned(), m.failure_invalid_next())
        }
        Kind::Fault(Fault::Stale) => (m.failure_stale_title(), m.failure_stale_what(), m.failure_stale_next()),
        Kind::Fault(Fault::TooMany) => {
            (m.failure_too_many_title(), m.failure_too_many_what(), m.failure_too_many_next())
        }
        Kind::Fault(fault @ (Fault::Db(_) | Fault::Internal(_))) => {
            tracing::error!(path = visit.path(), error = %fault, "a page failed");
            (m.failure_internal_title(), m.failure_internal_what(), m.failure_internal_next())
        }
        Kind::Forbidden => (m.failure_forbidden_title(), m.failure_forbidden_what(), m.failure_forbidden_next()),
        Kind::SignIn => {
            (m.failure_sign_in_first_title(), m.failure_sign_in_first_what(), m.failure_sign_in_first_next())
        }
        Kind::Foreign => (m.failure_foreign_title(), m.failure_foreign_what(), m.failure_foreign_next()),
        Kind::Unreadable => (m.failure_unreadable_title(), m.failure_unreadable_what(), m.failure_unreadable_next()),
        Kind::TooLarge => (m.failure_too_large_title(), m.failure_too_large_what(), m.failure_too_large_next()),
        Kind::Method => (m.failure_method_title(), m.failure_method_what(), m.failure_method_next()),
    };
    let shut = matches!(&*failure.0, Kind::Foreign | Kind::Forbidden | Kind::SignIn | Kind::Fault(Fault::NotFound));
    let back = back.filter(|_| !shut);
    let body = crate::failure::body(&title, &what, &next, typed, back, locale);
    let nav = visit.app().shell().nav(visit, "").await.unwrap_or_default();
    let staff = visit.viewer().role().is_some_and(huiqi_kernel::people::Role::is_staff);
    let html = visit::frame(visit, &title, if staff { Room::Desk } else { Room::Portal }, nav, body);
    (failure.status(), [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// Changes the language: kept in a cookie, and with the person when signed in (by `identity`).
async fn language(visit: Visit, axum::extract::Query(query): axum::extract::Query<LanguageQuery>) -> crate::Answer {
    let locale = Locale::from_tag(&query.to).unwrap_or_default();
    let back = visit::local_path(&query.back).to_owned();
    if let Some(session) = visit.session() {
        visit.app().signed_in().prefer(visit.ctx(), session.actor.person, locale).await?;
    }
    let cookie: Cookie<'static> = visit.cookie("lang", locale.tag().to_owned(), Some(400 * 86_400));
    visit.to(back).cookie(cookie).now()
}

#[derive(serde::Deserialize)]
struct LanguageQuery {
    to: String,
    #[serde(default)]
    back: String,
}

async fn ready(State(app): State<App>) -> Response {
    match migrate::complete(app.ctx().db(), app.migrations()).await {
        Ok(true) => (StatusCode::OK, "ready\n").into_response(),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "migrations missing: run `huiqi migrate`\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "readiness");
            (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n").into_response()
        }
    }
}

async fn asset(axum::extract::Path(file): axum::extract::Path<String>) -> Response {
    match assets::find(&format!("/assets/{file}")) {
        Some((content, kind)) => {
            ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], content).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let secure = app.ctx().public_url().starts_with("https://");
    let headers = response.headers_mut();
    let fixed = [
        (
            HeaderName::from_static("content-security-policy"),
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'",
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "geolocation=(), microphone=(), camera=()"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_str(v).unwrap())).collect()
    }

    #[test]
    fn an_address_that_only_takes_forms_belongs_to_the_page_above() {
        let route = |method: Method, path: &'static str| RouteInfo {
            slice: "s",
            method,
            path,
            access: Access::Public,
            article: None,
            title: None,
        };
        let routes = [
            route(Method::GET, "/t/{token}"),
            route(Method::POST, "/t/{token}/supply"),
            route(Method::GET, "/ask"),
            route(Method::POST, "/ask"),
            route(Method::POST, "/acting"),
        ];
        assert_eq!(page_of(&routes, "/t/x/supply?a=1"), "/t/x");
        assert_eq!(page_of(&routes, "/ask?kind=need"), "/ask?kind=need");
        assert_eq!(page_of(&routes, "/acting"), "/");
        assert_eq!(page_of(&routes, "/nothing/here"), "/nothing/here");
        assert_eq!(above(&routes, "/t/x/supply"), "/t/x");
        assert_eq!(above(&routes, "/t/x"), "/");
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let own = "http://127.0.0.1:8700";
        assert!(same_origin(&with(&[("origin", own)]), own));
        assert!(!same_origin(&with(&[("origin", "http://evil.example")]), own));
        assert!(!same_origin(&with(&[("origin", "null")]), own));
        assert!(!same_origin(&with(&[("sec-fetch-site", "cross-site"), ("origin", own)]), own));
        assert!(same_origin(&with(&[("referer", "http://127.0.0.1:8700/ask")]), own));
        assert!(!same_origin(&with(&[("referer", "http://127.0.0.1:8701/ask")]), own));
    }
}
