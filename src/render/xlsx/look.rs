//! How cells of a workbook look: fonts, lines, number forms, and the colours of the lights.

use crate::lang::Lang;
use crate::terms::Light;
use rust_xlsxwriter::ConditionalFormatCell;
use rust_xlsxwriter::ConditionalFormatCellRule;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;

/// The looks of a row's cells.
pub(super) struct RowStyles {
    /// Texts, over several lines where they are long.
    pub(super) text: Format,
    /// Texts that a spreadsheet would read as a formula if somebody typed them again.
    pub(super) quoted: Format,
    /// Whole numbers.
    pub(super) whole: Format,
    /// Figures with one decimal.
    pub(super) tenths: Format,
    /// Days.
    pub(super) date: Format,
    /// Lights and signs, in the middle.
    pub(super) centred: Format,
}

/// All looks of a workbook.
pub(super) struct Styles {
    /// The line at the top.
    pub(super) title: Format,
    /// Lines above and below a table.
    pub(super) note: Format,
    /// Headings in a text.
    pub(super) heading: Format,
    /// The row of column titles.
    pub(super) header: Format,
    /// What a table lists.
    pub(super) body: RowStyles,
    /// Its sum.
    pub(super) total: RowStyles,
}

impl Styles {
    /// Returns the looks of a workbook in a language.
    pub(super) fn new(lang: Lang) -> Styles {
        let plain = Format::new().set_font_size(10);
        let plain = match lang {
            Lang::Zh => plain.set_font_name("宋体").set_font_charset(134),
            Lang::En => plain,
        };
        let wrapped = plain.clone().set_text_wrap().set_align(FormatAlign::Top);
        let ruled = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color("7F7F7F");
        Styles {
            title: wrapped.clone().set_bold().set_font_size(16),
            note: wrapped.clone(),
            heading: wrapped.clone().set_bold().set_font_size(12),
            header: ruled
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::Top)
                .set_background_color("E7ECF2"),
            body: RowStyles::of(&ruled),
            total: RowStyles::of(&ruled.set_bold().set_border_top(FormatBorder::Double)),
        }
    }
}

impl RowStyles {
    fn of(ruled: &Format) -> RowStyles {
        let middle = ruled.clone().set_align(FormatAlign::VerticalCenter);
        let text = middle.clone().set_text_wrap();
        RowStyles {
            quoted: text.clone().set_quote_prefix(),
            text,
            whole: middle.clone().set_num_format("0"),
            tenths: middle.clone().set_num_format("0.0"),
            date: middle
                .clone()
                .set_align(FormatAlign::Center)
                .set_num_format("yyyy-mm-dd"),
            centred: middle.set_align(FormatAlign::Center),
        }
    }
}

/// Returns the rule that colours a word: a cell that is sorted or edited keeps the right colour.
pub(super) fn rule(light: Light, word: &str) -> ConditionalFormatCell {
    let (paper, ink) = match light {
        Light::Red => ("F8C9C9", "8A0A1E"),
        Light::Yellow => ("FFE9A8", "6B5000"),
        Light::Green => ("CBE8D3", "14532D"),
        Light::Done => ("CFE0F5", "1B3F73"),
        Light::Grey => ("E4E4E4", "4A4A4A"),
    };
    ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::EqualTo(word))
        .set_format(
            Format::new()
                .set_background_color(paper)
                .set_font_color(ink),
        )
}
