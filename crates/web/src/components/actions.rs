//! What a person may do now: buttons with what happens, folded forms, and blocked steps with their reason.

use super::{article, article_plain, attr, icon};
use crate::kernel::locale::Locale;
use crate::kernel::rule::ArticleRef;
use crate::layout::Html;

/// The weight of a button. One solid button a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// The one thing to do.
    Solid,
    /// Also possible.
    #[default]
    Second,
    /// Takes something away.
    Bad,
    /// Beside others, as quiet as a link.
    Plain,
}

impl Style {
    const fn class(self) -> &'static str {
        match self {
            Style::Solid => "button",
            Style::Second => "button is-second",
            Style::Bad => "button is-bad",
            Style::Plain => "button is-plain",
        }
    }
}

/// A button that sends the form it stands in.
pub fn button(verb: &str, style: Style) -> Html {
    Html(format!("<button class=\"{}\" type=\"submit\">{}</button>", style.class(), Html::text(verb)))
}

/// A link that looks like a button, in small: for heads of pages and rows.
pub fn link_button(href: &str, verb: &str, style: Style, icon_name: Option<&str>) -> Html {
    Html(format!(
        "<a class=\"{} is-small\"{}>{}{}</a>",
        style.class(),
        attr("href", href),
        icon_name.map(icon).unwrap_or_default(),
        Html::text(verb)
    ))
}

/// How an action is taken.
#[derive(Clone, Debug)]
pub enum ActionKind {
    /// On a page of its own.
    Link {
        /// The page.
        href: String,
        /// Verb and object.
        verb: String,
        /// Weight.
        style: Style,
        /// Icon before the verb.
        icon: Option<&'static str>,
    },
    /// At once, without anything to fill in.
    Post {
        /// Where the form goes.
        action: String,
        /// Hidden fields.
        fields: Vec<(String, String)>,
        /// Verb and object.
        verb: String,
        /// Weight.
        style: Style,
        /// Icon before the verb.
        icon: Option<&'static str>,
    },
    /// With something to fill in, folded below the line.
    Form {
        /// Id of the fold, for links and for opening it.
        id: String,
        /// Where the form goes.
        action: String,
        /// Hidden fields.
        fields: Vec<(String, String)>,
        /// Verb on the fold.
        verb: String,
        /// Weight of the fold's button.
        style: Style,
        /// The fields.
        body: Html,
        /// Verb of the button that sends.
        submit: String,
        /// Whether the form is open, as after an error in it.
        open: bool,
        /// Whether files go with it.
        files: bool,
    },
    /// Not now: words instead of a grey button.
    Blocked {
        /// What cannot be done.
        verb: String,
        /// Why, and when it can.
        reason: Html,
    },
}

/// One line of the list of actions.
#[derive(Clone, Debug)]
pub struct ActionLine {
    /// How it is taken.
    pub kind: ActionKind,
    /// What happens; unused where blocked, which has its reason.
    pub note: Html,
    /// Under which provision.
    pub article: Option<ArticleRef>,
}

impl ActionLine {
    /// A line that leads to a page.
    pub fn link(verb: &str, href: &str) -> ActionLine {
        ActionLine::of(ActionKind::Link {
            href: href.to_string(),
            verb: verb.to_string(),
            style: Style::Second,
            icon: None,
        })
    }

    /// A line that acts at once.
    pub fn post(verb: &str, action: &str) -> ActionLine {
        ActionLine::of(ActionKind::Post {
            action: action.to_string(),
            fields: Vec::new(),
            verb: verb.to_string(),
            style: Style::Second,
            icon: None,
        })
    }

    /// A line with a folded form; `submit` is the verb of the button that sends it.
    pub fn form(id: &str, verb: &str, action: &str, body: Html, submit: &str) -> ActionLine {
        ActionLine::of(ActionKind::Form {
            id: id.to_string(),
            action: action.to_string(),
            fields: Vec::new(),
            verb: verb.to_string(),
            style: Style::Second,
            body,
            submit: submit.to_string(),
            open: false,
            files: false,
        })
    }

    /// A line that says why not.
    pub fn blocked(verb: &str, reason: impl Into<Html>) -> ActionLine {
        ActionLine::of(ActionKind::Blocked { verb: verb.to_string(), reason: reason.into() })
    }

    fn of(kind: ActionKind) -> ActionLine {
        ActionLine { kind, note: Html::empty(), article: None }
    }

    /// What happens.
    #[must_use]
    pub fn note(mut self, note: impl Into<Html>) -> ActionLine {
        self.note = note.into();
        self
    }

    /// Under which provision.
    #[must_use]
    pub fn under(mut self, article: ArticleRef) -> ActionLine {
        self.article = Some(article);
        self
    }

    /// Weight of the button.
    #[must_use]
    pub fn style(mut self, to: Style) -> ActionLine {
        match &mut self.kind {
            ActionKind::Link { style, .. } | ActionKind::Post { style, .. } | ActionKind::Form { style, .. } => {
                *style = to;
            }
            ActionKind::Blocked { .. } => {}
        }
        self
    }

