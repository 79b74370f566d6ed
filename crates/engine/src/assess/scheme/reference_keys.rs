//! What every section of a scheme file may hold, for the reference and its test.

/// Key, what it holds (`?` behind it: may be left out), and what it says.
pub type Key = (&'static str, &'static str, &'static str);

/// Heading, what the section is for, and its keys.
pub struct Section {
    pub head: &'static str,
    pub says: &'static str,
    pub keys: &'static [Key],
}

pub const SECTIONS: &[Section] = &[
    Section {
        head: "(top of the file)",
        says: "What the scheme is.",
        keys: &[
            ("key", "text", "short name; results name it"),
            ("version", "text", "as the office numbers it; results name it"),
            ("title", "name", "its title"),
            ("source", "text ?", "where the rules were published"),
            ("kind", "word", "`points`: rules, in exact fractions; `index`: a composite indicator"),
        ],
    },
    Section {
        head: "[edges]",
        says: "What published rules leave open. Every key must be there.",
        keys: &[
            (
                "zero_range",
                "word",
                "all figures are the same: `full`, `mid`, `base` points, or `missing`",
            ),
            ("alone", "word", "a group has one figure; the same words"),
            (
                "missing",
                "word",
                "no figure or no score: `zero` points; `reweigh`: its weight goes to the others; \
                 `missing`: what it is part of is missing too",
            ),
            ("present_min", "share", "least share of a branch's weight that must be present"),
            (
                "growth_negative",
                "word",
                "growth over a base below zero: `by_size` (x − b)/|b|, or `missing`",
            ),
            ("growth_zero", "word", "growth over a base of zero: `missing` or `zero`"),
        ],
    },
    Section {
        head: "[rounding]",
        says: "Decimals at each stage, 0 to 12, or `\"none\"`. Every key must be there.",
        keys: &[
            ("items", "decimals", "points of an item, before they are used"),
            ("branches", "decimals", "points of a branch, before they are used"),
            ("total", "decimals", "what is published"),
            ("mode", "word", "`half_up` (away from zero), `half_even`, `down` (cut off)"),
        ],
    },
    Section {
        head: "[rank]",
        says: "From totals to ranks. Every key must be there.",
        keys: &[
            (
                "on",
                "word",
                "`rounded`: the published total is compared; `unrounded`: the computed one",
            ),
            (
                "ties",
                "word",
                "`min` 1 2 2 4, `dense` 1 2 2 3, `average` 1 2.5 2.5 4, `ordinal` 1 2 3 4",
            ),
            (
                "then_by",
                "list of keys",
                "items and branches that decide between equal totals; `code` may stand last",
            ),
            (
                "incomplete",
                "word",
                "a unit with a missing item is `ranked` by what it has, `last`, or `unranked`",
            ),
        ],
    },
    Section {
        head: "[groups]",
        says: "Who is compared with whom; without it all are one group.",
        keys: &[
            ("by", "word", "`none`, `column` of the table of units, or `listed` in the groups"),
            ("column", "text ?", "the column that holds the group's key"),
            ("bounds", "word ?", "bounds, places and averages are of the `group`, or of `all`"),
        ],
    },
    Section {
        head: "[[group]]",
        says: "A group by name; with `by = \"column\"` and no groups, each word of the column is \
         one.",
        keys: &[
            ("key", "text", "as in the column"),
            ("name", "name", "its name"),
            ("units", "list of texts ?", "codes or names of its units, with `by = \"listed\"`"),
        ],
    },
    Section {
        head: "[[counting]]",
        says: "A counting rule for figures of the ledger.",
        keys: &[
            ("key", "text", "figures name it"),
            ("listed", "true or false ?", "only projects on a list of the year"),
            ("tiers", "list of words ?", "`province`, `city`, `county`"),
            ("packages", "word ?", "`whole`: a project made of packages counts once; `split`"),
        ],
    },
    Section {
        head: "[[figure]]",
        says: "A figure that items are made of: a column of the table of units.",
        keys: &[
            ("key", "text", "items and formulas name it"),
            ("name", "name", "its name"),
            ("unit", "text ?", "万元, %, 个 …"),
            ("department", "text ?", "who brings it"),
            ("due_days", "number ?", "by how many days after the period's end"),
            ("ledger", "word ?", "a quantity that the ledger counts, such as `money.done_ytd`"),
            ("counting", "text ?", "by which counting rule; none counts every project"),
        ],
    },
    Section {
        head: "[[branch]]",
        says: "What is put together. The one without a parent is the total.",
        keys: &[
            ("key", "text", "unique among branches and items"),
            ("name", "name", "its name"),
            ("parent", "text ?", "the branch it is part of"),
            ("weight", "number ?", "its weight where the parent weighs"),
            ("combine", "word", "how its children become its points"),
            (
                "weights_sum",
                "number ?",
                "what the children's weights add up to; needed where it weighs",
            ),
            ("full", "number ?", "of a sum: what the children's full points add up to"),
            ("weights", "word ?", "where the weights come from; `given` where not said"),
            (
                "matrix",
                "rows of numbers ?",
                "of `ahp`: pairwise comparisons, such as `[[1, 3], [\"1/3\", 1]]`",
            ),
            ("shift", "number ?", "of `entropy`: added first"),
            ("share_min", "share ?", "of `benefit_of_doubt`: least part of a child"),
            ("share_max", "share ?", "of `benefit_of_doubt`: greatest part of a child"),
            ("exponent", "number ?", "of `power` and `owa`"),
            ("scale", "word ?", "of `topsis`: `vector`, `min_max` or `none`"),
        ],
    },
    Section {
        head: "[[item]]",
        says: "One figure and how it becomes points. Its method has keys of its own, below.",
        keys: &[
            ("key", "text", "unique among branches and items"),
            ("name", "name", "its name"),
            ("parent", "text ?", "the branch it is part of; the total where not said"),
            ("weight", "number ?", "its weight where the parent weighs"),
            ("figure", "text ?", "the figure it is; the one of its own key where not said"),
            ("formula", "text ?", "or a formula of figures and other items"),
            ("polarity", "word ?", "`more` is better, `less`, or `middle`"),
            ("zero_range", "word ?", "its own word for all being the same"),
            ("alone", "word ?", "its own word for a group of one"),
            ("missing", "word ?", "its own word for a missing figure"),
            ("decimals", "number ?", "decimals of its points"),
            ("method", "word", "how it becomes points; in an index the index's own where not said"),
        ],
    },
    Section {
        head: "[[item]] of an index, besides",
        says: "",
        keys: &[
            ("per", "text ?", "the figure it is divided by"),
            ("target", "number ?", "the value aimed at"),
            ("treat", "true or false ?", "whether outliers of it are treated"),
        ],
    },
    Section {
        head: "[index]",
        says: "Of `kind = \"index\"`: how columns are prepared, and the items' usual method.",
        keys: &[
            (
                "impute",
                "word",
                "gaps: `none`, `mean`, `median`, `group_mean`, `group_median`, `row_mean`, \
                 `last_value`, `linear`",
            ),
            ("impute_by", "text ?", "column of words that gives the group"),
            ("impute_periods", "number ?", "of `last_value`: periods back at most"),
            ("screen_present_min", "share ?", "units with less of the figures are left out"),
            ("screen_non_zero_min", "share ?", "units with more zeros are left out"),
            ("treat", "table ?", "what is done about outliers: `[index.treat]`"),
            ("bounds", "word ?", "`each_period`, `all_periods`, or the name of a period"),
            ("method", "word", "how items are normalised that say nothing"),
        ],
    },
    Section {
        head: "[index.treat]",
        says: "A column whose skew and kurtosis are both over the limit loses its farthest \
         points to the next value; if that does not help, the untreated column is bent.",
        keys: &[
            ("skew_max", "number", "limit of the skew, in size"),
            ("kurtosis_max", "number", "limit of the excess kurtosis"),
            ("points_max", "number", "points drawn in at most"),
            ("then", "word", "`none`, `log`, `log_signed`, `log_one`, `box_cox`"),
            ("lambda", "number ?", "of `box_cox`"),
        ],
    },
    Section {
        head: "[adjust]",
        says: "Caps over all events.",
        keys: &[
            ("bonus_max", "number ?", "of all bonuses together"),
            ("deduction_max", "number ?", "of all deductions together"),
        ],
    },
    Section {
        head: "[[bonus]]",
        says: "A kind of event that adds points or takes them.",
        keys: &[
            ("key", "text", "events name it"),
            ("name", "name", "its name"),
            ("sign", "word", "`bonus` or `deduction`"),
            ("once", "true or false", "the same matter counts once, at its highest level"),
            ("each_max", "number ?", "points of one event at most"),
            ("total_max", "number ?", "points of all its events at most"),
            (
                "document",
                "true or false ?",
                "whether each event must name a document; it must where not said",
            ),
        ],
    },
    Section {
        head: "[[veto]]",
        says: "A veto, after scoring and before grading; the unit keeps its row.",
        keys: &[
            ("key", "text", "events name it"),
            ("name", "name", "its name"),
            (
                "effect",
                "word",
                "`exclude` from ranks and grades, `cap` the grade, or `zero` the total",
            ),
            ("grade", "text ?", "of `cap`: the best grade that is left"),
        ],
    },
    Section {
        head: "[grading]",
        says: "From totals to grades.",
        keys: &[
            ("by", "word", "`threshold` or `quota`"),
            ("within", "word ?", "places are counted within the `group`, or over `all`"),
            (
                "places",
                "word ?",
                "of a quota: a share of the units is rounded by `floor`, `half`, `ceil`",
            ),
            (
                "boundary",
                "word ?",
                "of a quota: units tied across the last place are `all_in` or `all_out`",
            ),
        ],
    },
    Section {
        head: "[[grade]]",
        says: "A grade; best first.",
        keys: &[
            ("key", "text", "short name"),
            ("name", "name", "its name"),
            ("from", "number ?", "the total from which it is given; of a quota the least total"),
            ("share", "share ?", "of a quota: its share of all units; none takes the rest"),
        ],
    },
    Section {
        head: "[[award]]",
        says: "An award and who meets it.",
        keys: &[
            ("key", "text", "short name"),
            ("name", "name", "its name"),
            (
                "rule",
                "word",
                "`first` so many, `best_riser` since the run before, or all over a `threshold`",
            ),
            ("of", "text ?", "`total`, an item or a branch"),
            ("within", "word ?", "within the `group`, or over `all`"),
            ("count", "number ?", "how many; 1 where not said; those tied with the last are in"),
            ("from", "number ?", "of `threshold`: the points"),
        ],
    },
    Section {
        head: "[objection]",
        says: "How long units may object after publication.",
        keys: &[
            ("days", "number", "how many days"),
            ("count", "word", "`working` or `calendar` days"),
        ],
    },
];

/// Word of a method, the formula, and its keys.
pub type MethodKeys = (&'static str, &'static str, &'static [Key]);

const SCALE: &str =
    "base + span × share; `curve = \"exponential\"`: base·((base + span)/base)^share";

pub const METHODS: &[MethodKeys] = &[
    ("points", "the figure itself", &[("min", "number ?", "least"), ("max", "number ?", "most")]),
    (
        "per",
        "points × figure",
        &[
            ("points", "number", "for each one"),
            ("min", "number ?", "least"),
            ("max", "number ?", "most"),
        ],
    ),
    (
        "efficacy",
        SCALE,
        &[
            ("base", "number", "points at `lo`"),
            ("span", "number", "points from `lo` to `hi`"),
            ("full", "number ?", "what the top of the scale is worth, such as 15 of 100"),
            (
                "lo",
                "number, figure or `observed`",
                "the inadmissible value; above `hi` where less is better",
            ),
            ("hi", "number, figure or `observed`", "the satisfactory value"),
            ("clip", "word", "which ends hold: `none`, `low`, `high`, `both`"),
            ("curve", "word ?", "`linear` or `exponential`"),
        ],
    ),
    (
        "moderate",
        "share = 1 − distance from the interval ÷ the greatest distance",
        &[
            ("base", "number", "points of share 0"),
            ("span", "number", "points from share 0 to 1"),
            ("full", "number ?", "what the top of the scale is worth"),
            ("lo", "number, figure or `observed`", "the lowest value there is"),
            ("hi", "number, figure or `observed`", "the highest value there is"),
            ("best_from", "number or figure", "where the best interval begins"),
            ("best_to", "number or figure ?", "where it ends"),
            ("clip", "word", "as above"),
            ("curve", "word ?", "as above"),
        ],
    ),
    (
        "levels",
        "full × share, in a line between two standard values",
        &[
            ("full", "number", "full points"),
            ("levels", "list of tables", "`value` and `share` of each level, the best first"),
        ],
    ),
    (
        "target",
        "full × figure ÷ target; where less is better full × target ÷ figure",
        &[
            ("full", "number", "points at the target"),
            ("target", "number or figure", "the target or the baseline"),
            ("floor", "number", "least share of the full points"),
            ("cap", "number or `none`", "greatest share, such as 1.2"),
        ],
    ),
    (
        "steps",
        "full ± so much for each percentage point over or under a plan",
        &[
            ("full", "number", "points at the plan"),
            ("plan", "number or figure", "the plan"),
            (
                "gap",
                "word",
                "`rate`: figure ÷ plan over 100 %; `shares` or `percents`: figure − plan",
            ),
            ("step", "number", "percentage points of a step"),
            ("whole_steps", "true or false", "parts of a step do not count"),
            ("under", "number", "taken for each step short"),
            (
                "over",
                "list of tables ?",
                "given for each step over: `each`, `up_to` so many points over",
            ),
            ("limit", "number or `none`", "the most that is given or taken"),
            ("floor", "number or `none`", "the least that is left"),
        ],
    ),
    (
        "rank_points",
        "points of the place among those compared",
        &[
            ("table", "list of numbers", "points of place 1, 2, 3 …"),
            ("beyond", "word", "places behind the table: `zero`, `last`, `missing`"),
            ("ties", "word", "`min`, `dense`, `average`"),
        ],
    ),
    (
        "proportion",
        "full × figure ÷ the best; below zero nothing",
        &[("full", "number", "points of the best")],
    ),
    (
        "tiers",
        "points of the band the figure lies in",
        &[("tiers", "list of tables", "`from` (in), `to` (out), `points`")],
    ),
    (
        "over_average",
        "base + x₁·base/d₁ + x₂·base/d₂ …, x in points over the average by band",
        &[
            ("base", "number", "points at the average"),
            ("width", "number", "percentage points of a band"),
            ("divisors", "list of numbers", "d₁, d₂ …"),
            ("then", "number", "what each further divisor grows by"),
            (
                "against",
                "number, figure, `mean` or `whole`",
                "the average: of the units, or of all together",
            ),
            ("value_in", "word", "`share` (0.85) or `percent` (85)"),
            ("floor", "number or `none`", "least points"),
            ("cap", "number or `none`", "most points"),
        ],
    ),
    (
        "survey",
        "Σ value × count ÷ Σ count",
        &[
            (
                "answers",
                "list of tables",
                "`figure` that counts an answer, and its `value`; answers that are left out do \
                 not count",
            ),
            ("full", "number ?", "what the best answer is worth"),
        ],
    ),
    (
        "raters",
        "mean of ratings, one highest and one lowest dropped",
        &[
            ("figures", "list of texts", "a figure for each rater"),
            ("drop_from", "number", "from how many raters on the ends are dropped"),
            ("full", "number ?", "what a rating of 100 is worth"),
        ],
    ),
    (
        "goalposts",
        "full × (figure − lo) ÷ (hi − lo), held at both ends",
        &[
            ("lo", "number", "worth nothing"),
            ("hi", "number", "worth the full points"),
            ("full", "number", "full points"),
            ("log", "true or false ?", "by the logarithms of all three"),
        ],
    ),
];

pub const INDEX_METHODS: &[MethodKeys] = &[
    (
        "min_max",
        "(x − min)/(max − min), from `lower` to `upper`",
        &[("lower", "number", "score of the worst"), ("upper", "number", "score of the best")],
    ),
    (
        "z_score",
        "(x − mean)/s, brought to `mean` and `sd`",
        &[
            ("mean", "number", "score of the mean"),
            ("sd", "number", "score of one standard deviation"),
        ],
    ),
    ("rank", "place counted from the lowest", &[]),
    ("borda", "rank − 1", &[]),
    ("percentile_rank", "(rank − 1)/(present − 1)", &[]),
    ("distance_to_max", "1 − (max − x)/(max − min)", &[]),
    (
        "distance_to_target",
        "(x − min)/(target − min), with the item's `target`",
        &[("cap", "true or false", "at most 1")],
    ),
    (
        "distance_to_reference",
        "1 − (x of the unit − x)/(x of the unit − min)",
        &[("unit", "text", "code of the unit"), ("cap", "true or false", "at most 1")],
    ),
    ("fraction_of_max", "x/max; where less is better min/x", &[]),
    (
        "goalposts",
        "full × (x − lo)/(hi − lo), held at both ends",
        &[
            ("lo", "number", "worth nothing"),
            ("hi", "number", "worth the full score"),
            ("full", "number", "full score"),
            ("log", "true or false ?", "by the logarithms of all three"),
        ],
    ),
    (
        "fixed_scale",
        "(x − a)/(b − a)·k",
        &[
            ("a", "number", "worth nothing"),
            ("b", "number", "worth `k`"),
            ("k", "number", "the scale"),
        ],
    ),
    ("moderate", "1 − |x − best|/max|x − best|", &[("best_from", "number", "the best value")]),
    (
        "interval",
        "1 inside, outside 1 − distance/the greatest",
        &[
            ("best_from", "number", "where the best interval begins"),
            ("best_to", "number", "where it ends"),
        ],
    ),
    ("none", "as it is", &[]),
];
