//! Pages of the rule's parameters: what holds, what is proposed, how it came about.

use std::collections::HashMap;

use chrono::NaiveDate;
use huiqi_identity::people::PersonName;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Label, Viewer};
use huiqi_kernel::rule::{ArticleRef, Parameter, ParameterKind, ParameterSource, RuleSet, art};
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{self, ActionLine, Col, Field, Style, Table, Tone, hidden};
use huiqi_web::layout::FlashKind;
use huiqi_web::{Form, Html, dates};

use super::differences::{
    Difference, VALIDITY_KEYS, VALIDITY_STATES, article_of, between, name_of, validity_code, validity_name, words_of,
};
use super::flow::{FLOW, VersionAction, VersionState};
use super::pages::{self, Page, fold, section};
use super::people::{self, shown};
use super::rule_forms::{LONGEST_REASON, field, range_words};
use super::versions::{self, Version, base_of};
use super::{DECIDERS, PROPOSERS};
use crate::t;

/// State of a version in words; an approved one also says whether its day has come.
fn state_status(version: &Version, current: u32, l: Locale) -> Html {
    let m = t(l);
    match VersionState::from_code(&version.state) {
        Some(VersionState::Proposed) => components::status(Tone::Run, "clock", VersionState::Proposed.label(l)),
        Some(VersionState::Approved) if i64::from(current) == version.version => {
            components::status(Tone::Good, "done", m.setting_state_current())
        }
        Some(VersionState::Approved) if i64::from(current) > version.version => {
            components::status(Tone::Idle, "no", m.setting_state_past())
        }
        Some(VersionState::Approved) => components::status(Tone::Run, "run", m.setting_state_coming()),
        Some(VersionState::Rejected) => components::status(Tone::Bad, "stop", VersionState::Rejected.label(l)),
        Some(VersionState::Withdrawn) | None => components::status(Tone::Idle, "no", VersionState::Withdrawn.label(l)),
    }
}

fn source_status(set: &RuleSet, parameter: &Parameter, l: Locale) -> Html {
    let m = t(l);
    if let Some(shipped) = RuleSet::shipped().param(&parameter.id)
        && shipped.value != parameter.value
    {
        let was = set.text_of(parameter, &shipped.value, l);
        return components::status(Tone::Good, "done", m.setting_source_changed(was));
    }
    match parameter.source {
        ParameterSource::Rule => components::status(Tone::Good, "done", m.setting_source_rule()),
        ParameterSource::Law => components::status(Tone::Good, "done", m.setting_source_law()),
        ParameterSource::Proposed => components::status(Tone::Idle, "todo", m.setting_source_proposed()),
        ParameterSource::Recalled => components::status(Tone::Warn, "alert", m.setting_source_recalled()),
    }
}

fn parameter_table(set: &RuleSet, article: ArticleRef, l: Locale) -> Html {
    let m = t(l);
    let mut table = Table::new(&m.setting_parameters_of(article.label(l)))
        .cards()
        .col(Col::text(&m.setting_parameter()).class("what"))
        .col(Col::nowrap(&m.setting_value()))
        .col(Col::text(&m.setting_allowed()))
        .col(Col::text(&m.setting_source()));
    for parameter in set.parameters_of(article.number) {
        let name = Html::text(parameter.name.get(l))
            .and(&Html::raw("<br><span class=\"quiet small\">"))
            .say(parameter.note.get(l))
            .and(&Html::raw("</span>"));
        let range = range_words(set, parameter, l);
        let range = if range.is_empty() { m.setting_range_any() } else { range };
        table.push(
            "",
            [
                name,
                Html::text(&set.value_text(parameter, l)),
                components::quiet(range),
                source_status(set, parameter, l),
            ],
        );
    }
    table.html()
}

fn grounds_table(set: &RuleSet, l: Locale) -> Html {
    let m = t(l);
    let mut table = Table::new(&m.setting_grounds())
        .cards()
        .col(Col::text(&m.setting_ground_text()).class("what"))
        .col(Col::text(&m.setting_ground_ask()))
        .col(Col::nowrap(&m.setting_ground_state()));
    for ground in set.refusal_grounds() {
        let state = if ground.active {
            components::status(Tone::Good, "done", m.setting_ground_active())
        } else {
            components::status(Tone::Idle, "no", m.setting_ground_inactive())
        };
        table.push("", [Html::text(ground.text.get(l)), components::quiet(ground.ask_instead.get(l)), state]);
    }
    table.html()
}

