//! The case file as one document, and the form for a supplement.

use huiqi_casework::attachments::{self, Attached};
use huiqi_casework::papers::{self, Paper};
use huiqi_casework::record::Case;
use huiqi_casework::timeline::in_words;
use huiqi_casework::{scope, thread, timeline};
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Label, Role, Viewer};
use huiqi_kernel::text::mask_phone;
use huiqi_registers::enterprises;
use huiqi_store::Fault;
use huiqi_web::components::{self, Field, Style};
use huiqi_web::layout::{Html, Room};
use huiqi_web::paper::{self, Bar};
use huiqi_web::{Answer, Form, Visit, dates};

use super::actions;
use super::entries::{self, Entry, EntryKind};
use super::queries::{self, Added, After, Part, Verdict};
use crate::improvements;
use crate::requests::actions::in_handling_chain;
use crate::requests::facts::{self, Assigned, Detail};
use crate::requests::flow::{FLOW, RequestFacts, RequestKind, State};
use crate::requests::pages::grade_word;
use crate::t;

/// Longest title of a supplement, in characters.
pub(super) const LONGEST_TITLE: usize = 80;

/// Everything a case file shows.
struct Loaded {
    case: Case,
    detail: Detail,
    assigned: Vec<Assigned>,
    facts: RequestFacts,
    firm: Option<enterprises::Facts>,
    steps: Vec<timeline::StepTaken>,
    files: Vec<Attached>,
    papers: Vec<Paper>,
    messages: Vec<components::Message>,
    entries: Vec<Entry>,
    parts: Vec<Part>,
    supplements: Vec<Added>,
    after: Vec<After>,
}

async fn load(visit: &Visit, case: Case, viewer: &Viewer, under: &str) -> Result<Loaded, Fault> {
    let ctx = visit.ctx();
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    let asked = facts::facts(ctx, ctx.today(), &case, &detail, &assigned);
    let firm = match case.firm {
        Some(firm) => enterprises::facts(ctx.db().read(), firm).await?,
        None => None,
    };
    let files = attachments::of_case(ctx, case.id, viewer).await?;
    Ok(Loaded {
        steps: timeline::steps(ctx, case.id).await?,
        papers: papers::of_case(ctx, &case, viewer).await?,
        messages: thread::messages(ctx, &case, viewer, &files, under, visit.locale()).await?,
        entries: entries::entries(ctx, case.id).await?,
        parts: queries::parts(ctx, case.id).await?,
        supplements: queries::supplements(ctx, case.id).await?,
        after: queries::after(ctx, case.id).await?,
        facts: asked,
        case,
        detail,
        assigned,
        firm,
        files,
    })
}

/// One section of the document.
struct Section {
    id: String,
    title: String,
    /// What stands beside it in the contents: a number, or how many.
    beside: String,
    body: Html,
    /// A sheet that brings its own frame.
    own: bool,
}

