//! The overview's page: tiles, what needs attention, charts with their tables, windows and providers.

mod attention;
mod handlers;
mod intake;
mod paper;
mod work;

use axum::extract::Query;
use chrono::NaiveDate;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::OVERSEERS;
use huiqi_web::charts::Chart;
use huiqi_web::components::{self, FilterBar, Table, folded, quiet, section_head};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Visit, dates};

use crate::l10n::L10nLanguage;
use crate::overview::ask::{Ask, NONE, Preset, Span, territory};
use crate::overview::labels;
use crate::overview::queries::{Figures, figures, how_ask, late_ask, limit_ask};
use crate::overview::sets::{Figure, Watched};
use crate::overview::time::Sample;
use crate::requests::flow::ClosedHow;
use crate::t;

/// Providers shown unless all are asked for.
const PROVIDERS: usize = 15;

/// Who prints, and as whom.
pub(super) fn printed_by(visit: &Visit) -> String {
    visit.session().map_or_else(String::new, |session| {
        let actor = &session.actor;
        let role = visit.app().signed_in().role_name(actor.role, visit.locale());
        format!("{} {} {}", actor.place(visit.locale()), role, actor.shown(visit.locale()))
    })
}

pub(super) async fn show(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let ask = ask.within_reach(visit.viewer());
    let found = figures(visit.ctx(), visit.viewer(), &ask).await?;
    let page = View { visit: &visit, f: &found, asked: &ask, m, locale };
    let body = Html::concat([
        Html::raw("<div class=\"wrap\">"),
        page.head(),
        // The digests tell of the whole network: for those who watch over it.
        if visit.viewer().is(OVERSEERS) {
            Html::raw("<p class=\"no-print small\">")
                .and(&components::link("/overview/weekly", &m.digest_weekly()))
                .say(" ")
                .and(&components::link("/overview/monthly", &m.digest_monthly()))
                .and(&Html::raw("</p>"))
        } else {
            Html::empty()
        },
        page.tiles(),
        page.computed(),
        page.on_paper(),
        if territory(visit.viewer()).is_some() { Html::empty() } else { page.attention() },
        page.intake(),
        page.work(),
        page.handlers(),
        Html::raw("</div>"),
    ]);
    visit.page(labels::title(visit.viewer(), locale), "overview").show(body).await
}

/// A figure with what it rests on.
struct Tile {
    what: String,
    href: String,
    figure: Option<String>,
    unit: String,
    basis: Vec<Html>,
}

fn tiles(tiles: &[Tile]) -> Html {
    let mut out = Html::raw("<dl class=\"tiles\">");
    for tile in tiles {
        let unit = if tile.figure.is_none() || tile.unit.is_empty() {
            Html::empty()
        } else {
            Html::raw("<small>").say(&tile.unit).and(&Html::raw("</small>"))
        };
        let basis = tile.basis.iter().map(|line| line.0.clone()).collect::<Vec<_>>().join("<br>");
        out = out
            .and(&Html::raw("<div><dt>"))
            .and(&components::link(&tile.href, &tile.what))
            .and(&Html::raw("</dt><dd><div class=\"figure\">"))
            .say(tile.figure.as_deref().unwrap_or("–"))
            .and(&unit)
            .and(&Html::raw(format!("</div><div class=\"basis\">{basis}</div></dd></div>")));
    }
    out.and(&Html::raw("</dl>"))
}

/// A count that leads to its records; nothing to open where it is zero.
fn count(n: i64, ask: &Ask) -> Html {
    if n == 0 { Html::text("0") } else { components::link(&ask.href("/overview/records"), &dates::number(n)) }
}

/// A chart with the table that carries its figures; on paper the drawing stands alone, its words say the same.
fn with_table(chart: &Chart, table: &Table, locale: Locale) -> Html {
    let drawn = chart.html(locale).0;
    let open = drawn.strip_suffix("</figure>").unwrap_or(&drawn);
    Html(format!("{open}<div class=\"no-print\">{}</div></figure>", table.html()))
}

#[allow(clippy::cast_precision_loss)]
fn length(n: i64) -> f64 {
    n as f64
}

struct View<'a> {
    visit: &'a Visit,
    f: &'a Figures,
    asked: &'a Ask,
    m: &'static L10nLanguage,
    locale: Locale,
}