fn history_table(
    versions: &[Version],
    people: &HashMap<i64, PersonName>,
    current: u32,
    today: NaiveDate,
    l: Locale,
) -> Result<Html, Fault> {
    let m = t(l);
    let mut table = Table::new(&m.setting_history())
        .cards()
        .col(Col::nowrap(&m.setting_version()))
        .col(Col::nowrap(&m.setting_state()))
        .col(Col::nowrap(&m.setting_from()))
        .col(Col::text(&m.setting_proposed()))
        .col(Col::text(&m.setting_decided()))
        .col(Col::text(&m.setting_reason()).class("what"));
    for version in versions {
        let decided = match version.decided_at {
            Some(at) => {
                Html::text(&shown(people, version.decided_by, l)).and(&Html::raw(" ")).and(&dates::moment(at, today, l))
            }
            None => components::quiet(m.setting_not_decided()),
        };
        table.push(
            "",
            [
                components::link(
                    &format!("/settings/rules/{}", version.version),
                    &m.setting_version_name(version.version.to_string()),
                ),
                state_status(version, current, l),
                dates::date_full(version.from()?, l),
                Html::text(&shown(people, Some(version.proposed_by), l)).and(&Html::raw(" ")).and(&dates::moment(
                    version.proposed_at,
                    today,
                    l,
                )),
                decided,
                pages::typed(&version.reason, l),
            ],
        );
    }
    let shipped = RuleSet::shipped();
    let state = if current == 1 {
        components::status(Tone::Good, "done", m.setting_state_current())
    } else {
        components::status(Tone::Idle, "no", m.setting_state_past())
    };
    table.push(
        "",
        [
            Html::text(&m.setting_version_name("1")),
            state,
            dates::date_full(shipped.in_force_from(), l),
            components::quiet(m.setting_shipped()),
            components::quiet(m.setting_shipped_decided()),
            Html::text(&m.setting_shipped_reason()),
        ],
    );
    Ok(table.html())
}

/// What holds, by article, and how it came about.
///
/// # Errors
/// When the database fails.
pub(super) async fn main(ctx: &Ctx, viewer: &Viewer, l: Locale) -> Result<Page, Fault> {
    let m = t(l);
    let today = ctx.today();
    let rules = ctx.rules();
    let set = rules.on(today);
    let all = versions::all(ctx).await?;
    let ids = all.iter().flat_map(|v| [Some(v.proposed_by), v.decided_by]).flatten();
    let people = people::named(ctx, ids.collect()).await?;
    let open = all.iter().find(|v| v.state == VersionState::Proposed.code());

    let mut parts = Vec::new();
    if let Some(open) = open {
        let link = components::link(&format!("/settings/rules/{}", open.version), &m.setting_open_link());
        let body = Html::fill(
            &m.setting_open_proposal(open.version.to_string(), shown(&people, Some(open.proposed_by), l), "{0}", "{1}"),
            &[dates::date_full(open.from()?, l), link],
        );
        parts.push(components::notice(FlashKind::Info, None, &body));
    }
    let version = if set.version() == 1 {
        Html::text(&m.setting_version_name("1")).and(&Html::raw(" ")).and(&components::quiet(m.setting_shipped()))
    } else {
        components::link(
            &format!("/settings/rules/{}", set.version()),
            &m.setting_version_name(set.version().to_string()),
        )
    };
    let validity = set.validity_line(l, today);
    let mut facts = vec![
        (m.setting_rule(), Html::text(set.title(l))),
        (m.setting_version(), version),
        (
            m.setting_key_document_number(),
            set.document_number().map_or_else(|| components::quiet(m.setting_not_entered()), Html::text),
        ),
        (m.setting_validity(), Html::text(&validity)),
    ];
    if let Some(coming) = all
        .iter()
        .filter(|v| v.state == VersionState::Approved.code() && v.version > i64::from(set.version()))
        .min_by_key(|v| v.version)
    {
        facts.push((
            m.setting_state_coming(),
            components::link(
                &format!("/settings/rules/{}", coming.version),
                &m.setting_version_name(coming.version.to_string()),
            )
            .and(&Html::raw(" "))
            .and(&dates::date_full(coming.from()?, l)),
        ));
    }
    parts.push(section("now", &m.setting_rules_now(), Html::empty(), &components::kv(&facts)));

    let folds = set.articles().iter().filter(|a| set.parameters_of(a.number).next().is_some()).map(|article| {
        let count = set.parameters_of(article.number).count() as i64;
        let summary = m.setting_article_fold(article.label(l), article.title.get(l), count);
        fold(&format!("f{}", article.number), &summary, &parameter_table(set, article.reference(), l), false)
    });
    parts.push(section(
        "values",
        &m.setting_parameters(),
        Html::text(&m.setting_parameters_beside(set.parameters().len() as i64)),
        &Html::concat(folds),
    ));
    parts.push(section(
        "grounds",
        &m.setting_grounds(),
        Html::text(&m.setting_grounds_beside()),
        &grounds_table(set, l),
    ));
    parts.push(section(
        "history",
        &m.setting_history(),
        Html::empty(),
        &history_table(&all, &people, set.version(), today, l)?,
    ));

    let end = if viewer.is(PROPOSERS) && open.is_none() {
        components::link_button("/settings/rules/new", &m.setting_propose(), Style::Solid, Some("edit"))
    } else {
        Html::empty()
    };
    Ok(Page {
        crumbs: pages::crumbs(&m.setting_rules_title(), l),
        head: components::page_head(&m.setting_rules_title(), Html::empty(), end),
        errors: Html::empty(),
        parts,
        aside_label: m.setting_aside(),
        aside: who_may(l),
    })
}

