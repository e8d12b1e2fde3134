//! Writing an answer beside knowledge, reply templates and similar closed requests. The page is reached with what was typed
//! on the page of the case, and sends the answer where that page would have sent it.

use huiqi_kernel::flow::Doer;

use super::super::flow::FLOW;
use super::*;
use crate::assignments::flow as assignment;
use crate::replies::pieces;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct IntoQuery {
    into: String,
}

/// Where the answer goes: the desk's own answer, or the report of one's assignment.
struct Target {
    post: String,
    version: i64,
    files: bool,
    label: String,
    submit: String,
}

async fn target(visit: &Visit, case: &Case, detail: &facts::Detail, into: &str) -> Result<Target, Fault> {
    let (ctx, locale) = (visit.ctx(), visit.locale());
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Err(Fault::NotFound) };
    let assigned = facts::assigned(ctx, case.id).await?;
    if into == "answer" {
        let asked = facts::facts(ctx, ctx.today(), case, detail, &assigned);
        FLOW.decide(case.state()?, Action::Answer, Doer::Person(actor), &asked)?;
        return Ok(Target {
            post: format!("/requests/{}/answer", case.number),
            version: case.version,
            files: false,
            label: m.request_field_answer(),
            submit: m.request_submit_answer(),
        });
    }
    if let Some(own) = assigned.iter().find(|a| a.is_open() && a.held_by(actor)) {
        let others = assigned.iter().filter(|a| a.is_open() && a.case.id != own.case.id).count();
        let asked =
            crate::assignments::actions::facts_of(&own.case, detail, &case.state, others, own.lead, own.by_manager());
        assignment::FLOW.decide(own.state(), assignment::Action::Report, Doer::Person(actor), &asked)?;
        return Ok(Target {
            post: format!("/assignments/{}/report", own.case.number),
            version: own.case.version,
            files: true,
            label: if own.lead || assigned.len() == 1 {
                m.assignment_field_answer()
            } else {
                m.assignment_field_opinion()
            },
            submit: m.assignment_submit_report(),
        });
    }
    Err(Fault::NotFound)
}

pub(super) async fn page(
    visit: Visit,
    Path(number): Path<String>,
    Query(query): Query<IntoQuery>,
    mut form: Form,
) -> Answer {
    let (ctx, locale) = (visit.ctx(), visit.locale());
    let m = t(locale);
    let case = inbox::visible(ctx, visit.viewer(), &number).await?;
    // Nothing is looked for by the words of a report.
    if case.flow != FLOW.code || case.kind.as_deref() == Some(RequestKind::Report.code()) {
        return Err(Failure::not_found());
    }
    let detail = facts::detail(ctx, case.id).await?;
    let target = target(&visit, &case, &detail, &query.into).await?;
    let words = format!("{} {}", case.title, detail.words);
    let category = case.category.as_deref().and_then(Category::by_code);
    let texts = pieces::fitting(ctx, visit.viewer(), &words, category, locale).await?;
    let chosen = form.value("insert").to_owned();
    if let Some(piece) = texts.text(&chosen) {
        form.set("words", pieces::joined(form.value("words"), &piece.text));
        form.add("used", chosen);
    }
    let into = if query.into == "answer" { "answer" } else { "a-report" };
    let id = format!("{into}-words");
    let used = form.all("used").fold(Html::empty(), |out, number| out.and(&components::hidden("used", number)));
    let files = if target.files {
        Field::file("file", m.ask_files()).hint(m.ask_files_hint()).optional().multiple().html(locale)
    } else {
        Html::empty()
    };
    let beside = if texts.is_empty() {
        components::empty_small(m.reply_use_none())
    } else {
        texts.html(&id, &format!("/requests/{number}/text?into={into}"), locale)
    };
    let body = Html::raw("<div class=\"wrap\">")
        .and(&components::back(&format!("/requests/{number}"), &m.reply_back(&number), locale))
        .and(&Html::raw("<h1>"))
        .say(&target.label)
        .and(&Html::raw("</h1><p class=\"lede\" lang=\"zh-CN\">"))
        .say(&case.title)
        .and(&Html::raw("</p><p class=\"said\" lang=\"zh-CN\">“"))
        .say(&detail.words)
        .and(&Html::raw("”</p><form class=\"counter\" method=\"post\" novalidate data-keep data-answered enctype=\"multipart/form-data\" action=\""))
        .say(&target.post)
        .and(&Html::raw("\"><div class=\"counter-main\">"))
        .and(&components::hidden("version", &target.version.to_string()))
        .and(&used)
        .and(
            &Field::area("words", target.label.as_str())
                .id(&id)
                .label_hidden()
                .hint(m.request_hint_answer())
                .rows(10)
                .attr("autofocus", "")
                .value(form.value("words"))
                .html(locale),
        )
        .and(&files)
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&target.submit, Style::Solid))
        .and(&Html::raw("</div></div><aside class=\"aside counter-beside\" aria-label=\""))
        .say(&m.counter_beside())
        .and(&Html::raw("\">"))
        .and(&beside)
        .and(&Html::raw("</aside></form></div>"));
    visit.page(format!("{number} {}", target.label), "requests").show(body).await
}
