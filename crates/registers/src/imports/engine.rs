//! The work of an import: reading into the staging table, and from there into the register.

use std::collections::HashMap;
use std::path::Path;

use bytes::Bytes;
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, number};
use serde_json::json;
use tokio::sync::mpsc;

use super::headings::Layout;
use super::queries::{self, Import};
use super::reader::{self, FileProblem, RawRow, Sink};
use super::rows::{self, Row};
use super::{BATCH, Kind, State};
use crate::enterprises::{self, Merge};
use crate::{products, providers, t};

/// How long a runner may be silent before another takes its import over.
const LEASE_MS: i64 = 15_000;
/// How long the job applies before it lets other jobs of this process have their turn.
const TURN_MS: i64 = 120_000;

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Public number of the import, under which its page and its refused rows stand.
    pub number: String,
    /// Rows read below the headings.
    pub read: i64,
    /// Records that were not there.
    pub new: i64,
    /// Records with other values.
    pub changed: i64,
    /// Records as they were.
    pub same: i64,
    /// Rows refused.
    pub refused: i64,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "read {}, new {}, changed {}, same {}, refused {}",
            self.read, self.new, self.changed, self.same, self.refused
        )
    }
}

impl FileProblem {
    /// What is wrong and what to do, in both languages.
    pub(super) fn say(&self, kind: Kind) -> Bilingual {
        Bilingual::say(|l| {
            let m = t(l);
            match self {
                FileProblem::TooLarge => m.imports_file_too_large((reader::MAX_FILE / 1024 / 1024) as i64),
                FileProblem::TooManyRows => m.imports_file_too_many(reader::MAX_ROWS as i64),
                FileProblem::OldWorkbook => m.imports_file_old(),
                FileProblem::Broken => m.imports_file_broken(),
                FileProblem::NoHeadings => {
                    let needed: Vec<&str> =
                        super::columns(kind).iter().filter(|c| c.required).map(|c| c.heading(l)).collect();
                    m.imports_file_no_headings(needed.join(&m.registers_comma()))
                }
                FileProblem::NoRows => m.imports_file_no_rows(),
            }
        })
    }
}

/// Takes a file in; the job reads it within seconds. Returns the public number.
pub(super) async fn receive(
    ctx: &Ctx,
    viewer: &Viewer,
    kind: Kind,
    file_name: &str,
    content: Bytes,
    dry_run: bool,
) -> Result<(i64, String), Fault> {
    let bytes = content.len() as i64;
    let stored = ctx.files().put(content).await?;
    let work = ctx.write(viewer).await?;
    let number = format!("DR-{:06}", number::next(&*work, "import").await?);
    let id = work
        .insert(
            "INSERT INTO register_import (number, kind, file_name, path, sha256, bytes, state, dry_run, rows_read, rows_new,
                rows_changed, rows_same, rows_refused, done_new, done_changed, done_same, done_refused, lease, person,
                membership, created_at)
             VALUES (?, ?, ?, ?, ?, ?, 'reading', ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?, ?)",
            [
                number.clone().into(),
                kind.code().into(),
                file_name.into(),
                stored.path.into(),
                stored.sha256.clone().into(),
                bytes.into(),
                dry_run.into(),
                work.person().into(),
                work.membership().into(),
                work.now().into(),
            ],
        )
        .await?;
    work.audit("imports.received", "import", &number, json!({ "kind": kind.code(), "sha256": stored.sha256 })).await?;
    work.commit().await?;
    Ok((id, number))
}

/// Takes the lease of an import; `false` when another runner has it.
async fn claim(ctx: &Ctx, import: i64, runner: &str) -> Result<bool, Fault> {
    let work = ctx.write(&Viewer::System).await?;
    let now = work.now();
    let claimed = work
        .run(
            "UPDATE register_import SET runner = ?, lease = ?, started_at = COALESCE(started_at, ?)
             WHERE id = ? AND state IN ('reading', 'applying') AND lease < ?",
            [runner.into(), (now + LEASE_MS).into(), now.into(), import.into(), now.into()],
        )
        .await?;
    work.commit().await?;
    Ok(claimed > 0)
}

