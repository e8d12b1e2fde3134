use std::collections::{BTreeMap, BTreeSet};

use super::words::fill;
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn overrides(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn version2(pairs: &[(&str, &str)]) -> Result<RuleSet, RuleError> {
    RuleSet::shipped().with_overrides(&overrides(pairs), 2)
}

/// The shipped file with one piece replaced; the piece must be there, so that no test passes by accident.
fn broken(from: &str, to: &str) -> RuleError {
    assert!(SHIPPED.contains(from), "{from} is not in the file");
    RuleSet::parse(&SHIPPED.replacen(from, to, 1)).unwrap_err()
}

fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn shipped_rule_parses() {
    let set = RuleSet::parse(SHIPPED).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((set.id(), set.version(), set.time_zone()), ("xiamen-2020", 1, "Asia/Shanghai"));
    assert_eq!(set.in_force_from(), day("2020-09-01"));
    assert_eq!(set.valid_years(), 5);
    assert_eq!(set.bases().len(), 4);
    assert_eq!(set.chapters().len(), 7);
}

#[test]
fn all_articles_have_both_languages() {
    let set = RuleSet::shipped();
    assert_eq!(set.articles().len(), 28);
    for (i, article) in set.articles().iter().enumerate() {
        assert_eq!(usize::from(article.number), i + 1);
        let texts = [&article.title, &article.summary];
        for text in texts.into_iter().chain(&article.items).chain(&article.capability) {
            assert!(has_han(&text.zh), "{}: {}", article.number, text.zh);
            assert!(!text.en.is_empty() && !has_han(&text.en), "{}: {}", article.number, text.en);
        }
        assert_eq!(article.summary.zh.matches('。').count(), 1, "one sentence: {}", article.number);
    }
    let chapters: Vec<u8> = set.articles().iter().map(|a| a.chapter).collect();
    assert!(chapters.is_sorted());
    assert_eq!(chapters.iter().collect::<BTreeSet<_>>().len(), 7);
}

#[test]
fn every_parameter_is_named_in_code_exactly_once_and_bilingual() {
    let set = RuleSet::shipped();
    let named: Vec<&str> = Limit::ALL
        .iter()
        .map(|l| l.id())
        .chain(Count::ALL.iter().map(|c| c.id()))
        .chain(Share::ALL.iter().map(|s| s.id()))
        .chain(Flag::ALL.iter().map(|f| f.id()))
        .chain(Phrase::ALL.iter().map(|p| p.id()))
        .collect();
    let unique: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), unique.len());
    let ids: BTreeSet<&str> = set.parameters().iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids.len(), set.parameters().len());
    assert_eq!(ids, unique);
    for p in set.parameters() {
        assert!(has_han(&p.name.zh) && has_han(&p.note.zh), "{}", p.id);
        assert!(!has_han(&p.name.en) && !has_han(&p.note.en), "{}", p.id);
        if p.kind.is_number() {
            assert!(!set.value_text(p, Locale::En).contains('{'), "{}", p.id);
            assert!(!has_han(&set.value_text(p, Locale::En)), "{}", p.id);
        }
        assert!(set.parameters_of(p.article.number).any(|q| q.id == p.id));
    }
}

#[test]
fn shipped_limits_are_those_of_the_product() {
    let set = RuleSet::shipped();
    let expected = [
        (Limit::Accept, 1),
        (Limit::Dispatch, 1),
        (Limit::Take, 1),
        (Limit::Contact, 1),
        (Limit::Consultation, 2),
        (Limit::Ordinary, 5),
        (Limit::Complex, 15),
        (Limit::Extension, 15),
        (Limit::Silence, 5),
        (Limit::UrgeInterval, 2),
        (Limit::CallBack, 5),
        (Limit::Improvement, 5),
        (Limit::LatePayment, 10),
        (Limit::Publicity, 5),
        (Limit::PublicityLong, 7),
        (Limit::Defence, 5),
        (Limit::RemindBefore, 1),
        (Limit::UrgeAfter, 0),
        (Limit::WarnAfter, 1),
        (Limit::EscalateAfter, 3),
    ];
    for (limit, days) in expected {
        assert_eq!(set.span(limit), Span::WorkingDays(days), "{}", limit.id());
        assert_eq!(set.working_days(limit), Some(days));
        assert_eq!(set.calendar_days(limit), None);
    }
    assert_eq!(set.calendar_days(Limit::Reopen), Some(30));
    assert_eq!(set.span(Limit::IncidentReport), Span::Hours(4));
    assert_eq!(set.count(Count::CallBackTries), 3);
    assert_eq!(set.count(Count::CallBackDays), 2);
    assert_eq!(set.count(Count::FollowUpTries), 10);
    assert_eq!(set.count(Count::ExtensionTimes), 1);
    assert_eq!(set.count(Count::FormalCheckReturns), 2);
    assert_eq!(set.count(Count::PanelMin), 3);
    assert!(set.flag(Flag::PublicityFirstDayCounts));
    assert_eq!(set.share(Share::BudgetAlert), 90);
    assert_eq!(set.phrase(Phrase::WindowProtectedWords), "窗口平台");
}

