//! Code lists of the statistics bureau's investment forms.
//!
//! The numbers are those of the national fixed-asset investment survey's base form:
//! 建设性质, 建设状态, 隶属关系, 控股情况.

use crate::Name;

/// One line of a code list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatisticsCode {
    pub number: i64,
    /// Stable key for files and translations: `new_build`.
    pub key: &'static str,
    /// Simplified Chinese, traditional Chinese, English.
    pub names: [&'static str; 3],
}

/// 建设性质: what kind of building a project is; `Project::nature`.
pub const NATURE: &[StatisticsCode] = &[
    code(1, "new_build", ["新建", "新建", "new build"]),
    code(2, "expansion", ["扩建", "擴建", "expansion"]),
    code(3, "renewal", ["改建和技术改造", "改建和技術改造", "rebuilding and technical renewal"]),
    code(
        4,
        "living_facilities",
        ["单纯建造生活设施", "單純建造生活設施", "living facilities only"],
    ),
    code(5, "relocation", ["迁建", "遷建", "relocation"]),
    code(6, "restoration", ["恢复", "恢復", "restoration"]),
    code(7, "purchase_only", ["单纯购置", "單純購置", "purchase only"]),
];

/// 建设状态: how far building has come.
pub const BUILD_STATE: &[StatisticsCode] = &[
    code(1, "under_construction", ["在建", "在建", "under construction"]),
    code(2, "in_production", ["全部投产", "全部投產", "wholly in production"]),
    code(3, "stopped", ["全部停缓建", "全部停緩建", "wholly stopped or deferred"]),
];

/// 隶属关系: the level of government a unit belongs to.
pub const AFFILIATION: &[StatisticsCode] = &[
    code(10, "central", ["中央", "中央", "central"]),
    code(20, "province", ["省", "省", "province"]),
    code(40, "city", ["市", "市", "city"]),
    code(80, "county", ["县及以下", "縣及以下", "county and below"]),
    code(90, "other", ["其他", "其他", "other"]),
];

/// 控股情况: who holds the controlling share.
pub const HOLDING: &[StatisticsCode] = &[
    code(1, "state", ["国有控股", "國有控股", "state"]),
    code(2, "collective", ["集体控股", "集體控股", "collective"]),
    code(3, "private", ["私人控股", "私人控股", "private"]),
    code(4, "hong_kong_macao_taiwan", ["港澳台控股", "港澳臺控股", "Hong Kong, Macao, Taiwan"]),
    code(5, "foreign", ["外商控股", "外商控股", "foreign"]),
    code(9, "other", ["其他", "其他", "other"]),
];

const fn code(number: i64, key: &'static str, names: [&'static str; 3]) -> StatisticsCode {
    StatisticsCode { number, key, names }
}

impl StatisticsCode {
    pub fn name(&self) -> Name {
        let [hans, hant, en] = self.names;
        Name::of(hans, hant, en)
    }
}

/// The line of a number.
pub fn by_number(list: &[StatisticsCode], number: i64) -> Option<&StatisticsCode> {
    list.iter().find(|line| line.number == number)
}

/// The line that a cell means: its number, its key, or its name in any language.
pub fn read<'a>(list: &'a [StatisticsCode], text: &str) -> Option<&'a StatisticsCode> {
    let text = text.trim();
    list.iter().find(|line| {
        text.parse() == Ok(line.number)
            || text.eq_ignore_ascii_case(line.key)
            || line.names.iter().any(|name| name.eq_ignore_ascii_case(text))
    })
}
