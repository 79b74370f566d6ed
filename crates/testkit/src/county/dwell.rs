//! How long each project has stood at its stage: days that give the medians of the stage
//! board, the seven starts and other moves of June, and the stays over their limits.

use tici_domain::Stage;

use super::dice::Dice;
use super::plot::Plot;

/// Days to hand out at one stage to the projects without days of their own, those of the
/// lists first, in bands of `(how many, from, to)`.
struct Bands {
    stage: Stage,
    bands: &'static [(usize, i64, i64)],
}

/// With the days in `listed.tsv` and `others.tsv` the medians come out at 64, 118, 41,
/// 286, 77 and 152 days.
const BANDS: [Bands; 7] = [
    Bands { stage: Stage::Signed, bands: &[(3, 2, 16), (13, 19, 63), (11, 65, 90), (4, 91, 140)] },
    Bands {
        stage: Stage::Landed,
        bands: &[
            (1, 118, 118),
            (9, 40, 117),
            (6, 119, 120),
            (5, 121, 150),
            (1, 30, 39),
            (3, 2, 16),
        ],
    },
    Bands { stage: Stage::Started, bands: &[(5, 42, 75), (2, 8, 14)] },
    Bands {
        stage: Stage::InProgress,
        bands: &[(1, 286, 286), (13, 287, 400), (8, 60, 285), (1, 5, 5)],
    },
    Bands { stage: Stage::Completed, bands: &[(1, 77, 77), (3, 81, 88), (1, 9, 9)] },
    Bands { stage: Stage::InProduction, bands: &[(1, 152, 152), (2, 170, 330), (1, 10, 10)] },
    Bands { stage: Stage::AtCapacity, bands: &[(4, 60, 300)] },
];

/// Gives days to every project that has none.
pub(crate) fn fill(seed: u64, plots: &mut [Plot]) {
    for Bands { stage, bands } in BANDS {
        let mut dice = Dice::new(seed, stage.code());
        let mut days = bands
            .iter()
            .flat_map(|(count, from, to)| vec![(*from, *to); *count])
            .map(|(from, to)| dice.between(from, to))
            .collect::<Vec<_>>()
            .into_iter();
        for plot in plots.iter_mut().filter(|plot| plot.stage == stage && plot.days.is_none()) {
            plot.days = Some(days.next().expect("the bands count the projects of their stage"));
        }
        assert!(days.next().is_none(), "more days than projects at {}", stage.code());
    }
}
