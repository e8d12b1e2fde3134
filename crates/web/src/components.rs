//! The small parts of a page. Each takes words or values, escapes them, and gives back [`Html`].
//!
//! The markup is that of the design sheet's specimen pages: same structure, same classes. Parts that say words of
//! their own take the language; all others say only what they are given.

mod actions;
mod days;
mod field;
mod records;
mod table;

pub use actions::{ActionKind, ActionLine, Style, actions, button, link_button};
pub use days::{How, days_strip};
pub use field::{Choice, Field, FieldKind, FilterBar, batch_head, form_error, hidden};
pub use records::{Message, Side, Standing, Step, StepState, TimelineEntry, paragraphs, thread, timeline};
pub use table::{Align, Cell, Col, Table};

use chrono::{Datelike, NaiveDate};

use crate::kernel::locale::Locale;
use crate::kernel::rule::ArticleRef;
use crate::layout::{FlashKind, Html, flash_slot};
use crate::{assets, dates, t};

/// An attribute with a leading blank, escaped: ` href="…"`.
pub(crate) fn attr(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", Html::text(value))
}

/// An icon of the sprite by its name without `i-`; a word must stand beside it.
pub fn icon(name: &str) -> Html {
    Html(format!(
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{}#i-{}\"/></svg>",
        assets::icons_url(),
        Html::text(name)
    ))
}

/// A drawing of the sprite in another class, such as `cat-icon` with `c-law` on the home page.
pub fn drawing(class: &str, name: &str) -> Html {
    Html(format!(
        "<svg class=\"{}\" aria-hidden=\"true\"><use href=\"{}#i-{}\"/></svg>",
        Html::text(class),
        assets::icons_url(),
        Html::text(name)
    ))
}

/// The colour that repeats what a status says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Done, in order.
    Good,
    /// Due soon, look.
    Warn,
    /// Late, wrong.
    Bad,
    /// Going on now.
    Run,
    /// Waiting, over, of no urgency.
    #[default]
    Idle,
}

impl Tone {
    /// The class: `is-good` and so on.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Good => "is-good",
            Tone::Warn => "is-warn",
            Tone::Bad => "is-bad",
            Tone::Run => "is-run",
            Tone::Idle => "is-idle",
        }
    }
}

/// Icon and word, for running text and tables.
pub fn status(tone: Tone, icon_name: &str, word: impl Into<Html>) -> Html {
    Html(format!("<span class=\"status {}\">{}{}</span>", tone.class(), icon(icon_name), word.into()))
}

/// Icon and word as a pill; once, beside a title.
pub fn badge(tone: Tone, icon_name: &str, word: impl Into<Html>) -> Html {
    Html(format!("<span class=\"status badge {}\">{}{}</span>", tone.class(), icon(icon_name), word.into()))
}

/// A kind or facet.
pub fn tag(word: &str) -> Html {
    Html(format!("<span class=\"tag\">{}</span>", Html::text(word)))
}

/// A facet that can be taken off: leads to the same list without it.
pub fn tag_off(word: &str, href: &str, locale: Locale) -> Html {
    Html(format!(
        "<a class=\"tag tag-x\"{}>{}<span class=\"sr\">{}</span>{}</a>",
        attr("href", href),
        Html::text(word),
        Html::text(&t(locale).web_take_off()),
        icon("x")
    ))
}

/// The provision under which something is done, leading to it on the page of the rule.
pub fn article(article: ArticleRef, locale: Locale) -> Html {
    Html(format!(
        "<a class=\"article\" href=\"/rule#{}\">{}</a>",
        Html::text(&article.anchor()),
        Html::text(&article.label(locale))
    ))
}

/// As [`article`], but no link: inside a control that is one already.
pub fn article_plain(article: ArticleRef, locale: Locale) -> Html {
    Html(format!("<span class=\"article\">{}</span>", Html::text(&article.label(locale))))
}

/// Number of a case, never broken.
pub fn reference(number: &str) -> Html {
    Html(format!("<span class=\"ref\">{}</span>", Html::text(number)))
}

/// A link with its words.
pub fn link(href: &str, words: &str) -> Html {
    Html(format!("<a{}>{}</a>", attr("href", href), Html::text(words)))
}

