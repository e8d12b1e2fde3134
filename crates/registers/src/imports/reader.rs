//! Files, row by row, with limits: nothing a file says about its size is believed, and memory follows what is read,
//! not what is claimed.
//!
//! `.xlsx` is streamed cell by cell after its real unpacked size was counted. `.csv` may be UTF-8 (with or without
//! mark), UTF-16 with mark, or GB18030, parted by commas, tabs or semicolons. The headings stand within the first ten
//! rows that hold anything; with workbooks, on the first sheet that has them.

use std::io::{Cursor, Read};

use bytes::Bytes;
use calamine::{DataRef, Reader as _, Xlsx};
use chrono::NaiveDate;

use super::Kind;
use super::cells::{Raw, tidy};
use super::headings::{self, Layout};

/// Largest file, packed.
pub const MAX_FILE: usize = 64 * 1024 * 1024;
/// Most rows below the headings.
pub const MAX_ROWS: usize = 200_000;
/// Columns that are looked at.
pub const MAX_COLUMNS: u32 = 1000;
/// Rows among which the headings are looked for.
const HEADING_ROWS: usize = 10;
/// Largest workbook, unpacked.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// Largest part of a workbook that is held in memory (texts, styles), unpacked.
const MAX_HELD: u64 = 128 * 1024 * 1024;
/// Most parts of a workbook.
const MAX_PARTS: usize = 2000;
/// Sheets that are looked through for headings.
const MAX_SHEETS: usize = 10;
/// Most vertically merged areas that are filled.
const MAX_MERGED: usize = 50_000;

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// Larger than is taken, packed or unpacked.
    TooLarge,
    /// More rows than are taken.
    TooManyRows,
    /// An old `.xls`, or a workbook with a password.
    OldWorkbook,
    /// Damaged, or no table at all.
    Broken,
    /// No row with the headings that are needed.
    NoHeadings,
    /// Headings, but nothing below them.
    NoRows,
}

/// One row as the file holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRow {
    /// Line in the file as programs count it, from 1.
    pub line: u32,
    /// Cells that hold something: place from 0, and what.
    pub cells: Vec<(u32, Raw)>,
}

impl RawRow {
    /// The cell at a place.
    pub fn get(&self, place: usize) -> Option<&Raw> {
        let place = u32::try_from(place).ok()?;
        self.cells.iter().find(|(at, _)| *at == place).map(|(_, raw)| raw)
    }

    /// All cells as text, gaps filled.
    pub fn texts(&self) -> Vec<String> {
        let width = self.cells.iter().map(|(at, _)| *at as usize + 1).max().unwrap_or(0);
        let mut out = vec![String::new(); width];
        for (at, raw) in &self.cells {
            out[*at as usize] = raw.shown();
        }
        out
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|(_, raw)| matches!(raw, Raw::Text(words) if tidy(words).is_empty()))
    }
}

/// Takes what a file holds: the headings once, then rows. Answers whether to go on.
pub trait Sink {
    /// The headings.
    fn layout(&mut self, layout: Layout) -> bool;
    /// A row below them that holds something.
    fn row(&mut self, row: RawRow) -> bool;
}

/// Reads a whole file into a sink.
///
/// # Errors
/// See [`FileProblem`]; rows given before stay given.
pub fn read(kind: Kind, content: &Bytes, sink: &mut dyn Sink) -> Result<(), FileProblem> {
    if content.len() > MAX_FILE {
        return Err(FileProblem::TooLarge);
    }
    match content.get(..4) {
        Some(b"PK\x03\x04") => workbook(kind, content, sink),
        Some([0xd0, 0xcf, 0x11, 0xe0]) => Err(FileProblem::OldWorkbook),
        _ => text(kind, content, sink),
    }
}

/// What follows the rows of a table on their way to the sink.
struct Table<'a> {
    kind: Kind,
    sink: &'a mut dyn Sink,
    headings: Option<Vec<String>>,
    seen: usize,
    rows: usize,
}

/// What became of a row.
enum Next {
    /// Give more.
    More,
    /// The headings are not in this table.
    NoHeadings,
    /// The sink wants no more.
    Enough,
}

impl<'a> Table<'a> {
    fn new(kind: Kind, sink: &'a mut dyn Sink) -> Table<'a> {
        Table { kind, sink, headings: None, seen: 0, rows: 0 }
    }

    fn take(&mut self, row: RawRow) -> Result<Next, FileProblem> {
        if row.is_blank() {
            return Ok(Next::More);
        }
        let Some(headings) = &self.headings else {
            let texts = row.texts();
            self.seen += 1;
            return match headings::recognise(self.kind, &texts) {
                Some(layout) => {
                    self.headings = Some(texts);
                    Ok(if self.sink.layout(layout) { Next::More } else { Next::Enough })
                }
                None if self.seen >= HEADING_ROWS => Ok(Next::NoHeadings),
                None => Ok(Next::More),
            };
        };
        // A heading row that comes again, as on every printed page.
        let first = row.cells.first();
        if first.is_some_and(|(at, raw)| headings.get(*at as usize).is_some_and(|h| *h == raw.shown()))
            && row.texts() == *headings
        {
            return Ok(Next::More);
        }
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        Ok(if self.sink.row(row) { Next::More } else { Next::Enough })
    }
}

/// Counts what a workbook really unpacks to.
fn check_unpacked(content: &Bytes) -> Result<(), FileProblem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(content.clone())).map_err(|_| FileProblem::Broken)?;
    if archive.len() > MAX_PARTS {
        return Err(FileProblem::TooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| FileProblem::Broken)?;
        let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets/"));
        let most = if is_sheet { left } else { left.min(MAX_HELD) };
        let read = std::io::copy(&mut part.take(most + 1), &mut std::io::sink()).map_err(|_| FileProblem::Broken)?;
        if read > most {
            return Err(FileProblem::TooLarge);
        }
        left -= read;
    }
    Ok(())
}

