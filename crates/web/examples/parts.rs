//! Writes specimen pages made with the kit into a folder, to be looked at: every part, both languages.
//!
//! `cargo run -p huiqi-web --example parts -- DIR`; then serve DIR (its `/assets` are written too).

use std::path::Path;

use chrono::NaiveDate;
use huiqi_web::charts::{Bar, Chart, Series};
use huiqi_web::components::{
    ActionLine, Choice, Col, Count, Field, FilterBar, How, Message, Pager, Side, Standing, Step, StepState, Style,
    Table, Tile, TimelineEntry, Tone, actions, article, back, badge, batch_head, counts, crumbs, empty, error_summary,
    file_link, keyboard_help, kv, kv_stack, left_status, left_status_short, link, link_button, notice, page_head,
    phrased, print_button, print_line, reference, search_box, section_head, status, step_line, tabs, tag, tag_off,
    thread, tiles, timeline,
};
use huiqi_web::dates;
use huiqi_web::kernel::calendar::Calendar;
use huiqi_web::kernel::clock::{Count as Counted, Pause, deadline_with_pauses};
use huiqi_web::kernel::locale::Locale;
use huiqi_web::kernel::rule::art;
use huiqi_web::layout::{Flash, FlashKind, FootInfo, Html, Layout, NavItem, Room, Switch, Who};
use huiqi_web::paper::{self, Paper};

fn d(m: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, m, day).expect("a day of the specimen")
}

/// 12 October 2026, 10:42 in Xiamen.
const NOW: i64 = 1_791_772_920_000;
const HOUR: i64 = 3_600_000;

fn nav(desk: bool, l: Locale) -> Vec<NavItem> {
    let item = |zh: &str, en: &str, count, current| NavItem {
        href: "#".into(),
        label: l.pick(zh, en).into(),
        count,
        current,
        ..NavItem::default()
    };
    let mut items = if desk {
        vec![
            item("收件箱", "Inbox", Some(24), false),
            item("诉求", "Requests", None, true),
            item("机构与产品", "Providers and products", None, false),
            item("窗口", "Windows", None, false),
            item("统计", "Figures", None, false),
            item("规则", "Rules", None, false),
        ]
    } else {
        vec![
            item("首页", "Home", None, true),
            item("找服务", "Services", None, false),
            item("找窗口", "Windows", None, false),
            item("规则与数据", "Rules and figures", None, false),
        ]
    };
    items.push(NavItem {
        push: true,
        icon: Some(if desk { "phone" } else { "edit" }),
        ..if desk {
            item("登记来电", "Record a phone call", None, false)
        } else {
            item("提诉求", "Ask", None, false)
        }
    });
    items
}

fn layout(room: Room, l: Locale, title: &str, body: Html) -> Layout {
    let links = vec![
        (
            l.pick("办事", "Services").to_string(),
            vec![
                ("#".to_string(), l.pick("提诉求", "Ask for help").to_string()),
                ("#".into(), l.pick("查进度（凭编号和查询码）", "Follow a request").into()),
            ],
        ),
        (
            l.pick("公开", "Public").to_string(),
            vec![("#".to_string(), l.pick("规则全文与逐条说明", "The rule, article by article").to_string())],
        ),
        (
            l.pick("使用", "About").to_string(),
            vec![("#".to_string(), l.pick("个人信息保护", "Personal data").to_string())],
        ),
    ];
    let desk = room == Room::Desk;
    Layout {
        locale: l,
        title: title.into(),
        room,
        nav: nav(desk, l),
        who: desk.then(|| Who {
            name: l.pick("林示宁", "Lin Shining").into(),
            acting_as: l.pick("运营机构 派单员", "dispatcher of the operator").into(),
            unread: 3,
            others: vec![Switch {
                membership: "2".into(),
                label: l.pick("示例窗口 坐席", "desk officer of the sample window").into(),
            }],
        }),
        flash: desk.then(|| Flash {
            kind: FlashKind::Good,
            text: Html::fill(
                l.pick("已催办示例律所，编号 {0}。", "A reminder went out for {0}."),
                &[reference("FW-2026-001302")],
            ),
        }),
        sample_note: true,
        rule_line: None,
        today: d(10, 12),
        is_working: Some(true),
        made_at: "10:42".into(),
        path_for_switch: "/parts?x=1".into(),
        foot: FootInfo {
            hotline: "0592-000 0000".into(),
            hours: l
                .pick("工作日 8:30–11:30，15:00–17:00（含调休上班日）", "Working days 8:30–11:30, 15:00–17:00")
                .into(),
            now: l.pick("现在有人接听，到 11:30", "Answered now, until 11:30").into(),
            closure: String::new(),
            hall: l.pick("示例区示例路 1 号 5 楼", "5F, 1 Sample Road").into(),
            guide: l.pick("市工业和信息化局", "the bureau").into(),
            manage: l.pick("市中小企业服务中心", "the centre").into(),
            operate: l.pick("示例运营服务机构", "the operator").into(),
            filing: "0000000000".into(),
            links,
        },
        body,
    }
}

