//! The life of a ledger, the same on both databases.

use crate::places::{Raw, Site, open, signer, stories};
use crate::world::{claim, dump, entry, figure, milestone, plan, project, sample, write};
use tici_domain::change::{Plan, Project, StageClaim};
use tici_domain::figure::Value;
use tici_domain::{Change, Entry, Figure, FigureKey, Name, Subject, Table};
use tici_store::{EntryFilter, Scope, SignedNote, Store, StoreError, tree};

stories! {
    what_is_written_is_read_back,
    only_current_rows_are_current,
    every_figure_opens,
    entries_are_found_by_what_they_touched,
    who_comes_second_is_refused_whole,
    a_refused_entry_takes_its_whole_transaction_along,
    a_row_may_supersede_one_of_its_own_entry,
    thousands_of_rows_supersede_thousands,
    ids_go_on_where_the_table_ends,
    a_rebuild_gives_the_same_rows,
    a_rebuild_refuses_a_forged_payload,
    a_newer_schema_is_refused,
    a_reader_keeps_its_moment_and_never_waits,
    writers_queue,
    proofs_hold_against_the_checkpoints,
    claims_of_one_stage_supersede_each_other,
}

fn what_is_written_is_read_back(site: &Site) {
    let store = open(site);
    assert_eq!((store.head().unwrap(), store.checkpoint().unwrap()), (0, None));
    sample(&store);
    assert_eq!(store.head().unwrap(), 7, "{}", site.name);
    reads_agree(&store);
    drop(store);
    let store = open(site);
    assert_eq!(store.schema_version().unwrap(), 9);
    reads_agree(&store);
    let report = store.verify(None).unwrap();
    assert_eq!(report.first_bad, None, "{}", site.name);
    assert_eq!((report.entries, report.checkpoints, report.blobs), (7, 7, 1));
}

/// Tables, entries and the changes that were handed in say the same.
fn reads_agree(store: &Store) {
    let mut replayed: Vec<(i64, Change)> = Vec::new();
    for Entry { seq, changes, .. } in store.entries(0, 7).unwrap() {
        replayed.extend(changes.into_iter().map(|change| (seq, change)));
    }
    let mut rows = dump(store);
    assert!(rows.contains(&(1, Change::Project(project(1)))));
    // Project 2 was written twice, and a register keeps the last.
    replayed.retain(|(seq, change)| {
        (*seq, change.id(), change.table()) != (1, Some(2), Table::Project)
    });
    let order = |(seq, change): &(i64, Change)| (change.table(), change.id(), *seq, label(change));
    replayed.sort_by_key(order);
    rows.sort_by_key(order);
    assert_eq!(rows, replayed);
}

fn label(change: &Change) -> String {
    match change {
        Change::Setting(setting) => setting.key.clone(),
        _ => String::new(),
    }
}

fn only_current_rows_are_current(site: &Site) {
    let store = open(site);
    sample(&store);
    let mut ids = Vec::new();
    store.scan(Table::Figure, Scope::Current, &mut |_, change| ids.extend(change.id())).unwrap();
    assert_eq!(ids, [2, 3, 4, 5]);
    ids.clear();
    store.scan(Table::Figure, Scope::All, &mut |_, change| ids.extend(change.id())).unwrap();
    assert_eq!(ids, [1, 2, 3, 4, 5]);
}

