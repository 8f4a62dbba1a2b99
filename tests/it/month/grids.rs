//! `matrix` and `trend`.

use super::Office;
use super::PLAN;
use super::office::FORMATS;
use duban::document::Bar;
use serde_json::Value;

fn april() -> Office {
    let office = Office::new(PLAN);
    office.record("2013-01-31", "submit 1.1.3@school#2013-01");
    office.record("2013-02-04", "verify 1.1.3@school#2013-01");
    office.record("2013-02-10", "progress 1.1.2@water 3");
    office.record("2013-02-20", "submit 1.1.1@water");
    office.record("2013-03-02", "verify 1.1.1@water");
    office
}

#[track_caller]
fn check_light(rows: &Value, item: &str, unit: &str, light: &str, obligations: u64) {
    let row = rows.as_array().unwrap().iter();
    let mut row = row.filter(|row| row["item"] == item && row["unit"] == unit);
    let row = row.next_back().unwrap();
    assert_eq!(row["light"], light, "{item}@{unit}");
    assert_eq!(row["obligations"], obligations, "{item}@{unit}");
}

#[test]
fn a_cell_has_the_worst_light_of_what_has_begun() {
    let office = april();
    let rows = &office.check_schema("matrix", "matrix --as-of 2013-02-05")["rows"];
    check_light(rows, "1.1.3", "school", "green", 6);
    let rows = &office.json("matrix --as-of 2013-01-31")["rows"];
    check_light(rows, "1.1.3", "school", "green", 6);
    let rows = &office.json("matrix --as-of 2013-04-20")["rows"];
    check_light(rows, "1.1.1", "water", "done", 1);
    check_light(rows, "1.1.3", "school", "red", 6);
}

#[test]
fn what_lies_ahead_hides_nothing() {
    let office = april();
    let rows = &office.json("matrix --as-of 2012-12-31")["rows"];
    check_light(rows, "1.1.3", "school", "grey", 6);
    assert_eq!(rows[3]["lights"]["grey"], 0);
}

#[test]
fn the_lights_of_the_matrix_are_those_of_the_list() {
    let office = april();
    let day = "--as-of 2013-04-20 --kind once";
    let matrix = office.json(&format!("matrix {day}"));
    let list = office.json(&format!("list {day}"));
    for row in list["rows"].as_array().unwrap() {
        let (item, unit) = (row["item"].as_str().unwrap(), row["unit"].as_str().unwrap());
        check_light(
            &matrix["rows"],
            item,
            unit,
            row["light"].as_str().unwrap(),
            1,
        );
    }
}

#[test]
fn grids_fit_a_screen_and_a_sheet_and_are_whole_as_text() {
    let office = practice();
    let line = "matrix --as-of 2013-10-31";
    office.check_width(line);
    office.check_width(&format!("{line} --lang en"));
    office.check_width("trend --as-of 2013-10-20");
    let page = office.ok(&format!("{line} --format html"));
    assert_eq!(page.matches("<table>").count(), 3);
    let text = office.ok(&format!("{line} --format md"));
    let rules = text.lines().filter(|line| line.starts_with("| ---"));
    assert_eq!(rules.count(), 1);
    assert!(page.contains("红 逾期"), "the legend is missing");
}

