//! The overview as a file: every table with its definition and the moment it was computed.
//!
//! In `.csv` words that a spreadsheet would take for a formula get an apostrophe before them; in `.xlsx` words are
//! words.

use axum::extract::Query;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_kernel::text::half_width;
use huiqi_store::Fault;
use huiqi_web::visit::download;
use huiqi_web::{Answer, Visit, dates};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::ask::Ask;
use super::labels;
use super::queries::{Counted, Figures, figures};
use super::sets::{Figure, Watched};
use super::time::Sample;
use crate::requests::pages::grade_word;
use crate::t;

/// Media type of workbooks.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Out {
    /// Words.
    Text(String),
    /// A number, as its digits.
    Number(String),
    /// Nothing.
    Empty,
}

impl Out {
    fn whole(n: i64) -> Out {
        Out::Number(n.to_string())
    }

    fn days(sample: Sample) -> Out {
        sample.digits().map_or(Out::Empty, Out::Number)
    }

    /// A share in percent with one decimal; nothing where there is no whole.
    fn share(part: i64, whole: i64) -> Out {
        dates::share_figure(part, whole).map_or(Out::Empty, Out::Number)
    }

    fn mean(hundredths: Option<i64>) -> Out {
        hundredths.map_or(Out::Empty, |h| Out::Number(format!("{}.{:02}", h / 100, h % 100)))
    }
}

impl From<String> for Out {
    fn from(words: String) -> Out {
        Out::Text(words)
    }
}

/// A table of the file.
struct Block {
    name: String,
    notes: Vec<String>,
    heads: Vec<String>,
    rows: Vec<Vec<Out>>,
}

