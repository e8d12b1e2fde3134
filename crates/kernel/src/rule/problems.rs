//! What can be wrong with a rule file, a new version of it, or one value.

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
