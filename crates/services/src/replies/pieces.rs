//! Texts that can be put into an answer box: with a script at the cursor, without one by a round trip that keeps
//! everything typed.

use huiqi_kernel::category::Category;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::{Ctx, Fault};
use huiqi_web::components;
use huiqi_web::layout::Html;

use crate::{knowledge, replies, requests, t};

/// How many of each are shown beside an answer.
const EACH: u64 = 5;

/// A text that can be put into an answer.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Number of the entry, template or request it comes from.
    pub number: String,
    /// Where that can be read.
    pub href: String,
    /// What it answers.
    pub title: String,
    /// The text.
    pub text: String,
    /// What it rests on, or whose it is.
    pub note: String,
    /// Its category.
    pub category: Option<String>,
}

/// Everything offered beside an answer.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// Answers of the knowledge base.
    pub knowledge: Vec<Piece>,
    /// Reply templates.
    pub templates: Vec<Piece>,
    /// Answers of similar closed requests, without names.
    pub similar: Vec<Piece>,
    /// Whether there was anything to look for.
    pub asked: bool,
}

/// What fits these words and this category, three statements.
///
/// # Errors
/// When the database fails.
pub async fn fitting(
    ctx: &Ctx,
    viewer: &Viewer,
    words: &str,
    category: Option<Category>,
    locale: Locale,
) -> Result<Pieces, Fault> {
    let m = t(locale);
    let today = ctx.today();
    // Departments and providers answer too, but these texts are the desks' and windows'.
    if !viewer.is(knowledge::flow::READERS) {
        return Ok(Pieces::default());
    }
    let found = if words.trim().is_empty() && category.is_none() {
        Vec::new()
    } else {
        knowledge::queries::search(ctx, words, category, EACH).await?
    };
    let knowledge: Vec<Piece> = found
        .into_iter()
        .map(|one| {
            let until = one.until.parse().map(|d| huiqi_web::dates::date_words(d, today, locale)).unwrap_or_default();
            Piece {
                href: format!("/knowledge/{}", one.number),
                number: one.number,
                title: one.question,
                text: one.answer,
                note: m.reply_knowledge_note(one.basis, until),
                category: one.category,
            }
        })
        .collect();
    let similar: Vec<Piece> = requests::similar::closed(ctx, viewer, words, category, 4 * EACH)
        .await?
        .into_iter()
        .map(|one| Piece {
            href: format!("/requests/{}", one.number),
            note: m.reply_similar_note(huiqi_web::dates::date_words(
                huiqi_web::dates::day_of(one.closed_at),
                today,
                locale,
            )),
            number: one.number,
            title: one.title,
            text: one.answer,
            category: one.category,
        })
        .collect();
    // The same answer again helps nobody; what the knowledge base has stands there.
    let mut told: Vec<String> = knowledge.iter().map(|p| p.text.clone()).collect();
    let mut similar = similar;
    similar.retain(|piece| {
        let new = !told.contains(&piece.text);
        told.push(piece.text.clone());
        new
    });
    similar.truncate(EACH as usize);
    // Without a category, that of the closest answers.
    let likely =
        || knowledge.iter().chain(&similar).find_map(|p: &Piece| p.category.as_deref().and_then(Category::by_code));
    let templates = replies::queries::offered(ctx, viewer, category.or_else(likely), EACH)
        .await?
        .into_iter()
        .map(|one| Piece {
            href: format!("/reply-templates/{}", one.number),
            number: one.number,
            title: one.title,
            text: one.words,
            note: one
                .category
                .as_deref()
                .and_then(Category::by_code)
                .map_or_else(String::new, |c| c.name(locale).into()),
            category: one.category,
        })
        .collect();
    Ok(Pieces { knowledge, templates, similar, asked: !words.trim().is_empty() || category.is_some() })
}

impl Pieces {
    /// The text with this number.
    pub fn text(&self, number: &str) -> Option<&Piece> {
        self.knowledge.iter().chain(&self.templates).chain(&self.similar).find(|p| p.number == number)
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.knowledge.is_empty() && self.templates.is_empty() && self.similar.is_empty()
    }

