//! Consent to the privacy text.
//!
//! The text is a site text, edited on a page; its version is the beginning of a hash over both languages, so that a
//! changed text is a new version by itself.

use huiqi_kernel::locale::Locale;
use huiqi_store::audit::hex;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, ctx};
use sha2::{Digest, Sha256};

/// Who consents.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// A person with an account: row id.
    Person(i64),
    /// Somebody without an account: the number of the request under which the contact stands.
    Contact(&'a str),
}

/// Version of the privacy text as it stands now.
pub fn version(ctx: &Ctx) -> String {
    let site = ctx.site();
    let mut hasher = Sha256::new();
    for locale in Locale::ALL {
        hasher.update(site.text("privacy", locale).as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())[..12].to_owned()
}

/// Records consent to the text as it stands now. `via` says where it was given: `registration`, `ask`, `invitation`,
/// `hotline`.
///
/// # Errors
/// When the database fails.
pub async fn record_in(work: &Work, by: By<'_>, via: &str) -> Result<(), Fault> {
    let (person, contact) = match by {
        By::Person(id) => (Some(id), None),
        By::Contact(number) => (None, Some(number.to_owned())),
    };
    work.run(
        "INSERT INTO consent (person, contact, version, at, via) VALUES (?, ?, ?, ?, ?)",
        [person.into(), contact.into(), version(work.ctx()).into(), work.now().into(), via.into()],
    )
    .await?;
    Ok(())
}

/// Whether a person has consented to the text as it stands now.
///
/// # Errors
/// When the database fails.
pub async fn given(ctx: &Ctx, person: i64) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let row: Option<Row> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n FROM consent WHERE person = ? AND version = ?",
        [person.into(), version(ctx).into()],
    )
    .await?;
    Ok(row.is_some_and(|r| r.n > 0))
}
