//! What codes and stored values are called in both languages.

use huiqi_kernel::category::Category;
use huiqi_kernel::credit::{CodeError, CodeWarning};
use huiqi_kernel::district::District;
use huiqi_kernel::industry::Industry;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::money::Money;
use huiqi_kernel::size::{Figure, Reason, Verdict};
use huiqi_kernel::text::PhoneError;
use huiqi_web::dates;

use crate::t;

/// Why a text is no credit code, and what to change.
pub(crate) fn code_error(error: CodeError, locale: Locale) -> String {
    let m = t(locale);
    match error {
        CodeError::Empty => m.registers_code_empty(),
        CodeError::OldRegistrationNumber => m.registers_code_old(),
        CodeError::Length { got } => m.registers_code_length(got as i64),
        CodeError::IllegalCharacter { position, character } => {
            m.registers_code_character(position as i64, character.to_string())
        }
        CodeError::CheckCharacter { expected, got } => m.registers_code_check(expected.to_string(), got.to_string()),
    }
}

/// What a person should look at in a code that is right.
pub(crate) fn code_warning(warning: &CodeWarning, locale: Locale) -> String {
    let m = t(locale);
    match warning {
        CodeWarning::InnerCheckDigit { expected, got } => m.registers_code_inner(expected.to_string(), got.to_string()),
        CodeWarning::UnknownRegion { region } => m.registers_code_region(region),
        CodeWarning::UnknownKind { authority, kind } => m.registers_code_kind(format!("{authority}{kind}")),
    }
}

/// Why a text is no phone number, and what to change.
pub(crate) fn phone_error(error: PhoneError, locale: Locale) -> String {
    let m = t(locale);
    match error {
        PhoneError::Empty => m.registers_phone_empty(),
        PhoneError::IllegalCharacter { position, character } => {
            m.registers_phone_character(position as i64, character.to_string())
        }
        PhoneError::TooFewDigits { missing } => m.registers_phone_few(missing as i64),
        PhoneError::TooManyDigits { extra } => m.registers_phone_many(extra as i64),
        PhoneError::MissingAreaCode => m.registers_phone_area(),
        PhoneError::Abroad => m.registers_phone_abroad(),
        PhoneError::UnknownBeginning => m.registers_phone_beginning(),
    }
}

/// Name of a district; the code where it is unknown.
pub(crate) fn district(code: &str, locale: Locale) -> String {
    District::by_code(code).map_or_else(|| code.to_owned(), |d| d.name(locale).to_owned())
}

/// Code and name of an industry.
pub(crate) fn industry(code: &str, locale: Locale) -> String {
    Industry::parse(code).map_or_else(|_| code.to_owned(), |i| format!("{} {}", i.code(), i.name(locale)))
}

/// Name of a kind of service; the code where it is unknown.
pub(crate) fn category(code: &str, locale: Locale) -> String {
    Category::by_code(code).map_or_else(|| code.to_owned(), |c| c.name(locale).to_owned())
}

/// Names of several kinds of service.
pub(crate) fn categories<S: AsRef<str>>(codes: &[S], locale: Locale) -> String {
    let names: Vec<String> = codes.iter().map(|c| category(c.as_ref(), locale)).collect();
    names.join(&t(locale).registers_comma())
}

/// An amount in fen, in 10,000 yuan.
pub(crate) fn wan(fen: i64, locale: Locale) -> String {
    t(locale).registers_wan(Money::from_fen(fen).to_wan().format())
}

/// The figure of an amount in fen in 10,000 yuan, without unit or commas; for forms and files.
pub(crate) fn wan_plain(fen: i64) -> String {
    Money::from_fen(fen).to_wan().plain()
}

