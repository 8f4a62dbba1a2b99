//! What `demo` and `init` say and write.

use crate::lang::Lang;
use crate::lang::sentences;

sentences! {
    next_steps(folder) => "
练习工作区在 {folder}，内容全是虚构的。接着试试：
  cd {folder}
  duban missing 2013-09 --as-of 2013-10-31
  duban list --overdue --as-of 2013-10-31
  duban show chikan --as-of 2013-10-31
  duban record progress 5.2.3@xiashan -m 新挂牌避护场所2处 --date 2013-10-31
  duban check
",
        "
The practice workspace is in {folder}; all of it is invented. Try next:
  cd {folder}
  duban missing 2013-09 --as-of 2013-10-31
  duban list --overdue --as-of 2013-10-31
  duban show chikan --as-of 2013-10-31
  duban record progress 5.2.3@xiashan -m 'two more shelters' --date 2013-10-31
  duban check
";
}

/// Returns the commented plan that `init` writes.
pub fn plan(lang: Lang, id: &str, year: u32) -> String {
    let template = match lang {
        Lang::Zh => include_str!("demo/plan.zh.toml"),
        Lang::En => include_str!("demo/plan.en.toml"),
    };
    template
        .replace("PLAN-ID", id)
        .replace("YEAR", &format!("{year:04}"))
}
