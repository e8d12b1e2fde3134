//! Names and exact definitions of the figures, and words for what narrows them.

use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Label, Viewer};
use huiqi_web::dates;

use super::ask::{Ask, NONE, Preset, Span, territory};
use super::sets::{Figure, Now, Watched};
use crate::improvements::Cause;
use crate::requests::flow::{Channel, ClosedHow, RequestKind};
use crate::requests::pages::grade_word;
use crate::t;

/// Name of a figure.
pub fn label(figure: Figure, step: Option<Watched>, locale: Locale) -> String {
    let m = t(locale);
    match figure {
        Figure::Intake => m.overview_intake(),
        Figure::Limit => match step {
            None | Some(Watched::Accept) => m.overview_limit_accept(),
            Some(Watched::Dispatch) => m.overview_limit_dispatch(),
            Some(Watched::Answer) => m.overview_limit_answer(),
        },
        Figure::Late => match step {
            None | Some(Watched::Accept) => m.overview_late_accept(),
            Some(Watched::Dispatch) => m.overview_late_dispatch(),
            Some(Watched::Answer) => m.overview_late_answer(),
        },
        Figure::Time => match step {
            None | Some(Watched::Accept) => m.overview_time_accept(),
            Some(Watched::Dispatch) => m.overview_time_dispatch(),
            Some(Watched::Answer) => m.overview_time_answer(),
        },
        Figure::Closed => m.overview_closed(),
        Figure::Confirmed => m.overview_confirmed(),
        Figure::ClosedRated => m.overview_closed_rated(),
        Figure::Refused => m.overview_refused(),
        Figure::Withdrawn => m.overview_withdrawn(),
        Figure::Merged => m.merge_figure(),
        Figure::Rated => m.overview_rated(),
        Figure::Satisfied => m.overview_satisfied(),
        Figure::Excluded => m.appeal_figure(),
        Figure::Given => m.overview_given(),
        Figure::Taken => m.overview_taken(),
        Figure::Declined => m.overview_declined(),
        Figure::Reported => m.overview_reported(),
        Figure::NotAchieved => m.overview_not_achieved(),
        Figure::Tried => m.overview_tried(),
        Figure::Open => m.overview_open(),
        Figure::Overdue => m.overview_overdue(),
        Figure::ImproveOpened => m.overview_improve_opened(),
        Figure::ImproveClosed => m.overview_improve_closed(),
        Figure::ImproveOpen => m.overview_improve_open(),
        Figure::ImproveOverdue => m.overview_improve_overdue(),
        Figure::ImproveUncalled => m.overview_improve_uncalled(),
        Figure::Ladder => m.overview_ladder(),
        Figure::Unreached => m.overview_unreached(),
        Figure::CallsMade => m.overview_calls_made(),
        Figure::CallsReached => m.overview_calls_reached(),
        Figure::CallsSolved => m.overview_calls_solved(),
        Figure::CallsUnreached => m.overview_calls_unreached(),
        Figure::CallsOpen => m.overview_calls_open(),
        Figure::CallsOverdue => m.overview_calls_overdue(),
    }
}

/// Exactly what a figure counts.
pub fn definition(figure: Figure, step: Option<Watched>, now: Now, locale: Locale) -> String {
    let m = t(locale);
    match figure {
        Figure::Intake => m.overview_def_intake(),
        Figure::Limit => match step {
            None | Some(Watched::Accept) => m.overview_def_limit_accept(),
            Some(Watched::Dispatch) => m.overview_def_limit_dispatch(),
            Some(Watched::Answer) => m.overview_def_limit_answer(),
        },
        Figure::Late => m.overview_def_late(),
        Figure::Time => match step {
            None | Some(Watched::Accept) => m.overview_def_time_accept(),
            Some(Watched::Dispatch) => m.overview_def_time_dispatch(),
            Some(Watched::Answer) => m.overview_def_time_answer(),
        },
        Figure::Closed => m.overview_def_closed(),
        Figure::Confirmed => m.overview_def_confirmed(),
        Figure::ClosedRated => m.overview_def_closed_rated(),
        Figure::Refused => m.overview_def_refused(),
        Figure::Withdrawn => m.overview_def_withdrawn(),
        Figure::Merged => m.merge_figure_def(),
        Figure::Rated => m.overview_def_rated(),
        Figure::Excluded => m.appeal_figure_def(),
        Figure::Satisfied => m.overview_def_satisfied(now.satisfied_from.to_string()),
        Figure::Given => m.overview_def_given(),
        Figure::Taken => m.overview_def_taken(),
        Figure::Declined => m.overview_def_declined(),
        Figure::Reported => m.overview_def_reported(),
        Figure::NotAchieved => m.overview_def_not_achieved(),
        Figure::Tried => m.overview_def_tried(),
        Figure::Open => m.overview_def_open(),
        Figure::Overdue => m.overview_def_overdue(),
        Figure::ImproveOpened => m.overview_def_improve_opened(),
        Figure::ImproveClosed => m.overview_def_improve_closed(),
        Figure::ImproveOpen => m.overview_def_improve_open(),
        Figure::ImproveOverdue => m.overview_def_improve_overdue(),
        Figure::ImproveUncalled => m.overview_def_improve_uncalled(),
        Figure::Ladder => m.overview_def_ladder(),
        Figure::Unreached => m.overview_def_unreached(),
        Figure::CallsMade => m.overview_def_calls_made(),
        Figure::CallsReached => m.overview_def_calls_reached(),
        Figure::CallsSolved => m.overview_def_calls_solved(),
        Figure::CallsUnreached => m.overview_def_calls_unreached(),
        Figure::CallsOpen => m.overview_def_calls_open(),
        Figure::CallsOverdue => m.overview_def_calls_overdue(),
    }
}

