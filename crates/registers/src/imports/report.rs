//! Files an import gives back: the template of a kind, and the refused rows with their reasons.

use std::collections::HashMap;

use huiqi_kernel::locale::Locale;
use huiqi_store::{Ctx, Fault};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::queries::{self, Import};
use super::{Kind, columns};
use crate::export::{Book, Out};
use crate::t;

/// The template of a kind: a sheet with the headings, cells formatted as text, and a sheet that explains each column.
pub(super) fn template(kind: Kind, l: Locale) -> Result<Vec<u8>, XlsxError> {
    let m = t(l);
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    let sheet = book.add_worksheet().set_name(kind.label(l))?;
    sheet.set_freeze_panes(1, 0)?;
    for (place, column) in (0_u16..).zip(columns(kind)) {
        sheet.set_column_width(place, 20.0)?;
        sheet.set_column_format(place, &text)?;
        sheet.write_string_with_format(0, place, column.heading(l), &bold)?;
    }
    let notes = book.add_worksheet().set_name(m.imports_notes())?;
    for (place, (heading, width)) in (0_u16..).zip([
        (m.imports_notes_column(), 24.0),
        (m.imports_notes_required(), 10.0),
        (m.imports_notes_what(), 60.0),
        (m.imports_notes_example(), 30.0),
    ]) {
        notes.set_column_width(place, width)?;
        notes.write_string_with_format(0, place, heading, &bold)?;
    }
    for (row, column) in (1_u32..).zip(columns(kind)) {
        notes.write_string(row, 0, column.heading(l))?;
        notes.write_string(row, 1, if column.required { m.registers_yes() } else { m.registers_no() })?;
        notes.write_string(row, 2, column.note(l))?;
        notes.write_string(row, 3, column.example.as_str())?;
    }
    let last = u32::try_from(columns(kind).len()).unwrap_or(0) + 2;
    notes.write_string(last, 0, m.imports_notes_empty())?;
    book.save_to_buffer()
}

/// The refused rows as they stood in the file, with the reason in a last column.
pub(super) async fn refused(ctx: &Ctx, import: &Import, l: Locale) -> Result<Vec<u8>, Fault> {
    let mut headings = import.headings();
    let width = headings.len();
    headings.push(t(l).imports_line());
    headings.push(t(l).imports_reason());
    let mut book = Book::begin(&t(l).imports_refused(), &headings).map_err(Fault::internal)?;
    let mut after = -1;
    loop {
        let rows = queries::refused(ctx, import.id, after, 1000).await?;
        for row in &rows {
            after = row.line;
            let mut cells = original(import, &row.payload, l);
            cells.resize(width, Out::Empty);
            cells.push(Out::Number(row.line.to_string()));
            cells.push(Out::text(match l {
                Locale::Zh => row.reason_zh.clone(),
                Locale::En => row.reason_en.clone(),
            }));
            book.row(&cells).map_err(Fault::internal)?;
        }
        if rows.len() < 1000 {
            break;
        }
    }
    book.end().map_err(Fault::internal)
}

/// The cells of a refused row: as they stood in the file where it could not be read, and its values under their own
/// headings where it was read and refused for its place among others.
fn original(import: &Import, payload: &str, l: Locale) -> Vec<Out> {
    if let Ok(cells) = serde_json::from_str::<Vec<String>>(payload) {
        return cells.into_iter().map(|c| if c.is_empty() { Out::Empty } else { Out::Text(c) }).collect();
    }
    let values: HashMap<String, serde_json::Value> = serde_json::from_str(payload).unwrap_or_default();
    let headings = import.headings();
    let Some(layout) = super::headings::recognise(import.kind(), &headings) else { return Vec::new() };
    let mut cells = vec![Out::Empty; headings.len()];
    for (column, place) in columns(import.kind()).iter().zip(&layout.places) {
        // Files call the code `credit_code`, records call it `code`; modes and categories are lists.
        let key = if column.key == "credit_code" { "code" } else { column.key.as_str() };
        let (Some((place, _)), Some(value)) = (place, values.get(key)) else { continue };
        let shown = match value {
            // A person who mends the file needs phones and days as they are typed.
            serde_json::Value::String(words) if matches!(key, "district" | "category" | "nature" | "fee") => {
                crate::said::value(key, words, l)
            }
            serde_json::Value::String(words) => words.clone(),
            serde_json::Value::Number(n) if matches!(key, "revenue" | "assets") => {
                n.as_i64().map(crate::said::wan_plain).unwrap_or_default()
            }
            serde_json::Value::Array(items) => {
                let codes: Vec<&str> = items.iter().filter_map(serde_json::Value::as_str).collect();
                crate::said::value(key, &codes.join(","), l)
            }
            other => other.to_string(),
        };
        cells[*place] = Out::Text(shown);
    }
    cells
}