/// A table of the document; words of people are marked as Chinese on an English page.
fn table(head: &[String], rows: &[Vec<Html>], class: &str) -> Html {
    let mut out = Html::raw(format!("<table class=\"{class}\">"));
    if !head.is_empty() {
        out = out.and(&Html::raw("<thead><tr>"));
        for cell in head {
            out = out.and(&Html::raw("<th scope=\"col\">")).say(cell).and(&Html::raw("</th>"));
        }
        out = out.and(&Html::raw("</tr></thead>"));
    }
    out = out.and(&Html::raw("<tbody>"));
    for row in rows {
        out = out.and(&Html::raw("<tr>"));
        for (i, cell) in row.iter().enumerate() {
            let (open, close) =
                if i == 0 && head.is_empty() { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
            out = out.and(&Html::raw(open)).and(cell).and(&Html::raw(close));
        }
        out = out.and(&Html::raw("</tr>"));
    }
    out.and(&Html::raw("</tbody></table>"))
}

fn words(text: &str, locale: Locale) -> Html {
    Html::concat(text.lines().filter(|l| !l.trim().is_empty()).enumerate().map(|(i, line)| {
        let line = paper::marked(line.trim(), locale);
        if i == 0 { line } else { Html::raw("<br>").and(&line) }
    }))
}

fn kind_of(case: &Case) -> RequestKind {
    case.kind.as_deref().and_then(RequestKind::from_code).unwrap_or(RequestKind::Need)
}

/// The case file for a viewer. `base` is `/requests` for people with an account and `/follow` for the bearer.
pub(super) async fn show(visit: &Visit, case: Case, viewer: &Viewer, base: &str) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let own = format!("{base}/{}", case.number);
    if case.closed_at.is_none() && queries::parts(visit.ctx(), case.id).await?.is_empty() {
        return visit.to(&own).warn(m.case_file_still_open()).now();
    }
    let under = if base == "/follow" { own.as_str() } else { "" };
    let loaded = load(visit, case, viewer, under).await?;
    let staff = viewer.role().is_some_and(Role::is_staff);
    let masked = scope::asker_hidden(viewer, &loaded.case);
    let verdicts = verdicts(&loaded);
    let sections = sections(visit, &loaded, viewer, &verdicts, staff, masked);
    let may_add = actions::may_add(viewer, &loaded.facts, &loaded.assigned).is_ok();
    let bar = Bar {
        back_href: own.clone(),
        back_label: m.case_file_back(),
        what: m.case_file_bar(),
        reference: loaded.case.number.clone(),
        other: may_add.then(|| (format!("{own}/supplements"), m.case_file_add())),
        ..Bar::default()
    };
    let mut body = bar.html(locale);
    body = body.and(&cover(visit, &loaded, &sections, &verdicts, masked));
    for section in &sections {
        body = if section.own {
            body.and(&section.body)
        } else {
            body.and(&Html::raw(format!(
                "<article class=\"paper case-file{}\" id=\"{}\"><h2 class=\"paper-title\">",
                if section.id == "facts" { "" } else { " case-flow" },
                section.id
            )))
            .say(&section.title)
            .and(&Html::raw("</h2>"))
            .and(&section.body)
            .and(&Html::raw("</article>"))
        };
    }
    visit.page(format!("{} {}", m.case_file_title(), loaded.case.number), "requests").room(Room::Paper).show(body).await
}

fn verdicts(loaded: &Loaded) -> Vec<Verdict> {
    let last = loaded.parts.len();
    loaded
        .parts
        .iter()
        .enumerate()
        .map(|(i, part)| queries::verdict(part, &loaded.entries, i + 1 < last || loaded.case.closed_at.is_none()))
        .collect()
}

/// Cover and contents.
fn cover(visit: &Visit, loaded: &Loaded, sections: &[Section], verdicts: &[Verdict], masked: bool) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let case = &loaded.case;
    let firm = if masked { m.case_file_masked() } else { firm_name(loaded, locale) };
    let state = State::from_code(&case.state).map(|s| s.label(locale)).unwrap_or_default();
    let how = loaded.detail.closed_how().map_or(state.clone(), |how| m.case_file_closed_how(&state, how.label(locale)));
    let mut rows = vec![
        vec![Html::text(&m.request_number()), Html::text(&case.number)],
        vec![Html::text(&m.case_file_matter()), paper::marked(&case.title, locale)],
        vec![Html::text(&m.case_file_kind()), Html::text(&kind_of(case).label(locale))],
        vec![Html::text(&m.case_file_firm()), paper::marked(&firm, locale)],
        vec![Html::text(&m.case_file_opened()), dates::moment_record(case.opened_at, locale)],
    ];
    if let Some(at) = case.closed_at {
        rows.push(vec![Html::text(&m.case_file_closed()), dates::moment_record(at, locale)]);
    }
    rows.push(vec![Html::text(&m.case_file_how()), Html::text(&how)]);
    let whole = verdicts.iter().all(Verdict::is_whole) && !verdicts.is_empty();
    rows.push(vec![
        Html::text(&m.case_file_frozen()),
        match loaded.parts.last() {
            None => Html::text(&m.case_file_not_frozen()),
            Some(part) => dates::moment_record(part.frozen_at, locale).and(&Html::raw("<br>")).say(&if whole {
                m.case_file_whole()
            } else {
                m.case_file_differs()
            }),
        },
    ]);
    if let Some(part) = loaded.parts.last() {
        rows.push(vec![Html::text(&m.case_file_hash()), hash(&part.sha256)]);
    }
    rows.push(vec![Html::text(&m.case_file_printed()), dates::moment_record(visit.ctx().now(), locale)]);
    let contents: Vec<Vec<Html>> = sections
        .iter()
        .enumerate()
        .map(|(i, section)| {
            vec![
                Html::text(&(i + 1).to_string()),
                Html::raw(format!("<a href=\"#{}\">", section.id)).say(&section.title).and(&Html::raw("</a>")),
                paper::marked(&section.beside, locale),
            ]
        })
        .collect();
    let head = [m.case_file_order(), m.case_file_paper(), m.case_file_beside()];
    Html::raw("<article class=\"paper case-file case-cover\"><p class=\"paper-office\">")
        .say(visit.ctx().site().text("tagline", locale))
        .and(&Html::raw("</p><h1 class=\"paper-title\">"))
        .say(&m.case_file_title())
        .and(&Html::raw("</h1>"))
        .and(&table(&[], &rows, "case-facts"))
        .and(&Html::raw("</article><article class=\"paper case-file\" id=\"contents\"><h2 class=\"paper-title\">"))
        .say(&m.case_file_contents())
        .and(&Html::raw("</h2>"))
        .and(&table(&head, &contents, "case-contents"))
        .and(&Html::raw("</article>"))
}