fn every_figure_opens(site: &Site) {
    let store = open(site);
    sample(&store);
    let history = store.figure_history(&figure(1, 1, 5, 0).key()).unwrap();
    let told: Vec<(i64, Option<i64>, i64)> =
        history.iter().map(|(row, entry)| (row.id, row.value.as_int(), entry.seq)).collect();
    assert_eq!(told, [(4, Some(1_500), 4), (1, Some(1_000), 3)]);
    let (_, first) = &history[1];
    assert_eq!(first.source.as_ref().unwrap().file, "六月.xlsx");
    let nothing = FigureKey { subject: Subject::Place(1), ..figure(1, 1, 5, 0).key() };
    assert_eq!(store.figure_history(&nothing).unwrap(), []);
    let plans = store.plans_of(2).unwrap();
    let told: Vec<_> = plans.iter().map(|p| (p.row.id, p.entry.seq, p.superseded_by)).collect();
    assert_eq!(told, [(3, 6, None), (2, 2, Some(3))]);
    assert_eq!(store.claims_of(1).unwrap()[0].row, claim(1, 1));
    assert_eq!(store.verdicts_of(1).unwrap()[0].entry.op, "verify_claim");
    assert_eq!(store.milestones_of(1).unwrap()[0].row, milestone(1, 1));
    assert_eq!(store.lists_of(1).unwrap().len(), 1);
    let all = store.figures_of(Subject::Project(1), Scope::All).unwrap();
    assert_eq!(all.iter().map(|f| f.row.id).collect::<Vec<_>>(), [5, 4, 1]);
    assert_eq!(all[0].row.value, Value::Text("2026-05-31".into()));
    assert_eq!(store.actor_by_login("office").unwrap().unwrap().id, 1);
    let row = store.row(Table::Project, 2).unwrap().unwrap();
    assert_eq!(row.entry.seq, 6);
}

fn entries_are_found_by_what_they_touched(site: &Site) {
    let store = open(site);
    sample(&store);
    let seqs = |filter: EntryFilter| -> Vec<i64> {
        let found = store.entry_list(&filter, 0, 100).unwrap();
        assert_eq!(store.entry_count(&filter).unwrap(), found.len() as i64);
        found.into_iter().map(|entry| entry.seq).collect()
    };
    let about =
        |kind: &str, id| EntryFilter { subject: Some((kind.into(), id)), ..EntryFilter::default() };
    assert_eq!(seqs(about("project", 1)), [6, 5, 4, 3, 2, 1]);
    assert_eq!(seqs(about("project", 2)), [6, 3, 2, 1]);
    assert_eq!(seqs(about("enterprise", 1)), [0]);
    assert_eq!(seqs(about("attachment", 1)), [5]);
    let op = Some("import_return".to_string());
    assert_eq!(seqs(EntryFilter { op: op.clone(), ..about("project", 3) }), [3]);
    assert_eq!(seqs(EntryFilter { op, ..EntryFilter::default() }), [4, 3]);
    let from = Some(crate::world::at(5));
    assert_eq!(seqs(EntryFilter { from, actor: Some(1), ..EntryFilter::default() }), [6, 5]);
    let second_page = store.entry_list(&EntryFilter::default(), 2, 2).unwrap();
    assert_eq!(second_page.iter().map(|e| e.seq).collect::<Vec<_>>(), [4, 3]);
    let sha256 = format!("{:064x}", 3);
    assert_eq!(store.entry_from_source(&sha256).unwrap().unwrap().seq, 3);
    assert_eq!(store.entry_from_source(&"f".repeat(64)).unwrap(), None);
    let record = store.entry(3).unwrap().unwrap();
    assert_eq!(record.meta.subjects, ["project:1", "project:2", "project:3"]);
    assert_eq!(store.project_entries(1, 2).unwrap().len(), 2);
}

/// Changes that must be refused, and leave nothing behind.
fn who_comes_second_is_refused_whole(site: &Site) {
    let stale = |id| Figure { replaces: Some(1), ..figure(id, 1, 5, 9) };
    let other_key = Figure { replaces: Some(2), ..figure(90, 1, 5, 9) };
    let cases: Vec<(&str, Vec<Change>)> = vec![
        ("a second current figure", vec![Change::Figure(figure(90, 2, 5, 1))]),
        ("a figure superseded before", vec![Change::Figure(stale(90))]),
        ("a figure of another key", vec![Change::Figure(other_key)]),
        ("two current plans", vec![Change::Plan(plan(90, 1, 5))]),
        ("a used id", vec![Change::Figure(figure(2, 3, 6, 1))]),
        ("a used code", vec![Change::Project(Project { id: 9, ..project(1) })]),
        ("a claim made twice", vec![Change::StageClaim(claim(90, 1))]),
        (
            "one bad row among many good",
            (100..400)
                .map(|id| Change::Figure(figure(id, id, 5, 1)))
                .chain([Change::Figure(figure(90, 2, 5, 1))])
                .collect(),
        ),
    ];
    let store = open(site);
    sample(&store);
    let before = dump(&store);
    for (what, changes) in &cases {
        let mut changes = changes.clone();
        changes.insert(0, Change::Project(Project { name: Name::new("半"), ..project(3) }));
        let refused = store.begin().unwrap().commit(entry(7, "import_return", changes));
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{what}: {refused:?}");
        assert_eq!(dump(&store), before, "{what} on {}", site.name);
        assert_eq!(store.head().unwrap(), 7);
    }
    drop(store.begin().unwrap());
    assert_eq!(store.verify(None).unwrap().first_bad, None);
}

