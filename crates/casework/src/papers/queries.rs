//! Reads of issued papers, each below the scope of the case they belong to.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Viewer};
use huiqi_kernel::text::half_width;
use huiqi_store::audit::hex;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use sha2::{Digest, Sha256};

use super::templates::{self, Words};
use super::{Fields, PaperKind};
use crate::record::Case;
use crate::scope;

/// A paper as it was issued.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Paper {
    /// Row id.
    pub id: i64,
    /// The case it belongs to.
    pub case_id: i64,
    /// That case's number.
    pub case_number: String,
    /// Code of the kind.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its name in an address.
    pub slug: String,
    /// The version of the template.
    pub template: i64,
    /// For staff only.
    pub inside: bool,
    /// The code by which it is checked.
    pub check_code: String,
    /// The query code of whoever it is addressed to.
    pub query_code: Option<String>,
    /// UTC milliseconds.
    pub issued_at: i64,
    /// What was filled in, JSON.
    pub fields: String,
    /// The Chinese text as issued, JSON.
    pub words: String,
    /// SHA-256 of that text.
    pub sha256: String,
    /// The lines of its template, JSON, where that was made here.
    pub template_body: Option<String>,
}

const PAPER: &str = "p.id, p.case_id, c.number AS case_number, p.kind, p.number, p.slug, p.template, p.inside, \
    p.check_code, p.query_code, p.issued_at, p.fields, p.words, p.sha256, \
    (SELECT m.body FROM paper_template m WHERE m.kind = p.kind AND m.version = p.template) AS template_body";

impl Paper {
    /// What it is.
    pub fn kind(&self) -> Option<PaperKind> {
        PaperKind::from_code(&self.kind)
    }

    /// The text as issued, or its courtesy version in English; none where a newer program issued it.
    pub fn words(&self, locale: Locale) -> Option<Words> {
        let issued: Words = serde_json::from_str(&self.words).ok()?;
        if locale == Locale::Zh {
            return Some(issued);
        }
        let fields: Fields = serde_json::from_str(&self.fields).ok()?;
        let template = match &self.template_body {
            Some(body) => templates::current(self.kind()?)?.with(self.template, serde_json::from_str(body).ok()?),
            None => templates::version(self.kind()?, self.template)?.clone(),
        };
        Some(template.words(locale, &self.number, &issued.day, &fields))
    }

    /// Whether the text still has the hash it was issued with.
    pub fn is_whole(&self) -> bool {
        whole(&self.words, &self.sha256)
    }

    /// Address of its page; `under` is empty for people with an account, else the bearer's own page.
    pub fn href(&self, under: &str) -> String {
        if under.is_empty() {
            format!("/cases/{}/papers/{}", self.case_number, self.slug)
        } else {
            format!("{under}/papers/{}", self.slug)
        }
    }
}

impl Paper {
    /// Address of the file, `.docx`.
    pub fn file_href(&self, under: &str) -> String {
        format!("{}/docx", self.href(under))
    }
}

/// Whether a text still has this hash.
pub(super) fn whole(words: &str, sha256: &str) -> bool {
    hex(&Sha256::digest(words.as_bytes())) == sha256
}

/// A condition on `case_paper p`: firms read what is addressed to them; whoever must not know who reports reads only what
/// stays inside, which never says it.
pub fn readable(viewer: &Viewer, case: &Case) -> (&'static str, Vec<Value>) {
    let staff = viewer.role().is_some_and(huiqi_kernel::people::Role::is_staff);
    if !staff && !matches!(viewer, Viewer::System) {
        ("p.inside = ?", vec![Value::from(false)])
    } else if scope::asker_hidden(viewer, case) {
        ("p.inside = ?", vec![Value::from(true)])
    } else {
        ("1 = 1", Vec::new())
    }
}

/// The papers of a case and of the cases below it that this viewer may read, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Ctx, case: &Case, viewer: &Viewer) -> Result<Vec<Paper>, Fault> {
    // Whoever holds number and code has proved to know this one case.
    let scope = match viewer {
        Viewer::Public => scope::visible(&Viewer::System).and("c.id = ?", [Value::from(case.id)]),
        _ => scope::visible(viewer),
    };
    let (readable, more) = readable(viewer, case);
    let text = format!(
        "SELECT {PAPER} FROM case_paper p JOIN case_record c ON c.id = p.case_id
         WHERE (c.id = ? OR c.parent = ?) AND ({readable}) AND ({}) ORDER BY p.id",
        scope.sql
    );
    let values = [Value::from(case.id), Value::from(case.id)].into_iter().chain(more).chain(scope.values);
    ctx::all(ctx, &text, values).await
}

