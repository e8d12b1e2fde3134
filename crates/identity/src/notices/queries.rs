//! Reads of notices; a person sees the own ones only.

use huiqi_kernel::locale::Locale;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};

use crate::paging::PAGE;

/// How many notices a person has not read.
///
/// # Errors
/// When the database fails.
pub async fn unread(ctx: &Ctx, person: i64) -> Result<u64, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let row: Option<Row> =
        ctx::one(ctx, "SELECT COUNT(*) AS n FROM notice WHERE person = ? AND read_at IS NULL", [person.into()]).await?;
    Ok(row.map_or(0, |r| u64::try_from(r.n).unwrap_or(0)))
}

/// A notice in its person's list.
#[derive(FromQueryResult)]
pub(super) struct Line {
    pub number: String,
    pub subject_number: String,
    pub text_zh: String,
    pub text_en: String,
    pub at: i64,
    pub read_at: Option<i64>,
}

impl Line {
    pub(super) fn text(&self, locale: Locale) -> &str {
        locale.pick(&self.text_zh, &self.text_en)
    }
}

/// One page, newest first, one row more than a page holds; `before` is a notice's number.
pub(super) async fn list(ctx: &Ctx, person: i64, only_unread: bool, before: Option<&str>) -> Result<Vec<Line>, Fault> {
    let mut text = "SELECT number, subject_number, text_zh, text_en, at, read_at FROM notice
                    WHERE person = ? AND channel = 'both'"
        .to_owned();
    let mut values = vec![person.into()];
    if only_unread {
        text.push_str(" AND read_at IS NULL");
    }
    if let Some(number) = before {
        text.push_str(" AND number < ?");
        values.push(number.into());
    }
    text.push_str(&format!(" ORDER BY number DESC LIMIT {}", PAGE + 1));
    ctx::all(ctx, &text, values).await
}

/// Where one of the person's notices leads.
pub(super) async fn target(ctx: &Ctx, person: i64, number: &str) -> Result<Option<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        href: String,
    }
    let row: Option<Row> = ctx::one(
        ctx,
        "SELECT href FROM notice WHERE person = ? AND number = ? AND channel = 'both'",
        [person.into(), number.into()],
    )
    .await?;
    Ok(row.map(|r| r.href))
}

/// A mail in the outbox.
#[derive(FromQueryResult)]
pub(super) struct Mail {
    pub number: String,
    pub email: Option<String>,
    pub locale: Option<String>,
    pub text_zh: String,
    pub text_en: String,
    pub secret: Option<String>,
    pub at: i64,
    pub mail_state: String,
    pub mail_tries: i64,
    pub mail_error: Option<String>,
}

impl Mail {
    pub(super) fn text(&self) -> &str {
        let locale = self.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
        locale.pick(&self.text_zh, &self.text_en)
    }
}

/// Mails that wait or failed, newest first, one row more than a page holds.
pub(super) async fn outbox(ctx: &Ctx, before: Option<&str>) -> Result<Vec<Mail>, Fault> {
    let mut text =
        "SELECT n.number, p.email, p.locale, n.text_zh, n.text_en, n.secret, n.at, n.mail_state, n.mail_tries,
                        n.mail_error
                    FROM notice n JOIN person p ON p.id = n.person
                    WHERE n.mail_state IN ('waiting', 'failed') AND n.kind <> ?"
            .to_owned();
    let mut values = vec![super::CONFIDENTIAL.into()];
    if let Some(number) = before {
        text.push_str(" AND n.number < ?");
        values.push(number.into());
    }
    text.push_str(&format!(" ORDER BY n.number DESC LIMIT {}", PAGE + 1));
    ctx::all(ctx, &text, values).await
}
