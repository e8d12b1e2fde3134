//! Links in messages (Art. 5): a firm that left a phone number is told what happened, and the link in the message opens
//! one page without sign-in, for one purpose.
//!
//! Vocabulary: a *link* belongs to one request and one *purpose* – judge an answer, supply what was asked, or see what
//! was decided. It is made in the transaction of the step it tells of and bound to its *round*: the step that gave the
//! answer or asked the question. When that has been overtaken, the link says so and does nothing. Whoever holds it acts as
//! the *bearer*, through the same actions as with number and query code. Opening it changes nothing: programs that show
//! previews of messages open links too.
//!
//! Which event tells whom stands in [`Event`]; the texts are those of [`huiqi_identity::gateway`].

use huiqi_identity::gateway::Template;
use huiqi_kernel::codes;
use huiqi_store::job::Job;
use huiqi_web::Slice;

use crate::t;

pub mod actions;
pub(crate) mod jobs;
mod migrations;
mod pages;
mod routes;

pub use actions::tell_in;

codes! {
    /// What a link is for.
    pub enum Purpose {
        /// Confirm, ask to do it again, grade.
        Judge = "judge",
        /// Answer a question, or fill a gap, with pictures.
        Supply = "supply",
        /// Read what was decided.
        See = "see",
    }
}

codes! {
    /// What is told to the phone that was left for a request.
    ///
    /// The firm's own wish decides how much: who asked for text messages is told everything; who asked to be called is
    /// told by text only of the answer, because it can be judged with one tap, and reminded of it once; who looks by himself is told nothing. Text
    /// messages go to mobile numbers only. For a report (举报) nothing is sent unless the reporter asked for text messages;
    /// then the message names the number and nothing else, and the page behind its link asks for the query code.
    pub enum Event {
        /// 受理.
        Accepted = "accepted",
        /// 退回补正.
        Returned = "returned",
        /// 不予受理.
        Refused = "refused",
        /// The handler asks the firm.
        Asked = "asked",
        /// The limit was extended.
        Extended = "extended",
        /// The answer stands.
        Answered = "answered",
        /// Closed on the spot.
        Spot = "spot",
        /// Ended without the firm's word.
        Lapsed = "lapsed",
        /// The one reminder before silence ends a request.
        Reminder = "reminder",
    }
}

impl Event {
    /// The text.
    fn template(self) -> Template {
        match self {
            Event::Accepted => Template::RequestAccepted,
            Event::Returned => Template::RequestReturned,
            Event::Refused => Template::RequestRefused,
            Event::Asked => Template::RequestAsked,
            Event::Extended => Template::RequestExtended,
            Event::Answered => Template::RequestAnswered,
            Event::Spot => Template::RequestSpot,
            Event::Lapsed => Template::RequestLapsed,
            Event::Reminder => Template::RequestReminder,
        }
    }

    /// What its link is for.
    fn purpose(self) -> Purpose {
        match self {
            Event::Returned | Event::Asked => Purpose::Supply,
            Event::Answered | Event::Spot | Event::Lapsed | Event::Reminder => Purpose::Judge,
            Event::Accepted | Event::Refused | Event::Extended => Purpose::See,
        }
    }

    /// Whether it is told to somebody who wants to be reached like this.
    fn reaches(self, reach: &str, report: bool) -> bool {
        match reach {
            "text" => !(report && self == Event::Reminder),
            "call" => !report && matches!(self, Event::Answered | Event::Spot | Event::Reminder),
            _ => false,
        }
    }
}

impl Purpose {
    /// The steps whose latest one a link of this purpose is bound to.
    fn steps(self) -> &'static [&'static str] {
        match self {
            Purpose::Judge => &["answer", "close-on-spot"],
            Purpose::Supply => &["ask-firm", "return"],
            Purpose::See => &["accept", "refuse", "extend"],
        }
    }
}

/// Table, URLs and the reminder.
pub fn slice() -> Slice {
    Slice {
        migrations: migrations::MIGRATIONS,
        routes: routes::routes(),
        jobs: vec![Job {
            name: "links.remind",
            title: |l| t(l).link_job_remind(),
            every_ms: 300_000,
            run: |ctx| Box::pin(async move { jobs::run(&ctx).await }),
        }],
        ..Slice::new("links")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::flow::Action;

    #[test]
    fn the_firm_decides_how_much_it_is_told() {
        for event in Event::ALL {
            assert!(event.reaches("text", false) && !event.reaches("site", false), "{}", event.code());
            assert!(!event.reaches("call", true) && !event.reaches("site", true));
        }
        assert!(Event::Answered.reaches("call", false) && !Event::Accepted.reaches("call", false));
        assert!(Event::Answered.reaches("text", true) && !Event::Reminder.reaches("text", true));
    }

    #[test]
    fn links_are_bound_to_steps_that_exist() {
        for purpose in Purpose::ALL {
            assert!(purpose.steps().iter().all(|step| Action::from_code(step).is_some()));
        }
    }
}
