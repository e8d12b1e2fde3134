//! Issuing a paper: inside the transaction of the step it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::Viewer;
use huiqi_store::audit::hex;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Fault, Work, number};
use huiqi_web::dates;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::PaperKind;
use super::templates::{self, Template};
use crate::record::Case;
use crate::t;

/// What is filled into a template, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    texts: BTreeMap<String, (String, String)>,
    lists: BTreeMap<String, Vec<(String, String)>>,
    flags: BTreeSet<String>,
    #[serde(skip)]
    query_code: Option<String>,
}

impl Fields {
    /// Nothing yet.
    pub fn new() -> Fields {
        Fields::default()
    }

    /// A text that is the same in both languages: what people wrote, numbers, names.
    pub fn text(self, name: &str, value: &str) -> Fields {
        self.say(name, |_| value.to_owned())
    }

    /// A text in both languages.
    pub fn say(mut self, name: &str, text: impl Fn(Locale) -> String) -> Fields {
        self.texts.insert(name.to_owned(), (text(Locale::Zh), text(Locale::En)));
        self
    }

    /// A text in both languages.
    pub fn both(self, name: &str, text: &Bilingual) -> Fields {
        self.say(name, |l| text.get(l).to_owned())
    }

    /// A day: `name` with its year, and `name_weekday`.
    pub fn day(self, name: &str, day: NaiveDate) -> Fields {
        self.say(name, |l| dates::date_full_words(day, l))
            .say(&format!("{name}_weekday"), |l| dates::weekday_for(day, l))
    }

    /// A numbered list, the same in both languages.
    pub fn items<'a>(mut self, name: &str, entries: impl IntoIterator<Item = &'a str>) -> Fields {
        self.lists.insert(name.to_owned(), entries.into_iter().map(|e| (e.to_owned(), e.to_owned())).collect());
        self
    }

    /// Sets a flag.
    pub fn flag(mut self, name: &str) -> Fields {
        self.flags.insert(name.to_owned());
        self
    }

    /// Sets a flag under a condition.
    pub fn flag_if(self, name: &str, set: bool) -> Fields {
        if set { self.flag(name) } else { self }
    }

    /// The query code by which whoever it is addressed to follows the case. It stands beside the paper, not in its text,
    /// and is shown to them and to the desk only.
    pub fn query_code(mut self, code: &str) -> Fields {
        self.query_code = Some(code.to_owned());
        self
    }

    pub(super) fn get(&self, name: &str, locale: Locale) -> Option<&str> {
        self.texts.get(name).map(|(zh, en)| locale.pick(zh, en))
    }

    pub(super) fn list(&self, name: &str) -> Option<&[(String, String)]> {
        self.lists.get(name).map(Vec::as_slice)
    }

    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.contains(flag)
    }
}

/// A paper that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Row id.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// Its name in an address.
    pub slug: String,
    /// SHA-256 of its Chinese text.
    pub sha256: String,
}