/// Renews the lease inside a batch; an import that was taken over meanwhile stops the batch.
async fn renew(work: &Work, import: i64, runner: &str) -> Result<(), Fault> {
    let now = work.ctx().now();
    let kept = work
        .run(
            "UPDATE register_import SET lease = ? WHERE id = ? AND runner = ?",
            [(now + LEASE_MS).into(), import.into(), runner.into()],
        )
        .await?;
    if kept == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Gives the lease back, so that the next runner need not wait.
async fn release(ctx: &Ctx, import: i64, runner: &str) -> Result<(), Fault> {
    let work = ctx.write(&Viewer::System).await?;
    work.run(
        "UPDATE register_import SET lease = 0, runner = NULL WHERE id = ? AND runner = ?",
        [import.into(), runner.into()],
    )
    .await?;
    work.commit().await
}

fn runner_name(ctx: &Ctx) -> String {
    use rand::Rng as _;
    format!("{:016x}", ctx.random(|random| random.random::<u64>()))
}

/// A line and what it became: a record, or the reasons against it and its cells.
type Read = (u32, Result<Row, (Bilingual, Vec<String>)>);

/// What the reading thread gives.
enum Given {
    Layout(Layout),
    Rows(Vec<Read>),
}

/// Cleans and checks rows on the reading thread and hands them over in batches.
struct Feeder {
    kind: Kind,
    today: chrono::NaiveDate,
    layout: Option<Layout>,
    part: Vec<Read>,
    to: mpsc::Sender<Given>,
}

impl Feeder {
    fn flush(&mut self) -> bool {
        let part = std::mem::take(&mut self.part);
        part.is_empty() || self.to.blocking_send(Given::Rows(part)).is_ok()
    }
}

impl Sink for Feeder {
    fn layout(&mut self, layout: Layout) -> bool {
        self.layout = Some(layout.clone());
        self.to.blocking_send(Given::Layout(layout)).is_ok()
    }

    fn row(&mut self, row: RawRow) -> bool {
        let Some(layout) = &self.layout else { return false };
        let read = rows::read(self.kind, layout, &row, self.today).map_err(|reason| (reason, row.texts()));
        self.part.push((row.line, read));
        self.part.len() < BATCH || self.flush()
    }
}

/// Counts of one staged batch.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    read: i64,
    new: i64,
    changed: i64,
    same: i64,
    refused: i64,
}

/// Reads the file of an import into the staging table, from its beginning: what an interrupted reading left is dropped.
async fn stage(ctx: &Ctx, import: &Import, runner: &str) -> Result<(), Fault> {
    let work = ctx.write(&Viewer::System).await?;
    renew(&work, import.id, runner).await?;
    work.run("DELETE FROM register_import_row WHERE import = ?", [import.id.into()]).await?;
    work.run(
        "UPDATE register_import SET rows_read = 0, rows_new = 0, rows_changed = 0, rows_same = 0, rows_refused = 0 WHERE id = ?",
        [import.id.into()],
    )
    .await?;
    work.commit().await?;

    let content = ctx.files().get(&import.path).await?;
    let kind = import.kind();
    let (to, mut from) = mpsc::channel::<Given>(4);
    let today = ctx.today();
    let reading = tokio::task::spawn_blocking(move || {
        let mut feeder = Feeder { kind, today, layout: None, part: Vec::new(), to };
        let outcome = reader::read(kind, &content, &mut feeder);
        feeder.flush();
        outcome
    });
    let mut seen: HashMap<String, u32> = HashMap::new();
    while let Some(given) = from.recv().await {
        match given {
            Given::Layout(layout) => {
                let work = ctx.write(&Viewer::System).await?;
                renew(&work, import.id, runner).await?;
                work.run(
                    "UPDATE register_import SET headings = ?, unused = ? WHERE id = ?",
                    [
                        json!(layout.headings).to_string().into(),
                        json!(layout.unused).to_string().into(),
                        import.id.into(),
                    ],
                )
                .await?;
                work.commit().await?;
            }
            Given::Rows(part) => stage_part(ctx, import.id, kind, runner, part, &mut seen).await?,
        }
    }
    let outcome = reading.await.map_err(Fault::internal)?;
    let work = ctx.write(&Viewer::System).await?;
    renew(&work, import.id, runner).await?;
    match outcome {
        Ok(()) => {
            work.run(
                "UPDATE register_import SET state = 'ready', lease = 0, runner = NULL WHERE id = ?",
                [import.id.into()],
            )
            .await?;
            work.audit("imports.read", "import", &import.number, json!({})).await?;
        }
        Err(problem) => {
            let said = problem.say(kind);
            work.run("DELETE FROM register_import_row WHERE import = ?", [import.id.into()]).await?;
            work.run(
                "UPDATE register_import SET state = 'failed', failure_zh = ?, failure_en = ?, lease = 0, runner = NULL,
                    finished_at = ? WHERE id = ?",
                [said.zh.into(), said.en.into(), work.now().into(), import.id.into()],
            )
            .await?;
            work.audit("imports.failed", "import", &import.number, json!({ "why": format!("{problem:?}") })).await?;
        }
    }
    work.commit().await
}