fn case(l: Locale) -> Html {
    let today = d(10, 12);
    let pause = Pause { from: d(10, 9), to: Some(d(10, 9)) };
    let Counted::Running(deadline) = deadline_with_pauses(&Calendar::shipped(), d(9, 29), 5, false, &[pause]) else {
        return Html::empty();
    };
    let step = |zh: &str, en: &str, small: Html, state| Step { label: l.pick(zh, en).into(), small, state };
    let short = |m, day| dates::date_short(d(m, day), today, l);
    let left = dates::Left::until(&Calendar::shipped(), today, deadline.due);
    let standing = Standing {
        leaf: Some((deadline.due, Tone::Warn)),
        say: Html::fill(
            l.pick(
                "轮到示例检测：在{0}前交出预测试结果",
                "It is the turn of Sample Testing: deliver the results by {0}",
            ),
            &[dates::date_act(deadline.due, today, l)],
        ),
        rest: left_status(left.days, left.with_today, l)
            .say(l.pick("，补样品清单那 1 天不计。", "; the day spent waiting is not counted. "))
            .and(&link("#count", l.pick("怎样算的", "How it was counted"))),
        steps: vec![
            step("提交", "Submitted", short(9, 28), StepState::Done),
            step("受理", "Accepted", short(9, 28), StepState::Done),
            step("派单", "Assigned", short(9, 29), StepState::Done),
            step("办理", "Being handled", Html::text(l.pick("现在", "now")), StepState::Now),
            step("交付", "Delivered", short(10, 13), StepState::Todo),
            step(
                "企业确认",
                "Confirmed by the firm",
                Html::text(l.pick("交付后 5 个工作日内", "within 5 working days")),
                StepState::Todo,
            ),
            step("回访", "Call-back", Html::empty(), StepState::Skipped),
            step("办结", "Closed", Html::empty(), StepState::Todo),
        ],
    };
    let extend = Field::select("until", l.pick("延到哪一天", "Extend to"))
        .small()
        .option("2026-10-16", l.pick("10月16日（周五），多 3 个工作日", "16 October (Friday), 3 working days more"))
        .html(l)
        .and(&Field::area("why", l.pick("理由", "Reason")).rows(2).max(500).html(l));
    let lines = [
        ActionLine::post(l.pick("催办", "Send a reminder"), "/x").style(Style::Solid).icon("bell").under(art(5)).note(
            l.pick(
                "提醒示例检测和它的负责人。今天还没催过，下一次系统催办在明天 9:00。",
                "Goes to Sample Testing and the person in charge there. None was sent today.",
            ),
        ),
        ActionLine::link(l.pick("加派一家", "Assign another provider as well"), "/x").under(art(5)).note(l.pick(
            "再请一家同时办。系统按类别、区和在办量建议了 3 家。",
            "Asks one more organisation to work on it at the same time.",
        )),
        ActionLine::form(
            "extend",
            l.pick("延长期限", "Extend the time limit"),
            "/x",
            extend,
            l.pick("延长并告诉企业", "Extend and tell the firm"),
        )
        .open(true)
        .under(art(5))
        .note(l.pick("只能延一次，最多 15 个工作日。理由会原样给企业看。", "Once only, by at most 15 working days.")),
        ActionLine::blocked(
            l.pick("办结", "Close the case"),
            Html::raw("<b>")
                .say(l.pick("现在还不能办结：示例检测还没有交付。", "It cannot be closed yet."))
                .and(&Html::raw("</b>"))
                .say(l.pick("交付后由企业确认。", " After delivery the firm confirms.")),
        )
        .under(art(5)),
    ];
    let table = Table::new(l.pick("谁，办什么，到哪天", "Who does what, and by when"))
        .col(Col::text(l.pick("谁", "Who")))
        .col(Col::text(l.pick("办什么", "To do")))
        .col(Col::nowrap(l.pick("到期", "Due")))
        .col(Col::text(l.pick("情况", "State")))
        .cards()
        .row([
            Html::raw(format!(
                "{}<small>{}</small>",
                l.pick("示例检测", "Sample Testing"),
                l.pick("承办机构", "provider")
            )),
            Html::text(l.pick("交出预测试结果", "Deliver the results")),
            dates::due_cell(deadline.due, today, l),
            left_status_short(2, true, l),
        ])
        .row([
            Html::raw(format!(
                "{}<small>{}</small>",
                l.pick("湖里区窗口", "Huli District window"),
                l.pick("协同", "supporting")
            )),
            Html::text(l.pick("上门看整改场地", "Visit the site")),
            dates::due_cell(today, today, l),
            left_status_short(1, true, l),
        ])
        .row([
            Html::text(l.pick("示例律所", "Sample Law")),
            Html::text(l.pick("答复", "Answer")),
            dates::due_cell(d(10, 10), today, l),
            left_status_short(-1, false, l),
        ]);
    let how = How {
        id: "count",
        deadline: &deadline,
        today,
        start: Some(l.pick("派单", "assigned").into()),
        intro: Html::empty(),
        basis: Html::fill(
            l.pick("依据 {0}；规则 2020 版，本件受理时已锁定。", "Under {0}; rules of 2020, fixed for this case."),
            &[article(art(5), l)],
        ),
        open: true,
    };
    let entry = |icon, zh: &str, en: &str, hours: i64, body: &str| TimelineEntry {
        icon,
        title: l.pick(zh, en).into(),
        article: Some(art(5)),
        at_ms: NOW - hours * HOUR,
        body: Html::text(body),
    };
    let entries = [
        entry(
            "run",
            "恢复计时",
            "Limit resumed",
            66,
            l.pick("示例光电 王例明补交了样品清单。", "Sample Photoelectric sent the list."),
        ),
        entry(
            "pause",
            "暂停计时",
            "Limit suspended",
            90,
            l.pick("示例检测 陈例安：“缺样品清单。”", "Sample Testing: the list is missing."),
        ),
        entry("edit", "提交", "Submitted", 330, l.pick("从门户提交，附件 2 个。", "From the portal, with two files.")),
    ];
    let message = |from: &str, org: &str, side, text: &str, files| Message {
        from: from.into(),
        org: org.into(),
        side,
        at_ms: NOW - 60 * HOUR,
        text: text.into(),
        lang: Some(Locale::Zh),
        files,
    };
    let messages = [
        message(
            "王例明",
            l.pick("示例光电", "the firm"),
            Side::Theirs,
            "样品清单补上了，一共 3 块板。",
            vec![("#".to_string(), "样品清单.xlsx".to_string(), 18_000)],
        ),
        message(
            "林示宁",
            l.pick("运营机构", "operator"),
            Side::Ours,
            "收到，已请示例检测把辐射项排在第一个。\n\n13 日上午会给您数据。",
            vec![],
        ),
        message(
            "周示雨",
            l.pick("只有运营机构看得到", "seen by the operator only"),
            Side::Inside,
            "如果 13 日交不出，当天就收回重派。",
            vec![],
        ),
    ];
    let pieces = l.pick(
        "新建贴片线，|要做一次|电磁兼容|预测试和|整改咨询",
        "EMC pre-test of a new SMT line, with advice on how to correct what it finds",
    );
    let kv_rows = [
        (l.pick("名称", "Name").to_string(), Html::text("示例光电科技有限公司")),
        (l.pick("信用代码", "Unified social credit code").to_string(), reference("91350206MA0000000X")),
        (
            l.pick("划型", "Size class").to_string(),
            Html::text(l.pick("小型（2025 年报）", "small (annual report 2025)")),
        ),
    ];
    Html(format!(
        r##"<div class="wrap">{print}{crumbs}
<header class="case-head"><div><p class="case-kind">{tag1}{tag2}<span class="quiet small">{at}</span></p><h1 class="phrased">{title}</h1><p class="quiet">{firm}</p><p class="said">“我们新上了一条贴片线，三款控制板要出口，第一次送测辐射超标。”</p></div><div class="button-row">{badge}{pb}</div></header>
{standing}
<div class="split"><div>
<section class="section no-print" aria-labelledby="do">{head1}{actions}</section>
<section class="section" aria-labelledby="who">{head2}{table}{how}</section>
<section class="section" aria-labelledby="time">{head3}{timeline}</section>
<section class="section" aria-labelledby="msg">{head4}{thread}</section>
</div><aside class="aside is-sticky"><section class="section" aria-labelledby="firm"><h2 class="aside-title" id="firm">{firm_title}</h2>{kv}</section>
<section class="section"><h2 class="aside-title">{files_title}</h2><ul class="plain small"><li>{file}</li></ul></section>
<section class="section no-print"><h2 class="aside-title">{rate_title}</h2>{empty}</section></aside></div></div>"##,
        print = print_line(
            l.pick("办理单", "handling sheet"),
            "FW-2026-001371",
            l.pick("林示宁（运营机构 派单员）", "Lin Shining"),
            NOW,
            l
        ),
        crumbs = crumbs(
            &[("#".into(), l.pick("收件箱", "Inbox").into()), ("#".into(), l.pick("诉求", "Requests").into())],
            Some(reference("FW-2026-001371")),
            l
        ),
        tag1 = tag(l.pick("服务需求", "Service need")),
        tag2 = tag(l.pick("技术创新和质量", "Technology, innovation and quality")),
        at = dates::moment_record(NOW - 330 * HOUR, l),
        title = phrased(pieces.split('|')),
        firm = link("#", l.pick("示例光电科技有限公司", "Sample Photoelectric Technology Co., Ltd.")),
        badge = badge(Tone::Run, "run", l.pick("办理中", "Being handled")),
        pb = print_button(l.pick("打印办理单", "Print the handling sheet")),
        standing = standing.html(l),
        head1 = section_head(
            "do",
            l.pick("您现在可以", "What you can do now"),
            l.pick("以运营机构派单员的身份", "as dispatcher of the operator").into(),
            Html::empty()
        ),
        actions = actions(&lines, l),
        head2 = section_head(
            "who",
            l.pick("谁，办什么，到哪天", "Who does what, and by when"),
            Html::empty(),
            Html::empty()
        ),
        table = table.html(),
        how = how.html(l),
        head3 = section_head(
            "time",
            l.pick("经过", "What happened"),
            l.pick("7 步，最新的在上面", "7 steps, newest first").into(),
            link("#", l.pick("核对存证", "Check the record"))
        ),
        timeline = timeline(&entries, today, l),
        head4 = section_head("msg", l.pick("往来", "Messages"), l.pick("3 条", "3").into(), Html::empty()),
        thread = thread(&messages, today, l),
        firm_title = l.pick("企业", "The firm"),
        kv = kv(&kv_rows),
        files_title = l.pick("附件", "Files"),
        file = file_link("#", "首次测试报告.pdf", 1_200_000),
        rate_title = l.pick("评价", "Rating"),
        empty = huiqi_web::components::empty_small(l.pick("还没到评价的时候。", "Not time for a rating yet.")),
    ))
}