#[test]
fn five_refusal_grounds_say_whom_to_ask() {
    let set = RuleSet::shipped();
    assert_eq!(set.refusal_grounds().len(), 5);
    for ground in set.refusal_grounds() {
        assert!(ground.active);
        assert!(has_han(&ground.text.zh) && has_han(&ground.ask_instead.zh));
        assert!(!has_han(&ground.text.en) && !has_han(&ground.ask_instead.en));
    }
    assert!(set.refusal_ground("state-secret").is_some());
    assert!(set.refusal_ground("nonsense").is_none());
}

#[test]
fn articles_are_cited_in_both_languages() {
    const FIVE: ArticleRef = art(5);
    assert_eq!(FIVE.label(Locale::Zh), "第五条");
    assert_eq!(FIVE.label(Locale::En), "Art. 5");
    assert_eq!(art(10).label(Locale::Zh), "第十条");
    assert_eq!(art(28).label(Locale::Zh), "第二十八条");
    assert_eq!(art_item(12, 1).label(Locale::Zh), "第十二条第一项");
    assert_eq!(art_item(12, 1).label(Locale::En), "Art. 12(1)");
    assert_eq!(art_item(12, 1).to_string(), "12(1)");
    assert_eq!(art_item(12, 1).anchor(), "a12");
    let set = RuleSet::shipped();
    assert_eq!(set.chapter_label(&set.chapters()[3], Locale::Zh), "第四章 窗口平台管理");
    assert_eq!(set.article(20).map(|a| a.label(Locale::Zh)), Some("第二十条".to_owned()));
    assert!(set.article(0).is_none() && set.article(29).is_none());
}

#[test]
fn references_read_back() {
    for text in ["1", "28", "7(3)", "12(2)"] {
        assert_eq!(text.parse::<ArticleRef>().unwrap().to_string(), text);
    }
    for text in ["", "0", "29", "7(", "7()", "7(0)", "7(x)", "a7", "-1"] {
        assert!(text.parse::<ArticleRef>().is_err(), "{text}");
    }
}

