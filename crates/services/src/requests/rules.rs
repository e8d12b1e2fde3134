//! Conditions of the request's steps, and its limits. Pure: no database, no clock.

use huiqi_kernel::flow::Refusal;
use huiqi_kernel::rule::Limit;

use super::flow::{Channel, Class, RequestFacts, RequestKind};
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
pub fn plain_question(facts: &RequestFacts) -> Result<(), Refusal> {
    if facts.case.kind.as_deref() == Some(RequestKind::Consultation.code()) && !facts.about {
        Ok(())
    } else {
        Err(Refusal::because(|l| t(l).request_blocked_spot()))
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

/// Urging has an interval.
pub fn may_urge(facts: &RequestFacts) -> Result<(), Refusal> {
    match facts.urge_from {
        Some(from) if facts.today < from => {
            Err(Refusal::because(|l| t(l).request_blocked_urged(huiqi_web::dates::date_words(from, facts.today, l))))
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
