//! Sentences of `sync`.

use crate::git::place::UnderWay;
use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;

words! {
    /// The title of a sync.
    TITLE => "同步", "Sync";
    /// The title of a look.
    TITLE_LOOK => "同步预览", "What a sync would do";
}

sentences! {
    committed(entries, files) => "已提交：新记录 {entries} 条，文件 {files} 个", "committed: new entries {entries}, files {files}";
    would_commit(entries, files) => "将提交：新记录 {entries} 条，文件 {files} 个", "to commit: new entries {entries}, files {files}";
    nothing_to_commit() => "没有要提交的", "nothing to commit";
    received(writer, entries) => "收到 {writer} 的 {entries} 条", "received from {writer}: {entries}";
    nothing_received() => "没有新收到的记录", "no new entries received";
    sent(writer, entries) => "送出 {writer} 的 {entries} 条", "sent of {writer}: {entries}";
    nothing_sent() => "没有要送出的记录", "no entries to send";
    not_sent(entries) => "{entries} 条没有送出，留在本机的提交里", "not sent, kept in this machine's commits: {entries}";
    would_receive(writer, entries) => "将收到 {writer} 的 {entries} 条", "to receive from {writer}: {entries}";
    would_send(writer, entries) => "将送出 {writer} 的 {entries} 条", "to send of {writer}: {entries}";
    attempts(count) => "别处同时在送，试了 {count} 次", "others were sending at the same time; attempts: {count}";
    digest(digest) => "日志摘要 {digest}", "journal digest {digest}";
    findings_held_back(count) => "合并后的日志有 {count} 处新的错误（见上），没有送出；先按提示处理，再同步",
        "the merged journal has new errors (see above): {count}; nothing was sent, mend them, then sync again";
    findings_there_before(count) => "日志有 {count} 处错误（见上），别处早已有，照常收发", "the journal has errors that the others have already (see above): {count}; the exchange went on";
}

sentences! {
    left_alone(names) => "这些文件有改动，不归本次同步提交：{names}", "these files were changed and are not for this sync to commit: {names}";
    left_alone_help() => "别的记录人的日志用 --writer 提交；计划等文件自己 git commit",
        "another writer's journal is committed with --writer; plans and the like with `git commit` of your own";
    own_file_grew(writer) => "注意：收到的记录里有 {writer} 的，另一台机器也在用这个记录人；给其中一台换一个：duban config set writer 新名",
        "note: entries of {writer} came in, so another machine writes under this name; give one of them another: `duban config set writer NAME`";
    evidence_ignored(count) => "{count} 个佐证文件被 .gitignore 排除，没有提交", "evidence files that .gitignore leaves out, not committed: {count}";
    already_committed(said) => "{said}（在本机）", "{said} (on this machine)";
}

