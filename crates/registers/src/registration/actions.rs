//! What is done when a firm registers itself, and when the desk checks it.

use huiqi_identity::consent;
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::organisations;
use huiqi_identity::people::{self, NewMembership, NewPerson};
use huiqi_identity::signin::phone;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, number};
use serde_json::json;

use super::State;
use super::queries::Line;
use crate::changes::{self, Change, Source};
use crate::enterprises::{self, NewEnterprise};
use crate::t;

/// Who registers for which firm.
#[derive(Clone, Copy, Debug)]
pub struct Registration<'a> {
    /// Credit code of the firm in its normal form.
    pub code: &'a str,
    /// Name of the firm, where the register does not know it.
    pub firm: &'a str,
    /// District of the firm, where the register does not know it.
    pub district: Option<&'a str>,
    /// Name of the person.
    pub name: &'a str,
    /// Phone of the person in its normal form.
    pub phone: &'a str,
    /// Mail address of the person.
    pub email: Option<&'a str>,
    /// Account name and password, hashed; without them the person signs in by phone.
    pub account: Option<(&'a str, &'a str)>,
    /// Whether the phone was proved by a code.
    pub phone_proved: bool,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// Registers a person for a firm, unverified; returns the row id of the membership.
///
/// The first to register is to be the firm's representative; where somebody is that already, the next is a member.
///
/// # Errors
/// [`Fault::Invalid`] for `login` when it is taken.
pub async fn register_in(work: &Work, new: &Registration<'_>) -> Result<i64, Fault> {
    let known = organisations::find_by_code_in(work, new.code).await?;
    let record = match known {
        Some(organisation) => enterprises::record_in(work, organisation).await?,
        None => None,
    };
    let organisation = match (known, &record) {
        (Some(organisation), Some(_)) => organisation,
        // Known as provider or window operator only, or not at all.
        _ => {
            let named = match known {
                Some(id) => organisations::names_in(work, &[id]).await?.remove(&id).map(|n| n.name),
                None => None,
            };
            enterprises::create_in(
                work,
                &NewEnterprise {
                    name: named.unwrap_or_else(|| new.firm.to_owned()),
                    code: Some(new.code.to_owned()),
                    district: new.district.map(str::to_owned),
                    ..NewEnterprise::default()
                },
                Source::Own,
            )
            .await?
        }
    };
    let person = people::create_person_in(
        work,
        &NewPerson { name: new.name, name_en: None, phone: Some(new.phone), email: new.email },
    )
    .await?;
    if let Some((login, hash)) = new.account {
        people::set_account_in(work, person, login, Some(hash)).await?;
    }
    if new.phone_proved {
        phone::mark_in(work, person, new.phone).await?;
    }
    let holders: Option<Count> = work
        .one(
            "SELECT COUNT(*) AS n FROM membership WHERE organisation = ? AND role = ? AND verified = ? AND until IS NULL",
            [organisation.into(), Role::EnterpriseRepresentative.code().into(), true.into()],
        )
        .await?;
    let role = if holders.is_some_and(|c| c.n > 0) { Role::EnterpriseMember } else { Role::EnterpriseRepresentative };
    let membership = people::add_membership_in(
        work,
        NewMembership { person, organisation, window: None, role, territory: None, verified: false },
    )
    .await?;
    consent::record_in(work, consent::By::Person(person), "registration").await?;
    let number = format!("DJ-{:06}", number::next(&**work, "registration").await?);
    work.insert(
        "INSERT INTO registration (number, membership, person, organisation, was_known, state, version, created_at)
         VALUES (?, ?, ?, ?, ?, 'pending', 1, ?)",
        [
            number.clone().into(),
            membership.into(),
            person.into(),
            organisation.into(),
            record.is_some().into(),
            work.now().into(),
        ],
    )
    .await?;
    work.audit("registration.registered", "registration", &number, json!({ "known": record.is_some() })).await?;
    let text = Bilingual::say(|l| t(l).registration_notice_desk(&number));
    let desk = people::role_holders_in(work, &[Role::OperatorAgent]).await?;
    let notice = Notice {
        kind: "registration.registered",
        number: number.clone(),
        text,
        href: format!("/verifications/{number}"),
    };
    notices::send_in(work, &desk, &notice).await?;
    Ok(membership)
}

/// Registers a person for a firm; returns the row id of the membership.
pub(super) async fn register(ctx: &Ctx, new: &Registration<'_>) -> Result<i64, Fault> {
    let work = ctx.write(&Viewer::Public).await?;
    let membership = register_in(&work, new).await?;
    work.commit().await?;
    Ok(membership)
}

/// Claims a pending registration for a decision.
async fn decide(work: &Work, line: &Line, version: i64, to: State, reason: Option<&str>) -> Result<(), Fault> {
    let changed = work
        .run(
            "UPDATE registration SET state = ?, reason = ?, decided_by = ?, decided_at = ?, version = version + 1
             WHERE id = ? AND version = ? AND state = 'pending'",
            [
                to.code().into(),
                reason.map(str::to_owned).into(),
                work.person().into(),
                work.now().into(),
                line.id.into(),
                version.into(),
            ],
        )
        .await?;
    if changed == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// The person acts for the firm: from now on the firm's earlier records are open, and the record counts as vouched for.
pub(super) async fn verify(ctx: &Ctx, viewer: &Viewer, line: &Line, version: i64) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    decide(&work, line, version, State::Verified, None).await?;
    people::verify_membership_in(&work, line.membership, true).await?;
    let marked = work
        .run(
            "UPDATE enterprise SET verified = ?, version = version + 1, updated_at = ? WHERE organisation = ? AND verified = ?",
            [true.into(), work.now().into(), line.organisation.into(), false.into()],
        )
        .await?;
    if marked > 0 {
        let change = Change { record: line.organisation, field: "verified", old: None, new: Some("yes".to_owned()) };
        changes::keep(&work, "enterprise", &[change], Source::Desk).await?;
    }
    organisations::add_capacity_in(&work, line.organisation, Capacity::Enterprise).await?;
    let notice = Notice {
        kind: "registration.verified",
        number: line.number.clone(),
        text: Bilingual::say(|l| t(l).registration_notice_verified(&line.firm)),
        href: "/my/enterprise".to_owned(),
    };
    notices::send_in(&work, &[line.person], &notice).await?;
    work.audit("registration.verified", "registration", &line.number, json!({})).await?;
    work.commit().await
}

/// The person does not act for the firm: the membership ends, with the reason told.
pub(super) async fn refuse(ctx: &Ctx, viewer: &Viewer, line: &Line, version: i64, reason: &str) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    decide(&work, line, version, State::Refused, Some(reason)).await?;
    // Told before the membership ends: the mail goes to the person, not to the membership.
    let notice = Notice {
        kind: "registration.refused",
        number: line.number.clone(),
        text: Bilingual::say(|l| t(l).registration_notice_refused(&line.firm, reason)),
        href: "/".to_owned(),
    };
    notices::send_in(&work, &[line.person], &notice).await?;
    people::end_membership_in(&work, line.membership).await?;
    work.audit("registration.refused", "registration", &line.number, json!({})).await?;
    work.commit().await
}

/// Notes that somebody looked behind the mask of a phone number.
pub(super) async fn reveal(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    work.audit("registration.phone-revealed", "registration", number, json!({})).await?;
    work.commit().await
}