/// A phone number that a phone dials when it is tapped; words that do not begin with a number stay words.
pub fn phone_link(words: &str) -> Html {
    let number: String = words
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '\u{2013}' | '(' | ')'))
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    if number.chars().filter(char::is_ascii_digit).count() < 5 {
        return Html::text(words);
    }
    Html(format!("<a class=\"nowrap\"{}>{}</a>", attr("href", &format!("tel:{number}")), Html::text(words)))
}

/// A link whose words somebody typed: marked as Chinese on a page in another language, where they are.
pub fn title_link(href: &str, words: &str, page: Locale) -> Html {
    let chinese = page != Locale::Zh && words.chars().any(crate::kernel::text::is_han);
    let lang = if chinese { " lang=\"zh-CN\"" } else { "" };
    Html(format!("<a{}{lang}>{}</a>", attr("href", href), Html::text(words)))
}

/// Words in the quiet colour.
pub fn quiet(words: impl Into<Html>) -> Html {
    Html(format!("<span class=\"quiet\">{}</span>", words.into()))
}

/// Words of the other language, marked as such for readers and fonts; words of this one stand unmarked.
pub fn in_language(words: &str, language: Locale, page: Locale) -> Html {
    if language == page {
        Html::text(words)
    } else {
        Html(format!("<span lang=\"{}\">{}</span>", language.tag(), Html::text(words)))
    }
}

/// A heading cut into words by the kernel's cutter, so that no line tears one: put it into an element with the class
/// `phrased`.
pub fn phrased<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Html {
    let mut out = String::new();
    for (i, piece) in pieces.into_iter().enumerate() {
        if i > 0 {
            out.push_str("<wbr>");
        }
        out.push_str(&Html::text(piece).0);
    }
    Html(out)
}

/// A day as a torn-off calendar sheet; words beside it say how long is left. Tones: [`Tone::Warn`], [`Tone::Bad`],
/// any other is plain.
pub fn leaf(day: NaiveDate, tone: Tone, locale: Locale) -> Html {
    let class = match tone {
        Tone::Warn => "leaf is-warn",
        Tone::Bad => "leaf is-bad",
        Tone::Good | Tone::Run | Tone::Idle => "leaf",
    };
    Html(format!(
        "<time class=\"{class}\" datetime=\"{}\"><span>{}</span><b>{}</b><span>{}</span></time>",
        day.format("%Y-%m-%d"),
        Html::text(&dates::month_short(day, locale)),
        day.day(),
        Html::text(&dates::weekday_short(day, locale))
    ))
}

/// A name or words that people gave: marked as Chinese on a page in another language, where they are.
pub fn given(words: &str, page: Locale) -> Html {
    let chinese = page != Locale::Zh && words.chars().any(crate::kernel::text::is_han);
    in_language(words, if chinese { Locale::Zh } else { page }, page)
}

/// What happened and what to do now; one a page.
pub fn notice(kind: FlashKind, title: Option<&str>, body: &Html) -> Html {
    let role = match kind {
        FlashKind::Good => " role=\"status\"",
        FlashKind::Bad => " role=\"alert\"",
        FlashKind::Warn | FlashKind::Info => "",
    };
    let head = title.map(|words| format!("<h2>{}</h2>", Html::text(words))).unwrap_or_default();
    let body = if body.is_empty() || body.0.starts_with("<p") || body.0.starts_with("<ul") {
        body.0.clone()
    } else {
        format!("<p>{body}</p>")
    };
    Html(format!("<div class=\"notice{}\"{role}>{}<div>{head}{body}</div></div>", kind.class(), icon(kind.icon())))
}

/// Says that there is nothing, why, and what comes next.
pub fn empty(words: impl Into<Html>) -> Html {
    Html(format!("<div class=\"empty\">{}<p>{}</p></div>", mark(), words.into()))
}

/// As [`empty`], in small type: beside a page.
pub fn empty_small(words: impl Into<Html>) -> Html {
    Html(format!("<div class=\"empty\">{}<p class=\"small\">{}</p></div>", mark(), words.into()))
}

fn mark() -> Html {
    Html(format!("<svg aria-hidden=\"true\"><use href=\"{}#i-mark\"/></svg>", assets::icons_url()))
}

