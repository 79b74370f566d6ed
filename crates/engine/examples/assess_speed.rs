//! How long assessments take: `cargo run --release -p tici-engine --example assess_speed`.
//! On invented numbers; the shapes are those of `docs/performance.md`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tici_engine::assess::aggregate::{Aggregate, Items, TopsisScale};
use tici_engine::assess::chain::run;
use tici_engine::assess::impute::Impute;
use tici_engine::assess::lean::index;
use tici_engine::assess::normalise::Normalise;
use tici_engine::assess::robustness::chance::uniform;
use tici_engine::assess::robustness::noise::rank_spread;
use tici_engine::assess::robustness::scenarios::Scenarios;
use tici_engine::assess::robustness::{Replay, WeightNoise};
use tici_engine::assess::screen::Screen;
use tici_engine::assess::treat::Treat;
use tici_engine::assess::weigh::entropy;
use tici_engine::assess::{Direction, MISSING, Node, Options, Panel, Tree, Unit};

const RUNS: usize = 5;

fn main() {
    println!("{:<64} {:>10} {:>10} {:>10}", "", "median", "least", "processor");
    asem();
    sensitivity();
    county();
    methods();
    nation();
}

/// Prints the median of five runs, the least, and the least of processor time: on a busy
/// machine these are nearer the truth. Gives the least.
fn time<T>(what: &str, mut job: impl FnMut() -> T) -> Duration {
    let mut times = Vec::new();
    let mut processor = Vec::new();
    for _ in 0..RUNS {
        let (before, began) = (processor_time(), Instant::now());
        black_box(job());
        times.push(began.elapsed());
        processor.push(processor_time().saturating_sub(before));
    }
    times.sort();
    processor.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let [median, least, own] = [times[RUNS / 2], times[0], processor[0]].map(milliseconds);
    println!("{what:<64} {median:>10.3} {least:>10.3} {own:>10.3} ms");
    times[0]
}

/// What all threads have run for, where the system tells; else nothing.
fn processor_time() -> Duration {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return Duration::ZERO };
    let of = |thread: std::io::Result<std::fs::DirEntry>| {
        let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    };
    threads.filter_map(of).sum()
}

/// Skewed positive numbers, one cell in `gap_every` missing (0 for none), in two groups.
fn panel(units: usize, columns: usize, periods: usize, gap_every: usize) -> Panel {
    let unit = |at: usize| Unit {
        groups: vec![Some(["a", "b"][at % 2].to_owned())],
        ..Unit::new(&format!("u{at}"))
    };
    let codes = (0..columns).map(|at| format!("x{at}")).collect();
    let times = (0..periods).map(|at| (2000 + at).to_string()).collect();
    let mut panel = Panel::new((0..units).map(unit).collect(), codes, times);
    panel.groupings = vec!["kind".into()];
    for period in 0..periods {
        for column in 0..columns {
            let seed = (period * columns + column) as u64;
            for (unit, cell) in panel.column_mut(period, column).iter_mut().enumerate() {
                let u = uniform(seed, unit as u64, 0);
                let gap = gap_every > 0 && (unit * 7 + column * 13) % gap_every == 0;
                *cell = if gap { MISSING } else { -(1.0 - u).ln() * (1.0 + u) };
            }
        }
    }
    panel
}

/// An index of pillars over the panel's columns; with more than four pillars of two halves.
fn tree(columns: usize, pillars: usize) -> Tree {
    let node = |code: String, parent: Option<String>| Node { code, parent, ..Node::default() };
    let mut nodes: Vec<Node> = (0..columns)
        .map(|at| Node {
            direction: if at % 3 == 0 { Direction::Lower } else { Direction::Higher },
            ..node(format!("x{at}"), Some(format!("p{}", at * pillars / columns)))
        })
        .collect();
    let halves = pillars > 4;
    for pillar in 0..pillars {
        let half = format!("h{}", pillar * 2 / pillars);
        nodes.push(node(format!("p{pillar}"), Some(if halves { half } else { "index".into() })));
    }
    if halves {
        nodes.extend((0..2).map(|half| node(format!("h{half}"), Some("index".into()))));
    }
    nodes.push(node("index".into(), None));
    Tree::new(nodes).0
}

fn whole_chain() -> Options {
    Options {
        impute: Impute::GroupMean { grouping: "kind".into() },
        screen: Screen { present_share_min: Some(0.9), non_zero_share_min: None },
        treat: Treat::default(),
        ..Options::default()
    }
}

