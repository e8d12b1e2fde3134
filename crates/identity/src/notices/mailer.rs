//! Mail by SMTP.
//!
//! The configuration holds a password, so it stands in the program's configuration and never in the database. Jobs are
//! plain functions that capture nothing; therefore the program hands it over once at start, by [`configure`].

use std::sync::OnceLock;

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncTransport, Tokio1Executor};

use crate::t;

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (usually port 465).
    Tls,
    /// Plain, then `STARTTLS`, which is demanded (usually port 587).
    StartTls,
    /// Plain; only for a server on the same machine.
    None,
}

/// How mail is sent.
#[derive(Clone)]
pub struct MailConfig {
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// User name and password, where the server asks for them.
    pub login: Option<(String, String)>,
    /// Sender, such as `Huiqi <no-reply@example.org>`.
    pub from: String,
}

static CONFIG: OnceLock<MailConfig> = OnceLock::new();

/// Names the mail server; once, at start. A second call is ignored and answers `false`.
pub fn configure(config: MailConfig) -> bool {
    CONFIG.set(config).is_ok()
}

/// Whether a mail server was named.
pub fn configured() -> bool {
    CONFIG.get().is_some()
}

/// Mails of one run.
const BATCH: usize = 20;
/// Tries before a mail is given up.
const TRIES: i64 = 5;
/// A mail that could not be sent for so long is given up: what it says is old.
const TOO_OLD_MS: i64 = 3 * 86_400_000;

/// How long after the nth try the next one comes: 1, 5, 25, 125 minutes.
fn pause_ms(tries: i64) -> i64 {
    60_000 * 5_i64.pow(u32::try_from(tries.clamp(1, TRIES) - 1).unwrap_or(0))
}

#[derive(FromQueryResult)]
struct Claimed {
    id: i64,
    mail_tries: i64,
    email: Option<String>,
    name: String,
    locale: Option<String>,
    text_zh: String,
    text_en: String,
    href: String,
    kind: String,
    secret: Option<String>,
    file_name: Option<String>,
    file_path: Option<String>,
}

/// The job `notices.mail`: gives up what is too old, then sends one batch.
///
/// A mail is claimed by counting the try before it is sent, so that after a crash it is tried again later rather than
/// twice at once; it may then arrive twice, never not at all.
pub(super) async fn run(ctx: Ctx) -> Result<u64, Fault> {
    let work = ctx.write(&Viewer::System).await?;
    let now = work.now();
    let mut done = work
        .run(
            "UPDATE notice SET mail_state = 'failed', mail_error = 'too old', secret = NULL
             WHERE mail_state = 'waiting' AND at < ?",
            [(now - TOO_OLD_MS).into()],
        )
        .await?;
    let Some(config) = CONFIG.get() else {
        work.commit().await?;
        return Ok(done);
    };
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let ids: Vec<Id> = work
        .all(
            &format!(
                "SELECT id FROM notice WHERE mail_state = 'waiting' AND mail_next_at <= ?
                 ORDER BY mail_next_at, id LIMIT {BATCH}"
            ),
            [now.into()],
        )
        .await?;
    let mut claimed = Vec::with_capacity(ids.len());
    for Id { id } in ids {
        let row: Option<Claimed> = work
            .one(
                "SELECT n.id, n.mail_tries, p.email, p.name, p.locale, n.text_zh, n.text_en, n.href, n.kind, n.secret,
                    n.file_name, n.file_path
                 FROM notice n JOIN person p ON p.id = n.person WHERE n.id = ?",
                [id.into()],
            )
            .await?;
        let Some(row) = row else { continue };
        work.run(
            "UPDATE notice SET mail_tries = mail_tries + 1, mail_next_at = ? WHERE id = ?",
            [(now + pause_ms(row.mail_tries + 1)).into(), id.into()],
        )
        .await?;
        claimed.push(row);
    }
    work.commit().await?;
    if claimed.is_empty() {
        return Ok(done);
    }
    let transport = transport(config)?;
    for mail in claimed {
        let outcome = match message(&ctx, config, &mail).await {
            Ok(message) => transport.send(message).await.map(|_| ()).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let work = ctx.write(&Viewer::System).await?;
        match outcome {
            Ok(()) => {
                done += work
                    .run(
                        "UPDATE notice SET mail_state = 'sent', mail_error = NULL, secret = NULL WHERE id = ?",
                        [mail.id.into()],
                    )
                    .await?;
            }
            Err(error) if mail.mail_tries + 1 >= TRIES => {
                work.run(
                    "UPDATE notice SET mail_state = 'failed', mail_error = ?, secret = NULL WHERE id = ?",
                    [error.into(), mail.id.into()],
                )
                .await?;
            }
            Err(error) => {
                work.run("UPDATE notice SET mail_error = ? WHERE id = ?", [error.into(), mail.id.into()]).await?;
            }
        }
        work.commit().await?;
    }
    Ok(done)
}

fn transport(config: &MailConfig) -> Result<AsyncSmtpTransport<Tokio1Executor>, Fault> {
    let builder = match config.security {
        MailSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&config.host).map_err(Fault::internal)?,
        MailSecurity::StartTls => {
            AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&config.host).map_err(Fault::internal)?
        }
        MailSecurity::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host),
    };
    let builder = builder.port(config.port).timeout(Some(std::time::Duration::from_secs(20)));
    Ok(match &config.login {
        Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.clone())).build(),
        None => builder.build(),
    })
}

