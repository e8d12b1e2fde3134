//! Messages are made inside the transaction of what they are about.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_store::audit::hex;
use huiqi_store::{Fault, Work, number};
use rand::RngCore;
use serde_json::json;

use super::State;
use super::queries::{self, Shown};
use super::rules::is_mobile;
use super::templates::{self, Fields, LONGEST_PATH, TEXTS, Template};

/// Something that is told to a phone.
#[derive(Clone, Debug)]
pub struct PhoneMessage<'a> {
    /// The phone, in its normal form.
    pub phone: &'a str,
    /// Row id of the person, where one with an account is meant; a bound WeChat account is then tried first.
    pub person: Option<i64>,
    /// What it says.
    pub template: Template,
    /// Number of the matter, such as `FW-2026-000123`; fills `{number}`.
    pub subject_number: &'a str,
    /// Fills `{date}`, where the text has it.
    pub date: Option<NaiveDate>,
    /// Path of a page of this site that needs no sign-in, with its secret: `/t/3479ACDEFGHJ`, at most
    /// [`LONGEST_PATH`] characters. Fills `{link}` with the site's address before it, and is erased when the message
    /// is sent or given up.
    pub link: Option<&'a str>,
    /// Language of the text.
    pub locale: Locale,
    /// Which moment of the matter it is about, made of codes and numbers: `answered|4`. A second message about the same
    /// matter to the same phone with the same text and key is not made. Not asked of a text that is a reminder: there is one for a matter and a phone.
    pub once_key: &'a str,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It waits to be sent.
    New,
    /// It had been made before; nothing was done.
    Before,
    /// Text messages reach mobile phones only; nothing was done.
    NoMobile,
}

/// Makes a message to a phone; the job `gateway.send` sends it within seconds, in the night the next morning.
///
/// # Errors
/// [`Fault::Internal`] when the text has a place that is not given, or the link is too long; when the database fails.
pub async fn send_in(work: &Work, message: &PhoneMessage<'_>) -> Result<Made, Fault> {
    let words = TEXTS.newest(message.template);
    let fields = Fields {
        number: message.subject_number.to_owned(),
        date: message.date.map(|day| templates::day(day, message.locale)).unwrap_or_default(),
        minutes: String::new(),
    };
    let link = message.link.unwrap_or_default();
    let given = [
        ("number", !fields.number.is_empty()),
        ("date", !fields.date.is_empty()),
        ("link", link.starts_with('/') && link.chars().count() <= LONGEST_PATH),
        ("code", false),
    ];
    if let Some((place, _)) = given.iter().find(|(place, is_given)| words.has(place) && !is_given) {
        return Err(Fault::internal(format!(
            "message {}: {place} is not given as it should be",
            message.template.code()
        )));
    }
    let once = if words.reminder {
        format!("reminder|{}|{}|{}", message.template.code(), message.subject_number, message.phone)
    } else {
        format!("{}|{}|{}|{}", message.template.code(), message.subject_number, message.once_key, message.phone)
    };
    put(work, message, &fields, message.link, &once).await
}

/// Makes a message with a code; only `identity` proves phones.
pub(crate) async fn send_code_in(
    work: &Work,
    phone: &str,
    code: &str,
    minutes: i64,
    locale: Locale,
) -> Result<Made, Fault> {
    let fields = Fields { minutes: minutes.to_string(), ..Fields::default() };
    let message = PhoneMessage {
        phone,
        person: None,
        template: Template::Code,
        subject_number: "",
        date: None,
        link: None,
        locale,
        once_key: "",
    };
    put(work, &message, &fields, Some(code), &format!("code|{}", key(work))).await
}

async fn put(
    work: &Work,
    message: &PhoneMessage<'_>,
    fields: &Fields,
    secret: Option<&str>,
    once: &str,
) -> Result<Made, Fault> {
    if !is_mobile(message.phone) {
        return Ok(Made::NoMobile);
    }
    let words = TEXTS.newest(message.template);
    let number = format!("DX-{:09}", number::next(&**work, "phone-message").await?);
    let made = work
        .run(
            "INSERT INTO phone_message (number, phone, person, template, version, urgent, locale, subject_number, fields,
                secret, once_key, message_key, state, calling, tries, asked, next_at, at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?) ON CONFLICT (once_key) DO NOTHING",
            [
                number.into(),
                message.phone.to_owned().into(),
                message.person.into(),
                message.template.code().into(),
                words.version.into(),
                words.urgent.into(),
                message.locale.tag().into(),
                message.subject_number.to_owned().into(),
                serde_json::to_string(fields).map_err(Fault::internal)?.into(),
                secret.map(str::to_owned).into(),
                once.to_owned().into(),
                key(work).into(),
                State::Waiting.code().into(),
                false.into(),
                work.now().into(),
                work.now().into(),
                (work.now() + words.valid_minutes * 60_000).into(),
            ],
        )
        .await?;
    Ok(if made == 1 { Made::New } else { Made::Before })
}

/// A name that nobody guesses and no other message has.
fn key(work: &Work) -> String {
    let mut bytes = [0_u8; 16];
    work.ctx().random(|random| random.fill_bytes(&mut bytes));
    hex(&bytes)
}

/// Shows the whole text of a waiting message to whoever passes it on by hand; the look is logged. The caller has made
/// sure that the viewer may know of the matter. Codes are shown to nobody.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such message that waits.
pub async fn show_in(work: &Work, number: &str) -> Result<Shown, Fault> {
    let line = queries::by_number(work, number)
        .await?
        .filter(|line| line.state == State::Waiting.code() && !line.is_code() && line.has_secret())
        .ok_or(Fault::NotFound)?;
    work.run("UPDATE phone_message SET shown_by = ? WHERE number = ?", [work.person().into(), number.into()]).await?;
    work.audit("gateway.shown", "phone-message", number, json!({ "matter": line.subject_number })).await?;
    let text = line.in_full(work.ctx());
    Ok(Shown { line, text })
}

/// Notes that a waiting message was passed on by hand; its link is erased from the table.
///
/// # Errors
/// [`Fault::Stale`] when it does not wait any more.
pub async fn pass_on_in(work: &Work, number: &str) -> Result<(), Fault> {
    let done = work
        .run(
            "UPDATE phone_message SET state = 'by-hand', secret = NULL, error = NULL, ended_at = ?
             WHERE number = ? AND state = 'waiting' AND calling = ? AND template <> ?",
            [work.now().into(), number.into(), false.into(), Template::Code.code().into()],
        )
        .await?;
    if done == 0 {
        return Err(Fault::Stale);
    }
    work.audit("gateway.passed-on", "phone-message", number, json!({})).await?;
    Ok(())
}
