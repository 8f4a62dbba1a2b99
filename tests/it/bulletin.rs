//! The bulletin: its parts in order, whom it names by rule, and wording that can do no harm.

use crate::desk::Office;
use serde_json::Value;
use std::io::Cursor;
use std::io::Read;
use std::path::Path;
use std::process::Command;

/// Two districts: 赤坎区 has done what was due, 霞山区 is late and silent.
fn office() -> Office {
    let office = Office::new();
    let record = |day: &str, entry: &[&str]| {
        let mut all = entry.to_vec();
        all.extend(["--date", day, "--person", "甲"]);
        office.record(&all);
    };
    let plan = office.read("plans/town-2013.toml");
    let plan = plan.replace("due = 2013-10-31", "due = 2013-05-31");
    let plan = plan.replace(
        "issuer = \"市政府\"",
        "issuer = \"市政府\"\nnumber = \"镇府〔2013〕1号\"\nparent = { number = \"市府〔2013〕2号\" }",
    );
    office.write("plans/town-2013.toml", plan);
    record("2013-05-20", &["submit", "1.1.1@chikan"]);
    record("2013-05-25", &["verify", "1.1.1@chikan"]);
    record("2013-03-28", &["submit", "1.1.3@chikan#2013-Q1"]);
    record("2013-03-29", &["verify", "1.1.3@chikan#2013-Q1"]);
    record("2013-05-28", &["progress", "1.1.5@chikan", "30%"]);
    record("2013-05-28", &["progress", "1.1.3@chikan#2013-Q2", "20%"]);
    record("2013-06-20", &["submit", "1.1.3@chikan#2013-Q2"]);
    record(
        "2013-06-21",
        &[
            "return",
            "1.1.3@chikan#2013-Q2",
            "-m",
            "缺附件",
            "--as",
            "yjb",
        ],
    );
    record("2013-06-25", &["submit", "1.1.3@chikan#2013-Q2"]);
    record("2013-06-26", &["verify", "1.1.3@chikan#2013-Q2"]);
    record("2013-06-28", &["progress", "1.1.5@chikan", "50%"]);
    record(
        "2013-06-10",
        &[
            "extend",
            "1.1.2@yjb",
            "2014-01-31",
            "--ref",
            "批示3号",
            "--as",
            "zfb",
        ],
    );
    record("2013-06-30", &["progress", "1.1.2@yjb", "40"]);
    office
}

fn facts(office: &Office, arguments: &[&str]) -> Value {
    let mut all = vec!["bulletin", "2013-06", "-f", "json"];
    all.extend(arguments);
    serde_json::from_str(&office.run_zh(&all).done().out).unwrap()
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|of| of["name"].as_str().unwrap()).collect()
}

fn docx(office: &Office, arguments: &[&str]) -> Vec<u8> {
    let mut all = vec!["bulletin", "2013-06", "-o", "b.docx", "--force"];
    all.extend(arguments);
    office.run_zh(&all).done();
    std::fs::read(office.path("b.docx")).unwrap()
}