fn a_refused_entry_takes_its_whole_transaction_along(site: &Site) {
    let store = open(site);
    sample(&store);
    let before = dump(&store);
    let mut tx = store.begin().unwrap();
    tx.append(entry(7, "one", vec![Change::Figure(figure(50, 1, 6, 1))])).unwrap();
    let second = entry(8, "two", vec![Change::Figure(figure(51, 1, 6, 2))]);
    assert!(tx.append(second).is_err());
    assert!(tx.finish().is_err());
    assert_eq!(dump(&store), before);
    let mut tx = store.begin().unwrap();
    tx.append(entry(7, "one", vec![Change::Figure(figure(50, 1, 6, 1))])).unwrap();
    let later = Figure { replaces: Some(50), ..figure(51, 1, 6, 2) };
    assert_eq!(tx.append(entry(8, "two", vec![Change::Figure(later)])).unwrap().seq, 8);
    tx.finish().unwrap();
    assert_eq!(store.head().unwrap(), 9);
    assert_eq!(store.verify(None).unwrap().first_bad, None, "{}", site.name);
}

fn a_row_may_supersede_one_of_its_own_entry(site: &Site) {
    let store = open(site);
    let chain = vec![
        Change::Plan(plan(1, 1, 10)),
        Change::Plan(plan(2, 2, 10)),
        Change::Plan(Plan { replaces: Some(1), ..plan(3, 1, 20) }),
        Change::Plan(Plan { replaces: Some(3), ..plan(4, 1, 30) }),
    ];
    write(&store, "plan", chain);
    let told: Vec<_> =
        store.plans_of(1).unwrap().iter().map(|plan| (plan.row.id, plan.superseded_by)).collect();
    assert_eq!(told, [(4, None), (3, Some(4)), (1, Some(3))]);
    assert_eq!(store.verify(None).unwrap().first_bad, None);
}

fn thousands_of_rows_supersede_thousands(site: &Site) {
    let store = open(site);
    let first = (1..=3_000).map(|id| Change::Figure(figure(id, id, 5, id))).collect();
    write(&store, "import_return", first);
    let second = (1..=3_000).map(|id| {
        Change::Figure(Figure { replaces: Some(id), ..figure(3_000 + id, id, 5, 2 * id) })
    });
    write(&store, "import_return", second.collect());
    let mut sum = 0;
    store
        .scan(Table::Figure, Scope::Current, &mut |_, change| {
            let Change::Figure(figure) = change else { panic!("figures only") };
            sum += figure.value.as_int().unwrap();
        })
        .unwrap();
    assert_eq!(sum, 3_000 * 3_001);
    let subjects = store.entry(0).unwrap().unwrap().meta.subjects;
    assert_eq!((subjects.len(), subjects[50].as_str()), (51, "+2950"));
    let last = store.project_entries(2_999, 9).unwrap();
    assert_eq!(last.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(store.verify(None).unwrap().first_bad, None, "{}", site.name);
}

fn ids_go_on_where_the_table_ends(site: &Site) {
    let store = open(site);
    assert_eq!(store.begin().unwrap().ids().unwrap().next(Table::Place), 1);
    sample(&store);
    let mut ids = store.begin().unwrap().ids().unwrap();
    assert_eq!([ids.next(Table::Figure), ids.next(Table::Figure)], [6, 7]);
    assert_eq!([ids.next(Table::Plan), ids.next(Table::StageClaim)], [4, 2]);
}

fn a_rebuild_gives_the_same_rows(site: &Site) {
    let store = open(site);
    sample(&store);
    let before = dump(&store);
    Raw::connect(&site.location).run(
        "DELETE FROM figure WHERE id > 1; UPDATE plan SET amount = 1; DELETE FROM setting; \
         UPDATE figure SET superseded_by = NULL; DELETE FROM register_entry",
    );
    assert!(store.verify(None).unwrap().first_bad.is_some());
    let report = store.rebuild().unwrap();
    assert_eq!(report.entries, 7);
    assert_eq!(dump(&store), before);
    assert_eq!(store.verify(None).unwrap().first_bad, None, "{}", site.name);
}

fn a_rebuild_refuses_a_forged_payload(site: &Site) {
    let store = open(site);
    sample(&store);
    let before = dump(&store);
    Raw::connect(&site.location)
        .run("UPDATE journal SET payload = REPLACE(payload, '1500', '2500') WHERE seq = 4");
    let refused = store.rebuild();
    assert!(matches!(refused, Err(StoreError::Damaged { seq: Some(4), .. })), "{refused:?}");
    assert_eq!(dump(&store), before);
}

fn a_newer_schema_is_refused(site: &Site) {
    drop(open(site));
    Raw::connect(&site.location).run(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) \
         VALUES (99, 'later', '2027-01-01T00:00:00Z', '1')",
    );
    let refused = Store::open(&site.location, signer()).map(|_| ()).unwrap_err();
    assert!(matches!(refused, StoreError::NewerSchema { found: 99, known: 9 }), "{refused}");
    assert_eq!(refused.problem().key, "store-newer-schema");
}

