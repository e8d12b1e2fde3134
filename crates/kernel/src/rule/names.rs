//! The parameters that code asks for, by name.

crate::codes! {
    /// A limit in time. Its code is the id of the parameter; unit and length stand in the rule set.
    pub enum Limit {
        /// Acceptance of a request, from submission.
        Accept = "request-accept",
        /// The firm's completion of a request that was returned to it.
        Correction = "request-correction",
        /// Dispatch of a request, from acceptance.
        Dispatch = "request-dispatch",
        /// A handler's taking or declining of an assignment, from dispatch.
        Take = "assignment-take",
        /// First logged contact with the firm, from taking.
        Contact = "assignment-contact",
        /// Answer to a consultation, from dispatch.
        Consultation = "answer-consultation",
        /// Answer to an ordinary request, from dispatch.
        Ordinary = "answer-ordinary",
        /// Answer to a complex request, from dispatch.
        Complex = "answer-complex",
        /// Longest extension of an answer.
        Extension = "answer-extension",
        /// Waiting for the firm's word after the answer.
        Silence = "request-silence",
        /// The one reminder to confirm, this long before silence ends a request.
        ConfirmReminder = "confirm-reminder",
        /// How long the link in a message works.
        LinkLife = "link-life",
        /// How long a closed request may be reopened.
        Reopen = "request-reopen",
        /// Least time between two urgings by the firm.
        UrgeInterval = "urge-interval",
        /// Least time between two urgings of one matter by those who watch over it.
        UrgeByHand = "urge-by-hand-interval",
        /// Handing a late-payment complaint to the competent body.
        LatePayment = "late-payment-hand-over",
        /// Ladder: reminder this long before the due date.
        RemindBefore = "ladder-remind-before",
        /// Ladder: urging this long after the due date.
        UrgeAfter = "ladder-urge-after",
        /// Ladder: the manager is warned this long after the due date.
        WarnAfter = "ladder-warn-after",
        /// Ladder: supervision order this long after the due date.
        EscalateAfter = "ladder-escalate-after",
        /// Written answer to a supervision order.
        SupervisionOrder = "supervision-order-answer",
        /// Check of the written answer to a supervision order.
        SupervisionCheck = "supervision-order-check",
        /// How long after closing a firm may rate.
        RatingWindow = "rating-window",
        /// Decision on an appeal against a rating.
        RatingAppeal = "rating-appeal",
        /// How long after a grade the rated organisation may appeal against it.
        RatingAppealFiling = "rating-appeal-filing",
        /// Call-back of a firm.
        CallBack = "call-back",
        /// Call-back and answer in an improvement, from its opening.
        Improvement = "improvement-answer",
        /// Check of an improvement from outside.
        ImprovementCheck = "improvement-check",
        /// The bureau deals with a proposal about a common problem.
        ProposalReply = "proposal-reply",
        /// Check of an answer for the knowledge base by a second person.
        KnowledgeCheck = "knowledge-check",
        /// What its owner does about an answer that has expired.
        KnowledgeRenewal = "knowledge-renewal",
        /// How long an answer in the knowledge base holds unless another day is named.
        KnowledgeValidity = "knowledge-validity",
        /// Check of a firm that registered itself.
        FirmVerification = "firm-verification",
        /// Check of a provider that asked to join.
        ProviderCheck = "provider-check",
        /// A provider's answer before suspension or removal.
        ProviderAnswer = "provider-answer",
        /// Assigned task without a date of its own.
        Task = "task-answer",
        /// Reports of windows, from the end of the period.
        Report = "report-due",
        /// Answer to an audit finding.
        AuditFinding = "audit-finding-answer",
        /// Least time a call for applications stays open.
        CallOpen = "call-open",
        /// Formal check of an application.
        FormalCheck = "formal-check",
        /// Public notice of admission.
        Publicity = "publicity",
        /// Public notice, longer variant.
        PublicityLong = "publicity-long",
        /// Fact check of an objection.
        ObjectionCheck = "objection-check",
        /// Adapting systems and connecting after qualifying.
        AccessWork = "access-work",
        /// Notice before a recognised title ends.
        TitleExpiryNotice = "title-expiry-notice",
        /// Check of an exit request.
        ExitCheck = "exit-check",
        /// Handing over all open matters of a window that left.
        Settlement = "settlement",
        /// Remaining reviews of an urgent notice.
        UrgentReviews = "review-urgent-rest",
        /// Check of contact details that went live at once.
        ContactDetails = "contact-details-check",
        /// Report of a security incident to the authority.
        IncidentReport = "incident-report",
        /// Closing report of a security incident.
        IncidentClosing = "incident-closing-report",
        /// Asking for review of an evaluation.
        EvaluationReview = "evaluation-review",
        /// Rectification without a date of its own.
        Rectification = "rectification",
        /// Statement of defence before revocation.
        Defence = "defence",
    }
}

