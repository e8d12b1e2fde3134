//! The sheet of a paper, the list on a case page, and the public check.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_web::components::{self, Field, Style, Tone};
use huiqi_web::layout::{Html, Room};
use huiqi_web::paper::{self, Bar, Block, Code};
use huiqi_web::visit::download;
use huiqi_web::{Answer, Failure, Form, Visit};
use huiqi_web::{dates, docx};
use serde::Deserialize;

use super::PaperKind;
use super::queries::{self, Checked, Paper};
use super::templates::{LineKind, Words};
use crate::record::Case;
use crate::t;

/// How a paper is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// The language of the sheet, where it is not that of the page.
    text: String,
}

impl Ask {
    fn language(&self, page: Locale) -> Locale {
        Locale::from_tag(&self.text).unwrap_or(page)
    }
}

/// What a paper is called in a list.
pub fn name(paper: &Paper, locale: Locale) -> String {
    paper.kind().map_or_else(|| paper.kind.clone(), |k| k.label(locale))
}

/// What a paper says, in blocks; the English text says that it is a courtesy.
fn blocks(words: &Words, language: Locale) -> Vec<Block> {
    let note = (language == Locale::En).then(|| Block::Small(t(language).paper_courtesy()));
    note.into_iter()
        .chain(words.lines.iter().map(|line| {
            let text = line.text.clone();
            match line.kind {
                LineKind::Heading => Block::Heading(text),
                LineKind::Text => Block::Text(text),
                LineKind::Item => Block::Item(text),
            }
        }))
        .collect()
}

/// The sheet of one paper in one language, as this viewer may read it.
pub fn sheet(visit: &Visit, case: &Case, paper: &Paper, words: &Words, language: Locale) -> paper::Paper {
    let day = words.day.parse().unwrap_or_else(|_| dates::day_of(paper.issued_at));
    let url = format!("{}/papers/check?n={}&c={}", visit.ctx().public_url(), paper.slug, paper.check_code);
    let code = match paper.query_code.as_deref().filter(|_| queries::shows_code(visit.viewer(), case)) {
        Some(code) => Code { number: case.number.clone(), label: String::new(), code: paper::spaced(code), url },
        None => Code {
            number: case.number.clone(),
            label: t(language).paper_check_code(),
            code: paper::spaced(&paper.check_code),
            url,
        },
    };
    paper::Paper {
        formal: false,
        office: words.office.clone(),
        title: Html::text(&words.title),
        number: words.number.clone(),
        to: words.to.clone(),
        body: paper::body(&blocks(words, language), language),
        code: Some(code),
        signer: String::new(),
        day,
        one_page: false,
        language,
    }
}

/// The page of one paper. `under` is empty for people with an account, else the bearer's own page.
///
/// # Errors
/// When navigation fails, or the paper was issued by a newer program.
pub async fn show(visit: &Visit, case: &Case, paper: &Paper, under: &str, ask: &Ask) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let language = ask.language(locale);
    let words = paper.words(language).ok_or_else(Failure::not_found)?;
    let back = if under.is_empty() { format!("/cases/{}", case.number) } else { under.to_owned() };
    let title = name(paper, locale);
    let bar = Bar {
        back_href: back,
        back_label: m.paper_back(),
        what: m.paper_bar(&title),
        reference: case.number.clone(),
        download: Some((format!("{}?text={}", paper.file_href(under), language.tag()), ".docx".to_owned())),
        other: Some((
            format!("{}?text={}", paper.href(under), language.other().tag()),
            match language.other() {
                Locale::Zh => m.paper_text_zh(),
                Locale::En => m.paper_text_en(),
            },
        )),
    };
    let mut page = sheet(visit, case, paper, &words, language).html(&bar, locale);
    if !paper.is_whole() {
        page = components::notice(
            huiqi_web::layout::FlashKind::Bad,
            Some(&m.paper_broken()),
            &Html::text(&m.paper_broken_what()),
        )
        .and(&page);
    }
    visit.page(format!("{title} {}", case.number), "requests").room(Room::Paper).show(page).await
}