/// What rows would do; `None` for a product whose provider is missing.
async fn forecast(ctx: &Ctx, kind: Kind, rows: &[Row]) -> Result<Vec<Option<Merge>>, Fault> {
    Ok(match kind {
        Kind::Enterprises => {
            let new: Vec<_> =
                rows.iter().filter_map(|r| if let Row::Enterprise(n) = r { Some(n.clone()) } else { None }).collect();
            enterprises::lookup(ctx, &new).await?.into_iter().map(Some).collect()
        }
        Kind::Providers => {
            let new: Vec<_> =
                rows.iter().filter_map(|r| if let Row::Provider(n) = r { Some(n.clone()) } else { None }).collect();
            providers::lookup(ctx, &new).await?.into_iter().map(Some).collect()
        }
        Kind::Products => {
            let new: Vec<_> =
                rows.iter().filter_map(|r| if let Row::Product(n) = r { Some(n.clone()) } else { None }).collect();
            products::lookup(ctx, &new).await?
        }
    })
}

/// One staged row as it goes into the table.
struct Kept {
    line: u32,
    state: &'static str,
    payload: String,
    reason: Option<Bilingual>,
}

async fn stage_part(
    ctx: &Ctx,
    import: i64,
    kind: Kind,
    runner: &str,
    part: Vec<Read>,
    seen: &mut HashMap<String, u32>,
) -> Result<(), Fault> {
    let mut counts = Counts { read: part.len() as i64, ..Counts::default() };
    let mut kept: Vec<Kept> = Vec::new();
    let mut lines: Vec<u32> = Vec::new();
    let mut good: Vec<Row> = Vec::new();
    let refuse = |kept: &mut Vec<Kept>, line: u32, reason: Bilingual, payload: String| {
        kept.push(Kept { line, state: "refused", payload, reason: Some(reason) });
    };
    for (line, read) in part {
        match read {
            Err((reason, cells)) => refuse(&mut kept, line, reason, json!(cells).to_string()),
            Ok(row) => match seen.get(&row.key()) {
                Some(first) => {
                    let payload = row.payload().map_err(Fault::internal)?;
                    refuse(&mut kept, line, rows::twice(kind, *first), payload);
                }
                None => {
                    seen.insert(row.key(), line);
                    lines.push(line);
                    good.push(row);
                }
            },
        }
    }
    for ((line, row), merge) in lines.into_iter().zip(&good).zip(forecast(ctx, kind, &good).await?) {
        let state = match merge {
            Some(Merge::Same) => {
                counts.same += 1;
                continue;
            }
            Some(Merge::New) => {
                counts.new += 1;
                "new"
            }
            Some(Merge::Changed) => {
                counts.changed += 1;
                "changed"
            }
            None => {
                refuse(&mut kept, line, rows::no_provider(), row.payload().map_err(Fault::internal)?);
                continue;
            }
        };
        kept.push(Kept { line, state, payload: row.payload().map_err(Fault::internal)?, reason: None });
    }
    counts.refused = kept.iter().filter(|k| k.state == "refused").count() as i64;

    let work = ctx.write(&Viewer::System).await?;
    renew(&work, import, runner).await?;
    if !kept.is_empty() {
        let marks = vec!["(?, ?, ?, ?, ?, ?)"; kept.len()].join(", ");
        let mut values: Vec<Value> = Vec::with_capacity(kept.len() * 6);
        for row in kept {
            let (zh, en) = row.reason.map_or((None, None), |r| (Some(r.zh), Some(r.en)));
            values.extend([
                Value::from(import),
                i64::from(row.line).into(),
                row.state.into(),
                row.payload.into(),
                zh.into(),
                en.into(),
            ]);
        }
        work.run(
            &format!(
                "INSERT INTO register_import_row (import, line, state, payload, reason_zh, reason_en) VALUES {marks}"
            ),
            values,
        )
        .await?;
    }
    work.run(
        "UPDATE register_import SET rows_read = rows_read + ?, rows_new = rows_new + ?, rows_changed = rows_changed + ?,
            rows_same = rows_same + ?, rows_refused = rows_refused + ? WHERE id = ?",
        [
            counts.read.into(),
            counts.new.into(),
            counts.changed.into(),
            counts.same.into(),
            counts.refused.into(),
            import.into(),
        ],
    )
    .await?;
    work.commit().await
}

