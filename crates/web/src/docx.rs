//! Official papers as `.docx`, in the measures of GB/T 9704-2012, so that an office may go on working with them.
//!
//! A4; top 37 mm, left 28 mm, text area 156 × 225 mm; text 16 pt FangSong with lines of 28.95 pt and two characters of
//! indent; title 22 pt; page numbers outside, under the text.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Pic, Run,
    RunFonts, SpecialIndentType, Table, TableBorder, TableBorderPosition, TableCell, TableCellBorder,
    TableCellBorderPosition, TableLayoutType, TableRow, VAlignType, WidthType,
};
use huiqi_store::Fault;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode};

use crate::kernel::locale::Locale;
use crate::paper::{Block, Paper};
use crate::{dates, t};

/// Media type of the files made here.
pub const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Twentieths of a point in so many millimetres.
fn mm(length: f64) -> i32 {
    (length * 1440.0 / 25.4).round() as i32
}

/// One line of text, 28.95 pt, in twentieths of a point.
const LEAD: i32 = 579;
/// Half points: text, title, small.
const TEXT: usize = 32;
const TITLE: usize = 44;
const SMALL: usize = 24;
/// Width of the text area in twentieths of a point: 156 mm.
const WIDTH: usize = 8844;

/// Fonts by the names a Chinese word processor knows them by.
fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman").east_asia(chinese)
}

const FANG_SONG: &str = "FangSong";
const HEI: &str = "SimHei";
const SONG: &str = "FZXiaoBiaoSong-B05S";

fn lead() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(LEAD).before(0).after(0)
}

fn run(text: &str, size: usize, font: &str) -> Run {
    Run::new().add_text(text).size(size).fonts(fonts(font))
}

fn centred(text: &str, size: usize, font: &str) -> Paragraph {
    let spacing = LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(LEAD);
    Paragraph::new().align(AlignmentType::Center).line_spacing(spacing).add_run(run(text, size, font))
}

fn indented(text: &str, font: &str, language: Locale) -> Paragraph {
    let align = if language == Locale::Zh { AlignmentType::Both } else { AlignmentType::Left };
    Paragraph::new()
        .align(align)
        .line_spacing(lead())
        .indent(None, Some(SpecialIndentType::FirstLine(640)), None, None)
        .first_line_chars(200)
        .add_run(run(text, TEXT, font))
}

fn small(text: &str, font: &str) -> Paragraph {
    Paragraph::new()
        .line_spacing(LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(320))
        .add_run(run(text, SMALL, font))
}

/// A cell without lines around it.
fn bare(width: usize) -> TableCell {
    [
        TableCellBorderPosition::Top,
        TableCellBorderPosition::Left,
        TableCellBorderPosition::Bottom,
        TableCellBorderPosition::Right,
    ]
    .into_iter()
    .fold(TableCell::new(), |cell, at| cell.set_border(TableCellBorder::new(at).border_type(BorderType::Nil)))
    .width(width, WidthType::Dxa)
    .vertical_align(VAlignType::Bottom)
}

/// The QR code of an address as a PNG; nothing where it is too long for one.
fn qr(url: &str) -> Option<Vec<u8>> {
    const SCALE: u32 = 8;
    const QUIET: u32 = 2;
    let code = QrCode::with_error_correction_level(url.as_bytes(), EcLevel::M).ok()?;
    let width = u32::try_from(code.width()).ok()?;
    let colors = code.to_colors();
    let side = (width + 2 * QUIET) * SCALE;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / SCALE).wrapping_sub(QUIET), (y / SCALE).wrapping_sub(QUIET));
        let dark = x < width && y < width && colors[(y * width + x) as usize] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut out, ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

fn page_number(align: AlignmentType) -> Footer {
    let font = || fonts("SimSun");
    Footer::new().add_paragraph(
        Paragraph::new()
            .align(align)
            .add_run(Run::new().add_text("\u{2014} ").size(28).fonts(font()))
            .add_page_num(PageNum::new())
            .add_run(Run::new().add_text(" \u{2014}").size(28).fonts(font())),
    )
}

