//! What is done to people and memberships.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_kernel::text;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, Work, number};
use serde_json::json;

use super::queries::{self, MembershipLine};
use super::rules;
use crate::organisations::{self, NewOrganisation};
use crate::signin::password;
use crate::t;

/// A person to be entered.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewPerson<'a> {
    /// Name.
    pub name: &'a str,
    /// English name.
    pub name_en: Option<&'a str>,
    /// Phone, in its normal form.
    pub phone: Option<&'a str>,
    /// Mail address.
    pub email: Option<&'a str>,
}

/// Enters a person; returns the row id.
///
/// # Errors
/// When the database fails.
pub async fn create_person_in(work: &Work, new: &NewPerson<'_>) -> Result<i64, Fault> {
    let number = format!("RY-{:06}", number::next(&**work, "person").await?);
    let id = work
        .insert(
            "INSERT INTO person (number, name, name_en, pinyin, phone, email, locale, state, created_at, version)
             VALUES (?, ?, ?, ?, ?, ?, NULL, 'active', ?, 1)",
            [
                number.clone().into(),
                new.name.into(),
                new.name_en.map(str::to_owned).into(),
                text::pinyin_key(new.name).into(),
                new.phone.map(str::to_owned).into(),
                new.email.map(str::to_owned).into(),
                work.now().into(),
            ],
        )
        .await?;
    work.audit("people.created", "person", &number, json!({})).await?;
    Ok(id)
}

/// Changes what a person entered about themselves. The detail in the audit log names the fields, not their content.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such person.
pub async fn update_person_in(
    work: &Work,
    person: i64,
    phone: Option<&str>,
    email: Option<&str>,
    locale: Option<Locale>,
) -> Result<(), Fault> {
    let before = queries::person_in(work, person).await?.ok_or(Fault::NotFound)?;
    let locale = locale.map(|l| l.tag().to_owned());
    let changed: Vec<&str> = [
        ("phone", before.phone.as_deref() != phone),
        ("email", before.email.as_deref() != email),
        ("locale", before.locale != locale),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(name, _)| name)
    .collect();
    if changed.is_empty() {
        return Ok(());
    }
    work.run(
        "UPDATE person SET phone = ?, email = ?, locale = ?, version = version + 1 WHERE id = ?",
        [phone.map(str::to_owned).into(), email.map(str::to_owned).into(), locale.into(), person.into()],
    )
    .await?;
    work.audit("people.changed", "person", &before.number, json!({ "fields": changed })).await
}