#[derive(FromQueryResult)]
struct Staged {
    line: i64,
    payload: String,
}

/// In whose name an import is applied: the person who brought the file, or the program.
async fn viewer_of(ctx: &Ctx, import: &Import) -> Result<Viewer, Fault> {
    let Some(membership) = import.membership else { return Ok(Viewer::System) };
    Ok(people::actor(ctx, membership).await?.map_or(Viewer::System, Viewer::Signed))
}

/// Applies the next batch; `false` when nothing is left and the import is over.
async fn apply_batch(ctx: &Ctx, import: &Import, viewer: &Viewer, runner: &str) -> Result<bool, Fault> {
    let work = ctx.write(viewer).await?;
    renew(&work, import.id, runner).await?;
    let staged: Vec<Staged> = work
        .all(
            &format!(
                "SELECT line, payload FROM register_import_row WHERE import = ? AND state IN ('new', 'changed')
                 ORDER BY line LIMIT {BATCH}"
            ),
            [import.id.into()],
        )
        .await?;
    if staged.is_empty() {
        work.run(
            "UPDATE register_import SET state = 'done', done_same = done_same + rows_same,
                done_refused = done_refused + rows_refused, lease = 0, runner = NULL, finished_at = ? WHERE id = ?",
            [work.now().into(), import.id.into()],
        )
        .await?;
        work.audit("imports.applied", "import", &import.number, json!({ "kind": import.kind })).await?;
        if let Some(person) = import.person {
            let text = Bilingual::say(|l| t(l).imports_notice(&import.number, &import.file_name));
            let notice = Notice {
                kind: "imports.applied",
                number: import.number.clone(),
                text,
                href: format!("/imports/{}", import.number),
            };
            notices::send_in(&work, &[person], &notice).await?;
        }
        work.commit().await?;
        return Ok(false);
    }
    let kind = import.kind();
    let mut enterprises_rows = Vec::new();
    let mut provider_rows = Vec::new();
    let mut product_rows = Vec::new();
    for row in &staged {
        match Row::from_payload(kind, &row.payload).map_err(Fault::internal)? {
            Row::Enterprise(new) => enterprises_rows.push(new),
            Row::Provider(new) => provider_rows.push(new),
            Row::Product(new) => product_rows.push(new),
        }
    }
    let merges: Vec<Option<Merge>> = match kind {
        Kind::Enterprises => enterprises::apply_in(&work, &enterprises_rows).await?.into_iter().map(Some).collect(),
        Kind::Providers => providers::apply_in(&work, &provider_rows).await?.into_iter().map(Some).collect(),
        Kind::Products => products::apply_in(&work, &product_rows).await?,
    };
    let (mut new, mut changed, mut same, mut refused) = (0_i64, 0_i64, 0_i64, 0_i64);
    let mut gone: Vec<i64> = Vec::new();
    for (row, merge) in staged.iter().zip(&merges) {
        match merge {
            Some(Merge::New) => new += 1,
            Some(Merge::Changed) => changed += 1,
            Some(Merge::Same) => same += 1,
            None => {
                refused += 1;
                gone.push(row.line);
            }
        }
    }
    for line in gone {
        let reason = rows::no_provider();
        work.run(
            "UPDATE register_import_row SET state = 'refused', reason_zh = ?, reason_en = ? WHERE import = ? AND line = ?",
            [reason.zh.into(), reason.en.into(), import.id.into(), line.into()],
        )
        .await?;
    }
    let last = staged.last().map_or(0, |row| row.line);
    work.run(
        "DELETE FROM register_import_row WHERE import = ? AND state IN ('new', 'changed') AND line <= ?",
        [import.id.into(), last.into()],
    )
    .await?;
    work.run(
        "UPDATE register_import SET done_new = done_new + ?, done_changed = done_changed + ?, done_same = done_same + ?,
            done_refused = done_refused + ? WHERE id = ?",
        [new.into(), changed.into(), same.into(), refused.into(), import.id.into()],
    )
    .await?;
    work.commit().await?;
    Ok(true)
}