fn inbox(l: Locale) -> Html {
    let today = d(10, 12);
    let bar = [
        Count { href: "#".into(), count: 24, label: l.pick("全部", "All").into(), current: true },
        Count { href: "#".into(), count: 7, label: status(Tone::Run, "in", l.pick("新到", "New")), current: false },
        Count {
            href: "#".into(),
            count: 2,
            label: status(Tone::Bad, "stop", l.pick("已超期", "Overdue")),
            current: false,
        },
        Count {
            href: "#".into(),
            count: 4,
            label: status(Tone::Warn, "clock", l.pick("今天到期", "Due today")),
            current: false,
        },
        Count {
            href: "#".into(),
            count: 11,
            label: status(Tone::Idle, "pause", l.pick("等别人", "Waiting")),
            current: false,
        },
    ];
    let filters = FilterBar::new("/inbox")
        .select(
            "kind",
            l.pick("种类", "Kind"),
            [("", l.pick("全部种类", "All kinds")), ("a", l.pick("咨询", "Question"))],
            "a",
        )
        .select(
            "district",
            l.pick("区", "District"),
            [("", l.pick("全市", "All")), ("b", l.pick("湖里区", "Huli"))],
            "",
        )
        .date("from", l.pick("从哪天", "From"), "2026-10-01")
        .search("q", l.pick("编号、企业或标题", "Number, firm or title"), "")
        .html(l);
    let mut table = Table::new(l.pick("收件箱，按到期先后排", "Inbox, by due day"))
        .col(Col::text("").class("pick"))
        .col(Col::text(l.pick("编号", "Number")).bare())
        .col(Col::text(l.pick("事项", "Matter")).class("what").bare())
        .col(Col::text(l.pick("企业", "Firm")))
        .col(Col::text(l.pick("到哪一步", "Step")))
        .col(Col::text(l.pick("轮到谁", "Turn")))
        .col(Col::text(l.pick("到期", "Due")).class("due").sort("?sort=-due", Some("ascending")))
        .row_head(99)
        .cards()
        .list();
    for (i, (number, what, firm)) in [
        ("FW-2026-001302", "欠款催收怎样取证", "示例机电"),
        ("FW-2026-001371", "新建贴片线，要做一次电磁兼容预测试和整改咨询", "示例光电"),
        ("FW-2026-001391", "出口到东南亚的产品认证怎样选机构", "示例灯具"),
    ]
    .iter()
    .enumerate()
    {
        table.push(
            if i == 2 { "is-new" } else { "" },
            [
                Html::raw(format!("<input type=\"checkbox\" aria-label=\"{number}\">")),
                reference(number),
                link("#", what),
                Html::raw(format!("{firm}<small>{}</small>", l.pick("同安区", "Tong’an"))),
                Html::text(l.pick("办理中", "Handled")),
                Html::text(l.pick("您", "You")),
                Html(format!(
                    "{}<small>{}</small>",
                    dates::date_cell(d(10, 13), today, l),
                    dates::left_short(2, true, l)
                )),
            ],
        );
    }
    Html(format!(
        "<div class=\"wrap\">{}{}{filters}<form method=\"post\"><div class=\"batch\" role=\"group\" aria-label=\"x\">{}<button class=\"button is-small\" type=\"submit\">{}</button></div>{}</form>{}{}</div>",
        page_head(
            l.pick("收件箱", "Inbox"),
            l.pick("运营机构 派单员，要您处理的 24 件", "dispatcher of the operator, 24 for you").into(),
            link_button("#", l.pick("导出", "Export"), Style::Second, Some("in"))
        ),
        counts(l.pick("按期限看", "By due day"), &bar),
        batch_head(l),
        l.pick("催办", "Remind"),
        table.html(),
        Pager { prev: Some("#".into()), next: Some("#".into()), shown: 20, total: Some(1284) }.html(l),
        keyboard_help(l),
    ))
}

