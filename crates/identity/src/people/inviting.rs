//! Pages of invitations: the manager's list, and what the link opens.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_store::Ctx;
use huiqi_web::components::{self, Col, Field, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::invitations::Invitation;
use super::pages::{role_field, territory_field, window_field};
use crate::organisations::queries::{WindowName, shown};
use crate::pages::{FormPage, ListPage, section};
use crate::signin::credentials;
use crate::signin::pages::consent_fields;
use crate::{role_label, t};

/// What the page of invitations is about.
pub(super) struct Inviting<'a> {
    pub place: &'a str,
    /// Number of the organisation, for the administrator.
    pub organisation: Option<&'a str>,
    pub roles: &'a [Role],
    /// Windows to choose from; none where it is given.
    pub windows: &'a [(i64, WindowName)],
    pub now: i64,
    pub today: NaiveDate,
}

pub(super) fn invitations(rows: &[Invitation], about: &Inviting<'_>, form: &Form, l: Locale) -> ListPage {
    let m = t(l);
    let mut fields = vec![
        about.organisation.map(|number| components::hidden("organisation", number)).unwrap_or_default(),
        Field::text("name", m.people_name()).value(form.value("name")).error(form.error("name", l)).html(l),
        role_field(about.roles, form, l),
        window_field(about.windows, form, l),
    ];
    if about.roles.contains(&Role::DepartmentOfficer) {
        fields.push(territory_field(form, l));
    }
    let invite = Html(format!(
        "<form class=\"form-main\" method=\"post\" action=\"/invitations\" novalidate>{}<div class=\"button-row form-go\">{}</div></form>",
        Html::concat(fields),
        components::button(&m.people_invite_submit(), Style::Solid)
    ));
    let table = if rows.is_empty() {
        components::empty(m.people_invitations_none())
    } else {
        let mut table = Table::new(&m.people_invitations_made())
            .cards()
            .row_head(1)
            .col(Col::nowrap(&m.people_number()))
            .col(Col::text(&m.people_name()))
            .col(Col::text(&m.people_role()))
            .col(Col::nowrap(&m.people_invited_at()))
            .col(Col::nowrap(&m.people_invitation_state()))
            .col(Col::nowrap(&m.people_invitation_withdraw()));
        for row in rows {
            let place = shown(&row.place, row.place_en.as_deref(), l);
            let role = row.role().map(|r| role_label(r, l)).unwrap_or_default();
            let (state, withdraw) = if row.used_at.is_some() {
                (components::status(Tone::Good, "done", m.people_invitation_used()), Html::empty())
            } else if row.withdrawn_at.is_some() {
                (components::status(Tone::Idle, "no", m.people_invitation_withdrawn()), Html::empty())
            } else if row.is_open(about.now) {
                (
                    components::status(Tone::Run, "clock", m.people_invitation_open()),
                    Html(format!(
                        "<form method=\"post\" action=\"/invitations/{}/withdraw\"><button class=\"button is-second is-small\" type=\"submit\">{}<span class=\"sr\">{}</span></button></form>",
                        Html::text(&row.number),
                        Html::text(&m.people_invitation_withdraw()),
                        Html::text(&row.name)
                    )),
                )
            } else {
                (components::status(Tone::Idle, "time", m.people_invitation_over()), Html::empty())
            };
            table.push(
                "",
                [
                    components::reference(&row.number),
                    Html::text(&row.name),
                    Html::text(&m.people_role_in(place, &role)),
                    dates::date(dates::day_of(row.at), about.today, l),
                    state,
                    withdraw,
                ],
            );
        }
        table.html()
    };
    ListPage {
        crumbs: components::crumbs(
            &[("/people".to_owned(), m.people_list_title())],
            Some(Html::text(&m.people_invitations())),
            l,
        ),
        head: components::page_head(&m.people_invitations(), Html::text(about.place), Html::empty()),
        above: Html(format!(
            "<div class=\"section\">{}</div>",
            components::error_summary(&form.errors(l), l)
                .and(&Html(format!("<p>{}</p>", Html::text(&m.people_invitations_lede()))))
                .and(&invite)
        )),
        table: section("made", &m.people_invitations_made(), Html::empty(), &table),
        ..ListPage::default()
    }
}

/// The page an invitation's link opens. `me` is the name of whoever is signed in already.
pub(super) fn accept(
    ctx: &Ctx,
    invitation: &Invitation,
    token: &str,
    me: Option<&str>,
    form: &Form,
    l: Locale,
) -> FormPage {
    let m = t(l);
    let place = shown(&invitation.place, invitation.place_en.as_deref(), l);
    let role = invitation.role().map(|r| role_label(r, l)).unwrap_or_default();
    let action = format!("/invitation/{token}");
    let lede = m.people_accept_lede(&invitation.name, place, &role);
    match me {
        Some(me) => FormPage::new(m.people_accept_title(), action, m.people_accept_submit_mine(me), form, l)
            .lede(&lede)
            .fields([components::hidden("mine", "yes"), consent_fields(ctx, form, l)])
            .after(Html(format!("<p class=\"quiet\">{}</p>", Html::text(&m.people_accept_not_mine(me))))),
        None => FormPage::new(m.people_accept_title(), action.clone(), m.people_accept_submit(), form, l)
            .lede(&lede)
            .fields([
                Field::text("name", m.people_name())
                    .autocomplete("name")
                    .value(form.value("name"))
                    .error(form.error("name", l))
                    .html(l),
                Field::tel("phone", m.people_phone())
                    .optional()
                    .value(form.value("phone"))
                    .error(form.error("phone", l))
                    .html(l),
                Field::email("email", m.people_email())
                    .hint(m.people_email_hint())
                    .optional()
                    .value(form.value("email"))
                    .error(form.error("email", l))
                    .html(l),
                credentials::fields(form, l),
                consent_fields(ctx, form, l),
            ])
            .after(Html(format!(
                "<p>{}</p>",
                components::link(
                    &crate::paging::address("/sign-in", &[("next", &action)]),
                    &m.people_accept_have_account()
                )
            ))),
    }
}