fn text_of_docx(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = zip.by_name("word/document.xml").unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_parts_stand_in_their_order() {
    let office = office();
    let out = office
        .run_zh(&["bulletin", "2013-06", "--number", "第6期", "-f", "md"])
        .done()
        .out;
    let mut rest = out.as_str();
    for part in [
        "# 关于《2013年应急工作计划》2013年6月推进情况的通报",
        "第6期",
        "（截至2013年6月30日）",
        "镇府〔2013〕1号",
        "市府〔2013〕2号",
        "## 一、总体情况",
        "## 二、表扬单位",
        "## 三、进度滞后单位",
        "霞山区：逾期1项，最长逾期30天。1.1.1修订总体预案，逾期30天",
        "## 四、报送情况",
        "未到期",
        "## 五、退回和延期情况",
        "赤坎区1.1.3（6月21日退回，缺附件）",
        "应急办公室1.1.2由2013年12月31日延至2014年1月31日（批示3号）",
        "## 六、位次变化",
        "## 七、下一步工作要求",
        "数据来源",
        "附件：1. 各单位完成情况表",
        "市政府",
        "## 附件1 各单位完成情况表",
        "## 附件2 未办结责任事项台账",
    ] {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("`{part}` is not next in:\n{rest}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn who_is_commended_and_who_is_behind_goes_by_rule() {
    let office = office();
    let facts = facts(&office, &[]);
    assert_eq!(names(&facts["commended"]), ["赤坎区"]);
    assert_eq!(names(&facts["behind"]), ["霞山区"]);
    let behind = &facts["behind"][0];
    assert_eq!(
        (&behind["overdue"], &behind["days"]),
        (&1.into(), &30.into())
    );
    assert_eq!(behind["items"][0]["obligation"], "1.1.1@xiashan");
}

#[test]
fn a_unit_that_owes_a_report_is_not_commended_once_the_report_day_is_past() {
    let office = office();
    let june = ["retract", "li:11", "-m", "误记", "--person", "甲"];
    office.run(&june).done();
    let before = facts(&office, &["--date", "2013-07-05"]);
    assert_eq!(
        names(&before["commended"]),
        ["赤坎区"],
        "not yet due is no fault"
    );
    let after = facts(&office, &["--date", "2013-07-06"]);
    assert_eq!(after["commended"].as_array().unwrap().len(), 0);
}

#[test]
fn not_reported_and_not_yet_due_are_told_apart() {
    let office = office();
    let early = facts(&office, &[]);
    assert_eq!(early["reports"]["not_yet_due"], true);
    assert_eq!(names(&early["reports"]["units"]), [""; 0]);
    let late = facts(&office, &["--date", "2013-07-06"]);
    assert_eq!(late["reports"]["not_yet_due"], false);
    assert_eq!(names(&late["reports"]["units"]), ["霞山区"]);
    for key in ["owed", "on_time", "late", "missing"] {
        assert_eq!(early["reports"][key], late["reports"][key], "{key}");
    }
    let missing = office.run(&["missing", "2013-06", "--as-of", "2013-06", "-f", "json"]);
    let missing: Value = serde_json::from_str(&missing.done().out).unwrap();
    assert_eq!(late["reports"]["missing"], missing["total"]["missing"]);
}

#[test]
fn a_quarter_of_a_plan_that_reports_monthly_has_the_reports_of_its_last_month() {
    let office = office();
    let out = office.run_zh(&["bulletin", "2013-Q2", "--date", "2013-07-06", "-f", "json"]);
    let quarter: Value = serde_json::from_str(&out.done().out).unwrap();
    let month = facts(&office, &["--date", "2013-07-06"]);
    assert_eq!(quarter["reports"], month["reports"]);
    assert_eq!(quarter["next"]["until"], "2013-09-30");
}

#[test]
fn the_figures_are_those_of_status() {
    let office = office();
    let facts = facts(&office, &[]);
    let status = office
        .run(&["status", "--as-of", "2013-06", "-f", "json"])
        .done();
    let status: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(facts["units"], status["rows"]);
    assert_eq!(facts["total"], status["total"]);
    let tenths = |text: &Value| {
        text.as_str()
            .unwrap()
            .replace('.', "")
            .parse::<u32>()
            .unwrap()
    };
    let states = facts["states"].as_array().unwrap();
    let sum: u32 = states.iter().map(|state| tenths(&state["percent"])).sum();
    assert_eq!(sum, 1000, "percents of one whole add to 100.0");
}

#[test]
fn a_sealed_period_gives_the_same_bytes_whatever_comes_after() {
    let office = office();
    office
        .run(&["seal", "2013-06", "--person", "甲", "--as", "yjb"])
        .done();
    let first = docx(&office, &["--number", "第6期"]);
    let facts = facts(&office, &[]);
    assert_eq!(facts["seal"]["entry"], "li:14");
    assert_eq!(facts["known_at"], "2013-06");
    assert_eq!(facts["date"], "2013-07-20", "the day of the seal");
    office.record(&[
        "progress",
        "1.1.1@xiashan",
        "90%",
        "--date",
        "2013-06-15",
        "--late",
        "--person",
        "甲",
    ]);
    let plan = office.read("plans/town-2013.toml");
    office.write("plans/town-2013.toml", plan.replace("修订总体预案", "改了"));
    let office = office.on("2013-11-30");
    assert_eq!(docx(&office, &["--number", "第6期"]), first);
    assert_eq!(
        docx(&office, &["--number", "第6期", "--known-at", "2013-06"]),
        first
    );
    assert_ne!(docx(&office, &["--number", "第7期"]), first);
}

#[test]
fn the_paper_for_word_has_no_chart_and_the_page_has() {
    let office = office();
    assert!(!text_of_docx(&docx(&office, &[])).contains("责任事项构成"));
    let page = office
        .run_zh(&["bulletin", "2013-06", "-f", "html"])
        .done()
        .out;
    assert_eq!(page.matches("<svg").count(), 2);
}

#[test]
fn a_period_that_is_not_over_has_no_bulletin() {
    let office = office();
    office.check_refused(&["bulletin", "2013-07"], 2, &["2013-07 ends on 2013-07-31"]);
    office.check_refused(
        &["bulletin", "June"],
        2,
        &["`June` is no period", "2013-06"],
    );
    office.check_refused(&["bulletin", "2013-06", "--date", "7月8日"], 2, &["7月8日"]);
    office.check_refused(&["bulletin", "2012-06"], 2, &["2013-01-01 to 2013-12-31"]);
    let inside = ["bulletin", "2013-07", "--as-of", "2013-07-15"];
    office.run_zh(&inside).done().shows(&["截至2013年7月15日"]);
    let last = office.run_zh(&["bulletin", "-f", "json"]).done().out;
    assert!(last.contains("\"period\":\"2013-06\""), "{last}");
}

#[test]
fn an_office_has_its_own_wording() {
    let office = office();
    let default = office.run_zh(&["bulletin", "--print-template"]).done().out;
    office.write("mine.txt", &default);
    let own = ["bulletin", "2013-06", "--template", "mine.txt"];
    let bytes = office.run_zh(&own).done().out;
    assert_eq!(bytes, office.run_zh(&["bulletin", "2013-06"]).done().out);
    office.write(
        "plans/town-2013.bulletin.txt",
        "# {{ plan.title }}\n## 甲\n- {{ total.closed }}项\n@table units\n@annex chapters 各部分\n",
    );
    let out = office
        .run_zh(&["bulletin", "2013-06", "-f", "md"])
        .done()
        .out;
    assert!(
        out.starts_with("# 2013年应急工作计划\n\n## 甲\n\n- 3项\n"),
        "{out}"
    );
    assert!(out.contains("## 附件 各部分"), "{out}");
}

#[test]
fn a_template_that_is_wrong_is_named_with_its_line_and_what_to_type() {
    let office = office();
    for (text, said) in [
        (
            "甲\n{{ closde }}\n",
            &["mine.txt:2", "closde", "--print-template"][..],
        ),
        ("甲\n\n{{ total.closde }}\n", &["mine.txt:3", "closde"]),
        ("{% for x in units %}\n", &["mine.txt:", "--print-template"]),
        ("{{ period | perod }}", &["mine.txt:1", "perod"]),
        ("甲\n@tabel units\n", &["mine.txt:2", "@tabel", "@table"]),
        (
            "甲\n@table unit\n",
            &["mine.txt:2", "unit", "units, chapters, ledger"],
        ),
        ("@chart units\n", &["mine.txt:1", "states, chapters"]),
        ("@by 甲\n", &["mine.txt:1", "@on"]),
        ("@on 甲\n", &["mine.txt:1", "@by"]),
        ("{% include \"/etc/passwd\" %}", &["mine.txt:1"]),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
            &["mine.txt", "too many steps"],
        ),
    ] {
        office.write("mine.txt", text);
        let arguments = ["bulletin", "2013-06", "--template", "mine.txt"];
        office.check_refused(&arguments, 2, said);
    }
    let absent = ["bulletin", "2013-06", "--template", "none.txt"];
    office.check_refused(&absent, 3, &["none.txt"]);
}

#[test]
fn a_name_is_never_read_as_a_mark_or_as_a_template() {
    let office = office();
    let plan = office.read("plans/town-2013.toml");
    let names = ["# 赤坎区", "@table ledger {{ plan.id }}{% raw %}"];
    let plan = plan
        .replace("name = \"赤坎区\"", &format!("name = \"{}\"", names[0]))
        .replace("name = \"霞山区\"", &format!("name = \"{}\"", names[1]));
    office.write("plans/town-2013.toml", plan);
    office.write(
        "mine.txt",
        "# 题\n{% for unit in units %}\n{{ unit.name }}\n{% endfor %}\n  {{ units[2].name }}\n## {{ units[3].name }}\n",
    );
    let arguments = [
        "bulletin",
        "2013-06",
        "--template",
        "mine.txt",
        "-f",
        "plain",
    ];
    let out = office.run_zh(&arguments).done().out;
    let lines: Vec<&str> = out.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "题",
            "应急办公室",
            "政府办公室",
            names[0],
            names[1],
            names[0],
            names[1]
        ]
    );
}

