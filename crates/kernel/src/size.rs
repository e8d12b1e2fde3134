//! Size classes of enterprises by the standard of 2011 (工信部联企业〔2011〕300号), on the industry codes of GB/T 4754-2017.
//!
//! The table is `data/size-standard.toml`. Large, medium and small need **every** limit listed for the industry; a firm that misses
//! one is tried one class down, and what is below small is micro. Industries outside the standard give [`SizeClass::NotApplicable`].
//! [`SizeClass::Undetermined`] is the answer when a figure the industry needs is missing, even if the others would already
//! settle the class, and when the code is too coarse to name one industry of the standard. A code that covers more than one industry
//! but names one of them in the table (division 59: warehousing, of which only group 591 is transport) follows that one.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::{industry::Industry, locale::Locale, money::Wan};

crate::codes! {
    /// The size class of an enterprise, or why there is none.
    pub enum SizeClass {
        /// Above the limits of this standard.
        Large = "large",
        /// Medium.
        Medium = "medium",
        /// Small.
        Small = "small",
        /// Micro.
        Micro = "micro",
        /// The standard says nothing about this industry.
        NotApplicable = "not-applicable",
        /// A figure is missing, or the industry is not known closely enough.
        Undetermined = "undetermined",
    }
}

crate::codes! {
    /// A figure of an enterprise that the standard looks at.
    pub enum Figure {
        /// Persons employed.
        Staff = "staff",
        /// Revenue, in 10,000 yuan.
        Revenue = "revenue",
        /// Total assets, in 10,000 yuan.
        Assets = "assets",
    }
}

impl SizeClass {
    /// The name on pages.
    pub fn label(self, locale: Locale) -> &'static str {
        TABLE.class.get(self.code()).map_or(self.code(), |n| locale.pick(&n.zh, &n.en))
    }

    /// Whether the firm is small or medium-sized in the sense of the law: medium, small or micro.
    pub const fn is_sme(self) -> bool {
        matches!(self, SizeClass::Medium | SizeClass::Small | SizeClass::Micro)
    }
}

impl Figure {
    /// The name on pages.
    pub fn label(self, locale: Locale) -> &'static str {
        TABLE.figure.get(self.code()).map_or(self.code(), |n| locale.pick(&n.zh, &n.en))
    }
}

/// What is known of an enterprise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Persons employed.
    pub staff: Option<u64>,
    /// Revenue of the year.
    pub revenue_wan: Option<Wan>,
    /// Total assets at the end of the year.
    pub assets_wan: Option<Wan>,
}

impl Figures {
    /// One of them on the scale on which limits are compared: persons, or hundredths of 10,000 yuan.
    fn scaled(&self, figure: Figure) -> Option<i128> {
        match figure {
            Figure::Staff => self.staff.map(i128::from),
            Figure::Revenue => self.revenue_wan.map(|w| i128::from(w.hundredths())),
            Figure::Assets => self.assets_wan.map(|w| i128::from(w.hundredths())),
        }
    }
}

/// The lower limits of one class in one industry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Persons.
    pub staff: Option<u32>,
    /// Revenue in whole 10,000 yuan.
    pub revenue: Option<u32>,
    /// Assets in whole 10,000 yuan.
    pub assets: Option<u32>,
}

impl Limits {
    /// The limit of one figure, in persons or whole 10,000 yuan.
    pub const fn of(&self, figure: Figure) -> Option<u32> {
        match figure {
            Figure::Staff => self.staff,
            Figure::Revenue => self.revenue,
            Figure::Assets => self.assets,
        }
    }
}

/// An industry of the standard and its limits.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its number in the standard, 1 to 16.
    pub number: u8,
    zh: String,
    en: String,
    codes: Vec<String>,
    /// From here on a firm is large.
    pub large: Limits,
    /// From here on a firm is medium.
    pub medium: Limits,
    /// From here on a firm is small; below it is micro.
    pub small: Limits,
}

impl Row {
    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }

    /// The prefixes of industry codes it covers.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The limits of a class; `None` for micro, which has none, and for what is no class.
    pub const fn limits(&self, class: SizeClass) -> Option<&Limits> {
        match class {
            SizeClass::Large => Some(&self.large),
            SizeClass::Medium => Some(&self.medium),
            SizeClass::Small => Some(&self.small),
            SizeClass::Micro | SizeClass::NotApplicable | SizeClass::Undetermined => None,
        }
    }

    /// The figures this industry is judged by.
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        Figure::ALL.iter().copied().filter(|f| self.large.of(*f).is_some())
    }
}