/// One paper that this viewer may read, of a case that this viewer may see.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or not for this viewer.
pub async fn visible(ctx: &Ctx, viewer: &Viewer, number: &str, slug: &str) -> Result<(Case, Paper), Fault> {
    let case = crate::inbox::visible(ctx, viewer, number).await?;
    let paper = one(ctx, &case, viewer, slug).await?;
    Ok((case, paper))
}

/// One paper of a case for whoever has proved to know that case otherwise than by an account.
///
/// # Errors
/// [`Fault::NotFound`] when the case has no such paper, or it is an inside one.
pub async fn for_bearer(ctx: &Ctx, case: &Case, slug: &str) -> Result<Paper, Fault> {
    one(ctx, case, &Viewer::Public, slug).await
}

async fn one(ctx: &Ctx, case: &Case, viewer: &Viewer, slug: &str) -> Result<Paper, Fault> {
    let (readable, more) = readable(viewer, case);
    let text = format!(
        "SELECT {PAPER} FROM case_paper p JOIN case_record c ON c.id = p.case_id
         WHERE c.id = ? AND p.slug = ? AND ({readable})"
    );
    let values = [Value::from(case.id), Value::from(slug)].into_iter().chain(more);
    ctx::one(ctx, &text, values).await?.ok_or(Fault::NotFound)
}

/// Whether this viewer reads the query code beside a paper: whoever it is addressed to, and the leading desk.
pub(super) fn shows_code(viewer: &Viewer, case: &Case) -> bool {
    let Some(actor) = viewer.actor() else { return true };
    match actor.role.capacity() {
        Capacity::Enterprise => true,
        capacity => capacity.code() == case.desk().code(),
    }
}

/// What the public check of a paper says: nothing personal.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Checked {
    pub kind: String,
    pub number: String,
    pub issued_at: i64,
    pub words: String,
    pub sha256: String,
}

/// The bracket before the year in the number of a paper.
const OPEN: char = '\u{3014}';
/// The last character of the number of a paper.
const END: char = '\u{53f7}';

/// The number of a paper or of a case as it is stored, however its brackets, blanks and dashes were typed.
fn as_stored(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    for c in typed.chars().map(half_width).filter(|c| !c.is_whitespace()) {
        out.push(match c {
            '(' | '[' | '{' | '\u{3010}' | '\u{300c}' => OPEN,
            ')' | ']' | '}' | '\u{3011}' | '\u{300d}' => '\u{3015}',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c => c.to_ascii_uppercase(),
        });
    }
    if out.contains(OPEN) && !out.ends_with(END) {
        out.push(END);
    }
    out
}

/// The papers with this number, their own or that of their case, and this code: their own check code, or the query code
/// that stands on them. Newest first; an own number gives one.
pub(super) async fn checked(ctx: &Ctx, number: &str, code: &str) -> Result<Vec<Checked>, Fault> {
    let typed = as_stored(number);
    let slug = typed.to_ascii_lowercase();
    let code: String =
        code.chars().map(half_width).filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    ctx::all(
        ctx,
        "SELECT p.kind, p.number, p.issued_at, p.words, p.sha256
         FROM case_paper p JOIN case_record c ON c.id = p.case_id LEFT JOIN case_record up ON up.id = c.parent
         WHERE (p.number = ? OR p.slug = ? OR c.number = ? OR up.number = ?) AND (p.check_code = ? OR p.query_code = ?)
         ORDER BY p.id DESC LIMIT 20",
        [
            Value::from(typed.clone()),
            Value::from(slug),
            Value::from(typed.clone()),
            Value::from(typed),
            Value::from(code.clone()),
            Value::from(code),
        ],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::as_stored;

    #[test]
    fn a_number_is_found_however_it_was_typed() {
        for typed in [
            "慧企受〔2026〕1585号",
            "慧企受[2026]1585号",
            " 慧企受(2026) 1585",
            "慧企受（２０２６）1585 号",
            "慧企受【2026】1585",
        ] {
            assert_eq!(as_stored(typed), "慧企受〔2026〕1585号", "{typed}");
        }
        for typed in ["FW-2026-001876", "fw－2026－001876", "FW–2026–001876 "] {
            assert_eq!(as_stored(typed), "FW-2026-001876", "{typed}");
        }
    }
}
