//! `huiqi calc`: the rules that compute, by themselves. Nothing is opened but the files named.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use huiqi_kernel::calendar::{Calendar, DayKind};
use huiqi_kernel::clock::{self, CountedDay, Deadline};
use huiqi_kernel::credit::{self, Checked, CodeError, CodeWarning};
use huiqi_kernel::industry::Industry;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::money::Wan;
use huiqi_kernel::size::{self, Figures, Reason, Verdict};
use huiqi_web::dates;
use serde_json::{Value, json};

use super::calendar::read;
use crate::cli::{self, Calc};
use crate::problem::EXIT_NO;
use crate::{Problem, t};

/// What a calculation says, and whether the answer is yes.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    yes: bool,
    text: String,
}

impl Said {
    fn yes(text: String) -> Said {
        Said { yes: true, text }
    }

    fn no(text: String) -> Said {
        Said { yes: false, text }
    }
}

pub(super) fn run(command: Calc) -> Result<ExitCode, Problem> {
    let l = cli::locale();
    let (said, json) = match command {
        Calc::CreditCode { code, json } => (credit_code(&code.join(" "), json, l), json),
        Calc::Deadline { from, working_days, first_day_counts, explain, calendar, json } => {
            let calendar = with_years(&calendar)?;
            (deadline(&calendar, from, working_days, first_day_counts, explain, json, l), json)
        }
        Calc::Size { industry, staff, revenue, assets, explain, json } => {
            (size_class(&industry, staff, revenue.as_deref(), assets.as_deref(), explain, json, l), json)
        }
    };
    if said.yes || json {
        crate::say(said.text);
    } else {
        eprintln!("{}", said.text);
    }
    Ok(if said.yes { ExitCode::SUCCESS } else { ExitCode::from(EXIT_NO) })
}

fn with_years(files: &[PathBuf]) -> Result<Calendar, Problem> {
    let mut calendar = Calendar::shipped();
    for file in files {
        calendar.add_year_toml(&read(file)?).map_err(|error| Problem::setup(format!("{}: {error}", file.display())))?;
    }
    Ok(calendar)
}

fn credit_code(input: &str, as_json: bool, l: Locale) -> Said {
    match credit::check(input) {
        Ok(checked) => Said::yes(if as_json {
            let mut value = json!(checked);
            value["valid"] = true.into();
            value.to_string()
        } else {
            parts(&checked, l)
        }),
        Err(error) => Said::no(if as_json {
            let mut value = json!(error);
            value["valid"] = false.into();
            value["code"] = credit::normalise(input).into();
            value["message"] = error.to_string().into();
            value.to_string()
        } else {
            code_error(error, l)
        }),
    }
}

fn parts(checked: &Checked, l: Locale) -> String {
    let m = t(l);
    let p = &checked.parts;
    let mut lines = vec![
        checked.code.to_string(),
        m.cli_code_authority(&p.authority, credit::authority_name(&p.authority, l).unwrap_or("?")),
        m.cli_code_kind(&p.kind, credit::kind_name(&p.authority, &p.kind, l).unwrap_or("?")),
        m.cli_code_region(&p.region),
        m.cli_code_body(&p.body),
        m.cli_code_check(&p.check),
    ];
    lines.extend(checked.warnings.iter().map(|warning| match warning {
        CodeWarning::InnerCheckDigit { expected, got } => {
            m.cli_code_warning_inner(got.to_string(), expected.to_string())
        }
        CodeWarning::UnknownRegion { region } => m.cli_code_warning_region(region),
        CodeWarning::UnknownKind { authority, kind } => m.cli_code_warning_kind(format!("{authority}{kind}")),
    }));
    lines.join("\n")
}

fn code_error(error: CodeError, l: Locale) -> String {
    let m = t(l);
    match error {
        CodeError::Empty => m.cli_code_empty(),
        CodeError::OldRegistrationNumber => m.cli_code_old(),
        CodeError::Length { got } => m.cli_code_length(got as i64),
        CodeError::IllegalCharacter { position, character } => {
            m.cli_code_character(position as i64, character.to_string())
        }
        CodeError::CheckCharacter { expected, got } => m.cli_code_check_wrong(expected.to_string(), got.to_string()),
    }
}