fn hash(sha256: &str) -> Html {
    Html::raw("<code>").say(sha256).and(&Html::raw("</code>"))
}

fn firm_name(loaded: &Loaded, locale: Locale) -> String {
    match &loaded.firm {
        Some(firm) => {
            let district = firm.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
            if district.is_empty() { firm.name.clone() } else { t(locale).case_file_firm_in(&firm.name, district) }
        }
        None => loaded.detail.firm_text.clone().unwrap_or_else(|| t(locale).request_no_firm()),
    }
}

fn sections(
    visit: &Visit,
    loaded: &Loaded,
    viewer: &Viewer,
    verdicts: &[Verdict],
    staff: bool,
    masked: bool,
) -> Vec<Section> {
    let locale = visit.locale();
    let m = t(locale);
    let plain = |id: &str, title: String, beside: String, body: Html| Section {
        id: id.to_owned(),
        title,
        beside,
        body,
        own: false,
    };
    let count = |n: usize| m.case_file_count(n as i64);
    let mut out = vec![plain(
        "facts",
        m.case_file_facts(),
        loaded.case.number.clone(),
        facts_table(loaded, viewer, locale, masked),
    )];
    for (i, paper) in loaded.papers.iter().enumerate() {
        let id = format!("paper-{}", i + 1);
        if let Some(body) = papers::pages::inner(visit, &loaded.case, paper, &id) {
            out.push(Section {
                title: papers::pages::name(paper, locale),
                beside: paper.number.clone(),
                body,
                id,
                own: true,
            });
        }
    }
    let steps: Vec<timeline::StepTaken> =
        loaded.steps.iter().rev().filter(|s| staff || crate::requests::pages::firm_sees(s)).cloned().collect();
    let reader = if staff { viewer.clone() } else { Viewer::Public };
    let taken = timeline::entries(&steps, visit.flow(FLOW.code), &reader, masked, locale);
    let rows: Vec<Vec<Html>> = taken
        .iter()
        .map(|e| vec![dates::moment_record(e.at_ms, locale), Html::text(&e.title), mark_html(&e.body, locale)])
        .collect();
    let head = [m.case_file_when(), m.case_file_step(), m.case_file_who()];
    out.push(plain("steps", m.case_file_steps(), count(rows.len()), table(&head, &rows, "case-steps")));
    if staff {
        let given = given(loaded, viewer, locale);
        if !given.is_empty() {
            let head = [m.case_file_handler(), m.case_file_times(), m.case_file_answer()];
            out.push(plain(
                "assignments",
                m.case_file_assignments(),
                count(given.len()),
                table(&head, &given, "case-steps"),
            ));
        }
    }
    if !loaded.messages.is_empty() {
        let rows: Vec<Vec<Html>> = loaded
            .messages
            .iter()
            .map(|s| {
                let from = paper::marked(&s.from, locale).say(" ").and(&paper::marked(&s.org, locale));
                vec![dates::moment_record(s.at_ms, locale), from, words(&s.text, locale)]
            })
            .collect();
        let head = [m.case_file_when(), m.case_file_from(), m.case_file_words()];
        out.push(plain("messages", m.case_file_messages(), count(rows.len()), table(&head, &rows, "case-steps")));
    }
    let after = after(loaded, locale, staff);
    if !after.is_empty() {
        let head = [m.case_file_when(), m.case_file_what(), m.case_file_words()];
        let body = Html::raw("<p>").say(&m.case_file_after_note()).and(&Html::raw("</p>")).and(&table(
            &head,
            &after,
            "case-steps",
        ));
        out.push(plain("after", m.case_file_after(), count(after.len()), body));
    }
    let frozen: Vec<&Attached> = loaded.files.iter().filter(|f| f.supplement.is_none()).collect();
    let body = if frozen.is_empty() {
        Html::raw("<p>").say(&m.case_file_no_files()).and(&Html::raw("</p>"))
    } else {
        files_table(&frozen, locale)
    };
    out.push(plain("files", m.case_file_files(), count(frozen.len()), body));
    out.push(plain("seal", m.case_file_seal(), count(loaded.parts.len()), seal(loaded, verdicts, locale)));
    for added in &loaded.supplements {
        out.push(plain(
            &format!("supplement-{}", added.seq),
            m.case_file_supplement(added.seq),
            added.title.clone(),
            supplement(loaded, added, masked, locale),
        ));
    }
    out
}

