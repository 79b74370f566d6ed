# Forecast
forecast-columns-differ = The columns are not of one length
forecast-columns-differ-fix = Give every row a time, a flag and every covariate
forecast-no-rows = There is no row to learn from
forecast-no-rows-fix = Give at least one row whose times are numbers
forecast-not-a-number = { $count ->
    [one] 1 row holds something that is not a number, row { $row }; it was
   *[other] { $count } rows hold something that is not a number, row { $row } first; they were
} left out
forecast-not-a-number-fix = Fill the gaps, or leave those rows out yourself
forecast-exit-not-after-entry = { $count ->
    [one] 1 row ends before it begins, row { $row }; it was
   *[other] { $count } rows end before they begin, row { $row } first; they were
} left out
forecast-exit-not-after-entry-fix = Check which column is the entry and which the exit
forecast-time-negative = { $count ->
    [one] 1 row has a time below 0, row { $row }; it was
   *[other] { $count } rows have a time below 0, row { $row } first; they were
} left out
forecast-time-negative-fix = Count time from the day on which the project came under watch
forecast-weight-not-positive = { $count ->
    [one] 1 row has a weight that is not above 0, row { $row }; it was
   *[other] { $count } rows have a weight that is not above 0, row { $row } first; they were
} left out
forecast-weight-not-positive-fix = Give weights above 0, or none
forecast-no-events = Nothing happened in { $count ->
    [one] the 1 row
   *[other] { $count } rows
}: there is no rate to learn
forecast-no-events-fix = Wait for the first event, or use a reference class
forecast-one-group = There is one group only: nothing to compare
forecast-one-group-fix = Name a column that parts the rows into groups
forecast-separation = “{ $covariate }” parts those with the event from the rest: its coefficient has no end; a mild penalty holds it
forecast-separation-fix = Read its sign, not its size; or give a penalty of your own
forecast-covariate-constant = “{ $covariate }” is the same in every row and says nothing
forecast-covariate-constant-fix = Leave it out
forecast-covariate-explained = “{ $covariate }” follows from the other covariates and was left at 0
forecast-covariate-explained-fix = Leave out one of those that say the same
forecast-not-converged = The fit had not settled after { $count ->
    [one] 1 step
   *[other] { $count } steps
}
forecast-not-converged-fix = Scale the covariates alike, or give a penalty
forecast-row-unusable = { $count ->
    [one] 1 row holds something that is not a number, or more events than trials, row { $row }
   *[other] { $count } rows hold something that is not a number, or more events than trials, row { $row } first
}
forecast-row-unusable-fix = Fill the gaps, or leave those rows out
forecast-only-events = { $count ->
    [one] The 1 row had the event: there is nothing to tell it apart by
   *[other] Every one of { $count } rows had the event: there is nothing to tell them apart by
}
forecast-only-events-fix = Give the months in which it had not come yet as well
forecast-state-unknown = Row { $row } names a state that is not there, or time does not pass in it
forecast-state-unknown-fix = Number states from 0, and give every stay a length above 0
forecast-move-not-allowed = Row { $row } shows a move that no path of allowed moves makes
forecast-move-not-allowed-fix = Allow the move, or mend the row
forecast-aft-spans = Accelerated times need spans from their start, longer than 0
forecast-aft-spans-fix = Leave out the entry, or use Cox
forecast-file-unreadable = Line { $line } cannot be read as CSV
forecast-file-unreadable-fix = Save the file as CSV in UTF-8, every row as long as the head
forecast-no-column = There is no column “{ $column }”
forecast-no-column-fix = The file has: { $known }
forecast-cell-not-a-number = “{ $value }” in column “{ $column }” is not a number
forecast-cell-not-a-number-fix = Write a number; or name the value that means the event, as COLUMN=VALUE
forecast-col-time = Time
forecast-col-at-risk = At risk
forecast-col-events = Events
forecast-col-survival = Not yet
forecast-col-lower = From
forecast-col-upper = To
forecast-col-covariate = Covariate
forecast-col-coefficient = Coefficient
forecast-col-ratio = Hazard ratio
forecast-col-odds = Odds ratio
forecast-col-std-err = Std. error
forecast-col-z = z
forecast-col-p = p
forecast-median = Half after { $median } (from { $lower } to { $upper })
forecast-log-rank = Log-rank between groups: chi-squared { $chi }, p { $p }
forecast-cox-summary = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $events ->
    [one] 1 event
   *[other] { $events } events
}, concordance { $concordance }
forecast-not-proportional = The effect of “{ $covariate }” changes over time (p { $p })
forecast-group-spread = { $group }: { $levels } groups, spread { $spread }
forecast-hazard-summary = { $months ->
    [one] 1 month
   *[other] { $months } months
} looked at, { $events ->
    [one] 1 event
   *[other] { $events } events
}
forecast-open = Row { $row }: { $within } — { $reasons }