fn deadline(
    calendar: &Calendar,
    from: NaiveDate,
    days: u32,
    first_day_counts: bool,
    explain: bool,
    as_json: bool,
    l: Locale,
) -> Said {
    match clock::deadline(calendar, from, days, first_day_counts) {
        Ok(found) => Said::yes(match (as_json, explain) {
            (true, _) => {
                let mut value = json!({
                    "from": from,
                    "working_days": days,
                    "first_day_counts": first_day_counts,
                    "due": found.due,
                });
                if explain {
                    value["days"] = json!(found.days);
                }
                value.to_string()
            }
            (false, true) => explained(&found, from, l),
            (false, false) => found.due.to_string(),
        }),
        Err(unknown) => Said::no(if as_json {
            json!({ "error": "unknown-year", "year": unknown.0, "message": unknown.to_string() }).to_string()
        } else {
            t(l).cli_deadline_unknown_year(unknown.0.to_string())
        }),
    }
}

fn explained(found: &Deadline, from: NaiveDate, l: Locale) -> String {
    let mut lines: Vec<String> = found.days.iter().map(|day| day_line(day, from, l)).collect();
    lines.push(found.due.to_string());
    lines.join("\n")
}

fn day_line(day: &CountedDay, from: NaiveDate, l: Locale) -> String {
    let m = t(l);
    let name = day.kind.name(l).unwrap_or_default();
    let kind = match &day.kind {
        DayKind::Workday => m.cli_day_workday(),
        DayKind::WeekendWorked { .. } => m.cli_day_worked(name),
        DayKind::Weekend => m.cli_day_weekend(),
        DayKind::Holiday { .. } => m.cli_day_holiday(name),
        DayKind::Stoppage { .. } => m.cli_day_stoppage(name),
    };
    let why = match day.counted {
        Some(n) => m.cli_day_counts(n.to_string()),
        None if day.date == from && day.kind.is_working() => m.cli_day_start(),
        None => m.cli_day_off(),
    };
    format!("{} {} {}", day.date, dates::weekday_short(day.date, l), m.cli_day_line(&kind, &why))
}

fn size_class(
    industry: &str,
    staff: Option<u64>,
    revenue: Option<&str>,
    assets: Option<&str>,
    explain: bool,
    as_json: bool,
    l: Locale,
) -> Said {
    let refuse = |field: &str, code: &str, message: String| {
        Said::no(if as_json {
            json!({ "error": code, "field": field, "message": message }).to_string()
        } else {
            format!("--{field}: {message}")
        })
    };
    let industry = match Industry::parse(industry) {
        Ok(industry) => industry,
        Err(error) => return refuse("industry", error.code(), error.to_string()),
    };
    let mut amounts = [None, None];
    for (slot, (field, text)) in amounts.iter_mut().zip([("revenue", revenue), ("assets", assets)]) {
        match text.map(Wan::parse).transpose() {
            Ok(amount) => *slot = amount,
            Err(error) => return refuse(field, error.code(), error.to_string()),
        }
    }
    let [revenue_wan, assets_wan] = amounts;
    let verdict = size::judge(&industry, Figures { staff, revenue_wan, assets_wan });
    Said::yes(match (as_json, explain) {
        (true, _) => size_json(&industry, &verdict, explain).to_string(),
        (false, true) => {
            let mut lines = vec![t(l).cli_size_industry(industry.code(), industry.name(l))];
            if let Some(row) = verdict.row {
                lines.push(t(l).cli_size_row(row.number.to_string(), row.name(l), size::document()));
            }
            lines.extend(verdict.why.iter().map(|reason| reason_line(*reason, l)));
            lines.push(verdict.class.code().to_owned());
            lines.join("\n")
        }
        (false, false) => verdict.class.code().to_owned(),
    })
}

fn size_json(industry: &Industry, verdict: &Verdict, explain: bool) -> Value {
    let mut value = json!({
        "industry": industry.code(),
        "size": verdict.class.code(),
        "standard_industry": verdict.row.map(|row| row.number),
    });
    if explain {
        value["why"] = verdict
            .why
            .iter()
            .map(|reason| match reason {
                Reason::Reached { class, figure, limit } => {
                    json!({ "reached": figure.code(), "class": class.code(), "limit": limit })
                }
                Reason::Missed { class, figure, limit } => {
                    json!({ "missed": figure.code(), "class": class.code(), "limit": limit })
                }
                Reason::FigureMissing(figure) => json!({ "figure-missing": figure.code() }),
                Reason::OutsideStandard => json!("outside-standard"),
                Reason::IndustryTooCoarse => json!("industry-too-coarse"),
                Reason::IndustryUnknown => json!("industry-unknown"),
                Reason::DivisionTakenWhole => json!("division-taken-whole"),
            })
            .collect();
    }
    value
}

