//! The rule set: articles with our own summaries, parameters, refusal grounds and validity, as data.
//!
//! The shipped file `rule/xiamen-2020.toml` is version 1. Later versions are the shipped one with overrides
//! ([`RuleSet::with_overrides`]): the bureau makes them on a page and the database keeps only what differs. A case keeps
//! the version it was opened under. Everything a page shows of the rule comes from the data, in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::NaiveDate;
use chrono::format::{Item, StrftimeItems};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// Number of articles of the rule.
pub const ARTICLES: u8 = 28;

const SHIPPED: &str = include_str!("../../../rule/xiamen-2020.toml");

static SHIPPED_SET: LazyLock<RuleSet> =
    LazyLock::new(|| RuleSet::parse(SHIPPED).expect("the embedded rule file is parsed by this module's tests"));

// --- references to articles ------------------------------------------------------------------------------------------

/// An article of the rule, or one numbered item of it: Art. 5, Art. 12(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleRef {
    /// Number of the article, 1 to 28.
    pub number: u8,
    /// Number of the item inside the article, from 1.
    pub item: Option<u8>,
}

/// The article `number`. In a constant a number outside 1–28 does not compile.
///
/// # Panics
/// Outside of constants, if there is no such article.
pub const fn art(number: u8) -> ArticleRef {
    assert!(number >= 1 && number <= ARTICLES, "the rule has articles 1 to 28");
    ArticleRef { number, item: None }
}

/// Item `item` of the article `number`, such as Art. 12(1). In a constant an impossible number does not compile.
///
/// # Panics
/// Outside of constants, if there is no such article or the item is 0.
pub const fn art_item(number: u8, item: u8) -> ArticleRef {
    assert!(number >= 1 && number <= ARTICLES, "the rule has articles 1 to 28");
    assert!(item >= 1, "items count from 1");
    ArticleRef { number, item: Some(item) }
}

impl ArticleRef {
    /// How the article is cited in this language, with the wording of the shipped rule set: "Art. 12(1)".
    pub fn label(self, locale: Locale) -> String {
        RuleSet::shipped().words.article_label(self, locale)
    }

    /// Anchor of the article on the page `/rule`: `a12`, also for its items.
    pub fn anchor(self) -> String {
        format!("a{}", self.number)
    }
}

/// The language-neutral form used in data and generated documents: `5`, `12(1)`.
impl fmt::Display for ArticleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            Some(item) => write!(f, "{}({item})", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

impl FromStr for ArticleRef {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let bad = || RuleError::BadArticle { text: text.to_owned() };
        let (number, item) = match text.split_once('(') {
            Some((number, rest)) => {
                let item: u8 = rest.strip_suffix(')').and_then(|i| i.parse().ok()).ok_or_else(bad)?;
                (number, Some(item))
            }
            None => (text, None),
        };
        let number: u8 = number.parse().map_err(|_| bad())?;
        if !(1..=ARTICLES).contains(&number) || item == Some(0) {
            return Err(bad());
        }
        Ok(ArticleRef { number, item })
    }
}

impl TryFrom<String> for ArticleRef {
    type Error = RuleError;

    fn try_from(text: String) -> Result<Self, RuleError> {
        text.parse()
    }
}

impl From<ArticleRef> for String {
    fn from(article: ArticleRef) -> String {
        article.to_string()
    }
}

/// A number from 0 to 99 in Chinese numerals, as in article numbers; larger ones stay in digits.
pub fn chinese_numeral(n: u8) -> String {
    RuleSet::shipped().words.numeral(n)
}

// --- parameters by name ----------------------------------------------------------------------------------------------

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

// --- the data --------------------------------------------------------------------------------------------------------

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in this language.
    pub fn get(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }
}

/// A document the rule rests on (Art. 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Stable code.
    pub code: String,
    /// Title; the English one is our translation.
    pub title: Bilingual,
    /// Document number, empty where it has none.
    pub number: String,
    /// Who issued it.
    pub issuer: Bilingual,
}

/// A chapter of the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Number, from 1.
    pub number: u8,
    /// Title; the English one is our translation.
    pub title: Bilingual,
}

/// An article of the rule in our own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Number, 1 to 28.
    pub number: u8,
    /// Number of its chapter.
    pub chapter: u8,
    /// Short title in our own words.
    pub title: Bilingual,
    /// One sentence in our own words; not the official text.
    pub summary: Bilingual,
    /// Catchwords of its numbered items, in order; empty where it has none.
    #[serde(default)]
    pub items: Vec<Bilingual>,
    /// What the system does for this article, in plain words.
    pub capability: Vec<Bilingual>,
}

impl Article {
    /// Reference to this article.
    pub fn reference(&self) -> ArticleRef {
        ArticleRef { number: self.number, item: None }
    }

    /// How the article is cited in this language.
    pub fn label(&self, locale: Locale) -> String {
        self.reference().label(locale)
    }

