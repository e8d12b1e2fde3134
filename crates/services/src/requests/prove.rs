//! A phone proved by code before somebody asks: where a gateway is set, for everybody but people whose own phone was proved
//! when they signed in. It comes before the screen with files and contact, so that nothing of it is lost on the way.

use huiqi_identity::gateway;
use huiqi_identity::signin::{phone, phone_routes};

use super::*;

/// What is carried from screen to screen.
const CARRIED: &[&str] =
    &["kind", "category", "title", "words", "firm", "district", "contact", "reach", "about", "consent", "once"];

/// How it stands with the phone of this asking.
pub(super) struct Proof {
    /// Whether a proved phone is needed.
    pub asked: bool,
    /// The phone that this browser has proved.
    pub phone: Option<String>,
}

impl Proof {
    /// Screens of the whole form.
    pub(super) fn screens(&self) -> u32 {
        if self.asked { 3 } else { 2 }
    }

    /// Whether a code has to be asked for first.
    pub(super) fn is_missing(&self) -> bool {
        self.asked && self.phone.is_none()
    }
}

/// How it stands with the phone of this asking.
pub(super) async fn stand(visit: &Visit) -> Result<Proof, Failure> {
    let asked = gateway::is_set(visit.ctx())
        && match visit.viewer().actor() {
            Some(actor) => !phone::is_marked(visit.ctx(), actor.person).await?,
            None => true,
        };
    let phone = if asked { phone::proved(visit).await? } else { None };
    Ok(Proof { asked, phone })
}

fn carried(form: &Form) -> Html {
    CARRIED
        .iter()
        .filter(|name| form.has(name))
        .fold(Html::empty(), |html, name| html.and(&components::hidden(name, form.value(name))))
}

fn frame(form: &Form, title: &str, locale: huiqi_kernel::locale::Locale, inside: &Html) -> Html {
    Html::raw("<div class=\"wrap form-wrap\"><div class=\"form-main\">")
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&components::step_line(2, 3, locale))
        .and(&Html::raw("<h1>"))
        .say(title)
        .and(&Html::raw("</h1>"))
        .and(inside)
        .and(&Html::raw("</div></div>"))
}

/// A small form that goes to another screen with everything typed so far.
fn to_step(step: &str, form: &Form, more: &Html, words: &str) -> Html {
    Html::raw("<form class=\"inline\" method=\"post\" action=\"/ask\">")
        .and(&components::hidden("step", step))
        .and(&carried(form))
        .and(more)
        .and(&components::button(words, Style::Plain))
        .and(&Html::raw("</form>"))
}

/// Asks for the phone.
pub(super) async fn ask_phone(visit: &Visit, form: &Form) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let inside = Html::raw("<p>")
        .say(&m.prove_why())
        .and(&Html::raw("</p><form method=\"post\" action=\"/ask\" novalidate data-keep>"))
        .and(&components::hidden("step", "phone"))
        .and(&carried(form))
        .and(&phone_routes::phone_field(form, "phone", visit))
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button is-big\" type=\"submit\">"))
        .say(&m.prove_send())
        .and(&Html::raw("</button></div></form>"))
        .and(&to_step("back", form, &Html::empty(), &m.ask_back()))
        .and(&Html::raw("<p class=\"small quiet\">"))
        .say(&m.prove_no_mobile(visit.ctx().site().text("hotline", locale)))
        .and(&Html::raw("</p>"));
    let body = frame(form, &m.prove_title(), locale, &inside);
    visit.page(m.ask_title(), "ask").room(Room::Focus).refused(!form.ok()).show(body).await
}

/// Asks for the code.
async fn ask_code(visit: &Visit, form: &Form, number: &str, wait: Option<i64>) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let phone = components::hidden("phone", number);
    let inside = Html::raw("<form method=\"post\" action=\"/ask\" novalidate>")
        .and(&components::hidden("step", "code"))
        .and(&carried(form))
        .and(&phone)
        .and(&phone_routes::code_field(form, number, wait, visit))
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button is-big\" type=\"submit\">"))
        .say(&m.ask_continue())
        .and(&Html::raw("</button></div></form><div class=\"button-row\">"))
        .and(&to_step("phone", form, &phone, &m.prove_again()))
        .and(&to_step("1", form, &components::hidden("another", "yes"), &m.prove_other()))
        .and(&Html::raw("</div>"));
    let body = frame(form, &m.prove_title(), locale, &inside);
    visit.page(m.ask_title(), "ask").room(Room::Focus).refused(!form.ok()).show(body).await
}

/// Sends the code and asks for it.
pub(super) async fn send(visit: &Visit, form: &mut Form) -> Answer {
    let Some(number) = phone_routes::read_mobile(form, "phone", |l| t(l).prove_mobile()) else {
        return ask_phone(visit, form).await;
    };
    match phone::send_code(visit, &number).await {
        Ok(wait) => ask_code(visit, form, &number, wait).await,
        Err(Fault::TooMany) => {
            form.fail("phone", |l| t(l).prove_too_many());
            ask_phone(visit, form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What came of a code.
pub(super) enum Checked {
    /// It is right: the phone, and the cookie that says so.
    Right(String, axum_extra::extract::cookie::Cookie<'static>),
    /// It is not; the page that asks again.
    Again(Answer),
}

/// Compares the code.
pub(super) async fn check(visit: &Visit, form: &mut Form) -> Result<Checked, Failure> {
    let Some(number) = phone_routes::read_mobile(form, "phone", |l| t(l).prove_mobile()) else {
        return Ok(Checked::Again(ask_phone(visit, form).await));
    };
    let typed = form.value("phone_code").to_owned();
    if typed.is_empty() {
        form.fail("phone_code", |l| t(l).prove_code_missing());
        return Ok(Checked::Again(ask_code(visit, form, &number, None).await));
    }
    let right = match phone::check_code(visit, &number, &typed).await {
        Ok(right) => right,
        Err(Fault::TooMany) => {
            form.fail("phone_code", |l| t(l).prove_too_many());
            return Ok(Checked::Again(ask_code(visit, form, &number, None).await));
        }
        Err(fault) => return Err(fault.into()),
    };
    match right {
        Some(cookie) => Ok(Checked::Right(number, cookie)),
        None => {
            form.fail("phone_code", |l| t(l).prove_wrong());
            Ok(Checked::Again(ask_code(visit, form, &number, None).await))
        }
    }
}
