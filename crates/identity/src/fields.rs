//! Fields that several forms share: phone and mail address.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::text::{PhoneError, phone_check};
use huiqi_web::Form;

use crate::t;

/// Reads a phone number that may be left out, in its normal form; a wrong one is said.
pub fn phone(form: &mut Form, field: &str, what: impl Fn(Locale) -> String) -> Option<String> {
    let typed = form.optional(field, 60, what)?;
    match phone_check(&typed) {
        Ok(phone) => Some(phone),
        Err(error) => {
            form.fail(field, |l| phone_error(error, l));
            None
        }
    }
}

/// What to change about a phone number.
pub fn phone_error(error: PhoneError, locale: Locale) -> String {
    let m = t(locale);
    match error {
        PhoneError::Empty => m.people_phone_empty(),
        PhoneError::IllegalCharacter { position, character } => {
            m.people_phone_character(position as i64, character.to_string())
        }
        PhoneError::TooFewDigits { missing } => m.people_phone_short(missing as i64),
        PhoneError::TooManyDigits { extra } => m.people_phone_long(extra as i64),
        PhoneError::MissingAreaCode => m.people_phone_area(),
        PhoneError::Abroad => m.people_phone_abroad(),
        PhoneError::UnknownBeginning => m.people_phone_beginning(),
    }
}

/// Reads a mail address that may be left out; a wrong one is said.
pub fn email(form: &mut Form, field: &str, what: impl Fn(Locale) -> String) -> Option<String> {
    let typed = form.optional(field, 200, what)?;
    let good = typed.parse::<lettre::Address>().is_ok_and(|address| address.domain().contains('.'));
    if good {
        Some(typed)
    } else {
        form.fail(field, |l| t(l).people_email_wrong());
        None
    }
}
