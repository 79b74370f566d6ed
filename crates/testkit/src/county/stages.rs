//! Stage claims with their evidence, and what the reviewer said of them.

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use tici_domain::change::{Attachment, StageClaim, StageVerdict, Verdict};
use tici_domain::{Change, Finding, Stage, Table};

use super::dice::Dice;
use super::journal::{blob, moment};
use super::looks;
use super::nodes;
use super::opening;
use super::people::{DISPATCHER, REVIEWER, reporter};
use super::picture;
use super::places::town_name;
use super::plot::weekday;
use super::world::{OPENED, World};
use crate::photo;

/// A claim that somebody made.
struct Claim<'a> {
    plot: usize,
    stage: Stage,
    on: Date,
    at: Timestamp,
    note: Option<&'a str>,
    evidence: bool,
    /// What its photograph says that it should not: so many days before, so far away.
    slip: Option<Slip>,
}

/// A photograph that does not fit its claim.
#[derive(Clone, Copy)]
enum Slip {
    /// Taken this many days before the day that is claimed.
    DaysBefore(i64),
    /// Taken this many millionths of a degree to the east.
    East(i64),
}

/// Writes every claim of the roster, and the few that did not stand.
pub(crate) fn claims(world: &mut World) {
    before_opening(world);
    for plot in 0..world.plots.len() {
        for (stage, on) in world.plots[plot].reached.clone() {
            if on >= OPENED {
                reached(world, plot, stage, on);
            }
        }
    }
    ceremonies(world);
    reversed(world);
    entries(world);
}

/// Stages of before the ledger: claimed at its opening, verified the day after.
fn before_opening(world: &mut World) {
    let (mut claims, mut verdicts) = (Vec::new(), Vec::new());
    for plot in 0..world.plots.len() {
        for (stage, on) in world.plots[plot].reached.clone() {
            if on < OPENED {
                let at = moment(OPENED, 9, 30);
                let note = Some("建账时补录");
                let claim = Claim { plot, stage, on, at, note, evidence: false, slip: None };
                let (id, changes, _) = rows(world, &claim);
                claims.extend(changes);
                verdicts.push(verdict(world, id, Verdict::Verified, None));
                verdicts.extend(nodes::reached(world, plot, stage, on));
            }
        }
    }
    world.journal.push(moment(OPENED, 9, 30), DISPATCHER, "claim_stage", claims);
    let next_day = OPENED + Span::new().days(1);
    world.journal.push(moment(next_day, 10, 0), REVIEWER, "verify_stage", verdicts);
}

/// One stage reached while the ledger was kept: claimed by the town a day or two later,
/// verified within the week.
fn reached(world: &mut World, plot: usize, stage: Stage, on: Date) {
    let mut dice = Dice::new(world.seed, &format!("{} {}", world.plots[plot].code, stage.code()));
    let yesterday = world.today - Span::new().days(1);
    // A contract that was not uploaded: the claim waits, without evidence.
    let waits = world.plots[plot].name.text == "果汁产线二期";
    let (claimed, verified) = if on > yesterday {
        (moment(on, 7, 55), moment(on, 8, 2))
    } else {
        let claimed = weekday(on + Span::new().days(dice.between(0, 3))).max(on).min(yesterday);
        let verified = weekday(claimed + Span::new().days(dice.between(2, 6))).min(yesterday);
        let (asked, judged) = (dice.between(0, 50) as i8, dice.between(0, 59) as i8);
        let hour = dice.between(16, 17) as i8;
        // The newest project of Yunbu: 15:20, as the page of changes has it.
        let asked = if waits { 20 } else { asked };
        (moment(claimed, 15, asked), moment(verified.max(claimed), hour, judged))
    };
    let note = waits.then_some("合同未上传");
    let evidence = !waits;
    let claim = Claim { plot, stage, on, at: claimed, note, evidence, slip: None };
    let id = write(world, &claim);
    if !waits {
        let mut changes = vec![verdict(world, id, Verdict::Verified, None)];
        changes.extend(nodes::reached(world, plot, stage, on));
        let looks = looks::of_start(world, (plot, id), (stage, on), verified);
        changes.extend(looks.iter().cloned().map(Change::Task));
        world.journal.push(verified, REVIEWER, "verify_stage", changes);
        looks::seen(world, &looks);
    }
}

