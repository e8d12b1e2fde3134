//! The request: what states it has, who may do what in them, which limits run, under which article.

use chrono::NaiveDate;
use huiqi_casework::record::{Case, Desk, Stage, Turn};
use huiqi_kernel::codes;
use huiqi_kernel::flow::{Facts, Flow, Registered, Step, Tie, step};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, FIRM, HANDLERS, Label, Role};
use huiqi_kernel::rule::art;

use super::rules;
use crate::t;

codes! {
    /// Where a request stands.
    pub enum State {
        /// Being written; exists only inside the transaction that submits it.
        Draft = "draft",
        /// 待受理.
        Submitted = "submitted",
        /// 退回补正: the firm completes it.
        Returned = "returned",
        /// 已受理: waits to be dispatched.
        Accepted = "accepted",
        /// 已派单: nobody has taken it yet.
        Dispatched = "dispatched",
        /// 办理中.
        InProgress = "in-progress",
        /// 等企业补件: the limit is suspended.
        Waiting = "waiting",
        /// 已并入: waits for the answer of another request, the same matter.
        Merged = "merged",
        /// 已答复待确认.
        Answered = "answered",
        /// 已办结.
        Closed = "closed",
        /// 逾期未确认: ended by silence.
        Lapsed = "lapsed",
        /// 不予受理.
        Refused = "refused",
        /// 已撤回.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What can be done with a request.
    pub enum Action {
        /// 提交.
        Submit = "submit",
        /// 退回补正.
        Return = "return",
        /// 补正.
        Complete = "complete",
        /// 受理.
        Accept = "accept",
        /// 不予受理.
        Refuse = "refuse",
        /// 撤回.
        Withdraw = "withdraw",
        /// 派单.
        Dispatch = "dispatch",
        /// 加派.
        Add = "add",
        /// 有人接单，开始办理.
        Start = "start",
        /// 各家都没办成，退回派单.
        SendBack = "send-back",
        /// 请企业补材料.
        AskFirm = "ask-firm",
        /// 企业补材料.
        Supply = "supply",
        /// 材料已经拿到，继续办.
        Resume = "resume",
        /// 延长期限.
        Extend = "extend",
        /// 答复.
        Answer = "answer",
        /// 企业确认.
        Confirm = "confirm",
        /// 回访确认.
        ConfirmByCall = "confirm-by-call",
        /// 申请重办.
        Redo = "redo",
        /// 回访中企业要求重办.
        RedoByCall = "redo-by-call",
        /// 回访中企业要求重新打开.
        ReopenByCall = "reopen-by-call",
        /// 到期未回应.
        LetLapse = "lapse",
        /// 重新打开.
        Reopen = "reopen",
        /// 当场办结.
        CloseOnSpot = "close-on-spot",
        /// 企业催办.
        Urge = "urge",
        /// 并案.
        Merge = "merge",
        /// 拆出，单独办理.
        Unmerge = "unmerge",
        /// 改服务类别.
        Classify = "classify",
    }
}

codes! {
    /// What kind of request it is.
    pub enum RequestKind {
        /// 咨询.
        Consultation = "consultation",
        /// 服务需求.
        Need = "need",
        /// 投诉.
        Complaint = "complaint",
        /// 建议.
        Suggestion = "suggestion",
        /// 举报: to the bureau only.
        Report = "report",
    }
}

codes! {
    /// How a request came in.
    pub enum Channel {
        /// The portal.
        Portal = "portal",
        /// The hotline.
        Hotline = "hotline",
        /// The service hall.
        Hall = "hall",
        /// A window's counter.
        Window = "window",
        /// Passed on by the city's hotline 12345.
        CityHotline = "12345",
        /// Passed on by another department.
        Department = "department",
        /// Noted on a visit to a firm.
        Visit = "visit",
        /// By letter.
        Letter = "letter",
    }
}

codes! {
    /// How long the answer may take.
    pub enum Class {
        /// A plain question.
        Consultation = "consultation",
        /// The ordinary case.
        Ordinary = "ordinary",
        /// Needs several parties or a visit.
        Complex = "complex",
    }
}

codes! {
    /// How a request came to its end.
    pub enum ClosedHow {
        /// The firm confirmed.
        Firm = "firm",
        /// A call-back confirmed.
        CallBack = "call-back",
        /// On the spot, by the caller's word.
        Spot = "spot",
        /// Nobody answered in time: neither confirmed nor rated.
        Silence = "silence",
    }
}

codes! {
    /// How several handlers work on one request.
    pub enum Mode {
        /// One 主办 writes the single answer, 协办 give opinions.
        Lead = "lead",
        /// The firm chooses among those who took it.
        Choose = "choose",
    }
}

/// Desks that take requests in.
pub const INTAKE: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::WindowAgent,
    Role::WindowManager,
];
/// Those who decide about acceptance, where their desk leads.
pub const DESK: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::BureauOfficer,
];
/// Those who dispatch, where their desk leads.
pub const DISPATCH: &[Role] =
    &[Role::OperatorDispatcher, Role::OperatorManager, Role::CentreAgent, Role::CentreOfficer, Role::BureauOfficer];
