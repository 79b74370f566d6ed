//! Stage claims with their evidence, and what the reviewer said of them.

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use tici_domain::change::{Attachment, StageClaim, StageVerdict, Verdict};
use tici_domain::{Change, Stage, Table};

use super::dice::Dice;
use super::journal::{blob, moment};
use super::nodes;
use super::people::{DISPATCHER, REVIEWER, reporter};
use super::picture;
use super::places::town_name;
use super::plot::weekday;
use super::world::{OPENED, World};

/// A claim that somebody made.
struct Claim<'a> {
    plot: usize,
    stage: Stage,
    on: Date,
    at: Timestamp,
    note: Option<&'a str>,
    evidence: bool,
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
                let claim = Claim { plot, stage, on, at, note, evidence: false };
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
    let claim = Claim { plot, stage, on, at: claimed, note, evidence: !waits };
    let id = write(world, &claim);
    if !waits {
        let mut changes = vec![verdict(world, id, Verdict::Verified, None)];
        changes.extend(nodes::reached(world, plot, stage, on));
        world.journal.push(verified, REVIEWER, "verify_stage", changes);
    }
}

/// Five projects of the spring's collective start held a ceremony and no more.
fn ceremonies(world: &mut World) {
    for code in ["YX26-016", "YX26-007", "YX26-024", "YX26-005", "YX26-019"] {
        let plot = world.index(code);
        let at = moment(date(2026, 4, 20), 16, 30);
        let note = Some("4月18日集中开工");
        let on = date(2026, 4, 18);
        let id = write(world, &Claim { plot, stage: Stage::Started, on, at, note, evidence: true });
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
    let id =
        write(world, &Claim { plot, stage: Stage::Started, on, at, note: None, evidence: true });
    let verified = verdict(world, id, Verdict::Verified, None);
    world.journal.push(moment(date(2026, 3, 13), 10, 0), REVIEWER, "verify_stage", vec![verified]);
    let reason = "30天回看：只平整了场地，基础未浇筑";
    let change = verdict(world, id, Verdict::Reversed, Some(reason));
    world.journal.push(moment(date(2026, 4, 15), 14, 30), REVIEWER, "reverse_stage", vec![change]);
}

/// Statistical entry of the listed projects in works; the latest few are still pending.
fn entries(world: &mut World) {
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
        let id = write(world, &Claim { plot, stage, on, at, note: None, evidence: true });
        let verified = claimed + Span::new().days(9);
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
    if claim.evidence && matches!(claim.stage, Stage::Started | Stage::InProgress) {
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

/// A picture of the site, plainly drawn.
fn photo(world: &mut World, claim: &Claim) -> (Attachment, (String, Vec<u8>)) {
    let code = &world.plots[claim.plot].code;
    let mark = Dice::new(world.seed, code).between(1, 1 << 36) as u64;
    let text = format!("示例图片，不是照片：{code}，{}", claim.on);
    let bytes = picture::png(claim.stage.steps(), mark, &text);
    let file = format!("{code}现场（示例）.png");
    attachment(world, file, "image/png", "photo", bytes)
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
