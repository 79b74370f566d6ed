# Counts put into sentences, and what is said beside a count.
say-stop = .{" "}
say-comma = ,{" "}
say-semicolon = ;{" "}
say-pause = ,{" "}
say-to-date = To date,{" "}
say-progress = { $region }: { $projects ->
        [one] { $projects } { $cohort } project has
       *[other] { $projects } { $cohort } projects have
    } invested { $done }
say-of-plan = , { $rate } of the annual plan
say-ahead = , { $points ->
    [one] 1 point
   *[other] { $points } points
} ahead of time elapsed
say-behind = , { $points ->
    [one] 1 point
   *[other] { $points } points
} behind time elapsed
say-level = , level with time elapsed
say-starts-planned = Of { $planned ->
    [one] 1 start
   *[other] { $planned } starts
} planned for the year, { $planned_started ->
    [one] 1 has
   *[other] { $planned_started } have
} been made: a start rate of { $start_rate }.{" "}
say-notice = { $region }: { $projects ->
        [one] { $projects } { $cohort } project
       *[other] { $projects } { $cohort } projects
    }
say-notice-total = , total investment { $total }
say-notice-plan = , annual plan { $plan }
say-notice-done = , { $done } invested
say-list = { $region }: { $projects ->
        [one] { $projects } project
       *[other] { $projects } projects
    } on the { $year } { $cohort } list, total investment { $total }, annual plan { $plan }
say-list-growth = ; total and plan are up { $growth_total } and { $growth_plan } on the year before
say-list-change = ; on the year before, total is { $change_total } and plan { $change_plan }
say-up = up { $share }
say-down = down { $share }
say-list-done = { $months }: { $done } invested
say-list-of-plan = , { $rate } of the annual plan
say-quarter = { $quarter }: { $projects ->
        [one] { $projects } { $cohort } project
       *[other] { $projects } { $cohort } projects
    } of { $region } invested { $done }
say-quarter-starts = Of { $planned ->
    [one] 1 new start
   *[other] { $planned } new starts
} planned, { $planned_started ->
    [one] 1 has
   *[other] { $planned_started } have
} been made: a start rate of { $start_rate }.{" "}
say-starts-to-day = By { $day }, { $started ->
        [one] { $started } project had
       *[other] { $started } projects had
    } started, a start rate of { $start_rate }.{" "}
say-among = Among them:{" "}
say-among-plain = , among them{" "}
say-band-starts = { $group }: { $started } started, { $start_rate }{ $within }
say-within = {" "}({ $cohort }: { $started } started, { $start_rate } of the starts planned for { $quarter })
say-band-between = { $from } to below { $below }
say-band-from = { $from } and more
say-band-below = below { $below }
say-no-group = none stated
say-start-rates = { $region }: start rates of { $cohort } projects:{" "}
say-group-rate = { $group } { $started_rate }
say-all-started = all { $projects } { $cohort } projects of { $region } have started
say-start-rate = { $projects ->
    [one] { $projects } { $cohort } project has
   *[other] { $projects } { $cohort } projects have
} a start rate of { $start_rate }
say-near = , nearly { $near } of the annual plan invested
say-signed = { $region }: { $projects ->
        [one] { $projects } project
       *[other] { $projects } projects
    } signed, total investment { $total }
say-ceremony = { $projects ->
        [one] { $projects } { $cohort } project
       *[other] { $projects } { $cohort } projects
    } started together, total investment { $total }
say-sector = { $group } { $projects }
say-target-projects = { $months }: { $region } has { $projects } { $cohort } projects, { $of_target_projects } of { $target_name } of { $target_projects }
say-target-done = { $cohort } projects have brought in { $done }, { $of_target_done } of { $target_name } of { $target_done }
say-listed = listed

# Why a stated rate or total is as it is.
explain-exact = { $part } of { $base } is { $plain }%, printed { $rate }%: they agree
explain-whole = { $part } of { $base } is { $plain }%, rounded to the whole percent { $rate }%
explain-whole-either = { $part } of { $base } is { $plain }%, printed as a whole percent; rounding and cutting both give { $rate }%
explain-amounts = { $part } of { $base } is { $plain }%, printed { $rate }%: the rate is made from unrounded amounts; amounts that print so give { $low }% to { $high }%, and { $rate }% lies within
explain-cut = { $part } of { $base } is { $plain }%, printed { $rate }%: digits were cut off, not rounded
explain-cut-amounts = { $part } of { $base } is { $plain }%, printed { $rate }%: made from unrounded amounts, and digits cut off
explain-other-base = { $part } of { $base } is { $plain }%, printed { $rate }%: the base is another one, { $other }
explain-not-stated = Printed { $rate }%; part or base is not published: nothing to check against, nothing that contradicts it
explain-nothing = { $part } of { $base } is { $plain }%, printed { $rate }%: rounding gives { $low }% to { $high }% only, and neither cutting nor another published base gives it; ask the source
explain-sum-adds = The { $parts ->
    [one] 1 part adds
   *[other] { $parts } parts add
} up to { $sum }, as the total says
explain-sum-rounded = The { $parts ->
    [one] 1 part adds
   *[other] { $parts } parts add
} up to { $sum }, the total is { $total }, { $difference } apart: parts and total were rounded each by itself, which can make up to { $max }; both stay as they are
explain-sum-nothing = The { $parts ->
    [one] 1 part adds
   *[other] { $parts } parts add
} up to { $sum }, the total is { $total }, { $difference } apart: rounding can make { $max } at most, so look for double counting, omissions or another cohort
compare-same = { $from } under both rules{ $steps }
compare-differs = { $from } and { $to } follow different rules: { $steps }
compare-step-more = { $part }, { $n } more
compare-step-less = { $part }, { $n } fewer

