//! Pages of the rule.

use askama::Template;
use huiqi_identity::{capacity_label, role_label};
use huiqi_kernel::flow::{AnyFlow, StepView, Tie};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_kernel::rule::{Article, Parameter, ParameterKind, ParameterSource, RuleSet};
use huiqi_web::app::RouteInfo;
use huiqi_web::components::{self, Col, Table, Tone};
use huiqi_web::layout::flash_slot;
use huiqi_web::{Access, Failure, Html, Visit, dates};

use super::coverage::{ArticleCoverage, Extent, coverage};
use crate::l10n::L10nLanguage;
use crate::t;

#[derive(Template)]
#[template(path = "rule/articles.html")]
pub(super) struct ArticlesPage {
    m: &'static L10nLanguage,
    title: String,
    flash: Html,
    validity: Html,
    facts: Html,
    own_words: String,
    counts: Html,
    contents: Vec<Contents>,
    chapters: Vec<Chapter>,
    bases: Vec<Basis>,
    flows: Vec<(String, String)>,
}

/// A chapter in the table of contents: address, label and title of each article.
struct Contents {
    title: String,
    articles: Vec<(String, String, String)>,
}

struct Chapter {
    title: String,
    articles: Vec<ArticleView>,
}

struct Basis {
    title: Html,
    line: Html,
}

struct ArticleView {
    anchor: String,
    label: String,
    title: String,
    summary: String,
    items: Vec<(String, String)>,
    flows: Vec<FlowView>,
    pages: Vec<PageView>,
    capabilities: Vec<(Html, String)>,
    parameters: Html,
    nothing_yet: bool,
}

struct FlowView {
    href: String,
    name: String,
    steps: String,
}

struct PageView {
    title: Html,
    who: String,
}

/// Words parted as the language does it.
fn listed(words: impl IntoIterator<Item = String>, locale: Locale) -> String {
    words.into_iter().collect::<Vec<_>>().join(locale.pick("\u{3001}", ", "))
}

/// Roles with what they belong to, a capacity at a time: "operator (dispatcher, manager)".
fn role_words(roles: &[Role], locale: Locale) -> Vec<String> {
    Capacity::ALL
        .iter()
        .filter_map(|capacity| {
            let here: Vec<Role> = roles.iter().copied().filter(|role| role.capacity() == *capacity).collect();
            let all = Role::ALL.iter().filter(|role| role.capacity() == *capacity).count();
            let name = capacity_label(*capacity, locale);
            match here.len() {
                0 => None,
                n if n == all => Some(name),
                _ => {
                    let own = listed(here.iter().map(|role| role_label(*role, locale)), locale);
                    Some(t(locale).rule_role(&name, &own))
                }
            }
        })
        .collect()
}

fn access_words(access: Access, locale: Locale) -> String {
    let m = t(locale);
    match access {
        Access::Public => m.rule_access_public(),
        Access::Signed => m.rule_access_signed(),
        Access::Staff => m.rule_access_staff(),
        Access::Roles(roles) => {
            let mut capacities: Vec<String> = Vec::new();
            for role in roles {
                let word = capacity_label(role.capacity(), locale);
                if !capacities.contains(&word) {
                    capacities.push(word);
                }
            }
            listed(capacities, locale)
        }
    }
}

/// Everything about the rule on one page.
pub(super) fn articles(visit: &Visit) -> Result<ArticlesPage, Failure> {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let rules = visit.ctx().rules();
    let set = rules.on(today);
    let app = visit.app();
    let covered = coverage(app.flows(), app.routes());
    let extents: Vec<Extent> = covered.iter().flat_map(|c| c.capabilities.iter().copied()).collect();
    let count = |extent: Extent| extents.iter().filter(|e| **e == extent).count() as i64;
    let mut chapters = Vec::new();
    let mut contents = Vec::new();
    for chapter in set.chapters() {
        let articles: Vec<&Article> = set.articles().iter().filter(|a| a.chapter == chapter.number).collect();
        let title = set.chapter_label(chapter, locale);
        contents.push(Contents {
            title: title.clone(),
            articles: articles
                .iter()
                .map(|a| (format!("#{}", a.anchor()), a.label(locale), a.title.get(locale).to_owned()))
                .collect(),
        });
        chapters.push(Chapter {
            title,
            articles: articles
                .into_iter()
                .map(|a| article(a, covered.iter().find(|c| c.number == a.number), set, visit))
                .collect(),
        });
    }
    let mut facts = vec![
        (m.rule_name(), Html::text(set.title(locale))),
        (m.rule_issuer(), Html::text(set.issuer(locale))),
        (m.rule_in_force_from(), dates::date_full(set.in_force_from(), locale)),
        (m.rule_version(), Html::text(&m.rule_version_n(set.version().to_string()))),
    ];
    if let Some(number) = set.document_number() {
        facts.push((m.rule_document(), Html::text(number)));
    }
    let mut flows: Vec<(String, String)> =
        app.flows().iter().map(|f| (format!("/rule/{}", f.code()), f.name(locale))).collect();
    flows.sort();
    Ok(ArticlesPage {
        m,
        title: m.rule_title(),
        flash: flash_slot(),
        validity: validity(set, visit),
        facts: components::kv(&facts),
        own_words: m.rule_own_words(),
        counts: Html::text(&m.rule_counts(
            extents.len() as i64,
            count(Extent::Done),
            count(Extent::Partly),
            count(Extent::NotYet),
        )),
        contents,
        chapters,
        bases: set
            .bases()
            .iter()
            .map(|basis| Basis {
                title: Html::text(basis.title.get(locale)),
                line: {
                    let issuer = basis.issuer.get(locale).to_owned();
                    let parts = if basis.number.is_empty() { vec![issuer] } else { vec![issuer, "{0}".to_owned()] };
                    // The number of a Chinese document stays Chinese.
                    Html::fill(&listed(parts, locale), &[components::in_language(&basis.number, Locale::Zh, locale)])
                },
            })
            .collect(),
        flows,
    })
}

