//! A small demo city: whole, without a refused step, the same twice, and with a log that verifies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use huiqi_services::demo::{self, Scale};
use huiqi_store::clock::Clock;
use huiqi_store::ctx::{self, Parts};
use huiqi_store::files::Files;
use huiqi_store::sea_orm::{self, FromQueryResult};
use huiqi_store::{Ctx, Db, audit, migrate};
use huiqi_testkit::app::run;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("huiqi-demo-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn house(folder: &Folder) -> Ctx {
    let url = format!("sqlite:{}?mode=rwc", folder.0.join("huiqi.sqlite").display());
    let db = Db::open(&url).await.unwrap();
    let mut slices = huiqi_identity::slices();
    slices.extend(huiqi_casework::slices());
    slices.extend(huiqi_registers::slices());
    slices.extend(huiqi_services::slices());
    migrate::run(&db, slices.iter().flat_map(|s| s.migrations.iter().copied()).collect()).await.unwrap();
    let parts = Parts {
        db,
        clock: Clock::at(0),
        seed: Some(7),
        files: Files::memory(),
        demo: true,
        public_url: "http://127.0.0.1:8700".to_owned(),
    };
    let ctx = Ctx::new(parts);
    ctx.refresh().await.unwrap();
    ctx
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn built(name: &str, seed: u64, as_of: &str, scale: Scale) -> (Ctx, Folder, BTreeSet<String>) {
    let folder = Folder::new(name);
    let ctx = house(&folder).await;
    let mut said = BTreeSet::new();
    let mut progress = |what: &str, done: u64, total: u64| {
        assert!(done <= total, "{what} {done}/{total}");
        said.insert(what.to_owned());
    };
    let refused = demo::build_scaled(&ctx, seed, day(as_of), scale, &mut progress).await.unwrap();
    assert_eq!(refused, Vec::<String>::new(), "steps that the rules refused");
    (ctx, folder, said)
}

#[derive(FromQueryResult)]
struct Line {
    number: String,
    title: String,
    state: String,
    opened_at: i64,
}

async fn requests(ctx: &Ctx) -> Vec<Line> {
    ctx::all(
        ctx,
        "SELECT number, title, state, opened_at FROM case_record WHERE flow = 'request' ORDER BY opened_at, id",
        [],
    )
    .await
    .unwrap()
}

async fn count(ctx: &Ctx, from: &str) -> i64 {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
    }
    let row: Option<Row> = ctx::one(ctx, &format!("SELECT COUNT(*) AS n FROM {from}"), []).await.unwrap();
    row.unwrap().n
}