/// Words as a spreadsheet may safely open them.
pub(crate) fn defused(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{3000}']).chars().next().map(half_width);
    if matches!(first, Some('=' | '+' | '-' | '@' | '|' | '\t' | '\r' | '\n')) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn blocks(visit: &Visit, f: &Figures) -> Vec<Block> {
    let locale = visit.locale();
    let m = t(locale);
    let define = |figure, step| labels::definition(figure, step, f.now, locale);
    let label = |figure, step| labels::label(figure, step, locale);
    let mut about = vec![
        labels::title(visit.viewer(), locale),
        labels::span(f.span, locale),
        labels::sees(visit.viewer(), f.reports, locale),
        m.overview_computed(dates::date_full_words(dates::day_of(f.at), locale) + " " + &dates::clock(f.at)),
    ];
    about.extend(labels::narrowed(&f.ask, locale));

    let mut main: Vec<Vec<Out>> = Vec::new();
    let mut line = |what: String, value: Out, unit: String, sample: Out, words: String| {
        main.push(vec![what.into(), value, unit.into(), sample, words.into()]);
    };
    let cases = m.overview_unit_cases();
    line(
        label(Figure::Intake, None),
        Out::whole(f.intake_total),
        cases.clone(),
        Out::Empty,
        define(Figure::Intake, None),
    );
    for step in Watched::ALL {
        let one = f.step(*step);
        let in_time = match step {
            Watched::Accept => m.overview_accepted_in_time(),
            Watched::Dispatch => m.overview_dispatched_in_time(),
            Watched::Answer => m.overview_answered_in_time(),
        };
        let step = Some(*step);
        line(
            in_time,
            Out::share(one.kept, one.settled),
            "%".into(),
            Out::whole(one.settled),
            define(Figure::Limit, step),
        );
        line(label(Figure::Late, step), Out::whole(one.late), cases.clone(), Out::Empty, define(Figure::Late, step));
        line(
            m.overview_median_of(label(Figure::Time, step)),
            Out::days(one.time),
            m.overview_unit_days(),
            Out::whole(one.time.n),
            define(Figure::Time, step),
        );
    }
    line(
        label(Figure::Confirmed, None),
        Out::whole(f.confirmed),
        cases.clone(),
        Out::whole(f.closed_total),
        define(Figure::Confirmed, None),
    );
    line(
        m.overview_satisfaction(),
        Out::share(f.satisfied, f.rated()),
        "%".into(),
        Out::whole(f.rated()),
        define(Figure::Satisfied, None),
    );
    line(
        m.overview_mean_grade(),
        Out::mean(f.mean()),
        m.overview_unit_points(),
        Out::whole(f.rated()),
        define(Figure::Rated, None),
    );
    line(
        label(Figure::Excluded, None),
        Out::whole(f.excluded),
        m.overview_col_grades(),
        Out::Empty,
        define(Figure::Excluded, None),
    );
    line(
        label(Figure::ClosedRated, None),
        Out::whole(f.closed_rated),
        cases.clone(),
        Out::whole(f.closed_total),
        define(Figure::ClosedRated, None),
    );
    line(
        label(Figure::NotAchieved, None),
        Out::whole(f.not_achieved),
        cases.clone(),
        Out::whole(f.tried),
        define(Figure::NotAchieved, None),
    );
    let (opened, closed, open) = f.improvements;
    for (figure, n) in [(Figure::ImproveOpened, opened), (Figure::ImproveClosed, closed), (Figure::ImproveOpen, open)] {
        line(label(figure, None), Out::whole(n), cases.clone(), Out::Empty, define(figure, None));
    }
    line(
        m.overview_improve_time(),
        Out::days(f.improve_time),
        m.overview_unit_days(),
        Out::whole(f.improve_time.n),
        define(Figure::ImproveClosed, None),
    );
    let c = f.calls;
    for (figure, n, of) in [
        (Figure::CallsMade, c.made, None),
        (Figure::CallsReached, c.reached, Some(c.made)),
        (Figure::CallsSolved, c.solved, Some(c.reached)),
        (Figure::CallsUnreached, c.unreached, Some(c.made)),
        (Figure::CallsOpen, c.open, None),
        (Figure::CallsOverdue, c.overdue, None),
    ] {
        let sample = of.map_or(Out::Empty, Out::whole);
        line(label(figure, None), Out::whole(n), cases.clone(), sample, define(figure, None));
    }
    let mut out = vec![Block {
        name: labels::title(visit.viewer(), locale),
        notes: about,
        heads: vec![
            m.overview_col_figure(),
            m.overview_col_value(),
            m.overview_col_unit(),
            m.overview_col_sample(),
            m.overview_how(),
        ],
        rows: main,
    }];

    let by = |name: String, column: String, rows: &[Counted], word: fn(&str, Locale) -> String| Block {
        name,
        notes: vec![define(Figure::Intake, None)],
        heads: vec![column, m.overview_col_cases(), m.overview_col_share_percent()],
        rows: rows
            .iter()
            .map(|(code, n)| vec![word(code, locale).into(), Out::whole(*n), Out::share(*n, f.intake_total)])
            .collect(),
    };
    out.push(by(m.overview_by_channel(), m.overview_col_channel(), &f.intake.channels, labels::channel));
    out.push(by(m.overview_by_kind(), m.overview_col_kind(), &f.intake.kinds, labels::kind));
    out.push(by(m.overview_by_category(), m.overview_category(), &f.intake.categories, labels::category));
    out.push(by(m.overview_by_district(), m.overview_district(), &f.intake.districts, labels::district));
    out.push(Block {
        name: m.overview_by_month(),
        notes: vec![define(Figure::Intake, None)],
        heads: vec![m.overview_from(), m.overview_to(), m.overview_col_cases()],
        rows: f
            .intake
            .months
            .iter()
            .map(|(span, n)| vec![span.from.to_string().into(), span.to.to_string().into(), Out::whole(*n)])
            .collect(),
    });
    let mut endings: Vec<Vec<Out>> = f
        .closed
        .iter()
        .map(|(how, n)| vec![how.label(locale).into(), Out::whole(*n), Out::share(*n, f.closed_total)])
        .collect();
    for (figure, n) in [(Figure::Refused, f.refused), (Figure::Withdrawn, f.withdrawn), (Figure::Merged, f.merged)] {
        endings.push(vec![label(figure, None).into(), Out::whole(n), Out::Empty]);
    }
    out.push(Block {
        name: m.overview_endings(),
        notes: vec![define(Figure::Closed, None), define(Figure::Confirmed, None)],
        heads: vec![m.overview_col_ending(), m.overview_col_cases(), m.overview_col_share_percent()],
        rows: endings,
    });
    out.push(Block {
        name: m.overview_grades(),
        notes: vec![define(Figure::Rated, None), define(Figure::Satisfied, None), m.appeal_export(f.excluded)],
        heads: vec![m.overview_col_grade(), m.overview_col_grades(), m.overview_col_share_percent()],
        rows: f
            .grades
            .iter()
            .map(|(grade, n)| {
                let word = m.overview_grade_word(grade.to_string(), grade_word(*grade, locale));
                vec![word.into(), Out::whole(*n), Out::share(*n, f.rated())]
            })
            .collect(),
    });
    out.push(Block {
        name: m.overview_improvements(),
        notes: vec![
            define(Figure::ImproveOpened, None),
            define(Figure::ImproveClosed, None),
            define(Figure::ImproveOpen, None),
        ],
        heads: vec![
            m.overview_col_cause(),
            m.overview_col_improve_opened(),
            m.overview_col_improve_closed(),
            m.overview_col_improve_open(),
        ],
        rows: f
            .causes
            .iter()
            .map(|row| {
                vec![
                    labels::cause(&row.cause, locale).into(),
                    Out::whole(row.opened),
                    Out::whole(row.closed),
                    Out::whole(row.open),
                ]
            })
            .collect(),
    });
    let columns = [
        (Figure::Given, m.overview_given()),
        (Figure::Taken, m.overview_taken()),
        (Figure::Declined, m.overview_declined()),
        (Figure::NotAchieved, m.overview_not_achieved()),
        (Figure::Reported, m.overview_reported()),
    ];
    let mut heads = vec![m.overview_col_number(), m.overview_col_handler()];
    heads.extend(columns.iter().map(|(_, word)| word.clone()));
    heads.extend([
        m.overview_col_to_take(),
        m.overview_col_to_answer(),
        m.overview_mean_grade(),
        m.overview_col_grades(),
        m.overview_open(),
        m.overview_overdue(),
    ]);
    out.push(Block {
        name: m.overview_handlers(),
        notes: columns.iter().map(|(figure, word)| m.overview_note(word, define(*figure, None))).collect(),
        heads,
        rows: f
            .handlers
            .iter()
            .map(|row| {
                vec![
                    row.number.clone().into(),
                    match &row.name_en {
                        Some(en) if locale == Locale::En => en.clone().into(),
                        _ => row.name.clone().into(),
                    },
                    Out::whole(row.given),
                    Out::whole(row.taken),
                    Out::whole(row.declined),
                    Out::whole(row.not_achieved),
                    Out::whole(row.reported),
                    Out::days(row.to_take),
                    Out::days(row.to_answer),
                    Out::mean(row.mean()),
                    Out::whole(row.grades),
                    Out::whole(row.open),
                    Out::whole(row.overdue),
                ]
            })
            .collect(),
    });
    out
}

fn file_name(visit: &Visit, f: &Figures, ending: &str) -> String {
    format!("{}-{}-{}.{ending}", labels::title(visit.viewer(), visit.locale()), f.span.from, f.span.to)
}

fn csv_bytes(blocks: &[Block]) -> Result<Vec<u8>, Fault> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let mut put = |cells: Vec<String>| writer.write_record(cells).map_err(Fault::internal);
    for (place, block) in blocks.iter().enumerate() {
        if place > 0 {
            put(vec![String::new()])?;
            put(vec![defused(&block.name)])?;
        }
        for note in &block.notes {
            put(vec![defused(note)])?;
        }
        put(block.heads.iter().map(|head| defused(head)).collect())?;
        for row in &block.rows {
            put(row
                .iter()
                .map(|cell| match cell {
                    Out::Text(words) => defused(words),
                    Out::Number(digits) => digits.clone(),
                    Out::Empty => String::new(),
                })
                .collect())?;
        }
    }
    writer.into_inner().map_err(|e| Fault::internal(e.error()))
}

