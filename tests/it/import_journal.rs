//! `import journal`: an office's own book, every row of it accounted for.

use crate::desk::Office;
use crate::desk::Ran;
use crate::support::workbook::parts;
use crate::support::workbook::zipped;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

const BOOK: &str = "\
序号,事项编号,责任单位,日期,状态,进度,进展情况,文号,经办人
1,1.1.1,赤坎区,2013年6月20日,推进中,55%,征求意见,,经办甲
2,1.1.2,应急办,2013.6.21,,62,累计62场,,经办乙
3,1.1.1,赤坎区,2013-07-02,报完成,100%,已印发,赤府办〔2013〕9号,经办甲
4,1.1.1,赤坎区,2013/7/8,办结,,,,
";

fn import(office: &Office, arguments: &[&str]) -> Ran {
    office.run(&[&["import", "journal", "book.csv"], arguments].concat())
}

fn json(ran: &Ran) -> Value {
    let value: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.all()));
    crate::schemas::check_output("intake", &value);
    let count = |key: &str| value[key].as_array().unwrap().len();
    let in_doubt = value["rows"].as_u64().unwrap() as usize
        - count("entries")
        - count("there")
        - value["blank"].as_u64().unwrap() as usize;
    assert_eq!(in_doubt, count("doubts"), "a row was dropped: {value}");
    value
}

#[test]
fn a_book_is_shown_first_and_recorded_with_yes() {
    let office = Office::new();
    office.write("book.csv", BOOK);
    let ran = import(&office, &[]).done();
    ran.shows(&[
        "To be recorded",
        "line 2",
        "1.1.2@yjb",
        "4 rows: to record 4",
    ])
    .says(&["nothing is written yet"]);
    assert!(office.lines().is_empty());
    import(&office, &["--yes"]).done().shows(&["li:4"]);
    let lines = office.lines();
    assert!(
        lines[0].contains(",2013-06-20,progress,1.1.1,chikan,,55%,chikan,经办甲,,,征求意见,"),
        "{lines:?}"
    );
    assert!(lines[1].contains(",2013-06-21,progress,1.1.2,yjb,,62,yjb,经办乙,,,累计62场,"));
    assert!(
        lines[2]
            .contains(",2013-07-02,submit,1.1.1,chikan,,,chikan,经办甲,赤府办〔2013〕9号,,已印发,")
    );
    assert!(lines[3].contains(",2013-07-08,verify,1.1.1,chikan,,,yjb,"));
    let status = office.run(&["show", "1.1.1@chikan"]).done();
    assert!(status.out.contains("done"), "{}", status.out);
}

#[test]
fn a_book_read_again_adds_nothing() {
    let office = Office::new();
    office.write("book.csv", BOOK);
    import(&office, &["--yes"]).done();
    let ran = import(&office, &["--yes", "--format", "json"]).done();
    let value = json(&ran);
    assert_eq!(value["there"].as_array().unwrap().len(), 4);
    assert_eq!(value["written"], false);
    assert_eq!(office.lines().len(), 4);
}

#[test]
fn every_refused_row_is_named_and_then_nothing_is_written() {
    let office = Office::new();
    let more = "\
5,9.9.9,赤坎区,2013-06-22,推进中,10%,,,
6,1.1.1,坡头区,2013-06-22,推进中,10%,,,
7,1.1.1,赤坎区,,推进中,10%,,,
8,1.1.1,赤坎区,六月,推进中,10%,,,
9,1.1.1,赤坎区,2013-06-23,飞速,10%,,,
10,1.1.3,赤坎区,2013-06-23,推进中,,排查,,
11,1.1.1,,2013-06-23,推进中,,两家牵头,,
12,1.1.5,赤坎区,2013-06-23,报完成,,没有佐证,,
13,1.1.1,霞山区,2013-06-23,办结,,还没有报,,
14,1.1.1,霞山区,2099-01-01,推进中,,还没到,,
,,,,,,,,
";
    office.write("book.csv", format!("{BOOK}{more}"));
    let ran = import(&office, &["--format", "json"]).ends_with(1);
    let value = json(&ran);
    let doubts = value["doubts"].as_array().unwrap();
    let cells: Vec<&str> = doubts
        .iter()
        .map(|of| of["cell"].as_str().unwrap())
        .collect();
    let lines: Vec<String> = (6..16).map(|line| format!("line {line}")).collect();
    assert_eq!(cells, lines);
    import(&office, &["--yes"])
        .ends_with(4)
        .says(&["nothing was written: 10 in doubt", "--skip-doubtful"]);
    assert!(office.lines().is_empty());
    import(&office, &["--yes", "--skip-doubtful"]).done();
    assert_eq!(office.lines().len(), 4);
}

#[test]
fn what_a_refused_row_would_have_changed_does_not_help_the_next_one() {
    let office = Office::new();
    office.write(
        "book.csv",
        "事项,单位,日期,事件,佐证\n1.1.5,赤坎区,2013-06-01,报完成,没有.pdf\n1.1.5,赤坎区,2013-06-02,核实办结,\n",
    );
    let ran = import(&office, &["--yes", "--skip-doubtful", "--format", "json"]).done();
    assert_eq!(json(&ran)["doubts"].as_array().unwrap().len(), 2);
    assert!(office.lines().is_empty());
}