/// Which cases a version touches, who proposes, who decides.
fn who_may(l: Locale) -> Html {
    let m = t(l);
    let roles = |roles: &[huiqi_kernel::people::Role]| {
        Html::text(&pages::enumerated(roles.iter().map(|r| pages::role_words(*r, l)), l))
    };
    pages::aside(&[
        (m.setting_aside_cases(), Html::text(&m.setting_aside_cases_text())),
        (m.setting_aside_propose(), roles(PROPOSERS)),
        (m.setting_aside_decide(), roles(DECIDERS).and(&Html::raw("<br>")).say(&m.setting_aside_decide_text())),
    ])
}

fn difference_table(set: &RuleSet, found: &[Difference], caption: &str, l: Locale) -> Html {
    let m = t(l);
    let mut table = Table::new(caption)
        .cards()
        .col(Col::text(&m.setting_parameter()).class("what"))
        .col(Col::text(&m.setting_before()))
        .col(Col::text(&m.setting_after()))
        .col(Col::nowrap(&m.setting_article()));
    for difference in found {
        let article = article_of(set, &difference.key).unwrap_or(art(27));
        table.push(
            "",
            [
                Html::text(&name_of(set, &difference.key, l)),
                components::quiet(words_of(set, &difference.key, &difference.before, l)),
                Html::raw("<b>").say(&words_of(set, &difference.key, &difference.after, l)).and(&Html::raw("</b>")),
                components::article(article, l),
            ],
        );
    }
    table.html()
}

/// One version: what it changes, why, who decided; what can be done with it now.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub(super) async fn one(
    ctx: &Ctx,
    viewer: &Viewer,
    version: i64,
    form: &Form,
    l: Locale,
) -> Result<(String, Page), Fault> {
    let m = t(l);
    let today = ctx.today();
    let all = versions::all(ctx).await?;
    let row = all.iter().find(|v| v.version == version).ok_or(Fault::NotFound)?;
    let people = people::named(ctx, [Some(row.proposed_by), row.decided_by].into_iter().flatten().collect()).await?;
    let (base, _) = base_of(&all, version)?;
    let set = row.set()?;
    let from = row.from()?;
    let current = ctx.rules().on(today).version();
    let title = m.setting_version_title(version.to_string());

    let mut facts = vec![
        (m.setting_from(), dates::date_full(from, l)),
        (m.setting_reason(), pages::typed(&row.reason, l)),
        (
            m.setting_proposed(),
            Html::text(&shown(&people, Some(row.proposed_by), l))
                .and(&Html::raw(" "))
                .and(&dates::moment_record(row.proposed_at, l)),
        ),
    ];
    if let Some(at) = row.decided_at {
        facts.push((
            m.setting_decided(),
            Html::text(&shown(&people, row.decided_by, l)).and(&Html::raw(" ")).and(&dates::moment_record(at, l)),
        ));
    }
    if let Some(decision) = &row.decision {
        facts.push((m.setting_decision(), pages::typed(decision, l)));
    }
    facts.push((m.setting_rests_on(), Html::text(&m.setting_version_name(base.version().to_string()))));

    let found = between(&base, &set);
    let mut parts = vec![section(
        "changes",
        &m.setting_changes(),
        Html::text(&m.setting_changes_beside(found.len() as i64, base.version().to_string())),
        &difference_table(&base, &found, &m.setting_changes(), l),
    )];
    let lines = match viewer.actor() {
        Some(actor) => {
            let facts = row.facts(Some(actor.person), today)?;
            FLOW.offers(row.state()?, Doer::Person(actor), &facts)
                .into_iter()
                .map(|offer| {
                    offer_line(row, offer.step.action, offer.blocked.map(|r| r.reason.get(l).to_owned()), from, form, l)
                })
                .collect()
        }
        None => Vec::new(),
    };
    if !lines.is_empty() {
        parts.insert(0, section("act", &m.setting_you_can(), Html::empty(), &components::actions(&lines, l)));
    }
    parts.push(section("how", &m.setting_how(), Html::empty(), &components::kv(&facts)));
    let mut crumbs = vec![("/settings".to_owned(), m.setting_title())];
    crumbs.push(("/settings/rules".to_owned(), m.setting_rules_title()));
    let page = Page {
        crumbs: components::crumbs(&crumbs, Some(Html::text(&m.setting_version_name(version.to_string()))), l),
        head: components::page_head(&title, state_status(row, current, l), Html::empty()),
        errors: components::error_summary(&form.errors(l), l),
        parts,
        aside_label: m.setting_aside(),
        aside: who_may(l),
    };
    Ok((title, page))
}

