//! Choosing the mode, giving matters, handing them over, going away.

use chrono::NaiveDate;
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Actor, HANDLERS, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use huiqi_web::dates;
use serde_json::json;

use super::{MANAGERS, Mode, Place, queries};
use crate::inbox::{give_in, visible_in};
use crate::record::{COLUMNS, Case, Turn};
use crate::{ladder, t};

/// Longest absence, in days.
const LONGEST: i64 = 366;

fn actor(viewer: &Viewer) -> Result<&Actor, Fault> {
    viewer.actor().filter(|a| a.is(HANDLERS)).ok_or(Fault::NotFound)
}

fn manager(viewer: &Viewer) -> Result<&Actor, Fault> {
    viewer.actor().filter(|a| a.is(MANAGERS)).ok_or(Fault::NotFound)
}

/// Chooses how matters come to people in the manager's place.
///
/// # Errors
/// [`Fault::NotFound`] for somebody who does not manage; when the database fails.
pub async fn set_mode(ctx: &Ctx, viewer: &Viewer, mode: Mode) -> Result<(), Fault> {
    let place = Place::of(manager(viewer)?);
    let work = ctx.write(viewer).await?;
    work.run(
        "INSERT INTO team (place, mode, at, person) VALUES (?, ?, ?, ?)
         ON CONFLICT (place) DO UPDATE SET mode = excluded.mode, at = excluded.at, person = excluded.person",
        [Value::from(place.key()), Value::from(mode.code()), Value::from(work.now()), Value::from(work.person())],
    )
    .await?;
    work.audit("team.mode", "team", &place.key(), json!({ "mode": mode.code() })).await?;
    work.commit().await
}

/// The refusal of whoever wants to claim or pass on what the manager gives.
pub fn by_manager() -> Refusal {
    Refusal::because(|l| t(l).team_blocked_claim())
}

/// Somebody of the place by public number.
async fn member_in(work: &Work, place: Place, number: &str, field: &'static str) -> Result<i64, Fault> {
    let person = people::id_by_number_in(work, number).await?;
    let staff = people::members_in(work, place.organisation, place.window, HANDLERS).await?;
    person.filter(|p| staff.contains(p)).ok_or(Fault::invalid(field, |l| t(l).team_nobody()))
}

/// Gives the picked matters of the manager's place to a person, or back to the pool; returns how many changed hands.
///
/// # Errors
/// [`Fault::NotFound`] for somebody who does not manage; [`Fault::Invalid`] when the person does not work there.
pub async fn give(ctx: &Ctx, viewer: &Viewer, numbers: &[String], person: Option<&str>) -> Result<i64, Fault> {
    let place = Place::of(manager(viewer)?);
    let work = ctx.write(viewer).await?;
    let person = match person {
        Some(number) => Some(member_in(&work, place, number, "person").await?),
        None => None,
    };
    let mut given = Vec::new();
    for number in numbers {
        let case = visible_in(&work, viewer, number).await?;
        let here = case.handler_org == Some(place.organisation) && case.handler_window == place.window;
        if !here || case.turn() != Turn::Handler || case.handler_person == person {
            continue;
        }
        give_in(&work, &case, person).await?;
        given.push(case);
    }
    tell_given(&work, viewer, person, &given).await?;
    work.commit().await?;
    Ok(given.len() as i64)
}

/// Tells whoever was given matters, and today's deputy.
///
/// # Errors
/// When the database fails.
pub async fn tell_given(work: &Work, viewer: &Viewer, person: Option<i64>, cases: &[Case]) -> Result<(), Fault> {
    let (Some(person), Some(first)) = (person, cases.first()) else { return Ok(()) };
    if Some(person) == viewer.actor().map(|a| a.person) {
        return Ok(());
    }
    let held = Case { handler_person: Some(person), ..first.clone() };
    let people = queries::on_case_in(work, &held).await?;
    if cases.len() == 1 {
        let text = |l| t(l).team_notice_given(&first.number, &first.title);
        return ladder::tell_in(work, first, &people, "given", text).await;
    }
    let notice = Notice {
        kind: "given",
        number: String::new(),
        text: Bilingual::say(|l| t(l).team_notice_given_many(cases.len() as i64)),
        href: "/inbox".to_owned(),
    };
    notices::send_in(work, &people, &notice).await
}

/// Hands everything one person holds in the manager's place over to another; returns how many.
///
/// # Errors
/// [`Fault::NotFound`] for somebody who does not manage; [`Fault::Invalid`] for the wrong people.
pub async fn hand_over(ctx: &Ctx, viewer: &Viewer, from: &str, to: &str) -> Result<i64, Fault> {
    let place = Place::of(manager(viewer)?);
    let work = ctx.write(viewer).await?;
    // Whoever left no longer works there, but may still hold matters.
    let from = people::id_by_number_in(&work, from).await?.ok_or(Fault::invalid("holder", |l| t(l).team_nobody()))?;
    let to = member_in(&work, place, to, "receiver").await?;
    if from == to {
        return Err(Fault::invalid("receiver", |l| t(l).team_same_person()));
    }
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c WHERE {} AND c.handler_person = ? AND c.closed_at IS NULL ORDER BY c.id",
        place.condition()
    );
    let cases: Vec<Case> = work.all(&text, [Value::from(place.id()), Value::from(from)]).await?;
    for case in &cases {
        give_in(&work, case, Some(to)).await?;
    }
    tell_given(&work, viewer, Some(to), &cases).await?;
    work.audit("team.hand-over", "team", &place.key(), json!({ "from": from, "to": to, "cases": cases.len() })).await?;
    work.commit().await?;
    Ok(cases.len() as i64)
}