fn form(l: Locale) -> Html {
    let error = l.pick("手机号少了 1 位，应为 11 位", "The number is one digit short of 11");
    let tel = Field::tel("tel", l.pick("手机号", "Mobile number"))
        .hint(
            l.pick("名录里登记的是 130 0000 0000，可以换一个", "The register has 130 0000 0000; you may give another"),
        )
        .value("130 0000 000")
        .error(Some(error))
        .html(l);
    let when = Field::checks("when", l.pick("什么时候方便接", "When can we call"))
        .optional()
        .option("am", l.pick("上午 8:30–11:30", "8:30–11:30"))
        .option("pm", l.pick("下午 15:00–17:00", "15:00–17:00"))
        .value("am")
        .html(l);
    let ways = Field::radios("way", l.pick("怎样联系您最方便？", "How shall we reach you?"))
        .heading()
        .hint(l.pick("只用来办这一件事，办结后不再用。", "Used for this matter only."))
        .choice(Choice {
            value: "tel".into(),
            label: l.pick("打电话", "By phone").into(),
            hint: l.pick("第一次答复一般用电话", "First answers are usually given by phone").into(),
            more: tel.and(&when),
            ..Choice::default()
        })
        .option("sms", l.pick("发短信", "By text message"))
        .option_hint(
            "web",
            l.pick("只在网上答复", "On this site only"),
            l.pick("凭编号和查询码来看，我们不主动联系您", "You look it up by number and code"),
        )
        .value("tel")
        .html(l);
    Html(format!(
        r#"<div class="wrap form-wrap">{back}<div class="split"><div class="form-main">{summary}{line}<form method="post" novalidate>{ways}{area}{select}{code}{agree}{file}<div class="button-row form-go"><button class="button is-big" type="submit">{go}</button><button class="button is-plain" type="submit" name="later">{later}</button></div></form></div><aside class="aside"><h2 class="aside-title">{said}</h2>{kv}</aside></div></div>"#,
        back = back("#", l.pick("上一步：说说困难", "Back: the difficulty"), l),
        summary = error_summary(&[("tel".into(), error.into())], l),
        line = step_line(3, 4, l),
        area = Field::area("text", l.pick("遇到了什么困难", "What is the difficulty"))
            .hint(l.pick("写清三点", "Three things"))
            .value("我们新上了一条贴片线。")
            .max(1000)
            .html(l),
        select = Field::select("district", l.pick("所在区", "District"))
            .width("w-mid")
            .option("", l.pick("请选择", "Choose"))
            .option("a", l.pick("湖里区", "Huli"))
            .error(Some(l.pick("请选一个区", "Choose a district")))
            .html(l),
        code = Field::text("code", l.pick("统一社会信用代码", "Unified social credit code"))
            .width("w-code")
            .value("91350206MA00000000")
            .html(l),
        agree = Field::check("agree", l.pick("同意按说明使用这些信息", "I agree"))
            .error(Some(l.pick("要先同意才能提交", "Agreement is needed")))
            .html(l),
        file = Field::file("files", l.pick("附件", "Files"))
            .optional()
            .multiple()
            .hint(l.pick("pdf、jpg、png、xlsx，每个不超过 10 MB", "pdf, jpg, png, xlsx, up to 10 MB each"))
            .html(l),
        go = l.pick("保存并继续", "Save and go on"),
        later = l.pick("先存着，以后再填", "Save for later"),
        said = l.pick("您已经填的", "What you gave"),
        kv = kv_stack(&[(
            l.pick("要办的事", "Matter").into(),
            l.pick("服务需求：技术创新和质量", "Service need").into()
        )]),
    ))
}

