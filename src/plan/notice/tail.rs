//! Where the body of a notice ends: signature, distribution, and the foot of a web page.

use crate::plan::notice::mark;
use crate::plan::notice::page::Frame;
use crate::plan::notice::signs;
use crate::plan::notice::signs::Text;

// What only the frame of a page says.
pattern!(
    FOOT,
    "^\\[?(?:打印|关闭|返回|收藏|分享|上一篇|下一篇|上一条|下一条|相关链接|相关文档|相关附件|相关文章|相关信息|相关阅读|相关新闻|友情链接|附件下载|扫一扫|扫码|版权所有|网站地图|网站标识码|联系我们|关于我们|您访问的链接|责任编辑|编辑:|网站声明|主办单位?:.{2,40}承办|技术支持|地址:|邮编:|[^ ]{0,4}ICP备|[^ ]{0,6}公网安备|网站支持|纠错|字体大小|来源:|浏览次数|继续访问|政务微信|手机版|推荐阅读|热点推荐|点击排行|用微信|微信扫|无障碍|智能问答)|ICP备|网站标识码|版权所有|您访问的链接即将离开|打印本页|关闭窗口|关闭本页|打印此页|返回顶部|分享到"
);
// What ends a document.
pattern!(
    CLOSING,
    "^(?:抄送|主送|分送|抄报|公开方式|信息公开选项|\\(?此件|\\(?联系人|联系电话|.{0,30}(?:办公室|秘书科|秘书处|办公厅)[^。]{0,16}印发$|主题词|\\(共印|共印|校对|打字|本方案自印发|附件[0-9一二三]?[:.]|附 ?件[:0-9])"
);
pattern!(
    DATED,
    "^.{0,40}(?:(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九O]{3}) ?年 ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?月 ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日(?:印发)?$"
);

/// Tells whether a line is a signature, a distribution or a printing note.
pub(super) fn is_closing(plain: &str) -> bool {
    CLOSING.is_match(plain)
        || (DATED.is_match(plain) && !plain.contains('。'))
        || is_signature(plain)
}

/// Tells whether a line belongs to the foot of a web page.
pub(super) fn is_foot(plain: &str) -> bool {
    FOOT.is_match(plain) && signs::length(plain) < 80
}

/// Tells whether a line begins the list of annexes or an annex.
pub(super) fn is_annex(plain: &str) -> bool {
    ANNEX.is_match(plain) && signs::length(plain) < 80 && !plain.contains('。')
}

pattern!(
    ANNEX,
    "^附 ?(?:件|表|录) ?(?:[0-9一二三四五六]{0,2}) ?(?:[:.、 ]|$)"
);

fn is_signature(plain: &str) -> bool {
    (4..=30).contains(&signs::length(plain))
        && super::owners::names::is_unit(plain)
        && !plain.contains(['。', ':', '、', ',', '(', '“'])
        && (plain.ends_with("办公室")
            || plain.ends_with("政府")
            || plain.ends_with("办公厅")
            || plain.ends_with('局')
            || plain.ends_with("委员会")
            || plain.ends_with('厅')
            || plain.ends_with("指挥部"))
}

/// Returns the block at which the body ends, where something after it shows that.
pub(super) fn begin(
    lines: &[(usize, &Text, Frame)],
    tables: &[usize],
    body: usize,
) -> Option<usize> {
    let first = lines.iter().position(|(at, ..)| *at >= body)?;
    let mut headings = 0usize;
    // The foot begins at the first line that only a page says; below it nothing is the plan's.
    let mut end = lines.len();
    for (place, (_, text, frame)) in lines.iter().enumerate().skip(first) {
        if mark::at_start(text).is_some() && *frame == Frame::Inside {
            headings += 1;
            continue;
        }
        let is_annex = headings > 0
            && is_annex(&text.plain)
            && !tables.iter().any(|table| *table > lines[place].0);
        if is_annex {
            end = place;
            break;
        }
        let is_edge =
            is_foot(&text.plain) || (*frame == Frame::Outside && signs::length(&text.plain) < 80);
        if headings > 0 && is_edge {
            // A link inside the text may look like a foot; headings behind it say otherwise.
            let more = lines[place..].iter().filter(|(_, text, frame)| {
                *frame == Frame::Inside
                    && mark::at_start(text).is_some()
                    && signs::length(&text.plain) > 12
            });
            if more.count() < 3 {
                end = place;
                break;
            }
        }
    }
    // Signature and distribution stand right before it.
    while end > first {
        let (_, text, _) = lines[end - 1];
        let has_table = tables.iter().any(|table| *table > lines[end - 1].0);
        if mark::at_start(text).is_some() || !is_closing(&text.plain) || has_table {
            break;
        }
        end -= 1;
    }
    lines.get(end).map(|(at, ..)| *at)
}