fn offer_line(
    row: &Version,
    action: VersionAction,
    blocked: Option<String>,
    from: NaiveDate,
    form: &Form,
    l: Locale,
) -> ActionLine {
    let m = t(l);
    let verb = action.label(l);
    if let Some(reason) = blocked {
        return ActionLine::blocked(&verb, Html::text(&reason)).under(art(28));
    }
    let base = format!("/settings/rules/{}", row.version);
    match action {
        VersionAction::Approve => ActionLine::post(&verb, &format!("{base}/approval"))
            .style(Style::Solid)
            .note(Html::fill(&m.setting_approve_note("{0}"), &[dates::date_full(from, l)])),
        VersionAction::Reject => ActionLine::form(
            "reject",
            &verb,
            &format!("{base}/rejection"),
            Field::area("words", m.setting_reject_reason())
                .max(LONGEST_REASON as u32)
                .value(form.value("words"))
                .error(form.error("words", l))
                .html(l),
            &m.setting_reject_submit(),
        )
        .style(Style::Bad)
        .note(m.setting_reject_note())
        .open(form.error("words", l).is_some()),
        VersionAction::Withdraw => {
            ActionLine::post(&verb, &format!("{base}/withdrawal")).note(m.setting_withdraw_note())
        }
    }
    .under(art(28))
}