#[test]
fn a_bulletin_on_a_part_of_the_plan_says_so() {
    let office = office();
    let out = office
        .run_zh(&["bulletin", "2013-06", "--unit", "chikan"])
        .done();
    assert!(
        out.out.contains("本通报只含筛选出的责任事项"),
        "{}",
        out.out
    );
    let whole = office.run_zh(&["bulletin", "2013-06"]).done();
    assert!(!whole.out.contains("本通报只含"), "{}", whole.out);
}

#[test]
fn a_plan_without_reports_has_a_bulletin_too() {
    let office = Office::new();
    let plan = office.read("plans/town-2013.toml");
    let plan = plan.replace("[reporting]\ncycle = \"month\"\ndue_day = 5\n", "");
    office.write("plans/town-2013.toml", plan);
    let out = office.run(&["bulletin", "2013-Q2"]).done().out;
    assert!(out.contains("the second quarter of 2013"), "{out}");
    assert!(
        out.contains("No regular reports fall into this period"),
        "{out}"
    );
}

/// Reads the practice bulletin with python-docx, where python has it.
#[test]
fn another_program_reads_the_figures_of_the_same_seal() {
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output();
    if !python(&["-c", "import docx"]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 with python-docx is not here");
        return;
    }
    let office = Office::new().on("2013-10-08");
    office.run(&["demo", "practice"]).done();
    let run = |line: &str| {
        let mut arguments: Vec<&str> = line.split(' ').collect();
        arguments.extend(["-p", "practice/plans/practice-2013.toml"]);
        office.run_zh(&arguments).done();
    };
    run("seal 2013-09 --person 甲 --as yjb");
    run("bulletin 2013-09 --number 第9期 -o bulletin.docx");
    run("status --known-at 2013-09 --as-of 2013-09 -o status.json");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docx_check.py");
    let paths = [
        script,
        office.path("bulletin.docx"),
        office.path("status.json"),
    ];
    let paths: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let output = python(&paths).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