fn asem() {
    let (panel, tree) = (panel(51, 49, 1, 40), tree(49, 8));
    time("ASEM's shape 51 x 49, impute to ranks, all tables", || {
        run(&panel, &tree, &whole_chain())
    });
}

fn sensitivity() {
    let (panel, tree, options) = (panel(51, 49, 1, 40), tree(49, 8), whole_chain());
    let (outcome, _) = run(&panel, &tree, &options);
    let noise = |levels: &[usize]| WeightNoise {
        by_level: levels.iter().map(|level| (*level, 0.25)).collect(),
        replications: 10_000,
        seed: 1,
    };
    for (what, levels) in [("levels 2 and 3", &[2, 3][..]), ("all levels", &[1, 2, 3])] {
        let noise = noise(levels);
        let replay = Replay::new(&outcome.scores, 0, &tree, &options, &noise.varying(&tree));
        time(&format!("51 x 49, weight noise on {what}, 10,000 times"), || {
            rank_spread(&replay, &outcome.shares[0], &noise)
        });
    }
    let treats = [Treat::default(), Treat::none()];
    let ways = [
        Normalise::default(),
        Normalise::ZScore { mean: 50.0, sd: 10.0 },
        Normalise::PercentileRank,
    ];
    let alternatives: Vec<Options> = treats
        .iter()
        .flat_map(|treat| ways.iter().map(move |way| (treat.clone(), way.clone())))
        .map(|(treat, normalise)| Options { treat, normalise, ..whole_chain() })
        .collect();
    time("51 x 49, weights, 2 treatments and 3 scales drawn, 10,000 times", || {
        let (scenarios, _) = Scenarios::new(&panel, &tree, &alternatives, 0);
        scenarios.map(|scenarios| scenarios.spread(&noise(&[2, 3])))
    });
}

fn county() {
    let (gappy, full, tree) = (panel(3_000, 100, 1, 40), panel(3_000, 100, 1, 0), tree(100, 1));
    time("3,000 x 100, impute, treat, min-max, mean, ranks", || run(&gappy, &tree, &whole_chain()));
    time("3,000 x 100, min-max, mean, rank", || index(&full, &tree, &Options::default()));
}

fn methods() {
    let panel = panel(3_000, 100, 1, 0);
    let columns: Vec<&[f64]> = (0..100).map(|at| panel.column(0, at)).collect();
    let weights: Vec<f64> = (1..=100).map(f64::from).collect();
    let mut out = vec![MISSING; 3_000];
    time("3,000 x 100, TOPSIS by vectors", || {
        let topsis = Aggregate::Topsis { scale: TopsisScale::Vector };
        topsis.combine(&Items::new(&columns, &weights), &mut out)
    });
    time("3,000 x 100, entropy weights", || entropy(&columns, 0.0));
}

fn nation() {
    let tree = tree(200, 1);
    let gappy = panel(40_000, 200, 1, 40);
    time("40,000 x 200, impute to ranks, no tables kept", || {
        index(&gappy, &tree, &Options { keep_stages: false, ..whole_chain() })
    });
    drop(gappy);
    let panel = panel(40_000, 200, 12, 0);
    let read =
        time("40,000 x 200 x 12, memory read once (sum of all cells)", || read_once(panel.cells()));
    let scored = time("40,000 x 200 x 12, min-max, mean, rank", || {
        index(&panel, &tree, &Options::default())
    });
    println!("times reading that memory: {:.2}", scored.as_secs_f64() / read.as_secs_f64());
    time("40,000 x 200, one of these periods", || {
        let mut one =
            Panel::new(panel.units.clone(), panel.columns().to_vec(), vec![String::new()]);
        one.period_cells_mut(0).copy_from_slice(&panel.cells()[..40_000 * 200]);
        index(&one, &tree, &Options::default())
    });
}

/// On as many threads as the scoring has, eight sums side by side.
fn read_once(cells: &[f64]) -> f64 {
    let half = cells.len() / 2;
    std::thread::scope(|scope| {
        let first = scope.spawn(|| sum(&cells[..half]));
        sum(&cells[half..]) + first.join().unwrap_or(0.0)
    })
}

fn sum(cells: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    for eight in cells.chunks_exact(8) {
        for (sum, cell) in sums.iter_mut().zip(eight) {
            *sum += cell;
        }
    }
    sums.iter().sum()
}
