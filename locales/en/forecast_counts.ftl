# Forecast: counts, curves, earned schedule, the fan of the year, backtests
forecast-counts-probability = Row { $row }: { $value } is no probability; the row was left out
forecast-counts-probability-fix = Give a number from 0 to 1
forecast-counts-correlation = A correlation of { $value } is not from 0 to below 1; independence was assumed
forecast-counts-correlation-fix = Give 0 for independence, 0.05 to 0.1 for projects of one county
forecast-curve-too-few = { $points ->
    [one] 1 point is
   *[other] { $points } points are
} too few for this curve, { $needed } are needed
forecast-curve-too-few-fix = Wait for another month, or use a curve with fewer parameters
forecast-curve-not-a-number = A time or a share is not a number, or a time is below 0
forecast-curve-not-a-number-fix = Give months from the start, and shares from 0 to 1
forecast-curve-flat = The share never changes: no curve can be drawn through it
forecast-curve-flat-fix = Wait until there is progress
forecast-curve-unsettled = The curve had not settled when the fit stopped
forecast-curve-unsettled-fix = Read it with care, or use a curve with fewer parameters
forecast-earned-no-plan = There is no plan by period to compare with
forecast-earned-no-plan-fix = Give the plan's cumulative value for at least two periods
forecast-earned-plan-falls = The plan's cumulative value falls after period { $period }
forecast-earned-plan-falls-fix = Give cumulative values, each at least the one before
forecast-earned-not-a-number = A figure of the plan, of what was earned or of its cost is not a number
forecast-earned-not-a-number-fix = Fill the gap
forecast-fan-part = Row { $row }: amounts must be numbers, and its probability from 0 to 1; the row was left out
forecast-fan-part-fix = Mend the row
forecast-fan-shocks = Spreads must be from 0 to 3, and the correlation from 0 to below 1; the usual ones were used
forecast-fan-shocks-fix = Give spreads such as 0.12, 0.10 and 0.35, and a correlation such as 0.1
forecast-counts-said = Of { $n }, { $mean } are expected; with { $level } chance { $low } to { $high }
forecast-counts-at-least = { $count } or more: { $p }
forecast-fan-said = The middle is { $middle }, with 80% chance { $low } to { $high }; the plan of { $plan } is reached with { $p }
forecast-score-said = { $n } forecasts: Brier { $brier }, log { $log }, calibration error { $error }
forecast-score-nothing = There is no forecast to score
forecast-score-nothing-fix = Give at least one row
forecast-score-row = Row { $row }: the probability must be from 0 to 1, and what happened 1 or 0
forecast-score-row-fix = Mend the row, or name other columns with --p and --happened
forecast-said-happened = Of { $n } given { $low }–{ $high }%, { $rate }% happened
forecast-said-kept = Of { $n } given { $low }–{ $high }%, { $rate }% kept their day
forecast-col-level = Level
forecast-col-count = Count
forecast-col-total = Total
forecast-col-horizon = Ahead
forecast-col-method = Method
forecast-col-cases = Cases
forecast-col-kept = Kept
forecast-col-brier = Brier
forecast-col-log = Log
forecast-col-crps = CRPS, days
forecast-col-error = Calibration error
forecast-col-covered = Within the 80% interval
forecast-method-model = This forecast
forecast-method-plan = Plan's day at its word
forecast-method-base_rate = Base rate
forecast-method-last_slip = Last slip repeated
forecast-method-kaplan_meier = Kaplan–Meier by class
forecast-backtest-title = Back-test
forecast-backtest-calibration = What was given, and what came
forecast-backtest-about = { $n } forecasts from { $cutoffs } reports, { $first } to { $last }, each from what was known then; { $lost } more could not be judged, because the project left the list with its day still ahead
forecast-backtest-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
forecast-backtest-all = all
forecast-backtest-better = against “{ $method }”: Brier better by { $brier } (standard error { $briererror }), CRPS by { $crps } days ({ $crpserror })
forecast-backtest-few = { $n } cases are too few for the calibration to say much
forecast-backtest-no-column = There is no column “{ $column }” for { $what }
forecast-backtest-no-column-fix = Name it, as --{ $what } COLUMN
forecast-backtest-leaking-column = “{ $column }” tells the future: it is the same on every report of a project, and is what only the last report can know
forecast-backtest-leaking-column-fix = Leave it out: --drop "{ $column }"
forecast-backtest-one-report = There are not two days of report: nothing can be forecast from one and judged by another
forecast-backtest-one-report-fix = Give a file with a row for each project and report
forecast-backtest-survivors = Every project is still on the list at the last report: what was finished or stopped before is not in the file, so that slips look longer than they are
forecast-backtest-survivors-fix = Read the scores as those of projects that stayed; get the lists as they were at the time, if you can
forecast-backtest-undated = { $count ->
    [one] 1 row has
   *[other] { $count } rows have
} no day of report, row { $row } first; they were left out
forecast-backtest-undated-fix = Name the column with --report, or fill the gap
forecast-backtest-twice = { $count ->
    [one] 1 row is
   *[other] { $count } rows are
} of a project and report that came before, row { $row } first; the last of them counts
forecast-backtest-twice-fix = Check what identifies a project: --id
forecast-backtest-cutoff = “{ $value }” is no day
forecast-backtest-cutoff-fix = Write days as 2016-01-01
forecast-backtest-cutoff-empty = Nothing could be forecast from { $day }: too little lies before it, or no report after it
forecast-backtest-cutoff-empty-fix = Choose a day of a report, with two reports or more before it and one at the horizon
forecast-backtest-nothing = Nothing could be forecast from any day
forecast-backtest-nothing-fix = Give a longer history, or shorter --horizons
