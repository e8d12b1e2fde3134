//! The one page on paper: what the drawings leave to lines.

use huiqi_kernel::locale::Locale;
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::View;
use crate::overview::labels;
use crate::overview::queries::Counted;
use crate::overview::sets::{Figure, Watched};
use crate::requests::pages::grade_word;

impl View<'_> {
    /// Paper has one page: what it leaves to the drawings is said in lines, and what it leaves out is named.
    pub(super) fn on_paper(&self) -> Html {
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
            lines.push(Html::text(&self.line(&m.overview_by_channel(), &i.channels, labels::channel)));
            lines.push(Html::text(&self.line(&m.overview_by_kind(), &i.kinds, labels::kind)));
            if self.f.ask.district.is_empty() {
                lines.push(Html::text(&self.line(&m.overview_by_district(), &i.districts, labels::district)));
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

    /// What the charts that stay off paper would say, in one line.
    pub(super) fn line(&self, title: &str, rows: &[Counted], label: fn(&str, Locale) -> String) -> String {
        let mut rows: Vec<&Counted> = rows.iter().filter(|(_, n)| *n > 0).collect();
        rows.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let words: Vec<String> =
            rows.iter().map(|(code, n)| format!("{} {}", label(code, self.locale), dates::number(*n))).collect();
        self.m.overview_note(title, words.join(&self.m.overview_join()))
    }
}
