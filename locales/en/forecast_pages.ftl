## Forecast: the pages

nav-forecast = Forecast
nav-tab-forecast = Forecast

forecast-beyond = after two years
forecast-suspended = suspended
forecast-learnt = Learnt from { $steps } ten-day observations and { $events } arrivals of the ledger to { $day }; made anew each day
forecast-learnt-none = The ledger has no past to learn from yet: general base rates, and wide intervals. Source: { $source }
forecast-source = Base rates: { $source }.
forecast-method = The chance of arriving within ten days is estimated from the day reported, days waited, what stands in the way, investment against plan, size, and stage, chain, place and firm; only from what was in the ledger at the time.
forecast-lead = { $n } expected, { $gap } short of the target.
forecast-lead-all = { $n } expected: all in time.
forecast-spread = Eight chances in ten: { $low } to { $high }, of which { $n } are there.
forecast-worth = If what stands in the way ({ $what }) were cleared today: { $n } more in time.
forecast-blocked = In the way of { $n ->
    [one] the 1 project
   *[other] the { $n } projects
} with less than an even chance: { $what }
forecast-blocker-other = other
forecast-interval = 80% interval { $low }–{ $high }
forecast-centre = Expected { $n }
forecast-target = Target { $n }
forecast-gap = { $n } short
forecast-axis = There by { $day }
forecast-all = All: { $p }
forecast-deadline = { $n ->
    [one] 1 listed project
   *[other] { $n } listed projects
} to start by { $day }
forecast-no-deadline = This year's start deadline has passed or is not set: there is no count to forecast.
forecast-promises = Commitments
forecast-own-day = Reported day
forecast-expected = Forecast day
forecast-eight-in-ten = Eight in ten
forecast-days = { $low } to { $high }
forecast-p = In time
forecast-p-clear = If cleared
forecast-why = Main reasons (+ raises, − lowers)
forecast-next = Next stages likeliest to miss their reported day
forecast-next-note = All live projects, smallest chance first, 30 at most
forecast-late-title = { $n ->
    [one] The 1 likeliest to miss
   *[other] The { $n } likeliest to miss
}
forecast-expected-start = Forecast start
forecast-money-plan = Plan of the year
forecast-money-done = Done
forecast-money-mid = Expected for the year
forecast-money-range = Eight in ten
forecast-money-method = What is left of the plan is drawn 4,000 times with a fixed seed: at the completion rate so far, with starts in time or not, and a swing all share.
forecast-why-own-day = reported for { $day }
forecast-why-own-day-none = no day reported
forecast-why-waited = has waited { $n ->
    [one] 1 day
   *[other] { $n } days
}
forecast-why-blockers = waits for { $what }
forecast-why-blockers-late = waits for { $what }, { $n } overdue
forecast-why-clear = nothing in the way
forecast-why-behind = investment behind what was due
forecast-why-on-plan = investment not behind
forecast-why-size = size of investment
forecast-why-stage = usual pace of this stage
forecast-why-chain = usual pace of its chain
forecast-why-place = { $late } of its place's last { $n } arrivals were late
forecast-why-firm = { $late } of its firm's last { $n } arrivals were late
forecast-lowers = −{ $why }
forecast-raises = +{ $why }
forecast-track = How earlier forecasts did
forecast-track-lead = The forecasts of the last { $moments ->
    [one] month end
   *[other] { $moments } month ends
}, made again with what was in the ledger then, against what came within { $days } days: { $n } in all.
forecast-track-sentence = Of { $n } given { $class }, { $rate } arrived.
forecast-track-none = The ledger is too young: there are no earlier forecasts to judge.
forecast-track-large = With so many projects, making earlier forecasts again takes a minute or two: use the command tici forecast backtest --history ledger.
forecast-class = Chance given
forecast-cases = Forecasts
forecast-given = Mean given
forecast-came = Arrived
forecast-brier = Brier score (smaller is better)
forecast-brier-base = The same rate for all
forecast-brier-word = Reported days at their word
forecast-calibration = Calibration error
forecast-coverage = Inside the 80% interval
forecast-coverage-of = { $share } of { $n }
forecast-cockpit-basis = Forecast: from time waited, days reported and what stands in the way; made anew each day.
forecast-money-forecast = Forecast
forecast-reached-on-time = Chance of { $stage } by { $day }
forecast-project-title = Forecast
forecast-meeting-p = the chance of a start by { $day } is only { $p }
forecast-meeting-likely = the chance of a start by { $day } is { $p }
forecast-meeting-range = Eight in ten between { $low } and { $high }
forecast-meeting-as-decided = As decided, in time
forecast-meeting-if-clear = If cleared today, in time
forecast-meeting-now = In time
forecast-change = { $from } → { $to }
cockpit-forecast-title = At the present pace, how many start in time
cockpit-forecast-more = Reasons and past accuracy
cockpit-forecast-80 = Forecast 80%
cockpit-own-word = By the dates reported, { $lead }
project-forecast = Forecast
project-forecast-next = { $stage }: forecast for { $day }, eight in ten between { $low } and { $high }.
project-forecast-own = Reported for { $day }: chance { $p }.
project-forecast-deadline = By { $day }: chance { $p }.
project-forecast-suspended = Suspended: nothing is forecast.
meeting-forecast-late = Forecast { $day }, { $n ->
    [one] 1 day late
   *[other] { $n } days late
}
meeting-forecast = Forecast { $day }
cli-forecast-project = Project
cli-forecast-stage = Stage
cli-forecast-own-day = Own day
cli-forecast-mid = Forecast
cli-forecast-interval = Eight in ten
cli-forecast-p = In time