/// The sheet of a paper inside a longer document: the Chinese text, which counts.
pub fn inner(visit: &Visit, case: &Case, paper: &Paper, id: &str) -> Option<Html> {
    let words = paper.words(Locale::Zh)?;
    let mut sheet = sheet(visit, case, paper, &words, Locale::Zh);
    sheet.body = paper::body_at(&blocks(&words, Locale::Zh), Locale::Zh, "h3");
    Some(sheet.inner(id, visit.locale()))
}

/// A paper as `.docx`, in the language asked for.
///
/// # Errors
/// When the paper was issued by a newer program, or the file cannot be made.
pub fn file(visit: &Visit, case: &Case, paper: &Paper, ask: &Ask) -> Answer {
    let language = ask.language(visit.locale());
    let words = paper.words(language).ok_or_else(Failure::not_found)?;
    let content = docx::write(&sheet(visit, case, paper, &words, language), &words.title, &blocks(&words, language))?;
    download(&format!("{} {}.docx", words.title, words.number), docx::KIND, content)
}

/// The papers of a case, as a box beside it; nothing where there is none.
pub fn list(papers: &[Paper], under: &str, locale: Locale) -> Html {
    if papers.is_empty() {
        return Html::empty();
    }
    let m = t(locale);
    let mut out =
        Html::raw("<section class=\"section\" aria-labelledby=\"papers\"><h2 class=\"aside-title\" id=\"papers\">")
            .say(&m.paper_list())
            .and(&Html::raw("</h2><ul class=\"plain\">"));
    for paper in papers {
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::link(&paper.href(under), &name(paper, locale)))
            .and(&Html::raw("<p class=\"quiet small\">"))
            .and(&paper::marked(&paper.number, locale))
            .say(" ")
            .and(&dates::date_full(dates::day_of(paper.issued_at), locale))
            .and(&Html::raw("</p></li>"));
    }
    out.and(&Html::raw("</ul></section>"))
}

/// The public check: whether there are such papers, and their hashes; `found` is nothing before the first question.
pub(super) fn check(visit: &Visit, form: &Form, found: Option<&[Checked]>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let mut out = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::error_summary(&form.errors(locale), locale))
        .and(&Html::raw("<h1>"))
        .say(&m.paper_check_title())
        .and(&Html::raw("</h1><p>"))
        .say(&m.paper_check_lede())
        .and(&Html::raw("</p>"));
    if found.is_some_and(<[Checked]>::is_empty) {
        out = out.and(&components::notice(
            huiqi_web::layout::FlashKind::Warn,
            Some(&m.paper_check_none()),
            &Html::text(&m.paper_check_none_what()),
        ));
    }
    for paper in found.unwrap_or_default() {
        let whole = queries::whole(&paper.words, &paper.sha256);
        let kind = PaperKind::from_code(&paper.kind).map(|k| k.label(locale)).unwrap_or_default();
        let status = if whole {
            components::status(Tone::Good, "done", m.paper_check_whole())
        } else {
            components::status(Tone::Bad, "alert", m.paper_check_altered())
        };
        out = out.and(&Html::raw("<div class=\"section\">")).and(&components::kv(&[
            (m.paper_check_result(), status),
            (m.paper_kind(), Html::text(&kind)),
            (m.paper_number(), paper::marked(&paper.number, locale)),
            (m.paper_issued(), dates::moment_record(paper.issued_at, locale)),
            (m.paper_hash(), Html::raw("<code>").say(&paper.sha256).and(&Html::raw("</code>"))),
        ]));
        out = out.and(&Html::raw("</div>"));
    }
    out.and(&Html::raw("<form method=\"get\" action=\"/papers/check\" class=\"section\">"))
        .and(
            &Field::text("n", m.paper_check_number())
                .hint(m.paper_check_number_hint())
                .value(form.value("n"))
                .error(form.error("n", locale))
                .width("w-mid")
                .autocomplete("off")
                .html(locale),
        )
        .and(
            &Field::text("c", m.paper_check_which())
                .hint(m.paper_check_code_hint())
                .value(form.value("c"))
                .error(form.error("c", locale))
                .width("w-code")
                .autocomplete("off")
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.paper_check_verb(), Style::Solid))
        .and(&Html::raw("</div></form></div>"))
}
