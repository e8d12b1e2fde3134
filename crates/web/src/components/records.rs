//! What a case page tells: where it stands, what happened, what was said.

use chrono::NaiveDate;

use super::{Tone, article, icon, leaf, link};
use crate::kernel::locale::Locale;
use crate::kernel::rule::ArticleRef;
use crate::layout::Html;
use crate::{dates, t};

/// How far a step of the way is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Ahead.
    #[default]
    Todo,
    /// Not gone by this case.
    Skipped,
}

/// One step of the way of a case.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Its word.
    pub label: String,
    /// When, or within which limit.
    pub small: Html,
    /// How far it is.
    pub state: StepState,
}

/// The sentence that opens a case: whose turn, to do what, by when; and the steps.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The due day and its tone, where there is one.
    pub leaf: Option<(NaiveDate, Tone)>,
    /// The sentence; may be cut by `phrased` and hold dates.
    pub say: Html,
    /// Below it: how long is left, what is not counted, a link to how it was counted.
    pub rest: Html,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Standing {
    /// The markup.
    pub fn html(&self, locale: Locale) -> Html {
        let mut out = format!(
            "<section class=\"standing\" aria-labelledby=\"now\"><h2 class=\"sr\" id=\"now\">{}</h2><div class=\"standing-now\">",
            Html::text(&t(locale).web_standing())
        );
        if let Some((day, tone)) = self.leaf {
            out.push_str(&leaf(day, tone, locale).0);
        }
        out.push_str(&format!("<div><p class=\"say phrased\">{}</p>", self.say));
        if !self.rest.is_empty() {
            out.push_str(&format!("<p class=\"quiet small\">{}</p>", self.rest));
        }
        out.push_str("</div></div>");
        if !self.steps.is_empty() {
            out.push_str("<ol class=\"steps\">");
            for step in &self.steps {
                let (class, name) = match step.state {
                    StepState::Done => (" class=\"is-done\"", "done"),
                    StepState::Now => (" class=\"is-now\" aria-current=\"step\"", "run"),
                    StepState::Todo => ("", "todo"),
                    StepState::Skipped => (" class=\"is-skipped\"", "no"),
                };
                let small =
                    if step.small.is_empty() { String::new() } else { format!("<small>{}</small>", step.small) };
                out.push_str(&format!("<li{class}>{}<b>{}</b>{small}</li>", icon(name), Html::text(&step.label)));
            }
            out.push_str("</ol>");
        }
        out.push_str("</section>");
        Html(out)
    }
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// Name of the icon.
    pub icon: &'static str,
    /// The step.
    pub title: String,
    /// Under which provision.
    pub article: Option<ArticleRef>,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who, and the words used.
    pub body: Html,
}

/// What happened, in the order given: newest first.
pub fn timeline(entries: &[TimelineEntry], today: NaiveDate, locale: Locale) -> Html {
    let mut out = String::from("<ol class=\"timeline\">");
    for entry in entries {
        let body = if entry.body.is_empty() { String::new() } else { format!("<p>{}</p>", entry.body) };
        out.push_str(&format!(
            "<li>{}<div class=\"timeline-head\"><b>{}</b>{}{}</div>{body}</li>",
            icon(entry.icon),
            Html::text(&entry.title),
            entry.article.map(|a| article(a, locale)).unwrap_or_default(),
            dates::moment_full(entry.at_ms, today, locale)
        ));
    }
    out.push_str("</ol>");
    Html(out)
}

/// On which side a message stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Of the others.
    #[default]
    Theirs,
    /// Of the reader's own house.
    Ours,
    /// A note that only the reader's own house sees.
    Inside,
}

/// One message of a case.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Who wrote it.
    pub from: String,
    /// From where; for a note inside: who sees it.
    pub org: String,
    /// On which side it stands.
    pub side: Side,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// The words as they were typed.
    pub text: String,
    /// Language of the words, where it is another one than the page's.
    pub lang: Option<Locale>,
    /// Files with it: address, name, size in bytes.
    pub files: Vec<(String, String, u64)>,
}

/// What was said, oldest first.
pub fn thread(messages: &[Message], today: NaiveDate, locale: Locale) -> Html {
    let mut out = String::from("<ol class=\"thread\">");
    for message in messages {
        let (class, lock) = match message.side {
            Side::Theirs => ("", Html::empty()),
            Side::Ours => (" class=\"is-ours\"", Html::empty()),
            Side::Inside => (" class=\"is-inside\"", Html(format!("{} ", icon("lock")))),
        };
        let lang = match message.lang {
            Some(lang) if lang != locale => format!(" lang=\"{}\"", lang.tag()),
            _ => String::new(),
        };
        out.push_str(&format!(
            "<li{class}><header><b>{}</b><span>{lock}{}</span>{}</header><div{lang}>{}</div>",
            Html::text(&message.from),
            Html::text(&message.org),
            dates::moment(message.at_ms, today, locale),
            paragraphs(&message.text)
        ));
        for (href, name, bytes) in &message.files {
            out.push_str(&format!(
                "<p class=\"small\">{} {} <span class=\"quiet\">{}</span></p>",
                icon("clip"),
                link(href, name),
                dates::file_size(*bytes)
            ));
        }
        out.push_str("</li>");
    }
    out.push_str("</ol>");
    Html(out)
}

/// Words as they were typed: a blank line parts paragraphs, other line ends stay line ends.
pub fn paragraphs(text: &str) -> Html {
    let text = text.replace("\r\n", "\n");
    let mut out = String::new();
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let lines: Vec<String> = block.lines().map(|line| Html::text(line.trim()).0).collect();
        out.push_str(&format!("<p>{}</p>", lines.join("<br>")));
    }
    Html(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_keep_their_lines_and_nothing_else() {
        assert_eq!(paragraphs("一<b>\r\n二\r\n\r\n\n三").0, "<p>一&lt;b&gt;<br>二</p><p>三</p>");
        assert!(paragraphs(" \n ").is_empty());
    }

    #[test]
    fn the_step_that_is_now_is_marked_once() {
        let step = |label: &str, state| Step { label: label.into(), state, ..Step::default() };
        let out = Standing {
            steps: vec![
                step("提交", StepState::Done),
                step("受理", StepState::Now),
                step("派单", StepState::Skipped),
                step("办结", StepState::Todo),
            ],
            say: Html::text("<轮到您>"),
            ..Standing::default()
        }
        .html(Locale::Zh)
        .0;
        assert_eq!(out.matches("aria-current=\"step\"").count(), 1);
        assert!(out.contains("&lt;轮到您&gt;") && out.contains("is-skipped") && !out.contains("class=\"leaf"));
    }

    #[test]
    fn notes_inside_are_marked() {
        let today = NaiveDate::from_ymd_opt(2026, 10, 12).expect("day");
        let note = Message {
            from: "周<".into(),
            org: "只有自己看得到".into(),
            side: Side::Inside,
            text: "x".into(),
            lang: Some(Locale::Zh),
            ..Message::default()
        };
        let out = thread(std::slice::from_ref(&note), today, Locale::En).0;
        assert!(out.contains("class=\"is-inside\"") && out.contains("#i-lock") && out.contains("<div lang=\"zh-CN\">"));
        assert!(!out.contains("周<"));
        let entry =
            TimelineEntry { icon: "done", title: "接单<".into(), article: None, at_ms: 0, body: Html::empty() };
        assert!(timeline(&[entry], today, Locale::Zh).0.contains("接单&lt;"));
    }
}