#[test]
fn what_was_recorded_and_taken_back_is_not_recorded_again() {
    let office = Office::new();
    office.write("book.csv", BOOK);
    import(&office, &["--yes"]).done();
    office.run(&["retract", "li:2", "-m", "误报"]).done();
    import(&office, &["--yes"])
        .ends_with(4)
        .says(&["the same entry (li:2) was recorded and taken back"]);
}

#[test]
fn a_sealed_month_needs_late() {
    let office = Office::new();
    office.write("book.csv", BOOK);
    office.run(&["seal", "2013-06", "--as", "yjb"]).done();
    import(&office, &[]).ends_with(1).shows(&["--late"]);
    import(&office, &["--yes", "--late"]).done();
}

#[test]
fn a_book_in_gbk_is_read_and_that_is_said() {
    let office = Office::new();
    let (bytes, _, _) = encoding_rs::GBK.encode(BOOK);
    office.write("book.csv", &bytes);
    let ran = import(&office, &[]).done();
    ran.shows(&["was read as gb18030", "columns that are not read: 序号"]);
    office.write("book.csv", b"\xff\xff,\xff\n");
    import(&office, &[])
        .ends_with(3)
        .says(&["neither UTF-8 nor GB18030", "--encoding"]);
}

#[test]
fn other_titles_are_said_with_map() {
    let office = Office::new();
    office.write(
        "book.csv",
        "Task;Who;When;What\n1.1.1;chikan;2013-06-20;征求意见\n",
    );
    import(&office, &[])
        .ends_with(3)
        .says(&["no row of titles", "--map"]);
    let maps = [
        "--map",
        "Task=item",
        "--map",
        "Who=unit",
        "--map",
        "C=date",
        "--map",
        "what=note",
    ];
    let ran = import(&office, &[&maps[..], &["--format", "json"]].concat()).done();
    let value = json(&ran);
    assert_eq!(value["entries"][0]["note"], "征求意见");
    assert_eq!(value["sources"][0]["columns"][0], "Task=item");
    import(&office, &["--map", "Task=thing"])
        .ends_with(2)
        .says(&["item, title"]);
    import(&office, &["--map", "Nix=item"])
        .ends_with(2)
        .says(&["no column `Nix`"]);
}

#[test]
fn two_columns_of_one_meaning_are_asked_about() {
    let office = Office::new();
    office.write(
        "book.csv",
        "事项,日期,报送日期,进展情况\n1.1.2,2013-06-01,2013-06-02,在办\n",
    );
    import(&office, &[]).ends_with(2).says(&[
        "`日期` and `报送日期` both look like date",
        "--map 报送日期=-",
    ]);
    import(&office, &["--map", "报送日期=-"]).done();
}

#[test]
fn a_workbook_with_merged_cells_and_lost_zeros_is_read_as_it_is_meant() {
    let office = Office::with_plan(
        &crate::desk::PLAN
            .replace("\"1.1.1\"", "\"1.1\"")
            .replace("\"1.1.2\"", "\"1.20\"")
            .replace("\"1.1.4\"", "\"1.10\""),
    );
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let sheet = book.add_worksheet().set_name("六月").unwrap();
    sheet
        .merge_range(0, 0, 0, 4, "2013年六月台账", &Format::new())
        .unwrap();
    for (at, title) in ["事项编号", "单位", "日期", "进展情况（简要）", "进度（%）"]
        .iter()
        .enumerate()
    {
        sheet.write_string(2, at as u16, *title).unwrap();
    }
    sheet.write_number(3, 0, 1.2).unwrap();
    sheet.write_number(4, 0, 1.1).unwrap();
    sheet.merge_range(3, 2, 4, 2, "", &date).unwrap();
    sheet.write_number_with_format(3, 2, 41_453, &date).unwrap();
    sheet.write_string(3, 3, "讲座").unwrap();
    sheet.write_string(4, 3, "不知是哪一项").unwrap();
    sheet.write_number(3, 4, 35).unwrap();
    book.add_worksheet()
        .set_name("说明")
        .unwrap()
        .write_string(0, 0, "填写说明")
        .unwrap();
    office.write("book.xlsx", book.save_to_buffer().unwrap());
    let ran = office
        .run(&["import", "journal", "book.xlsx", "--format", "json"])
        .ends_with(1);
    let value = json(&ran);
    assert_eq!(value["entries"][0]["obligation"], "1.20@yjb");
    assert_eq!(value["entries"][0]["date"], "2013-06-28");
    assert_eq!(value["entries"][0]["value"], "35");
    assert_eq!(value["doubts"][0]["cell"], "六月!A5");
    let why = value["doubts"][0]["message"].as_str().unwrap();
    assert!(why.contains("1.1、1.10"), "{why}");
    let said = value["remarks"].to_string();
    assert!(said.contains("taken as 1.20"), "{said}");
    assert!(said.contains("sheets that are not read: 说明"), "{said}");
}

#[test]
fn a_book_without_rows_is_nothing_to_record() {
    let office = Office::new();
    office.write("book.csv", "事项,日期\n");
    import(&office, &["--yes"]).done().shows(&["Nothing new"]);
    office.write("book.xlsx", zipped(&parts("")));
    office.run(&["import", "journal", "book.xlsx"]).ends_with(3);
}
