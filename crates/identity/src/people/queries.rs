//! Reads of people and memberships.

use std::collections::HashMap;

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, FIRM, Role};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use crate::organisations::queries::{MARKS, marks, shown};
use crate::paging::Cut;

/// A membership with the names around it.
#[derive(Clone, Debug)]
pub(crate) struct MembershipLine {
    pub id: i64,
    pub number: String,
    pub person: i64,
    pub organisation: i64,
    pub window: Option<i64>,
    pub role: Role,
    pub territory: Option<String>,
    pub verified: bool,
    pub since: i64,
    pub until: Option<i64>,
    pub org_number: String,
    pub org_name: String,
    pub org_name_en: Option<String>,
    pub window_name: Option<String>,
    pub window_name_en: Option<String>,
}

impl MembershipLine {
    /// The window's name where there is one, else the organisation's.
    pub(crate) fn place(&self, locale: Locale) -> &str {
        match &self.window_name {
            Some(name) => shown(name, self.window_name_en.as_deref(), locale),
            None => shown(&self.org_name, self.org_name_en.as_deref(), locale),
        }
    }

    /// The English name of the window, or of the organisation where there is none.
    pub(crate) fn place_en(&self) -> Option<String> {
        let name = if self.window_name.is_some() { &self.window_name_en } else { &self.org_name_en };
        name.clone().filter(|n| !n.is_empty())
    }

    /// The person of this membership, ready to act.
    pub(crate) fn actor(&self, name: &str, name_en: Option<&str>) -> Actor {
        Actor {
            person: self.person,
            membership: self.id,
            organisation: self.organisation,
            window: self.window,
            role: self.role,
            name: name.to_owned(),
            name_en: name_en.filter(|n| !n.is_empty()).map(str::to_owned),
            organisation_name: self.place(Locale::Zh).to_owned(),
            organisation_name_en: self.place_en(),
            territory: self.territory.clone(),
            verified: self.verified || self.role.is_staff(),
        }
    }

    #[cfg(test)]
    pub(crate) fn sample(role: Role, organisation: i64, window: Option<i64>) -> MembershipLine {
        MembershipLine {
            id: 1,
            number: "SF-000001".into(),
            person: 1,
            organisation,
            window,
            role,
            territory: None,
            verified: true,
            since: 0,
            until: None,
            org_number: "ZZ-000001".into(),
            org_name: "甲".into(),
            org_name_en: None,
            window_name: None,
            window_name_en: None,
        }
    }
}

#[derive(FromQueryResult)]
struct MembershipRow {
    id: i64,
    number: String,
    person: i64,
    organisation: i64,
    service_window: Option<i64>,
    role: String,
    territory: Option<String>,
    verified: bool,
    since: i64,
    until: Option<i64>,
    org_number: String,
    org_name: String,
    org_name_en: Option<String>,
    window_name: Option<String>,
    window_name_en: Option<String>,
}

const MEMBERSHIP: &str = "SELECT m.id, m.number, m.person, m.organisation, m.service_window, m.role, m.territory,
        m.verified, m.since, m.until, o.number AS org_number, o.name AS org_name, o.name_en AS org_name_en,
        w.name AS window_name, w.name_en AS window_name_en
    FROM membership m JOIN organisation o ON o.id = m.organisation
    LEFT JOIN service_window w ON w.id = m.service_window";

/// Rows whose role this program does not know are left out.
fn lines(rows: Vec<MembershipRow>) -> Vec<MembershipLine> {
    rows.into_iter()
        .filter_map(|r| {
            Some(MembershipLine {
                role: Role::from_code(&r.role)?,
                id: r.id,
                number: r.number,
                person: r.person,
                organisation: r.organisation,
                window: r.service_window,
                territory: r.territory,
                verified: r.verified,
                since: r.since,
                until: r.until,
                org_number: r.org_number,
                org_name: r.org_name,
                org_name_en: r.org_name_en,
                window_name: r.window_name,
                window_name_en: r.window_name_en,
            })
        })
        .collect()
}

/// The current memberships of a person, oldest first.
pub(crate) async fn current_memberships(ctx: &Ctx, person: i64) -> Result<Vec<MembershipLine>, Fault> {
    let text = format!("{MEMBERSHIP} WHERE m.person = ? AND m.until IS NULL ORDER BY m.id");
    Ok(lines(ctx::all(ctx, &text, [person.into()]).await?))
}

