//! Text: cutting Chinese for search and for line breaks, keys to sort and compare names by, and phone numbers.
//!
//! Search works with one cutter on both sides: [`index_text`] for what is stored, [`query_terms`] for what is asked. Words of a dictionary
//! alone would not do, because the same characters are cut differently in different surroundings; so every pair of neighbouring
//! characters is a term too, and a question is asked in pairs. What contains a question word for word is therefore always found.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};

use jieba_rs::Jieba;
use pinyin::ToPinyin;
use serde::{Deserialize, Serialize};

/// Longest term in characters: longer runs of letters and digits are cut to it, in index and question alike.
pub const LONGEST_TERM: usize = 64;

#[derive(Deserialize)]
struct Words {
    closing: String,
    opening: String,
    leaning: BTreeSet<String>,
    brackets: String,
    asking: BTreeSet<String>,
    words: Vec<String>,
    places: Vec<String>,
    forms: Vec<String>,
    readings: Vec<Reading>,
}

#[derive(Deserialize)]
struct Reading {
    word: String,
    pinyin: String,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/words.toml"))
        .expect("shipped at build time, read by the tests of this module")
});

/// The dictionary takes a tenth of a second and some tens of megabytes, so it is only read when something is cut.
static JIEBA: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    for word in &WORDS.words {
        jieba.add_word(word, None, None);
    }
    jieba
});

/// The half-width form of a full-width letter, digit, mark or blank; any other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Half-width, lower case: the form in which texts are compared.
pub fn fold(text: &str) -> String {
    text.chars().map(half_width).flat_map(char::to_lowercase).collect()
}

/// Whether a character is Han.
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A stretch of folded text that is cut as one.
enum Run {
    Han(String),
    Word(String),
}

/// Runs of Han, and runs of other letters and digits; everything else parts them.
fn runs(text: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut is_new = true;
    for c in fold(text).chars() {
        if is_han(c) {
            match out.last_mut() {
                Some(Run::Han(run)) if !is_new => run.push(c),
                _ => out.push(Run::Han(c.into())),
            }
            is_new = false;
        } else if c.is_alphanumeric() {
            match out.last_mut() {
                Some(Run::Word(run)) if !is_new => run.push(c),
                _ => out.push(Run::Word(c.into())),
            }
            is_new = false;
        } else {
            is_new = true;
        }
    }
    for run in &mut out {
        if let Run::Word(word) = run
            && let Some((end, _)) = word.char_indices().nth(LONGEST_TERM)
        {
            word.truncate(end);
        }
    }
    out
}

/// Letters and digits of a run apart, where it is one run of each (`iso9001` → `iso`, `9001`); otherwise `None`.
fn letters_and_digits(word: &str) -> Option<(&str, &str)> {
    let first = word.chars().next()?.is_ascii_digit();
    let at = word.find(|c: char| c.is_ascii_digit() != first)?;
    let (head, tail) = word.split_at(at);
    (!tail.contains(|c: char| c.is_ascii_digit() == first)).then_some((head, tail))
}

struct Terms {
    seen: HashSet<String>,
    list: Vec<String>,
}

impl Terms {
    fn new() -> Terms {
        Terms { seen: HashSet::new(), list: Vec::new() }
    }

    fn add(&mut self, term: &str) {
        if !term.is_empty() && !self.seen.contains(term) {
            self.seen.insert(term.to_owned());
            self.list.push(term.to_owned());
        }
    }

    /// Every pair of neighbours; the character itself where it stands alone.
    fn add_pairs(&mut self, run: &str) {
        let starts: Vec<usize> = run.char_indices().map(|(i, _)| i).chain([run.len()]).collect();
        if starts.len() == 2 {
            self.add(run);
        }
        for pair in starts.windows(3) {
            self.add(&run[pair[0]..pair[2]]);
        }
    }
}

/// The terms a text is found by: dictionary words, pairs of neighbouring Han, single Han, runs of letters and digits (whole, and parted
/// where letters meet digits). Folded, each once, in the order of their first place.
pub fn tokens(text: &str) -> Vec<String> {
    let mut terms = Terms::new();
    for run in runs(text) {
        match run {
            Run::Han(run) => {
                for word in JIEBA.cut_for_search(&run, true) {
                    terms.add(word.word);
                }
                terms.add_pairs(&run);
                for (start, c) in run.char_indices() {
                    terms.add(&run[start..start + c.len_utf8()]);
                }
            }
            Run::Word(word) => {
                terms.add(&word);
                if let Some((head, tail)) = letters_and_digits(&word) {
                    terms.add(head);
                    terms.add(tail);
                }
            }
        }
    }
    terms.list
}