impl View<'_> {
    fn today(&self) -> NaiveDate {
        self.f.now.today
    }

    fn of(&self, figure: Figure) -> Ask {
        self.f.ask.of(figure)
    }

    fn count(&self, n: i64, figure: Figure) -> Html {
        count(n, &self.of(figure))
    }

    fn name(&self, name: &str, name_en: Option<&str>) -> Html {
        match name_en {
            Some(en) if self.locale == Locale::En => Html::text(en),
            _ => components::in_language(name, Locale::Zh, self.locale),
        }
    }

    /// Exact definitions, folded; on paper the lines under the figures have to do.
    fn how(&self, figures: &[(Figure, Option<Watched>)]) -> Html {
        let mut body = String::from("<ul>");
        for (figure, step) in figures {
            let label = labels::label(*figure, *step, self.locale);
            let words = labels::definition(*figure, *step, self.f.now, self.locale);
            body.push_str(&format!("<li><b>{}</b> {}</li>", Html::text(&label), Html::text(&words)));
        }
        body.push_str("</ul>");
        Html(format!("<div class=\"no-print\">{}</div>", folded(self.m.overview_how(), &Html(body))))
    }

    fn head(&self) -> Html {
        let m = self.m;
        let sees = labels::sees(self.visit.viewer(), self.f.reports, self.locale);
        let mut beside = m.overview_beside(labels::span(self.f.span, self.locale), sees);
        for (value, word) in [
            (&self.f.ask.district, labels::district as fn(&str, Locale) -> String),
            (&self.f.ask.category, labels::category as fn(&str, Locale) -> String),
        ] {
            if !value.is_empty() {
                beside = m.overview_beside_filter(beside, word(value, self.locale));
            }
        }
        let presets: Vec<(String, String, Option<u64>, bool)> = Preset::ALL
            .iter()
            .map(|preset| {
                let span = Span::of(*preset, self.today());
                let href = self.f.ask.overview().within(span).href("/overview");
                (href, labels::preset(*preset, self.locale), None, span == self.f.span)
            })
            .collect();
        let districts = std::iter::once((String::new(), m.overview_all_districts()))
            .chain(District::all().iter().map(|d| (d.code().to_owned(), d.name(self.locale).to_owned())))
            .chain([(NONE.to_owned(), m.overview_district_none())]);
        let categories = std::iter::once((String::new(), m.overview_all_categories()))
            .chain(Category::all().iter().map(|c| (c.code().to_owned(), c.name(self.locale).to_owned())))
            .chain([(NONE.to_owned(), m.overview_category_none())]);
        let filters = FilterBar::new("/overview")
            .date("from", &m.overview_from(), &self.f.ask.from)
            .date("to", &m.overview_to(), &self.f.ask.to)
            .select("district", &m.overview_district(), districts, &self.f.ask.district)
            .select("category", &m.overview_category(), categories, &self.f.ask.category);
        Html::concat([
            components::print_line(
                &labels::title(self.visit.viewer(), self.locale),
                &labels::span(self.f.span, self.locale),
                &printed_by(self.visit),
                self.f.at,
                self.locale,
            ),
            components::page_head(
                &labels::title(self.visit.viewer(), self.locale),
                Html::text(&beside),
                components::print_button(&m.overview_print()),
            ),
            components::tabs(&m.overview_presets(), &presets),
            filters.html(self.locale),
        ])
    }

    fn share_tile(&self, step: Watched, what: String) -> Tile {
        let m = self.m;
        let one = self.f.step(step);
        let ask = |kept: &str| limit_ask(&self.f.ask, step, kept);
        let basis = if one.settled == 0 {
            Html::text(&m.overview_none_settled())
        } else {
            Html::fill(
                &m.overview_basis_share("{0}", "{1}"),
                &[count(one.kept, &ask("yes")), count(one.settled, &ask(""))],
            )
        };
        let late = Html::fill(&m.overview_basis_late("{0}"), &[count(one.late, &late_ask(&self.f.ask, step))]);
        Tile {
            what,
            href: ask("").href("/overview/records"),
            figure: dates::share_figure(one.kept, one.settled),
            unit: "%".to_owned(),
            basis: vec![basis, late],
        }
    }

    fn closed(&self, how: ClosedHow) -> i64 {
        self.f.closed.iter().find(|(one, _)| *one == how).map_or(0, |(_, n)| *n)
    }

    fn tiles(&self) -> Html {
        let (m, f) = (self.m, self.f);
        let some = |n: i64| Some(dates::number(n));
        let rated = f.rated();
        let first = [
            Tile {
                what: labels::label(Figure::Intake, None, self.locale),
                href: self.of(Figure::Intake).href("/overview/records"),
                figure: some(f.intake_total),
                unit: m.overview_unit_cases(),
                basis: vec![Html::text(&if f.intake_total == 0 {
                    m.overview_none_yet()
                } else {
                    m.overview_basis_intake()
                })],
            },
            self.share_tile(Watched::Accept, m.overview_accepted_in_time()),
            self.share_tile(Watched::Dispatch, m.overview_dispatched_in_time()),
            self.share_tile(Watched::Answer, m.overview_answered_in_time()),
        ];
        let by_how = |how| count(self.closed(how), &how_ask(&f.ask, how));
        let includes =
            if f.now.satisfied_from == 3 { m.overview_basic_counts() } else { m.overview_basic_counts_not() };
        let second = [
            Tile {
                what: labels::label(Figure::Confirmed, None, self.locale),
                href: self.of(Figure::Confirmed).href("/overview/records"),
                figure: some(f.confirmed),
                unit: m.overview_unit_cases(),
                basis: vec![
                    Html::fill(
                        &m.overview_basis_confirmed("{0}", "{1}", "{2}"),
                        &[by_how(ClosedHow::Firm), by_how(ClosedHow::CallBack), by_how(ClosedHow::Spot)],
                    ),
                    Html::fill(&m.overview_basis_silence("{0}"), &[by_how(ClosedHow::Silence)]),
                ],
            },
            Tile {
                what: m.overview_satisfaction(),
                href: self.of(Figure::Satisfied).href("/overview/records"),
                figure: dates::share_figure(f.satisfied, rated),
                unit: "%".to_owned(),
                basis: vec![
                    if rated == 0 {
                        Html::text(&m.overview_none_rated())
                    } else {
                        Html::fill(
                            &m.overview_basis_satisfied("{0}", "{1}"),
                            &[self.count(f.satisfied, Figure::Satisfied), self.count(rated, Figure::Rated)],
                        )
                    },
                    Html::text(&includes),
                    self.excluded(),
                ],
            },
            Tile {
                what: m.overview_mean_grade(),
                href: self.of(Figure::Rated).href("/overview/records"),
                figure: f.mean().map(dates::hundredths),
                unit: m.overview_unit_points(),
                basis: vec![
                    Html::fill(&m.overview_basis_grades("{0}"), &[self.count(rated, Figure::Rated)]),
                    if f.closed_total == 0 {
                        Html::text(&m.overview_none_closed())
                    } else {
                        Html::fill(
                            &m.overview_basis_rated("{0}", "{1}", dates::share(f.closed_rated, f.closed_total)),
                            &[
                                self.count(f.closed_total, Figure::Closed),
                                self.count(f.closed_rated, Figure::ClosedRated),
                            ],
                        )
                    },
                    self.excluded(),
                ],
            },
            Tile {
                what: labels::label(Figure::NotAchieved, None, self.locale),
                href: self.of(Figure::NotAchieved).href("/overview/records"),
                figure: some(f.not_achieved),
                unit: m.overview_unit_cases(),
                basis: vec![if f.tried == 0 {
                    Html::text(&m.overview_none_tried())
                } else {
                    Html::fill(
                        &m.overview_basis_not_achieved("{0}", dates::share(f.not_achieved, f.tried)),
                        &[self.count(f.tried, Figure::Tried)],
                    )
                }],
            },
        ];
        tiles(&first).and(&tiles(&second))
    }

    fn computed(&self) -> Html {
        let m = self.m;
        let words = Html::fill(&m.overview_computed("{0}"), &[dates::moment_record(self.f.at, self.locale)]);
        let ask = self.f.ask.overview();
        Html(format!(
            "<p class=\"quiet small computed no-print\">{} {words} {} {}</p>",
            components::icon("time"),
            components::link(&ask.href("/overview/export.xlsx"), &m.overview_export_xlsx()),
            components::link(&ask.href("/overview/export.csv"), &m.overview_export_csv()),
        ))
    }

    /// A heading that paper does without: the charts below it say what they show.
    fn head_on_screen(&self, id: &str, title: &str) -> Html {
        Html(format!("<div class=\"no-print\">{}</div>", section_head(id, title, Html::empty(), Html::empty())))
    }

    fn days(&self, sample: Sample) -> Html {
        sample.digits().map_or_else(|| quiet("–"), |digits| Html::text(&digits))
    }
}