fn a_reader_keeps_its_moment_and_never_waits(site: &Site) {
    let store = open(site);
    sample(&store);
    let mut moment = store.read().unwrap();
    assert_eq!(moment.head().unwrap(), 7);
    let mut tx = store.begin().unwrap();
    tx.append(entry(7, "import_return", vec![Change::Figure(figure(50, 1, 6, 1))])).unwrap();
    // The writer has not finished: others see the ledger as it was.
    assert_eq!(store.head().unwrap(), 7);
    tx.finish().unwrap();
    assert_eq!(store.head().unwrap(), 8);
    let mut figures = 0;
    moment.scan(Table::Figure, Scope::All, &mut |_, _| figures += 1).unwrap();
    assert_eq!((moment.head().unwrap(), figures), (7, 5), "{}", site.name);
}

fn writers_queue(site: &Site) {
    let store = open(site);
    let other = open(site);
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let store = if worker % 2 == 0 { store.clone() } else { other.clone() };
            scope.spawn(move || {
                for _ in 0..10 {
                    let mut tx = store.begin().unwrap();
                    let id = tx.ids().unwrap().next(Table::Figure);
                    let seq = tx.next_seq().unwrap();
                    let row = Change::Figure(figure(id, id, 5, id));
                    tx.commit(entry(seq, "import_return", vec![row])).unwrap();
                }
            });
        }
    });
    assert_eq!(store.head().unwrap(), 40);
    assert_eq!(store.verify(None).unwrap().first_bad, None, "{}", site.name);
}

fn proofs_hold_against_the_checkpoints(site: &Site) {
    let store = open(site);
    sample(&store);
    let note = |size| -> SignedNote { store.checkpoint_at(size).unwrap().unwrap() };
    let latest = store.checkpoint().unwrap().unwrap();
    assert!(latest.verify(&signer()));
    assert_eq!(latest, note(7));
    for seq in 0..7 {
        let leaf = store.entry(seq).unwrap().unwrap().leaf_hash;
        let proof = store.inclusion_proof(seq, 7).unwrap();
        let root = latest.checkpoint.root;
        assert!(tree::verify_inclusion(leaf, seq as u64, 7, &proof, root));
        let earlier = note(seq + 1).checkpoint;
        let proof = store.consistency_proof(seq + 1, 7).unwrap();
        assert!(tree::verify_consistency(earlier.size, 7, earlier.root, root, &proof));
    }
    assert!(store.inclusion_proof(7, 7).is_err());
    assert!(store.consistency_proof(3, 8).is_err());
}

fn claims_of_one_stage_supersede_each_other(site: &Site) {
    let store = open(site);
    sample(&store);
    let corrected = StageClaim { replaces: Some(1), ..claim(2, 1) };
    write(&store, "claim_stage", vec![Change::StageClaim(corrected)]);
    let told: Vec<_> =
        store.claims_of(1).unwrap().iter().map(|c| (c.row.id, c.superseded_by)).collect();
    assert_eq!(told, [(2, None), (1, Some(2))]);
}