/// [`tokens`] with blanks between: what a full-text index of whole words is given.
pub fn index_text(text: &str) -> String {
    tokens(text).join(" ")
}

/// The terms of a question, all of which a hit must have: pairs of Han (a single one where it stands alone), runs of letters and digits
/// parted as in the index. A text that contains the question, its runs of letters and digits whole, has them all. Empty when
/// nothing can be asked.
pub fn query_terms(text: &str) -> Vec<String> {
    let mut terms = Terms::new();
    for run in runs(text) {
        match run {
            Run::Han(run) => terms.add_pairs(&run),
            Run::Word(word) => match letters_and_digits(&word) {
                Some((head, tail)) => {
                    terms.add(head);
                    terms.add(tail);
                }
                None => terms.add(&word),
            },
        }
    }
    terms.list
}

/// The terms of a question without those that only say that something is asked ("how", "please").
pub fn telling_terms(text: &str) -> Vec<String> {
    let mut terms = query_terms(text);
    terms.retain(|term| !WORDS.asking.contains(term));
    terms
}

/// A heading in the pieces between which a line may break. Joined they are the heading; no word is torn, no piece begins with a
/// closing mark or ends with an opening one, and runs of Latin text stay whole (their blanks break by themselves).
pub fn phrases(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in JIEBA.cut(text, true) {
        let word = word.word;
        let Some(first) = word.chars().next() else {
            continue;
        };
        let glued = out.last().is_some_and(|previous| {
            let Some(last) = previous.chars().last() else {
                return true;
            };
            first.is_whitespace()
                || WORDS.closing.contains(first)
                || WORDS.opening.contains(last)
                || (WORDS.leaning.contains(word) && (last.is_alphanumeric() || WORDS.brackets.contains(last)))
                || (!is_wide(last) && !is_wide(first))
                || (last.is_ascii_digit() && is_han(first) && word.chars().count() <= 2)
                || (is_han(last) && first.is_alphanumeric() && previous.chars().count() == 1)
        });
        match out.last_mut() {
            Some(previous) if glued => previous.push_str(word),
            _ => out.push(word.to_owned()),
        }
    }
    if out.len() > 1
        && out.last().is_some_and(|last| last.chars().count() == 1)
        && let Some(last) = out.pop()
        && let Some(previous) = out.last_mut()
    {
        previous.push_str(&last);
    }
    out
}

/// Whether a line may break beside this character without a blank: Han, kana, and the marks that go with them.
const fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ffef}' | '\u{2018}'..='\u{201d}' | '\u{2014}' | '\u{2026}')
}

enum Sound {
    Syllable(String),
    Other(char),
}

