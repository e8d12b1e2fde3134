//! Fields of forms: label above, hint below it, error between hint and input, wired for readers of the page.

use std::fmt::Write as _;

use super::{attr, icon};
use crate::kernel::locale::Locale;
use crate::layout::Html;
use crate::{dates, t};

/// One of several answers.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: Html,
    /// What it means.
    pub hint: String,
    /// How many there are of it, beside a facet.
    pub count: Option<u64>,
    /// Fields that belong to this answer; folded away by the script while it is not chosen.
    pub more: Html,
}

/// What kind of field it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line; the word is the `type` of the input.
    Input(&'static str),
    /// Several lines, so many to begin with.
    Area(u32),
    /// One of a list that opens.
    Select,
    /// One of a few, all to be seen.
    Radios,
    /// Any of a few.
    Checks,
    /// Yes or no.
    Check,
    /// Files.
    File,
}

/// A field, built step by step: `Field::text("tel", "手机号").hint("…").value(&raw).error(errors.get("tel")).html(locale)`.
#[derive(Clone, Debug)]
pub struct Field {
    kind: FieldKind,
    name: String,
    id: String,
    label: Html,
    heading: bool,
    label_hidden: bool,
    hint: Html,
    optional: bool,
    error: Option<String>,
    values: Vec<String>,
    choices: Vec<Choice>,
    groups: Vec<(usize, String)>,
    width: &'static str,
    small: bool,
    tight: bool,
    in_row: bool,
    max: Option<u32>,
    attrs: String,
}

impl Field {
    fn new(kind: FieldKind, name: &str, label: impl Into<Html>) -> Field {
        Field {
            kind,
            name: name.to_string(),
            id: name.to_string(),
            label: label.into(),
            heading: false,
            label_hidden: false,
            hint: Html::empty(),
            optional: false,
            error: None,
            values: Vec::new(),
            choices: Vec::new(),
            groups: Vec::new(),
            width: "",
            small: false,
            tight: false,
            in_row: false,
            max: None,
            attrs: String::new(),
        }
    }

