//! Conditions of common problems, and how alike requests are found. Pure: no database, no clock.

use std::collections::BTreeSet;

use huiqi_casework::record::Case;
use huiqi_kernel::flow::Refusal;

use super::flow::ProblemFacts;
use crate::requests::flow::{FLOW as REQUEST, RequestKind};
use crate::t;

/// The same answer goes only to those who do not have it yet.
pub fn somebody_new(facts: &ProblemFacts) -> Result<(), Refusal> {
    if facts.unanswered > 0 { Ok(()) } else { Err(Refusal::because(|l| t(l).problem_blocked_pass())) }
}

/// Whether a case may be gathered under a problem that this desk leads: a request, no report, of the same desk.
pub fn may_gather(case: &Case, desk: &str) -> Result<(), Refusal> {
    if case.flow != REQUEST.code || case.kind.as_deref() == Some(RequestKind::Report.code()) {
        Err(Refusal::because(|l| t(l).problem_blocked_kind(&case.number)))
    } else if case.desk != desk {
        Err(Refusal::because(|l| t(l).problem_blocked_desk(&case.number)))
    } else {
        Ok(())
    }
}

/// Share of the words of the shorter text that stand in the other one too, in percent.
pub fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let shorter = a.len().min(b.len());
    if shorter < 3 { 0 } else { a.intersection(b).count() * 100 / shorter }
}

/// From this share on two requests say the same.
pub const ALIKE: usize = 50;

/// Gathers texts of one category that say the same: each group around its first text, groups of at least `least`.
pub fn groups(texts: &[(String, BTreeSet<String>)], least: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, (category, words)) in texts.iter().enumerate() {
        let home = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                let (other, others) = &texts[*first];
                other == category && alike(others, words) >= ALIKE
            })
        });
        match home {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups.retain(|group| group.len() >= least.max(2));
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(category: &str, words: &str) -> (String, BTreeSet<String>) {
        (category.to_owned(), words.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn groups_of_one_category_that_say_the_same() {
        let texts = [
            text("05", "出口 检测 报告 被 退"),
            text("05", "招工 难 旺季"),
            text("05", "检测 报告 出口 退回"),
            text("02", "出口 检测 报告 被 退"),
            text("05", "出口 检测 报告 港口 不认"),
        ];
        assert_eq!(groups(&texts, 3), vec![vec![0, 2, 4]]);
        assert!(groups(&texts, 4).is_empty());
        assert_eq!(alike(&text("", "一 二").1, &text("", "一 二").1), 0, "too short to say anything");
    }
}