/// The list of what must be changed, on top of a form; each line leads to its field. Nothing without errors.
///
/// An empty field id makes a line without a link: an error of the whole form.
pub fn error_summary(errors: &[(String, String)], locale: Locale) -> Html {
    if errors.is_empty() {
        return Html::empty();
    }
    let mut lines = String::new();
    for (field, message) in errors {
        let words = Html::text(message);
        if field.is_empty() {
            lines.push_str(&format!("<li><b>{words}</b></li>"));
        } else {
            lines.push_str(&format!("<li><a{}>{words}</a></li>", attr("href", &format!("#{field}"))));
        }
    }
    Html(format!(
        "<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"es\"><h2 id=\"es\">{}</h2><ul>{lines}</ul></div>",
        Html::text(&t(locale).web_errors(errors.len() as u64))
    ))
}

/// A list of names and values. `rows` hold a name and its value.
pub fn kv(rows: &[(String, Html)]) -> Html {
    kv_in("kv", rows)
}

/// As [`kv`], each value below its name: in narrow places and for long values.
pub fn kv_stack(rows: &[(String, Html)]) -> Html {
    kv_in("kv kv-stack", rows)
}

fn kv_in(class: &str, rows: &[(String, Html)]) -> Html {
    let mut out = format!("<dl class=\"{class}\">");
    for (name, value) in rows {
        out.push_str(&format!("<div><dt>{}</dt><dd>{value}</dd></div>", Html::text(name)));
    }
    out.push_str("</dl>");
    Html(out)
}

/// A figure with its unit, what it counts, and on what it rests.
#[derive(Clone, Debug, Default)]
pub struct Tile {
    /// What it counts.
    pub what: Html,
    /// The figure, ready for reading: `1,284`.
    pub figure: String,
    /// Its unit.
    pub unit: String,
    /// Sample and comparison, in words; lines are parted by `<br>`.
    pub basis: Html,
}

/// A row of figures.
pub fn tiles(tiles: &[Tile]) -> Html {
    tiles_in("tiles", tiles)
}

/// Six figures in two rows of three.
pub fn tiles_six(tiles: &[Tile]) -> Html {
    tiles_in("tiles tiles-6", tiles)
}

fn tiles_in(class: &str, tiles: &[Tile]) -> Html {
    let mut out = format!("<dl class=\"{class}\">");
    for tile in tiles {
        let unit =
            if tile.unit.is_empty() { String::new() } else { format!("<small>{}</small>", Html::text(&tile.unit)) };
        let basis =
            if tile.basis.is_empty() { String::new() } else { format!("<div class=\"basis\">{}</div>", tile.basis) };
        out.push_str(&format!(
            "<div><dt>{}</dt><dd><div class=\"figure\">{}{unit}</div>{basis}</dd></div>",
            tile.what,
            Html::text(&tile.figure)
        ));
    }
    out.push_str("</dl>");
    Html(out)
}

/// One entry of the bar of counts above a list.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// Leads to the list with this filter.
    pub href: String,
    /// How many.
    pub count: u64,
    /// The word; a [`status`] where it is a state.
    pub label: Html,
    /// Whether this filter is on.
    pub current: bool,
}

/// The bar of counts above a list; `label` names it for readers of the page.
pub fn counts(label: &str, counts: &[Count]) -> Html {
    let mut out = format!("<ul class=\"counts\"{}>", attr("aria-label", label));
    for count in counts {
        let word = if count.label.0.starts_with("<span") {
            count.label.0.clone()
        } else {
            format!("<span>{}</span>", count.label)
        };
        out.push_str(&format!(
            "<li><a{}{}><b>{}</b>{word}</a></li>",
            attr("href", &count.href),
            if count.current { " aria-current=\"true\"" } else { "" },
            dates::number(count.count.cast_signed())
        ));
    }
    out.push_str("</ul>");
    Html(out)
}

/// Where a page stands: links upwards, and the name of the page itself.
///
/// A number of a case may be given as [`reference`]; it keeps its type.
pub fn crumbs(up: &[(String, String)], here: Option<Html>, locale: Locale) -> Html {
    let mut out = format!("<nav class=\"crumbs\"{}><ol>", attr("aria-label", &t(locale).web_where()));
    for (href, label) in up {
        out.push_str(&format!("<li>{}</li>", link(href, label)));
    }
    if let Some(here) = here {
        out.push_str(&format!("<li aria-current=\"page\">{here}</li>"));
    }
    out.push_str("</ol></nav>");
    Html(out)
}