/// Issues a paper of a case: numbers it by kind and year, writes its text, saves it with its hash.
///
/// Filled in by itself: `case`, `case_title`, `opened`, `rule`, `hotline`, `office` (the house of whoever takes the step,
/// else of the leading desk), `responsible` where the caller names nobody.
///
/// # Errors
/// When the template misses a field, or the database fails.
pub async fn issue_in(work: &Work, case: &Case, kind: PaperKind, fields: Fields) -> Result<Issued, Fault> {
    let template = in_force_in(work, kind).await?;
    let query_code = fields.query_code.clone();
    let fields = completed(work, case, fields).await?;
    if let Some(name) = template.missing(&fields) {
        return Err(Fault::internal(format!("{} of {} misses {name}", kind.code(), case.number)));
    }
    let year = i64::from(work.year());
    let seq = number::next(&**work, &format!("paper-{}-{year}", kind.code())).await?;
    let paper = template.numbered(year, seq);
    let slug = format!("{}-{year}-{seq}", kind.code());
    let words = template.words(Locale::Zh, &paper, &work.today().to_string(), &fields);
    let words = serde_json::to_string(&words).map_err(Fault::internal)?;
    let sha256 = hex(&Sha256::digest(words.as_bytes()));
    let role = match work.viewer() {
        Viewer::Signed(actor) => actor.role.code(),
        Viewer::Public => "bearer",
        Viewer::System => "system",
    };
    let id = work
        .insert(
            "INSERT INTO case_paper (case_id, kind, year, seq, number, slug, template, inside, check_code, query_code,
                issued_at, person, membership, role, fields, words, sha256)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Value::from(case.id),
                Value::from(kind.code()),
                Value::from(year),
                Value::from(seq),
                Value::from(paper.clone()),
                Value::from(slug.clone()),
                Value::from(template.version),
                Value::from(template.inside),
                Value::from(work.ctx().random(number::query_code)),
                Value::from(query_code),
                Value::from(work.now()),
                Value::from(work.person()),
                Value::from(work.membership()),
                Value::from(role),
                Value::from(serde_json::to_string(&fields).map_err(Fault::internal)?),
                Value::from(words),
                Value::from(sha256.clone()),
            ],
        )
        .await?;
    work.audit(
        "paper.issue",
        "case",
        &case.number,
        json!({ "paper": slug, "template": template.version, "sha256": sha256 }),
    )
    .await?;
    Ok(Issued { id, number: paper, slug, sha256 })
}

/// The template a kind is issued from now: the newest that was approved here, else the newest that came with the program.
async fn in_force_in(work: &Work, kind: PaperKind) -> Result<Template, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        version: i64,
        body: String,
    }
    let shipped = templates::current(kind).ok_or_else(|| Fault::internal(format!("no template {}", kind.code())))?;
    let made: Option<Row> = work
        .one(
            "SELECT version, body FROM paper_template WHERE kind = ? AND state = 'approved' ORDER BY version DESC LIMIT 1",
            [Value::from(kind.code())],
        )
        .await?;
    Ok(match made {
        Some(row) => shipped.with(row.version, serde_json::from_str(&row.body).map_err(Fault::internal)?),
        None => shipped.clone(),
    })
}

/// The fields with what every paper says.
async fn completed(work: &Work, case: &Case, fields: Fields) -> Result<Fields, Fault> {
    let ctx = work.ctx();
    let rules = case.rules(ctx);
    let site = ctx.site();
    let staff = work.viewer().actor().filter(|a| a.role.is_staff());
    let office = match staff {
        Some(actor) => Bilingual::say(|l| actor.place(l).to_owned()),
        None => desk_name(work, case).await?,
    };
    let fields = fields
        .text("case", &case.number)
        .text("case_title", &case.title)
        .say("opened", |l| dates::date_full_words(dates::day_of(case.opened_at), l))
        .say("rule", |l| t(l).paper_rule(rules.title(l)))
        .say("hotline", |l| site.text(case.desk().phone_text(), l).to_owned())
        .both("office", &office);
    if fields.texts.contains_key("responsible") {
        return Ok(fields);
    }
    Ok(fields.say("responsible", |l| staff.map_or_else(|| office.get(l).to_owned(), |a| a.shown(l).to_owned())))
}

/// The organisation whose desk leads a case.
async fn desk_name(work: &Work, case: &Case) -> Result<Bilingual, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
        name_en: Option<String>,
    }
    let row: Option<Row> = work
        .one(
            "SELECT o.name, o.name_en FROM organisation o JOIN organisation_capacity k ON k.organisation = o.id
             WHERE k.capacity = ? AND o.merged_into IS NULL ORDER BY o.id LIMIT 1",
            [Value::from(case.desk().code())],
        )
        .await?;
    Ok(match row {
        Some(row) => Bilingual::say(|l| crate::timeline::in_words(&row.name, row.name_en.as_deref(), l).to_owned()),
        None => Bilingual::say(|l| work.ctx().site().text("operate", l).to_owned()),
    })
}
