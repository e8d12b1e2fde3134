//! The store on both databases.

use huiqi_kernel::people::Viewer;
use huiqi_store::audit::{self, Bad};
use huiqi_store::job::{self, Job};
use huiqi_store::sea_orm::{self, ConnectionTrait, FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, ctx, migrate, number, setting, sql};

use huiqi_testkit::both;
use serde_json::json;

async fn entries(ctx: &Ctx, count: usize) {
    for i in 0..count {
        let work = ctx.write(&Viewer::System).await.unwrap();
        work.audit("test.entry", "thing", &format!("T-{i}"), json!({ "i": i })).await.unwrap();
        work.commit().await.unwrap();
    }
}

async fn change(ctx: &Ctx, text: &str) {
    ctx.db().write().execute_raw(sql(ctx.db().backend(), text, [])).await.unwrap();
}

async fn verdict(ctx: &Ctx, head: Option<(i64, &str)>) -> audit::Verdict {
    audit::verify(ctx.db(), head).await.unwrap()
}

both!(a_chain_tells_every_change, |app| async move {
    let ctx = &app.ctx;
    entries(ctx, 12).await;
    assert_eq!(verdict(ctx, None).await.open, 12, "entries not yet sealed are reported");
    assert_eq!(audit::seal(ctx.db()).await.unwrap(), 12);
    let good = verdict(ctx, None).await;
    assert_eq!((good.good, good.open, good.bad.clone()), (12, 0, None));
    let (seq, hash) = good.head.unwrap();
    assert_eq!(verdict(ctx, Some((seq, &hash))).await.bad, None);
    // an edit
    change(ctx, "UPDATE audit_entry SET detail = '{\"i\":99}' WHERE seq = 5").await;
    assert!(matches!(verdict(ctx, None).await.bad, Some(Bad::Altered { seq: 5, .. })));
    change(ctx, "UPDATE audit_entry SET detail = '{\"i\":4}' WHERE seq = 5").await;
    assert_eq!(verdict(ctx, None).await.bad, None);
    // two entries change places
    change(ctx, "UPDATE audit_entry SET seq = 1000 WHERE seq = 7").await;
    change(ctx, "UPDATE audit_entry SET seq = 7 WHERE seq = 8").await;
    change(ctx, "UPDATE audit_entry SET seq = 8 WHERE seq = 1000").await;
    assert!(matches!(verdict(ctx, None).await.bad, Some(Bad::Altered { seq: 7, .. })));
    change(ctx, "UPDATE audit_entry SET seq = 1000 WHERE seq = 8").await;
    change(ctx, "UPDATE audit_entry SET seq = 8 WHERE seq = 7").await;
    change(ctx, "UPDATE audit_entry SET seq = 7 WHERE seq = 1000").await;
    assert_eq!(verdict(ctx, None).await.bad, None);
    // the tail is cut off: only a head kept elsewhere shows it
    change(ctx, "DELETE FROM audit_entry WHERE seq > 10").await;
    assert_eq!(verdict(ctx, None).await.bad, None);
    assert_eq!(verdict(ctx, Some((seq, &hash))).await.bad, Some(Bad::Head { seq: 12 }));
    // one in the middle is gone
    change(ctx, "DELETE FROM audit_entry WHERE seq = 3").await;
    assert_eq!(verdict(ctx, None).await.bad, Some(Bad::Missing { seq: 3 }));
});

both!(an_entry_put_in_between_breaks_the_chain, |app| async move {
    let ctx = &app.ctx;
    entries(ctx, 6).await;
    audit::seal(ctx.db()).await.unwrap();
    change(ctx, "UPDATE audit_entry SET seq = seq + 100 WHERE seq > 3").await;
    change(
        ctx,
        "INSERT INTO audit_entry (at, role, action, subject, number, detail, form, seq, hash)
         VALUES (1, 'system', 'test.entry', 'thing', 'T-X', '{}', 1, 4, 'aa')",
    )
    .await;
    change(ctx, "UPDATE audit_entry SET seq = seq - 99 WHERE seq > 100").await;
    assert!(matches!(verdict(ctx, None).await.bad, Some(Bad::Altered { seq: 4, .. })));
});

both!(a_dropped_transaction_leaves_nothing, |app| async move {
    let ctx = &app.ctx;
    {
        let work = ctx.write(&Viewer::System).await.unwrap();
        work.audit("test.lost", "thing", "T-1", json!({})).await.unwrap();
        setting::set(&*work, "site.test", "x", 1, None).await.unwrap();
        number::next(&*work, "lost").await.unwrap();
    }
    assert_eq!(setting::get(ctx.db().read(), "site.test").await.unwrap(), None);
    let work = ctx.write(&Viewer::System).await.unwrap();
    assert_eq!(number::next(&*work, "lost").await.unwrap(), 1, "a rolled-back number leaves no gap");
    assert_eq!(number::take(&*work, "lost", 500).await.unwrap(), 2);
    assert_eq!(number::yearly(&*work, "FW", 2026).await.unwrap(), "FW-2026-000001");
    work.commit().await.unwrap();
});

both!(numbers_are_never_given_twice, |app| async move {
    let mut all = Vec::new();
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let ctx = app.ctx.clone();
        tasks.push(tokio::spawn(async move {
            let mut mine = Vec::new();
            for _ in 0..10 {
                let work = ctx.write(&Viewer::System).await.unwrap();
                mine.push(number::next(&*work, "busy").await.unwrap());
                work.commit().await.unwrap();
            }
            mine
        }));
    }
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all.sort_unstable();
    assert_eq!(all, (1..=80).collect::<Vec<i64>>());
});

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// Which of the test's documents match.
async fn found(ctx: &Ctx, words: &str) -> Vec<i64> {
    let Some((condition, values)) = search::matches(ctx.db().backend(), Kind::Product, "n.id", words) else {
        return Vec::new();
    };
    let text = format!(
        "SELECT n.id FROM (SELECT CAST(1 AS BIGINT) AS id UNION ALL SELECT 2 UNION ALL SELECT 3) n WHERE {condition} ORDER BY n.id"
    );
    let rows: Vec<Id> = ctx::all(ctx, &text, values).await.unwrap();
    rows.into_iter().map(|r| r.id).collect()
}

