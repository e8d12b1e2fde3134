//! What wants attention now.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_web::components::{self, Col, Table, Tone, quiet, section_head, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::View;
use crate::overview::ask::Ask;
use crate::overview::labels;
use crate::overview::queries::{SILENT_DAYS, silent_span};
use crate::overview::sets::Figure;

impl View<'_> {
    pub(super) fn desk(&self, code: &str) -> String {
        let m = self.m;
        match code {
            "operator" => m.overview_desk_operator(),
            "centre" => m.overview_desk_centre(),
            _ => m.overview_desk_bureau(),
        }
    }

    pub(super) fn due(&self, day: Option<&str>) -> Html {
        match day.and_then(|d| d.parse::<NaiveDate>().ok()) {
            Some(day) => dates::due_cell(day, self.today(), self.locale),
            None => quiet("–"),
        }
    }

    pub(super) fn attention(&self) -> Html {
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
}
