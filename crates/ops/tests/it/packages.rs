//! A project of packages: made on its page and by a list, counted once, and refused where it
//! would go round in a circle.

use tici_domain::change::{StageClaim, StageVerdict, Verdict};
use tici_domain::{Change, Currency, Problem, Severity, SideState, Stage};
use tici_engine::Filter;
use tici_engine::rule::Packages;
use tici_ops::desk::snapshot_from_tables;
use tici_ops::files::map::{Links, Map};
use tici_ops::files::read::read_projects;
use tici_ops::import::{ImportOptions, RowFate};
use tici_ops::import_projects::{ImportOutcome, import_projects};
use tici_ops::keep_packages::{NewPackage, PackageWritten, package_problems, set_package};
use tici_ops::lens::LensQuery;
use tici_ops::read_totals::{TotalsAsk, read_totals};
use tici_ops::view_journal::view_entry;
use tici_ops::view_ledger::LedgerQuery;
use tici_ops::view_project::{ProjectPage, project_by_code, view_project};
use tici_ops::write::write;
use tici_ops::{Desk, OpsError, Session};
use tici_testkit::TODAY;
use tici_testkit::builders as b;

use crate::desks::{as_account, load_county, now, on_both};

/// A whole, its parts-to-be and one of another currency.
const WHOLE: i64 = 9_001;
const FIRST: i64 = 9_002;
const SECOND: i64 = 9_003;
const FOREIGN: i64 = 9_004;

struct Story<'a> {
    desk: &'a Desk,
    office: Session,
}

impl<'a> Story<'a> {
    /// The county with four projects of the office's own, none of them started.
    fn of(desk: &'a Desk) -> Story<'a> {
        load_county(desk);
        let project = |id: i64| {
            let mut row = b::project(id, &format!("Z-{id}"));
            row.place = Some(2);
            if id == FOREIGN {
                row.currency = Currency::parse("USD").expect("a currency");
            }
            Change::Project(row)
        };
        let rows = [WHOLE, FIRST, SECOND, FOREIGN].map(project).to_vec();
        write(desk, 0, "register_project", now(), |_, _| Ok(rows)).expect("registered");
        Story { desk, office: as_account(desk, "diaodu") }
    }

    fn set(
        &self,
        project: i64,
        parent: Option<&str>,
        share: Option<i64>,
    ) -> Result<PackageWritten, OpsError> {
        let (parent, reason) = (parent.map(str::to_owned), "按标段分开核准".to_owned());
        let new = NewPackage { project, parent, share, reason };
        set_package(self.desk, &self.office, &new, now())
    }

    fn page(&self, project: i64) -> ProjectPage {
        let page = view_project(self.desk, &self.office, project, LensQuery::default(), TODAY);
        page.expect("a project")
    }

    /// Projects and starts of the year among the four, counted as wholes or by package.
    fn counted(&self, packages: Packages) -> (usize, usize) {
        let projects = Some([WHOLE, FIRST, SECOND, FOREIGN].into());
        let filter = Filter { packages, projects, ..Filter::default() };
        let query = LedgerQuery { filter, ..LedgerQuery::default() };
        let ask = TotalsAsk::default();
        let answer = read_totals(self.desk, &self.office, &query, &ask, TODAY).expect("totals");
        (answer.count.all.totals.projects, answer.count.all.starts.in_year)
    }

    /// A start on a day, verified, in the place of the one claimed before.
    fn start(&self, project: i64, day: &str) {
        let written = write(self.desk, 0, "claim_stage", now(), |snapshot, ids| {
            let id = ids.next(tici_domain::Table::StageClaim);
            let entry = snapshot.projects.get(project).expect("a project");
            let replaces = entry.claim(Stage::Started).map(|state| state.claim.id);
            let verdict = StageVerdict {
                id: ids.next(tici_domain::Table::StageVerdict),
                claim: id,
                verdict: Verdict::Verified,
                reason: None,
            };
            let claim = b::claim(id, project, Stage::Started, day);
            let claim = StageClaim { replaces, ..claim };
            Ok(vec![Change::StageClaim(claim), Change::StageVerdict(verdict)])
        });
        written.expect("a start");
    }

    fn import(&self, session: &Session, rows: &str) -> Result<ImportOutcome, OpsError> {
        let map = Map::parse("map.toml", MAP).expect("a map");
        let text = format!("编号,名称,属地,上级项目,占比\n{rows}");
        let files = [("标段.csv".to_owned(), text.into_bytes())];
        let borrowed = [(files[0].0.as_str(), files[0].1.as_slice())];
        let (intake, problems) = read_projects(&borrowed, &map, &Links::default());
        let options = ImportOptions::default();
        import_projects(self.desk, session, (intake, &files), &problems, &options, now())
    }
}

const MAP: &str = r#"
[[columns]]
header = ["编号"]
field = "code"
[[columns]]
header = ["名称"]
field = "name"
[[columns]]
header = ["属地"]
field = "place"
[[columns]]
header = ["上级项目"]
field = "parent"
[[columns]]
header = ["占比"]
field = "parent_share"
"#;

fn keys(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.key.as_str()).collect()
}

