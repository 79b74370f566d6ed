# Promises, excuses, lists and plans
# A soft hyphen: the narrow menu breaks the word there.
nav-promises = Commit­ments
nav-tab-promises = Commitments
promise-sub = What was committed to, by when, of which projects
promise-empty = No commitment has been written down yet
promise-col-name = Commitment
promise-col-due = Due
promise-col-state = State
promise-col-done = Done
promise-col-pace = Pace
promise-first = first { $day }
promise-is-withdrawn = Withdrawn
promise-is-kept = Kept
promise-is-kept-late = Done, some late
promise-is-broken = Broken
promise-is-at-risk = Some will be late
promise-is-on-course = Expected in time
promise-pace = { $days ->
    [one] 1 day
   *[other] { $days } days
} left: { $needed } a week needed, { $lately } a week over the last 30 days
promise-note-silent = { $n ->
    [one] 1 did not report for the period and counts
   *[other] { $n } did not report for the period and count
} as not done
promise-note-gone = { $n } withdrawn or terminated, still in the count
promise-note-joined = { $n ->
    [one] 1 joined the list later and is
   *[other] { $n } joined the list later and are
} not counted
promise-note-left = { $n ->
    [one] 1 left the list and is
   *[other] { $n } left the list and are
} still counted
promise-new = A new commitment
promise-new-note = The cohort is frozen as the lists stand today
promise-goal = Stage to reach
promise-milestone = Or a milestone, by its key
promise-codes = Or exactly these projects (codes, one a line)
promise-owner = Who commits
promise-which = Which projects
promise-listed = On a list
promise-make = Write it down
promise-all = All commitments
promise-named = projects named one by one
promise-cohort = Cohort: { $what }, frozen on { $day }, { $n ->
    [one] 1 project
   *[other] { $n } projects
}
promise-pending = { $n } to do
promise-done = { $n } done
promise-expected = Expected
promise-reached = Reached on
promise-row-late = late
promise-row-gone = withdrawn or terminated
promise-row-silent = not reported
promise-row-claimed = claimed, not verified
promise-row-days-late = { $n ->
    [one] 1 day
   *[other] { $n } days
} late
promise-row-in-time = expected in time
promise-row-no-day = no expected day
promise-row-elsewhere = A project elsewhere
promise-moved = Changes of the list
promise-moved-note = They do not change the cohort
promise-joined = Joined
promise-left = Left
promise-days = Days it was given
promise-who = By
promise-at = When
promise-reason = Reason
promise-revise = Move the day
promise-withdraw = Withdraw

