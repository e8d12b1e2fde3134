//! The fields with which an account is made, for registration and invitations.

use huiqi_kernel::locale::Locale;
use huiqi_web::components::Field;
use huiqi_web::{Form, Html};

use super::password;
use crate::t;

/// An account name and a password that passed the rules. Whether the name is free is found out when it is saved.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Account name, in its normal form.
    pub login: String,
    /// Password.
    pub password: String,
}

/// The three fields `login`, `password`, `password_again`.
pub fn fields(form: &Form, locale: Locale) -> Html {
    let m = t(locale);
    Html::concat([
        Field::text("login", m.signin_login())
            .hint(m.signin_login_hint())
            .width("w-mid")
            .autocomplete("username")
            .attr("autocapitalize", "none")
            .value(form.value("login"))
            .error(form.error("login", locale))
            .html(locale),
        new_password(form, locale),
    ])
}

/// The two fields of a new password, `password` and `password_again`.
pub fn new_password(form: &Form, locale: Locale) -> Html {
    let m = t(locale);
    Html::concat([
        Field::password("password", m.signin_password_new())
            .hint(m.signin_password_hint(password::MIN as i64))
            .autocomplete("new-password")
            .error(form.error("password", locale))
            .html(locale),
        Field::password("password_again", m.signin_password_again())
            .autocomplete("new-password")
            .error(form.error("password_again", locale))
            .html(locale),
    ])
}

/// Reads and judges the fields; `known` are texts the password must not be (name, phone).
pub fn read(form: &mut Form, known: &[&str]) -> Option<Credentials> {
    let typed = form.required("login", 60, |l| t(l).signin_login());
    let login = match password::normal_login(&typed) {
        Ok(login) => Some(login),
        Err(_) if typed.is_empty() => None,
        Err(bad) => {
            form.fail("login", |l| bad.label(l));
            None
        }
    };
    let mut known: Vec<&str> = known.to_vec();
    known.push(&typed);
    let password = read_password(form, &known);
    Some(Credentials { login: login?, password: password? })
}

/// Reads and judges a new password.
pub fn read_password(form: &mut Form, known: &[&str]) -> Option<String> {
    // Blanks inside and around belong to a password, but a form trims its values: so they are forbidden around it
    // everywhere alike.
    let password = form.required("password", password::MAX, |l| t(l).signin_password_new());
    if password.is_empty() {
        return None;
    }
    if let Err(weak) = password::check(&password, known) {
        form.fail("password", |l| weak.label(l));
        return None;
    }
    if form.value("password_again") != password {
        form.fail("password_again", |l| t(l).signin_password_differs());
        return None;
    }
    Some(password)
}
