//! Signs as they are compared: brackets, digits and traditional characters in one form each, and
//! what Chinese numerals say. Never changes how many characters a text has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A text with the form in which it is compared, character by character beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// As it was written.
    pub(super) raw: String,
    /// As it is compared.
    pub(super) plain: String,
    /// The byte of `raw` for each byte of `plain` and for its end.
    places: Vec<u32>,
}

impl Text {
    /// Takes a text as it was written.
    pub(super) fn new(raw: &str) -> Text {
        let mut plain = String::with_capacity(raw.len());
        let mut places = Vec::with_capacity(raw.len() + 1);
        let place = |at: usize| u32::try_from(at).expect("a notice is far below 4 GiB");
        for (at, sign) in raw.char_indices() {
            let before = plain.len();
            plain.push(fold(sign));
            places.extend(std::iter::repeat_n(place(at), plain.len() - before));
        }
        places.push(place(raw.len()));
        Text {
            raw: raw.to_owned(),
            plain,
            places,
        }
    }

    /// Returns what was written where the compared form has these bytes.
    pub(super) fn slice(&self, range: std::ops::Range<usize>) -> &str {
        let end = range.end.max(range.start);
        &self.raw[self.places[range.start] as usize..self.places[end] as usize]
    }

    /// Returns the text from a byte of the compared form on.
    pub(super) fn from(&self, at: usize) -> Text {
        Text::new(&self.raw[self.places[at] as usize..])
    }
}

/// The longest paragraph, in bytes, in which owners and deadlines are looked for.
pub(super) const LONGEST: usize = 30_000;

/// Returns the compared form of a whole text.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Returns a text without blanks, in the form in which two titles are compared.
pub(super) fn key(text: &str) -> String {
    text.chars()
        .map(fold)
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '《' | '》' | '<' | '>'))
        .collect()
}

/// Returns how many characters a text has.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Returns the one form in which a sign is compared.
fn fold(sign: char) -> char {
    match sign {
        '\u{3000}' | '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}' | '\u{202f}' => ' ',
        '﹙' => '(',
        '﹚' => ')',
        '〔' | '［' | '﹝' | '【' | '〖' => '[',
        '〕' | '］' | '﹞' | '】' | '〗' => ']',
        '「' | '『' => '“',
        '」' | '』' => '”',
        '〈' => '《',
        '〉' => '》',
        '∶' | '﹕' | '︰' => ':',
        '﹐' => ',',
        '﹔' => ';',
        '﹒' | '·' => '.',
        '､' | '﹑' => '、',
        '｡' => '。',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(sign) - 0xfee0).expect("full-width signs have plain ones")
        }
        sign if u32::from(sign) >= 0x4e00 => simplified(sign),
        sign => sign,
    }
}

/// Traditional characters of the words that notices are read by, each before its simplified form.
const PAIRS: &str = "關关於于發发號号單单責责導导領领頭头牽牵協协辦办聯联應应預预總总結结體体則则條条規规劃划計计畫划務务項项點点實实標标準准時时間间現现將将給给請请們们縣县區区鎮镇鄉乡門门廳厅處处會会員员團团黨党機机構构報报長长堅坚強强進进動动調调開开場场個个隊队產产業业屬属負负與与參参別别組组織织內内後后當当節节國国慶庆萬万億亿電电視视網网頁页閉闭鏈链訪访問问權权備备設设為为見见議议決决復复覆复講讲話话記记訊讯題题學学醫医銀银軍军檢检驗验積积極极試试創创優优環环護护華华東东經经濟济貿贸財财稅税審审質质監监擴扩險险類类級级專专範范圍围雙双續续從从嚴严細细傳传統统狀状績绩絡络線线綱纲緊紧儘尽盡尽據据擔担圖图書书師师幹干廣广庫库張张態态戰战戶户採采數数斷断暫暂樹树樣样歷历氣气況况減减災灾獨独確确種种穩稳競竞簡简籌筹糧粮紅红終终維维練练繼继習习職职臨临舉举藝艺藥药衛卫裝装補补製制複复觀观訂订討讨訓训評评該该詳详認认說说課课論论證证識识讀读變变貫贯費费資资賽赛踐践轄辖轉转辭辞農农這这連连週周運运過过達达適适選选郵邮銜衔錄录鍵键鐵铁閱阅隨随際际陸陆陽阳階阶離离難难響响頒颁頻频額额顯显風风館馆駐驻齊齐龍龙雲云黃黄島岛灣湾廠厂園园寧宁濱滨漢汉瀏浏覽览遞递載载圓圆來来務务養养陳陈劉刘貴贵滅灭樂乐廢废剛刚術术歸归";

static SIMPLIFIED: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let signs: Vec<char> = PAIRS.chars().collect();
    signs
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
});

fn simplified(sign: char) -> char {
    SIMPLIFIED.get(&sign).copied().unwrap_or(sign)
}

/// Returns the number that Chinese or Arabic digits say: 十二, 二十, 二〇二一, 12; `None` for none.
pub(super) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || length(text) > 9 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let has_units = text.contains(['十', '百', '千']);
    let mut total = 0u32;
    let mut digit: Option<u32> = None;
    for sign in text.chars() {
        let value = match sign {
            '〇' | '○' | '零' | 'O' | 'o' | '0' => 0,
            '一' | '壹' | '元' | '1' => 1,
            '二' | '贰' | '两' | '2' => 2,
            '三' | '叁' | '3' => 3,
            '四' | '肆' | '4' => 4,
            '五' | '伍' | '5' => 5,
            '六' | '陆' | '6' => 6,
            '七' | '柒' | '7' => 7,
            '八' | '捌' | '8' => 8,
            '九' | '玖' | '9' => 9,
            '十' | '百' | '千' => {
                let unit = match sign {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                total = total.checked_add(digit.take().unwrap_or(1) * unit)?;
                continue;
            }
            _ => return None,
        };
        match has_units {
            true => digit = Some(value),
            false => total = total.checked_mul(10)?.checked_add(value)?,
        }
    }
    total
        .checked_add(digit.unwrap_or(0))
        .filter(|_| has_units || digit.is_none())
}