fn validity(set: &RuleSet, visit: &Visit) -> Html {
    let today = visit.ctx().today();
    let line = set.validity_line(visit.locale(), today);
    if set.validity(today).needs_line() {
        components::status(Tone::Warn, "alert", line)
    } else {
        components::status(Tone::Good, "done", line)
    }
}

fn article(article: &Article, covered: Option<&ArticleCoverage<'_>>, set: &RuleSet, visit: &Visit) -> ArticleView {
    let locale = visit.locale();
    let m = t(locale);
    let no_extents = Vec::new();
    let extents = covered.map_or(&no_extents, |c| &c.capabilities);
    let flows: Vec<FlowView> = covered
        .map(|c| {
            c.flows
                .iter()
                .map(|f| FlowView {
                    href: format!("/rule/{}", f.flow.code()),
                    name: f.flow.name(locale),
                    steps: listed(f.actions().iter().map(|s| s.action.1.get(locale).to_owned()), locale),
                })
                .collect()
        })
        .unwrap_or_default();
    let pages: Vec<PageView> =
        covered.map(|c| c.pages.iter().map(|route| page_view(route, visit)).collect()).unwrap_or_default();
    let parameters: Vec<&Parameter> = set.parameters_of(article.number).collect();
    ArticleView {
        anchor: article.anchor(),
        label: article.label(locale),
        title: article.title.get(locale).to_owned(),
        summary: article.summary.get(locale).to_owned(),
        items: article
            .items
            .iter()
            .enumerate()
            .map(|(i, words)| (format!("({})", i + 1), words.get(locale).to_owned()))
            .collect(),
        nothing_yet: extents.iter().all(|e| *e == Extent::NotYet) && flows.is_empty() && pages.is_empty(),
        flows,
        pages,
        capabilities: article
            .capability
            .iter()
            .enumerate()
            .map(|(i, words)| {
                let (tone, icon, word) = match extents.get(i).copied().unwrap_or(Extent::NotYet) {
                    Extent::Done => (Tone::Good, "done", m.rule_extent_done()),
                    Extent::Partly => (Tone::Run, "run", m.rule_extent_partly()),
                    Extent::NotYet => (Tone::Idle, "todo", m.rule_extent_not_yet()),
                };
                (components::status(tone, icon, word), words.get(locale).to_owned())
            })
            .collect(),
        parameters: parameter_table(article, &parameters, set, locale),
    }
}

fn page_view(route: &RouteInfo, visit: &Visit) -> PageView {
    let locale = visit.locale();
    let title = route.title.map_or_else(String::new, |title| title(locale));
    let is_open = !route.path.contains('{') && route.access.admits(visit.viewer());
    PageView {
        title: if is_open { components::link(route.path, &title) } else { Html::text(&title) },
        who: access_words(route.access, locale),
    }
}