#[test]
fn a_small_city_is_whole() {
    run(async {
        let scale = Scale::small();
        let (ctx, _folder, said) = built("whole", 1, "2026-11-24", scale).await;
        for what in ["enterprises", "windows", "providers", "products", "requests", "audit"] {
            assert!(said.contains(what), "{what}");
        }
        assert_eq!(ctx.today(), day("2026-11-24"));
        assert_eq!(count(&ctx, "enterprise").await, scale.enterprises as i64 + 3);
        assert_eq!(count(&ctx, "provider").await, scale.providers as i64);
        assert!(count(&ctx, "service_window").await >= 30);
        assert_eq!(count(&ctx, "window_profile WHERE kind = 'comprehensive'").await, 6);
        assert!(count(&ctx, "product").await > 0);

        let all = requests(&ctx).await;
        assert_eq!(all.len(), scale.requests);
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &all {
            *states.entry(one.state.as_str()).or_default() += 1;
        }
        // Withdrawn is rare: a small city need not have one.
        for state in ["closed", "lapsed", "refused", "in-progress", "answered"] {
            assert!(states.contains_key(state), "nothing is {state}: {states:?}");
        }
        // No two alike on one page of the list.
        for page in all.windows(30) {
            let titles: BTreeSet<&str> = page.iter().map(|one| one.title.as_str()).collect();
            assert_eq!(titles.len(), page.len(), "twice on one page near {}", page[0].number);
        }
        // Reports went to the bureau, and nobody was given a complaint about himself.
        assert_eq!(count(&ctx, "case_record WHERE kind = 'report' AND flow = 'request' AND desk <> 'bureau'").await, 0);
        assert!(count(&ctx, "case_record WHERE kind = 'report' AND flow = 'request'").await > 0);
        let judged = "request r JOIN case_record a ON a.parent = r.case_id AND a.flow = 'assignment'
        WHERE r.about_org = a.handler_org AND (r.about_window IS NULL OR r.about_window = a.handler_window)
          AND (r.about_window IS NOT NULL OR a.handler_window IS NULL)";
        assert_eq!(count(&ctx, judged).await, 0);
        // The dead window has taken nothing.
        let dead =
            "assignment a JOIN case_record c ON c.id = a.case_id JOIN service_window w ON w.id = c.handler_window
        WHERE w.name LIKE '制伞%' AND a.taken_at IS NOT NULL";
        assert_eq!(count(&ctx, dead).await, 0);
        assert!(count(&ctx, "rating").await > 0);
        assert!(count(&ctx, "improvement").await > 0);
        assert!(count(&ctx, "notice WHERE kind = 'ladder'").await > 0);
        // Those above watch: orders in each state, one of them answered late; urging by hand.
        assert!(count(&ctx, "supervision_round").await > 0);
        assert!(count(&ctx, "case_step WHERE action = 'urge-by-hand'").await > 0);
        // Some requests came with files, one officer is named for reports, and who cannot be made out has no firm.
        assert!(count(&ctx, "case_attachment").await > 0);
        assert_eq!(count(&ctx, "report_officer").await, 1);
        let nobody = "request r JOIN case_record c ON c.id = r.case_id
        JOIN case_step s ON s.case_id = c.id WHERE s.action = 'refuse' AND s.detail LIKE '%no-identifiable-asker%'";
        assert_eq!(count(&ctx, &format!("{nobody} AND (c.firm IS NOT NULL OR c.asker IS NOT NULL)")).await, 0);
        // Silence is never a rating, and nobody rates in advance.
        assert_eq!(count(&ctx, "rating r JOIN case_record c ON c.id = r.case_id WHERE r.at < c.opened_at").await, 0);
        assert_eq!(count(&ctx, "case_record WHERE opened_at > moved_at").await, 0);
        // Codes are of the unissued block, phones of no network.
        assert_eq!(count(&ctx, "organisation WHERE code IS NOT NULL AND SUBSTR(code, 9, 1) <> 'Y'").await, 0);
        assert_eq!(count(&ctx, "request WHERE SUBSTR(phone, 1, 3) <> '100'").await, 0);
        assert_eq!(count(&ctx, "person WHERE SUBSTR(phone, 1, 3) <> '100'").await, 0);

        let verdict = audit::verify(ctx.db(), None).await.unwrap();
        assert_eq!((verdict.bad, verdict.open), (None, 0));
        assert!(verdict.good > 1000);
    });
}

#[test]
fn the_same_seed_and_day_make_the_same_city() {
    run(async {
        let scale = Scale { enterprises: 120, accounts: 45, providers: 15, requests: 60 };
        let (one, _a, _) = built("one", 3, "2026-11-24", scale).await;
        let (two, _b, _) = built("two", 3, "2026-11-24", scale).await;
        let (other, _c, _) = built("other", 4, "2026-11-24", scale).await;
        let lines = |all: Vec<Line>| -> Vec<(String, String, String, i64)> {
            all.into_iter().map(|l| (l.number, l.title, l.state, l.opened_at)).collect()
        };
        let (one, two, other) =
            (lines(requests(&one).await), lines(requests(&two).await), lines(requests(&other).await));
        assert_eq!(one, two);
        assert_ne!(one, other);
    });
}

#[test]
fn a_city_can_be_shown_on_any_day() {
    run(async {
        let scale = Scale { enterprises: 100, accounts: 45, providers: 15, requests: 40 };
        // In the middle of a holiday, and in a year without calendar data.
        for as_of in ["2026-10-04", "2027-03-09"] {
            let (ctx, _folder, _) = built(as_of, 5, as_of, scale).await;
            assert_eq!(requests(&ctx).await.len(), scale.requests);
            assert_eq!(ctx.today(), day(as_of));
        }
    });
}
