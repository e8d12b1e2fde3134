//! Pages of reply templates: the list and the form.

use axum::extract::Path;
use huiqi_casework::timeline::in_words;
use huiqi_kernel::category::Category;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_kernel::rule::art_item;
use huiqi_web::components::{self, Col, Field, Style, Tone, status};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Route, Visit, dates};

use super::actions::{self, Input, KEEPERS, TITLE, WORDS};
use super::queries::{self, Template};
use crate::frame::List;
use crate::t;

/// Who reads templates: whoever puts them into answers.
const READERS: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorEditor,
    Role::OperatorReviewer,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::WindowAgent,
    Role::WindowManager,
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/reply-templates", list).roles(READERS).under(art_item(8, 1)).named(|l| t(l).reply_title()),
        Route::get("/reply-templates/new", new).roles(KEEPERS).under(art_item(8, 1)),
        Route::post("/reply-templates/new", create).roles(KEEPERS).under(art_item(8, 1)),
        Route::get("/reply-templates/{number}", show).roles(READERS).under(art_item(8, 1)),
        Route::post("/reply-templates/{number}", change).roles(KEEPERS).under(art_item(8, 1)),
    ]
}

fn category_name(code: Option<&str>, locale: Locale) -> String {
    code.and_then(Category::by_code).map_or_else(|| t(locale).reply_all_categories(), |c| c.name(locale).to_owned())
}

async fn list(visit: Visit) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let rows = queries::all(visit.ctx(), visit.viewer()).await?;
    let name = |one: &Template| {
        let short: String = one.words.chars().take(60).collect();
        let more = if one.words.chars().count() > 60 { "…" } else { "" };
        components::title_link(&format!("/reply-templates/{}", one.number), &one.title, locale)
            .and(&Html::raw("<small lang=\"zh-CN\">"))
            .say(&short)
            .say(more)
            .and(&Html::raw("</small>"))
    };
    List::of(rows, &visit, "knowledge", m.reply_title(), m.reply_lede())
        .crumbs(&[("/knowledge".to_owned(), m.knowledge_title())])
        .end(visit.viewer().is(KEEPERS), || {
            components::link_button("/reply-templates/new", &m.reply_new(), Style::Solid, Some("edit"))
        })
        .what(&m.reply_name(), name)
        .column(Col::text(&m.ask_category()), |one| category_name(one.category.as_deref(), locale))
        .column(Col::text(&m.knowledge_house()), |one| {
            Html::text(in_words(&one.house, one.house_en.as_deref(), locale))
        })
        .column(Col::text(&m.mine_state()), |one| {
            if one.active {
                status(Tone::Good, "done", m.reply_active())
            } else {
                status(Tone::Idle, "no", m.reply_inactive())
            }
        })
        .column(Col::nowrap(&m.reply_changed()), |one| dates::date_cell(dates::day_of(one.updated_at), today, locale))
        .empty(m.reply_empty())
        .show()
        .await
}

async fn new(visit: Visit) -> Answer {
    page(&visit, None, &Form::with([("active", "yes")])).await
}

async fn page(visit: &Visit, template: Option<&Template>, form: &Form) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let may = visit.viewer().actor().is_some_and(|a| a.is(KEEPERS) && template.is_none_or(|t| t.is_of(a)));
    let title = match template {
        None => m.reply_new(),
        Some(_) if may => m.reply_edit(),
        Some(template) => template.title.clone(),
    };
    let mut body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back("/reply-templates", &m.reply_title(), locale))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&title)
        .and(&Html::raw("</h1>"));
    if let Some(template) = template.filter(|_| !may) {
        body = body
            .and(&components::kv(&[
                (m.ask_category(), Html::text(&category_name(template.category.as_deref(), locale))),
                (m.knowledge_house(), Html::text(in_words(&template.house, template.house_en.as_deref(), locale))),
            ]))
            .and(&Html::raw("<div lang=\"zh-CN\">"))
            .and(&components::paragraphs(&template.words))
            .and(&Html::raw("</div></div>"));
        return visit.page(title, "knowledge").show(body).await;
    }
    let action =
        template.map_or_else(|| "/reply-templates/new".to_owned(), |t| format!("/reply-templates/{}", t.number));
    let categories = Category::all().iter().map(|c| (c.code(), c.name(locale)));
    body = body
        .and(&Html::raw(format!("<form method=\"post\" action=\"{action}\" novalidate data-keep class=\"form-main\">")))
        .and(&template.map(|_| components::hidden("version", form.value("version"))).unwrap_or_default())
        .and(
            &Field::text("title", m.reply_name())
                .hint(m.reply_name_hint())
                .value(form.value("title"))
                .error(form.error("title", locale))
                .html(locale),
        )
        .and(
            &Field::select("category", m.ask_category())
                .option("", m.reply_all_categories())
                .options(categories)
                .value(form.value("category"))
                .html(locale),
        )
        .and(
            &Field::area("words", m.reply_words())
                .hint(m.reply_words_hint())
                .rows(8)
                .max(WORDS as u32)
                .value(form.value("words"))
                .error(form.error("words", locale))
                .html(locale),
        )
        .and(&Field::check("active", m.reply_offer()).value(form.value("active")).html(locale))
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.reply_save(), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(title, "knowledge").refused(!form.ok()).show(body).await
}

fn read(form: &mut Form) -> Input {
    Input {
        category: Category::by_code(form.value("category")),
        title: form.required("title", TITLE, |l| t(l).reply_name()),
        words: form.required("words", WORDS, |l| t(l).reply_words()),
        active: form.has("active"),
    }
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let input = read(&mut form);
    if !form.ok() {
        return page(&visit, None, &form).await;
    }
    actions::add(visit.ctx(), visit.viewer(), &input).await?;
    visit.to("/reply-templates").good(t(visit.locale()).reply_done()).now()
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let template = queries::one(visit.ctx(), visit.viewer(), &number).await?;
    let form = Form::with([
        ("version", template.version.to_string()),
        ("title", template.title.clone()),
        ("category", template.category.clone().unwrap_or_default()),
        ("words", template.words.clone()),
        ("active", if template.active { "yes".to_owned() } else { String::new() }),
    ]);
    page(&visit, Some(&template), &form).await
}

async fn change(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let input = read(&mut form);
    if !form.ok() {
        let template = queries::one(visit.ctx(), visit.viewer(), &number).await?;
        return page(&visit, Some(&template), &form).await;
    }
    actions::change(visit.ctx(), visit.viewer(), &number, form.version(), &input).await?;
    visit.to("/reply-templates").good(t(visit.locale()).reply_done()).now()
}