fn refused<T: std::fmt::Debug>(result: Result<T, OpsError>) -> Vec<String> {
    match result.expect_err("refused") {
        OpsError::Problems(problems) => problems.into_iter().map(|p| p.key).collect(),
        other => panic!("problems were expected, not {other}"),
    }
}

/// Project, the parent's code, the share, and the keys of what is wrong.
type Refused = (i64, Option<&'static str>, Option<i64>, &'static [&'static str]);

#[test]
fn a_project_is_split_into_packages_and_joined_again() {
    on_both(|desk| {
        let story = Story::of(desk);
        let first = story.set(FIRST, Some("z-9001"), Some(6_000)).expect("a package");
        assert_eq!(keys(&first.warnings), ["package-shares"], "60 of 100");
        let second = story.set(SECOND, Some("Z-9001"), Some(4_000)).expect("a package");
        assert_eq!(keys(&second.warnings), [""; 0], "100 of 100");
        let page = story.page(WHOLE);
        let shares: Vec<_> =
            page.packages.iter().map(|row| row.entry.project.parent_share).collect();
        assert_eq!(shares, [Some(6_000), Some(4_000)]);

        let page = story.page(FIRST);
        assert_eq!(page.parent.map(|row| row.entry.project.id), Some(WHOLE));
        let step = &page.package_steps[0];
        assert_eq!((step.parent.as_deref(), step.change.share), (Some("Z-9001"), Some(6_000)));
        let by = step.by.as_ref().expect("who");
        assert_eq!((by.op.as_str(), by.actor), ("set_package", story.office.actor.id));
        let entry = view_entry(desk, &story.office, by.seq).expect("its entry");
        assert_eq!(entry.changes.len(), 2, "the project's row, and why");

        let moved = story.set(FIRST, Some("Z-9001"), Some(5_000)).expect("another share");
        assert_eq!(keys(&moved.warnings), ["package-shares"]);
        let problems = package_problems(desk, &story.office).expect("checked");
        assert_eq!(keys(&problems), ["package-shares"], "the ledger says so until it is mended");
        let alone = story.set(FIRST, None, None).expect("by itself again");
        assert_eq!(keys(&alone.warnings), ["package-shares"], "40 of 100 are left");
        assert_eq!(story.page(FIRST).package_steps.len(), 3);
        assert_eq!(story.page(FIRST).parent.map(|_| ()), None);
        assert!(*desk.snapshot().unwrap() == snapshot_from_tables(&desk.store).unwrap());
        assert_eq!(desk.store.verify(None).expect("a report").first_bad, None);
    });
}

#[test]
fn what_goes_round_or_does_not_fit_is_refused() {
    on_both(|desk| {
        let story = Story::of(desk);
        let z = |id: i64| format!("Z-{id}");
        assert_eq!(refused(story.set(FIRST, None, None)), ["package-none"]);
        story.set(FIRST, Some(&z(WHOLE)), Some(10_000)).expect("a package");
        let cases: [Refused; 8] = [
            (WHOLE, Some("Z-9001"), None, &["package-of-itself"]),
            (SECOND, Some("Z-9002"), None, &["package-of-package"]),
            (WHOLE, Some("Z-9003"), None, &["package-has-packages"]),
            // The circle: the whole a package of its own package.
            (WHOLE, Some("Z-9002"), None, &["package-of-package", "package-has-packages"]),
            (FOREIGN, Some("Z-9001"), None, &["package-other-currency"]),
            (SECOND, Some("Z-1"), None, &["package-parent-unknown"]),
            (SECOND, Some("Z-9001"), Some(10_001), &["package-share-range"]),
            (FIRST, Some("Z-9001"), Some(10_000), &["package-unchanged"]),
        ];
        for (project, parent, share, expected) in cases {
            let found = refused(story.set(project, parent, share));
            assert_eq!(found, expected, "{project} of {parent:?}");
        }
        assert_eq!(refused(story.set(FIRST, None, Some(5))), ["package-share-alone"]);
        let new = NewPackage {
            project: SECOND,
            parent: Some(z(WHOLE)),
            share: None,
            reason: "  ".into(),
        };
        let unsaid = set_package(desk, &story.office, &new, now());
        assert_eq!(refused(unsaid), ["package-needs-reason"]);
        let ended = write(desk, 0, "end", now(), |snapshot, _| {
            let mut row = snapshot.projects.get(SECOND).expect("a project").project.clone();
            row.state = SideState::Terminated;
            Ok(vec![Change::Project(row)])
        });
        ended.expect("ended");
        let into_ended = story.set(FOREIGN, Some(&z(SECOND)), None);
        assert_eq!(refused(into_ended), ["package-other-currency", "package-parent-ended"]);
    });
}

#[test]
fn a_start_counts_once_for_a_project_of_packages_and_once_a_year() {
    on_both(|desk| {
        let story = Story::of(desk);
        for project in [FIRST, SECOND] {
            story.set(project, Some("Z-9001"), Some(5_000)).expect("a package");
        }
        assert_eq!(story.counted(Packages::Whole), (2, 0), "the whole and the foreign one");
        assert_eq!(story.counted(Packages::Split), (3, 0), "two packages and the foreign one");
        story.start(FIRST, "2026-02-10");
        story.start(SECOND, "2026-03-10");
        story.start(WHOLE, "2026-02-10");
        assert_eq!(story.counted(Packages::Whole), (2, 1), "three claims, one start");
        assert_eq!(story.counted(Packages::Split), (3, 2), "by package, without the whole");
        let once = |project| -> Vec<String> {
            story.page(project).once.into_iter().map(|words| words.key).collect()
        };
        assert_eq!(once(WHOLE), ["once-packages"]);
        assert_eq!(once(FIRST), ["once-with-project"]);
        assert_eq!(once(FOREIGN), [""; 0]);

        // Started again in the same year: one start, and the page says so.
        story.start(WHOLE, "2026-05-20");
        assert_eq!(story.counted(Packages::Whole), (2, 1), "a repeat start is not another");
        assert_eq!(once(WHOLE), ["once-packages", "once-same-year"]);
        let page = story.page(WHOLE);
        let days = page.once[1].get("days").map(|days| format!("{days:?}")).unwrap_or_default();
        assert!(days.contains("2026-02-10") && !days.contains("2026-05-20"), "{days}");

        // Moved into another year it counts there, and the earlier one no more.
        story.start(WHOLE, "2025-12-30");
        assert_eq!(story.counted(Packages::Whole), (2, 0));
        assert_eq!(once(WHOLE), ["once-packages"]);
    });
}

#[test]
fn a_list_says_what_is_a_package_of_what() {
    on_both(|desk| {
        let story = Story::of(desk);
        // The whole stands below one of its parts, and one part names it by its name.
        let rows = "P-1,产业园一标段,澄湾镇,P-0,60%\n\
                    P-0,产业园,澄湾镇,,\n\
                    P-2,产业园二标段,澄湾镇,产业园,40%\n";
        let written = story.import(&story.office, rows).expect("written");
        assert_eq!(written.count(RowFate::New), 3);
        assert!(!keys(&written.problems).contains(&"package-shares"), "{:?}", written.problems);
        let whole = project_by_code(desk, &story.office, "P-0").expect("the whole");
        let part = project_by_code(desk, &story.office, "P-1").expect("a part");
        let page = story.page(part);
        assert_eq!(page.row.entry.project.parent, Some(whole));
        assert_eq!(page.row.entry.project.parent_share, Some(6_000));
        assert_eq!(page.package_steps[0].change.reason, "!2:4", "the cell says why");
        let again = story.import(&story.office, rows).expect("read again");
        assert!(again.entries.is_empty(), "the same file changes nothing");

        // Shares that miss the whole are told, and written.
        let short = story.import(&story.office, "P-1,产业园一标段,澄湾镇,P-0,30%\n");
        let short = short.expect("written");
        let warning = short.problems.iter().find(|p| p.key == "package-shares").expect("told");
        assert_eq!((warning.severity, warning.cell.as_str()), (Severity::Warning, "2:4"));
        assert_eq!(short.count(RowFate::Changed), 1);

        let cases = [
            ("P-9,三标段,澄湾镇,P-7,\n", "package-parent-unknown"),
            ("P-9,三标段,澄湾镇,P-9,\n", "package-of-itself"),
            ("P-9,三标段,澄湾镇,P-1,\n", "package-of-package"),
            ("P-0,产业园,澄湾镇,Z-9001,\n", "package-has-packages"),
            ("P-9,三标段,澄湾镇,,50%\n", "package-share-alone"),
            ("P-9,三标段,澄湾镇,P-0,150%\n", "share-out-of-range"),
            // Two rows that would be each other's package.
            ("Q-1,甲,澄湾镇,Q-2,\nQ-2,乙,澄湾镇,Q-1,\n", "package-of-package"),
        ];
        for (rows, expected) in cases {
            let found = refused(story.import(&story.office, rows));
            assert!(found.iter().any(|key| key == expected), "{rows}: {found:?}");
        }
        let snapshot = desk.snapshot().expect("a snapshot");
        let town = snapshot.actors.values().find(|actor| {
            let place = actor.place.and_then(|id| snapshot.places.get(&id));
            place.is_some_and(|place| place.name.text == "澄湾镇")
        });
        let town = Session::local(town.expect("the town's account").clone());
        let joined = story.import(&town, "P-3,产业园三标段,澄湾镇,P-0,10%\n");
        assert_eq!(refused(joined), ["package-parent-not-yours"], "the office says what counts");
    });
}
