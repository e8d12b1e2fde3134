//! Parts that the pages of staff and firms share: messages, files, the grade.

use super::*;

/// Messages and the form to write one.
pub async fn messages(
    visit: &Visit,
    loaded: &Loaded,
    form: &ErrorIn<'_>,
    post: &str,
    under: &str,
    staff: bool,
) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let list = thread::messages(ctx, &loaded.case, visit.viewer(), &loaded.files, under, locale).await?;
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"msg\">").and(&section_head(
        "msg",
        &m.request_thread(),
        Html::text(&m.request_thread_count(list.len() as i64)),
        Html::empty(),
    ));
    let open = facts::may_speak(visit.viewer(), &loaded.case, &loaded.assigned);
    out = if list.is_empty() {
        out.and(&components::empty_small(if open { m.request_thread_empty() } else { m.request_thread_none() }))
    } else {
        out.and(&components::thread(&list, ctx.today(), locale))
    };
    if !open {
        return Ok(out.and(&Html::raw("</section>")));
    }
    let area = Field::area("say", m.request_write())
        .id("say")
        .rows(3)
        .max(thread::MAX_WORDS as u32)
        .value(form.value("message", "say"))
        .error(form.words("message", locale))
        .html(locale);
    out = out
        .and(&Html::raw(
            "<form method=\"post\" class=\"no-print say-form\" novalidate data-keep enctype=\"multipart/form-data\" action=\"",
        ))
        .say(post)
        .and(&Html::raw("\">"))
        .and(&area);
    if staff {
        out = out.and(
            &Field::radios("to", m.request_write_to())
                .label_hidden()
                .in_row()
                .options([("all", m.request_write_all()), ("inside", m.request_write_inside())])
                .value("all")
                .html(locale),
        );
    }
    out = out.and(
        &Field::file("file", m.ask_files())
            .id("say-file")
            .optional()
            .multiple()
            .accept(attachments::ACCEPT)
            .hint(m.ask_files_hint())
            .error(form.at("message", "file", locale))
            .html(locale),
    );
    Ok(out
        .and(&Html::raw("<div class=\"button-row\">"))
        .and(&components::button(&m.request_send(), Style::Second))
        .and(&Html::raw("</div></form></section>")))
}

pub(super) fn files_box(loaded: &Loaded, under: &str, locale: Locale) -> Html {
    let m = t(locale);
    let mut out =
        Html::raw("<section class=\"section\" aria-labelledby=\"files\"><h2 class=\"aside-title\" id=\"files\">")
            .say(&m.request_files())
            .and(&Html::raw("</h2>"));
    if loaded.files.is_empty() {
        return out.and(&components::empty_small(m.request_files_none())).and(&Html::raw("</section>"));
    }
    out = out.and(&Html::raw("<ul class=\"plain small\">"));
    for file in &loaded.files {
        out = out.and(&Html::raw("<li>")).and(&components::file_link(
            &file.href(under),
            &file.name,
            file.bytes.unsigned_abs(),
        ));
        if file.preview.is_some() {
            out = out
                .and(&Html::raw("<a href=\""))
                .say(&format!("{}/preview", file.href(under)))
                .and(&Html::raw("\"><img class=\"preview\" loading=\"lazy\" alt=\""))
                .say(&m.request_preview(&file.name))
                .and(&Html::raw("\" src=\""))
                .say(&format!("{}/preview", file.href(under)))
                .and(&Html::raw("\"></a>"));
        } else if file.is_unshown() {
            out = out.and(&Html::raw("<br><span class=\"quiet\">")).say(&m.request_heic()).and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    out.and(&Html::raw("</ul></section>"))
}

pub(super) fn rating_box(visit: &Visit, loaded: &Loaded) -> Html {
    let locale = visit.locale();
    let day = |at| dates::date_words(dates::day_of(at), visit.ctx().today(), locale);
    let m = t(locale);
    let out = Html::raw("<section class=\"section\" aria-labelledby=\"rate\"><h2 class=\"aside-title\" id=\"rate\">")
        .say(&m.request_rating())
        .and(&Html::raw("</h2>"));
    let mut inner = Html::empty();
    if current(&loaded.ratings).is_none() {
        inner = components::empty_small(if loaded.detail.answered_at.is_some() {
            m.request_rating_none()
        } else {
            m.request_rating_early()
        });
    }
    for rating in &loaded.ratings {
        let (tone, icon) = match rating.grade {
            ..=2 => (Tone::Bad, "stop"),
            3 => (Tone::Warn, "done"),
            _ => (Tone::Good, "done"),
        };
        let word = status(tone, icon, m.request_graded(rating.grade, grade_word(rating.grade, locale)));
        inner = inner.and(&Html::raw("<p>")).and(&word);
        if rating.current == 0 {
            inner = inner
                .and(&Html::raw("<br><span class=\"quiet small\">"))
                .say(&m.request_rating_earlier(day(rating.at)))
                .and(&Html::raw("</span>"));
        }
        inner = inner.and(&Html::raw("</p>"));
        if let Some(words) = &rating.words {
            inner = inner.and(&Html::raw("<blockquote lang=\"zh-CN\">")).say(words).and(&Html::raw("</blockquote>"));
        }
        inner = inner.and(&crate::appeals::shown::staff(visit, &loaded.case, rating));
    }
    out.and(&inner).and(&Html::raw("</section>"))
}