/// A name for a sheet: at most 31 characters, none of those that a sheet may not have, none twice.
fn sheet_name(name: &str, place: usize) -> String {
    let clean: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(27).collect();
    format!("{} {clean}", place + 1)
}

fn xlsx_bytes(blocks: &[Block]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    for (place, block) in blocks.iter().enumerate() {
        let page = book.add_worksheet();
        page.set_name(sheet_name(&block.name, place))?;
        page.set_column_width(0, 32.0)?;
        let mut row = 0;
        for note in &block.notes {
            page.write_string(row, 0, note)?;
            row += 1;
        }
        for (column, head) in (0..).zip(&block.heads) {
            page.write_string_with_format(row, column, head, &bold)?;
        }
        for cells in &block.rows {
            row += 1;
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Out::Text(words) if column >= 4 => {
                        page.write_string_with_format(row, column, words, &wrapped)?;
                    }
                    Out::Text(words) => {
                        page.write_string(row, column, words)?;
                    }
                    Out::Number(digits) => match digits.parse::<f64>() {
                        Ok(n) => {
                            page.write_number(row, column, n)?;
                        }
                        Err(_) => {
                            page.write_string(row, column, digits)?;
                        }
                    },
                    Out::Empty => {}
                }
            }
        }
        if place == 0 {
            page.set_column_width(4, 90.0)?;
        }
    }
    book.save_to_buffer()
}

pub(super) async fn csv(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ask = ask.within_reach(visit.viewer());
    let found = figures(visit.ctx(), visit.viewer(), &ask).await?;
    let content = csv_bytes(&blocks(&visit, &found))?;
    download(&file_name(&visit, &found, "csv"), "text/csv; charset=utf-8", content)
}

pub(super) async fn xlsx(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ask = ask.within_reach(visit.viewer());
    let found = figures(visit.ctx(), visit.viewer(), &ask).await?;
    let content = xlsx_bytes(&blocks(&visit, &found)).map_err(Fault::internal)?;
    download(&file_name(&visit, &found, "xlsx"), XLSX, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_formulas() {
        let block = Block {
            name: "@a".into(),
            notes: vec!["=1+1".into()],
            heads: vec!["+x".into()],
            rows: vec![vec![Out::Text("＝HYPERLINK(1)".into()), Out::Number("-5".into()), Out::Empty]],
        };
        let bytes = csv_bytes(&[block]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{feff}'=1+1\r\n'+x\r\n'＝HYPERLINK(1),-5,\r\n");
    }

    #[test]
    fn sheets_have_lawful_names() {
        assert_eq!(sheet_name("a/b[c]", 0), "1 abc");
        assert!(sheet_name(&"长".repeat(60), 11).chars().count() <= 31);
    }
}
