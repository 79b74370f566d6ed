## Schemes: what is wrong with the file

assess-not-stated = { $key } is not stated
assess-not-stated-fix = The sources leave it open, so the scheme must say it; the shipped answer is { $name } = { $shipped }.
assess-section-missing = The section [{ $key }] is missing
assess-section-missing-fix = Add it; the shipped answers are { $lines }.
assess-only-index = This word of { $key } belongs to a composite index only
assess-only-index-fix = Choose another, or write kind = "index".
assess-not-positive = { $value } will not do for { $key }: it must be above zero (a weight may be zero)
assess-not-positive-fix = Write a number above zero.
assess-matrix = The matrix must have { $size ->
    [one] 1 row
   *[other] { $size } rows
} of { $size } numbers above zero
assess-matrix-fix = Fill every row; fractions may be written as "1/3".
assess-no-root = There is no total: every branch has a parent
assess-no-root-fix = Let the total have no parent.
assess-two-roots = { $key } has no parent, and { $root } is the total already
assess-two-roots-fix = Give { $key } a parent.
assess-unknown-parent = The parent { $parent } of { $key } does not exist
assess-unknown-parent-fix = Name a branch that there is.
assess-tree-circle = The branch { $key } leads back to itself
assess-tree-circle-fix = Correct the parents, so that every branch leads to the total.
assess-branch-empty = There is nothing under the branch { $key }
assess-branch-empty-fix = Put items under it, or take it out.
assess-weight-missing = { $key } has no weight, and { $parent } weighs
assess-weight-missing-fix = Write its weight.
assess-weight-unused = { $key } has a weight, and { $parent } does not weigh
assess-weight-unused-fix = Take the weight out, or let the parent combine by "mean".
assess-weights-sum = The weights under { $branch } add up to { $sum }, not to { $wanted }
assess-weights-sum-fix = Correct the weights, or weights_sum.
assess-points-sum = The full points under { $branch } add up to { $sum }, not to { $wanted }
assess-points-sum-fix = Correct the items' full points, or the branch's.
assess-unknown-figure = The item { $item } needs the figure { $name }, which is not declared
assess-unknown-figure-fix = Declare it under [[figure]], or correct the name.
assess-unknown-node = There is no item or branch called { $name }
assess-unknown-node-fix = Write the key of one that there is.
assess-two-sources = One source only; here are { $keys }
assess-two-sources-fix = Keep one of them.
assess-formula-operand = At “{ $found }” the formula needs a number, a name or a bracket
assess-formula-operand-fix = Look at both sides of the operator.
assess-formula-operator = At “{ $found }” the formula needs an operator, a comma or a closing bracket
assess-formula-operator-fix = See that brackets come in pairs.
assess-formula-function = There is no function “{ $found }”
assess-formula-function-fix = Functions are { $known }.
assess-formula-arguments = The function “{ $found }” has another number of arguments
assess-formula-arguments-fix = See the table of functions in docs/scheme.md.
assess-formula-deep = The brackets of the formula are too deep
assess-formula-deep-fix = Make several items of it.
assess-formula-circle = The formulas need each other: { $names }
assess-formula-circle-fix = Let one of them be a figure.
assess-bounds-order = The ends { $lo } and { $hi } are the wrong way round
assess-bounds-order-fix = lo is the inadmissible value and hi the satisfactory one; where less is better lo is above hi and polarity is "less".
assess-polarity-method = This polarity asks for method = "{ $method }"
assess-polarity-method-fix = Change the polarity or the method.
assess-level-order = Levels must run from the best to the worst, in value and share
assess-level-order-fix = Put them in order.
assess-band-order = Bands must rise, and only the last may have no up_to
assess-band-order-fix = Put them in order.
assess-tier-overlap = This tier is empty, or overlaps another
assess-tier-overlap-fix = A tier holds its lower bound and not its upper one.
assess-divisors = divisors must have at least one number, all above zero
assess-divisors-fix = Such as divisors = [20, 40, 60].
assess-whole-not-ratio = { $item } is compared with the share of all together, so its formula must divide
assess-whole-not-ratio-fix = Write the formula as “a / b”, or against = "mean".
assess-rounded-by-what = Ranks go by the published total, and it is not said with how many decimals
assess-rounded-by-what-fix = Write rounding.total, or rank.on = "unrounded".
assess-index-word = In a composite index { $key } can only be { $word }
assess-index-word-fix = Write it so.
assess-grade-share = The share of the grade { $grade } will not do (together { $sum })
assess-grade-share-fix = Shares are for by = "quota", above zero, together at most 1.

## Figures of an assessment: what is wrong with them