/// Name of a range.
pub fn preset(preset: Preset, locale: Locale) -> String {
    let m = t(locale);
    match preset {
        Preset::ThisMonth => m.overview_this_month(),
        Preset::LastMonth => m.overview_last_month(),
        Preset::ThisQuarter => m.overview_this_quarter(),
        Preset::ThisYear => m.overview_this_year(),
        Preset::TwelveMonths => m.overview_twelve_months(),
    }
}

/// The days in words.
pub fn span(span: Span, locale: Locale) -> String {
    t(locale).overview_span(dates::date_full_words(span.from, locale), dates::date_full_words(span.to, locale))
}

/// What the overview is called for this viewer: that of the network, of the own district, of the own office.
pub fn title(viewer: &Viewer, locale: Locale) -> String {
    let m = t(locale);
    match viewer.role().map(huiqi_kernel::people::Role::capacity) {
        Some(Capacity::Department) if territory(viewer).is_some() => m.overview_title_territory(),
        Some(Capacity::Department) => m.overview_title_own(),
        _ => m.overview_title(),
    }
}

/// What this viewer sees of the network; `reports`: the reports among them.
pub fn sees(viewer: &Viewer, reports: bool, locale: Locale) -> String {
    let m = t(locale);
    match viewer.role().map(huiqi_kernel::people::Role::capacity) {
        Some(Capacity::Operator) => m.overview_sees_operator(),
        Some(Capacity::Centre) => m.overview_sees_centre(),
        Some(Capacity::Department) if territory(viewer).is_some() => m.overview_sees_territory(),
        Some(Capacity::Department) => m.overview_sees_own(),
        _ if !reports => m.overview_sees_no_reports(),
        _ => m.overview_sees_all(),
    }
}

/// Name of a district code.
pub fn district(code: &str, locale: Locale) -> String {
    if code == NONE {
        return t(locale).overview_district_none();
    }
    District::by_code(code).map_or_else(|| code.to_owned(), |d| d.name(locale).to_owned())
}

/// Name of a category code.
pub fn category(code: &str, locale: Locale) -> String {
    if code == NONE {
        return t(locale).overview_category_none();
    }
    Category::by_code(code).map_or_else(|| code.to_owned(), |c| c.name(locale).to_owned())
}

/// Name of a channel code.
pub fn channel(code: &str, locale: Locale) -> String {
    Channel::from_code(code).map_or_else(|| code.to_owned(), |c| c.label(locale))
}

/// Name of a kind code.
pub fn kind(code: &str, locale: Locale) -> String {
    RequestKind::from_code(code).map_or_else(|| code.to_owned(), |k| k.label(locale))
}

/// Name of a cause code.
pub fn cause(code: &str, locale: Locale) -> String {
    if code == NONE {
        return t(locale).overview_cause_none();
    }
    Cause::from_code(code).map_or_else(|| code.to_owned(), |c| c.label(locale))
}

/// Everything that narrows a list besides its figure and days, in words.
pub fn narrowed(ask: &Ask, locale: Locale) -> Vec<String> {
    let m = t(locale);
    let mut out = Vec::new();
    let mut add = |value: &str, word: &dyn Fn(&str) -> String| {
        if !value.is_empty() {
            out.push(word(value));
        }
    };
    add(&ask.kept, &|kept| if kept == "yes" { m.overview_kept() } else { m.overview_missed() });
    add(&ask.how, &|how| ClosedHow::from_code(how).map_or_else(String::new, |h| h.label(locale)));
    add(&ask.grade, &|one| grade_word(one.parse().unwrap_or_default(), locale));
    add(&ask.cause, &|code| cause(code, locale));
    add(&ask.channel, &|code| channel(code, locale));
    add(&ask.kind, &|code| kind(code, locale));
    add(&ask.district, &|code| district(code, locale));
    add(&ask.category, &|code| category(code, locale));
    out
}
