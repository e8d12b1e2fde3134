//! Browsers in the hands of people, and what they see.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Viewer};
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt;

use crate::app::{PUBLIC_URL, lock};

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
    pub(crate) fn new(router: &Router, token: Option<String>, actor: Option<Actor>) -> Client {
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
