//! Reads of messages to phones. The text of one that waits holds a secret: lists mask it.

use huiqi_kernel::locale::Locale;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use super::config::GatewayConfig;
use super::sender::secret_in_full;
use super::templates::{Fields, TEXTS, Template};
use crate::paging::PAGE;

/// The columns of a [`Line`], of `phone_message m`.
pub const LINE: &str =
    "m.number, m.phone, m.template, m.version, m.locale, m.subject_number, m.fields, m.secret, m.state,
    m.calling, m.tries, m.next_at, m.error, m.at, m.expires_at";

/// A message in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    /// Public number: `DX-000000012`.
    pub number: String,
    /// The phone.
    pub phone: String,
    /// Code of the text.
    pub template: String,
    /// Its version.
    pub version: i64,
    /// Language tag.
    pub locale: String,
    /// Number of the matter.
    pub subject_number: String,
    /// What fills the text, as JSON.
    pub fields: String,
    secret: Option<String>,
    /// Code of a [`super::State`].
    pub state: String,
    /// Whether a call was begun whose outcome is not known.
    pub calling: bool,
    /// Calls so far.
    pub tries: i64,
    /// When it is looked at next.
    pub next_at: i64,
    /// What the provider said last.
    pub error: Option<String>,
    /// When it was made.
    pub at: i64,
    /// When it is given up.
    pub expires_at: i64,
}

impl Line {
    fn filled(&self, secret: &str) -> String {
        let Some(template) = Template::from_code(&self.template) else { return self.template.clone() };
        let fields: Fields = serde_json::from_str(&self.fields).unwrap_or_default();
        let locale = Locale::from_tag(&self.locale).unwrap_or_default();
        TEXTS.version(template, self.version).filled(locale, &fields, secret)
    }

    /// Whether its link or code has not been erased.
    pub fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// Whether it carries a code, which is for nobody's eyes but the receiver's.
    pub fn is_code(&self) -> bool {
        self.template == Template::Code.code()
    }

    /// The text as it goes out.
    pub(super) fn in_full(&self, ctx: &Ctx) -> String {
        let config = GatewayConfig::of(ctx);
        let secret = self.secret.as_deref().unwrap_or_default();
        let secret = match Template::from_code(&self.template) {
            Some(template) => secret_in_full(ctx, &config, template, self.version, secret),
            None => secret.to_owned(),
        };
        self.filled(&secret)
    }
}

/// The text of a message without what is secret in it.
pub fn masked_text(line: &Line) -> String {
    line.filled("••••••")
}

/// A message whose whole text somebody looks at.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The message.
    pub line: Line,
    /// The text with its link.
    pub text: String,
}

/// One message by its number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(work: &Work, number: &str) -> Result<Option<Line>, Fault> {
    work.one(&format!("SELECT {LINE} FROM phone_message m WHERE m.number = ?"), [number.into()]).await
}

/// A line of the administrator's outbox, with the whole text in the demo only.
pub(crate) async fn outbox(ctx: &Ctx, before: Option<&str>) -> Result<Vec<(Line, String)>, Fault> {
    let mut text = format!("SELECT {LINE} FROM phone_message m WHERE m.state IN ('waiting', 'failed')");
    let mut values: Vec<Value> = Vec::new();
    if let Some(number) = before {
        text.push_str(" AND m.number < ?");
        values.push(number.into());
    }
    text.push_str(&format!(" ORDER BY m.number DESC LIMIT {}", PAGE + 1));
    let lines: Vec<Line> = ctx::all(ctx, &text, values).await?;
    Ok(lines
        .into_iter()
        .map(|line| {
            let words = if ctx.is_demo() && line.has_secret() { line.in_full(ctx) } else { masked_text(&line) };
            (line, words)
        })
        .collect())
}