    /// One line of text.
    pub fn text(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("text"), name, label)
    }

    /// A phone number: digits on phones, filled in by the browser.
    pub fn tel(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("tel"), name, label).width("w-phone").inputmode("tel").autocomplete("tel")
    }

    /// A whole number; a text field with digits, because spinners change values unasked.
    pub fn number(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("text"), name, label).width("w-short").inputmode("numeric").autocomplete("off")
    }

    /// A mail address.
    pub fn email(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("email"), name, label).width("w-mid").autocomplete("email")
    }

    /// A password; `autocomplete` is `current-password` unless set to `new-password`.
    pub fn password(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("password"), name, label).width("w-mid")
    }

    /// A day, by the browser's own picker; the value is `2026-10-13`.
    pub fn date(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("date"), name, label).width("w-date")
    }

    /// Words to look for.
    pub fn search(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Input("search"), name, label)
    }

    /// Several lines.
    pub fn area(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Area(4), name, label)
    }

    /// One of a list that opens.
    pub fn select(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Select, name, label)
    }

    /// One of a few answers, all to be seen.
    pub fn radios(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Radios, name, label)
    }

    /// Any of a few answers.
    pub fn checks(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Checks, name, label)
    }

    /// One box to tick; sends `yes`. `.value("yes")` ticks it.
    pub fn check(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::Check, name, label)
    }

    /// Files to send along; the hint says which and how large.
    pub fn file(name: &str, label: impl Into<Html>) -> Field {
        Field::new(FieldKind::File, name, label)
    }

    /// Another id than the name, where a page has several forms.
    #[must_use]
    pub fn id(mut self, id: &str) -> Field {
        self.id = id.to_string();
        self
    }

    /// Makes the label the page's heading: one question a screen.
    #[must_use]
    pub fn heading(mut self) -> Field {
        self.heading = true;
        self
    }

    /// Keeps the label for readers of the page only, where the place says it already.
    #[must_use]
    pub fn label_hidden(mut self) -> Field {
        self.label_hidden = true;
        self
    }

    /// What to write, or where it comes from.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Html>) -> Field {
        self.hint = hint.into();
        self
    }

    /// May be left empty; all others must not.
    #[must_use]
    pub fn optional(mut self) -> Field {
        self.optional = true;
        self
    }

    /// What must be changed, if anything.
    #[must_use]
    pub fn error<S: AsRef<str>>(mut self, error: Option<S>) -> Field {
        self.error = error.map(|words| words.as_ref().to_string()).filter(|words| !words.is_empty());
        self
    }

    /// What was typed or chosen; for boxes to tick, call it once for each one ticked.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Field {
        if !value.as_ref().is_empty() {
            self.values.push(value.as_ref().to_string());
        }
        self
    }

    /// Several values at once, for boxes to tick.
    #[must_use]
    pub fn values<S: AsRef<str>>(mut self, values: impl IntoIterator<Item = S>) -> Field {
        self.values.extend(values.into_iter().map(|value| value.as_ref().to_string()));
        self
    }

    /// An answer.
    #[must_use]
    pub fn option(self, value: impl AsRef<str>, label: impl Into<Html>) -> Field {
        self.choice(Choice { value: value.as_ref().to_string(), label: label.into(), ..Choice::default() })
    }

    /// An answer with a line that says what it means.
    #[must_use]
    pub fn option_hint(self, value: impl AsRef<str>, label: impl Into<Html>, hint: impl AsRef<str>) -> Field {
        self.choice(Choice {
            value: value.as_ref().to_string(),
            label: label.into(),
            hint: hint.as_ref().to_string(),
            ..Choice::default()
        })
    }

    /// Many answers: values and labels.
    #[must_use]
    pub fn options<V: AsRef<str>, L: Into<Html>>(mut self, options: impl IntoIterator<Item = (V, L)>) -> Field {
        for (value, label) in options {
            self = self.option(value, label);
        }
        self
    }

    /// An answer with everything it can have.
    #[must_use]
    pub fn choice(mut self, choice: Choice) -> Field {
        self.choices.push(choice);
        self
    }

    /// Begins a group of the answers that follow, in a list that opens.
    #[must_use]
    pub fn group(mut self, label: &str) -> Field {
        self.groups.push((self.choices.len(), label.to_string()));
        self
    }

    /// Width by what goes in: `w-short`, `w-date`, `w-phone`, `w-code`, `w-mid`; full if nothing is said.
    #[must_use]
    pub fn width(mut self, class: &'static str) -> Field {
        self.width = class;
        self
    }

    /// A low field, for bars and folds.
    #[must_use]
    pub fn small(mut self) -> Field {
        self.small = true;
        self
    }

    /// Narrow answers, as facets beside results.
    #[must_use]
    pub fn tight(mut self) -> Field {
        self.tight = true;
        self
    }

    /// Answers beside each other.
    #[must_use]
    pub fn in_row(mut self) -> Field {
        self.in_row = true;
        self
    }

    /// Which keyboard a phone shows.
    #[must_use]
    pub fn inputmode(self, mode: &str) -> Field {
        self.attr("inputmode", mode)
    }

    /// What the browser may fill in.
    #[must_use]
    pub fn autocomplete(self, what: &str) -> Field {
        self.attr("autocomplete", what)
    }

    /// Most characters; for several lines it is said below, with how many are written.
    #[must_use]
    pub fn max(mut self, characters: u32) -> Field {
        self.max = Some(characters);
        self
    }

    /// Lines to begin with.
    #[must_use]
    pub fn rows(mut self, lines: u32) -> Field {
        if let FieldKind::Area(rows) = &mut self.kind {
            *rows = lines;
        }
        self
    }

    /// More than one file.
    #[must_use]
    pub fn multiple(mut self) -> Field {
        self.attrs.push_str(" multiple");
        self
    }

    /// Which files the browser offers, such as `.pdf,.xlsx`.
    #[must_use]
    pub fn accept(self, kinds: &str) -> Field {
        self.attr("accept", kinds)
    }

    /// An example inside the empty field; never instead of a label.
    #[must_use]
    pub fn placeholder(self, words: &str) -> Field {
        self.attr("placeholder", words)
    }

    /// Any other attribute of the input, `min` or `max` of a day for instance.
    #[must_use]
    pub fn attr(mut self, name: &str, value: &str) -> Field {
        self.attrs.push_str(&attr(name, value));
        self
    }

    fn chosen(&self, value: &str) -> bool {
        if self.values.is_empty() && self.kind == FieldKind::Select {
            return value.is_empty();
        }
        self.values.iter().any(|one| one == value)
    }

    fn wiring(&self) -> String {
        let mut out = String::new();
        let mut by = Vec::new();
        if !self.hint.is_empty() {
            by.push(format!("{}-h", self.id));
        }
        if self.error.is_some() {
            by.push(format!("{}-e", self.id));
            // A group as a whole has no such state; its description carries the error.
            if !matches!(self.kind, FieldKind::Radios | FieldKind::Checks) {
                out.push_str(" aria-invalid=\"true\"");
            }
        }
        if matches!(self.kind, FieldKind::Area(_)) && self.max.is_some() {
            by.push(format!("{}-c", self.id));
        }
        if !by.is_empty() {
            out.push_str(&attr("aria-describedby", &by.join(" ")));
        }
        out
    }

    fn label_words(&self, locale: Locale) -> String {
        if self.optional {
            format!("{} <span class=\"optional\">{}</span>", self.label, Html::text(&t(locale).web_optional()))
        } else {
            self.label.0.clone()
        }
    }

    fn hint_line(&self) -> String {
        if self.hint.is_empty() {
            String::new()
        } else {
            format!("<span class=\"hint\"{}>{}</span>", attr("id", &format!("{}-h", self.id)), self.hint)
        }
    }

    fn error_line(&self) -> String {
        match &self.error {
            None => String::new(),
            Some(words) => format!(
                "<span class=\"error\"{}>{}<span>{}</span></span>",
                attr("id", &format!("{}-e", self.id)),
                icon("stop"),
                Html::text(words)
            ),
        }
    }

    /// The markup.
    pub fn html(&self, locale: Locale) -> Html {
        let grouped = matches!(self.kind, FieldKind::Radios | FieldKind::Checks);
        let mut class = String::from("field");
        if self.error.is_some() {
            class.push_str(" has-error");
        }
        if self.tight {
            class.push_str(" choices-tight");
        }
        if self.in_row {
            class.push_str(" row-choices");
        }
        if grouped {
            let words = self.label_words(locale);
            let legend = match (self.heading, self.label_hidden) {
                (true, _) => format!("<legend><h1>{words}</h1></legend>"),
                (false, true) => format!("<legend class=\"sr\">{words}</legend>"),
                (false, false) => format!("<legend>{words}</legend>"),
            };
            return Html(format!(
                "<fieldset class=\"{class}\"{}>{legend}{}{}{}</fieldset>",
                self.wiring(),
                self.hint_line(),
                self.error_line(),
                self.answers()
            ));
        }
        if self.kind == FieldKind::Check {
            return Html(format!(
                "<div class=\"{class}\">{}<label class=\"choice\"><input type=\"checkbox\"{}{} value=\"yes\"{}{}{}><span>{}</span>{}</label></div>",
                self.error_line(),
                attr("id", &self.id),
                attr("name", &self.name),
                if self.values.is_empty() { "" } else { " checked" },
                self.wiring(),
                self.attrs,
                self.label_words(locale),
                self.hint_line()
            ));
        }
        let words = self.label_words(locale);
        let label = match (self.heading, self.label_hidden) {
            (true, _) => format!("<h1><label{}>{words}</label></h1>", attr("for", &self.id)),
            (false, true) => format!("<label class=\"sr\"{}>{words}</label>", attr("for", &self.id)),
            (false, false) => format!("<label{}>{words}</label>", attr("for", &self.id)),
        };
        // A file's hint stands inside its box.
        let hint = if self.kind == FieldKind::File { String::new() } else { self.hint_line() };
        Html(format!("<div class=\"{class}\">{label}{hint}{}{}</div>", self.error_line(), self.control(locale)))
    }

    fn input_class(&self) -> String {
        let mut class = String::from("input");
        if self.small {
            class.push_str(" is-small");
        }
        if !self.width.is_empty() {
            class.push(' ');
            class.push_str(self.width);
        }
        class
    }

    fn control(&self, locale: Locale) -> String {
        let class = self.input_class();
        let head = format!("{}{}", attr("id", &self.id), attr("name", &self.name));
        let value = self.values.first().map_or("", String::as_str);
        match &self.kind {
            FieldKind::Input(kind) => {
                let kind = if *kind == "text" { String::new() } else { attr("type", kind) };
                // A password is never written back into a page.
                let value =
                    if self.kind == FieldKind::Input("password") { String::new() } else { attr("value", value) };
                let max = self.max.map(|n| attr("maxlength", &n.to_string())).unwrap_or_default();
                format!("<input class=\"{class}\"{head}{kind}{value}{max}{}{}>", self.attrs, self.wiring())
            }
            FieldKind::Area(rows) => {
                let mut out = format!(
                    "<textarea class=\"{class}\"{head} rows=\"{rows}\"{}{}>\n{}</textarea>",
                    self.attrs,
                    self.wiring(),
                    Html::text(value)
                );
                if let Some(max) = self.max {
                    let t = t(locale);
                    let written = value.replace("\r\n", "\n").trim().chars().count();
                    let max = dates::number(i64::from(max));
                    let now = dates::number(i64::try_from(written).unwrap_or(i64::MAX));
                    let _ = write!(
                        out,
                        "<span class=\"count\"{}{}{}>{}</span>",
                        attr("id", &format!("{}-c", self.id)),
                        attr("data-for", &self.id),
                        attr("data-words", &t.web_written("#", max.as_str())),
                        Html::text(&t.web_written(now, max))
                    );
                }
                out
            }
            FieldKind::Select => {
                let mut out = format!("<select class=\"{class}\"{head}{}{}>", self.attrs, self.wiring());
                let mut open = false;
                for (i, choice) in self.choices.iter().enumerate() {
                    if let Some((_, label)) = self.groups.iter().find(|(at, _)| *at == i) {
                        if open {
                            out.push_str("</optgroup>");
                        }
                        let _ = write!(out, "<optgroup{}>", attr("label", label));
                        open = true;
                    }
                    let _ = write!(
                        out,
                        "<option{}{}>{}</option>",
                        attr("value", &choice.value),
                        if self.chosen(&choice.value) { " selected" } else { "" },
                        choice.label
                    );
                }
                if open {
                    out.push_str("</optgroup>");
                }
                out.push_str("</select>");
                out
            }
            FieldKind::File => format!(
                "<div class=\"drop\"><input type=\"file\"{head}{}{}>{}</div>",
                self.attrs,
                self.wiring(),
                if self.hint.is_empty() {
                    String::new()
                } else {
                    format!("<p class=\"small quiet\"{}>{}</p>", attr("id", &format!("{}-h", self.id)), self.hint)
                }
            ),
            FieldKind::Radios | FieldKind::Checks | FieldKind::Check => String::new(),
        }
    }

    fn answers(&self) -> String {
        let kind = if self.kind == FieldKind::Radios { "radio" } else { "checkbox" };
        let mut out = String::new();
        for (i, choice) in self.choices.iter().enumerate() {
            // The first one carries the field's own id, so that the summary of errors leads to it.
            let id = if i == 0 { self.id.clone() } else { format!("{}-{i}", self.id) };
            let count = choice
                .count
                .map(|n| format!("<span class=\"count\">{}</span>", dates::number(n.cast_signed())))
                .unwrap_or_default();
            let hint = if choice.hint.is_empty() {
                String::new()
            } else {
                format!("<span class=\"hint\">{}</span>", Html::text(&choice.hint))
            };
            let _ = write!(
                out,
                "<label class=\"choice\"><input type=\"{kind}\"{}{}{}{}{}><span>{}</span>{count}{hint}</label>",
                attr("id", &id),
                attr("name", &self.name),
                attr("value", &choice.value),
                if self.chosen(&choice.value) { " checked" } else { "" },
                self.attrs,
                choice.label
            );
            if !choice.more.is_empty() {
                let _ = write!(out, "<div class=\"choice-more\"{}>{}</div>", attr("data-of", &id), choice.more);
            }
        }
        out
    }
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> Html {
    Html(format!("<input type=\"hidden\"{}{}>", attr("name", name), attr("value", value)))
}

