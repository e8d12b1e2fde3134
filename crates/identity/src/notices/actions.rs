//! Sending and reading of notices.

use std::collections::BTreeSet;

use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, Work, number};

use super::Notice;
use crate::organisations::queries::marks;

/// Tells people something: in their lists, and by mail where they have an address. Ids are those of persons; each is
/// told once, disabled ones not at all.
///
/// # Errors
/// When the database fails.
pub async fn send_in(work: &Work, people: &[i64], notice: &Notice) -> Result<(), Fault> {
    put(work, people, notice, None).await
}

/// Tells one person a one-time code or link by mail alone. The texts hold `{secret}` where it goes; it is kept until
/// the mail is sent or given up, and never stands in a list.
///
/// # Errors
/// When the database fails.
pub async fn send_secret_in(work: &Work, person: i64, notice: &Notice, secret: &str) -> Result<(), Fault> {
    put(work, &[person], notice, Some(secret)).await
}

/// Tells one person something with a file, which goes along with the mail. `path` is where the file's content is kept.
///
/// # Errors
/// When the database fails.
pub async fn send_with_file_in(work: &Work, person: i64, notice: &Notice, name: &str, path: &str) -> Result<(), Fault> {
    put(work, &[person], notice, None).await?;
    work.run(
        "UPDATE notice SET file_name = ?, file_path = ?
         WHERE id = (SELECT MAX(id) FROM notice WHERE person = ? AND kind = ? AND subject_number = ?)",
        [name.into(), path.into(), person.into(), notice.kind.into(), notice.number.clone().into()],
    )
    .await?;
    Ok(())
}

async fn put(work: &Work, people: &[i64], notice: &Notice, secret: Option<&str>) -> Result<(), Fault> {
    let people: Vec<i64> = people.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    if people.is_empty() {
        return Ok(());
    }
    let mut next = number::take(&**work, "notice", people.len() as i64).await?;
    let channel = if secret.is_some() { "mail" } else { "both" };
    for part in people.chunks(500) {
        // The numbers of persons that are disabled stay unused.
        let first = next;
        next += part.len() as i64;
        let numbers = (0..part.len()).map(|i| format!("WHEN ? THEN 'XX-{:09}'", first + i as i64)).collect::<String>();
        let text = format!(
            "INSERT INTO notice (number, person, kind, subject_number, text_zh, text_en, href, channel, secret, at, read_at,
                mail_state, mail_tries, mail_next_at)
             SELECT CASE p.id {numbers} END, p.id, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                CASE WHEN p.email IS NULL THEN 'none' ELSE 'waiting' END, 0, ?
             FROM person p WHERE p.state = 'active' AND p.id IN ({})",
            marks(part.len())
        );
        let mut values: Vec<Value> = part.iter().map(|id| Value::from(*id)).collect();
        values.extend([
            notice.kind.into(),
            notice.number.clone().into(),
            notice.text.zh.clone().into(),
            notice.text.en.clone().into(),
            notice.href.clone().into(),
            channel.into(),
            secret.map(str::to_owned).into(),
            work.now().into(),
            secret.map(|_| work.now()).into(),
            work.now().into(),
        ]);
        values.extend(part.iter().map(|id| Value::from(*id)));
        work.run(&text, values).await?;
    }
    Ok(())
}

/// Marks one of the viewer's notices as read, or all of them (`None`); returns how many.
///
/// # Errors
/// When the database fails.
pub async fn mark_read(ctx: &Ctx, viewer: &Viewer, number: Option<&str>) -> Result<u64, Fault> {
    let Some(actor) = viewer.actor() else {
        return Ok(0);
    };
    let work = ctx.write(viewer).await?;
    let now = work.now();
    let count = match number {
        Some(number) => {
            work.run(
                "UPDATE notice SET read_at = ? WHERE person = ? AND number = ? AND read_at IS NULL",
                [now.into(), actor.person.into(), number.into()],
            )
            .await?
        }
        None => {
            work.run(
                "UPDATE notice SET read_at = ? WHERE person = ? AND read_at IS NULL",
                [now.into(), actor.person.into()],
            )
            .await?
        }
    };
    work.commit().await?;
    Ok(count)
}

/// Marks everything a person was told about one record as read, because the record was opened or dealt with.
///
/// # Errors
/// When the database fails.
pub async fn mark_read_in(work: &Work, person: i64, subject_number: &str) -> Result<u64, Fault> {
    work.run(
        "UPDATE notice SET read_at = ? WHERE person = ? AND subject_number = ? AND read_at IS NULL",
        [work.now().into(), person.into(), subject_number.into()],
    )
    .await
}
