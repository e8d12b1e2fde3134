//! What the pages of all procedures have in common: the head of a case, where it stands, what one can do, what happened,
//! and its files; and what stands around every list.

mod list;

use chrono::NaiveDate;
use huiqi_casework::attachments::Attached;
use huiqi_casework::record::Case;
use huiqi_casework::{scope, timeline};
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_store::Ctx;
use huiqi_web::components::{self, ActionLine, Standing, Step, StepState, Tone, actions, section_head};
use huiqi_web::dates::{self, Left};
use huiqi_web::layout::Html;
use huiqi_web::{Form, Visit};

pub(crate) use self::list::List;
use crate::t;

/// Which form of a page failed, at which field, and why.
pub(crate) type Wrong<'a> = (&'a str, &'a str, Bilingual);

/// The forms of a page after one of them failed: its errors, and what was typed into it.
#[derive(Clone, Copy)]
pub(crate) struct Typed<'a> {
    error: Option<&'a Wrong<'a>>,
    form: &'a Form,
    locale: Locale,
}

impl<'a> Typed<'a> {
    /// `error` as it was refused, `form` as it was sent.
    pub(crate) fn new(error: Option<&'a Wrong<'a>>, form: &'a Form, locale: Locale) -> Typed<'a> {
        Typed { error, form, locale }
    }

    /// Whether this form is the one that failed.
    pub(crate) fn failed(&self, form: &str) -> bool {
        self.error.is_some_and(|(id, _, _)| *id == form)
    }

    /// What was typed into a field, where this form failed; nothing else is put back.
    pub(crate) fn value(&self, form: &str, field: &str) -> String {
        if self.failed(form) { self.form.value(field).to_owned() } else { String::new() }
    }

    /// What must be changed, on top of the page: it leads to the field, which may stand far below.
    pub(crate) fn summary(&self) -> Html {
        let Some((form, field, words)) = self.error else { return Html::empty() };
        components::error_summary(&[(format!("{form}-{field}"), words.get(self.locale).to_owned())], self.locale)
    }

    /// The sentence beside a field.
    pub(crate) fn error(&self, form: &str, field: &str) -> Option<String> {
        self.error
            .filter(|(id, at, _)| *id == form && *at == field)
            .map(|(_, _, words)| words.get(self.locale).to_owned())
    }
}

/// The head of a case's page.
#[derive(Default)]
pub(crate) struct Head {
    /// The lists above, each with address and name.
    pub(crate) crumbs: Vec<(String, String)>,
    /// Number that people see.
    pub(crate) number: String,
    /// Which kind of thing it is.
    pub(crate) tags: Html,
    /// Beside it, small: who opened it and when.
    pub(crate) small: Html,
    /// What it is about, as somebody wrote it.
    pub(crate) title: String,
    /// One line below the title.
    pub(crate) about: Html,
    /// In somebody's own words.
    pub(crate) said: Option<String>,
    /// State and buttons.
    pub(crate) end: Html,
    /// What must be changed in one of the forms below.
    pub(crate) errors: Html,
}

impl Head {
    /// The markup.
    pub(crate) fn html(&self, locale: Locale) -> Html {
        let mut out = components::crumbs(&self.crumbs, Some(components::reference(&self.number)), locale)
            .and(&huiqi_web::layout::flash_slot())
            .and(&self.errors)
            .and(&Html::raw("<header class=\"case-head\"><div><p class=\"case-kind\">"))
            .and(&self.tags);
        if !self.small.is_empty() {
            out = out.and(&Html::raw("<span class=\"quiet small\">")).and(&self.small).and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</p><h1 lang=\"zh-CN\">")).say(&self.title).and(&Html::raw("</h1>")).and(&self.about);
        if let Some(said) = &self.said {
            out = out.and(&Html::raw("<p class=\"said\" lang=\"zh-CN\">“")).say(said).and(&Html::raw("”</p>"));
        }
        out.and(&Html::raw("</div><div class=\"button-row\">")).and(&self.end).and(&Html::raw("</div></header>"))
    }
}

/// The running limit of a case, as its page shows it.
pub(crate) struct Due {
    /// The last day, in words with its weekday; empty while nothing runs.
    pub(crate) day: Html,
    rest: Html,
    leaf: Option<(NaiveDate, Tone)>,
}

