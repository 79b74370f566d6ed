# The stage board.

nav-board = Stage board
nav-tab-board = Board
board-sub = { $n ->
    [one] 1 project
   *[other] { $n } projects
}, total { $total }; arrows are moves this month ({ $from } to today)
board-all = All
board-place = Place
board-chain = Chain
board-sort = Sort
board-sort-urgent = Most urgent first
board-sort-days = Longest stay
board-sort-total = Largest
board-sort-newest = Newest
board-unit = { "" }
board-entered = { $n } newly signed
board-ended = { $n } withdrawn
board-moved = { $n } moved from { $from } to { $to } this month
board-dwell = Median { $n ->
    [one] 1 day
   *[other] { $n } days
}
board-limit = limit { $n }
board-no-limit = { $stage }
board-over = { $n } over the limit
board-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
board-today = today
board-new = Came this month
board-comma = ,{ " " }
board-none = No projects
board-rest = { $n } more
board-stop = .
board-pipeline-title = Is enough coming?
board-pipeline-sub = Carried on from the last 12 months: an estimate, not a forecast
board-dwell-title = Signing to start
board-dwell-now = Median { $n ->
    [one] 1 day
   *[other] { $n } days
}
board-dwell-none = No start of the last 12 months can be measured
board-dwell-same = , as a year ago
board-dwell-slower = , { $n } slower than a year ago
board-dwell-faster = , { $n } faster than a year ago
board-dwell-where = ; the stage { $stage } takes { $n ->
    [one] 1 day
   *[other] { $n } days
} more
board-starts-title = Can start in { $half }
board-starts = { $n ->
    [one] 1 project
   *[other] { $n } projects
}, total { $total } ({ $percent }% interval { $low }–{ $high }).{ " " }
board-starts-enough = { $n } will have waited the usual time by then: enough in reserve.
board-starts-short = Only { $n } will have waited the usual time by then: the reserve is tight.
board-gap-title = Gap in { $year }
board-gap = About { $n ->
    [one] 1 more project worth { $total } has
   *[other] { $n } more projects worth { $total } have
} to be signed
board-gap-none = About { $n ->
    [one] 1 start is
   *[other] { $n } starts are
} needed in the first half; the reserve covers them
board-gap-by = ; to start by { $start }, sign by { $sign }
board-gap-chain = ; in { $chain } { $n ->
    [one] 1 fewer waits
   *[other] { $n } fewer wait
} than started in a year
board-gap-unknown = Without an annual plan there is no gap to tell.
board-thin-title = No estimate yet
board-thin-empty = The ledger has no signing or start on record; an estimate takes 12 months of history.
board-thin-young = The first stage on record is of { $day }: less than 12 months say nothing about the next.
board-thin-few = { $n ->
    [one] 1 start in 12 months, fewer than { $min }, says
   *[other] { $n } starts in 12 months, fewer than { $min }, say
} nothing about the next.
board-over-title = Over the limit
board-over-stage = { $stage } over { $limit ->
    [one] 1 day
   *[other] { $limit } days
}: { $n }
board-over-none = No project is over its limit.
board-over-link = To the meeting
board-method = How it is made
board-method-estimate = Only the ledger's own stage records are carried on; neither the days people expect nor the blockers are looked at. A record counts unless it was rejected or reversed.
board-method-pace = Starts: those of the last 12 months, for half a year. The { $percent }% interval takes starts to come one by one at a steady pace that is known only from their number (negative binomial): the fewer, the wider. A shock that all share would spread it further.
board-method-ripe = The usual time: the median of those that started in the last 12 months, from signing, or from landing where landed. No more can start than will have waited so long. Money is the average of those waiting.
board-method-stand-in = { $year } has no plan yet: that of { $this } stands in for it.
board-method-plan = The plan is that given out for { $year }.
board-method-gap = The gap: the plan of { $year }, less what projects under way carry over by their building time, divided by the average first-year plan of a start, is the number to start in the first half. From it go those still waiting then, if they will have waited long enough, and those that can still be signed at the present pace.
board-n-signed = Signed in 12 months
board-n-landed = Landed in 12 months
board-n-started = Started in 12 months
board-n-waiting = Signed, not started
board-n-waiting-total = Their total investment
board-n-ripe = Will have waited the usual time
board-n-plan = Next year's plan
board-n-carried = Carried over by works under way
board-n-per-start = First-year plan of a start
board-n-needed = Starts needed in the first half
board-n-left = Waiting then, and long enough
board-n-to-sign = Can still be signed in time
board-limit-stage = “{ $stage }” in the limits is no stage
board-limit-stage-fix = Use signed, landed, started, in_progress, completed, in_production or at_capacity
board-limit-days = The limit of { $stage } must be a positive number of days; found { $days }
board-limit-days-fix = Write days, such as 90; delete the line for no limit
board-interval-outside = The interval must be 1 to 99 wide; found { $value }
board-interval-outside-fix = Write a percentage, such as 80
