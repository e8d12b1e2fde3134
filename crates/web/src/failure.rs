//! One type for everything that went wrong, one page that says it.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiqi_kernel::locale::Locale;
use huiqi_store::Fault;
use huiqi_store::sea_orm::DbErr;

use crate::layout::Html;
use crate::t;

/// What went wrong, on its way to a page.
#[derive(Clone, Debug)]
pub struct Failure(pub(crate) Arc<Kind>);

#[derive(Debug)]
pub(crate) enum Kind {
    /// An action or a read failed.
    Fault(Fault),
    /// Signed in, but not in a role that may open this.
    Forbidden,
    /// Not signed in, and this needs it.
    SignIn,
    /// The request came from another site.
    Foreign,
    /// The body could not be read.
    Unreadable,
    /// The body was too large.
    TooLarge,
    /// The address does not take requests of this kind.
    Method,
}

impl Failure {
    pub(crate) fn new(kind: Kind) -> Failure {
        Failure(Arc::new(kind))
    }

    /// There is nothing here, or this viewer may not know of it.
    pub fn not_found() -> Failure {
        Failure::new(Kind::Fault(Fault::NotFound))
    }

    /// Signed in, but not in a role that may do this.
    pub fn forbidden() -> Failure {
        Failure::new(Kind::Forbidden)
    }

    /// The body could not be read.
    pub fn unreadable() -> Failure {
        Failure::new(Kind::Unreadable)
    }

    /// The body was too large.
    pub fn too_large() -> Failure {
        Failure::new(Kind::TooLarge)
    }

    /// The fault inside, if that is what it is.
    pub fn fault(&self) -> Option<&Fault> {
        match &*self.0 {
            Kind::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        match &*self.0 {
            Kind::Fault(fault) => match fault {
                Fault::NotFound => StatusCode::NOT_FOUND,
                Fault::Refused(_) => StatusCode::CONFLICT,
                Fault::Stale => StatusCode::CONFLICT,
                Fault::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                Fault::TooMany => StatusCode::TOO_MANY_REQUESTS,
                Fault::Db(_) | Fault::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Kind::Forbidden | Kind::Foreign => StatusCode::FORBIDDEN,
            Kind::SignIn => StatusCode::UNAUTHORIZED,
            Kind::Unreadable => StatusCode::BAD_REQUEST,
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }
}

impl<E: Into<Fault>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::new(Kind::Fault(error.into()))
    }
}

/// For templates that fail to render: a fact of the build, but the type system cannot know.
pub fn render_failed(error: impl std::fmt::Display) -> Failure {
    Failure::new(Kind::Fault(Fault::internal(format!("template: {error}"))))
}

impl IntoResponse for Failure {
    /// Status and the failure itself as an extension; [`crate::serve`] puts the page around it.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A database error outside an action.
pub fn db(error: DbErr) -> Failure {
    Failure::from(Fault::from(error))
}

/// The body of a failure page: what happened, what to do now, everything that was typed, and the way `back` to the page
/// whose form it was.
pub(crate) fn body(
    title: &str,
    what: &str,
    next: &str,
    typed: &[(String, String)],
    back: Option<&str>,
    locale: Locale,
) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<div class=\"wrap wrap-narrow\" data-failed><header class=\"page-head\"><h1>")
        .say(title)
        .and(&Html::raw("</h1></header><p class=\"lede\">"))
        .say(what)
        .and(&Html::raw("</p><p>"))
        .say(next)
        .and(&Html::raw("</p>"));
    if !typed.is_empty() {
        out = out
            .and(&Html::raw("<section class=\"section\" aria-labelledby=\"typed\"><h2 id=\"typed\">"))
            .say(&m.failure_typed())
            .and(&Html::raw("</h2>"));
        for (i, (_, value)) in typed.iter().enumerate() {
            let label = format!("{} {}", m.failure_typed(), i + 1);
            out = out
                .and(&Html::raw("<p><textarea class=\"input\" rows=\"4\" readonly aria-label=\""))
                .say(&label)
                .and(&Html::raw("\">"))
                .say(value)
                .and(&Html::raw("</textarea></p>"));
        }
        out = out.and(&Html::raw("</section>"));
    }
    out = out.and(&Html::raw("<div class=\"button-row\">"));
    if let Some(back) = back {
        out = out
            .and(&Html::raw("<a class=\"button\" href=\""))
            .say(back)
            .and(&Html::raw("\">"))
            .say(&m.failure_back())
            .and(&Html::raw("</a>"));
    }
    out.and(&Html::raw("<a class=\"button is-second\" href=\"/\">"))
        .say(&m.failure_home())
        .and(&Html::raw("</a></div></div>"))
}