/// An absence as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Away {
    /// Public number of who is away; empty: whoever enters it.
    pub person: String,
    /// Public number of the deputy.
    pub deputy: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct Clash {
    person: i64,
    deputy: i64,
}

/// Enters an absence with its deputy: for oneself, or as the manager for anybody of the place.
///
/// # Errors
/// [`Fault::Invalid`] for days or people that do not fit; [`Fault::NotFound`] for somebody else's absence.
pub async fn go_away(ctx: &Ctx, viewer: &Viewer, away: &Away) -> Result<(), Fault> {
    let actor = actor(viewer)?;
    let place = Place::of(actor);
    let work = ctx.write(viewer).await?;
    let person = if away.person.is_empty() {
        actor.person
    } else {
        let person = member_in(&work, place, &away.person, "person").await?;
        if person != actor.person {
            manager(viewer)?;
        }
        person
    };
    let today = work.today();
    let from = away.from.filter(|d| *d >= today).ok_or(Fault::invalid("from", |l| t(l).team_wrong_from()))?;
    let to = away
        .to
        .filter(|d| *d >= from && (*d - from).num_days() < LONGEST)
        .ok_or(Fault::invalid("to", |l| t(l).team_wrong_to()))?;
    let deputy = member_in(&work, place, &away.deputy, "deputy").await?;
    if deputy == person {
        return Err(Fault::invalid("deputy", |l| t(l).team_own_deputy()));
    }
    // Two absences of the same people come one after the other.
    for id in [person.min(deputy), person.max(deputy)] {
        work.run("UPDATE person SET state = state WHERE id = ?", [Value::from(id)]).await?;
    }
    let clash: Option<Clash> = work
        .one(
            "SELECT a.person, a.deputy FROM absence a WHERE a.place = ? AND a.ended_at IS NULL AND a.from_on <= ?
               AND a.to_on >= ? AND (a.person IN (?, ?) OR a.deputy = ?) ORDER BY a.id LIMIT 1",
            [
                Value::from(place.key()),
                Value::from(to.to_string()),
                Value::from(from.to_string()),
                Value::from(person),
                Value::from(deputy),
                Value::from(person),
            ],
        )
        .await?;
    if let Some(clash) = clash {
        return Err(if clash.person == person {
            Fault::invalid("from", |l| t(l).team_away_twice())
        } else if clash.deputy == person {
            Fault::invalid("from", |l| t(l).team_stands_in())
        } else {
            Fault::invalid("deputy", |l| t(l).team_deputy_away())
        });
    }
    work.run(
        "INSERT INTO absence (place, person, deputy, from_on, to_on, at, by_person) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            Value::from(place.key()),
            Value::from(person),
            Value::from(deputy),
            Value::from(from.to_string()),
            Value::from(to.to_string()),
            Value::from(work.now()),
            Value::from(work.person()),
        ],
    )
    .await?;
    let names = people::names_in(&work, &[person]).await?;
    let name = |l: Locale| {
        names
            .get(&person)
            .map_or_else(String::new, |n| crate::timeline::in_words(&n.name, n.name_en.as_deref(), l).to_owned())
    };
    let notice = Notice {
        kind: "deputy",
        number: String::new(),
        text: Bilingual::say(|l| {
            t(l).team_notice_deputy(name(l), dates::date_words(from, today, l), dates::date_words(to, today, l))
        }),
        href: "/team".to_owned(),
    };
    notices::send_in(&work, &[deputy], &notice).await?;
    if person != actor.person {
        let notice = Notice {
            kind: "absence",
            text: Bilingual::say(|l| {
                t(l).team_notice_absence(dates::date_words(from, today, l), dates::date_words(to, today, l))
            }),
            ..notice
        };
        notices::send_in(&work, &[person], &notice).await?;
    }
    work.audit(
        "team.absence",
        "team",
        &place.key(),
        json!({ "person": person, "deputy": deputy, "from": from.to_string(), "to": to.to_string() }),
    )
    .await?;
    work.commit().await
}

/// Ends an absence early, or takes it back before it begins.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or not for this viewer.
pub async fn come_back(ctx: &Ctx, viewer: &Viewer, person: &str, from: &str) -> Result<(), Fault> {
    let actor = actor(viewer)?;
    let place = Place::of(actor);
    let work = ctx.write(viewer).await?;
    let person = people::id_by_number_in(&work, person).await?.ok_or(Fault::NotFound)?;
    if person != actor.person {
        manager(viewer)?;
    }
    let ended = work
        .run(
            "UPDATE absence SET ended_at = ? WHERE place = ? AND person = ? AND from_on = ? AND ended_at IS NULL",
            [Value::from(work.now()), Value::from(place.key()), Value::from(person), Value::from(from)],
        )
        .await?;
    if ended == 0 {
        return Err(Fault::NotFound);
    }
    work.audit("team.back", "team", &place.key(), json!({ "person": person, "from": from })).await?;
    work.commit().await
}