/// Five projects of the spring's collective start held a ceremony and no more.
fn ceremonies(world: &mut World) {
    for code in ["YX26-016", "YX26-007", "YX26-024", "YX26-005", "YX26-019"] {
        let plot = world.index(code);
        let at = moment(date(2026, 4, 20), 16, 30);
        let note = Some("4月18日集中开工");
        let on = date(2026, 4, 18);
        let stage = Stage::Started;
        let claim = Claim { plot, stage, on, at, note, evidence: true, slip: None };
        let id = write(world, &claim);
        let reason = "现场只举行了仪式，主体工程未动工，不算开工";
        let change = verdict(world, id, Verdict::Rejected, Some(reason));
        world.journal.push(
            moment(date(2026, 4, 22), 11, 5),
            REVIEWER,
            "verify_stage",
            vec![change],
        );
    }
}

/// A start that was verified and found wrong when it was looked at again after 30 days.
fn reversed(world: &mut World) {
    let long_landed = world.plots.iter().position(|plot| {
        plot.tier.is_none() && plot.stage == Stage::Landed && plot.days.is_some_and(|d| d > 118)
    });
    let Some(plot) = long_landed else { return };
    let on = date(2026, 3, 10);
    let at = moment(date(2026, 3, 11), 15, 0);
    let stage = Stage::Started;
    let id = write(world, &Claim { plot, stage, on, at, note: None, evidence: true, slip: None });
    let mut verified = vec![verdict(world, id, Verdict::Verified, None)];
    let looks = looks::opened(world, (plot, id), on, date(2026, 3, 13));
    verified.extend(looks.iter().cloned().map(Change::Task));
    world.journal.push(moment(date(2026, 3, 13), 10, 0), REVIEWER, "verify_stage", verified);
    let seen = "只平整了场地，基础未浇筑";
    looks::found(world, &looks[0], Finding::Stopped, (date(2026, 4, 9), seen));
    let reason = "30天回看：只平整了场地，基础未浇筑";
    let mut changes = vec![verdict(world, id, Verdict::Reversed, Some(reason))];
    let end = date(2026, 4, 15);
    changes.extend(looks[1..].iter().map(|look| looks::dropped(world, look, end, reason)));
    world.journal.push(moment(end, 14, 30), REVIEWER, "reverse_stage", changes);
}

/// Statistical entry of the listed projects in works; the latest few are still pending.
fn entries(world: &mut World) {
    let mut waiting = 0;
    for plot in 0..world.plots.len() {
        let (listed, start) = (world.plots[plot].tier, world.plots[plot].on(Stage::Started));
        let Some(start) = start.filter(|start| listed.is_some() && *start >= OPENED) else {
            continue;
        };
        let on = weekday(start + Span::new().days(38));
        let claimed = on + Span::new().days(2);
        if claimed >= world.today {
            continue;
        }
        let at = moment(claimed, 16, 10);
        let stage = Stage::StatEntered;
        let verified = claimed + Span::new().days(9);
        // Of those that still wait, two bring a photograph that gives pause.
        let slip = match (verified < world.today, waiting) {
            (false, 0) => Some(Slip::DaysBefore(96)),
            (false, 1) => Some(Slip::East(64_000)),
            _ => None,
        };
        waiting += usize::from(verified >= world.today);
        let id = write(world, &Claim { plot, stage, on, at, note: None, evidence: true, slip });
        if verified < world.today {
            let change = verdict(world, id, Verdict::Verified, None);
            world.journal.push(moment(verified, 9, 40), REVIEWER, "verify_stage", vec![change]);
        }
    }
}

/// Writes a claim by the reporter of its place, and gives its id.
fn write(world: &mut World, claim: &Claim) -> i64 {
    let (id, changes, blobs) = rows(world, claim);
    let actor = reporter(world.plots[claim.plot].town);
    world.journal.push_with(claim.at, actor, "claim_stage", changes, blobs, None);
    id
}

type Rows = (i64, Vec<Change>, Vec<(String, Vec<u8>)>);

