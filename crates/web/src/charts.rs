//! Charts from the server: small SVG in the hand of the design sheet, with the table that carries the figures.
//!
//! Two series at most, no second axis, no style attributes: sizes are attributes, colours are classes. The drawing is
//! 560 units wide; on phones it shrinks while its words do not, so labels leave room for type of 20 units.

use std::fmt::Write as _;

use crate::components::Table;
use crate::kernel::locale::Locale;
use crate::layout::Html;
use crate::{dates, t};

const WIDTH: f64 = 560.0;
/// Size of words on phones, in units of the drawing.
const LARGE: f64 = 20.0;
/// Longest label beside a bar, in Han; longer ones are cut with an ellipsis (the table has them whole).
const LABEL_HAN: usize = 9;

/// One line of figures with its name.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name, for the key.
    pub name: String,
    /// One figure a label.
    pub values: Vec<f64>,
}

/// One horizontal bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Whose it is.
    pub label: String,
    /// Its length.
    pub value: f64,
    /// Words after the figure, such as “over the limit”.
    pub note: String,
}

/// A chart: the finding, on what it rests, the drawing, the table.
#[derive(Clone, Debug)]
pub struct Chart {
    finding: String,
    basis: String,
    title: String,
    plot: Plot,
    table: Option<Table>,
    decimals: usize,
}

#[derive(Clone, Debug)]
enum Plot {
    Columns { labels: Vec<String>, series: Vec<Series> },
    Bars { bars: Vec<Bar>, limit: Option<(f64, String)> },
    Line { labels: Vec<String>, series: Vec<Series> },
}

impl Chart {
    fn new(title: &str, plot: Plot) -> Chart {
        Chart { finding: String::new(), basis: String::new(), title: title.to_string(), plot, table: None, decimals: 0 }
    }

    /// Columns over labels, the second series stacked on the first; further series are not drawn.
    pub fn columns(title: &str, labels: Vec<String>, series: Vec<Series>) -> Chart {
        Chart::new(title, Plot::Columns { labels, series })
    }

    /// Horizontal bars, in the order given.
    pub fn bars(title: &str, bars: Vec<Bar>) -> Chart {
        Chart::new(title, Plot::Bars { bars, limit: None })
    }

    /// One or two lines over labels.
    pub fn line(title: &str, labels: Vec<String>, series: Vec<Series>) -> Chart {
        Chart::new(title, Plot::Line { labels, series })
    }

    /// What the chart shows, said as a finding; the title stands in if it is not given.
    #[must_use]
    pub fn finding(mut self, words: &str) -> Chart {
        self.finding = words.to_string();
        self
    }

    /// Unit and sample.
    #[must_use]
    pub fn basis(mut self, words: &str) -> Chart {
        self.basis = words.to_string();
        self
    }

    /// A line across the bars, with its words.
    #[must_use]
    pub fn limit(mut self, value: f64, words: &str) -> Chart {
        if let Plot::Bars { limit, .. } = &mut self.plot {
            *limit = Some((value, words.to_string()));
        }
        self
    }

    /// Decimals of the figures in the drawing; none if nothing is said.
    #[must_use]
    pub fn decimals(mut self, places: usize) -> Chart {
        self.decimals = places;
        self
    }

    /// The table that carries the figures.
    #[must_use]
    pub fn table(mut self, table: Table) -> Chart {
        self.table = Some(table.tight());
        self
    }

