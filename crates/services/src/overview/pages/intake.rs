//! What came in: months, channels, kinds, categories, districts.

use chrono::Datelike;
use huiqi_kernel::locale::Locale;
use huiqi_web::charts::{Bar, Chart, Series};
use huiqi_web::components::{self, Col, Table};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::{View, count, length, with_table};
use crate::overview::ask::{Ask, NONE, Span};
use crate::overview::labels;
use crate::overview::queries::Counted;
use crate::overview::sets::Figure;

impl View<'_> {
    /// Requests by one property: bars by length, and the table.
    pub(super) fn by(
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

    pub(super) fn month_name(&self, month: Span) -> String {
        self.m.overview_month(month.from.year().to_string(), dates::month_short(month.from, self.locale))
    }

    pub(super) fn months(&self) -> Html {
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

    pub(super) fn intake(&self) -> Html {
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
}
