## League files: what is wrong with one

nav-tab-league = League
league-unknown-class = The item { $item } names a class { $class } that the file does not have
league-unknown-class-fix = Add a [[class]] with the key { $class }, or correct the name.
league-grade-order = The grade { $grade } begins no lower than the one before it
league-grade-order-fix = Write the grades from the best down.
league-step-order = The steps are not in order
league-step-order-fix = Write amounts and shares from the highest down, ranks from the first on.
rules-range = { $key } cannot be { $value }
rules-range-fix = Write a number from { $min } to { $max }.
league-empty-group = There is no place in the group “{ $group }”
league-empty-group-fix = Check the kinds and names of the group's places.
league-other-currency = { $n ->
    [one] 1 project is
   *[other] { $n } projects are
} in other currencies; their money is not counted
league-other-currency-fix = Register them in yuan if they are to count.
league-given-unknown-place = No place is called “{ $place }”
league-given-unknown-place-fix = Use the name, short name or code in the ledger.
league-given-not-number = “{ $value }” is not a number
league-given-not-number-fix = Write the number alone, without a unit.
league-given-unknown-key = The rules have no given figure “{ $key }”
league-given-unknown-key-fix = These rules know: { $known }.
league-given = Figures that other offices give
league-given-note = Asked for by these rules and not in the ledger; kept for the month
league-given-csv = CSV with the header place,key,value,source
league-given-large = The file is larger than { $limit ->
    [one] 1 byte
   *[other] { $limit } bytes
}
league-given-large-fix = A month's given figures are a few dozen lines; check that it is the right file.
league-given-columns = The first line must name the columns place, key and value
league-given-columns-fix = Write place,key,value as the header; a column source may follow.

## Scores with their numbers