#[test]
fn numerals() {
    let known = [(0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (99, "九十九")];
    for (n, text) in known {
        assert_eq!(chinese_numeral(n), text);
    }
    assert_eq!(chinese_numeral(100), "100");
}

#[test]
fn values_read_naturally() {
    let set = RuleSet::shipped();
    let text = |id: &str, locale| set.value_text(set.param(id).unwrap(), locale);
    assert_eq!(text("request-accept", Locale::En), "1 working day");
    assert_eq!(text("answer-ordinary", Locale::En), "5 working days");
    assert_eq!(text("answer-ordinary", Locale::Zh), "5个工作日");
    assert_eq!(text("satisfied-includes-basic", Locale::En), "yes");
    assert_eq!(text("revocation-hearing", Locale::Zh), "否");
}

#[test]
fn validity_follows_the_dates() {
    let set = RuleSet::shipped();
    assert_eq!(set.validity(day("2020-08-31")), Validity::NotYet { from: day("2020-09-01") });
    assert_eq!(set.validity(day("2020-09-01")), Validity::InForce { until: day("2025-08-31") });
    assert_eq!(set.validity(day("2025-08-31")), Validity::InForce { until: day("2025-08-31") });
    let open = Validity::Continued { lapsed: day("2025-08-31"), document: None, until: None };
    assert_eq!(set.validity(day("2025-09-01")), open);
    assert!(open.needs_line());
    let zh = set.validity_line(Locale::Zh, day("2026-11-24"));
    assert!(zh.contains("2025年8月31日") && zh.contains("尚未录入"), "{zh}");
    let en = set.validity_line(Locale::En, day("2026-11-24"));
    assert!(en.contains("31 August 2025"), "{en}");
}

#[test]
fn validity_lines_fill_every_placeholder() {
    let doc = ("validity.document", "厦工信〔2025〕1号");
    let until = ("validity.until", "2027-12-31");
    let replaced = ("validity.state", "replaced");
    let since = ("validity.replaced-on", "2026-06-01");
    let sets = [
        version2(&[]).unwrap(),
        version2(&[doc]).unwrap(),
        version2(&[until]).unwrap(),
        version2(&[doc, until]).unwrap(),
        version2(&[replaced, since]).unwrap(),
        version2(&[replaced, since, ("validity.replaced-by", "新办法 {until}")]).unwrap(),
    ];
    let mut lines = BTreeSet::new();
    for set in &sets {
        for on in ["2020-01-01", "2024-01-01", "2026-01-01", "2026-06-01", "2029-01-01"] {
            for locale in Locale::ALL {
                let line = set.validity_line(locale, day(on));
                let left = line.replace("新办法 {until}", "");
                assert!(!left.contains(['{', '}']), "{line}");
                lines.insert(line);
            }
        }
    }
    assert_eq!(lines.len(), 2 * 9, "each of the nine lines occurs in both languages: {lines:#?}");
}

#[test]
fn a_new_version_replaces_values_and_keeps_the_rest() {
    let set = version2(&[
        ("answer-ordinary", " 7 "),
        ("satisfied-includes-basic", "false"),
        ("refusal.state-secret", "false"),
        ("document-number", "厦工信规〔2020〕0号"),
    ])
    .unwrap();
    assert_eq!(set.version(), 2);
    assert_eq!(set.working_days(Limit::Ordinary), Some(7));
    assert!(!set.flag(Flag::SatisfiedIncludesBasic));
    assert!(!set.refusal_ground("state-secret").unwrap().active);
    assert_eq!(set.working_days(Limit::Complex), Some(15));
    assert_eq!(RuleSet::shipped().working_days(Limit::Ordinary), Some(5));

    let stored = set.overrides_against(RuleSet::shipped());
    assert_eq!(stored.len(), 4);
    assert_eq!(RuleSet::shipped().with_overrides(&stored, 2).unwrap(), set);
    assert!(RuleSet::shipped().overrides_against(RuleSet::shipped()).is_empty());
}

#[test]
fn a_new_version_is_checked() {
    let bad = |id: &str, problem| RuleError::BadValue { id: id.to_owned(), problem };
    let cases = [
        (("request-accept", "0"), bad("request-accept", ValueProblem::TooSmall { min: 1 })),
        (("request-accept", "11"), bad("request-accept", ValueProblem::TooLarge { max: 10 })),
        (("request-accept", "-1"), bad("request-accept", ValueProblem::NotANumber)),
        (("request-accept", "two"), bad("request-accept", ValueProblem::NotANumber)),
        (("panel-min", "4"), bad("panel-min", ValueProblem::NotOdd)),
        (("revocation-hearing", "maybe"), bad("revocation-hearing", ValueProblem::NotAFlag)),
        (("window-protected-words", " "), bad("window-protected-words", ValueProblem::Empty)),
        (
            ("answer-ordinary", "16"),
            bad("answer-ordinary", ValueProblem::Exceeds { other: "answer-complex".to_owned() }),
        ),
        (("validity.until", "tomorrow"), bad("validity.until", ValueProblem::NotADate)),
        (("validity.state", "gone"), bad("validity.state", ValueProblem::NotAState)),
        (("validity.until", "2025-01-01"), RuleError::DatesOutOfOrder),
        (("validity.state", "replaced"), RuleError::DatesOutOfOrder),
        (("no-such-thing", "1"), RuleError::UnknownId { id: "no-such-thing".to_owned() }),
        (("refusal.none", "true"), RuleError::UnknownId { id: "refusal.none".to_owned() }),
    ];
    for (pair, error) in cases {
        assert_eq!(version2(&[pair]).unwrap_err(), error, "{pair:?}");
    }
    let shipped = RuleSet::shipped();
    assert_eq!(&shipped.with_overrides(&BTreeMap::new(), 1).unwrap(), shipped);
    let change = overrides(&[("request-accept", "2")]);
    assert!(matches!(shipped.with_overrides(&change, 1), Err(RuleError::VersionNotHigher { .. })));
}

#[test]
fn a_broken_file_is_refused() {
    assert!(matches!(broken("id = \"xiamen-2020\"", "id = "), RuleError::Syntax { .. }));
    assert!(matches!(broken("version = 1", "version = 1\nsurprise = 2"), RuleError::Syntax { .. }));
    assert_eq!(
        broken("number = 28\nchapter = 7", "number = 27\nchapter = 7"),
        RuleError::MissingArticle { number: 28 }
    );
    assert!(matches!(broken("id = \"request-accept\"", "id = \"request-dispatch\""), RuleError::DuplicateId { .. }));
    assert!(matches!(broken("id = \"request-accept\"", "id = \"request-took\""), RuleError::UnknownId { .. }));
    assert!(matches!(broken("id = \"request-accept\"", "id = \"Request Accept\""), RuleError::BadId { .. }));
    assert!(matches!(broken("article = \"7(4)\"", "article = \"7(5)\""), RuleError::BadArticle { .. }));
    assert!(matches!(broken("article = \"7(4)\"", "article = \"70\""), RuleError::Syntax { .. }));
    assert!(matches!(broken("unit = \"hours\"", "unit = \"moons\""), RuleError::NoUnit { .. }));
    assert!(matches!(broken("value = 4\n", "value = 400\n"), RuleError::BadValue { .. }));
    assert!(matches!(broken("%Y年", "%!年"), RuleError::BadDatePattern { .. }));
    assert!(matches!(broken("en = \"yes\"", "en = \" \""), RuleError::EmptyText { .. }));
}

#[test]
fn a_set_survives_serialisation() {
    let text = toml::to_string(RuleSet::shipped()).unwrap();
    assert_eq!(&RuleSet::parse(&text).unwrap(), RuleSet::shipped());
}

#[test]
fn values_are_never_read_as_patterns() {
    assert_eq!(fill("{a}-{b}-{c}", &[("a", "{b}"), ("b", "x")]), "{b}-x-{c}");
    assert_eq!(fill("open { brace", &[("a", "1")]), "open { brace");
}