/// A stored value of a field of some register as shown.
pub(crate) fn value(field: &str, stored: &str, locale: Locale) -> String {
    use crate::imports::list_name;
    match field {
        "district" => district(stored, locale),
        "industry" => industry(stored, locale),
        "category" => category(stored, locale),
        "categories" => {
            let codes: Vec<&str> = stored.split(',').filter(|c| !c.is_empty()).collect();
            categories(&codes, locale)
        }
        "size" => huiqi_kernel::size::SizeClass::from_code(stored)
            .map_or_else(|| stored.to_owned(), |s| s.label(locale).to_owned()),
        "revenue" | "assets" => stored.parse().map_or_else(|_| stored.to_owned(), |fen| wan(fen, locale)),
        "staff" | "days" => stored.parse().map_or_else(|_| stored.to_owned(), dates::number),
        "phone" => huiqi_kernel::text::mask_phone(stored),
        "nature" => list_name("nature", stored, locale).to_owned(),
        "fee" => list_name("fee", stored, locale).to_owned(),
        "modes" => {
            let names: Vec<&str> = stored.split(',').map(|c| list_name("mode", c, locale)).collect();
            names.join(&t(locale).registers_comma())
        }
        "founded" | "since" | "until" => {
            stored.parse().map_or_else(|_| stored.to_owned(), |d| dates::date_full_words(d, locale))
        }
        "verified" => t(locale).registers_verified_word(),
        "kind" => crate::windows::Kind::from_code(stored).map_or_else(|| stored.to_owned(), |k| k.label(locale)),
        "level" => crate::windows::Level::from_code(stored).map_or_else(|| stored.to_owned(), |k| k.label(locale)),
        "state" => state(stored, locale),
        _ => stored.to_owned(),
    }
}

/// The states of all registers have different codes, so one function names them.
fn state(stored: &str, locale: Locale) -> String {
    if let Some(state) = crate::providers::State::from_code(stored) {
        return state.label(locale);
    }
    if let Some(state) = crate::products::State::from_code(stored) {
        return state.label(locale);
    }
    huiqi_identity::organisations::WindowState::from_code(stored).map_or_else(|| stored.to_owned(), |s| s.label(locale))
}

/// Name of a field.
pub(crate) fn field(name: &str, locale: Locale) -> String {
    let m = t(locale);
    match name {
        "name" => m.registers_name(),
        "name_en" => m.registers_name_en(),
        "code" => m.registers_code(),
        "district" => m.registers_district(),
        "industry" => m.registers_industry(),
        "staff" => m.registers_staff(),
        "revenue" => m.registers_revenue(),
        "assets" => m.registers_assets(),
        "founded" => m.registers_founded(),
        "legal_representative" => m.registers_legal(),
        "contact" => m.registers_contact(),
        "phone" => m.registers_phone(),
        "address" => m.registers_address(),
        "size" => m.registers_size(),
        "nature" => m.registers_nature(),
        "profile" => m.registers_profile(),
        "categories" => m.registers_categories(),
        "category" => m.registers_category(),
        "description" => m.registers_description(),
        "fee" => m.registers_fee(),
        "price" => m.registers_price(),
        "modes" => m.registers_modes(),
        "days" => m.registers_days(),
        "state" => m.registers_state(),
        "ground" => m.registers_ground(),
        "kind" => m.registers_kind(),
        "level" => m.registers_level(),
        "cluster" => m.registers_cluster(),
        "hours" => m.registers_hours(),
        "hours_en" => m.registers_hours_en(),
        "since" => m.registers_since(),
        "until" => m.registers_until(),
        "exception" => m.registers_exception(),
        "verified" => m.registers_verified(),
        other => other.to_owned(),
    }
}

/// Why a firm has its size class, line by line.
pub(crate) fn size_reasons(verdict: Option<&Verdict>, locale: Locale) -> Vec<String> {
    let m = t(locale);
    let Some(verdict) = verdict else { return vec![m.enterprises_size_no_industry()] };
    let mut out = Vec::new();
    if let Some(row) = verdict.row {
        out.push(m.enterprises_size_row(row.number.to_string().as_str(), row.name(locale)));
    }
    let unit = |figure: Figure, limit: u32| match figure {
        Figure::Staff => m.registers_people(i64::from(limit), dates::number(i64::from(limit))),
        Figure::Revenue | Figure::Assets => m.registers_wan(dates::number(i64::from(limit))),
    };
    for reason in &verdict.why {
        out.push(match reason {
            Reason::Reached { class, figure, limit } => {
                m.enterprises_size_reached(figure.label(locale), unit(*figure, *limit), class.label(locale))
            }
            Reason::Missed { class, figure, limit } => {
                m.enterprises_size_missed(figure.label(locale), unit(*figure, *limit), class.label(locale))
            }
            Reason::FigureMissing(figure) => m.enterprises_size_missing(figure.label(locale)),
            Reason::OutsideStandard => m.enterprises_size_outside(),
            Reason::IndustryTooCoarse => m.enterprises_size_coarse(),
            Reason::IndustryUnknown => m.enterprises_size_unknown(),
            Reason::DivisionTakenWhole => m.enterprises_size_whole(),
        });
    }
    out
}