    /// The markup.
    pub fn html(&self, locale: Locale) -> Html {
        let finding = if self.finding.is_empty() { &self.title } else { &self.finding };
        let mut out = format!("<figure class=\"chart section\"><figcaption><b>{}</b>", Html::text(finding));
        if !self.basis.is_empty() {
            let _ = write!(out, "<span>{}</span>", Html::text(&self.basis));
        }
        out.push_str("</figcaption>");
        let title = Html::text(&t(locale).web_chart_title(self.title.as_str()));
        match &self.plot {
            Plot::Columns { labels, series } => {
                let series = &series[..series.len().min(2)];
                out.push_str(&key(series, false));
                out.push_str(&columns(&title, labels, series, self.decimals));
            }
            Plot::Bars { bars, limit } => {
                let limit = limit.as_ref().map(|(value, words)| (*value, words.as_str()));
                out.push_str(&horizontal(&title, bars, limit, self.decimals));
            }
            Plot::Line { labels, series } => {
                let series = &series[..series.len().min(2)];
                out.push_str(&key(series, true));
                out.push_str(&lines(&title, labels, series, self.decimals));
            }
        }
        if let Some(table) = &self.table {
            out.push_str(&table.html().0);
        }
        out.push_str("</figure>");
        Html(out)
    }
}

/// The key stands above the drawing, and only where there is something to tell apart.
fn key(series: &[Series], as_lines: bool) -> String {
    if series.len() < 2 {
        return String::new();
    }
    let mut out = String::from("<ul class=\"key\">");
    for (i, one) in series.iter().enumerate() {
        let sign = match (as_lines, i) {
            (false, 0) => "<rect class=\"c1\" width=\"12\" height=\"12\"/>",
            (false, _) => "<rect class=\"c3\" x=\".5\" y=\".5\" width=\"11\" height=\"11\"/>",
            (true, 0) => "<path class=\"c1 stroke\" d=\"M0 6h12\"/>",
            (true, _) => "<path class=\"stroke is-2\" d=\"M0 6h12\"/>",
        };
        let _ = write!(
            out,
            "<li><svg aria-hidden=\"true\" viewBox=\"0 0 12 12\">{sign}</svg>{}</li>",
            Html::text(&one.name)
        );
    }
    out.push_str("</ul>");
    out
}

/// A round step so that at most `most` of them fit under `max`.
fn step(max: f64, most: f64, whole: bool) -> f64 {
    let mut unit = 10f64.powf((max.max(1e-9) / most).log10().floor());
    if whole && unit < 1.0 {
        unit = 1.0;
    }
    for factor in [1.0, 2.0, 5.0, 10.0] {
        if max / (unit * factor) < most {
            return unit * factor;
        }
    }
    unit * 10.0
}

fn figure(value: f64, decimals: usize) -> String {
    if decimals == 0 {
        // Rounded first, so the cast keeps the value; beyond 2^53 no figure of ours goes.
        #[allow(clippy::cast_possible_truncation)]
        return dates::number(value.round() as i64);
    }
    format!("{value:.decimals$}")
}

fn tick(value: f64, unit: f64) -> String {
    figure(value, usize::from(unit.fract() > 1e-9))
}