fn overview(l: Locale) -> Html {
    let months: Vec<String> = (1..=9).map(|m| dates::month_short(d(m, 1), l)).collect();
    let total = [98.0, 71.0, 142.0, 139.0, 128.0, 181.0, 153.0, 146.0, 226.0];
    let late = [7.0, 5.0, 11.0, 8.0, 7.0, 14.0, 9.0, 9.0, 12.0];
    let on_time: Vec<f64> = total.iter().zip(late).map(|(a, b)| a - b).collect();
    let mut table = Table::new("x")
        .col(Col::text(l.pick("月", "Month")))
        .col(Col::num(l.pick("办结", "Closed")))
        .col(Col::num(l.pick("超期", "Late")));
    for (i, month) in months.iter().enumerate() {
        table.push("", [month.clone(), format!("{}", total[i]), format!("{}", late[i])]);
    }
    let columns = Chart::columns(
        l.pick("每月办结的诉求", "Requests closed each month"),
        months.clone(),
        vec![
            Series { name: l.pick("按时", "in time").into(), values: on_time.clone() },
            Series { name: l.pick("超期", "late").into(), values: late.to_vec() },
        ],
    )
    .finding(l.pick("9 月办结最多，按时的比例没有下降", "Most were closed in September, as punctually as before"))
    .basis(l.pick("每月办结的诉求，件。样本：1,284 件", "Requests closed each month. Sample: 1,284"))
    .table(table.foot([l.pick("合计", "Total"), "1,284", "82"]));
    let districts = [
        ("思明区", "Siming", 3.0),
        ("湖里区", "Huli", 3.4),
        ("集美区", "Jimei", 3.6),
        ("海沧区", "Haicang", 4.1),
        ("翔安区", "Xiang’an", 4.4),
        ("同安区", "Tong’an", 5.8),
    ];
    let bars =
        Chart::bars(
            l.pick("各区办结用时的中位数", "Median time to delivery by district"),
            districts
                .iter()
                .map(|(zh, en, value)| Bar {
                    label: l.pick(zh, en).into(),
                    value: *value,
                    note: if *value > 5.0 { l.pick("超过期限", "over the limit").into() } else { String::new() },
                })
                .collect(),
        )
        .decimals(1)
        .limit(5.0, l.pick("期限 5", "limit 5"))
        .finding(l.pick(
            "同安区比期限慢 0.8 天，其余五区都在期限内",
            "Tong’an is 0.8 days over the limit, the others are within",
        ))
        .basis(l.pick(
            "一般诉求从派单到交付的中位数，工作日。样本：1,037 件",
            "Working days from assignment to delivery, median. Sample: 1,037",
        ));
    let line = Chart::line(
        l.pick("每月收到的诉求", "Requests received"),
        months,
        vec![
            Series { name: l.pick("门户", "portal").into(), values: total.to_vec() },
            Series { name: l.pick("热线", "hotline").into(), values: on_time.iter().map(|v| v / 2.0).collect() },
        ],
    )
    .finding(l.pick("门户来的是热线的两倍", "The portal brings twice as many as the hotline"));
    let tile = |zh: &str, en: &str, figure: &str, unit: &str| Tile {
        what: l.pick(zh, en).into(),
        figure: figure.into(),
        unit: unit.into(),
        basis: Html::raw("<br>").say(l.pick("样本：1,284 件", "Sample: 1,284")),
    };
    let row = [
        tile("办结诉求", "Closed", "1,284", l.pick("件", "")),
        tile("按时办结", "In time", "93.6", "%"),
        tile("企业打分", "Rating", "4.5", l.pick("分", "of 5")),
        tile("没能办成", "Not achieved", "63", l.pick("件", "")),
        tile("服务企业", "Firms served", "972", l.pick("家", "")),
    ];
    Html(format!(
        "<div class=\"wrap\">{}{}{}<div class=\"charts\"><div>{}</div><div>{}{}</div></div>{}</div>",
        page_head(
            l.pick("全网概况", "Overview"),
            l.pick("服务中心看到的范围：全部窗口和机构", "Everything").into(),
            Html::empty()
        ),
        tiles(&row),
        tabs(
            l.pick("种类", "Kinds"),
            &[
                ("#".into(), l.pick("全部", "All").into(), Some(27), true),
                ("#".into(), l.pick("服务", "Services").into(), Some(14), false)
            ]
        ),
        columns.html(l),
        bars.html(l),
        line.html(l),
        empty(l.pick("这段时间没有上报的事件。", "No incident was reported.")),
    ))
}