/// As [`current_memberships`], inside a transaction.
pub(crate) async fn current_memberships_in(work: &Work, person: i64) -> Result<Vec<MembershipLine>, Fault> {
    let text = format!("{MEMBERSHIP} WHERE m.person = ? AND m.until IS NULL ORDER BY m.id");
    Ok(lines(work.all(&text, [person.into()]).await?))
}

/// All memberships of a person, current ones first.
pub(crate) async fn all_memberships(ctx: &Ctx, person: i64) -> Result<Vec<MembershipLine>, Fault> {
    let text =
        format!("{MEMBERSHIP} WHERE m.person = ? ORDER BY CASE WHEN m.until IS NULL THEN 0 ELSE 1 END, m.id DESC");
    Ok(lines(ctx::all(ctx, &text, [person.into()]).await?))
}

/// A current membership by its public number.
pub(crate) async fn membership_by_number(ctx: &Ctx, number: &str) -> Result<Option<MembershipLine>, Fault> {
    let text = format!("{MEMBERSHIP} WHERE m.number = ? AND m.until IS NULL");
    Ok(lines(ctx::all(ctx, &text, [number.into()]).await?).pop())
}

/// Current memberships by their public numbers.
pub(crate) async fn memberships_by_number(ctx: &Ctx, numbers: &[&str]) -> Result<Vec<MembershipLine>, Fault> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!("{MEMBERSHIP} WHERE m.number IN ({}) AND m.until IS NULL ORDER BY m.id", marks(numbers.len()));
    Ok(lines(ctx::all(ctx, &text, numbers.iter().map(|n| Value::from(*n))).await?))
}

/// The oldest current membership of each role whose person may sign in.
pub(crate) async fn first_of_each_role(ctx: &Ctx) -> Result<Vec<MembershipLine>, Fault> {
    let text = format!(
        "{MEMBERSHIP} WHERE m.id IN (
            SELECT MIN(k.id) FROM membership k JOIN person p ON p.id = k.person
            WHERE k.until IS NULL AND p.state = 'active' GROUP BY k.role) ORDER BY m.id"
    );
    Ok(lines(ctx::all(ctx, &text, []).await?))
}

pub(crate) async fn membership_in(work: &Work, id: i64) -> Result<Option<MembershipLine>, Fault> {
    let text = format!("{MEMBERSHIP} WHERE m.id = ?");
    Ok(lines(work.all(&text, [id.into()]).await?).pop())
}

/// A person.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Person {
    pub id: i64,
    pub number: String,
    pub name: String,
    pub name_en: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub locale: Option<String>,
    pub state: String,
    pub created_at: i64,
    pub version: i64,
    pub login: Option<String>,
}

impl Person {
    pub(crate) fn is_active(&self) -> bool {
        self.state == "active"
    }

    pub(crate) fn shown(&self, locale: Locale) -> &str {
        shown(&self.name, self.name_en.as_deref(), locale)
    }
}

const PERSON: &str = "SELECT p.id, p.number, p.name, p.name_en, p.phone, p.email, p.locale, p.state, p.created_at,
        p.version, a.login
    FROM person p LEFT JOIN account a ON a.person = p.id";

pub(crate) async fn person(ctx: &Ctx, id: i64) -> Result<Option<Person>, Fault> {
    ctx::one(ctx, &format!("{PERSON} WHERE p.id = ?"), [id.into()]).await
}

pub(crate) async fn person_in(work: &Work, id: i64) -> Result<Option<Person>, Fault> {
    work.one(&format!("{PERSON} WHERE p.id = ?"), [id.into()]).await
}

pub(crate) async fn person_by_number(ctx: &Ctx, number: &str) -> Result<Option<Person>, Fault> {
    ctx::one(ctx, &format!("{PERSON} WHERE p.number = ?"), [number.into()]).await
}

pub(crate) async fn person_by_login(ctx: &Ctx, login: &str) -> Result<Option<Person>, Fault> {
    ctx::one(ctx, &format!("{PERSON} WHERE a.login = ?"), [login.to_lowercase().into()]).await
}

#[derive(FromQueryResult)]
struct PersonIdRow {
    person: i64,
}

