//! Files: clean ones, messy ones, hostile ones.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::time::Instant;

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::text;
use huiqi_registers::enterprises::{self, NewEnterprise};
use huiqi_registers::imports::{self, Kind, Summary};
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Fault, ctx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::support::{House, code};

async fn import(house: &House, kind: Kind, path: &Path) -> Summary {
    imports::import_file(&house.ctx, kind, path, false).await.unwrap()
}

/// Counts without the number.
fn counts(summary: &Summary) -> (i64, i64, i64, i64, i64) {
    (summary.read, summary.new, summary.changed, summary.same, summary.refused)
}

#[derive(Debug, FromQueryResult)]
struct Row {
    name: String,
    district: Option<String>,
    industry: Option<String>,
    staff: Option<i64>,
    revenue: Option<i64>,
    founded: Option<String>,
    phone: Option<String>,
    size: String,
}

async fn row(house: &House, code: &str) -> Option<Row> {
    ctx::one(
        &house.ctx,
        "SELECT o.name, e.district, e.industry, e.staff, e.revenue, e.founded, e.phone, e.size FROM enterprise e
         JOIN organisation o ON o.id = e.organisation WHERE o.code = ?",
        [code.into()],
    )
    .await
    .unwrap()
}

#[derive(FromQueryResult)]
struct Reason {
    line: i64,
    reason_zh: String,
    reason_en: String,
}

async fn reasons(house: &House) -> Vec<Reason> {
    ctx::all(
        &house.ctx,
        "SELECT line, reason_zh, reason_en FROM register_import_row WHERE state = 'refused' ORDER BY import, line",
        [],
    )
    .await
    .unwrap()
}

