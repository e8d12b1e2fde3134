//! How it was done: steps, endings, grades, improvements, call-backs.

use huiqi_kernel::people::Label;
use huiqi_web::charts::{Bar, Chart};
use huiqi_web::components::{self, Col, Table, quiet, section_head};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::{View, count, length, with_table};
use crate::overview::ask::NONE;
use crate::overview::labels;
use crate::overview::queries::{CauseFigures, grade_ask, how_ask, late_ask, limit_ask};
use crate::overview::sets::{Figure, Watched};
use crate::requests::flow::ClosedHow;
use crate::requests::pages::grade_word;

impl View<'_> {
    pub(super) fn steps(&self) -> Html {
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

    pub(super) fn endings(&self) -> Html {
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
    pub(super) fn excluded(&self) -> Html {
        if self.f.excluded == 0 {
            return Html::empty();
        }
        Html::fill(&self.m.appeal_excluded("{0}"), &[self.count(self.f.excluded, Figure::Excluded)])
    }

    pub(super) fn ratings(&self) -> Html {
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

    pub(super) fn improvements(&self) -> Html {
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
    pub(super) fn calls(&self) -> Html {
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

    pub(super) fn improve_words(&self) -> String {
        let (m, f) = (self.m, self.f);
        let (opened, closed, open) = f.improvements;
        let counts = m.overview_improve_basis(dates::number(opened), dates::number(closed), dates::number(open));
        let median = match f.improve_time.digits() {
            Some(digits) => m.overview_improve_median(digits, dates::number(f.improve_time.n)),
            None => m.overview_improve_no_median(),
        };
        m.overview_sentences(counts, median)
    }

    pub(super) fn work(&self) -> Html {
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
}
