//! Who holds a session token: the lookup behind every request.

use async_trait::async_trait;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_store::db::sql;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::app::{Other, Session, SignedIn};

use super::{sessions, token};
use crate::people::queries;

/// A session's use is noted at most this often.
const TOUCH_MS: i64 = 60_000;

/// The sign-in of this crate, for [`huiqi_web::App::new`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity;

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    person: i64,
    membership: i64,
    created_at: i64,
    seen_at: i64,
    name: String,
    name_en: Option<String>,
    locale: Option<String>,
    unread: i64,
}

#[async_trait]
impl SignedIn for Identity {
    /// Two statements, and a third once a minute. When the membership acted under has ended meanwhile, the person goes
    /// on under the oldest current one.
    async fn session(&self, ctx: &Ctx, token: &str) -> Result<Option<Session>, Fault> {
        let now = ctx.now();
        let row: Option<Row> = ctx::one(
            ctx,
            "SELECT s.id, s.person, s.membership, s.created_at, s.seen_at, p.name, p.name_en, p.locale,
                (SELECT COUNT(*) FROM notice n WHERE n.person = p.id AND n.read_at IS NULL) AS unread
             FROM session s JOIN person p ON p.id = s.person
             WHERE s.token_hash = ? AND s.expires_at > ? AND p.state = 'active'",
            [token::digest(token).into(), now.into()],
        )
        .await?;
        let Some(row) = row else { return Ok(None) };
        let memberships = queries::current_memberships(ctx, row.person).await?;
        let acting = memberships.iter().find(|m| m.id == row.membership).or_else(|| memberships.first());
        let Some(acting) = acting.filter(|m| sessions::is_good(row.created_at, row.seen_at, now, m.role)) else {
            return Ok(None);
        };
        if now - row.seen_at >= TOUCH_MS || acting.id != row.membership {
            ctx.db()
                .write()
                .execute_raw(sql(
                    ctx.db().backend(),
                    "UPDATE session SET seen_at = ?, membership = ? WHERE id = ?",
                    [now.into(), acting.id.into(), row.id.into()],
                ))
                .await?;
        }
        let locale = row.locale.as_deref().and_then(Locale::from_tag);
        Ok(Some(Session {
            actor: acting.actor(&row.name, row.name_en.as_deref()),
            locale,
            others: memberships
                .iter()
                .filter(|m| m.id != acting.id)
                .map(|m| Other {
                    membership: m.number.clone(),
                    organisation: m.place(Locale::Zh).to_owned(),
                    organisation_en: m.place_en(),
                    role: m.role,
                })
                .collect(),
            unread: u64::try_from(row.unread).unwrap_or(0),
        }))
    }

    async fn prefer(&self, ctx: &Ctx, person: i64, locale: Locale) -> Result<(), Fault> {
        ctx.db()
            .write()
            .execute_raw(sql(
                ctx.db().backend(),
                "UPDATE person SET locale = ? WHERE id = ?",
                [locale.tag().into(), person.into()],
            ))
            .await?;
        Ok(())
    }

    fn role_name(&self, role: Role, locale: Locale) -> String {
        crate::role_label(role, locale)
    }
}