fn book(write: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    write(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn line(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (place, cell) in (0_u16..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string(row, place, *cell).unwrap();
        }
    }
}

/// Takes the stored result of one formula out of a workbook, as programs leave it that do not calculate.
fn without_result(content: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(content)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let xml = String::from_utf8(bytes).unwrap();
            assert!(xml.contains("<v>RESULT</v>"));
            bytes = xml.replace("<v>RESULT</v>", "<v></v>").into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A workbook as offices send them: title, merged cells, dates in three forms, numbers as text, formulas.
fn messy() -> Vec<u8> {
    without_result(&book(|sheet| {
        let date = Format::new().set_num_format("yyyy/m/d");
        sheet.merge_range(0, 0, 0, 6, "2025 年企业情况汇总表", &Format::new()).unwrap();
        line(sheet, 1, &["填报单位：示例区工信局"]);
        line(
            sheet,
            3,
            &[
                "序号",
                " 企业 名称 ",
                "所属区",
                "统一社会信用代码（18位）",
                "行业代码",
                "从业人员",
                "营业收入(万元)",
                "成立日期",
                "联系电话",
                "备注",
            ],
        );
        // 5: everything in the ordinary way, the date a date.
        line(sheet, 4, &["1", "示例软件(厦门)有限公司", "湖里区", &code(1), "I65", "", "", "", "13000000001"]);
        sheet.write_number(4, 5, 103).unwrap();
        sheet.write_number(4, 6, 15735).unwrap();
        sheet.write_datetime_with_format(4, 7, ExcelDateTime::from_ymd(2016, 5, 18).unwrap(), &date).unwrap();
        // 6: full width, thousands, lower case, a date as its bare number, a phone as a number.
        line(
            sheet,
            5,
            &[
                "2",
                "示例石材厂",
                "同安",
                &format!(" {} ", code(2).to_lowercase()),
                "C30",
                "１，２３４ 人",
                "2,000.50 万元",
            ],
        );
        sheet.write_number(5, 7, 42508).unwrap();
        sheet.write_number(5, 8, 13000000002.0_f64).unwrap();
        // 7: a wrong check character. 8: the code of line 5 again.
        let wrong = format!("{}{}", &code(3)[..17], if code(3).ends_with('0') { '1' } else { '0' });
        line(sheet, 6, &["3", "示例水暖有限公司", "", &wrong]);
        line(sheet, 7, &["4", "示例软件（厦门）有限公司", "", &code(1)]);
        // 9: three things wrong at once.
        line(sheet, 8, &["5", "示例光电有限公司", "鼓楼区", &code(4), "软件业", "约一百", "", "2016年13月1日"]);
        // 10 and 11: one district for two rows.
        line(sheet, 9, &["6", "示例跨境贸易有限公司", "", &code(5)]);
        line(sheet, 10, &["7", "示例物流有限公司", "", &code(6)]);
        sheet.merge_range(9, 2, 10, 2, "翔安区", &Format::new()).unwrap();
        // 12: a formula with its result. 13: one without, for a column we need.
        line(sheet, 11, &["8", "示例包装有限公司", "", &code(7)]);
        sheet.write_formula(11, 5, Formula::new("=20+1").set_result("21")).unwrap();
        line(sheet, 12, &["9", "", "", &code(8)]);
        sheet.write_formula(12, 1, Formula::new("=\"示例\"&\"公司\"").set_result("RESULT")).unwrap();
        // 14: a huge cell. 15: no name. 16: nothing but blanks. 17: an error value.
        line(sheet, 13, &["10", &"长".repeat(5000), "", &code(9)]);
        line(sheet, 14, &["11", " \u{3000} ", "", &code(10)]);
        line(sheet, 15, &["  ", "\u{200b}"]);
        line(sheet, 16, &["12", "示例食品有限公司", "", &code(11)]);
        sheet.write_formula(16, 5, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        // 18: the headings again. 19: a code the spreadsheet has rounded.
        line(
            sheet,
            17,
            &[
                "序号",
                " 企业 名称 ",
                "所属区",
                "统一社会信用代码（18位）",
                "行业代码",
                "从业人员",
                "营业收入(万元)",
                "成立日期",
                "联系电话",
                "备注",
            ],
        );
        line(sheet, 18, &["13", "示例鞋业有限公司"]);
        sheet.write_number(18, 3, 350200123456789012.0_f64).unwrap();
        // A thousand empty columns, and one cell where nobody looks.
        for place in 1000..2000 {
            sheet.write_blank(4, place, &Format::new().set_bold()).unwrap();
        }
        sheet.write_string(199_999, 16_383, "x").unwrap();
    }))
}

async fn torture(house: &House) {
    let path = house.file("messy.xlsx", &messy());
    let started = Instant::now();
    let dry = imports::import_file(&house.ctx, Kind::Enterprises, &path, true).await.unwrap();
    assert!(started.elapsed().as_secs() < 20, "a stray cell must not cost anything");
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM enterprise").await, 0, "a dry run changes nothing");
    let summary = import(house, Kind::Enterprises, &path).await;
    assert_eq!(counts(&summary), counts(&dry));
    assert_eq!(
        counts(&summary),
        (13, 5, 0, 0, 8),
        "{:?}",
        reasons(house).await.iter().map(|r| (r.line, r.reason_zh.clone())).collect::<Vec<_>>()
    );
    assert_eq!(summary.to_string(), "read 13, new 5, changed 0, same 0, refused 8");

    let first = row(house, &code(1)).await.unwrap();
    assert_eq!(first.name, "示例软件（厦门）有限公司");
    assert_eq!(first.district.as_deref(), Some("350206"));
    assert_eq!((first.staff, first.revenue), (Some(103), Some(15_735_000_000)));
    assert_eq!(first.founded.as_deref(), Some("2016-05-18"));
    assert_eq!(first.phone.as_deref(), Some("13000000001"));
    assert_eq!(first.size, "medium");
    let second = row(house, &code(2)).await.unwrap();
    assert_eq!((second.staff, second.revenue), (Some(1234), Some(2_000_500_000)));
    assert_eq!(second.founded.as_deref(), Some("2016-05-18"));
    assert_eq!(second.phone.as_deref(), Some("13000000002"));
    assert_eq!(second.industry.as_deref(), Some("C30"));
    for merged in [5, 6] {
        assert_eq!(row(house, &code(merged)).await.unwrap().district.as_deref(), Some("350213"), "{merged}");
    }
    assert_eq!(row(house, &code(7)).await.unwrap().staff, Some(21));

    let refused = reasons(house).await;
    // The dry run keeps its refused rows too.
    let lines: Vec<i64> = refused.iter().skip(8).map(|r| r.line).collect();
    assert_eq!(lines, [7, 8, 9, 13, 14, 15, 17, 19]);
    for reason in &refused {
        assert!(reason.reason_zh.chars().any(text::is_han), "{}", reason.reason_zh);
        assert!(!reason.reason_en.chars().any(text::is_han) && !reason.reason_en.is_empty(), "{}", reason.reason_en);
    }
    let said = |line: i64| refused.iter().find(|r| r.line == line).map(|r| r.reason_zh.clone()).unwrap_or_default();
    assert!(said(8).contains("第 5 行"), "{}", said(8));
    assert!(said(9).contains("所属区") && said(9).contains("行业代码") && said(9).contains("从业人员"), "{}", said(9));
    assert!(said(13).contains("公式"), "{}", said(13));
    assert!(said(14).contains("100"), "{}", said(14));
    assert!(said(15).contains("没有填"), "{}", said(15));
    assert!(said(17).contains("#DIV/0!"), "{}", said(17));
    assert!(said(19).contains("文本"), "{}", said(19));

    // The same file twice changes nothing.
    let again = import(house, Kind::Enterprises, &path).await;
    assert_eq!(counts(&again), (13, 0, 0, 5, 8));
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM register_change").await, 0);
}

#[tokio::test]
async fn messy_workbooks_on_sqlite() {
    torture(&House::sqlite().await).await;
}

#[tokio::test]
async fn messy_workbooks_on_postgres() {
    torture(&House::postgres().await).await;
}

const HEAD: &str = "企业名称,统一社会信用代码,所属区,从业人员,联系电话";

async fn csv_forms(house: &House) {
    let text = format!(
        "{HEAD}\r\n\"示例,甲\"\"有限公司\",{},湖里区,\"1,234\",0592-5051234\r\n\r\n示例乙有限公司,{},同安,5,\r\n",
        code(21),
        code(22)
    );
    let utf8 = house.file("utf8.csv", text.as_bytes());
    assert_eq!(counts(&import(house, Kind::Enterprises, &utf8).await), (2, 2, 0, 0, 0));
    assert_eq!(row(house, &code(21)).await.unwrap().name, "示例,甲\"有限公司");
    assert_eq!(row(house, &code(21)).await.unwrap().staff, Some(1234));
    // Other encodings and marks of the same table: all the same.
    let marked = house.file("bom.csv", format!("\u{feff}{text}").as_bytes());
    assert_eq!(counts(&import(house, Kind::Enterprises, &marked).await), (2, 0, 0, 2, 0));
    let gb = house.file("gb.csv", &gb18030(&text));
    assert_eq!(counts(&import(house, Kind::Enterprises, &gb).await), (2, 0, 0, 2, 0));
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let wide = house.file("utf16.csv", &wide);
    assert_eq!(counts(&import(house, Kind::Enterprises, &wide).await), (2, 0, 0, 2, 0));
    let tabs = format!("name\tcredit_code\tstaff\n示例,甲\"有限公司\t{}\t1234\n", code(21));
    let tabs = house.file("tabs.csv", tabs.as_bytes());
    assert_eq!(counts(&import(house, Kind::Enterprises, &tabs).await), (1, 0, 0, 1, 0));
    // A change, an empty cell that erases nothing, a row too short, a row too long.
    let more = format!(
        "{HEAD}\n示例甲有限公司,{},,6,\n示例乙有限公司,{}\n示例丙有限公司,{},湖里,1,13000000003,x,y,z\n",
        code(21),
        code(22),
        code(23)
    );
    let more = house.file("more.csv", more.as_bytes());
    assert_eq!(counts(&import(house, Kind::Enterprises, &more).await), (3, 1, 1, 1, 0));
    let changed = row(house, &code(21)).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.staff, changed.district.as_deref()),
        ("示例甲有限公司", Some(6), Some("350206"))
    );
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM register_change WHERE source = 'import'").await, 2);
    let found = enterprises::search_brief(&house.ctx, &Viewer::System, "示例甲", 10).await.unwrap();
    assert_eq!(found.len(), 1, "the new name is found");
    assert_eq!(enterprises::search_brief(&house.ctx, &Viewer::System, "sljyxgs", 10).await.unwrap().len(), 1);
    assert_eq!(enterprises::search_brief(&house.ctx, &Viewer::System, &code(22)[..14], 10).await.unwrap().len(), 3);
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[tokio::test]
async fn csv_in_all_encodings_on_sqlite() {
    csv_forms(&House::sqlite().await).await;
}

#[tokio::test]
async fn csv_in_all_encodings_on_postgres() {
    csv_forms(&House::postgres().await).await;
}

/// A small file that unpacks to far more than is taken.
fn bomb() -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    to.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..150 {
        to.write_all(&zeros).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[tokio::test]
async fn hostile_files_are_refused_files() {
    let house = House::sqlite().await;
    let whole = messy();
    let stray = book(|sheet| {
        sheet.write_string(199_999, 16_383, "x").unwrap();
    });
    let bare = book(|sheet| line(sheet, 0, &["企业名称", "统一社会信用代码"]));
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("empty.csv", Vec::new()),
        ("blank.csv", b"\n\n  ,,,\n".to_vec()),
        ("headings.csv", "所属区,地址\n湖里区,一路\n".as_bytes().to_vec()),
        ("old.xls", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
        ("cut.xlsx", whole[..whole.len() / 2].to_vec()),
        ("zip.xlsx", b"PK\x03\x04 this is no zip".to_vec()),
        ("binary.csv", (0..=255_u8).cycle().take(5000).collect()),
        ("stray.xlsx", stray),
        ("bare.xlsx", bare),
        ("bomb.xlsx", bomb()),
    ];
    for (name, content) in files {
        let path = house.file(name, &content);
        match imports::import_file(&house.ctx, Kind::Enterprises, &path, false).await {
            Err(Fault::Invalid { field: "file", message }) => {
                for locale in Locale::ALL {
                    assert!(!message.get(locale).is_empty(), "{name}");
                }
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    let missing = house.folder.path().join("missing.csv");
    assert!(imports::import_file(&house.ctx, Kind::Enterprises, &missing, false).await.is_err());
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM enterprise").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM register_import WHERE state = 'failed'").await, 10);
}

async fn providers_and_products(house: &House) {
    let text = format!(
        "机构名称,统一社会信用代码,所属区,服务类别,简介,联系电话,地址,机构性质\n\
         示例检测技术有限公司,{},湖里区,技术创新和质量、法律,电磁兼容测试,0592-5051234,湖里区示例路 1 号,企业\n\
         示例协会,{},,09,,,,社团\n\
         示例律所,{},思明,法律服务,,,,其他\n",
        code(31),
        code(32),
        code(33)
    );
    let path = house.file("providers.csv", text.as_bytes());
    let first = import(house, Kind::Providers, &path).await;
    assert_eq!(counts(&first), (3, 2, 0, 0, 1));
    assert_eq!(counts(&import(house, Kind::Providers, &path).await), (3, 0, 0, 2, 1));
    let law = huiqi_registers::providers::by_category(&house.ctx, Some("08")).await.unwrap();
    assert_eq!(law.iter().map(|b| b.name.as_str()).collect::<Vec<_>>(), ["示例检测技术有限公司", "示例律所"]);
    assert_eq!(law[0].categories, ["05", "08"]);
    assert_eq!(law[0].number, "JG-000001");

    let text = format!(
        "产品名称,服务机构代码,服务类别,简介,收费方式,价格,服务方式,办理时限\n\
         电磁兼容预测试,{0},技术创新和质量服务,当天给数据,低收费,300 元/次,上门、网络,3 个工作日\n\
         电磁兼容预测试,{0},05,,,,,\n\
         合同审查,{1},法律,,免费,,,1.5\n\
         合同审查,{2},法律,,免费,,,2\n\
         劳动咨询,{3},法律,,面议,,电话,2\n",
        code(31),
        code(33),
        code(34),
        code(33)
    );
    let path = house.file("products.csv", text.as_bytes());
    let summary = import(house, Kind::Products, &path).await;
    assert_eq!(
        counts(&summary),
        (5, 2, 0, 0, 3),
        "{:?}",
        reasons(house).await.iter().map(|r| r.reason_zh.clone()).collect::<Vec<_>>()
    );
    assert_eq!(counts(&import(house, Kind::Products, &path).await), (5, 0, 0, 2, 3));
    let products = huiqi_registers::products::of_provider(&house.ctx, law[0].organisation).await.unwrap();
    assert_eq!(products.len(), 1);
    assert_eq!((products[0].number.as_str(), products[0].days), ("CP-000001", Some(3)));
    assert_eq!(products[0].modes(), ["onsite", "online"]);

    // A provider that is a firm as well is one organisation with two capacities.
    let firm = format!("{HEAD}\n示例检测技术有限公司,{},湖里区,86,\n", code(31));
    let path = house.file("firm.csv", firm.as_bytes());
    assert_eq!(counts(&import(house, Kind::Enterprises, &path).await), (1, 1, 0, 0, 0));
    let text = "SELECT COUNT(*) AS n FROM organisation_capacity c JOIN organisation o ON o.id = c.organisation WHERE o.name = '示例检测技术有限公司'";
    assert_eq!(house.count(text).await, 2);
}

#[tokio::test]
async fn providers_and_products_on_sqlite() {
    providers_and_products(&House::sqlite().await).await;
}

#[tokio::test]
async fn providers_and_products_on_postgres() {
    providers_and_products(&House::postgres().await).await;
}

fn many(from: u32, count: u32) -> String {
    let mut text = format!("{HEAD},行业代码,营业收入(万元)\n");
    for n in from..from + count {
        text.push_str(&format!("示例第{n}号制造有限公司,{},湖里区,{},13000000000,C34,{}\n", code(n), n % 400, n));
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_import_goes_on_by_itself() {
    let house = House::sqlite().await;
    let path = house.file("many.csv", many(1, 3000).as_bytes());
    let ctx = house.ctx.clone();
    let task = tokio::spawn(async move { imports::import_file(&ctx, Kind::Enterprises, &path, false).await });
    // Cut off as soon as something has been written.
    loop {
        let written = house.count("SELECT COUNT(*) AS n FROM enterprise").await;
        assert_eq!(written % 500, 0, "only whole batches are visible");
        if written > 0 || task.is_finished() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    task.abort();
    let _ = task.await;
    let written = house.count("SELECT COUNT(*) AS n FROM enterprise").await;
    assert!(written > 0 && written < 3000, "{written}");
    let left = house.count("SELECT COUNT(*) AS n FROM register_import_row").await;
    assert_eq!(written + left, 3000, "what is left to do is what was not done");
    // The lease still runs: nobody interferes.
    assert_eq!(imports::run_due(house.ctx.clone()).await.unwrap(), 0);
    house.later(61_000);
    assert!(imports::run_due(house.ctx.clone()).await.unwrap() > 0);
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM enterprise").await, 3000);
    assert_eq!(
        house.count("SELECT COUNT(*) AS n FROM register_import WHERE state = 'done' AND done_new = 3000").await,
        1
    );
    assert_eq!(house.count("SELECT COUNT(*) AS n FROM register_import_row").await, 0);
    assert_eq!(house.count("SELECT COUNT(DISTINCT code) AS n FROM organisation").await, 3000);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_writers_wait_less_than_a_second() {
    let house = House::sqlite().await;
    let path = house.file("many.csv", many(1, 2000).as_bytes());
    let ctx = house.ctx.clone();
    let task = tokio::spawn(async move { imports::import_file(&ctx, Kind::Enterprises, &path, false).await.unwrap() });
    let mut longest = std::time::Duration::ZERO;
    let mut written = 0;
    while !task.is_finished() {
        let started = Instant::now();
        let new = NewEnterprise { name: format!("示例旁人{written}有限公司"), ..NewEnterprise::default() };
        house.firm(&new).await;
        longest = longest.max(started.elapsed());
        written += 1;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(counts(&task.await.unwrap()), (2000, 2000, 0, 0, 0));
    assert!(written > 3);
    // Unoptimised code on a busy machine; in release a batch takes some hundredths of a second.
    assert!(longest.as_millis() < 2500, "{longest:?}");
}