fn parameter_table(article: &Article, parameters: &[&Parameter], set: &RuleSet, locale: Locale) -> Html {
    if parameters.is_empty() {
        return Html::empty();
    }
    let m = t(locale);
    let mut table = Table::new(&m.rule_parameters_of(article.label(locale)))
        .cards()
        .tight()
        .row_head(0)
        .col(Col::text(&m.rule_parameter()))
        .col(Col::nowrap(&m.rule_value()))
        .col(Col::text(&m.rule_note()))
        .col(Col::nowrap(&m.rule_source()));
    for parameter in parameters {
        table.push(
            "",
            [
                Html::text(parameter.name.get(locale)),
                // A text parameter is words of the rule's own language.
                match parameter.kind {
                    ParameterKind::Text => {
                        components::in_language(&set.value_text(parameter, locale), Locale::Zh, locale)
                    }
                    _ => Html::text(&set.value_text(parameter, locale)),
                },
                Html::text(parameter.note.get(locale)),
                Html::text(&match parameter.source {
                    ParameterSource::Rule => m.rule_source_rule(),
                    ParameterSource::Law => m.rule_source_law(),
                    ParameterSource::Proposed => m.rule_source_proposed(),
                    ParameterSource::Recalled => m.rule_source_recalled(),
                }),
            ],
        );
    }
    components::folded(m.rule_parameters(parameters.len() as i64), &table.html())
}

#[derive(Template)]
#[template(path = "rule/procedure.html")]
pub(super) struct ProcedurePage {
    m: &'static L10nLanguage,
    crumbs: Html,
    flash: Html,
    name: String,
    lede: String,
    states: Vec<StateView>,
    table: Html,
}

struct StateView {
    id: String,
    name: String,
    is_end: bool,
    ways: Vec<(String, String, String)>,
}

/// One procedure: its states in order with the ways out of each, and its table.
pub(super) fn procedure(flow: &dyn AnyFlow, visit: &Visit) -> ProcedurePage {
    let locale = visit.locale();
    let m = t(locale);
    let rules = visit.ctx().rules();
    let set = rules.on(visit.ctx().today());
    let steps = flow.steps();
    let mut codes: Vec<&'static str> = Vec::new();
    for step in &steps {
        for code in [step.from.0, step.to.0] {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    let states: Vec<StateView> = codes
        .iter()
        .map(|code| {
            let mut ways: Vec<(String, String, String)> = Vec::new();
            for step in steps.iter().filter(|s| s.from.0 == *code && s.to.0 != *code) {
                let way = (
                    step.action.1.get(locale).to_owned(),
                    format!("#s-{}", step.to.0),
                    step.to.1.get(locale).to_owned(),
                );
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
            StateView { id: format!("s-{code}"), name: flow.state_label(code, locale), is_end: flow.is_end(code), ways }
        })
        .collect();
    let mut table = Table::new(&m.rule_steps_of(flow.name(locale)))
        .cards()
        .tight()
        .row_head(1)
        .col(Col::text(&m.rule_state()))
        .col(Col::text(&m.rule_action()))
        .col(Col::text(&m.rule_to()))
        .col(Col::text(&m.rule_who()))
        .col(Col::text(&m.rule_limit()))
        .col(Col::nowrap(&m.rule_article()));
    for step in &steps {
        table.push(
            "",
            [
                Html::text(step.from.1.get(locale)),
                Html::text(step.action.1.get(locale)),
                if step.from.0 == step.to.0 {
                    components::quiet(m.rule_stays())
                } else {
                    Html::text(step.to.1.get(locale))
                },
                Html::text(&who(step, locale)),
                Html::text(&limit(step, set, locale)),
                components::article(step.article, locale),
            ],
        );
    }
    ProcedurePage {
        m,
        crumbs: components::crumbs(&[("/rule".to_owned(), m.rule_title())], None, locale),
        flash: flash_slot(),
        name: flow.name(locale),
        lede: m.rule_procedure_lede(states.len() as i64, steps.len() as i64),
        states,
        table: table.html(),
    }
}

/// Who takes a step, with the relation asked for.
fn who(step: &StepView, locale: Locale) -> String {
    let m = t(locale);
    let mut words = role_words(step.by, locale);
    if step.bearer {
        words.push(m.rule_who_bearer());
    }
    if step.system {
        words.push(m.rule_who_system());
    }
    let who = listed(words, locale);
    match step.tie {
        None => who,
        Some(tie) => m.rule_who_tied(&who, tie_words(tie, locale)),
    }
}

fn tie_words(tie: Tie, locale: Locale) -> String {
    let m = t(locale);
    match tie {
        Tie::OwnFirm => m.rule_tie_own_firm(),
        Tie::Handler => m.rule_tie_handler(),
        Tie::NotJudged => m.rule_tie_not_judged(),
        Tie::NotSamePerson => m.rule_tie_not_same_person(),
        Tie::LeadingDesk => m.rule_tie_leading_desk(),
    }
}

fn limit(step: &StepView, set: &RuleSet, locale: Locale) -> String {
    let Some(parameter) = step.limit.and_then(|limit| set.param(limit.id())) else {
        return t(locale).rule_limit_none();
    };
    t(locale).rule_limit_value(parameter.name.get(locale), set.value_text(parameter, locale))
}