/// An error that belongs to a whole form, above its button.
pub fn form_error(words: &str) -> Html {
    Html(format!(
        "<div class=\"field has-error\"><span class=\"error\">{}<span>{}</span></span></div>",
        icon("stop"),
        Html::text(words)
    ))
}

/// The bar of filters above a list; sent by GET, so that a filtered list has an address.
#[derive(Clone, Debug, Default)]
pub struct FilterBar {
    action: String,
    inner: String,
}

impl FilterBar {
    /// A bar whose list stands at this address.
    pub fn new(action: &str) -> FilterBar {
        FilterBar { action: action.to_string(), inner: String::new() }
    }

    /// Something that stays as it is when the filters change.
    #[must_use]
    pub fn hidden(mut self, name: &str, value: &str) -> FilterBar {
        if !value.is_empty() {
            self.inner.push_str(&hidden(name, value).0);
        }
        self
    }

    /// One of a list; the first option should say “all”, with an empty value.
    #[must_use]
    pub fn select<V: AsRef<str>, L: Into<Html>>(
        mut self,
        name: &str,
        label: &str,
        options: impl IntoIterator<Item = (V, L)>,
        chosen: &str,
    ) -> FilterBar {
        let id = format!("f-{name}");
        let field = Field::select(name, "").id(&id).small().options(options).value(chosen);
        let _ = write!(
            self.inner,
            "<div><label{}>{}</label>{}</div>",
            attr("for", &id),
            Html::text(label),
            field.control(Locale::Zh)
        );
        self
    }