/// The way back out of a page with one question: arrow and words.
pub fn back(href: &str, words: &str, locale: Locale) -> Html {
    Html(format!(
        "<nav class=\"crumbs\"{}><ol><li><a{}><svg class=\"icon flip\" aria-hidden=\"true\"><use href=\"{}#i-right\"/></svg>{}</a></li></ol></nav>",
        attr("aria-label", &t(locale).web_where()),
        attr("href", href),
        assets::icons_url(),
        Html::text(words)
    ))
}

/// Title of a list page, quiet words beside it, something at the far end; the flash message comes after it.
pub fn page_head(title: &str, beside: Html, end: Html) -> Html {
    let beside = if beside.is_empty() { String::new() } else { format!("<span class=\"quiet\">{beside}</span>") };
    let end = if end.is_empty() { String::new() } else { format!("<div class=\"end button-row\">{end}</div>") };
    Html(format!(
        "<header class=\"section-head page-head\"><h1>{}</h1>{beside}{end}</header>{}",
        Html::text(title),
        flash_slot()
    ))
}

/// Heading of a section with quiet words beside it and a link at the far end. `id` is for `aria-labelledby`.
pub fn section_head(id: &str, title: &str, beside: Html, end: Html) -> Html {
    let beside = if beside.is_empty() { String::new() } else { format!("<span class=\"quiet small\">{beside}</span>") };
    let end =
        if end.is_empty() || end.0.starts_with("<a") { end.0 } else { format!("<span class=\"end\">{end}</span>") };
    Html(format!("<div class=\"section-head\"><h2{}>{}</h2>{beside}{end}</div>", attr("id", id), Html::text(title)))
}

/// Links to the parts of a page or list. Each holds address, word, count and whether it is shown.
pub fn tabs(label: &str, tabs: &[(String, String, Option<u64>, bool)]) -> Html {
    let mut out = format!("<nav class=\"tabs\"{}><ul>", attr("aria-label", label));
    for (href, word, count, current) in tabs {
        let count = count
            .map(|n| format!(" <span class=\"count\">{}</span>", dates::number(n.cast_signed())))
            .unwrap_or_default();
        out.push_str(&format!(
            "<li><a{}{}>{}{count}</a></li>",
            attr("href", href),
            if *current { " aria-current=\"page\"" } else { "" },
            Html::text(word)
        ));
    }
    out.push_str("</ul></nav>");
    Html(out)
}

/// Way through a list that is paged by key: no page numbers, but the page before and the page after.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// The page before this one.
    pub prev: Option<String>,
    /// The page after this one.
    pub next: Option<String>,
    /// Rows on this page.
    pub shown: u64,
    /// Rows of the whole list, where they were counted.
    pub total: Option<u64>,
}

impl Pager {
    /// The links and the counts; only the counts where one page holds everything.
    pub fn html(&self, locale: Locale) -> Html {
        let t = t(locale);
        let mut out = format!("<nav class=\"pager\"{}>", attr("aria-label", &t.web_pager()));
        if let Some(href) = &self.prev {
            out.push_str(&format!("<a rel=\"prev\"{}>{}</a>", attr("href", href), Html::text(&t.web_prev())));
        }
        if let Some(href) = &self.next {
            out.push_str(&format!("<a rel=\"next\"{}>{}</a>", attr("href", href), Html::text(&t.web_next())));
        }
        let shown = dates::number(self.shown.cast_signed());
        let words = match self.total {
            Some(total) if total == self.shown => t.web_pager_all(dates::number(total.cast_signed())),
            Some(total) => t.web_pager_of(shown, dates::number(total.cast_signed())),
            None => t.web_pager_shown(shown),
        };
        out.push_str(&format!("<span class=\"quiet\">{}</span></nav>", Html::text(&words)));
        Html(out)
    }
}

/// Which question of how many, with a bar.
pub fn step_line(step: u32, of: u32, locale: Locale) -> Html {
    let words = t(locale).web_step_of(step.to_string(), of.to_string());
    Html(format!(
        "<p class=\"step-line\"><b>{0}</b> <progress max=\"{of}\" value=\"{step}\"{1}></progress></p>",
        Html::text(&words),
        attr("aria-label", &words)
    ))
}