fn home(l: Locale) -> Html {
    Html(format!(
        "<section class=\"hero\"><div class=\"wrap\"><h1>{}</h1>{}</div></section><div class=\"wrap\">{}<p>{} {}</p>{}</div>",
        l.pick("办企业遇到事，先来这里问", "Anything that keeps your business from going on, ask here first"),
        search_box(
            "/search",
            &Html::raw(format!(
                "<label class=\"hero-label\" for=\"q\">{}</label>",
                l.pick("您想办什么事？", "What do you need?")
            )),
            "",
            l.pick("例如：设备贷款贴息", "for example: loan subsidy"),
            l
        ),
        notice(
            FlashKind::Warn,
            Some(l.pick("别人刚刚改过这一件", "Somebody has just changed this")),
            &Html::text(l.pick("看最新的，再决定要不要派。", "Look at it again before you decide."))
        ),
        tag_off(l.pick("湖里区", "Huli"), "#", l),
        tag_off(l.pick("免费", "free"), "#", l),
        notice(
            FlashKind::Bad,
            Some(l.pick("没有存上", "Not saved")),
            &Html::text(l.pick("网断了。", "The connection is down."))
        ),
    ))
}

fn sheet(l: Locale) -> Html {
    Paper {
        formal: false,
        office: "示例市企业服务平台运营中心".into(),
        title: Html::text("受理通知书"),
        number: "慧企受〔2026〕1371号".into(),
        to: "示例光电科技有限公司（样例企业）：".into(),
        body: Html::raw("<p>你单位2026年9月28日提出的诉求收悉。依照管理办法第五条，现予受理。</p><h2>一、办理期限</h2><p>定为一般诉求，派单后5个工作日内答复。</p>"),
        code: Some(paper::Code { number: "FW-2026-001371".into(), label: String::new(), code: "7KQM 3XWP".into(), url: "https://example.org/follow/FW-2026-001371".into() }),
        signer: String::new(),
        day: d(9, 28),
        one_page: true,
        language: Locale::Zh,
    }
    .html(
        &paper::Bar { back_href: "#".into(), back_label: l.pick("回到这件诉求", "Back to the request").into(), what: l.pick("受理通知书", "Notice of acceptance").into(), reference: "FW-2026-001371".into(), download: Some(("#".into(), ".docx".into())), other: None },
        l,
    )
}

fn main() -> std::io::Result<()> {
    let out = std::env::args().nth(1).unwrap_or_else(|| "var/parts".into());
    let out = Path::new(&out);
    std::fs::create_dir_all(out.join("assets"))?;
    for url in [
        huiqi_web::assets::css_url(),
        huiqi_web::assets::js_url(),
        huiqi_web::assets::icons_url(),
        huiqi_web::assets::favicon_url(),
    ] {
        if let Some((bytes, _)) = huiqi_web::assets::find(url) {
            std::fs::write(out.join(url.trim_start_matches('/')), bytes)?;
        }
    }
    for l in Locale::ALL {
        let pages = [
            ("case", Room::Desk, case(l)),
            ("inbox", Room::Desk, inbox(l)),
            ("form", Room::Focus, form(l)),
            ("overview", Room::Desk, overview(l)),
            ("home", Room::Portal, home(l)),
            ("paper", Room::Paper, sheet(l)),
        ];
        for (name, room, body) in pages {
            let mut page = layout(room, l, name, body);
            if name == "case" || name == "overview" {
                page.flash = None;
            }
            std::fs::write(out.join(format!("{name}-{}.html", l.tag())), page.render())?;
        }
    }
    Ok(())
}
