## Claims, evidence, re-checks, stops
nav-claims = Stage claims
nav-tab-claims = Claims
claims-new = Claim a stage
claims-new-project = Project
claims-title = Stage claims
claims-found =
    { $n ->
        [one] { $n } claim
       *[other] { $n } claims
    }
claims-which-waiting = Waiting
claims-which-verified = Verified
claims-which-rejected = Rejected
claims-which-reversed = Reversed
claims-which-all = All
claims-empty = No such claims
claims-empty-waiting = No claim is waiting
claims-see-all = See all
claims-waits =
    { $n ->
        [one] waits for { $n } day
       *[other] waits for { $n } days
    }
claims-waits-today = claimed today
claims-on = reached on { $day }
claims-own = Your own claim; somebody else judges it
claims-doubts = What the rules say
claims-doubts-none = Complete, and the days agree
claims-no-evidence = Nothing attached
claims-rules = Rules of evidence: { $title }
claims-rules-source = Source: { $source }
claims-photo-says = The photo says
claims-photo-taken = taken { $at }
claims-photo-near = { $km } km from the project
claims-photo-at = at { $place }
claims-photo-silent = neither time nor place
claims-hash = hash { $hash }
claims-evidence-alt = { $kind }: { $file }
claims-need-any = Needed: { $kinds }
claims-need-should = Expected: { $kinds }
claims-need-files = { $kinds }, { $n ->
    [one] 1 file
   *[other] { $n } files
}
claims-or = or
claims-needs = Evidence of each stage
claims-needs-none = none
claims-earlier = Earlier claims
claims-history = Verdicts
claims-verdict-reason = { $verdict }: { $reason }
claims-filter-stage = Stage
claims-filter-place = Place
claims-reason-hint = A rejection needs its reason
project-judged = Verdict
evidence-certificate = Certificate of works
stat-entry = Statistical entry
stat-entry-on = entered on { $day }
stat-entry-after =
    { $n ->
        [one] { $n } day after the start
       *[other] { $n } days after the start
    }
stat-entry-before =
    { $n ->
        [one] { $n } day before the start
       *[other] { $n } days before the start
    }
stat-entry-same = on the day of the start
stat-entry-none = not entered
stat-entry-waits =
    { $n ->
        [one] started { $n } day ago, not entered
       *[other] started { $n } days ago, not entered
    }
stat-entry-no-start = before any start
recheck-panel = Starts to be looked at again
recheck-panel-sub = 30, 60 and 90 days after a verified start
recheck-open =
    { $n ->
        [one] { $n } open
       *[other] { $n } open
    }
recheck-empty = No start is due for another look
recheck-started = started { $day }
recheck-finding = Found
recheck-on = Day of the visit
recheck-photos = Photos of the day
recheck-note = Remark
recheck-save = Record
recheck-record = Record the finding
recheck-stopped = Found stopped, still counted as started
recheck-stopped-sub = Reverse the claim, or suspend the project
recheck-suspend = Suspend the project
recheck-done = seen { $day }: { $finding }
recheck-all = All of them among the tasks
finding-building = Still building
finding-stopped = Stopped
stops-panel = Stops and restarts
stops-panel-sub = with reason and evidence
stops-empty = It has never stopped
stops-change = Change its state
stops-to = To
stops-on = Day
stops-reason = Reason
stops-files = Evidence
stops-submit = Save
stops-do-active = Restart
stops-do-suspended = Suspend
stops-do-terminated = Terminate
stops-do-withdrawn = Withdraw
stops-did-active = Restarted
stops-did-suspended = Suspended
stops-did-terminated = Terminated
stops-did-withdrawn = Withdrawn
op-restart-project = Project restarted
op-record-finding = Re-check recorded

