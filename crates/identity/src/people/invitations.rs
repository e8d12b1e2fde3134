//! Invitations: a colleague makes the account alone.

use huiqi_kernel::people::Role;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, ctx, number};
use serde_json::json;

use super::actions::{NewMembership, add_membership_in};
use crate::signin::token;

/// How long an invitation can be accepted.
pub(super) const VALID_MS: i64 = 7 * 86_400_000;

/// An invitation to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitation<'a> {
    /// Name of whoever is invited.
    pub name: &'a str,
    /// Row id of the organisation.
    pub organisation: i64,
    /// Row id of the window, with window roles.
    pub window: Option<i64>,
    /// Role.
    pub role: Role,
    /// District or zone, with a department's role.
    pub territory: Option<&'a str>,
}

/// Makes an invitation; returns its secret token, which is kept nowhere. Whether the inviter may give this role away
/// is the caller's question.
///
/// # Errors
/// When the database fails.
pub async fn invite_in(work: &Work, new: &NewInvitation<'_>) -> Result<String, Fault> {
    let token = token::fresh(work.ctx());
    let number = format!("YQ-{:06}", number::next(&**work, "invitation").await?);
    work.run(
        "INSERT INTO invitation (number, token_hash, organisation, service_window, role, territory, name, invited_by,
            at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number.clone().into(),
            token::digest(&token).into(),
            new.organisation.into(),
            new.window.into(),
            new.role.code().into(),
            new.territory.map(str::to_owned).into(),
            new.name.into(),
            work.person().into(),
            work.now().into(),
            (work.now() + VALID_MS).into(),
        ],
    )
    .await?;
    work.audit("people.invited", "invitation", &number, json!({ "role": new.role.code() })).await?;
    Ok(token)
}

/// An invitation as its list and its page show it.
#[derive(FromQueryResult)]
pub(super) struct Invitation {
    pub id: i64,
    pub number: String,
    pub organisation: i64,
    pub service_window: Option<i64>,
    pub role: String,
    pub territory: Option<String>,
    pub name: String,
    pub at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
    pub place: String,
    pub place_en: Option<String>,
}

impl Invitation {
    pub(super) fn role(&self) -> Option<Role> {
        Role::from_code(&self.role)
    }

    /// Whether it can still be accepted.
    pub(super) fn is_open(&self, now: i64) -> bool {
        self.used_at.is_none() && self.withdrawn_at.is_none() && now < self.expires_at
    }
}

const INVITATION: &str = "SELECT i.id, i.number, i.organisation, i.service_window, i.role, i.territory, i.name, i.at,
        i.expires_at, i.used_at, i.withdrawn_at,
        CASE WHEN w.id IS NULL THEN o.name ELSE w.name END AS place,
        CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS place_en
    FROM invitation i JOIN organisation o ON o.id = i.organisation
    LEFT JOIN service_window w ON w.id = i.service_window";

/// The newest invitations into an organisation (and window).
pub(super) async fn of(ctx: &Ctx, organisation: i64, window: Option<i64>) -> Result<Vec<Invitation>, Fault> {
    let mut text = format!("{INVITATION} WHERE i.organisation = ?");
    let mut values = vec![organisation.into()];
    if let Some(window) = window {
        text.push_str(" AND i.service_window = ?");
        values.push(window.into());
    }
    text.push_str(" ORDER BY i.id DESC LIMIT 50");
    ctx::all(ctx, &text, values).await
}

/// The invitation with this secret token.
pub(super) async fn by_token(ctx: &Ctx, token: &str) -> Result<Option<Invitation>, Fault> {
    ctx::one(ctx, &format!("{INVITATION} WHERE i.token_hash = ?"), [token::digest(token).into()]).await
}

/// The invitation with this number.
pub(super) async fn by_number(ctx: &Ctx, number: &str) -> Result<Option<Invitation>, Fault> {
    ctx::one(ctx, &format!("{INVITATION} WHERE i.number = ?"), [number.into()]).await
}

/// Takes an open invitation back.
pub(super) async fn withdraw_in(work: &Work, invitation: &Invitation) -> Result<(), Fault> {
    let changed = work
        .run(
            "UPDATE invitation SET withdrawn_at = ? WHERE id = ? AND used_at IS NULL AND withdrawn_at IS NULL",
            [work.now().into(), invitation.id.into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit("people.invitation-withdrawn", "invitation", &invitation.number, json!({})).await
}

/// Turns an invitation into a membership; each works once. Returns the row id of the membership.
///
/// # Errors
/// [`Fault::Stale`] when it was used or withdrawn meanwhile.
pub(super) async fn accept_in(work: &Work, invitation: &Invitation, person: i64) -> Result<i64, Fault> {
    let changed = work
        .run(
            "UPDATE invitation SET used_at = ?, person = ?
             WHERE id = ? AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > ?",
            [work.now().into(), person.into(), invitation.id.into(), work.now().into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    let role = invitation.role().ok_or(Fault::NotFound)?;
    let membership = add_membership_in(
        work,
        NewMembership {
            person,
            organisation: invitation.organisation,
            window: invitation.service_window,
            role,
            territory: invitation.territory.as_deref(),
            verified: true,
        },
    )
    .await?;
    work.audit("people.invitation-accepted", "invitation", &invitation.number, json!({})).await?;
    Ok(membership)
}