/// Words inside a timeline's text come escaped; on an English page the whole of it may hold Chinese.
fn mark_html(body: &Html, locale: Locale) -> Html {
    if locale == Locale::Zh || body.as_str().is_ascii() {
        return body.clone();
    }
    Html::raw("<span lang=\"zh-CN\">").and(body).and(&Html::raw("</span>"))
}

fn facts_table(loaded: &Loaded, viewer: &Viewer, locale: Locale, masked: bool) -> Html {
    let m = t(locale);
    let (case, detail) = (&loaded.case, &loaded.detail);
    let mut rows: Vec<(String, Html)> = Vec::new();
    if masked {
        rows.push((m.case_file_firm(), Html::text(&m.case_file_masked())));
    } else {
        rows.push((m.case_file_firm(), paper::marked(&firm_name(loaded, locale), locale)));
        if let Some(code) = loaded.firm.as_ref().and_then(|f| f.code.as_ref()) {
            rows.push((m.request_firm_code(), Html::text(code)));
        }
        rows.push((m.request_contact(), paper::marked(&detail.contact_name, locale)));
        let open = viewer.actor().is_none() || in_handling_chain(viewer, case, &loaded.assigned);
        let phone = if open { detail.phone.clone() } else { mask_phone(&detail.phone) };
        rows.push((m.request_phone(), Html::text(&phone)));
    }
    rows.push((m.case_file_channel(), Html::text(&detail.channel().label(locale))));
    if let Some(number) = &detail.outside_number {
        rows.push((m.request_outside(), paper::marked(number, locale)));
    }
    if let Some(category) = case.category.as_deref().and_then(Category::by_code) {
        rows.push((m.case_file_category(), Html::text(category.name(locale))));
    }
    if let Some(class) = detail.class() {
        rows.push((m.case_file_class(), Html::text(&class.label(locale))));
    }
    rows.push((m.case_file_said(), words(&detail.words, locale)));
    if let Some(ground) = detail.closing.as_deref() {
        let text = huiqi_kernel::rule::RuleSet::shipped()
            .refusal_ground(ground)
            .map_or_else(|| ground.to_owned(), |g| g.text.get(locale).to_owned());
        rows.push((m.request_field_ground(), Html::text(&text)));
    }
    if let Some(answer) = detail.answer.as_deref() {
        rows.push((m.case_file_answer(), words(answer, locale)));
    }
    let rows: Vec<Vec<Html>> = rows.into_iter().map(|(name, value)| vec![Html::text(&name), value]).collect();
    table(&[], &rows, "case-facts")
}