fn table(head: &[String], rows: &[Vec<String>]) -> Table {
    let columns = head.len().max(1);
    let width = WIDTH / columns;
    let line = |cells: &[String], font: &str, align: AlignmentType| {
        TableRow::new(
            cells
                .iter()
                .map(|text| {
                    TableCell::new()
                        .width(width, WidthType::Dxa)
                        .vertical_align(VAlignType::Center)
                        .add_paragraph(Paragraph::new().align(align).add_run(run(text, 24, font)))
                })
                .collect(),
        )
        .cant_split()
    };
    let mut lines = Vec::with_capacity(rows.len() + 1);
    if head.iter().any(|h| !h.is_empty()) {
        lines.push(line(head, HEI, AlignmentType::Center));
    }
    lines.extend(rows.iter().map(|cells| line(cells, FANG_SONG, AlignmentType::Left)));
    let border = |at| TableBorder::new(at).size(6).color("000000");
    [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(Table::new(lines), |table, at| table.set_border(border(at)))
    .set_grid(vec![width; columns])
    .width(width * columns, WidthType::Dxa)
    .layout(TableLayoutType::Fixed)
}

/// A paper as a file. `title` is its title as plain words, `blocks` what stands between address and end.
///
/// # Errors
/// When the file cannot be put together.
pub fn write(paper: &Paper, title: &str, blocks: &[Block]) -> Result<Vec<u8>, Fault> {
    let words = t(paper.language);
    let margin = PageMargin::new()
        .top(mm(37.0))
        .left(mm(28.0))
        .right(mm(26.0))
        .bottom(mm(35.0))
        .header(mm(15.0))
        .footer(mm(23.0));
    let mut docx = Docx::new()
        .page_size(11906, 16838)
        .page_margin(margin)
        .default_fonts(fonts(FANG_SONG))
        .default_size(TEXT)
        .footer(page_number(AlignmentType::Right))
        .even_footer(page_number(AlignmentType::Left))
        .add_paragraph(centred(&paper.office, TITLE, SONG))
        .add_paragraph(centred(title, TITLE, SONG));
    if !paper.number.is_empty() {
        docx = docx.add_paragraph(centred(&paper.number, TEXT, FANG_SONG));
    }
    if !paper.to.is_empty() {
        docx = docx.add_paragraph(Paragraph::new().line_spacing(lead()).add_run(run(&paper.to, TEXT, FANG_SONG)));
    }
    for block in blocks {
        docx = match block {
            Block::Heading(text) => docx.add_paragraph(indented(text, HEI, paper.language).keep_next(true)),
            Block::Text(text) | Block::Item(text) => docx.add_paragraph(indented(text, FANG_SONG, paper.language)),
            Block::Small(text) => docx.add_paragraph(small(text, FANG_SONG)),
            Block::Table { caption, head, rows } => {
                if !caption.is_empty() {
                    docx = docx.add_paragraph(centred(caption, 28, HEI).keep_next(true));
                }
                docx.add_table(table(head, rows))
            }
        };
    }
    docx = docx.add_paragraph(Paragraph::new().line_spacing(lead()));
    let signer = if paper.signer.is_empty() { &paper.office } else { &paper.signer };
    let day = dates::date_full_words(paper.day, paper.language);
    let sign = bare(if paper.code.is_some() { 4444 } else { WIDTH })
        .add_paragraph(centred(signer, TEXT, FANG_SONG))
        .add_paragraph(centred(&day, TEXT, FANG_SONG));
    let mut cells = Vec::new();
    if let Some(code) = &paper.code {
        let picture = qr(&code.url)
            .map(|png| Pic::new_with_dimensions(png, 264, 264).size(26 * 36_000, 26 * 36_000))
            .map_or_else(Paragraph::new, |pic| Paragraph::new().add_run(Run::new().add_image(pic)));
        let label = if code.label.is_empty() { words.web_paper_code() } else { code.label.clone() };
        cells.push(bare(1700).add_paragraph(picture));
        cells.push(
            bare(2700)
                .add_paragraph(small(&words.web_paper_number(), FANG_SONG))
                .add_paragraph(small(&code.number, HEI))
                .add_paragraph(small(&label, FANG_SONG))
                .add_paragraph(small(&code.code, HEI)),
        );
    }
    let grid = if cells.is_empty() { vec![WIDTH] } else { vec![1700, 2700, 4444] };
    cells.push(sign);
    docx = docx.add_table(
        Table::without_borders(vec![TableRow::new(cells).cant_split()])
            .set_grid(grid)
            .width(WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed),
    );
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out).map_err(Fault::internal)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_the_standard() {
        assert_eq!((mm(37.0), mm(28.0), mm(26.0), mm(35.0)), (2098, 1587, 1474, 1984));
        assert_eq!(WIDTH as i32, 11906 - mm(28.0) - mm(26.0) - 1);
        assert!(qr("https://example.org").is_some_and(|png| png.starts_with(b"\x89PNG")));
        assert!(qr(&"x".repeat(5000)).is_none());
    }
}