/// Corrects the name of a person.
///
/// # Errors
/// [`Fault::Stale`] when somebody changed the person meanwhile.
pub async fn correct_name_in(
    work: &Work,
    person: i64,
    version: i64,
    name: &str,
    name_en: Option<&str>,
) -> Result<(), Fault> {
    let before = queries::person_in(work, person).await?.ok_or(Fault::NotFound)?;
    let changed = work
        .run(
            "UPDATE person SET name = ?, name_en = ?, pinyin = ?, version = version + 1 WHERE id = ? AND version = ?",
            [
                name.into(),
                name_en.map(str::to_owned).into(),
                text::pinyin_key(name).into(),
                person.into(),
                version.into(),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit("people.changed", "person", &before.number, json!({ "fields": ["name"] })).await
}

/// Gives a person an account name and password, or changes them. Hashing takes some tens of milliseconds: where
/// writers must not wait, hash first and call [`set_account_in`].
///
/// # Errors
/// [`Fault::Invalid`] for `login` (taken, wrong characters) or `password` (too weak).
pub async fn set_password_in(work: &Work, person: i64, login: &str, new_password: &str) -> Result<(), Fault> {
    let known = queries::person_in(work, person).await?.ok_or(Fault::NotFound)?;
    password::check(new_password, &[login, &known.name])
        .map_err(|weak| Fault::invalid("password", |l| weak.label(l)))?;
    let hash = password::hash(work.ctx(), new_password).await?;
    set_account_in(work, person, login, Some(&hash)).await
}

/// As [`set_password_in`] with a password hashed before ([`password::hash`]); without one the account waits for its
/// first password.
///
/// # Errors
/// [`Fault::Invalid`] for `login`.
pub async fn set_account_in(work: &Work, person: i64, login: &str, hash: Option<&str>) -> Result<(), Fault> {
    let known = queries::person_in(work, person).await?.ok_or(Fault::NotFound)?;
    let login = password::normal_login(login).map_err(|bad| Fault::invalid("login", |l| bad.label(l)))?;
    if queries::find_by_login_in(work, &login).await?.is_some_and(|holder| holder != person) {
        return Err(Fault::invalid("login", |l| t(l).people_login_taken()));
    }
    work.run(
        "INSERT INTO account (person, login, password_hash, changed_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (person) DO UPDATE SET login = excluded.login, password_hash = excluded.password_hash,
            changed_at = excluded.changed_at",
        [person.into(), login.into(), hash.map(str::to_owned).into(), work.now().into()],
    )
    .await?;
    work.audit("people.account-set", "person", &known.number, json!({ "password": hash.is_some() })).await
}

/// A membership to be entered.
#[derive(Clone, Copy, Debug)]
pub struct NewMembership<'a> {
    /// Row id of the person.
    pub person: i64,
    /// Row id of the organisation.
    pub organisation: i64,
    /// Row id of the window; with window roles and only with them.
    pub window: Option<i64>,
    /// Role.
    pub role: Role,
    /// District or zone a department's officer answers for; `None` means the whole city.
    pub territory: Option<&'a str>,
    /// Whether the link of person and organisation has been checked.
    pub verified: bool,
}

/// Makes a person a member in a role; returns the row id of the membership.
///
/// # Errors
/// [`Fault::Invalid`] for `role` when the organisation lacks the capacity, the person has the role there already, or
/// holds another of the three administrators' roles; for `window` when it does not fit.
pub async fn add_membership_in(work: &Work, new: NewMembership<'_>) -> Result<i64, Fault> {
    let person = queries::person_in(work, new.person).await?.ok_or(Fault::NotFound)?;
    let organisation = organisations::queries::card_in(work, new.organisation).await?.ok_or(Fault::NotFound)?;
    if !organisation.capacities.contains(&new.role.capacity()) {
        return Err(Fault::invalid("role", |l| {
            t(l).people_role_not_here(crate::capacity_label(new.role.capacity(), l))
        }));
    }
    match new.window {
        Some(window) => {
            let found = organisations::queries::window_in(work, window).await?.ok_or(Fault::NotFound)?;
            if new.role.capacity() != Capacity::Window || found.organisation != new.organisation {
                return Err(Fault::invalid("window", |l| t(l).people_window_not_here()));
            }
        }
        None if new.role.capacity() == Capacity::Window => {
            return Err(Fault::invalid("window", |l| t(l).people_window_missing()));
        }
        None => {}
    }
    let held = queries::current_memberships_in(work, new.person).await?;
    if new.role.is_admin() && held.iter().any(|m| m.role.is_admin() && m.role != new.role) {
        return Err(Fault::invalid("role", |l| t(l).people_admins_apart()));
    }
    if held.iter().any(|m| m.organisation == new.organisation && m.window == new.window && m.role == new.role) {
        return Err(Fault::invalid("role", |l| t(l).people_role_held()));
    }
    let number = format!("SF-{:06}", number::next(&**work, "membership").await?);
    let id = work
        .insert(
            "INSERT INTO membership (number, person, organisation, service_window, role, territory, verified, since,
                until, invited_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            [
                number.clone().into(),
                new.person.into(),
                new.organisation.into(),
                new.window.into(),
                new.role.code().into(),
                new.territory.map(str::to_owned).into(),
                new.verified.into(),
                work.now().into(),
                work.person().into(),
            ],
        )
        .await?;
    work.audit(
        "people.membership-added",
        "membership",
        &number,
        json!({ "person": person.number, "organisation": organisation.number, "role": new.role.code(),
            "territory": new.territory, "verified": new.verified }),
    )
    .await?;
    Ok(id)
}

/// Notes that the desk has checked a person's link to a firm, or takes that back.
///
/// # Errors
/// [`Fault::NotFound`] when the membership has ended or never was.
pub async fn verify_membership_in(work: &Work, membership: i64, verified: bool) -> Result<(), Fault> {
    let line = queries::membership_in(work, membership).await?.filter(|m| m.until.is_none()).ok_or(Fault::NotFound)?;
    work.run("UPDATE membership SET verified = ? WHERE id = ?", [verified.into(), membership.into()]).await?;
    work.audit("people.membership-verified", "membership", &line.number, json!({ "verified": verified })).await
}

/// Ends a membership: from now on nobody acts under it.
///
/// # Errors
/// [`Fault::NotFound`] when it has ended already; [`Fault::Invalid`] for the last system administrator.
pub async fn end_membership_in(work: &Work, membership: i64) -> Result<(), Fault> {
    let line = queries::membership_in(work, membership).await?.filter(|m| m.until.is_none()).ok_or(Fault::NotFound)?;
    keep_an_administrator(work, line.person, std::slice::from_ref(&line)).await?;
    work.run("UPDATE membership SET until = ? WHERE id = ? AND until IS NULL", [work.now().into(), membership.into()])
        .await?;
    work.audit("people.membership-ended", "membership", &line.number, json!({ "role": line.role.code() })).await
}

#[derive(FromQueryResult)]
struct CountRow {
    n: i64,
}

/// Refuses what would leave the system without an administrator who can sign in.
async fn keep_an_administrator(work: &Work, person: i64, lost: &[MembershipLine]) -> Result<(), Fault> {
    if !lost.iter().any(|m| m.role == Role::SystemAdmin) {
        return Ok(());
    }
    let left: Option<CountRow> = work
        .one(
            "SELECT COUNT(*) AS n FROM membership m JOIN person p ON p.id = m.person
             WHERE m.role = ? AND m.until IS NULL AND p.state = 'active' AND m.person <> ?",
            [Role::SystemAdmin.code().into(), person.into()],
        )
        .await?;
    if left.is_none_or(|row| row.n == 0) {
        return Err(Fault::invalid("role", |l| t(l).people_last_admin()));
    }
    Ok(())
}

/// Disables a person (no sign-in, sessions end) or enables them again.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such person; [`Fault::Invalid`] for the last system administrator;
/// [`Fault::Stale`] when somebody changed the person meanwhile.
pub async fn set_state_in(work: &Work, person: i64, version: i64, active: bool) -> Result<(), Fault> {
    let before = queries::person_in(work, person).await?.ok_or(Fault::NotFound)?;
    if !active {
        let held = queries::current_memberships_in(work, person).await?;
        keep_an_administrator(work, person, &held).await?;
    }
    let state = if active { "active" } else { "disabled" };
    let changed = work
        .run(
            "UPDATE person SET state = ?, version = version + 1 WHERE id = ? AND version = ?",
            [state.into(), person.into(), version.into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    if !active {
        crate::signin::end_sessions_in(work, person, None).await?;
    }
    work.audit("people.state", "person", &before.number, json!({ "to": state })).await
}

/// Shows a person's phone in full to somebody of the staff or of the same organisation; each look is logged.
///
/// # Errors
/// [`Fault::NotFound`] when the viewer may not know the person, or there is no phone.
pub async fn reveal_phone(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<String, Fault> {
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let person = queries::person_by_number(ctx, number).await?.ok_or(Fault::NotFound)?;
    let memberships = queries::current_memberships(ctx, person.id).await?;
    let near = person.id == actor.person
        || rules::looks_after(actor, &memberships)
        || rules::DESK.contains(&actor.role)
        || memberships.iter().any(|m| m.organisation == actor.organisation);
    if !near {
        return Err(Fault::NotFound);
    }
    let phone = person.phone.ok_or(Fault::NotFound)?;
    let work = ctx.write(viewer).await?;
    work.audit("people.phone-revealed", "person", number, json!({})).await?;
    work.commit().await?;
    Ok(phone)
}

/// Makes a system administrator from the command line: the organisation that holds the administrators, where there is
/// none, the person, the account, the membership. Returns the person's number.
///
/// # Errors
/// [`Fault::Invalid`] for `login` or `password`.
pub async fn create_admin(ctx: &Ctx, name: &str, login: &str, new_password: &str) -> Result<String, Fault> {
    password::check(new_password, &[login, name]).map_err(|weak| Fault::invalid("password", |l| weak.label(l)))?;
    let hash = password::hash(ctx, new_password).await?;
    let work = ctx.write(&Viewer::System).await?;
    #[derive(FromQueryResult)]
    struct Home {
        organisation: i64,
    }
    let home: Option<Home> = work
        .one(
            "SELECT organisation FROM organisation_capacity WHERE capacity = ? ORDER BY organisation LIMIT 1",
            [Capacity::System.code().into()],
        )
        .await?;
    let organisation = match home {
        Some(home) => home.organisation,
        None => {
            organisations::create_in(
                &work,
                &NewOrganisation {
                    code: None,
                    name: &t(Locale::Zh).capacity_system(),
                    name_en: Some(&t(Locale::En).capacity_system()),
                    capacities: &[Capacity::System],
                },
            )
            .await?
        }
    };
    let person = create_person_in(&work, &NewPerson { name, ..NewPerson::default() }).await?;
    set_account_in(&work, person, login, Some(&hash)).await?;
    let new =
        NewMembership { person, organisation, window: None, role: Role::SystemAdmin, territory: None, verified: true };
    add_membership_in(&work, new).await?;
    let number = queries::person_in(&work, person).await?.map(|p| p.number).ok_or(Fault::NotFound)?;
    work.commit().await?;
    Ok(number)
}
