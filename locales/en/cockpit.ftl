## The first page

cockpit-sub = { $day } { $year }, week { $week }. Data to { $period }; { $seq ->
    [one] 1 record
   *[other] { $seq } records
} in the ledger

cockpit-deadline-title = Start deadline: all { $n ->
    [one] 1 listed project
   *[other] { $n } listed projects
} by { $day }
cockpit-light-other-reason = for another reason
cockpit-deadline-moved = first { $day }
cockpit-deadline-promise = Who made it
cockpit-deadline-none = { $n ->
    [one] 1 listed project
   *[other] { $n } listed projects
}
cockpit-of = { $n } started
cockpit-split = { $tiers }; { $ago }
cockpit-week-ago = { $n } a week ago
cockpit-cells-label = { $n ->
    [one] 1 project
   *[other] { $n } projects
} one by one: { $started } started, { $in-time } expected in time, { $late } expected late, { $undated } without a date
cockpit-cells-label-each = { $n ->
    [one] 1 project
   *[other] { $n } projects
}, up to { $each } of one state in a cell: { $started } started, { $in-time } expected in time, { $late } expected late, { $undated } without a date
cockpit-cells-each = One cell is up to { $n ->
    [one] 1 project
   *[other] { $n } projects
}
cockpit-cell-started = Started { $n }
cockpit-cell-in-time = Expected in time { $n }
cockpit-cell-late = Expected late { $n }
cockpit-cell-undated = No date { $n }

cockpit-expected-title = By the dates reported, how many start in time
cockpit-expected-lead = { $n } by { $day }, { $gap } short of the target.
cockpit-expected-all = { $n } by { $day }: all in time.
cockpit-expected-no-deadline = No start deadline has been set for this year.
cockpit-expected-late = { $n ->
    [one] One is expected after the deadline, { $max ->
        [one] 1 day
       *[other] { $max } days
    } late.
   *[other] { $n } are expected after the deadline, { $min }–{ $max ->
        [one] 1 day
       *[other] { $max } days
    } late, median { $median }.
}
cockpit-expected-undated = { $n ->
    [one] One has no expected start date.
   *[other] { $n } have no expected start date.
}
cockpit-expected-deadline = Deadline { $day }
cockpit-expected-in-time = In time { $n }
cockpit-expected-after = After { $n }
cockpit-expected-axis = Expected start, { $n ->
    [one] 1 day
   *[other] { $n } days
} a bar, last day shown
cockpit-expected-label = Start dates reported for projects not started: { $in-time } by { $day }, { $late } after
cockpit-expected-basis = Expected dates as the reporting units gave them; nothing is inferred
cockpit-see-not-started = { $n ->
    [one] See the one not started
   *[other] See all { $n } not started
}

cockpit-late-title = { $n ->
    [one] The latest expected start
   *[other] The { $n } latest expected starts
}
cockpit-late-none = No project is expected after the deadline.
cockpit-rank = Order
cockpit-project = Project
cockpit-place = Place
cockpit-blocker = Blocked by
cockpit-expected-start = Expected
cockpit-days-late = Days late

cockpit-money-title = Investment this year
cockpit-money-unit = { $unit }, cumulative, { $n ->
    [one] 1 listed project
   *[other] { $n } listed projects
}
cockpit-money-done = Done to { $month }: { $done }
cockpit-money-short = { $gap } below plan, { $share } of due
cockpit-money-ahead = { $gap } above plan, { $share } of due
cockpit-money-none = No monthly report yet
cockpit-money-missing = { $n ->
    [one] One project has not reported for the period; its money is not in the sums.
   *[other] { $n } projects have not reported for the period; their money is not in the sums.
}
cockpit-actual = Actual
cockpit-plan = Plan
cockpit-today = Today
cockpit-month = Month
cockpit-month-plan = Month plan
cockpit-month-done = Month actual
cockpit-month-open = open
cockpit-sum-plan = Plan to date
cockpit-sum-done = Actual to date
cockpit-as-table = Show as a table

cockpit-stages-title = Stages
cockpit-stages-sub = { $n } in the ledger
cockpit-stages-total = Total/{ $unit }
cockpit-stages-signed = { $n } signed
cockpit-stages-before = { $n } more have not signed yet.
cockpit-signed-to-start = Signing to start takes { $days ->
    [one] 1 day
   *[other] { $days } days
} at the median.
cockpit-signed-to-start-faster = Signing to start takes { $days ->
    [one] 1 day
   *[other] { $days } days
} at the median, { $n ->
    [one] 1 day
   *[other] { $n } days
} less than a year ago.
cockpit-signed-to-start-slower = Signing to start takes { $days ->
    [one] 1 day
   *[other] { $days } days
} at the median, { $n ->
    [one] 1 day
   *[other] { $n } days
} more than a year ago.
cockpit-signed-to-start-same = Signing to start takes { $days ->
    [one] 1 day
   *[other] { $days } days
} at the median, as a year ago.
cockpit-stages-note = Days count from the day a stage was reached; in and out are this month's moves.
cockpit-stage = Stage
cockpit-projects = Projects
cockpit-dwell = Median days
cockpit-moves = In, out
cockpit-total = Total

cockpit-reports-title = Returns
cockpit-reports-none = Nobody is due to report for this period.
cockpit-report-counts = With figures
cockpit-report-state = State
cockpit-report-done = Complete
cockpit-report-missing = { $n } to come

cockpit-changes-title = Since yesterday
cockpit-changes-note = { $n ->
    [one] One change
   *[other] { $n } changes, the newest { $shown } shown
}
cockpit-changes-none = Nothing has changed since yesterday.
cockpit-yesterday = Yest. { $time }
cockpit-when = Time
cockpit-kind = Kind
cockpit-object = Project
cockpit-change = Change
cockpit-source = Source
cockpit-kind-money = Money
cockpit-kind-stage = Stage
cockpit-kind-light = Light
cockpit-light-since = Since yest.
cockpit-kind-node = Milestone
cockpit-kind-plan = Plan
cockpit-kind-record = Record
cockpit-change-figure = { $period } to date
cockpit-change-claimed = claimed
cockpit-change-judged = { $stage }:
cockpit-change-planned = { $period } plan
cockpit-change-added = entered, total
