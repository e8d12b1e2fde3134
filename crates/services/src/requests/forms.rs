//! What comes in by forms: raw input to parsed values, or errors beside the fields.

use huiqi_kernel::category::Category;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::text::{PhoneError, phone_check};
use huiqi_web::Form;
use huiqi_web::forms::Upload;

use super::flow::{Channel, RequestKind};
use crate::t;

/// Longest title, in characters.
pub const TITLE: usize = 40;
/// Longest description, in characters.
pub const WORDS: usize = 1000;

/// A request as somebody writes it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// How it comes in.
    pub channel: Channel,
    /// What kind it is.
    pub kind: RequestKind,
    /// Service category, where the asker knows it.
    pub category: Option<Category>,
    /// One line.
    pub title: String,
    /// The whole story.
    pub words: String,
    /// Row id of the firm, where it is in the register.
    pub firm: Option<i64>,
    /// The firm as it named itself, otherwise.
    pub firm_text: Option<String>,
    /// District, where no register says it.
    pub district: Option<String>,
    /// Who asks.
    pub contact: String,
    /// Phone, normalised.
    pub phone: String,
    /// How the firm wants to be reached.
    pub reach: String,
    /// Number and due day at another office.
    pub outside: Option<(String, Option<String>)>,
    /// Organisation and window complained about.
    pub about: Option<(i64, Option<i64>)>,
    /// Files.
    pub files: Vec<Upload>,
}

/// What is wrong with a phone number, said to whoever typed it.
pub fn phone_error(error: &PhoneError) -> Bilingual {
    Bilingual::say(|l| {
        let m = t(l);
        match error {
            PhoneError::Empty => m.ask_phone_missing(),
            PhoneError::TooFewDigits { missing } => m.ask_phone_short(*missing as i64),
            PhoneError::TooManyDigits { extra } => m.ask_phone_long(*extra as i64),
            PhoneError::MissingAreaCode => m.ask_phone_area(),
            PhoneError::IllegalCharacter { character, .. } => m.ask_phone_character(character.to_string()),
            PhoneError::Abroad | PhoneError::UnknownBeginning => m.ask_phone_beginning(),
        }
    })
}

/// Reads a phone number; notes what is wrong beside the field.
pub fn phone(form: &mut Form, field: &str) -> String {
    let typed = form.value(field).to_owned();
    match phone_check(&typed) {
        Ok(phone) => phone,
        Err(error) => {
            form.fail_with(field, phone_error(&error));
            typed
        }
    }
}

/// The matter itself: kind, category, title, story, which the page calls `label`. A title that was left out is the
/// story's first clause.
pub fn matter(
    form: &mut Form,
    label: impl Fn(Locale) -> String,
) -> Option<(RequestKind, Option<Category>, String, String)> {
    let kind = form.choice("kind", RequestKind::from_code, |l| t(l).ask_kind());
    let category = Category::by_code(form.value("category"));
    let words = form.required("words", WORDS, label);
    let title = form.optional("title", TITLE, |l| t(l).ask_title_field()).unwrap_or_else(|| first_clause(&words));
    Some((kind?, category, title, words))
}

/// The first clause of a text, at most [`TITLE`] characters.
fn first_clause(words: &str) -> String {
    let clause =
        words.split(['。', '！', '？', '；', '\n', '.', '!', '?', ';']).find(|c| !c.trim().is_empty()).unwrap_or(words);
    let clause = clause.trim();
    if clause.chars().count() <= TITLE {
        clause.to_owned()
    } else {
        let mut cut: String = clause.chars().take(TITLE - 1).collect();
        cut.push('…');
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_left_out_is_the_first_clause() {
        assert_eq!(first_clause("想做一次预测试。板子三块。"), "想做一次预测试");
        assert_eq!(first_clause(&"长".repeat(60)).chars().count(), TITLE);
    }

    #[test]
    fn a_phone_one_digit_short_is_told_so() {
        let mut form = Form::with([("phone", "1390000000")]);
        phone(&mut form, "phone");
        assert!(form.error("phone", Locale::Zh).is_some_and(|e| e.contains('1')));
    }
}
