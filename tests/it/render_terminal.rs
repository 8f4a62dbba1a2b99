//! How tables fit a terminal: alignment under Chinese, wrapping, what finds no room.

use crate::render::LOOK;
use crate::render::column;
use crate::render::shown;
use crate::render::small;
use crate::render::text;
use duban::figures::Share;
use duban::figures::Tenths;
use duban::lang::Lang;
use duban::render::Format;
use duban::render::Look;
use duban::table::Align;
use duban::table::Cell;
use duban::table::Column;
use duban::table::Role;
use duban::table::Row;
use duban::table::Shown;
use duban::table::Table;
use duban::terms::Light;
use unicode_width::UnicodeWidthStr;

/// The columns of `status`, all of them filled, as wide as a city of thirty units makes them.
fn status(lang: Lang) -> Table {
    let figure = |key, zh: &str, en: &str| {
        let title = if lang == Lang::Zh { zh } else { en };
        column(key, title, Align::Right, Shown::WhereFilled)
    };
    let always = |column: Column| Column {
        shown: Shown::Always,
        ..column
    };
    let mut columns = vec![
        always(figure("name", "单位", "unit")),
        always(figure("total", "总数", "total")),
        figure("not_begun", "未到启动", "not yet"),
        figure("not_started", "未开展", "to do"),
        figure("in_progress", "推进中", "doing"),
        figure("submitted", "待核实", "sent in"),
        figure("returned", "退回", "sent back"),
        figure("suspended", "中止", "on hold"),
        figure("cancelled", "撤销", "void"),
        always(figure("closed", "办结", "done")),
        figure("overdue", "逾期", "late"),
        figure("due", "到期", "due"),
        always(figure("completion", "完成率%", "done %")),
        always(figure("on_time", "按期率%", "on time %")),
        figure("progress", "平均进度%", "avg %"),
        figure("continuing", "持续性", "on\u{ad}going"),
        figure("assist", "协办", "as\u{ad}sist"),
        always(figure("light", "灯", "light")),
        always(figure("rank", "名次", "rank")),
    ];
    columns[0].align = Align::Left;
    columns[17].align = Align::Left;
    let names = [
        "市政府应急管理办公室",
        "赤坎区",
        "霞山区",
        "市住房和城乡建设局",
        "合计",
    ];
    let rows = names.iter().enumerate().map(|(at, name)| {
        let last = at + 1 == names.len();
        let many = if last { 312 } else { 36 };
        let colour = Light::ALL[at % Light::ALL.len()];
        let word = duban::lang::terms::light(colour).text(lang);
        let mut cells = vec![text(name), Cell::Count(many)];
        cells.extend((2..12).map(|count| Cell::Count(many / (count + 1))));
        cells.push(Cell::Share(Share {
            part: 3 + 8 * (at as u64 % 2),
            whole: 11,
        }));
        cells.push(Cell::Share(Share { part: 7, whole: 7 }));
        cells.push(Cell::Percent(Tenths(625)));
        cells.push(Cell::Counts(vec![("worked", 7), ("passed", 12)]));
        cells.push(Cell::Count(4));
        cells.push(Cell::Light {
            light: colour,
            word,
        });
        cells.push(if last {
            Cell::Empty
        } else {
            Cell::Count(at as u64 + 1)
        });
        Row {
            role: if last { Role::Total } else { Role::Body },
            cells,
        }
    });
    Table {
        rows: rows.collect(),
        columns,
        lang: lang.code(),
        ..small()
    }
}

/// Empties columns, as where no obligation is in that state.
fn without(mut table: Table, keys: &[&str]) -> Table {
    for (at, column) in table.columns.iter().enumerate() {
        if keys.contains(&column.key) {
            table
                .rows
                .iter_mut()
                .for_each(|row| row.cells[at] = Cell::Count(0));
        }
    }
    table
}

#[test]
fn status_fits_eighty_columns_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        for table in [
            status(lang),
            without(status(lang), &["suspended", "cancelled", "not_begun"]),
            without(
                status(lang),
                &[
                    "suspended",
                    "cancelled",
                    "not_begun",
                    "returned",
                    "in_progress",
                ],
            ),
        ] {
            let text = shown(&table, Format::Table, &Look { lang, ..LOOK });
            assert!(text.lines().all(|line| line.width() <= 80), "{text}");
            assert!(text.contains("100.0"), "figures are never cut:\n{text}");
        }
    }
}

#[test]
fn figures_end_at_the_same_column_on_every_line() {
    for width in [40, 60, 80, 100, 140] {
        let look = Look {
            width: Some(width),
            ..LOOK
        };
        let text = shown(&without(status(Lang::Zh), &["rank"]), Format::Table, &look);
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("100.0")).collect();
        assert_eq!(rows.len(), 5, "{text}");
        let ends = rows
            .iter()
            .map(|row| row[..row.rfind("100.0").unwrap()].width());
        let ends: Vec<usize> = ends.collect();
        assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}\n{text}");
    }
}

#[test]
fn any_width_keeps_its_lines_within_it() {
    for width in 24..130 {
        let look = Look {
            width: Some(width),
            ..LOOK
        };
        let mut table = small();
        table.rows[0].cells[1] = text(&"很长的单位名称，".repeat(8));
        let text = shown(&table, Format::Table, &look);
        assert!(
            text.lines().all(|line| line.width() <= width),
            "{width}\n{text}"
        );
    }
}

#[test]
fn columns_without_room_are_named_and_never_lost_in_silence() {
    let look = Look {
        width: Some(50),
        ..LOOK
    };
    let text = shown(&status(Lang::Zh), Format::Table, &look);
    assert!(text.contains("窗口太窄，未显示："), "{text}");
    assert!(text.contains('红'), "{text}");
}

#[test]
fn long_texts_wrap_without_a_comma_at_the_start_of_a_line() {
    let mut table = small();
    table.rows[0].cells[1] = text(&"逐级落实，责任到人。2013年底办结，".repeat(2));
    let shown = shown(
        &table,
        Format::Table,
        &Look {
            width: Some(44),
            ..LOOK
        },
    );
    for line in shown.lines() {
        assert!(!line.starts_with(['，', '。', '年']), "{shown}");
    }
}

#[test]
fn without_a_width_nothing_wraps_and_nothing_is_left_out_for_room() {
    let look = Look {
        width: None,
        ..LOOK
    };
    let shown = shown(&status(Lang::Zh), Format::Table, &look);
    assert!(!shown.contains("窗口太窄"), "{shown}");
    let header = shown.lines().nth(3).unwrap();
    assert!(
        header.starts_with("单位") && header.contains("未到启动"),
        "{header}"
    );
}