league-cell-per = { $value } × { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-cell-share = { $points ->
    [one] 1 point
   *[other] { $points } points
} × { $part } ÷ { $base }
league-cell-steps = { $value }: { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-cell-each = { $n ->
    [one] 1 project
   *[other] { $n } projects
}, together { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-cell-over-under = Base { $base }, { $share } against { $target }%: { $change }
league-cell-nothing = Nothing to do: { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-cell-ladder = { $value }, rank { $rank }: { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-cell-bands = Base { $base }, { $share } against { $against }: { $change }
league-cell-efficacy = { $points }% × [({ $value } − { $min }) ÷ ({ $max } − { $min }) × { $span } + { $low }]
league-cell-efficacy-reverse = { $points }% × [({ $max } − { $value }) ÷ ({ $max } − { $min }) × { $span } + { $low }]
league-cell-efficacy-equal = Largest and smallest are equal: { $points }% × { $flat }
league-cell-efficacy-alone = Alone in the group: { $points }% × { $flat }
league-cell-missing = No figure
league-cell-missing-score = No figure: { $score } points by the rules

## The rules in words

league-rule-cohort-all = Every project of the ledger; { $packages }
league-rule-cohort-listed = Projects on a list of the year; { $packages }
league-rule-cohort-tiers = Projects listed by: { $tiers }; { $packages }
league-item = { $name }: { $what }
league-only = only { $what }
league-max = at most { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-min = at least { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-decimals = rounded to { $n ->
    [one] 1 decimal
   *[other] { $n } decimals
}
league-if-missing = without a figure { $points ->
    [one] 1 point
   *[other] { $points } points
}
league-share-of = { $of } as a share of { $by }
league-method-per = { $points ->
    [one] 1 point
   *[other] { $points } points
} for each of: { $value }
league-method-share = { $points ->
    [one] 1 point
   *[other] { $points } points
} times { $value }
league-method-steps = by { $value }: { $steps }
league-method-each-steps = { $value }, each by { $amount }: { $steps }
league-method-each-class = { $value }, each by its class: { $points }
league-class-points = { $class } { $points }
league-step-from = from { $at } { $points }
league-step-above = above { $at } { $points }
league-method-over-under = { $base ->
    [one] 1 point
   *[other] { $base } points
} for { $value } at its target ({ $targets }); for each { $step ->
    [one] 1 point
   *[other] { $step } points
} below { $below } less, above more: { $above }; pro rata, at most { $cap } either way; { $nothing }
league-method-over-under-whole = { $base ->
    [one] 1 point
   *[other] { $base } points
} for { $value } at its target ({ $targets }); for each full { $step ->
    [one] 1 point
   *[other] { $step } points
} below { $below } less, above more: { $above }; at most { $cap } either way; { $nothing }
league-target = { $target }%
league-target-from = { $target }% from { $n } on
league-above = { $each }
league-above-to = { $each } up to { $up_to }%
league-nothing = { $points } where there is nothing to do
league-nothing-missing = missing where there is nothing to do
league-method-ladder = by rank of { $value }: { $rungs }; equal figures rank alike
league-rung = to rank { $to } { $points }
league-method-bands = { $value } against { $against }: base { $base }; in bands of { $width ->
    [one] 1 point
   *[other] { $width } points
} each point adds the base divided by { $divisors }, then { $then } more for each further band; below the same is taken
league-against-whole = the share of the whole group
league-against-mean = the mean of the places
league-against-zero = zero
league-against-given = the given { $key }
league-method-efficacy = { $value }, { $points ->
    [one] 1 point
   *[other] { $points } points
} by (x − min) ÷ (max − min) × { $span } + { $low }; { $equal } where all are equal, { $alone } alone
league-method-efficacy-reverse = { $value }, less is better, { $points ->
    [one] 1 point
   *[other] { $points } points
} by (max − x) ÷ (max − min) × { $span } + { $low }; { $equal } where all are equal, { $alone } alone
league-rule-nothing-done = A project that has not reported counts with its plan and nothing done, and is named; a place where none has reported has no figure
league-rule-left-out = A project that has not reported counts neither with its plan nor otherwise, and is named
league-rule-missing-unranked = A place of which an item has no figure at all has no rank
league-rule-missing-last = Places of which an item has no figure at all come last, by what they have
league-rule-missing-by-rest = Places of which an item has no figure at all rank by what they have
league-rule-partial = Single projects that have not reported do not make an item missing; its figure carries a °
league-rule-ties-skip = Totals are ranked after rounding to { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}; equal ones share a rank and the next is left free
league-rule-ties-dense = Totals are ranked after rounding to { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}; equal ones share a rank and the next follows on
league-rule-grades = Grades: { $grades }
league-rule-grade = { $name } from { $from }
league-rule-change = Changes are against the month before; January has none
league-rule-constant = Same projects: those that counted and reported in both months

## What is counted

league-of-projects-all = projects
league-of-projects-new-start = projects started this year
league-of-projects-continuing = projects carried over
league-of-projects-started = started projects
league-of-projects-planned-start = projects planned to start this year
league-of-projects-due-start = projects due to start by now
league-of-projects-planned-started = projects planned to start this year that have
league-of-projects-due-started = projects due to start by now that have
league-of-projects-late-start = projects late to start
league-of-projects-late-entry = projects not entered two months after their start
league-of-projects-late-start-or-entry = projects late to start or to be entered
league-of-projects-completed = projects completed this year
league-of-projects-producing = projects in production since this year
league-of-projects-suspended = suspended projects
league-of-projects-event-start = projects of start events, but for those planned to start this year
league-of-money-total = total investment
league-of-money-plan-year = the annual plan
league-of-money-done-ytd = investment done
league-of-money-due-ytd = investment due by now
league-of-money-done-month = investment of the month
league-of-events-start = start events
league-of-percent = percent
league-of-given = { $key }
given-criticism-city = points for criticism by the city
given-criticism-province = points for criticism by the province
given-foreign-capital-total = foreign capital used
given-foreign-capital-cash = foreign capital in cash
given-outside-amount-done = outside capital done
given-outside-amount-target = the target of outside capital
given-outside-projects-done = outside projects done
given-outside-projects-target = the target of outside projects
given-signed-done = new signings
given-signed-target = the target of new signings
given-hightech-share = high-tech share of investment
given-investment-growth = growth of investment

## The page and the command

league-sub = { $rules }. { $period }, changes against { $before }
league-sub-first = { $rules }. { $period }; a new year begins, so nothing to compare with
league-strip-sub = Total of { $period }, changes against { $before }
league-strip-sub-first = Total of { $period }
league-strip-starts = Started { $n }/{ $of }
league-strip-title = Towns and parks compared
league-from = ≥{ $from }
league-below = <{ $below }
league-missing = missing
league-tied = { $rank } (tie)
league-same = , rank as before
league-up = { $n ->
    [one] , up one rank
   *[other] , up { $n } ranks
}
league-down = { $n ->
    [one] , down one rank
   *[other] , down { $n } ranks
}
league-unreported = { $n ->
    [one] one project has not reported
   *[other] { $n } projects have not reported
}
league-incomplete = An item is missing; the total is of the others.
league-partial = Some projects have not reported.
league-hint = A score leads to the projects it was counted from; its formula shows when pointed at.
league-none = No place belongs to this group.
league-rules = The rules in words
league-col-rank = Rank
league-col-change = Change
league-col-place = Place
league-col-total = Total
league-col-grade = Grade
league-col-constant = Same projects
league-col-item = Item
league-col-score = Score
league-col-formula = Formula
league-col-projects = Projects
league-col-unreported = Not reported