/// Applies batches until nothing is left, or until `until` (UTC milliseconds) has come.
async fn apply(ctx: &Ctx, import: &Import, runner: &str, until: Option<i64>) -> Result<u64, Fault> {
    let viewer = viewer_of(ctx, import).await?;
    let mut batches = 0;
    while apply_batch(ctx, import, &viewer, runner).await? {
        batches += 1;
        // Other writers have their turn between two batches.
        tokio::task::yield_now().await;
        if until.is_some_and(|end| ctx.now() > end) {
            release(ctx, import.id, runner).await?;
            break;
        }
    }
    Ok(batches)
}

/// Goes on with the imports that are due: reads files that have come, applies what was confirmed, resumes what a crash
/// has left. This is the job `registers.import`.
///
/// # Errors
/// When the database or the file store fail.
pub async fn run_due(ctx: Ctx) -> Result<u64, Fault> {
    let mut done = 0;
    while let Some(id) = queries::next_due(&ctx).await? {
        let runner = runner_name(&ctx);
        if !claim(&ctx, id, &runner).await? {
            break;
        }
        let import = queries::by_id(&ctx, id).await?;
        let outcome = match import.state() {
            State::Reading => stage(&ctx, &import, &runner).await.map(|()| 1),
            State::Applying => apply(&ctx, &import, &runner, Some(ctx.now() + TURN_MS)).await,
            State::Ready | State::Done | State::Failed => Ok(0),
        };
        match outcome {
            Ok(count) => done += count.max(1),
            // Somebody else has taken it over, which is as good.
            Err(Fault::Stale) => break,
            // A database that does not answer now may answer when the lease has run out.
            Err(fault @ Fault::Db(_)) => return Err(fault),
            Err(fault) => {
                give_up(&ctx, &import, &runner).await?;
                return Err(fault);
            }
        }
    }
    Ok(done)
}

/// After a failure of the program itself the import stops and says so, instead of failing every two seconds. What was
/// applied stays; the same file again goes on where it stopped.
async fn give_up(ctx: &Ctx, import: &Import, runner: &str) -> Result<(), Fault> {
    let said = Bilingual::say(|l| t(l).imports_file_internal());
    let work = ctx.write(&Viewer::System).await?;
    work.run(
        "UPDATE register_import SET state = 'failed', failure_zh = ?, failure_en = ?, lease = 0, runner = NULL, finished_at = ?
         WHERE id = ? AND runner = ?",
        [said.zh.into(), said.en.into(), work.now().into(), import.id.into(), runner.into()],
    )
    .await?;
    work.audit("imports.failed", "import", &import.number, json!({ "why": "internal" })).await?;
    work.commit().await
}