## Claims that give pause
claim-before-signing = { $on } is before the project was signed, { $signed }
claim-before-signing-fix = Check the day; if the signing is wrong, correct that first
claim-before-earlier = { $on } is before “{ $stage }”, { $day }
claim-before-earlier-fix = Check both days and correct the wrong one first
claim-after-later = { $on } is after “{ $stage }”, { $day }
claim-after-later-fix = Check both days and correct the wrong one first
claim-lacks = “{ $stage }” lacks evidence: { $kinds }
claim-lacks-fix = Attach one, and choose its kind
claim-lacks-files = “{ $stage }” needs { $files ->
    [one] 1 file
   *[other] { $files } files
} ({ $kinds }), found { $found }
claim-lacks-files-fix = The same file counts once; add the rest
photo-without-time = { $photo } does not say when it was taken
photo-without-time-fix = Use the phone's own file, not a screenshot or a forwarded copy
photo-without-place = { $photo } does not say where it was taken
photo-without-place-fix = Switch the camera's location on
photo-too-early = { $photo } says { $taken }, { $days ->
    [one] 1 day
   *[other] { $days } days
} before { $on }
photo-too-early-fix = Attach a photo of that time, or check the day
photo-too-late = { $photo } says { $taken }, { $days ->
    [one] 1 day
   *[other] { $days } days
} after { $on }
photo-too-late-fix = Attach a photo of that time, or check the day
photo-far = { $photo } says it was taken { $km } km away
photo-far-fix = See whether it shows another site; correct the project's place if that is wrong
photo-no-picture = { $photo } is no picture
photo-no-picture-fix = Attach a photo, or choose its kind
evidence-of-other-project = { $photo } is evidence of { $code } { $name }, “{ $stage }”
evidence-of-other-project-fix = Attach this project's own
evidence-of-other-stage = { $photo } is evidence of this project's “{ $stage }” already
evidence-of-other-stage-fix = Attach what shows this stage
evidence-kind-unknown = No kind of evidence “{ $kind }”
evidence-kind-unknown-fix = Known kinds: { $kinds }
evidence-empty = The file is empty
evidence-empty-fix = Choose it again
evidence-too-large = The file has { $mib } MiB, at most { $limit } MiB
evidence-too-large-fix = Make it smaller, or split it
claim-note-long = The remark has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, at most { $limit }
claim-note-long-fix = Make it shorter
claim-long-ago = { $on } is too long ago
claim-long-ago-fix = Check the year
claim-while-suspended = The project is suspended
claim-while-suspended-fix = If works go on, restart it first
claim-of-ended = The project is { $state }
claim-of-ended-fix = Restart the project before claiming
claim-verified-already = “{ $stage }” of { $on } is verified already
claim-verified-already-fix = Nothing to do; if the day is wrong, claim the right one with a remark
claim-correction-needs-note = Correcting the verified “{ $stage }” of { $on } needs a remark
claim-correction-needs-note-fix = Say what was wrong; it is verified anew afterwards
verdict-reason-long = The reason has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, at most { $limit }
verdict-reason-long-fix = Make it shorter
verdict-already = It has its verdict already: { $verdict }
verdict-already-fix = A wrong verification is reversed; a rejected stage is claimed again
finding-on-own-claim = Nobody re-checks their own claim
finding-on-own-claim-fix = Let another account look
finding-before-start = A re-check comes after the start, { $day }
finding-before-start-fix = Give the day of the visit
finding-needs-words = A stop needs words: what was seen
finding-needs-words-fix = Say it in a sentence
recheck-needs-finding = A re-check ends with its finding; it is neither moved nor dropped
recheck-needs-finding-fix = Record “still building” or “stopped” on the page of claims
state-reason-long = The reason has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, at most { $limit }
state-reason-long-fix = Make it shorter
state-needs-reason = A reason is needed
state-needs-reason-fix = Say why in a sentence
state-in-future = { $on } has not come yet
state-in-future-fix = Give the day it happened
state-before-last = { $on } is before its last change, { $day }
state-before-last-fix = Check the day
state-before-signing = { $on } is before the project was signed, { $signed }
state-before-signing-fix = Check the day
state-parent-stopped = Its project { $code } is { $state }
state-parent-stopped-fix = Restart that project first
state-nothing-to-restart = The project has not stopped
state-nothing-to-restart-fix = There is nothing to restart
state-unchanged = The project is { $state } already
state-unchanged-fix = See its history
state-ended = The project is { $state } and can only be restarted
state-ended-fix = Restart it first
state-unknown = No state “{ $state }”
state-unknown-fix = Known: active, suspended, terminated, withdrawn
evidence-rule-range = { $key } is { $value }; it must be from { $least } to { $most }
evidence-rule-range-fix = Write a whole number within the range
evidence-rule-days = The days { $days } must be positive and rising
evidence-rule-days-fix = For example [30, 60, 90]
evidence-rule-title = The title lacks {"{days}"}
evidence-rule-title-fix = Several re-checks will read the same
evidence-rule-twice = “{ $stage }” stands twice
evidence-rule-twice-fix = Put both into one section

## Commands
cli-claim-done = Claimed, number { $id }
cli-claim-id = No.
cli-claim-waits = Days waiting
cli-claim-files = Files
cli-claim-verdict = Verdict
cli-claim-warnings = Warnings
cli-verdict-done = Verdict recorded
cli-finding-done = Finding recorded
cli-state-done = State changed
cli-state-day = Day
cli-state-now = State
cli-state-by = By
cli-file-unreadable = Cannot read { $path }
cli-file-unreadable-fix = Check the path
cli-evidence-shape = Evidence is written kind=file; found “{ $text }”
cli-evidence-shape-fix = For example photo=site.jpg