/// The readings of folded text, one syllable for each Han that has one.
fn sounds(text: &str) -> Vec<Sound> {
    let folded = fold(text);
    let mut out = Vec::new();
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        let known = WORDS.readings.iter().filter(|r| rest.starts_with(&r.word)).max_by_key(|r| r.word.len());
        if let Some(reading) = known {
            out.extend(reading.pinyin.split(' ').map(|s| Sound::Syllable(s.to_owned())));
            rest = &rest[reading.word.len()..];
            continue;
        }
        match c.to_pinyin() {
            Some(pinyin) => out.push(Sound::Syllable(pinyin.plain().replace('ü', "v"))),
            None => out.push(Sound::Other(c)),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The key by which a name is sorted: full pinyin without tones, a blank between syllables (so that 西安 comes before 先), everything
/// else in lower case as it stands, blanks collapsed.
pub fn pinyin_key(text: &str) -> String {
    let mut out = String::new();
    let mut after_syllable = false;
    for sound in sounds(text) {
        match sound {
            Sound::Syllable(syllable) => {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&syllable);
                after_syllable = true;
            }
            Sound::Other(c) => {
                if after_syllable {
                    out.push(' ');
                }
                out.push(c);
                after_syllable = false;
            }
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first letters of the syllables, other letters and digits as they stand: 厦门ABC → `xmabc`.
pub fn pinyin_initials(text: &str) -> String {
    sounds(text)
        .into_iter()
        .filter_map(|sound| match sound {
            Sound::Syllable(syllable) => syllable.chars().next(),
            Sound::Other(c) => Some(c).filter(|c| c.is_alphanumeric()),
        })
        .collect()
}

/// The key by which names of firms are compared for near-duplicates: folded, without marks and blanks, without the city's name and
/// the legal form. Never empty for a name that has a letter: what would be is kept with its city and form.
pub fn similar_name_key(name: &str) -> String {
    let whole: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    let mut key = WORDS.places.iter().fold(whole.clone(), |key, place| key.replace(place.as_str(), ""));
    while let Some(shorter) = WORDS.forms.iter().find_map(|form| key.strip_suffix(form.as_str())) {
        key = shorter.to_owned();
    }
    if key.is_empty() { whole } else { key }
}

/// A folded name without the name of the city at its beginning.
pub(crate) fn without_city(folded: &str) -> &str {
    WORDS.places.iter().find_map(|place| folded.strip_prefix(place.as_str())).unwrap_or(folded)
}

/// Why a text is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum PhoneError {
    /// Nothing there.
    #[error("no phone number was given")]
    Empty,
    /// Something that is neither a digit nor a usual mark between digits.
    #[error("character {position}, \u{201c}{character}\u{201d}, is not part of a phone number")]
    IllegalCharacter {
        /// Place in what was typed (blanks at the ends left out), from 1.
        position: usize,
        /// The character there.
        character: char,
    },
    /// A mobile, landline or service number with digits missing.
    #[error("{missing} digits are missing")]
    TooFewDigits {
        /// How many at least.
        missing: usize,
    },
    /// A mobile, landline or service number with digits too many.
    #[error("there are {extra} digits too many")]
    TooManyDigits {
        /// How many.
        extra: usize,
    },
    /// Seven or eight digits of a landline without the area code.
    #[error("the area code is missing")]
    MissingAreaCode,
    /// A country code other than that of the mainland.
    #[error("only numbers of the mainland (+86) are taken")]
    Abroad,
    /// Begins as no number does.
    #[error("a number begins with 1 (mobile), 0 (area code), 400 or 800")]
    UnknownBeginning,
}

impl PhoneError {
    /// Stable name of the error, for messages and `--json`.
    pub const fn code(self) -> &'static str {
        match self {
            PhoneError::Empty => "empty",
            PhoneError::IllegalCharacter { .. } => "illegal-character",
            PhoneError::TooFewDigits { .. } => "too-few-digits",
            PhoneError::TooManyDigits { .. } => "too-many-digits",
            PhoneError::MissingAreaCode => "missing-area-code",
            PhoneError::Abroad => "abroad",
            PhoneError::UnknownBeginning => "unknown-beginning",
        }
    }
}

/// Reads a phone number of the mainland: a mobile of 11 digits beginning with 1, a landline with its area code, or a 400 or 800 number.
/// Width, blanks, hyphens, points, brackets and the country code do not matter. Answers 11 digits for a mobile, `0592-5051234` for a
/// landline, ten digits for a service number.
///
/// # Errors
/// See [`PhoneError`].
pub fn phone_check(text: &str) -> Result<String, PhoneError> {
    let folded: String = text.chars().map(half_width).collect();
    let trimmed = folded.trim_matches(is_between_digits);
    if trimmed.is_empty() {
        return Err(PhoneError::Empty);
    }
    let mut digits = String::new();
    let mut has_plus = false;
    for (index, c) in trimmed.chars().enumerate() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !has_plus => has_plus = true,
            c if is_between_digits(c) => {}
            character => {
                return Err(PhoneError::IllegalCharacter { position: index + 1, character });
            }
        }
    }
    if digits.is_empty() {
        return Err(PhoneError::Empty);
    }
    let national = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86").filter(|rest| has_plus || (rest.len() == 11 && rest.starts_with('1'))));
    if has_plus && national.is_none() {
        return Err(PhoneError::Abroad);
    }
    let mut number = national.unwrap_or(&digits).to_owned();
    // Behind the country code the 0 of the area code is left out.
    if national.is_some() && matches!(number.len(), 10 | 11) && !is_service(&number) && !number.starts_with('0') {
        let is_mobile = number.starts_with('1') && (number.len() == 11 || !number.starts_with("10"));
        if !is_mobile {
            number.insert(0, '0');
        }
    }
    let exactly = |low: usize, high: usize| match number.len() {
        got if got < low => Err(PhoneError::TooFewDigits { missing: low - got }),
        got if got > high => Err(PhoneError::TooManyDigits { extra: got - high }),
        _ => Ok(()),
    };
    match number.as_bytes() {
        [b'1', ..] => exactly(11, 11).map(|()| number),
        [b'0', second, ..] => {
            let is_short = matches!(second, b'1' | b'2');
            let (area, low, high) = if is_short { (3, 11, 11) } else { (4, 11, 12) };
            exactly(low, high)?;
            Ok(format!("{}-{}", &number[..area], &number[area..]))
        }
        [b'0'] => Err(PhoneError::TooFewDigits { missing: 10 }),
        _ if is_service(&number) => exactly(10, 10).map(|()| number),
        [b'2'..=b'8', ..] if matches!(number.len(), 7 | 8) => Err(PhoneError::MissingAreaCode),
        _ => Err(PhoneError::UnknownBeginning),
    }
}

