//! Official papers after GB/T 9704-2012: a white sheet, its number and code beside a QR code, closed by name and date.

use askama::Template;
use chrono::NaiveDate;
use qrcode::{Color, EcLevel, QrCode};

use crate::components::{icon, phone_link};
use crate::kernel::locale::Locale;
use crate::l10n::L10nLanguage;
use crate::layout::Html;
use crate::{dates, t};

/// Number and query code by which a paper is checked, and where.
#[derive(Clone, Debug)]
pub struct Code {
    /// Number of the case, `FW-2026-001371`.
    pub number: String,
    /// What the code is called; the query code if empty.
    pub label: String,
    /// The code, in groups of four.
    pub code: String,
    /// Address of the check, in the QR code.
    pub url: String,
}

/// One paper on a page.
#[derive(Clone, Debug)]
pub struct Paper {
    /// A bureau's own paper: red head, number, red line. All others have their office in black.
    pub formal: bool,
    /// Who issues it.
    pub office: String,
    /// Title; may be cut by `phrased`.
    pub title: Html,
    /// Its number, such as `慧企受〔2026〕1371号`.
    pub number: String,
    /// Whom it is addressed to, with the colon.
    pub to: String,
    /// Paragraphs `<p>`, first level `<h2>`, tables.
    pub body: Html,
    /// Number and code beside the QR code.
    pub code: Option<Code>,
    /// Who signs; the office if empty.
    pub signer: String,
    /// The day it is issued.
    pub day: NaiveDate,
    /// One page long: the page number is drawn on the screen as well.
    pub one_page: bool,
    /// Language of the paper's own words.
    pub language: Locale,
}

/// A piece of what a paper says, for a page and for a file alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of the first level.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A numbered line.
    Item(String),
    /// A remark in small letters.
    Small(String),
    /// A table.
    Table {
        /// What it holds; none if empty.
        caption: String,
        /// Names of the columns.
        head: Vec<String>,
        /// Cells by row.
        rows: Vec<Vec<String>>,
    },
}

impl Bar {
    /// The bar alone, above a document that brings its own sheets.
    pub fn html(&self, locale: Locale) -> Html {
        let empty = Paper {
            formal: false,
            office: String::new(),
            title: Html::empty(),
            number: String::new(),
            to: String::new(),
            body: Html::empty(),
            code: None,
            signer: String::new(),
            day: NaiveDate::default(),
            one_page: false,
            language: locale,
        };
        empty.render(Some(self), "", "", locale)
    }
}

/// The blocks as the body of a page, Chinese words marked in an English text.
pub fn body(blocks: &[Block], language: Locale) -> Html {
    body_at(blocks, language, "h2")
}

/// As [`body`], with the element of the headings.
pub fn body_at(blocks: &[Block], language: Locale, heading: &str) -> Html {
    let (open, close) = (format!("<{heading}>"), format!("</{heading}>"));
    let mut out = Html::empty();
    let wrap = |out: Html, open: &str, text: &str, close: &str| {
        out.and(&Html::raw(open)).and(&said(text, language)).and(&Html::raw(close))
    };
    for block in blocks {
        out = match block {
            Block::Heading(text) => wrap(out, &open, text, &close),
            Block::Text(text) | Block::Item(text) => wrap(out, "<p>", text, "</p>"),
            Block::Small(text) => wrap(out, "<p class=\"paper-courtesy\">", text, "</p>"),
            Block::Table { caption, head, rows } => {
                out = out.and(&Html::raw("<table>"));
                if !caption.is_empty() {
                    out = wrap(out, "<caption>", caption, "</caption>");
                }
                out = out.and(&Html::raw("<thead><tr>"));
                for cell in head {
                    out = wrap(out, "<th scope=\"col\">", cell, "</th>");
                }
                out = out.and(&Html::raw("</tr></thead><tbody>"));
                for row in rows {
                    out = out.and(&Html::raw("<tr>"));
                    for cell in row {
                        out = wrap(out, "<td>", cell, "</td>");
                    }
                    out = out.and(&Html::raw("</tr>"));
                }
                out.and(&Html::raw("</tbody></table>"))
            }
        };
    }
    out
}