fn reason_line(reason: Reason, l: Locale) -> String {
    let m = t(l);
    match reason {
        Reason::Reached { class, figure, limit } => {
            m.cli_size_reached(figure.label(l), class.label(l), dates::number(i64::from(limit)))
        }
        Reason::Missed { class, figure, limit } => {
            m.cli_size_missed(figure.label(l), class.label(l), dates::number(i64::from(limit)))
        }
        Reason::FigureMissing(figure) => m.cli_size_figure_missing(figure.label(l)),
        Reason::OutsideStandard => m.cli_size_outside(),
        Reason::IndustryTooCoarse => m.cli_size_too_coarse(),
        Reason::IndustryUnknown => m.cli_size_unknown(),
        Reason::DivisionTakenWhole => m.cli_size_whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn five_days_over_the_spring_festival() {
        let calendar = Calendar::shipped();
        let plain = |explain| deadline(&calendar, day("2026-02-13"), 5, false, explain, false, Locale::En);
        assert_eq!(plain(false), Said::yes("2026-02-27".into()));
        let lines = plain(true);
        let lines: Vec<&str> = lines.text.lines().collect();
        assert!(lines[0].starts_with("2026-02-13 Fri") && lines[0].contains("start day"), "{}", lines[0]);
        assert_eq!(lines.iter().filter(|line| line.contains("counts as day")).count(), 5);
        assert_eq!(lines.last(), Some(&"2026-02-27"));
        // Every day from the start to the end stands there once.
        assert_eq!(lines.len(), 16);
        let json: Value =
            serde_json::from_str(&deadline(&calendar, day("2026-02-13"), 5, false, true, true, Locale::Zh).text)
                .unwrap();
        assert_eq!((json["due"].as_str(), json["days"].as_array().map(Vec::len)), (Some("2026-02-27"), Some(15)));
    }

    #[test]
    fn a_year_without_calendar_is_named() {
        let said = deadline(&Calendar::shipped(), day("2031-05-06"), 5, false, false, false, Locale::En);
        assert!(!said.yes && said.text.contains("2031"), "{said:?}");
        let said = deadline(&Calendar::shipped(), day("2031-05-06"), 5, false, false, true, Locale::Zh);
        let json: Value = serde_json::from_str(&said.text).unwrap();
        assert_eq!(json["year"], 2031);
    }

    #[test]
    fn the_code_of_an_office_and_its_mistakes() {
        let good = credit::with_check("91350203MA2XN0BK4").unwrap();
        let spread = format!(" {}  {} ", &good.as_str()[..8].to_lowercase(), &good.as_str()[8..]);
        let said = credit_code(&spread, false, Locale::En);
        assert!(said.yes && said.text.starts_with(good.as_str()), "{said:?}");
        let json: Value = serde_json::from_str(&credit_code(&spread, true, Locale::En).text).unwrap();
        assert_eq!(json["parts"]["region"], "350203");
        assert_eq!(json["valid"], true);
        let last = good.as_str().chars().last().unwrap();
        let other = if last == '0' { '1' } else { '0' };
        let bad = format!("{}{other}", &good.as_str()[..17]);
        let said = credit_code(&bad, false, Locale::En);
        assert!(!said.yes && said.text.contains(last), "{said:?}");
        let json: Value = serde_json::from_str(&credit_code(&bad, true, Locale::Zh).text).unwrap();
        assert_eq!(json["expected"], last.to_string());
        let said = credit_code(&good.as_str().replace("MA", "MI"), false, Locale::En);
        assert!(!said.yes && said.text.contains("10") && said.text.contains('I'), "{said:?}");
        assert!(credit_code(&good.as_str()[..17], false, Locale::Zh).text.contains("17"));
    }

    #[test]
    fn a_medium_firm_and_what_the_standard_does_not_say() {
        let size = |industry, staff, revenue, explain| {
            size_class(industry, staff, revenue, Some("0"), explain, false, Locale::En)
        };
        assert_eq!(size("I65", Some(103), Some("15735"), false), Said::yes("medium".into()));
        assert_eq!(size("I65", None, Some("15735"), false), Said::yes("undetermined".into()));
        assert_eq!(size("J66", Some(103), Some("15735"), false), Said::yes("not-applicable".into()));
        assert!(!size("9Z", Some(1), None, false).yes);
        assert!(!size("I65", Some(1), Some("abc"), false).yes);
        let explained = size("I65", Some(103), Some("15735"), true).text;
        assert!(explained.ends_with("\nmedium") && explained.lines().count() > 3, "{explained}");
    }
}
