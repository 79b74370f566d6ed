# The dispatch meeting and tasks.

nav-dispatch = Meetings
nav-tab-dispatch = Meetings
nav-tasks = Tasks
nav-tab-tasks = Tasks
meeting-list-sub = { $n } held or running
meeting-held = Meetings
meeting-none-yet = No meeting has been held yet.
meeting-day = Day
meeting-topic = Topic
meeting-state = State
meeting-spoken = Spoken of
meeting-decisions = Decisions
meeting-kept = Kept
meeting-broken = Broken
meeting-open = Open
meeting-open-late = { $n } ({ $late } late)
meeting-closed-mark = Closed
meeting-open-mark = Not closed
meeting-next = What the next one should speak of
meeting-proposed-all = { $n ->
    [one] 1 project
   *[other] { $n } projects
} should come, the most pressing first
meeting-proposed-some = { $n ->
    [one] 1 project
   *[other] { $n } projects
} should come; the { $shown } most pressing
meeting-rule = Rule: { $title }
meeting-nothing = No project is late, overdue or has a task done late or given up.
meeting-default-title = Dispatch meeting of { $day }
meeting-chair = Chair
meeting-prepare = Set the agenda
meeting-why = Why
meeting-past = Decided before
meeting-semicolon = ;{ " " }
meeting-why-red_light = Red light
meeting-why-was-red = Red light when the agenda was set; now { $reason }
meeting-why-overdue_task = Task overdue
meeting-why-broken_promise = Task done late or given up
meeting-why-dwell = Stay over the limit
meeting-why-asked = Asked for
meeting-why-start-late = Start expected { $n ->
    [one] 1 day
   *[other] { $n } days
} late
meeting-why-task-late = { $n ->
    [one] 1 task
   *[other] { $n } tasks
} overdue, by up to { $days ->
    [one] 1 day
   *[other] { $days } days
}
meeting-why-broken-n = { $n ->
    [one] 1 task done late or given up
   *[other] { $n } tasks done late or given up
}
meeting-why-dwell-n = { $n ->
    [one] 1 day
   *[other] { $n } days
} over the stage's limit
meeting-sub = { $day }; { $n ->
    [one] 1 project
   *[other] { $n } projects
}, { $done } spoken of
meeting-sub-chair = { $day }; chair: { $chair }; { $n ->
    [one] 1 project
   *[other] { $n } projects
}, { $done } spoken of
meeting-minutes = Minutes
meeting-show = To the screen
meeting-promises-none = Nothing was decided on these projects before.
meeting-promises = Decided before: { $n }. Kept { $kept }, broken { $broken }, late { $late }, open { $open }.
meeting-decided = Decided
meeting-spoken-of = Spoken of
meeting-add = Add a project
meeting-add-do = Put at the end
meeting-close = Close the meeting
meeting-close-words = Text of the minutes (optional)
meeting-close-note = Nothing more is decided in it then; its tasks go on.
meeting-close-do = Close
meeting-this-item = This item
meeting-total = Total
meeting-and = { $a } and { $b }
meeting-stuck = Stuck on { $what };{ " " }
meeting-stuck-none = No blocker on record;{ " " }
meeting-start-late = start expected { $day }, { $n ->
    [one] 1 day
   *[other] { $n } days
} after the deadline
meeting-start-in-time = start expected { $day }, in time
meeting-start-expected = start expected { $day }
meeting-start-unknown = nobody has said when it starts
meeting-due = Deadline { $day }
meeting-expected = Expected { $day }
meeting-expected-late = Expected { $day }, { $n ->
    [one] 1 day
   *[other] { $n } days
} late
meeting-today = Today
meeting-stairs = Reached { $now }; next is { $next }
meeting-known = { $n } still to do
meeting-known-in-time = none overdue
meeting-no-tasks = Nothing to do is on record.
meeting-to-do = To be done
meeting-by = by { $day }
meeting-more-lines = More lines
meeting-line = Line { $n }
meeting-take-down = Take down and assign
meeting-previous = ← Previous
meeting-forward = Next →
meeting-queue = Agenda
minutes-title = Minutes: { $title }
minutes-sub = { $day }; chair: { $chair }
minutes-back = Agenda
minutes-running = The meeting is not closed; the minutes may still change.
minutes-n = No.
minutes-decided = Decisions
minutes-past = What became of earlier decisions
minutes-nothing = Nothing decided
minutes-not-spoken = Not spoken of
minutes-late = Deadline { $due }, expected { $expected }, { $n ->
    [one] 1 day
   *[other] { $n } days
} late
minutes-in-time = Deadline { $due }, expected { $expected }
minutes-as-of = As it stands on { $day }
task-kind = Kind
task-what = What
task-who = Who
task-when = By when
task-now = Now
task-promised = Due
task-first = first { $day }
task-meeting = Decided { $on }
task-kept = Done { $day }
task-broken = Ended { $day }, not kept
task-broken-late = Done { $day }, { $n ->
    [one] 1 day
   *[other] { $n } days
} late
task-dropped = No longer needed
task-late = { $n ->
    [one] 1 day overdue
   *[other] { $n } days overdue
}
task-left = { $n ->
    [one] 1 day left
   *[other] { $n } days left
}
task-due-today = Due today
task-no-day = No day set
task-found = { $n ->
    [one] 1 task
   *[other] { $n } tasks
}
task-which-open = Open
task-which-late = Overdue
task-which-soon = Due soon
task-which-kept = Kept
task-which-broken = Broken
task-which-all = All
task-empty = No tasks match
task-see-all = See all
task-do = Update
task-act = How it stands
task-act-note = Say how it goes
task-act-promise = Set another day
task-act-done = Done
task-act-give-up = Cannot be done
task-act-drop = No longer needed
task-act-day = Day (done on, or new day)
task-note = Note
task-new = Put down a task
task-new-note = A blocker names its project; decisions are taken down in the meeting
task-code = Project code
task-open = Add a task
task-needs-title = Say what has to be done
task-needs-title-fix = One sentence is enough
task-title-long = The task has { $count ->
    [one] 1 character
   *[other] { $count } characters
}; at most { $limit }
task-title-long-fix = Shorten it; details go into the note
task-owner-long = The unit's name has { $count ->
    [one] 1 character
   *[other] { $count } characters
}; at most { $limit }
task-owner-long-fix = Use its short name
task-note-long = The note has { $count ->
    [one] 1 character
   *[other] { $count } characters
}; at most { $limit }
task-note-long-fix = Shorten it
task-blocks-nothing = A blocker needs its project
task-blocks-nothing-fix = Give the project's code, or make it a request
task-no-project = No project has the code { $code }
task-no-project-fix = Look the code up in the ledger
task-day-unreadable = A day is written 2026-06-24; found “{ $day }”
task-day-unreadable-fix = Choose a day, or write it like that
task-due-past = { $day } has passed
task-due-past-fix = Choose today or later
task-closed = This task is closed
task-closed-fix = Put down another if there is more to do
task-needs-reason = Moving, giving up or dropping a task needs a note
task-needs-reason-fix = Say why in the note
task-done-in-future = { $day } has not come yet
task-done-in-future-fix = Give today or an earlier day
task-done-before-opened = The day is before the task was opened on { $day }
task-done-before-opened-fix = Check the day
task-unchanged = Nothing was changed
task-unchanged-fix = Write a note, or choose an outcome
meeting-needs-title = Give the meeting a topic
meeting-needs-title-fix = One sentence is enough
meeting-title-long = The topic has { $count ->
    [one] 1 character
   *[other] { $count } characters
}; at most { $limit }
meeting-title-long-fix = Shorten it
meeting-without-items = The agenda has no project
meeting-without-items-fix = Tick at least one
meeting-too-many = The agenda has { $count ->
    [one] 1 project
   *[other] { $count } projects
}; at most { $limit }
meeting-too-many-fix = Hold two meetings
meeting-has-project = This project is on the agenda already
meeting-has-project-fix = Find it on the agenda
meeting-closed = The meeting is closed
meeting-closed-fix = Take it down in the next one, or put down a task
meeting-minutes-long = The minutes have { $count ->
    [one] 1 character
   *[other] { $count } characters
}; at most { $limit }
meeting-minutes-long-fix = Shorten them
decision-needs-title = Line { $line } does not say what
decision-needs-title-fix = Fill it in, or empty the line
decision-needs-owner = Line { $line } does not say who
decision-needs-owner-fix = Name the unit
decision-needs-day = Line { $line } does not say by when
decision-needs-day-fix = Choose a day
decision-day-past = In line { $line }, { $day } has passed
decision-day-past-fix = Choose today or later
decision-too-many = { $count ->
    [one] 1 line
   *[other] { $count } lines
} at once; at most { $limit }
decision-too-many-fix = Take them down in two goes
op-open-task = Task put down
op-update-task = Task updated
op-prepare-meeting = Agenda set
op-add-agenda-item = Agenda item added
op-decide = Decisions taken down
op-close-meeting = Meeting closed
cli-board-stage = stage
cli-board-projects = projects
cli-board-total = total/{ $unit }
cli-board-dwell = median days
cli-board-limit = limit
cli-board-over = over
cli-board-arrived = arrived
cli-board-ended = withdrawn
cli-tasks-series = no.
cli-tasks-opened = Put down as task { $series }
cli-tasks-done = Updated
cli-meeting-closed = Meeting { $n } is closed
cli-meeting-done = Taken down on item { $n }
cli-meeting-file = Written to { $file }
cli-meeting-none = No meeting has been held yet
cli-meeting-none-fix = Set an agenda first: tici meeting agenda --prepare TITLE
decision-empty = Nothing was taken down: what is to be done, who does it and by when are all empty
decision-empty-fix = Fill in a line. Where nothing was decided, choose “Nothing to decide”
meeting-mark-spoken = Nothing to decide
office-is-new = { $office } has had no task yet
office-is-new-fix = Choose an office from the list, or tick that it is new
office-is-new-box = It is a new office