/// Confirms what was read: from now on the job applies it.
pub(super) async fn confirm(ctx: &Ctx, viewer: &Viewer, import: &Import) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    let changed = work
        .run(
            "UPDATE register_import SET state = 'applying', lease = 0 WHERE id = ? AND state = 'ready' AND dry_run = ?",
            [import.id.into(), false.into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit("imports.confirmed", "import", &import.number, json!({})).await?;
    work.commit().await
}

/// Drops what was read; nothing is done.
pub(super) async fn drop_it(ctx: &Ctx, viewer: &Viewer, import: &Import) -> Result<(), Fault> {
    let said = Bilingual::say(|l| t(l).imports_dropped());
    let work = ctx.write(viewer).await?;
    let changed = work
        .run(
            "UPDATE register_import SET state = 'failed', failure_zh = ?, failure_en = ?, finished_at = ?
             WHERE id = ? AND state = 'ready'",
            [said.zh.into(), said.en.into(), work.now().into(), import.id.into()],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.run("DELETE FROM register_import_row WHERE import = ? AND state <> 'refused'", [import.id.into()]).await?;
    work.audit("imports.dropped", "import", &import.number, json!({})).await?;
    work.commit().await
}

/// Reads a file and, unless it is a dry run, brings it into the register; for the command line. If the program stops in
/// the middle, a serving program goes on with the import by itself.
///
/// # Errors
/// [`Fault::Invalid`] for `file` when it cannot be read, with what to do.
pub async fn import_file(ctx: &Ctx, kind: Kind, path: &Path, dry_run: bool) -> Result<Summary, Fault> {
    let too_large = || {
        let said = FileProblem::TooLarge.say(kind);
        Fault::Invalid { field: "file", message: said }
    };
    let size =
        tokio::fs::metadata(path).await.map_err(|_| Fault::invalid("file", |l| t(l).imports_file_missing()))?.len();
    if size > reader::MAX_FILE as u64 {
        return Err(too_large());
    }
    let content = Bytes::from(tokio::fs::read(path).await.map_err(Fault::internal)?);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (id, _) = receive(ctx, &Viewer::System, kind, &name, content, dry_run).await?;
    let runner = runner_name(ctx);
    if !claim(ctx, id, &runner).await? {
        return Err(Fault::Stale);
    }
    stage(ctx, &queries::by_id(ctx, id).await?, &runner).await?;
    let import = queries::by_id(ctx, id).await?;
    if import.state() == State::Failed {
        let message = Bilingual {
            zh: import.failure_zh.clone().unwrap_or_default(),
            en: import.failure_en.clone().unwrap_or_default(),
        };
        return Err(Fault::Invalid { field: "file", message });
    }
    if dry_run {
        // What a dry run would do is known; the rows themselves are not kept.
        let work = ctx.write(&Viewer::System).await?;
        work.run("DELETE FROM register_import_row WHERE import = ? AND state <> 'refused'", [id.into()]).await?;
        work.commit().await?;
        return Ok(summary(&import));
    }
    confirm(ctx, &Viewer::System, &import).await?;
    if !claim(ctx, id, &runner).await? {
        return Err(Fault::Stale);
    }
    apply(ctx, &import, &runner, None).await?;
    Ok(summary(&queries::by_id(ctx, id).await?))
}

/// What an import did when it is over, and what it would do before.
pub(super) fn summary(import: &Import) -> Summary {
    let is_over = import.state() == State::Done;
    let pick = |forecast: i64, done: i64| if is_over { done } else { forecast };
    Summary {
        number: import.number.clone(),
        read: import.rows_read,
        new: pick(import.rows_new, import.done_new),
        changed: pick(import.rows_changed, import.done_changed),
        same: pick(import.rows_same, import.done_same),
        refused: pick(import.rows_refused, import.done_refused),
    }
}
