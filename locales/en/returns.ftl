# The monthly return: rounds, the form, checks, sending back and locking

nav-returns = Returns
nav-tab-returns = Returns

## Columns of the form
form-code = Code
form-name = Project
form-firm = Owner
form-total = Total investment (CNY 10k)
form-plan = Plan of the year (CNY 10k)
form-before-ytd = Cumulative last month (CNY 10k)
form-month = Done this month (CNY 10k)
form-ytd = Cumulative this year (CNY 10k)
form-building = of which building (CNY 10k)
form-installation = of which installation (CNY 10k)
form-equipment = of which equipment (CNY 10k)
form-other = of which other costs (CNY 10k)
form-before-since-start = Since start, last month (CNY 10k)
form-since-start = Since start (CNY 10k)
form-stage = Stage
form-before-percent = Progress last month (%)
form-percent = Progress (%)
form-progress = Progress in words
form-workers = People on site
form-issue = Problems
form-reason = Reason for a change
form-no-change = No change
form-sheet = Return
form-notes-sheet = Instructions
form-title = { $place }, { $period }: monthly return of major projects
form-file = { $place } { $period } return
form-hint = Fill the light blue cells. Blank = not reported, 0 = nothing happened, "No change" = as last month
form-number-wanted = Enter a number, or "No change"; leave it blank if there is none
form-stage-wanted = Choose a stage from the list
form-note-1 = One row for each project. Code, name, owner, plan and last month's figures are locked; they are there to compare with.
form-note-2 = Amounts in ten thousand yuan (or of the project's own currency), progress in percent, such as 36.9.
form-note-3 = Blank, 0 and "No change" are three things: blank is not reported; 0 is nothing this month; "No change" is as last month: the month counts 0, cumulative figures stay.
form-note-4 = This month + cumulative last month = cumulative this year; the four parts add up to it; since start never falls.
form-note-5 = Where a figure falls, or one reported before is changed, write why in the last column.
form-note-6 = Rows may be sorted and filtered; do not change codes, and do not paste whole rows from elsewhere.
form-note-7 = Formulas may be used; their kept results are read. Save the file, then upload it on the page of returns or send it to the county.
form-note-8 = Ledger, meetings and bulletins all use this form: each figure is asked for once.

## A round
returns-sub = opened { $opened }, due { $due }
returns-state-open = Open
returns-state-locked = Locked
returns-received = Received
returns-of = { $n } of { $all }
returns-places = Places
returns-place = Place
returns-state = State
returns-told = With figures
returns-late = Late
returns-by = By
returns-late-days = { $n } { $n ->
    [one] day
   *[other] days
} late
returns-on-time = in time
returns-handed-in = Handed in
returns-accepted-by = Accepted
returns-locked-by = Locked
reporting = { $period } returns received: { $n } of { $all ->
    [one] { $all } place
   *[other] { $all } places
}
reporting-rule-returns = Received is a return that was handed in and not sent back: to be checked, accepted and locked together; figures imported another way are none. Asked are places with projects that are signed, listed or planned for the year.
reporting-rule-figures = No returns were opened for this month: a place counts as received once every listed project with a plan has a figure.
returns-template = Download form
returns-fill = Fill in
returns-look = Open
returns-standing-missing = Missing
returns-standing-returned = Sent back
returns-standing-submitted = To be checked
returns-standing-accepted = Accepted
returns-standing-locked = Locked
returns-reminders = Reminders
returns-reminders-hint = Select the text below and copy it: one list for all
returns-reminder = { $place }: the return for { $period } is due { $due } and has not come yet ({ $n ->
    [one] { $n } project
   *[other] { $n } projects
}).
returns-reminder-late = { $place }: the return for { $period } was due { $due }, is { $days ->
    [one] { $days } day
   *[other] { $days } days
} late and has not come yet ({ $n ->
    [one] { $n } project
   *[other] { $n } projects
}).
returns-reminder-returned = { $place }: the return for { $period } was sent back; please mend it and send it again. Reason: { $reason }
returns-reminders-none = All have reported
returns-lock = Lock this round
returns-lock-note = After that, a change needs an unlocking with its reason, and is shown as a correction
returns-unlock = Unlock this round
returns-reason = Reason
returns-open = Open another round
returns-open-go = Open
returns-period = Period
returns-due = Due
returns-others = Other rounds
returns-none = No round has been opened yet
returns-none-hint = Once one is open, each place can download its prefilled form or fill it in on the page

## One place's return
return-sub = { $period }, { $n ->
    [one] { $n } project
   *[other] { $n } projects
}
return-upload = Upload the filled form
return-upload-go = Upload and check
return-file-read = Read from { $file }, not sent yet
return-draft = There is a draft that has not been sent
return-form = Form
return-form-hint = Blank = not reported, 0 = nothing happened, "No change" = as last month. Amounts in CNY 10k
return-asked = { $asked ->
    [one] { $asked } cell
   *[other] { $asked } cells
} asked for, { $filled } filled in
return-feeds = These figures feed ledger, meetings and bulletins; nothing is asked twice
return-check = Save and check
return-submit = Send
return-forget = Drop the draft
return-blank = not reported
return-stands-for = taken as { $value }
return-before = last month { $value }
return-plan = plan { $value }
return-more = More columns
return-stops = Stops it
return-problems = Cells to look at
return-problems-none = Nothing found
return-errors = { $errors ->
    [one] { $errors } error
   *[other] { $errors } errors
}, { $warnings ->
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}
return-fix-as = Enter { $value }
return-leave-out = Leave out rows that do not belong here
return-conflicts = Two people changed the same cell
return-conflicts-hint = Somebody else changed these cells after the form was taken. Both values are kept; choose one
return-conflict-base = When taken
return-conflict-mine = Entered here
return-conflict-theirs = In the ledger
return-take-mine = Use the one entered here
return-take-theirs = Use the ledger's
return-corrections = Corrections after the lock
return-corrections-hint = Figures changed after the return was accepted; the earlier value is kept
return-was = Was
return-is = Corrected to
return-why = Reason
return-series = Three series
return-series-hint = Reported, verified and statistical stand apart and never fill in for each other; CNY 10k, cumulative this year
return-history = To and fro
return-accept = Accept
return-send-back = Send back
return-unlock = Unlock
return-own-note = What you sent yourself is checked by another account
return-sent-back = { $place }: the return for { $period } was sent back ({ $post }, { $at })
return-back = Sent back ({ $by })
return-mend = Mend it
return-note = Note to the office
return-note-hint = Optional; whoever checks the return reads it
return-words = The reporter says
return-seen = Warnings shown to the reporter
return-keep-row = Keep row { $n }
return-done = Sent
return-nothing = Nothing had changed; nothing was written
return-op-returned = Sent back
return-op-submitted = Sent
return-op-accepted = Accepted
return-op-locked = Locked
return-column = Column
return-project = Project
trace-reviewed = Reviewed

## Command line
cli-template-written = { $n ->
    [one] { $n } form
   *[other] { $n } forms
} written to { $folder }
cli-template-one = { $file } written
cli-returns-opened = Returns for { $period } are open, due { $due }
cli-returns-locked = Returns for { $period } are locked
cli-returns-unlocked = Returns for { $period } are unlocked
cli-returns-accepted = The return of { $place } for { $period } is accepted
cli-returns-returned = The return of { $place } for { $period } is sent back
cli-returns-list = Returns for { $period }, due { $due }: { $n } of { $all } received
cli-returns-written = { $file }: { $n ->
    [one] { $n } figure
   *[other] { $n } figures
} written, entry { $entry }
cli-returns-same = { $file }: nothing had changed, nothing was written
cli-returns-dry = { $file }: would write { $n ->
    [one] { $n } figure
   *[other] { $n } figures
}
cli-returns-refused = { $file }: has errors, nothing was written
cli-returns-sum = { $n ->
    [one] { $n } file
   *[other] { $n } files
}: { $written } written, { $same } unchanged, { $refused } refused

## Problems
form-not-ours = This is not a return form from here: its hidden sheet is missing
form-not-ours-fix = Download the form of this round and fill that in; other tables go through Imports
form-other-layout = The form has layout { $found }; layout { $layout } is in use
form-other-layout-fix = Download the form again and copy the figures over
form-keys-broken = The hidden sheet was changed: it does not say for which place and period the form is
form-keys-broken-fix = Download the form again and copy the figures over
form-no-columns = The marks of the columns are not there
form-no-columns-fix = The hidden row above the header is needed; download the form again
form-column-missing = The column { $column } is not there; it counts as blank
form-column-missing-fix = Download the form again if you need it
form-row-twice = { $code } stands in two rows, first in row { $first }
form-row-twice-fix = Keep one
form-row-removed = { $code } { $name } is no longer on the form; it counts as not reported
form-row-removed-fix = Nothing to do if that was meant; what the ledger has stays
form-code-restored = The code "{ $found }" was taken for { $code } { $name } by its name
form-code-restored-fix = Check it; codes should not be changed
form-formula = { $column } is a formula; its kept result { $found } is read
form-formula-fix = Check that the result is up to date
form-stage-unknown = { $column }: "{ $found }" is no stage
form-stage-unknown-fix = Choose one from the list
form-text-long = { $column } is too long: { $found }; { $limit } characters at most
form-text-long-fix = Keep to the point
form-nothing-to-keep = { $column } says no change, but there is no figure for last month
form-nothing-to-keep-fix = Enter the figure
form-blank-keeps = { $column } was emptied; what the ledger has stays
form-blank-keeps-fix = Enter 0 if nothing happened; if it was wrong, enter the right figure and why
form-conflict = { $column }: { $mine } is entered here; somebody else changed it to { $theirs } after the form was taken
form-conflict-fix = Both are kept; choose one
form-row-unknown = The ledger has no { $code } { $name }
form-row-unknown-fix = Register a new project first; delete rows that are no projects
form-row-elsewhere = { $code } { $name } belongs to { $place } and not on this form
form-row-elsewhere-fix = Delete the row; { $place } reports it
form-row-stopped = { $code } { $name } was terminated or withdrawn
form-row-stopped-fix = Delete the row, or restart the project first
form-other-period = This is the form for { $found }; { $wanted } is wanted here
form-other-period-fix = Download the form for { $wanted } and fill that in
form-other-place = This is the form of { $found }; that of { $wanted } is wanted here
form-other-place-fix = Upload it on the page of { $found }
form-no-round = No returns are open for { $found }
form-no-round-fix = Ask the Projects Office to open them first
form-other-ledger = This form was not taken from this ledger (made from entry { $base })
form-other-ledger-fix = Download the form here again
round-not-a-month = { $period } is not a month
round-not-a-month-fix = Write it like 2026-06
round-already-open = { $period } was opened before
round-already-open-fix = To take more returns, unlock it and say why
round-in-future = { $period } has not come yet
round-in-future-fix = Open it in its month
round-due-early = The due day { $due } is before { $period }
round-due-early-fix = Name a day in the month or later
round-locked = { $period } is locked and takes no more returns
round-locked-fix = Ask the Projects Office to unlock it for this place
round-locked-already = { $period } is locked already
round-locked-already-fix = Nothing to do
round-not-judged = { $n ->
    [one] { $n } return waits
   *[other] { $n } returns wait
} to be checked
round-not-judged-fix = Accept or send back each of them, then lock
return-accepted-already = The return for { $period } has been accepted
return-accepted-already-fix = To change it, ask the Projects Office to send it back or unlock it
return-locked = The return for { $period } is locked
return-locked-fix = Ask the Projects Office to unlock it with a reason, then send the correction
return-not-there = The return for { $period } has not come yet
return-not-there-fix = Wait until it comes
return-judged-already = The return for { $period } is not waiting to be checked
return-judged-already-fix = Look at its state
return-not-locked = { $period } is not locked
return-not-locked-fix = There is nothing to unlock
return-not-yours = This is the form of { $place }, which your account does not report for
return-not-yours-fix = Let the account of { $place } send it, or ask the office to import it
return-own = What you sent yourself is not yours to accept
return-own-fix = Ask another account to check it
return-needs-reason = A reason is needed
return-needs-reason-fix = Say why in a sentence
return-note-long = The note to the office has { $n ->
    [one] 1 character
   *[other] { $n } characters
}; { $limit } at most
return-note-long-fix = Keep it short; what is said of one project goes into its column of reasons
return-correction-needs-reason = { $column } is corrected after it was accepted, and needs a reason
return-correction-needs-reason-fix = Write it in the row's column of reasons
check-month-adds = { $project }: last month { $before } + this month { $month } = { $expected }, but { $found } is reported
check-month-adds-fix = Check both; if earlier months are made up for, say so in the column of reasons
check-parts-total = { $project }: the four parts come to { $parts }, but { $found } is reported
check-parts-total-fix = Check the parts; enter 0 where there is none
check-ytd-falls = { $project }: cumulative { $found } is below the { $before } of { $period }
check-ytd-falls-fix = Check it; if money was taken back, say so in the column of reasons
check-since-start-falls = { $project }: { $found } since start is below the { $before } of { $period }
check-since-start-falls-fix = Check it; if money was taken back, say so in the column of reasons
check-since-start-adds = { $project }: { $before } by the end of last year + { $ytd } this year = { $expected }, but { $found } since start is reported
check-since-start-adds-fix = Check both cumulative figures
check-month-negative = { $project }: { $found } this month is below zero
check-month-negative-fix = If money was taken back, say so in the column of reasons
check-not-started = { $project } has not started, but { $found } was done this month
check-not-started-fix = If it has started, claim the start with its evidence; early costs may be reported as they are
check-stage-ahead = { $project } says { $stage }, which has not been claimed
check-stage-ahead-fix = Claim the stage with its evidence on the project's page; a return is no claim
check-completed-progress = { $project } is completed, but its progress is { $found }%
check-completed-progress-fix = Check stage and progress
check-plan-over-total = { $project }: the year's plan { $plan } is above the total investment { $found }
check-plan-over-total-fix = Check the total; if the plan is wrong, ask the Projects Office to change it
check-done-over-total = { $project }: { $found } since start is above the total investment { $total }
check-done-over-total-fix = Check it; if costs have risen, bring the total up to date
check-done-over-plan = { $project }: cumulative { $found } is far above the year's plan { $plan }
check-done-over-plan-fix = Check unit and digits; nothing to do if it is so
check-progress-over = { $project }: progress { $found }% is not between 0 and { $limit }%
check-progress-over-fix = Enter percent, such as 36.9
check-progress-falls = { $project }: progress { $found }% is below the { $before }% of { $period }
check-progress-falls-fix = Check it
check-amount-missing = { $project } has no cumulative figure and counts as not reported
check-amount-missing-fix = Enter 0 or "No change" if nothing happened; leave it blank if there is no figure
