//! Sentences of `repair` and `verify`.

use crate::journal::repair::What;
use crate::journal::repair::Why;
use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;

words! {
    /// The title of a look.
    TITLE_LOOK => "可以恢复的", "What can be restored";
    /// The title after writing.
    TITLE_DONE => "日志修复", "Journal repair";
}

sentences! {
    file(name, proved) => "{name}：{proved} 条记录能自证", "{name}: {proved} records prove themselves";
    field(line, column, from, to) => "第 {line} 行 {column} 列：“{from}”恢复为“{to}”，校验码可证",
        "line {line}, column {column}: `{from}` back to `{to}`, as the id proves";
    kept(name) => "原来的内容保存在“{name}”", "the old bytes are kept in `{name}`";
    not_written_yet() => "还没有写入。看过之后写入：duban repair --yes（断电残余另加 --tail）",
        "nothing is written yet; to write it: `duban repair --yes` (with `--tail` for torn ends)";
    chain_intact() => "已写入；重新核对，各文件的链完好", "written; read again, every chain is intact";
    chain_broken() => "已写入；重新核对，链仍有断处，见 duban verify", "written; read again, a chain is still broken, see `duban verify`";
    nothing_provable() => "没有能证明的改法，什么也没有动；从 git 或其他单位的副本取回原文件",
        "nothing can be proved, so nothing was touched; take the original from git or another office's copy";
    nothing_to_do() => "没有需要修复的", "nothing to repair";
}

sentences! {
    bom() => "补上文件头标记（BOM）", "the byte order mark is put back";
    header(lines) => "恢复表头（{lines} 行）", "the header is put back (lines: {lines})";
    line_ends(lines) => "换行由 CRLF 恢复为 LF（{lines} 行）", "line ends from CRLF back to LF (lines: {lines})";
    encoding(lines) => "由 GBK 恢复为 UTF-8（{lines} 行）", "from GBK back to UTF-8 (lines: {lines})";
    quotes(lines) => "引号恢复原样（{lines} 行）", "quotes as they were (lines: {lines})";
    order(lines) => "按序号恢复顺序（移动 {lines} 行）", "the order of the numbers (lines moved: {lines})";
    blank(lines) => "去掉空行（{lines} 行）", "blank lines taken out (lines: {lines})";
    last_end() => "补上最后一条的换行", "the line end that the last record lacked";
    tail() => "末尾残缺的字节另存后切掉", "the torn bytes at the end are kept in a file of their own and cut off";
}

sentences! {
    unreadable(line) => "第 {line} 行读不成记录，原样保留", "line {line} cannot be read as a record and stays as it is";
    content(line) => "第 {line} 行与校验码不符，也推不回原文，原样保留", "line {line} does not fit its id, whatever is undone, and stays as it is";
    place(line) => "第 {line} 行能自证，但接不上上一行，没有移动", "line {line} proves itself but does not follow from the line above; it is not moved";
    double(line) => "第 {line} 行与上面的一条相同，没有删除", "line {line} is the same record as one above; it is not taken out";
    torn(line) => "第 {line} 行残缺，像是断电留下的；要移开，加 --tail", "line {line} is torn, as after a power cut; to set it aside, add `--tail`";
    first_line(line) => "第 {line} 行不是表头，其余又不能全部自证，原样保留", "line {line} is not the header, and not all else is proved; it stays as it is";
}

sentences! {
    no_digest(text) => "“{text}”里没有日志摘要", "there is no journal digest in `{text}`";
    digest_forms() => "把旧表或旧通报上带摘要的一行整行抄来，摘要至少 12 位", "paste the line of the old paper that holds the digest, at least 12 digits of it";
    since_now() => "摘要与现在的日志相符，此后没有新记录", "the digest is that of the journal as it is now, nothing came since";
    since_seal(period, name, count) => "摘要与 {period} 封账（{name}）时的日志相符，此后又记了 {count} 条",
        "the digest is that of the seal of {period} ({name}); entries since: {count}";
    since_state(count, more) => "摘要与日志记到第 {count} 条时（各文件按记录时间合计）相符，此后又记了 {more} 条",
        "the digest is that of the journal when it had {count} entries, in the order they were recorded; entries since: {more}";
}

/// Says what is restored, and on how many lines.
pub fn restored(what: What, lines: u64) -> Said {
    match what {
        What::Bom => bom(),
        What::Header => header(lines),
        What::LineEnds => line_ends(lines),
        What::Encoding => encoding(lines),
        What::Quotes => quotes(lines),
        What::Order => order(lines),
        What::Blank => blank(lines),
        What::LastEnd => last_end(),
        What::Tail => tail(),
    }
}

/// Says why a line stays as it is.
pub fn unproved(line: u64, why: Why) -> Said {
    match why {
        Why::Unreadable => unreadable(line),
        Why::Content => content(line),
        Why::Place => place(line),
        Why::Double => double(line),
        Why::Torn => torn(line),
        Why::Header => first_line(line),
    }
}