    /// Anchor of the article on the page `/rule`.
    pub fn anchor(&self) -> String {
        self.reference().anchor()
    }
}

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// A limit in working days.
    WorkingDays,
    /// A limit in calendar days.
    CalendarDays,
    /// A limit in hours.
    Hours,
    /// A number with its own unit.
    Count,
    /// A share in whole per cent.
    Share,
    /// Yes or no.
    Flag,
    /// A text.
    Text,
}

impl ParameterKind {
    /// Whether its value is a whole number.
    pub const fn is_number(self) -> bool {
        !matches!(self, ParameterKind::Flag | ParameterKind::Text)
    }
}

/// Where the shipped value of a parameter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterSource {
    /// Stated by the rule itself.
    Rule,
    /// Stated by another law, regulation or published notice, named in the note.
    Law,
    /// Our default, for the bureau to confirm or change.
    Proposed,
    /// From memory and unverified.
    Recalled,
}

/// Value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number in the unit of the parameter.
    Number(u32),
    /// A text.
    Text(String),
}

/// The form that overrides are stored in: `5`, `true`, the text itself.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => f.write_str(text),
        }
    }
}

/// A value that the rule leaves open or sets, and that the bureau may change in a new version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Stable id in kebab case.
    pub id: String,
    /// Article it belongs to.
    pub article: ArticleRef,
    /// Kind of value.
    pub kind: ParameterKind,
    /// The value of this version.
    pub value: Value,
    /// Least number allowed.
    #[serde(default)]
    pub min: Option<u32>,
    /// Largest number allowed.
    #[serde(default)]
    pub max: Option<u32>,
    /// Key of the unit, for numbers.
    #[serde(default)]
    pub unit: Option<String>,
    /// Id of a parameter whose value this one may not exceed.
    #[serde(default)]
    pub at_most: Option<String>,
    /// Whether the number must be odd.
    #[serde(default)]
    pub odd: bool,
    /// Where the shipped value comes from.
    pub source: ParameterSource,
    /// Name.
    pub name: Bilingual,
    /// What it means and how it is counted.
    pub note: Bilingual,
}

impl Parameter {
    /// Reads a value as it is typed or stored and checks it against kind, bounds and oddness. That it may not exceed
    /// another parameter is checked with the whole set.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn read(&self, text: &str) -> Result<Value, ValueProblem> {
        let text = text.trim();
        let value = match self.kind {
            ParameterKind::Flag => Value::Flag(text.parse().map_err(|_| ValueProblem::NotAFlag)?),
            ParameterKind::Text => Value::Text(text.to_owned()),
            _ => Value::Number(text.parse().map_err(|_| ValueProblem::NotANumber)?),
        };
        self.check(&value)?;
        Ok(value)
    }

    /// Checks a value against kind, bounds and oddness.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn check(&self, value: &Value) -> Result<(), ValueProblem> {
        match (self.kind, value) {
            (ParameterKind::Flag, Value::Flag(_)) => Ok(()),
            (ParameterKind::Flag, _) => Err(ValueProblem::NotAFlag),
            (ParameterKind::Text, Value::Text(text)) if text.trim().is_empty() => Err(ValueProblem::Empty),
            (ParameterKind::Text, Value::Text(_)) => Ok(()),
            (ParameterKind::Text, _) => Err(ValueProblem::Empty),
            (_, &Value::Number(number)) => {
                if let Some(min) = self.min.filter(|&min| number < min) {
                    return Err(ValueProblem::TooSmall { min });
                }
                if let Some(max) = self.max.filter(|&max| number > max) {
                    return Err(ValueProblem::TooLarge { max });
                }
                if self.odd && number % 2 == 0 {
                    return Err(ValueProblem::NotOdd);
                }
                Ok(())
            }
            _ => Err(ValueProblem::NotANumber),
        }
    }

    /// The value as a number, where it is one.
    pub fn number(&self) -> Option<u32> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value as a limit in time, where it is one.
    pub fn span(&self) -> Option<Span> {
        let number = self.number()?;
        match self.kind {
            ParameterKind::WorkingDays => Some(Span::WorkingDays(number)),
            ParameterKind::CalendarDays => Some(Span::CalendarDays(number)),
            ParameterKind::Hours => Some(Span::Hours(number)),
            _ => None,
        }
    }
}

/// A ground on which a request may be refused, with whom to ask instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalGround {
    /// Stable code.
    pub code: String,
    /// Article it belongs to.
    pub article: ArticleRef,
    /// Whether it may be used in this version.
    pub active: bool,
    /// The ground, as the firm reads it.
    pub text: Bilingual,
    /// Whom to ask instead.
    pub ask_instead: Bilingual,
}

