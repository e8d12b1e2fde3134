//! Digests by mail: on Monday at 8:00 about the week before, on the first working day at 8:00 about the month before.

use chrono::{Datelike, Days, NaiveDate};
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{OVERSEERS, Viewer};
use huiqi_store::clock::day_start;
use huiqi_store::job::Job;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use crate::t;

use super::{Period, pages, queries};

/// Looks every ten minutes whether a digest is due.
pub(in super::super) const SEND: Job = Job {
    name: "overview.digest",
    title: |l| t(l).digest_job_send(),
    every_ms: 600_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

const EIGHT_MS: i64 = 8 * 3_600_000;

#[derive(FromQueryResult)]
struct Row {
    membership: i64,
    person: i64,
    locale: Option<String>,
}

/// The day on which the digest about the last whole period goes out.
fn due_day(ctx: &Ctx, period: Period, today: NaiveDate) -> NaiveDate {
    match period {
        Period::Week => today - Days::new(u64::from(today.weekday().num_days_from_monday())),
        Period::Month => {
            let first = today.with_day(1).unwrap_or(today);
            let calendar = ctx.calendar();
            first.iter_days().take(28).find(|d| calendar.is_working_or_likely(*d)).unwrap_or(first)
        }
    }
}

async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let today = ctx.today();
    let mut sent = 0;
    for period in Period::ALL.iter().copied() {
        let due = day_start(due_day(ctx, period, today)) + EIGHT_MS;
        if ctx.now() < due {
            continue;
        }
        let span = period.span("", today);
        let label = period.label(span.from);
        let waiting: Vec<Row> = ctx::all(
            ctx,
            "SELECT s.membership, s.person, p.locale FROM digest_subscription s JOIN person p ON p.id = s.person
             WHERE s.period = ? AND s.at <= ? AND NOT EXISTS (
                SELECT 1 FROM digest_sent d WHERE d.membership = s.membership AND d.period = s.period AND d.label = ?)
             ORDER BY s.id",
            [Value::from(period.code()), Value::from(due), Value::from(label.clone())],
        )
        .await?;
        for row in waiting {
            // Whoever no longer oversees gets nothing.
            let actor = people::actor(ctx, row.membership).await?.filter(|a| a.is(OVERSEERS));
            let Some(actor) = actor else { continue };
            let viewer = Viewer::Signed(actor);
            let locale = row.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
            let found = queries::digest(ctx, &viewer, period, span).await?;
            let content = pages::file(ctx, &found, locale)?;
            let stored = ctx.files().put(content.into()).await?;
            let notice = Notice {
                kind: "digest",
                number: label.clone(),
                text: Bilingual::say(|l| pages::mail_text(&found, l)),
                href: period.href(span.from),
            };
            let name = pages::file_name(&found, locale);
            let work = ctx.write(&Viewer::System).await?;
            let first = work
                .run(
                    "INSERT INTO digest_sent (membership, period, label, at) VALUES (?, ?, ?, ?)
                     ON CONFLICT (membership, period, label) DO NOTHING",
                    [
                        Value::from(row.membership),
                        Value::from(period.code()),
                        Value::from(label.clone()),
                        Value::from(work.now()),
                    ],
                )
                .await?;
            if first == 0 {
                continue;
            }
            notices::send_with_file_in(&work, row.person, &notice, &name, &stored.path).await?;
            work.commit().await?;
            sent += 1;
        }
    }
    Ok(sent)
}
