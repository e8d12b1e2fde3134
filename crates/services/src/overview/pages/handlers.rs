//! Windows, and whoever else handles, beside each other.

use huiqi_web::components::{self, Cell, Col, Table, quiet, section_head};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::{PROVIDERS, View, count};
use crate::overview::queries::HandlerFigures;
use crate::overview::sets::Figure;

impl View<'_> {
    pub(super) fn handlers(&self) -> Html {
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
    pub(super) fn sorted<'r>(&self, mut rows: Vec<&'r HandlerFigures>) -> Vec<&'r HandlerFigures> {
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

    pub(super) fn handler_table(&self, title: &str, id: &str, rows: &[&HandlerFigures]) -> Html {
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