impl Due {
    /// The limit of this case, seen today.
    pub(crate) fn of(ctx: &Ctx, case: &Case, locale: Locale) -> Due {
        let today = ctx.today();
        let due = case.due().filter(|_| case.closed_at.is_none());
        let left = due.map(|due| Left::until(&ctx.calendar(), today, due));
        Due {
            day: due.map(|d| dates::date_act(d, today, locale)).unwrap_or_default(),
            rest: left.as_ref().map(|l| components::left_status(l.days, l.with_today, locale)).unwrap_or_default(),
            leaf: due.zip(left.map(|l| components::left_tone(l.days).0)),
        }
    }

    /// The sentence that opens the page, and the way.
    pub(crate) fn standing(self, say: Html, steps: Vec<Step>, locale: Locale) -> Html {
        Standing { leaf: self.leaf, say, rest: self.rest, steps }.html(locale)
    }
}

/// The steps of a way of which `now` are behind; where `over` holds none is left to do.
pub(crate) fn way(steps: impl IntoIterator<Item = (String, Html)>, now: usize, over: bool) -> Vec<Step> {
    steps
        .into_iter()
        .enumerate()
        .map(|(i, (label, small))| Step {
            label,
            small,
            state: if i < now || over {
                StepState::Done
            } else if i == now {
                StepState::Now
            } else {
                StepState::Todo
            },
        })
        .collect()
}

/// A moment of the way, short; nothing where it is not reached.
pub(crate) fn on_day(at: Option<i64>, today: NaiveDate, locale: Locale) -> Html {
    at.map(|at| dates::date_short(dates::day_of(at), today, locale)).unwrap_or_default()
}

/// What the viewer can do, and as whom; `none` is said where that is nothing.
pub(crate) fn you_can(visit: &Visit, lines: &[ActionLine], none: &str) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Html::empty() };
    let role = huiqi_identity::role_label(actor.role, locale);
    let body = if lines.is_empty() { components::empty(none.to_owned()) } else { actions(lines, locale) };
    Html::raw("<section class=\"section no-print\" aria-labelledby=\"do\">")
        .and(&section_head(
            "do",
            &m.request_you_can(),
            Html::text(&m.request_as(format!("{} {role}", actor.place(locale)))),
            Html::empty(),
        ))
        .and(&body)
        .and(&Html::raw("</section>"))
}

/// What happened to a case, newest first, as far as the viewer may read it.
pub(crate) fn happened(visit: &Visit, case: &Case, steps: &[timeline::StepTaken]) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let hidden = scope::asker_hidden(visit.viewer(), case);
    let entries = timeline::entries(steps, visit.flow(&case.flow), visit.viewer(), hidden, locale);
    Html::raw("<section class=\"section\" aria-labelledby=\"time\">")
        .and(&section_head(
            "time",
            &m.request_timeline(),
            Html::text(&m.request_timeline_count(entries.len() as i64)),
            Html::empty(),
        ))
        .and(&components::timeline(&entries, visit.ctx().today(), locale))
        .and(&Html::raw("</section>"))
}

/// The files of a case beside its page; nothing where there are none.
pub(crate) fn files(files: &[Attached], locale: Locale) -> Html {
    if files.is_empty() {
        return Html::empty();
    }
    let mut out = Html::raw("<section class=\"section\"><h2 class=\"aside-title\">")
        .say(&t(locale).request_files())
        .and(&Html::raw("</h2><ul class=\"plain small\">"));
    for file in files {
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::file_link(&file.href(""), &file.name, file.bytes.unsigned_abs()))
            .and(&Html::raw("</li>"));
    }
    out.and(&Html::raw("</ul></section>"))
}

/// Titled facts beside a case.
pub(crate) fn facts(title: &str, rows: &[(String, Html)]) -> Html {
    Html::raw("<section class=\"section\"><h2 class=\"aside-title\">")
        .say(title)
        .and(&Html::raw("</h2>"))
        .and(&components::kv_stack(rows))
        .and(&Html::raw("</section>"))
}

/// The day of a line in a list: the last day while one runs, otherwise the day it was opened.
pub(crate) fn day_cell(due_on: Option<&str>, opened_at: i64, today: NaiveDate, locale: Locale) -> Html {
    due_on.and_then(|d| d.parse().ok()).map_or_else(
        || dates::date_cell(dates::day_of(opened_at), today, locale),
        |d| dates::due_cell(d, today, locale),
    )
}
