//! The few figures everybody may see: how the network has done this year.

use huiqi_kernel::people::Viewer;
use huiqi_registers::windows::Kind;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};

use super::ask::{Ask, Preset, Span};
use super::queries::{counts, limit_ask, mean, must, now, step_time};
use super::sets::{Figure, Watched};
use super::time::Sample;
use crate::requests::flow::ClosedHow;

/// The network this year, from 1 January until today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicFigures {
    /// When it was computed, UTC milliseconds.
    pub computed_at: i64,
    /// The days.
    pub span: Span,
    /// Requests closed, by how; silence is no confirmation.
    pub closed: Vec<(ClosedHow, i64)>,
    /// Requests closed by somebody's word: firm, call-back, on the spot.
    pub confirmed: i64,
    /// Answers given within their limit, and all answers whose limit ended.
    pub answered_in_time: (i64, i64),
    /// Working days from submission to acceptance.
    pub to_acceptance: Sample,
    /// Mean grade in hundredths; none without grades.
    pub mean_grade: Option<i64>,
    /// Grades given.
    pub grades: i64,
    /// Grades left out after an appeal.
    pub excluded: i64,
    /// Closed requests with a grade, and all closed requests.
    pub rated_of_closed: (i64, i64),
    /// Assignments that ended without result.
    pub not_achieved: i64,
    /// Assignments worked on to an end, with result or without.
    pub tried: i64,
    /// Connected windows by kind.
    pub windows: Vec<(Kind, i64)>,
}

impl PublicFigures {
    /// Whether there is nothing to tell of requests yet.
    pub fn is_empty(&self) -> bool {
        self.rated_of_closed.1 == 0 && self.answered_in_time.1 == 0 && self.to_acceptance.n == 0
    }
}

#[derive(FromQueryResult)]
struct KindRow {
    kind: String,
    n: i64,
}

#[derive(FromQueryResult)]
struct SumRow {
    n: i64,
    total: i64,
}

/// The figures of this year for the public home page: counts only, over all requests. Four statements.
///
/// # Errors
/// When the database fails.
pub async fn public_figures(ctx: &Ctx) -> Result<PublicFigures, Fault> {
    let computed_at = ctx.now();
    let now = now(ctx);
    let span = Span::of(Preset::ThisYear, now.today);
    let ask = Ask::default().within(span);
    let viewer = Viewer::System;
    let mut sets = Vec::new();
    for figure in
        [Figure::Confirmed, Figure::Closed, Figure::ClosedRated, Figure::NotAchieved, Figure::Tried, Figure::Excluded]
    {
        sets.push(must(figure, &viewer, &ask.of(figure), now)?);
    }
    for kept in ["", "yes"] {
        sets.push(must(Figure::Limit, &viewer, &limit_ask(&ask, Watched::Answer, kept), now)?);
    }
    for how in ClosedHow::ALL {
        sets.push(must(Figure::Closed, &viewer, &super::queries::how_ask(&ask, *how), now)?);
    }
    let counted = counts(ctx, &sets).await?;
    let rated = must(Figure::Rated, &viewer, &ask.of(Figure::Rated), now)?;
    let (text, values) =
        rated.statement("SELECT COUNT(*) AS n, CAST(COALESCE(SUM(g.grade), 0) AS BIGINT) AS total", "");
    let grades: SumRow = ctx::one(ctx, &text, values).await?.unwrap_or(SumRow { n: 0, total: 0 });
    let kinds: Vec<KindRow> = ctx::all(
        ctx,
        "SELECT p.kind, COUNT(*) AS n FROM service_window w JOIN window_profile p ON p.service_window = w.id
         WHERE w.state = 'connected' GROUP BY p.kind",
        [],
    )
    .await?;
    Ok(PublicFigures {
        computed_at,
        span,
        closed: ClosedHow::ALL.iter().copied().zip(counted[8..].iter().copied()).collect(),
        confirmed: counted[0],
        answered_in_time: (counted[7], counted[6]),
        to_acceptance: step_time(ctx, &viewer, &ask, Watched::Accept, now).await?,
        mean_grade: mean(grades.total, grades.n),
        grades: grades.n,
        excluded: counted[5],
        rated_of_closed: (counted[2], counted[1]),
        not_achieved: counted[3],
        tried: counted[4],
        windows: Kind::ALL
            .iter()
            .map(|kind| (*kind, kinds.iter().find(|row| row.kind == kind.code()).map_or(0, |row| row.n)))
            .collect(),
    })
}