async fn message(ctx: &Ctx, config: &MailConfig, mail: &Claimed) -> Result<Message, Fault> {
    let locale = mail.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
    let m = t(locale);
    let site = ctx.site();
    let text = filled(locale.pick(&mail.text_zh, &mail.text_en), mail.secret.as_deref().unwrap_or_default());
    // The address of a matter holds its number.
    let href = if mail.kind == super::CONFIDENTIAL { "/notices" } else { &mail.href };
    let link = format!("{}{}", ctx.public_url(), filled(href, mail.secret.as_deref().unwrap_or_default()));
    let body = m.notice_mail_body(&mail.name, &text, &link, site.text("name", locale), site.text("hotline", locale));
    let address = mail.email.as_deref().unwrap_or_default();
    let builder = Message::builder()
        .from(config.from.parse::<Mailbox>().map_err(Fault::internal)?)
        .to(Mailbox::new(Some(mail.name.clone()), address.parse().map_err(Fault::internal)?))
        .subject(m.notice_mail_subject(site.text("name", locale), first_sentence(&text)));
    let (Some(name), Some(path)) = (&mail.file_name, &mail.file_path) else {
        return builder.singlepart(SinglePart::plain(body)).map_err(Fault::internal);
    };
    let content = ctx.files().get(path).await?;
    let kind = ContentType::parse("application/octet-stream").map_err(Fault::internal)?;
    let file = Attachment::new(name.clone()).body(content.to_vec(), kind);
    builder.multipart(MultiPart::mixed().singlepart(SinglePart::plain(body)).singlepart(file)).map_err(Fault::internal)
}

/// The text with its one-time code or link.
pub(super) fn filled(text: &str, secret: &str) -> String {
    text.replace("{secret}", secret)
}

/// The beginning of a text, for a subject: up to the first full stop, at most 40 characters.
fn first_sentence(text: &str) -> String {
    let end = text.find(['\u{3002}', '\n']).or_else(|| text.find(". ")).unwrap_or(text.len());
    let first = &text[..end];
    if first.chars().count() > 40 { first.chars().take(39).chain(['…']).collect() } else { first.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow() {
        assert_eq!([1, 2, 3, 4].map(|n| pause_ms(n) / 60_000), [1, 5, 25, 125]);
    }

    #[test]
    fn a_subject_is_short() {
        assert_eq!(first_sentence("已受理。请留意。"), "已受理");
        assert_eq!(first_sentence("Accepted. Please wait."), "Accepted");
        assert_eq!(first_sentence(&"长".repeat(50)).chars().count(), 40);
    }
}