/// Row id of the person with this account name.
///
/// # Errors
/// When the database fails.
pub async fn find_by_login(ctx: &Ctx, login: &str) -> Result<Option<i64>, Fault> {
    let row: Option<PersonIdRow> =
        ctx::one(ctx, "SELECT person FROM account WHERE login = ?", [login.to_lowercase().into()]).await?;
    Ok(row.map(|r| r.person))
}

/// As [`find_by_login`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_by_login_in(work: &Work, login: &str) -> Result<Option<i64>, Fault> {
    let row: Option<PersonIdRow> =
        work.one("SELECT person FROM account WHERE login = ?", [login.to_lowercase().into()]).await?;
    Ok(row.map(|r| r.person))
}

/// The person behind a current membership, ready to act; `None` when it has ended or the person is disabled. For
/// jobs, tests and the demo: requests get their actor from the session.
///
/// # Errors
/// When the database fails.
pub async fn actor(ctx: &Ctx, membership: i64) -> Result<Option<Actor>, Fault> {
    let found =
        lines(ctx::all(ctx, &format!("{MEMBERSHIP} WHERE m.id = ? AND m.until IS NULL"), [membership.into()]).await?)
            .pop();
    let Some(line) = found else { return Ok(None) };
    let person = person(ctx, line.person).await?.filter(Person::is_active);
    Ok(person.map(|p| line.actor(&p.name, p.name_en.as_deref())))
}

/// As [`actor`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn actor_in(work: &Work, membership: i64) -> Result<Option<Actor>, Fault> {
    let Some(line) = membership_in(work, membership).await?.filter(|m| m.until.is_none()) else {
        return Ok(None);
    };
    let person = person_in(work, line.person).await?.filter(Person::is_active);
    Ok(person.map(|p| line.actor(&p.name, p.name_en.as_deref())))
}

/// Row ids of the persons who now hold one of these roles in an organisation (and window, where one is given).
///
/// # Errors
/// When the database fails.
pub async fn members_in(
    work: &Work,
    organisation: i64,
    window: Option<i64>,
    roles: &[Role],
) -> Result<Vec<i64>, Fault> {
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let mut text = format!(
        "SELECT DISTINCT m.person FROM membership m JOIN person p ON p.id = m.person
         WHERE m.organisation = ? AND m.until IS NULL AND p.state = 'active' AND m.role IN ({})",
        marks(roles.len())
    );
    let mut values: Vec<Value> = vec![organisation.into()];
    values.extend(roles.iter().map(|r| Value::from(r.code())));
    if let Some(window) = window {
        text.push_str(" AND m.service_window = ?");
        values.push(window.into());
    }
    text.push_str(" ORDER BY m.person");
    let rows: Vec<PersonIdRow> = work.all(&text, values).await?;
    Ok(rows.into_iter().map(|r| r.person).collect())
}

/// Row ids of the persons who may know what a firm asks: members whose tie to it has been checked, and whoever asked.
///
/// # Errors
/// When the database fails.
pub async fn firm_members_in(work: &Work, firm: i64, asked_by: Option<i64>) -> Result<Vec<i64>, Fault> {
    let text = format!(
        "SELECT DISTINCT m.person FROM membership m JOIN person p ON p.id = m.person
         WHERE m.organisation = ? AND m.until IS NULL AND p.state = 'active' AND m.role IN ({})
           AND (m.verified = ? OR m.person = ?) ORDER BY m.person",
        marks(FIRM.len())
    );
    let mut values: Vec<Value> = vec![firm.into()];
    values.extend(FIRM.iter().map(|r| Value::from(r.code())));
    values.extend([Value::from(true), Value::from(asked_by)]);
    let rows: Vec<PersonIdRow> = work.all(&text, values).await?;
    Ok(rows.into_iter().map(|r| r.person).collect())
}

/// Row ids of the persons who now hold one of these roles anywhere.
///
/// # Errors
/// When the database fails.
pub async fn role_holders_in(work: &Work, roles: &[Role]) -> Result<Vec<i64>, Fault> {
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT DISTINCT m.person FROM membership m JOIN person p ON p.id = m.person
         WHERE m.until IS NULL AND p.state = 'active' AND m.role IN ({}) ORDER BY m.person",
        marks(roles.len())
    );
    let rows: Vec<PersonIdRow> = work.all(&text, roles.iter().map(|r| Value::from(r.code()))).await?;
    Ok(rows.into_iter().map(|r| r.person).collect())
}