both!(chinese_and_codes_are_found_alike_on_both, |app| async move {
    let ctx = &app.ctx;
    let work = ctx.write(&Viewer::System).await.unwrap();
    search::put_many(
        &*work,
        Kind::Product,
        &[
            (1, "电磁兼容预测试 EMC 91350203Y000000245"),
            (2, "厦门市中小企业贷款贴息，it's \"quoted\" \\ back"),
            (3, "兼容并包的会议服务"),
        ],
        false,
    )
    .await
    .unwrap();
    // The same number in another kind is another document.
    search::put(&*work, Kind::Window, 1, "贷款").await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(found(ctx, "兼容").await, [1, 3]);
    assert_eq!(found(ctx, "电磁兼容").await, [1]);
    // Where no document has all the words, those with most of them come first.
    assert_eq!(found(ctx, "找人做兼容会议").await, Vec::<i64>::new());
    let (near, values) = search::near(ctx.db().backend(), Kind::Product, "找人做兼容会议").unwrap();
    let rows: Vec<Id> =
        ctx::all(ctx, &format!("SELECT id FROM ({near}) n ORDER BY hits DESC, id"), values).await.unwrap();
    assert_eq!(rows.into_iter().map(|r| r.id).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(found(ctx, "贷款").await, [2]);
    assert_eq!(found(ctx, "emc").await, [1]);
    assert_eq!(found(ctx, "9135").await, [1], "half a code finds the record");
    assert_eq!(found(ctx, "贷款 兼容").await, Vec::<i64>::new());
    for odd in ["'", "\"", "\\", "a'b", "*", "NEAR(", "a OR b", ") --", "\u{0}", "  "] {
        found(ctx, odd).await;
    }
    let work = ctx.write(&Viewer::System).await.unwrap();
    search::put(&*work, Kind::Product, 2, "担保").await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(found(ctx, "贷款").await, Vec::<i64>::new(), "what stood there before is replaced");
    assert_eq!(found(ctx, "担保").await, [2]);
});

both!(a_job_runs_once_at_a_time, |app| async move {
    const JOB: Job =
        Job { name: "test.job", title: |_| String::new(), every_ms: 60_000, run: |_| Box::pin(async { Ok(3) }) };
    const BAD: Job = Job {
        name: "test.bad",
        title: |_| String::new(),
        every_ms: 60_000,
        run: |_| Box::pin(async { Err(Fault::internal("no luck")) }),
    };
    let ctx = &app.ctx;
    job::register(ctx, &[JOB, BAD]).await.unwrap();
    let (a, b) = tokio::join!(job::run_if_due(ctx, &JOB, "a"), job::run_if_due(ctx, &JOB, "b"));
    let outcomes = [a.unwrap(), b.unwrap()];
    assert_eq!(outcomes.iter().filter(|o| o.is_some()).count(), 1, "{outcomes:?}");
    assert_eq!(job::run_if_due(ctx, &JOB, "a").await.unwrap(), None, "not due yet");
    app.pass_ms(61_000);
    assert_eq!(job::run_if_due(ctx, &JOB, "a").await.unwrap(), Some(Ok(3)));
    assert!(job::run_if_due(ctx, &BAD, "a").await.unwrap().unwrap().is_err());
    let bad = job::states(ctx).await.unwrap().into_iter().find(|s| s.name == "test.bad").unwrap();
    assert_eq!((bad.failed, bad.last_error.as_deref()), (1, Some("no luck")));
    // A runner that died leaves a lock that runs out.
    change(ctx, "UPDATE job SET locked_by = 'dead', locked_until = 1, next_at = 0 WHERE name = 'test.job'").await;
    assert_eq!(job::run_if_due(ctx, &JOB, "c").await.unwrap(), Some(Ok(3)));
});

both!(tries_are_counted, |app| async move {
    let ctx = &app.ctx;
    for _ in 0..3 {
        ctx.limit("door", 3, 60_000).await.unwrap();
    }
    assert!(matches!(ctx.limit("door", 3, 60_000).await, Err(Fault::TooMany)));
    ctx.limit("other door", 3, 60_000).await.unwrap();
    app.pass_ms(61_000);
    ctx.limit("door", 3, 60_000).await.unwrap();
});

both!(migrations_run_once, |app| async move {
    let migrations: Vec<_> = app.app.migrations().to_vec();
    assert!(migrate::complete(app.ctx.db(), &migrations).await.unwrap());
    assert_eq!(migrate::run(app.ctx.db(), migrations).await.unwrap(), Vec::<&str>::new());
});

both!(files_come_back_as_they_were, |app| async move {
    let stored = app.ctx.files().put("样品清单".as_bytes().to_vec().into()).await.unwrap();
    assert_eq!(app.ctx.files().get(&stored.path).await.unwrap(), "样品清单".as_bytes());
    assert!(matches!(app.ctx.files().get("00/none").await, Err(Fault::NotFound)));
});

#[test]
fn the_counter_of_values_is_written_for_each_database() {
    let statement = sql(sea_orm::DbBackend::Postgres, "a = ? AND b = ?", [Value::from(1), Value::from(2)]);
    assert_eq!(statement.sql, "a = $1 AND b = $2");
}