/// One comparison, or one obstacle, on the way to a class. Values are in persons or, for money, hundredths of 10,000 yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A figure reaches the lower limit of a class.
    Reached {
        /// The class.
        class: SizeClass,
        /// The figure.
        figure: Figure,
        /// The limit, in persons or whole 10,000 yuan.
        limit: u32,
    },
    /// A figure misses the lower limit of a class, so the firm is below that class.
    Missed {
        /// The class.
        class: SizeClass,
        /// The figure.
        figure: Figure,
        /// The limit, in persons or whole 10,000 yuan.
        limit: u32,
    },
    /// A figure this industry needs is missing.
    FigureMissing(Figure),
    /// The standard does not cover this industry.
    OutsideStandard,
    /// The code covers several industries of the standard with limits of their own: more digits are needed.
    IndustryTooCoarse,
    /// No industry of the standard has such a code.
    IndustryUnknown,
    /// Some groups of this division belong to another industry of the standard; taken is the one that names the division.
    DivisionTakenWhole,
}

/// A size class and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The class.
    pub class: SizeClass,
    /// The industry of the standard, where one applies.
    pub row: Option<&'static Row>,
    /// From the largest class tried down to the one found: which limits were reached and missed; or what stands in the way.
    pub why: Vec<Reason>,
}

/// The size class of an enterprise.
pub fn classify(industry: &Industry, figures: Figures) -> SizeClass {
    judge(industry, figures).class
}

/// The size class of an enterprise with the reasons.
pub fn judge(industry: &Industry, figures: Figures) -> Verdict {
    let (row, mut why) = match find(industry.code()) {
        Found::Row { row, whole } => (row, if whole { vec![Reason::DivisionTakenWhole] } else { Vec::new() }),
        Found::Outside => {
            return Verdict { class: SizeClass::NotApplicable, row: None, why: vec![Reason::OutsideStandard] };
        }
        Found::Coarse => {
            return Verdict { class: SizeClass::Undetermined, row: None, why: vec![Reason::IndustryTooCoarse] };
        }
        Found::Unknown => {
            return Verdict { class: SizeClass::Undetermined, row: None, why: vec![Reason::IndustryUnknown] };
        }
    };
    let missing = row.figures().filter(|f| figures.scaled(*f).is_none()).map(Reason::FigureMissing);
    let before = why.len();
    why.extend(missing);
    if why.len() > before {
        return Verdict { class: SizeClass::Undetermined, row: Some(row), why };
    }
    for class in [SizeClass::Large, SizeClass::Medium, SizeClass::Small] {
        let mut all_reached = true;
        for figure in row.figures() {
            let (Some(limit), Some(value)) = (row.limits(class).and_then(|l| l.of(figure)), figures.scaled(figure))
            else {
                continue;
            };
            let scale = if figure == Figure::Staff { 1 } else { 100 };
            if value >= i128::from(limit) * scale {
                why.push(Reason::Reached { class, figure, limit });
            } else {
                all_reached = false;
                why.push(Reason::Missed { class, figure, limit });
            }
        }
        if all_reached {
            return Verdict { class, row: Some(row), why };
        }
    }
    Verdict { class: SizeClass::Micro, row: Some(row), why }
}

/// The industries of the standard with their limits, in its order.
pub fn limits() -> &'static [Row] {
    &TABLE.industry
}

/// Number of the document that sets the standard.
pub fn document() -> &'static str {
    &TABLE.document
}