/// What holds once the term of the rule has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityState {
    /// Within its term. Past the last day of the term it counts as lapsed and continued: a date is never overruled.
    InForce,
    /// The term has ended and work goes on.
    LapsedAndContinued,
    /// Another rule has taken its place.
    Replaced,
}

impl ValidityState {
    fn from_code(code: &str) -> Option<Self> {
        match code {
            "in-force" => Some(ValidityState::InForce),
            "lapsed-and-continued" => Some(ValidityState::LapsedAndContinued),
            "replaced" => Some(ValidityState::Replaced),
            _ => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            ValidityState::InForce => "in-force",
            ValidityState::LapsedAndContinued => "lapsed-and-continued",
            ValidityState::Replaced => "replaced",
        }
    }
}

/// The settings about validity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValiditySettings {
    /// What holds after the term.
    pub state: ValidityState,
    /// Last day of the term.
    pub lapsed_on: NaiveDate,
    /// Document under which work goes on; empty: not entered yet.
    #[serde(default)]
    pub document: String,
    /// Last day of the continuation, where the document names one.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// The rule that takes its place; empty: not entered yet.
    #[serde(default)]
    pub replaced_by: String,
    /// First day of the rule that takes its place.
    #[serde(default)]
    pub replaced_on: Option<NaiveDate>,
}

/// Whether the rule holds on a given day, and on what basis. None of these blocks any work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Validity {
    /// Not yet in force.
    NotYet {
        /// First day in force.
        from: NaiveDate,
    },
    /// Within its term.
    InForce {
        /// Last day of the term.
        until: NaiveDate,
    },
    /// The term has ended and work goes on.
    Continued {
        /// Last day of the term.
        lapsed: NaiveDate,
        /// The document, once entered.
        document: Option<String>,
        /// Last day of the continuation, if one is set.
        until: Option<NaiveDate>,
    },
    /// The continuation has ended too, and nothing new has been entered.
    ContinuationEnded {
        /// Last day of the term.
        lapsed: NaiveDate,
        /// Last day of the continuation.
        until: NaiveDate,
    },
    /// Another rule has taken its place.
    Replaced {
        /// First day of the other rule.
        on: NaiveDate,
        /// The other rule, once entered.
        document: Option<String>,
    },
}

impl Validity {
    /// Whether staff pages need the line: the rule is anything but plainly in force.
    pub const fn needs_line(&self) -> bool {
        !matches!(self, Validity::InForce { .. })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    digits: Vec<String>,
    ten: String,
    article: Bilingual,
    article_item: Bilingual,
    chapter: Bilingual,
    date: Bilingual,
    yes: Bilingual,
    no: Bilingual,
}

impl Words {
    fn numeral(&self, n: u8) -> String {
        let digit = |d: u8| self.digits.get(usize::from(d)).map_or("", String::as_str);
        match (n / 10, n % 10) {
            (0, ones) => digit(ones).to_owned(),
            (tens @ 1..=9, ones) => {
                let mut text = String::new();
                if tens > 1 {
                    text.push_str(digit(tens));
                }
                text.push_str(&self.ten);
                if ones > 0 {
                    text.push_str(digit(ones));
                }
                text
            }
            _ => n.to_string(),
        }
    }

    fn number(&self, n: u8, locale: Locale) -> String {
        match locale {
            Locale::Zh => self.numeral(n),
            Locale::En => n.to_string(),
        }
    }

    fn article_label(&self, article: ArticleRef, locale: Locale) -> String {
        let n = self.number(article.number, locale);
        match article.item {
            Some(item) => fill(self.article_item.get(locale), &[("n", &n), ("i", &self.number(item, locale))]),
            None => fill(self.article.get(locale), &[("n", &n)]),
        }
    }

    fn date(&self, date: NaiveDate, locale: Locale) -> String {
        date.format(self.date.get(locale)).to_string()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValidityLines {
    not_yet: Bilingual,
    in_force: Bilingual,
    continued_open: Bilingual,
    continued: Bilingual,
    continued_until: Bilingual,
    continued_until_open: Bilingual,
    continuation_ended: Bilingual,
    replaced: Bilingual,
    replaced_open: Bilingual,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    zh: String,
    one: String,
    other: String,
}

/// One version of the rule as data. Only validated sets exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Raw")]
pub struct RuleSet {
    id: String,
    version: u32,
    time_zone: String,
    title: Bilingual,
    issuer: Bilingual,
    document_number: String,
    issued: NaiveDate,
    in_force_from: NaiveDate,
    valid_years: u32,
    validity: ValiditySettings,
    words: Words,
    validity_lines: ValidityLines,
    units: BTreeMap<String, Unit>,
    #[serde(rename = "basis")]
    bases: Vec<Basis>,
    #[serde(rename = "chapter")]
    chapters: Vec<Chapter>,
    #[serde(rename = "article")]
    articles: Vec<Article>,
    #[serde(rename = "parameter")]
    parameters: Vec<Parameter>,
    #[serde(rename = "refusal")]
    refusals: Vec<RefusalGround>,
}

/// The same fields before validation, so that no reader of serde can bypass it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    version: u32,
    time_zone: String,
    title: Bilingual,
    issuer: Bilingual,
    document_number: String,
    issued: NaiveDate,
    in_force_from: NaiveDate,
    valid_years: u32,
    validity: ValiditySettings,
    words: Words,
    validity_lines: ValidityLines,
    units: BTreeMap<String, Unit>,
    #[serde(rename = "basis")]
    bases: Vec<Basis>,
    #[serde(rename = "chapter")]
    chapters: Vec<Chapter>,
    #[serde(rename = "article")]
    articles: Vec<Article>,
    #[serde(rename = "parameter")]
    parameters: Vec<Parameter>,
    #[serde(rename = "refusal")]
    refusals: Vec<RefusalGround>,
}

impl TryFrom<Raw> for RuleSet {
    type Error = RuleError;