/// Those who may change the category, where their desk leads.
const CLASSIFY: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::BureauOfficer,
];
/// Those who make call-backs: somebody not judged.
pub const CALLERS: &[Role] =
    &[Role::OperatorAgent, Role::OperatorManager, Role::CentreAgent, Role::CentreOfficer, Role::BureauOfficer];
/// Windows accept and handle what comes to their own counter.
const OWN_COUNTER: &[Role] = &[Role::WindowAgent, Role::WindowManager];

/// Everything the table asks about a request.
pub struct RequestFacts {
    /// The case.
    pub case: Case,
    /// How it came in.
    pub channel: Channel,
    /// Its class, once accepted.
    pub class: Option<Class>,
    /// Times it was returned for completion.
    pub returned: i64,
    /// Times its limit was extended.
    pub extended: i64,
    /// How several handlers work on it.
    pub mode: Option<Mode>,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Whether it is about a window or an organisation of the network.
    pub about: bool,
    /// Organisation and window that gave the standing answer.
    pub answered_by: Option<(i64, Option<i64>)>,
    /// Handlers with an open assignment: organisation and window.
    pub open_handlers: Vec<(i64, Option<i64>)>,
    /// Whether one of them has taken it.
    pub any_taken: bool,
    /// Today.
    pub today: NaiveDate,
    /// First day the firm may urge again.
    pub urge_from: Option<NaiveDate>,
    /// Last day it may be reopened.
    pub reopen_until: Option<NaiveDate>,
    /// Whether it stands in the queue of call-backs.
    pub call_open: bool,
    /// Times it may be returned, and extended.
    pub most: (i64, i64),
}

impl Facts for RequestFacts {
    fn tied(&self, actor: &Actor, tie: Tie) -> bool {
        match tie {
            Tie::OwnFirm => {
                self.case.firm == Some(actor.organisation)
                    && (actor.verified || self.case.opened_by == Some(actor.person))
            }
            Tie::Handler => self.open_handlers.iter().any(|(org, window)| {
                if actor.window.is_some() {
                    *window == actor.window
                } else {
                    window.is_none() && *org == actor.organisation
                }
            }),
            Tie::LeadingDesk => self.case.is_led_by(actor),
            Tie::NotJudged => {
                self.answered_by.is_some_and(|(org, _)| org != actor.organisation)
                    && match self.case.desk() {
                        Desk::Operator => true,
                        Desk::Centre => actor.role.capacity() != Capacity::Operator,
                        Desk::Bureau => actor.role.capacity() == Capacity::Bureau,
                    }
            }
            Tie::NotSamePerson => self.case.opened_by != Some(actor.person),
        }
    }
}

type RequestStep = Step<State, Action, RequestFacts>;

/// A step of the firm served, signed in or with number and code.
const fn firm(from: State, action: Action, to: State) -> RequestStep {
    step(from, action, to).by(FIRM).by_bearer().tie(Tie::OwnFirm).under(art(5))
}

/// A step of the desk that leads the request.
const fn desk(from: State, action: Action, to: State) -> RequestStep {
    step(from, action, to).by(DESK).tie(Tie::LeadingDesk).under(art(5))
}

/// A step of those who dispatch at the leading desk.
const fn dispatch(from: State, action: Action, to: State) -> RequestStep {
    step(from, action, to).by(DISPATCH).tie(Tie::LeadingDesk).under(art(5))
}

/// A step of whoever the request was given to.
const fn handler(from: State, action: Action, to: State) -> RequestStep {
    step(from, action, to).by(HANDLERS).tie(Tie::Handler).under(art(5))
}