/// The rows of a claim: its evidence first.
fn rows(world: &mut World, claim: &Claim) -> Rows {
    let (mut changes, mut blobs, mut evidence) = (Vec::new(), Vec::new(), Vec::new());
    let mut papers = Vec::new();
    if claim.evidence {
        papers.push(document(world, claim));
    }
    let has_photo = [Stage::Started, Stage::StatEntered, Stage::InProgress];
    if claim.evidence && has_photo.contains(&claim.stage) {
        papers.push(photo(world, claim));
    }
    for (row, bytes) in papers {
        evidence.push(row.id);
        changes.push(Change::Attachment(row));
        blobs.push(bytes);
    }
    let id = world.journal.id(Table::StageClaim);
    changes.push(Change::StageClaim(StageClaim {
        id,
        project: world.projects[claim.plot],
        stage: claim.stage,
        on: claim.on,
        evidence,
        note: claim.note.map(str::to_owned),
        sheet: None,
        cell: None,
        replaces: None,
    }));
    (id, changes, blobs)
}

pub(crate) fn verdict(
    world: &mut World,
    claim: i64,
    verdict: Verdict,
    reason: Option<&str>,
) -> Change {
    let id = world.journal.id(Table::StageVerdict);
    Change::StageVerdict(StageVerdict { id, claim, verdict, reason: reason.map(str::to_owned) })
}

/// Kind of evidence for a stage, its file's name, and what the sample says it is.
fn papers(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Signed => ("contract", "投资协议"),
        Stage::Landed => ("approval", "用地批复和备案证"),
        Stage::Started => ("permit", "施工许可证"),
        Stage::StatEntered => ("register", "入库审批表"),
        Stage::InProgress => ("site_report", "监理月报"),
        Stage::Completed => ("acceptance", "竣工验收备案表"),
        Stage::InProduction => ("production", "试生产报告"),
        _ => ("output", "产值和纳税说明"),
    }
}

fn document(world: &mut World, claim: &Claim) -> (Attachment, (String, Vec<u8>)) {
    let plot = &world.plots[claim.plot];
    let (kind, paper) = papers(claim.stage);
    let text = format!(
        "示例文件，内容虚构\n{paper}\n项目：{} {} {}\n属地：{}\n日期：{}\n",
        plot.code,
        plot.firm.text,
        plot.name.text,
        town_name(plot.town),
        claim.on
    );
    let file = format!("{}{paper}（示例）.txt", plot.code);
    attachment(world, file, "text/plain; charset=utf-8", kind, text.into_bytes())
}

/// A photograph of the site as a phone takes it: it says when and where. One of works under
/// way is drawn plainly and says nothing, as a picture that was sent by chat.
fn photo(world: &mut World, claim: &Claim) -> (Attachment, (String, Vec<u8>)) {
    let code = world.plots[claim.plot].code.clone();
    let mut dice = Dice::new(world.seed, &format!("{code} {}", claim.stage.code()));
    let mark = dice.between(1, 1 << 36) as u64;
    if claim.stage == Stage::InProgress {
        let text = format!("示例图片，不是照片：{code}，{}", claim.on);
        let bytes = picture::png(claim.stage.steps(), mark, &text);
        return attachment(world, format!("{code}现场（示例）.png"), "image/png", "photo", bytes);
    }
    let (before, east) = match claim.slip {
        Some(Slip::DaysBefore(days)) => (days, 0),
        Some(Slip::East(degrees)) => (0, degrees),
        None => (0, dice.between(-1_500, 1_500)),
    };
    let (hour, minute) = (dice.between(8, 17) as i8, dice.between(0, 59) as i8);
    let taken = (claim.on - Span::new().days(before)).at(hour, minute, 0, 0);
    let place = opening::project(world, claim.plot).location;
    let location = place.map(|(longitude, latitude)| (longitude + east, latitude));
    let steps = claim.stage.steps();
    let bytes = photo::jpeg(photo::Says { taken: Some(taken), location }, steps, mark);
    let file = format!("{code}现场（示例）.jpg");
    let (mut row, bytes) = attachment(world, file, "image/jpeg", "photo", bytes);
    row.taken = Some(taken.to_string());
    row.location = location;
    (row, bytes)
}

fn attachment(
    world: &mut World,
    file: String,
    media_type: &str,
    kind: &str,
    bytes: Vec<u8>,
) -> (Attachment, (String, Vec<u8>)) {
    let bytes = blob(bytes);
    let row = Attachment {
        id: world.journal.id(Table::Attachment),
        sha256: bytes.0.clone(),
        file,
        bytes: bytes.1.len() as i64,
        media_type: media_type.to_owned(),
        kind: kind.to_owned(),
        taken: None,
        location: None,
    };
    (row, bytes)
}
