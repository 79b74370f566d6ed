//! One picture of each chart, kept as it was approved by eye.

use super::sound::assert_sound;
use jiff::civil::{Date, date};
use tici_domain::Light;
use tici_web::charts::*;

fn check(name: &str, svg: String) {
    assert_sound(&svg);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, svg.replace("><", ">\n<"));
    });
}

#[test]
fn stairs_of_each_stage() {
    let row = |reached| stairs(&Stairs { reached, label: String::new() });
    (0..=8).for_each(|reached| assert_sound(&row(reached)));
    assert_eq!(row(7), row(8));
    check("stairs", stairs(&Stairs { reached: 4, label: "在建".into() }));
}

#[test]
fn lights_differ_in_shape() {
    let shapes: Vec<String> = Light::ALL.iter().map(|one| light(*one, "")).collect();
    shapes.iter().for_each(|shape| assert_sound(shape));
    assert!(shapes[0].contains("L11.8 6") && shapes[1].contains("L11.6 11"));
    check("lights", light(Light::Unreported, "未报"));
}

#[test]
fn stepper_wide_middle_and_narrow() {
    let rooms = [("wide", Room::Wide), ("middle", Room::Middle), ("narrow", Room::Narrow)];
    for (name, room) in rooms {
        check(&format!("stepper_{name}"), stepper(&sample_stepper(room)));
    }
}

#[test]
fn a_narrow_step_takes_a_second_line_when_its_words_need_it() {
    let mut long = sample_stepper(Room::Narrow);
    let height = |svg: &str| svg.split('"').nth(7).and_then(|px| px.parse::<f64>().ok());
    let before = height(&stepper(&long)).expect("a height");
    long.steps[3].lines[0].1 = "Main plant topped out in sections".into();
    let svg = stepper(&long);
    assert_sound(&svg);
    assert!(svg.contains("计划 Main plant topped out in sections</text>"), "{svg}");
    assert_eq!(height(&svg), Some(before + 16.0));
}

pub fn sample_stepper(room: Room) -> Stepper {
    let step = |name: &str, state, note: &str, planned: &str, second: &str, came: &str| Step {
        name: name.into(),
        state,
        note: note.into(),
        is_late: note.starts_with('晚'),
        lines: [("计划".into(), planned.into()), (second.into(), came.into())],
    };
    let now = StepState::Current(Some(0.37));
    let steps = vec![
        step("签约", StepState::Done, "按期", "2025-01-16", "实际", "2025-01-16"),
        step("落地", StepState::Done, "早 8 天", "2025-04-30", "实际", "2025-04-22"),
        step("开工", StepState::Done, "晚 19 天", "2025-08-31", "实际", "2025-09-19"),
        step("在建", now, "当前，形象进度 37%", "2025-10-31", "实际", "2025-11-02"),
        step("竣工", StepState::Ahead, "晚 50 天", "2027-03-31", "预计", "2027-05-20"),
        step("投产", StepState::Ahead, "晚 61 天", "2027-06-30", "预计", "2027-08-30"),
        step("达效", StepState::Ahead, "", "2028-06-30", "预计", "—"),
    ];
    Stepper {
        room, steps, label: "签约、落地、开工已完成，在建 37%，竣工预计晚 50 天".into()
    }
}

#[test]
fn annual_curve_wide_and_narrow() {
    for (name, room) in [("curve_wide", Room::Wide), ("curve_narrow", Room::Narrow)] {
        check(name, s_curve(&sample_curve(room)));
    }
}

