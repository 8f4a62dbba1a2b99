//! Sentences for failures: the verb, the path, and what to type.

use crate::lang::Said;
use crate::lang::sentences;
use crate::lang::words;
use std::io;

words! {
    /// Stands before every failure.
    ERROR => "错误：", "error: ";
}

sentences! {
    cannot_read(path) => "读不了“{path}”", "cannot read `{path}`";
    cannot_write(path) => "写不了“{path}”", "cannot write `{path}`";
}

/// Returns what the machine said, in words where the field has better ones.
pub fn cause(cause: &io::Error) -> Said {
    let word = |zh: &str, en: &str| Said {
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    match cause.kind() {
        io::ErrorKind::NotFound => word("没有这个文件或文件夹", "no such file or folder"),
        io::ErrorKind::PermissionDenied => word("没有权限", "permission denied"),
        io::ErrorKind::IsADirectory => word("这是文件夹，不是文件", "it is a folder, not a file"),
        io::ErrorKind::NotADirectory => word(
            "路径中有一段不是文件夹",
            "a part of the path is not a folder",
        ),
        io::ErrorKind::StorageFull => word("磁盘已满", "the disk is full"),
        io::ErrorKind::ReadOnlyFilesystem => word("磁盘是只读的", "the disk is read-only"),
        io::ErrorKind::QuotaExceeded => word("超出磁盘配额", "the disk quota is used up"),
        io::ErrorKind::FileTooLarge => word("文件超出允许的大小", "the file would be too large"),
        io::ErrorKind::AlreadyExists => word("已经存在", "it exists already"),
        _ => word(&cause.to_string(), &cause.to_string()),
    }
}