/// The bar above a paper: the way back, what it is, printing, downloads.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// Where it came from.
    pub back_href: String,
    /// The words of the way back.
    pub back_label: String,
    /// What the paper is.
    pub what: String,
    /// The number it is found by.
    pub reference: String,
    /// Address and format of a download, `.docx`.
    pub download: Option<(String, String)>,
    /// Address and name of the same paper in the other language.
    pub other: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "components/paper.html")]
struct Sheet<'a> {
    p: &'a Paper,
    bar: Option<&'a Bar>,
    /// Element of the title; nothing but the bar if empty.
    tag: &'static str,
    id: &'a str,
    t: &'a L10nLanguage,
    words: &'a L10nLanguage,
    lang: Option<&'static str>,
    qr: Html,
    signer: &'a str,
    day: Html,
}

impl Sheet<'_> {
    fn icon(&self, name: &str) -> Html {
        icon(name)
    }

    fn marked(&self, text: &str) -> Html {
        marked(text, self.p.language)
    }
}

impl Paper {
    /// The body of a page in the room `Room::Paper`.
    pub fn html(&self, bar: &Bar, locale: Locale) -> Html {
        self.render(Some(bar), "h1", "paper", locale)
    }

    /// The sheet inside a longer document: no bar, a title of the second level. Its body's headings are of the third.
    pub fn inner(&self, id: &str, locale: Locale) -> Html {
        self.render(None, "h2", id, locale)
    }

    fn render(&self, bar: Option<&Bar>, tag: &'static str, id: &str, locale: Locale) -> Html {
        let words = t(self.language);
        let sheet = Sheet {
            p: self,
            bar,
            tag,
            id,
            t: t(locale),
            words,
            lang: (self.language != locale).then(|| self.language.tag()),
            qr: self.code.as_ref().map(|code| qr(&code.url, &words.web_paper_qr())).unwrap_or_default(),
            signer: if self.signer.is_empty() { &self.office } else { &self.signer },
            day: dates::date_full(self.day, self.language),
        };
        // Writing into a String fails only when a value's own Display fails, and none of ours does.
        Html(sheet.render().unwrap_or_default())
    }
}

/// A code of eight characters in two groups, as it is read out: `7KQM 3XWP`.
pub fn spaced(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 2);
    for (i, c) in code.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// A text in which Chinese words stand in an English sentence: each run of them is marked as Chinese.
pub fn marked(text: &str, language: Locale) -> Html {
    if language == Locale::Zh {
        return Html::text(text);
    }
    let chinese = |c: char| !c.is_ascii() && !"“”‘’–—…·".contains(c);
    let mut out = Html::empty();
    let mut rest = text;
    while let Some(start) = rest.find(chinese) {
        out = out.say(&rest[..start]);
        let run = &rest[start..];
        // A run goes on over digits and signs between two Chinese characters.
        let mut end = run.find(|c: char| !chinese(c)).unwrap_or(run.len());
        while let Some(next) = run[end..].find(chinese) {
            if run[end..end + next].chars().any(|c| c.is_ascii_alphabetic() || c.is_whitespace()) {
                break;
            }
            end += next;
            end += run[end..].find(|c: char| !chinese(c)).unwrap_or(run.len() - end);
        }
        out = out.and(&Html::raw("<span lang=\"zh-CN\">")).say(&run[..end]).and(&Html::raw("</span>"));
        rest = &run[end..];
    }
    out.say(rest)
}

/// Where a telephone number with an area code stands in a text: `0592-000 0000`.
fn phone(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    for (start, _) in text.match_indices('0') {
        if start > 0 && bytes[start - 1].is_ascii_digit() {
            continue;
        }
        let area = digits(start);
        if !(3..=4).contains(&area) || bytes.get(start + area) != Some(&b'-') {
            continue;
        }
        let mut end = start + area + 1;
        let mut count = 0;
        loop {
            let run = digits(end);
            count += run;
            end += run;
            let more = bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if run == 0 || !more || count >= 8 {
                break;
            }
            end += 1;
        }
        if (7..=8).contains(&count) {
            return Some((start, end));
        }
    }
    None
}