/// A step of somebody not judged, after a call.
const fn caller(from: State, action: Action, to: State) -> RequestStep {
    step(from, action, to).by(CALLERS).tie(Tie::NotJudged).under(art(5))
}

/// A step that follows from something else.
const fn system(from: State, action: Action, to: State) -> RequestStep {
    step(from, action, to).by_system().under(art(5))
}

/// The procedure. The first word of a line says whose step it is; what it needs beside that stands behind it.
pub static FLOW: Flow<State, Action, RequestFacts> = Flow {
    code: "request",
    start: State::Draft,
    ends: &[State::Closed, State::Lapsed, State::Refused, State::Withdrawn],
    steps: &[
        step(State::Draft, Action::Submit, State::Submitted).by(FIRM).by_bearer().due(LIMIT_ACCEPT).under(art(5)),
        step(State::Draft, Action::Submit, State::Submitted).by(INTAKE).due(LIMIT_ACCEPT).under(art(5)),
        step(State::Draft, Action::CloseOnSpot, State::Closed)
            .by(INTAKE)
            .when(rules::plain_question)
            .words()
            .stops()
            .under(art(5)),
        // the desk
        desk(State::Submitted, Action::Accept, State::Accepted).due(LIMIT_DISPATCH),
        step(State::Submitted, Action::Accept, State::Accepted)
            .by(OWN_COUNTER)
            .when(rules::own_counter)
            .due(LIMIT_DISPATCH)
            .under(art(11)),
        desk(State::Submitted, Action::Return, State::Returned).when(rules::may_return).words().pauses(),
        desk(State::Submitted, Action::Refuse, State::Refused).words().stops(),
        firm(State::Returned, Action::Complete, State::Submitted).words().resumes(),
        // on to those who can help
        dispatch(State::Accepted, Action::Dispatch, State::Dispatched).due_by(rules::service_limit),
        step(State::Accepted, Action::Dispatch, State::Dispatched)
            .by(OWN_COUNTER)
            .when(rules::own_counter)
            .due_by(rules::service_limit)
            .under(art(11)),
        desk(State::Accepted, Action::Answer, State::Answered).words().due(LIMIT_SILENCE),
        dispatch(State::Dispatched, Action::Add, State::Dispatched),
        dispatch(State::InProgress, Action::Add, State::InProgress),
        system(State::Dispatched, Action::Start, State::InProgress),
        system(State::Dispatched, Action::SendBack, State::Accepted).due(LIMIT_DISPATCH),
        system(State::InProgress, Action::SendBack, State::Accepted).due(LIMIT_DISPATCH),
        system(State::Waiting, Action::SendBack, State::Accepted).due(LIMIT_DISPATCH),
        // waiting for the firm suspends the limit
        handler(State::InProgress, Action::AskFirm, State::Waiting).words().pauses(),
        dispatch(State::InProgress, Action::AskFirm, State::Waiting).words().pauses(),
        firm(State::Waiting, Action::Supply, State::InProgress).words().resumes(),
        handler(State::Waiting, Action::Resume, State::InProgress).words().resumes(),
        dispatch(State::Waiting, Action::Resume, State::InProgress).words().resumes(),
        dispatch(State::Dispatched, Action::Extend, State::Dispatched).when(rules::may_extend).words(),
        dispatch(State::InProgress, Action::Extend, State::InProgress).when(rules::may_extend).words(),
        system(State::InProgress, Action::Answer, State::Answered).words().due(LIMIT_SILENCE),
        // the category can be put right until the matter is closed
        step(State::Accepted, Action::Classify, State::Accepted).by(CLASSIFY).tie(Tie::LeadingDesk).under(art(5)),
        step(State::Dispatched, Action::Classify, State::Dispatched).by(CLASSIFY).tie(Tie::LeadingDesk).under(art(5)),
        step(State::InProgress, Action::Classify, State::InProgress).by(CLASSIFY).tie(Tie::LeadingDesk).under(art(5)),
        step(State::Waiting, Action::Classify, State::Waiting).by(CLASSIFY).tie(Tie::LeadingDesk).under(art(5)),
        step(State::Answered, Action::Classify, State::Answered).by(CLASSIFY).tie(Tie::LeadingDesk).under(art(5)),
        // closure belongs to the firm served
        firm(State::Answered, Action::Confirm, State::Closed).stops(),
        dispatch(State::Dispatched, Action::Confirm, State::Closed).when(rules::no_answer_yet),
        dispatch(State::InProgress, Action::Confirm, State::Closed).when(rules::no_answer_yet),
        caller(State::Answered, Action::ConfirmByCall, State::Closed).words().stops(),
        firm(State::Answered, Action::Redo, State::Accepted).words().due(LIMIT_DISPATCH),
        caller(State::Answered, Action::RedoByCall, State::Accepted).words().due(LIMIT_DISPATCH),
        system(State::Answered, Action::LetLapse, State::Lapsed).stops(),
        firm(State::Closed, Action::Reopen, State::Accepted).when(rules::may_reopen).words().due(LIMIT_DISPATCH),
        firm(State::Lapsed, Action::Reopen, State::Accepted).when(rules::may_reopen).words().due(LIMIT_DISPATCH),
        caller(State::Closed, Action::ReopenByCall, State::Accepted)
            .when(rules::may_reopen_by_call)
            .words()
            .due(LIMIT_DISPATCH),
        caller(State::Lapsed, Action::ReopenByCall, State::Accepted)
            .when(rules::may_reopen_by_call)
            .words()
            .due(LIMIT_DISPATCH),
        // the same matter again: answered together with the other one, then each goes its own way
        desk(State::Submitted, Action::Merge, State::Merged).when(rules::may_merge).remark().drops(),
        desk(State::Accepted, Action::Merge, State::Merged).when(rules::may_merge).remark().drops(),
        dispatch(State::Dispatched, Action::Merge, State::Merged).when(rules::may_merge).remark().drops(),
        dispatch(State::InProgress, Action::Merge, State::Merged).when(rules::may_merge).remark().drops(),
        dispatch(State::Waiting, Action::Merge, State::Merged).when(rules::may_merge).remark().drops(),
        desk(State::Merged, Action::Unmerge, State::Accepted)
            .by_system()
            .when(rules::was_accepted)
            .words()
            .due(LIMIT_DISPATCH),
        desk(State::Merged, Action::Unmerge, State::Submitted)
            .by_system()
            .when(rules::was_not_accepted)
            .words()
            .due(LIMIT_ACCEPT),
        system(State::Merged, Action::Answer, State::Answered).words().due(LIMIT_SILENCE),
        firm(State::Merged, Action::Urge, State::Merged).when(rules::may_urge).remark(),
        firm(State::Merged, Action::Withdraw, State::Withdrawn).remark().stops(),
        // the firm may urge, and take it back before the answer
        firm(State::Submitted, Action::Urge, State::Submitted).when(rules::may_urge).remark(),
        firm(State::Accepted, Action::Urge, State::Accepted).when(rules::may_urge).remark(),
        firm(State::Dispatched, Action::Urge, State::Dispatched).when(rules::may_urge).remark(),
        firm(State::InProgress, Action::Urge, State::InProgress).when(rules::may_urge).remark(),
        firm(State::Submitted, Action::Withdraw, State::Withdrawn).remark().stops(),
        firm(State::Returned, Action::Withdraw, State::Withdrawn).remark().stops(),
        firm(State::Accepted, Action::Withdraw, State::Withdrawn).remark().stops(),
        firm(State::Dispatched, Action::Withdraw, State::Withdrawn).remark().stops(),
        firm(State::InProgress, Action::Withdraw, State::Withdrawn).remark().stops(),
        firm(State::Waiting, Action::Withdraw, State::Withdrawn).remark().stops(),
    ],
};