    fn try_from(raw: Raw) -> Result<Self, RuleError> {
        let set = RuleSet {
            id: raw.id,
            version: raw.version,
            time_zone: raw.time_zone,
            title: raw.title,
            issuer: raw.issuer,
            document_number: raw.document_number,
            issued: raw.issued,
            in_force_from: raw.in_force_from,
            valid_years: raw.valid_years,
            validity: raw.validity,
            words: raw.words,
            validity_lines: raw.validity_lines,
            units: raw.units,
            bases: raw.bases,
            chapters: raw.chapters,
            articles: raw.articles,
            parameters: raw.parameters,
            refusals: raw.refusals,
        };
        set.validate()?;
        Ok(set)
    }
}

impl RuleSet {
    /// Version 1, which comes with the program.
    pub fn shipped() -> &'static RuleSet {
        &SHIPPED_SET
    }

    /// Reads and validates a rule file.
    ///
    /// # Errors
    /// What is wrong with the file, see [`RuleError`].
    pub fn parse(text: &str) -> Result<RuleSet, RuleError> {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::Syntax { message: e.to_string() })?;
        RuleSet::try_from(raw)
    }

    /// A later version: this one with some values replaced. Keys are parameter ids; `refusal.<code>` with `true` or
    /// `false`; `document-number`; `validity.state`, `validity.lapsed-on`, `validity.document`, `validity.until`,
    /// `validity.replaced-by`, `validity.replaced-on` (dates as `2025-08-31`, empty for none).
    ///
    /// # Errors
    /// An unknown key, a value that does not fit, or a version number that is not higher than this one's.
    pub fn with_overrides(&self, overrides: &BTreeMap<String, String>, version: u32) -> Result<RuleSet, RuleError> {
        if overrides.is_empty() && version == self.version {
            return Ok(self.clone());
        }
        if version <= self.version {
            return Err(RuleError::VersionNotHigher { version, than: self.version });
        }
        let mut set = self.clone();
        set.version = version;
        for (key, text) in overrides {
            set.apply(key, text)?;
        }
        set.validate()?;
        Ok(set)
    }

    /// What must be overridden in `base` to get this set: the inverse of [`RuleSet::with_overrides`].
    pub fn overrides_against(&self, base: &RuleSet) -> BTreeMap<String, String> {
        let ours = self.settings();
        let theirs = base.settings();
        ours.into_iter().filter(|(key, value)| theirs.get(key) != Some(value)).collect()
    }

    fn settings(&self) -> BTreeMap<String, String> {
        let date = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let mut map: BTreeMap<String, String> =
            self.parameters.iter().map(|p| (p.id.clone(), p.value.to_string())).collect();
        map.extend(self.refusals.iter().map(|r| (format!("refusal.{}", r.code), r.active.to_string())));
        map.insert("document-number".into(), self.document_number.clone());
        map.insert("validity.state".into(), self.validity.state.code().into());
        map.insert("validity.lapsed-on".into(), self.validity.lapsed_on.to_string());
        map.insert("validity.document".into(), self.validity.document.clone());
        map.insert("validity.until".into(), date(self.validity.until));
        map.insert("validity.replaced-by".into(), self.validity.replaced_by.clone());
        map.insert("validity.replaced-on".into(), date(self.validity.replaced_on));
        map
    }