/// How a person is named in another record.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PersonName {
    /// Row id.
    pub id: i64,
    /// Public number.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Phone, in full: mask it for whoever is outside the handling chain.
    pub phone: Option<String>,
}

impl PersonName {
    /// The name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        shown(&self.name, self.name_en.as_deref(), locale)
    }
}

fn names_text(count: usize) -> String {
    format!("SELECT id, number, name, name_en, phone FROM person WHERE id IN ({}) ORDER BY id", marks(count))
}

/// Names of people by row id, one statement for up to a thousand.
///
/// # Errors
/// When the database fails.
pub async fn names(ctx: &Ctx, ids: &[i64]) -> Result<HashMap<i64, PersonName>, Fault> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MARKS) {
        let rows: Vec<PersonName> =
            ctx::all(ctx, &names_text(part.len()), part.iter().map(|id| Value::from(*id))).await?;
        out.extend(rows.into_iter().map(|r| (r.id, r)));
    }
    Ok(out)
}

/// As [`names`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn names_in(work: &Work, ids: &[i64]) -> Result<HashMap<i64, PersonName>, Fault> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MARKS) {
        let rows: Vec<PersonName> = work.all(&names_text(part.len()), part.iter().map(|id| Value::from(*id))).await?;
        out.extend(rows.into_iter().map(|r| (r.id, r)));
    }
    Ok(out)
}

/// Who did something and as whom, for timelines.
#[derive(Clone, Debug)]
pub struct Acting {
    /// Row id of the person.
    pub person: i64,
    /// Name of the person.
    pub name: String,
    /// English name of the person.
    pub name_en: Option<String>,
    /// Role acted in.
    pub role: Role,
    /// Row id of the organisation.
    pub organisation: i64,
    /// Row id of the window, with window roles.
    pub window: Option<i64>,
    place: String,
    place_en: Option<String>,
}

impl Acting {
    /// The person's name for a reader of this language.
    pub fn person_shown(&self, locale: Locale) -> &str {
        shown(&self.name, self.name_en.as_deref(), locale)
    }

    /// Name of the window, or else the organisation, for a reader of this language.
    pub fn place_shown(&self, locale: Locale) -> &str {
        shown(&self.place, self.place_en.as_deref(), locale)
    }
}

#[derive(FromQueryResult)]
struct ActingRow {
    id: i64,
    person: i64,
    name: String,
    name_en: Option<String>,
    role: String,
    organisation: i64,
    service_window: Option<i64>,
    place: String,
    place_en: Option<String>,
}

/// Who stands behind memberships (also ended ones), by row id of the membership.
///
/// # Errors
/// When the database fails.
pub async fn acting(ctx: &Ctx, memberships: &[i64]) -> Result<HashMap<i64, Acting>, Fault> {
    let mut out = HashMap::with_capacity(memberships.len());
    for part in memberships.chunks(MARKS) {
        let text = format!(
            "SELECT m.id, m.person, p.name, p.name_en, m.role, m.organisation, m.service_window,
                CASE WHEN w.id IS NULL THEN o.name ELSE w.name END AS place,
                CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS place_en
             FROM membership m JOIN person p ON p.id = m.person JOIN organisation o ON o.id = m.organisation
             LEFT JOIN service_window w ON w.id = m.service_window WHERE m.id IN ({}) ORDER BY m.id",
            marks(part.len())
        );
        let rows: Vec<ActingRow> = ctx::all(ctx, &text, part.iter().map(|id| Value::from(*id))).await?;
        for row in rows {
            if let Some(role) = Role::from_code(&row.role) {
                out.insert(
                    row.id,
                    Acting {
                        person: row.person,
                        name: row.name,
                        name_en: row.name_en,
                        role,
                        organisation: row.organisation,
                        window: row.service_window,
                        place: row.place,
                        place_en: row.place_en,
                    },
                );
            }
        }
    }
    Ok(out)
}

/// What the list of people is narrowed by.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Part of a name, or a whole account name, number or phone.
    pub words: String,
    /// One role.
    pub role: Option<Role>,
    /// Row id of one organisation.
    pub organisation: Option<i64>,
}