const LIMIT_ACCEPT: huiqi_kernel::rule::Limit = huiqi_kernel::rule::Limit::Accept;
const LIMIT_DISPATCH: huiqi_kernel::rule::Limit = huiqi_kernel::rule::Limit::Dispatch;
const LIMIT_SILENCE: huiqi_kernel::rule::Limit = huiqi_kernel::rule::Limit::Silence;

/// For the registry of all procedures.
pub fn registered() -> Registered<State, Action, RequestFacts> {
    Registered {
        flow: &FLOW,
        name: |l| t(l).request_flow(),
        kind: |code, l| RequestKind::from_code(code).map_or_else(String::new, |k| k.label(l)),
        kinds: || RequestKind::ALL.iter().map(|k| k.code()).collect(),
    }
}

impl Stage for State {
    fn turn(self) -> Turn {
        match self {
            State::Draft | State::Submitted => Turn::Desk,
            State::Returned | State::Waiting | State::Answered => Turn::Firm,
            State::Accepted => Turn::Dispatch,
            State::Dispatched | State::InProgress | State::Merged => Turn::Below,
            State::Closed | State::Lapsed | State::Refused | State::Withdrawn => Turn::Nobody,
        }
    }
}

impl Label for State {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Draft => m.request_state_draft(),
            State::Submitted => m.request_state_submitted(),
            State::Returned => m.request_state_returned(),
            State::Accepted => m.request_state_accepted(),
            State::Dispatched => m.request_state_dispatched(),
            State::InProgress => m.request_state_in_progress(),
            State::Waiting => m.request_state_waiting(),
            State::Merged => m.merge_state(),
            State::Answered => m.request_state_answered(),
            State::Closed => m.request_state_closed(),
            State::Lapsed => m.request_state_lapsed(),
            State::Refused => m.request_state_refused(),
            State::Withdrawn => m.request_state_withdrawn(),
        }
    }
}