pub fn sample_curve(room: Room) -> Curve {
    let plan = [1.6, 4.1, 10.8, 21.6, 37.0, 46.9, 54.6, 62.9, 71.8, 80.4, 88.9, 96.2];
    let actual = [1.2, 3.4, 9.6, 19.1, 32.3];
    let forecast = [40.4, 47.6, 55.6, 64.4, 73.0, 81.3, 88.2];
    let points = (0..12).map(|month| CurvePoint {
        label: format!("{}月", month + 1),
        plan: Some(plan[month]),
        actual: actual.get(month).copied(),
        forecast: month.checked_sub(5).map(|index| forecast[index]),
        band: month.checked_sub(5).map(|index| (forecast[index] * 0.94, forecast[index] * 1.06)),
    });
    let cells = |values: &[f64]| {
        let months = (0..12).map(|month| match values.get(month) {
            Some(value) => {
                format!("{:.1}", value - if month > 0 { values[month - 1] } else { 0.0 })
            }
            None if month == values.len() => "在报".into(),
            None => "—".into(),
        });
        months.collect()
    };
    let row = |label: &str, values: &[f64], is_strong| CurveRow {
        label: label.into(),
        cells: cells(values),
        is_strong,
    };
    let words = CurveWords {
        plan: "计划".into(),
        forecast: "预测".into(),
        today: "今天".into(),
        callout: ["5月末实际 32.3".into(), "比计划少 4.7，完成计划进度 87.2%".into()],
    };
    Curve {
        room,
        points: points.collect(),
        today: Some(5.57),
        rows: vec![row("当月计划", &plan, false), row("当月实际", &actual, true)],
        words,
        label: "5月末累计 32.3，比计划少 4.7".into(),
    }
}

#[test]
fn gantt_wide_and_narrow() {
    for (name, room) in [("gantt_wide", Room::Wide), ("gantt_narrow", Room::Narrow)] {
        check(name, gantt(&sample_gantt(room)));
    }
}

pub fn sample_gantt(room: Room) -> Gantt {
    let (from, to) = (date(2025, 6, 1), date(2027, 8, 1));
    let today = date(2026, 6, 18);
    let row = |name: &str, planned, actual, expected, note: &str| GanttRow {
        name: name.into(),
        planned: Some(planned),
        actual,
        expected,
        note: note.into(),
        is_strong: note.ends_with("33 天"),
    };
    let span = |a: (i16, i8, i8), b: (i16, i8, i8)| (date(a.0, a.1, a.2), date(b.0, b.1, b.2));
    let rows = vec![
        row(
            "桩基施工",
            span((2025, 9, 1), (2025, 12, 15)),
            Some(span((2025, 9, 19), (2026, 1, 17))),
            None,
            "完成 晚 33 天",
        ),
        row(
            "主厂房封顶",
            span((2025, 12, 1), (2026, 7, 15)),
            Some((date(2025, 12, 30), today)),
            Some((today, date(2026, 7, 20))),
            "预计 晚 5 天",
        ),
        row(
            "竣工",
            (date(2027, 3, 31), date(2027, 3, 31)),
            None,
            Some((date(2027, 3, 31), date(2027, 5, 20))),
            "预计 晚 50 天",
        ),
    ];
    let label = |day: Date| match day.month() {
        1 | 6 => format!("{}年{}月", day.year(), day.month()),
        month => format!("{month}月"),
    };
    let ticks = month_ticks(from, to, if room == Room::Wide { 10 } else { 5 });
    Gantt {
        room,
        from,
        to,
        ticks: ticks.into_iter().map(|day| (day, label(day))).collect(),
        rows,
        today: Some((today, "今天".into())),
        label: "桩基施工晚 33 天完成，主厂房封顶预计晚 5 天".into(),
    }
}

#[test]
fn unit_cells_of_two_tiers() {
    check("unit_cells", unit_cells(&sample_cells(304)));
}