assess-no-units = There is nobody to assess
assess-no-units-fix = The table needs at least one row.
assess-unit-twice = { $unit } is there twice
assess-unit-twice-fix = One row for each.
assess-unit-no-group = { $unit } is in no group
assess-unit-no-group-fix = Name its group, or list it in the scheme.
assess-one-unit = { $unit } is alone in its group: there is nothing to compare it with
assess-one-unit-fix = The scheme's word for “alone” goes; it may be put into another group.
assess-figure-missing = The table has no figure { $column } (for { $items })
assess-figure-missing-fix = Add the column, named as in the scheme.
assess-figure-empty = The figure { $column } is missing for all (for { $items })
assess-figure-empty-fix = Ask its department, or take it out of the scheme.
assess-column-constant = All { $count } values of { $column } are { $value }
assess-column-constant-fix = The scheme's word for zero_range goes; see whether they are right.
assess-event-unit = There is no unit { $unit }
assess-event-unit-fix = Use a code of the table of units.
assess-event-item = The scheme has no bonus, deduction or veto { $item }
assess-event-item-fix = There are { $known }.
assess-event-points = The points of { $item } are missing or below zero
assess-event-points-fix = Points of deductions are above zero too: the scheme gives the sign.
assess-event-document = “{ $matter }” has no document
assess-event-document-fix = Name the paper it rests on.
assess-override-grade = There is no grade { $grade }
assess-override-grade-fix = Use a grade of the scheme.
assess-override-reason = The grade of { $unit } is changed without a reason
assess-override-reason-fix = Give the reason.
assess-cell-not-number = “{ $value }” in { $column } is not a number
assess-cell-not-number-fix = Write the number alone; leave it empty where there is none.
assess-cell-not-finite = “{ $value }” in { $column } is not a finite number
assess-cell-not-finite-fix = Write a number, or leave it empty for a missing one.
assess-csv-broken = This is not a readable CSV: { $detail }
assess-csv-broken-fix = The first line has the columns' names; every line has as many cells.
assess-csv-no-column = The table has no column { $column }
assess-csv-no-column-fix = It has { $known }.
assess-csv-column-twice = The column { $column } is there twice
assess-csv-column-twice-fix = Give each column its own name.
assess-period-unnamed = A table of several periods must say which column is the period
assess-period-unnamed-fix = Name the column with --period.

## How a score was made

assess-how-points = { $value }
assess-how-per = { $value } × { $points }
assess-how-efficacy = { $base } + { $span } × ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-efficacy-exponential = { $base } × ({ $top } ÷ { $base }) to the power of ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-moderate = { $base } + { $span } × (1 − distance of { $value } from { $from }–{ $to } ÷ the greatest), least { $lo }, most { $hi }
assess-how-scaled = ({ $of }) × { $full } ÷ { $top }
assess-how-levels = { $full } × { $share }, the share at { $value }
assess-how-target = { $full } × { $value } ÷ { $target }
assess-how-target-less = { $full } × { $target } ÷ { $value }
assess-how-capped = { $of }, at the cap
assess-how-steps = { $full }; { $value } against the plan of { $plan } is { $gap } points
assess-how-rank = { $value }, place { $place }
assess-how-proportion = { $full } × { $value } ÷ { $best }
assess-how-proportion-less = { $full } × { $best } ÷ { $value }
assess-how-tier = { $points ->
    [one] 1 point
   *[other] { $points } points
} at { $value }
assess-how-no-tier = No tier holds { $value }
assess-how-over-average = { $base }; { $value } against the average of { $average } is { $gap } points, band by band
assess-how-survey = Satisfaction { $value }
assess-how-raters = Rated { $value }
assess-how-goalposts = { $full } × ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-goalposts-log = { $full } × (ln { $value } − ln { $lo }) ÷ (ln { $hi } − ln { $lo })
assess-how-normalised = { $value } between { $lo } and { $hi }, normalised to { $points }
assess-how-between = { $value } between { $lo } and { $hi } gives { $points }
assess-how-zero-range = { $value }, the same for all: as the scheme says
assess-how-alone = { $value }, alone in its group: as the scheme says
assess-how-no-value = No figure
assess-how-no-score = No score can be made
assess-how-no-bound = Nothing to measure it against
assess-how-no-target = No target to compare with
assess-how-zero = { $of }; 0 points by the scheme
assess-how-reweigh = { $of }; its weight goes to the others
assess-how-missing = { $of }; what it is part of is missing too

## Ties and awards

assess-tie-min = The same as { $names }: all have the better rank
assess-tie-dense = The same as { $names }; the next rank follows at once
assess-tie-average = The same as { $names }: the mean of their ranks
assess-tie-ordinal = The same as { $names }: one after the other
assess-tie-broken = The same as { $names }; { $by } decides
assess-by-code = the code
assess-award-first = Place { $place } with { $points ->
    [one] 1 point
   *[other] { $points } points
}
assess-award-riser = From rank { $from } to { $to }, up { $places }
assess-award-threshold = { $points ->
    [one] 1 point
   *[other] { $points } points
}, { $from } asked for

## Commands

cli-assess-sound = { $title } ({ $version }) is sound: { $items } items, { $figures ->
    [one] 1 figure
   *[other] { $figures } figures
}
cli-assess-written = Wrote { $count ->
    [one] 1 file
   *[other] { $count } files
} to { $folder }
assess-col-rank = Rank
assess-col-unit = Unit
assess-col-total = Total
assess-col-grade = Grade
assess-col-note = Note
assess-col-item = Item
assess-col-points = Points
assess-col-how = How
assess-col-award = Award
assess-col-by = By
assess-col-without = Without
assess-col-mean-change = Mean change of rank
assess-col-weight = Effective weight
assess-col-low = Rank, 5th percentile
assess-col-high = Rank, 95th percentile
assess-col-nominal = Rank
assess-col-first = First
assess-col-second = Second
assess-col-correlation = Correlation
