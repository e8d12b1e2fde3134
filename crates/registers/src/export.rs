//! A list as a file, read and written a thousand rows at a time.
//!
//! Text that a spreadsheet would take for a formula gets an apostrophe before it in `.csv`; in `.xlsx` text is text.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use huiqi_store::Fault;
use huiqi_web::visit::download;
use huiqi_web::{Answer, Failure};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Media type of workbooks.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A cell to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Out {
    /// Words.
    Text(String),
    /// A number, as its digits.
    Number(String),
    /// Nothing.
    Empty,
}

impl Out {
    /// Words, or nothing.
    pub(crate) fn text(words: Option<impl Into<String>>) -> Out {
        words.map_or(Out::Empty, |w| Out::Text(w.into()))
    }

    /// A whole number, or nothing.
    pub(crate) fn whole(n: Option<i64>) -> Out {
        n.map_or(Out::Empty, |n| Out::Number(n.to_string()))
    }

    /// An amount in fen as 10,000 yuan, or nothing.
    pub(crate) fn wan(fen: Option<i64>) -> Out {
        fen.map_or(Out::Empty, |f| Out::Number(crate::said::wan_plain(f)))
    }
}

/// Where the next part begins: sort key and row id of the last row written.
pub(crate) type After = Option<(String, i64)>;
/// Some rows, and where the next ones begin; `None` after the last.
pub(crate) type Batch = (Vec<Vec<Out>>, After);
/// Reads rows from a place on.
pub(crate) type Reader = Arc<dyn Fn(After) -> BoxFuture<'static, Result<Batch, Fault>> + Send + Sync>;

/// Text as a spreadsheet may safely open it: what would be a formula gets an apostrophe.
pub(crate) fn defused(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{3000}']).chars().next().map(huiqi_kernel::text::half_width);
    if matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%'))
        || text.starts_with(['\t', '\r', '\n'])
    {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn csv_lines<'a>(rows: impl IntoIterator<Item = &'a [Out]>) -> Result<Vec<u8>, Fault> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            Out::Text(words) => defused(words),
            Out::Number(digits) => digits.clone(),
            Out::Empty => String::new(),
        });
        writer.write_record(cells).map_err(Fault::internal)?;
    }
    writer.into_inner().map_err(|e| Fault::internal(e.error()))
}

/// The list as `.csv` in UTF-8 with the mark that spreadsheets look for, sent while it is read.
pub(crate) fn csv_file(name: &str, headings: Vec<String>, reader: Reader) -> Answer {
    enum Step {
        Head(Vec<String>),
        Rows(After),
        Done,
    }
    let parts = stream::try_unfold(Step::Head(headings), move |step| {
        let reader = reader.clone();
        async move {
            match step {
                Step::Head(headings) => {
                    let cells: Vec<Out> = headings.into_iter().map(Out::Text).collect();
                    let mut bytes = b"\xef\xbb\xbf".to_vec();
                    bytes.extend(csv_lines([cells.as_slice()])?);
                    Ok::<_, Fault>(Some((Bytes::from(bytes), Step::Rows(None))))
                }
                Step::Rows(after) => {
                    let (rows, next) = reader(after).await?;
                    let bytes = csv_lines(rows.iter().map(Vec::as_slice))?;
                    Ok(Some((Bytes::from(bytes), next.map_or(Step::Done, |key| Step::Rows(Some(key))))))
                }
                Step::Done => Ok(None),
            }
        }
    });
    download(name, "text/csv; charset=utf-8", Body::from_stream(parts))
}

/// The list as `.xlsx`; rows go to a temporary file as they are read, so that memory does not grow with them.
pub(crate) async fn xlsx_file(name: &str, sheet: &str, headings: Vec<String>, reader: Reader) -> Answer {
    let (to, mut from) = tokio::sync::mpsc::channel::<Vec<Vec<Out>>>(4);
    let sheet = sheet.to_owned();
    let writing = tokio::task::spawn_blocking(move || {
        let mut book = Book::begin(&sheet, &headings).map_err(Fault::internal)?;
        while let Some(rows) = from.blocking_recv() {
            for row in &rows {
                book.row(row).map_err(Fault::internal)?;
            }
        }
        book.end().map_err(Fault::internal)
    });
    let mut after = None;
    loop {
        let (rows, next) = reader(after).await?;
        if to.send(rows).await.is_err() {
            break;
        }
        match next {
            Some(key) => after = Some(key),
            None => break,
        }
    }
    drop(to);
    let content = writing.await.map_err(|e| Failure::from(Fault::internal(e)))??;
    download(name, XLSX, content)
}

/// A workbook of one sheet that is written row by row.
pub(crate) struct Book {
    book: Workbook,
    row: u32,
}

impl Book {
    /// A new one with its heading row.
    pub(crate) fn begin(sheet: &str, headings: &[String]) -> Result<Book, XlsxError> {
        let mut book = Workbook::new();
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(sheet)?;
        page.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (place, heading) in headings.iter().enumerate() {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            page.set_column_width(place, if heading.chars().count() > 8 { 24.0 } else { 16.0 })?;
        }
        for (place, heading) in headings.iter().enumerate() {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            page.write_string_with_format(0, place, heading, &bold)?;
        }
        Ok(Book { book, row: 0 })
    }

    /// The next row.
    pub(crate) fn row(&mut self, cells: &[Out]) -> Result<(), XlsxError> {
        self.row += 1;
        let row = self.row;
        let page = self.book.worksheet_from_index(0)?;
        for (place, cell) in cells.iter().enumerate() {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            match cell {
                Out::Text(words) => {
                    let cut: String = words.chars().take(32_000).collect();
                    page.write_string(row, place, cut)?;
                }
                Out::Number(digits) => match digits.parse::<f64>() {
                    Ok(n) => {
                        page.write_number(row, place, n)?;
                    }
                    Err(_) => {
                        page.write_string(row, place, digits)?;
                    }
                },
                Out::Empty => {}
            }
        }
        Ok(())
    }

    /// The finished file.
    pub(crate) fn end(mut self) -> Result<Vec<u8>, XlsxError> {
        self.book.save_to_buffer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused() {
        for bad in ["=1+1", "+86", "-5", "@sum", "\t=1", " =1", "＝HYPERLINK(1)", "|cmd"] {
            assert!(defused(bad).starts_with('\''), "{bad:?}");
        }
        for good in ["示例", "1-2", "a=b", ""] {
            assert_eq!(defused(good), good);
        }
        let line =
            csv_lines([[Out::Text("=cmd|' /C calc'!A0".into()), Out::Number("-5".into()), Out::Empty].as_slice()]);
        assert_eq!(String::from_utf8(line.expect("csv")).expect("utf-8"), "'=cmd|' /C calc'!A0,-5,\r\n");
    }
}