enum Found {
    Row { row: &'static Row, whole: bool },
    Outside,
    Coarse,
    Unknown,
}

/// The longest prefix in the table that fits decides; a code that is itself only a prefix of entries is too coarse.
fn find(code: &str) -> Found {
    let outside = TABLE.outside.iter().map(|prefix| (prefix.as_str(), None));
    let rows = TABLE.industry.iter().flat_map(|row| row.codes.iter().map(move |prefix| (prefix.as_str(), Some(row))));
    let entries: Vec<(&str, Option<&'static Row>)> = outside.chain(rows).collect();
    let best = entries.iter().filter(|(prefix, _)| code.starts_with(prefix)).max_by_key(|(prefix, _)| prefix.len());
    let finer = entries.iter().any(|(prefix, _)| prefix.len() > code.len() && prefix.starts_with(code));
    match best {
        Some((_, Some(row))) => Found::Row { row, whole: finer },
        Some((_, None)) => Found::Outside,
        None if finer => Found::Coarse,
        None => Found::Unknown,
    }
}

#[derive(Deserialize)]
struct Table {
    document: String,
    outside: Vec<String>,
    class: BTreeMap<String, Names>,
    figure: BTreeMap<String, Names>,
    industry: Vec<Row>,
}

#[derive(Deserialize)]
struct Names {
    zh: String,
    en: String,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/size-standard.toml"))
        .expect("shipped at build time, read by the tests of this module")
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures(staff: u64, revenue: i64, assets: i64) -> Figures {
        Figures {
            staff: Some(staff),
            revenue_wan: Some(Wan::from_whole(revenue)),
            assets_wan: Some(Wan::from_whole(assets)),
        }
    }

    fn class(industry: &str, staff: u64, revenue: i64, assets: i64) -> &'static str {
        classify(&Industry::parse(industry).unwrap(), figures(staff, revenue, assets)).code()
    }

    #[test]
    fn known_cases() {
        assert_eq!(class("C34", 1200, 3000, 0), "medium");
        assert_eq!(class("I65", 103, 15_735, 0), "medium");
        assert_eq!(class("C34", 19, 99_999, 0), "micro");
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(limits().iter().map(|r| r.number).collect::<Vec<_>>(), (1..=16).collect::<Vec<_>>());
        for row in limits() {
            for figure in Figure::ALL {
                let three = [&row.large, &row.medium, &row.small].map(|l| l.of(*figure));
                assert!(
                    three.iter().all(Option::is_none)
                        || (three[0] > three[1] && three[1] > three[2] && three[2].is_some()),
                    "{} {figure:?}",
                    row.number
                );
            }
            assert!(row.figures().count() >= 1);
            for locale in Locale::ALL {
                assert!(!row.name(locale).is_empty());
            }
        }
        for class in SizeClass::ALL {
            assert_ne!(class.label(Locale::Zh), class.code());
            assert!(TABLE.class.contains_key(class.code()));
        }
        for figure in Figure::ALL {
            assert!(TABLE.figure.contains_key(figure.code()));
        }
    }

    /// Each industry at each of its limits, and one below in each figure.
    #[test]
    fn limits_belong_to_the_class_above() {
        let order = [SizeClass::Large, SizeClass::Medium, SizeClass::Small, SizeClass::Micro];
        for row in limits() {
            let industry = Industry::parse(&row.codes()[0]).unwrap();
            for (index, at) in order[..3].iter().enumerate() {
                let limits = row.limits(*at).unwrap();
                let exact = |f| limits.of(f).map(i64::from);
                let build = |staff: Option<i64>, revenue: Option<i64>, assets: Option<i64>| Figures {
                    staff: staff.map(|v| u64::try_from(v).unwrap()),
                    revenue_wan: revenue.map(Wan::from_hundredths),
                    assets_wan: assets.map(Wan::from_hundredths),
                };
                let base = [
                    exact(Figure::Staff),
                    exact(Figure::Revenue).map(|v| v * 100),
                    exact(Figure::Assets).map(|v| v * 100),
                ];
                assert_eq!(classify(&industry, build(base[0], base[1], base[2])), *at, "{} {at:?}", row.number);
                for lowered in 0..3 {
                    let Some(value) = base[lowered] else { continue };
                    let mut below = base;
                    below[lowered] = Some(value - 1);
                    assert_eq!(
                        classify(&industry, build(below[0], below[1], below[2])),
                        order[index + 1],
                        "{} {at:?}",
                        row.number
                    );
                }
            }
        }
    }

    #[test]
    fn industries_go_to_their_rows() {
        let row = |code: &str| judge(&Industry::parse(code).unwrap(), figures(1, 1, 1)).row.map(|r| r.number);
        for (code, number) in [
            ("A", 1),
            ("A0111", 1),
            ("B06", 2),
            ("C", 2),
            ("D44", 2),
            ("E4710", 3),
            ("F51", 4),
            ("F5212", 5),
            ("G54", 6),
            ("G58", 6),
            ("G591", 6),
            ("G5910", 6),
            ("G59", 7),
            ("G594", 7),
            ("G60", 8),
            ("H61", 9),
            ("H62", 10),
            ("I63", 11),
            ("I6410", 11),
            ("I65", 12),
            ("K7010", 13),
            ("K701", 13),
            ("K702", 14),
            ("K7020", 14),
            ("L", 15),
            ("L7299", 15),
            ("M73", 16),
            ("N", 16),
            ("O80", 16),
            ("Q85", 16),
            ("R90", 16),
            ("K703", 16),
            ("K7090", 16),
        ] {
            assert_eq!(row(code), Some(number), "{code}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for code in ["G53", "J66", "J", "P83", "Q84", "Q8411", "S91", "T97", "K704", "K7040"] {
            assert_eq!(class(code, 50, 5000, 5000), "not-applicable", "{code}");
        }
        for code in ["F", "G", "H", "I", "K", "K70", "Q"] {
            let verdict = judge(&Industry::parse(code).unwrap(), figures(50, 5000, 5000));
            assert_eq!(
                (verdict.class, verdict.why),
                (SizeClass::Undetermined, vec![Reason::IndustryTooCoarse]),
                "{code}"
            );
        }
        let verdict = judge(&Industry::parse("K705").unwrap(), figures(50, 5000, 5000));
        assert_eq!((verdict.class, verdict.why), (SizeClass::Undetermined, vec![Reason::IndustryUnknown]));
        let verdict = judge(&Industry::parse("G59").unwrap(), figures(50, 500, 500));
        assert_eq!((verdict.class, verdict.why[0]), (SizeClass::Small, Reason::DivisionTakenWhole));
    }

    #[test]
    fn a_missing_figure_is_named_and_one_not_needed_is_not_missed() {
        let industry = Industry::parse("I65").unwrap();
        let verdict = judge(&industry, Figures { staff: Some(5), ..Figures::default() });
        assert_eq!(
            (verdict.class, verdict.why),
            (SizeClass::Undetermined, vec![Reason::FigureMissing(Figure::Revenue)])
        );
        let known = Figures { staff: Some(103), revenue_wan: Some(Wan::from_whole(15_735)), assets_wan: None };
        assert_eq!(classify(&industry, known), SizeClass::Medium);
        let farm = Figures { revenue_wan: Some(Wan::from_whole(50)), ..Figures::default() };
        assert_eq!(classify(&Industry::parse("A").unwrap(), farm), SizeClass::Small);
        // Nothing known does not make an industry outside the standard undetermined.
        assert_eq!(classify(&Industry::parse("J66").unwrap(), Figures::default()), SizeClass::NotApplicable);
    }

    #[test]
    fn the_reasons_show_the_way_down() {
        let verdict = judge(&Industry::parse("C34").unwrap(), figures(1200, 3000, 0));
        assert_eq!(
            verdict.why,
            [
                Reason::Reached { class: SizeClass::Large, figure: Figure::Staff, limit: 1000 },
                Reason::Missed { class: SizeClass::Large, figure: Figure::Revenue, limit: 40_000 },
                Reason::Reached { class: SizeClass::Medium, figure: Figure::Staff, limit: 300 },
                Reason::Reached { class: SizeClass::Medium, figure: Figure::Revenue, limit: 2000 },
            ]
        );
    }

    #[test]
    fn codes_and_labels() {
        for class in SizeClass::ALL {
            assert_eq!(SizeClass::from_code(class.code()), Some(*class));
        }
        assert_eq!(SizeClass::Micro.label(Locale::Zh), "微型");
        assert_eq!(SizeClass::NotApplicable.label(Locale::En), "not applicable");
        assert!(SizeClass::Micro.is_sme() && !SizeClass::Large.is_sme() && !SizeClass::Undetermined.is_sme());
        assert_eq!(document(), "工信部联企业〔2011〕300号");
    }

    proptest! {
        /// More of anything never makes a firm smaller.
        #[test]
        fn size_is_monotone(
            row in 0_usize..16, staff in 0_u64..2500, revenue in 0_i64..250_000, assets in 0_i64..150_000,
            more_staff in 0_u64..2500, more_revenue in 0_i64..250_000, more_assets in 0_i64..150_000,
        ) {
            let industry = Industry::parse(&limits()[row].codes()[0]).unwrap();
            let less = classify(&industry, figures(staff, revenue, assets));
            let more = classify(&industry, figures(staff + more_staff, revenue + more_revenue, assets + more_assets));
            // The order of declaration runs from large to micro.
            prop_assert!(more <= less);
        }

        /// The class found has all its limits reached, and the one above not.
        #[test]
        fn the_class_found_is_the_largest_reached(row in 0_usize..16, staff in 0_u64..2500, revenue in 0_i64..250_000, assets in 0_i64..150_000) {
            let row = &limits()[row];
            let figures = figures(staff, revenue, assets);
            let class = classify(&Industry::parse(&row.codes()[0]).unwrap(), figures);
            let reached = |class| row.limits(class).is_none_or(|l| {
                l.staff.is_none_or(|x| staff >= u64::from(x))
                    && l.revenue.is_none_or(|y| revenue >= i64::from(y))
                    && l.assets.is_none_or(|z| assets >= i64::from(z))
            });
            let found = [SizeClass::Large, SizeClass::Medium, SizeClass::Small, SizeClass::Micro].into_iter().find(|c| reached(*c));
            prop_assert_eq!(Some(class), found);
        }

        #[test]
        fn no_figures_make_it_panic(staff in any::<u64>(), revenue in any::<i64>(), assets in any::<i64>()) {
            for row in limits() {
                let figures = Figures {
                    staff: Some(staff),
                    revenue_wan: Some(Wan::from_hundredths(revenue)),
                    assets_wan: Some(Wan::from_hundredths(assets)),
                };
                let _ = judge(&Industry::parse(&row.codes()[0]).unwrap(), figures);
            }
        }
    }
}