/// An area merged over several rows; its value stands in its first row only.
struct Merged {
    column: u32,
    rows: (u32, u32),
    value: Option<Raw>,
}

fn workbook(kind: Kind, content: &Bytes, sink: &mut dyn Sink) -> Result<(), FileProblem> {
    check_unpacked(content)?;
    let mut book: Xlsx<Cursor<Bytes>> = Xlsx::new(Cursor::new(content.clone())).map_err(|_| FileProblem::Broken)?;
    let names = book.sheet_names();
    let mut outcome = Err(FileProblem::NoHeadings);
    for name in names.iter().take(MAX_SHEETS) {
        outcome = sheet(kind, &mut book, name, sink);
        if outcome != Err(FileProblem::NoHeadings) {
            break;
        }
    }
    outcome
}

fn sheet(kind: Kind, book: &mut Xlsx<Cursor<Bytes>>, name: &str, sink: &mut dyn Sink) -> Result<(), FileProblem> {
    // A sheet that cannot be looked at (a chart) has no headings either.
    let mut merged: Vec<Merged> = match book.merge_cells_by_sheet_name(name) {
        Ok(areas) => areas
            .into_iter()
            .filter(|area| area.end.0 > area.start.0 && area.start.1 < MAX_COLUMNS)
            .take(MAX_MERGED)
            .map(|area| Merged { column: area.start.1, rows: (area.start.0, area.end.0), value: None })
            .collect(),
        Err(_) => return Err(FileProblem::NoHeadings),
    };
    merged.sort_by_key(|area| area.rows.0);
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Err(FileProblem::NoHeadings) };
    let mut table = Table::new(kind, sink);
    let mut row = RawRow { line: 0, cells: Vec::new() };
    let mut at = 0;
    let mut filling = Filling { areas: &mut merged, next: 0, open: Vec::new() };
    loop {
        let cell = cells.next_cell_with_formula_metadata().map_err(|_| FileProblem::Broken)?;
        let is_end = cell.is_none();
        let position = cell.as_ref().map_or((u32::MAX, 0), |c| c.pos);
        if is_end || position.0 != at {
            if !row.cells.is_empty() {
                let mut whole = std::mem::replace(&mut row, RawRow { line: 0, cells: Vec::new() });
                whole.line = at + 1;
                filling.fill(at, &mut whole);
                match table.take(whole)? {
                    Next::More => {}
                    Next::NoHeadings => return Err(FileProblem::NoHeadings),
                    Next::Enough => return Ok(()),
                }
            }
            at = position.0;
        }
        let Some(cell) = cell else { break };
        if position.1 >= MAX_COLUMNS {
            continue;
        }
        let raw = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Raw::Formula,
            DataRef::Empty => continue,
            DataRef::Int(n) => Raw::Number(n as f64),
            DataRef::Float(n) => Raw::Number(n),
            DataRef::String(words) if words.is_empty() && cell.formula.is_some() => Raw::Formula,
            DataRef::String(words) => Raw::words(&words),
            DataRef::SharedString(words) => Raw::words(words),
            DataRef::Bool(yes) => Raw::Flag(yes),
            DataRef::Error(error) => Raw::Error(error.to_string()),
            DataRef::DateTime(moment) if moment.is_datetime() => {
                let (year, month, day, ..) = moment.to_ymd_hms_milli();
                NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
                    .map_or(Raw::Number(moment.as_f64()), Raw::Date)
            }
            DataRef::DateTime(moment) => Raw::Number(moment.as_f64()),
            DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => Raw::words(&words),
        };
        row.cells.push((position.1, raw));
    }
    finished(&table)
}

fn finished(table: &Table<'_>) -> Result<(), FileProblem> {
    match (&table.headings, table.rows) {
        (None, _) => Err(FileProblem::NoHeadings),
        (Some(_), 0) => Err(FileProblem::NoRows),
        _ => Ok(()),
    }
}

/// Fills areas that are merged over several rows with the value of their first row.
struct Filling<'a> {
    areas: &'a mut Vec<Merged>,
    next: usize,
    open: Vec<usize>,
}

