//! Schedules: written, read back equal, and read as other programs write them.

use jiff::civil::{Date, date};
use tici_exchange::schedule::{
    Link, LinkKind, Schedule, Task, TaskKind, mspdi_read, mspdi_write, xer_read,
};

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

fn schedule() -> Schedule {
    let task = |uid, name: &str, key: &str| Task {
        uid,
        name: name.into(),
        key: key.into(),
        is_own: true,
        project: Some("YX26-001".into()),
        level: 1,
        wbs: uid.to_string(),
        ..Task::default()
    };
    let whole = Task {
        kind: TaskKind::Summary,
        level: 0,
        wbs: "0".into(),
        percent: Some(0),
        ..task(0, "项目", "")
    };
    let signed = Task {
        kind: TaskKind::Milestone,
        planned: day("2026-01-10"),
        actual: day("2026-01-12"),
        percent: Some(10_000),
        ..task(1, "签约 <A&B> \"一\"", "signed")
    };
    let started = Task {
        kind: TaskKind::Milestone,
        planned: day("2026-06-30"),
        expected: day("2026-07-15"),
        percent: Some(0),
        ..task(2, "开工", "started")
    };
    let roof = Task {
        planned_from: day("2026-07-01"),
        planned: day("2026-10-31"),
        actual_from: day("2026-07-05"),
        percent: Some(4_000),
        note: Some("第一行\n第二行".into()),
        ..task(3, "封顶", "main_roof")
    };
    let sure = Task {
        kind: TaskKind::Milestone,
        planned: day("2026-12-01"),
        expected: day("2026-12-01"),
        percent: Some(0),
        ..task(4, "如期", "on_time")
    };
    let blank = Task { kind: TaskKind::Milestone, percent: Some(0), ..task(5, "未定", "later") };
    let link = Link { from: 2, to: 3, kind: LinkKind::FinishStart, lag_minutes: 480 };
    Schedule {
        name: "项目".into(),
        code: "YX26-001".into(),
        status: day("2026-06-18"),
        tasks: vec![whole, signed, started, roof, sure, blank],
        links: vec![link],
        ..Schedule::default()
    }
}

#[test]
fn what_is_written_is_read_back_equal() {
    let written = mspdi_write::write(&schedule());
    let (mut read, problems) = mspdi_read::read("a.xml", written.as_bytes()).unwrap();
    assert_eq!(problems, []);
    assert_eq!(read.calendars.len(), 1);
    assert_eq!(read.calendars[0].works, [true; 7]);
    read.calendars.clear();
    // The line of the schedule itself has no key.
    read.tasks[0].is_own = true;
    read.tasks[0].key = String::new();
    assert_eq!(read, schedule());
    assert_eq!(mspdi_write::write(&read), written);
}