/// Neither endless nor less than nothing.
fn sane(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

/// Width of a label in Han: Latin letters and digits take about half.
fn han(words: &str) -> f64 {
    words.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}

fn cut(words: &str, most: f64) -> String {
    if han(words) <= most {
        return words.to_string();
    }
    let mut out = String::new();
    let mut width = 1.0;
    for c in words.chars() {
        width += if c.is_ascii() { 0.55 } else { 1.0 };
        if width > most {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn open(title: &Html, height: f64) -> String {
    format!("<svg class=\"plot\" viewBox=\"0 0 560 {height:.0}\" role=\"img\"><title>{title}</title>")
}

fn grid(max: f64, bottom: f64, top: f64, x0: f64, decimals: usize) -> (String, f64) {
    let domain = max * 1.1;
    let scale = (bottom - top) / domain;
    let unit = step(max, 4.0, decimals == 0);
    let mut out = String::new();
    let mut value = 0.0;
    while value <= domain + 1e-9 {
        let y = bottom - value * scale;
        let class = if value == 0.0 { "base" } else { "gridline" };
        let _ = write!(
            out,
            "<line class=\"{class}\" x1=\"{x0:.0}\" x2=\"556\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            x0 - 8.0,
            y + 4.5,
            tick(value, unit)
        );
        value += unit;
    }
    (out, scale)
}

/// Room for the figures at the left, wide enough for phones.
fn left_room(max: f64, decimals: usize) -> f64 {
    let digits = tick(max * 1.1, step(max, 4.0, decimals == 0)).chars().count().max(3);
    #[allow(clippy::cast_precision_loss)]
    let room = digits as f64 * LARGE * 0.62 + 9.0;
    room.max(46.0)
}

/// Every how many labels one is written, so that they do not run into each other on phones.
fn every(labels: &[String], pitch: f64) -> usize {
    let widest = labels.iter().map(|label| han(label)).fold(0.0, f64::max) * LARGE + 6.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let n = (widest / pitch.max(1.0)).ceil() as usize;
    n.max(1)
}

#[allow(clippy::cast_precision_loss)]
fn columns(title: &Html, labels: &[String], series: &[Series], decimals: usize) -> String {
    let at = |s: usize, i: usize| sane(series.get(s).and_then(|one| one.values.get(i)).copied().unwrap_or(0.0));
    let max = (0..labels.len()).map(|i| at(0, i) + at(1, i)).fold(0.0, f64::max).max(1.0);
    let (bottom, top) = (220.0, 24.0);
    let x0 = left_room(max, decimals);
    let (lines, scale) = grid(max, bottom, top, x0, decimals);
    let mut out = open(title, 250.0);
    out.push_str(&lines);
    let pitch = (WIDTH - 4.0 - x0) / labels.len().max(1) as f64;
    let width = (pitch * 0.53).clamp(4.0, 44.0);
    let label_every = every(labels, pitch);
    let figure_every = {
        let widest = (0..labels.len()).map(|i| figure(at(0, i) + at(1, i), decimals).len()).max().unwrap_or(1);
        if widest as f64 * LARGE * 0.6 > pitch { label_every.max(2) } else { 1 }
    };
    for (i, label) in labels.iter().enumerate() {
        let middle = x0 + pitch * (i as f64 + 0.5);
        let x = middle - width / 2.0;
        let (low, high) = (at(0, i) * scale, at(1, i) * scale);
        if low > 0.0 {
            let _ = write!(
                out,
                "<rect class=\"c1\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{low:.1}\" stroke=\"none\"/>",
                bottom - low
            );
        }
        if high > 0.0 {
            let _ = write!(
                out,
                "<rect class=\"c3\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\"/>",
                x + 0.5,
                bottom - low - high,
                width - 1.0
            );
        }
        if i % figure_every == 0 {
            let _ = write!(
                out,
                "<text class=\"val\" x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom - low - high - 7.0,
                figure(at(0, i) + at(1, i), decimals)
            );
        }
        if i % label_every == 0 {
            let _ =
                write!(out, "<text x=\"{middle:.1}\" y=\"242\" text-anchor=\"middle\">{}</text>", Html::text(label));
        }
    }
    out.push_str("</svg>");
    out
}

#[allow(clippy::cast_precision_loss)]
fn horizontal(title: &Html, bars: &[Bar], limit: Option<(f64, &str)>, decimals: usize) -> String {
    const ROW: f64 = 29.0;
    let longest = bars.iter().map(|bar| sane(bar.value)).fold(0.0, f64::max);
    let max = longest.max(limit.map_or(0.0, |(value, _)| sane(value))).max(if decimals == 0 { 1.0 } else { 0.1 });
    let most = LABEL_HAN as f64;
    let widest = bars.iter().map(|bar| han(&bar.label).min(most)).fold(0.0, f64::max);
    let x0 = (widest * LARGE + 16.0).max(46.0);
    // Words after the longest bar need room too.
    let after = bars
        .iter()
        .map(|bar| {
            (sane(bar.value) / max, 8.0 + (han(&figure(bar.value, decimals)) + 0.6 + han(&bar.note)) * LARGE * 1.12)
        })
        .fold(40.0, |room: f64, (part, words)| room.max(words - (1.0 - part) * 200.0));
    let room = WIDTH - 4.0 - x0;
    let scale = (room - after.min(room * 0.5)) / max;
    let unit = step(room / scale, 9.0, decimals == 0 && max >= 4.0);
    let top = if limit.is_some() { 28.0 } else { 8.0 };
    let bottom = top + ROW * bars.len() as f64;
    let mut out = open(title, bottom + 30.0);
    // Tick words may collide on phones: write every second one where the pitch is small.
    let tick_every = if unit * scale < han(&tick(room / scale, unit)) * LARGE + 8.0 { 2 } else { 1 };
    let mut n = 0;
    let mut value = 0.0;
    while x0 + value * scale <= WIDTH - 6.0 {
        let x = x0 + value * scale;
        let class = if n == 0 { "base" } else { "gridline" };
        let _ = write!(out, "<line class=\"{class}\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top:.0}\" y2=\"{bottom:.0}\"/>");
        if n % tick_every == 0 {
            let _ = write!(
                out,
                "<text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                bottom + 22.0,
                tick(value, unit)
            );
        }
        n += 1;
        value += unit;
    }
    for (i, bar) in bars.iter().enumerate() {
        let y = top + ROW * i as f64 + 6.5;
        let length = sane(bar.value) * scale;
        let words = if bar.note.is_empty() {
            figure(bar.value, decimals)
        } else {
            format!("{} {}", figure(bar.value, decimals), bar.note)
        };
        let _ = write!(
            out,
            "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text><rect class=\"c1\" x=\"{x0:.0}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"16\" stroke=\"none\"/><text class=\"val\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x0 - 10.0,
            y + 12.5,
            Html::text(&cut(&bar.label, most)),
            x0 + length + 8.0,
            y + 12.5,
            Html::text(&words)
        );
    }
    if let Some((value, words)) = limit {
        let x = x0 + sane(value) * scale;
        let _ = write!(
            out,
            "<line class=\"limit\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.0}\" y2=\"{bottom:.0}\"/><text class=\"limit-word\" x=\"{x:.1}\" y=\"18\" text-anchor=\"middle\">{}</text>",
            top - 4.0,
            Html::text(words)
        );
    }
    out.push_str("</svg>");
    out
}

#[allow(clippy::cast_precision_loss)]
fn lines(title: &Html, labels: &[String], series: &[Series], decimals: usize) -> String {
    let max = series
        .iter()
        .flat_map(|one| one.values.iter().copied().map(sane))
        .fold(0.0, f64::max)
        .max(if decimals == 0 { 1.0 } else { 0.1 });
    let (bottom, top) = (220.0, 24.0);
    let x0 = left_room(max, decimals);
    let (rules, scale) = grid(max, bottom, top, x0, decimals);
    let mut out = open(title, 250.0);
    out.push_str(&rules);
    let pitch = (WIDTH - 4.0 - x0) / labels.len().max(1) as f64;
    let middle = |i: usize| x0 + pitch * (i as f64 + 0.5);
    for (s, one) in series.iter().enumerate().rev() {
        let points: Vec<(f64, f64)> = one
            .values
            .iter()
            .take(labels.len())
            .enumerate()
            .map(|(i, v)| (middle(i), bottom - sane(*v) * scale))
            .collect();
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let (line, dot) = if s == 0 { ("c1 line", "c1 dot") } else { ("line is-2", "dot is-2") };
        let _ = write!(out, "<polyline class=\"{line}\" points=\"{}\"/>", path.join(" "));
        for (x, y) in &points {
            let _ = write!(out, "<circle class=\"{dot}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>");
        }
        // The first line names all its figures while there is room; otherwise both name their last.
        let all = s == 0 && labels.len() <= 9 && series.len() == 1;
        for (i, (x, y)) in points.iter().enumerate() {
            if all || i + 1 == points.len() {
                let anchor = if !all && i + 1 == points.len() && labels.len() > 1 { "end" } else { "middle" };
                let x = if anchor == "end" { x + 6.0 } else { *x };
                let _ = write!(
                    out,
                    "<text class=\"val\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
                    y - 9.0,
                    figure(one.values[i], decimals)
                );
            }
        }
    }
    let label_every = every(labels, pitch);
    for (i, label) in labels.iter().enumerate() {
        if i % label_every == 0 {
            let _ = write!(
                out,
                "<text x=\"{:.1}\" y=\"242\" text-anchor=\"middle\">{}</text>",
                middle(i),
                Html::text(label)
            );
        }
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::Col;

    fn labels(n: usize) -> Vec<String> {
        (1..=n).map(|i| format!("{i}月")).collect()
    }

    #[test]
    fn columns_stand_on_their_base_and_name_their_sum() {
        let out = Chart::columns(
            "每月办结的诉求",
            labels(3),
            vec![
                Series { name: "按时".into(), values: vec![91.0, 66.0, 214.0] },
                Series { name: "超期".into(), values: vec![7.0, 0.0, 12.0] },
            ],
        )
        .finding("9 月最多<")
        .table(Table::new("x").col(Col::text("月")).row(["1月"]))
        .html(Locale::Zh)
        .0;
        assert_eq!(out.matches("class=\"c1\"").count(), 4, "three columns and the key");
        assert_eq!(out.matches("class=\"c3\"").count(), 3, "an empty part is not drawn");
        assert!(out.contains(">98</text>") && out.contains(">226</text>") && out.contains("9 月最多&lt;"));
        assert!(out.contains("<title>每月办结的诉求，数据见下表</title>") && out.contains("table-tight"));
        assert!(!out.contains("style=") && !out.contains("NaN"));
    }

    #[test]
    fn bars_keep_inside_the_drawing() {
        let bar = |label: &str, value, note: &str| Bar { label: label.into(), value, note: note.into() };
        let out = Chart::bars("用时", vec![bar("思明区", 3.0, ""), bar("同安区", 5.8, "超过期限")])
            .limit(5.0, "期限 5")
            .decimals(1)
            .html(Locale::Zh)
            .0;
        assert!(out.contains("5.8 超过期限") && out.contains("class=\"limit\"") && out.contains("x=\"66\""), "{out}");
        for x in out.split("<text class=\"val\" x=\"").skip(1) {
            let x: f64 = x.split('"').next().expect("x").parse().expect("number");
            assert!(x < 480.0, "{x}");
        }
    }

    #[test]
    fn nothing_to_draw_is_drawn_without_error() {
        for chart in [
            Chart::columns("a", vec![], vec![]),
            Chart::bars("a", vec![]),
            Chart::line("a", vec![], vec![]),
            Chart::bars("a", vec![Bar { label: "x".into(), value: f64::NAN, note: String::new() }]),
            Chart::line("a", labels(1), vec![Series { name: "x".into(), values: vec![0.0] }]),
        ] {
            let out = chart.html(Locale::En).0;
            assert!(out.contains("</svg>") && !out.contains("inf\""), "{out}");
        }
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(step(226.0, 4.0, true), 100.0);
        assert_eq!(step(3.0, 4.0, true), 1.0);
        assert_eq!(step(98.0, 4.0, true), 50.0);
        assert_eq!(step(8.0, 9.0, false), 1.0);
        assert_eq!(tick(0.5, 0.5), "0.5");
    }

    #[test]
    fn long_labels_are_cut() {
        assert_eq!(cut("火炬高技术产业开发区", 9.0), "火炬高技术产业开…");
        assert_eq!(cut("思明区", 9.0), "思明区");
    }
}