/// The form of a new version. `compared` holds the differences when they were asked for.
pub(super) fn new(base: &RuleSet, form: &Form, compared: Option<&[Difference]>, today: NaiveDate, l: Locale) -> Page {
    let m = t(l);
    let has_error = |key: &str| form.error(&field(key), l).is_some();
    let mut own = vec![hidden("base", form.value("base"))];
    let part = |html: Html| Html::raw("<section class=\"section\">").and(&html).and(&Html::raw("</section>"));
    if let Some(found) = compared {
        let table = if found.is_empty() {
            components::empty_small(m.setting_error_nothing_changed())
        } else {
            difference_table(base, found, &m.setting_changes(), l)
        };
        own.push(part(section(
            "changes",
            &m.setting_changes(),
            Html::text(&m.setting_changes_beside(found.len() as i64, base.version().to_string())),
            &table,
        )));
    }
    let mut body = String::new();
    for article in base.articles() {
        let its: Vec<&Parameter> = base.parameters_of(article.number).collect();
        if its.is_empty() {
            continue;
        }
        let fields = its.iter().map(|parameter| parameter_field(base, parameter, form, l));
        let summary = m.setting_article_fold(article.label(l), article.title.get(l), its.len() as i64);
        let open = its.iter().any(|p| has_error(&p.id));
        body.push_str(&fold(&format!("f{}", article.number), &summary, &Html::concat(fields), open).0);
    }
    let grounds = base.refusal_grounds().iter().map(|ground| {
        let key = format!("refusal.{}", ground.code);
        Field::select(&field(&key), ground.text.get(l))
            .hint(ground.ask_instead.get(l))
            .width("w-mid")
            .option("true", m.setting_ground_active())
            .option("false", m.setting_ground_inactive())
            .value(form.value(&field(&key)))
            .error(form.error(&field(&key), l))
            .html(l)
    });
    let grounds_open = base.refusal_grounds().iter().any(|g| has_error(&format!("refusal.{}", g.code)));
    body.push_str(&fold("grounds", &m.setting_grounds(), &Html::concat(grounds), grounds_open).0);
    let validity = VALIDITY_KEYS.iter().map(|key| validity_field(base, key, form, l));
    let validity_open = VALIDITY_KEYS.iter().any(|key| has_error(key));
    body.push_str(&fold("validity", &m.setting_validity_fold(), &Html::concat(validity), validity_open).0);
    own.push(part(section("values", &m.setting_new_values(), Html::text(&m.setting_new_values_beside()), &Html(body))));
    let why = Html::concat([
        Field::area("reason", m.setting_reason())
            .hint(m.setting_reason_hint())
            .max(LONGEST_REASON as u32)
            .value(form.value("reason"))
            .error(form.error("reason", l))
            .html(l),
        Field::date("from", m.setting_from())
            .hint(m.setting_from_hint())
            .attr("min", &today.to_string())
            .value(form.value("from"))
            .error(form.error("from", l))
            .html(l),
        Html(format!(
            "<div class=\"button-row form-go\"><button class=\"button\" type=\"submit\">{}</button><button class=\"button is-second\" type=\"submit\" name=\"look\" value=\"yes\">{}</button></div>",
            Html::text(&m.setting_propose_submit()),
            Html::text(&m.setting_look())
        )),
    ]);
    own.push(part(section("why", &m.setting_why_when(), Html::empty(), &why)));
    let form_html =
        Html(format!("<form method=\"post\" action=\"/settings/rules/new\" novalidate>{}</form>", Html::concat(own)));
    let mut crumbs = vec![("/settings".to_owned(), m.setting_title())];
    crumbs.push(("/settings/rules".to_owned(), m.setting_rules_title()));
    Page {
        crumbs: components::crumbs(&crumbs, Some(Html::text(&m.setting_propose())), l),
        head: components::page_head(
            &m.setting_propose(),
            Html::text(&m.setting_rests_on_version(base.version().to_string())),
            Html::empty(),
        ),
        errors: components::error_summary(&form.errors(l), l),
        parts: vec![form_html],
        aside_label: m.setting_aside(),
        aside: who_may(l),
    }
}

fn parameter_field(set: &RuleSet, parameter: &Parameter, form: &Form, l: Locale) -> Html {
    let m = t(l);
    let name = field(&parameter.id);
    let range = range_words(set, parameter, l);
    let shipped =
        RuleSet::shipped().param(&parameter.id).map(|p| set.text_of(parameter, &p.value, l)).unwrap_or_default();
    let bounds =
        if range.is_empty() { m.setting_shipped_value(shipped) } else { m.setting_shipped_range(range, shipped) };
    let hint = Html::text(parameter.note.get(l)).and(&Html::raw("<br>")).say(&bounds);
    let base = match parameter.kind {
        ParameterKind::Flag => {
            let yes = set.text_of(parameter, &huiqi_kernel::rule::Value::Flag(true), l);
            let no = set.text_of(parameter, &huiqi_kernel::rule::Value::Flag(false), l);
            Field::select(&name, parameter.name.get(l)).width("w-short").option("true", yes).option("false", no)
        }
        ParameterKind::Text => Field::text(&name, parameter.name.get(l)),
        _ => Field::number(&name, parameter.name.get(l)),
    };
    base.hint(hint).value(form.value(&name)).error(form.error(&name, l)).html(l)
}

fn validity_field(set: &RuleSet, key: &str, form: &Form, l: Locale) -> Html {
    let m = t(l);
    let name = field(key);
    let label = name_of(set, key, l);
    let base = match key {
        "validity.state" => {
            VALIDITY_STATES.iter().fold(Field::select(&name, label).hint(m.setting_state_hint()), |field, s| {
                field.option(validity_code(*s), validity_name(*s, l))
            })
        }
        "validity.lapsed-on" => Field::date(&name, label),
        "validity.until" | "validity.replaced-on" => Field::date(&name, label).optional(),
        _ => Field::text(&name, label).optional(),
    };
    base.value(form.value(&name)).error(form.error(&name, l)).html(l)
}
