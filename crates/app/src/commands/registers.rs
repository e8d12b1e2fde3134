//! `huiqi import` and `huiqi export`: registers from files and into files.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::process::ExitCode;

use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::money::Money;
use huiqi_kernel::people::Viewer;
use huiqi_registers::imports::{self, Kind};
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};
use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::Problem;
use crate::cli::{self, Register};
use crate::config::Config;
use crate::folder::{self, Tables};

fn kind(register: Register) -> Kind {
    match register {
        Register::Enterprises => Kind::Enterprises,
        Register::Providers => Kind::Providers,
        Register::Products => Kind::Products,
    }
}

/// Brings a file in and ends with the line of its figures. Rows that were refused stand, with their reasons, on the
/// page of the import.
pub(super) async fn import(
    config: &Config,
    register: Register,
    file: &Path,
    dry_run: bool,
) -> Result<ExitCode, Problem> {
    let ctx = folder::open(config, Tables::Make).await?;
    let summary = imports::import_file(&ctx, kind(register), file, dry_run).await;
    ctx.db().clone().close().await;
    let summary = summary?;
    if summary.refused > 0 {
        crate::say(format!("refused rows and their reasons: import {}", summary.number));
    }
    crate::say(format!(
        "read {}, new {}, changed {}, same {}, refused {}",
        summary.read, summary.new, summary.changed, summary.same, summary.refused
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes a whole register into a file with the columns that an import reads, so that what was written can be read
/// again. Phone numbers stand in it in full: whoever has the data folder has them anyway. The export is noted in the
/// audit log.
pub(super) async fn export(config: &Config, register: Register, file: &Path) -> Result<ExitCode, Problem> {
    let kind = kind(register);
    let ctx = folder::open(config, Tables::Expect).await?;
    let work = ctx.write(&Viewer::System).await?;
    work.audit("registers.exported", kind.code(), "", json!({ "format": "file", "by": "command line" })).await?;
    work.commit().await?;
    let l = cli::locale();
    let headings: Vec<&str> = imports::columns(kind).iter().map(|column| column.heading(l)).collect();
    let mut sheet = Sheet::begin(file, &headings)?;
    let count = match kind {
        Kind::Enterprises => write::<Enterprise>(&ctx, &mut sheet, l).await?,
        Kind::Providers => write::<Provider>(&ctx, &mut sheet, l).await?,
        Kind::Products => write::<Product>(&ctx, &mut sheet, l).await?,
    };
    sheet.end()?;
    ctx.db().clone().close().await;
    crate::say(format!("{count} rows written to {}", file.display()));
    Ok(ExitCode::SUCCESS)
}

/// Rows that are read at once.
const BATCH: i64 = 1000;

/// A row of a register on its way into a file.
trait Line: FromQueryResult {
    /// Reads rows behind a row id, in the order of row ids; two values: the id and [`BATCH`].
    const SELECT: &'static str;

    fn id(&self) -> i64;

    /// The cells in the order of the import's columns.
    fn cells(self, l: Locale) -> Vec<Option<String>>;
}

async fn write<T: Line>(ctx: &Ctx, sheet: &mut Sheet, l: Locale) -> Result<u64, Problem> {
    let mut after = 0;
    let mut count = 0;
    loop {
        let rows: Vec<T> = ctx::all(ctx, T::SELECT, [after.into(), BATCH.into()]).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = last.id();
        for row in rows {
            sheet.row(&row.cells(l))?;
            count += 1;
        }
    }
}

fn district(code: Option<String>, l: Locale) -> Option<String> {
    code.map(|code| District::by_code(&code).map_or(code, |d| d.name(l).to_owned()))
}

fn category(code: &str, l: Locale) -> String {
    Category::by_code(code).map_or_else(|| code.to_owned(), |c| c.name(l).to_owned())
}

/// Fen as 10,000 yuan, as the columns of money are counted.
fn wan(fen: Option<i64>) -> Option<String> {
    fen.map(|fen| Money::from_fen(fen).to_wan().plain())
}

#[derive(FromQueryResult)]
struct Enterprise {
    id: i64,
    name: String,
    code: Option<String>,
    district: Option<String>,
    industry: Option<String>,
    staff: Option<i64>,
    revenue: Option<i64>,
    assets: Option<i64>,
    founded: Option<String>,
    legal_representative: Option<String>,
    contact: Option<String>,
    phone: Option<String>,
    address: Option<String>,
}

impl Line for Enterprise {
    const SELECT: &'static str =
        "SELECT e.organisation AS id, o.name, o.code, e.district, e.industry, e.staff, e.revenue,
            e.assets, e.founded, e.legal_representative, e.contact, e.phone, e.address
        FROM enterprise e JOIN organisation o ON o.id = e.organisation
        WHERE e.organisation > ? ORDER BY e.organisation LIMIT ?";

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(self, l: Locale) -> Vec<Option<String>> {
        vec![
            Some(self.name),
            self.code,
            district(self.district, l),
            self.industry,
            self.staff.map(|n| n.to_string()),
            wan(self.revenue),
            wan(self.assets),
            self.founded,
            self.legal_representative,
            self.contact,
            self.phone,
            self.address,
        ]
    }
}

#[derive(FromQueryResult)]
struct Provider {
    id: i64,
    name: String,
    code: Option<String>,
    district: Option<String>,
    categories: Option<String>,
    nature: Option<String>,
    profile: Option<String>,
    contact: Option<String>,
    phone: Option<String>,
    address: Option<String>,
}

impl Line for Provider {
    const SELECT: &'static str = "SELECT p.organisation AS id, o.name, o.code, p.district,
            (SELECT STRING_AGG(c.category, ',' ORDER BY c.category) FROM provider_category c WHERE c.provider = p.organisation)
                AS categories,
            p.nature, p.profile, p.contact, p.phone, p.address
        FROM provider p JOIN organisation o ON o.id = p.organisation
        WHERE p.organisation > ? ORDER BY p.organisation LIMIT ?";

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(self, l: Locale) -> Vec<Option<String>> {
        let categories = self.categories.map(|codes| {
            let names: Vec<String> = codes.split(',').map(|code| category(code, l)).collect();
            names.join(";")
        });
        vec![
            Some(self.name),
            self.code,
            district(self.district, l),
            categories,
            self.nature,
            self.profile,
            self.contact,
            self.phone,
            self.address,
        ]
    }
}

#[derive(FromQueryResult)]
struct Product {
    id: i64,
    name: String,
    provider_code: Option<String>,
    category: String,
    description: Option<String>,
    fee: Option<String>,
    price: Option<String>,
    modes: Option<String>,
    days: Option<i64>,
}

impl Line for Product {
    const SELECT: &'static str =
        "SELECT c.id, c.name, o.code AS provider_code, c.category, c.description, c.fee, c.price,
            c.modes, c.days
        FROM product c JOIN organisation o ON o.id = c.provider
        WHERE c.id > ? AND c.state = 'listed' ORDER BY c.id LIMIT ?";

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(self, l: Locale) -> Vec<Option<String>> {
        vec![
            Some(self.name),
            self.provider_code,
            Some(category(&self.category, l)),
            self.description,
            self.fee,
            self.price,
            self.modes.map(|modes| modes.replace(',', ";")),
            self.days.map(|n| n.to_string()),
        ]
    }
}

/// A file that is written row by row.
enum Sheet {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx { book: Box<Workbook>, row: u32, file: std::path::PathBuf },
}

fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::Fault(Fault::internal(error))
}

impl Sheet {
    fn begin(file: &Path, headings: &[&str]) -> Result<Sheet, Problem> {
        let mut sheet = match file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => {
                let mut out = BufWriter::new(
                    File::create(file).map_err(|error| Problem::setup(format!("{}: {error}", file.display())))?,
                );
                // Spreadsheets know UTF-8 by this mark.
                std::io::Write::write_all(&mut out, b"\xef\xbb\xbf").map_err(failed)?;
                Sheet::Csv(Box::new(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)))
            }
            Some("xlsx") => {
                let mut book = Workbook::new();
                book.add_worksheet_with_constant_memory()
                    .and_then(|page| page.set_freeze_panes(1, 0))
                    .map_err(failed)?;
                Sheet::Xlsx { book: Box::new(book), row: 0, file: file.to_owned() }
            }
            _ => return Err(Problem::setup(format!("{}: the name must end in .xlsx or .csv", file.display()))),
        };
        let headings: Vec<Option<String>> = headings.iter().map(|h| Some((*h).to_owned())).collect();
        sheet.row(&headings)?;
        Ok(sheet)
    }

    fn row(&mut self, cells: &[Option<String>]) -> Result<(), Problem> {
        match self {
            Sheet::Csv(writer) => writer
                .write_record(cells.iter().map(|cell| cell.as_deref().map(defused).unwrap_or_default()))
                .map_err(failed),
            Sheet::Xlsx { book, row, .. } => {
                let page = book.worksheet_from_index(0).map_err(failed)?;
                for (column, cell) in cells.iter().enumerate() {
                    if let (Some(text), Ok(column)) = (cell, u16::try_from(column)) {
                        // As text throughout: codes and phones are no numbers, and an import reads digits in text.
                        page.write_string(*row, column, text.chars().take(32_000).collect::<String>())
                            .map_err(failed)?;
                    }
                }
                *row += 1;
                Ok(())
            }
        }
    }

    fn end(self) -> Result<(), Problem> {
        match self {
            Sheet::Csv(mut writer) => writer.flush().map_err(failed),
            Sheet::Xlsx { mut book, file, .. } => {
                book.save(&file).map_err(|error| Problem::setup(format!("{}: {error}", file.display())))
            }
        }
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it.
fn defused(text: &str) -> String {
    if text.trim_start().starts_with(['=', '+', '-', '@', '|', '%']) || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_text_is_not() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused(" @x"), "' @x");
        assert_eq!(defused("示例有限公司"), "示例有限公司");
    }

    #[test]
    fn only_two_kinds_of_file_are_written() {
        assert!(Sheet::begin(Path::new("x.ods"), &["a"]).is_err());
    }
}
