//! Conditions of the request's steps, and its limits. Pure: no database, no clock.

use huiqi_casework::record::Case;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::rule::Limit;
use huiqi_web::dates;

use super::flow::{Channel, Class, RequestFacts, RequestKind, State};
use crate::t;

/// The limit from dispatch to answer, by class.
pub fn service_limit(facts: &RequestFacts) -> Limit {
    match facts.class {
        Some(Class::Consultation) => Limit::Consultation,
        Some(Class::Complex) => Limit::Complex,
        Some(Class::Ordinary) | None => Limit::Ordinary,
    }
}

/// The class a kind of request has unless somebody says otherwise.
pub fn usual_class(kind: RequestKind) -> Class {
    match kind {
        RequestKind::Consultation => Class::Consultation,
        RequestKind::Need | RequestKind::Suggestion => Class::Ordinary,
        RequestKind::Complaint | RequestKind::Report => Class::Complex,
    }
}

/// A window accepts and handles what came to its own counter.
pub fn own_counter(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.channel == Channel::Window && facts.case.handler_window.is_some() {
        Ok(())
    } else {
        Err(Refusal::hidden())
    }
}

/// Only a plain question ends on the spot; what is about somebody in the network, or asks for more, goes its way.
/// It is counted by category, so it has one.
pub fn plain_question(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.case.kind.as_deref() != Some(RequestKind::Consultation.code()) || facts.about {
        Err(Refusal::because(|l| t(l).request_blocked_spot()))
    } else if facts.case.category.is_none() {
        Err(Refusal::because(|l| t(l).counter_category_missing()))
    } else {
        Ok(())
    }
}

/// All gaps are named at once, so it is returned once.
pub fn may_return(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.returned < facts.most.0 { Ok(()) } else { Err(Refusal::because(|l| t(l).request_blocked_returned())) }
}

/// Extended once, with a reason the firm reads.
pub fn may_extend(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.extended < facts.most.1 { Ok(()) } else { Err(Refusal::because(|l| t(l).request_blocked_extended())) }
}

/// Nobody closes a matter over the firm's head: shown as a line with its reason, never allowed.
pub fn no_answer_yet(_: &RequestFacts) -> Result<(), Refusal> {
    Err(Refusal::because(|l| t(l).request_blocked_no_answer()))
}

/// A report (举报) stays alone: who reports must not show through another matter.
pub fn may_merge(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.case.is_report() { Err(Refusal::hidden()) } else { Ok(()) }
}

/// What leaves another request goes back to where it was taken out: to the dispatcher once it was accepted.
pub fn was_accepted(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.accepted { Ok(()) } else { Err(Refusal::hidden()) }
}

/// As [`was_accepted`], for what nobody had accepted yet.
pub fn was_not_accepted(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.accepted { Err(Refusal::hidden()) } else { Ok(()) }
}

/// Whom a request is about: an organisation and a window of the network.
pub type About = (Option<i64>, Option<i64>);

/// Whether two requests may be one matter: both open and led by one desk, no reports, and a complaint only with another
/// one about the same.
pub fn one_matter(case: &Case, about: About, other: &Case, other_about: About) -> Result<(), Refusal> {
    let is = |c: &Case, kind: RequestKind| c.kind.as_deref() == Some(kind.code());
    let open = [State::Submitted, State::Accepted, State::Dispatched, State::InProgress, State::Waiting];
    if case.id == other.id {
        Err(Refusal::because(|l| t(l).merge_blocked_self()))
    } else if case.is_report() || other.is_report() {
        Err(Refusal::hidden())
    } else if case.desk != other.desk {
        Err(Refusal::because(|l| t(l).merge_blocked_desk()))
    } else if !open.iter().any(|s| s.code() == other.state) {
        Err(Refusal::because(|l| t(l).merge_blocked_over(&other.number)))
    } else if is(case, RequestKind::Complaint) != is(other, RequestKind::Complaint) {
        Err(Refusal::because(|l| t(l).merge_blocked_kind()))
    } else if is(case, RequestKind::Complaint) && about != other_about {
        Err(Refusal::because(|l| t(l).merge_blocked_about()))
    } else {
        Ok(())
    }
}

/// Urging has an interval.
pub fn may_urge(facts: &RequestFacts) -> Result<(), Refusal> {
    match facts.urge_from {
        Some(from) if facts.today < from => {
            Err(Refusal::because(|l| t(l).request_blocked_urged(dates::date_act_words(from, facts.today, l))))
        }
        _ => Ok(()),
    }
}

/// Reopening has an end.
pub fn may_reopen(facts: &RequestFacts) -> Result<(), Refusal> {
    match facts.reopen_until {
        Some(until) if facts.today <= until => Ok(()),
        _ => Err(Refusal::because(|l| t(l).request_blocked_reopen())),
    }
}

/// Somebody who has to call about a closed matter may reopen it on the firm's word, with the same end as the firm itself.
pub fn may_reopen_by_call(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.call_open { may_reopen(facts) } else { Err(Refusal::hidden()) }
}