# Beside a count.
note-title = Notes
note-in-two-groups = Projects on several lists count under each: the groups add up to { $n } more than the total
note-no-group = { $n ->
        [one] { $n } project has no group stated; it comes last and is in the total
       *[other] { $n } projects have no group stated; they come last and are in the total
    }
note-unreported = { $n ->
        [one] { $n } project with a plan has not reported; sums are of what was reported
       *[other] { $n } projects with a plan have not reported; sums are of what was reported
    }
note-pending-counted = { $n ->
        [one] { $n } stage claim is not verified yet and is counted
       *[other] { $n } stage claims are not verified yet and are counted
    }
note-pending-left-out = { $n ->
        [one] { $n } stage claim is not verified yet and is left out
       *[other] { $n } stage claims are not verified yet and are left out
    }
note-undated-starts = { $n ->
        [one] { $n } project has started on a day nobody has stated and is no start of this year
       *[other] { $n } projects have started on days nobody has stated and are no starts of this year
    }
note-packages-elsewhere = { $n ->
        [one] { $n } project has packages in another place; it counts whole where it is itself
       *[other] { $n } projects have packages in other places; each counts whole where it is itself
    }
note-packages-whole = { $n ->
    [one] 1 as a whole project
   *[other] { $n } as whole projects
}; { $other } counted by package
note-packages-split = { $n } counted by package; { $other ->
    [one] 1 as a whole project
   *[other] { $other } as whole projects
}
note-currencies = Each currency is added by itself, none converted: { $list }
note-rounded-total = Total investment ({ $currency }): printed groups add up to { $sum }, the total is { $total }, each rounded by itself; the total is counted from unrounded amounts
note-rounded-plan = Annual plan ({ $currency }): printed groups add up to { $sum }, the total is { $total }, each rounded by itself; the total is counted from unrounded amounts
note-rounded-done = Done ({ $currency }): printed groups add up to { $sum }, the total is { $total }, each rounded by itself; the total is counted from unrounded amounts

# More of the counting rule.
rule-lists = Lists
rule-list = { $tier } { $year }, version { $version } (from { $from }; { $added } added and { $removed } removed since the first)
rule-list-first = { $tier } { $year }, version 1 (from { $from })
rule-cohort-on = Lists read
rule-cohort-on-today = as they stand on the day
rule-cohort-on-year-start = as first published, with those removed or terminated since
rule-cohort-on-constant = on the list at first publication and on the day
rule-cohort-on-day = as on { $day }
rule-list-reading = On several lists
rule-list-reading-highest = counted under the highest
rule-list-reading-each = counted under each
rule-plans = Annual plan
rule-plan-version = version { $version }: { $n }
rule-plans-none = no plans
rule-ceiling = Upper size
rule-at-most = total investment of at most { $amount } (included)
rule-less-than = total investment below { $amount } (not included)
rule-threshold-in = { $threshold }; { $list }
rule-stat-entered = Statistical entry
rule-stat-entered-yes = entered only
rule-stat-entered-no = not entered only
rule-reached = Stage reached
rule-reached-between = { $stage } from { $from } to { $to }

# Totals on the command line.
cli-totals-new-starts = new starts
cli-totals-planned-starts = planned
cli-totals-start-rate = start rate
cli-totals-pace = vs. time
cli-totals-stat-entered = entered
cli-totals-year-before = year before
cli-no-moment = No moment can be read from { $text }
cli-no-moment-fix = Give a number of entries, or 2026-05-31, 2026-06-05T16:42
cli-no-wording = There is no wording { $name }
cli-no-wording-fix = Known: { $known }
wording-broken = The wording file cannot be read: { $detail }
wording-broken-fix = Write this place as rules/wording.toml does
cli-bands-rise = The lower ends of the bands have to rise
cli-bands-rise-fix = Such as --bands 1亿,5亿,10亿