/// To whom it was given and what came of it; handlers read only their own.
fn given(loaded: &Loaded, viewer: &Viewer, locale: Locale) -> Vec<Vec<Html>> {
    let m = t(locale);
    let actor = viewer.actor();
    let handler = actor
        .is_some_and(|a| matches!(a.role.capacity(), Capacity::Window | Capacity::Provider | Capacity::Department));
    loaded
        .assigned
        .iter()
        .filter(|below| !handler || actor.is_some_and(|a| below.held_by(a)))
        .map(|below| {
            let mut times =
                Html::text(&m.case_file_given()).say(" ").and(&dates::moment_record(below.case.opened_at, locale));
            for (word, at) in [
                (m.case_file_taken(), below.taken_at),
                (m.case_file_contact(), below.contact_at),
                (m.case_file_ended(), below.case.closed_at),
            ] {
                if let Some(at) = at {
                    times = times.and(&Html::raw("<br>")).say(&word).say(" ").and(&dates::moment_record(at, locale));
                }
            }
            let mut who = paper::marked(below.shown(locale), locale);
            if let Some(person) = below.person_shown(locale) {
                who = who.and(&Html::raw("<br>")).and(&paper::marked(person, locale));
            }
            who = who.and(&Html::raw("<br>")).say(&below.case.number);
            let answer = Html::text(&below.state().label(locale));
            let answer = match below.answer.as_deref() {
                Some(text) => answer.and(&Html::raw("<br>")).and(&words(text, locale)),
                None => answer,
            };
            vec![who, times, answer]
        })
        .collect()
}

fn after(loaded: &Loaded, locale: Locale, staff: bool) -> Vec<Vec<Html>> {
    let m = t(locale);
    loaded
        .after
        .iter()
        .filter(|row| staff || row.kind == "rating")
        .map(|row| {
            let what = match row.kind.as_str() {
                "rating" => m.case_file_rated(grade_word(row.code.parse().unwrap_or_default(), locale)),
                "call" => match row.code.as_str() {
                    "missed" => m.case_file_call_missed(),
                    "solved" => m.case_file_call_solved(),
                    _ => m.case_file_call_not_solved(),
                },
                _ => {
                    let state =
                        improvements::flow::State::from_code(&row.code).map(|s| s.label(locale)).unwrap_or_default();
                    m.case_file_improvement(&row.number, state)
                }
            };
            vec![dates::moment_record(row.at, locale), Html::text(&what), words(&row.words, locale)]
        })
        .collect()
}

fn files_table(files: &[&Attached], locale: Locale) -> Html {
    let m = t(locale);
    let rows: Vec<Vec<Html>> = files
        .iter()
        .enumerate()
        .map(|(i, file)| {
            vec![
                Html::text(&(i + 1).to_string()),
                paper::marked(&file.name, locale)
                    .and(&Html::raw("<br>"))
                    .say(&dates::file_size(file.bytes.unsigned_abs()))
                    .say(" ")
                    .and(&dates::moment_record(file.at, locale)),
                hash(&file.sha256),
            ]
        })
        .collect();
    table(&[m.case_file_order(), m.case_file_file(), m.case_file_hash()], &rows, "case-files")
}

/// The frozen parts: when, how many entries, the hash, and whether the records still match.
fn seal(loaded: &Loaded, verdicts: &[Verdict], locale: Locale) -> Html {
    let m = t(locale);
    if loaded.parts.is_empty() {
        return Html::raw("<p>").say(&m.case_file_not_frozen()).and(&Html::raw("</p>"));
    }
    let rows: Vec<Vec<Html>> = loaded
        .parts
        .iter()
        .zip(verdicts)
        .map(|(part, verdict)| {
            let mut said = Html::text(&if verdict.is_whole() { m.case_file_whole() } else { m.case_file_differs() });
            if verdict.broken {
                said = said.and(&Html::raw("<br>")).say(&m.case_file_manifest_broken());
            }
            for (kinds, word) in [
                (&verdict.changed, m.case_file_changed(kinds(&verdict.changed, locale))),
                (&verdict.missing, m.case_file_missing(kinds(&verdict.missing, locale))),
                (&verdict.added, m.case_file_slipped(kinds(&verdict.added, locale))),
            ] {
                if !kinds.is_empty() {
                    said = said.and(&Html::raw("<br>")).say(&word);
                }
            }
            vec![
                Html::text(&part.part.to_string()),
                dates::moment_record(part.frozen_at, locale)
                    .and(&Html::raw("<br>"))
                    .say(&m.case_file_entries(part.entries() as i64)),
                hash(&part.sha256),
                said,
            ]
        })
        .collect();
    let head = [m.case_file_part(), m.case_file_frozen(), m.case_file_hash(), m.case_file_check()];
    Html::raw("<p>").say(&m.case_file_seal_note()).and(&Html::raw("</p>")).and(&table(&head, &rows, "case-seal"))
}