/// A paragraph of a paper: as [`marked`], with telephone numbers that can be tapped.
fn said(text: &str, language: Locale) -> Html {
    let mut out = Html::empty();
    let mut rest = text;
    while let Some((start, end)) = phone(rest) {
        out = out.and(&marked(&rest[..start], language)).and(&phone_link(&rest[start..end]));
        rest = &rest[end..];
    }
    out.and(&marked(rest, language))
}

/// A text as a QR code (level M, quiet zone of two modules): one path of runs, black on white in every scheme.
///
/// A text too long for a code gives nothing.
pub fn qr(text: &str, title: &str) -> Html {
    let Ok(code) = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M) else {
        return Html::empty();
    };
    const QUIET: usize = 2;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    let size = width + 2 * QUIET;
    Html(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" width=\"96\" height=\"96\" role=\"img\" shape-rendering=\"crispEdges\"><title>{}</title><path class=\"qr-ground\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>",
        Html::text(title)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_holds_its_parts_and_escapes_its_words() {
        let paper = Paper {
            formal: false,
            office: "示例<中心>".into(),
            title: Html::text("受理通知书"),
            number: "慧企受〔2026〕1371号".into(),
            to: "示例光电科技有限公司：".into(),
            body: Html::raw("<p>收悉。</p>"),
            code: Some(Code {
                number: "FW-2026-001371".into(),
                label: String::new(),
                code: "7KQM 3XWP".into(),
                url: "https://example.org/f/1".into(),
            }),
            signer: String::new(),
            day: NaiveDate::from_ymd_opt(2026, 9, 28).expect("day"),
            one_page: true,
            language: Locale::Zh,
        };
        let bar = Bar {
            back_href: "/x".into(),
            back_label: "Back".into(),
            what: "Notice".into(),
            reference: "FW-2026-001371".into(),
            ..Bar::default()
        };
        let out = paper.html(&bar, Locale::En).0;
        assert!(
            out.contains("<article class=\"paper\"") && out.contains("lang=\"zh-CN\"") && out.contains("data-print")
        );
        assert!(out.contains("2026年9月28日") && out.contains("7KQM 3XWP") && !out.contains("<中心>"));
        assert_eq!(out.matches("<h1").count(), 1);
        let formal = Paper { formal: true, code: None, one_page: false, ..paper }.html(&bar, Locale::Zh).0;
        assert!(
            formal.contains("paper is-formal") && !formal.contains("class=\"qr\"") && !formal.contains("paper-page")
        );
        // A bureau's paper: office, number, title; any other: office, title, number.
        assert!(formal.find("paper-number") < formal.find("paper-title"));
    }

    #[test]
    fn chinese_in_english_is_marked_run_by_run() {
        let out = marked("a 慧企受〔2026〕12号 b “诉求”", Locale::En).0;
        assert_eq!(out, "a <span lang=\"zh-CN\">慧企受〔2026〕12号</span> b “<span lang=\"zh-CN\">诉求</span>”");
        assert_eq!(marked("plain", Locale::En).0, "plain");
        assert_eq!(spaced("7KQM3XWP"), "7KQM 3XWP");
        let out = said("电话0592-000 0000，2026-10-12 起", Locale::Zh).0;
        assert!(out.contains(">0592-000 0000</a>，2026-10-12 起"), "{out}");
        assert!(phone("110-1 0086-2026 12 0592-505 1234").is_some_and(|(start, _)| start == 19));
    }

    #[test]
    fn the_code_is_square_and_quiet_around() {
        let out = qr("https://example.org", "<x>").0;
        assert!(out.contains("viewBox=\"0 0 29 29\"") && out.contains("M2 2h7v1h-7z") && out.contains("&lt;x&gt;"));
        assert!(qr(&"x".repeat(5000), "x").is_empty());
    }
}