    fn apply(&mut self, key: &str, text: &str) -> Result<(), RuleError> {
        let text = text.trim();
        let bad = |problem| RuleError::BadValue { id: key.to_owned(), problem };
        let date = |text: &str| text.parse::<NaiveDate>().map_err(|_| bad(ValueProblem::NotADate));
        let optional = |text: &str| {
            if text.is_empty() { Ok(None) } else { date(text).map(Some) }
        };
        if let Some(parameter) = self.parameters.iter_mut().find(|p| p.id == key) {
            parameter.value = parameter.read(text).map_err(bad)?;
            return Ok(());
        }
        if let Some(code) = key.strip_prefix("refusal.") {
            let ground = self.refusals.iter_mut().find(|r| r.code == code);
            let ground = ground.ok_or_else(|| RuleError::UnknownId { id: key.to_owned() })?;
            ground.active = text.parse().map_err(|_| bad(ValueProblem::NotAFlag))?;
            return Ok(());
        }
        match key {
            "document-number" => self.document_number = text.to_owned(),
            "validity.state" => {
                self.validity.state = ValidityState::from_code(text).ok_or_else(|| bad(ValueProblem::NotAState))?;
            }
            "validity.lapsed-on" => self.validity.lapsed_on = date(text)?,
            "validity.document" => self.validity.document = text.to_owned(),
            "validity.until" => self.validity.until = optional(text)?,
            "validity.replaced-by" => self.validity.replaced_by = text.to_owned(),
            "validity.replaced-on" => self.validity.replaced_on = optional(text)?,
            _ => return Err(RuleError::UnknownId { id: key.to_owned() }),
        }
        Ok(())
    }

    /// Stable id of the rule: `xiamen-2020`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version, 1 for the shipped set.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// IANA name of the zone in which dates and limits are counted.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    /// Title of the rule; the English one is our translation.
    pub fn title(&self, locale: Locale) -> &str {
        self.title.get(locale)
    }

    /// Who issued the rule.
    pub fn issuer(&self, locale: Locale) -> &str {
        self.issuer.get(locale)
    }

    /// Document number, once known.
    pub fn document_number(&self) -> Option<&str> {
        Some(self.document_number.as_str()).filter(|n| !n.is_empty())
    }

    /// Day of issue.
    pub fn issued(&self) -> NaiveDate {
        self.issued
    }

    /// First day in force (Art. 27).
    pub fn in_force_from(&self) -> NaiveDate {
        self.in_force_from
    }

    /// Term in years (Art. 27).
    pub fn valid_years(&self) -> u32 {
        self.valid_years
    }

    /// The settings about validity, for the page that changes them.
    pub fn validity_settings(&self) -> &ValiditySettings {
        &self.validity
    }

    /// The documents behind the rule (Art. 1).
    pub fn bases(&self) -> &[Basis] {
        &self.bases
    }

    /// The chapters in order.
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// Heading of a chapter: its number and title.
    pub fn chapter_label(&self, chapter: &Chapter, locale: Locale) -> String {
        let number = fill(self.words.chapter.get(locale), &[("n", &self.words.number(chapter.number, locale))]);
        format!("{number} {}", chapter.title.get(locale))
    }

    /// The 28 articles in order.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The article with this number.
    pub fn article(&self, number: u8) -> Option<&Article> {
        self.articles.get(usize::from(number).checked_sub(1)?)
    }