    /// The texts in up to three lists; `into` is the id of the answer box, `post` where the round trip goes.
    pub fn html(&self, into: &str, post: &str, locale: Locale) -> Html {
        let m = t(locale);
        let hint = if self.asked && !self.is_empty() && locale == Locale::En {
            Html::raw("<p class=\"small quiet\">").say(&m.reply_chinese_only()).and(&Html::raw("</p>"))
        } else if self.asked {
            Html::empty()
        } else {
            Html::raw("<p class=\"small quiet\">").say(&m.reply_not_asked()).and(&Html::raw("</p>"))
        };
        [
            (m.reply_head_knowledge(), &self.knowledge, m.reply_none_knowledge()),
            (m.reply_head_templates(), &self.templates, m.reply_none_templates()),
            (m.reply_head_similar(), &self.similar, m.reply_none_similar()),
        ]
        .into_iter()
        // That nothing was found is said only where something was looked for.
        .filter(|(_, list, _)| self.asked || !list.is_empty())
        .fold(hint, |out, (head, list, none)| {
            out.and(&Html::raw("<h3 class=\"aside-title\">")).say(&head).and(&Html::raw("</h3>")).and(&if list
                .is_empty()
            {
                Html::raw("<p class=\"small quiet\">").say(&none).and(&Html::raw("</p>"))
            } else {
                pieces(list, into, post, locale)
            })
        })
    }
}

/// A list of texts with a button each that puts it into the answer box.
pub fn pieces(list: &[Piece], into: &str, post: &str, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<ul class=\"plain pieces\">");
    for piece in list {
        let short: String = piece.text.chars().take(70).collect();
        let more = if piece.text.chars().count() > 70 { "…" } else { "" };
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::title_link(&piece.href, &piece.title, locale))
            .and(&Html::raw("<p lang=\"zh-CN\">"))
            .say(&short)
            .say(more)
            .and(&Html::raw("</p><p class=\"meta\"><span>"))
            .say(&piece.note)
            .and(&Html::raw("</span> <button class=\"button is-second is-small\" type=\"submit\" formnovalidate name=\"insert\" value=\""))
            .say(&piece.number)
            .and(&Html::raw("\" formaction=\""))
            .say(post)
            .and(&Html::raw("\" data-insert=\""))
            .say(into)
            .and(&Html::raw("\" data-text=\""))
            .say(&piece.text)
            .and(&Html::raw("\" data-category=\""))
            .say(piece.category.as_deref().unwrap_or_default())
            .and(&Html::raw("\">"))
            .say(&m.reply_insert())
            .and(&Html::raw("<span class=\"sr\" lang=\"zh-CN\">"))
            .say(&piece.title)
            .and(&Html::raw("</span></button></p></li>"));
    }
    out.and(&Html::raw("</ul>"))
}

/// The mark of a place that is to be filled in.
const BLANK: char = '\u{ff3f}';

/// Places of a text that were to be filled in and were not: two marks and more in a row.
pub fn blanks(text: &str) -> i64 {
    let mut found = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == BLANK { run + 1 } else { 0 };
        if run == 2 {
            found += 1;
        }
    }
    found
}

/// Nothing with open places goes to a firm.
///
/// # Errors
/// [`Fault::Invalid`] for this field, saying how many are open.
pub fn filled(field: &'static str, text: &str) -> Result<(), Fault> {
    match blanks(text) {
        0 => Ok(()),
        n => Err(Fault::invalid(field, |l| t(l).reply_blanks(n))),
    }
}

/// An answer with a text put below what was typed.
pub fn joined(typed: &str, text: &str) -> String {
    if typed.trim().is_empty() { text.to_owned() } else { format!("{}\n{text}", typed.trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_places_are_counted() {
        assert_eq!(blanks("标准编号是＿＿。第＿＿＿＿条，＿"), 2);
        assert_eq!(blanks("都填好了"), 0);
    }
}