impl Label for Action {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Action::Submit => m.request_action_submit(),
            Action::Return => m.request_action_return(),
            Action::Complete => m.request_action_complete(),
            Action::Accept => m.request_action_accept(),
            Action::Refuse => m.request_action_refuse(),
            Action::Withdraw => m.request_action_withdraw(),
            Action::Dispatch => m.request_action_dispatch(),
            Action::Add => m.request_action_add(),
            Action::Start => m.request_action_start(),
            Action::SendBack => m.request_action_send_back(),
            Action::AskFirm => m.request_action_ask_firm(),
            Action::Supply => m.request_action_supply(),
            Action::Resume => m.request_action_resume(),
            Action::Extend => m.request_action_extend(),
            Action::Answer => m.request_action_answer(),
            Action::Confirm => m.request_action_confirm(),
            Action::ConfirmByCall => m.request_action_confirm_by_call(),
            Action::Redo => m.request_action_redo(),
            Action::RedoByCall => m.request_action_redo_by_call(),
            Action::LetLapse => m.request_action_lapse(),
            Action::Reopen => m.request_action_reopen(),
            Action::ReopenByCall => m.request_action_reopen_by_call(),
            Action::CloseOnSpot => m.request_action_close_on_spot(),
            Action::Urge => m.request_action_urge(),
            Action::Merge => m.merge_action_merge(),
            Action::Unmerge => m.merge_action_unmerge(),
            Action::Classify => m.counter_action_classify(),
        }
    }
}

impl Label for RequestKind {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            RequestKind::Consultation => m.request_kind_consultation(),
            RequestKind::Need => m.request_kind_need(),
            RequestKind::Complaint => m.request_kind_complaint(),
            RequestKind::Suggestion => m.request_kind_suggestion(),
            RequestKind::Report => m.request_kind_report(),
        }
    }
}

impl Label for Channel {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Channel::Portal => m.request_channel_portal(),
            Channel::Hotline => m.request_channel_hotline(),
            Channel::Hall => m.request_channel_hall(),
            Channel::Window => m.request_channel_window(),
            Channel::CityHotline => m.request_channel_12345(),
            Channel::Department => m.request_channel_department(),
            Channel::Visit => m.request_channel_visit(),
            Channel::Letter => m.request_channel_letter(),
        }
    }
}

impl Label for Class {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Class::Consultation => m.request_class_consultation(),
            Class::Ordinary => m.request_class_ordinary(),
            Class::Complex => m.request_class_complex(),
        }
    }
}

impl Label for ClosedHow {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            ClosedHow::Firm => m.request_closed_firm(),
            ClosedHow::CallBack => m.request_closed_call_back(),
            ClosedHow::Spot => m.request_closed_spot(),
            ClosedHow::Silence => m.request_closed_silence(),
        }
    }
}

/// The five plain words a firm reads for where its request stands, from 0 (已提交) to 4 (已办结).
pub fn firm_step(state: State) -> usize {
    match state {
        State::Draft | State::Submitted | State::Returned => 0,
        State::Accepted => 1,
        State::Dispatched | State::InProgress | State::Waiting | State::Merged => 2,
        State::Answered => 3,
        State::Closed | State::Lapsed | State::Refused | State::Withdrawn => 4,
    }
}

#[cfg(test)]
mod tests {
    use huiqi_kernel::flow::AnyFlow;

    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(registered().faults(), Vec::<String>::new());
    }
}