    /// All parameters in the order of the file.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The parameters that an article and its items set.
    pub fn parameters_of(&self, article: u8) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |p| p.article.number == article)
    }

    /// The parameter with this id.
    pub fn param(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.id == id)
    }

    /// All refusal grounds, also those out of use (an older case may cite them).
    pub fn refusal_grounds(&self) -> &[RefusalGround] {
        &self.refusals
    }

    /// The refusal ground with this code.
    pub fn refusal_ground(&self, code: &str) -> Option<&RefusalGround> {
        self.refusals.iter().find(|r| r.code == code)
    }

    /// Length of a limit with its unit.
    pub fn span(&self, limit: Limit) -> Span {
        self.param(limit.id()).and_then(Parameter::span).expect("validation resolves every Limit to a length of time")
    }

    /// Length of a limit counted in working days; `None` if it is counted otherwise.
    pub fn working_days(&self, limit: Limit) -> Option<u32> {
        match self.span(limit) {
            Span::WorkingDays(days) => Some(days),
            _ => None,
        }
    }

    /// Length of a limit counted in calendar days; `None` if it is counted otherwise.
    pub fn calendar_days(&self, limit: Limit) -> Option<u32> {
        match self.span(limit) {
            Span::CalendarDays(days) => Some(days),
            _ => None,
        }
    }

    /// A number.
    pub fn count(&self, count: Count) -> u32 {
        self.param(count.id()).and_then(Parameter::number).expect("validation resolves every Count to a number")
    }

    /// A share in whole per cent, 0 to 100.
    pub fn share(&self, share: Share) -> u32 {
        self.param(share.id()).and_then(Parameter::number).expect("validation resolves every Share to a number")
    }

    /// A yes or no.
    pub fn flag(&self, flag: Flag) -> bool {
        match self.param(flag.id()).map(|p| &p.value) {
            Some(Value::Flag(value)) => *value,
            _ => unreachable!("validation resolves every Flag to a yes or no"),
        }
    }

    /// A text.
    pub fn phrase(&self, phrase: Phrase) -> &str {
        match self.param(phrase.id()).map(|p| &p.value) {
            Some(Value::Text(text)) => text,
            _ => unreachable!("validation resolves every Phrase to a text"),
        }
    }

    /// A parameter's value as people read it: "5 working days", "yes".
    pub fn value_text(&self, parameter: &Parameter, locale: Locale) -> String {
        self.text_of(parameter, &parameter.value, locale)
    }

    /// Some other value of a parameter as people read it, such as a proposed or an earlier one.
    pub fn text_of(&self, parameter: &Parameter, value: &Value, locale: Locale) -> String {
        match value {
            Value::Flag(true) => self.words.yes.get(locale).to_owned(),
            Value::Flag(false) => self.words.no.get(locale).to_owned(),
            Value::Text(text) => text.clone(),
            Value::Number(number) => {
                let digits = number.to_string();
                match parameter.unit.as_ref().and_then(|unit| self.units.get(unit)) {
                    Some(unit) => {
                        let pattern = locale.pick(&unit.zh, if *number == 1 { &unit.one } else { &unit.other });
                        fill(pattern, &[("n", &digits)])
                    }
                    None => digits,
                }
            }
        }
    }

    /// Whether the rule holds on a day, and on what basis.
    pub fn validity(&self, on: NaiveDate) -> Validity {
        let settings = &self.validity;
        let entered = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        if let (ValidityState::Replaced, Some(replaced_on)) = (settings.state, settings.replaced_on)
            && on >= replaced_on
        {
            return Validity::Replaced { on: replaced_on, document: entered(&settings.replaced_by) };
        }
        if on < self.in_force_from {
            return Validity::NotYet { from: self.in_force_from };
        }
        let lapsed = settings.lapsed_on;
        if on <= lapsed {
            return Validity::InForce { until: lapsed };
        }
        match settings.until {
            Some(until) if on > until => Validity::ContinuationEnded { lapsed, until },
            until => Validity::Continued { lapsed, document: entered(&settings.document), until },
        }
    }

    /// One line for staff pages about the validity on a day.
    pub fn validity_line(&self, locale: Locale, on: NaiveDate) -> String {
        let lines = &self.validity_lines;
        let date = |d: NaiveDate| self.words.date(d, locale);
        match self.validity(on) {
            Validity::NotYet { from } => fill(lines.not_yet.get(locale), &[("from", &date(from))]),
            Validity::InForce { until } => fill(lines.in_force.get(locale), &[("lapsed", &date(until))]),
            Validity::Continued { lapsed, document, until } => {
                let line = match (&document, until) {
                    (Some(_), Some(_)) => &lines.continued_until,
                    (Some(_), None) => &lines.continued,
                    (None, Some(_)) => &lines.continued_until_open,
                    (None, None) => &lines.continued_open,
                };
                let until = until.map(date).unwrap_or_default();
                let document = document.unwrap_or_default();
                fill(line.get(locale), &[("lapsed", &date(lapsed)), ("document", &document), ("until", &until)])
            }
            Validity::ContinuationEnded { lapsed, until } => {
                fill(lines.continuation_ended.get(locale), &[("lapsed", &date(lapsed)), ("until", &date(until))])
            }
            Validity::Replaced { on, document: Some(document) } => {
                fill(lines.replaced.get(locale), &[("replaced", &date(on)), ("document", &document)])
            }
            Validity::Replaced { on, document: None } => {
                fill(lines.replaced_open.get(locale), &[("replaced", &date(on))])
            }
        }
    }

    fn validate(&self) -> Result<(), RuleError> {
        if self.id.is_empty() || self.time_zone.is_empty() || self.version == 0 {
            return Err(RuleError::BadHeader);
        }
        if self.issued > self.in_force_from || self.in_force_from > self.validity.lapsed_on {
            return Err(RuleError::DatesOutOfOrder);
        }
        if self.validity.until.is_some_and(|until| until < self.validity.lapsed_on)
            || (self.validity.state == ValidityState::Replaced) != self.validity.replaced_on.is_some()
        {
            return Err(RuleError::DatesOutOfOrder);
        }
        self.validate_words()?;
        self.validate_articles()?;
        self.validate_parameters()?;
        self.validate_names()
    }

    fn validate_words(&self) -> Result<(), RuleError> {
        let words = &self.words;
        if words.digits.len() != 10 || words.digits.iter().any(String::is_empty) || words.ten.is_empty() {
            return Err(RuleError::BadNumerals);
        }
        for pattern in [&words.date.zh, &words.date.en] {
            if StrftimeItems::new(pattern).any(|item| matches!(item, Item::Error)) {
                return Err(RuleError::BadDatePattern { pattern: pattern.clone() });
            }
        }
        let lines = &self.validity_lines;
        let texts = [
            (&self.title, "title"),
            (&self.issuer, "issuer"),
            (&words.article, "words.article"),
            (&words.article_item, "words.article_item"),
            (&words.chapter, "words.chapter"),
            (&words.date, "words.date"),
            (&words.yes, "words.yes"),
            (&words.no, "words.no"),
            (&lines.not_yet, "validity_lines.not_yet"),
            (&lines.in_force, "validity_lines.in_force"),
            (&lines.continued_open, "validity_lines.continued_open"),
            (&lines.continued, "validity_lines.continued"),
            (&lines.continued_until, "validity_lines.continued_until"),
            (&lines.continued_until_open, "validity_lines.continued_until_open"),
            (&lines.continuation_ended, "validity_lines.continuation_ended"),
            (&lines.replaced, "validity_lines.replaced"),
            (&lines.replaced_open, "validity_lines.replaced_open"),
        ];
        texts.into_iter().try_for_each(|(text, place)| filled(text, || place.to_owned()))
    }

    fn validate_articles(&self) -> Result<(), RuleError> {
        let mut codes = BTreeSet::new();
        for basis in &self.bases {
            unique(&mut codes, &basis.code)?;
            filled(&basis.title, || format!("basis {}", basis.code))?;
            filled(&basis.issuer, || format!("basis {}", basis.code))?;
        }
        let mut chapters = BTreeSet::new();
        for chapter in &self.chapters {
            if !chapters.insert(chapter.number) {
                return Err(RuleError::DuplicateId { id: format!("chapter {}", chapter.number) });
            }
            filled(&chapter.title, || format!("chapter {}", chapter.number))?;
        }
        for number in 1..=ARTICLES {
            if self.article(number).is_none_or(|article| article.number != number) {
                return Err(RuleError::MissingArticle { number });
            }
        }
        if let Some(extra) = self.articles.get(usize::from(ARTICLES)) {
            return Err(RuleError::BadArticle { text: extra.number.to_string() });
        }
        for article in &self.articles {
            let place = || format!("article {}", article.number);
            if !chapters.contains(&article.chapter) {
                return Err(RuleError::UnknownId { id: format!("chapter {}", article.chapter) });
            }
            filled(&article.title, place)?;
            filled(&article.summary, place)?;
            if article.capability.is_empty() {
                return Err(RuleError::EmptyText { place: place() });
            }
            article.items.iter().chain(&article.capability).try_for_each(|text| filled(text, place))?;
        }
        Ok(())
    }

    fn validate_parameters(&self) -> Result<(), RuleError> {
        let mut ids = BTreeSet::new();
        for parameter in &self.parameters {
            let id = &parameter.id;
            let bad = |problem| RuleError::BadValue { id: id.clone(), problem };
            unique(&mut ids, id)?;
            self.resolves(parameter.article)?;
            filled(&parameter.name, || id.clone())?;
            filled(&parameter.note, || id.clone())?;
            parameter.check(&parameter.value).map_err(bad)?;
            if parameter.kind.is_number() {
                if parameter.min.is_none() || parameter.max.is_none() {
                    return Err(RuleError::NoBounds { id: id.clone() });
                }
                if !parameter.unit.as_ref().is_some_and(|unit| self.units.contains_key(unit)) {
                    return Err(RuleError::NoUnit { id: id.clone() });
                }
            }
            if let Some(other) = &parameter.at_most {
                let larger = self.param(other).ok_or_else(|| RuleError::UnknownId { id: other.clone() })?;
                if parameter.number() > larger.number() {
                    return Err(bad(ValueProblem::Exceeds { other: other.clone() }));
                }
            }
        }
        let mut codes = BTreeSet::new();
        for ground in &self.refusals {
            unique(&mut codes, &ground.code)?;
            self.resolves(ground.article)?;
            filled(&ground.text, || ground.code.clone())?;
            filled(&ground.ask_instead, || ground.code.clone())?;
        }
        Ok(())
    }

    /// Every id that code uses exists and has the kind that code expects.
    fn validate_names(&self) -> Result<(), RuleError> {
        let has = |id: &str, fits: fn(&Parameter) -> bool| match self.param(id) {
            Some(parameter) if fits(parameter) => Ok(()),
            Some(_) => Err(RuleError::WrongKind { id: id.to_owned() }),
            None => Err(RuleError::UnknownId { id: id.to_owned() }),
        };
        Limit::ALL.iter().try_for_each(|l| has(l.id(), |p| p.span().is_some()))?;
        Count::ALL.iter().try_for_each(|c| has(c.id(), |p| p.kind == ParameterKind::Count))?;
        Share::ALL.iter().try_for_each(|s| has(s.id(), |p| p.kind == ParameterKind::Share))?;
        Flag::ALL.iter().try_for_each(|f| has(f.id(), |p| p.kind == ParameterKind::Flag))?;
        Phrase::ALL.iter().try_for_each(|t| has(t.id(), |p| p.kind == ParameterKind::Text))
    }

    fn resolves(&self, reference: ArticleRef) -> Result<(), RuleError> {
        let known = self.article(reference.number).is_some_and(|article| match reference.item {
            Some(item) => item >= 1 && usize::from(item) <= article.items.len(),
            None => true,
        });
        if known { Ok(()) } else { Err(RuleError::BadArticle { text: reference.to_string() }) }
    }
}