    /// The icon before the verb, where there is a button.
    #[must_use]
    pub fn icon(mut self, name: &'static str) -> ActionLine {
        match &mut self.kind {
            ActionKind::Link { icon, .. } | ActionKind::Post { icon, .. } => *icon = Some(name),
            ActionKind::Form { .. } | ActionKind::Blocked { .. } => {}
        }
        self
    }

    /// A hidden field of the form.
    #[must_use]
    pub fn hidden(mut self, name: &str, value: &str) -> ActionLine {
        match &mut self.kind {
            ActionKind::Post { fields, .. } | ActionKind::Form { fields, .. } => {
                fields.push((name.to_string(), value.to_string()));
            }
            ActionKind::Link { .. } | ActionKind::Blocked { .. } => {}
        }
        self
    }

    /// Shows the folded form unfolded, as after an error in it.
    #[must_use]
    pub fn open(mut self, is_open: bool) -> ActionLine {
        if let ActionKind::Form { open, .. } = &mut self.kind {
            *open = is_open;
        }
        self
    }

    /// The form takes files.
    #[must_use]
    pub fn with_files(mut self) -> ActionLine {
        if let ActionKind::Form { files, .. } = &mut self.kind {
            *files = true;
        }
        self
    }

    fn html(&self, locale: Locale) -> Html {
        let provision = self.article.map(|a| article(a, locale)).unwrap_or_default();
        let note = if self.note.is_empty() { "<p></p>".to_string() } else { format!("<p>{}</p>", self.note) };
        Html(match &self.kind {
            ActionKind::Link { href, verb, style, icon: name } => format!(
                "<li><a class=\"{}\"{}>{}{}</a>{note}{provision}</li>",
                style.class(),
                attr("href", href),
                name.map(icon).unwrap_or_default(),
                Html::text(verb)
            ),
            ActionKind::Post { action, fields, verb, style, icon: name } => format!(
                "<li><form method=\"post\"{}>{}<button class=\"{}\" type=\"submit\">{}{}</button></form>{note}{provision}</li>",
                attr("action", action),
                hidden_fields(fields),
                style.class(),
                name.map(icon).unwrap_or_default(),
                Html::text(verb)
            ),
            ActionKind::Form { id, action, fields, verb, style, body, submit, open, files } => format!(
                "<li class=\"has-form\"><details class=\"act\"{}{}><summary><span class=\"{}\">{}</span><span>{}</span>{}</summary><form method=\"post\" class=\"inline-form\" novalidate data-keep{}{}>{}{body}<button class=\"{} is-small\" type=\"submit\">{}</button></form></details></li>",
                attr("id", id),
                if *open { " open" } else { "" },
                style.class(),
                Html::text(verb),
                self.note,
                self.article.map(|a| article_plain(a, locale)).unwrap_or_default(),
                attr("action", action),
                if *files { " enctype=\"multipart/form-data\"" } else { "" },
                hidden_fields(fields),
                if *style == Style::Bad { "button is-bad" } else { "button" },
                Html::text(submit)
            ),
            ActionKind::Blocked { verb, reason } => format!(
                "<li class=\"is-blocked\"><span class=\"blocked\">{}{}</span><div><p>{reason}</p></div>{provision}</li>",
                icon("lock"),
                Html::text(verb)
            ),
        })
    }
}

fn hidden_fields(fields: &[(String, String)]) -> String {
    fields.iter().map(|(name, value)| super::hidden(name, value).0).collect()
}

/// The list “what you can do now”; nothing without lines.
pub fn actions(lines: &[ActionLine], locale: Locale) -> Html {
    if lines.is_empty() {
        return Html::empty();
    }
    let mut out = String::from("<ul class=\"actions\">");
    for line in lines {
        out.push_str(&line.html(locale).0);
    }
    out.push_str("</ul>");
    Html(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::rule::art;

    #[test]
    fn a_blocked_step_is_words_not_a_grey_button() {
        let out = actions(
            &[ActionLine::blocked("办结", Html::raw("<b>还没有交付。</b>"))
                .under(art(5))
                .hidden("a", "b")
                .style(Style::Solid)],
            Locale::Zh,
        );
        assert!(out.0.contains("class=\"is-blocked\"") && out.0.contains("#i-lock") && out.0.contains("第五条"));
        assert!(!out.0.contains("<button") && !out.0.contains("disabled"));
    }

    #[test]
    fn a_form_folds_and_keeps_its_hidden_fields() {
        let line = ActionLine::form("extend", "延长期限", "/x/1/extension", Html::raw("<i></i>"), "延长")
            .hidden("version", "3\"")
            .note("只延一次")
            .open(true);
        let out = actions(&[line], Locale::Zh).0;
        assert!(out.contains("<details class=\"act\" id=\"extend\" open>"));
        assert!(out.contains("name=\"version\" value=\"3&quot;\""));
        assert!(out.contains("action=\"/x/1/extension\""));
    }

    #[test]
    fn words_are_escaped() {
        let lines = [
            ActionLine::link("<a>", "/x?a=1&b=\"").note("<b>"),
            ActionLine::post("<a>", "/y").icon("bell"),
            ActionLine::blocked("<a>", "<b>"),
        ];
        let out = actions(&lines, Locale::En).0;
        assert!(!out.contains("<a>") && !out.contains("<p><b>") && out.contains("&amp;b=&quot;"));
    }
}