/// A bar that shows how much of a whole is done; `words` say it for readers of the page.
pub fn progress(value: u64, max: u64, words: &str) -> Html {
    Html(format!(
        "<progress max=\"{}\" value=\"{}\"{}>{}</progress>",
        max.max(1),
        value.min(max.max(1)),
        attr("aria-label", words),
        dates::share(value.cast_signed(), max.cast_signed())
    ))
}

/// A file to fetch: clip, name, size in bytes.
pub fn file_link(href: &str, name: &str, bytes: u64) -> Html {
    Html(format!(
        "{} {} <span class=\"quiet nowrap\">{}</span>",
        icon("clip"),
        link(href, name),
        dates::file_size(bytes)
    ))
}

/// A button that copies a text; it is there only where scripts run.
pub fn copy_button(value: &str, locale: Locale) -> Html {
    let t = t(locale);
    Html(format!(
        "<button class=\"button is-plain is-small copy\" type=\"button\" hidden{}{}>{}<span data-word>{}</span></button>",
        attr("data-copy", value),
        attr("data-copied", &t.web_copied()),
        icon("copy"),
        Html::text(&t.web_copy())
    ))
}

/// A button that prints the page; it hides itself where no script runs.
pub fn print_button(words: &str) -> Html {
    Html(format!(
        "<button class=\"button is-plain is-small\" type=\"button\" data-print>{}{}</button>",
        icon("print"),
        Html::text(words)
    ))
}

/// How long is left until a due day, as a status: late is bad, today and the next working day warn, more is plain.
///
/// Arguments as in [`dates::left`].
pub fn left_status(working_days: i64, counts_today: bool, locale: Locale) -> Html {
    let (tone, name) = left_tone(working_days);
    status(tone, name, dates::left(working_days, counts_today, locale))
}

/// As [`left_status`], with the short words of a list.
pub fn left_status_short(working_days: i64, counts_today: bool, locale: Locale) -> Html {
    let (tone, name) = left_tone(working_days);
    status(tone, name, dates::left_short(working_days, counts_today, locale))
}

/// Tone and icon for so many working days left, today included.
pub const fn left_tone(working_days: i64) -> (Tone, &'static str) {
    match working_days {
        i64::MIN..=0 => (Tone::Bad, "stop"),
        1 | 2 => (Tone::Warn, "clock"),
        _ => (Tone::Idle, "clock"),
    }
}

/// A large search box, as on the portal's home: `action` is asked by GET with `q`.
pub fn search_box(action: &str, label: &Html, value: &str, placeholder: &str, locale: Locale) -> Html {
    Html(format!(
        "<form role=\"search\"{}>{label}<div class=\"searchbox is-big\"><input class=\"input\" id=\"q\" name=\"q\" type=\"search\"{}{} autocomplete=\"off\"><button class=\"button\" type=\"submit\">{}{}</button></div></form>",
        attr("action", action),
        attr("value", value),
        attr("placeholder", placeholder),
        icon("search"),
        Html::text(&t(locale).web_search())
    ))
}

/// A question in a box of its own, with its answers beside it.
pub fn folded(summary: impl Into<Html>, body: &Html) -> Html {
    Html(format!(
        "<details class=\"how\"><summary>{}{}</summary><div class=\"how-body\">{body}</div></details>",
        icon("right"),
        summary.into()
    ))
}

/// How a list is used by keyboard; the key `?` opens it.
pub fn keyboard_help(locale: Locale) -> Html {
    let t = t(locale);
    Html(format!(
        "<details class=\"how no-print\" data-keys><summary>{}{}</summary><div class=\"how-body\"><p>{}</p></div></details>",
        icon("right"),
        Html::text(&t.web_keys()),
        Html::text(&t.web_keys_help())
    ))
}

