//! The overview of the settings: what needs doing, and what may be set by whom.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_kernel::rule::art;
use huiqi_store::job::Job;
use huiqi_store::{Ctx, Fault};
use huiqi_web::Html;
use huiqi_web::components::{self, ActionLine, Col, Table, Tone};

use super::flow::VersionState;
use super::pages::{self, Page, section};
use super::{
    CALENDAR_KEEPERS, DECIDERS, JOB_KEEPERS, PROPOSERS, SITE_EDITORS, calendar, calendar_pages, jobs, paper_versions,
    report_officers, versions,
};
use crate::t;

struct Matter {
    tone: Tone,
    icon: &'static str,
    weight: String,
    what: String,
    href: &'static str,
    verb: String,
    by: &'static [Role],
}

/// Everything somebody should look at.
async fn matters(ctx: &Ctx, all: &[Job], l: Locale) -> Result<Vec<Matter>, Fault> {
    let m = t(l);
    let today = ctx.today();
    let mut out = Vec::new();
    let known = ctx.calendar();
    let has_this_year =
        calendar_pages::missing(&known, today).map(|year| (year, known.has_year(chrono::Datelike::year(&today))));
    if let Some((year, has_this_year)) = has_this_year {
        let waiting = calendar::provisional(ctx).await?;
        let (tone, icon, weight) = if has_this_year {
            (Tone::Warn, "alert", m.setting_weight_warn())
        } else {
            (Tone::Bad, "stop", m.setting_weight_bad())
        };
        out.push(Matter {
            tone,
            icon,
            weight,
            what: m.setting_matter_calendar(year.to_string(), waiting),
            href: "/settings/calendar",
            verb: m.setting_calendar_add(),
            by: CALENDAR_KEEPERS,
        });
    }
    let (stuck, failed) = jobs::trouble(ctx).await?;
    if !stuck.is_empty() {
        let names = pages::enumerated(stuck.iter().map(|s| jobs::name_of(all, &s.name, l)), l);
        out.push(Matter {
            tone: Tone::Bad,
            icon: "stop",
            weight: m.setting_weight_bad(),
            what: m.setting_matter_jobs(names),
            href: "/settings/jobs",
            verb: m.setting_matter_jobs_verb(),
            by: JOB_KEEPERS,
        });
    }
    if failed > 0 {
        out.push(Matter {
            tone: Tone::Idle,
            icon: "info",
            weight: m.setting_weight_look(),
            what: m.setting_matter_failed(failed),
            href: "/settings/jobs",
            verb: m.setting_matter_jobs_verb(),
            by: JOB_KEEPERS,
        });
    }
    let all = versions::all(ctx).await?;
    if let Some(open) = all.iter().find(|v| v.state == VersionState::Proposed.code()) {
        out.push(Matter {
            tone: Tone::Run,
            icon: "clock",
            weight: m.setting_weight_waiting(),
            what: m.setting_matter_proposal(open.version.to_string()),
            href: "/settings/rules",
            verb: m.setting_matter_proposal_verb(),
            by: DECIDERS,
        });
    }
    if paper_versions::all(ctx).await?.iter().any(|v| v.state == VersionState::Proposed.code()) {
        out.push(Matter {
            tone: Tone::Run,
            icon: "clock",
            weight: m.setting_weight_waiting(),
            what: m.setting_matter_paper(),
            href: "/settings/papers",
            verb: m.setting_matter_proposal_verb(),
            by: DECIDERS,
        });
    }
    let rules = ctx.rules();
    let set = rules.on(today);
    if set.validity(today).needs_line() {
        out.push(Matter {
            tone: Tone::Warn,
            icon: "alert",
            weight: m.setting_weight_look(),
            what: set.validity_line(l, today),
            href: "/settings/rules",
            verb: m.setting_propose(),
            by: PROPOSERS,
        });
    }
    Ok(out)
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(ctx: &Ctx, all: &[Job], viewer: &Viewer, l: Locale) -> Result<Page, Fault> {
    let m = t(l);
    let matters = matters(ctx, all, l).await?;
    let roles = |roles: &[Role]| pages::enumerated(roles.iter().map(|r| pages::role_words(*r, l)), l);
    let body = if matters.is_empty() {
        components::empty(m.setting_matters_none())
    } else {
        let mut table = Table::new(&m.setting_matters())
            .cards()
            .row_head(1)
            .col(Col::nowrap(&m.setting_weight()))
            .col(Col::text(&m.setting_matter()).class("what"))
            .col(Col::text(&m.setting_matter_by()))
            .col(Col::nowrap(&m.setting_you_can()));
        for matter in &matters {
            let act = if viewer.is(matter.by) {
                components::link(matter.href, &matter.verb)
            } else {
                components::quiet(m.setting_matter_others())
            };
            table.push(
                "",
                [
                    components::status(matter.tone, matter.icon, matter.weight.as_str()),
                    Html::text(&matter.what),
                    Html::text(&roles(matter.by)),
                    act,
                ],
            );
        }
        table.html()
    };
    let line = |verb: String, href: &str, note: String, by: &[Role], everybody: bool| {
        if everybody || viewer.is(by) {
            ActionLine::link(&verb, href).note(note)
        } else {
            ActionLine::blocked(&verb, Html::text(&m.setting_only(roles(by))))
        }
    };
    let lines = [
        line(m.setting_rules_title(), "/settings/rules", m.setting_rules_note(), PROPOSERS, true).under(art(28)),
        line(m.setting_calendar_title(), "/settings/calendar", m.setting_calendar_note(), CALENDAR_KEEPERS, true),
        line(m.setting_papers_title(), "/settings/papers", m.setting_papers_note(), PROPOSERS, true).under(art(5)),
        line(m.setting_site_title(), "/settings/site", m.setting_site_note(), SITE_EDITORS, false),
        line(
            m.setting_report_verb(),
            "/settings/report-officers",
            m.setting_report_note(),
            report_officers::NAMERS,
            false,
        ),
        line(m.setting_jobs_title(), "/settings/jobs", m.setting_jobs_note(), JOB_KEEPERS, false),
    ];
    Ok(Page {
        head: components::page_head(&m.setting_title(), Html::text(&m.setting_lede()), Html::empty()),
        parts: vec![
            section("matters", &m.setting_matters(), Html::empty(), &body),
            section("set", &m.setting_list(), Html::empty(), &components::actions(&lines, l)),
        ],
        ..Page::default()
    })
}