fn unique<'a>(seen: &mut BTreeSet<&'a str>, id: &'a str) -> Result<(), RuleError> {
    let kebab = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !kebab {
        return Err(RuleError::BadId { id: id.to_owned() });
    }
    if seen.insert(id) { Ok(()) } else { Err(RuleError::DuplicateId { id: id.to_owned() }) }
}

fn filled(text: &Bilingual, place: impl Fn() -> String) -> Result<(), RuleError> {
    if text.zh.trim().is_empty() || text.en.trim().is_empty() {
        return Err(RuleError::EmptyText { place: place() });
    }
    Ok(())
}

/// Replaces `{name}` by its value in one pass, so that values are never read as patterns.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let hit = rest.find('}').and_then(|close| {
            let name = &rest[1..close];
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| (close, *value))
        });
        match hit {
            Some((close, value)) => {
                out.push_str(value);
                rest = &rest[close + 1..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What is wrong with the value of a parameter or setting. Pages say it in the user's language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// A whole number was expected.
    #[error("not a whole number")]
    NotANumber,
    /// `true` or `false` was expected.
    #[error("neither true nor false")]
    NotAFlag,
    /// A date such as 2025-08-31 was expected.
    #[error("not a date")]
    NotADate,
    /// A state of validity was expected.
    #[error("not a state of validity")]
    NotAState,
    /// A text was expected.
    #[error("empty")]
    Empty,
    /// Below the least number allowed.
    #[error("less than {min}")]
    TooSmall {
        /// The least number allowed.
        min: u32,
    },
    /// Above the largest number allowed.
    #[error("more than {max}")]
    TooLarge {
        /// The largest number allowed.
        max: u32,
    },
    /// The number must be odd.
    #[error("not odd")]
    NotOdd,
    /// Above the value of another parameter.
    #[error("more than {other}")]
    Exceeds {
        /// Id of the other parameter.
        other: String,
    },
}

/// Why a rule file or a new version of it is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Not TOML, or not of the expected shape.
    #[error("the rule file cannot be read: {message}")]
    Syntax {
        /// What the reader says.
        message: String,
    },
    /// Id, version or time zone is missing.
    #[error("id, version or time zone is missing")]
    BadHeader,
    /// Dates contradict each other.
    #[error("the dates of issue, term, continuation and replacement contradict each other")]
    DatesOutOfOrder,
    /// There must be ten digits and a word for ten.
    #[error("ten digits and a word for ten are needed")]
    BadNumerals,
    /// A pattern for dates is malformed.
    #[error("date pattern {pattern} is malformed")]
    BadDatePattern {
        /// The pattern.
        pattern: String,
    },
    /// An article is missing or out of order.
    #[error("article {number} is missing or out of order")]
    MissingArticle {
        /// Its number.
        number: u8,
    },
    /// There is no such article or item.
    #[error("there is no article {text}")]
    BadArticle {
        /// The reference.
        text: String,
    },
    /// A text is missing in one language.
    #[error("{place}: a text is missing in one language")]
    EmptyText {
        /// Where.
        place: String,
    },
    /// An id is not in kebab case.
    #[error("{id} is not an id in kebab case")]
    BadId {
        /// The id.
        id: String,
    },
    /// An id occurs twice.
    #[error("{id} occurs twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// There is nothing with this id.
    #[error("{id} is not known")]
    UnknownId {
        /// The id.
        id: String,
    },
    /// A parameter has another kind than the program expects.
    #[error("{id} has the wrong kind")]
    WrongKind {
        /// The id.
        id: String,
    },
    /// A number has no bounds.
    #[error("{id} has no least or largest value")]
    NoBounds {
        /// The id.
        id: String,
    },
    /// A number has no known unit.
    #[error("{id} has no known unit")]
    NoUnit {
        /// The id.
        id: String,
    },
    /// A value does not fit.
    #[error("{id}: {problem}")]
    BadValue {
        /// Id of the parameter or setting.
        id: String,
        /// What is wrong.
        problem: ValueProblem,
    },
    /// A new version must have a higher number.
    #[error("version {version} is not higher than {than}")]
    VersionNotHigher {
        /// The number asked for.
        version: u32,
        /// The number of the set it starts from.
        than: u32,
    },
}

#[cfg(test)]
mod tests {
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
        let known =
            [(0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (99, "九十九")];
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
        assert!(matches!(
            broken("id = \"request-accept\"", "id = \"request-dispatch\""),
            RuleError::DuplicateId { .. }
        ));
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
}
