//! Words for stages, states and tiers, in the three languages of the product.

use crate::map::fold_header;
use tici_domain::{ListTier, SideState, Stage};

const STAGES: &[(&str, Stage)] = &[
    ("线索", Stage::Lead),
    ("在谈", Stage::Lead),
    ("在談", Stage::Lead),
    ("洽谈", Stage::Lead),
    ("储备", Stage::Lead),
    ("儲備", Stage::Lead),
    // Before the start, and nothing tells how far: the least that is sure.
    ("前期", Stage::Lead),
    ("前期工作", Stage::Lead),
    ("谋划", Stage::Lead),
    ("謀劃", Stage::Lead),
    ("preparation", Stage::Lead),
    ("planning", Stage::Lead),
    ("preliminary", Stage::Lead),
    ("pre-construction", Stage::Lead),
    ("签约", Stage::Signed),
    ("已签约", Stage::Signed),
    ("簽約", Stage::Signed),
    ("落地", Stage::Landed),
    ("已落地", Stage::Landed),
    ("注册", Stage::Landed),
    ("开工", Stage::Started),
    ("已开工", Stage::Started),
    ("新开工", Stage::Started),
    ("開工", Stage::Started),
    ("已開工", Stage::Started),
    ("新開工", Stage::Started),
    ("已簽約", Stage::Signed),
    ("construction started", Stage::Started),
    ("newly started", Stage::Started),
    ("纳统", Stage::StatEntered),
    ("已纳统", Stage::StatEntered),
    ("入库", Stage::StatEntered),
    ("納統", Stage::StatEntered),
    ("在建", Stage::InProgress),
    ("续建", Stage::InProgress),
    ("續建", Stage::InProgress),
    ("建设中", Stage::InProgress),
    ("建設中", Stage::InProgress),
    ("施工", Stage::InProgress),
    ("施工中", Stage::InProgress),
    ("ongoing", Stage::InProgress),
    ("building", Stage::InProgress),
    ("under construction", Stage::InProgress),
    ("construction", Stage::InProgress),
    ("竣工", Stage::Completed),
    ("已竣工", Stage::Completed),
    ("完工", Stage::Completed),
    ("已完工", Stage::Completed),
    ("建成", Stage::Completed),
    ("已建成", Stage::Completed),
    ("complete", Stage::Completed),
    ("finished", Stage::Completed),
    ("投产", Stage::InProduction),
    ("已投产", Stage::InProduction),
    ("投產", Stage::InProduction),
    ("已投產", Stage::InProduction),
    ("in operation", Stage::InProduction),
    ("operational", Stage::InProduction),
    ("producing", Stage::InProduction),
    ("达产", Stage::AtCapacity),
    ("达效", Stage::AtCapacity),
    ("達效", Stage::AtCapacity),
];

const STATES: [(&str, SideState); 15] = [
    ("正常", SideState::Active),
    ("在册", SideState::Active),
    ("暂停", SideState::Suspended),
    ("暫停", SideState::Suspended),
    ("停工", SideState::Suspended),
    ("停建", SideState::Suspended),
    ("缓建", SideState::Suspended),
    ("on hold", SideState::Suspended),
    ("终止", SideState::Terminated),
    ("終止", SideState::Terminated),
    ("cancelled", SideState::Terminated),
    ("canceled", SideState::Terminated),
    ("撤销", SideState::Withdrawn),
    ("撤銷", SideState::Withdrawn),
    ("退出", SideState::Withdrawn),
];

const TIERS: [(&str, ListTier); 18] = [
    ("省", ListTier::Province),
    ("省级", ListTier::Province),
    ("省級", ListTier::Province),
    ("省重点", ListTier::Province),
    ("省重大", ListTier::Province),
    ("列省", ListTier::Province),
    ("provincial", ListTier::Province),
    ("市", ListTier::City),
    ("市级", ListTier::City),
    ("市級", ListTier::City),
    ("市重点", ListTier::City),
    ("市重大", ListTier::City),
    ("列市", ListTier::City),
    ("municipal", ListTier::City),
    ("县", ListTier::County),
    ("县级", ListTier::County),
    ("縣級", ListTier::County),
    ("县重点", ListTier::County),
];

/// A stage by code, or by a word in use for it.
pub fn stage(word: &str) -> Option<Stage> {
    let folded = fold_header(word);
    let coded = Stage::parse(&folded.replace(' ', "_"));
    let bare = bare_stage(&folded);
    let known = |word: &str| STAGES.iter().find(|(known, _)| *known == word);
    coded.or_else(|| known(&folded).or_else(|| known(bare)).map(|known| known.1))
}

/// Whether a word says only that a stage was not reached (未开工): no stage, and no fault.
pub fn is_no_stage(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "未开工",
        "未開工",
        "尚未开工",
        "尚未開工",
        "待开工",
        "待開工",
        "拟开工",
        "擬開工",
        "未动工",
        "未動工",
        "未启动",
        "未啟動",
        "not started",
        "not yet started",
    ];
    let folded = fold_header(word);
    WORDS.contains(&bare_stage(&folded))
}

/// 续建项目 is 续建, 施工阶段 is 施工.
fn bare_stage(folded: &str) -> &str {
    let ends = ["项目", "項目", "阶段", "階段", " project", " stage"];
    ends.iter().find_map(|end| folded.strip_suffix(end)).unwrap_or(folded)
}

pub fn state(word: &str) -> Option<SideState> {
    let folded = fold_header(word);
    let coded = SideState::parse(&folded);
    coded.or_else(|| STATES.iter().find(|(known, _)| *known == folded).map(|known| known.1))
}

pub fn tier(word: &str) -> Option<ListTier> {
    let folded = fold_header(word);
    let coded = ListTier::parse(&folded);
    coded.or_else(|| TIERS.iter().find(|(known, _)| *known == folded).map(|known| known.1))
}

/// The codes a problem offers.
pub fn codes(of: &crate::map::Field) -> String {
    use crate::map::Field;
    let codes: Vec<&str> = match of {
        Field::State => SideState::ALL.iter().map(|state| state.code()).collect(),
        Field::Tier => ListTier::ALL.iter().map(|tier| tier.code()).collect(),
        _ => Stage::ALL.iter().map(|stage| stage.code()).collect(),
    };
    codes.join(", ")
}