fn is_service(number: &str) -> bool {
    number.starts_with("400") || number.starts_with("800")
}

fn is_between_digits(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '(' | ')' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// A phone number for those who only need to recognise it: of ten digits and more the first three and last four (`138****8000`), of five
/// to nine the last two, of fewer none. Everything but digits goes, and the country code before 11 digits; a text without digits is
/// four stars.
pub fn mask_phone(text: &str) -> String {
    let mut digits: String = text.chars().map(half_width).filter(char::is_ascii_digit).collect();
    for code in ["0086", "86"] {
        if digits.len() == 11 + code.len() && digits.starts_with(code) {
            digits.drain(..code.len());
        }
    }
    let (head, tail) = match digits.len() {
        10.. => (3, 4),
        5..=9 => (0, 2),
        _ => (0, 0),
    };
    let hidden = digits.len() - head - tail;
    if digits.is_empty() {
        return if text.trim().is_empty() { String::new() } else { "****".to_owned() };
    }
    format!("{}{}{}", &digits[..head], "*".repeat(hidden), &digits[digits.len() - tail..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_hit(document: &str, question: &str) -> bool {
        let tokens: HashSet<String> = tokens(document).into_iter().collect();
        let terms = query_terms(question);
        !terms.is_empty() && terms.iter().all(|t| tokens.contains(t))
    }

    #[test]
    fn texts_are_cut_for_search() {
        let found = tokens("厦门市中小企业 ＩＳＯ９００１ 认证");
        for term in ["厦门", "厦门市", "中小企业", "门市", "中小", "iso9001", "iso", "9001", "认证", "证"]
        {
            assert!(found.contains(&term.to_owned()), "{term} in {found:?}");
        }
        let unique: HashSet<&String> = found.iter().collect();
        assert_eq!(unique.len(), found.len());
        assert_eq!(index_text("，。 "), "");
        assert_eq!(tokens("电 电"), ["电"]);
    }

    #[test]
    fn what_contains_a_question_is_found() {
        for (document, question) in [
            ("厦门示例卫浴科技有限公司", "卫浴"),
            ("厦门示例卫浴科技有限公司", "浴科"),
            ("办理税务登记", "税"),
            ("ISO9001 质量体系认证", "iso 9001"),
            ("ISO 9001 质量体系认证", "iso9001"),
            ("电磁兼容（EMC）预测试", "emc 测试"),
            ("跨境电商B2B出口", "b2b"),
            ("91350206Y00000017A", "91350206y00000017a"),
        ] {
            assert!(is_hit(document, question), "{question} in {document}");
        }
        assert!(!is_hit("厦门示例卫浴科技有限公司", "卫生"));
        assert!(!is_hit("厦门", "  ，"));
    }

    #[test]
    fn headings_break_between_words() {
        assert_eq!(phrases("厦门市中小企业公共服务网络").concat(), "厦门市中小企业公共服务网络");
        let cut = phrases("新建贴片线，要做一次电磁兼容预测试和整改咨询");
        assert!(cut.len() >= 5, "{cut:?}");
        assert!(cut.iter().any(|p| p.ends_with('，')), "{cut:?}");
        assert!(cut.iter().any(|p| p.ends_with('和')), "{cut:?}");
        assert_eq!(phrases("Request for EMC testing, urgent"), ["Request for EMC testing, urgent"]);
        assert_eq!(phrases("（试行）"), ["（试行）"]);
        assert!(phrases("").is_empty());
    }

    #[test]
    fn names_sort_by_sound() {
        assert_eq!(pinyin_key("厦门"), "xia men");
        assert_eq!(pinyin_key("厦门ABC 科技"), "xia men abc ke ji");
        assert_eq!(pinyin_key("重庆银行"), "chong qing yin hang");
        assert_eq!(pinyin_key("Ａ１建材"), "a1 jian cai");
        assert!(pinyin_key("西安") < pinyin_key("先"));
        assert_eq!(pinyin_initials("厦门ABC（卫浴）"), "xmabcwy");
        assert_eq!(pinyin_initials("绿"), "l");
        assert!(pinyin_key("绿色旅行女").is_ascii());
    }

    #[test]
    fn names_of_firms_are_compared_without_city_and_form() {
        let same = [
            "厦门示例科技有限公司",
            "厦门市示例科技有限责任公司",
            "示例科技（厦门）有限公司",
            " 示例 科技 公司",
            "示例科技股份有限公司",
        ];
        for name in same {
            assert_eq!(similar_name_key(name), "示例科技", "{name}");
        }
        assert_ne!(similar_name_key("示例科技有限公司厦门分公司"), "示例科技");
        assert_eq!(similar_name_key("厦门公司"), "厦门公司");
        assert_eq!(similar_name_key("Ａｂｃ Co."), "abcco");
    }

    #[test]
    fn phones_are_read() {
        for (text, phone) in [
            ("13800138000", "13800138000"),
            ("+86 138-0013-8000", "13800138000"),
            ("8613800138000", "13800138000"),
            ("0086 138 0013 8000", "13800138000"),
            ("１３８００１３８０００", "13800138000"),
            ("0592-5051234", "0592-5051234"),
            ("（0592）5051234", "0592-5051234"),
            ("+86 592 5051234", "0592-5051234"),
            ("+86 10 12345678", "010-12345678"),
            ("02112345678", "021-12345678"),
            ("0755 1234 5678", "0755-12345678"),
            ("400-123-4567", "4001234567"),
        ] {
            assert_eq!(phone_check(text).as_deref(), Ok(phone), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_phone_is_said() {
        for (text, error) in [
            ("", PhoneError::Empty),
            (" - ", PhoneError::Empty),
            ("1380013800", PhoneError::TooFewDigits { missing: 1 }),
            ("138001380001", PhoneError::TooManyDigits { extra: 1 }),
            ("+86 1380013800", PhoneError::TooFewDigits { missing: 1 }),
            ("0592-505123", PhoneError::TooFewDigits { missing: 1 }),
            ("0592-505123456", PhoneError::TooManyDigits { extra: 1 }),
            ("0", PhoneError::TooFewDigits { missing: 10 }),
            ("400-123-456", PhoneError::TooFewDigits { missing: 1 }),
            ("5051234", PhoneError::MissingAreaCode),
            ("+852 1234 5678", PhoneError::Abroad),
            ("99", PhoneError::UnknownBeginning),
            ("138o0138000", PhoneError::IllegalCharacter { position: 4, character: 'o' }),
            ("138+0013800", PhoneError::IllegalCharacter { position: 4, character: '+' }),
        ] {
            assert_eq!(phone_check(text), Err(error), "{text}");
        }
    }

    #[test]
    fn phones_are_masked() {
        for (text, masked) in [
            ("13800138000", "138****8000"),
            ("138 0013 8000", "138****8000"),
            ("+86-13800138000", "138****8000"),
            ("0592-5051234", "059****1234"),
            ("4001234567", "400***4567"),
            ("5051234", "*****34"),
            ("110", "***"),
            ("", ""),
            ("微信", "****"),
        ] {
            assert_eq!(mask_phone(text), masked, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_part_of_han_text_is_always_found(text in "[一-龥]{1,20}", from in 0_usize..20, length in 1_usize..20) {
            let chars: Vec<char> = text.chars().collect();
            let from = from % chars.len();
            let part: String = chars[from..(from + length).min(chars.len())].iter().collect();
            prop_assert!(is_hit(&text, &part));
        }

        #[test]
        fn a_text_finds_itself(text in "[一-龥a-zA-Z0-9 ，（）]{1,30}") {
            prop_assert!(query_terms(&text).is_empty() || is_hit(&text, &text));
        }

        #[test]
        fn pieces_of_a_heading_make_it_whole(text in "[一-龥a-z0-9 ，。（）“”《》、]{0,30}") {
            let pieces = phrases(&text);
            prop_assert_eq!(pieces.concat(), text);
            for piece in pieces.iter().skip(1) {
                prop_assert!(!piece.starts_with(|c| WORDS.closing.contains(c)), "{pieces:?}");
            }
            for piece in pieces.iter().rev().skip(1) {
                prop_assert!(!piece.ends_with(|c| WORDS.opening.contains(c)), "{pieces:?}");
            }
        }

        #[test]
        fn a_phone_read_is_read_the_same_again(text in "[-+ 0-9]{0,16}") {
            if let Ok(phone) = phone_check(&text) {
                prop_assert_eq!(phone_check(&phone), Ok(phone.clone()));
                prop_assert!(mask_phone(&phone).contains('*'));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            for term in tokens(&text) {
                prop_assert!(term.chars().all(char::is_alphanumeric), "{term:?}");
            }
            prop_assert_eq!(phrases(&text).concat(), text.clone());
            let _ = (query_terms(&text), pinyin_key(&text), pinyin_initials(&text), similar_name_key(&text));
            let _ = (phone_check(&text), mask_phone(&text));
        }
    }
}