impl Filling<'_> {
    fn fill(&mut self, at: u32, row: &mut RawRow) {
        while self.next < self.areas.len() && self.areas[self.next].rows.0 <= at {
            self.open.push(self.next);
            self.next += 1;
        }
        let areas = &mut *self.areas;
        self.open.retain(|index| areas[*index].rows.1 >= at);
        for index in &self.open {
            let area = &mut areas[*index];
            if area.rows.0 == at {
                area.value = row.cells.iter().find(|(column, _)| *column == area.column).map(|(_, raw)| raw.clone());
            } else if let Some(value) = &area.value
                && !row.cells.iter().any(|(column, _)| *column == area.column)
            {
                row.cells.push((area.column, value.clone()));
            }
        }
        row.cells.sort_by_key(|(column, _)| *column);
    }
}

/// The words of a text file.
fn decoded(content: &Bytes) -> Option<std::borrow::Cow<'_, str>> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(content) {
        return Some(encoding.decode_without_bom_handling(&content[mark..]).0);
    }
    if content.iter().take(4096).any(|b| *b == 0) {
        return None;
    }
    match std::str::from_utf8(content) {
        Ok(words) => Some(words.into()),
        Err(_) => Some(encoding_rs::GB18030.decode_without_bom_handling(content).0),
    }
}

fn rows_of(words: &str, mark: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(mark).from_reader(words.as_bytes())
}

fn raw_row(record: &csv::StringRecord) -> RawRow {
    let line = record.position().map_or(0, csv::Position::line);
    RawRow {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        cells: record
            .iter()
            .zip(0..MAX_COLUMNS)
            .filter(|(cell, _)| !cell.is_empty())
            .map(|(cell, place)| (place, Raw::words(cell)))
            .collect(),
    }
}

fn text(kind: Kind, content: &Bytes, sink: &mut dyn Sink) -> Result<(), FileProblem> {
    let words = decoded(content).ok_or(FileProblem::Broken)?;
    let has_headings = |mark: u8| {
        let mut reader = rows_of(&words, mark);
        let mut record = csv::StringRecord::new();
        let mut seen = 0;
        while seen < HEADING_ROWS && matches!(reader.read_record(&mut record), Ok(true)) {
            let row = raw_row(&record);
            if !row.is_blank() {
                seen += 1;
                if headings::recognise(kind, &row.texts()).is_some() {
                    return true;
                }
            }
        }
        false
    };
    let mark = [b',', b'\t', b';'].into_iter().find(|mark| has_headings(*mark)).ok_or(FileProblem::NoHeadings)?;
    let mut table = Table::new(kind, sink);
    let mut reader = rows_of(&words, mark);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| FileProblem::Broken)? {
        match table.take(raw_row(&record))? {
            Next::More => {}
            Next::NoHeadings => return Err(FileProblem::NoHeadings),
            Next::Enough => return Ok(()),
        }
    }
    finished(&table)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Default)]
    struct Heap {
        layouts: usize,
        rows: Vec<RawRow>,
    }

    impl Sink for Heap {
        fn layout(&mut self, _: Layout) -> bool {
            self.layouts += 1;
            true
        }

        fn row(&mut self, row: RawRow) -> bool {
            self.rows.push(row);
            true
        }
    }

    fn heap(content: &[u8]) -> (Result<(), FileProblem>, Heap) {
        let mut heap = Heap::default();
        let outcome = read(Kind::Enterprises, &Bytes::copy_from_slice(content), &mut heap);
        (outcome, heap)
    }

    #[test]
    fn a_title_before_and_headings_again_are_no_rows() {
        let text = "名录\n\nname;credit_code;x\na;b;c\nname;credit_code;x\n;;\nd\n";
        let (outcome, heap) = heap(text.as_bytes());
        assert_eq!(outcome, Ok(()));
        assert_eq!(heap.layouts, 1);
        assert_eq!(heap.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [4, 7]);
        assert_eq!(heap.rows[0].texts(), ["a", "b", "c"]);
    }

    #[test]
    fn too_many_rows_are_a_refused_file() {
        let text = format!("name,credit_code\n{}", "a,b\n".repeat(MAX_ROWS + 1));
        assert_eq!(heap(text.as_bytes()).0, Err(FileProblem::TooManyRows));
    }

    #[test]
    fn columns_beyond_the_last_are_not_looked_at() {
        let text = format!("name,credit_code\na,b{}z\n", ",".repeat(5000));
        let (outcome, heap) = heap(text.as_bytes());
        assert_eq!(outcome, Ok(()));
        assert_eq!(heap.rows[0].cells.len(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            let _ = heap(&bytes);
            let mut zip = b"PK\x03\x04".to_vec();
            zip.extend(&bytes);
            let _ = heap(&zip);
        }

        #[test]
        fn no_table_breaks_the_reader(text in "(name,credit_code\n)?([a-z\"',;\t\r 公司１２]{0,30}\n){0,20}") {
            let (outcome, heap) = heap(text.as_bytes());
            prop_assert!(outcome.is_ok() != heap.rows.is_empty() || outcome == Err(FileProblem::Broken));
        }
    }
}