crate::codes! {
    /// A number that is not a length of time. Its code is the id of the parameter.
    pub enum Count {
        /// How often a request may be returned for correction.
        CorrectionTimes = "request-correction-times",
        /// How often a request may be extended.
        ExtensionTimes = "answer-extension-times",
        /// Follow-up tries without account, per hour and request number.
        FollowUpTries = "follow-up-tries",
        /// Highest grade that opens an improvement.
        ImprovementGrade = "improvement-grade",
        /// Late cases of one organisation in a month that open an improvement.
        ImprovementOverdueFrom = "improvement-overdue-from",
        /// Call-back tries.
        CallBackTries = "call-back-tries",
        /// Alike requests from which on a common problem is suggested.
        CommonProblemFrom = "common-problem-from",
        /// Days looked back for them.
        CommonProblemDays = "common-problem-days",
        /// Least number of days the call-back tries are spread over.
        CallBackDays = "call-back-days",
        /// Least hours between two call-back tries that count.
        CallBackGap = "call-back-gap",
        /// Most call-back tries that count on one day.
        CallBackDaily = "call-back-daily",
        /// Working days before its due day from which a matter is close to it, for managers.
        SoonDays = "soon-days",
        /// Months between three-party meetings.
        MeetingInterval = "meeting-interval",
        /// Comprehensive windows per district.
        WindowsPerDistrict = "windows-per-district",
        /// Windows per industry cluster.
        WindowsPerCluster = "windows-per-cluster",
        /// Returns for correction in the formal check of an application.
        FormalCheckReturns = "formal-check-returns",
        /// Least size of an expert panel; odd.
        PanelMin = "panel-min",
        /// Years an expert's tie excludes him.
        PanelTieYears = "panel-tie-years",
        /// Panel size from which highest and lowest marks are dropped.
        PanelDropExtremesFrom = "panel-drop-extremes-from",
        /// Reviewers of news and network notices.
        ReviewPeople = "review-people",
        /// Reviewers of products and window pages.
        ReviewPeopleProduct = "review-people-product",
        /// Reviewers before an urgent notice appears.
        ReviewPeopleUrgent = "review-people-urgent",
        /// Months network logs are kept.
        AccessLogMonths = "access-log-months",
        /// Security attestations of a window per year.
        SecurityAttestation = "security-attestation",
        /// Emergency drills per year.
        SecurityDrills = "security-drills",
        /// Security trainings per year.
        SecurityTraining = "security-training",
        /// Assessments of the operator per year.
        OperatorAssessment = "operator-assessment",
        /// Evaluations of windows per year.
        EvaluationYearly = "evaluation-yearly",
        /// Points from which an evaluation is excellent.
        GradeExcellent = "grade-excellent",
        /// Points from which an evaluation is good.
        GradeGood = "grade-good",
        /// Points from which an evaluation passes.
        GradePass = "grade-pass",
    }
}

crate::codes! {
    /// A yes or no. Its code is the id of the parameter.
    pub enum Flag {
        /// Whether the middle grade counts into the satisfaction share.
        SatisfiedIncludesBasic = "satisfied-includes-basic",
        /// Whether the day of publication is the first day of public notice.
        PublicityFirstDayCounts = "publicity-first-day-counts",
        /// Whether a window may ask for a hearing before revocation.
        RevocationHearing = "revocation-hearing",
    }
}

crate::codes! {
    /// A share in whole per cent. Its code is the id of the parameter.
    pub enum Share {
        /// Cases closed on the spot that are called back.
        CallBackSample = "call-back-sample",
        /// Cases ended by silence that are called back.
        CallBackSilence = "call-back-silence-sample",
        /// Use of a budget line from which it warns.
        BudgetAlert = "budget-alert",
    }
}

crate::codes! {
    /// A text. Its code is the id of the parameter.
    pub enum Phrase {
        /// Words that a former window may no longer use.
        WindowProtectedWords = "window-protected-words",
    }
}

impl Limit {
    /// Id of the parameter.
    pub const fn id(self) -> &'static str {
        self.code()
    }
}

impl Count {
    /// Id of the parameter.
    pub const fn id(self) -> &'static str {
        self.code()
    }
}

impl Flag {
    /// Id of the parameter.
    pub const fn id(self) -> &'static str {
        self.code()
    }
}

impl Share {
    /// Id of the parameter.
    pub const fn id(self) -> &'static str {
        self.code()
    }
}

impl Phrase {
    /// Id of the parameter.
    pub const fn id(self) -> &'static str {
        self.code()
    }
}

/// Length of a limit with the unit it is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Working days of the official calendar.
    WorkingDays(u32),
    /// Calendar days.
    CalendarDays(u32),
    /// Hours.
    Hours(u32),
}