/// An office with the practice plan of a whole city.
fn practice() -> Office {
    let office = Office::new(PLAN);
    std::fs::remove_file(office.plan_path()).unwrap();
    for (path, bytes) in duban::practice::files() {
        let path = office.folder().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    office
}

#[test]
fn the_trend_stops_at_every_period_and_at_the_day() {
    let office = april();
    let trend = office.check_schema("trend", "trend --as-of 2013-03-10");
    let rows = trend["rows"].as_array().unwrap();
    let days: Vec<&str> = rows
        .iter()
        .map(|row| row["as_of"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2013-01-31", "2013-02-28", "2013-03-10"]);
    let closed: Vec<_> = rows
        .iter()
        .map(|row| row["closed"].as_u64().unwrap())
        .collect();
    assert_eq!(closed, [0, 1, 2]);
    assert_eq!(rows[2]["closed_change"], 1);
    assert_eq!(rows[2]["period"], Value::Null);
    assert_eq!(rows[2]["missing"], Value::Null);
    assert_eq!(rows[1]["overdue"], 0);
    let at_the_end = office.json("trend --as-of 2013-02-28");
    assert_eq!(at_the_end["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn every_point_of_the_trend_is_the_table_of_that_day() {
    let office = practice();
    let trend = office.json("trend --as-of 2013-10-20");
    for row in trend["rows"].as_array().unwrap() {
        let day = row["as_of"].as_str().unwrap();
        let total = &office.json(&format!("status --as-of {day}"))["total"];
        for key in ["total", "closed", "overdue", "completion", "on_time"] {
            assert_eq!(row[key], total[key], "{day} {key}");
        }
        if let Some(period) = row["period"].as_str() {
            let missing = &office.json(&format!("missing {period} --as-of {day}"))["total"];
            for key in ["owed", "missing"] {
                assert_eq!(row[key], missing[key], "{day} {key}");
            }
        }
    }
}

#[test]
fn a_report_not_yet_due_is_said_to_be_so() {
    let office = april();
    let note = "2013-02 的报送 2013-03-05 才截止";
    assert!(office.ok("trend --as-of 2013-03-05").contains(note));
    assert!(!office.ok("trend --as-of 2013-03-06").contains(note));
}

#[test]
fn the_chart_is_signs_on_a_screen_and_a_drawing_on_a_page() {
    let office = april();
    let screen = office.ok("trend --as-of 2013-02-28");
    assert!(screen.contains("2013-02-28 |######"), "{screen}");
    let page = office.ok("trend --as-of 2013-02-28 --format html");
    assert!(page.contains("<svg viewBox="), "{page}");
    let markdown = office.ok("trend --as-of 2013-02-28 --format md");
    assert!(markdown.contains("| 2013-02-28 | "), "{markdown}");
}

#[test]
fn a_bar_is_full_only_where_its_figure_is_and_empty_only_at_zero() {
    let length = |value| {
        let bar = Bar {
            label: String::new(),
            value,
            words: String::new(),
        };
        bar.length(1000, 50)
    };
    assert_eq!(length(Some(1000)), 50);
    assert_eq!(length(Some(999)), 49);
    assert_eq!(length(Some(500)), 25);
    assert_eq!(length(Some(1)), 1);
    assert_eq!(length(Some(0)), 0);
    assert_eq!(length(None), 0);
}

#[test]
fn the_same_question_gives_the_same_bytes_in_every_format() {
    let office = april();
    for command in ["today", "matrix", "trend"] {
        for format in FORMATS {
            let line = format!("{command} --as-of 2013-04-20 --format {format}");
            let first = office.ok(&line);
            let mut elsewhere = office.command(std::path::Path::new(env!("CARGO_BIN_EXE_duban")));
            let again = elsewhere
                .current_dir(office.folder().join("plans"))
                .env("TZ", "Pacific/Auckland")
                .env("LC_ALL", "en_US.UTF-8")
                .args(line.split(' '))
                .args(["--lang", "zh"])
                .output()
                .unwrap();
            assert!(again.stdout == first.as_bytes(), "{line}");
        }
    }
}

#[test]
fn hostile_texts_come_out_harmless() {
    // Signs that steer a terminal are an error of the plan; these are what a plan may hold.
    let payload = "=HYPERLINK(1)<script>x</script>|`x`";
    let plan = PLAN
        .replace("修好水库", payload)
        .replace("县水务局", payload)
        .replace("2013年工作计划", payload);
    let office = Office::new(&plan);
    for command in ["today", "matrix", "trend"] {
        for format in FORMATS {
            let output = office.run(&format!("{command} --as-of 2013-04-20 --format {format}"));
            assert_eq!(output.status.code(), Some(0), "{command} {format}");
            let shown = String::from_utf8(output.stdout).unwrap();
            assert!(
                format != "csv" || !shown.contains(",=HYP"),
                "{command}: {shown}"
            );
            assert!(format != "html" || !shown.contains("<script"), "{command}");
        }
    }
}