pub fn sample_cells(width_px: u32) -> UnitCells {
    let group = |label: &str, done, likely, amber, red| UnitGroup {
        label: label.into(),
        units: [
            (done, UnitState::Done),
            (likely, UnitState::Likely),
            (amber, UnitState::Marked(Light::Amber)),
            (red, UnitState::Marked(Light::Red)),
        ]
        .into_iter()
        .flat_map(|(count, state)| std::iter::repeat_n(state, count))
        .enumerate()
        .map(|(index, state)| Unit { title: format!("YX26-{:03}", index + 1), state })
        .collect(),
    };
    let groups = vec![group("省列", 3, 0, 0, 1), group("市列", 38, 9, 1, 10)];
    UnitCells { width_px, groups, label: "62 个中 41 个已开工，9 个较可能按期".into() }
}

#[test]
fn histogram_of_starts() {
    check("histogram", histogram(&sample_histogram()));
}

pub fn sample_histogram() -> Histogram {
    let weights = vec![0.1, 0.5, 1.7, 4.2, 7.7, 10.7, 11.4, 9.2, 5.7, 2.7, 1.0, 0.3, 0.1];
    Histogram {
        width_px: 330,
        first: 45,
        weights,
        interval: Some((48, 53)),
        centre: Some(51),
        target: Some(62),
        words: HistogramWords {
            interval: "80% 区间 48–53".into(),
            centre: "预计 51".into(),
            target: "目标 62".into(),
            gap: "差 11 个".into(),
            axis: "6月30日已开工个数".into(),
            note: "全部开工 < 0.1%".into(),
        },
        label: "预计开工 51 个，80% 区间 48 到 53，目标 62".into(),
    }
}

#[test]
fn expected_starts() {
    let bin = |label: &str, count| ExpectedBin { label: label.into(), count };
    let counts = [("6-23", 3), ("6-30", 6), ("7-07", 0), ("7-14", 3), ("7-21", 4), ("7-28", 2)];
    check(
        "expected",
        expected(&Expected {
            width_px: 330,
            bins: counts.into_iter().map(|(label, count)| bin(label, count)).collect(),
            bins_in_time: 2,
            deadline: "时限 6月30日".into(),
            in_time: "时限内 9 个".into(),
            late: "之后 9 个".into(),
            axis: "填报的预计开工日，每格一周".into(),
            label: "9 个报在时限内，9 个报在时限之后".into(),
        }),
    );
}

#[test]
fn small_ones() {
    check("bar", bar(&Bar { value: 31.0, max: 37.0, tone: Tone::Second }));
    let done = Bullet { done: Some(0.369), due: Some(0.45), label: "完成 36.9%".into() };
    check("bullet", bullet(&done));
    let values = vec![Some(1.2), Some(2.2), None, Some(9.5), Some(13.2)];
    check("sparkline", sparkline(&Sparkline { values, label: "5月 13.2".into() }));
}

#[test]
fn merkle_path_wide_and_narrow() {
    for (name, room) in [("merkle_wide", Room::Wide), ("merkle_narrow", Room::Narrow)] {
        check(name, merkle_path(&sample_path(room)));
    }
}

pub fn sample_path(room: Room) -> MerklePath {
    let hash = |digit: char| digit.to_string().repeat(64);
    let step =
        |side, sibling, parent| MerkleStep { side, sibling: hash(sibling), parent: hash(parent) };
    MerklePath {
        room,
        leaf: hash('9'),
        steps: vec![
            step(Side::Right, 'a', 'b'),
            step(Side::Left, 'c', 'd'),
            step(Side::Left, 'e', 'f'),
        ],
        leaf_word: "记录 20417".into(),
        root_word: "检查点的根".into(),
        label: "记录 20417 在检查点的根之下".into(),
    }
}

#[test]
fn a_chart_stands_alone_in_a_file() {
    for svg in [
        s_curve(&sample_curve(Room::Wide)),
        unit_cells(&sample_cells(304)),
        gantt(&sample_gantt(Room::Wide)),
        histogram(&sample_histogram()),
    ] {
        let file = standalone(&svg);
        assert!(!file.contains("var(--"), "a token without a colour: {file}");
        assert!(file.starts_with("<svg xmlns="));
    }
}