fn kinds(codes: &[String], locale: Locale) -> String {
    let m = t(locale);
    let mut names: Vec<String> = codes
        .iter()
        .filter_map(|code| EntryKind::from_code(code))
        .map(|kind| match kind {
            EntryKind::Facts => m.case_file_entry_facts(),
            EntryKind::Step => m.case_file_entry_step(),
            EntryKind::Assignment => m.case_file_entry_assignment(),
            EntryKind::Paper => m.case_file_entry_paper(),
            EntryKind::Message => m.case_file_entry_message(),
            EntryKind::Attachment => m.case_file_entry_attachment(),
            EntryKind::Call => m.case_file_entry_call(),
        })
        .collect();
    names.dedup();
    names.join(&m.request_join())
}

fn supplement(loaded: &Loaded, added: &Added, masked: bool, locale: Locale) -> Html {
    let m = t(locale);
    let files: Vec<&Attached> = loaded.files.iter().filter(|f| f.supplement == Some(added.id)).collect();
    let hashes: Vec<String> = files.iter().map(|f| f.sha256.clone()).collect();
    let now = actions::hash(&loaded.case.number, added.seq, added.at, &added.title, &added.words, &hashes);
    let who = if added.side == "firm" && masked {
        Html::text(&m.case_file_masked())
    } else {
        match &added.person {
            Some(person) => paper::marked(in_words(person, added.person_en.as_deref(), locale), locale).say(" ").and(
                &paper::marked(
                    in_words(added.place.as_deref().unwrap_or_default(), added.place_en.as_deref(), locale),
                    locale,
                ),
            ),
            None => Html::text(&m.case_file_bearer()),
        }
    };
    let whole = if now == added.sha256 { m.case_file_whole() } else { m.case_file_differs() };
    let rows = vec![
        vec![Html::text(&m.case_file_title_of()), paper::marked(&added.title, locale)],
        vec![Html::text(&m.case_file_who()), who],
        vec![Html::text(&m.case_file_when()), dates::moment_record(added.at, locale)],
        vec![Html::text(&m.case_file_words()), words(&added.words, locale)],
        vec![Html::text(&m.case_file_hash()), hash(&added.sha256).and(&Html::raw("<br>")).say(&whole)],
    ];
    let out = table(&[], &rows, "case-facts");
    if files.is_empty() { out } else { out.and(&files_table(&files, locale)) }
}

/// The form for a supplement.
pub(super) fn form(visit: &Visit, case: &Case, base: &str, form: &Form) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let own = format!("{base}/{}", case.number);
    Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back(&own, &m.case_file_back(), locale))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&m.case_file_add())
        .and(&Html::raw("</h1><p>"))
        .say(&m.case_file_add_note())
        .and(&Html::raw("</p><form method=\"post\" enctype=\"multipart/form-data\" novalidate data-keep action=\""))
        .say(&format!("{own}/supplements"))
        .and(&Html::raw("\">"))
        .and(
            &Field::text("title", m.case_file_title_of())
                .hint(m.case_file_title_hint())
                .value(form.value("title"))
                .error(form.error("title", locale))
                .html(locale),
        )
        .and(
            &Field::area("words", m.case_file_words())
                .rows(4)
                .max(thread::MAX_WORDS as u32)
                .value(form.value("words"))
                .error(form.error("words", locale))
                .html(locale),
        )
        .and(
            &Field::file("file", m.ask_files())
                .optional()
                .multiple()
                .accept(attachments::ACCEPT)
                .hint(m.ask_files_hint())
                .error(form.error("file", locale))
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.case_file_add_verb(), Style::Solid))
        .and(&Html::raw("</div></form></div>"))
}