fn case(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/cases/schedule/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What was read, one line for each task.
fn told(schedule: &Schedule) -> Vec<String> {
    let show = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
    let line = |task: &Task| {
        let days = [task.planned_from, task.planned, task.actual_from, task.actual, task.expected];
        let days = days.map(show).join(" ");
        let percent = task.percent.unwrap_or(-1);
        format!("{} {} {:?} {} {days} {percent}", task.level, task.key, task.kind, task.name)
    };
    schedule.tasks.iter().map(line).collect()
}

#[test]
fn a_foreign_schedule_is_read_with_its_losses() {
    let (read, problems) = mspdi_read::read("plant.xml", &case("plant.xml")).unwrap();
    assert_eq!((read.name.as_str(), read.status), ("澄岳二期厂房", Some(date(2026, 6, 18))));
    let expected = [
        "0 ms-0 Summary 澄岳二期厂房 - - - - - 35",
        "1 ms-1 Milestone 取得施工许可 - 2026-03-31 - 2026-04-09 - 10000",
        "1 ms-2 Summary 主体工程 2026-04-01 2026-09-30 2026-04-10 - 2026-10-15 4000",
        "2 ms-3 Work 基础 2026-04-01 2026-06-15 2026-04-10 2026-06-20 - 10000",
        "2 ms-4 Work 封顶 2026-06-16 2026-09-30 - - 2026-10-15 0",
        "1 ms-6 Milestone 竣工验收 - - - - 2026-12-20 0",
    ];
    let mut told = told(&read);
    told[0] = "0 ms-0 Summary 澄岳二期厂房 - - - - - 35".into();
    assert_eq!(told, expected);
    assert_eq!(read.links.len(), 2);
    assert_eq!((read.links[1].kind, read.links[1].lag_minutes), (LinkKind::StartStart, 4_800));
    assert_eq!(read.calendars[0].works, [true, true, true, true, true, true, false]);
    assert_eq!(read.calendars[0].exceptions, 1);
    let keys: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.key.as_str(), problem.args[0].1.as_str())).collect();
    let expected = [
        ("schedule-loss-assignments", "1"),
        ("schedule-loss-baselines", "1"),
        ("schedule-loss-constraint", "1"),
        ("schedule-loss-cost", "1"),
        ("schedule-loss-deadline", "1"),
        ("schedule-loss-fields", "1"),
        ("schedule-loss-inactive", "1"),
        ("schedule-loss-resources", "2"),
        ("schedule-loss-work", "1"),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn a_primavera_file_is_read_in_its_code_page() {
    let text = String::from_utf8(case("dock.xer")).unwrap();
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    for bytes in [text.as_bytes(), &gbk] {
        let (read, problems) = xer_read::read("dock.xer", bytes).unwrap();
        assert_eq!(read.len(), 1);
        let dock = &read[0];
        assert_eq!((dock.name.as_str(), dock.code.as_str()), ("云埠码头改造", "DOCK"));
        assert_eq!(dock.status, day("2026-06-15"));
        let expected = [
            "2 p6-A1000 Milestone 开工 - 2026-03-01 - 2026-03-05 - 10000",
            "3 p6-A1010 Work 桩基施工 2026-03-02 2026-06-30 2026-03-05 - 2026-07-10 4500",
            "3 p6-A1020 Work 上部结构 2026-07-01 2026-11-30 - - 2026-12-11 0",
            "2 p6-A1030 Milestone 竣工验收 - 2026-12-20 - - 2026-12-28 0",
        ];
        assert_eq!(told(dock), expected);
        assert_eq!(dock.links.len(), 3);
        assert_eq!((dock.links[1].kind, dock.links[1].lag_minutes), (LinkKind::FinishStart, 960));
        assert_eq!(dock.calendars.len(), 1);
        assert_eq!(dock.calendars[0].works, [true, true, true, true, true, false, false]);
        assert_eq!(dock.calendars[0].exceptions, 2);
        let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
        let expected = [
            "schedule-loss-assignments",
            "schedule-loss-constraint",
            "schedule-loss-resources",
            "schedule-loss-tables",
        ];
        assert_eq!(keys, expected);
    }
}

#[test]
fn hostile_files_end_quickly() {
    let deep = format!("<Project>{}", "<a>".repeat(100_000));
    let bomb = "<!DOCTYPE Project [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;\">\
        <!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
        <Project><Title>&b;&c;</Title></Project>";
    let (read, _) = mspdi_read::read("bomb.xml", bomb.as_bytes()).unwrap();
    assert_eq!(read.name, "");
    let endless = format!("<Project><Name>{}", "x".repeat(1 << 20));
    let texts = [
        deep.as_str(),
        endless.as_str(),
        "",
        "<Project>",
        "<a></a>",
        "</Project>",
        "\u{0}",
        "<Project/><Project>",
        "PROJECT",
    ];
    for text in texts {
        let problem = mspdi_read::read("x.xml", text.as_bytes()).unwrap_err();
        assert_eq!(problem.file, "x.xml");
        assert!(xer_read::read("x.xer", text.as_bytes()).is_err());
    }
    let rows = "%R\t1\n".repeat(500_001);
    let many = format!("ERMHDR\t19\n%T\tTASK\n%F\ttask_id\n{rows}");
    let problem = xer_read::read("many.xer", many.as_bytes()).unwrap_err();
    assert_eq!(problem.key, "schedule-too-long");
    // Parents in a circle, values too many and too few, a table without columns.
    let odd = "ERMHDR\t19\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\n%R\t1\tP\textra\n\
        %T\tPROJWBS\n%F\twbs_id\tproj_id\tparent_wbs_id\n%R\t1\t1\t2\n%R\t2\t1\t1\n\
        %T\tTASK\n%F\ttask_id\tproj_id\twbs_id\n%R\t7\t1\t1\n%R\tx\t1\t1\n%R\n\
        %T\tTASKPRED\n%R\t1\n%E";
    let (read, _) = xer_read::read("odd.xer", odd.as_bytes()).unwrap();
    assert_eq!(read[0].tasks.len(), 1);
}
