//! The overview's page: tiles, what needs attention, charts with their tables, windows and providers.

use axum::extract::Query;
use chrono::{Datelike, NaiveDate};
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Label, OVERSEERS};
use huiqi_web::charts::{Bar, Chart, Series};
use huiqi_web::components::{self, Cell, Col, FilterBar, Table, Tone, folded, quiet, section_head, status};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Visit, dates};

use super::ask::{Ask, NONE, Preset, Span, territory};
use super::labels;
use super::queries::{
    CauseFigures, Counted, Figures, HandlerFigures, SILENT_DAYS, figures, grade_ask, how_ask, late_ask, limit_ask,
    silent_span,
};
use super::sets::{Figure, Watched};
use super::time::Sample;
use crate::l10n::L10nLanguage;
use crate::requests::flow::ClosedHow;
use crate::requests::pages::grade_word;
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

    /// Paper has one page: what it leaves to the drawings is said in lines, and what it leaves out is named.
    fn on_paper(&self) -> Html {
        let (m, i) = (self.m, &self.f.intake);
        let mut lines = vec![
            Html::fill(&m.overview_computed("{0}"), &[dates::moment_record(self.f.at, self.locale)])
                .say(" ")
                .say(&m.overview_print_rest()),
        ];
        let medians: Vec<String> = Watched::ALL
            .iter()
            .filter_map(|step| {
                let time = self.f.step(*step).time;
                let label = labels::label(Figure::Time, Some(*step), self.locale);
                Some(m.overview_print_median(label, time.digits()?, dates::number(time.n)))
            })
            .collect();
        if !medians.is_empty() {
            let words = medians.join(&m.overview_join());
            lines.push(Html::text(&m.overview_note(m.overview_col_median(), words)));
        }
        if self.f.intake_total > 0 {
            let mut shares: Vec<(String, &[Counted], fn(&str, Locale) -> String)> = vec![
                (m.overview_by_channel(), &i.channels, labels::channel),
                (m.overview_by_kind(), &i.kinds, labels::kind),
            ];
            if self.f.ask.district.is_empty() {
                shares.push((m.overview_by_district(), &i.districts, labels::district));
            }
            for (title, rows, label) in shares {
                lines.push(Html::text(&self.line(&title, rows, label)));
            }
        }
        if self.f.rated() > 0 {
            let grades: Vec<Counted> = self.f.grades.iter().map(|(grade, n)| (grade.to_string(), *n)).collect();
            let word = |code: &str, locale| grade_word(code.parse().unwrap_or_default(), locale);
            lines.push(Html::text(&self.line(&m.overview_grades(), &grades, word)));
        }
        if !self.f.causes.is_empty() {
            let causes: Vec<Counted> = self.f.causes.iter().map(|row| (row.cause.clone(), row.opened)).collect();
            lines.push(Html::text(&if self.f.improvements.0 == 0 {
                self.improve_words()
            } else {
                let line = self.line(&m.overview_improvements(), &causes, labels::cause);
                m.overview_sentences(line, self.improve_words())
            }));
        }
        let lines: Vec<String> = lines.into_iter().map(|line| line.0).collect();
        Html(format!("<p class=\"only-print\">{}</p>", lines.join("<br>")))
    }

    fn desk(&self, code: &str) -> String {
        let m = self.m;
        match code {
            "operator" => m.overview_desk_operator(),
            "centre" => m.overview_desk_centre(),
            _ => m.overview_desk_bureau(),
        }
    }

    fn due(&self, day: Option<&str>) -> Html {
        match day.and_then(|d| d.parse::<NaiveDate>().ok()) {
            Some(day) => dates::due_cell(day, self.today(), self.locale),
            None => quiet("–"),
        }
    }

    fn attention(&self) -> Html {
        let (m, f) = (self.m, self.f);
        let a = &f.attention;
        let bad = || status(Tone::Bad, "stop", m.overview_overdue_word());
        let warn = |word: String| status(Tone::Warn, "alert", word);
        let soon = || status(Tone::Warn, "clock", m.overview_soon_word());
        let open = |href: &str| components::link(href, &m.overview_open_it());
        let list = |ask: &Ask| components::link(&ask.href("/overview/records"), &m.overview_open_list());
        let mut rows: Vec<[Html; 5]> = Vec::new();
        for row in &a.ladder {
            let href = format!("/cases/{}", row.number);
            let who = match row.turn.as_str() {
                "handler" => match &row.handler {
                    Some(name) => self.name(name, row.handler_en.as_deref()),
                    None => quiet("–"),
                },
                "firm" => Html::text(&m.overview_who_firm()),
                _ => Html::text(&self.desk(&row.desk)),
            };
            let what = Html(format!(
                "<a href=\"{}\">{}</a> {}",
                Html::text(&href),
                components::in_language(&row.title, Locale::Zh, self.locale),
                quiet(components::reference(&row.number))
            ));
            rows.push([bad(), what, who, self.due(row.due_on.as_deref()), open(&href)]);
        }
        let more = a.ladder_total - i64::try_from(a.ladder.len()).unwrap_or_default();
        if more > 0 {
            let words = components::link(
                &self.of(Figure::Ladder).href("/overview/records"),
                &m.overview_ladder_more(dates::number(more)),
            );
            rows.push([bad(), words, quiet("–"), quiet("–"), list(&self.of(Figure::Ladder))]);
        }
        let figure = |figure: Figure, n: i64| {
            let label = m.overview_todo(labels::label(figure, None, self.locale), dates::number(n));
            components::link(&self.of(figure).href("/overview/records"), &label)
        };
        let improvers = || Html::text(&m.overview_who_improvers());
        let (n, due) = (&a.improve_overdue.0, a.improve_overdue.1.as_deref());
        if *n > 0 {
            let ask = self.of(Figure::ImproveOverdue);
            rows.push([bad(), figure(Figure::ImproveOverdue, *n), improvers(), self.due(due), list(&ask)]);
        }
        for window in &a.silent {
            let ask =
                self.of(Figure::Given).within(silent_span(self.today())).with(|a| a.window.clone_from(&window.number));
            let name = self.name(&window.name, window.name_en.as_deref());
            let words = m.overview_silent("{0}", SILENT_DAYS.to_string(), dates::number(window.offers));
            let what = Html(format!(
                "<a href=\"{}\">{}</a>",
                Html::text(&ask.href("/overview/records")),
                Html::fill(&words, std::slice::from_ref(&name))
            ));
            rows.push([warn(m.overview_silent_word()), what, name, quiet("–"), list(&ask)]);
        }
        let (n, due) = (&a.improve_uncalled.0, a.improve_uncalled.1.as_deref());
        if *n > 0 {
            let ask = self.of(Figure::ImproveUncalled);
            rows.push([soon(), figure(Figure::ImproveUncalled, *n), improvers(), self.due(due), list(&ask)]);
        }
        if f.calls.overdue > 0 {
            let ask = self.of(Figure::CallsOverdue);
            rows.push([
                bad(),
                figure(Figure::CallsOverdue, f.calls.overdue),
                Html::text(&m.overview_who_callers()),
                quiet("–"),
                list(&ask),
            ]);
        }
        if a.unreached > 0 {
            let ask = self.of(Figure::Unreached);
            rows.push([
                warn(m.overview_unreached_word()),
                figure(Figure::Unreached, a.unreached),
                Html::text(&m.overview_who_callers()),
                quiet("–"),
                list(&ask),
            ]);
        }
        if let Some(year) = a.calendar {
            let words = m.overview_calendar_missing(year.to_string());
            let (what, go) = if self.visit.may_open("/settings/calendar") {
                (components::link("/settings/calendar", &words), open("/settings/calendar"))
            } else {
                (Html::text(&words), quiet("–"))
            };
            rows.push([warn(m.overview_calendar_word()), what, Html::text(&m.overview_who_admin()), quiet("–"), go]);
        }
        let body = if rows.is_empty() {
            components::empty_small(m.overview_nothing_urgent())
        } else {
            let mut table = Table::new(&m.overview_attention_caption())
                .cards()
                .row_head(1)
                .col(Col::text(&m.overview_col_weight()))
                .col(Col::text(&m.overview_col_matter()))
                .col(Col::text(&m.overview_col_who()))
                .col(Col::nowrap(&m.overview_col_due()))
                .col(Col::text(&m.overview_col_you_may()));
            for row in &rows {
                table.push("", row.clone());
            }
            let html = table.html().0.replacen("class=\"table as-cards\"", "class=\"table as-cards attention\"", 1);
            Html(html)
        };
        let n = i64::try_from(rows.len()).unwrap_or_default();
        let title = if n == 0 { m.overview_attention_none() } else { m.overview_attention(dates::number(n)) };
        Html(format!(
            "<section class=\"section no-print\" aria-labelledby=\"attention\">{}{body}{}</section>",
            section_head("attention", &title, Html::text(&m.overview_attention_beside()), Html::empty()),
            self.how(&[
                (Figure::Ladder, None),
                (Figure::ImproveOverdue, None),
                (Figure::ImproveUncalled, None),
                (Figure::Unreached, None),
            ]),
        ))
    }

    /// Requests by one property: bars by length, and the table.
    fn by(
        &self,
        title: &str,
        column: &str,
        rows: &[Counted],
        label: fn(&str, Locale) -> String,
        narrow: fn(&mut Ask, String),
    ) -> Html {
        let m = self.m;
        let total: i64 = rows.iter().map(|(_, n)| n).sum();
        let mut rows: Vec<&Counted> = rows.iter().filter(|(code, n)| *n > 0 || code != NONE).collect();
        rows.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let Some((first, most)) = rows.first() else { return Html::empty() };
        let bars = rows
            .iter()
            .map(|(code, n)| Bar { label: label(code, self.locale), value: length(*n), note: String::new() })
            .collect();
        let mut table = Table::new(title)
            .tight()
            .col(Col::text(column))
            .col(Col::num(&m.overview_col_cases()))
            .col(Col::num(&m.overview_col_share()));
        for (code, n) in &rows {
            let ask = self.of(Figure::Intake).with(|ask| narrow(ask, code.clone()));
            table.push(
                "",
                [Html::text(&label(code, self.locale)), count(*n, &ask), Html::text(&dates::share(*n, total))],
            );
        }
        let table = table.foot([
            Html::text(&m.overview_total()),
            count(total, &self.of(Figure::Intake)),
            Html::text(&dates::share(total, total)),
        ]);
        let finding = m.overview_most(label(first, self.locale), dates::number(*most), dates::share(*most, total));
        let chart =
            Chart::bars(title, bars).finding(&finding).basis(&m.overview_basis_chart(title, dates::number(total)));
        with_table(&chart, &table, self.locale)
    }

    fn month_name(&self, month: Span) -> String {
        self.m.overview_month(month.from.year().to_string(), dates::month_short(month.from, self.locale))
    }

    fn months(&self) -> Html {
        let (m, months) = (self.m, &self.f.intake.months);
        let total: i64 = months.iter().map(|(_, n)| n).sum();
        let Some((top, most)) = months.iter().rev().max_by_key(|(_, n)| *n) else { return Html::empty() };
        let names = months.iter().map(|(month, _)| dates::month_short(month.from, self.locale)).collect();
        let values = months.iter().map(|(_, n)| length(*n)).collect();
        let title = m.overview_by_month();
        let mut table =
            Table::new(&title).tight().col(Col::text(&m.overview_col_month())).col(Col::num(&m.overview_col_cases()));
        for (month, n) in months {
            let ask = self.of(Figure::Intake).within(*month);
            table.push("", [Html::text(&self.month_name(*month)), count(*n, &ask)]);
        }
        let whole = Span { from: months[0].0.from, to: self.f.span.to };
        let table = table.foot([Html::text(&m.overview_total()), count(total, &self.of(Figure::Intake).within(whole))]);
        let basis = if whole == self.f.span {
            m.overview_basis_chart(&title, dates::number(total))
        } else {
            m.overview_basis_last_months(&title, dates::number(total))
        };
        let chart = Chart::columns(&title, names, vec![Series { name: title.clone(), values }])
            .finding(&m.overview_most_month(self.month_name(*top), dates::number(*most)))
            .basis(&basis);
        with_table(&chart, &table, self.locale)
    }

    /// What the charts that stay off paper would say, in one line.
    fn line(&self, title: &str, rows: &[Counted], label: fn(&str, Locale) -> String) -> String {
        let mut rows: Vec<&Counted> = rows.iter().filter(|(_, n)| *n > 0).collect();
        rows.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let words: Vec<String> =
            rows.iter().map(|(code, n)| format!("{} {}", label(code, self.locale), dates::number(*n))).collect();
        self.m.overview_note(title, words.join(&self.m.overview_join()))
    }

    fn intake(&self) -> Html {
        let (m, f) = (self.m, self.f);
        let i = &f.intake;
        let body = if f.intake_total == 0 {
            components::empty_small(m.overview_none_yet())
        } else {
            let (channel, kind, district) = (m.overview_by_channel(), m.overview_by_kind(), m.overview_by_district());
            // Of one district all are in it.
            let districts = if f.ask.district.is_empty() {
                self.by(&district, &m.overview_district(), &i.districts, labels::district, |a, v| a.district = v)
            } else {
                Html::empty()
            };
            Html(format!(
                "<div class=\"charts\"><div>{}<div class=\"no-print\">{}{}</div></div><div>{}<div class=\"no-print\">{}</div></div></div>",
                self.months(),
                self.by(&channel, &m.overview_col_channel(), &i.channels, labels::channel, |a, v| a.channel = v),
                self.by(&kind, &m.overview_col_kind(), &i.kinds, labels::kind, |a, v| a.kind = v),
                self.by(&m.overview_by_category(), &m.overview_category(), &i.categories, labels::category, |a, v| {
                    a.category = v;
                }),
                districts,
            ))
        };
        Html(format!(
            "<section class=\"section\" aria-labelledby=\"intake\">{}{body}{}</section>",
            self.head_on_screen("intake", &m.overview_intake_head()),
            self.how(&[(Figure::Intake, None)])
        ))
    }

    /// A heading that paper does without: the charts below it say what they show.
    fn head_on_screen(&self, id: &str, title: &str) -> Html {
        Html(format!("<div class=\"no-print\">{}</div>", section_head(id, title, Html::empty(), Html::empty())))
    }

    fn days(&self, sample: Sample) -> Html {
        sample.digits().map_or_else(|| quiet("–"), |digits| Html::text(&digits))
    }

    fn steps(&self) -> Html {
        let m = self.m;
        let mut table = Table::new(&m.overview_steps())
            .show_caption()
            .tight()
            .cards()
            .col(Col::text(&m.overview_col_step()))
            .col(Col::num(&m.overview_col_settled_n()))
            .col(Col::num(&m.overview_kept()))
            .col(Col::num(&m.overview_missed()))
            .col(Col::num(&m.overview_col_kept_share()))
            .col(Col::num(&m.overview_col_median_short()))
            .col(Col::num(&m.overview_col_sample()))
            .col(Col::num(&m.overview_col_late_now()));
        for step in Watched::ALL {
            let one = self.f.step(*step);
            let ask = |kept: &str| limit_ask(&self.f.ask, *step, kept);
            let time = self.of(Figure::Time).with(|a| a.step = step.code().to_owned());
            table.push(
                "",
                [
                    Html::text(&labels::label(Figure::Time, Some(*step), self.locale)),
                    count(one.settled, &ask("")),
                    count(one.kept, &ask("yes")),
                    count(one.settled - one.kept, &ask("no")),
                    Html::text(&dates::share(one.kept, one.settled)),
                    self.days(one.time),
                    count(one.time.n, &time),
                    count(one.late, &late_ask(&self.f.ask, *step)),
                ],
            );
        }
        Html(format!("<div class=\"section no-print\">{}</div>", table.html()))
    }

    fn endings(&self) -> Html {
        let (m, f) = (self.m, self.f);
        let mut table = Table::new(&m.overview_endings())
            .show_caption()
            .tight()
            .col(Col::text(&m.overview_col_ending()))
            .col(Col::num(&m.overview_col_cases()))
            .col(Col::num(&m.overview_col_share_closed()));
        for (how, n) in &f.closed {
            let label = how.label(self.locale);
            let label = if *how == ClosedHow::Silence { m.overview_not_confirmed(label) } else { label };
            table.push(
                "",
                [Html::text(&label), count(*n, &how_ask(&f.ask, *how)), Html::text(&dates::share(*n, f.closed_total))],
            );
        }
        for (figure, n) in [(Figure::Refused, f.refused), (Figure::Withdrawn, f.withdrawn), (Figure::Merged, f.merged)]
        {
            table.push("", [Html::text(&labels::label(figure, None, self.locale)), self.count(n, figure), quiet("–")]);
        }
        table.html()
    }

    /// That some grades do not count after an appeal, wherever a figure is made of grades.
    fn excluded(&self) -> Html {
        if self.f.excluded == 0 {
            return Html::empty();
        }
        Html::fill(&self.m.appeal_excluded("{0}"), &[self.count(self.f.excluded, Figure::Excluded)])
    }

    fn ratings(&self) -> Html {
        let (m, f) = (self.m, self.f);
        let rated = f.rated();
        let title = m.overview_grades();
        if rated == 0 {
            return Html(format!(
                "<section class=\"section\" aria-labelledby=\"grades\"><h3 id=\"grades\">{}</h3>{}</section>",
                Html::text(&title),
                components::empty_small(m.overview_none_rated())
            ));
        }
        let bars = f
            .grades
            .iter()
            .map(|(grade, n)| Bar { label: grade_word(*grade, self.locale), value: length(*n), note: String::new() })
            .collect();
        let mut table = Table::new(&title)
            .tight()
            .col(Col::text(&m.overview_col_grade()))
            .col(Col::num(&m.overview_col_grades()))
            .col(Col::num(&m.overview_col_share()));
        for (grade, n) in &f.grades {
            table.push(
                "",
                [
                    Html::text(&m.overview_grade_word(grade.to_string(), grade_word(*grade, self.locale))),
                    count(*n, &grade_ask(&f.ask, *grade)),
                    Html::text(&dates::share(*n, rated)),
                ],
            );
        }
        let table = table.foot([
            Html::text(&m.overview_total()),
            self.count(rated, Figure::Rated),
            Html::text(&dates::share(rated, rated)),
        ]);
        let mean = f.mean().map(dates::hundredths).unwrap_or_default();
        let basic = if f.now.satisfied_from == 3 { m.overview_basic_counts() } else { m.overview_basic_counts_not() };
        let basic = if f.excluded == 0 { basic } else { m.appeal_basis(&basic, dates::number(f.excluded)) };
        let chart = Chart::bars(&title, bars)
            .finding(&m.overview_grades_finding(dates::share(f.satisfied, rated), mean))
            .basis(&m.overview_grades_basis(dates::number(rated), basic));
        with_table(&chart, &table, self.locale)
    }

    fn improvements(&self) -> Html {
        let (m, f) = (self.m, self.f);
        let (opened, closed, open) = f.improvements;
        let title = m.overview_improvements();
        if f.causes.is_empty() {
            return Html(format!(
                "<section class=\"section\" aria-labelledby=\"improve\"><h3 id=\"improve\">{}</h3>{}</section>",
                Html::text(&title),
                components::empty_small(m.overview_none_improved())
            ));
        }
        let mut causes: Vec<&CauseFigures> = f.causes.iter().collect();
        causes.sort_by_key(|row| std::cmp::Reverse(row.opened));
        let bars = causes
            .iter()
            .map(|row| Bar {
                label: labels::cause(&row.cause, self.locale),
                value: length(row.opened),
                note: String::new(),
            })
            .collect();
        let mut table = Table::new(&title)
            .tight()
            .col(Col::text(&m.overview_col_cause()))
            .col(Col::num(&m.overview_col_improve_opened()))
            .col(Col::num(&m.overview_col_improve_closed()))
            .col(Col::num(&m.overview_col_improve_open()));
        for row in &causes {
            let ask = |figure| self.of(figure).with(|a| a.cause.clone_from(&row.cause));
            table.push(
                "",
                [
                    Html::text(&labels::cause(&row.cause, self.locale)),
                    count(row.opened, &ask(Figure::ImproveOpened)),
                    count(row.closed, &ask(Figure::ImproveClosed)),
                    count(row.open, &ask(Figure::ImproveOpen)),
                ],
            );
        }
        let table = table.foot([
            Html::text(&m.overview_total()),
            self.count(opened, Figure::ImproveOpened),
            self.count(closed, Figure::ImproveClosed),
            self.count(open, Figure::ImproveOpen),
        ]);
        let top = causes.iter().find(|row| row.cause != NONE && row.opened > 0);
        let finding = match top {
            Some(row) => m.overview_cause_most(labels::cause(&row.cause, self.locale), dates::number(row.opened)),
            None => title.clone(),
        };
        let chart = Chart::bars(&title, bars)
            .finding(&finding)
            .basis(&m.overview_sentences(m.overview_improve_chart_basis(), self.improve_words()));
        with_table(&chart, &table, self.locale)
    }

    /// Call-backs: made, reached, solved, each with what it rests on.
    fn calls(&self) -> Html {
        let (m, c) = (self.m, self.f.calls);
        let mut table = Table::new(&m.overview_calls())
            .show_caption()
            .tight()
            .col(Col::text(&m.overview_col_calls()))
            .col(Col::num(&m.overview_col_cases()))
            .col(Col::num(&m.overview_col_share()));
        let share = |part: i64, whole: i64, what: String| {
            if whole == 0 {
                quiet("–")
            } else {
                Html::text(&m.overview_calls_share(dates::share(part, whole), what, dates::number(whole)))
            }
        };
        let (of_made, of_reached) = (m.overview_calls_of_made(), m.overview_calls_of_reached());
        for (figure, n, beside) in [
            (Figure::CallsMade, c.made, quiet("–")),
            (Figure::CallsReached, c.reached, share(c.reached, c.made, of_made.clone())),
            (Figure::CallsSolved, c.solved, share(c.solved, c.reached, of_reached)),
            (Figure::CallsUnreached, c.unreached, share(c.unreached, c.made, of_made)),
            (Figure::CallsOpen, c.open, quiet("–")),
            (Figure::CallsOverdue, c.overdue, quiet("–")),
        ] {
            let label = labels::label(figure, None, self.locale);
            table.push("", [Html::text(&label), self.count(n, figure), beside]);
        }
        table.html()
    }

    fn improve_words(&self) -> String {
        let (m, f) = (self.m, self.f);
        let (opened, closed, open) = f.improvements;
        let counts = m.overview_improve_basis(dates::number(opened), dates::number(closed), dates::number(open));
        let median = match f.improve_time.digits() {
            Some(digits) => m.overview_improve_median(digits, dates::number(f.improve_time.n)),
            None => m.overview_improve_no_median(),
        };
        m.overview_sentences(counts, median)
    }

    fn work(&self) -> Html {
        let m = self.m;
        let head = section_head("work", &m.overview_work_head(), Html::empty(), Html::empty());
        let steps: Vec<(Figure, Option<Watched>)> = [Figure::Limit, Figure::Time]
            .into_iter()
            .flat_map(|figure| Watched::ALL.iter().map(move |step| (figure, Some(*step))))
            .chain([
                (Figure::Late, Some(Watched::Answer)),
                (Figure::Confirmed, None),
                (Figure::Closed, None),
                (Figure::NotAchieved, None),
                (Figure::Tried, None),
                (Figure::Rated, None),
                (Figure::Satisfied, None),
                (Figure::ClosedRated, None),
                (Figure::ImproveOpened, None),
                (Figure::ImproveClosed, None),
                (Figure::ImproveOpen, None),
                (Figure::CallsMade, None),
                (Figure::CallsReached, None),
                (Figure::CallsSolved, None),
                (Figure::CallsUnreached, None),
                (Figure::CallsOpen, None),
                (Figure::CallsOverdue, None),
            ])
            .collect();
        Html(format!(
            "<section class=\"section no-print\" aria-labelledby=\"work\">{head}{}<div class=\"charts\"><div>{}{}{}</div><div>{}</div></div>{}</section>",
            self.steps(),
            self.ratings(),
            self.endings(),
            self.calls(),
            self.improvements(),
            self.how(&steps)
        ))
    }

    fn handlers(&self) -> Html {
        let m = self.m;
        let (windows, mut others): (Vec<&HandlerFigures>, Vec<&HandlerFigures>) =
            self.f.handlers.iter().partition(|row| row.is_window());
        others.sort_by_key(|row| std::cmp::Reverse(row.given));
        let hidden = if self.asked.show == "all" { 0 } else { others.len().saturating_sub(PROVIDERS) };
        let (windows, mut others) = (self.sorted(windows), self.sorted(others));
        others.truncate(others.len() - hidden);
        let block = |id: &str, title: String, rows: &[&HandlerFigures], none: String| {
            let body =
                if rows.is_empty() { components::empty_small(none) } else { self.handler_table(&title, id, rows) };
            Html(format!(
                "<section class=\"section no-print\" aria-labelledby=\"{id}\">{}{body}",
                section_head(id, &title, Html::text(&m.overview_handlers_beside()), Html::empty()),
            ))
        };
        let all = if hidden > 0 {
            let ask = self.f.ask.overview().with(|a| {
                a.show = "all".to_owned();
                a.sort.clone_from(&self.asked.sort);
            });
            let words = m.overview_all_providers((others.len() + hidden).to_string());
            Html(format!("<p>{}</p>", components::link(&format!("{}#others", ask.href("/overview")), &words)))
        } else {
            Html::empty()
        };
        let how = self.how(&[
            (Figure::Given, None),
            (Figure::Taken, None),
            (Figure::Declined, None),
            (Figure::NotAchieved, None),
            (Figure::Reported, None),
            (Figure::Open, None),
            (Figure::Overdue, None),
        ]);
        Html::concat([
            block("windows", m.overview_windows(), &windows, m.overview_no_windows()),
            Html::raw("</section>"),
            block("others", m.overview_others(), &others, m.overview_no_others()),
            all,
            how,
            Html::raw("</section>"),
        ])
    }

    /// Sorted by a column; those that have nothing there stand last either way.
    fn sorted<'r>(&self, mut rows: Vec<&'r HandlerFigures>) -> Vec<&'r HandlerFigures> {
        let (key, down) = match self.asked.sort.strip_prefix('-') {
            Some(key) => (key, true),
            None => (self.asked.sort.as_str(), false),
        };
        let value = |row: &HandlerFigures| -> Option<i64> {
            match key {
                "given" => Some(row.given),
                "taken" => Some(row.taken),
                "declined" => Some(row.declined),
                "missed" => Some(row.not_achieved),
                "reported" => Some(row.reported),
                "take" => row.to_take.tenths,
                "answer" => row.to_answer.tenths,
                "grade" => row.mean(),
                "open" => Some(row.open),
                "overdue" => Some(row.overdue),
                _ => None,
            }
        };
        rows.sort_by_key(|row| match value(row) {
            Some(value) if down => (0, -value),
            Some(value) => (0, value),
            None => (1, 0),
        });
        rows
    }

    fn handler_table(&self, title: &str, id: &str, rows: &[&HandlerFigures]) -> Html {
        let m = self.m;
        let head = |label: String, key: &str| {
            let now = match self.asked.sort.strip_prefix('-') {
                Some(sort) if sort == key => Some("descending"),
                None if self.asked.sort == key => Some("ascending"),
                _ => None,
            };
            let next = if now == Some("descending") { key.to_owned() } else { format!("-{key}") };
            let ask = self.f.ask.overview().with(|a| {
                a.sort = next;
                a.show.clone_from(&self.asked.show);
            });
            Col::num(&label).sort(&format!("{}#{id}", ask.href("/overview")), now)
        };
        let mut table = Table::new(title)
            .tight()
            .cards()
            .col(Col::text(&m.overview_col_handler()).bare())
            .col(head(m.overview_given(), "given"))
            .col(head(m.overview_taken(), "taken"))
            .col(head(m.overview_declined(), "declined"))
            .col(head(m.overview_not_achieved(), "missed"))
            .col(head(m.overview_reported(), "reported"))
            .col(head(m.overview_col_take(), "take"))
            .col(head(m.overview_col_answer(), "answer"))
            .col(head(m.overview_col_grade_n(), "grade"))
            .col(head(m.overview_open(), "open"))
            .col(head(m.overview_overdue(), "overdue"));
        for row in rows {
            let figure = |figure: Figure, n: i64| {
                count(
                    n,
                    &self.of(figure).with(|a| {
                        if row.is_window() { a.window.clone_from(&row.number) } else { a.org.clone_from(&row.number) }
                    }),
                )
            };
            let grade = match row.mean() {
                Some(mean) => Html::fill(
                    &m.overview_grade_cell(dates::hundredths(mean), "{0}"),
                    &[figure(Figure::Rated, row.grades)],
                ),
                None => quiet("–"),
            };
            let cells: Vec<Cell> = vec![
                self.name(&row.name, row.name_en.as_deref()).into(),
                figure(Figure::Given, row.given).into(),
                figure(Figure::Taken, row.taken).into(),
                figure(Figure::Declined, row.declined).into(),
                figure(Figure::NotAchieved, row.not_achieved).into(),
                figure(Figure::Reported, row.reported).into(),
                self.days(row.to_take).into(),
                self.days(row.to_answer).into(),
                grade.into(),
                figure(Figure::Open, row.open).into(),
                figure(Figure::Overdue, row.overdue).into(),
            ];
            table.push("", cells);
        }
        table.html()
    }
}
