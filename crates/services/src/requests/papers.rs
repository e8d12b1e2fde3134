//! The papers a request's steps issue, with what each of them says.

use huiqi_casework::papers::{Fields, PaperKind, issue_in};
use huiqi_casework::record::Case;
use huiqi_identity::organisations::capacities_in;
use huiqi_kernel::clock::deadline_provisional;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::{Capacity, Label};
use huiqi_kernel::rule::{Count, Limit};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Fault, Work};
use huiqi_web::dates;

use super::actions::Target;
use super::facts::Detail;
use super::flow::{Class, ClosedHow, RequestFacts, RequestKind};
use super::rules;
use crate::assignments::actions as assignments;
use crate::t;

/// The firm as a paper addresses it: its name in the register, else as it named itself, else who asks.
async fn firm_name(work: &Work, case: &Case, detail: &Detail) -> Result<String, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
    }
    if let Some(firm) = case.firm {
        let row: Option<Row> = work.one("SELECT name FROM organisation WHERE id = ?", [Value::from(firm)]).await?;
        return Ok(row.ok_or(Fault::NotFound)?.name);
    }
    let named = detail.firm_text.as_deref().map(str::trim).filter(|name| !name.is_empty());
    Ok(named.unwrap_or(&detail.contact_name).to_owned())
}

/// What every paper to the firm says.
async fn to_firm(work: &Work, case: &Case, detail: &Detail) -> Result<Fields, Fault> {
    Ok(Fields::new().text("to", &firm_name(work, case, detail).await?).query_code(&detail.query_code))
}

/// 受理通知书: how long it takes, counted to the day, and who answers for it.
pub(super) async fn accepted_in(
    work: &Work,
    case: &Case,
    detail: &Detail,
    facts: &RequestFacts,
    own: bool,
) -> Result<(), Fault> {
    let rules = case.rules(work.ctx());
    let class = facts.class.unwrap_or(Class::Ordinary);
    let days = rules.working_days(rules::service_limit(facts)).unwrap_or_default();
    let dispatch = case.due().filter(|_| !own).unwrap_or_else(|| work.today());
    let latest = deadline_provisional(&work.ctx().calendar(), dispatch, days, false);
    let fields = to_firm(work, case, detail)
        .await?
        .say("class", |l| t(l).request_paper_class(class.label(l)))
        .say("days", |_| days.to_string())
        .say("dispatch", |l| dates::date_full_words(dispatch, l))
        .day("latest", latest.due)
        .flag_if("own", own)
        .flag_if("provisional", case.provisional || latest.provisional);
    issue_in(work, case, PaperKind::AcceptanceNotice, fields).await?;
    Ok(())
}

/// The gaps named in a return, one a line; a number somebody typed before one is dropped, the paper numbers them.
pub fn gaps(words: &str) -> Vec<&str> {
    words.lines().map(unnumbered).filter(|line| !line.is_empty()).collect()
}

fn unnumbered(line: &str) -> &str {
    let line = line.trim();
    let digits = line.trim_start_matches(['(', '\u{ff08}']).trim_start_matches(|c: char| c.is_ascii_digit());
    let opened = line.trim_start_matches(['(', '\u{ff08}']);
    if opened.len() == digits.len() {
        return line.trim_start_matches(['-', '*', '\u{2022}', '\u{b7}']).trim();
    }
    match digits.strip_prefix(['.', '\u{3001}', '\u{ff0e}', ')', '\u{ff09}']) {
        // 1.5 is a figure, not a number before a line.
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit()) => rest.trim(),
        _ => line,
    }
}

/// 补正通知书: every gap at once.
pub(super) async fn returned_in(
    work: &Work,
    case: &Case,
    detail: &Detail,
    facts: &RequestFacts,
    words: &str,
) -> Result<(), Fault> {
    let mut named = gaps(words);
    if named.is_empty() {
        named.push(words);
    }
    let fields =
        to_firm(work, case, detail).await?.items("gaps", named).flag_if("once", facts.returned + 1 >= facts.most.0);
    issue_in(work, case, PaperKind::CorrectionNotice, fields).await?;
    Ok(())
}

