//! What a return says in words, and how many people are on site.

use jiff::civil::date;
use tici_domain::Stage;

use super::dice::Dice;
use super::plot::Plot;
use super::world::World;

/// YX26-001 from January to May 2026: physical progress and people on site.
const FIRST: [(&str, i64); 5] = [
    ("土方回填完成", 286),
    ("桩基检测", 254),
    ("主厂房基础", 371),
    ("主厂房钢柱吊装 60%", 402),
    ("主厂房钢结构 85%，公用工程管廊开工", 418),
];

fn first(plot: &Plot, at: (i16, i8)) -> Option<(&'static str, i64)> {
    (plot.code == "YX26-001" && at.0 == 2026).then(|| FIRST[at.1 as usize - 1])
}

/// The stage at the end of a month.
fn stage_at(plot: &Plot, at: (i16, i8)) -> Stage {
    let end = date(at.0, at.1, 1).last_of_month();
    let reached = plot.reached.iter().rev().find(|(_, on)| *on <= end);
    reached.map_or(Stage::Lead, |(stage, _)| *stage)
}

/// 形象进度
pub(crate) fn progress(world: &World, plot: usize, at: (i16, i8)) -> String {
    let plot = &world.plots[plot];
    if let Some((text, _)) = first(plot, at) {
        return text.to_owned();
    }
    let mut dice = Dice::new(world.seed, &format!("progress {} {at:?}", plot.code));
    let works: &[&str] = match stage_at(plot, at) {
        Stage::Signed => &["选址比对", "可研报告编制", "土地预审", "公司注册"],
        Stage::Landed => &["环评公示", "能评报审", "施工图审查", "场地平整", "用地报批"],
        Stage::Started => &["桩基施工", "基础施工", "承台施工", "地下管网施工"],
        Stage::InProgress => &["主体结构", "钢结构吊装", "屋面施工", "设备安装", "净化车间装修"],
        Stage::Completed => &["竣工验收", "设备调试", "消防验收"],
        Stage::InProduction => &["试生产", "产能爬坡", "两条线投产"],
        Stage::AtCapacity => &["满负荷生产"],
        _ => &["洽谈"],
    };
    let share = dice.between(2, 19) * 5;
    let text = dice.pick(works);
    let in_works = matches!(stage_at(plot, at), Stage::Started | Stage::InProgress);
    if in_works { format!("{text} {share}%") } else { (*text).to_owned() }
}

/// 在场用工
pub(crate) fn workers(world: &World, plot: usize, at: (i16, i8)) -> i64 {
    let plot = &world.plots[plot];
    if let Some((_, workers)) = first(plot, at) {
        return workers;
    }
    let mut dice = Dice::new(world.seed, &format!("workers {} {at:?}", plot.code));
    let size = (plot.total / 1_500).clamp(12, 220);
    let share = match stage_at(plot, at) {
        Stage::Started => dice.between(50, 90),
        Stage::InProgress => dice.between(80, 150),
        Stage::Completed => dice.between(10, 30),
        Stage::InProduction | Stage::AtCapacity => dice.between(40, 70),
        _ => 0,
    };
    size * share / 100
}

/// 存在问题: the blocker of a project that has not started, in the last three months.
pub(crate) fn issue(world: &World, plot: usize, at: (i16, i8)) -> Option<String> {
    let recent = at >= (2026, 3);
    world.plots[plot].blocker.as_ref().filter(|_| recent).map(|blocker| blocker.text.clone())
}