sentences! {
    no_repository(folder) => "“{folder}”不在 git 仓库里", "`{folder}` is in no git repository";
    no_repository_help() => "没有 git 其余功能照常；要用，先 git clone 共用的仓库，再把计划放进去",
        "everything else works without git; to use it, `git clone` the shared repository and put the plan into it";
    other_owner(words) => "这个仓库属于另一个用户，git 不打开：{words}", "the repository belongs to another user and git does not open it: {words}";
    other_owner_help() => "确是自己人的（如 U 盘），照 git 的提示运行一次 git config --global --add safe.directory …",
        "if you trust it, such as a stick of your own, run once what git names: `git config --global --add safe.directory …`";
    bare() => "这是没有工作文件的仓库（bare），计划不在里面", "this is a bare repository, no plan lies in it";
    outside(path, top) => "“{path}”不在仓库“{top}”里", "`{path}` is not in the repository `{top}`";
    detached() => "现在不在任何分支上（HEAD 游离）", "no branch is checked out (detached HEAD)";
    detached_help() => "先回到分支：git switch 分支名", "go back to the branch: `git switch BRANCH`";
    under_way(zh, en) => "有一次没做完的{zh}", "a {en} is under way";
    under_way_help() => "先做完或取消（git status 会说怎么做），再同步", "finish it or take it back (`git status` says how), then sync again";
    no_upstream(branch) => "分支 {branch} 没有上游", "the branch {branch} has no upstream";
    no_upstream_help(branch) => "设一次：git push -u origin {branch}；U 盘上的仓库先 git remote add origin 路径",
        "set it once: `git push -u origin {branch}`; for a repository on a stick first `git remote add origin PATH`";
    doubtful(keys) => "仓库自带的 git 设置可能启动别的程序，没有执行：{keys}", "settings of the repository itself could start other programs, so nothing was run: {keys}";
    doubtful_help(key) => "不认识就删掉：git config --local --unset-all {key}；确是自己要的，改到个人设置：git config --global …",
        "if you do not know it, take it out: `git config --local --unset-all {key}`; if it is yours, keep it in your own settings: `git config --global …`";
    git_said(what, words) => "{what}：{words}", "{what}: {words}";
    damaged_own(writer, count) => "{writer} 的日志有 {count} 处错误（见上），没有提交", "the journal of {writer} has errors (see above): {count}; nothing was committed";
    damaged_own_help() => "duban verify 指出变动，duban repair 恢复可以证明的部分", "`duban verify` shows what changed, `duban repair` mends what can be proven";
    ignored(name) => "“{name}”被 .gitignore 排除了，提交不了", "`{name}` is left out by .gitignore and cannot be committed";
    ignored_help() => "git check-ignore -v 文件名 会指出是哪一条，把它删掉", "`git check-ignore -v FILE` names the rule; take it out";
    cannot_commit() => "提交不了", "cannot commit";
    cannot_fetch(remote) => "从 {remote} 取不到", "cannot fetch from {remote}";
    cannot_fetch_help() => "U 盘插好了吗、网络通吗？本机的记录都在，接通后再同步",
        "is the stick in, is the network up? the entries are safe here; sync again when it can be reached";
    cannot_merge() => "合并不了，什么也没有动", "cannot merge, nothing was touched";
    staged(names) => "另有暂存（git add）而未提交的改动，这时不能合并：{names}", "other changes are staged and not committed, so nothing can be merged: {names}";
    staged_help() => "先提交，或取消暂存：git restore --staged 文件名", "commit them, or unstage them: `git restore --staged FILE`";
    both_changed(names) => "两边都改了这些文件，git 合不到一起：{names}", "both sides changed these files and git cannot bring them together: {names}";
    both_changed_help(upstream) => "本机的提交还在，没有送出。自己合并：git merge {upstream}，改好后 git commit，再同步",
        "the commits here are kept and were not sent; merge by hand: `git merge {upstream}`, then `git commit`, then sync again";
    forked(writer, line) => "两台机器同用记录人 {writer}，从第 {line} 行起各写各的；两边都保留，没有送出",
        "two machines wrote as {writer} and part at line {line}; both sides are kept, nothing was sent";
    fork_ours(line) => "本机：{line}", "here:  {line}";
    fork_theirs(line) => "对方：{line}", "there: {line}";
    fork_more(count) => "（另 {count} 行）", "(lines more: {count})";
    fork_help(path) => "对方的整份在“{path}”。合到一起：duban sync --give-way 让对方的留下、本机的另存，然后换记录人重登本机的几条；详见 duban explain journal/fork",
        "their whole file is in `{path}`; to bring both together: `duban sync --give-way` lets theirs stand and keeps yours aside, then record yours again under another writer; see `duban explain journal/fork`";
    gave_way(writer, path, count) => "{writer}.csv 用了对方的；本机独有的 {count} 行整份保存在“{path}”，请换记录人重登：duban config set writer 新名",
        "{writer}.csv is theirs now; your lines are kept whole in `{path}`, record them again under another writer (`duban config set writer NAME`): {count}";
    cannot_give_way(names) => "除了本人的日志，这些文件也合不到一起：{names}", "besides your own journal these files cannot be brought together: {names}";
    rejected(remote) => "{remote} 不收", "{remote} did not take it";
    rejected_help() => "已合并到本机，没有丢；问管仓库的人为什么不收", "it is merged here and nothing is lost; ask who keeps the repository why";
    raced(count) => "别处一直在送，{count} 次都没轮上", "others kept sending, {count} attempts came too late";
    raced_help() => "都在本机，没有丢；过一会儿再同步", "nothing is lost; sync again in a while";
    cannot_push(remote) => "送不到 {remote}", "cannot push to {remote}";
}

/// Says what was begun and not brought to its end.
pub fn work_under_way(work: UnderWay) -> Said {
    let (zh, en) = match work {
        UnderWay::Merge => ("合并", "merge"),
        UnderWay::Rebase => ("变基", "rebase"),
        UnderWay::CherryPick => ("拣选", "cherry-pick"),
        UnderWay::Revert => ("还原", "revert"),
    };
    under_way(zh, en)
}