# What can be wrong here, and the way forward
promise-needs-name = A commitment needs a name
promise-needs-name-fix = Say what is committed to, such as "all started by 30 June"
promise-name-long = { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
promise-name-long-fix = Make it shorter
promise-reason-long = The reason has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
promise-reason-long-fix = Make it shorter
promise-needs-goal = Say which stage or milestone is committed to
promise-needs-goal-fix = Choose a stage
promise-needs-day = A commitment needs a day
promise-needs-day-fix = Choose a day
promise-due-past = { $day } has passed
promise-due-past-fix = Choose today or later
promise-without-projects = No project is within this choice
promise-without-projects-fix = Widen the choice or name projects
promise-unknown-project = No project { $id } within this account
promise-unknown-project-fix = Look it up in the ledger
promise-needs-reason = Moving a day or withdrawing needs a reason
promise-needs-reason-fix = Give it in a sentence
promise-withdrawn = This commitment was withdrawn
promise-withdrawn-fix = Write down a new one
promise-unchanged = The day is the same
promise-unchanged-fix = Choose another day
excuse-needs-reason = An excuse needs a reason
excuse-needs-reason-fix = Say why the project is not to blame
excuse-needs-approver = An excuse needs the post that approved it
excuse-needs-approver-fix = Name the post, not the person
excuse-needs-rule = Say which rule is excused
excuse-needs-rule-fix = start, progress, entry, funds, or all
excuse-long = { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
excuse-long-fix = Make it shorter
excuse-ends-first = It ends before it begins on { $from }
excuse-ends-first-fix = Change the days
excuse-too-long = An excuse holds { $limit ->
    [one] 1 day
   *[other] { $limit } days
} at most
excuse-too-long-fix = Approve another when it ends
excuse-not-there = There is no excuse to withdraw
excuse-not-there-fix = See the project
event-without-projects = An event without projects
event-without-projects-fix = Give at least one project
event-unknown-project = No project { $id }
event-unknown-project-fix = Look it up in the ledger
event-unknown-code = No project { $project }
event-unknown-code-fix = Look the code up in the ledger
event-project-twice = { $project } is named twice
event-project-twice-fix = Keep one
event-project-counted = { $project } was counted in { $event } on { $on }
event-project-counted-fix = A project counts once in a kind of event; leave it out
event-before-signing = { $project } was signed on { $signed }, after the event of { $on }
event-before-signing-fix = Check the event or the signing
event-plan-over-total = { $project }: the annual plan exceeds the total
event-plan-over-total-fix = Check both amounts
event-needs-name = An event needs a name
event-needs-name-fix = Such as "spring collective start"
event-needs-reason = A correction or withdrawal needs a reason
event-needs-reason-fix = Give it in a sentence
event-name-long = { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
event-name-long-fix = Make it shorter
event-too-many-projects = { $count ->
    [one] 1 project
   *[other] { $count } projects
}, { $limit } at most
event-too-many-projects-fix = Split the event
list-reason-long = The reason has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
list-reason-long-fix = Make it shorter
list-needs-reason = A change in mid-year needs a reason
list-needs-reason-fix = Name the document or meeting
list-day-of-another-year = { $on } is not in the year of the list
list-day-of-another-year-fix = Change the day
list-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}; 1 to { $limit } at once
list-rows-fix = Do it in parts
list-unknown-code = No project { $project }
list-unknown-code-fix = Look the code up in the ledger
list-already-on = { $project } is on the list already
list-already-on-fix = Leave it out
list-not-on = { $project } is not on the list
list-not-on-fix = Leave it out
list-leaves-before-entering = { $project } would leave before it came
list-leaves-before-entering-fix = Change the day
plan-needs-reason = Changing a plan needs a reason
plan-needs-reason-fix = Say on what ground
plan-needs-approver = Changing a plan needs the post that approved it
plan-needs-approver-fix = Name the post, not the person
plan-negative = { $project }: the plan is negative
plan-negative-fix = Give zero or more
plan-period = A plan is of a year or a month, not { $period }
plan-period-fix = Such as 2026 or 2026-06
plan-over-total = { $project }: the plan exceeds the total investment
plan-over-total-fix = Check both amounts

# Collective events
event-sum = { $projects ->
    [one] 1 project
   *[other] { $projects } projects
}, { $total } in total, { $plan } planned for the year
event-said-start = { $on }, { $region }: { $name }; started: { $sums }.
event-said-signing = { $on }, { $region }: { $name }; signed: { $sums }.
event-said-completion = { $on }, { $region }: { $name }; completed: { $sums }.
nav-events = Events
nav-tab-events = Events
event-sub = A project counts once in each kind of event
event-empty = No event has been written down yet
event-col-on = Day
event-col-name = Event
event-col-projects = Projects
event-col-total = Total investment
event-col-plan = Plan of the year
event-new = A new event
event-new-note = Amounts are the ledger's of this day and stay as announced
event-kind = Kind
event-site = Site
event-codes = Project codes, one a line
event-write = Write it down
event-reason = Reason
event-withdraw = Withdraw
event-withdrawn = Withdrawn
event-all = All events
event-by-sector = By sector
event-by-tier = By list
event-by-band = By size
event-unlisted = Not listed
event-no-sector = Not given
event-without-total = { $n } without a total are missing from the sum
event-projects = { $n ->
    [one] 1 project
   *[other] { $n } projects
}
event-stage-now = Now