/// First line of a printed page: what it is, who printed it as whom, when, and that the record online counts.
pub fn print_line(what: &str, number: &str, who: &str, at_ms: i64, locale: Locale) -> Html {
    let words = t(locale).web_print_line(what, number, "{0}", who);
    Html(format!("<p class=\"only-print\">{}</p>", Html::fill(&words, &[dates::moment_record(at_ms, locale)])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::rule::art;

    const EVIL: &str = "<script>\"'&";

    #[test]
    fn nothing_given_gets_through_unescaped() {
        let parts = [
            status(Tone::Bad, "stop", EVIL),
            badge(Tone::Run, "run", EVIL),
            tag(EVIL),
            tag_off(EVIL, EVIL, Locale::Zh),
            link(EVIL, EVIL),
            phone_link(EVIL),
            reference(EVIL),
            notice(FlashKind::Bad, Some(EVIL), &Html::text(EVIL)),
            empty(EVIL),
            error_summary(&[(EVIL.into(), EVIL.into())], Locale::Zh),
            kv(&[(EVIL.into(), EVIL.into())]),
            tiles(&[Tile { what: EVIL.into(), figure: EVIL.into(), unit: EVIL.into(), basis: EVIL.into() }]),
            counts(EVIL, &[Count { href: EVIL.into(), count: 1, label: EVIL.into(), current: true }]),
            crumbs(&[(EVIL.into(), EVIL.into())], Some(EVIL.into()), Locale::En),
            page_head(EVIL, EVIL.into(), EVIL.into()),
            section_head(EVIL, EVIL, EVIL.into(), EVIL.into()),
            tabs(EVIL, &[(EVIL.into(), EVIL.into(), Some(1), true)]),
            file_link(EVIL, EVIL, 1),
            copy_button(EVIL, Locale::Zh),
            search_box(EVIL, &EVIL.into(), EVIL, EVIL, Locale::Zh),
            phrased([EVIL, EVIL]),
            Pager { prev: Some(EVIL.into()), next: Some(EVIL.into()), shown: 1, total: None }.html(Locale::Zh),
            print_line(EVIL, EVIL, EVIL, 0, Locale::Zh),
        ];
        for part in parts {
            assert!(!part.0.contains("<script>"), "{part}");
            assert!(!part.0.contains("\"'&"), "{part}");
            assert!(!part.0.contains("style="), "{part}");
        }
    }

    #[test]
    fn parts_look_like_the_specimen() {
        assert!(status(Tone::Warn, "clock", "今天到期").0.starts_with(
            "<span class=\"status is-warn\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/assets/icons-"
        ));
        let day = NaiveDate::from_ymd_opt(2026, 10, 13).expect("day");
        assert_eq!(
            leaf(day, Tone::Warn, Locale::Zh).0,
            "<time class=\"leaf is-warn\" datetime=\"2026-10-13\"><span>10月</span><b>13</b><span>周二</span></time>"
        );
        assert_eq!(
            leaf(day, Tone::Idle, Locale::En).0,
            "<time class=\"leaf\" datetime=\"2026-10-13\"><span>Oct</span><b>13</b><span>Tue</span></time>"
        );
        assert_eq!(article(art(5), Locale::Zh).0, "<a class=\"article\" href=\"/rule#a5\">第五条</a>");
        assert!(error_summary(&[], Locale::Zh).is_empty());
        assert!(notice(FlashKind::Good, None, &"好".into()).0.contains("role=\"status\""));
    }

    #[test]
    fn a_number_can_be_tapped() {
        assert!(phone_link("0592-000 0000").0.contains("href=\"tel:05920000000\">0592-000 0000</a>"));
        assert!(phone_link("0592-505 1234 转 8").0.contains("href=\"tel:05925051234\""));
        assert_eq!(phone_link("待填写").0, "待填写");
        assert_eq!(phone_link("8:30").0, "8:30");
    }

    #[test]
    fn the_pager_says_only_what_is_there() {
        let one = Pager { shown: 7, total: Some(7), ..Pager::default() }.html(Locale::Zh);
        assert!(!one.0.contains("<a") && one.0.contains("共 7 条"), "{one}");
        let mid = Pager { prev: Some("?before=3".into()), next: Some("?after=9".into()), shown: 20, total: Some(1284) };
        let zh = mid.html(Locale::Zh);
        assert!(zh.0.contains("rel=\"prev\" href=\"?before=3\"") && zh.0.contains("rel=\"next\" href=\"?after=9\""));
        assert!(zh.0.contains("1,284"));
        assert!(mid.html(Locale::En).0.contains("20 of 1,284"));
    }
}
