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