/// 不予受理通知书: the ground, and whom to ask instead.
pub(super) async fn refused_in(
    work: &Work,
    case: &Case,
    detail: &Detail,
    ground: &str,
    words: &str,
) -> Result<(), Fault> {
    let rules = case.rules(work.ctx());
    let ground = rules.refusal_ground(ground).ok_or_else(|| Fault::internal("a refusal without a ground"))?;
    let fields = to_firm(work, case, detail)
        .await?
        .say("ground", |l| ground.text.get(l).to_owned())
        .say("instead", |l| ground.ask_instead.get(l).to_owned())
        .text("words", words);
    issue_in(work, case, PaperKind::RefusalNotice, fields).await?;
    Ok(())
}

/// 延期告知书: why, and the new day.
pub(super) async fn extended_in(
    work: &Work,
    case: &Case,
    detail: &Detail,
    before: &Case,
    days: u32,
    words: &str,
) -> Result<(), Fault> {
    let (Some(old), Some(new)) = (before.due(), case.due()) else { return Ok(()) };
    let fields = to_firm(work, case, detail)
        .await?
        .text("reason", words)
        .text("days", &days.to_string())
        .say("times", |l| t(l).request_paper_times(i64::from(case.rules(work.ctx()).count(Count::ExtensionTimes))))
        .day("before", old)
        .day("after", new)
        .flag_if("provisional", case.provisional);
    issue_in(work, case, PaperKind::ExtensionNotice, fields).await?;
    Ok(())
}

/// 办结通知书: the answer, and how the matter was closed, as it was.
pub(super) async fn closed_in(work: &Work, case: &Case, detail: &Detail, how: ClosedHow) -> Result<(), Fault> {
    let Some(answer) = detail.answer.as_deref() else { return Ok(()) };
    let by = match detail.answered_org {
        Some(organisation) => {
            let target = Target { organisation, window: detail.answered_window, lead: true, why: String::new() };
            assignments::names_in(work, &[target]).await?
        }
        None => Bilingual::say(|l| super::pages::desk_name(case.desk(), l)),
    };
    let rules = case.rules(work.ctx());
    let reopen = work.today() + chrono::Days::new(u64::from(rules.calendar_days(Limit::Reopen).unwrap_or_default()));
    let answered = dates::day_of(detail.answered_at.unwrap_or_else(|| work.now()));
    let fields = to_firm(work, case, detail)
        .await?
        .text("answer", answer)
        .say("answered", |l| dates::date_full_words(answered, l))
        .both("answered_by", &by)
        .say("reopen", |l| dates::date_full_words(reopen, l))
        .text("silence", &rules.working_days(Limit::Silence).unwrap_or_default().to_string())
        .flag(how.code());
    issue_in(work, case, PaperKind::ClosingNotice, fields).await?;
    Ok(())
}

/// 转办单: what a department is asked to do, on the assignment it gets.
pub(crate) async fn transferred_in(
    work: &Work,
    request: &Case,
    detail: &Detail,
    below: &Case,
    target: &Target,
) -> Result<(), Fault> {
    if target.window.is_some() || !capacities_in(work, target.organisation).await?.contains(&Capacity::Department) {
        return Ok(());
    }
    let masked = request.is_report();
    let kind = request.kind.as_deref().and_then(RequestKind::from_code).unwrap_or(RequestKind::Need);
    let to = assignments::names_in(work, std::slice::from_ref(target)).await?;
    let mut fields = Fields::new()
        .both("to", &to)
        .text("assignment", &below.number)
        .say("kind", |l| kind.label(l))
        .text("words", &detail.words)
        .flag_if("masked", masked);
    if !masked {
        fields = fields.text("firm", &firm_name(work, request, detail).await?);
    }
    if let Some(due) = request.due() {
        fields = fields.day("due", due);
    }
    // It belongs to the assignment, and names the request.
    let on = Case { id: below.id, ..request.clone() };
    issue_in(work, &on, PaperKind::TransferOrder, fields).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_one_a_line_without_their_own_numbers() {
        let words = "1. 营业执照副本\n（2）上年度报表\n\n 3、产线照片\n- 联系人\n1.5 倍产能的说明\n2026年计划";
        assert_eq!(gaps(words), ["营业执照副本", "上年度报表", "产线照片", "联系人", "1.5 倍产能的说明", "2026年计划"]);
        assert_eq!(gaps(" \n"), Vec::<&str>::new());
    }
}