    /// A day.
    #[must_use]
    pub fn date(mut self, name: &str, label: &str, value: &str) -> FilterBar {
        let id = format!("f-{name}");
        let field = Field::date(name, "").id(&id).small().value(value);
        let _ = write!(
            self.inner,
            "<div><label{}>{}</label>{}</div>",
            attr("for", &id),
            Html::text(label),
            field.control(Locale::Zh)
        );
        self
    }

    /// Words to look for; takes the room that is left.
    #[must_use]
    pub fn search(mut self, name: &str, label: &str, value: &str) -> FilterBar {
        let id = format!("f-{name}");
        let field = Field::search(name, "").id(&id).small().value(value);
        let _ = write!(
            self.inner,
            "<div class=\"grow\"><label{}>{}</label>{}</div>",
            attr("for", &id),
            Html::text(label),
            field.control(Locale::Zh)
        );
        self
    }

    /// The markup, with the button that filters.
    pub fn html(&self, locale: Locale) -> Html {
        Html(format!(
            "<form class=\"filters\" method=\"get\"{}>{}<div><button class=\"button is-second is-small\" type=\"submit\">{}</button></div></form>",
            attr("action", &self.action),
            self.inner,
            Html::text(&t(locale).web_filter())
        ))
    }
}

/// The start of the bar above rows that can be picked: “select all on this page” and how many are.
///
/// Goes into `<div class="batch" role="group">`; both parts are there only where scripts run.
pub fn batch_head(locale: Locale) -> Html {
    let t = t(locale);
    Html(format!(
        "<label class=\"choice\" data-pick-all><input type=\"checkbox\"><span>{}</span></label><b data-needs-script{}>{}</b>",
        Html::text(&t.web_pick_all()),
        attr("data-picked", &t.web_picked("#")),
        Html::text(&t.web_picked("0"))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_with_an_error_is_wired_like_the_specimen() {
        let out = Field::tel("tel", "手机号")
            .hint("可以换一个")
            .value("130 0000 000")
            .error(Some("手机号少了 1 位"))
            .html(Locale::Zh)
            .0;
        assert!(out.starts_with(
            "<div class=\"field has-error\"><label for=\"tel\">手机号</label><span class=\"hint\" id=\"tel-h\">"
        ));
        assert!(out.contains("<span class=\"error\" id=\"tel-e\">"));
        for piece in [
            "class=\"input w-phone\"",
            "inputmode=\"tel\"",
            "autocomplete=\"tel\"",
            "aria-invalid=\"true\" aria-describedby=\"tel-h tel-e\"",
            "value=\"130 0000 000\"",
        ] {
            assert!(out.contains(piece), "{piece}\n{out}");
        }
        assert!(!Field::text("a", "b").error(None::<&str>).html(Locale::Zh).0.contains("aria-"));
    }

    #[test]
    fn nothing_typed_escapes_from_its_field() {
        let evil = "\"><script>'";
        for field in [
            Field::text("a", evil).hint(evil).value(evil).error(Some(evil)).placeholder(evil),
            Field::area("a", evil).value("</textarea><script>").max(10),
            Field::select("a", evil).option(evil, evil).value(evil),
            Field::radios("a", evil).option_hint(evil, evil, evil),
            Field::check("a", evil),
            Field::file("a", evil).hint(evil),
        ] {
            let out = field.html(Locale::Zh).0;
            assert!(!out.contains("<script>"), "{out}");
        }
        assert!(!form_error(evil).0.contains("<script>"));
        assert!(!FilterBar::new(evil).search("q", evil, evil).html(Locale::Zh).0.contains("<script>"));
    }

    #[test]
    fn a_password_is_not_written_back() {
        assert!(!Field::password("p", "x").value("secret").html(Locale::Zh).0.contains("secret"));
    }

    #[test]
    fn what_was_chosen_stays_chosen() {
        let select = Field::select("kind", "种类").option("", "全部").option("a", "甲").value("a").html(Locale::Zh).0;
        assert!(select.contains("<option value=\"a\" selected>") && select.matches("selected").count() == 1);
        let none = Field::select("kind", "种类").option("", "全部").option("a", "甲").html(Locale::Zh).0;
        assert!(none.contains("<option value=\"\" selected>"));
        let checks = Field::checks("d", "区")
            .options([("a", "甲"), ("b", "乙"), ("c", "丙")])
            .values(["a", "c"])
            .html(Locale::En)
            .0;
        assert_eq!(checks.matches(" checked").count(), 2);
        let radios = Field::radios("way", "怎样联系")
            .choice(Choice {
                value: "tel".into(),
                label: "打电话".into(),
                more: Html::raw("<p></p>"),
                ..Choice::default()
            })
            .option("sms", "发短信")
            .heading()
            .html(Locale::Zh)
            .0;
        assert!(
            radios.contains("<legend><h1>怎样联系</h1></legend>")
                && radios.contains("data-of=\"way\"")
                && radios.contains("id=\"way-1\"")
        );
    }

    #[test]
    fn the_count_of_characters_is_of_characters() {
        let out = Field::area("t", "说明").value("一二三\r\n四").max(1000).html(Locale::Zh).0;
        assert!(
            out.contains("已写 5 字，最多 1,000 字")
                && out.contains("data-for=\"t\"")
                && out.contains("aria-describedby=\"t-c\""),
            "{out}"
        );
    }
}