/// One page of the people this actor looks after, one row more than a page holds.
pub(super) async fn list(ctx: &Ctx, actor: &Actor, filter: &Filter, cut: &Cut) -> Result<Vec<Person>, Fault> {
    let mut text = "SELECT t.id, t.number, t.name, t.name_en, t.phone, t.email, t.locale, t.state, t.created_at,
            t.version, a.login
        FROM person t LEFT JOIN account a ON a.person = t.id WHERE 1 = 1"
        .to_owned();
    let mut values: Vec<Value> = Vec::new();
    let mut member = String::new();
    if actor.role != Role::SystemAdmin {
        member.push_str(" AND m.organisation = ?");
        values.push(actor.organisation.into());
        if actor.role == Role::WindowManager {
            member.push_str(" AND m.service_window = ?");
            values.push(actor.window.into());
        }
        let own: Vec<Role> = Role::ALL.iter().copied().filter(|r| r.capacity() == actor.role.capacity()).collect();
        member.push_str(&format!(" AND m.role IN ({})", marks(own.len())));
        values.extend(own.iter().map(|r| Value::from(r.code())));
    } else if let Some(organisation) = filter.organisation {
        member.push_str(" AND m.organisation = ?");
        values.push(organisation.into());
    }
    if let Some(role) = filter.role {
        member.push_str(" AND m.role = ?");
        values.push(role.code().into());
    }
    if !member.is_empty() {
        text.push_str(&format!(" AND t.id IN (SELECT m.person FROM membership m WHERE m.until IS NULL{member})"));
    }
    if !filter.words.is_empty() {
        text.push_str(" AND (REPLACE(t.name, ?, '') <> t.name OR a.login = ? OR t.number = ? OR t.phone = ?)");
        values.extend([
            filter.words.clone().into(),
            filter.words.to_lowercase().into(),
            filter.words.to_uppercase().into(),
            filter.words.clone().into(),
        ]);
    }
    let (tail, more) = cut.tail("person", "pinyin");
    text.push_str(&tail);
    values.extend(more);
    ctx::all(ctx, &text, values).await
}

/// The current memberships of several people, by person.
pub(super) async fn memberships_of(ctx: &Ctx, people: &[i64]) -> Result<HashMap<i64, Vec<MembershipLine>>, Fault> {
    let mut out: HashMap<i64, Vec<MembershipLine>> = HashMap::new();
    if people.is_empty() {
        return Ok(out);
    }
    let text =
        format!("{MEMBERSHIP} WHERE m.until IS NULL AND m.person IN ({}) ORDER BY m.person, m.id", marks(people.len()));
    for line in lines(ctx::all(ctx, &text, people.iter().map(|id| Value::from(*id))).await?) {
        out.entry(line.person).or_default().push(line);
    }
    Ok(out)
}

/// Colleagues who could take over a matter: public number and name of everybody who now belongs to this organisation
/// (and window).
///
/// # Errors
/// When the database fails.
pub async fn colleagues(ctx: &Ctx, organisation: i64, window: Option<i64>) -> Result<Vec<(String, String)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        number: String,
        name: String,
    }
    let mut text = "SELECT DISTINCT p.number, p.name, p.pinyin FROM person p JOIN membership m ON m.person = p.id
         WHERE m.organisation = ? AND m.until IS NULL AND p.state = 'active'"
        .to_owned();
    let mut values: Vec<Value> = vec![organisation.into()];
    if let Some(window) = window {
        text.push_str(" AND m.service_window = ?");
        values.push(window.into());
    }
    text.push_str(" ORDER BY p.pinyin, p.number");
    let rows: Vec<Row> = ctx::all(ctx, &text, values).await?;
    Ok(rows.into_iter().map(|r| (r.number, r.name)).collect())
}

/// The row id of the person with this public number; `None` where nobody has it.
///
/// # Errors
/// When the database fails.
pub async fn id_by_number_in(work: &Work, number: &str) -> Result<Option<i64>, Fault> {
    let row: Option<PersonIdRow> =
        work.one("SELECT id AS person FROM person WHERE number = ?", [number.into()]).await?;
    Ok(row.map(|r| r.person))
}
